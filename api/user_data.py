"""Users' data of a running service: on disk first, then in what queries and lookups see."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from affectgraph.api.access import require_graph
from affectgraph.api.data_limits import DEFAULT_DATA_LIMITS, DataLimits
from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS, PoolLimits
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.api.query_runner import Cancellation
from affectgraph.api.user_frames import as_nquads
from affectgraph.api.write_turns import WriteTurns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import GraphStore
from affectgraph.kg.user_catalogue import GraphEntry
from affectgraph.kg.user_overlay import KINDS
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Write
from affectgraph.ontology.errors import BackendError, InputError


class UserData:
    """Writes to a store of users' data and shows what is written. Threads may share it; writes take turns.

    :param store: where data are kept; it is closed with the service.
    :param base: the graph that schemes, words and lexicons are laid over.
    :param pool: what runs queries; it was made with the store's quads.
    :param limits: how many writes may wait, and how long.
    """

    def __init__(
        self,
        store: UserStore,
        base: EmotionGraph,
        pool: QueryPool,
        limits: DataLimits = DEFAULT_DATA_LIMITS,
    ) -> None:
        self.store = store
        self.pool = pool
        self._base = base
        self.turns = WriteTurns(waiting=limits.waiting, wait_seconds=limits.wait_seconds)
        self._show: Callable[[EmotionGraph], None] = lambda graph: None
        self._shown = _laid(store.entries())

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
        :raises BackendError: if too many writes wait, or the disk fails; queries and lookups then are
            answered from what is on it.
        :raises StoreFullError: if users' data would be more than they may.
        """
        with self.turns.turn():
            return self._write(work)

    def _write(self, work: Callable[[UserStore], Write]) -> Write:
        try:
            write = work(self.store)
        except BackendError:
            self.pool.refresh()
            with suppress(BackendError):  # the store cannot be read either
                self.store.catalogue()  # opens it anew, whatever became of the write
                self._show_what_lies_over()
            raise
        self.pool.change([*write.changes, write.catalogue])
        self._show_what_lies_over()
        return write

    def _show_what_lies_over(self) -> None:
        laid = _laid(self.store.entries())
        if laid != self._shown:
            self._show(self.graph())
            self._shown = laid

    def update(self, update: str, cancellation: Cancellation | None = None) -> None:
        """Make a SPARQL update of users' graphs: all of it, or nothing.

        Other writes wait meanwhile, at most as long as a query may take.

        :raises QueryError: if it is malformed or refused, or asks too much.
        :raises InputError: if a graph of a kind would lose its form.
        :raises BackendError: as :meth:`write`, or if too many queries run.
        """
        with self.turns.turn():
            changes = self.pool.update(update, cancellation)
            self._write(lambda store: store.apply(changes))

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
    data_limits: DataLimits = DEFAULT_DATA_LIMITS,
) -> UserData:
    """Return the users' data of a folder beside a graph.

    :param location: where the graph was loaded from; None for the packaged one.
    :raises InputError: if the graph is on a server, which would not see them, or has a graph of a user's IRI.
    :raises BackendError: if this system cannot fork, or another process holds the folder.
    """
    reserved = _beside(graph, location)
    store = UserStore.open(
        folder, reserved=reserved, limits=data_limits.of_store, permit=require_graph
    )
    return UserData(store, graph, QueryPool(location, limits, store.quads), data_limits)


def read_user_data(
    folder: Path,
    graph: EmotionGraph,
    location: str | None,
    limits: PoolLimits = DEFAULT_POOL_LIMITS,
) -> tuple[EmotionGraph, QueryPool]:
    """Return a graph with the users' data of a folder over it, and what runs queries on both.

    They are as they were when this was called: the folder is read once, and others may have it afterwards.

    :param location: where the graph was loaded from; None for the packaged one.
    :raises InputError: as :func:`open_user_data`.
    :raises BackendError: likewise, and if the folder has no users' data.
    """
    reserved = _beside(graph, location)
    with UserStore.open(folder, create=False, reserved=reserved) as store:
        content = as_nquads(store.quads())
        over = graph.with_user_data(store)
    return over, QueryPool(location, limits, lambda: parse(content, format=RdfFormat.N_QUADS))


def _beside(graph: EmotionGraph, location: str | None) -> frozenset[str]:
    """Return the graphs that stand beside users' data, whose IRIs none of these may have.

    :raises InputError: if the graph is on a server. :raises BackendError: if this system cannot fork.
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
    return frozenset() if location is None else _named_graphs(graph.store)


def _named_graphs(store: GraphStore) -> frozenset[str]:
    found = store.query("SELECT ?g { GRAPH ?g {} }")
    return frozenset(str(row["g"].value) for row in found)  # type: ignore[union-attr]
