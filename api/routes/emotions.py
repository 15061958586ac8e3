"""Emotions of the tree and states outside it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from affectgraph.api import shapes
from affectgraph.api.handlers import documented
from affectgraph.api.paging import PAGED, PageDep, PartDep
from affectgraph.api.routes.parameters import ConceptPath, OriginsQuery
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1", tags=["emotions"], responses=documented(404))

Tier = Literal["primary", "secondary", "tertiary"]


@router.get("/emotions", summary="List the emotions of the tree", responses=PAGED)
def list_emotions(
    services: ServicesDep,
    paging: PageDep,
    tier: Annotated[Tier | None, Query(description="Only this tier.", examples=["primary"])] = None,
    primary: Annotated[
        str | None, Query(description="Only this primary's branch, itself included.")
    ] = None,
) -> shapes.Page[shapes.Concept]:
    """Parrott's tree, sorted by path: 6 primary, 25 secondary and 106 tertiary emotions."""
    found = services.graph.emotions(tier=tier, primary=primary)
    return paging.page(shapes.Concept, found)


@router.get("/states", summary="List the states outside the tree", responses=PAGED)
def list_states(services: ServicesDep, paging: PageDep) -> shapes.Page[shapes.Concept]:
    """States that data sets label and the tree has no place for: `neutral`, `trust`, `boredom`."""
    return paging.page(shapes.Concept, services.graph.states())


@router.get("/emotions/{name:path}/path", summary="Path from the primary down", responses=PAGED)
def get_path(services: ServicesDep, name: ConceptPath, paging: PartDep) -> list[shapes.Concept]:
    """The concepts from the primary emotion down to the one named; empty for a state."""
    return [shapes.Concept.model_validate(c) for c in paging.part(services.graph.path(name))]


@router.get("/emotions/{name:path}/narrower", summary="Children in the tree", responses=PAGED)
def get_narrower(services: ServicesDep, name: ConceptPath, paging: PartDep) -> list[shapes.Concept]:
    """The concepts one tier below, sorted by slug."""
    return [shapes.Concept.model_validate(c) for c in paging.part(services.graph.narrower(name))]


@router.get("/emotions/{name:path}/broader", summary="Parent in the tree")
def get_broader(services: ServicesDep, name: ConceptPath) -> shapes.Concept | None:
    """The concept one tier above; null for a primary emotion or a state."""
    found = services.graph.broader(name)
    return None if found is None else shapes.Concept.model_validate(found)


@router.get("/emotions/{name:path}/opposites", summary="Opposites by theory", responses=PAGED)
def get_opposites(
    services: ServicesDep, name: ConceptPath, paging: PartDep
) -> list[shapes.Association]:
    """What theories call the opposite; both may still be felt together."""
    return [
        shapes.Association.model_validate(a) for a in paging.part(services.graph.opposites(name))
    ]


@router.get("/emotions/{name:path}/vad", summary="Valence, arousal, dominance", responses=PAGED)
def get_vad(
    services: ServicesDep, name: ConceptPath, paging: PartDep, source: OriginsQuery = None
) -> list[shapes.VadValue]:
    """Values on -1..1 by source, measured ones first; empty if there are none."""
    found = services.graph.vad(name, sources=source)
    return [shapes.to_vad(value) for value in paging.part(found)]


@router.get(
    "/emotions/{name:path}/action-units", summary="Published facial patterns", responses=PAGED
)
def get_patterns(services: ServicesDep, name: ConceptPath, paging: PartDep) -> list[shapes.Pattern]:
    """FACS patterns that sources publish for the emotion; empty if there are none."""
    return [shapes.Pattern.model_validate(p) for p in paging.part(services.graph.patterns(name))]


@router.get("/emotions/{name:path}", summary="One emotion or state")
def get_emotion(services: ServicesDep, name: ConceptPath) -> shapes.Concept:
    """A concept with its definition and its place in the tree."""
    return shapes.Concept.model_validate(services.graph.concept(name))
