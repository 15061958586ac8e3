"""Concepts in category vocabularies: what is said instead, and what is lost by it."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import conversion, convert, convert_reading
from affectgraph.kg.observation import ConceptReading
from affectgraph.ontology.errors import InputError, UnknownTermError

# Expected by hand, from the tree and the anchors of ekman-6, fsre and occ.
CASES = [
    # concept, vocabulary, item, relation, words of the loss
    ("joy", "big6", "happiness", "exact", ""),
    ("joy", "fsre-categories", "joy", "exact", ""),
    ("happiness", "big6", "happiness", "coarser", "ancestor 'joy'"),
    ("happiness", "fsre-categories", "happiness", "exact", ""),
    ("resentment", "big6", "anger", "coarser", "the finer distinction is lost"),
    ("resentment", "occ-categories", "reproach", "close", "means nearly 'resentment'"),
    ("dread", "fsre-categories", "fear", "coarser", "ancestor 'fear'"),
    ("tenseness", "fsre-categories", "stress", "close", "the difference is lost"),
    ("love", "big6", "", "none", "big6 has nothing for 'love'; it is not written."),
    ("state/trust", "big6", "", "none", "it is not written"),
    ("state/interest", "fsre-categories", "interest", "exact", ""),
]


@pytest.mark.parametrize(("concept", "vocabulary", "item", "relation", "loss"), CASES)
def test_concept_is_said_in_a_vocabulary_with_its_loss(
    graph: EmotionGraph, concept: str, vocabulary: str, item: str, relation: str, loss: str
) -> None:
    found = convert(graph, concept, vocabulary)

    assert (found.item, found.relation) == (item, relation)
    assert loss in found.loss
    assert bool(found.loss) == bool(loss)


def test_only_parts_are_never_written(graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    # Mikels' set has contentment, amusement and excitement, and no label for joy itself.
    monkeypatch.setattr(conversion, "scheme_of", lambda graph, name: graph.scheme("mikels"))

    found = convert(graph, "joy", "big6")

    assert (found.item, found.relation) == ("", "finer")
    assert {"amusement", "contentment", "excitement"} <= set(found.others)
    assert "each would claim more than was said" in found.loss


def test_every_concept_converts_to_every_vocabulary_without_claiming_more(
    graph: EmotionGraph,
) -> None:
    for name, vocabulary in graph.around.vocabularies.items():
        if not vocabulary.scheme:
            continue
        items = {label.name: label for label in graph.labels(vocabulary.scheme)}
        for slug, concept in graph.index.concepts.items():
            found = convert(graph, slug, name)
            assert bool(found.item) == (found.relation in {"exact", "close", "coarser"})
            assert bool(found.loss) == (found.relation != "exact")
            if found.item:
                anchors = {anchor.concept for anchor in items[found.item].anchors}
                assert anchors & {slug, *concept.path}


def test_label_of_a_scheme_may_cross_by_its_published_grouping(graph: EmotionGraph) -> None:
    label = ConceptReading("state/admiration", 0.9, "admiration", "goemotions")

    found = convert_reading(graph, label, "big6")

    assert (found.item, found.relation) == ("happiness", "fallback")
    assert "goemotions puts the label" in found.loss
    assert convert(graph, "state/admiration", "big6").item == ""


def test_label_that_does_not_mean_the_concept_does_not_count(graph: EmotionGraph) -> None:
    label = ConceptReading("dread", None, "admiration", "goemotions")

    assert convert_reading(graph, label, "big6") == convert(graph, "dread", "big6")


def test_vocabulary_without_labels_in_the_graph_is_refused_with_those_that_have(
    graph: EmotionGraph,
) -> None:
    missing = [v.name for v in graph.around.vocabularies.values() if v.kind == "category"]
    for name in missing:
        if graph.around.vocabulary(name).scheme:
            continue
        with pytest.raises(
            InputError, match=r"labels the graph has \(big6, .*Add its label scheme"
        ):
            convert(graph, "joy", name)


@pytest.mark.parametrize("name", ["big7", "pad-dimensions", "", "ekman-6"])
def test_unknown_vocabulary_is_refused(graph: EmotionGraph, name: str) -> None:
    with pytest.raises(UnknownTermError, match="category vocabulary"):
        convert(graph, "joy", name)


def test_unknown_concept_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="an emotion or state"):
        convert(graph, "joyy", "big6")
