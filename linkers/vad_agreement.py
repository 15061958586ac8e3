"""How far raters, or a model and raters, agree on values over the same samples."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import nan
from statistics import fmean

import numpy as np
from numpy.typing import ArrayLike

from affectgraph.linkers.vad_series import Floats, Missing, VadSeries
from affectgraph.ontology.errors import InputError

RATING_LIMIT = 1e70
"""Largest rating, either way: correlation multiplies sums of squares, which must be numbers."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Agreement of two raters.

    :param samples: how many samples both rated.
    :param ccc, pearson: -1..1; NaN where undefined, see :func:`concordance` and :func:`pearson`.
    :param rmse: root of the mean squared difference, in the unit of the ratings.
    """

    first: str
    second: str
    samples: int
    ccc: float
    pearson: float
    rmse: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of several raters: the mean over all pairs, and the pairs.

    A mean is NaN if it is undefined for one of the pairs.
    """

    ccc: float
    pearson: float
    rmse: float
    pairs: tuple[PairAgreement, ...]


def concordance(first: ArrayLike, second: ArrayLike, *, missing: Missing = "error") -> float:
    """Return the concordance correlation coefficient of two sets of ratings, in -1..1.

    ``2 s_xy / (s_x**2 + s_y**2 + (mean_x - mean_y)**2)`` with variances and covariance divided by n, as
    Lin has it (1989, A Concordance Correlation Coefficient to Evaluate Reproducibility, Biometrics
    45:255-268); dividing them by n - 1 gives other values. NaN if both are constant and equal, where it
    is 0 / 0; 0 if only one is constant.

    :param first, second: (n,), n >= 2.
    :param missing: ``error`` refuses NaN; ``drop`` leaves out samples where either is NaN.
    :raises InputError: on other shapes, NaN, infinity, ratings beyond +-1e70, or fewer than 2 samples.

    >>> round(concordance([1, 2, 3], [2, 3, 4]), 4)
    0.5714
    """
    return _concordance(*_pair(first, second, missing))


def pearson(first: ArrayLike, second: ArrayLike, *, missing: Missing = "error") -> float:
    """Return Pearson's correlation of two sets of ratings; NaN if either is constant.

    Parameters and errors are those of :func:`concordance`.
    """
    return _pearson(*_pair(first, second, missing))


def rmse(first: ArrayLike, second: ArrayLike, *, missing: Missing = "error") -> float:
    """Return the root of the mean squared difference of two sets of ratings.

    Parameters and errors are those of :func:`concordance`.
    """
    return _rmse(*_pair(first, second, missing))


def agreement(ratings: Mapping[str, ArrayLike], *, missing: Missing = "error") -> Agreement:
    """Return how far raters agree: CCC, Pearson's r and RMSE of all pairs, and their means.

    :param ratings: name of each rater -> (n,) values, the same samples for all.
    :param missing: ``drop`` leaves out, pair by pair, samples where either is NaN.
    :raises InputError: on fewer than 2 raters, and as :func:`concordance`; the message names the pair.

    >>> found = agreement({"a": [0, 1, 2], "b": [0, 1, 2], "c": [1, 2, 3]})
    >>> round(found.ccc, 4), found.pearson
    (0.7143, 1.0)
    """
    if len(ratings) < 2:
        raise InputError(f"Expected the values of at least 2 raters, got {len(ratings)}.")
    pairs = tuple(_agree(a, b, ratings, missing) for a, b in combinations(ratings, 2))
    return Agreement(
        ccc=fmean(pair.ccc for pair in pairs),
        pearson=fmean(pair.pearson for pair in pairs),
        rmse=fmean(pair.rmse for pair in pairs),
        pairs=pairs,
    )


def series_agreement(series: Mapping[str, VadSeries]) -> dict[str, Agreement]:
    """Return the agreement of several series per dimension that all of them have.

    :raises InputError: on fewer than 2 series, or if their times differ; resample them first.
    """
    names = list(series)
    if len(names) < 2:
        raise InputError(f"Expected at least 2 series, got {len(names)}.")
    for name in names[1:]:
        if not np.array_equal(series[name].times, series[names[0]].times):
            raise InputError(
                f"Expected series with the same times, got others for {name!r} than for {names[0]!r}. "
                "Bring them to the same times first, by on_shared_times() or resample()."
            )
    shared = [
        d for d in series[names[0]].dimensions if all(d in series[n].dimensions for n in names)
    ]
    return {d: agreement({n: series[n].dimensions[d] for n in names}) for d in shared}


def on_shared_times(series: Mapping[str, VadSeries]) -> dict[str, VadSeries]:
    """Return series with only the samples whose times are in all of them.

    :raises InputError: if fewer than 2 times are.

    >>> from affectgraph.linkers.vad_series import make_series
    >>> one, two = make_series([0, 1, 0], times=[0, 1, 2]), make_series([1, 0], times=[1, 2])
    >>> on_shared_times({"a": one, "b": two})["a"].valence.tolist()
    [1.0, 0.0]
    """
    shared = set.intersection(*(set(found.times.tolist()) for found in series.values()))
    if len(shared) < 2:
        raise InputError(
            f"Expected at least 2 times that all series have, got {len(shared)}. Resample them first."
        )
    return {name: _at(found, shared) for name, found in series.items()}


def _at(series: VadSeries, times: set[float]) -> VadSeries:
    kept = np.array([time in times for time in series.times.tolist()])
    columns = {name: column[kept] for name, column in series.dimensions.items()}
    return VadSeries(series.times[kept], **columns, dropped=series.dropped)


def _agree(
    first: str, second: str, ratings: Mapping[str, ArrayLike], missing: Missing
) -> PairAgreement:
    try:
        x, y = _pair(ratings[first], ratings[second], missing)
    except InputError as error:
        raise InputError(f"{first} and {second}: {error}") from error
    return PairAgreement(first, second, len(x), _concordance(x, y), _pearson(x, y), _rmse(x, y))


def _pair(first: ArrayLike, second: ArrayLike, missing: Missing) -> tuple[Floats, Floats]:
    if missing not in {"error", "drop"}:
        raise InputError(f"Expected missing to be one of error, drop, got {missing!r}.")
    try:
        x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(f"Expected numbers as ratings: {error}.") from error
    if x.ndim != 1 or x.shape != y.shape:
        raise InputError(
            f"Expected two flat lists of the same length, got shapes {x.shape} and {y.shape}."
        )
    is_nan = np.isnan(x) | np.isnan(y)
    if missing == "error" and is_nan.any():
        raise InputError(
            f"Expected a number in every sample, got NaN at sample {int(np.flatnonzero(is_nan)[0])} and "
            f"{int(is_nan.sum())} in all. Repair them, or leave them out by missing='drop'."
        )
    x, y = x[~is_nan], y[~is_nan]
    if len(x) < 2 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError(f"Expected at least 2 finite samples of both, got {len(x)}.")
    large = np.flatnonzero(np.maximum(np.abs(x), np.abs(y)) > RATING_LIMIT)
    if len(large):
        first = int(large[0])
        raise InputError(
            f"Expected ratings within {-RATING_LIMIT:g}..{RATING_LIMIT:g}, whose squares are numbers, got "
            f"{x[first]:g} and {y[first]:g}. Rescale both raters alike."
        )
    return x, y


def _concordance(x: Floats, y: Floats) -> float:
    dx, dy = x - x.mean(), y - y.mean()
    below = float((dx**2).mean() + (dy**2).mean() + (x.mean() - y.mean()) ** 2)
    return float(2 * (dx * dy).mean() / below) if below > 0 else nan


def _pearson(x: Floats, y: Floats) -> float:
    if _is_constant(x) or _is_constant(y):
        return nan
    dx, dy = x - x.mean(), y - y.mean()
    return float(np.clip((dx @ dy) / np.sqrt((dx @ dx) * (dy @ dy)), -1, 1))


def _is_constant(x: Floats) -> bool:
    return bool((x == x[0]).all())


def _rmse(x: Floats, y: Floats) -> float:
    return float(np.sqrt(((x - y) ** 2).mean()))
