"""Label schemes of data sets and theories, how one is said in another, and the sources of it all."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from affectgraph.api import shapes
from affectgraph.api.crossings import Crosswalk, to_crosswalk
from affectgraph.api.handlers import documented, refuse_get
from affectgraph.api.routes.parameters import Offset, PageLimit
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1", responses=documented(404))


@router.get("/schemes", summary="List the label schemes", tags=["schemes"])
def list_schemes(
    services: ServicesDep, limit: PageLimit = 200, offset: Offset = 0
) -> shapes.Page[shapes.SchemeName]:
    """Closed sets of labels, sorted by name."""
    return shapes.to_page(shapes.SchemeName, services.graph.schemes(), limit, offset)


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
    return to_crosswalk(
        services.graph.crosswalk_summary(source, target), services.graph.crosswalk(source, target)
    )


@router.get("/sources", summary="List the sources", tags=["sources"])
def list_sources(
    services: ServicesDep, limit: PageLimit = 200, offset: Offset = 0
) -> shapes.Page[shapes.Source]:
    """Publications, data sets and tools that facts come from, sorted by id."""
    return shapes.to_page(shapes.Source, services.graph.sources(), limit, offset)


@router.get("/sources/{id}", summary="One source", tags=["sources"])
def get_source(
    services: ServicesDep,
    id_: Annotated[
        str, Path(alias="id", description="Id of the source.", examples=["parrott-2001"])
    ],
) -> shapes.Source:
    """A source with its citation, and the licence of what is taken from it."""
    return shapes.Source.model_validate(services.graph.source(id_))
