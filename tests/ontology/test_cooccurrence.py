"""Counts of label pairs against figures worked out by hand and against published limits."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.ontology.cooccurrence import (
    MINIMUM_EXPECTED,
    Counts,
    competing_expected,
    count_bounds,
    judge,
)
from affectgraph.ontology.errors import InputError

# --- counts ---------------------------------------------------------------------------------------


def test_expected_lift_and_phi_of_a_table_worked_by_hand() -> None:
    # 10 of 40 items have a, 20 have b, 8 both. Expected 10 * 20 / 40 = 5, lift 8 / 5 = 1.6.
    # phi = (8 * 40 - 10 * 20) / sqrt(10 * 20 * 30 * 20) = 120 / 346.41 = .3464
    counts = Counts(10, 20, 8, 40)

    assert (counts.expected, counts.lift) == (5.0, 1.6)
    assert counts.phi == pytest.approx(0.3464, abs=5e-5)


def test_labels_that_never_meet_have_no_lift() -> None:
    # 10 * 10 / 40 = 2.5; phi = -100 / (10 * 30) = -1/3
    counts = Counts(10, 10, 0, 40)

    assert counts.lift == 0
    assert counts.phi == pytest.approx(-1 / 3)


def test_label_that_every_item_has_correlates_with_nothing() -> None:
    assert Counts(40, 10, 10, 40).phi == 0


@pytest.mark.parametrize(
    "counts",
    [(10, 20, 11, 40), (10, 20, -1, 40), (30, 20, 5, 40), (0, 0, 0, 40), (10, 20, 8, 0)],
)
def test_counts_of_no_table_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(InputError, match="0 <= both <= each <= total"):
        Counts(*counts)


# --- bounds ---------------------------------------------------------------------------------------


# Exact 95 % limits of a Poisson count (chi-square quantiles), as printed in tables of the distribution.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (100, 81.3636, 121.6272)],
)
def test_bounds_are_near_the_exact_poisson_limits(count: int, lower: float, upper: float) -> None:
    found = count_bounds(count, alpha=0.05)

    assert found[0] == pytest.approx(lower, rel=0.01, abs=0.02)
    assert found[1] == pytest.approx(upper, rel=0.01)


def test_nothing_counted_has_no_lower_bound_and_an_upper_one() -> None:
    # (1 - 1/9 + 1.95996 / 3) ** 3 = 1.54221 ** 3 = 3.668; the exact limit is 3.689
    lower, upper = count_bounds(0, alpha=0.05)

    assert lower == 0
    assert upper == pytest.approx(3.668, abs=0.001)


def test_lower_bound_of_a_small_count_at_a_strict_level_stays_above_zero_or_is_zero() -> None:
    lower, _ = count_bounds(1, alpha=1e-6)

    assert lower == 0


@given(count=st.integers(0, 5000), alpha=st.floats(1e-6, 0.5))
def test_bounds_hold_the_count(count: int, alpha: float) -> None:
    lower, upper = count_bounds(count, alpha=alpha)

    assert 0 <= lower <= count < upper


@pytest.mark.parametrize(("count", "alpha"), [(-1, 0.05), (3, 0.0), (3, 1.0), (3, float("nan"))])
def test_negative_count_and_odd_level_are_refused(count: int, alpha: float) -> None:
    with pytest.raises(InputError, match="Expected a count from 0"):
        count_bounds(count, alpha=alpha)


# --- competition ----------------------------------------------------------------------------------


def test_labels_paired_equally_often_expect_each_pair_equally_often() -> None:
    # Each of four labels is in 12 pairs: with one partner 12 times, with the two others never. Were
    # partners drawn alike, each of its three pairs would occur 12 / 3 = 4 times.
    counts = {("a", "b"): 12, ("c", "d"): 12}
    counts |= {("a", "c"): 0, ("a", "d"): 0, ("b", "c"): 0, ("b", "d"): 0}

    assert competing_expected(counts) == pytest.approx(dict.fromkeys(counts, 4.0))


def test_three_labels_leave_nothing_to_compare() -> None:
    # Three weights give three pairs: 6 * 2 = 12, 6 * 1 = 6, 2 * 1 = 2.
    counts = {("a", "b"): 12, ("a", "c"): 6, ("b", "c"): 2}

    assert competing_expected(counts) == pytest.approx({k: float(v) for k, v in counts.items()})


@given(counts=st.lists(st.integers(1, 400), min_size=10, max_size=10))
def test_every_label_is_expected_in_as_many_pairs_as_it_was(counts: list[int]) -> None:
    labels = "abcde"
    pairs = [(a, b) for i, a in enumerate(labels) for b in labels[i + 1 :]]
    table = dict(zip(pairs, counts, strict=True))
    fitted = competing_expected(table)

    for label in labels:
        counted = sum(count for pair, count in table.items() if label in pair)
        expected = sum(value for pair, value in fitted.items() if label in pair)
        assert isclose(counted, expected, rel_tol=1e-6)


def test_labels_that_are_never_paired_expect_nothing() -> None:
    assert competing_expected({("a", "b"): 0, ("a", "c"): 0}) == {("a", "b"): 0, ("a", "c"): 0}


@pytest.mark.parametrize("pairs", [[("a", "b"), ("b", "a")], [("a", "a")]])
def test_pair_given_twice_or_of_one_label_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError, match="each pair of two labels once"):
        competing_expected(dict.fromkeys(pairs, 3))


def test_label_with_a_part_in_every_pair_leaves_no_weights() -> None:
    # b and c never meet: only weights of 0 for both would say so, and then neither could meet a.
    with pytest.raises(InputError, match="Leave that label out"):
        competing_expected({("a", "b"): 5, ("a", "c"): 5, ("b", "c"): 0})


# --- verdicts -------------------------------------------------------------------------------------


def test_pair_that_never_occurs_is_apart_with_the_penalty_of_its_upper_bound() -> None:
    # Upper bound 3.668 (above); penalty 1 - 3.668 / 20 = .8166, over one half: strong.
    found = judge(0, 20.0, 40.0, pairs=1)

    assert (found.relation, found.grade) == ("apart", "strong")
    assert found.penalty == pytest.approx(0.8166, abs=1e-4)


def test_penalty_takes_the_milder_baseline() -> None:
    # 1 - 3.668 / 7 = .476: moderate, though independence alone would give .8166.
    found = judge(0, 20.0, 7.0, pairs=1)

    assert found.grade == "moderate"
    assert found.penalty == pytest.approx(0.476, abs=1e-3)


@pytest.mark.parametrize(("expected", "competing"), [(4.99, 50.0), (50.0, 4.99), (4.99, 4.99)])
def test_pair_expected_too_seldom_is_never_apart(expected: float, competing: float) -> None:
    found = judge(0, expected, competing, pairs=1)

    assert (found.relation, found.penalty) == (None, 0.0)
    assert judge(0, MINIMUM_EXPECTED, MINIMUM_EXPECTED, pairs=1).relation == "apart"


@pytest.mark.parametrize(("expected", "competing"), [(20.0, 5.0), (5.0, 20.0)])
def test_one_baseline_alone_is_not_enough(expected: float, competing: float) -> None:
    # 10 of 20 expected is rare (upper bound 18.4), 10 of 5 frequent (lower 4.8 no): no verdict.
    assert judge(10, expected, competing, pairs=1).relation is None


def test_correction_for_many_pairs_widens_the_bounds() -> None:
    # Alone, 10 lies below 20 (18.4); among 100 pairs z = 3.48 and the bound is 11 * 1.3405 ** 3 = 26.5.
    assert judge(10, 20.0, 20.0, pairs=1).relation == "apart"

    found = judge(10, 20.0, 20.0, pairs=100)

    assert found.relation is None
    assert found.upper == pytest.approx(26.5, abs=0.1)


def test_pair_that_is_sure_to_occur_twice_as_often_is_together_strongly() -> None:
    # Lower bound of 40: 40 * (1 - 1/360 - 1.95996 / 18.974) ** 3 = 40 * .89392 ** 3 = 28.57
    found = judge(40, 10.0, 12.0, pairs=1)

    assert (found.relation, found.grade, found.penalty) == ("together", "strong", 0.0)
    assert found.lower == pytest.approx(28.57, abs=0.01)
    assert judge(40, 10.0, 15.0, pairs=1).grade == "moderate"
    assert judge(40, 10.0, 29.0, pairs=1).relation is None


def test_no_pairs_to_judge_is_refused() -> None:
    with pytest.raises(InputError, match="at least one pair"):
        judge(1, 10.0, 10.0, pairs=0)
