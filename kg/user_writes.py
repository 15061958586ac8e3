"""How users' data are written: changes are put into graphs of their own, then moved in one update."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from affectgraph.kg.user_catalogue import (
    NOTHING_SAID,
    About,
    GraphEntry,
    digest_of,
    entry_nodes,
    entry_quads,
    head_quad,
)
from affectgraph.kg.user_names import CATALOGUE, STAGE, require_user_graph
from affectgraph.ontology.errors import InputError

MOST_TRIPLES = 200_000
"""Triples that a write may take or leave: a transaction is held in memory, and others wait for it."""

MOST_GRAPHS = 1_000
"""Graphs that a write may change: each costs most of a millisecond, in which others wait."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write does to one graph.

    :param graph: its IRI. :param added: triples it is to have.
    :param removed: triples it is to have no more; None for all it has.
    :param about: what is said of it; None to delete the graph with all it has.
    """

    graph: str
    added: tuple[Triple, ...] = ()
    removed: tuple[Triple, ...] | None = ()
    about: About | None = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Write:
    """A write that stands on disk.

    :param version: its number; numbers of a store only grow.
    :param changes: what it did, each triple as the store holds it; those it found as they were are left out.
    :param entries: the graphs it wrote, as they are now; those it deleted are not among them.
    """

    version: int
    changes: tuple[Change, ...]
    entries: tuple[GraphEntry, ...]


def graph_quads(engine: Store, iri: str) -> Iterator[Quad]:
    """Yield the quads of a graph."""
    return engine.quads_for_pattern(None, None, None, NamedNode(iri))


# --- a write ----------------------------------------------------------------------------------------


def quad_of(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    """Return a triple as a quad of a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def require_writable(changes: Sequence[Change]) -> None:
    """Do nothing if a write may be made, raise otherwise.

    :raises InputError: if a graph is no user's or comes twice, or there are too many graphs or triples.
    """
    graphs = [change.graph for change in changes]
    for iri in graphs:
        require_user_graph(iri)
    if len(set(graphs)) < len(graphs):
        raise InputError("Expected each graph once in a write, got one twice. Join its changes.")
    if len(graphs) > MOST_GRAPHS:
        raise InputError(
            f"Expected a write of up to {MOST_GRAPHS:,} graphs, got {len(graphs):,}. Write them in several."
        )
    count = sum(len(change.added) + len(change.removed or ()) for change in changes)
    if count > MOST_TRIPLES:
        raise InputError(
            f"Expected a write of up to {MOST_TRIPLES:,} triples, got {count:,}. Add them in several writes."
        )


def as_made(engine: Store, change: Change) -> Change:
    """Return a change with triples as the engine keeps them, without those that change nothing."""
    graph = NamedNode(change.graph)
    added = _as_kept(change.added)
    if change.removed is None:
        return replace(change, added=tuple(added))
    removed = _as_kept(change.removed) - added
    return replace(
        change,
        added=tuple(t for t in added if quad_of(t, graph) not in engine),
        removed=tuple(t for t in removed if quad_of(t, graph) in engine),
    )


def _as_kept(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples as the engine gives them back: numbers by value, each once."""
    scratch = Store()
    scratch.extend(quad_of(triple, DefaultGraph()) for triple in triples)
    return {quad.triple for quad in scratch}


def stage(engine: Store, changes: Sequence[Change]) -> None:
    """Put what a write adds and removes into graphs of its own, from which one update takes it."""
    engine.extend(
        quad_of(triple, NamedNode(f"{STAGE}{place}/{what}"))
        for place, change in enumerate(changes)
        for what, triples in (("added", change.added), ("removed", change.removed or ()))
        for triple in triples
    )


def update_text(changes: Sequence[Change], entries: Sequence[GraphEntry], version: int) -> str:
    """Return the update that makes staged changes: the engine runs all of it, or nothing."""
    steps: list[str] = []
    for place, change in enumerate(changes):
        graph, staged = NamedNode(change.graph), f"{STAGE}{place}/"
        if change.removed is None:
            steps.append(f"DROP SILENT GRAPH {graph}")
        else:
            triples = "{ ?s ?p ?o }"
            steps.append(
                f"DELETE {{ GRAPH {graph} {triples} }} WHERE {{ GRAPH <{staged}removed> {triples} }}"
            )
        steps.append(f"ADD SILENT <{staged}added> TO {graph}")
        steps += [f"DROP SILENT GRAPH <{staged}{what}>" for what in ("added", "removed")]
        if change.about is None:
            steps.append(f"DROP SILENT GRAPH {graph}")
    steps += [_forgetting(change.graph) for change in changes]
    steps.append(_forgetting(CATALOGUE))
    said = [quad for entry in entries for quad in entry_quads(entry)]
    triples = " ".join(f"{quad.triple} ." for quad in [*said, head_quad(version)])
    steps.append(f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {triples} }} }}")
    return " ;\n".join(steps)


def _forgetting(iri: str) -> str:
    """Return the step that takes what is said of a graph out of the catalogue."""
    nodes = [iri] if iri == CATALOGUE else entry_nodes(iri)
    places = " ".join(str(NamedNode(node)) for node in nodes)
    return (
        f"DELETE {{ GRAPH <{CATALOGUE}> {{ ?s ?p ?o }} }} "
        f"WHERE {{ VALUES ?s {{ {places} }} GRAPH <{CATALOGUE}> {{ ?s ?p ?o }} }}"
    )


def faults(engine: Store, entries: Mapping[str, GraphEntry]) -> Iterator[str]:
    """Yield in sentences where graphs are not as the catalogue says."""
    graphs = {graph.value for graph in engine.named_graphs()} - {CATALOGUE}
    for iri in sorted(graphs - set(entries)):
        yield f"Expected no graph that the catalogue lacks, got {iri}."
    for iri, entry in sorted(entries.items()):
        triples = [quad.triple for quad in graph_quads(engine, iri)]
        if len(triples) != entry.triples or digest_of(triples) != entry.digest:
            yield (
                f"Expected {entry.triples:,} triples with digest {entry.digest[:12]} in {iri}, got "
                f"{len(triples):,} with {digest_of(triples)[:12]}."
            )
