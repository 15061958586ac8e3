"""What users store has an end, and so has the queue of those who write; both are said in words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from threading import Event

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from starlette.testclient import TestClient

from affectgraph.api import data_options
from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.data_limits import DEFAULT_DATA_LIMITS, DataLimits
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import UserData, open_user_data
from affectgraph.api.write_turns import WriteTurns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_limits import StoreFullError, StoreLimits
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change, Write
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.asking import problem


def triples(*values: str) -> tuple[Triple, ...]:
    return tuple(Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal(v)) for v in values)


# --- the store ---------------------------------------------------------------------------------------


@pytest.fixture
def small_store(tmp_path: Path) -> Iterator[UserStore]:
    """A store for two graphs and three triples."""
    with UserStore.open(tmp_path / "own", limits=StoreLimits(graphs=2, triples=3)) as store:
        yield store


def test_write_that_would_make_a_store_hold_too_much_writes_nothing(
    small_store: UserStore,
) -> None:
    small_store.put("one", triples("a", "b"))
    small_store.add("one", triples("b", "c"))  # three in all, as one was there

    with pytest.raises(StoreFullError, match=r"up to 3 triples of users in the store, got .* 4"):
        small_store.add("one", triples("d"))
    with pytest.raises(StoreFullError, match="up to 3 triples"):
        small_store.apply(
            [Change("urn:g", triples("x")), Change(small_store.entry("one").iri, triples("d"))]
        )
    assert {entry.name: entry.triples for entry in small_store.entries()} == {"one": 3}
    assert small_store.check() == []

    small_store.put("one", triples("z"))
    small_store.put("two", triples("a", "b"))
    with pytest.raises(StoreFullError, match="up to 2 graphs"):
        small_store.put("three", [])
    small_store.apply(
        [Change("urn:g", triples("x")), Change(small_store.entry("one").iri, about=None)]
    )
    assert [entry.triples for entry in small_store.entries()] == [2, 1]


def test_store_that_holds_too_much_already_takes_writes_that_make_it_less(tmp_path: Path) -> None:
    with UserStore.open(tmp_path / "own") as store:
        store.put("one", triples("a", "b", "c"))
    with UserStore.open(tmp_path / "own", limits=StoreLimits(graphs=1, triples=1)) as store:
        store.put("one", triples("a", "b"))
        with pytest.raises(StoreFullError):
            store.put("one", triples("a", "b", "c"))
        store.put("one", triples("x", "y"))
        store.delete("one")


@pytest.mark.parametrize(
    "wrong", [{"graphs": 0}, {"triples": 0}, {"waiting": -1}, {"wait_seconds": 0.0}]
)
def test_limit_that_lets_nothing_in_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        DataLimits(**wrong)


def test_options_left_out_are_the_limits_left_out() -> None:
    said = (data_options.GRAPHS, data_options.TRIPLES, data_options.WAITING)
    names = [field.name for field in fields(DataLimits)]
    assert names[:3] == ["graphs", "triples", "waiting"]
    assert DataLimits(*said) == DEFAULT_DATA_LIMITS


# --- the queue ---------------------------------------------------------------------------------------


def test_writers_wait_in_a_queue_that_has_an_end() -> None:
    turns = WriteTurns(waiting=1, wait_seconds=60.0)
    begun, may_end = Event(), Event()
    order: list[str] = []

    def first() -> None:
        with turns.turn():
            begun.set()
            may_end.wait()
            order.append("first")

    def second() -> None:
        with turns.turn():
            order.append("second")

    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(first)]
        begun.wait()
        running.append(threads.submit(second))
        while turns.waiting == 0:
            pass
        with pytest.raises(BackendError, match="1 writes wait already") as found, turns.turn():
            pass
        may_end.set()
        for future in running:
            future.result()

    assert found.value.retryable
    assert order == ["first", "second"]
    with turns.turn():  # the turn was given back
        assert turns.waiting == 0


def test_writer_whose_turn_does_not_come_gives_up_and_leaves_the_queue() -> None:
    turns = WriteTurns(waiting=1, wait_seconds=0.01)
    with turns.turn():
        for _ in range(3):  # none of them is counted any more
            with pytest.raises(BackendError, match=r"take over 0.01 s"), turns.turn():
                pass


def test_turn_of_a_write_that_fails_is_given_back() -> None:
    turns = WriteTurns(waiting=0, wait_seconds=1.0)
    with pytest.raises(ValueError, match="no"), turns.turn():
        raise ValueError("no")
    with turns.turn():
        pass


# --- over HTTP ---------------------------------------------------------------------------------------

TURTLE = {"content-type": "text/turtle"}
OWN = "/graph/user/mine"


@pytest.fixture(scope="module")
def data(graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> UserData:
    if not can_isolate():
        pytest.skip("needs fork")
    folder = tmp_path_factory.mktemp("limits")
    (folder / "graph.ttl").write_text("<urn:own> a <urn:Document> .", encoding="utf-8")
    return open_user_data(
        folder / "own",
        graph,
        str(folder / "graph.ttl"),
        PoolLimits(workers=1, timeout_seconds=20),
        DataLimits(graphs=2, triples=3, waiting=0),
    )


@pytest.fixture(scope="module")
def client(data: UserData, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that may write."""
    keys = tmp_path_factory.mktemp("keys") / "keys.jsonl"
    token = create_key(keys, "ada", ("write",)).token
    app = create_app(data=data, access=Access(KeyFile(keys)))
    with TestClient(app, headers={"authorization": f"Bearer {token}"}) as found:
        yield found


def test_every_way_to_write_says_that_the_store_is_full(client: TestClient) -> None:
    turtle = "<urn:s> <urn:p> 1, 2, 3 ."
    assert client.put(OWN, content=turtle, headers=TURTLE).is_success
    before = client.get("/v1/data").json()
    more = "<urn:s> <urn:p> 4 ."
    update = f"INSERT DATA {{ GRAPH <urn:g> {{ {more} }} }}"

    refused = [
        client.put("/v1/data/other", content=more, headers=TURTLE),
        client.put("/rdf-graph-store?graph=urn:g", content=more, headers=TURTLE),
        client.post(OWN, content=more, headers=TURTLE),
        client.post("/sparql", data={"update": update}),
    ]

    for response in refused:
        found = problem(response, 507, "store-full")
        assert "up to 3 triples" in found["detail"]
        assert "--data-triples" in found["hint"]
    assert client.get("/v1/data").json() == before
    assert client.delete(OWN).status_code == 204


def test_write_that_nobody_has_room_for_comes_back_later_and_reads_go_on(
    client: TestClient, data: UserData
) -> None:
    begun, may_end = Event(), Event()

    def slowly(store: UserStore) -> Write:
        begun.set()
        may_end.wait()
        return store.put("mine", triples("slow"))

    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(data.write, slowly)
        begun.wait()
        try:
            refused = [
                client.put(OWN, content="", headers=TURTLE),
                client.delete(OWN),
                client.post("/sparql", data={"update": "CREATE GRAPH <urn:g>"}),
            ]
            assert client.get("/v1/data").json()["items"] == []
        finally:
            may_end.set()
        writing.result()

    for response in refused:
        problem(response, 503, "backend")
        assert int(response.headers["retry-after"]) >= 1
    assert [item["triples"] for item in client.get("/v1/data").json()["items"]] == [1]
    assert client.delete(OWN).status_code == 204
