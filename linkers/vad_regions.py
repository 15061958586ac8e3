"""Points, boxes and ellipsoids of VAD space, and how far a value lies from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from numbers import Real

from affectgraph.kg.model import Vad
from affectgraph.kg.scales import scale
from affectgraph.ontology.errors import InputError

DIMENSIONS = ("valence", "arousal", "dominance")
"""Names of the dimensions, in the order of every array here."""

Interval = tuple[float, float]
Triple = tuple[float, float, float]

_STEPS = 200
"""Bisections of the distance from an ellipsoid; more than a double can tell apart."""


def to_bipolar(value: float, scale_name: str, dimension: str) -> float:
    """Return a rating on -1..1; on a scale with flipped arousal, arousal is turned round.

    :raises InputError: if it is no number of the scale.
    :raises UnknownTermError: if there is no such scale.

    >>> to_bipolar(4, "iemocap", "valence"), to_bipolar(1, "msp-improv", "arousal")
    (0.5, 1.0)
    """
    found = scale(scale_name)
    sign = -1.0 if found.arousal_flipped and dimension == "arousal" else 1.0
    return sign * found.to_bipolar(value) + 0.0


def _require_unit(value: object, name: str) -> float:
    if not isinstance(value, Real) or isinstance(value, bool) or not -1 <= float(value) <= 1:
        raise InputError(
            f"Expected {name} in -1..1, got {value!r}. Leave a dimension out by None; rescale other "
            "scales with from_scale()."
        )
    return float(value)


def _require_some(values: tuple[object, ...]) -> None:
    if all(value is None for value in values):
        raise InputError(f"Expected at least one of {', '.join(DIMENSIONS)}, got none.")


@dataclass(frozen=True, slots=True)
class VadPoint:
    """A point whose coordinates lie in -1..1; None leaves a dimension out.

    :raises InputError: if all are left out, or one is NaN or outside -1..1.

    >>> VadPoint.from_scale("1..9", valence=7, arousal=5)
    VadPoint(valence=0.5, arousal=0.0, dominance=None)
    """

    valence: float | None = None
    arousal: float | None = None
    dominance: float | None = None

    def __post_init__(self) -> None:
        _require_some(self.coordinates)
        for name, value in zip(DIMENSIONS, self.coordinates, strict=True):
            if value is not None:
                _require_unit(value, name)

    @property
    def coordinates(self) -> tuple[float | None, float | None, float | None]:
        """Valence, arousal, dominance."""
        return (self.valence, self.arousal, self.dominance)

    @classmethod
    def from_scale(
        cls,
        name: str,
        *,
        valence: float | None = None,
        arousal: float | None = None,
        dominance: float | None = None,
    ) -> "VadPoint":
        """Return a point given in ratings of a scale or data set, such as ``1..9`` or ``iemocap``.

        :raises InputError: if a rating is no number of the scale.
        :raises UnknownTermError: if there is no such scale.
        """
        given = zip(DIMENSIONS, (valence, arousal, dominance), strict=True)
        return cls(*(None if x is None else to_bipolar(x, name, d) for d, x in given))

    def gap(self, mean: Triple, units: Triple) -> float:
        """Return the distance of a mean in the given units; see :func:`gap_of`."""
        rows = zip(mean, self.coordinates, units, strict=True)
        return hypot(*((m - x) / unit for m, x, unit in rows if x is not None))

    @property
    def centre(self) -> "VadPoint":
        """The point itself."""
        return self


@dataclass(frozen=True, slots=True)
class VadBox:
    """A box: a closed interval within -1..1 per dimension; None leaves a dimension out.

    :raises InputError: if all are left out, or an interval is none.

    >>> VadBox(valence=(-1, -0.5), arousal=(0.2, 1)).centre
    VadPoint(valence=-0.75, arousal=0.6, dominance=None)
    """

    valence: Interval | None = None
    arousal: Interval | None = None
    dominance: Interval | None = None

    def __post_init__(self) -> None:
        _require_some(self.intervals)
        for name, interval in zip(DIMENSIONS, self.intervals, strict=True):
            if interval is not None:
                _require_interval(interval, name)

    @property
    def intervals(self) -> tuple[Interval | None, Interval | None, Interval | None]:
        """Intervals of valence, arousal, dominance."""
        return (self.valence, self.arousal, self.dominance)

    @classmethod
    def from_scale(
        cls,
        name: str,
        *,
        valence: Interval | None = None,
        arousal: Interval | None = None,
        dominance: Interval | None = None,
    ) -> "VadBox":
        """Return a box given in ratings of a scale or data set; see :meth:`VadPoint.from_scale`."""
        ends: list[Interval | None] = []
        for dimension, interval in zip(DIMENSIONS, (valence, arousal, dominance), strict=True):
            if interval is None:
                ends.append(None)
                continue
            if len(interval) != 2 or not interval[0] <= interval[1]:
                raise _no_interval(interval, dimension)
            low, high = sorted(to_bipolar(x, name, dimension) for x in interval)
            ends.append((low, high))
        return cls(*ends)

    @property
    def centre(self) -> VadPoint:
        """The middle of the box."""
        return VadPoint(*(None if i is None else (i[0] + i[1]) / 2 for i in self.intervals))

    def gap(self, mean: Triple, units: Triple) -> float:
        """Return the distance of a mean in the given units, 0 inside; see :func:`gap_of`."""
        rows = zip(mean, self.intervals, units, strict=True)
        return hypot(*(max(i[0] - m, m - i[1], 0.0) / unit for m, i, unit in rows if i is not None))


@dataclass(frozen=True, slots=True)
class VadEllipsoid:
    """An ellipsoid whose axes are those of VAD space: (centre, radius) per dimension; None leaves one out.

    :raises InputError: if all are left out, a centre is outside -1..1, or a radius is not above 0.

    >>> VadEllipsoid(valence=(-0.6, 0.2), arousal=(0.4, 0.3)).centre
    VadPoint(valence=-0.6, arousal=0.4, dominance=None)
    """

    valence: Interval | None = None
    arousal: Interval | None = None
    dominance: Interval | None = None

    def __post_init__(self) -> None:
        _require_some(self.axes)
        for name, axis in zip(DIMENSIONS, self.axes, strict=True):
            if axis is None:
                continue
            if len(axis) != 2 or not isfinite(axis[1]) or axis[1] <= 0:
                raise InputError(
                    f"Expected {name} as a centre and a radius above 0, got {axis!r}. Leave the "
                    "dimension out by None."
                )
            _require_unit(axis[0], f"the centre of {name}")

    @property
    def axes(self) -> tuple[Interval | None, Interval | None, Interval | None]:
        """Centre and radius of valence, arousal, dominance."""
        return (self.valence, self.arousal, self.dominance)

    @classmethod
    def from_scale(
        cls,
        name: str,
        *,
        valence: Interval | None = None,
        arousal: Interval | None = None,
        dominance: Interval | None = None,
    ) -> "VadEllipsoid":
        """Return an ellipsoid given in ratings of a scale or data set; see :meth:`VadPoint.from_scale`."""
        width = scale(name).half_width
        given = zip(DIMENSIONS, (valence, arousal, dominance), strict=True)
        return cls(
            *(x if x is None else (to_bipolar(x[0], name, d), x[1] / width) for d, x in given)
        )

    @property
    def centre(self) -> VadPoint:
        """The middle of the ellipsoid."""
        return VadPoint(*(None if axis is None else axis[0] for axis in self.axes))

    def gap(self, mean: Triple, units: Triple) -> float:
        """Return the distance of a mean in the given units, 0 inside; see :func:`gap_of`."""
        rows = [row for row in zip(mean, self.axes, units, strict=True) if row[1] is not None]
        point = [(m - axis[0]) / unit for m, axis, unit in rows if axis is not None]
        radii = [axis[1] / unit for _, axis, unit in rows if axis is not None]
        return _from_ellipsoid(point, radii)


VadRegion = VadPoint | VadBox | VadEllipsoid
"""What concepts can be asked for around."""


def as_region(place: VadRegion | Vad) -> VadRegion:
    """Return a place as a region; a full point of the graph becomes a point.

    :raises InputError: if it is no place of VAD space.
    """
    if isinstance(place, Vad):
        return VadPoint(place.valence, place.arousal, place.dominance)
    if not isinstance(place, VadPoint | VadBox | VadEllipsoid):
        raise InputError(
            f"Expected a VadPoint, VadBox, VadEllipsoid or Vad, got {type(place).__name__}."
        )
    return place


def gap_of(region: VadRegion, mean: Triple, units: Triple = (1.0, 1.0, 1.0)) -> float:
    """Return how far a mean lies from a region, 0 inside.

    Over the dimensions d that are given, with ``x`` the point of the region that is nearest in these
    units: ``sqrt(sum(((mean_d - x_d) / unit_d)**2))``. With standard deviations as units this is the
    standardised Euclidean distance, which is the Mahalanobis distance for a diagonal covariance.

    :param mean: valence, arousal, dominance.
    :param units: above 0; all 1 gives the plain distance.

    >>> gap_of(VadBox(valence=(0, 1)), (-0.5, 0.9, 0.9), (0.25, 1, 1))
    2.0
    """
    return region.gap(mean, units)


def _no_interval(interval: object, name: str) -> InputError:
    return InputError(
        f"Expected {name} as two numbers, low and high, in this order, got {interval!r}."
    )


def _require_interval(interval: Interval, name: str) -> None:
    if len(interval) != 2:
        raise _no_interval(interval, name)
    low, high = (_require_unit(end, name) for end in interval)
    if low > high:
        raise _no_interval(interval, name)


def _from_ellipsoid(point: Sequence[float], radii: Sequence[float]) -> float:
    """Return the distance of a point from a full ellipsoid around 0; 0 inside.

    The nearest point of the surface is r**2 y / (t + r**2) for the one t >= 0 that puts it there; the
    sum of ((r y) / (t + r**2))**2 falls from above 1 at t = 0 to 1 or less at t = |r y|.
    """
    pairs = list(zip(point, radii, strict=True))
    if hypot(*(y / r for y, r in pairs)) <= 1:
        return 0.0
    low, high = 0.0, hypot(*(r * y for y, r in pairs))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        outside = hypot(*(r * y / (middle + r * r) for y, r in pairs)) > 1
        low, high = (middle, high) if outside else (low, middle)
    return hypot(*(y * high / (high + r * r) for y, r in pairs))
