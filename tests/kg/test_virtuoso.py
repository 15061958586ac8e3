"""The suites of stores on a real Virtuoso 7 that is started for them: ``make virtuoso``."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryBoolean

from affectgraph.kg import EmotionGraph, GraphStore, RemoteStore
from affectgraph.kg.dialects import VIRTUOSO
from affectgraph.kg.http_replies import RemoteFailureError
from affectgraph.kg.remote_settings import RemoteLimits
from affectgraph.ontology.errors import QueryError
from tests.kg.query_compliance import QueryCompliance
from tests.kg.store_compliance import StoreCompliance, ask, table

pytestmark = pytest.mark.virtuoso
PATIENT = RemoteLimits(read_seconds=300, total_seconds=600)
"""The words are read in 12 s on an idle machine."""
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        module = import_module("virtuoso_server")
        if module.missing():
            pytest.skip(f"Virtuoso cannot be run here: {module.missing()}.")
        yield module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("virtuoso")


@pytest.fixture(scope="module")
def url(server: Any, folder: Path) -> Iterator[str]:
    with server.running(folder, max_seconds=300) as address:
        yield address


class TestVirtuoso(StoreCompliance, QueryCompliance):
    # EXISTS, BOUND, =, true and false in a query come as 1 and 0, of type xsd:integer.
    booleans = frozenset(
        {
            "cues",
            "03-tier-of-torment",
            "09-synset-of-irritation",
            "14-valence-against-grief",
            "16-support-of-a-smile",
            "18-surprise-or-fear",
            "20-opposites-of-joy",
            "22-fear-and-surprise",
            "31-furious-under-angry",
        }
    )
    # SPARQL 1.1, 18.5.1.7: GROUP_CONCAT gives a simple literal, of members in any order. The embedded engine
    # keeps a common language and the order of the rows.
    plain = frozenset({"03-tier-of-torment", "07-forms-of-two-primaries"})
    # Long texts are ordered by their beginnings alone.
    unordered = frozenset({"cues", "forms"})

    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, url: str) -> Iterator[GraphStore]:
        store = RemoteStore(url, limits=PATIENT)
        yield store
        store.close()


def test_server_says_what_it_is(url: str) -> None:
    assert RemoteStore(url).dialect() is VIRTUOSO


def test_named_graphs_are_those_of_the_graph_and_none_of_the_servers(
    url: str, graph: EmotionGraph
) -> None:
    names = table(graph.store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")

    assert RemoteStore(url).graphs() == tuple(str(name) for (name,) in names)


def test_query_that_fails_as_it_runs_is_a_query_error(url: str) -> None:
    with pytest.raises(QueryError, match=r"The server refused the query: .*nobody"):
        RemoteStore(url).query("PREFIX bif: <bif:> SELECT (bif:nobody(1) AS ?x) {}")


class TestLimits:
    @pytest.fixture(scope="class")
    @classmethod
    def small(cls, server: Any, folder: Path, url: str) -> Iterator[str]:
        # Two servers cannot share a database.
        import shutil

        copy = folder.with_name("virtuoso-small")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.lck", "*.trx"))
        with server.running(copy, max_rows=100) as address:
            yield address

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?s { ?s ?p ?o }",
            "SELECT ?s { ?s ?p ?o } LIMIT 100",
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 150",
            "CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE { ?s ?p ?o }",
        ],
    )
    def test_answer_that_was_cut_is_an_error(self, small: str, query: str) -> None:
        with pytest.raises(RemoteFailureError, match="the server cut at 100 rows") as caught:
            RemoteStore(small).query(query)

        assert caught.value.kind == "cut"

    @pytest.mark.parametrize(
        "query", ["SELECT ?s { ?s ?p ?o } LIMIT 99", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 99"]
    )
    def test_answer_within_the_limit_is_whole(self, small: str, query: str) -> None:
        found = RemoteStore(small).query(query)

        assert not isinstance(found, QueryBoolean)
        assert len(list(found)) == 99

    def test_lookups_are_no_shorter_for_it(self, small: str) -> None:
        with pytest.raises(RemoteFailureError, match="cut"):
            EmotionGraph(RemoteStore(small)).emotions()

    def test_truth_needs_no_rows(self, small: str) -> None:
        assert ask(RemoteStore(small), "ASK { ?s ?p ?o }")
