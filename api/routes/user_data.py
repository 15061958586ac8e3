"""Users' graphs as the service knows them: what there is, and graphs of a kind with what is said of them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from affectgraph.api.access import requires
from affectgraph.api.handlers import documented
from affectgraph.api.preconditions import PreconditionsDep
from affectgraph.api.routes.graph_store import TAGGED, WRITES, Body, data_of, delete
from affectgraph.api.services import ServicesDep
from affectgraph.api.user_bodies import (
    about_of,
    read_body,
    require_one_graph,
    rows_error,
    to_bad_row,
    to_user_graph,
)
from affectgraph.api.user_shapes import Backup, PutUserGraph, UserGraph, UserGraphs
from affectgraph.api.user_tags import state_tag, tags_of
from affectgraph.kg.user_backup import verified
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_names import graph_iri
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Write

router = APIRouter(prefix="/v1", tags=["data"], responses=documented(400, 404, 412, 413, 415, 507))

KindParameter = Annotated[
    str,
    Query(
        description="rdf, concepts, vocabulary, scheme, vad, observations, rationales or traces."
    ),
]
SourceParameter = Annotated[str, Query(description="Where the data come from.")]
KeepGoodParameter = Annotated[
    bool, Query(description="Of a table with bad rows, take the good ones all the same.")
]
LicenceParameter = Annotated[str, Query(description="Terms of their use.")]


@router.get("/data", summary="Graphs of users")
def get_user_graphs(services: ServicesDep) -> UserGraphs:
    """All of them, by IRI, with the number of the last write."""
    store = data_of(services).store
    return UserGraphs(items=[to_user_graph(e) for e in store.entries()], version=store.version)


@router.get(
    "/data/{name}",
    summary="What is known of a graph of a user",
    response_model=UserGraph,
    responses=TAGGED,
)
def get_user_graph(
    request: Request,
    response: Response,
    services: ServicesDep,
    conditions: PreconditionsDep,
    name: str,
) -> UserGraph | Response:
    """Its kind, size, digest and last write; its triples are at `/graph/user/{name}`."""
    entry = data_of(services).store.entry(name)
    tag = state_tag(entry, request)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if conditions.has_current(tag):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return to_user_graph(entry)


@router.put("/data/{name}", summary="Put a graph of a kind", dependencies=WRITES)
def put_user_graph(
    request: Request,
    services: ServicesDep,
    body: Body,
    conditions: PreconditionsDep,
    name: str,
    kind: KindParameter = "rdf",
    source: SourceParameter = "",
    licence: LicenceParameter = "",
    keep_good: KeepGoodParameter = False,
) -> PutUserGraph:
    """The graph holds the body and no other, if it has the shapes of its kind; else 422.

    The body is RDF, or for concepts, schemes and vocabularies a table (`text/csv`,
    `text/tab-separated-values`), whose bad rows are all named. Concepts, schemes, words and lexicons lie over
    the graph at once: `/v1/ground` finds them.
    """
    data = data_of(services)
    iri = graph_iri(name, base=data.store.base)
    content_type = request.headers.get("content-type", "")
    quads, faults, notes = read_body(
        content_type, body, kind=kind, name=name, iri=iri, store=data.store
    )
    if faults and not (keep_good and quads):
        raise rows_error(faults)
    require_one_graph(quads, iri)
    about = about_of(kind, source, licence)

    def work(store: UserStore) -> Write:
        conditions.require(tags_of(store.find(iri)))
        return take(store, quads, about, name=iri, replaces=True)

    write = data.write(work)
    graph = to_user_graph(write.entries[0])
    return PutUserGraph(
        **graph.model_dump(),
        bad_rows=[to_bad_row(fault) for fault in faults],
        notes=[to_bad_row(note) for note in notes],
    )


@router.delete(
    "/data/{name}", summary="Delete a graph of a user", status_code=204, dependencies=WRITES
)
def delete_user_graph(services: ServicesDep, conditions: PreconditionsDep, name: str) -> Response:
    """The graph and what is known of it are gone; 404 if there was none."""
    return delete(services, name, conditions)


@router.post(
    "/backups",
    summary="Back up users' graphs",
    status_code=201,
    dependencies=[Depends(requires("admin"))],
)
def post_backup(services: ServicesDep) -> Backup:
    """A copy of all of them as they are between two writes, in a folder of the service's machine.

    It lies beside the folder of the data, and is read back and compared by digests before this answers.
    Writes go on meanwhile. `affectgraph data restore` brings it back.
    """
    store = data_of(services).store
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    folder = store.folder.absolute().with_name(f"{store.folder.name}-backups") / moment
    store.backup(folder)
    return Backup(folder=str(folder), graphs=verified(folder))
