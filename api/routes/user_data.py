"""Users' graphs as the service knows them: what there is, and graphs of a kind with what is said of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from affectgraph.api.handlers import documented
from affectgraph.api.routes.graph_store import WRITES, Body, data_of
from affectgraph.api.services import ServicesDep
from affectgraph.api.user_bodies import (
    UserGraph,
    UserGraphs,
    about_of,
    read_body_quads,
    to_user_graph,
)
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_names import graph_iri

router = APIRouter(prefix="/v1", tags=["data"], responses=documented(400, 404, 413, 415))

KindParameter = Annotated[
    str,
    Query(description="rdf, vocabulary, scheme, vad, observations, rationales or traces."),
]
SourceParameter = Annotated[str, Query(description="Where the data come from.")]
LicenceParameter = Annotated[str, Query(description="Terms of their use.")]


@router.get("/data", summary="Graphs of users")
def get_user_graphs(services: ServicesDep) -> UserGraphs:
    """All of them, by IRI, with the number of the last write."""
    store = data_of(services).store
    return UserGraphs(items=[to_user_graph(e) for e in store.entries()], version=store.version)


@router.get("/data/{name}", summary="What is known of a graph of a user")
def get_user_graph(services: ServicesDep, name: str) -> UserGraph:
    """Its kind, size, digest and last write; its triples are at `/graph/user/{name}`."""
    return to_user_graph(data_of(services).store.entry(name))


@router.put("/data/{name}", summary="Put a graph of a kind", dependencies=WRITES)
def put_user_graph(
    request: Request,
    services: ServicesDep,
    body: Body,
    name: str,
    kind: KindParameter = "rdf",
    source: SourceParameter = "",
    licence: LicenceParameter = "",
) -> UserGraph:
    """The graph holds the RDF of the body and no other, if it has the shapes of its kind; else 422.

    Schemes, words and lexicons lie over the graph at once: `/v1/ground` finds them.
    """
    data = data_of(services)
    iri = graph_iri(name, base=data.store.base)
    quads = read_body_quads(request.headers.get("content-type", ""), body, base=iri)
    about = about_of(kind, source, licence)
    write = data.write(lambda store: take(store, quads, about, name=iri, replaces=True))
    return to_user_graph(write.entries[0])


@router.delete(
    "/data/{name}", summary="Delete a graph of a user", status_code=204, dependencies=WRITES
)
def delete_user_graph(services: ServicesDep, name: str) -> Response:
    """The graph and what is known of it are gone; 404 if there was none."""
    data_of(services).write(lambda store: store.delete(name))
    return Response(status_code=204)
