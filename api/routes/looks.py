"""Faces that look alike, FACS codes by the dozen, and what detectors can report."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from affectgraph.api import relation_answers as answers
from affectgraph.api import shapes
from affectgraph.api.around_answers import Detector, to_detector
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented, refuse_get
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.services import ServicesDep
from affectgraph.ontology.errors import InputError

router = APIRouter(prefix="/v1", tags=["faces"], responses=documented(404, 413))


@router.get("/faces/confusable", summary="Emotions whose faces look alike", responses=PAGED)
def list_confusable(
    services: ServicesDep,
    paging: PageDep,
    concept: Annotated[
        str | None, Query(description="Only pairs with this concept.", examples=["contempt"])
    ] = None,
) -> shapes.Page[answers.Confusion]:
    """Pairs of concepts of which published facial patterns are nested or equal, with the caveat."""
    return paging.page(answers.Confusion, services.graph.confusable(concept))


@router.get("/faces/deciding", summary="Facial actions that tell two emotions apart")
def get_deciding(
    services: ServicesDep,
    first: Annotated[str, Query(description="Name of the one.", examples=["fear"])],
    second: Annotated[str, Query(description="Name of the other.", examples=["surprise"])],
    detector: Annotated[
        str | None,
        Query(
            description="Tool to say of each action whether it can report it.", examples=["disfa"]
        ),
    ] = None,
    more_than: Annotated[
        float,
        Query(ge=0, lt=1, description="Only actions that more of a concept's patterns ask for."),
    ] = 0.5,
) -> answers.Comparison:
    """Actions that one concept's published patterns ask for and the other's never name, with the caveat."""
    found = services.graph.deciding_units(first, second, detector=detector, more_than=more_than)
    return answers.Comparison.model_validate(found)


@router.post("/action-units/batch", summary="Many FACS codes")
def post_action_units(services: ServicesDep, body: answers.CodesBody) -> Batch[shapes.ActionUnit]:
    """Up to 1,000 FACS codes or numbers; an unknown one has its error at its place."""

    def answer(code: object) -> shapes.ActionUnit:
        if isinstance(code, bool) or not isinstance(code, str | int):
            raise InputError(f"Expected a FACS code or number, got {code!r:.120}.")
        return shapes.ActionUnit.model_validate(services.graph.action_unit(code))

    return answer_each(shapes.ActionUnit, body.codes, answer)


router.get("/action-units/batch", include_in_schema=False)(refuse_get)


@router.get("/detectors", summary="List the detectors", responses=PAGED)
def list_detectors(services: ServicesDep, paging: PageDep) -> shapes.Page[Detector]:
    """Outputs of tools that read faces, and the FACS codes each can report."""
    return paging.page(Detector, [to_detector(d) for d in services.graph.index.detectors])


@router.get("/detectors/{name}", summary="One detector")
def get_detector(
    services: ServicesDep,
    name: Annotated[
        str, Path(description="Start of a tool's name, in any case.", examples=["openface"])
    ],
) -> Detector:
    """The output of the tool that reports most."""
    return to_detector(services.graph.detector(name))
