"""Valence, arousal and dominance over time: series, resampling, summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from affectgraph.kg.scales import Scale
from affectgraph.kg.scales import scale as find_scale
from affectgraph.linkers.vad_regions import DIMENSIONS
from affectgraph.ontology.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Missing = Literal["error", "drop"]
"""What to do with NaN: refuse it, or leave out the samples that have one."""

Method = Literal["linear", "previous", "mean"]
"""How a value between samples comes about; see :func:`resample`."""

TIME_LIMIT = 1e150
"""Largest time, either way, and one over the shortest series: the squares of times must be numbers."""
_PARTS = 1e4
"""Parts of a whole series that its times have to tell apart."""

_SIGNS = {1: "+", 0: "0", -1: "-"}


@dataclass(frozen=True, eq=False)
class VadSeries:
    """Samples of valence over time, on -1..1, with arousal and dominance or without.

    Made by :func:`make_series`, which checks it. Each sample holds until the next one, the last for the
    median step; means, deviations and shares are weighted by that time. In an evenly sampled series all
    samples count the same.

    :param times: (n,), rising; seconds, or the numbers of the samples where no times were given.
    :param valence, arousal, dominance: (n,), None where not given.
    :param dropped: how many samples were left out since they had a NaN.
    """

    times: Floats
    valence: Floats
    arousal: Floats | None = None
    dominance: Floats | None = None
    dropped: int = 0

    def __len__(self) -> int:
        return len(self.times)

    @property
    def dimensions(self) -> dict[str, Floats]:
        """The dimensions that are given, by name, in the order valence, arousal, dominance."""
        found = {name: getattr(self, name) for name in DIMENSIONS}
        return {name: values for name, values in found.items() if values is not None}

    @property
    def durations(self) -> Floats:
        """How long each sample holds, (n,)."""
        steps = np.diff(self.times)
        return np.append(steps, np.median(steps))

    @property
    def end(self) -> float:
        """When the last sample ceases to hold."""
        return float(self.times[-1] + self.durations[-1])


def make_series(
    valence: ArrayLike,
    arousal: ArrayLike | None = None,
    dominance: ArrayLike | None = None,
    *,
    times: ArrayLike | None = None,
    scale: str = "-1..1",
    missing: Missing = "error",
) -> VadSeries:
    """Return a series on -1..1.

    :param valence, arousal, dominance: (n,) ratings with n >= 2.
    :param times: (n,), rising, in seconds; 0, 1, 2, ... if left out. They lie within +-1e150, and the
        series is at least 1e-150, and 10,000 times the gap between neighbouring doubles there, long.
    :param scale: scale or data set the ratings are on; see :func:`affectgraph.kg.scale`.
    :param missing: ``error`` refuses NaN; ``drop`` leaves out samples with a NaN in any dimension, and
        the one before each holds on in their stead.
    :raises InputError: on arrays of another shape or length, fewer than 2 samples, times that do not
        rise or are too large or too close to count with, NaN, infinity, or ratings off the scale; the
        message names the first sample, from 0.
    :raises UnknownTermError: if there is no such scale.

    >>> make_series([1, 3, 5], times=[0, 0.5, 1], scale="iemocap").valence.tolist()
    [-1.0, 0.0, 1.0]
    """
    _require_choice(missing, ("error", "drop"), "missing")
    found = find_scale(scale)
    given = zip(DIMENSIONS, (valence, arousal, dominance), strict=True)
    columns = {name: _column(values, name) for name, values in given if values is not None}
    count = len(columns["valence"])
    clock = np.arange(count, dtype=float) if times is None else _column(times, "times")
    for name, column in [*columns.items(), ("times", clock)]:
        if len(column) != count:
            raise InputError(
                f"Expected {count} values of {name}, as of valence, got {len(column)}."
            )
    _require_rising(clock)
    kept = _kept(columns, missing)
    if kept.sum() < 2:
        raise InputError(f"Expected at least 2 samples, got {int(kept.sum())}.")
    _require_span(clock[kept])
    rescaled = {name: _rescale(column, kept, found, name) for name, column in columns.items()}
    return VadSeries(clock[kept], **rescaled, dropped=int(count - kept.sum()))


def _require_choice(value: str, choices: Sequence[str], name: str) -> None:
    if value not in choices:
        raise InputError(f"Expected {name} to be one of {', '.join(choices)}, got {value!r}.")


def _column(values: ArrayLike, name: str) -> Floats:
    try:
        column = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(f"Expected numbers for {name}: {error}.") from error
    if column.ndim != 1:
        raise InputError(f"Expected {name} as a flat list, got an array of shape {column.shape}.")
    return column


def _require_rising(times: Floats) -> None:
    if not np.isfinite(times).all():
        first = int(np.flatnonzero(~np.isfinite(times))[0])
        raise InputError(f"Expected times as numbers, got {times[first]} at sample {first}.")
    large = np.flatnonzero(np.abs(times) > TIME_LIMIT)
    if len(large):
        raise InputError(
            f"Expected times within {-TIME_LIMIT:g}..{TIME_LIMIT:g}, got {times[large[0]]:g} at sample "
            f"{large[0]}. Give them in a larger unit."
        )
    falls = np.flatnonzero(np.diff(times) <= 0)
    if len(falls):
        first = int(falls[0]) + 1
        raise InputError(
            f"Expected times that rise, got {times[first]:g} after {times[first - 1]:g} at sample "
            f"{first}. Sort the samples, and give each time once."
        )


def _require_span(times: Floats) -> None:
    """Refuse times so close together that parts of the series would vanish between two doubles."""
    span = float(times[-1] - times[0])
    gap = float(np.spacing(np.abs(times).max()))
    if span < max(_PARTS * gap, 1 / TIME_LIMIT):
        raise InputError(
            f"Expected times at least {max(_PARTS * gap, 1 / TIME_LIMIT):g} from first to last, got "
            f"{times[0]:g} and {times[-1]:g}, {span:g} apart. Count them from the first sample, or give "
            "them in a smaller unit."
        )


def _kept(columns: dict[str, Floats], missing: Missing) -> Bools:
    is_nan = np.isnan(np.column_stack(list(columns.values()))).any(axis=1)
    if missing == "error" and is_nan.any():
        first = int(np.flatnonzero(is_nan)[0])
        raise InputError(
            f"Expected a number in every sample, got NaN at sample {first} and {int(is_nan.sum())} in "
            "all. Repair them, or leave those samples out by missing='drop'."
        )
    return np.asarray(~is_nan)


def _rescale(column: Floats, kept: Bools, found: Scale, name: str) -> Floats:
    off = np.flatnonzero(kept & ~((column >= found.low) & (column <= found.high)))
    if len(off):
        raise InputError(
            f"Expected {name} in {found.low:g}..{found.high:g} (scale {found.name}), got "
            f"{column[off[0]]:g} at sample {int(off[0])} and {len(off)} such values in all. Name the "
            "scale the ratings are on, or take codes for missing values out first."
        )
    sign = -1.0 if found.arousal_flipped and name == "arousal" else 1.0
    return np.clip(sign * (column[kept] - found.middle) / found.half_width, -1, 1) + 0.0


# --- resampling -----------------------------------------------------------------------------------


def resample(series: VadSeries, *, rate: float, method: Method) -> VadSeries:
    """Return a series sampled evenly, from its first time on, as far as its last time.

    :param rate: samples per unit of time, such as 25 a second.
    :param method: ``linear`` between the two samples around; ``previous`` holds the last sample;
        ``mean`` of the samples from each time until the next.
    :raises InputError: if the rate is not above 0, there is no such method, fewer than 2 samples would
        be left, or ``mean`` meets a stretch without samples.

    >>> resample(make_series([0, 1], times=[0, 1]), rate=2, method="linear").valence.tolist()
    [0.0, 0.5, 1.0]
    """
    _require_choice(method, ("linear", "previous", "mean"), "method")
    if not isfinite(rate) or rate <= 0:
        raise InputError(f"Expected a rate above 0 samples per unit of time, got {rate!r}.")
    span = float(series.times[-1] - series.times[0])
    count = int(np.floor(span * rate + 1e-9)) + 1
    if count < 2:
        raise InputError(f"Expected a rate that leaves 2 samples of {span:g}, got {rate:g}.")
    times = series.times[0] + np.arange(count) / rate
    place = np.searchsorted(times, series.times + 1e-9 / rate, side="right") - 1
    values = {
        name: _sampled(series, column, times, place, method)
        for name, column in series.dimensions.items()
    }
    return VadSeries(times, **values, dropped=series.dropped)


def _sampled(
    series: VadSeries, column: Floats, times: Floats, place: Ints, method: Method
) -> Floats:
    if method == "linear":
        return np.asarray(np.interp(times, series.times, column), dtype=float)
    if method == "previous":
        step = times[1] - times[0]
        index = np.searchsorted(series.times, times + 1e-9 * step, side="right") - 1
        return np.asarray(column[index], dtype=float)
    counts = np.bincount(place, minlength=len(times))
    empty = np.flatnonzero(counts == 0)
    if len(empty):
        raise InputError(
            f"Expected samples from every time until the next, got none from {times[empty[0]]:g} on. "
            "Take a lower rate, or the method 'linear' or 'previous'."
        )
    sums = np.bincount(place, weights=column, minlength=len(times))
    return np.asarray(sums / counts, dtype=float)


# --- summary --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DimensionSummary:
    """What one dimension did.

    :param mean, sd: weighted by time; ``sd`` divides by the whole weight, not by n - 1.
    :param low, low_time, high, high_time: the extremes and when they were first reached.
    :param slope: change per unit of time of the least-squares line through the samples.
    :param above, below, level: shares of the time above, below and within the neutral band; they sum to 1.
    """

    dimension: str
    mean: float
    sd: float
    low: float
    low_time: float
    high: float
    high_time: float
    slope: float
    above: float
    below: float
    level: float


@dataclass(frozen=True, slots=True)
class Dwell:
    """How long a series stayed in one octant.

    :param octant: a sign per dimension given, such as ``V+ A- D+``; 0 within the neutral band.
    :param time: how long, in the unit of the times.
    :param share: of the whole time, 0..1.
    """

    octant: str
    time: float
    share: float


@dataclass(frozen=True, slots=True)
class SeriesSummary:
    """What a series did as a whole.

    :param duration: from the first sample until the last ceases to hold.
    :param dropped: samples left out since they had a NaN.
    :param dwell: octants by time, longest first.
    """

    samples: int
    dropped: int
    start: float
    duration: float
    dimensions: tuple[DimensionSummary, ...]
    dwell: tuple[Dwell, ...]


def summarise(series: VadSeries, *, neutral: float = 0.0, band: float = 0.0) -> SeriesSummary:
    """Return mean, spread, extremes, slope, shares and dwell times of a series.

    :param neutral: the value that is neither high nor low, on -1..1.
    :param band: values at most so far from it count as neutral.
    :raises InputError: if ``neutral`` is not in -1..1 or ``band`` not in 0..1.

    >>> found = summarise(make_series([0.5, 0.5, -0.5, 0.0], times=[0, 1, 2, 3]))
    >>> [(d.octant, d.time, d.share) for d in found.dwell]
    [('V+', 2.0, 0.5), ('V-', 1.0, 0.25), ('V0', 1.0, 0.25)]
    """
    if not -1 <= neutral <= 1 or not 0 <= band <= 1:
        raise InputError(
            f"Expected neutral in -1..1 and band in 0..1, got {neutral!r} and {band!r}."
        )
    durations = series.durations
    signs = {n: _signs(column, neutral, band) for n, column in series.dimensions.items()}
    return SeriesSummary(
        samples=len(series),
        dropped=series.dropped,
        start=float(series.times[0]),
        duration=float(durations.sum()),
        dimensions=tuple(_summary(series, name, signs[name]) for name in signs),
        dwell=_dwell(signs, durations),
    )


def _signs(column: Floats, neutral: float, band: float) -> Ints:
    away = column - neutral
    return np.where(np.abs(away) <= band, 0, np.sign(away)).astype(int)


def _summary(series: VadSeries, name: str, signs: Ints) -> DimensionSummary:
    column, times = series.dimensions[name], series.times
    weights = series.durations / series.durations.sum()
    mean = float(weights @ column)
    clock = times - times.mean()
    low, high = int(column.argmin()), int(column.argmax())
    above, below, level = (float(weights[signs == sign].sum()) for sign in (1, -1, 0))
    return DimensionSummary(
        dimension=name,
        mean=mean,
        sd=float(np.sqrt(weights @ (column - mean) ** 2)),
        low=float(column[low]),
        low_time=float(times[low]),
        high=float(column[high]),
        high_time=float(times[high]),
        slope=float((clock @ column) / (clock @ clock)),
        above=above,
        below=below,
        level=level,
    )


def _dwell(signs: dict[str, Ints], durations: Floats) -> tuple[Dwell, ...]:
    rows, place = np.unique(np.column_stack(list(signs.values())), axis=0, return_inverse=True)
    times = np.bincount(place.ravel(), weights=durations)
    total = float(durations.sum())
    found = [
        Dwell(_octant(signs, row), float(time), float(time) / total)
        for row, time in zip(rows, times, strict=True)
    ]
    return tuple(sorted(found, key=lambda dwell: (-dwell.time, dwell.octant)))


def _octant(names: Iterable[str], row: Ints) -> str:
    pairs = zip(names, row, strict=True)
    return " ".join(f"{name[0].upper()}{_SIGNS[int(sign)]}" for name, sign in pairs)
