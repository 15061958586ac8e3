"""Soft labels: no rater and no mass is lost between counts, labels, concepts, tiers and schemes."""

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import to_emotionml, to_onyx
from affectgraph.kg.model import Anchor, SchemeLabel
from affectgraph.linkers import (
    Distribution,
    SchemeLinker,
    anchor_shares,
    fleiss_kappa,
    from_counts,
    from_votes,
    from_weights,
    roll_up,
    to_concepts,
    to_observation,
    to_scheme,
)
from affectgraph.ontology.errors import InputError


@pytest.fixture(scope="module")
def ferplus(graph: EmotionGraph) -> SchemeLinker:
    return SchemeLinker(graph, "ferplus")


@pytest.fixture(scope="module")
def goemotions(graph: EmotionGraph) -> SchemeLinker:
    return SchemeLinker(graph, "goemotions")


def total(soft: Distribution) -> float:
    return math.fsum([*soft.mass.values(), *soft.homeless.values()])


# --- in -------------------------------------------------------------------------------------------


def test_counts_of_ten_raters_become_shares_and_unknown_votes_stay(ferplus: SchemeLinker) -> None:
    # A row of FER+: ten taggers; "unknown" and "NF" (no face) are its reject classes.
    soft = from_counts(ferplus, {"neutral": 4, "happiness": 3, "sadness": 0, "unknown": 2, "NF": 1})

    assert soft.mass == {"neutral": 0.4, "happiness": 0.3}
    assert soft.homeless == {"not_in_scheme": 0.3}
    assert soft.raters == 10
    assert soft.counts() == {"neutral": 4.0, "happiness": 3.0, "not_in_scheme": 3.0}
    assert soft.top == ("neutral",)


def test_writings_of_one_label_add_up(graph: EmotionGraph) -> None:
    soft = from_counts(SchemeLinker(graph, "ravdess"), {"happy": 1, "03": 1, "Happy ": 2})

    assert soft.mass == {"happy": 1.0}
    assert soft.raters == 4


def test_votes_are_counted_and_a_missing_one_is_kept(ferplus: SchemeLinker) -> None:
    soft = from_votes(ferplus, ["anger", "anger", None, float("nan"), "grr"])

    assert soft.mass == {"anger": 0.4}
    assert soft.homeless == {"missing": 0.4, "not_in_scheme": 0.2}


def test_weights_are_scaled_to_one_and_have_no_raters(ferplus: SchemeLinker) -> None:
    soft = from_weights(ferplus, {"anger": 0.6, "fear": 0.2})

    assert soft.mass == {"anger": 0.75, "fear": 0.25}
    assert soft.raters is None
    assert soft.agreement is None
    with pytest.raises(InputError, match="rater counts"):
        soft.counts()


@pytest.mark.parametrize(
    "count", [-1, 0.5, float("nan"), float("inf"), 10**400, "3", None, True, [1]]
)
def test_count_that_is_none_is_an_error_that_names_the_label(
    ferplus: SchemeLinker, count: object
) -> None:
    with pytest.raises(InputError, match="'fear'"):
        from_counts(ferplus, {"anger": 1, "fear": count})


@pytest.mark.parametrize("weight", [-0.1, float("nan"), float("inf"), 10**400, "0.3", None, True])
def test_weight_that_is_none_is_an_error_that_names_the_label(
    ferplus: SchemeLinker, weight: object
) -> None:
    with pytest.raises(InputError, match="'fear'"):
        from_weights(ferplus, {"anger": 1, "fear": weight})


def test_weights_whose_sum_no_float_holds_are_shared_all_the_same(ferplus: SchemeLinker) -> None:
    assert from_weights(ferplus, {"anger": 1e308, "fear": 1e308}).mass == {
        "anger": 0.5,
        "fear": 0.5,
    }
    assert from_weights(ferplus, {"anger": 5e-324, "fear": 0}).mass == {"anger": 1.0}


@pytest.mark.parametrize(
    "counts", [{"neutral": 1e308, "fear": 1e308}, {"fear": 2**53 + 2}, {"fear": 2**53, "anger": 1}]
)
def test_raters_that_a_float_cannot_count_are_an_error(
    ferplus: SchemeLinker, counts: dict[object, float]
) -> None:
    with pytest.raises(InputError, match="Expected at most 9,007,199,254,740,992 raters, got more"):
        from_counts(ferplus, counts)


@pytest.mark.parametrize("counts", [{}, {"anger": 0}])
def test_item_without_a_vote_is_an_error(ferplus: SchemeLinker, counts: dict[object, int]) -> None:
    with pytest.raises(InputError, match="at least one vote"):
        from_counts(ferplus, counts)
    with pytest.raises(InputError, match="at least one vote"):
        from_votes(ferplus, [])


def test_vote_that_is_a_list_is_an_error(ferplus: SchemeLinker) -> None:
    with pytest.raises(InputError, match="one label a rater"):
        from_votes(ferplus, ["anger", ["fear", "sadness"]])


# --- labels to concepts, tiers, schemes -------------------------------------------------------------


def test_mass_of_a_label_is_shared_by_the_weights_of_its_anchors() -> None:
    # exact 1.0 and broader 0.6 (docs/scores.md): 1 / 1.6 and 0.6 / 1.6.
    anchors = (Anchor("joy", "exact"), Anchor("love", "broader"))
    label = SchemeLabel("", "x", "y", 0, anchors, None, None, "", "")

    assert anchor_shares(label) == pytest.approx({"joy": 0.625, "love": 0.375})


def test_compound_label_gives_each_part_its_half(graph: EmotionGraph) -> None:
    linker = SchemeLinker(graph, "raf-ce")
    soft = to_concepts(
        linker, from_counts(linker, {"happily surprised": 3, "happily disgusted": 1})
    )

    # 3/4 halved between joy and surprise, 1/4 between joy and disgust.
    assert soft.mass == {"joy": 0.5, "surprise": 0.375, "disgust": 0.125}
    assert soft.agreement is None


def test_label_without_a_concept_keeps_its_mass_under_its_reason(graph: EmotionGraph) -> None:
    linker = SchemeLinker(graph, "emocontext")
    soft = to_concepts(linker, from_counts(linker, {"happy": 1, "others": 2, "what": 1}))

    assert soft.mass == {"joy": 0.25}
    assert soft.homeless == {"not_an_emotion": 0.5, "not_in_scheme": 0.25}


def test_rolling_up_keeps_states_neutral_and_coarse_mass_apart(
    graph: EmotionGraph, goemotions: SchemeLinker
) -> None:
    votes = {"annoyance": 2, "anger": 1, "neutral": 1, "curiosity": 1}
    concepts = to_concepts(goemotions, from_counts(goemotions, votes))

    primary = roll_up(graph, concepts)
    assert primary.mass == {"anger": 0.6}
    assert primary.homeless == {"neutral": 0.2, "outside_the_tree": 0.2}
    assert primary.raters == 5
    # 3 + 1 + 1 votes of 5: 3 * 2 pairs of 5 * 4.
    assert primary.agreement == 0.3
    tertiary = roll_up(graph, concepts, "tertiary")
    assert tertiary.homeless["too_coarse"] == 0.2
    assert tertiary.mass == {"annoyance": 0.4}


def test_mass_in_another_scheme_is_divided_among_equals_and_none_is_invented(
    graph: EmotionGraph, goemotions: SchemeLinker
) -> None:
    soft = from_counts(goemotions, {"joy": 2, "amusement": 1, "love": 1})

    found = to_scheme(goemotions, soft, "ekman-6")
    assert found.mass == {"happiness": 0.75}
    assert found.homeless == {"cannot_be_said": 0.25}
    assert found.over == "ekman-6"


def test_distribution_over_something_else_is_an_error(
    graph: EmotionGraph, ferplus: SchemeLinker, goemotions: SchemeLinker
) -> None:
    soft = from_counts(ferplus, {"anger": 1})
    with pytest.raises(InputError, match="over goemotions, got one over ferplus"):
        to_concepts(goemotions, soft)
    with pytest.raises(InputError, match="over concept"):
        roll_up(graph, soft)
    with pytest.raises(InputError, match="over concept"):
        to_observation(graph, soft)


def test_tier_that_is_not_there_is_an_error(graph: EmotionGraph, ferplus: SchemeLinker) -> None:
    soft = to_concepts(ferplus, from_counts(ferplus, {"anger": 1}))
    with pytest.raises(InputError, match="quaternary"):
        roll_up(graph, soft, "quaternary")


@pytest.mark.parametrize("mass", [{"joy": 0.5}, {"joy": 1.5, "x": -0.5}, {"joy": float("nan")}, {}])
def test_shares_that_do_not_sum_to_one_are_an_error(mass: dict[str, float]) -> None:
    with pytest.raises(InputError, match="sum to 1"):
        Distribution("concept", mass, {})


def test_distribution_goes_to_other_processes_as_it_is(ferplus: SchemeLinker) -> None:
    soft = from_counts(ferplus, {"anger": 2, "grr": 1})

    assert pickle.loads(pickle.dumps(soft)) == soft  # noqa: S301 - written above


@given(data=st.data())
def test_no_mass_is_lost_on_any_way(graph: EmotionGraph, data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from([s.name for s in graph.schemes()]))
    linker = SchemeLinker(graph, scheme)
    labels = [*(label.name for label in linker.scheme.labels), "no such label", None]
    counts = data.draw(
        st.dictionaries(st.sampled_from(labels), st.integers(0, 20), min_size=1).filter(
            lambda found: sum(found.values()) > 0
        )
    )
    soft = from_counts(linker, counts)
    concepts = to_concepts(linker, soft)
    others = [to_scheme(linker, soft, name) for name in ("ekman-6", "goemotions", scheme)]
    tiers = [roll_up(graph, concepts, tier) for tier in ("primary", "secondary", "tertiary")]

    for found in (soft, concepts, *others, *tiers):
        assert total(found) == pytest.approx(1, abs=1e-9)
        assert found.raters == sum(counts.values())
    assert sum(soft.counts().values()) == pytest.approx(sum(counts.values()))
    assert others[-1] == soft


# --- agreement and entropy --------------------------------------------------------------------------


def test_entropy_counts_names_and_reasons() -> None:
    # Two equal halves: one bit; a half and two quarters: 1.5 bits.
    assert Distribution("x", {"a": 0.5}, {"neutral": 0.5}).entropy == 1.0
    assert Distribution("x", {"a": 0.5, "b": 0.25}, {"neutral": 0.25}).entropy == 1.5
    assert Distribution("x", {"a": 1.0}, {}).entropy == 0.0


FLEISS_1971 = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip
"""Ten subjects, fourteen raters, five categories: the worked example of "Fleiss' kappa" in Wikipedia, with
its P_i (the first is 1.000, the second 0.253) and kappa 0.210."""


def test_kappa_and_agreement_are_those_of_the_worked_example(ferplus: SchemeLinker) -> None:
    labels = ["neutral", "happiness", "surprise", "sadness", "anger"]
    items = [from_counts(ferplus, dict(zip(labels, row, strict=True))) for row in FLEISS_1971]

    assert [items[0].agreement, round(items[1].agreement or 0, 3)] == [1.0, 0.253]
    assert round(fleiss_kappa(items) or 0, 3) == 0.210


def test_kappa_of_full_agreement_is_one_and_of_one_name_is_not_known(ferplus: SchemeLinker) -> None:
    anger, fear = (from_counts(ferplus, {name: 3}) for name in ("anger", "fear"))

    assert fleiss_kappa([anger, fear]) == 1.0
    assert fleiss_kappa([anger, anger]) is None


def test_kappa_of_unequal_raters_weights_or_nothing_is_an_error(ferplus: SchemeLinker) -> None:
    three, two = from_counts(ferplus, {"anger": 3}), from_counts(ferplus, {"anger": 2})
    with pytest.raises(InputError, match="equally many raters"):
        fleiss_kappa([three, two])
    with pytest.raises(InputError, match="equally many raters"):
        fleiss_kappa([])
    with pytest.raises(InputError, match="at least two raters"):
        fleiss_kappa([from_weights(ferplus, {"anger": 1})])


def test_single_rater_has_no_agreement(ferplus: SchemeLinker) -> None:
    assert from_counts(ferplus, {"anger": 1}).agreement is None


# --- out ------------------------------------------------------------------------------------------


def test_observation_has_an_episode_for_each_primary_and_goes_into_envelopes(
    graph: EmotionGraph, goemotions: SchemeLinker
) -> None:
    votes = {"annoyance": 2, "anger": 1, "neutral": 1, "joy": 1}
    soft = to_concepts(goemotions, from_counts(goemotions, votes))
    seen = to_observation(graph, soft, item="https://example.org/1", agent="raters")

    said = [[(r.concept, r.score) for r in episode.concepts] for episode in seen.episodes]
    assert said == [
        [("annoyance", 0.4), ("anger", 0.2)],
        [("joy", 0.2)],
        [("state/neutral", 0.2)],
    ]
    assert to_emotionml(graph, [seen], categories="affectgraph").content.count("<emotion ") == 3
    # The six basic emotions have no word for neutral, and say so.
    assert "state/neutral" in " ".join(map(str, to_emotionml(graph, [seen]).losses))
    assert "0.4" in to_onyx(graph, [seen]).content


def test_distribution_without_a_concept_is_an_observation_without_an_episode(
    graph: EmotionGraph,
) -> None:
    assert to_observation(graph, Distribution("concept", {}, {"missing": 1.0})).episodes == ()


@pytest.mark.parametrize("given", [None, 5, "anger", ["anger"]])
def test_counts_and_weights_that_are_no_mapping_are_refused(
    ferplus: SchemeLinker, given: object
) -> None:
    with pytest.raises(InputError, match="Expected counts by label, got"):
        from_counts(ferplus, given)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Expected weights by label, got"):
        from_weights(ferplus, given)  # type: ignore[arg-type]


def test_more_raters_than_floats_count_are_refused_and_none_is_lost(ferplus: SchemeLinker) -> None:
    with pytest.raises(InputError, match="Expected at most 9,007,199,254,740,992 raters"):
        from_counts(ferplus, {"anger": 2**53 + 1})
