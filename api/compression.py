"""Compresses answers with gzip for clients that take it."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

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
    """Sends bodies of :data:`MINIMUM_BYTES` and more with gzip, streams of events never.

    Starlette's middleware compresses; it looks for the letters "gzip" alone, so it is shown the header as
    :func:`accepts_gzip` reads it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = GZipMiddleware(app, minimum_size=MINIMUM_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and compress its answer."""
        if scope["type"] == "http":
            others = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
            taken = [(b"accept-encoding", b"gzip")] if accepts_gzip(scope["headers"]) else []
            scope = {**scope, "headers": [*others, *taken]}
        await self.app(scope, receive, send)
