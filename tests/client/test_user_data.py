"""The client writes users' graphs to a service that keeps them, and reads what it keeps."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import open_user_data
from affectgraph.client import (
    AccessRefusedError,
    ChangedError,
    Client,
    NotFoundError,
    RefusedError,
    graph_store,
    user_data,
)
from affectgraph.client.call import Call, get
from affectgraph.client.in_process import InProcessTransport
from affectgraph.kg.answers import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import InputError
from tests.client.conftest import BASE_URL

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

ONE = "<urn:s> <urn:p> 'caf\N{LATIN SMALL LETTER E WITH ACUTE}' ."
LIMITS = PoolLimits(workers=1, timeout_seconds=20.0, memory_mb=1024)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def key(place: Path) -> str:
    """A key that may write and back up."""
    return create_key(place / "keys.jsonl", "ada", ("write", "admin")).token


@pytest.fixture(scope="module")
def way(
    place: Path, key: str, small: EmotionGraph, graph: EmotionGraph
) -> Iterator[InProcessTransport]:
    """The way to a service that keeps users' data."""
    assert isinstance(small.store, OxigraphStore)
    small.store.save(place / "graph")
    data = open_user_data(place / "own", graph, str(place / "graph"), LIMITS)
    app = create_app(data=data, access=Access(KeyFile(place / "keys.jsonl")))
    with TestClient(app):
        found = InProcessTransport(app)
        yield found
        found.close()


@pytest.fixture(scope="module")
def ada(key: str, way: InProcessTransport) -> Client:
    """A client with that key."""
    return Client(BASE_URL, key=key, transport=way)


def test_graph_that_was_put_is_listed_asked_and_deleted(ada: Client) -> None:
    put = ada.put_user_graph("mine", ONE, source="a diary", licence="CC0-1.0")
    assert (put.name, put.triples, put.agent, put.bad_rows) == ("mine", 1, "ada", [])

    assert [entry.name for entry in ada.user_graphs().items] == ["mine"]
    kept = ada.user_graph("mine")
    assert (kept.kind, kept.source, kept.licence) == ("rdf", "a diary", "CC0-1.0")
    found = ada.sparql(f"SELECT ?o {{ GRAPH <{kept.iri}> {{ ?s ?p ?o }} }}")
    assert isinstance(found, Table)
    assert [row["o"] for row in found] == ["caf\N{LATIN SMALL LETTER E WITH ACUTE}"]

    ada.delete_user_graph("mine")
    assert ada.user_graphs().items == []
    with pytest.raises(NotFoundError, match="mine"):
        ada.delete_user_graph("mine")


MINE = USER_GRAPHS + "diary"


def test_graphs_are_put_added_to_read_and_deleted_as_rdf(ada: Client) -> None:
    ada.put_graph(MINE, "<urn:s> <urn:p> 'one' .")
    ada.post_graph(MINE, '<urn:s> <urn:p> "two" .', media_type="application/n-triples")
    found = ada.get_graph(MINE, media_type="application/n-triples")
    assert set(found.splitlines()) == {f'<urn:s> <urn:p> "{word}" .' for word in ("one", "two")}

    ada.put_graph(MINE, b"<urn:s> <urn:p> 'three' .")
    assert ada.get_graph(MINE).split() == ["<urn:s>", "<urn:p>", '"three"', "."]
    ada.delete_graph(MINE)
    with pytest.raises(NotFoundError, match="diary"):
        ada.get_graph(MINE)


def test_packaged_default_graph_is_read_and_not_written(ada: Client) -> None:
    assert "<https://w3id.org/affectgraph/" in ada.get_graph(media_type="application/n-triples")
    with pytest.raises(RefusedError, match="Expected a named graph of yours"):
        ada.send(Call("DELETE", "/rdf-graph-store", None, query={"default": ""}))


def test_graph_that_is_no_rdf_is_refused_and_strangers_write_none(
    ada: Client, way: InProcessTransport
) -> None:
    stranger = Client(BASE_URL, transport=way)
    for write in (stranger.put_graph, stranger.post_graph):
        with pytest.raises(AccessRefusedError):
            write(MINE, ONE)
    with pytest.raises(AccessRefusedError):
        stranger.delete_graph(MINE)
    with pytest.raises(RefusedError, match="400"):
        ada.put_graph(MINE, "<urn:s> <urn:p>")
    assert ada.user_graphs().items == []


def test_methods_take_what_the_graph_store_takes(ada: Client) -> None:
    document: dict[str, Any] = ada.send(get("/openapi.json", dict[str, Any]))
    makers = (
        graph_store.get_graph("urn:a"),
        graph_store.get_graph(),
        graph_store.put_graph("urn:a", ONE),
        graph_store.post_graph("urn:a", ONE),
        graph_store.delete_graph("urn:a"),
    )
    assert {call.method.lower() for call in makers} == set(document["paths"][graph_store.ROUTE])
    for call in makers:
        operation = document["paths"][call.route][call.method.lower()]
        assert set(call.query) <= {p["name"] for p in operation["parameters"]}


def test_write_that_would_undo_another_is_refused_and_nothing_is_changed(ada: Client) -> None:
    read = ada.put_user_graph("mine", ONE)
    other = ada.put_user_graph("mine", ONE.replace("p", "q"), if_match=read.etag)
    try:
        with pytest.raises(ChangedError, match="Somebody has written meanwhile"):
            ada.put_user_graph("mine", ONE, if_match=read.etag)
        with pytest.raises(ChangedError):
            ada.delete_user_graph("mine", if_match=read.etag)
        assert ada.user_graph("mine").etag == other.etag != read.etag
    finally:
        ada.delete_user_graph("mine", if_match=other.etag)
    with pytest.raises(ChangedError, match="got none"):
        ada.put_user_graph("mine", ONE, if_match="*")
    made = ada.put_user_graph("mine", ONE)
    ada.post_graph(made.iri, ONE.replace("p", "q"), if_match=made.etag)
    for write in (ada.put_graph, ada.post_graph):
        with pytest.raises(ChangedError):
            write(made.iri, ONE, if_match=made.etag)
    with pytest.raises(ChangedError):
        ada.delete_graph(made.iri, if_match=made.etag)
    ada.delete_graph(made.iri, if_match=ada.user_graph("mine").etag)
    assert ada.user_graphs().items == []


@pytest.mark.parametrize("tag", ['"a"\r\nx: y', '"\N{SNOWMAN}"'])
def test_tag_that_no_header_can_hold_is_refused_before_it_is_sent(tag: str, ada: Client) -> None:
    with pytest.raises(InputError, match="if_match"):
        ada.put_user_graph("mine", ONE, if_match=tag)


def test_backup_is_made_where_the_service_says(ada: Client) -> None:
    ada.put_user_graph("kept", ONE.encode())
    try:
        backup = ada.back_up_user_graphs()
    finally:
        ada.delete_user_graph("kept")
    assert backup.graphs == 1
    assert Path(backup.folder).is_dir()


CONCEPTS = """\
concept,label,language,broader
eco-grief,eco-grief,,grief
eco-grief,Öko-Trauer,de,
toska,toska,,sadness
"""


def test_concepts_of_ones_own_are_put_looked_up_and_grounded(ada: Client) -> None:
    put = ada.put_user_graph("mine", CONCEPTS, media_type="text/csv", kind="concepts")
    try:
        assert [(note.line, note.column) for note in put.notes] == [(4, "label")]
        found = ada.emotion("user/mine/eco-grief")
        assert (found.iri, found.tier) == (f"{put.iri}/eco-grief", "tertiary")
        assert [concept.slug for concept in ada.path(found.slug)] == [*found.path]
        assert ada.emotion(found.iri) == ada.emotion("öko-trauer") == found
        ground = ada.ground("very eco-grief")
        assert ground.candidates[0].concept.slug == found.slug
    finally:
        ada.delete_user_graph("mine")
    with pytest.raises(NotFoundError, match="eco-grief"):
        ada.emotion("user/mine/eco-grief")


def test_what_is_no_rdf_is_refused_and_nothing_is_kept(ada: Client) -> None:
    with pytest.raises(RefusedError, match=r"400"):
        ada.put_user_graph("broken", "<urn:s> <urn:p>")
    with pytest.raises(RefusedError, match=r"415.*application/zip"):
        ada.put_user_graph("broken", b"PK", media_type="application/zip")
    assert ada.user_graphs().items == []


def test_writes_without_a_key_are_refused(way: InProcessTransport) -> None:
    stranger = Client(BASE_URL, transport=way)
    with pytest.raises(AccessRefusedError):
        stranger.put_user_graph("mine", ONE)
    with pytest.raises(AccessRefusedError):
        stranger.delete_user_graph("mine")
    with pytest.raises(AccessRefusedError):
        stranger.back_up_user_graphs()


def test_name_that_leads_to_another_route_deletes_nothing(ada: Client) -> None:
    with pytest.raises(InputError, match=r"\.\."):
        ada.delete_user_graph("x/../../data/mine")


def test_methods_take_what_the_routes_of_users_data_take(ada: Client) -> None:
    document: dict[str, Any] = ada.send(get("/openapi.json", dict[str, Any]))
    routes = {
        (method.upper(), path): operation
        for path, found in document["paths"].items()
        for method, operation in found.items()
        if path.startswith(("/v1/data", "/v1/backups"))
    }
    makers = [
        (make(**dict.fromkeys(required(make), "x")), make)
        for make in vars(user_data).values()
        if inspect.isfunction(make) and make.__module__ == user_data.__name__
    ]
    assert {(call.method, call.route) for call, _ in makers} == set(routes)
    for call, make in makers:
        parameters = routes[call.method, call.route].get("parameters", ())
        said = {p["name"]: p["schema"].get("default") for p in parameters if p["in"] != "header"}
        sent = {name: make_default(make, name) for name in (*call.names, *call.query)}
        assert sent == said
        is_conditional = any(p["name"] == "if-match" for p in parameters)
        takes_tag = "if_match" in inspect.signature(make).parameters
        assert takes_tag == (is_conditional and call.method in {"PUT", "DELETE"})


def required(make: Any) -> list[str]:
    parameters = inspect.signature(make).parameters.values()
    return [p.name for p in parameters if p.default is p.empty]


def make_default(make: Any, name: str) -> object:
    default = inspect.signature(make).parameters[name].default
    return None if default is inspect.Parameter.empty else default
