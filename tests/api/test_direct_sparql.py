"""Plain requests to /sparql go straight to their handlers, and are answered as by the long way."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Match
from starlette.testclient import TestClient

from affectgraph.api import direct_sparql
from affectgraph.api.access_log import AccessLine
from affectgraph.api.app import create_app
from affectgraph.api.direct_sparql import DirectSparql
from affectgraph.kg.graph import EmotionGraph
from tests.api.conftest import BROWSER

ASK = "ASK { ?s ?p ?o }"
DREAD = "DESCRIBE <https://w3id.org/affectgraph/emotion/dread>"
FORM = {"content-type": "application/x-www-form-urlencoded"}
SAME = {"x-request-id": "same"}
"""Every answer has the id of its request; here all requests have one."""
QUERY = {"content-type": "application/sparql-query"}


@pytest.fixture(scope="module")
def direct(graph: EmotionGraph) -> Iterator[TestClient]:
    with TestClient(create_app(graph)) as client:
        yield client


@pytest.fixture(scope="module")
def long_way(graph: EmotionGraph) -> Iterator[TestClient]:
    """The same service without the direct route."""
    app = create_app(graph)
    app.router.routes[:] = [r for r in app.router.routes if not isinstance(r, DirectSparql)]
    with TestClient(app) as client:
        yield client


def seen(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, dict(response.headers)


@pytest.mark.parametrize("accept", ["*/*", "text/csv", "text/turtle", "image/png", BROWSER, ""])
@pytest.mark.parametrize(
    "parameters",
    [
        {"query": ASK},
        {"query": DREAD},
        {"query": DREAD, "format": "nt"},
        {"query": ASK, "default-graph-uri": "https://w3id.org/affectgraph/graph/core"},
        {"query": ASK, "default-graph-uri": ["urn:a", "urn:b"], "named-graph-uri": "urn:c"},
        {"query": ASK, "default-graph-uri": "no iri"},
        {"query": ""},
        {"query": "SELECT {"},
        {"query": "SERVICE"},
        {"query": [ASK, DREAD]},
        {"query": ASK, "other": "1"},
        {"update": "CLEAR ALL"},
    ],
)
def test_get_is_answered_as_by_the_long_way(
    direct: TestClient, long_way: TestClient, parameters: dict[str, Any], accept: str
) -> None:
    found = [
        client.get("/sparql", params=parameters, headers={"accept": accept, **SAME})
        for client in (direct, long_way)
    ]

    assert seen(found[0]) == seen(found[1])


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"query=ASK+%7B%7D", FORM),
        (b"query=ASK+%7B%7D&format=csv", FORM),
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", FORM),
        (b"update=CLEAR+ALL", FORM),
        (b"", FORM),
        (ASK.encode(), QUERY),
        (b"\xff", QUERY),
        (b"CLEAR ALL", {"content-type": "application/sparql-update"}),
        (b"{}", {"content-type": "application/json"}),
        (b" " * (8 * 1024 * 1024 + 1), QUERY),
    ],
)
def test_post_is_answered_as_by_the_long_way(
    direct: TestClient, long_way: TestClient, content: bytes, headers: dict[str, str]
) -> None:
    found = [x.post("/sparql", content=content, headers=headers | SAME) for x in (direct, long_way)]

    assert seen(found[0]) == seen(found[1])


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE"])
def test_other_methods_are_answered_as_by_the_long_way(
    direct: TestClient, long_way: TestClient, method: str
) -> None:
    found = [
        client.request(method, "/sparql", params={"query": ASK}, headers=SAME)
        for client in (direct, long_way)
    ]

    assert seen(found[0]) == seen(found[1])


def test_no_other_route_is_needed(graph: EmotionGraph) -> None:
    app = create_app(graph)
    rest = [route for route in app.router.routes if not isinstance(route, DirectSparql)]
    app.router.routes[:] = [route for route in app.router.routes if route not in rest]
    with TestClient(app) as client:
        assert client.get("/sparql", params={"query": ASK}).status_code == 200
        assert client.post("/sparql", content=ASK, headers=QUERY).status_code == 200
        assert client.put("/sparql").status_code == 404


def test_description_and_routes_stay_those_of_the_handlers(
    direct: TestClient, long_way: TestClient
) -> None:
    found = [x.get("/openapi.json").json()["paths"] for x in (direct, long_way)]

    assert list(found[0]) == list(found[1])
    assert found[0]["/sparql"] == found[1]["/sparql"]


def test_root_path_of_a_proxy_is_taken_away(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph), root_path="/affect") as client:
        assert client.get("/affect/sparql", params={"query": ASK}).json()["boolean"] is True


@pytest.mark.parametrize(
    "scope",
    [
        {"type": "websocket", "path": "/sparql"},
        {"type": "http", "path": "/sparql/", "method": "GET"},
        {"type": "http", "path": "/sparql", "method": "PUT"},
    ],
)
def test_route_takes_nothing_else(scope: dict[str, Any]) -> None:
    assert DirectSparql().matches(scope)[0] is Match.NONE


def test_route_names_the_path_in_the_log(
    direct: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="affectgraph.access"):
        direct.post("/sparql", content=ASK, headers=QUERY)

    (line,) = [x.msg for x in caplog.records if isinstance(x.msg, AccessLine)]
    assert line.route == direct_sparql.PATH
