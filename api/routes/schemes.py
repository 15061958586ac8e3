"""Label schemes of data sets and theories, how one is said in another, and the sources of it all."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from affectgraph.api import shapes
from affectgraph.api.annotations import require_text
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.crossings import Crosswalk, CrosswalkBody, crosswalk_of
from affectgraph.api.handlers import documented, refuse_get
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1", responses=documented(404))


@router.get("/schemes", summary="List the label schemes", responses=PAGED, tags=["schemes"])
def list_schemes(services: ServicesDep, paging: PageDep) -> shapes.Page[shapes.SchemeName]:
    """Closed sets of labels, sorted by name."""
    return paging.page(shapes.SchemeName, services.graph.schemes())


router.get("/schemes/detect", include_in_schema=False)(refuse_get)


@router.get("/schemes/{name}", summary="One scheme with its labels", tags=["schemes"])
def get_scheme(
    services: ServicesDep,
    name: Annotated[str, Path(description="Name of the scheme.", examples=["ekman-6"])],
) -> shapes.Scheme:
    """A scheme's labels in its own order, each with the concepts it stands for."""
    return shapes.Scheme.model_validate(services.graph.scheme(name))


@router.get("/crosswalk", summary="Say one scheme in another", tags=["schemes"])
def get_crosswalk(
    services: ServicesDep,
    source: Annotated[str, Query(description="Scheme of the labels.", examples=["meld"])],
    target: Annotated[str, Query(description="Scheme to say them in.", examples=["ekman-6"])],
) -> Crosswalk:
    """For each label of `source` the labels of `target` that come nearest, and what is lost."""
    return crosswalk_of(services.graph, source, target)


@router.post("/crosswalk", summary="Say one scheme in many", tags=["schemes"])
def post_crosswalks(services: ServicesDep, body: CrosswalkBody) -> Batch[Crosswalk]:
    """As `GET /v1/crosswalk`, for up to 100 schemes; an unknown one has its error at its place."""
    source = services.graph.scheme(body.source).name
    return answer_each(
        Crosswalk,
        body.targets,
        lambda target: crosswalk_of(services.graph, source, require_text(target)),
    )


@router.get("/sources", summary="List the sources", responses=PAGED, tags=["sources"])
def list_sources(services: ServicesDep, paging: PageDep) -> shapes.Page[shapes.Source]:
    """Publications, data sets and tools that facts come from, sorted by id."""
    return paging.page(shapes.Source, services.graph.sources())


@router.get("/sources/{id}", summary="One source", tags=["sources"])
def get_source(
    services: ServicesDep,
    id_: Annotated[
        str, Path(alias="id", description="Id of the source.", examples=["parrott-2001"])
    ],
) -> shapes.Source:
    """A source with its citation, and the licence of what is taken from it."""
    return shapes.Source.model_validate(services.graph.source(id_))
