"""Onyx as it is written and read."""

import pytest
from pyoxigraph import RdfFormat, Store

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import from_onyx, to_onyx
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.ontology.errors import InputError
from tests.kg.envelopes.examples import MIXED, RESENTMENT, TEXT, WHEN

PREFIXES = """
PREFIX emoml: <http://www.gsi.upm.es/ontologies/onyx/vocabularies/emotionml/ns#>
PREFIX emotion: <https://w3id.org/affectgraph/emotion/>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX onyx: <http://www.gsi.upm.es/ontologies/onyx/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX scheme: <https://w3id.org/affectgraph/scheme/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

PLAIN = Observation(
    (Episode((ConceptReading("resentment", 0.8),), intensity=0.6, vad=Vad(-0.5, 0.2, -0.1)),),
    item="https://example.org/post/1",
    text=TEXT,
    agent="model x",
    created=WHEN,
    id="https://example.org/o-1",
)
"""Everything that Onyx can hold."""


def asked(content: str, question: str) -> bool:
    store = Store()
    store.load(content, format=RdfFormat.TURTLE)
    return bool(store.query(f"{PREFIXES} ASK {{ {question} }}"))


def test_what_onyx_can_hold_is_written_and_comes_back(graph: EmotionGraph) -> None:
    written = to_onyx(graph, [PLAIN])

    assert written.losses == ()
    assert from_onyx(graph, written.content).observations == (PLAIN,)


@pytest.mark.parametrize("format_", ["turtle", "jsonld", "ntriples"])
def test_every_format_holds_the_same(graph: EmotionGraph, format_: str) -> None:
    written = to_onyx(graph, [PLAIN, MIXED], format=format_)

    found = from_onyx(graph, written.content, format=format_)
    assert found == from_onyx(graph, to_onyx(graph, [PLAIN, MIXED]).content)


@pytest.mark.parametrize(
    "question",
    [
        "<https://example.org/o-1> a onyx:EmotionSet ; onyx:hasEmotion ?e . ?e a onyx:Emotion ; "
        "onyx:hasEmotionCategory emotion:resentment",
        '?e onyx:hasEmotionIntensity "0.6"^^xsd:float ; onyx:algorithmConfidence "0.8"^^xsd:float',
        '?e emoml:pad-dimensions_pleasure "0.25"^^xsd:float',  # (-0.5 + 1) / 2
        "?set onyx:extractedFrom <https://example.org/post/1#char=0,44>",
        "<https://example.org/post/1#char=0,44> a nif:Context , nif:RFC5147String ; "
        'nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "44"^^xsd:nonNegativeInteger ; '
        "nif:isString ?text ; onyx:hasEmotionSet <https://example.org/o-1>",
        "?set prov:wasGeneratedBy ?a . ?a a onyx:EmotionAnalysis ; prov:wasAssociatedWith ?agent ; "
        "onyx:usesEmotionModel scheme:parrott",
        '?set prov:generatedAtTime "2026-11-25T10:00:00Z"^^xsd:dateTime',
    ],
)
def test_document_says_it_in_the_terms_of_onyx_prov_and_nif(
    graph: EmotionGraph, question: str
) -> None:
    assert asked(to_onyx(graph, [PLAIN]).content, question)


def test_categories_of_big6_have_the_iris_of_onyx(graph: EmotionGraph) -> None:
    written = to_onyx(graph, [PLAIN], categories="big6")

    assert asked(written.content, "?e onyx:hasEmotionCategory emoml:big6_anger")
    assert asked(written.content, "?a onyx:usesEmotionModel emoml:big6")
    assert ["finer distinction is lost" in loss.message for loss in written.losses] == [True]
    (seen,) = from_onyx(graph, written.content).observations
    assert seen.episodes[0].concepts == (ConceptReading("anger", 0.8, "anger", "ekman-6"),)


def test_other_categories_have_the_iris_of_the_scheme(graph: EmotionGraph) -> None:
    content = to_onyx(graph, [PLAIN], categories="fsre-categories").content

    assert asked(
        content, "?e onyx:hasEmotionCategory <https://w3id.org/affectgraph/scheme/fsre/anger>"
    )
    assert from_onyx(graph, content).observations[0].episodes[0].concepts[0].scheme == "fsre"


def test_what_onyx_has_no_term_for_is_lost_by_name(graph: EmotionGraph) -> None:
    fields = {loss.field for loss in to_onyx(graph, [RESENTMENT]).losses}

    assert fields == {
        "ratings",
        "modalities",
        "experiencer",
        "stimulus",
        "target",
        "cause",
        "offset_ms",
        "duration_ms",
        "start",
        "end",
    }


def test_several_readings_of_an_episode_are_several_emotions_and_a_loss(
    graph: EmotionGraph,
) -> None:
    written = to_onyx(graph, [MIXED])

    assert any("2 readings are of one episode" in loss.message for loss in written.losses)
    (seen,) = from_onyx(graph, written.content).observations
    assert [e.concepts[0].concept for e in seen.episodes] == [
        "joy",
        "relief",
        "sadness",
        "state/trust",
    ]


def test_observation_without_an_iri_gets_one_from_its_content(graph: EmotionGraph) -> None:
    bare = Observation((Episode((ConceptReading("joy"),)),), item="a b")
    other = Observation((Episode((ConceptReading("joy"),)),), item="a c")

    first, again, second = (to_onyx(graph, [x]).content for x in (bare, bare, other))
    assert first == again
    assert first != second
    (seen,) = from_onyx(graph, first).observations
    assert (seen.item, seen.id[:9]) == ("a b", "urn:uuid:")


def test_document_of_version_1_6_and_blank_nodes_is_read(graph: EmotionGraph) -> None:
    # Shape of the examples of the Onyx specification; namespace as version 1.6 declares it.
    content = """
    @prefix onyx: <http://www.gsi.dit.upm.es/ontologies/onyx/ns#> .
    @prefix emoml: <http://www.gsi.dit.upm.es/ontologies/onyx/vocabularies/emotionml/ns#> .
    [] a onyx:EmotionSet ; onyx:hasEmotion
      [ a onyx:Emotion ; onyx:hasEmotionCategory emoml:big6_fear ; onyx:hasEmotionIntensity 0.3 ] ,
      [ a onyx:Emotion ; onyx:hasEmotionCategory emoml:big6_sadness ] .
    """
    (seen,) = from_onyx(graph, content).observations

    assert {(e.concepts[0].concept, e.intensity) for e in seen.episodes} == {
        ("fear", 0.3),
        ("sadness", None),
    }
    assert seen.id == ""


def test_unknown_category_is_noted_and_left_out(graph: EmotionGraph) -> None:
    content = """
    @prefix onyx: <http://www.gsi.upm.es/ontologies/onyx/ns#> .
    <urn:s> a onyx:EmotionSet ; onyx:hasEmotion <urn:e> .
    <urn:e> a onyx:Emotion ; onyx:hasEmotionCategory <http://example.org/mirth> .
    """
    found = from_onyx(graph, content)

    assert found.observations[0].episodes == ()
    assert found.notes == (
        "urn:e: category http://example.org/mirth is not known; left out.",
        "urn:e: nothing of it is known to the graph; left out.",
    )


@pytest.mark.parametrize(
    ("triples", "words"),
    [
        ("<urn:e> onyx:hasEmotionIntensity 7 .", "urn:e: Expected intensity in 0..1, got '7'"),
        ('<urn:e> onyx:algorithmConfidence "high" .', "Expected confidence in 0..1, got 'high'"),
        ("<urn:s> <http://www.w3.org/ns/prov#generatedAtTime> 'noon' .", "urn:s: Expected a time"),
    ],
)
def test_value_out_of_range_is_refused(graph: EmotionGraph, triples: str, words: str) -> None:
    content = f"""
    @prefix onyx: <http://www.gsi.upm.es/ontologies/onyx/ns#> .
    <urn:s> a onyx:EmotionSet ; onyx:hasEmotion <urn:e> . {triples}
    """
    with pytest.raises(InputError) as caught:
        from_onyx(graph, content)

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "format_"), [("nonsense", "turtle"), ("{", "jsonld"), ("", "xml")]
)
def test_what_does_not_parse_is_refused(graph: EmotionGraph, content: str, format_: str) -> None:
    with pytest.raises(InputError, match=r"Expected (an Onyx document in|a format of)"):
        from_onyx(graph, content, format=format_)


def test_unknown_format_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(
        InputError, match="Expected a format of turtle, jsonld, ntriples, got 'xml'"
    ):
        to_onyx(graph, [], format="xml")
