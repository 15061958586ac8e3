"""What is known of each request while it is answered: its id, route and outcome, as ASGI middleware.

:class:`RequestScope` stands outside everything else, so that every answer has an ``X-Request-Id``, those to
errors nobody caught among them. :class:`NotedRoute` stands next to the router and keeps the template of the
route: paths hold what users sent, templates do not.
"""

import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-Id"
"""The header in which an id comes in and goes out."""

UNMATCHED = "unmatched"
"""Stands for the route of requests that none takes."""

_HEADER = REQUEST_ID.lower().encode()
_SAFE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:=+/-]{0,127}")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_KEY = "affectgraph.exchange"


@dataclass(slots=True)
class Exchange:
    """A request and what became of it; filled while it is answered, by the task that answers it."""

    request_id: str
    """As in the header ``X-Request-Id`` of the answer."""
    method: str
    """As the client sent it, ``OTHER`` if HTTP has no such method."""
    client: str | None
    """Address of the client, None if the server does not know it."""
    root_path: str
    """Path below which the service is reached, without a slash at the end; empty for none."""
    route: str = UNMATCHED
    """Template of the route, such as ``/v1/emotions/{name}``."""
    problem: str | None = None
    """Name of the kind of problem that was answered; None if none was."""
    key: str | None = None
    """Id of the key that was sent; None if none that is known was."""
    status: int | None = None
    """HTTP status; None if no answer was begun."""
    bytes_sent: int = 0
    """Bytes of the answer's body."""
    is_complete: bool = False
    """Whether the answer was sent to its end."""
    seconds: float = 0.0
    """From the request's head to the answer's end; set at the end."""


class Observer(Protocol):
    """Is told of every request; must be quick, raise nothing and keep no exchange."""

    def began(self) -> None:
        """Take note that a request has come."""

    def ended(self, exchange: Exchange) -> None:
        """Take note of how it went."""


_current: ContextVar[Exchange | None] = ContextVar("affectgraph_exchange", default=None)


def current_exchange() -> Exchange | None:
    """Return the request that this task, or a thread working for it, answers; None outside of one."""
    return _current.get()


def request_id(scope: Scope) -> str:
    """Return the id a request came with, or a new one if it has none that is safe to repeat.

    Safe are 1 to 128 letters, digits and ``._:=+/-``, the first a letter or digit, sent once.

    >>> request_id({"headers": [(b"x-request-id", b"a-1")]})
    'a-1'
    """
    given = [value for name, value in scope["headers"] if name == _HEADER]
    if len(given) == 1 and _SAFE.fullmatch(given[0]):
        return str(given[0].decode("ascii"))
    return uuid4().hex


class RequestScope:
    """Gives every request an :class:`Exchange` and an id, and tells observers how it went.

    :param observers: told in order. A request that the server cancels has ended, too.
    """

    def __init__(self, app: ASGIApp, observers: Sequence[Observer] = ()) -> None:
        self.app = app
        self.observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its id in the head of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _exchange(scope)
        header = (_HEADER, exchange.request_id.encode("ascii"))

        async def observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), header]}
            elif message["type"] == "http.response.body":
                exchange.bytes_sent += len(message.get("body", b""))
                exchange.is_complete = not message.get("more_body", False)
            await send(message)

        # Never reset: the server logs an error of this task after it has left this function.
        _current.set(exchange)
        for observer in self.observers:
            observer.began()
        start = perf_counter()
        try:
            await self.app({**scope, _KEY: exchange}, receive, observed)
        finally:
            exchange.seconds = perf_counter() - start
            for observer in self.observers:
                observer.ended(exchange)


def _exchange(scope: Scope) -> Exchange:
    client = scope.get("client")
    return Exchange(
        request_id=request_id(scope),
        method=scope["method"] if scope["method"] in _METHODS else "OTHER",
        client=client[0] if client else None,
        root_path=scope.get("root_path", "").rstrip("/"),
    )


class NotedRoute:
    """Keeps the template of the route that took a request in its :class:`Exchange`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the router below writes into its scope which route took it."""
        try:
            await self.app(scope, receive, send)
        finally:
            exchange = scope.get(_KEY)
            if exchange is not None:
                exchange.route = _template(scope)


def _template(scope: Scope) -> str:
    endpoint = scope.get("endpoint")
    if endpoint is None:
        return UNMATCHED
    # FastAPI names its routes in the scope, Starlette's own (/openapi.json) are found by what they call.
    routes = [scope["route"]] if "route" in scope else scope["router"].routes
    found = (r.path for r in routes if getattr(r, "endpoint", None) is endpoint)
    return str(next(found, UNMATCHED))
