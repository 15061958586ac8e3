"""The SPARQL 1.1 Protocol at ``/sparql``: queries by GET and POST, answers by Accept, no updates.

GET without a query gets the description of the service, a browser the page with the form.
"""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Annotated, Any, NoReturn, TypeVar

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from affectgraph.api.disconnects import unless_gone
from affectgraph.api.handlers import OfferError, documented
from affectgraph.api.negotiation import HTML, RDF_TYPES, RESULT_TYPES, accept_of, wanted
from affectgraph.api.problems import kind_of
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_evaluation import ROWS, Question, rows_of
from affectgraph.api.query_faults import explained
from affectgraph.api.query_runner import QueryRunner
from affectgraph.api.query_threads import on_query_thread, on_reading_thread
from affectgraph.api.resources import serialise
from affectgraph.api.service_description import service_description
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.sparql_guard import MAX_LENGTH, refuse_unsafe
from affectgraph.api.sparql_operation import (
    FORM_TYPE,
    QUERY_TYPE,
    Operation,
    read_get,
    read_post,
)
from affectgraph.api.sparql_page import TABLE_LIMIT, declared, page, shown
from affectgraph.api.sparql_update import read_update, run_update
from affectgraph.ontology.errors import QueryError

router = APIRouter(tags=["sparql"], responses=documented(400, 406, 413, 415))

METHODS = "GET, HEAD, POST, OPTIONS"
"""What the endpoint takes."""

SHORT = 4_000
"""Characters of a query, or bytes of a body, that are read within a fraction of a millisecond."""

T = TypeVar("T")


def _parameter(name: str, what: str, *, is_list: bool = False, **further: Any) -> dict[str, Any]:
    """Return a parameter of GET as OpenAPI has it; the protocol's own reader takes the values."""
    text = {"type": "string"}
    schema = {"type": "array", "items": text} if is_list else text
    found = {"name": name, "in": "query", "required": False, "description": what, "schema": schema}
    return found | further


PARAMETERS = [
    _parameter("query", "A SPARQL 1.1 query.", example="ASK { ?s ?p ?o }"),
    _parameter("default-graph-uri", "Graphs to merge as default.", is_list=True),
    _parameter("named-graph-uri", "Named graphs to see.", is_list=True),
    _parameter("format", "Short name of a format, for links."),
]


async def read_body(request: Request) -> bytes:
    """Return the request's body."""
    return await request.body()


@router.get(
    "/sparql",
    summary="SPARQL query by GET",
    response_class=Response,
    openapi_extra={
        "x-media-types": [*RESULT_TYPES, *RDF_TYPES, HTML],
        "parameters": PARAMETERS,
    },
)
async def get_sparql(request: Request, services: ServicesDep) -> Response:
    """SELECT and ASK as JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE as Turtle and other RDF.

    Without a query the endpoint describes itself in RDF, and a browser gets a form. SERVICE clauses, updates
    and graphs that the store does not have are refused.
    """
    operation = read_get(request.scope["query_string"])
    accept = accept_of(request.headers)
    if operation.asks_description and wanted(accept, operation.format_, DESCRIBED_AS) != HTML:
        base = str(request.base_url)
        work = on_query_thread(partial(described, services, base, operation, accept))
        return await answered(request, work)
    return await answered(request, answer(services.queries, operation, accept))


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
    content_type = request.headers.get("content-type", "")
    if services.data is not None:
        find = partial(read_update, content_type, request.scope["query_string"], body)
        update = await _reading(len(body), find)
        if update is not None:
            work = on_query_thread(partial(run_update, services.data, update))
            return await answered(request, work)
    read = partial(read_post, content_type, request.scope["query_string"], body)
    operation = await _reading(len(body), read)
    work = answer(services.queries, operation, accept_of(request.headers))
    return await answered(request, work)


class _OtherMethods:
    """Answers OPTIONS, and refuses whatever else is no query."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "OPTIONS":
            _refuse_method(scope["method"])
        await Response(status_code=204, headers={"Allow": METHODS})(scope, receive, send)


def _refuse_method(method: str) -> NoReturn:
    detail = f"Expected one of the methods {METHODS}, got {method[:40]}."
    raise HTTPException(405, detail, headers={"Allow": METHODS})


# Behind the routes above, it takes the methods they leave, where the router would name GET alone.
router.routes.append(Route("/sparql", _OtherMethods(), include_in_schema=False))


async def answered(request: Request, work: Awaitable[Response]) -> Response:
    """Return what work gives; it is cancelled if the client goes away."""
    found = await unless_gone(request.receive, work)
    return Response(status_code=503) if found is None else found  # which nobody is there to read


# --- what the endpoint is -------------------------------------------------------------------------

DESCRIBED_AS = (*RDF_TYPES, HTML)
"""Media types of the description; HTML is the page with the form."""


def described(
    services: Services,
    base: str,
    operation: Operation,
    accept: str | None,
    cancellation: Cancellation | None = None,
) -> Response:
    """Return the description of the endpoint in the format of RDF that the request accepts.

    :param base: address of the service.
    :raises OfferError: if no format fits.
    :raises BackendError: if too many queries run already, or the store fails.
    """
    media_type = wanted(accept, operation.format_, tuple(RDF_TYPES))
    if media_type is None:
        raise not_acceptable(DESCRIBED_AS)
    figures = services.figures.get(cancellation)
    triples = service_description(base, figures, takes_updates=services.data is not None)
    content = serialise(triples, RDF_TYPES[media_type])
    return Response(content, media_type=media_type, headers={"Vary": "Accept"})


def not_acceptable(offered: Iterable[str]) -> OfferError:
    """Return the refusal of a request that accepts none of the types offered."""
    types = list(offered)
    return OfferError(406, f"Expected to send one of {', '.join(types)}.", offered=types)


# --- what it answers ------------------------------------------------------------------------------


async def answer(queries: QueryRunner, operation: Operation, accept: str | None) -> Response:
    """Return the answer to a query operation in the format the request accepts.

    The query is ended if the task is cancelled.

    :raises QueryError: if there is no query, it is refused, or it asks too much.
    :raises OfferError: if no format fits.
    :raises BackendError: if too many queries run already, or the store fails.
    """
    is_page = wanted(accept, operation.format_, (*RESULT_TYPES, *RDF_TYPES, HTML)) == HTML
    if operation.query is None or not operation.query.strip():
        if is_page:
            return page(operation, {})
        raise QueryError("Expected a SPARQL query in the parameter `query`, got none.")
    length = len(operation.query)
    if is_page and operation.declares and length <= MAX_LENGTH:
        operation = await _reading(length, partial(declared, operation))
    try:
        if not _is_left_to_the_runner(operation.query or ""):
            refuse_unsafe(operation.query or "")
        return await _asked(queries, operation, accept)
    except QueryError as error:
        found = await _reading(length, partial(explained, error))
        if is_page:
            return page(operation, {"error": found}, status=kind_of(found).status)
        raise found from error


async def _reading(length: int, work: Callable[[], T]) -> T:
    """Return what reading a text gives; one over :data:`SHORT` is read on a thread, since others wait."""
    return work() if length <= SHORT else await on_reading_thread(work)


def _is_left_to_the_runner(query: str) -> bool:
    """Return whether a query is guarded where it runs: to read a long one here would keep others waiting."""
    return SHORT < len(query) <= MAX_LENGTH


async def _asked(queries: QueryRunner, operation: Operation, accept: str | None) -> Response:
    question = Question(
        operation.query or "",
        operation.default_graphs,
        operation.named_graphs,
        result_type=_type(accept, operation.format_, RESULT_TYPES),
        rdf_type=_type(accept, operation.format_, RDF_TYPES),
        rows=TABLE_LIMIT + 1,
        is_guarded=not _is_left_to_the_runner(operation.query or ""),
    )
    found = await queries.answer(question)
    if found.media_type is None:
        raise not_acceptable([*(RDF_TYPES if found.form == "triples" else RESULT_TYPES), HTML])
    if found.media_type == ROWS:
        return await run_sync(lambda: page(operation, shown(rows_of(found))))
    return Response(found.content, media_type=found.media_type, headers={"Vary": "Accept"})


def _type(accept: str | None, short_name: str | None, offered: Iterable[str]) -> str | None:
    """Return the type of an answer, rows for the page; None if none of those offered fits."""
    found = wanted(accept, short_name, (*offered, HTML))
    return ROWS if found == HTML else found
