"""What ``benchmarks/cue_phrase_fallback.py`` reckons: F1, its difference, thresholds, what the gold says."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield importlib.import_module("cue_phrase_fallback")


def a_set(script: ModuleType) -> Any:
    """Return four phrases: the rules know one, the model knows one more and takes one text for a phrase."""
    right, wrong = script.Outcome(True, True), script.Outcome(True, False)
    case = script.Case
    smile, brow = (frozenset({"12"}),), (frozenset({"4"}),)
    return script.Scored(
        "four",
        (
            case("smiles", smile, False),
            case("brow knit", brow, False),
            case("brow", brow, False),
            case("lip of a cup", (), False),
        ),
        (right, script.NOTHING, script.NOTHING, script.NOTHING),
        (right, right, wrong, wrong),
        (0.9, 0.8, 0.6, 0.7),
        ("smile", "knitted brow", "raised brow", "curled lip"),
    )


def test_f1_counts_answers_to_texts_without_an_action_as_wrong(script: ModuleType) -> None:
    four = a_set(script)

    # 4 answered, 2 right, 3 have an action: 2/4, 2/3, 2*2 / (4 + 3)
    assert script.f1(four.alone(0.5), four.has_action) == pytest.approx((0.5, 2 / 3, 4 / 7))


def test_fallback_is_asked_only_where_the_rules_find_nothing(script: ModuleType) -> None:
    four = a_set(script)

    # rules: 1 right of 1 answered, 2 / (1 + 3); with the fallback from .8 on: 2 of 2, 4 / (2 + 3)
    assert script.f1(four.rules, four.has_action)[2] == pytest.approx(0.5)
    assert script.f1(four.with_fallback(0.8), four.has_action)[2] == pytest.approx(0.8)
    assert script.f1(four.with_fallback(0.95), four.has_action)[2] == pytest.approx(0.5)


@pytest.mark.parametrize("has_rules", [True, False])
def test_of_equal_thresholds_the_highest_is_chosen(script: ModuleType, has_rules: bool) -> None:
    assert script.best_threshold(a_set(script), has_rules=has_rules) == 0.8


def test_difference_is_nothing_where_both_answer_alike(script: ModuleType) -> None:
    four = a_set(script)

    assert script.difference(four.rules, four.rules, four.has_action) == (0.0, 0.0, 0.0)


def test_interval_of_a_difference_holds_it_and_is_the_same_again(script: ModuleType) -> None:
    four = a_set(script)
    both = four.with_fallback(0.8)

    found = script.difference(four.rules, both, four.has_action)

    gain, low, high = found
    assert gain == pytest.approx(0.3)
    assert 0 <= low <= gain <= high <= 1
    assert script.difference(four.rules, both, four.has_action) == found


def test_resamples_keep_the_two_outcomes_of_a_phrase_together(script: ModuleType) -> None:
    right, nothing = script.Outcome(True, True), script.NOTHING
    has_action = np.array([True, True])

    # whichever of the two is drawn, one system is right where the other is silent
    gain, low, high = script.difference([right, nothing], [nothing, right], has_action)

    assert (gain, low, high) == (0.0, -1.0, 1.0)


def test_gold_phrases_hold_no_code_stand_once_and_keep_alternatives_together(
    script: ModuleType,
) -> None:
    found = list(script.gold_phrases())
    groups = {case.phrase.lower(): case.groups for case in found}

    assert groups["brows are drawn together"] == (frozenset({"4"}),)
    assert groups["the frown"] == (frozenset({"4", "15"}),)
    assert groups["she bites her lower lip"] == (frozenset({"32"}),)
    assert groups["the voice trembles slightly"] == ()
    assert len(groups) == len(found)
    assert not [phrase for phrase in groups if any(map(str.isdigit, phrase))]
