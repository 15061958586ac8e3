"""Values over time: reading, resampling, summary, segments, and agreement by hand."""

from math import isnan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import VadLinker
from affectgraph.linkers.vad import VadMatch
from affectgraph.linkers.vad_agreement import (
    agreement,
    concordance,
    on_shared_times,
    pearson,
    rmse,
    series_agreement,
)
from affectgraph.linkers.vad_segments import segment
from affectgraph.linkers.vad_series import VadSeries, make_series, resample, summarise
from affectgraph.ontology.errors import InputError, UnknownTermError

NAN = float("nan")

ratings = st.lists(st.integers(-9, 9), min_size=2, max_size=20)


# --- reading --------------------------------------------------------------------------------------


def test_ratings_are_rescaled_and_times_count_from_zero() -> None:
    series = make_series([1, 5, 9], [9, 5, 1], scale="deap")

    assert series.valence.tolist() == [-1, 0, 1]
    assert series.arousal is not None
    assert series.arousal.tolist() == [1, 0, -1]
    assert series.times.tolist() == [0, 1, 2]
    assert list(series.dimensions) == ["valence", "arousal"]


def test_flipped_arousal_is_turned_round() -> None:
    series = make_series([5, 1], [1, 2], scale="msp-improv")

    assert series.valence.tolist() == [1, -1]
    assert series.arousal is not None
    assert series.arousal.tolist() == [1, 0.5]


def test_samples_with_nan_are_dropped_only_if_asked_for() -> None:
    with pytest.raises(InputError, match="got NaN at sample 1 and 2 in all"):
        make_series([0, NAN, 0.5, 0.1], [0, 0, NAN, 0])

    series = make_series([0, NAN, 0.5, 0.1], [0, 0, NAN, 0], missing="drop")

    assert (series.times.tolist(), series.dropped) == ([0, 3], 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"valence": [0.1]}, "Expected at least 2 samples, got 1"),
        ({"valence": []}, "Expected at least 2 samples, got 0"),
        ({"valence": [0, 1], "arousal": [0]}, "Expected 2 values of arousal, as of valence, got 1"),
        ({"valence": [0, 1], "times": [0, 1, 2]}, "Expected 2 values of times"),
        (
            {"valence": [0, 1], "times": [1, 1]},
            "Expected times that rise, got 1 after 1 at sample 1",
        ),
        ({"valence": [0, 1], "times": [0, NAN]}, "Expected times as numbers, got nan at sample 1"),
        (
            {"valence": [0, 1], "times": [0, 1e308]},
            r"got 1e\+308 at sample 1. Give them in a larger",
        ),
        ({"valence": [0, 1], "times": [-1.7e308, 1.7e308]}, r"got -1.7e\+308 at sample 0"),
        # Doubles from 2**53 to 2**54 are 2 apart, so that no part of a step of 2 can be told.
        ({"valence": [0, 1], "times": [1e16, 1e16 + 2]}, "at least 20000 from first to last"),
        ({"valence": [0, 1], "times": [0, 1e-200]}, "at least 1e-150 from first to last"),
        (
            {"valence": [NAN, 0, 1], "times": [0, 1e16, 1e16 + 2], "missing": "drop"},
            "2 apart. Count them from the first sample",
        ),
        ({"valence": [0, 1.5]}, "got 1.5 at sample 1 and 1 such values in all"),
        ({"valence": [0, float("inf")]}, "got inf at sample 1"),
        ({"valence": [0, -5.0], "missing": "drop"}, "take codes for missing values out first"),
        ({"valence": [[0, 1]]}, "Expected valence as a flat list"),
        ({"valence": ["a", "b"]}, "Expected numbers for valence"),
        ({"valence": [NAN, NAN, 1], "missing": "drop"}, "Expected at least 2 samples, got 1"),
        ({"valence": [0, 1], "missing": "fill"}, "Expected missing to be one of error, drop"),
    ],
)
def test_wrong_arrays_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_series(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "slope"),
    [
        ([0, 1e150], 1e-150),
        ([0, 1e-150], 1e150),
        ([1.7e18, 1.7e18 + 4e7], 2.5e-8),  # nanoseconds of today, a 25th of a second apart
        ([1e16, 2e16], 1e-16),
    ],
)
def test_large_and_close_times_that_can_be_counted_with_are_taken(
    times: list[float], slope: float
) -> None:
    (found,) = summarise(make_series([0, 1], times=times)).dimensions

    assert found.mean == 0.5
    assert found.slope == pytest.approx(slope)


def test_unknown_scale_is_refused() -> None:
    with pytest.raises(UnknownTermError):
        make_series([0, 1], scale="stars")


# --- resampling -----------------------------------------------------------------------------------


def test_each_method_gives_the_values_computed_by_hand() -> None:
    series = make_series([0.0, 0.4, 0.8, 0.0], times=[0, 1, 2, 4])

    linear = resample(series, rate=1, method="linear")
    previous = resample(series, rate=1, method="previous")
    mean = resample(series, rate=0.5, method="mean")

    assert linear.times.tolist() == [0, 1, 2, 3, 4]
    assert linear.valence.tolist() == pytest.approx([0, 0.4, 0.8, 0.4, 0])
    assert previous.valence.tolist() == [0, 0.4, 0.8, 0.8, 0]
    assert mean.valence.tolist() == pytest.approx([0.2, 0.8, 0.0])


def test_decimal_times_fall_on_the_grid_in_spite_of_rounding() -> None:
    # 0.1 * 3 is 0.30000000000000004 in binary.
    series = make_series([0.0, 0.1, 0.2, 0.3], times=[0.0, 0.1, 0.2, 0.3])

    for method in ("linear", "previous", "mean"):
        found = resample(series, rate=10, method=method)
        assert found.valence.tolist() == pytest.approx([0, 0.1, 0.2, 0.3])


@pytest.mark.parametrize(
    ("rate", "method", "message"),
    [
        (0, "linear", "Expected a rate above 0"),
        (NAN, "linear", "Expected a rate above 0"),
        (0.1, "linear", "Expected a rate that leaves 2 samples"),
        (1, "cubic", "Expected method to be one of linear, previous, mean"),
        (1, "mean", "got none from 2 on"),
    ],
)
def test_resampling_that_cannot_be_is_refused(rate: float, method: str, message: str) -> None:
    series = make_series([0, 1, 0], times=[0, 1, 3])

    with pytest.raises(InputError, match=message):
        resample(series, rate=rate, method=method)  # type: ignore[arg-type]


# --- summary --------------------------------------------------------------------------------------


def test_even_series_counts_all_samples_the_same() -> None:
    found = summarise(make_series([-0.5, 0.0, 0.5, 1.0], times=[0, 0.5, 1, 1.5]))

    (valence,) = found.dimensions
    assert valence.mean == pytest.approx(0.25)
    assert valence.sd == pytest.approx(sqrt(0.3125))  # squares .5625 .0625 .0625 .5625 over 4
    assert (valence.low, valence.low_time, valence.high, valence.high_time) == (-0.5, 0, 1, 1.5)
    assert valence.slope == pytest.approx(1.0)
    assert (valence.above, valence.below, valence.level) == (0.5, 0.25, 0.25)
    assert (found.samples, found.start, found.duration) == (4, 0, 2)


def test_uneven_series_weighs_samples_by_how_long_they_hold() -> None:
    # Steps 1, 3, 2; the last holds for their median, 2.
    found = summarise(make_series([1.0, 0.0, -1.0, 0.5], times=[0, 1, 4, 6]))

    (valence,) = found.dimensions
    assert found.duration == 8
    assert valence.mean == pytest.approx((1 - 2 + 1) / 8)
    assert (valence.above, valence.below, valence.level) == pytest.approx((3 / 8, 2 / 8, 3 / 8))


def test_time_is_told_by_octant_longest_first() -> None:
    series = make_series([0.5, 0.6, -0.5], [0.1, 0.2, 0.3], [-0.5, -0.4, 0.0])

    found = summarise(series).dwell

    assert [(d.octant, d.time) for d in found] == [("V+ A+ D-", 2), ("V- A+ D0", 1)]
    assert [d.share for d in found] == pytest.approx([2 / 3, 1 / 3])


def test_band_around_neutral_is_neither_above_nor_below() -> None:
    series = make_series([0.0, 0.1, 0.3, -0.3])

    (valence,) = summarise(series, neutral=0.0, band=0.1).dimensions
    (shifted,) = summarise(series, neutral=0.2).dimensions

    assert (valence.above, valence.below, valence.level) == (0.25, 0.25, 0.5)
    assert (shifted.above, shifted.below, shifted.level) == (0.25, 0.75, 0)


@pytest.mark.parametrize(("neutral", "band"), [(2, 0), (NAN, 0), (0, -0.1), (0, NAN)])
def test_neutral_off_the_scale_is_refused(neutral: float, band: float) -> None:
    with pytest.raises(InputError, match="Expected neutral in"):
        summarise(make_series([0, 1]), neutral=neutral, band=band)


# --- segments -------------------------------------------------------------------------------------


def test_each_stretch_is_linked_at_its_mean(graph: EmotionGraph) -> None:
    linker = VadLinker(graph)
    series = make_series([0.8, 0.6, -0.6, -0.4], [0.4, 0.2, 0.4, 0.6])

    first, second = segment(series, linker, length=2, limit=3)

    assert (first.start, first.end, second.start, second.end) == (0, 2, 2, 4)
    assert (first.samples, second.samples) == (2, 2)
    assert (first.mean.valence, first.mean.arousal) == pytest.approx((0.7, 0.3))
    assert first.mean.dominance is None
    assert second.matches == linker.link(second.mean, limit=3)
    assert (second.mean.valence, second.mean.arousal) == pytest.approx((-0.5, 0.5))


def test_stretch_without_a_sample_has_the_value_that_holds_on(graph: EmotionGraph) -> None:
    series = make_series([0.5, -0.5], times=[0, 10])

    found = segment(series, VadLinker(graph), edges=[0, 2, 4, 12])

    assert [s.samples for s in found] == [1, 0, 1]
    # 4..12: six of eight at 0.5, two at -0.5.
    assert [s.mean.valence for s in found] == pytest.approx([0.5, 0.5, 0.25])


@given(
    steps=st.lists(st.sampled_from([0.1, 0.3, 1.0, 7.0]), min_size=1, max_size=30),
    length=st.sampled_from([0.1, 0.25, 1.0, 3.0]),
    data=st.data(),
)
def test_mean_of_a_stretch_is_that_of_all_samples_by_how_long_they_hold_in_it(
    steps: list[float], length: float, data: st.DataObject
) -> None:
    size = len(steps) + 1
    values = data.draw(st.lists(st.floats(-1, 1, width=16), min_size=size, max_size=size))
    series = make_series(values, times=np.cumsum([0, *steps]))
    ends = series.times + series.durations

    for found in segment(series, _Unlinked(), length=length):
        held = np.minimum(ends, found.end) - np.maximum(series.times, found.start)
        held = np.maximum(held, 0)
        assert found.mean.valence == pytest.approx(held @ series.valence / held.sum(), abs=1e-12)
        begins = (series.times >= found.start) & (series.times < found.end)
        assert found.samples == begins.sum()


class _Unlinked(VadLinker):
    """Links nothing, at once."""

    def __init__(self) -> None: ...

    def link(self, *_: Any, **__: Any) -> tuple[VadMatch, ...]:
        """Return no match."""
        return ()


class _Counted(np.ndarray):
    """An array that counts the numbers that are reckoned with."""

    work = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Reckon as a plain array does."""
        plain = [np.asarray(x) if isinstance(x, np.ndarray) else x for x in inputs]
        _Counted.work += sum(np.size(x) for x in plain)
        found = getattr(ufunc, method)(*plain, **options)
        return found.view(_Counted) if isinstance(found, np.ndarray) else found


def test_work_on_a_series_grows_with_its_length_and_not_with_that_times_its_stretches() -> None:
    times, valence = (np.linspace(0, last, 2_000).view(_Counted) for last in (100, 1))
    series = VadSeries(times, valence)
    _Counted.work = 0

    assert len(segment(series, _Unlinked(), length=1)) == 101

    assert 0 < _Counted.work < 40 * len(times)


def test_last_stretch_may_be_shorter(graph: EmotionGraph) -> None:
    found = segment(make_series([0, 0, 0]), VadLinker(graph), length=2)

    assert [(s.start, s.end) for s in found] == [(0, 2), (2, 3)]


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"length": 1, "edges": [0, 1]},
        {"length": 0},
        {"length": NAN},
        {"edges": [0]},
        {"edges": [1, 0]},
        {"edges": [-1, 1]},
        {"edges": [0, 99]},
    ],
)
def test_stretches_that_do_not_fit_are_refused(
    graph: EmotionGraph, arguments: dict[str, object]
) -> None:
    with pytest.raises(InputError, match="Expected"):
        segment(make_series([0, 1, 0]), VadLinker(graph), **arguments)  # type: ignore[arg-type]


# --- agreement ------------------------------------------------------------------------------------


def test_concordance_divides_by_n() -> None:
    # Variances and covariance 2/3, means 1 apart: (4/3) / (4/3 + 1) = 4/7; with n - 1 it were 2/3.
    assert concordance([1, 2, 3], [2, 3, 4]) == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("first", "second", "ccc", "r", "error"),
    [
        ([1, 2, 3], [1, 2, 3], 1, 1, 0),
        ([1, 2, 3], [3, 2, 1], -1, -1, sqrt(8 / 3)),
        ([0, 0, 1, 1], [0, 1, 0, 1], 0, 0, sqrt(0.5)),
        # Variances 2/3 and 8/3, covariance 4/3, means 2 apart: (8/3) / (10/3 + 4) = 4/11.
        ([1, 2, 3], [2, 4, 6], 4 / 11, 1, sqrt(14 / 3)),
    ],
)
def test_measures_by_hand(
    first: list[float], second: list[float], ccc: float, r: float, error: float
) -> None:
    assert concordance(first, second) == pytest.approx(ccc)
    assert pearson(first, second) == pytest.approx(r)
    assert rmse(first, second) == pytest.approx(error)


@given(first=ratings, data=st.data())
def test_concordance_never_goes_beyond_pearson(first: list[int], data: st.DataObject) -> None:
    size = len(first)
    second = data.draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size))
    r, ccc = pearson(first, second), concordance(first, second)

    assert isnan(r) or abs(ccc) <= abs(r) + 1e-9
    assert isnan(ccc) or ccc == pytest.approx(concordance(second, first))


def test_constant_ratings_have_no_correlation() -> None:
    assert isnan(pearson([1, 1, 1], [1, 2, 3]))
    assert concordance([1, 1, 1], [1, 2, 3]) == 0
    assert isnan(concordance([1, 1], [1, 1]))
    assert concordance([1, 1], [2, 2]) == 0


def test_mean_over_pairs_is_that_of_all_pairs() -> None:
    found = agreement({"a": [0, 1, 2], "b": [0, 1, 2], "c": [1, 2, 3]})

    assert [(p.first, p.second) for p in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.ccc == pytest.approx((1 + 4 / 7 + 4 / 7) / 3)
    assert found.rmse == pytest.approx(2 / 3)


def test_nan_is_refused_unless_dropped_pair_by_pair() -> None:
    with pytest.raises(InputError, match="a and b: Expected a number in every sample, got NaN"):
        agreement({"a": [1, 2, NAN], "b": [1, 2, 3]})

    found = agreement({"a": [1, 2, NAN], "b": [1, 2, 3], "c": [1, 2, 4]}, missing="drop")

    assert [p.samples for p in found.pairs] == [2, 2, 3]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([1], [1], "Expected at least 2 finite samples"),
        ([1, 2], [1, 2, 3], "the same length"),
        ([[1, 2]], [[1, 2]], "flat lists"),
        ([1, float("inf")], [1, 2], "finite"),
        (["x", "y"], [1, 2], "Expected numbers"),
        ([0, 1], [0, -1e200], r"got 1 and -1e\+200. Rescale both"),
        ([1e71, 1], [0, 1], r"within -1e\+70..1e\+70, whose squares are numbers"),
    ],
)
def test_ratings_that_cannot_be_compared_are_refused(
    first: list[float], second: list[float], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        concordance(first, second)


def test_ratings_up_to_the_limit_are_compared() -> None:
    found = agreement({"a": [1e70, -1e70] * 1000, "b": [-1e70, 1e70] * 1000})

    assert (found.ccc, found.pearson) == pytest.approx((-1, -1))
    assert found.rmse == pytest.approx(2e70)


def test_wrong_way_with_nan_and_single_rater_are_refused() -> None:
    with pytest.raises(InputError, match="Expected missing to be one of"):
        rmse([1, 2], [1, 2], missing="fill")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="at least 2 raters, got 1"):
        agreement({"a": [1, 2]})


def test_series_agree_per_dimension_they_share() -> None:
    one = make_series([0, 0.5, 1], [0, 0, 1])
    two = make_series([0, 0.5, 1])

    assert list(series_agreement({"one": one, "two": two})) == ["valence"]
    assert series_agreement({"one": one, "two": two})["valence"].ccc == pytest.approx(1)


def test_series_with_other_times_are_refused_or_cut_to_shared_ones() -> None:
    series = {"a": make_series([0, 0.5, 1, 0]), "b": make_series([0.5, 1], times=[1, 2])}

    with pytest.raises(InputError, match="the same times"):
        series_agreement(series)
    with pytest.raises(InputError, match="at least 2 series"):
        series_agreement({"a": series["a"]})

    cut = on_shared_times(series)

    assert np.array_equal(cut["a"].times, [1, 2])
    assert series_agreement(cut)["valence"].ccc == pytest.approx(1)
    with pytest.raises(InputError, match="at least 2 times that all series have, got 1"):
        on_shared_times({"a": series["a"], "b": make_series([0, 1], times=[3, 9])})


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"length": 1e-300}, "at most 100,000 segments"),
        ({"length": "a"}, "length above 0"),
        ({"length": 10**400}, "length above 0"),
        ({"edges": ["a", "b"]}, "edges of segments as numbers"),
        ({"edges": 5}, "Expected"),
    ],
)
def test_segments_that_cannot_be_cut_are_refused(
    graph: EmotionGraph, parts: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        segment(make_series([0.1, 0.2, 0.3]), VadLinker(graph), **parts)
