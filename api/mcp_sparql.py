"""Answers SPARQL in rows that a language model can read: short terms, and never more rows than asked for."""

import re
from collections.abc import Iterable
from functools import partial
from math import isfinite

from pyoxigraph import Literal, NamedNode

from affectgraph.api.mcp_answers import Cell, SparqlAnswer
from affectgraph.api.query_evaluation import ROWS, Node, Question, Rows, rows_of
from affectgraph.api.query_faults import explained
from affectgraph.api.query_runner import QueryRunner
from affectgraph.api.query_threads import on_reading_thread
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.ontology.errors import QueryError
from affectgraph.ontology.iris import PREFIXES, XSD, curie

_INTEGERS = {XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger")}
_FLOATS = {XSD + name for name in ("decimal", "double", "float")}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""Numbers of XML Schema that JSON has, too. Python reads more: ``1_000``, other scripts' digits, infinity."""
_SHORT = re.compile(r"([\w-]+):[A-Za-z0-9_][\w-]*")
"""A CURIE that SPARQL reads as it stands: what follows the prefix has no slash."""


async def answer_query(queries: QueryRunner, query: str, *, limit: int) -> SparqlAnswer:
    """Return the answer to a query, of at most ``limit`` rows; the query is ended if the task is cancelled.

    :raises QueryError: if the query is malformed, no query, has a SERVICE clause, is larger than the
        engine can be trusted with, or asks too much.
    :raises BackendError: if too many queries run already, or the store fails.
    """
    await on_reading_thread(partial(refuse_unsafe, query))
    question = Question(query, result_type=ROWS, rdf_type=ROWS, rows=limit + 1)
    try:
        found = await queries.answer(question)
    except QueryError as error:
        raise explained(error) from error
    return to_answer(rows_of(found), limit=limit)


def to_answer(found: Rows, *, limit: int) -> SparqlAnswer:
    """Return the first ``limit`` rows; one row more says that there are others."""
    rows = tuple(tuple(map(to_cell, row)) for row in found.rows[:limit])
    return SparqlAnswer(
        columns=found.names,
        rows=rows,
        truth=found.truth,
        has_more=len(found.rows) > limit,
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
        return _TRUTHS.get(text, text)
    if kind not in _INTEGERS | _FLOATS or _NUMBER.fullmatch(text) is None:
        return text
    try:
        found = int(text) if kind in _INTEGERS else float(text)
        return found if isfinite(found) else text
    except (OverflowError, ValueError):  # of more digits than Python reads, or no integer
        return text


def _prefixes(rows: Iterable[tuple[Cell, ...]]) -> dict[str, str]:
    found = {
        match[1]
        for row in rows
        for cell in row
        if isinstance(cell, str) and (match := _SHORT.fullmatch(cell))
    }
    return {prefix: PREFIXES[prefix] for prefix in sorted(found & PREFIXES.keys())}
