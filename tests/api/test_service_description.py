"""The endpoint's descriptions of itself and of its data: each figure against a count of the store."""

import io
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from fastapi.testclient import TestClient
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

from affectgraph.api.app import create_app
from affectgraph.api.negotiation import RDF_TYPES
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import QueryPool
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.service_description import service_description
from affectgraph.api.store_figures import StoreFigures
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.errors import InputError
from tests.api.asking import problem

BASE = "http://testserver/"
DATASET = "https://w3id.org/affectgraph/dataset"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
SHAPES = Path(__file__).with_name("service_description_shapes.ttl")
# https://www.w3.org/ns/formats/ lists these names.
NAMES = {
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "RDF_XML", "N-Triples", "TriG", "N-Quads"),
}
TYPES = [type_ for type_ in RDF_TYPES if type_ not in ("application/json", "application/xml")]


@pytest.fixture(scope="module")
def described(client: TestClient) -> Store:
    """What the endpoint says of itself."""
    return stored(client.get("/sparql"))


@pytest.fixture(scope="module")
def data(client: TestClient) -> Store:
    """What it says of its data."""
    return stored(client.get("/.well-known/void"))


def stored(response: Any) -> Store:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "Accept" in response.headers["vary"]
    store = Store()
    store.load(response.content, format=RdfFormat.TURTLE)
    return store


def values(store: Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    return {getattr(quad.object, "value", str(quad.object)) for quad in found}


def count(graph: EmotionGraph, query: str) -> str:
    """Return the number that a query with one row counts."""
    found = graph.store.query(query)
    assert isinstance(found, QuerySolutions)
    return str(next(iter(found))[0].value)


# --- the endpoint ---------------------------------------------------------------------------------


def test_endpoint_names_itself_its_language_and_its_formats(described: Store) -> None:
    service = BASE + "sparql#service"

    assert values(described, service, SD + "endpoint") == {BASE + "sparql"}
    assert values(described, service, SD + "supportedLanguage") == {SD + "SPARQL11Query"}
    assert values(described, service, SD + "resultFormat") == {FORMATS + name for name in NAMES}
    assert values(described, service, SD + "defaultDataset") == {DATASET}
    # No feature of the vocabulary holds; see the module.
    assert values(described, service, SD + "feature") == set()


def test_endpoint_that_keeps_users_graphs_says_that_it_takes_updates() -> None:
    said = service_description(BASE, StoreFigures(0, {}, is_described=False), takes_updates=True)

    languages = {str(t.object) for t in said if t.predicate.value == SD + "supportedLanguage"}
    assert languages == {f"<{SD}SPARQL11Query>", f"<{SD}SPARQL11Update>"}


def test_figures_of_graphs_are_those_that_sparql_counts(
    described: Store, graph: EmotionGraph
) -> None:
    default = next(iter(values(described, DATASET, SD + "defaultGraph")))
    counted = count(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    named = graph.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")

    assert values(described, default, VOID + "triples") == {counted}
    graphs = {row["g"] for row in named}  # type: ignore[union-attr]
    assert values(described, DATASET, SD + "namedGraph") == graphs
    assert len(graphs) == 4
    for iri in graphs:
        size = count(graph, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
        assert values(described, iri, VOID + "triples") == {size}


def test_description_conforms_to_the_shapes_of_its_vocabulary(client: TestClient) -> None:
    report = conforms(client.get("/sparql").content)

    assert report[0], report[1]


def test_shapes_refuse_a_description_without_an_endpoint(client: TestClient) -> None:
    text = client.get("/sparql").text.replace("sd:endpoint", "sd:availableGraphs")

    assert not conforms(text.encode())[0]


def conforms(turtle: bytes) -> tuple[bool, str]:
    data = rdflib.Graph().parse(io.BytesIO(turtle), format="turtle")
    shapes = rdflib.Graph().parse(SHAPES, format="turtle")
    conforms_, _, text = pyshacl.validate(data, shacl_graph=shapes)
    return bool(conforms_), str(text)


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("accept", TYPES)
def test_description_is_the_same_in_every_format(
    client: TestClient, path: str, accept: str
) -> None:
    expected = {str(q.triple) for q in parse(client.get(path).content, format=RdfFormat.TURTLE)}
    response = client.get(path, headers={"accept": accept})

    assert response.headers["content-type"].partition(";")[0] == accept
    found = {str(q.triple) for q in parse(response.content, format=RDF_TYPES[accept])}
    assert found == expected


def test_browser_gets_the_page_of_the_endpoint_and_of_the_data(browser: TestClient) -> None:
    assert "<textarea" in browser.get("/sparql").text
    response = browser.get("/.well-known/void", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/dataset"
    assert "<h1>" in browser.get("/dataset").text


def test_browser_may_ask_for_the_description_by_its_short_name(browser: TestClient) -> None:
    for path in ("/sparql", "/.well-known/void"):
        response = browser.get(path, params={"format": "nt"})
        assert response.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_description_in_no_format_of_rdf_is_a_406(client: TestClient, path: str) -> None:
    accept = {"accept": "application/sparql-results+json"}
    found = problem(client.get(path, headers=accept), 406, "not-acceptable")

    assert set(TYPES) < set(found["offered"])


def test_address_that_is_no_iri_is_an_error_that_names_the_header() -> None:
    with pytest.raises(InputError, match="header Host"):
        service_description("http://a b/", StoreFigures(0, {}, is_described=False))


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("host", ["a b<c>", "[", "a:99999999", "exa%mple.org", "é.org"])
def test_odd_host_is_no_failure(client: TestClient, path: str, host: str) -> None:
    response = client.get(path, headers=[(b"host", host.encode())])

    assert response.status_code in {200, 400, 422}, response.text


# --- the data -------------------------------------------------------------------------------------

COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o "
    "FILTER(STRSTARTS(STR(?s), 'https://w3id.org/affectgraph/')) }",
}


@pytest.mark.parametrize("name", COUNTS)
def test_figure_of_the_data_is_that_of_a_count(data: Store, graph: EmotionGraph, name: str) -> None:
    assert values(data, DATASET, VOID + name) == {count(graph, COUNTS[name])}


def test_data_are_introduced(data: Store) -> None:
    document = BASE + ".well-known/void"

    assert values(data, document, "http://xmlns.com/foaf/0.1/primaryTopic") == {DATASET}
    assert values(data, DATASET, VOID + "sparqlEndpoint") == {BASE + "sparql"}
    assert values(data, DATASET, VOID + "uriSpace") == {"https://w3id.org/affectgraph/"}
    assert values(data, DATASET, "http://purl.org/dc/terms/license") == {
        "https://creativecommons.org/licenses/by/4.0/"
    }
    assert VOID.removesuffix("#") in values(data, DATASET, VOID + "vocabulary")
    rdf = {FORMATS + name for name in NAMES if not name.startswith("SPARQL")}
    assert values(data, DATASET, VOID + "feature") == rdf


def test_example_and_parts_lead_to_what_is_served(data: Store, client: TestClient) -> None:
    examples = values(data, DATASET, VOID + "exampleResource")

    assert examples
    for iri in examples:
        path = iri.removeprefix("https://w3id.org/affectgraph")
        assert client.get(path, headers={"accept": "text/turtle"}).status_code == 200


def test_links_of_each_set_are_those_that_sparql_counts(data: Store, graph: EmotionGraph) -> None:
    sets = [iri for iri in values(data, DATASET, VOID + "subset") if "/linkset/" in iri]

    assert sets
    for linkset in sorted(sets):
        predicate = next(iter(values(data, linkset, VOID + "linkPredicate")))
        target = next(iter(values(data, linkset, VOID + "objectsTarget")))
        space = next(iter(values(data, target, VOID + "uriSpace")))
        query = (
            f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o FILTER(STRSTARTS(STR(?o), '{space}') && "
            f"!CONTAINS(STRAFTER(STR(?o), '{space}'), '/')) }}"
        )
        assert values(data, linkset, VOID + "triples") == {count(graph, query)}, linkset


def test_addresses_are_those_below_which_the_service_is_reached(graph: EmotionGraph) -> None:
    queries = InProcessQueries(OxigraphStore.from_bytes(FEW))
    below = TestClient(create_app(graph, queries=queries), root_path="/affect")
    base = BASE + "affect/"
    described, data = stored(below.get("/sparql")), stored(below.get("/.well-known/void"))

    assert values(described, base + "sparql#service", SD + "endpoint") == {base + "sparql"}
    assert values(data, base + "sparql#dataset", VOID + "sparqlEndpoint") == {base + "sparql"}
    accept = {"accept": "text/html"}
    redirect = below.get("/.well-known/void", headers=accept, follow_redirects=False)
    assert redirect.headers["location"] == "/affect/dataset"


# --- other stores ---------------------------------------------------------------------------------

FEW = b"""
<http://x/a> <http://x/p> <http://x/b> . <http://x/a> <http://x/p> "1" .
<http://x/g> { <http://x/a> <http://x/p> "2" } <http://x/h> { <http://x/a> <http://x/p> 2, 3, 4 }
"""


@pytest.fixture(scope="module")
def few(graph: EmotionGraph) -> TestClient:
    """The service on a store with two triples and two named graphs that say nothing of themselves."""
    store = OxigraphStore.from_bytes(FEW)
    return TestClient(create_app(graph, queries=InProcessQueries(store)))


def test_store_that_is_not_described_is_counted(few: TestClient) -> None:
    described, data = stored(few.get("/sparql")), stored(few.get("/.well-known/void"))
    dataset, default = BASE + "sparql#dataset", BASE + "sparql#default-graph"

    assert values(described, BASE + "sparql#service", SD + "defaultDataset") == {dataset}
    assert values(described, default, VOID + "triples") == {"2"}
    assert values(data, dataset, VOID + "triples") == {"2"}
    assert values(data, dataset, VOID + "subset") == {"http://x/g", "http://x/h"}
    for store in (described, data):
        assert values(store, "http://x/g", VOID + "triples") == {"1"}
        assert values(store, "http://x/h", VOID + "triples") == {"3"}


def test_store_that_cannot_be_counted_in_time_is_described_without_figures(
    graph: EmotionGraph,
) -> None:
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=0.001)) as pool:
        client = TestClient(create_app(graph, queries=pool))
        described, data = stored(client.get("/sparql")), stored(client.get("/.well-known/void"))

    service, dataset = BASE + "sparql#service", BASE + "sparql#dataset"
    assert values(described, service, SD + "endpoint") == {BASE + "sparql"}
    assert values(data, dataset, VOID + "sparqlEndpoint") == {BASE + "sparql"}
    for store in (described, data):
        assert not list(store.quads_for_pattern(None, NamedNode(VOID + "triples"), None))


def test_description_that_does_not_fit_the_store_is_not_repeated(graph: EmotionGraph) -> None:
    said = f"<{DATASET}> a <{SD}Dataset> ; <{VOID}triples> 7 ; <{VOID}classes> 5 ."
    store = OxigraphStore.from_bytes(said.encode())
    client = TestClient(create_app(graph, queries=InProcessQueries(store)))

    data = stored(client.get("/.well-known/void"))
    assert values(data, BASE + "sparql#dataset", VOID + "triples") == {"3"}
    assert values(data, DATASET, VOID + "classes") == set()


def test_store_that_may_change_is_counted_again(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    remote = RemoteStore("http://127.0.0.1:9/sparql")
    monkeypatch.setattr(remote, "query", graph.store.query)
    queries = InProcessQueries(OxigraphStore(store))
    client = TestClient(create_app(EmotionGraph(remote), queries=queries))
    default = BASE + "sparql#default-graph"

    assert values(stored(client.get("/sparql")), default, VOID + "triples") == {"0"}
    store.load(b"<http://x/a> <http://x/p> 1 .", format=RdfFormat.TURTLE)
    assert values(stored(client.get("/sparql")), default, VOID + "triples") == {"1"}
