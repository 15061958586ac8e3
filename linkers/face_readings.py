"""What detectors reported of one face over time: per segment and unit, occurrence and intensity apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from affectgraph.kg.model import Detector
from affectgraph.linkers.face_columns import (
    INTENSITY_THRESHOLD,
    PROBABILITY_THRESHOLD,
    Readings,
)
from affectgraph.ontology.errors import InputError

ShownBy = Literal["either", "occurrence", "intensity"]
"""Which output decides whether a unit is shown in a frame, where a tool gives both."""

OPENFACE_CONFIDENCE = 0.7
"""OpenFace confidence from which a frame is used: "Typically, I interpret confidence below 0.7 as a failure
in landmark detection" (its author, https://github.com/TadasBaltrusaitis/OpenFace/issues/270)."""

FACE_SCORE = 0.5
"""py-feat FaceScore from which a frame is used: the threshold that py-feat detects faces with unless told
otherwise (``feat/detector.py``, ``Detector.detect_faces``)."""

SHARE = 0.5
"""Share of the used frames from which a unit counts as shown in a segment: the majority. Set by judgement."""


@dataclass(frozen=True, slots=True)
class FaceThresholds:
    """What counts as shown, and which frames are used.

    :param intensity: intensity on 0..5 from which a unit is shown in a frame. The default, 1, is "present at
        minimum intensity" by OpenFace's wiki (Action-Units).
    :param probability: probability from which a unit is shown in a frame; .5 is the default of the checker.
    :param confidence: tracking confidence from which a frame is used; None uses every frame that the tool
        does not report as failed and needs no such column. ``"tool"`` takes :data:`OPENFACE_CONFIDENCE` or
        :data:`FACE_SCORE`.
    :param share: share of a segment's used frames from which a unit counts as shown in it.
    :param shown_by: which output decides where a tool gives both. OpenFace trains its presence and intensity
        models separately, and they may disagree (wiki, Action-Units); ``either`` is what the checker does.
    :raises InputError: if a threshold is outside its range.
    """

    intensity: float = INTENSITY_THRESHOLD
    probability: float = PROBABILITY_THRESHOLD
    confidence: float | Literal["tool"] | None = "tool"
    share: float = SHARE
    shown_by: ShownBy = "either"

    def __post_init__(self) -> None:
        _within("intensity", self.intensity, 5)
        _within("probability", self.probability, 1)
        _within("share", self.share, 1)
        if self.confidence is not None and self.confidence != "tool":
            _within("confidence", self.confidence, 1)
        if self.shown_by not in {"either", "occurrence", "intensity"}:
            raise InputError(
                f"Expected shown_by to be either, occurrence or intensity, got {self.shown_by!r}."
            )


def _within(name: str, value: object, high: float) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= high:  # type: ignore[operator]
        raise InputError(f"Expected the threshold {name} in 0..{high:g}, got {value!r}.")


@dataclass(frozen=True, slots=True)
class FrameCounts:
    """How many rows were read and what became of them; the last four add up to the first.

    :param total: rows of the file (or values given, as one row).
    :param used: rows that count.
    :param failed: rows the tool reports as failed (``success`` 0, no face score).
    :param low_confidence: rows below the confidence asked for.
    :param other_faces: rows of faces that were not chosen.
    """

    total: int
    used: int
    failed: int = 0
    low_confidence: int = 0
    other_faces: int = 0


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One facial action over the used frames of a segment.

    :param shown_share: share of the frames in which it is shown, by the thresholds.
    :param occurrence_share: share of frames in which the presence column says so; None without one.
    :param mean_intensity, max_intensity: on 0..5; None where the tool gives no intensity.
    :param mean_probability, max_probability: on 0..1; None where the tool gives none.
    """

    code: str
    shown_share: float
    occurrence_share: float | None = None
    mean_intensity: float | None = None
    max_intensity: float | None = None
    mean_probability: float | None = None
    max_probability: float | None = None


@dataclass(frozen=True, slots=True)
class FaceSegment:
    """A stretch of frames.

    :param start_s, end_s: seconds of its first and last used frame; None where the file has no times.
    :param frames: number of used frames.
    :param units: readings by FACS code; empty if no frame was used.
    :param shown: codes whose share of frames reaches the threshold, in the order of the columns.
    """

    start_s: float | None
    end_s: float | None
    frames: int
    units: Mapping[str, UnitReading]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaceReadings:
    """What a detector reported of one face.

    :param tool: ``openface``, ``py-feat``, ``libreface`` or ``given``.
    :param detector: the tool with the codes its file has columns for; None if everything could be seen, as
        by a human coder.
    :param segments: in order of time; one if no length was asked for.
    :param counts: what became of the rows.
    :param thresholds: what was counted as shown; ``confidence`` as it was applied.
    :param ignored: columns that are no facial actions and say nothing of the tracking.
    """

    tool: str
    detector: Detector | None
    segments: tuple[FaceSegment, ...]
    counts: FrameCounts
    thresholds: FaceThresholds
    ignored: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """Codes shown in any segment, each once, in order."""
        return tuple(dict.fromkeys(code for part in self.segments for code in part.shown))

    def readings(self, segment: int = 0) -> Readings:
        """Return a segment as the checker takes it: ``Checker.check(text, aus=readings.readings())``.

        :raises InputError: if there is no such segment, or no frame of it was used.
        """
        if not 0 <= segment < len(self.segments):
            raise InputError(
                f"Expected a segment from 0 to {len(self.segments) - 1}, got {segment}."
            )
        part = self.segments[segment]
        if not part.units:
            raise InputError(
                f"Expected readings of segment {segment}, but none of its frames could be used: "
                f"{self.counts}. Lower the confidence asked for, or leave the segment out."
            )
        detector = self.detector or Detector("", self.tool, "given", frozenset(part.units))
        return Readings(
            {code: _values(reading) for code, reading in part.units.items()},
            {code: code in part.shown for code in part.units},
            detector,
            self.ignored,
        )


def _values(reading: UnitReading) -> tuple[tuple[str, float], ...]:
    pairs = (
        ("share of frames", reading.shown_share),
        ("mean intensity", reading.mean_intensity),
        ("mean probability", reading.mean_probability),
    )
    return tuple(
        (f"{reading.code} {name}", round(value, 4)) for name, value in pairs if value is not None
    )
