"""Evaluates one query into bytes; the same code in the serving process and in its workers.

A question and its answer travel as JSON and bytes, never as pickles: a worker may be taken over by the query
that it runs.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from pyoxigraph import Literal as RdfLiteral

from affectgraph.api.negotiation import RDF_TYPES, RESULT_TYPES
from affectgraph.api.query_errors import QueryCostError, ResultSizeError
from affectgraph.api.sparql_dataset import refuse_unknown_graphs
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.api.sparql_run import BoundedOutput, within_time
from affectgraph.kg.store import GraphStore, QueryResult
from affectgraph.ontology.errors import AffectGraphError, QueryError

Form = Literal["boolean", "solutions", "triples"]
FORMS: tuple[Form, ...] = ("boolean", "solutions", "triples")
Node = NamedNode | BlankNode | RdfLiteral | Triple | None

ROWS = "rows"
"""In place of a media type: the first rows of an answer, as :func:`rows_of` reads them."""
ROWS_BYTES = 8 * 1024 * 1024
"""Longest content of :data:`ROWS`: the serving process reads them, where other answers only pass through."""
RESULTS_JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
TRIPLE_NAMES = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its dataset, and in which form its answer is wanted.

    :param result_type: media type of an answer to SELECT or ASK, or :data:`ROWS`; None if none fits.
    :param rdf_type: media type of an answer to CONSTRUCT or DESCRIBE, or :data:`ROWS`; None if none fits.
    :param rows: how many rows :data:`ROWS` has at most.
    :param is_guarded: whether :func:`~affectgraph.api.sparql_guard.refuse_unsafe` has let the query pass; if
        not, it is asked where the query runs.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    result_type: str | None = RESULTS_JSON
    rdf_type: str | None = N_TRIPLES
    rows: int = 0
    is_guarded: bool = True

    def to_json(self) -> bytes:
        """Return the question as ASCII JSON."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(fields).encode("ascii")

    @classmethod
    def from_json(cls, content: bytes) -> "Question":
        """Return the question that :meth:`to_json` wrote."""
        fields = json.loads(content)
        for name in ("default_graphs", "named_graphs"):
            fields[name] = tuple(fields[name])
        return cls(**fields)

    def media_type(self, form: Form) -> str | None:
        """Return the type of an answer of a form."""
        return self.rdf_type if form == "triples" else self.result_type


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The serialised answer to a question.

    :param media_type: as the question has it for this form; if it is None, there is no content.
    """

    form: Form
    media_type: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of an answer as terms.

    :param names: variables, or :data:`TRIPLE_NAMES`; none for ASK.
    :param truth: the answer to ASK, None for others.
    """

    form: Form
    names: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]
    truth: bool | None = None


def evaluate(
    store: GraphStore,
    question: Question,
    *,
    result_bytes: int | None = None,
    seconds: float | None = None,
) -> QueryAnswer:
    """Return the answer of a store.

    :param result_bytes: longest answer; ``sparql_run.SIZE_LIMIT`` if left out.
    :param seconds: longest time, noticed between rows; ``sparql_run.TIME_LIMIT`` if left out.
    :raises QueryError: if the query is malformed or refused, its dataset names a graph that the store does
        not have, or the engine fails on it.
    :raises ResultSizeError: if the answer is too long.
    :raises QueryCostError: if it takes too long or too much memory, as far as that can be noticed.
    """
    output = BoundedOutput(result_bytes, seconds)
    try:
        if not question.is_guarded:
            refuse_unsafe(question.query)
        refuse_unknown_graphs(
            store,
            question.query,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
        result = store.query(
            question.query,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
        form = _form(result)
        media_type = question.media_type(form)
        if media_type is None:
            return QueryAnswer(form, None, b"")
        if media_type == ROWS:
            output.write(_readable(_first_rows(result, question.rows, seconds)))
        else:
            _serialise(result, media_type, output)
        return QueryAnswer(form, media_type, output.getvalue())
    except AffectGraphError:
        raise
    except MemoryError as error:
        raise QueryCostError("The query needs too much memory.", query=question.query) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(str(error), query=question.query) from error


def _form(result: QueryResult) -> Form:
    if isinstance(result, QueryBoolean):
        return "boolean"
    return "triples" if isinstance(result, QueryTriples) else "solutions"


def _serialise(result: QueryResult, media_type: str, output: BoundedOutput) -> None:
    if isinstance(result, QueryTriples):
        result.serialize(output, format=RDF_TYPES[media_type])
    else:
        result.serialize(output, format=RESULT_TYPES[media_type])


# --- the first rows of an answer ------------------------------------------------------------------


def _first_rows(result: QueryResult, count: int, seconds: float | None) -> bytes:
    if isinstance(result, QueryBoolean):
        return json.dumps({"head": {}, "boolean": bool(result)}).encode("ascii")
    if isinstance(result, QueryTriples):
        written = serialize(islice(within_time(result, seconds), count), format=RdfFormat.N_TRIPLES)
        return written or b""
    names = [variable.value for variable in result.variables]
    bindings = [_binding(names, row) for row in islice(within_time(result, seconds), count)]
    found = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False).encode("utf-8")


def _readable(rows: bytes) -> bytes:
    if len(rows) > ROWS_BYTES:
        raise ResultSizeError(
            f"The rows have over {ROWS_BYTES:,} bytes, more than are shown. Ask for less, or for a format of "
            "its own."
        )
    return rows


def _binding(names: Iterable[str], row: Iterable[Node]) -> dict[str, Any]:
    return {name: _term(term) for name, term in zip(names, row, strict=True) if term is not None}


def _term(term: Node) -> dict[str, Any]:
    """Return a term as in the SPARQL 1.2 Query Results JSON Format, section 3.2.2."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        return {"type": "triple", "value": _binding(TRIPLE_NAMES, term)}
    if not isinstance(term, RdfLiteral):
        raise TypeError(f"Expected an RDF term, got {type(term).__name__}.")
    if term.language is not None:
        found = {"type": "literal", "value": term.value, "xml:lang": term.language}
        return found if term.direction is None else {**found, "its:dir": str(term.direction)}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def rows_of(answer: QueryAnswer) -> Rows:
    """Return the terms of an answer of type :data:`ROWS`.

    :raises ValueError: if its content is no such answer.
    """
    if answer.form == "triples":
        triples = parse(answer.content, format=RdfFormat.N_TRIPLES)
        return Rows(answer.form, TRIPLE_NAMES, tuple(tuple(quad.triple) for quad in triples))
    result = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
    if isinstance(result, QuerySolutions):
        names = tuple(variable.value for variable in result.variables)
        return Rows(answer.form, names, tuple(tuple(row) for row in result))
    return Rows(answer.form, (), (), bool(result))


# --- what travels between processes ---------------------------------------------------------------


def answer_frame(answer: QueryAnswer) -> tuple[bytes, bytes]:
    """Return an answer as JSON and content."""
    fields = {"status": "answered", "form": answer.form, "media_type": answer.media_type}
    return json.dumps(fields).encode("ascii"), answer.content


def error_frame(error: QueryError) -> tuple[bytes, bytes]:
    """Return an error as JSON, without the query, which the asker has."""
    status = next(name for name, class_ in _ERRORS if isinstance(error, class_))
    fields = {
        "status": status,
        "reason": error.reason,
        "position": error.position,
        "hint": error.hint,
    }
    return json.dumps(fields).encode("ascii"), b""


def read_frame(meta: bytes, content: bytes, question: Question) -> QueryAnswer:
    """Return the answer that a worker sent, trusting nothing in it.

    :raises QueryError: the one that the worker sent, of its class.
    :raises ValueError: if the worker sent something else.
    """
    fields = json.loads(meta)
    if not isinstance(fields, Mapping):
        raise ValueError("Expected an object.")
    if fields.get("status") == "answered":
        form = next((form for form in FORMS if form == fields.get("form")), None)
        if form is None or fields.get("media_type") != question.media_type(form):
            raise ValueError("Expected an answer to the question.")
        return QueryAnswer(form, question.media_type(form), content)
    class_ = dict(_ERRORS).get(str(fields.get("status")))
    if class_ is None:
        raise ValueError("Expected the name of an error.")
    raise class_(
        str(fields.get("reason")),
        query=question.query,
        position=_position(fields.get("position")),
        hint=str(fields.get("hint") or ""),
    )


def _position(found: object) -> tuple[int, int] | None:
    """Return a position as JSON has it; None for anything else."""
    match found:
        case [int(line), int(column)]:
            return line, column
    return None


_ERRORS: tuple[tuple[str, type[QueryError]], ...] = (
    ("too long", ResultSizeError),
    ("too costly", QueryCostError),
    ("refused", QueryError),
)
"""Names of errors between processes, the narrower class first."""
