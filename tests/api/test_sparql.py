"""The SPARQL Protocol: operations, formats, refusals; and that no query leaves or ends the process."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from affectgraph.api import sparql_run
from affectgraph.api.sparql_guard import MAX_DEPTH, MAX_STEPS, refuse_unsafe
from affectgraph.api.sparql_page import TABLE_LIMIT
from affectgraph.api.sparql_run import BoundedOutput, run_deep
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, QueryError

PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"
LABELS = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?label WHERE "
    "{ ?c skos:broader <https://w3id.org/affectgraph/emotion/nervousness> ; skos:prefLabel ?label } "
    "ORDER BY ?label"
)
# Parrott's tertiary emotions under nervousness.
NERVOUS = ["anxiety", "apprehension", "distress", "dread", "tenseness", "uneasiness", "worry"]
DESCRIBE = "DESCRIBE <https://w3id.org/affectgraph/emotion/dread>"


def ask(client: TestClient, query: str, accept: Any = None, **params: Any) -> Any:
    headers = {"accept": accept} if accept else {}
    return client.get("/sparql", params={"query": query, **params}, headers=headers)


def refused(response: Any, status: int = 400) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    found: dict[str, Any] = response.json()
    return found


# --- operations -----------------------------------------------------------------------------------


def labels_of(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    return [row["label"]["value"] for row in response.json()["results"]["bindings"]]


def test_query_by_get_form_and_body_gives_the_same(client: TestClient) -> None:
    by_get = ask(client, LABELS)
    by_form = client.post("/sparql", data={"query": LABELS})
    by_body = client.post(
        "/sparql", content=LABELS, headers={"content-type": "application/sparql-query"}
    )
    assert labels_of(by_get) == labels_of(by_form) == labels_of(by_body) == NERVOUS


def test_body_type_may_carry_a_charset(client: TestClient) -> None:
    headers = {"content-type": "application/sparql-query; charset=UTF-8"}
    assert client.post("/sparql", content="ASK {}", headers=headers).json()["boolean"] is True


GLASGOW = "https://w3id.org/affectgraph/graph/vad-glasgow"
BRANCH = "https://w3id.org/affectgraph/graph/vad-branch-mean"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def count(response: Any) -> int:
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_default_graphs_are_merged(client: TestClient) -> None:
    one = count(ask(client, COUNT, **{"default-graph-uri": GLASGOW}))
    other = count(ask(client, COUNT, **{"default-graph-uri": BRANCH}))
    both = count(ask(client, COUNT, **{"default-graph-uri": [GLASGOW, BRANCH]}))
    assert 0 < one < both == one + other < count(ask(client, COUNT))


def test_only_the_named_graphs_asked_for_are_seen(client: TestClient) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    form = {"query": query, "named-graph-uri": GLASGOW}
    rows = client.post("/sparql", data=form).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [GLASGOW]


def test_dataset_of_a_query_in_the_body_stands_in_the_address(client: TestClient) -> None:
    response = client.post(
        "/sparql",
        params={"default-graph-uri": GLASGOW},
        content=COUNT,
        headers={"content-type": "application/sparql-query"},
    )
    assert count(response) == count(ask(client, COUNT, **{"default-graph-uri": GLASGOW}))


def test_answers_vary_by_accept_and_are_open_to_other_sites(client: TestClient) -> None:
    headers = {"origin": "https://example.org"}
    response = client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
    assert "Accept" in response.headers["vary"]
    assert response.headers["access-control-allow-origin"] == "*"


# --- formats --------------------------------------------------------------------------------------


def test_solutions_come_as_xml(client: TestClient) -> None:
    response = ask(client, LABELS, "application/sparql-results+xml")
    assert response.headers["content-type"] == "application/sparql-results+xml"
    space = "{http://www.w3.org/2005/sparql-results#}"
    tree = ElementTree.fromstring(response.text)  # noqa: S314 - the answer under test
    assert [literal.text for literal in tree.iter(f"{space}literal")] == NERVOUS


@pytest.mark.parametrize(
    ("accept", "separator", "quote"),
    [("text/csv", ",", ""), ("text/tab-separated-values", "\t", '"')],
)
def test_solutions_come_as_tables(
    client: TestClient, accept: str, separator: str, quote: str
) -> None:
    response = ask(client, LABELS, accept)
    assert response.headers["content-type"].startswith(accept)
    lines = list(
        csv.reader(io.StringIO(response.text), delimiter=separator, quoting=csv.QUOTE_NONE)
    )
    assert [line[0].removesuffix("@en").strip('"') for line in lines[1:]] == NERVOUS
    assert lines[1][0].startswith(quote)


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/trig", RdfFormat.TRIG),
        ("*/*", RdfFormat.TURTLE),
    ],
)
def test_triples_are_the_same_in_every_format(
    client: TestClient, graph: EmotionGraph, accept: str, format_: RdfFormat
) -> None:
    response = ask(client, DESCRIBE, accept)
    found = {str(quad.triple) for quad in parse(response.content, format=format_)}
    assert found == {str(triple) for triple in graph.sparql(DESCRIBE)}  # type: ignore[union-attr]
    assert found


def test_quality_decides_between_formats(client: TestClient) -> None:
    accept = "text/csv;q=0.4, application/sparql-results+xml;q=0.9, */*;q=0.1"
    assert ask(client, "ASK {}", accept).headers["content-type"].endswith("+xml")


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [
        ("ASK {}", "image/png", "text/csv"),
        ("ASK {}", "text/turtle", "application/sparql-results+json"),
        (DESCRIBE, "text/csv", "text/turtle"),
    ],
)
def test_unknown_format_is_refused_with_what_is_offered(
    client: TestClient, query: str, accept: str, offered: str
) -> None:
    assert offered in refused(ask(client, query, accept), 406)["offered"]


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["SELEC", "SELECT * WHERE { ?s ?p }", "SELECT * WHERE {", "\x00"])
def test_malformed_query_is_refused_with_its_place(client: TestClient, query: str) -> None:
    found = refused(ask(client, query))
    assert found["type"].endswith("/query")
    assert "at 1:" in found["detail"]


def test_missing_query_is_refused(client: TestClient) -> None:
    refused(ask(client, "   "))
    refused(client.post("/sparql", data={"other": "x"}))


def test_two_queries_are_refused(client: TestClient) -> None:
    body = "query=ASK+%7B%7D&query=ASK+%7B%7D"
    refused(client.post("/sparql", content=body, headers={"content-type": FORM}))


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <a:b> 1 }", "CLEAR ALL", "LOAD <http://x/>"]
)
def test_updates_are_refused(client: TestClient, graph: EmotionGraph, update: str) -> None:
    before = len(graph.store)  # type: ignore[arg-type]
    refused(client.post("/sparql", data={"update": update}))
    refused(client.post("/sparql", data={"query": update}))
    headers = {"content-type": "application/sparql-update"}
    refused(client.post("/sparql", content=update, headers=headers))
    assert len(graph.store) == before  # type: ignore[arg-type]


def test_other_body_types_are_refused(client: TestClient) -> None:
    found = client.post("/sparql", content="ASK {}", headers={"content-type": "text/plain"})
    assert "application/sparql-query" in refused(found, 415)["offered"]


def test_body_that_is_no_utf_8_is_refused(client: TestClient) -> None:
    headers = {"content-type": "application/sparql-query"}
    assert "UTF-8" in refused(client.post("/sparql", content=b"\xff", headers=headers))["detail"]


def test_graph_name_that_is_no_iri_is_refused(client: TestClient) -> None:
    refused(ask(client, COUNT, **{"default-graph-uri": "not an iri"}))


# --- the page -------------------------------------------------------------------------------------


def test_browser_without_a_query_gets_a_form(browser: TestClient) -> None:
    response = browser.get("/sparql")
    assert response.status_code == 200
    assert '<textarea id="query" name="query"' in response.text


def test_browser_gets_solutions_as_a_table_with_links(browser: TestClient) -> None:
    text = ask(browser, "SELECT ?s WHERE { ?s ?p 'dread'@en }").text
    assert '<a href="/emotion/dread">emotion:dread</a>' in text


def test_browser_sees_why_a_query_is_refused_and_keeps_its_text(browser: TestClient) -> None:
    response = ask(browser, "SELECT <script>")
    assert response.status_code == 400
    assert "error at 1:" in response.text
    assert "SELECT &lt;script&gt;" in response.text
    assert "<script>" not in response.text


def test_values_of_a_result_are_escaped_and_odd_addresses_no_links(browser: TestClient) -> None:
    query = "SELECT ('<img src=x>' AS ?a) (<javascript:alert(1)> AS ?b) {}"
    text = ask(browser, query).text
    assert "<img" not in text
    assert 'href="javascript:' not in text


def test_long_result_is_cut_on_the_page(browser: TestClient) -> None:
    text = ask(browser, "SELECT * WHERE { ?s ?p ?o }").text
    assert f"The first {TABLE_LIMIT}" in text


# --- nothing leaves the machine -------------------------------------------------------------------

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "select * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o SERVICE<http://127.0.0.1:9/>{} }",
    "SELECT * { # comment\nSERVICE#>\n<http://127.0.0.1:9/> {} }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }",
    "SELECT * { {SELECT * { SERVICE <http://127.0.0.1:9/> {} }} }",
    # Escapes that an engine may resolve before it reads.
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }",
    "SELECT * { SER\\U00000056ICE <http://127.0.0.1:9/> {} }",
    "SELECT * { ?s ?p '\\u0027 . SERVICE <http://127.0.0.1:9/> {} # \\u0027' }",
    # Comparisons that look like the start of an IRI.
    "SELECT * { ?s ?p ?o FILTER(1<?x)SERVICE#>\n<http://127.0.0.1:9/> {} }",
    "PREFIX ex: <a:> SELECT * { FILTER(1<ex:x)SERVICE#>\n<http://127.0.0.1:9/> {} }",
    "SELECT * { FILTER(1<'a>')SERVICE<http://127.0.0.1:9/>{}FILTER(1<'b>') }",
    'PREFIX ex: <a:> SELECT * { FILTER(1<ex:x#>"""\n)SERVICE <http://127.0.0.1:9/> {} #""" }\n}',
    "SELECT * { FILTER(1<<http://x#y>)SERVICE <http://127.0.0.1:9/> {} }",
    # A string that ends before it seems to.
    "SELECT * { ?s ?p 'a' SERVICE <http://127.0.0.1:9/> {} FILTER(?s = 'b') }",
    'SELECT * { ?s ?p """a\\"""" SERVICE <http://127.0.0.1:9/> {} FILTER(?s = "") }',
]


@pytest.mark.parametrize("query", CALLS)
def test_service_is_refused_before_it_is_run(client: TestClient, query: str) -> None:
    assert "SERVICE" in refused(ask(client, query))["detail"]


WORDS = [
    "SELECT * { ?s ?p 'SERVICE <http://x> {}' } LIMIT 1",
    'SELECT * { ?s ?p """a "SERVICE" b""" } LIMIT 1',
    "SELECT * { ?s ?p 'it\\'s a SERVICE' } LIMIT 1",
    "SELECT * { ?s <http://example.org/service> ?o } LIMIT 1",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a sd:Service }",
    "PREFIX service: <http://example.org/> ASK { ?s a service:thing }",
    "SELECT ?service { ?service ?p ?o } LIMIT 1",
    "SELECT $SERVICE { $SERVICE ?p ?o } LIMIT 1",
    "# no SERVICE here\nASK { ?s ?p ?o }",
    "ASK { _:service ?p ?o }",
    "ASK { ?s ?p 'x'@service }",
    "ASK { VALUES (?a ?b) { (<http://x/service> <http://x/service>) } }",
    "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
]


@pytest.mark.parametrize("query", WORDS)
def test_the_word_service_elsewhere_is_let_through(client: TestClient, query: str) -> None:
    response = ask(client, query)
    assert response.status_code == 200, response.text


# --- nothing ends the process ---------------------------------------------------------------------

DEEP = {
    "parentheses": "SELECT * WHERE { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
    "groups": "SELECT * WHERE " + "{" * 10_000 + "}" * 10_000,
    "calls": "SELECT (" + "CONCAT(" * 1_000 + "'a'" + ")" * 1_000 + " AS ?x) {}",
    "unions": "SELECT * WHERE { {}" + " UNION {}" * 10_000 + " }",
    "sums": "SELECT (1" + "+1" * 10_000 + " AS ?x) {}",
    "denials": "SELECT * WHERE { FILTER(" + "!" * 10_000 + "1) }",
    "options": "SELECT * WHERE {" + " OPTIONAL {?s ?p ?o}" * 10_000 + "}",
    "length": "ASK { ?s ?p '" + "x" * 300_000 + "' }",
    "behind a comparison": "PREFIX ex: <a:> SELECT * { FILTER(1<ex:x#>'\n && "
    + "(" * 20_000
    + "1"
    + ")" * 20_000
    + ") #'\n}",
}


@pytest.mark.parametrize("name", DEEP)
def test_query_that_would_overflow_the_stack_is_refused(client: TestClient, name: str) -> None:
    assert "Expected a query" in refused(ask_long(client, DEEP[name]))["detail"]


def ask_long(client: TestClient, query: str) -> Any:
    return client.post("/sparql", data={"query": query})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (" + "CONCAT(" * (MAX_DEPTH - 2) + "'a'" + ")" * (MAX_DEPTH - 2) + " AS ?x) {}",
        "SELECT * { " + "FILTER EXISTS { " * (MAX_DEPTH - 2) + "}" * (MAX_DEPTH - 2) + "}",
        "SELECT (1" + "+1" * (MAX_STEPS - 10) + " AS ?x) {}",
        "SELECT * WHERE { {}" + " UNION {}" * (MAX_STEPS - 10) + " }",
        "SELECT * WHERE { FILTER(" + "!" * (MAX_STEPS - 10) + "1) }",
    ],
)
def test_query_at_the_limits_is_run(client: TestClient, query: str) -> None:
    response = ask_long(client, query)
    assert response.status_code == 200, response.text


def test_long_list_of_values_is_run(client: TestClient) -> None:
    rows = " ".join(f"(<http://x/{n}> <http://y/{n}> {n})" for n in range(3_000))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES (?a ?b ?c) {{ {rows} }} }}"
    assert count(ask_long(client, query)) == 3_000


@pytest.mark.parametrize("text", ['"""\\"' * 40_000, "<" * 190_000, "(" * 190_000, "x" * 200_001])
def test_long_odd_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(QueryError, match="Expected a query"):
        refuse_unsafe(text)


def test_answer_over_the_limit_is_ended(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql_run, "SIZE_LIMIT", 100_000)
    found = refused(ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), 413)
    assert found["type"].endswith("/result-size")
    assert "LIMIT" in found["detail"]


def test_answer_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql_run, "TIME_LIMIT", -1.0)
    with pytest.raises(QueryError, match="takes over"):
        BoundedOutput().write(b"row")


def test_more_queries_than_turns_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql_run, "PATIENCE", 0.0)
    taken = [sparql_run._turns.acquire(blocking=False) for _ in range(sparql_run.RUNNING)]
    try:
        with pytest.raises(BackendError, match="queries are running") as caught:
            run_deep(lambda: 1)
    finally:
        for _ in filter(None, taken):
            sparql_run._turns.release()
    assert caught.value.retryable
    assert run_deep(lambda: 1) == 1


def test_failure_on_the_deep_thread_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        run_deep(lambda: 1 // 0)


def test_json_results_are_what_the_graph_answers(client: TestClient, graph: EmotionGraph) -> None:
    rows = [row["label"] for row in graph.sparql(LABELS)]  # type: ignore[union-attr]
    assert labels_of(ask(client, LABELS)) == rows
    assert json.dumps(rows) == json.dumps(NERVOUS)
