"""Compresses answers with gzip for clients that take it."""

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affectgraph.api.pieces import in_pieces

MINIMUM_BYTES = 1024
"""Bodies below are sent as they are."""

LEVEL = 6
"""Of zlib, its own default; 9 takes longer and gains a percent of such texts."""

Headers = list[tuple[bytes, bytes]]


def accepts_gzip(headers: Headers) -> bool:
    """Return whether a request's headers take gzip: named, or by ``*``, with a quality above 0.

    No header takes nothing: who wants gzip says so.

    >>> accepts_gzip([(b"accept-encoding", b"br, gzip;q=0.8")])
    True
    >>> accepts_gzip([(b"accept-encoding", b"gzip;q=0, *")])
    False
    """
    text = ",".join(v.decode("latin-1") for k, v in headers if k == b"accept-encoding").lower()
    if not text:
        return False
    qualities = dict(_coding(part) for part in text.split(","))
    named = qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0)))
    return named > 0


def _coding(part: str) -> tuple[str, float]:
    """Return a coding with its quality, 0 if that is no number."""
    name, _, rest = part.partition(";")
    key, _, value = rest.partition("=")
    if key.strip() != "q":
        return name.strip(), 1.0
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), 0.0


class Compression:
    """Sends bodies of :data:`MINIMUM_BYTES` and more with gzip, events never, and long bodies in pieces.

    Starlette's middleware compresses, what is long on a thread; it looks for the letters "gzip" alone, so
    it is shown the header as :func:`accepts_gzip` reads it. Who takes no gzip never gets there, which costs
    less, but is told by ``Vary`` that others may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=MINIMUM_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and compress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = in_pieces(send)
        others = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        if accepts_gzip(scope["headers"]):
            taken = {**scope, "headers": [*others, (b"accept-encoding", b"gzip")]}
            await self.compressing(taken, receive, send)
            return

        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell_of_gzip(message)
            await send(message)

        await self.app({**scope, "headers": others}, receive, varying)


def _tell_of_gzip(start: Message) -> None:
    """Add ``Vary`` to the start of an answer that another client would be sent with gzip."""
    headers = start.setdefault("headers", [])
    known = {name.lower(): value for name, value in headers}
    is_stream = known.get(b"content-type", b"").startswith(b"text/event-stream")
    if is_stream or b"content-encoding" in known or _is_small(known):
        return
    MutableHeaders(raw=headers).add_vary_header("Accept-Encoding")


def _is_small(headers: dict[bytes, bytes]) -> bool:
    """Return whether a body is known to be below :data:`MINIMUM_BYTES`."""
    length = headers.get(b"content-length", b"")
    return length.isdigit() and int(length) < MINIMUM_BYTES
