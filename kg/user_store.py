"""Users' own data, kept on disk: named graphs in an Oxigraph directory beside the packaged graph.

A write is one transaction of the engine and is acknowledged when it has been forced to disk: a process that
is killed at any moment loses no acknowledged write and leaves no half one. One process holds a store at once.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from threading import RLock
from traceback import clear_frames
from typing import Self, TypeVar

from pyoxigraph import Quad, Store, Triple

from affectgraph.kg.user_catalogue import (
    NOTHING_SAID,
    About,
    GraphEntry,
    digest_of,
    read_catalogue,
)
from affectgraph.kg.user_folder import (
    FORMAT,
    TRIPLES,
    failed,
    format_text,
    is_store,
    known_base,
    not_a_store,
)
from affectgraph.kg.user_limits import StoreLimits
from affectgraph.kg.user_lock import FolderLock, sync_file, write_durably
from affectgraph.kg.user_names import CATALOGUE, STAGE, graph_iri, short_name
from affectgraph.kg.user_writes import (
    Change,
    Made,
    Write,
    as_made,
    catalogue_triples,
    faults,
    graph_quads,
    require_writable,
    stage,
    update_text,
)
from affectgraph.ontology.errors import BackendError, InputError, UnknownTermError

Answer = TypeVar("Answer")


class UserStore:
    """Users' named graphs in a folder. Threads may share it; writes take turns, readers see whole ones.

    A write costs a transaction and a wait for the disk: some milliseconds, and some hundredths of one of
    processor a triple (``benchmarks/user_store.py``). Numbers are kept by value: ``0.50`` becomes ``0.5``.
    :meth:`close` it, or use it in a ``with`` block.

    >>> from tempfile import TemporaryDirectory
    >>> from pyoxigraph import Literal, NamedNode
    >>> triple = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))
    >>> with TemporaryDirectory() as folder, UserStore.open(folder) as store:
    ...     write = store.put("mine", [triple], About(source="my notes"))
    ...     [(entry.name, entry.kind, entry.triples) for entry in store.entries()]
    [('mine', 'rdf', 1)]
    """

    def __init__(
        self,
        folder: Path,
        base: str,
        lock: FolderLock,
        reserved: Collection[str] = (),
        limits: StoreLimits | None = None,
        permit: Callable[[str], None] = lambda graph: None,
    ) -> None:
        self.folder = folder
        self.base = base
        self._reserved = frozenset(reserved)
        self._limits = limits
        self._permit = permit
        self._lock = lock
        self._turn = (
            RLock()
        )  # of a write, from what it is held to on; who reads does not wait for that
        self._writing = RLock()
        self._engine: Store | None = None
        self._version = 0
        self._entries: dict[str, GraphEntry] = {}

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        base: str | None = None,
        create: bool = True,
        reserved: Collection[str] = (),
        limits: StoreLimits | None = None,
        permit: Callable[[str], None] = lambda graph: None,
    ) -> "UserStore":
        """Return the store of a folder.

        :param base: IRI that short names are put behind, kept with the store; ``graph/user/`` of the
            project if it is left out when the store is made.
        :param create: make the store if the folder is empty or not there.
        :param reserved: IRIs of graphs that stand beside the store, so that none in it may have them.
        :param limits: how much it may hold; whatever the disk takes if left out.
        :param permit: called with the IRI of each graph before it is written; what it raises refuses that.
        :raises BackendError: if another process holds the folder, something else lies in it, a newer version
            has written it, or the disk fails.
        :raises InputError: if the base is none, or another than the store has, or a graph has a reserved IRI.
        """
        place = Path(folder)
        try:
            if create:
                place.mkdir(parents=True, exist_ok=True)
            elif not is_store(place):
                raise not_a_store(place)
            lock = FolderLock(place)
        except OSError as error:
            raise failed(place, error) from error
        try:
            store = cls(place, known_base(place, base), lock, reserved, limits, permit)
            store._use(lambda engine: _sync_names(place))
            store._require_free(store._entries)
        except BaseException:
            lock.release()
            raise
        return store

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Let other processes have the folder; a second call does nothing."""
        with self._writing:
            self._engine = None
            self._lock.release()

    # --- reading ----------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Number of the last write, 0 before the first."""
        return self._version

    def entries(self) -> tuple[GraphEntry, ...]:
        """Return what is known of every graph, sorted by IRI."""
        entries = self._entries  # a write puts another in its place
        return tuple(entries[iri] for iri in sorted(entries))

    def entry(self, name: str) -> GraphEntry:
        """Return what is known of a graph.

        :param name: its short name or IRI.
        :raises UnknownTermError: if there is no such graph.
        """
        iri = graph_iri(name, base=self.base)
        found = self._entries.get(iri)
        if found is None:
            names = [entry.name or entry.iri for entry in self._entries.values()]
            raise UnknownTermError(
                name,
                kind="a graph of yours",
                nearest=tuple(get_close_matches(name, names, n=3, cutoff=0.5)),
                hint="List them with: affectgraph data list --store FOLDER",
            )
        return found

    def find(self, iri: str) -> GraphEntry | None:
        """Return what is known of a graph, None if there is none of this IRI."""
        return self._entries.get(iri)

    def catalogue(self) -> list[Triple]:
        """Return the triples of the catalogue."""
        return self._use(lambda engine: [quad.triple for quad in graph_quads(engine, CATALOGUE)])

    def triples(self, name: str) -> list[Triple]:
        """Return the triples of a graph, as they are between two writes; in no order.

        :raises UnknownTermError: if there is no such graph.
        """
        iri = self.entry(name).iri
        return self._use(lambda engine: [quad.triple for quad in graph_quads(engine, iri)])

    def quads(self) -> list[Quad]:
        """Return the quads of all graphs and of the catalogue, as they are between two writes."""
        with self._writing:
            return self._use(list)

    def check(self) -> list[str]:
        """Return what is wrong with the store in sentences; none if every graph is as its catalogue says."""
        with self._writing:
            return self._use(lambda engine: list(faults(engine, self._entries)))

    # --- writing ----------------------------------------------------------------------------------

    def put(self, name: str, triples: Iterable[Triple], about: About = NOTHING_SAID) -> Write:
        """Make a graph hold these triples and no others.

        :raises InputError: if the name is none for a user's graph, there are too many triples, or the graph
            would not be what its kind asks (:func:`affectgraph.kg.user_forms.require_forms`).
        :raises BackendError: if the disk fails; the graph then is as before, or as it was to be.
        """
        iri = graph_iri(name, base=self.base)
        return self.apply([Change(iri, tuple(triples), None, about)])

    def add(self, name: str, triples: Iterable[Triple], about: About = NOTHING_SAID) -> Write:
        """Add triples to a graph, which may be new; raises as :meth:`put` does."""
        return self.apply([Change(graph_iri(name, base=self.base), tuple(triples), (), about)])

    def delete(self, name: str) -> Write:
        """Delete a graph and what is said of it.

        :raises UnknownTermError: if there is no such graph.
        :raises BackendError: if the disk fails.
        """
        with self._turn:
            return self.apply([Change(self.entry(name).iri, (), None, None)])

    def apply(self, changes: Sequence[Change]) -> Write:
        """Change several graphs at once: all of it, or nothing.

        :param changes: one for each graph.
        :raises InputError: as :meth:`put`, or if a graph comes twice, or has a reserved IRI.
        :raises MissingExtraError: if a graph is of a kind with shapes and the extra ``[shacl]`` is missing.
        :raises StoreFullError: if the store would hold more than it may.
        :raises BackendError: if the disk fails; each graph then is as before, or as it was to be.
        """
        require_writable(changes)
        for change in changes:
            self._permit(change.graph)
        self._require_free(change.graph for change in changes)
        with self._turn:
            self._require_forms(changes)
            return self._use(lambda engine: self._commit(engine, changes))

    def _require_forms(self, changes: Sequence[Change]) -> None:
        """Hold a write to the kinds of its graphs; of RDF of no kind nothing is asked, and nothing loaded."""
        kinds = {self._entries[c.graph].kind for c in changes if c.graph in self._entries}
        if kinds | {c.about.kind for c in changes if c.about is not None} <= {"", "rdf"}:
            return
        from affectgraph.kg.user_forms import require_forms

        require_forms(self, changes)

    def _require_free(self, graphs: Iterable[str]) -> None:
        for iri in graphs:
            if iri in self._reserved:
                raise InputError(
                    f"Expected a graph of yours, got {iri}, which the graph beside your data has as well. "
                    "Name yours anew."
                )

    def _commit(self, engine: Store, changes: Sequence[Change]) -> Write:
        version = self._version + 1
        all_made = [as_made(engine, self._entries.get(c.graph), c) for c in changes]
        made = [one.change for one in all_made]
        entries = [
            self._entry_after(one, version) for one in all_made if one.change.about is not None
        ]
        written = {change.graph for change in made}
        kept = {iri: entry for iri, entry in self._entries.items() if iri not in written}
        after = kept | {entry.iri: entry for entry in entries}
        if self._limits is not None:
            self._limits.require_room(_size(self._entries), _size(after))
        said = catalogue_triples(engine, written)
        stage(engine, made)
        engine.update(update_text(made, entries, version))
        self._sync()
        says = catalogue_triples(engine, written)
        catalogue = Change(CATALOGUE, tuple(says - said), tuple(said - says))
        self._entries = after
        self._version = version
        return Write(version, tuple(made), tuple(entries), catalogue)

    def _entry_after(self, made: Made, version: int) -> GraphEntry:
        """Return what is known of a graph after a change."""
        change = made.change
        now = datetime.now(UTC)
        about = change.about or NOTHING_SAID
        new = GraphEntry(
            change.graph, short_name(change.graph, self.base), "rdf", 0, "", version, now, now
        )
        before = self._entries.get(change.graph, new)
        removed = change.removed or ()
        if made.holds is not None:
            digest, triples = digest_of(made.holds), len(made.holds)
        else:
            less = digest_of(removed, start=before.digest, less=True)
            digest = digest_of(change.added, start=less)
            triples = before.triples - len(removed) + len(change.added)
        return replace(
            before,
            kind=about.kind or before.kind,
            agent=about.agent or before.agent,
            source=about.source or before.source,
            licence=about.licence or before.licence,
            triples=triples,
            digest=digest,
            version=version,
            modified=now,
        )

    # --- the engine ---------------------------------------------------------------------------------

    def _use(self, work: Callable[[Store], Answer]) -> Answer:
        """Return what some work on the engine gives; after a fault the engine is opened anew.

        :raises BackendError: if the engine or the disk fails.
        """
        engine: Store | None = None
        with self._writing:
            if self._lock.is_released:
                raise BackendError("the store is closed.", backend="user-data", retryable=False)
            try:
                engine = self._opened() if self._engine is None else self._engine
                self._engine = engine
                return work(engine)
            except (OSError, RuntimeError, SyntaxError) as error:
                self._engine = engine = None  # what still names it would keep its files locked
                clear_frames(error.__traceback__)
                raise failed(self.folder, error) from error

    def _opened(self) -> Store:
        engine = Store(str(self.folder / TRIPLES))
        for graph in [*engine.named_graphs()]:
            if graph.value.startswith(STAGE):
                engine.remove_graph(graph)
        self._version, self._entries = read_catalogue(engine, self.base)
        return engine

    def _sync(self) -> None:
        """Return when the engine's log is on disk; the engine hands it to the system and waits no longer.

        A log that goes meanwhile is one whose content the engine has forced to disk in another file.
        """
        folder = self.folder / TRIPLES
        for path in folder.glob("*.log"):
            with suppress(FileNotFoundError):
                sync_file(path)
        sync_file(folder)

    def backup(self, folder: str | Path) -> Path:
        """Copy the store into a new or empty folder, as it is between two writes; others may write meanwhile.

        On one disk the copy shares the engine's files with the store, which are never changed once written.

        :returns: the folder, which is a store itself; see :mod:`affectgraph.kg.user_backup`.
        :raises InputError: if the folder holds something.
        :raises BackendError: if the disk fails.
        """
        place = Path(folder)
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise InputError(
                f"Expected a folder that is empty or not there yet, got {place}. Name another."
            )
        with self._writing:
            return self._use(lambda engine: self._back_up(engine, place))

    def _back_up(self, engine: Store, place: Path) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        engine.backup(str(place / TRIPLES))
        for path in (place / TRIPLES).iterdir():
            sync_file(path)
        sync_file(place / TRIPLES)
        write_durably(place / FORMAT, format_text(self.base))
        return place


def _size(entries: Mapping[str, GraphEntry]) -> tuple[int, int]:
    """Return how many graphs and triples there are."""
    return len(entries), sum(entry.triples for entry in entries.values())


def _sync_names(place: Path) -> None:
    """Return when the names of a store's folder and of those in it are on disk, as a new one's may not be."""
    sync_file(place)
    with suppress(PermissionError):  # a folder above that others own
        sync_file(place.absolute().parent)
