"""Takes plain requests to ``/sparql`` straight to their handlers.

FastAPI looks through all routes, reads and checks each parameter and calls dependencies, which costs several
times what a point query does. Of a request in the usual form nothing of that changes what the handlers are
given, so :class:`DirectSparql` calls them itself; any other request goes the long way. The routes in the
description of the API are the handlers' own.
"""

from typing import Any
from urllib.parse import parse_qsl

from starlette._utils import get_route_path
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from affectgraph.api.services import get_services
from affectgraph.api.sparql import get_sparql, post_sparql

PATH = "/sparql"

_LISTS = {"default-graph-uri": "default_graph_uri", "named-graph-uri": "named_graph_uri"}
_PASSED = "affectgraph.not_direct"


class DirectSparql(BaseRoute):
    """A route that has to stand before all others of a router."""

    path = path_format = PATH
    endpoint = staticmethod(get_sparql)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is one to try: GET or POST on the path, for the first time."""
        is_one = (
            scope["type"] == "http"
            and get_route_path(scope) == PATH
            and scope["method"] in {"GET", "POST"}
            and _PASSED not in scope
        )
        if not is_one:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": self.endpoint, "route": self, "path_params": {}}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on to the routes behind this one."""
        request = Request(scope, receive)
        if scope["method"] == "POST":
            services = await get_services(request)
            response = await post_sparql(request, services, await request.body())
        else:
            arguments = plain_arguments(scope["query_string"])
            if arguments is None:
                await scope["router"]({**scope, _PASSED: True}, receive, send)
                return
            response = await get_sparql(request, await get_services(request), **arguments)
        await response(scope, receive, send)


def plain_arguments(query_string: bytes) -> dict[str, Any] | None:
    """Return the arguments of ``get_sparql`` in a query string with one query, None for any other.

    >>> plain_arguments(b"query=ASK+%7B%7D&default-graph-uri=urn:a")
    {'query': 'ASK {}', 'default_graph_uri': ['urn:a']}
    >>> plain_arguments(b"query=ASK+%7B%7D&query=x"), plain_arguments(b"")
    (None, None)
    """
    found: dict[str, Any] = {}
    for name, value in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True):
        if name in _LISTS:
            found.setdefault(_LISTS[name], []).append(value)
        elif name == "query" and "query" not in found:
            found["query"] = value
        else:
            return None
    return found if "query" in found else None
