"""What a store of users' data knows of each graph in it: kind, origin, size, digest, and its last write.

The catalogue is a named graph of the same store, in PROV-O, Dublin Core, VoID and SPDX, so that one
transaction changes a graph together with what is said of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from affectgraph.kg.user_names import CATALOGUE, short_name
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.iris import DCT, OWL, PROV, RDF, VOID, XSD

SPDX = "http://spdx.org/rdf/terms#"

KINDS: Mapping[str, str] = {
    "rdf": "any RDF",
    "concepts": "emotions and states of one's own",
    "vocabulary": "words for concepts of the graph",
    "scheme": "a label scheme, its labels anchored to concepts of the graph",
    "vad": "an imported lexicon of valence, arousal and dominance",
    "observations": "what was observed of people's emotions",
    "rationales": "checked rationales with their verdicts",
    "traces": "runs of reasoning",
}
"""Kinds of users' graphs, each with what it holds."""

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class About:
    """What a writer says of a graph; what is left empty stays as it was said before.

    :param kind: one of :data:`KINDS`.
    :param agent: who writes, a name or an IRI.
    :param source: where the data come from.
    :param licence: the terms of their use.
    :raises InputError: if the kind is none of those, or a text is no Unicode text of up to 1,000 characters.
    """

    kind: str = ""
    agent: str = ""
    source: str = ""
    licence: str = ""

    def __post_init__(self) -> None:
        """Refuse what the catalogue cannot hold."""
        if self.kind and self.kind not in KINDS:
            raise InputError(f"Expected a kind of {', '.join(KINDS)}, got {self.kind!r}.")
        for name in ("agent", "source", "licence"):
            value = getattr(self, name)
            if len(value) > 1_000 or any("\ud800" <= sign <= "\udfff" for sign in value):
                raise InputError(
                    f"Expected {name} as Unicode text of up to 1,000 characters, got {value[:40]!r}."
                )


NOTHING_SAID = About()
"""Leaves everything as it was said before."""


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """A graph of a user and what the catalogue says of it.

    :param iri: the graph's.
    :param name: its short name, None if it has a full IRI alone.
    :param kind: one of :data:`KINDS`.
    :param triples: how many it has.
    :param digest: of its triples, see :func:`digest_of`.
    :param version: number of the write that made it what it is; numbers of a store only grow.
    :param created: its first write. :param modified: its last, both in UTC.
    """

    iri: str
    name: str | None
    kind: str
    triples: int
    digest: str
    version: int
    created: datetime
    modified: datetime
    agent: str = ""
    source: str = ""
    licence: str = ""


def digest_of(triples: Iterable[Triple], *, start: str = "", less: bool = False) -> str:
    """Return the digest of a set of triples, or what it becomes with some more or less.

    The sum of the SHA-256 of each triple in N-Triples, modulo 2^256, in 64 hexadecimal digits: it does not
    depend on order, and changes by what changes. It finds what broke, not what somebody forged.

    :param triples: each once.
    :param start: the digest to begin with; that of no triple if empty.
    :param less: take the triples away.

    >>> from pyoxigraph import Literal, NamedNode
    >>> one = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("1"))
    >>> two = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("2"))
    >>> digest_of([two], start=digest_of([one, two]), less=True) == digest_of([one])
    True
    """
    total = int(start or "0", 16)
    for triple in triples:
        value = int.from_bytes(sha256(str(triple).encode()).digest())
        total += -value if less else value
    return format(total % _MODULUS, "064x")


# --- as RDF -----------------------------------------------------------------------------------------

_TEXTS = {
    DCT + "type": "kind",
    DCT + "creator": "agent",
    DCT + "source": "source",
    DCT + "rights": "licence",
}
"""Property -> field of an entry that holds its text."""


def entry_nodes(iri: str) -> tuple[str, ...]:
    """Return the subjects that the catalogue describes a graph by: itself, its digest, its last write."""
    tail = sha256(iri.encode()).hexdigest()[:32]
    return iri, f"{CATALOGUE}/checksum/{tail}", f"{CATALOGUE}/write/{tail}"


def entry_quads(entry: GraphEntry) -> Iterator[Quad]:
    """Yield what the catalogue says of a graph."""
    graph, checksum, write = map(NamedNode, entry_nodes(entry.iri))
    place = NamedNode(CATALOGUE)

    def quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), value, place)

    yield quad(graph, RDF + "type", NamedNode(VOID + "Dataset"))
    yield quad(graph, RDF + "type", NamedNode(PROV + "Entity"))
    for predicate, field in _TEXTS.items():
        if value := getattr(entry, field):
            yield quad(graph, predicate, Literal(value))
    yield quad(graph, VOID + "triples", Literal(entry.triples))
    yield quad(graph, DCT + "created", _moment(entry.created))
    yield quad(graph, SPDX + "checksum", checksum)
    yield quad(checksum, RDF + "type", NamedNode(SPDX + "Checksum"))
    yield quad(checksum, SPDX + "checksumValue", _hex(entry.digest))
    yield quad(graph, PROV + "wasGeneratedBy", write)
    yield quad(write, RDF + "type", NamedNode(PROV + "Activity"))
    yield quad(write, PROV + "endedAtTime", _moment(entry.modified))
    yield quad(write, OWL + "versionInfo", Literal(str(entry.version)))


def head_quad(version: int) -> Quad:
    """Return the statement of how many writes a store has had."""
    return Quad(
        NamedNode(CATALOGUE),
        NamedNode(OWL + "versionInfo"),
        Literal(str(version)),
        NamedNode(CATALOGUE),
    )


def _moment(value: datetime) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD + "dateTime"))


def _hex(digest: str) -> Literal:
    return Literal(digest, datatype=NamedNode(XSD + "hexBinary"))


def read_catalogue(store: Store, base: str) -> tuple[int, dict[str, GraphEntry]]:
    """Return how many writes a store has had, and its graphs by IRI.

    :param base: start of the IRIs of graphs with a short name.
    :raises BackendError: if the catalogue is damaged.
    """
    said: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, None, None, NamedNode(CATALOGUE)):
        cells = said.setdefault(quad.subject.value, {})  # type: ignore[union-attr]
        cells[quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
    version = int(said.get(CATALOGUE, {}).get(OWL + "versionInfo", "0"))
    try:
        found = [
            _entry(iri, cells, said, base)
            for iri, cells in said.items()
            if VOID + "triples" in cells
        ]
    except (KeyError, ValueError) as error:
        raise BackendError(
            f"expected a whole catalogue of users' graphs, got a damaged one: {error}.",
            backend="user-data",
            retryable=False,
            hint="Restore the last backup: affectgraph data restore BACKUP --store NEW_FOLDER",
        ) from error
    return version, {entry.iri: entry for entry in found}


def _entry(
    iri: str, cells: Mapping[str, str], said: Mapping[str, Mapping[str, str]], base: str
) -> GraphEntry:
    checksum, write = said[cells[SPDX + "checksum"]], said[cells[PROV + "wasGeneratedBy"]]
    texts = {field: cells.get(predicate, "") for predicate, field in _TEXTS.items()}
    return GraphEntry(
        iri=iri,
        name=short_name(iri, base),
        triples=int(cells[VOID + "triples"]),
        digest=checksum[SPDX + "checksumValue"],
        version=int(write[OWL + "versionInfo"]),
        created=datetime.fromisoformat(cells[DCT + "created"]),
        modified=datetime.fromisoformat(write[PROV + "endedAtTime"]),
        **texts,
    )
