"""Runs the service on uvicorn: logs, proxies, and an end that load balancers see coming."""

import logging.config
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from affectgraph.api.access_log import LogFormat, LogLevel, logging_config
from affectgraph.api.process_signals import FAILED
from affectgraph.api.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how a service listens.

    :param root_path: path below which a proxy, which takes it away, makes the service reachable.
    :param forwarded_allow_ips: addresses of proxies whose ``X-Forwarded-*`` count, with commas between
        them, or ``*``; those of uvicorn if None.
    :param drain_seconds: after a signal to stop, how long requests are still taken while ``/readyz``
        says 503.
    :param grace_seconds: how long requests under way may go on after that.
    """

    host: str
    port: int
    root_path: str = ""
    forwarded_allow_ips: str | None = None
    log_format: LogFormat = "text"
    log_level: LogLevel = "info"
    drain_seconds: float = 0.0
    grace_seconds: float = 10.0


class Server(uvicorn.Server):
    """A server that says it is not ready once it is told to stop, and goes on for a while.

    A second signal ends that while at once.

    :param clock: seconds.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        readiness: Readiness,
        drain_seconds: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._drain_seconds = drain_seconds
        self._clock = clock
        self._until: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self._readiness.stop()
        is_first = self._until is None
        self._until = self._clock() + (self._drain_seconds if is_first else 0)
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Return whether to stop now; asked several times a second."""
        is_told = await super().on_tick(counter)
        return is_told and (self._until is None or self._clock() >= self._until)


def make_config(app: ASGIApp, serving: Serving, *, timeout_keep_alive: int = 5) -> uvicorn.Config:
    """Return the configuration of a server.

    :param timeout_keep_alive: seconds after which a silent connection is closed.
    """
    return uvicorn.Config(
        app,
        host=serving.host,
        port=serving.port,
        root_path=serving.root_path,
        forwarded_allow_ips=serving.forwarded_allow_ips,
        log_config=None,
        log_level=serving.log_level,
        access_log=False,
        server_header=False,
        timeout_keep_alive=timeout_keep_alive,
        timeout_graceful_shutdown=serving.grace_seconds,  # type: ignore[arg-type]  # waits for a float, too
    )


def make_server(app: FastAPI, serving: Serving) -> Server:
    """Return the server of an application, which has to be one of :func:`affectgraph.api.app.create_app`."""
    config = make_config(app, serving)
    return Server(config, readiness=app.state.readiness, drain_seconds=serving.drain_seconds)


def configure_logs(serving: Serving) -> None:
    """Let logs of the process go to stderr from now on."""
    logging.config.dictConfig(logging_config(serving.log_format, serving.log_level))


def run(app: FastAPI, serving: Serving) -> None:
    """Answer requests until stopped by a signal; logs of the process go to stderr from now on.

    :raises SystemExit: if the service could not start.
    """
    configure_logs(serving)
    server = make_server(app, serving)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(FAILED)
