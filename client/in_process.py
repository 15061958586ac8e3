"""Asks an application of this process, for tests and examples: no socket, no thread of a server."""

from contextlib import ExitStack
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal


class InProcessTransport(httpx.BaseTransport):
    """A transport of httpx to an ASGI application in this process.

    The application's start-up is not run: give it what it serves, as in ``create_app(graph)``. Close it, or
    the client that it was given to: the thread of its loop keeps the process alive.

    :param app: the application.
    """

    def __init__(self, app: Any) -> None:
        self._transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._open = ExitStack()
        self._portal = self._open.enter_context(start_blocking_portal())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the application's answer to a request, whole."""
        return self._portal.call(self._answer, request)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        found = await self._transport.handle_async_request(request)
        if not isinstance(found.stream, httpx.AsyncByteStream):
            raise TypeError(f"Expected a response whose parts are awaited, got {found.stream!r}.")
        content = b"".join([part async for part in found.stream])
        return httpx.Response(found.status_code, headers=found.headers, content=content)

    def close(self) -> None:
        """End the loop that the application runs on."""
        self._open.close()
