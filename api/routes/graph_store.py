"""The SPARQL 1.1 Graph Store HTTP Protocol: at ``/rdf-graph-store``, and at addresses of users' graphs.

Reading takes what reading takes elsewhere; writing takes a key with the scope ``write``. The packaged graph
can be read and not written.
"""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pyoxigraph import DefaultGraph
from starlette.responses import Response

from affectgraph.api.access import requires
from affectgraph.api.handlers import OfferError, documented
from affectgraph.api.negotiation import RDF_TYPES, accept_of, choose
from affectgraph.api.preconditions import Preconditions, PreconditionsDep
from affectgraph.api.query_evaluation import Question
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.sparql import read_body
from affectgraph.api.user_bodies import about_of, read_body_quads
from affectgraph.api.user_data import UserData
from affectgraph.api.user_tags import content_tag, tags_of
from affectgraph.kg.user_catalogue import digest_of
from affectgraph.kg.user_export import document
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_names import graph_iri
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Write, quad_of
from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import BackendError, InputError, QueryError, UnknownTermError

router = APIRouter(tags=["data"], responses=documented(400, 404, 406, 412, 413, 415, 507))

PATH = "/rdf-graph-store"
DIRECT = "/graph/user/{name}"
"""Addresses of graphs with a short name, as they are in the graph's IRIs."""

TAGGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {
                "description": "Strong entity tag, of a user's graph alone; for `If-Match` of a write.",
                "schema": {"type": "string"},
            }
        }
    },
    304: {"description": "The answer has the tag that `If-None-Match` names."},
}
"""What reading a user's graph answers with besides."""

WRITES = [Depends(requires("write"))]
Body = Annotated[bytes, Depends(read_body)]
GraphParameter = Annotated[str | None, Query(description="IRI of a graph.")]
DefaultParameter = Annotated[
    str | None, Query(description="The packaged default graph; its value does not count.")
]


def data_of(services: Services) -> UserData:
    """Return the users' data of a service.

    :raises BackendError: if it has none.
    """
    if services.data is None:
        raise BackendError(
            "expected a service with users' data, got one without.",
            backend="user-data",
            retryable=False,
            hint="Start it with --data FOLDER.",
        )
    return services.data


def target(graph: str | None, default: str | None) -> str | None:
    """Return the graph that a request means, None for the default graph.

    :raises HTTPException: 400 if it names none, or both.
    """
    if (graph is None) == (default is None):
        raise HTTPException(400, "Expected ?graph=IRI or ?default, and one of them alone.")
    if graph is not None and ":" not in graph:
        raise HTTPException(400, f"Expected an absolute IRI in ?graph, got {graph[:80]!r}.")
    return graph


def _writable(graph: str | None) -> str:
    if graph is None:
        raise InputError(
            "Expected a named graph of yours, got the default graph, which is the project's own. "
            "Name a graph."
        )
    return graph_iri(graph)


# --- reading --------------------------------------------------------------------------------------


@router.get(PATH, summary="A graph of the store", response_class=Response, responses=TAGGED)
def get_graph(
    request: Request,
    services: ServicesDep,
    conditions: PreconditionsDep,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """Its triples, in the format of `Accept`; graphs of the packaged store as well as users' own."""
    return _read(services, target(graph, default), request, conditions)


@router.get(
    DIRECT, summary="A graph of a user, by its name", response_class=Response, responses=TAGGED
)
def get_named(
    request: Request, services: ServicesDep, conditions: PreconditionsDep, name: str
) -> Response:
    """As `GET /rdf-graph-store`, for the graph whose IRI ends in this path."""
    return _read(services, USER_GRAPHS + name, request, conditions)


def _read(
    services: Services, iri: str | None, request: Request, conditions: Preconditions
) -> Response:
    media_type = choose(accept_of(request.headers), tuple(RDF_TYPES))
    if media_type is None:
        raise OfferError(
            406, f"Expected to send one of {', '.join(RDF_TYPES)}.", offered=list(RDF_TYPES)
        )
    store = data_of(services).store
    if iri is not None and store.find(iri) is not None:
        triples = store.triples(iri)
        # Of these triples, as others may write meanwhile.
        tag = content_tag(digest_of(triples), media_type, request)
        headers = {"Vary": "Accept", "ETag": tag, "Cache-Control": "no-cache"}
        if conditions.has_current(tag):
            return Response(status_code=304, headers=headers)
        content = document([quad_of(t, DefaultGraph()) for t in triples], RDF_TYPES[media_type])
        return Response(content, media_type=media_type, headers=headers)
    return _packaged(services, iri, media_type)


def _packaged(services: Services, iri: str | None, media_type: str) -> Response:
    """Return a graph that no user has written, from the processes that run queries."""
    graphs = () if iri is None else (iri,)
    question = Question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", graphs, rdf_type=media_type)
    try:
        found = services.queries.run(question)
    except QueryError as error:
        if iri is None or type(error) is not QueryError:
            raise
        raise UnknownTermError(iri, kind="a graph", hint="List users' graphs: /v1/data.") from error
    return Response(found.content, media_type=media_type, headers={"Vary": "Accept"})


# --- writing --------------------------------------------------------------------------------------


@router.put(PATH, summary="Put a graph", status_code=204, dependencies=WRITES)
def put_graph(
    request: Request,
    services: ServicesDep,
    body: Body,
    conditions: PreconditionsDep,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """The graph holds the triples of the body and no others: 201 if it is new, else 204."""
    return _write(
        services, request, body, conditions, _writable(target(graph, default)), replaces=True
    )


@router.put(DIRECT, summary="Put a graph by its name", status_code=204, dependencies=WRITES)
def put_named(
    request: Request, services: ServicesDep, body: Body, conditions: PreconditionsDep, name: str
) -> Response:
    """As `PUT /rdf-graph-store`."""
    return _write(services, request, body, conditions, USER_GRAPHS + name, replaces=True)


@router.post(PATH, summary="Add to a graph", status_code=204, dependencies=WRITES)
def post_graph(
    request: Request,
    services: ServicesDep,
    body: Body,
    conditions: PreconditionsDep,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """The graph holds the body's triples as well; without a graph, a new one whose `Location` is told."""
    if graph is None and default is None:
        return _write(services, request, body, conditions, USER_GRAPHS + uuid4().hex, replaces=True)
    return _write(
        services, request, body, conditions, _writable(target(graph, default)), replaces=False
    )


@router.post(DIRECT, summary="Add to a graph by its name", status_code=204, dependencies=WRITES)
def post_named(
    request: Request, services: ServicesDep, body: Body, conditions: PreconditionsDep, name: str
) -> Response:
    """As `POST /rdf-graph-store`."""
    return _write(services, request, body, conditions, USER_GRAPHS + name, replaces=False)


def _write(
    services: Services,
    request: Request,
    body: bytes,
    conditions: Preconditions,
    iri: str,
    *,
    replaces: bool,
) -> Response:
    quads = read_body_quads(request.headers.get("content-type", ""), body, base=iri)
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise HTTPException(400, "Expected triples of one graph, got named graphs in the body.")
    data = data_of(services)
    about = about_of()

    def work(store: UserStore) -> Write:
        conditions.require(tags_of(store.find(iri)))
        return take(store, quads, about, name=iri, replaces=replaces)

    write = data.write(work)
    is_new = write.entries[0].created == write.entries[0].modified
    headers = {"Location": _address(iri)} if is_new else None
    return Response(status_code=201 if is_new else 204, headers=headers)


def _address(iri: str) -> str:
    """Return where a graph is found, in the ASCII that a header holds (RFC 3987, 3.1)."""
    if not iri.startswith(USER_GRAPHS):
        return quote(iri, safe="%/:?#[]@!$&'()*+,;=~")
    name = iri.removeprefix(USER_GRAPHS)
    if "/" in name:
        return f"{PATH}?graph={quote(iri, safe='')}"
    return "/graph/user/" + quote(name, safe="")


@router.delete(PATH, summary="Delete a graph", status_code=204, dependencies=WRITES)
def delete_graph(
    services: ServicesDep,
    conditions: PreconditionsDep,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """The graph and what is known of it are gone; 404 if there was none."""
    return delete(services, _writable(target(graph, default)), conditions)


@router.delete(DIRECT, summary="Delete a graph by its name", status_code=204, dependencies=WRITES)
def delete_named(services: ServicesDep, conditions: PreconditionsDep, name: str) -> Response:
    """As `DELETE /rdf-graph-store`."""
    return delete(services, USER_GRAPHS + name, conditions)


def delete(services: Services, name: str, conditions: Preconditions) -> Response:
    """Delete a graph, if it is as the request expects.

    :param name: its short name or IRI.
    :raises UnknownTermError: if there is none. :raises PreconditionError: if it is otherwise.
    """

    def work(store: UserStore) -> Write:
        conditions.require(tags_of(store.entry(name)))
        return store.delete(name)

    data_of(services).write(work)
    return Response(status_code=204)
