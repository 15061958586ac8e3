"""Answers that cannot change, below the routes: an ETag by version, 304 for who has it, and a store.

A hit costs no routing, no validation and no look-up. Only GET (and HEAD, which is GET here) on paths of
``affectgraph.api.immutable`` is touched. Labels that people ask for are part of addresses: they lie in memory
only, in a bounded store, until others take their place or the process ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affectgraph.api.compression import accepts_gzip
from affectgraph.api.immutable import SPARQL, graph_mark, kept_as
from affectgraph.api.requests_seen import current_exchange
from affectgraph.api.response_store import ResponseStore, StoredResponse
from affectgraph.kg.graph import EmotionGraph

CACHE_CONTROL = b"public, max-age=300"
"""Five minutes without a question; from then on a 304 costs next to nothing, and a new graph is seen."""

KEPT = "kept"
"""Stands for the route of a 304 whose answer this process has not given itself."""

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Representation:
    """What decides an answer that cannot change.

    :param mark: of the graph, see :func:`affectgraph.api.immutable.graph_mark`.
    :param accept: the header ``Accept``; None where it does not matter.
    :param is_gzip: whether the client takes gzip.
    """

    mark: str
    path: str
    query: bytes
    accept: bytes | None
    is_gzip: bool

    @property
    def etag(self) -> bytes:
        """The strong entity tag, with its quotation marks."""
        parts = (self.mark, self.path, self.query, self.accept, self.is_gzip)
        return b'"' + blake2b(repr(parts).encode(), digest_size=16).hexdigest().encode() + b'"'

    @property
    def size(self) -> int:
        """Bytes of its texts."""
        return len(self.path) + len(self.query) + len(self.accept or b"") + len(self.mark)

    @property
    def vary(self) -> bytes:
        """Headers of the request that choose among answers."""
        return b"Accept-Encoding" if self.accept is None else b"Accept, Accept-Encoding"


def header(headers: Headers, name: bytes) -> bytes | None:
    """Return the values of a header, joined by commas; None if it is not there.

    >>> header([(b"accept", b"a"), (b"accept", b"b")], b"accept")
    b'a, b'
    """
    found = [value for key, value in headers if key == name]
    return b", ".join(found) if found else None


def has_tag(if_none_match: bytes, etag: bytes) -> bool:
    """Return whether a header ``If-None-Match`` names a tag, strong or weak (RFC 9110, 13.1.2).

    ``*`` is never met: whether there is an answer has to be seen first.

    >>> has_tag(b'"a", W/"b"', b'"b"'), has_tag(b"*", b'"b"')
    (True, False)
    """
    return etag in {part.strip().removeprefix(b"W/") for part in if_none_match.split(b",")}


class ResponseCache:
    """Sends answers that cannot change with an ETag, and again from a store.

    Requests with ``Authorization`` pass by untouched. What decides who may ask, and how often, has to stand
    outside. Several requests that miss at once each do the work.

    :param store: where answers are kept; a limit of 0 leaves the tags.
    """

    def __init__(self, app: ASGIApp, store: ResponseStore) -> None:
        self.app = app
        self.store = store
        self._marked: tuple[EmotionGraph, str | None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the store or by 304 if that can be, else pass the request on and keep the answer."""
        asked = self._representation(scope)
        if asked is None:
            await self.app(scope, receive, send)
            return
        tags = header(scope["headers"], b"if-none-match")
        kept = self.store.get(asked)
        exchange = current_exchange()
        if exchange is not None:
            exchange.route = KEPT if kept is None else kept.route
        if tags is not None and has_tag(tags, asked.etag):
            await _send_not_modified(asked, send)
            return
        if kept is None:
            keeping = _Keeping(self.store, asked, send)
            await self.app(scope, receive, keeping)
            keeping.keep("" if exchange is None else exchange.route)
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
        await send({"type": "http.response.body", "body": kept.body})

    def _representation(self, scope: Scope) -> Representation | None:
        """Return what decides the answer to a request, None if it may not be kept."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        kept = kept_as(path, scope["query_string"])
        headers = scope["headers"]
        if kept is None or header(headers, b"authorization") is not None:
            return None
        if path == SPARQL and _has_users_data(scope):  # which no mark of the graph tells apart
            return None
        mark = self._mark(scope)
        if mark is None:
            return None
        accept = header(headers, b"accept") or b"" if kept.varies else None
        return Representation(mark, path, scope["query_string"], accept, accepts_gzip(headers))

    def _mark(self, scope: Scope) -> str | None:
        """Return the mark of the graph that is served now; None before there is one."""
        services = getattr(scope["app"].state, "services", None)
        if services is None:  # the route says that the service has not started
            return None
        graph = services.graph
        if self._marked is None or self._marked[0] is not graph:
            self._marked = (graph, graph_mark(graph))
        return self._marked[1]


def _has_users_data(scope: Scope) -> bool:
    services = getattr(scope["app"].state, "services", None)
    return services is not None and services.data is not None


async def _send_not_modified(asked: Representation, send: Send) -> None:
    start = {"type": "http.response.start", "status": 304, "headers": list(_tagging(asked))}
    await send(start)
    await send({"type": "http.response.body", "body": b""})


def _tagging(asked: Representation) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers by which others may keep an answer."""
    return (
        (b"etag", asked.etag),
        (b"cache-control", CACHE_CONTROL),
        (b"vary", asked.vary),
    )


class _Keeping:
    """Sends an answer on, tagged if it has status 200, and can keep it once it is whole."""

    def __init__(self, store: ResponseStore, asked: Representation, send: Send) -> None:
        self._store = store
        self._asked = asked
        self._send = send
        self._headers: tuple[tuple[bytes, bytes], ...] | None = None
        self._body: list[bytes] = []
        self._room = store.largest
        self._is_whole = False

    async def __call__(self, message: Message) -> None:
        """Send a message of the answer, with what it needs to be kept by others."""
        if message["type"] == "http.response.start":
            message = self._started(message)
        elif message["type"] == "http.response.body" and self._headers is not None:
            self._collect(message)
        await self._send(message)

    def _started(self, message: Message) -> Message:
        headers = [(key.lower(), value) for key, value in message.get("headers", ())]
        if message["status"] != 200 or not self._is_decided_by_asked(headers):
            return message
        named = {b"etag", b"vary", b"cache-control"}
        self._headers = (
            *((key, value) for key, value in headers if key not in named),
            *_tagging(self._asked),
        )
        return {**message, "headers": list(self._headers)}

    def _is_decided_by_asked(self, headers: Headers) -> bool:
        """Return whether an answer varies by nothing but what it is kept by, and sets nothing."""
        varies = {name.strip().lower() for name in (header(headers, b"vary") or b"").split(b",")}
        known = {b"", *self._asked.vary.lower().split(b", ")}
        return varies <= known and header(headers, b"set-cookie") is None

    def _collect(self, message: Message) -> None:
        """Take a part of the body; drop all of it once it is too large."""
        body = message.get("body", b"")
        self._room -= len(body)
        if self._room < 0:
            self._body.clear()
            return
        self._body.append(body)
        self._is_whole = not message.get("more_body", False)

    def keep(self, route: str) -> None:
        """Put the answer into the store if it has come whole and may be kept.

        :param route: template of the route that gave it.
        """
        if self._is_whole and self._headers is not None:
            kept = StoredResponse(self._headers, b"".join(self._body), route)
            self._store.put(self._asked, kept, key_bytes=self._asked.size)
