"""The application class of the service: FastAPI with what surrounds every answer, to any error too."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from affectgraph.api.access_log import AccessLog
from affectgraph.api.limits import PlainAnswers
from affectgraph.api.metrics_folder import metrics_folder
from affectgraph.api.operation import Operation
from affectgraph.api.paging import TOTAL
from affectgraph.api.readiness import Readiness
from affectgraph.api.representations import LOSSES
from affectgraph.api.requests_seen import REQUEST_ID, NotedRoute, Observer, RequestScope
from affectgraph.ontology.errors import MissingExtraError

EXPOSED = (
    *(REQUEST_ID, "Link", LOSSES, TOTAL, "ETag", "Location", "Allow"),
    *("Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate"),
)
"""Headers that scripts of other sites may read, beside those that browsers show them anyway."""

ASKING = ("GET", "HEAD", "POST")
"""Methods of scripts of any site that may read."""

WRITING = ("PUT", "DELETE")
"""Methods of scripts of sites that an operator names, who may have a key to write."""


class ServiceApp(FastAPI):
    """FastAPI whose outermost layers also see the answers to errors that nobody caught."""

    observers: Sequence[Observer] = ()
    spans: Callable[[ASGIApp], ASGIApp] | None = None
    """Puts the layer that makes spans around an application; None for none."""
    end_tracing: Callable[[], None] = staticmethod(lambda: None)
    """Sends the last spans."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return the layers: id and observers, then headers and HEAD, then what FastAPI builds."""
        app: ASGIApp = PlainAnswers(super().build_middleware_stack())
        return RequestScope(app if self.spans is None else self.spans(app), self.observers)


def operate(app: ServiceApp, operation: Operation) -> None:
    """Give an application without routes its readiness, access log and metrics.

    ``app.state.readiness`` is the :class:`Readiness`; the lifespan has to begin and stop it.
    ``app.state.reporting`` gives an asynchronous context manager that the lifespan has to be within.

    :raises MissingExtraError: if metrics or spans are asked for and their package is missing.
    """
    app.state.readiness = Readiness()
    app.state.reporting = nullcontext
    observers: list[Observer] = [AccessLog(client=operation.log_client)]
    if operation.metrics:
        observers.append(_add_metrics(app))
    app.observers = observers
    if operation.tracing:
        _add_tracing(app)
    app.add_middleware(NotedRoute)


def add_cors(app: FastAPI, operation: Operation) -> None:
    """Let scripts of the sites that an operator allows read answers, and of those that he names write.

    It stands outside what keeps answers, as its headers differ by site.
    """
    if operation.cors_origins:
        all_may = "*" in operation.cors_origins
        app.add_middleware(
            CORSMiddleware,
            allow_origins=operation.cors_origins,
            allow_methods=ASKING if all_may else (*ASKING, *WRITING),
            allow_headers=["*"],
            expose_headers=EXPOSED,
        )


def _add_tracing(app: ServiceApp) -> None:
    try:
        from affectgraph.api.tracing import Traced, open_provider

        provider, app.end_tracing = open_provider()
    except ModuleNotFoundError as error:
        raise MissingExtraError("otel", feature="--otel") from error
    app.spans = lambda inner: Traced(inner, provider)


def _add_metrics(app: FastAPI) -> Observer:
    try:
        from affectgraph.api.metrics import Metrics, ServiceCollector
    except ModuleNotFoundError as error:
        raise MissingExtraError("metrics", feature="/metrics") from error

    def part(name: str) -> Callable[[], Any]:
        return lambda: getattr(app.state, name, None)

    parts = ServiceCollector(part("services"), part("responses"))
    folder = metrics_folder()
    if folder is None:
        metrics = Metrics(parts)
    else:
        from affectgraph.api.shared_metrics import SharedMetrics

        metrics = SharedMetrics(parts, folder)
        app.state.reporting = metrics.published

    # Not in a thread: the queue it reads belongs to the event loop.
    async def get_metrics(request: Request) -> Response:
        content, media_type = metrics.render(request.headers.get("accept", ""))
        return Response(content, headers={"content-type": media_type})

    app.add_api_route("/metrics", get_metrics, include_in_schema=False)
    return metrics
