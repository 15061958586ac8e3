"""The SPARQL 1.1 Protocol, query side: W3C's protocol tests by name, then section 2 line by line.

W3C's suite is the manifest ``sparql/sparql11/protocol`` of https://github.com/w3c/rdf-tests. The requests
here are built anew after its 34 tests, with graphs of our own and ``/sparql`` as the endpoint.
"""

from dataclasses import dataclass, field
from threading import current_thread
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, Store

from affectgraph.api import sparql
from affectgraph.api.app import create_app
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.api.sparql_operation import FORM_BYTES, MOST_FIELDS, read_get, read_post
from affectgraph.api.sparql_update import read_update
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.errors import QueryError
from tests.api.asking import problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
DATA = [f"http://example.org/data{n}" for n in range(4)]
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
RESULTS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
RDF = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}


@pytest.fixture(scope="module")
def app(graph: EmotionGraph) -> FastAPI:
    """The service on four named graphs, each of which says of itself that it is a document."""
    store = Store()
    quads = "".join(f"<{iri}> a <{DOCUMENT}> <{iri}> .\n" for iri in DATA)
    quads = quads.replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
    store.load(quads.encode(), format=RdfFormat.N_QUADS)
    return create_app(graph, queries=InProcessQueries(OxigraphStore(store)))


@pytest.fixture(scope="module")
def endpoint(app: FastAPI) -> TestClient:
    """A client of it that follows no redirect."""
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request to the endpoint.

    :param address: parameters in the address.
    :param type_: media type of the body.
    """

    method: str = "POST"
    address: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    type_: str | None = None

    def to(self, client: TestClient) -> Any:
        headers = {} if self.type_ is None else {"content-type": self.type_}
        path = "/sparql" + (f"?{urlencode(self.address)}" if self.address else "")
        return client.request(self.method, path, content=self.body, headers=headers)


def direct(query: str, *address: tuple[str, str]) -> Sent:
    return Sent(address=list(address), body=query.encode(), type_=QUERY)


def default(*numbers: int) -> list[tuple[str, str]]:
    return [("default-graph-uri", DATA[n]) for n in numbers]


def named(*numbers: int) -> list[tuple[str, str]]:
    return [("named-graph-uri", DATA[n]) for n in numbers]


def documents(*numbers: int, graph: bool = False) -> str:
    """Return a pattern that holds if the documents are in the default graph, or each in a named one."""
    patterns = (f"<{DATA[n]}> a ?t{n}" for n in numbers)
    if not graph:
        return " . ".join(patterns)
    return " ".join(f"GRAPH ?g{n} {{ {p} }}" for n, p in zip(numbers, patterns, strict=True))


BOTH = f"ASK {{ {documents(1, 2)} }}"
BOTH_NAMED = f"ASK {{ {documents(1, 2, graph=True)} }}"

TRUE = {
    "query_post_form": Sent(address=default(0), body=b"query=ASK%20%7B%7D", type_=FORM),
    "query_dataset_default_graphs_get": Sent("GET", [("query", BOTH), *default(1, 2)]),
    "query_dataset_default_graphs_post": direct(BOTH, *default(1, 2)),
    "query_dataset_named_graphs_post": direct(BOTH_NAMED, *named(1, 2)),
    "query_dataset_named_graphs_get": Sent("GET", [("query", BOTH_NAMED), *named(1, 2)]),
    "query_dataset_full": direct(
        f"ASK {{ {documents(3)} {documents(1, 2, graph=True)} }}", *default(3), *named(1, 2)
    ),
    # The manifest escapes the & between the two graphs; both are meant.
    "query_multiple_dataset": direct(
        f"ASK FROM <{DATA[3]}> {{ {documents(1, 2, graph=True)} }}", *named(1, 2)
    ),
    "query_get": Sent("GET", [("query", "ASK {}"), *default(0)]),
    "query_post_direct": direct("ASK {}"),
}
TYPES = {
    "query_content_type_select": (direct("SELECT (1 AS ?value) {}", *default(0)), RESULTS),
    "query_content_type_ask": (direct("ASK {}", *default(0)), RESULTS),
    "query_content_type_describe": (direct("DESCRIBE <http://example.org/>", *default(0)), RDF),
    "query_content_type_construct": (
        # The suite's IRIs are relative to a base of the service, which this one does not have.
        direct("BASE <http://example.org/> CONSTRUCT { <s> <p> 1 } WHERE {}", *default(0)),
        RDF,
    ),
}
BAD = {
    "bad_query_method": (Sent("PUT", [("query", "ASK {}"), *default(0)], type_=FORM), 405),
    "bad_multiple_queries": (Sent("GET", [("query", "ASK {}"), ("query", "SELECT * {}")]), 400),
    "bad_query_wrong_media_type": (Sent(body=b"ASK {}", type_="text/plain"), 415),
    "bad_query_missing_form_type": (Sent(body=b"query=ASK%20%7B%7D"), 415),
    "bad_query_missing_direct_type": (Sent(body=b"ASK {}"), 415),
    "bad_query_non_utf8": (
        Sent(body="ASK {}".encode("utf-16"), type_=f"{QUERY}; charset=UTF-16"),
        415,
    ),
    "bad_query_syntax": (Sent("GET", [("query", "ASK {")]), 400),
}
# Tried in test_update_protocol.py, against a service that keeps users' data.
UPDATES = (
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
)


@pytest.mark.parametrize("name", TRUE)
def test_w3c_query_is_answered_with_true(endpoint: TestClient, name: str) -> None:
    response = TRUE[name].to(endpoint)

    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert response.json()["boolean"] is True


@pytest.mark.parametrize("name", TYPES)
def test_w3c_query_has_an_answer_of_its_kind(endpoint: TestClient, name: str) -> None:
    sent, types = TYPES[name]
    response = sent.to(endpoint)

    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] in types


@pytest.mark.parametrize("name", BAD)
def test_w3c_bad_query_is_refused(endpoint: TestClient, name: str) -> None:
    sent, status = BAD[name]

    assert sent.to(endpoint).status_code == status


def test_every_test_of_the_suite_is_listed_once() -> None:
    names = [*TRUE, *TYPES, *BAD, *UPDATES]

    assert len(names) == len(set(names)) == 34


# --- 2.1 query operation --------------------------------------------------------------------------


def test_graphs_of_a_form_may_stand_in_its_body_and_its_address(endpoint: TestClient) -> None:
    body = urlencode([("query", BOTH), *default(1)]).encode()

    assert Sent(address=default(2), body=body, type_=FORM).to(endpoint).json()["boolean"] is True
    assert Sent(body=body, type_=FORM).to(endpoint).json()["boolean"] is False


def test_dataset_of_the_request_takes_the_place_of_the_querys_own(endpoint: TestClient) -> None:
    query = "SELECT ?s FROM <http://example.org/data3> { ?s ?p ?o }"
    rows = direct(query, *default(1)).to(endpoint).json()["results"]["bindings"]

    assert [row["s"]["value"] for row in rows] == [DATA[1]]


def test_dataset_of_the_query_counts_where_the_request_has_none(endpoint: TestClient) -> None:
    clauses = "FROM <http://example.org/data3> FROM <http://example.org/data0>"
    query = "SELECT ?s " + clauses + " { ?s ?p ?o } ORDER BY ?s"
    rows = direct(query).to(endpoint).json()["results"]["bindings"]

    assert [row["s"]["value"] for row in rows] == [DATA[0], DATA[3]]


def test_named_graphs_alone_leave_the_default_graph_empty(endpoint: TestClient) -> None:
    assert direct("ASK { ?s ?p ?o }", *named(1)).to(endpoint).json()["boolean"] is False


def test_query_in_body_and_address_is_one_too_many(endpoint: TestClient) -> None:
    for sent in (
        direct("ASK {}", ("query", "ASK {}")),
        Sent(address=[("query", "ASK {}")], body=b"query=ASK%20%7B%7D", type_=FORM),
        Sent(body=b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", type_=FORM),
    ):
        assert "one query, got 2" in problem(sent.to(endpoint), 400, "query")["detail"]


def test_update_is_refused_however_it_comes(endpoint: TestClient) -> None:
    for sent in (
        Sent("GET", [("update", "CLEAR ALL")]),
        Sent("GET", [("query", "ASK {}"), ("update", "CLEAR ALL")]),
        Sent(body=b"update=CLEAR%20ALL", type_=FORM),
        Sent(body=b"CLEAR ALL", type_="application/sparql-update"),
        Sent(address=[("update", "CLEAR ALL")], body=b"ASK {}", type_=QUERY),
    ):
        assert "read-only" in problem(sent.to(endpoint), 400, "query")["detail"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
@pytest.mark.parametrize("type_", [QUERY, FORM])
def test_charset_utf_8_may_be_said(endpoint: TestClient, type_: str, charset: str) -> None:
    body = "ASK { FILTER('é' = '\\u00e9') }"
    sent = body if type_ == QUERY else urlencode({"query": body})
    response = Sent(body=sent.encode(), type_=f"{type_}; charset={charset}").to(endpoint)

    assert response.json()["boolean"] is True


@pytest.mark.parametrize("type_", [QUERY, FORM])
def test_other_charset_is_refused_whatever_the_bytes_are(endpoint: TestClient, type_: str) -> None:
    found = problem(
        Sent(body=b"ASK {}", type_=f"{type_}; charset=iso-8859-1").to(endpoint), 415, "media-type"
    )

    assert "iso-8859-1" in found["detail"]
    assert found["offered"] == [QUERY, FORM]


@pytest.mark.parametrize("path", ["/sparql?query=ASK%20%7B%7D%20%23%FF", "/sparql?query=%C3"])
def test_address_that_is_no_utf_8_is_refused(endpoint: TestClient, path: str) -> None:
    assert "UTF-8" in problem(endpoint.get(path), 400, "query")["detail"]


def test_address_may_have_utf_8_that_is_not_escaped() -> None:
    assert read_get("query=ASK { FILTER('é' = '%C3%A9') }".encode()).query == (
        "ASK { FILTER('é' = 'é') }"
    )


def test_unknown_parameters_are_ignored(endpoint: TestClient) -> None:
    sent = Sent("GET", [("query", "ASK {}"), ("timeout", "30"), ("using-graph-uri", DATA[0])])

    assert sent.to(endpoint).json()["boolean"] is True


def test_parameters_beyond_the_limit_are_refused(endpoint: TestClient) -> None:
    body = b"a=&" * MOST_FIELDS + b"query=ASK%20%7B%7D"

    assert (
        f"{MOST_FIELDS:,}"
        in problem(Sent(body=body, type_=FORM).to(endpoint), 400, "query")["detail"]
    )


@pytest.mark.parametrize("sent", [Sent("GET", [("query", " ")]), Sent("GET", default(0))])
def test_graphs_or_a_blank_without_a_query_are_refused(endpoint: TestClient, sent: Sent) -> None:
    assert "got none" in problem(sent.to(endpoint), 400, "query")["detail"]


def test_parameters_beyond_the_limit_are_no_update_either() -> None:
    with pytest.raises(QueryError, match="fields"):
        read_update(FORM, b"", b"a=&" * MOST_FIELDS + b"update=CLEAR%20ALL")


# --- 2.1.5, 2.1.6 content negotiation -------------------------------------------------------------

SELECT = "SELECT (1 AS ?x) {}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{DATA[0]}> {{ ?s ?p ?o }} }}"
TRIPLE = f"<{DATA[0]}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DOCUMENT}> ."


@pytest.mark.parametrize("query", [SELECT, "ASK {}"])
@pytest.mark.parametrize("accept", sorted(RESULTS))
def test_results_come_in_every_format(endpoint: TestClient, query: str, accept: str) -> None:
    response = endpoint.get("/sparql", params={"query": query}, headers={"accept": accept})

    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == accept
    # What is text says in which encoding it is.
    assert ("charset=utf-8" in response.headers["content-type"]) == accept.startswith("text/")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("text/csv", "true"), ("text/tab-separated-values", "true"), ("application/json", "boolean")],
)
def test_truth_is_said_in_tables_too(endpoint: TestClient, accept: str, expected: str) -> None:
    response = endpoint.get("/sparql", params={"query": "ASK {}"}, headers={"accept": accept})

    assert expected in response.text


@pytest.mark.parametrize("accept", ["application/n-quads", "application/n-triples"])
def test_triples_come_as_lines(endpoint: TestClient, accept: str) -> None:
    response = endpoint.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": accept})

    assert response.headers["content-type"] == accept
    assert response.text.strip() == TRIPLE


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("text/*;q=0.9, application/*;q=0.8", "text/csv; charset=utf-8"),
        (
            "text/turtle, text/tab-separated-values;q=0.1",
            "text/tab-separated-values; charset=utf-8",
        ),
    ],
)
def test_quality_and_breadth_decide(endpoint: TestClient, accept: str, expected: str) -> None:
    response = endpoint.get("/sparql", params={"query": SELECT}, headers={"accept": accept})

    assert response.headers["content-type"] == expected


@pytest.mark.parametrize(
    ("query", "accept"),
    [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), ("ASK {}", "image/png, text/turtle;q=0.5")],
)
def test_type_that_cannot_carry_the_answer_is_a_406_with_what_can(
    endpoint: TestClient, query: str, accept: str
) -> None:
    response = endpoint.get("/sparql", params={"query": query}, headers={"accept": accept})

    offered = problem(response, 406, "not-acceptable")["offered"]
    assert (RDF if query == CONSTRUCT else RESULTS) < set(offered)


# --- 2.1.7, 2.2 methods and failures --------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_a_405_that_names_those_taken(endpoint: TestClient, method: str) -> None:
    response = endpoint.request(method, "/sparql", params={"query": "ASK {}"})

    found = problem(response, 405, "method")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert method in found["detail"]


def test_options_names_the_methods(endpoint: TestClient) -> None:
    response = endpoint.options("/sparql")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("method", "header"), [("GET", "accept"), ("POST", "content-type")], ids=["get", "post"]
)
def test_page_of_another_site_may_ask(endpoint: TestClient, method: str, header: str) -> None:
    headers = {
        "origin": "https://example.org",
        "access-control-request-method": method,
        "access-control-request-headers": header,
    }
    response = endpoint.options("/sparql", headers=headers)

    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert method in response.headers["access-control-allow-methods"]


def test_head_has_the_headers_of_get_and_no_body(endpoint: TestClient) -> None:
    params = {"query": "ASK {}"}
    got, head = endpoint.get("/sparql", params=params), endpoint.head("/sparql", params=params)

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_answers_say_their_length_so_that_a_cut_one_shows(
    endpoint: TestClient, accept: str, encoding: str
) -> None:
    query = "SELECT ?x { VALUES ?x { " + " ".join(f"'{n:05}'" for n in range(2_000)) + " } }"
    headers = {"accept": accept, "accept-encoding": encoding}
    with endpoint.stream("GET", "/sparql", params={"query": query}, headers=headers) as response:
        sent = b"".join(response.iter_raw())

    assert response.headers.get("content-encoding", "identity") == encoding
    assert int(response.headers["content-length"]) == len(sent)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("ASK {", 1, 6),
        ("SELECT *\nWHERE {\n  ?s ?p ?o", 3, 11),
        ("ASK {}\nSERVICE <http://x/> {}", 2, 1),
        ("SELECT * {\n  service silent ?s {} }", 2, 3),
        ("LOAD <http://x/>", 1, 1),
        ("PREFIX ex: <http://x/>\nLOAD ex:y", 2, 1),
        ("BASE <http://x/> load silent <y>", 1, 18),
        ("ASK\nFROM <http://x/> {}", 2, 6),
    ],
)
def test_bad_query_is_refused_with_line_and_column(
    endpoint: TestClient, query: str, line: int, column: int
) -> None:
    found = problem(direct(query).to(endpoint), 400, "query")

    assert (found["line"], found["column"]) == (line, column)
    assert f"{line}:{column}" in found["detail"]


def test_refusal_that_is_nowhere_in_the_query_has_no_place(endpoint: TestClient) -> None:
    found = problem(Sent("GET", [("query", "")]).to(endpoint), 400, "query")

    assert "line" not in found
    assert "column" not in found


# --- graphs that are not there --------------------------------------------------------------------

AWAY = [
    "http://127.0.0.1:9/data.ttl",
    "file:///etc/passwd",
    "urn:nothing",
    "http://example.org/DATA1",
]


@pytest.mark.parametrize("iri", AWAY)
@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_graph_of_a_query_that_the_store_does_not_have_is_refused(
    endpoint: TestClient, iri: str, clause: str
) -> None:
    found = problem(direct(f"ASK {clause} <{iri}> {{}}").to(endpoint), 400, "query")

    assert f"<{iri}>" in found["detail"]
    assert all(f"<{known}>" in found["detail"] for known in DATA)
    assert found["column"] == len(f"ASK {clause} ") + 1


@pytest.mark.parametrize("iri", AWAY)
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_graph_of_a_request_that_the_store_does_not_have_is_refused(
    endpoint: TestClient, iri: str, name: str
) -> None:
    found = problem(direct("ASK {}", *default(1), (name, iri)).to(endpoint), 400, "query")

    assert f"{name}, got <{iri}>" in found["detail"]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["data1", "not an iri", ""])
def test_graph_of_a_request_that_is_no_absolute_iri_is_refused(
    endpoint: TestClient, name: str, iri: str
) -> None:
    found = problem(direct("ASK {}", (name, iri)).to(endpoint), 400, "query")

    assert f"Expected an absolute IRI in {name}" in found["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX : <http://example.org/> SELECT ?s FROM :data1 { ?s ?p ?o }",
        "PREFIX ex: <http://example.org/da> SELECT ?s FROM ex:ta1 { ?s ?p ?o }",
        "BASE <http://example.org/x/> SELECT ?s FROM <../data1> { ?s ?p ?o }",
        "BASE <http://a.org/> PREFIX ex: <http://example.org/> SELECT ?s FROM ex:data1 { ?s ?p ?o }",
        "BASE <http://example.org/> PREFIX ex: <x/> SELECT ?s from<data1>{ ?s ?p ?o }",
        "# FROM <http://x/>\nSELECT ?s FROM\n# one\n<http://example.org/data1> { ?s ?p ?o }",
    ],
)
def test_graph_is_found_however_the_query_writes_it(endpoint: TestClient, query: str) -> None:
    rows = direct(query).to(endpoint).json()["results"]["bindings"]

    assert [row["s"]["value"] for row in rows] == [DATA[1]]


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER('FROM <http://x/>' != '') }",
        "SELECT ?from { BIND(1 AS ?from) }",
        "PREFIX from: <http://x/> SELECT * { OPTIONAL { ?s from:x ?o } }",
        "ASK { GRAPH <http://example.org/nothing> { ?s ?p ?o } }",
    ],
)
def test_the_word_from_elsewhere_names_no_graph(endpoint: TestClient, query: str) -> None:
    assert direct(query).to(endpoint).status_code == 200


# --- what is long is read while others are answered -----------------------------------------------


@pytest.mark.parametrize(("length", "is_on_thread"), [(10, False), (150_000, True)])
@pytest.mark.parametrize("name", ["read_post", "explained"])
def test_long_text_is_read_on_a_thread_and_short_text_at_once(
    endpoint: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    length: int,
    is_on_thread: bool,
) -> None:
    readers: list[str] = []
    work = getattr(sparql, name)

    def watched(*arguments: Any) -> Any:
        readers.append(current_thread().name)
        return work(*arguments)

    monkeypatch.setattr(sparql, name, watched)
    response = direct("ASK { # " + "x" * length).to(endpoint)

    problem(response, 400, "query")
    assert [name.startswith("AnyIO worker") for name in readers] == [is_on_thread]


LONG = "# " + "x" * 5_000 + "\n"
DEEP = "SELECT * " + "{" * 101 + "}" * 101


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { SERVICE <urn:x> {} }", "SERVICE is refused"),
        ("CLEAR ALL", "got the update CLEAR"),
        (DEEP, "at most 100 levels of brackets"),
    ],
)
def test_long_query_is_refused_where_it_runs_as_a_short_one_is_before(
    endpoint: TestClient, monkeypatch: pytest.MonkeyPatch, query: str, words: str
) -> None:
    here: list[str] = []

    def watched(text: str) -> None:
        here.append(text)
        refuse_unsafe(text)

    monkeypatch.setattr(sparql, "refuse_unsafe", watched)
    short = problem(direct(query).to(endpoint), 400, "query")
    long = problem(direct(LONG + query).to(endpoint), 400, "query")

    assert words in short["detail"]
    assert words in long["detail"]
    assert here == [query]
    if "line" in short:
        assert (long["line"], long["column"]) == (short["line"] + 1, short["column"])


@pytest.mark.parametrize("name", [b"query", b"update"])
def test_form_that_is_too_long_to_be_read_is_refused_at_once(name: bytes) -> None:
    body = name + b"=" + b"%20" * (FORM_BYTES // 3)

    for read in (read_post, read_update):
        with pytest.raises(QueryError, match=f"at most {FORM_BYTES:,} bytes, got {len(body):,}"):
            read(FORM, b"", body)


def test_longest_query_fits_into_a_form_however_it_is_escaped() -> None:
    query = "ASK {} #" + "\N{GRINNING FACE}" * (200_000 - 8)
    body = ("query=" + quote(query)).encode()

    assert read_post(FORM, b"", body).query == query


def test_query_that_is_too_long_to_be_read_is_refused_at_once(endpoint: TestClient) -> None:
    found = problem(direct("#" * 200_001).to(endpoint), 400, "query")

    assert "at most 200,000 characters" in found["detail"]


def test_slash_at_the_end_keeps_the_query(endpoint: TestClient) -> None:
    response = endpoint.get("/sparql/?query=" + quote("ASK {}"))

    assert response.status_code == 308
    assert response.headers["location"] == "/sparql?query=" + quote("ASK {}")
