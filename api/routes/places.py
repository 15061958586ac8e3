"""Places in VAD space and what lies there, the places of labels, rating scales, values over time."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api import series_answers as series
from affectgraph.api import vad_answers as shapes
from affectgraph.api.batches import Batch, answer_each, read_item
from affectgraph.api.handlers import documented
from affectgraph.api.paging import PAGED, PartDep
from affectgraph.api.services import ServicesDep
from affectgraph.kg.scales import scale

router = APIRouter(prefix="/v1/vad", tags=["vad"], responses=documented(404, 413))


@router.post("/link", summary="Concepts at points and in regions")
def post_link(services: ServicesDep, body: shapes.LinkBody) -> Batch[shapes.PlaceMatches]:
    """Concepts by their distance in standard deviations of their ratings, nearest first.

    Norms agree on valence and much less on arousal and dominance: a near concept is a suggestion.
    """
    shapes.require_few_ellipsoids(body.places)

    def answer(item: object) -> shapes.PlaceMatches:
        region = read_item(shapes.Place, item).region()
        found = services.places.link(
            region, limit=body.limit, measured_only=body.measured_only, by=body.by
        )
        return shapes.PlaceMatches(matches=tuple(map(shapes.to_match, found)))

    return answer_each(shapes.PlaceMatches, body.places, answer)


@router.get("/place", summary="Where a label lies")
def get_place(
    services: ServicesDep,
    label: Annotated[
        str, Query(description="What a model or data set says.", examples=["furious"])
    ],
    scheme: Annotated[str | None, Query(description="Name of the scheme the label is of.")] = None,
) -> shapes.LabelVad:
    """Valence, arousal and dominance of a label through what it means, with the values it rests on."""
    return shapes.to_label_vad(services.places.place(label, scheme=scheme))


@router.post("/place", summary="Where many labels lie")
def post_place(services: ServicesDep, body: shapes.LabelsBody) -> shapes.LabelVadAnswer:
    """As `GET /v1/vad/place`, for up to 1,000 labels."""
    if body.scheme is not None:
        services.graph.scheme(body.scheme)
    found = (services.places.place(label, scheme=body.scheme) for label in body.labels)
    return shapes.LabelVadAnswer(items=[shapes.to_label_vad(place) for place in found])


@router.get("/scales", summary="List the rating scales", responses=PAGED)
def list_scales(services: ServicesDep, paging: PartDep) -> list[shapes.RatingScale]:
    """Scales on which valence, arousal and dominance are published, with data sets that use them."""
    return list(paging.part(shapes.rating_scales()))


@router.post("/rescale", summary="Say ratings on another scale")
def post_rescale(services: ServicesDep, body: shapes.RescaleBody) -> Batch[shapes.Rescaled]:
    """Linear between the ends of the scales; flipped arousal is turned round."""
    for name in (body.source, body.target):
        scale(name)

    def answer(item: object) -> shapes.Rescaled:
        point = read_item(shapes.RatedPoint, item)
        return shapes.rescale(point, body.source, body.target)

    return answer_each(shapes.Rescaled, body.points, answer)


@router.post("/series", summary="Values over time")
def post_series(services: ServicesDep, body: series.SeriesBody) -> series.SeriesAnswer:
    """Mean, spread, extremes, slope and octants of a series; concepts of its segments if asked for."""
    return series.answer_series(services.places, body)


@router.post("/agreement", summary="Agreement of raters over time")
def post_agreement(services: ServicesDep, body: series.AgreementBody) -> series.AgreementAnswer:
    """Lin's concordance correlation, Pearson's r and the root mean squared error, of all pairs."""
    return series.answer_agreement(body)
