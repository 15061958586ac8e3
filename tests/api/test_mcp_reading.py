"""What a client of the Model Context Protocol reads: SPARQL in rows, resources, completion, what it needs."""

import json
import subprocess
import sys
from functools import partial
from typing import Any

import anyio
import pytest
from mcp.server.mcpserver import MCPServer
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference
from pyoxigraph import BlankNode, Literal, NamedNode

from affectgraph.api import sparql_run
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_resources import completion
from affectgraph.api.mcp_server import make_server
from affectgraph.api.mcp_sparql import answer_query, to_cell
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import QueryError
from affectgraph.ontology.iris import PREFIXES, XSD, expand
from tests.api.mcp_calls import answer, ask, refusal

AG = "PREFIX ag: <https://w3id.org/affectgraph/ontology#> "
EMOTION = "PREFIX emotion: <https://w3id.org/affectgraph/emotion/> "
SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
NERVOUS = (
    SKOS
    + EMOTION
    + "SELECT ?c ?label { ?c skos:broader emotion:nervousness ; skos:prefLabel ?label } "
)


@pytest.fixture(scope="module")
def server(graph: EmotionGraph) -> MCPServer[Any]:
    return make_server(Services(graph))


# --- SPARQL ---------------------------------------------------------------------------------------


def test_select_gives_rows_of_short_terms(server: MCPServer[Any]) -> None:
    found = answer(server, "sparql", query=NERVOUS + "ORDER BY ?label")

    assert found["columns"] == ["c", "label"]
    # Parrott 2001, third tier below nervousness.
    names = ["anxiety", "apprehension", "distress", "dread", "tenseness", "uneasiness", "worry"]
    assert found["rows"] == [[f"emotion:{name}", name] for name in names]
    assert found["prefixes"] == {"emotion": "https://w3id.org/affectgraph/emotion/"}
    assert (found["truth"], found["has_more"]) == (None, False)


def test_rows_beyond_the_limit_are_left_out_and_that_is_said(server: MCPServer[Any]) -> None:
    query = NERVOUS + "ORDER BY ?label"
    everything = answer(server, "sparql", query=query)["rows"]
    count = len(everything)

    short = answer(server, "sparql", query=query, limit=count - 1)
    exact = answer(server, "sparql", query=query, limit=count)

    assert (short["rows"], short["has_more"]) == (everything[:-1], True)
    assert (exact["rows"], exact["has_more"]) == (everything, False)


def test_ask_gives_a_truth(server: MCPServer[Any]) -> None:
    query = EMOTION + SKOS + "ASK { emotion:dread skos:broader emotion:nervousness }"

    assert answer(server, "sparql", query=query)["truth"] is True


def test_graph_comes_as_triples_with_numbers_as_numbers(server: MCPServer[Any]) -> None:
    query = (
        AG
        + EMOTION
        + "CONSTRUCT { ?s ag:valence ?v } WHERE { BIND(emotion:dread AS ?s) ?s ag:valence ?v }"
    )
    found = answer(server, "sparql", query=query)

    assert found["columns"] == ["subject", "predicate", "object"]
    ((subject, predicate, value),) = found["rows"]
    assert (subject, predicate) == ("emotion:dread", "ag:valence")
    assert isinstance(value, float)
    assert -1 <= value <= 1


def test_unbound_variable_is_null(server: MCPServer[Any]) -> None:
    query = (
        EMOTION
        + SKOS
        + "SELECT ?a ?b { VALUES ?a { emotion:joy } OPTIONAL { ?a skos:broader ?b } }"
    )

    assert answer(server, "sparql", query=query)["rows"] == [["emotion:joy", None]]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SPARQL 1.1"),
        ("DELETE WHERE { ?s ?p ?o }", "SPARQL 1.1"),
        ("LOAD <https://example.org/x.ttl>", "SPARQL 1.1"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT ?x {", "Send one SELECT"),
        ("", "Send one SELECT"),
        ("x" * 200_001, "at most 200,000 characters"),
        ("SELECT * { " + "{" * 200 + "}" * 200 + "}", "levels of brackets"),
    ],
)
def test_query_that_is_none_or_unsafe_is_refused(
    server: MCPServer[Any], query: str, part: str
) -> None:
    assert part in refusal(server, "sparql", query=query)


def test_graph_stays_as_it_is(server: MCPServer[Any], graph: EmotionGraph) -> None:
    refusal(server, "sparql", query="INSERT DATA { <urn:a> <urn:b> <urn:c> }")

    assert not graph.sparql("ASK { <urn:a> ?p ?o }")


def test_query_that_takes_too_long_is_ended(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql_run, "TIME_LIMIT", -1.0)

    with pytest.raises(QueryError, match="takes over"):
        anyio.run(partial(answer_query, InProcessQueries(graph.store), NERVOUS, limit=5))


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (NamedNode(PREFIXES["emotion"] + "anger"), "emotion:anger"),
        # A slash behind the prefix would have to be escaped, so the IRI stays whole.
        (NamedNode(PREFIXES["scheme"] + "meld/joy"), PREFIXES["scheme"] + "meld/joy"),
        (NamedNode("https://example.org/x"), "https://example.org/x"),
        (BlankNode("b1"), "_:b1"),
        (Literal("-0.52", datatype=NamedNode(XSD + "decimal")), -0.52),
        (Literal("7", datatype=NamedNode(XSD + "integer")), 7),
        (Literal("INF", datatype=NamedNode(XSD + "double")), "INF"),
        (Literal("-INF", datatype=NamedNode(XSD + "double")), "-INF"),
        (Literal("NaN", datatype=NamedNode(XSD + "double")), "NaN"),
        (Literal("many", datatype=NamedNode(XSD + "integer")), "many"),
        (Literal("true", datatype=NamedNode(XSD + "boolean")), True),
        (Literal("0", datatype=NamedNode(XSD + "boolean")), False),
        (Literal("yes", datatype=NamedNode(XSD + "boolean")), "yes"),
        (Literal("1.5E2", datatype=NamedNode(XSD + "double")), 150.0),
        (Literal(".5", datatype=NamedNode(XSD + "decimal")), 0.5),
        (Literal("9" * 400, datatype=NamedNode(XSD + "decimal")), "9" * 400),
        (Literal("9" * 400, datatype=NamedNode(XSD + "integer")), "9" * 400),
        (Literal("9" * 5_000, datatype=NamedNode(XSD + "integer")), "9" * 5_000),
        (Literal("1.5", datatype=NamedNode(XSD + "integer")), "1.5"),
        (Literal("1_000", datatype=NamedNode(XSD + "integer")), "1_000"),
        (Literal("1_0.5", datatype=NamedNode(XSD + "decimal")), "1_0.5"),
        (Literal("7"), "7"),
        (Literal("rage", language="en"), "rage"),
        (None, None),
    ],
)
def test_term_as_a_cell(term: Any, cell: Any) -> None:
    found = to_cell(term)

    assert (found, type(found)) == (cell, type(cell))


# --- resources ------------------------------------------------------------------------------------


def read(server: MCPServer[Any], uri: str) -> str:
    (content,) = ask(server, lambda client: client.read_resource(uri)).contents
    text: str = content.text
    return text


def test_version_names_package_and_graph(server: MCPServer[Any], graph: EmotionGraph) -> None:
    found = json.loads(read(server, "affectgraph://version"))

    assert (found["package"], found["graph"]) == ("0.1.0", graph.version)
    assert "CC BY 4.0" in found["licence"]


def test_schemes_can_be_read_all_and_one(server: MCPServer[Any], graph: EmotionGraph) -> None:
    lines = json.loads(read(server, "affectgraph://schemes"))["schemes"]
    one = json.loads(read(server, "affectgraph://schemes/meld"))

    assert [line["name"] for line in lines] == [scheme.name for scheme in graph.schemes()]
    assert [label["name"] for label in one["labels"]] == [x.name for x in graph.labels("meld")]


def test_source_can_be_read(server: MCPServer[Any]) -> None:
    found = json.loads(read(server, "affectgraph://sources/scott-2019"))

    assert found["doi"] == "10.3758/s13428-018-1099-3"


def test_vocabulary_names_terms_that_the_graph_has(
    server: MCPServer[Any], graph: EmotionGraph
) -> None:
    found = read(server, "affectgraph://vocabulary")

    names = [line.split()[0].rstrip(":") for line in found.split("\n\n")[1].splitlines()]
    assert {"ag:valence", "ag:oppositeOf", "ag:requiredUnit", "ag:tier"} <= set(names)
    for name in names:
        query = "ASK { ?this ?p ?o }"
        assert graph.sparql(query, bindings={"this": NamedNode(expand(name))}), name
    assert found.startswith("PREFIX ag: <https://w3id.org/affectgraph/ontology#>\n")


def test_terms_that_the_tool_names_are_in_the_vocabulary(server: MCPServer[Any]) -> None:
    vocabulary = read(server, "affectgraph://vocabulary")
    (tool,) = (t for t in ask(server, lambda c: c.list_tools()).tools if t.name == "sparql")

    named = {word.strip("(),.`") for word in tool.description.split() if word.startswith("ag:")}
    named.discard("ag:")
    assert len(named) >= 8
    assert all(f"\n{name}" in vocabulary for name in named)


@pytest.mark.parametrize(
    ("uri", "part"),
    [
        ("affectgraph://schemes/nope", "Expected the name of a label scheme"),
        ("affectgraph://sources/nope", "Expected the name of a source"),
        ("affectgraph://schemes/../version", "Unknown resource"),
        ("affectgraph://nope", "Unknown resource"),
        ("file:///etc/passwd", "Unknown resource"),
    ],
)
def test_resource_that_is_not_there_is_refused(server: MCPServer[Any], uri: str, part: str) -> None:
    with pytest.raises(MCPError, match=part):
        read(server, uri)


def test_names_of_schemes_and_sources_are_completed(server: MCPServer[Any]) -> None:
    async def work(client: Any) -> Any:
        found = []
        for uri, name, typed in (
            ("affectgraph://schemes/{name}", "name", "ekm"),
            ("affectgraph://sources/{id}", "id", "scott-2019"),
            ("affectgraph://other/{id}", "id", "a"),
        ):
            ref = ResourceTemplateReference(type="ref/resource", uri=uri)
            answered = await client.complete(ref, {"name": name, "value": typed})
            found.append(answered.completion.values)
        prompt = PromptReference(type="ref/prompt", name="x")
        answered = await client.complete(prompt, {"name": "a", "value": ""})
        return [*found, answered.completion.values]

    assert ask(server, work) == [["ekman-6", "ekman-7"], ["scott-2019"], [], []]


def test_completion_counts_what_it_leaves_out() -> None:
    found = completion([f"s{n}" for n in range(101)], "s")

    assert (len(found.values), found.total, found.has_more) == (100, 101, True)


# --- what it needs --------------------------------------------------------------------------------

WITHOUT_WEB = """
import sys
for name in ("fastapi", "jinja2"):
    sys.modules[name] = None
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_http import http_app
from affectgraph.api.mcp_server import make_server
from affectgraph.kg.graph import EmotionGraph
print(http_app(make_server(Services(EmotionGraph.load())), host="127.0.0.1"))
"""


def test_server_needs_no_package_of_the_web_service() -> None:
    found = subprocess.run(  # noqa: S603 - the text above
        [sys.executable, "-c", WITHOUT_WEB], capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stderr
    assert "Starlette" in found.stdout
