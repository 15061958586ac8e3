"""Observations as RDF in the project's own terms: nothing lost, shapes met, logic kept."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import to_onyx, to_rdf
from affectgraph.kg.observation import ConceptReading, Episode, Observation, Referent, Span
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.layers.schema import CLASSES, DATA_PROPERTIES, OBJECT_PROPERTIES
from tests.kg.envelopes.examples import MIXED, RESENTMENT

FULL = replace(
    MIXED,
    episodes=(
        *MIXED.episodes,
        RESENTMENT.episodes[0],
        Episode((ConceptReading("fear"),), target=Referent("Tom", Span("Tom", 20, 23))),
    ),
    text=RESENTMENT.text,
    item=RESENTMENT.item,
    agent="Ann",
    created=RESENTMENT.created,
    id="https://example.org/o-1",
)


def loaded(content: str) -> Store:
    store = Store()
    store.load(content, format=RdfFormat.TURTLE)
    return store


def test_every_value_of_an_observation_is_in_its_triples(graph: EmotionGraph) -> None:
    content = to_rdf(graph, [FULL]).content
    text = {quad.object.value for quad in loaded(content) if hasattr(quad.object, "value")}

    for value in (
        *("0.5", "0.25", "0.4", "0.8", "0.6", "-0.5", "0.2", "-0.1", "0.9", "2.5", "250", "1500"),
        *("sad", "at last", "what Tom said", "Tom", "15", "28", "Tom Jones", "Ann", FULL.text),
        "https://w3id.org/affectgraph/scheme/crema-d/sad",
        "https://w3id.org/affectgraph/cause-type/latent",
        "https://w3id.org/affectgraph/cue-type/wording",
        "https://w3id.org/affectgraph/modality/context",
        "https://w3id.org/affectgraph/vocabulary/scherer-appraisals/agent-other",
        "https://w3id.org/affectgraph/au/AU12",
        "https://w3id.org/affectgraph/detector/openface-presence",
        "https://w3id.org/affectgraph/emotion/relief",
        "2026-11-25T10:00:00Z",
    ):
        assert value in text, value


def test_only_declared_terms_are_used_and_all_of_those_for_observations(
    graph: EmotionGraph,
) -> None:
    store = loaded(to_rdf(graph, [FULL]).content)
    used = {quad.predicate.value for quad in store}
    used |= {q.object.value for q in store if q.predicate.value.endswith("#type")}
    own = {iri.removeprefix(AG) for iri in used if iri.startswith(AG)}

    declared = {name for name, _, _ in OBSERVATION_TERMS.terms()}
    episodes = {graph.concept(c.concept).class_iri for e in FULL.episodes for c in e.concepts}
    known = declared | {*CLASSES, *OBJECT_PROPERTIES, *DATA_PROPERTIES, "AU12Action"}
    assert own - {iri.removeprefix(AG) for iri in episodes} <= known
    assert declared <= own


def test_mixed_feelings_are_episodes_of_their_own_and_a_state_is_none(graph: EmotionGraph) -> None:
    store = loaded(to_rdf(graph, [FULL]).content)
    iri = NamedNode("https://example.org/o-1")

    episodes = list(store.quads_for_pattern(iri, NamedNode(AG + "hasEpisode"), None))
    states = list(store.quads_for_pattern(iri, NamedNode(AG + "hasState"), None))
    assert (len(episodes), len(states)) == (4, 1)


@pytest.mark.parametrize("format_", ["turtle", "jsonld", "ntriples"])
def test_every_format_holds_the_same_triples(graph: EmotionGraph, format_: str) -> None:
    rdf = {"turtle": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "ntriples": RdfFormat.N_TRIPLES}
    found = to_rdf(graph, [FULL], format=format_)

    triples = {quad.triple for quad in parse(found.content, format=rdf[format_])}
    assert triples == {quad.triple for quad in loaded(to_rdf(graph, [FULL]).content)}
    assert found.losses == ()


def test_onyx_names_the_same_observation(graph: EmotionGraph) -> None:
    subjects = {q.subject for q in loaded(to_rdf(graph, [MIXED]).content)}

    for quad in loaded(to_onyx(graph, [MIXED]).content):
        if quad.object == NamedNode("http://www.gsi.upm.es/ontologies/onyx/ns#EmotionSet"):
            assert quad.subject in subjects


def test_feelings_of_two_primaries_in_one_episode_are_not_written(graph: EmotionGraph) -> None:
    wrong = Observation((Episode((ConceptReading("joy"), ConceptReading("fear"))),))

    with pytest.raises(InputError, match="Make an episode of each"):
        to_rdf(graph, [wrong])


def test_what_is_written_meets_the_shapes(graph: EmotionGraph) -> None:
    pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    from affectgraph.ontology.shacl import validate_observations

    content = to_rdf(graph, [FULL, RESENTMENT, MIXED, Observation(())]).content
    report = validate_observations(content.encode())

    assert report.conforms, report.text


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 11 or newer")
def test_what_is_written_is_consistent_with_the_logic(graph: EmotionGraph, tmp_path: Path) -> None:
    pytest.importorskip("owlready2", reason="owlready2 is not installed")
    from affectgraph.ontology.gate import run_gate

    file = tmp_path / "observations.nt"
    file.write_text(to_rdf(graph, [FULL, MIXED], format="ntriples").content)

    assert run_gate(file).passed
