"""/healthz and /readyz over the life of a service, and how a server stops."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import anyio
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.readiness import Readiness, compile_while_ready
from affectgraph.api.serving import Server, Serving, make_server
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.late_pattern import compile_next, late_pattern
from affectgraph.ontology.errors import BackendError
from tests.api.asking import get, problem
from tests.api.models import LONGEST_WAIT
from tests.api.operated import small_app


def test_a_service_is_ready_between_start_and_end(graph: EmotionGraph) -> None:
    app = create_app(graph)

    before = TestClient(app).get("/readyz")
    with TestClient(app) as client:
        during = client.get("/readyz")
    after = TestClient(app).get("/readyz")

    assert "one that is starting" in problem(before, 503, "backend")["detail"]
    assert during.json() == {"status": "ready", "graph": graph.version}
    assert "one that is stopping" in problem(after, 503, "backend")["detail"]
    assert before.headers["retry-after"] == "5"


def test_a_service_that_stops_is_alive_and_answers(graph: EmotionGraph) -> None:
    app = create_app(graph)
    with TestClient(app) as client:
        app.state.readiness.stop()

        assert get(client, "/healthz")["status"] == "ok"
        assert get(client, "/v1/version")["graph"] == graph.version
        problem(client.get("/readyz"), 503, "backend")


def test_what_needs_the_graph_says_that_it_is_not_loaded() -> None:
    client = TestClient(create_app())

    for path in ("/v1/version", "/healthz", "/v1/emotions/anger"):
        found = problem(client.get(path), 503, "backend")
        assert "a graph that is loaded" in found["detail"]


def gone(*args: object, **kwargs: object) -> None:
    raise BackendError("gone.", backend="store", retryable=True)


def test_a_store_that_is_gone_makes_a_service_unready_and_not_dead(
    small: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(small)) as client:
        monkeypatch.setattr(type(small.store), "query", gone)

        assert client.get("/healthz").status_code == 200
        problem(client.get("/readyz"), 503, "backend")


def test_readiness_refuses_in_both_phases_that_are_not_ready() -> None:
    readiness = Readiness()
    with pytest.raises(BackendError, match="starting") as caught:
        readiness.require()
    assert caught.value.retryable
    readiness.begin()
    readiness.require()
    readiness.stop()
    with pytest.raises(BackendError, match="stopping"):
        readiness.require()


# --- the server -----------------------------------------------------------------------------------


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def loaded(drain_seconds: float, clock: Clock) -> tuple[Server, Readiness]:
    readiness = Readiness()
    readiness.begin()
    config = uvicorn.Config(small_app(), log_config=None)
    config.load()
    return Server(config, readiness=readiness, drain_seconds=drain_seconds, clock=clock), readiness


def is_over(server: Server) -> bool:
    return anyio.run(server.on_tick, 0)


def test_a_server_that_is_told_to_stop_goes_on_for_as_long_as_it_drains() -> None:
    clock = Clock()
    server, readiness = loaded(15, clock)
    assert not is_over(server)

    server.handle_exit(signal.SIGTERM, None)

    assert readiness.phase == "stopping"
    assert not is_over(server)
    clock.now += 14.9
    assert not is_over(server)
    clock.now += 0.1
    assert is_over(server)


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_the_draining(second: signal.Signals) -> None:
    server, _ = loaded(15, Clock())

    server.handle_exit(signal.SIGTERM, None)
    server.handle_exit(second, None)

    assert is_over(server)


def test_a_server_that_does_not_drain_stops_at_once() -> None:
    server, readiness = loaded(0, Clock())

    server.handle_exit(signal.SIGINT, None)

    assert is_over(server)
    assert readiness.phase == "stopping"


@contextmanager
def running(app: FastAPI, serving: Serving) -> Iterator[tuple[Server, str]]:
    """Give a server on a free port of this machine, and its address."""
    server = make_server(app, serving)
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        host, port = server.servers[0].sockets[0].getsockname()
        yield server, f"http://{host}:{port}"
    finally:
        server.handle_exit(signal.SIGTERM, None)
        server.handle_exit(signal.SIGTERM, None)
        thread.join(LONGEST_WAIT)
    assert not thread.is_alive()


def test_load_balancers_see_the_end_coming_while_requests_are_still_taken(
    graph: EmotionGraph,
) -> None:
    serving = Serving("127.0.0.1", 0, root_path="/kg", drain_seconds=600, log_level="error")
    with running(create_app(graph), serving) as (server, address):
        before = httpx.get(f"{address}/readyz")
        server.handle_exit(signal.SIGTERM, None)
        after = httpx.get(f"{address}/readyz")
        answer = httpx.get(f"{address}/v1/version")
        document = httpx.get(f"{address}/openapi.json", timeout=LONGEST_WAIT).json()

    assert (before.status_code, after.status_code, answer.status_code) == (200, 503, 200)
    assert "server" not in answer.headers
    assert document["servers"] == [{"url": "/kg"}]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "seen"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7", "127.0.0.1"),
        # A client has made up the first; the proxy has added where it came from.
        ("127.0.0.0/8", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8,127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("*", "198.51.100.9, 203.0.113.7", "198.51.100.9"),
    ],
)
def test_addresses_that_proxies_forward_count_from_those_that_are_trusted(
    trusted: str, forwarded: str, seen: str
) -> None:
    from starlette.requests import Request

    app = small_app()

    def address(request: Request) -> str:
        assert request.client is not None
        return request.client.host

    app.add_api_route("/address", address)
    serving = Serving("127.0.0.1", 0, forwarded_allow_ips=trusted, log_level="error")
    with running(app, serving) as (_, place):
        found = httpx.get(f"{place}/address", headers={"x-forwarded-for": forwarded})

    assert found.json() == seen


def test_patterns_are_compiled_while_the_service_is_ready() -> None:
    patterns = [late_pattern(f"of a service {n}") for n in range(3)]
    readiness = Readiness()
    readiness.begin()

    compile_while_ready(readiness)

    assert [p.pattern for p in patterns] == [f"of a service {n}" for n in range(3)]
    assert not compile_next()


def test_patterns_are_left_when_the_service_stops() -> None:
    while compile_next():
        pass
    left = late_pattern("of a service that stops")
    readiness = Readiness()
    readiness.begin()
    readiness.stop()

    compile_while_ready(readiness)

    assert compile_next()
    assert left.pattern == "of a service that stops"


def test_service_compiles_patterns_once_it_is_ready(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    was_called = Event()

    def compile_now(readiness: Readiness) -> None:
        seen.append(readiness.phase)
        was_called.set()

    monkeypatch.setattr("affectgraph.api.app.compile_while_ready", compile_now)

    with TestClient(create_app(graph)):
        assert was_called.wait(LONGEST_WAIT)

    assert seen == ["ready"]
