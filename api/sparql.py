"""The SPARQL 1.1 Protocol at ``/sparql``: queries by GET and POST, answers by Accept, no updates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from affectgraph.api.disconnects import unless_gone
from affectgraph.api.handlers import OfferError, documented
from affectgraph.api.negotiation import (
    HTML,
    RDF_DOWNLOADS,
    RDF_TYPES,
    RESULT_TYPES,
    accept_of,
    choose,
    wanted,
)
from affectgraph.api.problems import kind_of
from affectgraph.api.query_evaluation import ROWS, Question, Rows, rows_of
from affectgraph.api.query_runner import QueryRunner
from affectgraph.api.rendering import linked, render
from affectgraph.api.services import ServicesDep
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.ontology.errors import QueryError
from affectgraph.ontology.iris import PREFIXES

router = APIRouter(tags=["sparql"], responses=documented(400, 406, 413, 415))

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"

SHORT = 4_000
"""Characters of a query that are read within a fraction of a millisecond."""

TABLE_LIMIT = 500
"""Rows that the page shows."""
RESULT_DOWNLOADS = {"JSON": "json", "CSV": "csv", "TSV": "tsv", "XML": "xml"}

EXAMPLE = """\
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX emotion: <https://w3id.org/affectgraph/emotion/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?label ?valence WHERE {
  ?concept skos:broader emotion:nervousness ;
    skos:prefLabel ?label ;
    ag:valence ?valence .
} ORDER BY ?valence
"""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation: its text and dataset.

    :param format_: what ``?format=`` names, for links in pages.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format_: str | None = None


async def read_body(request: Request) -> bytes:
    """Return the request's body."""
    return await request.body()


@router.get(
    "/sparql",
    summary="SPARQL query by GET",
    response_class=Response,
    openapi_extra={"x-media-types": [*RESULT_TYPES, *RDF_TYPES, HTML]},
)
async def get_sparql(
    request: Request,
    services: ServicesDep,
    query: Annotated[
        str | None, Query(description="A SPARQL 1.1 query.", examples=["ASK { ?s ?p ?o }"])
    ] = None,
    default_graph_uri: Annotated[
        list[str] | None,
        Query(alias="default-graph-uri", description="Graphs to merge as default."),
    ] = None,
    named_graph_uri: Annotated[
        list[str] | None, Query(alias="named-graph-uri", description="Named graphs to see.")
    ] = None,
    format_: Annotated[
        str | None, Query(alias="format", description="Short name of a format, for links.")
    ] = None,
) -> Response:
    """SELECT and ASK as JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE as Turtle and other RDF.

    A browser that asks without a query gets a form. SERVICE clauses and updates are refused.
    """
    operation = Operation(
        query, tuple(default_graph_uri or ()), tuple(named_graph_uri or ()), format_
    )
    return await _answered(services.queries, operation, request)


@router.post(
    "/sparql",
    summary="SPARQL query by POST",
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                QUERY_TYPE: {"schema": {"type": "string"}, "example": "ASK { ?s ?p ?o }"},
                FORM_TYPE: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string"}},
                    },
                    "example": {"query": "ASK { ?s ?p ?o }"},
                },
            },
        }
    },
)
async def post_sparql(
    request: Request, services: ServicesDep, body: Annotated[bytes, Depends(read_body)]
) -> Response:
    """As by GET; the query is a form field, or the whole body as `application/sparql-query`."""
    return await _answered(services.queries, _read_post(request, body), request)


async def _answered(queries: QueryRunner, operation: Operation, request: Request) -> Response:
    """Return the answer; the query is ended if the client goes away."""
    work = answer(queries, operation, accept_of(request.headers))
    found = await unless_gone(request.receive, work)
    return Response(status_code=503) if found is None else found  # which nobody is there to read


def _read_post(request: Request, body: bytes) -> Operation:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == UPDATE_TYPE:
        raise QueryError("Expected a query, got an update: this endpoint is read-only.")
    if media_type not in {FORM_TYPE, QUERY_TYPE}:
        raise OfferError(
            415,
            f"Expected a body of type {FORM_TYPE} or {QUERY_TYPE}, got {media_type or 'none'}.",
            offered=[QUERY_TYPE, FORM_TYPE],
        )
    try:
        text = body.decode("utf-8")
        if media_type == QUERY_TYPE:
            fields = parse_qs(request.url.query, errors="strict")
            return _from_fields({**fields, "query": [text]})
        return _from_fields(parse_qs(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise QueryError(f"Expected UTF-8: {error}.") from error


def _from_fields(fields: Mapping[str, Sequence[str]]) -> Operation:
    if "update" in fields:
        raise QueryError("Expected a query, got an update: this endpoint is read-only.")
    queries = fields.get("query", ())
    if len(queries) > 1:
        raise QueryError(f"Expected one query, got {len(queries)}.")
    return Operation(
        query=queries[0] if queries else None,
        default_graphs=tuple(fields.get("default-graph-uri", ())),
        named_graphs=tuple(fields.get("named-graph-uri", ())),
        format_=next(iter(fields.get("format", ())), None),
    )


async def answer(queries: QueryRunner, operation: Operation, accept: str | None) -> Response:
    """Return the answer to a query operation in the format the request accepts.

    The query is ended if the task is cancelled.

    :raises QueryError: if there is no query, it is refused, or it asks too much.
    :raises OfferError: if no format fits.
    :raises BackendError: if too many queries run already, or the store fails.
    """
    is_browser = choose(accept, (*RESULT_TYPES, *RDF_TYPES, HTML)) == HTML
    if operation.query is None or not operation.query.strip():
        if is_browser:
            return _page(operation, {})
        raise QueryError("Expected a SPARQL query in the parameter `query`, got none.")
    try:
        await _refuse_unsafe(operation.query)
        return await _asked(queries, operation, accept)
    except QueryError as error:
        if is_browser and not operation.format_:
            return _page(operation, {"error": error.reason}, status=kind_of(error).status)
        raise


async def _refuse_unsafe(query: str) -> None:
    """Refuse a query that may not be run; a long one is read on a thread."""
    if len(query) <= SHORT:
        refuse_unsafe(query)
    else:
        await run_sync(refuse_unsafe, query)


async def _asked(queries: QueryRunner, operation: Operation, accept: str | None) -> Response:
    question = Question(
        operation.query or "",
        operation.default_graphs,
        operation.named_graphs,
        result_type=_type(accept, operation.format_, RESULT_TYPES),
        rdf_type=_type(accept, operation.format_, RDF_TYPES),
        rows=TABLE_LIMIT + 1,
    )
    found = await queries.answer(question)
    if found.media_type is None:
        offered = [*(RDF_TYPES if found.form == "triples" else RESULT_TYPES), HTML]
        raise OfferError(406, f"Expected to send one of {', '.join(offered)}.", offered=offered)
    if found.media_type == ROWS:
        return await run_sync(lambda: _page(operation, _shown(rows_of(found))))
    return Response(found.content, media_type=found.media_type, headers={"Vary": "Accept"})


def _type(accept: str | None, short_name: str | None, offered: Iterable[str]) -> str | None:
    """Return the type of an answer, rows for the page; None if none of those offered fits."""
    found = wanted(accept, short_name, (*offered, HTML))
    return ROWS if found == HTML else found


def _shown(found: Rows) -> dict[str, Any]:
    """Return what the page shows of an answer: at most :data:`TABLE_LIMIT` rows."""
    if found.form == "boolean":
        return {"truth": found.truth}
    is_rdf = found.form == "triples"
    rows = [[linked(term) for term in row] for row in found.rows]
    shown = rows[:TABLE_LIMIT]
    return {
        "names": found.names,
        "rows": shown,
        "has_more": len(rows) > len(shown),
        "is_rdf": is_rdf,
        "downloads": RDF_DOWNLOADS if is_rdf else RESULT_DOWNLOADS,
    }


def _page(operation: Operation, shown: Mapping[str, Any], *, status: int = 200) -> Response:
    query = operation.query if operation.query is not None else EXAMPLE
    context = {"query": query, "prefixes": PREFIXES, **shown}
    return render("sparql.html", context, status=status, headers={"Vary": "Accept"})
