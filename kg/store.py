"""Where triples are kept: one protocol, an embedded Oxigraph and any SPARQL 1.1 server by URL."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from affectgraph.ontology.errors import BackendError, QueryError

QueryResult = QuerySolutions | QueryBoolean | QueryTriples
Term = NamedNode | BlankNode | Literal
Bindings = Mapping[str, NamedNode | Literal]


@runtime_checkable
class GraphStore(Protocol):
    """What the graph needs of a store: to answer SPARQL, read-only.

    A new store is finished when ``tests/kg/store_compliance.py`` passes on it.
    """

    name: ClassVar[str]

    def query(
        self,
        sparql: str,
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        """Return the answer of a SELECT, ASK, CONSTRUCT or DESCRIBE query.

        :param bindings: values for variables of the query, by name without the question mark; a
            SELECT query must select them.
        :param default_graphs: graphs that make up the default graph; the store's own if empty.
        :param named_graphs: the named graphs to see; all if both are empty.
        :raises QueryError: if the query is malformed or not a query.
        :raises BackendError: if the store cannot be reached.
        """
        ...

    def close(self) -> None:
        """Give back what the store holds; a second call does nothing."""
        ...


class OxigraphStore:
    """An embedded Oxigraph: in memory, or read-only on a directory.

    Safe to query from several threads.
    """

    name: ClassVar[str] = "oxigraph"

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def from_bytes(cls, content: bytes, *, format_: RdfFormat = RdfFormat.TRIG) -> "OxigraphStore":
        """Return a store in memory with the quads of a document.

        :raises OntologyError: never; a document that does not parse raises ``SyntaxError``.
        """
        store = Store()
        store.load(content, format=format_)
        return cls(store)

    @classmethod
    def packaged(cls) -> "OxigraphStore":
        """Return a store in memory with the graph the package carries; parsing it takes seconds.

        :class:`affectgraph.kg.compiled.PackagedStore` has the same graph at once.
        """
        from importlib.resources import files

        content = files("affectgraph.ontology.built").joinpath("affectgraph.trig").read_bytes()
        return cls.from_bytes(content)

    @classmethod
    def open(cls, path: Path) -> "OxigraphStore":
        """Return a read-only store on an Oxigraph directory or an RDF file.

        :raises BackendError: if there is nothing that can be read.
        """
        if not path.exists():
            raise BackendError(
                f"expected an Oxigraph directory or an RDF file at {path}, found nothing.",
                backend=cls.name,
                retryable=False,
                hint="Make one with: affectgraph export DIRECTORY --format oxigraph",
            )
        if path.is_file():
            return cls._from_file(path)
        if not (path / "CURRENT").is_file():
            raise BackendError(
                f"expected an Oxigraph directory at {path}, found a folder without a store.",
                backend=cls.name,
                retryable=False,
                hint="Make one with: affectgraph export DIRECTORY --format oxigraph",
            )
        try:
            return cls(Store.read_only(str(path)))
        except (OSError, ValueError, RuntimeError) as error:
            raise BackendError(str(error), backend=cls.name, retryable=False) from error

    @classmethod
    def _from_file(cls, path: Path) -> "OxigraphStore":
        format_ = RdfFormat.from_extension(path.suffix.removeprefix("."))
        if format_ is None:
            raise BackendError(
                f"expected an RDF file (.ttl .trig .nt .nq .rdf .jsonld), got {path.name}.",
                backend=cls.name,
                retryable=False,
            )
        try:
            return cls.from_bytes(path.read_bytes(), format_=format_)
        except SyntaxError as error:
            raise BackendError(f"{path}: {error}", backend=cls.name, retryable=False) from error

    def query(
        self,
        sparql: str,
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        """Return the answer of a query; see :meth:`GraphStore.query`."""
        dataset = bool(default_graphs or named_graphs)
        try:
            return self._store.query(
                sparql,
                default_graph=[NamedNode(iri) for iri in default_graphs] if dataset else None,
                named_graphs=[NamedNode(iri) for iri in named_graphs] if dataset else None,
                substitutions={Variable(k): v for k, v in (bindings or {}).items()},
            )
        except (SyntaxError, ValueError, RuntimeError) as error:
            reason = f"Expected a SPARQL 1.1 query, got text that cannot be read: {error}."
            raise QueryError(f"{reason} Mend it at that line:column.", query=sparql) from error

    @property
    def engine(self) -> Store:
        """The engine behind, for those who made the store and may change it."""
        return self._store

    def save(self, path: Path) -> None:
        """Write the store's quads into a new Oxigraph directory.

        :raises BackendError: if the directory exists and is not empty.
        """
        if path.exists() and any(path.iterdir()):
            raise BackendError(
                f"expected a new or empty directory, {path} has files.",
                backend=self.name,
                retryable=False,
            )
        target = Store(str(path))
        target.bulk_extend(self._store)
        target.flush()

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def close(self) -> None:
        """Nothing to give back beyond memory; see :meth:`GraphStore.close`."""
