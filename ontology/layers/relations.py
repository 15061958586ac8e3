"""Opposites and blends: between the labels of the theory that says so, and derived for concepts.

A theory speaks of its own labels (Plutchik's joy is the label ``plutchik-8/joy``). The link between
concepts is derived: where both labels are anchored by an exact match, their targets get it, with the
theory as source and ``ag:derivedBy`` saying so. A close match is not enough: the theory would be
credited with a pair it never made.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ASSOCIATION, SKOS
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    concept_iri,
    describe,
    provenance,
    slug,
    string,
    text,
)

ANCHOR_RULE = "exact anchors of the labels a theory relates"


def relation_quads() -> Iterator[Quad]:
    """Yield opposites and dyads with their derived concept-level links."""
    anchors = _anchors()
    for row in read_table("opposites"):
        yield from _opposites(row, anchors)
    for row in read_table("dyads"):
        yield from _dyad(row, anchors)


def _anchors() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("scheme_labels"):
        found.setdefault(label_iri(row["scheme"], row["label"]), [])
        if row["relation"] == "exact":
            found[label_iri(row["scheme"], row["label"])].append(concept_iri(row["target"]))
    return dict(found)


def _known_label(row: Row, scheme: str, label: str, anchors: dict[str, list[str]]) -> str:
    iri = label_iri(scheme, label)
    if iri not in anchors:
        raise row.error(f"expected a label of scheme {scheme!r}, got {label!r}.")
    return iri


def _association(
    kind: str, row: Row, start: str, end: str, relation: str, extra: list[tuple[str, Object]]
) -> Iterator[Quad]:
    name = "/".join(slug(iri.removeprefix("https://w3id.org/affectgraph/")) for iri in (start, end))
    pairs: list[tuple[str, Object]] = [
        (A, AG + "Association"),
        (AG + "associationFrom", start),
        (AG + "associationTo", end),
        (AG + "associationRelation", relation),
        *extra,
        *provenance(row),
    ]
    yield from describe(f"{ASSOCIATION}{kind}/{row['source']}/{name}", pairs)
    yield from describe(start, [(relation, end)])


def _opposites(row: Row, anchors: dict[str, list[str]]) -> Iterator[Quad]:
    first = _known_label(row, row["scheme_a"], row["label_a"], anchors)
    second = _known_label(row, row["scheme_b"], row["label_b"], anchors)
    said: list[tuple[str, Object]] = [(AG + "theory", string(row["theory"]))]
    if row["level"]:
        said.append((AG + "level", string(row["level"])))
    if row["note"]:
        said.append((SKOS + "note", text(row["note"])))
    derived = [*said, (AG + "derivedBy", string(ANCHOR_RULE))]
    pairs = [(first, second, said)]
    pairs += [(a, b, derived) for a, b in product(anchors[first], anchors[second]) if a != b]
    for start, end, extra in pairs:
        yield from _association("opposite", row, start, end, AG + "oppositeOf", extra)
        yield from _association("opposite", row, end, start, AG + "oppositeOf", extra)


def _dyad(row: Row, anchors: dict[str, list[str]]) -> Iterator[Quad]:
    dyad = _known_label(row, "plutchik-dyads", row["dyad"], anchors)
    parts = [
        _known_label(row, "plutchik-8", row[column], anchors)
        for column in ("component_a", "component_b")
    ]
    said: list[tuple[str, Object]] = [(AG + "level", string(row["level"]))]
    if row["variant_name"]:
        said.append((SKOS + "altLabel", text(row["variant_name"])))
    if row["note"]:
        said.append((SKOS + "note", text(row["note"])))
    derived = [*said, (AG + "derivedBy", string(ANCHOR_RULE))]
    for part in parts:
        links = [(dyad, part, said)]
        links += [(a, b, derived) for a, b in product(anchors[dyad], anchors[part]) if a != b]
        for start, end, extra in links:
            yield from _association("blend", row, start, end, AG + "composedOf", extra)
            yield from describe(end, [(AG + "componentOf", start)])
