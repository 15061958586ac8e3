"""The compiled form of the packaged graph: an Oxigraph directory, and the rows of the packaged queries.

Parsing the TriG takes a second and a quarter of a gigabyte; the directory opens in milliseconds and is
read from disk as needed. It belongs to the engine and differs from build to build, so it is made from the
TriG when the package is built (``setup.py``) or by ``python -m affectgraph.kg.compiled``, and never kept
under version control. Where it is missing or made from another graph, the TriG is read instead.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
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
"""File of the folder that names the graph it was made from."""


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


class CompiledStore(OxigraphStore):
    """A read-only store on the compiled form, with the rows of the packaged queries at hand."""

    name: ClassVar[str] = "oxigraph"

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store)
        self._folder = folder

    def rows(self, name: str) -> Iterator[Mapping[str, str]] | None:
        """Return the kept answer of a packaged query, None if its text has changed since."""
        path = self._folder / "rows" / f"{name}.json"
        if not path.is_file():
            return None
        kept = json.loads(path.read_bytes())
        if kept["query"] != _digest(query_text(name).encode()):
            return None
        names = kept["names"]
        return (dict(zip(names, row, strict=True)) for row in kept["rows"])


def open_packaged(folder: Path = FOLDER) -> OxigraphStore:
    """Return a store with the graph the package carries, from its compiled form if that is current."""
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text("ascii") == packaged_digest():
        try:
            return CompiledStore(Store.read_only(str(folder / "store")), folder)
        except (OSError, RuntimeError):  # made by an engine of another layout
            return OxigraphStore.packaged()
    return OxigraphStore.packaged()


def compile_packaged(folder: Path = FOLDER) -> int:
    """Make the compiled form of the packaged TriG, replacing an older one; return its size in bytes.

    :raises BackendError: if the TriG is not the one its digest names.
    """
    content = files("affectgraph.ontology.built").joinpath("affectgraph.trig").read_bytes()
    if _digest(content) != packaged_digest():
        raise BackendError(
            "expected affectgraph.trig to have the digest in affectgraph.trig.sha256.",
            backend="oxigraph",
            retryable=False,
            hint="Rebuild both with: make data",
        )
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "rows").mkdir(parents=True)
    store = Store(str(folder / "store"))
    store.bulk_load(content, format=RdfFormat.TRIG)
    store.optimize()
    store.flush()
    for name in query_names():
        (folder / "rows" / f"{name}.json").write_text(_kept_answer(store, name), encoding="utf-8")
    del store
    for log in (folder / "store").glob("LOG*"):
        log.unlink()
    (folder / STAMP).write_text(packaged_digest(), encoding="ascii")
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


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


if __name__ == "__main__":
    print(f"{FOLDER}: {compile_packaged():,} bytes")
