"""How any scheme is said in any other, and what that loses."""

from itertools import product

import pytest

from affectgraph.kg import Crossing, CrosswalkSummary, EmotionGraph

RELATIONS = {"exact", "close", "coarser", "finer", "fallback", "none"}


def crossing_of(graph: EmotionGraph, source: str, label: str, target: str) -> Crossing:
    (found,) = [c for c in graph.crosswalk(source, target) if c.label.name == label]
    return found


def names(crossing: Crossing) -> list[str]:
    return [target.name for target in crossing.targets]


@pytest.fixture(scope="module")
def pairs(graph: EmotionGraph) -> dict[tuple[str, str], tuple[Crossing, ...]]:
    """The crosswalks of every scheme in every scheme, itself included."""
    schemes = [scheme.name for scheme in graph.schemes()]
    return {(one, two): graph.crosswalk(one, two) for one, two in product(schemes, repeat=2)}


# --- every pair -----------------------------------------------------------------------------------


def test_every_label_of_every_pair_crosses_exactly_once(
    graph: EmotionGraph, pairs: dict[tuple[str, str], tuple[Crossing, ...]]
) -> None:
    assert len(pairs) == 56 * 56
    for (source, target), crossings in pairs.items():
        assert [c.label for c in crossings] == list(graph.labels(source))
        assert {c.relation for c in crossings} <= RELATIONS
        known = set(graph.labels(target))
        for crossing in crossings:
            assert (crossing.relation == "none") == (not crossing.targets)
            assert set(crossing.targets) <= known
            assert len(set(crossing.targets)) == len(crossing.targets)


def test_every_crossing_of_every_pair_states_its_loss(
    pairs: dict[tuple[str, str], tuple[Crossing, ...]],
) -> None:
    for crossings in pairs.values():
        for crossing in crossings:
            loss = crossing.loss
            assert loss.sentence.startswith(("Lost: ", "Nothing is lost", "Its meaning is kept"))
            assert loss.sentence.startswith("Nothing is lost") == crossing.is_lossless
            assert (loss.distance is None) == (crossing.relation in {"fallback", "none"})
            if crossing.relation in {"exact", "close"}:
                assert loss.distance == 0


def test_exact_crossings_are_the_same_both_ways(
    pairs: dict[tuple[str, str], tuple[Crossing, ...]],
) -> None:
    for (source, target), crossings in pairs.items():
        if source == target:
            continue
        back = {c.label: c for c in pairs[target, source]}
        for crossing in crossings:
            if crossing.relation == "exact":
                for other in crossing.targets:
                    assert back[other].relation == "exact"
                    assert crossing.label in back[other].targets


def test_a_scheme_in_itself_is_the_identity(graph: EmotionGraph) -> None:
    for scheme in graph.schemes():
        summary = graph.crosswalk_summary(scheme.name, scheme.name)
        for crossing in graph.crosswalk(scheme.name, scheme.name):
            assert crossing.relation == "exact"
            assert crossing.targets == (crossing.label,)
            assert crossing.is_lossless
        assert summary.lossless == summary.labels
        assert (summary.merged, summary.unmappable, summary.unreached) == ((), (), ())


def test_labels_said_by_the_same_labels_name_each_other(
    pairs: dict[tuple[str, str], tuple[Crossing, ...]],
) -> None:
    for crossings in pairs.values():
        for crossing in crossings:
            same = tuple(
                other.label.name
                for other in crossings
                if other is not crossing and crossing.targets and other.targets == crossing.targets
            )
            assert crossing.loss.merged == same


def test_summary_adds_up_over_every_pair(
    graph: EmotionGraph, pairs: dict[tuple[str, str], tuple[Crossing, ...]]
) -> None:
    for (source, target), crossings in pairs.items():
        summary = graph.crosswalk_summary(source, target)
        said = [c for c in crossings if c.targets]
        assert (summary.source, summary.target) == (source, target)
        assert sum(summary.counts.values()) == summary.labels == len(crossings)
        assert summary.counts["none"] == len(summary.unmappable) == len(crossings) - len(said)
        assert set(summary.homeless) <= set(summary.unmappable)
        # Labels that can be told apart are as many as there are different ways of saying them.
        assert len(said) - summary.distinctions_lost == len({c.targets for c in said})


# --- single crossings, worked out by hand from the tree ---------------------------------------------


def test_grief_loses_two_steps_and_cannot_be_told_from_sadness(graph: EmotionGraph) -> None:
    # sadness > sadness (secondary) > grief: two steps; these five of GoEmotions lie in that branch.
    crossing = crossing_of(graph, "goemotions", "grief", "ekman-6")

    assert crossing.relation == "coarser"
    assert crossing.loss.distance == 2
    assert set(crossing.loss.merged) == {"disappointment", "embarrassment", "remorse", "sadness"}
    assert crossing.loss.sentence == (
        "Lost: what sets it apart within sadness, 2 steps up the tree. It can no longer be told from "
        "disappointment, embarrassment, remorse and sadness."
    )


def test_only_disgust_of_goemotions_reaches_ekman_without_loss(graph: EmotionGraph) -> None:
    # The other five names of Ekman's are shared, but each takes siblings in with it.
    lossless = [c.label.name for c in graph.crosswalk("goemotions", "ekman-6") if c.is_lossless]

    assert lossless == ["disgust"]


def test_goemotions_in_ekman_keeps_six_ways_of_speaking(graph: EmotionGraph) -> None:
    summary = graph.crosswalk_summary("goemotions", "ekman-6")

    assert summary.labels == 28
    # 6 share Ekman's concepts; 6 states have a published primary; love's branch and neutral are not
    # said at all; the other 12 lie below one of the six.
    assert summary.counts["exact"] == 6
    assert summary.counts["fallback"] == 6
    assert summary.counts["coarser"] == 12
    assert summary.unmappable == ("caring", "desire", "love", "neutral")
    assert summary.homeless == ()
    assert summary.distinctions_lost == 28 - 4 - 6
    assert summary.shares["exact"] == round(6 / 28, 4)


def test_fallback_names_the_grouping_and_loses_the_meaning(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "goemotions", "curiosity", "ekman-6")

    assert crossing.relation == "fallback"
    assert crossing.loss.distance is None
    assert "the grouping of goemotions puts it under surprise" in crossing.loss.sentence


def test_wider_label_of_the_same_words_is_coarser_and_not_finer(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "goemotions", "optimism", "emonet")

    assert names(crossing) == ["Hope/Enthusiasm/Optimism"]
    assert (crossing.relation, crossing.loss.distance) == ("coarser", 0)


def test_label_of_two_words_is_said_by_each_of_them(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "emotic", "Doubt/Confusion", "emonet")

    assert names(crossing) == ["Doubt", "Confusion"]
    assert crossing.relation == "finer"


def test_label_narrower_than_a_state_is_said_by_the_state(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "frijda", "resignation", "plutchik-24")

    assert names(crossing) == ["acceptance"]
    assert crossing.relation == "coarser"


def test_label_with_two_homes_says_which_one_is_dropped(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "emotic", "Peace", "emonet")

    assert names(crossing) == ["Contentment"]
    assert crossing.loss.dropped == ("state/calmness",)
    assert "Nothing there covers state/calmness." in crossing.loss.sentence


# --- compounds ------------------------------------------------------------------------------------


def test_compounds_of_the_same_parts_are_the_same(graph: EmotionGraph) -> None:
    crossings = graph.crosswalk("raf-db-compound", "raf-ce")

    assert all(c.relation == "exact" for c in crossings)
    assert [names(c) for c in crossings] == [[c.label.name] for c in crossings]
    unreached = graph.crosswalk_summary("raf-db-compound", "raf-ce").unreached
    assert unreached == ("fearfully disgusted", "happily fearful", "happily sad")


def test_compound_without_a_label_for_one_part_says_so(graph: EmotionGraph) -> None:
    crossing = crossing_of(graph, "raf-ce", "happily disgusted", "mer2023")

    assert (names(crossing), crossing.relation) == (["happy"], "close")
    assert crossing.loss.dropped == ("disgust",)


def test_part_that_lies_under_another_part_is_covered_by_it(graph: EmotionGraph) -> None:
    # Disgust is a kind of anger in the tree, so "angry" covers both parts.
    crossing = crossing_of(graph, "raf-ce", "angrily disgusted", "mer2023")

    assert names(crossing) == ["angry"]
    assert crossing.loss.dropped == ()


def test_simple_label_is_not_said_by_a_compound(graph: EmotionGraph) -> None:
    # Decision 0004: happily surprised is no kind of joy.
    assert {c.relation for c in graph.crosswalk("ekman-6", "raf-ce")} == {"none"}


# --- labels that are no emotions --------------------------------------------------------------------


def test_intents_cannot_be_said_except_those_named_by_a_feeling(graph: EmotionGraph) -> None:
    said = [c.label.name for c in graph.crosswalk("mintrec2", "emonet") if c.targets]
    summary = graph.crosswalk_summary("mintrec2", "emonet")

    assert said == ["Care", "Doubt"]
    assert len(summary.homeless) == 28


def test_cause_types_are_homeless_everywhere(graph: EmotionGraph) -> None:
    summary = graph.crosswalk_summary("reccon-causes", "goemotions")

    assert summary.homeless == summary.unmappable
    assert summary.counts == {
        "exact": 0,
        "close": 0,
        "coarser": 0,
        "finer": 0,
        "fallback": 0,
        "none": 5,
    }
    crossing = crossing_of(graph, "reccon-causes", "hybrid", "goemotions")
    assert crossing.loss.sentence == "Lost: all of it; it stands for no concept of the graph."


def test_summary_can_be_hashed_and_compared(graph: EmotionGraph) -> None:
    first = graph.crosswalk_summary("meld", "ekman-6")

    assert isinstance(first, CrosswalkSummary)
    assert {first} == {graph.crosswalk_summary(" MELD ", "Ekman-6")}
