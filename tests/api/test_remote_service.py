"""The service over another endpoint: our own on a real socket, and servers that fail."""

from collections.abc import Iterator
from threading import Thread

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_errors import QueryCostError, ResultSizeError
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_pool import QueryPool, open_queries
from affectgraph.api.query_runner import Cancellation, InProcessQueries
from affectgraph.api.remote_queries import RemoteQueries
from affectgraph.kg import EmotionGraph, GraphStore, RemoteStore
from affectgraph.ontology.errors import BackendError, QueryError
from tests.api.own_endpoint import serving
from tests.kg.query_compliance import QueryCompliance
from tests.kg.scripted_server import answer, scripted, silent
from tests.kg.store_compliance import StoreCompliance


@pytest.fixture(scope="module")
def url(graph: EmotionGraph) -> Iterator[str]:
    """The endpoint of a service on the packaged graph."""
    with (
        QueryPool(limits=PoolLimits(timeout_seconds=120)) as pool,
        serving(create_app(graph, queries=pool)) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def over(url: str) -> Iterator[TestClient]:
    """A service over that endpoint."""
    graph = EmotionGraph.load(url)
    queries = open_queries(graph, url, PoolLimits(timeout_seconds=60))
    with TestClient(create_app(graph, queries=queries)) as client:
        yield client


@pytest.fixture(scope="module")
def beside(graph: EmotionGraph) -> Iterator[TestClient]:
    """A service on the packaged graph itself."""
    with TestClient(create_app(graph)) as client:
        yield client


@pytest.mark.slow
class TestOwnEndpoint(StoreCompliance, QueryCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, url: str) -> Iterator[GraphStore]:
        store = RemoteStore(url)
        yield store
        store.close()

    def test_unknown_graph_is_empty(self, store: GraphStore) -> None:
        # Our endpoint tells whoever names a graph that it does not have.
        with pytest.raises(QueryError, match="urn:nobody"):
            super().test_unknown_graph_is_empty(store)


# --- the same service -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/v1/emotions/dread",
        "/v1/emotions?limit=5",
        "/v1/schemes/goemotions",
        "/v1/sources",
        "/v1/ground?label=seething",
        "/v1/nearest?valence=-0.4&arousal=0.7&dominance=-0.3",
        "/v1/suggest?q=dre",
        "/v1/version",
    ],
)
def test_lookups_are_those_of_the_packaged_graph(
    path: str, over: TestClient, beside: TestClient
) -> None:
    here, there = beside.get(path), over.get(path)

    assert there.status_code == here.status_code == 200
    assert there.json() == here.json()


@pytest.mark.parametrize("path", ["/emotion/dread", "/au/AU12", "/scheme/goemotions"])
def test_pages_of_iris_have_the_triples_of_the_packaged_graph(
    path: str, over: TestClient, beside: TestClient
) -> None:
    accept = {"Accept": "application/n-triples"}

    here, there = (set(c.get(path, headers=accept).text.splitlines()) for c in (beside, over))

    assert here == there
    assert here


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (
            "SELECT ?p ?o { <https://w3id.org/affectgraph/emotion/joy> ?p ?o } ORDER BY ?p ?o",
            "text/csv",
        ),
        (
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
            "text/csv",
        ),
        (
            "ASK { <https://w3id.org/affectgraph/emotion/joy> ?p ?o }",
            "application/sparql-results+xml",
        ),
    ],
)
def test_sparql_has_the_answer_of_the_packaged_graph(
    query: str, accept: str, over: TestClient, beside: TestClient
) -> None:
    headers = {"Accept": accept}

    here, there = (
        c.get("/sparql", params={"query": query}, headers=headers) for c in (beside, over)
    )

    assert there.status_code == 200
    assert there.content == here.content


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT ?s { ?s ?p", "query"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "query"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "query"),
        ("", "query"),
    ],
)
def test_what_is_no_query_is_refused(query: str, kind: str, over: TestClient) -> None:
    response = over.get("/sparql", params={"query": query})

    assert response.status_code == 400
    assert response.json()["type"].endswith(f"/problem/{kind}")


def test_ready_while_the_endpoint_answers(over: TestClient) -> None:
    assert over.get("/readyz").status_code == 200


# --- an endpoint that fails -----------------------------------------------------------------------


def runner(url: str, *, dialect: str = "sparql11", **limits: float) -> RemoteQueries:
    return RemoteQueries(RemoteStore(url, dialect=dialect), PoolLimits(**limits))  # type: ignore[arg-type]


def test_runner_over_a_url_is_the_remote_one_and_over_an_object_the_local(
    graph: EmotionGraph,
) -> None:
    store = RemoteStore("http://127.0.0.1:1/sparql")
    remote = EmotionGraph.__new__(EmotionGraph)
    remote.store = store

    assert isinstance(open_queries(remote, store.url), RemoteQueries)
    assert isinstance(open_queries(graph, "http://127.0.0.1:1/sparql"), InProcessQueries)


def test_query_is_left_at_its_deadline_as_one_that_costs_too_much() -> None:
    with scripted(silent) as server:
        queries = runner(server.url, timeout_seconds=0.3)
        with pytest.raises(QueryCostError, match="takes too long"):
            queries.run(Question("ASK {}"))
        queries.close()


@pytest.mark.parametrize(
    "turn",
    [answer(b" " * 2_000_000), answer(X_SPARQL_MaxRows="10000")],
    ids=["long", "cut"],
)
def test_answer_that_is_too_long_or_cut_is_none(turn: object) -> None:
    with scripted(turn) as server:  # type: ignore[arg-type]
        queries = runner(server.url, result_mb=1)
        with pytest.raises(ResultSizeError):
            queries.run(Question("ASK {}"))
        queries.close()


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX bif: <bif:> SELECT (bif:user('a') AS ?x) {}",
        "SELECT (<sql:x>() AS ?x) {}",
        "SELECT (<BIF:x>() AS ?x) {}",
        "BASE <bif:> SELECT (<x>() AS ?x) {}",
    ],
)
def test_procedures_of_the_server_are_not_called(query: str) -> None:
    with scripted(answer()) as server:
        queries = runner(server.url, dialect="virtuoso")
        with pytest.raises(QueryError, match=r"functions of SPARQL 1\.1"):
            queries.run(Question(query))
        queries.close()

        assert server.requests == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<SPARQL_EVAL>('ASK {}', '', 1) AS ?x) {}",
        "PREFIX s: <> SELECT (s:SPARQL_EVAL('ASK {}', '', 1) AS ?x) {}",
        "PREFIX s: <SPARQL_> SELECT (s:EVAL('ASK {}', '', 1) AS ?x) {}",
        "PREFIX s: <bi> SELECT (s:f:user() AS ?x) {}",
        "BASE <urn:x> SELECT (<SPARQL_EVAL>('ASK {}', '', 1) AS ?x) {}",
    ],
)
def test_procedures_are_not_called_by_relative_iris(query: str) -> None:
    with scripted(answer()) as server:
        queries = runner(server.url, dialect="virtuoso")
        with pytest.raises(QueryError, match="Expected IRIs in full"):
            queries.run(Question(query))
        queries.close()

        assert server.requests == []


@pytest.mark.parametrize(
    "query",
    ["PREFIX f: <java:org.example.> ASK { FILTER(f:x(1)) }", r"ASK { FILTER(<\u006Aava:x>(1)) }"],
)
def test_classes_that_fuseki_loads_are_not_called(query: str) -> None:
    with scripted(answer()) as server:
        queries = runner(server.url, dialect="fuseki")
        with pytest.raises(QueryError, match=r"functions of SPARQL 1\.1"):
            queries.run(Question(query))
        queries.close()

        assert server.requests == []


@pytest.mark.parametrize("query", ["ASK { <bif:x> ?p ?o }", "BASE <urn:x> ASK { <y> ?p ?o }"])
def test_such_names_mean_nothing_to_other_servers(query: str) -> None:
    with scripted(answer()) as server:
        queries = runner(server.url)

        assert queries.run(Question(query, result_type="text/csv")).content == b"true"
        queries.close()


def test_no_more_queries_are_under_way_than_there_may_be() -> None:
    with scripted(silent) as server:
        queries = runner(server.url, workers=1, queue=0, timeout_seconds=20)
        ends = Cancellation()
        thread = Thread(target=lambda: _refused(queries, ends))
        thread.start()
        while not server.requests:
            pass
        with pytest.raises(BackendError, match="1 queries run or wait"):
            queries.run(Question("ASK {}"))
        ends.cancel()
        thread.join()
        queries.close()


def _refused(queries: RemoteQueries, ends: Cancellation) -> None:
    with pytest.raises(BackendError, match="whoever asked has gone"):
        queries.run(Question("ASK {}"), ends)


def test_query_of_somebody_who_has_gone_is_ended() -> None:
    with scripted(silent) as server:
        queries = runner(server.url, timeout_seconds=60)
        ends = Cancellation()
        thread = Thread(target=lambda: _refused(queries, ends))
        thread.start()
        while not server.requests:
            pass
        ends.cancel()
        thread.join()
        queries.close()


def test_service_is_not_ready_once_the_endpoint_has_gone(graph: EmotionGraph) -> None:
    with scripted(answer(), answer(), answer(b"", status=500)) as server:
        store = RemoteStore(server.url, dialect="sparql11")
        store.lookups = graph.store  # type: ignore[assignment]
        served = EmotionGraph(store)
        queries = RemoteQueries(store, PoolLimits())
        with TestClient(create_app(served, queries=queries)) as client:
            assert client.get("/readyz").status_code == 200
            assert client.get("/readyz").status_code == 200

            response = client.get("/readyz")

            assert response.status_code == 503
            assert response.json()["type"].endswith("/problem/backend")
            assert client.get("/healthz").status_code == 200
            assert client.get("/v1/emotions/dread").status_code == 200


def test_endpoint_that_is_down_is_a_problem_with_retry_after(graph: EmotionGraph) -> None:
    with scripted(answer(b"down", status=503, type_="text/plain")) as server:
        store = RemoteStore(server.url, dialect="sparql11")
        store.lookups = graph.store  # type: ignore[assignment]
        served = EmotionGraph(store)
        queries = RemoteQueries(store, PoolLimits())
        with TestClient(create_app(served, queries=queries)) as client:
            response = client.get("/sparql", params={"query": "ASK {}"})

    assert response.status_code == 503
    assert response.json()["type"].endswith("/problem/backend")
    assert "down" in response.json()["detail"]
    assert "retry-after" in response.headers
