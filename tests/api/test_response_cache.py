"""Answers that cannot change: their tags, 304, what is kept of them, and what never is."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.types import Message, Receive, Scope, Send

from affectgraph.api.app import create_app
from affectgraph.api.compression import MINIMUM_BYTES, Compression, accepts_gzip
from affectgraph.api.immutable import graph_mark, kept_as
from affectgraph.api.response_cache import ResponseCache
from affectgraph.api.response_store import OVERHEAD, SHARE, ResponseStore, StoredResponse
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.remote import RemoteStore
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
]
CHANGEABLE = [
    "/",
    "/v1/version",
    "/healthz",
    "/v1/annotate?text=I+am+sad",
    "/rationale?rationale=AU6+suggests+joy.",
    "/sparql?query=ASK+{?s+?p+?o}",
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
        first, second, never_kept = client.get(path), client.get(path), bare.get(path)

    assert first.content == second.content == never_kept.content
    assert first.headers == second.headers == never_kept.headers


def test_head_is_as_get_without_the_body(client: TestClient) -> None:
    got = client.get("/v1/emotions/dread")
    head = client.head("/v1/emotions/dread")
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

    sent = _ask(ResponseCache(broken, store), graph, "/v1/ground", b"label=furious", tag.encode())
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

    sent = _ask(ResponseCache(answer, store), graph, "/v1/emotions", b"", b"")

    assert sent[0]["headers"] == headers
    assert len(store) == 0


def test_answer_that_breaks_off_is_not_kept(graph: EmotionGraph) -> None:
    store = ResponseStore()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ConnectionError

    with pytest.raises(ConnectionError):
        _ask(ResponseCache(answer, store), graph, "/v1/emotions", b"", b"")
    assert len(store) == 0


# --- the store --------------------------------------------------------------------------------------


def test_answer_asked_for_longest_ago_goes_first() -> None:
    size = 900 + OVERHEAD
    store = ResponseStore(limit=SHARE * size)
    answer = StoredResponse((), b"x" * 900)
    for key in range(SHARE):
        store.put(key, answer, key_bytes=0)
    store.get(0)
    store.put("new", answer, key_bytes=0)

    assert store.get(1) is None
    assert store.get(0) is store.get("new") is answer
    assert (len(store), store.used) == (SHARE, SHARE * size)


def test_answer_put_twice_counts_once() -> None:
    store = ResponseStore(limit=SHARE * 2000)
    for body in (b"first", b"second"):
        store.put("key", StoredResponse((), body), key_bytes=3)

    assert store.get("key") == StoredResponse((), b"second")
    assert store.used == len(b"second") + OVERHEAD + 3


@pytest.mark.parametrize(("body", "key_bytes"), [(10_000, 0), (1, 10_000)])
def test_too_large_an_answer_or_key_is_not_kept(body: int, key_bytes: int) -> None:
    store = ResponseStore(limit=SHARE * 5_000)
    store.put("key", StoredResponse((), b"x" * body), key_bytes=key_bytes)
    assert (len(store), store.used) == (0, 0)


def test_threads_share_a_store_that_stays_in_its_bounds() -> None:
    answer = StoredResponse((), b"x" * 900)
    size = answer.size + 3
    store = ResponseStore(limit=SHARE * size)

    def fill(thread: int) -> set[StoredResponse | None]:
        found = set()
        for number in range(500):
            store.put((thread, number % 40), answer, key_bytes=3)
            found.add(store.get((thread + 1, number % 40)))
        return found

    with ThreadPoolExecutor(4) as threads:
        found = set().union(*threads.map(fill, range(4)))

    assert found <= {answer, None}
    assert store.used == len(store) * size <= store.limit


def test_large_answer_is_sent_whole_and_not_kept(graph: EmotionGraph) -> None:
    store = ResponseStore(limit=SHARE * 2_000)
    with TestClient(_kept_in(store, graph)) as client:
        whole = client.get("/v1/emotions?limit=1000").json()
        assert len(store) == 0
        client.get("/v1/emotions/joy/path")
        assert len(store) == 1
    assert len(whole["items"]) == whole["total"] == 137


# --- compression ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("*;q=0", False),
        ("gzipped", False),
        ("gzip;q=much", False),
    ],
)
def test_gzip_is_sent_to_who_takes_it(client: TestClient, header: str, taken: bool) -> None:
    response = client.get("/v1/emotions", headers={"accept-encoding": header})

    assert accepts_gzip([(b"accept-encoding", header.encode())]) is taken
    assert (response.headers.get("content-encoding") == "gzip") is taken
    assert response.json()["total"] == 137


def test_compressed_answer_is_the_same_and_shorter(client: TestClient) -> None:
    plain = client.get("/v1/emotions", headers={"accept-encoding": "identity"})
    with client.stream("GET", "/v1/emotions", headers={"accept-encoding": "gzip"}) as packed:
        content = b"".join(packed.iter_raw())

    assert gzip.decompress(content) == plain.content
    assert int(packed.headers["content-length"]) == len(content) < len(plain.content) / 3


def test_post_is_compressed_and_not_kept(client: TestClient) -> None:
    body = {"labels": ["sad", "seething", "glad"]}
    response = client.post("/v1/ground", json=body, headers={"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "etag" not in response.headers


def test_small_answer_is_sent_as_it_is(client: TestClient) -> None:
    response = client.get("/healthz", headers={"accept-encoding": "gzip"})
    assert len(response.content) < MINIMUM_BYTES
    assert "content-encoding" not in response.headers


def test_events_are_sent_one_by_one_and_never_compressed(graph: EmotionGraph) -> None:
    event = b"data: " + b"x" * MINIMUM_BYTES + b"\n\n"

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": event, "more_body": more})

    sent = _ask(Compression(stream), graph, "/v1/reason", b"", b"", encoding=b"gzip")

    assert [message.get("body") for message in sent[1:]] == [event] * 3
    assert (b"content-encoding", b"gzip") not in sent[0]["headers"]


# --- asking below HTTP --------------------------------------------------------------------------------


def _kept_in(store: ResponseStore, graph: EmotionGraph) -> Any:
    """Return the service with a store that the test can look into."""
    app = create_app(graph)
    for middleware in app.user_middleware:
        if "store" in middleware.kwargs:
            middleware.kwargs["store"] = store
    return app


class _Served:
    """What an application holds, as far as the cache looks."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph


def _ask(
    app: Any,
    graph: EmotionGraph,
    path: str,
    query: bytes,
    tag: bytes,
    *,
    encoding: bytes = b"gzip, deflate",
) -> list[Message]:
    """Ask an application by GET over ASGI, and return what it sends."""
    outer = Starlette()
    outer.state = State({"services": _Served(graph)})
    headers = [(b"accept-encoding", encoding), (b"if-none-match", tag)]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": headers,
        "app": outer,
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent
