"""The service with a pool of queries: what hostile requests get, and what others get meanwhile."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from fastapi import FastAPI
from mcp import Client
from starlette.testclient import TestClient

from affectgraph.api import query_options, serving
from affectgraph.api.app import create_app
from affectgraph.api.cli_base import USAGE
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_server import make_server
from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS, PoolLimits
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from tests.api.asking import problem
from tests.api.conftest import BROWSER
from tests.api.mcp_calls import answer as tool_answer
from tests.api.mcp_calls import ask as ask_tools
from tests.api.mcp_calls import refusal
from tests.api.models import LONGEST_WAIT
from tests.api.running import run, share_graph
from tests.api.test_query_pool import (
    ENDLESS,
    HOSTILE,
    POINT,
    children_of,
    is_alive,
    only_child,
    template_of,
)

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

LIMITS = PoolLimits(workers=2, timeout_seconds=1.5, memory_mb=1024, result_mb=4)


@pytest.fixture(scope="module")
def app(graph: EmotionGraph) -> FastAPI:
    return create_app(graph, queries=QueryPool(limits=LIMITS))


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


def ask(client: TestClient, query: str, accept: str = "*/*") -> Any:
    return client.post("/sparql", data={"query": query}, headers={"accept": accept})


def test_point_query_is_answered_by_a_worker(service: TestClient) -> None:
    assert ask(service, POINT.query, "text/csv").text == "label\r\ndread\r\n"
    page = ask(service, "SELECT ?s WHERE { ?s ?p 'dread'@en }", BROWSER).text
    assert '<a href="/emotion/dread">emotion:dread</a>' in page


@pytest.mark.parametrize("name", ["closed paths", "cartesian product", "product of values"])
def test_query_over_the_time_is_a_503_that_says_what_to_do(service: TestClient, name: str) -> None:
    response = ask(service, HOSTILE[name][0])

    found = problem(response, 503, "query-cost")
    assert "takes over 1.5 s" in found["detail"]
    assert "Ask for less" in found["hint"]
    # The same query would be stopped again.
    assert "retry-after" not in response.headers
    assert service.get("/v1/emotions/dread").status_code == 200


@pytest.mark.parametrize("name", ["parentheses", "groups", "denials"])
def test_query_nested_too_deeply_is_a_400_before_a_worker_sees_it(
    service: TestClient, name: str
) -> None:
    assert "Expected a query" in problem(ask(service, HOSTILE[name][0]), 400, "query")["detail"]


def test_answer_that_is_too_long_is_a_413(service: TestClient) -> None:
    found = problem(ask(service, "SELECT * { ?s ?p ?o }", "text/csv"), 413, "result-size")

    assert "LIMIT and OFFSET" in found["detail"]


def test_browser_sees_why_a_query_was_stopped(service: TestClient) -> None:
    response = ask(service, ENDLESS.query, BROWSER)

    assert response.status_code == 503
    assert "takes over 1.5 s" in response.text


def test_type_that_fits_no_answer_is_a_406(service: TestClient) -> None:
    assert ask(service, "ASK {}", "text/turtle").status_code == 406


def test_query_without_a_turn_is_told_when_to_come_again(graph: EmotionGraph) -> None:
    limits = PoolLimits(workers=1, queue=0, timeout_seconds=600)
    pool = QueryPool(limits=limits)
    with TestClient(create_app(graph, queries=pool)) as client, pool._admitted():
        response = ask(client, POINT.query)

    assert "queries run or wait" in problem(response, 503, "backend")["detail"]
    assert int(response.headers["retry-after"]) > 0


CONCEPT = "/v1/emotions/dread"
MANY = 60
"""More than the 40 threads that routes share."""


def test_queries_that_wait_are_not_refused_and_leave_other_routes_their_threads(
    graph: EmotionGraph,
) -> None:
    with QueryPool(limits=PoolLimits(workers=1, wait_seconds=600)) as pool:
        app = create_app(graph, queries=pool)
        statuses, concept = anyio.run(ask_together, app, pool)

    assert statuses == [200] * MANY
    assert concept == 200


async def ask_together(app: FastAPI, pool: QueryPool) -> tuple[list[int], int]:
    """Send queries while the only worker is taken, another request beside them, and give the worker back."""
    statuses: list[int] = []
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        async def query() -> None:
            statuses.append(
                (await client.get("/sparql", params={"query": POINT.query})).status_code
            )

        with anyio.fail_after(LONGEST_WAIT):
            async with anyio.create_task_group() as tasks:
                with pool._places.held():
                    for _ in range(MANY):
                        tasks.start_soon(query)
                    while len(pool._places.turns._waiting) + len(statuses) < MANY:
                        await anyio.sleep(0.005)
                    concept = await client.get(CONCEPT)
    return statuses, concept.status_code


def test_query_ends_when_its_client_goes_away(graph: EmotionGraph) -> None:
    pool = QueryPool(limits=PoolLimits(workers=1, timeout_seconds=600))
    with TestClient(create_app(graph, queries=pool)) as client:
        (before,) = children_of(template_of(pool))
        anyio.run(leave, client.app, lambda: not pool._places.turns.idle)
        assert ask(client, POINT.query, "text/csv").status_code == 200
        assert only_child(template_of(pool)) != before


async def leave(app: Any, is_time: Any) -> None:
    """Send a query without an end, and go away once it is time."""
    requests = [{"type": "http.request", "body": ENDLESS.query.encode(), "more_body": False}]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/sparql-query")],
    }

    async def receive() -> Any:
        if requests:
            return requests.pop()
        while not is_time():
            await anyio.sleep(0.005)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        del message

    with anyio.fail_after(LONGEST_WAIT):
        await app(scope, receive, send)


def test_service_on_the_packaged_graph_has_a_pool_and_ends_it() -> None:
    app = create_app()
    with TestClient(app) as client:
        pool = app.state.services.queries.runner
        processes = [template_of(pool), *children_of(template_of(pool))]
        assert ask(client, "ASK {}", "text/csv").text == "true"

    assert pool.limits == DEFAULT_POOL_LIMITS
    assert len(processes) == 1 + DEFAULT_POOL_LIMITS.workers
    assert not any(map(is_alive, processes))


SERVER = """
import sys
from affectgraph.api.query_pool import QueryPool
pool = QueryPool()
pool.start()
print(pool._places.template.pid, flush=True)
sys.stdin.read()
"""


def test_server_that_is_killed_leaves_no_process() -> None:
    with subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        template = int(server.stdout.readline())
        processes = [template, *children_of(template)]
        assert len(processes) == 3
        os.kill(server.pid, signal.SIGKILL)
    while any(map(is_alive, processes)):
        pass


def test_tool_of_language_models_is_held_to_the_limits(graph: EmotionGraph) -> None:
    with QueryPool(limits=LIMITS) as pool:
        server = make_server(Services(graph, queries=pool))
        assert tool_answer(server, "sparql", query=POINT.query)["rows"] == [["dread"]]
        assert "takes over 1.5 s" in refusal(server, "sparql", query=ENDLESS.query)


def test_query_of_a_tool_ends_when_its_call_is_cancelled(graph: EmotionGraph) -> None:
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=600)) as pool:
        (before,) = children_of(template_of(pool))

        async def work(client: Client) -> Any:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(client.call_tool, "sparql", {"query": ENDLESS.query})
                while pool._places.turns.idle:
                    await anyio.sleep(0.005)
                tasks.cancel_scope.cancel()
            with anyio.fail_after(LONGEST_WAIT):
                return await client.call_tool("sparql", {"query": POINT.query})

        found = ask_tools(make_server(Services(graph, queries=pool)), work)
        assert found.structured_content["rows"] == [["dread"]]
        assert children_of(template_of(pool)) != [before]


# --- options --------------------------------------------------------------------------------------


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> list[FastAPI]:
    share_graph(monkeypatch, graph)
    found: list[FastAPI] = []
    monkeypatch.setattr(serving, "run", lambda served, settings: found.append(served))
    return found


def serve(*options: object, code: int = 0) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return run("serve", "--port", port, *options, code=code)[1]


def limits_of(app: FastAPI) -> PoolLimits:
    queries = app.state.services.queries.runner
    assert isinstance(queries, QueryPool)
    return queries.limits


def test_options_of_serve_reach_the_pool(handed: list[FastAPI]) -> None:
    serve("--query-workers", 3, "--query-timeout", 2.5, "--query-memory", 100)

    assert limits_of(handed[0]) == PoolLimits(workers=3, timeout_seconds=2.5, memory_mb=100)


def test_options_left_out_are_the_defaults_of_the_pool(handed: list[FastAPI]) -> None:
    serve()

    assert limits_of(handed[0]) == DEFAULT_POOL_LIMITS
    found = (query_options.WORKERS, query_options.TIMEOUT, query_options.MEMORY)
    limits = DEFAULT_POOL_LIMITS
    assert found == (limits.workers, limits.timeout_seconds, limits.memory_mb)


def test_located_graph_is_opened_by_the_workers(
    handed: list[FastAPI], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    monkeypatch.setattr(EmotionGraph, "load", lambda place: graph)
    file = tmp_path / "own.ttl"
    file.write_text("<urn:a> <urn:b> 'c' .", encoding="utf-8")
    OxigraphStore.open(file).save(tmp_path / "copy")

    serve("--graph", tmp_path / "copy")

    with handed[0].state.services.queries.runner as pool:
        question = Question("SELECT ?o { <urn:a> <urn:b> ?o }", result_type="text/csv")
        assert pool.run(question).content == b"o\r\nc\r\n"


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--query-workers", 0, USAGE),
        ("--query-memory", 1, USAGE),
        ("--query-timeout", 0, USAGE),
        ("--query-timeout", "nan", USAGE),
    ],
)
def test_options_out_of_range_are_refused(
    handed: list[FastAPI], option: str, value: object, code: int
) -> None:
    serve(option, value, code=code)

    assert not handed
