"""Takes requests to ``/sparql`` straight to their handlers.

FastAPI looks through all routes, reads parameters and calls dependencies, which costs several times what a
point query does. The handlers read the protocol's parameters themselves, so :class:`DirectSparql` calls them
itself. The routes in the description of the API are the handlers' own.
"""

from starlette._utils import get_route_path
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from affectgraph.api.services import get_services
from affectgraph.api.sparql import get_sparql, post_sparql

PATH = "/sparql"


class DirectSparql(BaseRoute):
    """A route that has to stand before all others of a router."""

    path = path_format = PATH
    endpoint = staticmethod(get_sparql)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is GET or POST on the path."""
        is_one = (
            scope["type"] == "http"
            and get_route_path(scope) == PATH
            and scope["method"] in {"GET", "POST"}
        )
        if not is_one:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": self.endpoint, "route": self, "path_params": {}}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        services = await get_services(request)
        if scope["method"] == "POST":
            response = await post_sparql(request, services, await request.body())
        else:
            response = await get_sparql(request, services)
        await response(scope, receive, send)
