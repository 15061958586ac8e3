"""Questions about the service itself, and SPARQL."""

from collections.abc import Sequence

from affectgraph.api.shapes import Version
from affectgraph.api.versions import Health, Ready
from affectgraph.client.call import Call, get
from affectgraph.client.sparql import QUERY_TYPE, RESULTS, SparqlCall


def version() -> Call[Version]:
    """Return the versions of code and graph; cite both."""
    return get("/v1/version", Version)


def health() -> Call[Health]:
    """Return whether the process answers."""
    return get("/healthz", Health)


def ready() -> Call[Ready]:
    """Return whether the service takes requests; it is a ``BusyError`` if not."""
    return get("/readyz", Ready)


def void(*, format: str = "ttl") -> Call[str]:  # noqa: A002
    """Return the VoID description of the data as RDF: ``ttl``, ``jsonld``, ``rdf``, ``nt``."""
    return get("/.well-known/void", str, accept="*/*", format=format)


def sparql(
    query: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> SparqlCall:
    """Return what a query gives: a table, a truth or triples, as ``EmotionGraph.sparql`` does.

    :param default_graphs, named_graphs: IRIs of graphs in place of those of the query.
    """
    graphs = {
        "default-graph-uri": tuple(default_graphs),
        "named-graph-uri": tuple(named_graphs),
    }
    return SparqlCall(
        "POST", "/sparql", str, query=graphs, body=query, accept=RESULTS, media_type=QUERY_TYPE
    )
