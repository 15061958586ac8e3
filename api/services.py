"""How a handler of the web service asks for the graph and what works on it."""

from typing import Annotated

from fastapi import Depends, Request

from affectgraph.api.graph_services import Services

__all__ = ["Services", "ServicesDep", "get_services"]


async def get_services(request: Request) -> Services:
    """Return the services of the application that handles a request."""
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(get_services)]
"""Parameter type of a handler that needs the graph."""
