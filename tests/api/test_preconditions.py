"""Preconditions after RFC 9110, section 13: what the headers say, and that no write of another is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from fastapi import HTTPException
from starlette.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.preconditions import EntityTags, PreconditionError, Preconditions, parse_tags
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import problem

# --- the headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"a"', EntityTags(frozenset({'"a"'}))),
        ('"a" , "b,c"', EntityTags(frozenset({'"a"', '"b,c"'}))),
        (',, "a",\t', EntityTags(frozenset({'"a"'}))),  # empty elements, RFC 9110, 5.6.1.2
        ('W/"a", "a"', EntityTags(frozenset({'"a"'}), frozenset({'"a"'}))),
        ('""', EntityTags(frozenset({'""'}))),
        (" * ", EntityTags(is_any=True)),
        ("", EntityTags()),
    ],
)
def test_entity_tags_are_read_as_the_rfc_writes_them(value: str, expected: EntityTags) -> None:
    assert parse_tags(value, "If-Match") == expected


@pytest.mark.parametrize(
    "value", ["a", '"a', "'a'", 'w/"a"', '"a" "b"', '*, "a"', '"a b"', 'W/ "a"']
)
def test_header_that_is_no_list_of_entity_tags_is_refused(value: str) -> None:
    with pytest.raises(HTTPException, match="If-Match as") as found:
        parse_tags(value, "If-Match")
    assert found.value.status_code == 400


@pytest.mark.parametrize(
    ("match", "none_match", "current", "is_met"),
    [
        ('"a"', None, {'"a"', '"b"'}, True),
        ('"x", "b"', None, {'"a"', '"b"'}, True),
        ('"x"', None, {'"a"'}, False),
        ('W/"a"', None, {'"a"'}, False),  # 13.1.1: strong comparison
        ("*", None, {'"a"'}, True),
        ("*", None, set(), False),
        ('"a"', None, set(), False),
        ("", None, {'"a"'}, False),
        (None, "*", set(), True),
        (None, "*", {'"a"'}, False),
        (None, 'W/"a"', {'"a"'}, False),  # 13.1.2: weak comparison
        (None, '"x"', {'"a"'}, True),
        ('"a"', '"a"', {'"a"'}, False),
        (None, None, set(), True),
    ],
)
def test_write_is_made_only_if_both_headers_are_met(
    match: str | None, none_match: str | None, current: set[str], is_met: bool
) -> None:
    conditions = Preconditions(
        None if match is None else parse_tags(match, "If-Match"),
        None if none_match is None else parse_tags(none_match, "If-None-Match"),
    )
    if is_met:
        conditions.require(current)
    else:
        with pytest.raises(PreconditionError):
            conditions.require(current)


# --- writes over HTTP --------------------------------------------------------------------------------

isolated = pytest.mark.skipif(not can_isolate(), reason="needs fork")
TURTLE = {"content-type": "text/turtle"}
NTRIPLES = {"accept": "application/n-triples"}
ONE = '<urn:s> <urn:p> "o" .\n'
TWO = '<urn:s> <urn:p> "u" .\n'
STORE = "/rdf-graph-store?graph=https://w3id.org/affectgraph/graph/user/mine"
OWN = "/graph/user/mine"
KNOWN = "/v1/data/mine"
DOORS = (STORE, OWN, KNOWN)


@pytest.fixture(scope="module")
def shared(graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that may write."""
    folder = tmp_path_factory.mktemp("preconditions")
    (folder / "graph.ttl").write_text("<urn:own> a <urn:Document> .", encoding="utf-8")
    keys: Path = folder / "keys.jsonl"
    token = create_key(keys, "ada", ("write",)).token
    data = open_user_data(
        folder / "own", graph, str(folder / "graph.ttl"), PoolLimits(workers=1, timeout_seconds=20)
    )
    app = create_app(data=data, access=Access(KeyFile(keys)))
    with TestClient(app, headers={"authorization": f"Bearer {token}"}) as client:
        yield client


@pytest.fixture
def client(shared: TestClient) -> TestClient:
    """A client of a service whose only graph has one triple."""
    assert shared.put(OWN, content=ONE, headers=TURTLE).is_success
    return shared


def tag_at(client: TestClient, door: str, **headers: str) -> str:
    """Return the tag of the graph at a door."""
    found = client.get(door, headers=headers)
    assert found.status_code == 200, found.text
    tag: str = found.headers["etag"]
    return tag


def content(client: TestClient) -> str:
    return client.get(OWN, headers=NTRIPLES).text


@isolated
@pytest.mark.parametrize("read_at", DOORS)
@pytest.mark.parametrize("written_at", DOORS)
def test_tag_of_any_door_admits_one_write_at_any_other(
    read_at: str, written_at: str, client: TestClient
) -> None:
    tag = tag_at(client, read_at, **NTRIPLES)

    first = client.put(written_at, content=TWO, headers=TURTLE | {"if-match": tag})
    second = client.put(written_at, content=ONE, headers=TURTLE | {"if-match": tag})

    assert first.is_success, first.text
    assert "etag" not in first.headers  # RFC 9110, 9.3.4: what is kept is not the bytes that came
    found = problem(second, 412, "precondition")
    assert "Somebody has written meanwhile" in found["detail"]
    assert "If-Match" in found["hint"]
    assert content(client) == TWO


@isolated
@pytest.mark.parametrize(
    ("method", "door"),
    [
        *((method, door) for method in ("PUT", "DELETE") for door in DOORS),
        ("POST", STORE),
        ("POST", OWN),
    ],
)
def test_every_write_looks_at_its_preconditions(method: str, door: str, client: TestClient) -> None:
    before = client.get("/v1/data").json()

    for header, value in (("if-match", '"other"'), ("if-match", 'W/"other"')):
        sent = client.request(method, door, content=TWO, headers=TURTLE | {header: value})
        problem(sent, 412, "precondition")
    present = client.request(method, door, content=TWO, headers=TURTLE | {"if-none-match": "*"})
    problem(present, 412, "precondition")
    malformed = client.request(method, door, content=TWO, headers=TURTLE | {"if-match": "x"})
    problem(malformed, 400, "malformed")
    assert client.get("/v1/data").json() == before

    tag = tag_at(client, door)
    assert client.request(
        method, door, content=TWO, headers=TURTLE | {"if-match": f'"other", {tag}'}
    ).is_success


@isolated
def test_graph_that_is_not_there_is_made_once_and_has_no_tag_to_match(client: TestClient) -> None:
    assert client.delete(OWN).status_code == 204

    problem(client.put(OWN, content=ONE, headers=TURTLE | {"if-match": "*"}), 412, "precondition")
    # RFC 9110, 13.2.1: what fails without the precondition fails as it does without.
    problem(client.delete(OWN, headers={"if-match": '"x"'}), 404, "unknown-term")
    only_new = TURTLE | {"if-none-match": "*"}
    assert client.put(KNOWN, content=ONE, headers=only_new).status_code == 200
    problem(client.put(KNOWN, content=TWO, headers=only_new), 412, "precondition")
    assert content(client) == ONE


@isolated
def test_tag_of_a_graph_changes_with_its_triples_and_at_no_other_time(client: TestClient) -> None:
    first = tag_at(client, OWN)
    formats = {tag_at(client, OWN, accept=a) for a in ("text/turtle", "application/n-triples")}
    codings = {tag_at(client, OWN, **{"accept-encoding": c}) for c in ("gzip", "identity")}
    state = tag_at(client, KNOWN)
    assert (len(formats), len(codings)) == (2, 2)

    client.put("/graph/user/other", content=TWO, headers=TURTLE)
    assert (tag_at(client, OWN), tag_at(client, KNOWN)) == (first, state)
    client.put(KNOWN, params={"licence": "CC0"}, content=ONE, headers=TURTLE)
    assert tag_at(client, OWN) == first
    assert tag_at(client, KNOWN) != state
    client.post(OWN, content=TWO, headers=TURTLE)
    assert tag_at(client, OWN) != first
    update = f"DELETE DATA {{ GRAPH <https://w3id.org/affectgraph/graph/user/mine> {{ {TWO} }} }}"
    assert client.post("/sparql", data={"update": update}).status_code == 204
    assert tag_at(client, OWN) == first


@isolated
@pytest.mark.parametrize("door", DOORS)
def test_who_has_the_graph_already_is_told_so(door: str, client: TestClient) -> None:
    tag = tag_at(client, door)

    for method in ("GET", "HEAD"):
        again = client.request(method, door, headers={"if-none-match": f"W/{tag}"})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert client.request(method, door, headers={"if-none-match": '"x"'}).status_code == 200
        assert client.request(method, door, headers={"if-match": '"x"'}).status_code == 412


@isolated
def test_of_many_who_write_what_they_read_none_loses_anothers_write(client: TestClient) -> None:
    writers, rounds = 4, 5
    together = Barrier(writers)

    def add(writer: int) -> None:
        together.wait()
        for number in range(rounds):
            is_written = False
            while not is_written:
                read = client.get(OWN, headers=NTRIPLES)
                more = f'<urn:s> <urn:p> "{writer}-{number}" .\n'
                sent = client.put(
                    OWN,
                    content=read.text + more,
                    headers=TURTLE | {"if-match": read.headers["etag"]},
                )
                assert sent.status_code in {204, 412}, sent.text
                is_written = sent.status_code == 204

    with ThreadPoolExecutor(writers) as threads:
        list(threads.map(add, range(writers)))

    assert content(client).count("\n") == 1 + writers * rounds


@isolated
def test_description_of_the_routes_names_the_preconditions(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/v1/data/{name}", OWN.replace("mine", "{name}"), "/rdf-graph-store"):
        for method, operation in paths[path].items():
            names = {p["name"] for p in operation["parameters"] if p["in"] == "header"}
            assert names == {"if-match", "if-none-match"}
            assert "412" in operation["responses"]
            if method == "get":
                assert "ETag" in operation["responses"]["200"]["headers"]
                assert "304" in operation["responses"]
