"""Whether the service is alive and ready, and which version it is."""

from fastapi import APIRouter, Depends, Request

from affectgraph.api import shapes
from affectgraph.api.handlers import documented
from affectgraph.api.remote_queries import answers
from affectgraph.api.services import ServicesDep
from affectgraph.api.versions import Health, Ready, to_version
from affectgraph.ontology.errors import BackendError

router = APIRouter(tags=["service"], responses=documented())


@router.get("/v1/version", summary="Versions of code and graph")
def get_version(services: ServicesDep) -> shapes.Version:
    """Cite both when you publish what the service answered."""
    return to_version(services.graph, model=services.model_name)


@router.get("/healthz", summary="Whether the service is alive")
def get_health(services: ServicesDep) -> Health:
    """200 as long as the process answers; it asks no store and no model. For restarts, not for routing."""
    return Health(status="ok", graph=services.graph.version, model=services.model_name)


async def _require_ready(request: Request) -> None:
    request.app.state.readiness.require()


@router.get(
    "/readyz", summary="Whether the service takes requests", dependencies=[Depends(_require_ready)]
)
def get_ready(services: ServicesDep) -> Ready:
    """200 once the graph is read and its store answers a query, 503 before it and while the service stops."""
    if not answers(services.graph.store):
        raise BackendError("the store is empty.", backend=services.graph.store.name, retryable=True)
    return Ready(status="ready", graph=services.graph.version)
