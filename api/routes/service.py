"""Whether the service works, and which version it is."""

from typing import Literal

from fastapi import APIRouter

from affectgraph.api import shapes
from affectgraph.api.handlers import documented
from affectgraph.api.services import ServicesDep
from affectgraph.api.versions import to_version
from affectgraph.ontology.errors import BackendError

router = APIRouter(tags=["service"], responses=documented())


class Health(shapes.Shape):
    """The graph answers."""

    status: Literal["ok"]
    graph: str
    """Version of the graph."""
    model: str | None = None
    """Name of the language model, which is not asked; null without one."""


@router.get("/v1/version", summary="Versions of code and graph")
def get_version(services: ServicesDep) -> shapes.Version:
    """Cite both when you publish what the service answered."""
    return to_version(services.graph, model=services.model_name)


@router.get("/healthz", summary="Whether the graph answers")
def get_health(services: ServicesDep) -> Health:
    """200 once the graph is loaded and its store answers a query, 503 otherwise."""
    question = "PREFIX owl: <http://www.w3.org/2002/07/owl#> ASK { ?ontology a owl:Ontology }"
    if not services.graph.sparql(question):
        raise BackendError("the store is empty.", backend=services.graph.store.name, retryable=True)
    return Health(status="ok", graph=services.graph.version, model=services.model_name)
