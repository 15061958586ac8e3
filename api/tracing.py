"""Spans of requests for OpenTelemetry, without anything that a user sent. Needs the extra ``otel``.

Names and attributes are those of the semantic conventions for HTTP servers (stable since 1.23), but for the
path and the query, which hold what users sent: the template of the route stands for both. Errors are named by
their kind. Where spans go, and how many are kept, the variables ``OTEL_...`` of the SDK say.
"""

import os
from collections.abc import Callable

from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Receive, Scope, Send

from affectgraph.api.requests_seen import UNMATCHED, Exchange, current_exchange
from affectgraph.ontology.version import VERSION

REQUEST_ID = "affectgraph.request_id"
"""Attribute with the id that log and problems have, too."""

_PROPAGATED = frozenset({b"traceparent", b"tracestate"})
_propagator = TraceContextTextMapPropagator()


def open_provider() -> tuple[TracerProvider, Callable[[], None]]:
    """Return what sends spans by OTLP over HTTP, in the background, and what sends the last and ends it.

    The service is named ``affectgraph`` unless ``OTEL_SERVICE_NAME`` names it otherwise.

    :raises ModuleNotFoundError: if the SDK or its exporter is missing.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
    from opentelemetry.sdk.trace import TracerProvider as Provider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME") or "affectgraph"
    resource = Resource.create({SERVICE_NAME: name, SERVICE_VERSION: VERSION})
    provider = Provider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider, provider.shutdown


class Traced:
    """Makes a span of each request, below that of the client if it sent a ``traceparent`` (W3C).

    :param provider: takes the spans.
    """

    def __init__(self, app: ASGIApp, provider: TracerProvider) -> None:
        self.app = app
        self._tracer = provider.get_tracer("affectgraph", VERSION)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within its span."""
        exchange = current_exchange()
        if scope["type"] != "http" or exchange is None:
            await self.app(scope, receive, send)
            return
        # Messages of errors may hold what was sent: neither they nor their traces are recorded.
        with self._tracer.start_as_current_span(
            exchange.method,
            context=_parent(scope),
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self.app(scope, receive, send)
            finally:
                _describe(span, exchange, scope)


def _parent(scope: Scope) -> Context:
    carrier = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name in _PROPAGATED
    }
    return _propagator.extract(carrier, context=Context())


def _describe(span: Span, exchange: Exchange, scope: Scope) -> None:
    span.set_attribute("http.request.method", exchange.method)
    span.set_attribute("url.scheme", scope.get("scheme", "http"))
    span.set_attribute(REQUEST_ID, exchange.request_id)
    if exchange.route != UNMATCHED:
        span.update_name(f"{exchange.method} {exchange.route}")
        span.set_attribute("http.route", exchange.route)
    if exchange.status is not None:
        span.set_attribute("http.response.status_code", exchange.status)
    if exchange.status is None or exchange.status >= 500:
        span.set_attribute("error.type", exchange.problem or str(exchange.status or "cancelled"))
        span.set_status(Status(StatusCode.ERROR))
