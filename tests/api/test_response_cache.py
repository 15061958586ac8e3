"""Answers that cannot change: their tags, 304, what is kept of them, and what never is."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from affectgraph.api.app import create_app
from affectgraph.api.immutable import graph_mark, kept_as
from affectgraph.api.response_cache import ResponseCache
from affectgraph.api.response_store import SHARE, ResponseStore
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.remote import RemoteStore
from tests.api.below import ask_below
from tests.api.conftest import BROWSER

IMMUTABLE = [
    "/v1/emotions",
    "/v1/emotions/dread/path",
    "/v1/states?limit=2",
    "/v1/action-units/AU12",
    "/v1/schemes/ekman-6",
    "/v1/crosswalk?source=meld&target=ekman-6",
    "/v1/sources/parrott-2001",
    "/v1/ground?label=seething",
    "/v1/nearest?valence=0&arousal=0&dominance=0",
    "/v1/vad/scales",
    "/v1/vad/place?label=furious",
    "/v1/faces/phrases?phrase=raised+brows",
    "/emotion/dread",
    "/scheme/goemotions/admiration",
    "/ontology",
    "/lookup?q=seething",
    "/sparql?query=ASK+{?s+?p+?o}",
]
CHANGEABLE = [
    "/",
    "/v1/version",
    "/healthz",
    "/v1/annotate?text=I+am+sad",
    "/rationale?rationale=AU6+suggests+joy.",
    "/sparql?query=SELECT+(NOW()+AS+?now)+{}",
    "/openapi.json",
]


@pytest.mark.parametrize("path", IMMUTABLE)
def test_what_cannot_change_has_a_strong_tag_that_gives_304(client: TestClient, path: str) -> None:
    first = client.get(path)
    second = client.get(path, headers={"if-none-match": first.headers["etag"]})

    assert first.status_code == 200
    assert first.headers["etag"].startswith('"')
    assert first.headers["cache-control"] == "public, max-age=300"
    assert (second.status_code, second.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert second.headers[name] == first.headers[name]


NAMED = {"x-request-id": "same"}
"""Every answer has the id of its request; here all requests have one."""


@pytest.mark.parametrize("path", CHANGEABLE)
def test_what_may_change_or_tells_of_somebody_has_no_tag(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"if-none-match": "*"})

    assert response.status_code == 200
    assert "etag" not in response.headers
    assert "cache-control" not in response.headers


@pytest.mark.parametrize("path", ["/v1/emotions/table", "/emotion/table", "/v1/emotions?limit=0"])
def test_an_error_has_no_tag_and_is_not_kept(graph: EmotionGraph, path: str) -> None:
    store = ResponseStore()
    with TestClient(_kept_in(store, graph)) as client:
        response = client.get(path)

    assert response.status_code in {404, 422}
    assert "etag" not in response.headers
    assert len(store) == 0


@pytest.mark.parametrize("path", IMMUTABLE)
def test_second_answer_is_the_first_from_the_store(graph: EmotionGraph, path: str) -> None:
    with (
        TestClient(create_app(graph)) as client,
        TestClient(create_app(graph, cache_bytes=0)) as bare,
    ):
        first, second, never_kept = (
            asked.get(path, headers=NAMED) for asked in (client, client, bare)
        )

    assert first.content == second.content == never_kept.content
    assert first.headers == second.headers == never_kept.headers


def test_head_is_as_get_without_the_body(client: TestClient) -> None:
    got = client.get("/v1/emotions/dread", headers=NAMED)
    head = client.head("/v1/emotions/dread", headers=NAMED)
    unchanged = client.head("/v1/emotions/dread", headers={"if-none-match": got.headers["etag"]})

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == got.headers
    assert (unchanged.status_code, unchanged.headers["etag"]) == (304, got.headers["etag"])


def test_tags_differ_by_path_query_accept_and_coding(client: TestClient) -> None:
    asked: list[tuple[str, dict[str, str]]] = [
        ("/emotion/dread", {"accept": "text/turtle"}),
        ("/emotion/dread", {"accept": "text/html"}),
        ("/emotion/dread", {"accept": "text/html", "accept-encoding": "identity"}),
        ("/emotion/fear", {"accept": "text/html"}),
        ("/emotion/dread?format=nt", {"accept": "text/html"}),
    ]
    tags = {client.get(path, headers=headers).headers["etag"] for path, headers in asked}
    assert len(tags) == len(asked)


def test_accept_chooses_among_kept_answers(client: TestClient) -> None:
    for _ in range(2):
        turtle = client.get("/emotion/joy", headers={"accept": "text/turtle"})
        page = client.get("/emotion/joy", headers={"accept": BROWSER})
        assert turtle.headers["content-type"].startswith("text/turtle")
        assert page.headers["content-type"].startswith("text/html")
        assert turtle.headers["vary"] == page.headers["vary"] == "Accept, Accept-Encoding, Origin"


def test_two_headers_accept_are_the_list_that_the_answer_is_kept_by(graph: EmotionGraph) -> None:
    two = [("accept", "text/turtle"), ("accept", "text/html")]
    with TestClient(create_app(graph)) as client:
        apart = client.get("/emotion/joy", headers=two)
        joined = client.get("/emotion/joy", headers={"accept": "text/turtle, text/html"})
    with TestClient(create_app(graph, cache_bytes=0)) as bare:
        never_kept = bare.get("/emotion/joy", headers={"accept": "text/turtle, text/html"})

    assert apart.content == joined.content == never_kept.content
    # HTML is what the service offers first among types that are liked as much.
    assert apart.headers["content-type"].startswith("text/html")


def test_json_that_accept_does_not_choose_is_one_answer_for_all(client: TestClient) -> None:
    tags = {
        client.get("/v1/emotions/joy", headers={"accept": accept}).headers["etag"]
        for accept in ("*/*", "application/json", BROWSER)
    }
    assert len(tags) == 1
    assert client.get("/v1/emotions/joy").headers["vary"] == "Accept-Encoding, Origin"


def test_tag_of_another_answer_gives_the_answer(client: TestClient) -> None:
    other = client.get("/v1/emotions/joy").headers["etag"]
    response = client.get("/v1/emotions/fear", headers={"if-none-match": f'"x", {other}'})
    assert (response.status_code, response.json()["slug"]) == (200, "fear")


def test_star_gives_the_answer_or_its_error(client: TestClient) -> None:
    star = {"if-none-match": "*"}
    assert client.get("/v1/emotions/table", headers=star).status_code == 404
    assert client.get("/v1/emotions/joy", headers=star).status_code == 200


def test_304_comes_before_any_work(graph: EmotionGraph) -> None:
    store = ResponseStore()
    with TestClient(create_app(graph)) as client:
        tag = client.get("/v1/ground?label=furious").headers["etag"]

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the answer was made again")

    sent = ask_below(
        ResponseCache(broken, store), graph, "/v1/ground", b"label=furious", tag.encode()
    )
    assert sent[0]["status"] == 304


def test_key_passes_by_the_store(client: TestClient) -> None:
    response = client.get("/v1/emotions/joy", headers={"authorization": "Bearer abc"})
    assert response.status_code == 200
    assert "etag" not in response.headers


def test_origin_of_one_page_is_not_in_the_answer_to_another(client: TestClient) -> None:
    client.get("/v1/emotions/love", headers={"origin": "https://a.example"})
    response = client.get("/v1/emotions/love")
    assert "access-control-allow-origin" not in response.headers
    again = client.get("/v1/emotions/love", headers={"origin": "https://b.example"})
    assert again.headers["access-control-allow-origin"] == "*"


def test_another_graph_gives_other_tags_and_answers(
    graph: EmotionGraph, small: EmotionGraph
) -> None:
    app = create_app(graph)
    with TestClient(app) as client:
        before = client.get("/v1/ground?label=seething")
        app.state.services.graph = small
        app.state.services.__dict__.pop("linker")
        after = client.get(
            "/v1/ground?label=seething", headers={"if-none-match": before.headers["etag"]}
        )

    assert before.json()["status"] != after.json()["status"]
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]


def test_mark_is_the_same_for_the_packaged_graph_only(
    graph: EmotionGraph, small: EmotionGraph
) -> None:
    assert graph_mark(graph) == graph_mark(EmotionGraph.load())
    assert graph_mark(small) != graph_mark(small)


def test_graph_on_a_server_may_change_and_has_no_mark(graph: EmotionGraph) -> None:
    elsewhere = EmotionGraph.__new__(EmotionGraph)
    elsewhere.store = RemoteStore("http://store.example/sparql")
    elsewhere.index = graph.index

    assert graph_mark(elsewhere) is None


@pytest.mark.parametrize(
    "path",
    ["/v1/emotionsx", "/v1/reason", "/v1/vad/link", "/graph/user/mine", "/metrics", "", "/au2"],
)
def test_other_paths_are_not_kept(path: str) -> None:
    assert kept_as(path) is None


@pytest.mark.parametrize(
    "query",
    [
        b"",
        b"format=csv",
        b"query=SELECT+(NOW()+AS+?t)+{}",
        b"query=SELECT%20%28now%20%28%29%20AS%20%3Ft%29%20%7B%7D",
        b"query=SELECT%20%28%23%0Arand%23%0A()",
        b"query=SELECT(%52AND()AS?r){}",
        b"query=SELECT(r%61nd()AS?r){}",
        b"query=SELECT(\\u0052AND()AS?r){}",
        b"query=SELECT(%5cu0052AND()AS?r){}",
        b"query=SELECT(%5Cu0052AND()AS?r){}",
        b"query=SELECT(UUID()AS?u)(STRUUID()AS?v)(BNODE()AS?w){}",
        b"query=SELECT(STRUUID()AS?v){}",
        b"query=SELECT(bnode%0d%0A%09+%20()AS?w){}",
        b"query=SELECT(SUM(DISTINCTRAND%28))AS?r){}",  # the engine asks for no gap between words
        b"query=SELECT?s{?s?p?o}ORDER+BYRAND()LIMIT+1",
        b"query=ASK{}#" + b"x" * 4_000,
        b"my-query=ASK{}",  # no query: the endpoint describes itself, with the address it was asked at
        b"query=&format=ttl",
    ],
)
def test_query_whose_answer_may_change_or_is_long_is_not_kept(query: bytes) -> None:
    assert kept_as("/sparql", query) is None


@pytest.mark.parametrize(
    "query",
    [
        b"query=ASK+%7B%7D",
        b"query=SELECT%20%3Fknown%20%7B%20%3Fbrand%20%3Chttps%3A%2F%2Fa.example%2Fnow_%3E%20%3Fs%20%7D",
        b"default-graph-uri=urn:a&query=ASK{}&format=csv",
    ],
)
def test_query_that_asks_the_graph_alone_is_kept_by_accept(query: bytes) -> None:
    found = kept_as("/sparql", query)

    assert found is not None
    assert found.varies


@pytest.mark.parametrize(
    "headers",
    [
        [(b"vary", b"Cookie")],
        [(b"vary", b"Accept, Origin")],
        [(b"vary", b"*")],
        [(b"set-cookie", b"a=b")],
    ],
)
def test_answer_that_varies_by_more_than_its_key_is_not_kept(
    graph: EmotionGraph, headers: list[tuple[bytes, bytes]]
) -> None:
    store = ResponseStore()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})

    sent = ask_below(ResponseCache(answer, store), graph, "/v1/emotions", b"", b"")

    assert sent[0]["headers"] == headers
    assert len(store) == 0


def test_answer_that_breaks_off_is_not_kept(graph: EmotionGraph) -> None:
    store = ResponseStore()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ConnectionError

    with pytest.raises(ConnectionError):
        ask_below(ResponseCache(answer, store), graph, "/v1/emotions", b"", b"")
    assert len(store) == 0


def test_large_answer_is_sent_whole_and_not_kept(graph: EmotionGraph) -> None:
    store = ResponseStore(limit=SHARE * 2_000)
    with TestClient(_kept_in(store, graph)) as client:
        whole = client.get("/v1/emotions?limit=1000").json()
        assert len(store) == 0
        client.get("/v1/emotions/joy/path")
        assert len(store) == 1
    assert len(whole["items"]) == whole["total"] == 137


def _kept_in(store: ResponseStore, graph: EmotionGraph) -> Any:
    """Return the service with a store that the test can look into."""
    app = create_app(graph)
    for middleware in app.user_middleware:
        if "store" in middleware.kwargs:
            middleware.kwargs["store"] = store
    return app
