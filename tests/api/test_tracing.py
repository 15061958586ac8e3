"""Spans of requests for OpenTelemetry: what they say, and that they say nothing of users."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from starlette.testclient import TestClient

from affectgraph.api import operated
from affectgraph.api.app import create_app
from affectgraph.api.operated import ServiceApp
from affectgraph.api.operation import Operation
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import MissingExtraError
from affectgraph.ontology.version import VERSION
from tests.api.operated import SECRET, client_of, small_app

memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
pytest.importorskip("opentelemetry.exporter.otlp.proto.http")
sdk = pytest.importorskip("opentelemetry.sdk.trace")

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
"""Of a client: version, trace, span, and that it is sampled (the example of W3C Trace Context)."""


@pytest.fixture
def spans() -> Any:
    """Keeps the spans that have ended."""
    return memory.InMemorySpanExporter()


@pytest.fixture
def client(spans: Any) -> TestClient:
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    from affectgraph.api.tracing import Traced

    provider = sdk.TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = small_app()
    assert isinstance(app, ServiceApp)
    app.spans = lambda inner: Traced(inner, provider)
    return client_of(app)


def test_span_names_method_route_and_status_and_no_path(client: TestClient, spans: Any) -> None:
    client.get("/said/hello?word=secret", headers={"x-request-id": "a1"})

    (span,) = spans.get_finished_spans()
    assert span.name == "GET /said/{text}"
    assert span.kind.name == "SERVER"
    assert dict(span.attributes) == {
        "http.request.method": "GET",
        "url.scheme": "http",
        "http.route": "/said/{text}",
        "http.response.status_code": 200,
        "affectgraph.request_id": "a1",
    }
    assert span.status.status_code.name == "UNSET"
    assert span.parent is None


def test_span_is_part_of_the_trace_of_the_client(client: TestClient, spans: Any) -> None:
    client.get("/said/a", headers={"traceparent": PARENT})

    (span,) = spans.get_finished_spans()
    assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"


@pytest.mark.parametrize("given", ["", "00-0-0-01", "x" * 1000, PARENT.upper().replace("0", "z")])
def test_parent_that_is_none_begins_a_trace(client: TestClient, spans: Any, given: str) -> None:
    assert client.get("/said/a", headers={"traceparent": given}).status_code == 200

    assert spans.get_finished_spans()[0].parent is None


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/said/none", 404, None),
        ("/down/x", 503, "backend"),
        ("/broken/x", 500, "internal"),
        ("/nothing", 404, None),
    ],
)
def test_errors_of_the_service_are_named_by_their_kind(
    client: TestClient, spans: Any, path: str, status: int, error: str | None
) -> None:
    client.get(path)

    (span,) = spans.get_finished_spans()
    assert span.attributes["http.response.status_code"] == status
    assert span.attributes.get("error.type") == error
    assert span.status.status_code.name == ("UNSET" if error is None else "ERROR")


def test_what_users_send_is_in_no_span(client: TestClient, spans: Any) -> None:
    for path in (f"/said/{SECRET}", f"/broken/{SECRET}", f"/down/{SECRET}", f"/cut/{SECRET}"):
        client.get(path, params={"q": SECRET}, headers={"x-secret": SECRET})
        client.post(path, content=SECRET)

    found = spans.get_finished_spans()
    assert len(found) == 8
    assert SECRET not in "".join(span.to_json() for span in found)
    assert [span.events for span in found] == [()] * 8


class Collector(BaseHTTPRequestHandler):
    """Takes what is exported."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.came.append((self.path, body))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.came = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, args=(0.005,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_spans_are_sent_where_the_variables_say_before_the_service_ends(
    graph: EmotionGraph, collector: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    place = f"http://127.0.0.1:{collector.server_port}"
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", place)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    with TestClient(create_app(graph, operation=Operation(tracing=True))) as client:
        client.get("/v1/emotions/anger")

    ((path, body),) = collector.came  # type: ignore[attr-defined]
    (sent,) = ExportTraceServiceRequest.FromString(body).resource_spans
    resource = {pair.key: pair.value.string_value for pair in sent.resource.attributes}
    assert path == "/v1/traces"
    assert (resource["service.name"], resource["service.version"]) == ("affectgraph", VERSION)
    assert [span.name for span in sent.scope_spans[0].spans] == ["GET /v1/emotions/{name:path}"]


def test_nothing_is_traced_unless_it_is_asked_for(graph: EmotionGraph) -> None:
    app = create_app(graph)

    assert isinstance(app, ServiceApp)
    assert app.spans is None


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "affectgraph.api.tracing", None)
    with pytest.raises(MissingExtraError, match=r"affectgraph\[otel\]"):
        operated.operate(ServiceApp(), Operation(tracing=True))
