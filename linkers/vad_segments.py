"""Stretches of a series, and the concepts nearest to where each was on average."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from affectgraph.kg.finite import is_finite
from affectgraph.linkers.vad import VadLinker, VadMatch
from affectgraph.linkers.vad_regions import VadPoint
from affectgraph.linkers.vad_series import Floats, VadSeries
from affectgraph.ontology.errors import InputError

MOST_SEGMENTS = 100_000
"""Segments of one series; a length so small that there would be more is a slip."""


@dataclass(frozen=True, slots=True)
class VadSegment:
    """A stretch of a series, and the concepts nearest to where it was on average.

    :param start, end: half open; the last segment ends where the series does.
    :param samples: how many samples begin in it; 0 if the one before holds all through.
    :param mean: mean weighted by time; a stretch that wavers may have a mean that it never was at.
    :param matches: nearest first; see :meth:`VadLinker.link`.
    """

    start: float
    end: float
    samples: int
    mean: VadPoint
    matches: tuple[VadMatch, ...]


def segment(
    series: VadSeries,
    linker: VadLinker,
    *,
    length: float | None = None,
    edges: Sequence[float] | None = None,
    limit: int = 1,
    measured_only: bool = True,
) -> tuple[VadSegment, ...]:
    """Return a series in stretches, each with the concepts that come nearest to its mean.

    Each stretch costs a search for its samples, a sum over them, and the linking of their mean.

    :param length: length of each stretch from the first sample on; the last may be shorter.
    :param edges: where stretches begin and end instead, rising, within the series.
    :param limit, measured_only: as for :meth:`VadLinker.link`.
    :raises InputError: unless exactly one of ``length`` and ``edges`` is given, and fits; if there would
        be more than :data:`MOST_SEGMENTS`.
    """
    bounds = _bounds(series, length, edges)
    ends = series.times + series.durations
    columns = series.dimensions.items()
    found = []
    for start, end in pairwise(bounds):
        held, weights = _overlap(series.times, ends, start, end)
        mean = VadPoint(**{n: float(np.clip(weights @ c[held], -1, 1)) for n, c in columns})
        first, behind = np.searchsorted(series.times, (start, end))
        samples = int(behind - first)
        matches = linker.link(mean, limit=limit, measured_only=measured_only)
        found.append(VadSegment(float(start), float(end), samples, mean, matches))
    return tuple(found)


def _bounds(
    series: VadSeries, length: float | None, edges: Sequence[float] | None
) -> Sequence[float]:
    if (length is None) == (edges is None):
        raise InputError("Expected either a length or edges of the segments.")
    first, last = float(series.times[0]), series.end
    if edges is None:
        if not is_finite(length) or length <= 0:
            raise InputError(f"Expected segments of a length above 0, got {length!r}.")
        count = np.ceil((last - first) / float(length) - 1e-9)
        if count > MOST_SEGMENTS:
            raise InputError(
                f"Expected at most {MOST_SEGMENTS:,} segments, got a length of {length!r} for "
                f"{last - first:g}. Take longer ones."
            )
        return [*(first + i * float(length) for i in range(int(count))), last]
    try:
        found = np.asarray(edges, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(f"Expected edges of segments as numbers, got {edges!r}.") from error
    slack = 1e-9 * (last - first)
    if (
        found.ndim != 1
        or len(found) < 2
        or not (np.diff(found) > 0).all()
        or found[0] < first
        or found[-1] > last + slack
    ):
        raise InputError(
            f"Expected at least 2 edges that rise within {first:g}..{last:g}, got {edges!r}."
        )
    return [float(edge) for edge in found]


def _overlap(times: Floats, ends: Floats, start: float, end: float) -> tuple[slice, Floats]:
    """Return the samples that hold within a stretch, and which share of it each of them holds.

    :param times, ends: (n,), rising; when each sample begins and ceases to hold.
    """
    behind = int(np.searchsorted(times, end))
    first = min(int(np.searchsorted(ends, start, side="right")), behind - 1)
    held = np.minimum(ends[first:behind], end) - np.maximum(times[first:behind], start)
    shares: Floats = np.maximum(held, 0.0) / np.maximum(held, 0.0).sum()
    return slice(first, behind), shares
