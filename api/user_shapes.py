"""What the service sends of users' graphs."""

from datetime import datetime

from affectgraph.api.shapes import Shape


class UserGraph(Shape):
    """A graph of a user."""

    iri: str
    name: str | None
    """Short name; null if it has an IRI alone."""
    kind: str
    """rdf, concepts, vocabulary, scheme, vad, observations, rationales or traces."""
    triples: int
    digest: str
    """Sum of the SHA-256 of its triples in N-Triples, modulo 2^256."""
    version: int
    """Number of the write that made it what it is."""
    etag: str
    """Names this state of it, for the header `If-Match` of the next write."""
    created: datetime
    modified: datetime
    agent: str
    """Name of the key that wrote it, or what its writer said."""
    source: str
    licence: str


class UserGraphs(Shape):
    """All graphs of users, by IRI."""

    items: list[UserGraph]
    version: int
    """Number of the last write."""


class Backup(Shape):
    """A backup that was read back."""

    folder: str
    """Where it lies, on the machine of the service."""
    graphs: int
    """Graphs in it, each as its digest says."""


class BadRow(Shape):
    """A cell of a table that is wrong, or to be known of."""

    line: int
    """Line of the table, from 1; the header is line 1."""
    column: str
    message: str


class PutUserGraph(UserGraph):
    """A graph as it was put, what was left out of its table, and what its writer may not expect."""

    bad_rows: list[BadRow]
    notes: list[BadRow]
    """Cells that are good and mean more than they say, such as a label that the graph has as well."""
