"""Users' data of a running service: on disk first, then in what queries and lookups see."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS, PoolLimits
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.api.query_runner import Cancellation
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import GraphStore
from affectgraph.kg.user_catalogue import NOTHING_SAID, GraphEntry
from affectgraph.kg.user_intake import take_changes
from affectgraph.kg.user_names import CATALOGUE
from affectgraph.kg.user_overlay import KINDS
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change, Write
from affectgraph.ontology.errors import BackendError, InputError


class UserData:
    """Writes to a store of users' data and shows what is written. Threads may share it; writes take turns.

    :param store: where data are kept; it is closed with the service.
    :param base: the graph that schemes, words and lexicons are laid over.
    :param pool: what runs queries; it was made with the store's quads.
    """

    def __init__(self, store: UserStore, base: EmotionGraph, pool: QueryPool) -> None:
        self.store = store
        self.pool = pool
        self._base = base
        self._lock = Lock()
        self._show: Callable[[EmotionGraph], None] = lambda graph: None

    def graph(self) -> EmotionGraph:
        """Return the graph with what lies over it now."""
        return self._base.with_user_data(self.store)

    def version(self) -> int:
        """Return a number that grows with every change that queries see."""
        return self.pool.version

    def shown_by(self, show: Callable[[EmotionGraph], None]) -> None:
        """Have a function called with each new graph, in the thread of the write that changed it."""
        self._show = show

    def write(self, work: Callable[[UserStore], Write]) -> Write:
        """Return what some work wrote, once whoever asks next will see it.

        :param work: writes once.
        :raises BackendError: if the disk fails; queries then are answered from what is on it.
        """
        with self._lock:
            before = _laid(self.store.entries())
            try:
                write = work(self.store)
            except BackendError:
                self.pool.refresh()
                raise
            self.pool.change([*write.changes, self._catalogue()])
            if _laid(self.store.entries()) != before:
                self._show(self.graph())
            return write

    def update(self, update: str, cancellation: Cancellation | None = None) -> None:
        """Make a SPARQL update of users' graphs: all of it, or nothing.

        Other writes wait meanwhile, at most as long as a query may take.

        :raises QueryError: if it is malformed or refused, or asks too much.
        :raises InputError: if a graph of a kind would lose its form.
        :raises BackendError: as :meth:`write`.
        """
        self.write(lambda store: take_changes(store, self.pool.update(update, cancellation)))

    def _catalogue(self) -> Change:
        return Change(CATALOGUE, tuple(self.store.catalogue()), None, NOTHING_SAID)

    def close(self) -> None:
        """Let other processes have the folder."""
        self.store.close()


def _laid(entries: tuple[GraphEntry, ...]) -> set[tuple[str, int]]:
    """Return the graphs that lie over the packaged one, with their versions."""
    return {(entry.iri, entry.version) for entry in entries if entry.kind in KINDS}


def open_user_data(
    folder: Path,
    graph: EmotionGraph,
    location: str | None,
    limits: PoolLimits = DEFAULT_POOL_LIMITS,
) -> UserData:
    """Return the users' data of a folder beside a graph.

    :param location: where the graph was loaded from; None for the packaged one.
    :raises InputError: if the graph is on a server, which would not see them, or has a graph of a user's IRI.
    :raises BackendError: if this system cannot fork, or another process holds the folder.
    """
    if location is not None and location.startswith(("http://", "https://")):
        raise InputError(
            f"Expected a graph of this machine beside users' data, got {location}. Load it into a folder: "
            "affectgraph export FOLDER --format oxigraph"
        )
    if not can_isolate():
        raise BackendError(
            "users' data need processes that can be forked, which this system has not.",
            backend="user-data",
            retryable=False,
            hint="Serve them from Linux.",
        )
    reserved = () if location is None else _named_graphs(graph.store)
    store = UserStore.open(folder, reserved=reserved)
    return UserData(store, graph, QueryPool(location, limits, store.quads))


def _named_graphs(store: GraphStore) -> frozenset[str]:
    found = store.query("SELECT ?g { GRAPH ?g {} }")
    return frozenset(str(row["g"].value) for row in found)  # type: ignore[union-attr]
