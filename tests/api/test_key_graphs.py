"""A key may be limited to graphs whose IRIs begin in some way; every door to users' data holds to it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from affectgraph.api import key_file
from affectgraph.api.access import Access, Caller, asked_by, require_graph
from affectgraph.api.access_errors import AccessError
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key, read_keys, revoke_key
from affectgraph.api.keys import Key, Right, key_data, key_from
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError
from tests.api.asking import problem
from tests.api.running import run

USERS = "https://w3id.org/affectgraph/graph/user/"
MINE = USERS + "lab-"


def key(*graphs: str, scopes: tuple[Right, ...] = ("write",)) -> Key:
    return Key("lab", scopes, "0" * 64, datetime(2026, 1, 1, tzinfo=UTC), graphs=graphs)


# --- the key -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graphs", "graph", "may"),
    [
        ((), "urn:any", True),
        ((MINE,), MINE + "one", True),
        ((MINE,), MINE, True),
        ((MINE,), USERS + "other", False),
        ((MINE,), MINE.upper() + "one", False),
        ((MINE,), "urn:x?" + MINE, False),
        ((MINE, "urn:lab:"), "urn:lab:x", True),
        ((MINE, "urn:lab:"), "urn:labor", False),
    ],
)
def test_key_may_write_graphs_that_begin_as_it_says(
    graphs: tuple[str, ...], graph: str, may: bool
) -> None:
    assert key(*graphs).may_write(graph) is may


def test_key_without_the_scope_writes_no_graph() -> None:
    assert not key(scopes=("read", "llm")).may_write("urn:any")


@pytest.mark.parametrize(
    ("graphs", "scopes", "said"),
    [
        (("lab-",), ("write",), "begin of absolute IRIs"),
        (("urn:",), ("write",), "begin of absolute IRIs"),
        (("",), ("write",), "begin of absolute IRIs"),
        (("urn:a b",), ("write",), "begin of absolute IRIs"),
        (("urn:x>",), ("write",), "begin of absolute IRIs"),
        (("urn:lab",), ("read",), "scope write"),
        (("urn:lab",), ("write", "admin"), "not admin"),
        (tuple(f"urn:{n}" for n in range(101)), ("write",), "up to 100"),
    ],
)
def test_limit_that_cannot_be_kept_is_refused(
    graphs: tuple[str, ...], scopes: tuple[Right, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        key(*graphs, scopes=scopes)


def test_limits_stand_in_the_file_and_are_read_again() -> None:
    limited = key(MINE, "urn:lab:")
    assert key_data(limited)["graphs"] == [MINE, "urn:lab:"]
    assert key_from(json.loads(json.dumps(key_data(limited)))) == limited
    assert "graphs" not in key_data(key())


@pytest.mark.parametrize("graphs", ["urn:lab", [1], None, {}])
def test_limits_that_are_no_list_of_texts_make_no_key(graphs: Any) -> None:
    with pytest.raises(InputError, match="graphs as a list of texts"):
        key_from(key_data(key()) | {"graphs": graphs})


def test_who_has_no_key_is_asked_elsewhere_and_a_reader_is_refused_here() -> None:
    with asked_by(Caller(key=None)):
        require_graph("urn:any")
    with asked_by(Caller(key=key(scopes=("read",)))), pytest.raises(AccessError) as found:
        require_graph("urn:any")
    assert found.value.status_code == 403


# --- the command -------------------------------------------------------------------------------------


def test_command_makes_limited_keys_and_lists_their_limits(tmp_path: Path) -> None:
    path = tmp_path / "keys.jsonl"
    options = ["--name", "lab", "--scope", "write", "--graphs", MINE, "--graphs", "urn:lab:"]

    _, err = run("keys", "create", "--keys", path, *options)

    assert f"write ({MINE}..., urn:lab:...)" in err
    assert read_keys(path)[0].graphs == (MINE, "urn:lab:")
    assert f"({MINE}..., urn:lab:...)" in run("keys", "list", "--keys", path)[0]
    (listed,) = json.loads(run("keys", "list", "--keys", path, "--json")[0])
    assert listed["graphs"] == [MINE, "urn:lab:"]


# --- the file ----------------------------------------------------------------------------------------


def test_file_of_keys_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.jsonl"
    create_key(path, "one", ("read",))
    size = path.stat().st_size
    monkeypatch.setattr(key_file, "MOST_BYTES", size)

    assert [found.name for found in read_keys(path)] == ["one"]
    with pytest.raises(InputError, match=f"Expected keys of up to {size} bytes"):
        create_key(path, "two", ("read",))
    assert [found.name for found in read_keys(path)] == ["one"]
    assert [file.name for file in tmp_path.iterdir()] == ["keys.jsonl"]
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputError, match="got more"):
        read_keys(path)


def test_change_of_the_file_is_on_disk_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[Path, list[str]]] = []

    def noted(path: Path) -> None:
        synced.append((path, sorted(file.name for file in path.iterdir())))

    monkeypatch.setattr(key_file, "sync_file", noted)
    path = tmp_path / "keys.jsonl"

    create_key(path, "one", ("read",))
    revoke_key(path, "one")

    assert synced == [(tmp_path, ["keys.jsonl"])] * 2


# --- every door --------------------------------------------------------------------------------------

TURTLE = {"content-type": "text/turtle"}
UPDATE = {"content-type": "application/sparql-update"}
ONE = "<urn:s> <urn:p> 1 ."


@pytest.fixture(scope="module")
def service(
    graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, TestClient]]:
    """A service, as one sees it whose key may write all, and as one whose key may write graphs of a lab."""
    if not can_isolate():
        pytest.skip("needs fork")
    folder = tmp_path_factory.mktemp("graphs")
    (folder / "graph.ttl").write_text("<urn:own> a <urn:Document> .", encoding="utf-8")
    keys = folder / "keys.jsonl"
    everybody = create_key(keys, "ada", ("write",)).token
    lab = create_key(keys, "lab", ("write",), graphs=[MINE]).token
    data = open_user_data(
        folder / "own", graph, str(folder / "graph.ttl"), PoolLimits(workers=1, timeout_seconds=20)
    )
    app = create_app(data=data, access=Access(KeyFile(keys)))

    def client(token: str) -> TestClient:
        return TestClient(app, headers={"authorization": f"Bearer {token}"})

    with client(everybody) as ada:
        yield ada, client(lab)


DOORS = [
    ("PUT", "/v1/data/{}", ONE, TURTLE),
    ("DELETE", "/v1/data/{}", None, {}),
    ("PUT", "/graph/user/{}", ONE, TURTLE),
    ("POST", "/graph/user/{}", ONE, TURTLE),
    ("DELETE", "/graph/user/{}", None, {}),
    ("PUT", f"/rdf-graph-store?graph={USERS}{{}}", ONE, TURTLE),
    ("POST", f"/rdf-graph-store?graph={USERS}{{}}", ONE, TURTLE),
    ("DELETE", f"/rdf-graph-store?graph={USERS}{{}}", None, {}),
    ("POST", "/sparql", f"INSERT DATA {{{{ GRAPH <{USERS}{{}}> {{{{ {ONE} }}}} }}}}", UPDATE),
    ("POST", "/sparql", f"DROP GRAPH <{USERS}{{}}>", UPDATE),
    (
        "POST",
        "/sparql",
        f"WITH <{USERS}{{}}> INSERT {{{{ ?s ?p 2 }}}} WHERE {{{{ ?s ?p ?o }}}}",
        UPDATE,
    ),
    (
        "POST",
        "/sparql",
        "INSERT {{ GRAPH ?g {{ ?s ?p 3 }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
        f"FILTER (?g = <{USERS}{{}}>) }}}}",
        UPDATE,
    ),
]


@pytest.mark.parametrize(("method", "path", "content", "headers"), DOORS)
def test_every_door_takes_writes_of_graphs_that_the_key_may_write_and_no_others(
    method: str,
    path: str,
    content: str | None,
    headers: dict[str, str],
    service: tuple[TestClient, TestClient],
) -> None:
    ada, lab = service
    for name in ("lab-one", "other"):
        assert ada.put(f"/v1/data/{name}", content="<urn:s> <urn:p> 0 .", headers=TURTLE).is_success
    before = ada.get("/v1/data/other").json()

    def send(name: str) -> Any:
        text = None if content is None else content.format(name)
        return lab.request(method, path.format(name), content=text, headers=headers)

    assert send("lab-one").is_success, send("lab-one").text
    refused = send("other")

    found = problem(refused, 403, "scope-needed")
    assert f"{MINE}..., got {USERS}other" in found["detail"]
    assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]
    assert ada.get("/v1/data/other").json() == before


def test_update_of_several_graphs_is_refused_whole_for_one_of_another(
    service: tuple[TestClient, TestClient],
) -> None:
    ada, lab = service
    ada.put("/v1/data/lab-one", content=ONE, headers=TURTLE)
    before = ada.get("/v1/data").json()
    update = (
        f"INSERT DATA {{ GRAPH <{MINE}one> {{ <urn:s> <urn:p> 9 }} GRAPH <urn:x> {{ {ONE} }} }}"
    )

    problem(lab.post("/sparql", content=update, headers=UPDATE), 403, "scope-needed")
    problem(lab.post("/sparql", content="DROP NAMED", headers=UPDATE), 400, "query")
    assert ada.get("/v1/data").json() == before


def test_limited_key_makes_no_graph_whose_name_the_service_chooses(
    service: tuple[TestClient, TestClient],
) -> None:
    ada, lab = service
    before = ada.get("/v1/data").json()
    problem(lab.post("/rdf-graph-store", content=ONE, headers=TURTLE), 403, "scope-needed")
    assert ada.get("/v1/data").json() == before


def test_limited_key_reads_what_all_read(service: tuple[TestClient, TestClient]) -> None:
    ada, lab = service
    ada.put("/v1/data/other", content=ONE, headers=TURTLE)
    assert lab.get("/graph/user/other", headers={"accept": "application/n-triples"}).is_success
