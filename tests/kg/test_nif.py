"""NIF 2.0: the text is a context, every span a string of it with its offsets and its concept."""

import json
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF, XSD

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import to_nif
from affectgraph.kg.observation import ConceptSpan
from affectgraph.ontology.errors import InputError, UnknownTermError

# rdflib's reader of JSON-LD makes a graph of a class that rdflib has given up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITS = rdflib.Namespace("http://www.w3.org/2005/11/its/rdf#")
ONYX = rdflib.Namespace("http://www.gsi.upm.es/ontologies/onyx/ns#")
TEXT = "😀 so sad and angry"
SPANS = [
    ConceptSpan(5, 8, "sadness", 0.9),
    ConceptSpan(13, 18, "anger"),
    ConceptSpan(13, 18, "rage", 0.2),
]


def parsed(graph: EmotionGraph, text: str, spans: list[ConceptSpan], **given: Any) -> rdflib.Graph:
    envelope = to_nif(graph, text, spans, **given)
    assert envelope.losses == ()
    formats = {"application/ld+json": "json-ld", "text/turtle": "turtle"}
    return rdflib.Graph().parse(data=envelope.content, format=formats[envelope.media_type])


def test_context_holds_the_text_and_its_length_in_code_points(graph: EmotionGraph) -> None:
    found = parsed(graph, TEXT, SPANS, item="https://example.org/t")
    context = rdflib.URIRef("https://example.org/t#char=0,18")

    assert (context, RDF.type, NIF.Context) in found
    assert found.value(context, NIF.isString) == rdflib.Literal(TEXT)
    assert found.value(context, NIF.endIndex) == rdflib.Literal(18, datatype=XSD.nonNegativeInteger)


def test_span_says_its_words_place_and_concept(graph: EmotionGraph) -> None:
    found = parsed(graph, TEXT, SPANS, item="https://example.org/t")
    span = rdflib.URIRef("https://example.org/t#char=5,8")

    assert found.value(span, NIF.anchorOf) == rdflib.Literal("sad")
    assert found.value(span, NIF.beginIndex).toPython() == 5  # type: ignore[union-attr]
    assert found.value(span, NIF.referenceContext) == rdflib.URIRef(
        "https://example.org/t#char=0,18"
    )
    assert str(found.value(span, ITS.taIdentRef)) == graph.concept("sadness").iri
    assert float(found.value(span, ITS.taConfidence)) == 0.9  # type: ignore[arg-type]
    emotion = found.value(found.value(span, ONYX.hasEmotionSet), ONYX.hasEmotion)
    assert str(found.value(emotion, ONYX.hasEmotionCategory)) == graph.concept("sadness").iri


def test_two_concepts_of_one_span_keep_their_own_scores(graph: EmotionGraph) -> None:
    found = parsed(graph, TEXT, SPANS, item="https://example.org/t")
    span = rdflib.URIRef("https://example.org/t#char=13,18")

    concepts = {str(x) for x in found.objects(span, ITS.taIdentRef)}
    assert concepts == {graph.concept("anger").iri, graph.concept("rage").iri}
    assert found.value(span, ITS.taConfidence) is None
    scores = [float(x) for x in found.objects(None, ONYX.algorithmConfidence)]  # type: ignore[arg-type]
    assert sorted(scores) == pytest.approx([0.2, 0.9])


def test_json_ld_and_turtle_say_the_same(graph: EmotionGraph) -> None:
    one, two = (parsed(graph, TEXT, SPANS, format=name) for name in ("jsonld", "turtle"))

    assert set(one) == set(two)
    nodes = json.loads(to_nif(graph, TEXT, SPANS).content)
    assert len({node["@id"] for node in nodes}) == len(nodes)
    types = {type_["@id"] for node in nodes for type_ in node[str(RDF.type)]}
    assert types == {
        str(x) for x in (NIF.Context, NIF.RFC5147String, ONYX.Emotion, ONYX.EmotionSet)
    }


def test_text_without_a_name_gets_one_of_its_own_and_equal_texts_the_same(
    graph: EmotionGraph,
) -> None:
    one, same, other = (to_nif(graph, text, []).content for text in ("sad", "sad", "glad"))

    assert one == same
    assert set(parsed(graph, "sad", []).subjects()).isdisjoint(parsed(graph, "glad", []).subjects())
    assert other != one


def test_span_of_the_whole_text_is_the_context_itself(graph: EmotionGraph) -> None:
    found = parsed(graph, "sad", [ConceptSpan(0, 3, "sadness")], item="https://example.org/t")

    context = rdflib.URIRef("https://example.org/t#char=0,3")
    assert found.value(context, NIF.referenceContext) is None
    assert str(found.value(context, ITS.taIdentRef)) == graph.concept("sadness").iri


@pytest.mark.parametrize(
    ("start", "end", "said"), [(3, 3, "start < end"), (3, 2, "start < end"), (-1, 2, "from 0")]
)
def test_empty_or_negative_span_is_an_error(start: int, end: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ConceptSpan(start, end, "joy")


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_score_out_of_range_is_an_error(score: float) -> None:
    with pytest.raises(InputError, match=r"0\.\.1"):
        ConceptSpan(0, 1, "joy", score)


def test_what_cannot_be_written_is_an_error(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="within the 3"):
        to_nif(graph, "sad", [ConceptSpan(1, 9, "sadness")])
    with pytest.raises(InputError, match="lone surrogate at 2"):
        to_nif(graph, "a \ud800", [])
    with pytest.raises(UnknownTermError):
        to_nif(graph, "sad", [ConceptSpan(0, 3, "table")])
    with pytest.raises(InputError, match="jsonld"):
        to_nif(graph, "sad", [], format="xml")
