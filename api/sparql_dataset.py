"""Refuses a dataset of graphs that the store does not have.

A service may fetch a graph that a query names, or take it as empty. This one fetches nothing, and an empty
answer to a misspelt name reads like an answer: docs/decisions/0019 has the reasons.
"""

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, QuerySolutions

from affectgraph.api.sparql_names import from_clauses
from affectgraph.kg.store import GraphStore
from affectgraph.ontology.errors import QueryError

SHOWN = 20
"""Graphs of the store that a refusal names."""

SHOWN_IRI = 300
"""Characters of a name that a refusal repeats."""

HAS_GRAPH = "ASK { GRAPH ?graph { ?s ?p ?o } }"
GRAPHS = f"SELECT ?graph {{ GRAPH ?graph {{}} }} ORDER BY ?graph LIMIT {SHOWN}"
"""By SPARQL 1.1 (18.6) the empty pattern matches once per named graph; no triple is read."""

Asked = tuple[str, str, tuple[int, int] | None]
"""A graph, by what it was asked for, and where in the query that stands."""


def refuse_unknown_graphs(
    store: GraphStore,
    query: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> None:
    """Do nothing if the store has every graph of a query's dataset; costs one look-up for each.

    :param default_graphs: those of the request; with them, or named ones, the clauses of the query do not
        count (SPARQL 1.1 Protocol, 2.1.4).
    :raises QueryError: if a graph is not there, or its name is no absolute IRI; it names graphs that are.
    """
    for iri, clause, position in _asked(query, default_graphs, named_graphs):
        try:
            graph = NamedNode(iri)
        except ValueError as error:
            raise QueryError(
                f"Expected an absolute IRI in {clause}, got {iri[:SHOWN_IRI]!r}.",
                query=query,
                position=position,
            ) from error
        if not store.query(HAS_GRAPH, bindings={"graph": graph}):
            raise _unknown(store, query, iri, clause, position)


def _asked(
    query: str, default_graphs: Sequence[str], named_graphs: Sequence[str]
) -> Iterator[Asked]:
    if default_graphs or named_graphs:
        yield from ((iri, "default-graph-uri", None) for iri in dict.fromkeys(default_graphs))
        yield from ((iri, "named-graph-uri", None) for iri in dict.fromkeys(named_graphs))
        return
    positions = {name.iri: name.position for name in reversed(from_clauses(query))}
    yield from ((iri, "FROM", position) for iri, position in positions.items())


def _unknown(
    store: GraphStore, query: str, iri: str, clause: str, position: tuple[int, int] | None
) -> QueryError:
    where = "" if position is None else f" (at {position[0]}:{position[1]})"
    return QueryError(
        f"Expected graphs of this store in {clause}, got <{iri[:SHOWN_IRI]}>{where}, which it does not "
        f"have; nothing is fetched from elsewhere. {_known(store)}",
        query=query,
        position=position,
        hint="Name graphs of the store, or leave the dataset out: the default graph is complete.",
    )


def _known(store: GraphStore) -> str:
    found = store.query(GRAPHS)
    if not isinstance(found, QuerySolutions):
        raise TypeError("Expected a SELECT query to give solutions.")
    graphs = [str(row["graph"]) for row in found]
    if not graphs:
        return "It has no named graph."
    which = "named graphs" if len(graphs) < SHOWN else f"first {SHOWN} named graphs"
    return f"Its {which}: {', '.join(graphs)}."
