"""The compiled form of the packaged graph: the rows of the packaged queries, and an Oxigraph directory.

Parsing the TriG takes more than a second and a quarter of a gigabyte. Typed lookups need neither: they read
the kept rows of the queries in ``kg/queries``, which every installation carries, by column, or by a key where
callers ask for few of many (:mod:`affectgraph.kg.grouped`). SPARQL needs a store; an Oxigraph directory opens
in milliseconds and is read from disk as needed. It is three times the size of everything else and belongs to
the engine, so it is not part of a wheel: a clone makes it when it is installed (``setup.py``, ``make``), any
other installation makes it in the user's cache when SPARQL is first asked (:func:`cache_folder`). Where no
folder can be written, the TriG is parsed into memory.

Each form names the graph it was made from; one of another graph is never used.
"""

import json
import os
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar

from pyoxigraph import QuerySolutions, RdfFormat, Store

from affectgraph import ontology
from affectgraph.kg.grouped import GROUPED, GroupedRows, Rows, write_grouped
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.errors import BackendError

FOLDER = Path(__file__).parent / "packaged"
"""Where the compiled form lies in a clone or an installation."""

QUERIES = Path(__file__).parent / "queries"
BUILT = Path(ontology.__file__).parent / "built"

STAMP = "GRAPH"
"""File of a folder that names the graph it was made from."""

ROWS = "rows"
STORE = "store"

KEYED = ".keyed"
"""How files of rows by a key end."""


@cache
def query_text(name: str) -> str:
    """Return the text of a packaged query, ``kg/queries/NAME.rq``."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def query_names() -> tuple[str, ...]:
    """Return the names of the packaged queries, sorted."""
    return tuple(sorted(path.stem for path in QUERIES.glob("*.rq")))


def packaged_digest() -> str:
    """Return the digest of the packaged TriG, as its build wrote it beside the file."""
    return (BUILT / "affectgraph.trig.sha256").read_text("ascii").split()[0]


def cache_folder() -> Path:
    """Return where the store of this graph is kept for the user.

    ``$AFFECTGRAPH_CACHE``, else ``affectgraph`` in ``$XDG_CACHE_HOME`` or ``~/.cache``; one folder for each
    graph. It may be removed at any time.
    """
    base = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    root = os.environ.get("AFFECTGRAPH_CACHE") or str(Path(base) / "affectgraph")
    return Path(root) / packaged_digest()[:16]


def is_current(folder: Path) -> bool:
    """Return whether a folder's compiled form was made from the packaged graph."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text("ascii") == packaged_digest()


class PackagedStore(OxigraphStore):
    """The packaged graph: kept rows for typed lookups, a store for SPARQL that is opened when first asked.

    Safe to use from several threads; two that ask first at the same time open it twice.

    :param folder: where a compiled form may lie; None to parse the TriG whatever lies anywhere.
    """

    name: ClassVar[str] = "oxigraph"

    def __init__(self, folder: Path | None = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _store(self) -> Store:  # type: ignore[override]
        if self._folder is None:
            return parsed_store()
        for folder in (self._folder, cache_folder()):
            if is_current(folder) and (folder / STORE).is_dir():
                try:
                    return Store.read_only(str(folder / STORE))
                except (OSError, RuntimeError):  # of an engine with another layout
                    continue
        return _cached_store()

    @cached_property
    def _has_rows(self) -> bool:
        return self._folder is not None and is_current(self._folder)

    def answer(self, name: str) -> tuple[list[str], list[list[str]]] | None:
        """Return the kept answer of a packaged query: its variables and rows of text.

        None if there is none, or if it is of another text of the query.
        """
        if name in GROUPED:
            grouped = self.grouped(name)
            return (grouped.names, grouped.rows()) if grouped is not None else None
        columns = self.columns(name)
        if columns is None:
            return None
        return list(columns), [list(row) for row in zip(*columns.values(), strict=True)]

    def columns(self, name: str) -> dict[str, list[str]] | None:
        """Return the kept answer of a query by variable; None as for :meth:`answer`."""
        path = self.kept(f"{name}.json")
        if path is None:
            return None
        kept = json.loads(path.read_bytes())
        if kept["query"] != query_text(name):
            return None
        return dict(zip(kept["names"], kept["columns"], strict=True))

    def grouped(self, name: str) -> GroupedRows | None:
        """Return the kept answer of a query of :data:`~affectgraph.kg.grouped.GROUPED`, by its key.

        None if there is none, or if it is of another text of the query.
        """
        path = self.kept(name + KEYED)
        if path is None:
            return None
        kept = GroupedRows(path)
        return kept if kept.query == query_text(name) else None

    def kept(self, file: str) -> Path | None:
        """Return the path of a file that was made of this graph, None if there is none."""
        path = (self._folder or Path()) / ROWS / file
        return path if self._has_rows and path.is_file() else None


def kept_lookups(store: GraphStore) -> PackagedStore | None:
    """Return where the kept answers of a store's graph lie; None if its lookups are read by queries.

    A remote store has them once :mod:`affectgraph.kg.remote_graph` knows that it holds the packaged graph.
    """
    found = store if isinstance(store, PackagedStore) else getattr(store, "lookups", None)
    return found if isinstance(found, PackagedStore) else None


def parsed_store() -> Store:
    """Return a store in memory with the packaged TriG."""
    store = Store()
    store.bulk_load(_packaged_content(), format=RdfFormat.TRIG)
    return store


def _cached_store() -> Store:
    """Return the store of the user's cache, made now; one in memory if the cache cannot be written."""
    import shutil
    import tempfile

    folder = cache_folder()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            write_store(made)
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        return Store.read_only(str(folder / STORE))
    except OSError:
        return parsed_store()


def write_store(folder: Path) -> None:
    """Write the packaged graph as an Oxigraph directory into a folder, and what it was made from."""
    store = Store(str(folder / STORE))
    store.bulk_load(_packaged_content(), format=RdfFormat.TRIG)
    store.optimize()
    store.flush()
    del store
    for log in (folder / STORE).glob("LOG*"):
        log.unlink()
    (folder / STAMP).write_text(packaged_digest(), encoding="ascii")


def write_rows(folder: Path, store: Store) -> None:
    """Write the answers of the packaged queries into a folder, and the graph they come from.

    :raises OntologyError: if a cell of a query that is kept by a key has a tab.
    """
    (folder / ROWS).mkdir(parents=True, exist_ok=True)
    for name in query_names():
        names, rows = _answer(store, name)
        query = query_text(name)
        if name in GROUPED:
            write_grouped(folder / ROWS / (name + KEYED), query, names, rows, GROUPED[name])
        else:
            columns = [[row[place] for row in rows] for place in range(len(names))]
            said = {"query": query, "names": names, "columns": columns}
            text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            (folder / ROWS / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / STAMP).write_text(packaged_digest(), encoding="ascii")


def compile_packaged(folder: Path = FOLDER, *, with_store: bool = True) -> int:
    """Make the compiled form of the packaged TriG, replacing an older one; return its size in bytes.

    :param with_store: also the Oxigraph directory; the rows alone are a tenth of it.
    :raises BackendError: if the TriG is not the one its digest names.
    """
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if with_store:
        write_store(folder)
        write_rows(folder, Store.read_only(str(folder / STORE)))
    else:
        write_rows(folder, parsed_store())
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _packaged_content() -> bytes:
    content = (BUILT / "affectgraph.trig").read_bytes()
    if _digest(content) != packaged_digest():
        raise BackendError(
            "expected affectgraph.trig to have the digest in affectgraph.trig.sha256.",
            backend="oxigraph",
            retryable=False,
            hint="Rebuild both with: make data",
        )
    return content


def _answer(store: Store, name: str) -> tuple[list[str], Rows]:
    result = store.query(query_text(name))
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected kg/queries/{name}.rq to be a SELECT query.")
    names = [variable.value for variable in result.variables]
    return names, [[term.value if term is not None else "" for term in row] for row in result]


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
