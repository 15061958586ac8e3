"""What the layers of sourced relations share: anchors of labels, and one link with its association."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ASSOCIATION, BASE
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.layers.vad import concept_norms
from affectgraph.ontology.reflection import Point
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    concept_iri,
    describe,
    provenance,
    slug,
    string,
)

ANCHOR_RULE = "exact anchors of the labels a theory relates"

Anchors = dict[str, list[str]]
"""IRI of a label -> IRIs of the concepts it is anchored to by an exact match; none for other labels."""


def exact_anchors() -> Anchors:
    """Return the exact anchors of every label of every scheme."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("scheme_labels"):
        anchors = found[label_iri(row["scheme"], row["label"])]
        if row["relation"] == "exact":
            anchors.append(concept_iri(row["target"]))
    return dict(found)


def known_label(row: Row, scheme: str, label: str, anchors: Anchors) -> str:
    """Return the IRI of a label.

    :raises OntologyError: if the scheme has no such label.
    """
    iri = label_iri(scheme, label)
    if iri not in anchors:
        raise row.error(f"expected a label of scheme {scheme!r}, got {label!r}.")
    return iri


def rated_points() -> dict[str, Point]:
    """Return the measured valence, arousal and dominance of concepts, by IRI."""
    return {
        concept_iri(node): (
            norm.number("valence"),
            norm.number("arousal"),
            norm.number("dominance"),
        )
        for node, (_, norm) in concept_norms().items()
    }


def graded(kind: str, grade: str) -> list[tuple[str, Object]]:
    """Return the pairs that say what kind of evidence a relation rests on, and how good it is."""
    return [(AG + "evidenceKind", string(kind)), (AG + "evidenceGrade", string(grade))]


def link_quads(
    kind: str, row: Row, start: str, end: str, relation: str, extra: list[tuple[str, Object]]
) -> Iterator[Quad]:
    """Yield a relation as one triple, and as an association named after kind, source and ends."""
    name = "/".join(slug(iri.removeprefix(BASE)) for iri in (start, end))
    iri = f"{ASSOCIATION}{kind}/{row['source']}/{name}"
    yield from association_quads(iri, start, end, relation, [*extra, *provenance(row)])


def association_quads(
    iri: str, start: str, end: str, relation: str, pairs: list[tuple[str, Object]]
) -> Iterator[Quad]:
    """Yield a relation as one triple, and as the association of the IRI given."""
    said: list[tuple[str, Object]] = [
        (A, AG + "Association"),
        (AG + "associationFrom", start),
        (AG + "associationTo", end),
        (AG + "associationRelation", relation),
        *pairs,
    ]
    yield from describe(iri, said)
    yield from describe(start, [(relation, end)])
