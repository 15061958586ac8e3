"""Ids of requests: which are taken, that every answer has one, and what of a request is known."""

import re
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from affectgraph.api.limits import SECURITY_HEADERS
from affectgraph.api.operation import Operation
from affectgraph.api.requests_seen import Exchange, RequestScope, current_exchange, request_id
from tests.api.asking import problem
from tests.api.conftest import BROWSER
from tests.api.operated import access_log, client_of, small_app


class Kept:
    """An observer that keeps what it is told."""

    def __init__(self) -> None:
        self.under_way = 0
        self.seen: list[Exchange] = []

    def began(self) -> None:
        self.under_way += 1

    def ended(self, exchange: Exchange) -> None:
        self.under_way -= 1
        self.seen.append(exchange)


def headers_of(*values: bytes) -> Scope:
    return {"headers": [(b"accept", b"*/*"), *((b"x-request-id", value) for value in values)]}


@pytest.mark.parametrize(
    "given",
    [
        b"a",
        b"7",
        b"0c6f2b6e-2f0d-4a41-9a5a-0d3c3a3c1f7e",
        b"Root=1-67891233-abcdef012345678912345678",
        b"01ARZ3NDEKTSV4RRFFQ69G5FAV",
        b"x" * 128,
        b"aGVsbG8+d29y/bGQ=",
    ],
)
def test_an_id_of_safe_characters_is_kept(given: bytes) -> None:
    assert request_id(headers_of(given)) == given.decode()


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"x" * 129,
        b"-x",
        b" x",
        b"a b",
        b"a\nlevel=error",
        b'a","level":"error',
        b"<script>",
        b"a;b",
        "jäh".encode(),
        b"\xff",
        b"a\x00",
        b"a\n",
    ],
)
def test_an_id_that_could_forge_a_line_is_replaced(given: bytes) -> None:
    found = request_id(headers_of(given))

    assert re.fullmatch("[0-9a-f]{32}", found)


def test_two_ids_are_none() -> None:
    assert len(request_id(headers_of(b"first", b"second"))) == 32


def test_new_ids_differ() -> None:
    assert len({request_id(headers_of()) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/said/joy", 200),
        ("HEAD", "/said/joy", 200),
        ("GET", "/said/none", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/said/joy", 405),
        ("GET", "/down/x", 503),
        ("GET", "/broken/x", 500),
        ("OPTIONS", "/said/joy", 200),
    ],
)
def test_every_answer_has_the_id_of_its_request_and_headers_against_misuse(
    method: str, path: str, status: int
) -> None:
    headers = {"x-request-id": "mine", "origin": "https://a.example"}
    headers |= {"access-control-request-method": "GET"} if method == "OPTIONS" else {}

    response = client_of(small_app()).request(method, path, headers=headers)

    assert response.status_code == status
    assert response.headers.get_list("x-request-id") == ["mine"]
    for name, value in SECURITY_HEADERS:
        assert response.headers.get_list(name.decode()) == [value.decode()]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/said/none", 404, "no-such-route"),
        ("/down/x", 503, "backend"),
        ("/broken/x", 500, "internal"),
    ],
)
def test_a_problem_names_the_request(path: str, status: int, kind: str) -> None:
    response = client_of(small_app()).get(path)

    found = problem(response, status, kind)
    assert found["request_id"] == response.headers["x-request-id"]
    assert len(found["request_id"]) == 32


def test_a_page_for_a_problem_names_the_request(client: TestClient) -> None:
    headers = {"accept": BROWSER, "x-request-id": "for-support"}

    response = client.get("/emotion/nothing", headers=headers)

    assert response.status_code == 404
    assert "Request <code>for-support</code>" in response.text


def test_items_of_a_batch_name_no_request(client: TestClient) -> None:
    body = {"records": [{"rationale": ""}, {"rationale": "AU12 suggests joy."}]}

    items = client.post("/v1/check/batch", json=body).json()["items"]

    assert [item["error"] and item["error"].get("request_id") for item in items] == [None, None]


def test_scripts_of_other_sites_may_read_the_id() -> None:
    response = client_of(small_app()).get("/said/joy", headers={"origin": "https://a.example"})

    assert response.headers["access-control-expose-headers"].split(", ")[0] == "X-Request-Id"


def test_origins_that_are_listed_alone_may_read() -> None:
    client = client_of(small_app(Operation(cors_origins=("https://a.example",))))

    listed = client.get("/said/joy", headers={"origin": "https://a.example"})
    other = client.get("/said/joy", headers={"origin": "https://b.example"})

    assert listed.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in other.headers
    assert other.status_code == 200


def test_without_origins_no_other_site_may_read() -> None:
    client = client_of(small_app(Operation(cors_origins=())))

    response = client.get("/said/joy", headers={"origin": "https://a.example"})

    assert not [name for name in response.headers if name.startswith("access-control")]


def ask(app: Any, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(app, scope, receive, send)
    return sent


def http(**changed: Any) -> Scope:
    return {"type": "http", "method": "GET", "headers": [], "path": "/x", **changed}


def test_observers_are_told_of_a_request_that_is_never_answered() -> None:
    kept = Kept()

    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        assert kept.under_way == 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        ask(RequestScope(silent, [kept]), http())

    (found,) = kept.seen
    assert (found.status, found.bytes_sent, found.is_complete, kept.under_way) == (
        None,
        0,
        False,
        0,
    )


def test_observers_count_bytes_of_all_pieces_and_see_the_end() -> None:
    kept = Kept()

    async def pieces(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 201})
        await send({"type": "http.response.body", "body": b"123", "more_body": True})
        await send({"type": "http.response.body", "body": b"45"})

    sent = ask(RequestScope(pieces, [kept]), http(client=("10.0.0.1", 9), root_path="/a/"))

    (found,) = kept.seen
    assert (found.status, found.bytes_sent, found.is_complete) == (201, 5, True)
    assert (found.client, found.root_path, found.method) == ("10.0.0.1", "/a", "GET")
    assert sent[0]["headers"] == [(b"x-request-id", found.request_id.encode())]


def test_a_method_that_http_lacks_has_no_name_of_its_own() -> None:
    kept = Kept()

    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["method"] == "EVIL\n"

    ask(RequestScope(silent, [kept]), http(method="EVIL\n"))

    assert kept.seen[0].method == "OTHER"


def test_other_protocols_pass_untouched() -> None:
    kept = Kept()
    passed: list[Scope] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)

    ask(RequestScope(inner, [kept]), {"type": "lifespan"})

    assert (passed, kept.seen) == ([{"type": "lifespan"}], [])


def test_there_is_no_request_outside_of_one() -> None:
    assert current_exchange() is None


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("GET", "/v1/emotions/anger", "/v1/emotions/{name:path}"),
        ("HEAD", "/v1/version", "/v1/version"),
        ("GET", "/v1/emotions?limit=x", "/v1/emotions"),
        ("GET", "/openapi.json", "/openapi.json"),
        ("GET", "/v1/nothing/of/the/kind", "/{path:path}"),
        ("DELETE", "/v1/version", "/v1/version"),
        ("OPTIONS", "/v1/version", "unmatched"),
    ],
)
def test_a_request_is_known_by_the_template_of_its_route(
    client: TestClient, method: str, path: str, route: str
) -> None:
    headers = {"origin": "https://a.example", "access-control-request-method": "GET"}
    with access_log() as kept:
        client.request(method, path, headers=headers if method == "OPTIONS" else {})

    assert [(line.method, line.route) for line in kept.lines] == [(method, route)]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/emotion/anger", 'href="/kg/style.css"'),
        ("/", 'action="/kg/lookup"'),
        ("/emotion/nothing", '<a href="/kg/">To the start</a>'),
    ],
)
def test_pages_below_another_path_link_below_it(client: TestClient, path: str, link: str) -> None:
    below = TestClient(client.app, root_path="/kg", headers={"accept": BROWSER})

    text = below.get("/kg" + path).text

    assert link in text
    assert not [x for x in text.split('href="/')[1:] if not x.startswith(("kg/", "/"))]


def test_redirects_below_another_path_stay_below_it(client: TestClient) -> None:
    below = TestClient(client.app, root_path="/kg", follow_redirects=False)

    assert below.get("/kg/emotion").headers["location"] == "/kg/#tree"
    assert below.get("/kg/emotion/anger/").headers["location"] == "/kg/emotion/anger"


@pytest.mark.parametrize("sent", ['" href="/x', "' action='/x", '<a href="/x">'])
def test_links_in_what_a_user_sends_are_text_below_another_path(
    client: TestClient, sent: str
) -> None:
    below = TestClient(client.app, root_path="/kg", headers={"accept": BROWSER})

    text = below.get("/kg/lookup", params={"label": sent}).text

    assert 'href="/x' not in text
    assert "/kg/x" not in text
