"""Label schemes of data sets and theories, and their labels' anchors in the graph."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ASSOCIATION, DCT, SCHEME, SKOS, SOURCE
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    boolean,
    describe,
    integer,
    provenance,
    slug,
    string,
    text,
)

RELATIONS = {
    "exact": (SKOS + "exactMatch", SKOS + "exactMatch"),
    "close": (SKOS + "closeMatch", SKOS + "closeMatch"),
    "narrower": (SKOS + "broadMatch", SKOS + "narrowMatch"),
    "broader": (SKOS + "narrowMatch", SKOS + "broadMatch"),
    "component": (AG + "composedOf", AG + "componentOf"),
}
"""How a label stands to its target -> property from the label, and back from the target.

``component``: the label is a compound ("happily surprised") and the target one of its parts.
"""


def label_iri(scheme: str, label: str) -> str:
    """Return the IRI of a scheme's label.

    >>> label_iri("goemotions", "admiration")
    'https://w3id.org/affectgraph/scheme/goemotions/admiration'
    """
    return f"{SCHEME}{scheme}/{slug(label)}"


def scheme_quads() -> Iterator[Quad]:
    """Yield the schemes, their labels and anchors."""
    for row in read_table("schemes"):
        yield from describe(SCHEME + row["scheme"], _scheme(row))
    schemes = {row["scheme"] for row in read_table("schemes")}
    known = concept_slugs()
    for row in read_table("scheme_labels"):
        if row["scheme"] not in schemes:
            raise row.error(f"expected a scheme of schemes.tsv, got {row['scheme']!r}.")
        yield from describe(label_iri(row["scheme"], row["label"]), _label(row))
        yield from describe(
            SCHEME + row["scheme"], [(AG + "hasLabel", label_iri(row["scheme"], row["label"]))]
        )
        if row["relation"] != "none":
            yield from _anchor(row, known)


def _scheme(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "ConceptScheme"
    yield A, AG + "LabelScheme"
    yield DCT + "title", text(row["title"])
    yield SKOS + "notation", string(row["scheme"])
    yield DCT + "description", text(row["description"])
    yield AG + "labelCount", integer(row.integer("n_labels"))
    yield AG + "labelling", string(row["labelling"])
    yield AG + "schemeKind", string(row["kind"])
    if row["modality"]:
        yield AG + "modality", string(row["modality"])
    if row["publication_year"]:
        yield DCT + "issued", string(row["publication_year"])
    yield from provenance(row)


def _label(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "Concept"
    yield A, AG + "SchemeLabel"
    yield SKOS + "prefLabel", text(row["label"])
    yield SKOS + "inScheme", SCHEME + row["scheme"]
    yield AG + "position", integer(row.integer("position"))
    yield AG + "hasHome", boolean(row["relation"] != "none")
    if row["fallback_primary"]:
        yield AG + "fallbackPrimary", require_concept(row, row["fallback_primary"], concept_slugs())
        yield AG + "fallbackSource", SOURCE + row["fallback_source"]
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield from provenance(row)


def _anchor(row: Row, known: set[str]) -> Iterator[Quad]:
    if row["relation"] not in RELATIONS:
        raise row.error(
            f"expected a relation of {sorted(RELATIONS)} or none, got {row['relation']!r}."
        )
    label = label_iri(row["scheme"], row["label"])
    target = require_concept(row, row["target"], known)
    forth, back = RELATIONS[row["relation"]]
    yield from describe(label, [(forth, target), (AG + "anchoredTo", target)])
    yield from describe(target, [(back, label), (AG + "anchorOf", label)])
    iri = f"{ASSOCIATION}anchor/{row['scheme']}/{slug(row['label'])}/{slug(row['target'])}"
    pairs: list[tuple[str, Object]] = [
        (A, AG + "Association"),
        (AG + "associationFrom", label),
        (AG + "associationTo", target),
        (AG + "associationRelation", forth),
        *provenance(row),
    ]
    yield from describe(iri, pairs)
