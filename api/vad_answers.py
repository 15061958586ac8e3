"""What the service takes and sends for places in VAD space and rating scales."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, WithJsonSchema, model_validator

from affectgraph.api.answers import Grounding
from affectgraph.api.bodies import BATCH_LIMIT, Body, Limit
from affectgraph.api.problems import shorten
from affectgraph.api.shapes import ConceptName, Coordinates, Shape, VadValue, to_vad
from affectgraph.kg.finite import is_finite
from affectgraph.kg.scales import SCALE_OF_DATASET, SCALES, Scale
from affectgraph.kg.scales import scale as find_scale
from affectgraph.linkers import vad
from affectgraph.linkers.vad_regions import (
    DIMENSIONS,
    VadBox,
    VadEllipsoid,
    VadPoint,
    VadRegion,
    to_bipolar,
)
from affectgraph.ontology.errors import InputError

ELLIPSOID_LIMIT = 100
"""Ellipsoids a request may have: the distance from one costs some 30 times that from a point."""
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number of JSON; truth values and text, NaN and infinities are refused."""
_PAIR = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
Extent = Annotated[
    JsonValue, WithJsonSchema({"anyOf": [{"type": "number"}, _PAIR, {"type": "null"}]})
]
"""What a place says of a dimension: a number, two of them, or nothing."""


# --- in -------------------------------------------------------------------------------------------


class Place(Body):
    """A point, box or ellipsoid; a dimension that is left out does not count."""

    kind: Literal["point", "box", "ellipsoid"] = "point"
    """`point` takes a number per dimension, `box` low and high, `ellipsoid` centre and radius."""
    valence: Extent = None
    """Unpleasant to pleasant."""
    arousal: Extent = None
    """Calm to excited."""
    dominance: Extent = None
    """Controlled to in control."""
    scale: str = "-1..1"
    """Scale or data set the numbers are of: `1..9`, `deap`."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Place":
        wanted = "a number" if self.kind == "point" else "two numbers"
        for name in DIMENSIONS:
            given = getattr(self, name)
            if given is not None and not _is_extent(given, is_point=self.kind == "point"):
                shown = shorten(repr(given), 80)
                raise ValueError(f"Expected {wanted} for {name} of a {self.kind}, got {shown}")
        return self

    def region(self) -> VadRegion:
        """Return the place as the linker takes it, on -1..1.

        :raises InputError: if all dimensions are left out, or a number is not of the scale.
        :raises UnknownTermError: if there is no such scale.
        """
        given: dict[str, Any] = {name: getattr(self, name) for name in DIMENSIONS}
        if self.kind == "box":
            return VadBox.from_scale(self.scale, **given)
        if self.kind == "ellipsoid":
            return VadEllipsoid.from_scale(self.scale, **given)
        return VadPoint.from_scale(self.scale, **given)


def _is_extent(given: object, *, is_point: bool) -> bool:
    if is_point:
        return is_finite(given)
    return (
        isinstance(given, list)
        and len(given) == 2
        and all(_is_extent(number, is_point=True) for number in given)
    )


class LinkBody(Body):
    """Places whose nearest concepts are wanted."""

    places: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[
            [
                {"valence": -0.4, "arousal": 0.7},
                {"kind": "box", "valence": [-1, -0.6], "dominance": [0.2, 1]},
            ]
        ],
    )
    """Up to 1,000 points (`valence`, `arousal`, `dominance`, any left out), boxes (`kind`, low and high) or
    ellipsoids (centre and radius; at most 100), on `scale`; a bad one has its error at its place."""
    limit: Limit = Field(default=5, examples=[2])
    """Concepts per place."""
    measured_only: bool = True
    """Leave out derived and estimated values."""
    by: vad.Order = "sd"
    """Rank by standard deviations of the ratings, or by `plain` distance."""


class LabelsBody(Body):
    """Labels whose places are wanted."""

    labels: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["furious", "table"]])
    """Up to 1,000 labels; what names no concept has no place."""
    scheme: str | None = None
    """Scheme the labels are of, if it is known."""


class RatedPoint(Body):
    """Ratings on a scale; a dimension may be left out."""

    valence: Number | None = None
    """Unpleasant to pleasant."""
    arousal: Number | None = None
    """Calm to excited."""
    dominance: Number | None = None
    """Controlled to in control."""


class RescaleBody(Body):
    """Ratings to say on another scale."""

    points: list[JsonValue] = Field(
        max_length=BATCH_LIMIT, examples=[[{"valence": 7, "arousal": 5}, {"valence": 12}]]
    )
    """Up to 1,000 points; one that is off the scale has its error at its place."""
    source: str = Field(examples=["1..9"])
    """Scale or data set they are of."""
    target: str = Field(default="-1..1", examples=["0..1"])
    """Scale or data set to say them on."""


# --- out ------------------------------------------------------------------------------------------


class Deviations(Shape):
    """(mean of the concept - centre of the place) / standard deviation, per dimension."""

    valence: float | None
    """Null if the place leaves it out, or the value has no spread."""
    arousal: float | None
    """The same."""
    dominance: float | None
    """The same."""


class PlaceMatch(Shape):
    """A concept and how far its value lies from a place."""

    concept: ConceptName
    distance_sd: float | None
    """In standard deviations of the concept's ratings; null without a spread."""
    distance: float
    """Euclidean, on -1..1."""
    is_inside: bool
    """Whether the concept's mean lies in the region."""
    deviations: Deviations
    value: VadValue


class PlaceMatches(Shape):
    """The concepts nearest to a place."""

    matches: tuple[PlaceMatch, ...]
    """Nearest first."""


class VadPart(Shape):
    """One value that a label's place is made of."""

    concept: ConceptName
    weight: float
    """Its share, 0..1."""
    value: VadValue


class LabelVad(Shape):
    """Where a label lies in VAD space."""

    grounding: Grounding
    """What the label means."""
    mean: Coordinates | None
    """The place, each in -1..1; null if the label names no concept with a value."""
    basis: Literal["word", "concept", "mixture"] | None
    """`word`: the label itself was rated; `concept`: the value of what it means; `mixture`: the weighted
    mean of what it may mean."""
    parts: tuple[VadPart, ...]
    """The values it is made of."""
    without_value: tuple[ConceptName, ...]
    """Concepts it may mean that have no value."""
    message: str
    """The answer in one sentence."""


class LabelVadAnswer(Shape):
    """The places of labels."""

    items: list[LabelVad]
    """One per label, in the order of the labels."""


class RatingScale(Shape):
    """A closed range of ratings."""

    name: str
    """`1..9`."""
    low: float
    """The rating that becomes -1."""
    high: float
    """The rating that becomes 1."""
    arousal_flipped: bool
    """Whether a low number means excited."""
    datasets: tuple[str, ...]
    """Data sets that use it; their names do as well."""


class Rescaled(Shape):
    """A point on another scale."""

    valence: float | None
    """Null where it was left out."""
    arousal: float | None
    """The same."""
    dominance: float | None
    """The same."""


# --- from one to the other ------------------------------------------------------------------------


def require_few_ellipsoids(places: Iterable[object]) -> None:
    """Refuse requests that would take minutes.

    :raises InputError: if there are more than :data:`ELLIPSOID_LIMIT` ellipsoids.
    """
    count = sum(isinstance(p, dict) and p.get("kind") == "ellipsoid" for p in places)
    if count > ELLIPSOID_LIMIT:
        raise InputError(
            f"Expected at most {ELLIPSOID_LIMIT} ellipsoids, got {count:,}. "
            "Send them in several batches, or ask for boxes."
        )


def to_match(found: vad.VadMatch) -> PlaceMatch:
    """Return a concept near a place as it is sent."""
    valence, arousal, dominance = found.deviations
    return PlaceMatch(
        concept=ConceptName.model_validate(found.concept),
        distance_sd=_rounded(found.distance_sd),
        distance=round(found.distance, 4),
        is_inside=found.is_inside,
        deviations=Deviations(
            valence=_rounded(valence), arousal=_rounded(arousal), dominance=_rounded(dominance)
        ),
        value=to_vad(found.value),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def to_label_vad(found: vad.LabelVad) -> LabelVad:
    """Return the place of a label as it is sent."""
    return LabelVad(
        grounding=Grounding.model_validate(found.grounding),
        mean=None if found.mean is None else Coordinates.model_validate(found.mean),
        basis=found.basis,
        parts=tuple(
            VadPart(
                concept=ConceptName.model_validate(part.concept),
                weight=part.weight,
                value=to_vad(part.value),
            )
            for part in found.parts
        ),
        without_value=tuple(ConceptName.model_validate(c) for c in found.without_value),
        message=found.message,
    )


def rating_scales() -> list[RatingScale]:
    """Return the scales, each with the data sets that use it."""
    return [
        RatingScale(
            name=name,
            low=scale.low,
            high=scale.high,
            arousal_flipped=scale.arousal_flipped,
            datasets=tuple(sorted(d for d, used in SCALE_OF_DATASET.items() if used == name)),
        )
        for name, scale in SCALES.items()
    ]


def rescale(point: RatedPoint, source: str, target: str) -> Rescaled:
    """Return a point of one scale on another.

    :raises InputError: if a rating is no number of the source, or all are left out.
    :raises UnknownTermError: if there is no such scale.

    >>> rescale(RatedPoint(valence=7, arousal=5), "1..9", "0..1").valence
    0.75
    """
    other = find_scale(target)
    given = {name: getattr(point, name) for name in DIMENSIONS}
    if all(value is None for value in given.values()):
        raise InputError(f"Expected at least one of {', '.join(DIMENSIONS)}, got none.")
    return Rescaled(
        **{
            name: None
            if value is None
            else _from_bipolar(to_bipolar(value, source, name), other, name)
            for name, value in given.items()
        }
    )


def _from_bipolar(value: float, scale: Scale, dimension: str) -> float:
    sign = -1.0 if scale.arousal_flipped and dimension == "arousal" else 1.0
    return scale.from_bipolar(sign * value) + 0.0
