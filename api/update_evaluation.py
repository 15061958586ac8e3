"""Makes a SPARQL update in a worker, on its own copy of the store, and says what it changed of users' graphs.

An update may name its graphs by variables, so what it would change is known only when it is made. A worker's
store is its own since the fork: there the engine makes the update whole, and what came of it is looked at. If
anything but users' graphs has changed, it is refused; else the differences are sent to the service.

Of an update whose text says which graphs it can change (:mod:`affectgraph.api.update_targets`), these are
looked at and no others; after any other, every quad of the store is. The service writes to users' graphs
alone in either case, so that what a worker says can make a refusal wrong, and not the packaged graph.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from affectgraph.api.update_targets import targets_of
from affectgraph.api.user_frames import Frame, change_frame
from affectgraph.kg.user_catalogue import NOTHING_SAID
from affectgraph.kg.user_names import CATALOGUE, require_user_graph
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import InputError, QueryError

_MODULUS = 1 << 64

Held = dict[str, set[Quad]]
"""Graphs that are there, by IRI, with their quads."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """What no update may change: the default graph and the graph's own named graphs.

    :param graphs: names of the latter. :param digest: of all its quads, within this process and its forks.
    """

    graphs: frozenset[str]
    digest: int


def guard(engine: Store) -> Guarded:
    """Return what no update of a store may change, before users' graphs are put into it.

    Reads every quad, which takes a second or more for the packaged graph.
    """
    graphs = frozenset(graph.value for graph in engine.named_graphs())
    return Guarded(graphs, _digest(engine, graphs))


def _digest(engine: Store, graphs: Iterable[str]) -> int:
    """Return the sum of the hashes of all quads, which does not depend on their order."""
    places: list[NamedNode | DefaultGraph] = [DefaultGraph(), *map(NamedNode, graphs)]
    found = (engine.quads_for_pattern(None, None, None, place) for place in places)
    return sum(sum(map(hash, quads)) for quads in found) % _MODULUS


def updated(engine: Store, guarded: Guarded, update: str) -> Frame:
    """Make an update and return the changes of users' graphs, as ``change_frame`` writes them.

    The store is of no further use.

    :raises QueryError: if the update is malformed, changes what is no user's, or states a triple term.
    """
    targets = targets_of(update)
    if targets is None or targets.graphs & guarded.graphs:
        return _updated_anywhere(engine, guarded, update)
    before = _held(engine, targets.graphs)
    try:
        engine.update(targets.text)
    except SyntaxError:  # nothing is changed by it; the engine says where in the user's own text
        return _updated_anywhere(engine, guarded, update)
    except (ValueError, RuntimeError, OSError) as error:
        raise _failed(update, error) from error
    return _frame(before, _held(engine, targets.graphs), update)


def _updated_anywhere(engine: Store, guarded: Guarded, update: str) -> Frame:
    """Make an update that may change anything, and look at everything; as :func:`updated`."""
    before = _users(engine, guarded)
    try:
        engine.update(update)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise _failed(update, error) from error
    after = _users(engine, guarded)
    catalogue = before.pop(CATALOGUE, set()), after.pop(CATALOGUE, set())
    if catalogue[0] != catalogue[1] or _digest(engine, guarded.graphs) != guarded.digest:
        raise QueryError(
            "Expected an update of users' graphs alone, got one that changes the default graph or the "
            "project's own.",
            query=update,
            hint="Put what it inserts and deletes into GRAPH <...> or WITH <...>.",
        )
    return _frame(before, after, update)


def _failed(update: str, error: Exception) -> QueryError:
    return QueryError(
        f"Expected a SPARQL 1.1 update, got one that fails: {error}.",
        query=update,
        hint="Send one SPARQL 1.1 Update; SILENT lets it pass over graphs that are not there.",
    )


def _frame(before: Held, after: Held, update: str) -> Frame:
    """Return what became of graphs, by what they held and hold."""
    names = sorted({*before, *after})
    changes = [_change(name, before.get(name), after.get(name), update) for name in names]
    return change_frame([change for change in changes if change is not None])


def _users(engine: Store, guarded: Guarded) -> Held:
    return _held(engine, {graph.value for graph in engine.named_graphs()} - guarded.graphs)


def _held(engine: Store, graphs: Iterable[str]) -> Held:
    """Return what graphs hold; those that are not there are left out."""
    return {
        graph: set(engine.quads_for_pattern(None, None, None, NamedNode(graph)))
        for graph in graphs
        if engine.contains_named_graph(NamedNode(graph))
    }


def _change(
    graph: str, before: set[Quad] | None, after: set[Quad] | None, update: str
) -> Change | None:
    """Return what became of a graph; None if nothing did."""
    if after is None:
        return Change(graph, (), None, None)
    if before == after:
        return None
    try:
        require_user_graph(graph)
    except InputError as error:
        raise QueryError(str(error), query=update) from error
    added = tuple(quad.triple for quad in after - (before or set()))
    if any(isinstance(triple.object, Triple) for triple in added):
        raise QueryError("Expected RDF 1.1, got a triple term of RDF 1.2.", query=update)
    removed = tuple(quad.triple for quad in (before or set()) - after)
    return Change(graph, added, removed, NOTHING_SAID)
