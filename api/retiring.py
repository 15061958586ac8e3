"""A server that hands over to another on the same socket without a request that is lost."""

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affectgraph.api.serving import Server, Serving, make_config

KEEP_ALIVE_SECONDS = 5
"""After so long without a request a connection is closed, by every server, retiring or not."""


class Leaving:
    """Asks clients, once it is told to, to send their next request over another connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_leaving = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def last(message: Message) -> None:
            if self.is_leaving and message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"connection", b"close")]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, last)


class RetiringServer(Server):
    """A server that on ``SIGUSR1`` takes no further connection, answers those it has, and ends.

    A connection ends with its next answer, or with the silence that ends any. What others have begun to send
    to it is so never lost.

    :param leaving: the application, in the way to its clients.
    :param started: called when requests are taken.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        leaving: Leaving,
        app: FastAPI,
        serving: Serving,
        started: Callable[[], None],
    ) -> None:
        super().__init__(config, readiness=app.state.readiness, drain_seconds=serving.drain_seconds)
        self._leaving = leaving
        self._started = started
        self._longest = KEEP_ALIVE_SECONDS + serving.grace_seconds
        self._retired_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to take requests, and say so."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, self.retire)
        await super().startup(sockets)
        if self.started:
            self._started()

    def retire(self) -> None:
        """Begin to hand over; a second call does nothing."""
        if self._retired_at is not None:
            return
        self._retired_at = monotonic()
        self._leaving.is_leaving = True
        for server in getattr(self, "servers", ()):
            server.close()

    async def on_tick(self, counter: int) -> bool:
        """Return whether to stop now; asked several times a second."""
        is_told = await super().on_tick(counter)
        return is_told or self._has_retired()

    def _has_retired(self) -> bool:
        if self._retired_at is None:
            return False
        return not self.server_state.connections or monotonic() - self._retired_at > self._longest


def serve_until_retired(
    app: FastAPI, serving: Serving, listener: socket.socket, started: Callable[[], None]
) -> bool:
    """Answer requests that come over a shared socket until told to stop or to retire.

    :param started: called when requests are taken.
    :returns: whether the service could start.
    """
    leaving = Leaving(app)
    config = make_config(leaving, serving, timeout_keep_alive=KEEP_ALIVE_SECONDS)
    server = RetiringServer(config, leaving=leaving, app=app, serving=serving, started=started)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return server.started
