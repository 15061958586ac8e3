"""Whether a remote store holds the graph of the package, and where its lookups are then read from."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest

from affectgraph.kg import EmotionGraph, OxigraphStore, RemoteStore
from affectgraph.kg.compiled import PackagedStore, kept_lookups
from affectgraph.kg.remote_graph import (
    LOOKUPS_VARIABLE,
    lookups_of_environment,
    use_packaged_lookups,
)
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.iris import DATASET
from tests.kg.test_stores import SparqlHandler, serving


class Counting(SparqlHandler):
    """The packaged graph, and the queries that came."""

    queries: ClassVar[list[str]]
    change: Callable[[str], str]

    def answer(self, query: str) -> None:
        type(self).queries.append(query)
        super().answer(query)


@contextmanager
def counted(
    graph: EmotionGraph, change: tuple[str, str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Serve the packaged graph with a change to what it answers; give address and queries."""

    class Handler(Counting):
        store = graph.store  # type: ignore[assignment]
        queries: ClassVar[list[str]] = []

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            if change is not None:
                body = re.sub(change[0].encode(), change[1].encode(), body)
            super()._send(status, media_type, body)

    with serving(Handler) as url:
        yield url, Handler.queries


@pytest.fixture(scope="module")
def loaded(graph: EmotionGraph) -> Iterator[tuple[EmotionGraph, list[str]]]:
    with counted(graph) as (url, queries):
        other = EmotionGraph.load(url)
        yield other, queries
        other.close()


def test_lookups_of_the_same_graph_send_no_query(
    loaded: tuple[EmotionGraph, list[str]], graph: EmotionGraph
) -> None:
    other, queries = loaded
    before = len(queries)

    assert other.emotions() == graph.emotions()
    assert other.index.forms == graph.index.forms
    assert other.vad("dread") == graph.vad("dread")
    assert LabelLinker(other).ground("seething") == LabelLinker(graph).ground("seething")
    assert other.around.modalities == graph.around.modalities
    assert len(queries) == before


def test_sparql_is_asked_of_the_store(loaded: tuple[EmotionGraph, list[str]]) -> None:
    other, queries = loaded

    other.sparql("ASK { <urn:not-here> ?p ?o }")

    assert "not-here" in queries[-1]


def test_few_queries_tell_that_it_is_the_same_graph(graph: EmotionGraph) -> None:
    with counted(graph) as (url, queries):
        EmotionGraph.load(url).close()

    # What kind of server it is, the version, the counts, and the number of triples.
    assert len(queries) == 4


def test_graph_of_another_version_is_refused_with_both_versions(graph: EmotionGraph) -> None:
    change = (f'"value":"{re.escape(graph.version)}"', '"value":"9.8.7"')
    with (
        counted(graph, change) as (url, _),
        pytest.raises(BackendError, match=r"expected the graph 0\.1\.0.*got 9\.8\.7") as caught,
    ):
        EmotionGraph.load(url)

    assert LOOKUPS_VARIABLE in str(caught.value)


def test_other_graph_of_the_same_version_is_refused(graph: EmotionGraph) -> None:
    (members,) = {
        row[0].value
        for row in graph.store.query(  # type: ignore[union-attr]
            f"PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n {{ <{DATASET}> void:classPartition ?c . "
            "?c void:class <http://www.w3.org/2004/02/skos/core#Concept> ; void:entities ?n }"
        )
    }
    with (
        counted(graph, (f'"value":"{members}"', '"value":"7"')) as (url, _),
        pytest.raises(BackendError, match=r"another one of that version.* counts differ, such as"),
    ):
        EmotionGraph.load(url)


def test_store_that_was_loaded_in_part_is_refused(small: EmotionGraph) -> None:
    with (
        counted(small) as (url, _),
        pytest.raises(
            BackendError, match=r"expected the [\d,]+ triples of the graph .*, got [\d,]+"
        ),
    ):
        EmotionGraph.load(url)


def test_any_graph_is_taken_where_lookups_are_asked_of_the_store(
    small: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOOKUPS_VARIABLE, "store")

    with counted(small) as (url, queries):
        other = EmotionGraph.load(url)
        before = len(queries)

        assert other.emotions() == small.emotions()
        assert other.index.forms == small.index.forms
        assert len(queries) > before
        other.close()


def test_place_of_lookups_must_be_one_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOOKUPS_VARIABLE, "cache")

    with pytest.raises(InputError, match="Expected packaged or store"):
        lookups_of_environment()


def test_lookups_are_packaged_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LOOKUPS_VARIABLE, raising=False)

    assert lookups_of_environment() == "packaged"


def test_store_keeps_no_lookups_of_another_graph(graph: EmotionGraph) -> None:
    with counted(graph, (f'"value":"{re.escape(graph.version)}"', '"value":"0"')) as (url, _):
        store = RemoteStore(url)
        with pytest.raises(BackendError):
            use_packaged_lookups(store, PackagedStore())
        store.close()

    assert kept_lookups(store) is None


def test_embedded_stores_of_other_graphs_have_no_kept_lookups() -> None:
    assert kept_lookups(OxigraphStore.from_bytes(b"")) is None
    packaged = PackagedStore()
    assert kept_lookups(packaged) is packaged
