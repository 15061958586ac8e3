"""The compiled form of the packaged graph: the rows of the packaged queries, and an Oxigraph directory.

Parsing the TriG takes more than a second and a quarter of a gigabyte. Typed lookups need neither: they read
the kept rows of the queries in ``kg/queries``, which every installation carries. SPARQL needs a store; an
Oxigraph directory opens in milliseconds and is read from disk as needed. It is three times the size of
everything else and belongs to the engine, so it is not part of a wheel: a clone makes it when it is
installed (``setup.py``, ``make``), any other installation makes it in the user's cache when SPARQL is first
asked (:func:`cache_folder`). Where no folder can be written, the TriG is parsed into memory.

Each form names the graph it was made from; one of another graph is never used.
"""

import json
import os
import shutil
import tempfile
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from pyoxigraph import QuerySolutions, RdfFormat, Store

from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.errors import BackendError

FOLDER = Path(__file__).parent / "packaged"
"""Where the compiled form lies in a clone or an installation."""

STAMP = "GRAPH"
"""File of a folder that names the graph it was made from."""

ROWS = "rows"
STORE = "store"


@cache
def query_text(name: str) -> str:
    """Return the text of a packaged query, ``kg/queries/NAME.rq``."""
    return files("affectgraph.kg.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def query_names() -> tuple[str, ...]:
    """Return the names of the packaged queries, sorted."""
    entries = (entry.name for entry in files("affectgraph.kg.queries").iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in entries if name.endswith(".rq")))


def packaged_digest() -> str:
    """Return the digest of the packaged TriG, as its build wrote it beside the file."""
    built = files("affectgraph.ontology.built")
    return built.joinpath("affectgraph.trig.sha256").read_text("ascii").split()[0]


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
        path = (self._folder or Path()) / ROWS / f"{name}.json"
        if not self._has_rows or not path.is_file():
            return None
        kept = json.loads(path.read_bytes())
        if kept["query"] != _digest(query_text(name).encode()):
            return None
        return kept["names"], kept["rows"]


def parsed_store() -> Store:
    """Return a store in memory with the packaged TriG."""
    store = Store()
    store.bulk_load(_packaged_content(), format=RdfFormat.TRIG)
    return store


def _cached_store() -> Store:
    """Return the store of the user's cache, made now; one in memory if the cache cannot be written."""
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
    """Write the answers of the packaged queries into a folder, and the graph they come from."""
    (folder / ROWS).mkdir(parents=True, exist_ok=True)
    for name in query_names():
        (folder / ROWS / f"{name}.json").write_text(_kept_answer(store, name), encoding="utf-8")
    (folder / STAMP).write_text(packaged_digest(), encoding="ascii")


def compile_packaged(folder: Path = FOLDER, *, with_store: bool = True) -> int:
    """Make the compiled form of the packaged TriG, replacing an older one; return its size in bytes.

    :param with_store: also the Oxigraph directory; the rows alone are a tenth of it.
    :raises BackendError: if the TriG is not the one its digest names.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if with_store:
        write_store(folder)
        write_rows(folder, Store.read_only(str(folder / STORE)))
    else:
        write_rows(folder, parsed_store())
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _packaged_content() -> bytes:
    content = files("affectgraph.ontology.built").joinpath("affectgraph.trig").read_bytes()
    if _digest(content) != packaged_digest():
        raise BackendError(
            "expected affectgraph.trig to have the digest in affectgraph.trig.sha256.",
            backend="oxigraph",
            retryable=False,
            hint="Rebuild both with: make data",
        )
    return content


def _kept_answer(store: Store, name: str) -> str:
    result = store.query(query_text(name))
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected kg/queries/{name}.rq to be a SELECT query.")
    kept = {
        "query": _digest(query_text(name).encode()),
        "names": [variable.value for variable in result.variables],
        "rows": [[term.value if term is not None else "" for term in row] for row in result],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
