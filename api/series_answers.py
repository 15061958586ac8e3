"""What the service takes and sends for values over time, and how far raters agree on them."""

from collections.abc import Iterable
from math import isnan
from typing import TYPE_CHECKING

from pydantic import Field

from affectgraph.api.bodies import Body
from affectgraph.api.shapes import Shape
from affectgraph.api.vad_answers import Number, PlaceMatch, Rescaled, to_match
from affectgraph.linkers.vad import VadLinker
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.linkers.vad_agreement import Agreement
    from affectgraph.linkers.vad_segments import VadSegment as Segment
    from affectgraph.linkers.vad_series import SeriesSummary

SAMPLE_LIMIT = 100_000
"""Samples a series may have in one request."""
SEGMENT_LIMIT = 500
"""Segments a series may be cut into in one request."""
RATER_LIMIT = 50
"""Raters that are compared in one request; all pairs are."""


class SeriesBody(Body):
    """Valence over time, with arousal and dominance or without."""

    valence: list[Number] = Field(min_length=2, max_length=SAMPLE_LIMIT, examples=[[8, 7, 2, 3]])
    """Up to 100,000 ratings."""
    arousal: list[Number] | None = Field(
        default=None, max_length=SAMPLE_LIMIT, examples=[[6, 6, 7, 8]]
    )
    """As many."""
    dominance: list[Number] | None = Field(default=None, max_length=SAMPLE_LIMIT)
    """As many."""
    times: list[Number] | None = Field(
        default=None, max_length=SAMPLE_LIMIT, examples=[[0, 1, 2, 3]]
    )
    """When each holds from, rising; the samples' numbers if left out."""
    scale: str = Field(default="-1..1", examples=["deap"])
    """Scale or data set the ratings are of."""
    band: float = Field(default=0, ge=0, le=1)
    """Values at most so far from 0 count as neutral, on -1..1."""
    segment: float | None = Field(default=None, gt=0, allow_inf_nan=False, examples=[2])
    """Length of the segments that are linked to concepts, in the unit of the times; none if left out."""


class AgreementBody(Body):
    """The same samples as several raters rated them."""

    ratings: dict[str, list[Number]] = Field(
        min_length=2,
        max_length=RATER_LIMIT,
        examples=[{"ann": [1, 2, 3], "bob": [1, 2, 3], "cy": [2, 3, 4]}],
    )
    """Name of each rater -> one number a sample; 2 to 50 raters, 100,000 numbers together."""


class DimensionSummary(Shape):
    """What one dimension did, on -1..1."""

    dimension: str
    """`valence`, `arousal` or `dominance`."""
    mean: float
    """Weighted by time."""
    sd: float
    """Weighted by time; divided by the whole weight."""
    low: float
    """Lowest value."""
    low_time: float
    """When it was first reached."""
    high: float
    """Highest value."""
    high_time: float
    """When it was first reached."""
    slope: float
    """Change per unit of time of the least-squares line."""
    above: float
    """Share of the time above the neutral band."""
    below: float
    """Share of the time below it."""
    level: float
    """Share of the time within it."""


class Dwell(Shape):
    """How long a series stayed in one octant."""

    octant: str
    """A sign per dimension: `V+ A- D+`; 0 within the neutral band."""
    time: float
    """In the unit of the times."""
    share: float
    """Of the whole time, 0..1."""


class VadSegment(Shape):
    """A stretch of a series, and the concept nearest to where it was on average."""

    start: float
    """First time."""
    end: float
    """Half open."""
    samples: int
    """Samples that begin in it."""
    mean: Rescaled
    """Mean weighted by time, on -1..1."""
    nearest: PlaceMatch


class SeriesAnswer(Shape):
    """What a series did as a whole, and in each segment."""

    samples: int
    """Number of samples."""
    start: float
    """Time of the first."""
    duration: float
    """Until the last ceases to hold."""
    dimensions: tuple[DimensionSummary, ...]
    dwell: tuple[Dwell, ...]
    """Octants by time, longest first."""
    segments: tuple[VadSegment, ...]
    """Empty if no length was asked for."""


class PairAgreement(Shape):
    """Agreement of two raters."""

    first: str
    """Name of a rater."""
    second: str
    """Name of the other."""
    samples: int
    """How many samples both rated."""
    ccc: float | None
    """Lin's concordance correlation, -1..1; null if both are constant and equal."""
    pearson: float | None
    """Pearson's r; null if one is constant."""
    rmse: float
    """Root of the mean squared difference."""


class AgreementAnswer(Shape):
    """Agreement of several raters: the mean over all pairs, and the pairs."""

    ccc: float | None
    """Null if it is undefined for one of the pairs."""
    pearson: float | None
    """The same."""
    rmse: float
    """In the unit of the ratings."""
    pairs: tuple[PairAgreement, ...]
    """Every two raters, in their order."""


def answer_series(linker: VadLinker, body: SeriesBody) -> SeriesAnswer:
    """Return what a series did, and the concepts nearest to its segments.

    :raises InputError: if the columns differ in length, times do not rise, a rating is off the scale, or
        there are too many segments.
    :raises UnknownTermError: if there is no such scale.
    """
    from affectgraph.linkers.vad_segments import segment
    from affectgraph.linkers.vad_series import make_series, summarise

    series = make_series(
        body.valence, body.arousal, body.dominance, times=body.times, scale=body.scale
    )
    found = summarise(series, band=body.band)
    if body.segment is not None and found.duration / body.segment > SEGMENT_LIMIT:
        raise InputError(
            f"Expected at most {SEGMENT_LIMIT:,} segments, got a length of {body.segment:g} for "
            f"{found.duration:g}. Ask for longer ones."
        )
    parts = () if body.segment is None else segment(series, linker, length=body.segment)
    return to_series_answer(found, parts)


def to_series_answer(found: "SeriesSummary", segments: Iterable["Segment"]) -> SeriesAnswer:
    """Return what a series did, and its segments, as they are sent."""
    return SeriesAnswer(
        samples=found.samples,
        start=found.start,
        duration=found.duration,
        dimensions=tuple(DimensionSummary.model_validate(d) for d in found.dimensions),
        dwell=tuple(Dwell.model_validate(dwell) for dwell in found.dwell),
        segments=tuple(
            VadSegment(
                start=part.start,
                end=part.end,
                samples=part.samples,
                mean=Rescaled.model_validate(part.mean),
                nearest=to_match(part.matches[0]),
            )
            for part in segments
        ),
    )


def answer_agreement(body: AgreementBody) -> AgreementAnswer:
    """Return how far raters agree.

    :raises InputError: if they rated different numbers of samples, or fewer than two, or too many.
    """
    from affectgraph.linkers.vad_agreement import agreement

    total = sum(map(len, body.ratings.values()))
    if total > SAMPLE_LIMIT:
        raise InputError(f"Expected at most {SAMPLE_LIMIT:,} numbers together, got {total:,}.")
    return to_agreement_answer(agreement(body.ratings))


def to_agreement_answer(found: "Agreement") -> AgreementAnswer:
    """Return how far raters agree as it is sent."""
    return AgreementAnswer(
        ccc=_defined(found.ccc),
        pearson=_defined(found.pearson),
        rmse=found.rmse,
        pairs=tuple(
            PairAgreement(
                first=pair.first,
                second=pair.second,
                samples=pair.samples,
                ccc=_defined(pair.ccc),
                pearson=_defined(pair.pearson),
                rmse=pair.rmse,
            )
            for pair in found.pairs
        ),
    )


def _defined(value: float) -> float | None:
    """Return a number, None for NaN, which JSON lacks."""
    return None if isnan(value) else value
