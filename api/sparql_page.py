"""The page with the query form: examples, prefixes, and answers as a table. It needs no script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.responses import Response

from affectgraph.api.negotiation import RDF_DOWNLOADS
from affectgraph.api.query_evaluation import Rows
from affectgraph.api.rendering import linked, render
from affectgraph.api.sparql_names import missing_prefixes, prefix_lines
from affectgraph.api.sparql_operation import Operation
from affectgraph.ontology.iris import PREFIXES

TABLE_LIMIT = 500
"""Rows that the page shows."""
RESULT_DOWNLOADS = {"JSON": "json", "CSV": "csv", "TSV": "tsv", "XML": "xml"}
TRIPLE_DOWNLOADS = {**RDF_DOWNLOADS, "TriG": "trig", "N-Quads": "nq"}


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try.

    :param question: what it answers, in words.
    """

    question: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """Return the queries that the page offers, competency questions of the graph; the first is shown."""
    folder = files("affectgraph.api.templates")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    return tuple(_example(folder.joinpath(name).read_text(encoding="utf-8")) for name in names)


def _example(query: str) -> Example:
    """Return an example by its file, whose first line is ``# NUMBER. QUESTION``."""
    first, _, _ = query.partition("\n")
    return Example(first.lstrip("# ").partition(". ")[2], query)


def declared(operation: Operation) -> Operation:
    """Return the operation with PREFIX lines of the project in front that its query lacks.

    For the page alone, which shows the whole query that it ran.
    """
    query = operation.query or ""
    return replace(operation, query=prefix_lines(missing_prefixes(query)) + query)


def shown(found: Rows) -> dict[str, Any]:
    """Return what the page shows of an answer: at most :data:`TABLE_LIMIT` rows."""
    if found.form == "boolean":
        return {"truth": found.truth}
    is_rdf = found.form == "triples"
    rows = [[linked(term) for term in row] for row in found.rows]
    kept = rows[:TABLE_LIMIT]
    return {
        "names": found.names,
        "rows": kept,
        "has_more": len(rows) > len(kept),
        "is_rdf": is_rdf,
        "downloads": TRIPLE_DOWNLOADS if is_rdf else RESULT_DOWNLOADS,
    }


def page(operation: Operation, context: Mapping[str, Any], *, status: int = 200) -> Response:
    """Return the page with a query, the first example if there is none.

    :param context: what there is to show: of :func:`shown`, or the ``error``.
    """
    is_asked = operation.query is not None
    dataset = [("default-graph-uri", iri) for iri in operation.default_graphs]
    dataset += [("named-graph-uri", iri) for iri in operation.named_graphs]
    known = {
        "query": operation.query if is_asked else examples()[0].query,
        "declares": operation.declares or not is_asked,
        "dataset": dataset,
        "examples": examples(),
        "prefix_lines": prefix_lines(PREFIXES),
    }
    return render("sparql.html", {**known, **context}, status=status, headers={"Vary": "Accept"})
