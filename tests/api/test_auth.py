"""Who may ask the service: keys, what they reach, and what nobody gets to see."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from starlette.testclient import TestClient

from affectgraph.api.access import Access, current_caller, require, requires
from affectgraph.api.access_log import JsonFormatter, TextFormatter
from affectgraph.api.app import create_app
from affectgraph.api.auth import OPEN_PATHS, Guard
from affectgraph.api.handlers import respond
from affectgraph.api.key_file import KeyFile, create_key, revoke_key
from affectgraph.api.keys import Right, make_token
from affectgraph.api.operation import Operation
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.models import ScriptedModel
from tests.api.asking import get, problem
from tests.api.conftest import BROWSER
from tests.api.models import FREE, GOOD, SMILE
from tests.api.operated import access_log, client_of, small_app

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CHALLENGE = 'Bearer realm="affectgraph"'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


@pytest.fixture
def give(path: Path) -> Callable[..., dict[str, str]]:
    """Make a key of scopes, and return the header that carries it."""

    def made(*scopes: Right, **options: Any) -> dict[str, str]:
        name = f"{'-'.join(scopes)}-{path.stat().st_size if path.exists() else 0}"
        token = create_key(path, name, scopes, **options).token
        return {"authorization": f"Bearer {token}"}

    return made


@pytest.fixture
def reader(give: Callable[..., dict[str, str]]) -> dict[str, str]:
    return give("read")


def guarded(access: Access) -> FastAPI:
    """Return an application without a graph, whose routes ask for rights in every way there is."""
    app = small_app()

    def put(request: Request) -> list[str]:
        require("read")
        return [name for name in request.headers if name == "authorization"]

    async def manage() -> str | None:
        require("admin")
        key = current_caller().key
        return None if key is None else key.name

    app.add_api_route(
        "/data", put, methods=["PUT", "POST"], dependencies=[Depends(requires("write"))]
    )
    app.add_api_route("/manage", manage)
    app.add_middleware(Guard, access=access, respond=respond, now=lambda: NOW)
    return app


@pytest.fixture
def closed(path: Path, reader: dict[str, str], graph: EmotionGraph) -> Iterator[TestClient]:
    """A client of a service in which reading needs a key."""
    with TestClient(create_app(graph, access=Access(KeyFile(path), read="key"))) as client:
        yield client


# --- reading --------------------------------------------------------------------------------------


def test_reading_is_open_unless_a_key_is_asked_for(
    path: Path, reader: dict[str, str], graph: EmotionGraph
) -> None:
    with TestClient(create_app(graph, access=Access(KeyFile(path)))) as client:
        without = client.get("/v1/emotions/anger")
        within = client.get("/v1/emotions/anger", headers=reader)

    assert (without.status_code, within.status_code) == (200, 200)
    assert without.headers["cache-control"].startswith("public")
    assert "authorization" not in without.headers["vary"].lower()
    assert without.json() == within.json()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/emotion/anger",
        "/v1/emotions/anger",
        "/v1/nothing",
        "/openapi.json",
        "/docs",
        "/metrics",
    ],
)
def test_without_a_key_nothing_is_answered_where_reading_needs_one(
    closed: TestClient, address: str
) -> None:
    response = closed.get(address)

    found = problem(response, 401, "key-needed")
    assert response.headers["www-authenticate"] == f'{CHALLENGE}, scope="read"'
    assert "a key that may read" in found["detail"]
    assert response.headers["x-request-id"] == found["request_id"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_with_a_key_everything_is_answered_as_before(
    closed: TestClient, reader: dict[str, str], client: TestClient
) -> None:
    for address in (
        "/",
        "/v1/emotions/anger",
        "/emotion/anger?format=ttl",
        "/v1/ground?label=furious",
    ):
        within = closed.get(address, headers=reader)
        assert within.status_code == 200
        assert within.content == client.get(address).content


def test_sparql_needs_the_key_too(closed: TestClient, reader: dict[str, str]) -> None:
    query = {"query": "ASK {}"}

    assert closed.post("/sparql", data=query).status_code == 401
    assert closed.post("/sparql", data=query, headers=reader).status_code == 200
    assert closed.head("/v1/version").status_code == 401
    assert closed.options("/sparql").status_code == 401


def test_probes_and_the_style_of_error_pages_stay_open(closed: TestClient) -> None:
    assert {"/healthz", "/readyz", "/style.css"} == OPEN_PATHS
    for address in OPEN_PATHS:
        assert closed.get(address).status_code == 200
        assert closed.get(address + "/").status_code == 401
        assert closed.get(address.upper()).status_code == 401


def test_service_below_another_path_keeps_the_same_paths_open(
    path: Path, reader: dict[str, str], graph: EmotionGraph
) -> None:
    app = create_app(graph, access=Access(KeyFile(path), read="key"))
    with TestClient(app, root_path="/kg") as client:
        assert client.get("/kg/healthz").status_code == 200
        assert client.get("/kg/v1/version").status_code == 401
        assert client.get("/kg/kg/healthz").status_code == 401
        assert client.get("/kg/v1/version", headers=reader).status_code == 200


def test_browser_gets_a_page_that_says_so(closed: TestClient) -> None:
    response = closed.get("/", headers={"accept": BROWSER})

    assert response.status_code == 401
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "A key is needed" in response.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_scripts_of_other_sites_may_ask_before_they_send_a_key(
    closed: TestClient, method: str
) -> None:
    site = {"origin": "https://lab.example.org"}
    asking = {**site, "access-control-request-method": method}
    asking["access-control-request-headers"] = "authorization"

    before = closed.options("/v1/version", headers=asking)
    refused = closed.get("/v1/version", headers=site)

    assert before.status_code == 200
    assert "authorization" in before.headers["access-control-allow-headers"]
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "WWW-Authenticate" in refused.headers["access-control-expose-headers"]


# --- keys that do not count -----------------------------------------------------------------------


@pytest.mark.parametrize("read", ["open", "key"])
@pytest.mark.parametrize(
    "given", ["", " ", "agk_", "wrong", "\xe9\xff", "a" * 5000, "admin:admin", "null"]
)
def test_key_that_is_none_is_refused_even_where_none_is_needed(
    path: Path, reader: dict[str, str], read: Any, given: str
) -> None:
    client = client_of(guarded(Access(KeyFile(path), read=read)))

    sent: Any = {"authorization": f"Bearer {given}".encode("latin-1")}
    response = client.get("/said/hello", headers=sent)

    found = problem(response, 401, "key-needed")
    assert response.headers["www-authenticate"] == f'{CHALLENGE}, error="invalid_token"'
    assert found["detail"].endswith("unknown, expired or revoked.")


def test_keys_that_are_unknown_expired_or_revoked_are_not_told_apart(
    path: Path, give: Callable[..., dict[str, str]]
) -> None:
    expired = give("admin", expires=NOW, now=NOW - timedelta(days=1))
    revoked = give("admin")
    revoke_key(path, revoked_name(path))
    unknown = {"authorization": f"Bearer {make_token()}"}
    client = client_of(guarded(Access(KeyFile(path))))

    answers = [client.get("/said/a", headers=sent) for sent in (expired, revoked, unknown)]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert len({answer.headers["www-authenticate"] for answer in answers}) == 1


def revoked_name(path: Path) -> str:
    from affectgraph.api.key_file import read_keys

    return read_keys(path)[-1].name


def test_key_is_refused_from_the_request_after_it_was_revoked(
    path: Path, reader: dict[str, str]
) -> None:
    client = client_of(guarded(Access(KeyFile(path), read="key")))
    before = client.get("/said/a", headers=reader).status_code

    revoke_key(path, revoked_name(path))

    assert (before, client.get("/said/a", headers=reader).status_code) == (200, 401)


def test_new_key_counts_without_a_restart(
    path: Path, reader: dict[str, str], give: Callable[..., dict[str, str]]
) -> None:
    client = client_of(guarded(Access(KeyFile(path))))

    writer = give("write")

    assert client.put("/data", headers=writer).status_code == 200


def test_scheme_of_a_key_may_be_written_in_any_case_and_others_are_not_ours(
    path: Path, reader: dict[str, str]
) -> None:
    client = client_of(guarded(Access(KeyFile(path), read="key")))
    token = reader["authorization"].removeprefix("Bearer ")

    assert client.get("/said/a", headers={"authorization": f"bearer  {token}"}).status_code == 200
    for other in (f"Basic {token}", token, "Bearer"):
        response = client.get("/said/a", headers={"authorization": other})
        assert response.status_code == 401
    assert client.get(f"/said/a?access_token={token}").status_code == 401
    assert client.get("/said/a", headers={"x-api-key": token}).status_code == 401


def test_two_keys_in_one_request_are_refused(path: Path, reader: dict[str, str]) -> None:
    client = client_of(guarded(Access(KeyFile(path))))
    twice = [("authorization", reader["authorization"])] * 2

    response = client.get("/said/a", headers=twice)

    problem(response, 400, "malformed-key")
    assert response.headers["www-authenticate"] == f'{CHALLENGE}, error="invalid_request"'


def test_without_a_file_of_keys_what_a_proxy_sends_is_no_matter() -> None:
    client = client_of(guarded(Access()))

    for value in ("Basic YTpi", "Bearer of-another", "Bearer"):
        assert client.get("/said/a", headers={"authorization": value}).status_code == 200


# --- rights ---------------------------------------------------------------------------------------


def test_writing_is_never_open_without_keys() -> None:
    client = client_of(guarded(Access()))

    for sent in ({}, {"authorization": f"Bearer {make_token()}"}):
        found = problem(client.put("/data", headers=sent), 403, "scope-needed")
        assert "a service without keys" in found["detail"]
    problem(client_of(guarded(Access())).get("/manage"), 403, "scope-needed")


@pytest.mark.parametrize(
    ("scopes", "write", "manage"),
    [
        ((), 401, 401),
        (("read",), 403, 403),
        (("llm",), 403, 403),
        (("write",), 200, 403),
        (("admin",), 200, 200),
    ],
)
def test_routes_are_answered_to_those_whose_key_reaches(
    path: Path,
    give: Callable[..., dict[str, str]],
    scopes: tuple[Right, ...],
    write: int,
    manage: int,
) -> None:
    give("read")
    client = client_of(guarded(Access(KeyFile(path))))
    sent = give(*scopes) if scopes else {}

    assert client.put("/data", headers=sent).status_code == write
    assert client.get("/manage", headers=sent).status_code == manage


def test_refusal_names_the_scope_that_is_missing(path: Path, reader: dict[str, str]) -> None:
    client = client_of(guarded(Access(KeyFile(path))))

    without, short = client.put("/data"), client.put("/data", headers=reader)

    assert "a key that may write" in problem(without, 401, "key-needed")["detail"]
    assert without.headers["www-authenticate"] == f'{CHALLENGE}, scope="write"'
    assert "the scope write" in problem(short, 403, "scope-needed")["detail"]
    assert short.headers["www-authenticate"] == (
        f'{CHALLENGE}, error="insufficient_scope", scope="write"'
    )


def test_handlers_do_not_see_the_key_but_whose_it_is(
    path: Path, give: Callable[..., dict[str, str]]
) -> None:
    admin = give("admin")
    client = client_of(guarded(Access(KeyFile(path))))

    assert client.put("/data", headers=admin).json() == []
    assert client.get("/manage", headers=admin).json() == "admin-0"


def test_caller_of_one_request_is_not_that_of_the_next(
    path: Path, give: Callable[..., dict[str, str]]
) -> None:
    admin = give("admin")
    client = client_of(guarded(Access(KeyFile(path))))

    assert client.get("/manage", headers=admin).status_code == 200
    assert client.get("/manage").status_code == 401
    assert current_caller().key is None


@pytest.mark.parametrize("name", ["read", "llm"])
def test_key_cannot_be_asked_for_where_there_are_none(name: str) -> None:
    with pytest.raises(InputError, match=f"Expected keys where {name} needs one"):
        Access(**{name: "key"})  # type: ignore[arg-type]  # either is an opening


# --- the language model ---------------------------------------------------------------------------


def reasoning(graph: EmotionGraph, access: Access) -> TestClient:
    return TestClient(create_app(graph, model=ScriptedModel([GOOD] * 20), access=access))


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_model_is_asked_for_those_with_its_scope_where_there_are_keys(
    path: Path, give: Callable[..., dict[str, str]], graph: EmotionGraph, accept: str
) -> None:
    reader, asker = give("read"), give("llm")
    body = {**SMILE, **FREE}
    with reasoning(graph, Access(KeyFile(path))) as client:

        def status(sent: dict[str, str], **options: Any) -> int:
            headers = {**sent, "accept": accept}
            return client.post("/v1/reason", json={**body, **options}, headers=headers).status_code

        assert [status({}), status(reader), status(asker)] == [401, 403, 200]
        assert status({}, model=False) == 200


def test_batches_need_the_scope_of_the_model_too(
    path: Path, give: Callable[..., dict[str, str]], graph: EmotionGraph
) -> None:
    reader, asker = give("read"), give("llm")
    body = {"records": [SMILE], **FREE}
    with reasoning(graph, Access(KeyFile(path))) as client:
        found = [
            client.post("/v1/reason/batch", json=body, headers=sent).status_code
            for sent in ({}, reader, asker)
        ]

    assert found == [401, 403, 200]


def test_model_is_open_where_there_are_no_keys_or_that_is_said(
    path: Path, reader: dict[str, str], graph: EmotionGraph
) -> None:
    for access in (Access(), Access(KeyFile(path), llm="open")):
        with reasoning(graph, access) as client:
            assert client.post("/v1/reason", json={**SMILE, **FREE}).status_code == 200


def test_description_of_the_api_needs_no_model(
    path: Path, reader: dict[str, str], graph: EmotionGraph
) -> None:
    with reasoning(graph, Access(KeyFile(path))) as client:
        document = get(client, "/openapi.json")

    assert document["security"] == [{}, {"key": []}]
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert {"401", "403", "429"} <= set(document["paths"]["/v1/reason"]["post"]["responses"])


# --- kept answers ---------------------------------------------------------------------------------


def test_kept_answers_are_for_those_with_a_key_alone(
    closed: TestClient, reader: dict[str, str]
) -> None:
    with access_log() as log:
        first = closed.get("/v1/emotions/anger", headers=reader)
        again = closed.get("/v1/emotions/anger", headers=reader)
        same = {**reader, "if-none-match": first.headers["etag"]}
        unchanged = closed.get("/v1/emotions/anger", headers=same)
        without = closed.get("/v1/emotions/anger")
        known = closed.get("/v1/emotions/anger", headers={"if-none-match": first.headers["etag"]})

    assert first.content == again.content
    assert [x.status_code for x in (first, again, unchanged)] == [200, 200, 304]
    assert [x.status_code for x in (without, known)] == [401, 401]
    assert "etag" not in without.headers
    for answer in (first, again, unchanged):
        assert answer.headers["cache-control"] == "private, max-age=300"
        assert "Authorization" in answer.headers["vary"]
    assert [line.key is not None for line in log.lines] == [True, True, True, False, False]


def test_answers_with_rules_of_their_own_are_private_too(
    closed: TestClient, reader: dict[str, str]
) -> None:
    lost = closed.get("/v1/nothing", headers=reader)
    query = closed.get("/sparql", params={"query": "ASK {}"}, headers=reader)

    assert (lost.status_code, query.status_code) == (404, 200)
    assert lost.headers["cache-control"] == "private"
    assert query.headers["cache-control"].startswith("private")
    assert "cache-control" not in closed.get("/readyz", headers=reader).headers


# --- a file that breaks ---------------------------------------------------------------------------


def test_while_the_file_cannot_be_read_keys_get_503_and_others_what_is_open(
    path: Path, reader: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(guarded(Access(KeyFile(path))))
    kept = path.read_bytes()
    path.write_bytes(b"{")

    with caplog.at_level(logging.ERROR, "affectgraph.api.auth"):
        answers = [client.get("/said/a", headers=reader) for _ in range(3)]
    open_to_all = client.get("/said/a").status_code
    path.write_bytes(kept)

    for answer in answers:
        found = problem(answer, 503, "backend")
        assert str(path) not in answer.text
        assert "its log says what is wrong" in found["hint"]
        assert answer.headers["retry-after"] == "5"
    assert open_to_all == 200
    own = [record for record in caplog.records if record.name == "affectgraph.api.auth"]
    assert [str(path) in record.getMessage() for record in own] == [True]
    assert client.get("/said/a", headers=reader).status_code == 200


def test_fault_that_comes_back_is_logged_again(
    path: Path, reader: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(guarded(Access(KeyFile(path))))
    kept = path.read_bytes()

    with caplog.at_level(logging.ERROR, "affectgraph.api.auth"):
        for content in (b"{", kept, b"{"):
            path.write_bytes(content)
            client.get("/said/a", headers=reader)
            client.get("/said/a", headers=reader)

    assert sum(record.name == "affectgraph.api.auth" for record in caplog.records) == 2


# --- secrets --------------------------------------------------------------------------------------


def test_token_is_in_no_log_answer_or_metric(
    path: Path, give: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good, bad = give("read"), {"authorization": f"Bearer {make_token()}"}
    app = small_app(Operation(metrics=True, log_client=True))

    def told(request: Request) -> dict[str, str]:
        return dict(request.headers)

    app.add_api_route("/told", told)
    app.add_middleware(Guard, access=Access(KeyFile(path)), respond=respond)
    client, said = client_of(app), []
    with access_log(logging.DEBUG) as log:
        for sent in (good, bad, {}):
            for address in ("/told", "/said/none", "/broken/x", "/down/x", "/nothing", "/metrics"):
                answer = client.get(address, headers=sent)
                said.append(answer.text + repr(answer.headers))
            twice = [("authorization", value) for value in sent.values()] * 2
            said.append(client.get("/told", headers=twice).text)
    for form in (TextFormatter(), JsonFormatter()):
        said += [form.format(record) for record in (*log.records, *caplog.records)]

    everything = "\n".join(said)
    for sent in (good, bad):
        token = sent["authorization"].removeprefix("Bearer ")
        assert token not in everything
        assert token[4:30] not in everything
    assert "agk_" not in everything


def test_log_names_the_key_by_its_id(path: Path, reader: dict[str, str]) -> None:
    from affectgraph.api.key_file import read_keys

    client = client_of(guarded(Access(KeyFile(path))))
    with access_log() as log:
        client.get("/said/a", headers=reader)
        client.get("/said/a")

    (key,) = read_keys(path)
    assert [line.key for line in log.lines] == [key.id, None]
    assert str(log.lines[0]).endswith(f"key={key.id}")
    assert "key" not in log.lines[1].members()
