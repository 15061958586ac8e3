"""Sentiment polarity of schemes' labels: published groups, and signs of measured valence."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.model import SchemeLabel
from affectgraph.ontology.layers.polarity import LEAST_VALENCE, derived_polarity

VALENCES = {"joy": 0.8, "dread": -0.6, "longing": 0.1, "surprise": 0.5, "state/doubt": -0.5}


def label(graph: EmotionGraph, scheme: str, name: str) -> SchemeLabel:
    return next(x for x in graph.labels(scheme) if x.name == name)


@pytest.mark.parametrize(
    ("anchors", "polarity"),
    [
        ([("exact", "joy")], "positive"),
        ([("close", "dread")], "negative"),
        ([("narrower", "joy")], "positive"),
        ([("exact", "longing")], None),  # too near the middle
        ([("exact", "surprise")], None),  # rated pleasant, but neither way by itself
        ([("exact", "astonishment")], None),
        ([("exact", "state/doubt")], None),
        ([("exact", "zest")], None),  # not rated
        ([("broader", "joy")], None),  # may hold more than joy
        ([("component", "joy"), ("component", "dread")], None),
        ([("close", "joy"), ("close", "dread")], None),
        ([("close", "joy"), ("close", "zest")], None),
        ([("none", "")], None),
        ([], None),
    ],
)
def test_sign_is_taken_only_where_the_valence_says(
    anchors: list[tuple[str, str]], polarity: str | None
) -> None:
    assert derived_polarity(anchors, VALENCES) == polarity


def test_sign_is_taken_from_the_least_valence_on() -> None:
    assert derived_polarity([("exact", "joy")], {"joy": LEAST_VALENCE}) == "positive"
    assert derived_polarity([("exact", "joy")], {"joy": LEAST_VALENCE - 0.001}) is None


@pytest.mark.parametrize(
    ("scheme", "name", "polarity", "source"),
    [
        ("goemotions", "realization", "ambiguous", "goemotions"),
        ("goemotions", "neutral", "neutral", "goemotions"),
        ("goemotions", "desire", "positive", "goemotions"),
        ("mikels", "awe", "positive", "emoset"),
        ("cped", "astonished", "negative", "cped"),
        ("panas", "alert", "positive", "watson-1988"),
        ("mehrabian-pad", "dependent", "positive", "mehrabian-1996"),
    ],
)
def test_published_group_is_kept_with_its_source(
    graph: EmotionGraph, scheme: str, name: str, polarity: str, source: str
) -> None:
    found = label(graph, scheme, name)

    assert (found.polarity, found.polarity_source) == (polarity, source)
    assert not found.polarity_is_derived


def test_goemotions_has_12_positive_11_negative_4_ambiguous_labels_and_neutral(
    graph: EmotionGraph,
) -> None:
    # As the authors count them in their announcement of the data set.
    groups = [x.polarity for x in graph.labels("goemotions")]

    counts = {group: groups.count(group) for group in set(groups)}
    assert counts == {"positive": 12, "negative": 11, "ambiguous": 4, "neutral": 1}


def test_derived_sign_says_that_it_is_derived_and_from_which_norms(graph: EmotionGraph) -> None:
    found = label(graph, "meld", "sadness")

    assert (found.polarity, found.polarity_is_derived) == ("negative", True)
    assert found.polarity_source == "scott-2019"


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        ("meld", "surprise"),
        ("meld", "neutral"),
        ("merr", "doubt"),
        ("raf-ce", "happily surprised"),
        ("emocontext", "others"),
        ("mintrec2", "Greet"),
    ],
)
def test_label_whose_polarity_nobody_says_has_none(
    graph: EmotionGraph, scheme: str, name: str
) -> None:
    found = label(graph, scheme, name)

    assert (found.polarity, found.polarity_source) == (None, None)
    assert not found.polarity_is_derived


def test_derived_signs_agree_with_every_published_group(graph: EmotionGraph) -> None:
    for scheme in graph.schemes():
        for found in scheme.labels:
            if found.polarity and not found.polarity_is_derived:
                sign = derived_polarity([(a.relation, a.concept) for a in found.anchors])
                assert sign in {None, found.polarity}, found.iri


def test_every_label_with_a_derived_sign_names_a_measured_value(graph: EmotionGraph) -> None:
    found = graph.sparql(
        """PREFIX ag: <https://w3id.org/affectgraph/ontology#>
        ASK { ?label ag:derivedPolarity ?sign
          FILTER NOT EXISTS { ?label ag:polarityValue/ag:raters ?n } }"""
    )

    assert found is False


def test_kind_of_a_scheme_says_what_its_labels_are_of(graph: EmotionGraph) -> None:
    kinds = {scheme.name: scheme.kind for scheme in graph.schemes()}

    assert kinds["mintrec2"] == "intent"
    assert kinds["reccon-causes"] == "cause"
    assert kinds["esconv-problem"] == "problem"
    assert kinds["mehrabian-pad"] == "temperament"
    assert kinds["raf-ce"] == "expression"
    assert kinds["goemotions"] == "emotion"
