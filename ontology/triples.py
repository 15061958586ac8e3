"""Small helpers with which the layers write triples: terms, literals, provenance.

Subjects, predicates and plain objects are IRI strings; a literal is a pyoxigraph ``Literal``.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from affectgraph.ontology import iris
from affectgraph.ontology.iris import AG, DCT, PROV, RDF, SOURCE, XSD
from affectgraph.ontology.rows import Row

Object = str | Literal | BlankNode
"""An object as the layers write it; a plain string is an IRI."""

A = RDF + "type"


def text(value: str, language: str = "en") -> Literal:
    """Return a language-tagged string."""
    return Literal(value, language=language)


def string(value: str) -> Literal:
    """Return a plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def decimal(value: float, places: int = 3) -> Literal:
    """Return an ``xsd:decimal`` rounded half to even at a number of places, without an exponent."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places))
    shown = format(rounded.normalize(), "f") if rounded else "0"
    return Literal(shown, datatype=NamedNode(XSD + "decimal"))


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


def moment(day: str) -> Literal:
    """Return midnight UTC of a day ``YYYY-MM-DD`` as ``xsd:dateTime``.

    ``xsd:date`` is avoided: HermiT stops at it, as it is not in the OWL 2 datatype map.
    """
    return Literal(f"{day}T00:00:00Z", datatype=NamedNode(XSD + "dateTime"))


def slug(value: str) -> str:
    """Return lower-case ASCII letters and digits joined by single hyphens.

    >>> slug("Thankfulness/Gratitude")
    'thankfulness-gratitude'
    """
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")


def describe(
    subject: str | BlankNode, pairs: Iterable[tuple[str, Object]], graph: str | None = None
) -> Iterator[Quad]:
    """Yield one quad per (predicate, object) pair of a subject.

    :param graph: IRI of the named graph; the default graph if left out.
    """
    node = NamedNode(subject) if isinstance(subject, str) else subject
    where = NamedNode(graph) if graph else DefaultGraph()
    for predicate, value in pairs:
        object_ = NamedNode(value) if isinstance(value, str) else value
        yield Quad(node, NamedNode(predicate), object_, where)


def provenance(row: Row) -> list[tuple[str, Object]]:
    """Return the pairs that say where a row comes from: source, place in it, day, trust.

    Who curated it is the same for every row and stands once, at the ontology.
    """
    pairs: list[tuple[str, Object]] = [
        (DCT + "source", SOURCE + row["source"]),
        (PROV + "generatedAtTime", moment(row["date"])),
        (AG + "confidenceGrade", string(row["confidence"])),
    ]
    if row["locator"]:
        pairs.append((AG + "locator", string(row["locator"])))
    return pairs


def concept_iri(node: str) -> str:
    """Return the IRI of a tree node (``anger``) or a state (``state/trust``) as tables name it."""
    if node.startswith("state/"):
        return iris.STATE + node.removeprefix("state/")
    return iris.EMOTION + node


def class_iri(node: str) -> str:
    """Return the IRI of the OWL class that belongs to a concept.

    >>> class_iri("sadness-secondary")
    'https://w3id.org/affectgraph/ontology#SadnessSecondary'
    """
    name = node.removeprefix("state/")
    return AG + "".join(part.capitalize() for part in name.split("-"))
