"""Questions about valence, arousal and dominance."""

from collections.abc import Mapping, Sequence
from typing import Literal

from affectgraph.api import relation_answers as relations
from affectgraph.api import series_answers as series
from affectgraph.api import shapes, vad_answers
from affectgraph.api.answers import NearestAnswer, Point
from affectgraph.api.batches import Batch
from affectgraph.client.call import Call, get, post

Disagreements = shapes.Page[relations.VadDisagreement]


def nearest(
    valence: float, arousal: float, dominance: float, *, limit: int = 5, measured_only: bool = True
) -> Call[list[shapes.Neighbour]]:
    """Return the concepts nearest to a point, each coordinate in -1..1."""
    return get(
        "/v1/nearest",
        list[shapes.Neighbour],
        valence=valence,
        arousal=arousal,
        dominance=dominance,
        limit=limit,
        measured_only=measured_only,
    )


def nearest_many(
    points: Sequence[Point | Mapping[str, float]], *, limit: int = 5, measured_only: bool = True
) -> Call[NearestAnswer]:
    """Return the concepts nearest to each of up to 1,000 points."""
    return post(
        "/v1/nearest", NearestAnswer, points=points, limit=limit, measured_only=measured_only
    )


def link_vad(
    places: Sequence[object],
    *,
    limit: int = 5,
    measured_only: bool = True,
    by: Literal["sd", "plain"] = "sd",
) -> Call[Batch[vad_answers.PlaceMatches]]:
    """Return the concepts at up to 1,000 points and in regions, by distance in standard deviations."""
    return post(
        "/v1/vad/link",
        Batch[vad_answers.PlaceMatches],
        places=places,
        limit=limit,
        measured_only=measured_only,
        by=by,
    )


def place(label: str, *, scheme: str | None = None) -> Call[vad_answers.LabelVad]:
    """Return where a label lies, through what it means."""
    return get("/v1/vad/place", vad_answers.LabelVad, label=label, scheme=scheme)


def place_many(
    labels: Sequence[object], *, scheme: str | None = None
) -> Call[vad_answers.LabelVadAnswer]:
    """Return the same of up to 1,000 labels."""
    return post("/v1/vad/place", vad_answers.LabelVadAnswer, labels=labels, scheme=scheme)


def scales(*, limit: int = 1000, offset: int = 0) -> Call[list[vad_answers.RatingScale]]:
    """Return the rating scales that are known."""
    return get("/v1/vad/scales", list[vad_answers.RatingScale], limit=limit, offset=offset)


def rescale(
    points: Sequence[object], source: str, *, target: str = "-1..1"
) -> Call[Batch[vad_answers.Rescaled]]:
    """Return up to 1,000 ratings on another scale."""
    return post(
        "/v1/vad/rescale", Batch[vad_answers.Rescaled], points=points, source=source, target=target
    )


def vad_series(
    valence: Sequence[float],
    *,
    arousal: Sequence[float] | None = None,
    dominance: Sequence[float] | None = None,
    times: Sequence[float] | None = None,
    scale: str = "-1..1",
    band: float = 0,
    segment: float | None = None,
) -> Call[series.SeriesAnswer]:
    """Return what a series of ratings sums up to."""
    return post(
        "/v1/vad/series",
        series.SeriesAnswer,
        valence=valence,
        arousal=arousal,
        dominance=dominance,
        times=times,
        scale=scale,
        band=band,
        segment=segment,
    )


def vad_agreement(ratings: Mapping[str, Sequence[float]]) -> Call[series.AgreementAnswer]:
    """Return how far raters agree over time, pair by pair."""
    return post("/v1/vad/agreement", series.AgreementAnswer, ratings=ratings)


def vad_of_word(
    word: str,
    *,
    sense: str | None = None,
    source: Sequence[str] | None = None,
    limit: int = 200,
    offset: int = 0,
) -> Call[shapes.Page[shapes.VadValue]]:
    """Return the values of a word, whether or not it names an emotion."""
    return get(
        "/v1/vad/words",
        shapes.Page[shapes.VadValue],
        word=word,
        sense=sense,
        source=source,
        limit=limit,
        offset=offset,
    )


def vad_of_words(
    words: Sequence[object], *, sources: Sequence[str] | None = None
) -> Call[Batch[relations.WordValues]]:
    """Return the values of up to 1,000 words."""
    return post("/v1/vad/words", Batch[relations.WordValues], words=words, sources=sources)


def vad_disagreements(
    *, beyond: float = 0.3, source: Sequence[str] | None = None, limit: int = 200, offset: int = 0
) -> Call[Disagreements]:
    """Return a page of the concepts that two sources place further apart than ``beyond``."""
    return get(
        "/v1/vad/disagreements",
        Disagreements,
        beyond=beyond,
        source=source,
        limit=limit,
        offset=offset,
    )
