"""Whether the service works, and which version it is."""

from fastapi import APIRouter

from affectgraph.api import shapes
from affectgraph.api.handlers import documented
from affectgraph.api.services import ServicesDep
from affectgraph.api.versions import to_version
from affectgraph.ontology.errors import BackendError

router = APIRouter(tags=["service"], responses=documented())


@router.get("/v1/version", summary="Versions of code and graph")
def get_version(services: ServicesDep) -> shapes.Version:
    """Cite both when you publish what the service answered."""
    return to_version(services.graph)


@router.get("/healthz", summary="Whether the graph answers")
def get_health(services: ServicesDep) -> shapes.Health:
    """200 once the graph is loaded and its store answers a query, 503 otherwise."""
    question = "PREFIX owl: <http://www.w3.org/2002/07/owl#> ASK { ?ontology a owl:Ontology }"
    if not services.graph.sparql(question):
        raise BackendError("the store is empty.", backend=services.graph.store.name, retryable=True)
    return shapes.Health(status="ok", graph=services.graph.version)
