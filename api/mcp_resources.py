"""What a client of the Model Context Protocol can read: schemes, sources, the vocabulary, the versions."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp_types import Completion, ResourceTemplateReference
from pyoxigraph import QuerySolution, QuerySolutions

from affectgraph.api import shapes
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_tool import without_empty
from affectgraph.api.mcp_tools import GraphTools
from affectgraph.api.versions import to_version
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import PREFIXES, curie

BASE = "affectgraph://"
JSON = "application/json"
COMPLETIONS = 100
"""Values that the protocol allows in one completion."""

TERMS_QUERY = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?domain ?range ?comment WHERE {
  ?term a ?kind ; rdfs:comment ?comment .
  FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
  OPTIONAL { ?term rdfs:domain ?domain . FILTER(isIRI(?domain)) }
  OPTIONAL { ?term rdfs:range ?range . FILTER(isIRI(?range)) }
} ORDER BY ?term"""
"""The graph's own properties. ?term ?domain ?range ?comment; unbound where several classes are meant."""


def add_resources(server: MCPServer[Any], services: Services) -> None:
    """Give a server the resources of a graph, and completion of the names in their templates."""
    graph = services.graph

    @server.resource(BASE + "version", mime_type=JSON, title="Versions and licence")
    def version() -> str:
        """Versions of the package and of the graph, with licences; cite both."""
        return _text(to_version(graph))

    @server.resource(BASE + "schemes", mime_type=JSON, title="Label schemes")
    def schemes() -> str:
        """The label schemes of data sets and theories, one line each."""
        return _text(GraphTools(services).schemes())

    @server.resource(BASE + "schemes/{name}", mime_type=JSON, title="One label scheme")
    def scheme(name: str) -> str:
        """A scheme with its labels, what each stands for, and its sources."""
        return _found(lambda: shapes.Scheme.model_validate(graph.scheme(name)))

    @server.resource(BASE + "sources/{id}", mime_type=JSON, title="One source")
    def source(id: str) -> str:  # noqa: A002 - the template names it so
        """The citation and licence of a source that an answer names."""
        return _found(lambda: shapes.Source.model_validate(graph.source(id)))

    @server.resource(BASE + "vocabulary", mime_type="text/plain", title="Terms for SPARQL")
    def vocabulary() -> str:
        """The graph's own properties with domain, range and meaning, for queries."""
        return vocabulary_text(graph)

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]
    async def complete(ref: Any, argument: Any, context: Any) -> Completion | None:
        if not isinstance(ref, ResourceTemplateReference):
            return None
        return completion(_names(graph, ref.uri), argument.value)


def _text(shape: shapes.Shape) -> str:
    return json.dumps(without_empty(shape.model_dump(mode="json")), ensure_ascii=False)


def _found(look_up: Callable[[], shapes.Shape]) -> str:
    try:
        return _text(look_up())
    except UnknownTermError as error:
        raise ResourceNotFoundError(str(error)) from error


def _names(graph: EmotionGraph, template: str) -> list[str]:
    if template == BASE + "schemes/{name}":
        return [scheme.name for scheme in graph.schemes()]
    if template == BASE + "sources/{id}":
        return [source.id for source in graph.sources()]
    return []


def completion(names: Iterable[str], typed: str) -> Completion:
    """Return the names that begin with what was typed; at most 100, with the number of all.

    >>> completion(["meld", "goemotions", "mer"], "Me").values
    ['meld', 'mer']
    """
    found = [name for name in names if name.startswith(typed.strip().lower())]
    return Completion(
        values=found[:COMPLETIONS], total=len(found), has_more=len(found) > COMPLETIONS
    )


def vocabulary_text(graph: EmotionGraph) -> str:
    """Return the graph's own properties, one a line: name, domain and range, meaning."""
    result = graph.store.query(TERMS_QUERY)
    assert isinstance(result, QuerySolutions)  # noqa: S101 - for the type checker
    found = {str(row["term"].value): _term_line(row) for row in result}
    prefixes = (f"PREFIX {name}: <{space}>" for name, space in PREFIXES.items())
    return "\n".join((*prefixes, "", *found.values()))


def _term_line(row: QuerySolution) -> str:
    domain, range_ = (row[name] and curie(row[name].value) for name in ("domain", "range"))
    ends = f" ({domain or 'any'} -> {range_ or 'any'})" if domain or range_ else ""
    return f"{curie(row['term'].value)}{ends}: {row['comment'].value}"
