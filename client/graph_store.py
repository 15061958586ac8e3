"""Questions of the SPARQL 1.1 Graph Store HTTP Protocol: whole graphs as RDF, of a service with ``--data``.

Graphs are named by their IRIs. Reading takes what reading takes elsewhere, writing a key with the scope
``write``.
"""

from typing import Literal

from affectgraph.client.call import Call

ROUTE = "/rdf-graph-store"


def get_graph(graph: str | None = None, *, media_type: str = "text/turtle") -> Call[str]:
    """Return a graph as a document, a user's or one of the packaged store.

    :param graph: its IRI; None for the packaged default graph.
    :param media_type: of the document: ``text/turtle``, ``application/n-triples``, ``application/ld+json``.
    """
    query = {"default": ""} if graph is None else {"graph": graph}
    return Call("GET", ROUTE, str, query=query, accept=media_type)


def put_graph(
    graph: str, content: str | bytes, *, media_type: str = "text/turtle", if_match: str = ""
) -> Call[None]:
    """Let a user's graph hold the triples of a document and no others; it is made if there is none.

    :param if_match: ``etag`` of the graph as :func:`affectgraph.client.user_data.user_graph` gave it, so that
        a write of somebody else is not lost; :class:`affectgraph.client.ChangedError` if there was one.
    """
    return _write("PUT", graph, content, media_type, if_match)


def post_graph(
    graph: str, content: str | bytes, *, media_type: str = "text/turtle", if_match: str = ""
) -> Call[None]:
    """Let a user's graph hold the triples of a document as well; it is made if there is none.

    :param if_match: as of :func:`put_graph`.
    """
    return _write("POST", graph, content, media_type, if_match)


def delete_graph(graph: str, *, if_match: str = "") -> Call[None]:
    """Delete a user's graph, with what is known of it.

    :param if_match: as of :func:`put_graph`.
    """
    return Call("DELETE", ROUTE, None, query={"graph": graph}, if_match=if_match)


def _write(
    method: Literal["PUT", "POST"], graph: str, content: str | bytes, media_type: str, tag: str
) -> Call[None]:
    return Call(
        method,
        ROUTE,
        None,
        query={"graph": graph},
        body=content,
        media_type=media_type,
        if_match=tag,
    )
