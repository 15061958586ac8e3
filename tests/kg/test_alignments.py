"""Lookups of what a concept is in other vocabularies."""

import pytest

from affectgraph.kg import EmotionGraph, Mapping
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.rows import read_table


def terms(found: tuple[Mapping, ...]) -> list[tuple[str, str]]:
    return [(match.predicate, match.term.rpartition("/")[2]) for match in found]


def test_shame_has_its_synset_and_its_class(graph: EmotionGraph) -> None:
    assert terms(graph.alignments("shame", resource="cili")) == [("exactMatch", "i76196")]
    assert terms(graph.alignments("shame", resource="mfoem")) == [("closeMatch", "MFOEM_000055")]


def test_rejected_senses_come_last_and_only_if_asked_for(graph: EmotionGraph) -> None:
    accepted = graph.alignments("irritation", resource="cili")
    everything = graph.alignments("irritation", resource="cili", with_rejected=True)

    assert all(match.is_accepted for match in accepted)
    assert everything[: len(accepted)] == accepted
    assert terms(everything[len(accepted) :]) == [
        ("closeMatch", "i76135"),
        ("closeMatch", "i76265"),
    ]


def test_nearest_match_comes_first(graph: EmotionGraph) -> None:
    order = ["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]

    for concept in (*graph.emotions(), *graph.states()):
        found = [order.index(match.predicate) for match in graph.alignments(concept.slug)]
        assert found == sorted(found), concept.slug


def test_all_decisions_of_the_table_are_found_again(graph: EmotionGraph) -> None:
    concepts = {row["concept"] for row in read_table("alignments")}
    found = [m for c in concepts for m in graph.alignments(c, with_rejected=True)]

    read = [match for match in found if match.resource != "emotionml"]
    assert len(read) == len(read_table("alignments"))


def test_term_brings_its_other_identifiers_and_its_parents(graph: EmotionGraph) -> None:
    (match,) = graph.alignments("loathing", resource="cili")

    assert match.gloss == "hate coupled with disgust"
    assert set(match.also) == {
        "https://en-word.net/id/oewn-07518669-n",
        "http://wordnet-rdf.princeton.edu/wn30/07503430-n",
    }
    assert {iri.rpartition("/")[2] for iri in match.parents} == {"i76176", "i76414"}


def test_concept_without_any_match_has_an_empty_answer(graph: EmotionGraph) -> None:
    assert graph.alignments("state/bittersweetness") == ()


def test_item_of_an_emotionml_vocabulary_is_found_by_its_label(graph: EmotionGraph) -> None:
    found = terms(graph.alignments("irritation", resource="emotionml"))

    assert ("exactMatch", "irritation") in found


def test_name_of_a_concept_may_be_its_label_or_iri(graph: EmotionGraph) -> None:
    by_slug = graph.alignments("shame")

    assert graph.alignments("Shame") == by_slug
    assert graph.alignments("https://w3id.org/affectgraph/emotion/shame") == by_slug


@pytest.mark.parametrize("resource", ["", "CILI", "oewn", "wordnet"])
def test_unknown_resource_is_refused_with_the_known_ones(
    resource: str, graph: EmotionGraph
) -> None:
    with pytest.raises(UnknownTermError, match="cili, emotionml, mfoem"):
        graph.alignments("shame", resource=resource)


def test_unknown_concept_is_refused_with_the_nearest(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="irritation"):
        graph.alignments("irritatoin")


def test_values_are_frozen_and_hashable(graph: EmotionGraph) -> None:
    match = graph.alignments("shame")[0]

    assert len({match, match}) == 1
    with pytest.raises(AttributeError):
        match.reason = "another"  # type: ignore[misc]
