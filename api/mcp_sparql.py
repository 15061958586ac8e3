"""Answers SPARQL in rows that a language model can read: short terms, and never more rows than asked for."""

import re
from collections.abc import Iterable
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryTriples, Triple

from affectgraph.api.mcp_answers import Cell, SparqlAnswer
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.api.sparql_run import run_deep, within_time
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import QueryResult
from affectgraph.ontology.errors import AffectGraphError, QueryError
from affectgraph.ontology.iris import PREFIXES, XSD, curie

TRIPLE = ("subject", "predicate", "object")

_INTEGERS = {XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger")}
_FLOATS = {XSD + name for name in ("decimal", "double", "float")}
_SHORT = re.compile(r"([\w-]+):[A-Za-z0-9_][\w-]*")
"""A CURIE that SPARQL reads as it stands: what follows the prefix has no slash."""

Node = NamedNode | BlankNode | Literal | Triple | None


def answer_query(graph: EmotionGraph, query: str, *, limit: int) -> SparqlAnswer:
    """Return the answer to a query, of at most ``limit`` rows.

    :raises QueryError: if the query is malformed, no query, has a SERVICE clause, is larger than the
        engine can be trusted with, or takes too long.
    :raises BackendError: if too many queries run already, or the store fails.
    """
    refuse_unsafe(query)
    return run_deep(lambda: _evaluate(graph, query, limit))


def _evaluate(graph: EmotionGraph, query: str, limit: int) -> SparqlAnswer:
    try:
        return to_answer(graph.store.query(query), limit=limit)
    except AffectGraphError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(str(error), query=query) from error


def to_answer(result: QueryResult, *, limit: int) -> SparqlAnswer:
    """Return what a store answered; reads one row more than ``limit`` to know whether there are any."""
    if isinstance(result, QueryBoolean):
        return SparqlAnswer(columns=(), rows=(), truth=bool(result), has_more=False, prefixes={})
    columns = TRIPLE
    if not isinstance(result, QueryTriples):
        columns = tuple(variable.value for variable in result.variables)  # type: ignore[assignment]
    found = [tuple(map(to_cell, row)) for row in islice(within_time(result), limit + 1)]
    rows = tuple(found[:limit])
    return SparqlAnswer(
        columns=columns,
        rows=rows,
        truth=None,
        has_more=len(found) > limit,
        prefixes=_prefixes(rows),
    )


def to_cell(term: Node) -> Cell:
    """Return an RDF term as JSON has it: numbers as such, IRIs short where SPARQL can read them so.

    >>> to_cell(NamedNode("https://w3id.org/affectgraph/emotion/anger"))
    'emotion:anger'
    >>> to_cell(Literal(-0.5)), to_cell(Literal("anger", language="en")), to_cell(None)
    (-0.5, 'anger', None)
    """
    if isinstance(term, NamedNode):
        short = curie(term.value)
        return short if _SHORT.fullmatch(short) else term.value
    if isinstance(term, Literal):
        return _value(term)
    return None if term is None else str(term)


def _value(literal: Literal) -> Cell:
    kind, text = literal.datatype.value, literal.value
    if kind == XSD + "boolean":
        return text in ("true", "1")
    try:
        if kind in _INTEGERS:
            return int(text)
        # What JSON has no number for stays text.
        return (
            float(text)
            if kind in _FLOATS and text.strip("+-").lower() not in ("inf", "nan")
            else text
        )
    except ValueError:
        return text


def _prefixes(rows: Iterable[tuple[Cell, ...]]) -> dict[str, str]:
    found = {
        match[1]
        for row in rows
        for cell in row
        if isinstance(cell, str) and (match := _SHORT.fullmatch(cell))
    }
    return {prefix: PREFIXES[prefix] for prefix in sorted(found & PREFIXES.keys())}
