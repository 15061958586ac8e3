"""Questions about users' graphs, and writes to them, which want a key; a service has them with ``--data``."""

from affectgraph.api.user_shapes import Backup, PutUserGraph, UserGraph, UserGraphs
from affectgraph.client.call import Call, get


def user_graphs() -> Call[UserGraphs]:
    """Return all graphs of users, by IRI, with the number of the last write."""
    return get("/v1/data", UserGraphs)


def user_graph(name: str) -> Call[UserGraph]:
    """Return what is known of a graph of a user; its triples are in ``sparql``."""
    return get("/v1/data/{name}", UserGraph, names={"name": name})


def put_user_graph(
    name: str,
    content: str | bytes,
    *,
    media_type: str = "text/turtle",
    kind: str = "rdf",
    source: str = "",
    licence: str = "",
    keep_good: bool = False,
    if_match: str = "",
) -> Call[PutUserGraph]:
    """Return a graph of a user as it was put; it holds the content and nothing else.

    :param content: RDF, or a table of concepts, a scheme or a vocabulary; a text is sent as UTF-8.
    :param media_type: what the content is: ``text/turtle``, ``text/csv``.
    :param kind: rdf, concepts, vocabulary, scheme, vad, observations, rationales or traces.
    :param keep_good: of a table with bad rows, take the good ones all the same.
    :param if_match: ``etag`` of the graph as it was read, so that a write of somebody else is not lost;
        :class:`affectgraph.client.ChangedError` is raised if there was one. ``*`` for whatever there is,
        but not nothing.
    """
    return Call(
        "PUT",
        "/v1/data/{name}",
        PutUserGraph,
        names={"name": name},
        query={"kind": kind, "source": source, "licence": licence, "keep_good": keep_good},
        body=content,
        media_type=media_type,
        if_match=if_match,
    )


def delete_user_graph(name: str, *, if_match: str = "") -> Call[None]:
    """Delete a graph of a user, with what is known of it.

    :param if_match: as of :func:`put_user_graph`.
    """
    return Call("DELETE", "/v1/data/{name}", None, names={"name": name}, if_match=if_match)


def back_up_user_graphs() -> Call[Backup]:
    """Return a backup of all graphs of users on the service's machine; the key needs the scope admin."""
    return Call("POST", "/v1/backups", Backup)
