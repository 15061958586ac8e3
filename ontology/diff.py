"""What changed between two graphs: terms, names, definitions, parents, values, anchors, relations.

Works on triples from anywhere, so two releases, a file and a store, or an edited copy can be compared.
Only what is stated by IRIs and literals is compared. Triples with blank nodes are counted and left out,
since a blank node of one graph has no name in the other; the core graph has none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from affectgraph.ontology.iris import AG, DCT, ONTOLEX, OWL, RDF, RDFS, SKOS
from affectgraph.ontology.terms import terms_of

LABELS = (SKOS + "prefLabel", RDFS + "label", DCT + "title")
DEFINITIONS = (SKOS + "definition", RDFS + "comment")
PARENTS = (SKOS + "broader", RDFS + "subClassOf", AG + "stateBranch")
ANCHORS = tuple(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
VALUES = tuple(
    AG + name + ending for name in ("valence", "arousal", "dominance") for ending in ("", "Sd")
)

Facts = Mapping[str, Mapping[str, frozenset[str]]]
"""Subject -> property -> objects, all as text."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A property of a resource that differs.

    :param subject: IRI of the resource.
    :param property: IRI of the property.
    :param old: what the first graph says, sorted; empty if nothing.
    :param new: what the second one says.
    """

    subject: str
    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A relation that one graph states and the other does not.

    :param start: IRI where it starts.
    :param relation: IRI of the property.
    :param end: IRI where it ends.
    :param source: IRI of who states it; empty for a word's concept.
    """

    start: str
    relation: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """What changed from a first graph to a second one; every part is sorted.

    Terms are those of :func:`affectgraph.ontology.terms.terms_of`. Of added and removed terms, names,
    definitions, parents and anchors are not listed again.

    :param terms_added, terms_removed: IRIs of terms.
    :param terms_deprecated: IRIs that are deprecated in the second graph only.
    :param labels, definitions, parents: what differs of a term.
    :param values: what differs of valence, arousal and dominance, by IRI of the value; a value that
        only one graph has is listed as well.
    :param anchors: what a label is mapped to.
    :param associations_added, associations_removed: sourced relations, anchors left out.
    :param words_added, words_removed: a word and the concept it denotes.
    :param left_out: number of triples with blank nodes in the first and in the second graph.
    """

    terms_added: tuple[str, ...]
    terms_removed: tuple[str, ...]
    terms_deprecated: tuple[str, ...]
    labels: tuple[Change, ...]
    definitions: tuple[Change, ...]
    parents: tuple[Change, ...]
    values: tuple[Change, ...]
    anchors: tuple[Change, ...]
    associations_added: tuple[Link, ...]
    associations_removed: tuple[Link, ...]
    words_added: tuple[Link, ...]
    words_removed: tuple[Link, ...]
    left_out: tuple[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(self.counts().values())

    def counts(self) -> dict[str, int]:
        """Return the number of entries of each part."""
        return {
            part.name: len(getattr(self, part.name))
            for part in fields(self)
            if part.name != "left_out"
        }


def diff(old: Iterable[Triple], new: Iterable[Triple]) -> GraphDiff:
    """Return what changed from one graph to another.

    :param old: triples of the default graph of the first, in any order.
    :param new: those of the second.
    """
    (before, terms_before, left_before), (after, terms_after, left_after) = map(_read, (old, new))
    kept = terms_before & terms_after
    gone, come = _associations(before), _associations(after)
    words_gone, words_come = _words(before), _words(after)
    return GraphDiff(
        terms_added=tuple(sorted(terms_after - terms_before - _deprecated(after))),
        terms_removed=tuple(sorted(terms_before - terms_after)),
        terms_deprecated=tuple(sorted(_deprecated(after) - _deprecated(before))),
        labels=_changes(before, after, kept, LABELS),
        definitions=_changes(before, after, kept, DEFINITIONS),
        parents=_changes(before, after, kept, PARENTS),
        values=_changes(before, after, _values(before) | _values(after), VALUES),
        anchors=_changes(before, after, _labels(before) & _labels(after), ANCHORS),
        associations_added=tuple(sorted(come - gone)),
        associations_removed=tuple(sorted(gone - come)),
        words_added=tuple(sorted(words_come - words_gone)),
        words_removed=tuple(sorted(words_gone - words_come)),
        left_out=(left_before, left_after),
    )


def _read(triples: Iterable[Triple]) -> tuple[Facts, frozenset[str], int]:
    """Return the facts by subject, the terms, and how many triples have blank nodes."""
    facts: dict[str, dict[str, set[str]]] = {}
    named: list[Quad] = []
    left_out = 0
    for triple in set(triples):
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            left_out += 1
            continue
        named.append(Quad(triple.subject, triple.predicate, triple.object))
        values = facts.setdefault(_text(triple.subject), {})
        values.setdefault(triple.predicate.value, set()).add(_text(triple.object))
    frozen = {
        subject: {name: frozenset(found) for name, found in values.items()}
        for subject, values in facts.items()
    }
    return frozen, frozenset(terms_of(named)), left_out


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _objects(facts: Facts, subject: str, property_: str) -> frozenset[str]:
    return facts.get(subject, {}).get(property_, frozenset())


def _members(facts: Facts, class_: str) -> frozenset[str]:
    type_ = RDF + "type"
    return frozenset(s for s in facts if class_ in _objects(facts, s, type_))


def _deprecated(facts: Facts) -> frozenset[str]:
    return frozenset(s for s in facts if "true" in _objects(facts, s, OWL + "deprecated"))


def _values(facts: Facts) -> frozenset[str]:
    return _members(facts, AG + "VadValue")


def _labels(facts: Facts) -> frozenset[str]:
    return _members(facts, AG + "SchemeLabel")


def _changes(
    before: Facts, after: Facts, subjects: Iterable[str], properties: Iterable[str]
) -> tuple[Change, ...]:
    asked = tuple(properties)
    found = (
        Change(subject, name, tuple(sorted(old)), tuple(sorted(new)))
        for subject in subjects
        for name in asked
        for old, new in [(_objects(before, subject, name), _objects(after, subject, name))]
        if old != new
    )
    return tuple(sorted(found))


def _associations(facts: Facts) -> frozenset[Link]:
    """Return sourced relations by what they say, so that a new IRI for the same is no change."""
    return frozenset(
        Link(start, relation, end, source)
        for node in _members(facts, AG + "Association")
        for start in _objects(facts, node, AG + "associationFrom")
        for relation in _objects(facts, node, AG + "associationRelation")
        for end in _objects(facts, node, AG + "associationTo")
        for source in _objects(facts, node, DCT + "source") or {""}
        if relation not in ANCHORS
    )


def _words(facts: Facts) -> frozenset[Link]:
    relation = ONTOLEX + "denotes"
    return frozenset(
        Link(word, relation, concept, "")
        for word in facts
        for concept in _objects(facts, word, relation)
    )
