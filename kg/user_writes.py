"""How users' data are written: one update with all triples in its text.

The engine gives blank nodes of a text other names, so that triples with one are put into graphs of their own
first, from which the update takes them. That costs the engine these triples three times.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

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
from affectgraph.ontology.iris import RDF, XSD

MOST_TRIPLES = 200_000
"""Triples that a write may take or leave: a transaction is held in memory, and others wait for it."""

_KEPT = frozenset({XSD + "string", RDF + "langString"})
"""Datatypes whose values are their lexical forms."""

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
    :param catalogue: what it did to the catalogue.
    """

    version: int
    changes: tuple[Change, ...]
    entries: tuple[GraphEntry, ...]
    catalogue: Change


@dataclass(frozen=True, slots=True)
class Made:
    """A change as the engine makes it.

    :param change: its triples are as the store keeps them; those that change nothing are left out.
    :param holds: all that the graph holds afterwards, where the change says so.
    """

    change: Change
    holds: frozenset[Triple] | None = None


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


def as_made(engine: Store, entry: GraphEntry | None, change: Change) -> Made:
    """Return a change as the engine is to make it.

    A graph that is to hold some triples and no others is changed by what it lacks and has too much, as
    to clear it costs more than to look at it.

    :param entry: what is known of the graph; None if it is new.
    """
    if change.about is None:
        return Made(change)
    added = _as_kept(change.added)
    if change.removed is None and entry is not None and entry.triples > MOST_TRIPLES:
        return Made(replace(change, added=tuple(added)), frozenset(added))
    if change.removed is None:
        held = {quad.triple for quad in graph_quads(engine, change.graph)}
        lacked = tuple(triple for triple in added if triple not in held)
        less = replace(change, added=lacked, removed=tuple(held - added.keys()))
        return Made(less, frozenset(added))
    graph = NamedNode(change.graph)
    removed = _as_kept(change.removed).keys() - added.keys()
    less = replace(
        change,
        added=tuple(t for t in added if quad_of(t, graph) not in engine),
        removed=tuple(t for t in removed if quad_of(t, graph) in engine),
    )
    return Made(less)


def _as_kept(triples: Iterable[Triple]) -> dict[Triple, None]:
    """Return triples as the engine gives them back: numbers and times by value, each once.

    They keep their order, as the engine takes neighbours in half the time of others.
    """
    found: dict[Triple, None] = {}
    typed = []
    for triple in triples:
        if _is_kept(triple.object):
            found[triple] = None
        else:
            typed.append(quad_of(triple, DefaultGraph()))
    scratch = Store()
    scratch.extend(typed)
    return found | dict.fromkeys(quad.triple for quad in scratch)


def _is_kept(term: object) -> bool:
    """Return whether the engine gives a term back as it is, by its kind alone."""
    if isinstance(term, Literal):
        return term.datatype.value in _KEPT
    return isinstance(term, NamedNode | BlankNode)


def stage(engine: Store, changes: Sequence[Change]) -> None:
    """Put what cannot stand in a text into graphs of its own, from which one update takes it."""
    engine.extend(
        quad_of(triple, NamedNode(f"{STAGE}{place}/{what}"))
        for place, change in enumerate(changes)
        for what, triples in (("added", change.added), ("removed", change.removed or ()))
        for triple in triples
        if not _is_text(triple)
    )


def _is_text(triple: Triple) -> bool:
    """Return whether a triple is the same when the engine reads it in a text: it has no blank node."""
    return isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal)


def update_text(changes: Sequence[Change], entries: Sequence[GraphEntry], version: int) -> str:
    """Return the update that makes changes, once :func:`stage` has: the engine runs all of it, or nothing."""
    steps = [
        step for place, change in enumerate(changes) for step in _steps(change, f"{STAGE}{place}/")
    ]
    steps += [_forgetting(change.graph) for change in changes]
    steps.append(_forgetting(CATALOGUE))
    said = [quad for entry in entries for quad in entry_quads(entry)]
    triples = " ".join(f"{quad.triple} ." for quad in [*said, head_quad(version)])
    steps.append(f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {triples} }} }}")
    return " ;\n".join(steps)


def _steps(change: Change, staged: str) -> Iterator[str]:
    """Yield the steps that make a change.

    :param staged: start of the names of the graphs that hold what cannot stand in a text.
    """
    graph = NamedNode(change.graph)
    if change.removed is None or change.about is None:
        yield f"DROP SILENT GRAPH {graph}"
    if change.about is None:
        return
    yield f"CREATE SILENT GRAPH {graph}"
    yield from _data("DELETE", graph, change.removed or ())
    yield from _data("INSERT", graph, change.added)
    triples = "{ ?s ?p ?o }"
    if not all(map(_is_text, change.removed or ())):
        yield f"DELETE {{ GRAPH {graph} {triples} }} WHERE {{ GRAPH <{staged}removed> {triples} }}"
        yield f"DROP SILENT GRAPH <{staged}removed>"
    if not all(map(_is_text, change.added)):
        yield f"ADD <{staged}added> TO {graph}"
        yield f"DROP SILENT GRAPH <{staged}added>"


def _data(verb: str, graph: NamedNode, triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the step that inserts or deletes the triples that can stand in a text; none if there is none."""
    text = " . ".join(str(triple) for triple in triples if _is_text(triple))
    if text:
        yield f"{verb} DATA {{ GRAPH {graph} {{ {text} }} }}"


def catalogue_triples(engine: Store, graphs: Iterable[str]) -> set[Triple]:
    """Return what the catalogue says of graphs, and of itself."""
    nodes = [CATALOGUE, *(node for graph in graphs for node in entry_nodes(graph))]
    return {
        quad.triple
        for node in nodes
        for quad in engine.quads_for_pattern(NamedNode(node), None, None, NamedNode(CATALOGUE))
    }


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
