"""The SPARQL 1.1 Graph Store HTTP Protocol: at ``/rdf-graph-store``, and at addresses of users' graphs.

Reading takes what reading takes elsewhere; writing takes a key with the scope ``write``. The packaged graph
can be read and not written.
"""

from typing import Annotated
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pyoxigraph import DefaultGraph
from starlette.responses import Response

from affectgraph.api.access import requires
from affectgraph.api.handlers import OfferError, documented
from affectgraph.api.negotiation import RDF_TYPES, accept_of, choose
from affectgraph.api.query_evaluation import Question
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.sparql import read_body
from affectgraph.api.user_bodies import about_of, read_body_quads
from affectgraph.api.user_data import UserData
from affectgraph.kg.user_export import document
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_names import graph_iri
from affectgraph.kg.user_writes import quad_of
from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import BackendError, InputError, QueryError, UnknownTermError

router = APIRouter(tags=["data"], responses=documented(400, 404, 406, 413, 415))

PATH = "/rdf-graph-store"
DIRECT = "/graph/user/{name}"
"""Addresses of graphs with a short name, as they are in the graph's IRIs."""

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


@router.get(PATH, summary="A graph of the store", response_class=Response)
def get_graph(
    request: Request,
    services: ServicesDep,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """Its triples, in the format of `Accept`; graphs of the packaged store as well as users' own."""
    return _read(services, target(graph, default), accept_of(request.headers))


@router.get(DIRECT, summary="A graph of a user, by its name", response_class=Response)
def get_named(request: Request, services: ServicesDep, name: str) -> Response:
    """As `GET /rdf-graph-store`, for the graph whose IRI ends in this path."""
    return _read(services, USER_GRAPHS + name, accept_of(request.headers))


def _read(services: Services, iri: str | None, accept: str | None) -> Response:
    media_type = choose(accept, tuple(RDF_TYPES))
    if media_type is None:
        raise OfferError(
            406, f"Expected to send one of {', '.join(RDF_TYPES)}.", offered=list(RDF_TYPES)
        )
    store = data_of(services).store
    if iri is not None and (entry := store.find(iri)) is not None:
        quads = [quad_of(triple, DefaultGraph()) for triple in store.triples(iri)]
        content = document(quads, RDF_TYPES[media_type])
        tag = f'"{entry.digest[:32]}-{media_type}"'
        headers = {"Vary": "Accept", "ETag": tag, "Cache-Control": "no-cache"}
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
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """The graph holds the triples of the body and no others: 201 if it is new, else 204."""
    return _write(services, request, body, _writable(target(graph, default)), replaces=True)


@router.put(DIRECT, summary="Put a graph by its name", status_code=204, dependencies=WRITES)
def put_named(request: Request, services: ServicesDep, body: Body, name: str) -> Response:
    """As `PUT /rdf-graph-store`."""
    return _write(services, request, body, USER_GRAPHS + name, replaces=True)


@router.post(PATH, summary="Add to a graph", status_code=204, dependencies=WRITES)
def post_graph(
    request: Request,
    services: ServicesDep,
    body: Body,
    graph: GraphParameter = None,
    default: DefaultParameter = None,
) -> Response:
    """The graph holds the body's triples as well; without a graph, a new one whose `Location` is told."""
    if graph is None and default is None:
        return _write(services, request, body, USER_GRAPHS + uuid4().hex, replaces=True)
    return _write(services, request, body, _writable(target(graph, default)), replaces=False)


@router.post(DIRECT, summary="Add to a graph by its name", status_code=204, dependencies=WRITES)
def post_named(request: Request, services: ServicesDep, body: Body, name: str) -> Response:
    """As `POST /rdf-graph-store`."""
    return _write(services, request, body, USER_GRAPHS + name, replaces=False)


def _write(
    services: Services, request: Request, body: bytes, iri: str, *, replaces: bool
) -> Response:
    quads = read_body_quads(request.headers.get("content-type", ""), body, base=iri)
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise HTTPException(400, "Expected triples of one graph, got named graphs in the body.")
    data = data_of(services)
    about = about_of()
    write = data.write(lambda store: take(store, quads, about, name=iri, replaces=replaces))
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
    services: ServicesDep, graph: GraphParameter = None, default: DefaultParameter = None
) -> Response:
    """The graph and what is known of it are gone; 404 if there was none."""
    return _delete(services, _writable(target(graph, default)))


@router.delete(DIRECT, summary="Delete a graph by its name", status_code=204, dependencies=WRITES)
def delete_named(services: ServicesDep, name: str) -> Response:
    """As `DELETE /rdf-graph-store`."""
    return _delete(services, USER_GRAPHS + name)


def _delete(services: Services, iri: str) -> Response:
    data_of(services).write(lambda store: store.delete(iri))
    return Response(status_code=204)
