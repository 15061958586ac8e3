"""Concepts by valence, arousal and dominance."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api import shapes
from affectgraph.api.answers import NearestAnswer, NearestBody
from affectgraph.api.bodies import Coordinate
from affectgraph.api.handlers import documented
from affectgraph.api.routes.parameters import AnswerLimit
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1/nearest", tags=["nearest"], responses=documented())


@router.get("", summary="Concepts nearest to a point")
def get_nearest(
    services: ServicesDep,
    valence: Annotated[Coordinate, Query(description="-1..1", examples=[-0.8])],
    arousal: Annotated[Coordinate, Query(description="-1..1", examples=[0.4])],
    dominance: Annotated[Coordinate, Query(description="-1..1", examples=[-0.5])],
    limit: AnswerLimit = 5,
    measured_only: Annotated[
        bool, Query(description="Leave out values derived from a branch's mean.")
    ] = True,
) -> list[shapes.Neighbour]:
    """By Euclidean distance over each concept's first value.

    Norms agree on valence and much less on arousal and dominance: a near neighbour is a suggestion.
    """
    found = services.graph.nearest(
        valence, arousal, dominance, limit=limit, measured_only=measured_only
    )
    return shapes.to_neighbours(found)


@router.post("", summary="Concepts nearest to many points")
def post_nearest(services: ServicesDep, body: NearestBody) -> NearestAnswer:
    """As `GET /v1/nearest`, for up to 1,000 points."""
    found = (
        services.graph.nearest(
            point.valence,
            point.arousal,
            point.dominance,
            limit=body.limit,
            measured_only=body.measured_only,
        )
        for point in body.points
    )
    return NearestAnswer(items=[shapes.to_neighbours(neighbours) for neighbours in found])
