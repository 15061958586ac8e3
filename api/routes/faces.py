"""Facial actions: FACS codes, and emotions ranked by them."""

from typing import Annotated

from fastapi import APIRouter, Path

from affectgraph.api import shapes
from affectgraph.api.answers import FacialBody, to_ranking
from affectgraph.api.handlers import documented, refuse_get
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1/action-units", tags=["faces"], responses=documented(404))


@router.get("", summary="List the FACS codes", responses=PAGED)
def list_action_units(services: ServicesDep, paging: PageDep) -> shapes.Page[shapes.ActionUnit]:
    """Action units, descriptors, head, eye and gross behaviour codes, sorted by number."""
    return paging.page(shapes.ActionUnit, services.graph.action_units())


router.get("/emotions", include_in_schema=False)(refuse_get)


@router.get("/{code}", summary="One FACS code")
def get_action_unit(
    services: ServicesDep,
    code: Annotated[str, Path(description="Code or number: `AU12`, `12`.", examples=["AU12"])],
) -> shapes.ActionUnit:
    """A FACS code with its name and muscles; `AU06`, `au 6` and `6` are the same."""
    return shapes.ActionUnit.model_validate(services.graph.action_unit(code))


@router.post("/emotions", summary="Rank emotions by facial actions")
def rank_emotions(services: ServicesDep, body: FacialBody) -> shapes.FacialRanking:
    """Concepts by how well the actions fit their best published pattern, with rivals.

    A ranking of evidence about what a face shows, never a verdict about a person: show its `caveat`.
    """
    graph = services.graph
    found = graph.emotions_by_action_units(body.actions, detector=body.detector, limit=body.limit)
    codes = dict.fromkeys(graph.action_unit(name).code for name in body.actions)
    detector = graph.detector(body.detector).name if body.detector is not None else None
    return to_ranking(found, actions=codes, detector=detector)
