"""A user's own copy of a VAD lexicon: frozen values on -1..1, and its file of its own.

Licensed lexicons may be used by who has them and not passed on. So an imported lexicon is never part of
the graph: it lies over it in memory (:meth:`EmotionGraph.with_vad`), and is kept, if at all, in a file of
its own, in a named graph below ``graph/user/`` that no export writes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from affectgraph.kg.model import USER_ORIGIN, Vad, VadValue
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.iris import AG, DCT, GRAPH, RDF, VAD, VOID, XSD
from affectgraph.ontology.triples import slug

USER_GRAPHS = GRAPH + "user/"
"""Start of the IRIs of named graphs that hold a user's own data; exports leave them out."""

ENDINGS = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}
DIMENSIONS = ("valence", "arousal", "dominance")
Key = tuple[str, str]
"""A word in lower case and the sense it was rated in, empty if none was shown."""


@dataclass(frozen=True, slots=True)
class VadTerm:
    """One entry of a lexicon, on -1..1.

    :param term: word or phrase as the lexicon spells it, without the sense.
    :param spread: standard deviations, None if the lexicon has none.
    :param raters: number of raters of valence, None if the lexicon does not say.
    """

    term: str
    sense: str
    mean: Vad
    spread: tuple[float, float, float] | None = None
    raters: int | None = None

    @property
    def key(self) -> Key:
        """What makes the entry one: its word in lower case, and its sense."""
        return (self.term.casefold(), self.sense.casefold())


@dataclass(frozen=True)
class VadLexicon:
    """An imported lexicon.

    :param name: short name in lower-case letters, digits and hyphens; part of its IRIs.
    :param scale: name of the scale its file is on.
    :param terms: entries by word in lower case and sense.
    :raises InputError: if the name is no short name.
    """

    name: str
    scale: str
    terms: Mapping[Key, VadTerm] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.name or slug(self.name) != self.name:
            raise InputError(
                "Expected a name of lower-case letters, digits and hyphens, such as nrc-vad, "
                f"got {self.name!r}. Give one with name=... or --name."
            )
        object.__setattr__(self, "terms", MappingProxyType(dict(self.terms)))

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.terms)

    @property
    def origin(self) -> str:
        """How lookups name it as a source: ``user/NAME``."""
        return USER_ORIGIN + self.name

    @property
    def graph_iri(self) -> str:
        """IRI of its named graph."""
        return f"{USER_GRAPHS}vad-{self.name}"

    def value(self, word: str, *, sense: str = "") -> VadValue | None:
        """Return the value of a word, in any case, None if the lexicon has none."""
        key = (word.strip().casefold(), sense.strip().casefold())
        found = self.terms.get(key)
        if found is None:
            return None
        return VadValue(
            iri=self.iri(found),
            mean=found.mean,
            spread=found.spread or (0.0, 0.0, 0.0),
            match="sense" if found.sense else "exact",
            form=f"{found.term} ({found.sense})" if found.sense else found.term,
            raters=found.raters,
            source=self.origin,
            derived_by=None,
            origin=self.origin,
        )

    def iri(self, term: VadTerm) -> str:
        """Return the IRI of an entry, unique within the lexicon."""
        ending = f"/{quote(term.sense.casefold(), safe='')}" if term.sense else ""
        return f"{VAD}user/{self.name}/{quote(term.term.casefold(), safe='')}{ending}"

    def quads(self) -> Iterator[Quad]:
        """Yield the lexicon in its named graph, as :meth:`save` writes it."""
        return _quads(self)

    def save(self, path: Path) -> None:
        """Write the lexicon into a file of its own, N-Quads or TriG by its ending.

        :raises InputError: if the ending is another, or the file cannot be written.
        """
        format_ = _format(path)
        try:
            path.write_bytes(serialize(_quads(self), format=format_) or b"")
        except OSError as error:
            raise InputError(
                f"Cannot write {path}: {error.strerror}. Choose another place."
            ) from error


def _format(path: Path) -> RdfFormat:
    if path.suffix not in ENDINGS:
        raise InputError(f"Expected a file that ends in {' or '.join(ENDINGS)}, got {path.name!r}.")
    return ENDINGS[path.suffix]


def _quads(lexicon: VadLexicon) -> Iterator[Quad]:
    graph = NamedNode(lexicon.graph_iri)

    def quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), value, graph)

    yield quad(graph, RDF + "type", NamedNode(VOID + "Dataset"))
    yield quad(graph, DCT + "identifier", Literal(lexicon.name))
    yield quad(graph, AG + "originalScale", Literal(lexicon.scale))
    for _, term in sorted(lexicon.terms.items()):
        node = NamedNode(lexicon.iri(term))
        yield quad(node, RDF + "type", NamedNode(AG + "RatedWord"))
        yield quad(node, AG + "ratedForm", Literal(term.term))
        if term.sense:
            yield quad(node, AG + "ratedSense", Literal(term.sense))
        for i, name in enumerate(DIMENSIONS):
            yield quad(node, AG + name, _number(getattr(term.mean, name)))
            if term.spread is not None:
                yield quad(node, AG + name + "Sd", _number(term.spread[i]))
        if term.raters is not None:
            yield quad(node, AG + "raters", Literal(term.raters))
        yield quad(node, DCT + "isPartOf", graph)


def _number(value: float) -> Literal:
    return Literal(repr(value), datatype=NamedNode(XSD + "double"))


def read_lexicon(path: str | Path) -> VadLexicon:
    """Return a lexicon from the file :meth:`VadLexicon.save` wrote.

    :raises BackendError: if the file cannot be read, or holds no lexicon or more than one.
    """
    file = Path(path)
    try:
        quads = list(parse(path=str(file), format=_format(file)))
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(file, str(error)) from error
    try:
        return lexicon_of(quads)
    except InputError as error:
        raise _unreadable(file, str(error)) from error


def lexicon_of(quads: Iterable[Quad]) -> VadLexicon:
    """Return the lexicon that quads as those of :meth:`VadLexicon.quads` hold.

    :raises InputError: if they hold none, more than one, or one that is incomplete.
    """
    nodes: dict[str, dict[str, str]] = {}
    for quad in quads:
        cells = nodes.setdefault(str(getattr(quad.subject, "value", "")), {})
        cells[quad.predicate.value] = str(getattr(quad.object, "value", ""))
    heads = [cells for cells in nodes.values() if cells.get(RDF + "type") == VOID + "Dataset"]
    if len(heads) != 1:
        raise InputError(
            f"Expected one imported lexicon, got {len(heads)}. Write one with: affectgraph import-vad"
        )
    try:
        terms = [_term(c) for c in nodes.values() if c.get(RDF + "type") == AG + "RatedWord"]
        head = heads[0]
        return VadLexicon(
            head[DCT + "identifier"], head[AG + "originalScale"], {t.key: t for t in terms}
        )
    except (KeyError, ValueError) as error:
        raise InputError(
            f"Expected a whole lexicon, got an incomplete one: {error}. Import it again."
        ) from error


def _term(cells: Mapping[str, str]) -> VadTerm:
    valence, arousal, dominance = (float(cells[AG + name]) for name in DIMENSIONS)
    spread = None
    if AG + "valenceSd" in cells:
        first, second, third = (float(cells[f"{AG}{name}Sd"]) for name in DIMENSIONS)
        spread = (first, second, third)
    raters = cells.get(AG + "raters")
    return VadTerm(
        cells[AG + "ratedForm"],
        cells.get(AG + "ratedSense", ""),
        Vad(valence, arousal, dominance),
        spread,
        int(raters) if raters is not None else None,
    )


def _unreadable(file: Path, reason: str) -> BackendError:
    return BackendError(
        f"expected one imported lexicon in {file}, got: {reason}.",
        backend="vad-lexicon",
        retryable=False,
        hint="Write it with: affectgraph import-vad FILE --to PATH.nq",
    )
