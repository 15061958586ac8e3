"""Frames of a detector's file, and their summary per segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from affectgraph.linkers.face_readings import FaceSegment, FaceThresholds, UnitReading
from affectgraph.ontology.errors import InputError

HIGHEST = {"presence": 1.0, "probability": 1.0, "intensity": 5.0}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a facial action.

    :param kind: ``presence`` (0 or 1), ``probability`` (0..1) or ``intensity`` (0..5).
    :param place: its place in the row, from 0.
    """

    code: str
    kind: str
    name: str
    place: int

    @property
    def highest(self) -> float:
        """The largest value it may hold."""
        return HIGHEST[self.kind]


@dataclass(frozen=True, slots=True)
class Frame:
    """A row: where it stands, whose face, how sure, and its values in the order of the columns.

    :param confidence: None where the file says nothing.
    :param cells: the values as text, before it is known that the frame is used.
    :param is_failed: whether the tool reports that it found no face.
    """

    line: int | None
    frame: str | None
    time_s: float | None
    face: str
    confidence: float | None
    values: tuple[float, ...]
    cells: tuple[str, ...] = ()
    is_failed: bool = False


def summarise(
    columns: Sequence[Column],
    frames: Sequence[Frame],
    thresholds: FaceThresholds,
    segment_s: float | None,
) -> tuple[FaceSegment, ...]:
    """Return the segments of used frames in order of time; one, if no length is given.

    :raises InputError: if segments are so short that they cannot be counted.
    """
    if segment_s is None:
        return (_segment(columns, frames, thresholds),)
    parts: dict[float, list[Frame]] = {}
    for frame in frames:
        parts.setdefault(_place(frame, segment_s), []).append(frame)
    return tuple(_segment(columns, parts[place], thresholds) for place in sorted(parts))


def _place(frame: Frame, segment_s: float) -> float:
    """Return the number of the segment that a frame lies in."""
    place = (frame.time_s or 0.0) // segment_s
    if not isfinite(place):
        raise InputError(
            f"Line {frame.line}: expected a time that segments of {segment_s:g} s can be counted up "
            f"to, got {frame.time_s:g} s. Ask for longer segments."
        )
    return place


def _segment(
    columns: Sequence[Column], frames: Sequence[Frame], thresholds: FaceThresholds
) -> FaceSegment:
    times = [frame.time_s for frame in frames if frame.time_s is not None]
    by_code: dict[str, dict[str, list[float]]] = {}
    for place, column in enumerate(columns):
        values = [frame.values[place] for frame in frames]
        by_code.setdefault(column.code, {})[column.kind] = values
    units = {code: _reading(code, kinds, thresholds) for code, kinds in by_code.items() if frames}
    return FaceSegment(
        min(times, default=None),
        max(times, default=None),
        len(frames),
        units,
        tuple(c for c, unit in units.items() if unit.shown_share >= max(thresholds.share, 1e-9)),
    )


def _reading(code: str, kinds: dict[str, list[float]], thresholds: FaceThresholds) -> UnitReading:
    presence, intensity, probability = (
        kinds.get(kind, []) for kind in ("presence", "intensity", "probability")
    )
    flags = _flags(kinds, thresholds)
    return UnitReading(
        code,
        _mean(flags) or 0.0,
        _mean([float(value >= 0.5) for value in presence]),
        _mean(intensity),
        max(intensity, default=None),
        _mean(probability),
        max(probability, default=None),
    )


def _flags(kinds: dict[str, list[float]], thresholds: FaceThresholds) -> list[float]:
    """Return for each frame 1 if the unit is shown; where the deciding output is missing, the other is."""
    limits = {
        "presence": 0.5,
        "probability": thresholds.probability,
        "intensity": thresholds.intensity,
    }
    wanted = {"occurrence": {"presence", "probability"}, "intensity": {"intensity"}}
    deciding = [k for k in kinds if k in wanted.get(thresholds.shown_by, set(limits))] or list(
        kinds
    )
    return [
        float(any(value >= limits[kind] for kind, value in zip(deciding, values, strict=True)))
        for values in zip(*(kinds[kind] for kind in deciding), strict=True)
    ]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
