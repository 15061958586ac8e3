"""How a handler of the web service asks for the graph and what works on it."""

from typing import Annotated

from fastapi import Depends, Request

from affectgraph.api.graph_services import Services
from affectgraph.ontology.errors import BackendError

__all__ = ["Services", "ServicesDep", "get_services"]


async def get_services(request: Request) -> Services:
    """Return the services of the application that handles a request.

    :raises BackendError: if the graph is not loaded yet.
    """
    services: Services | None = getattr(request.app.state, "services", None)
    if services is None:
        raise BackendError(
            "expected a graph that is loaded, got one that is not yet.",
            backend="service",
            retryable=True,
        )
    return services


ServicesDep = Annotated[Services, Depends(get_services)]
"""Parameter type of a handler that needs the graph."""
