"""Opposites and blends: between the labels of the theory that says so, and derived for concepts.

A theory speaks of its own labels (Plutchik's joy is the label ``plutchik-8/joy``). The link between
concepts is derived: where both labels are anchored by an exact match, their targets get it, with the
theory as source and ``ag:derivedBy`` saying so. A close match is not enough: the theory would be
credited with a pair it never made.

An opposite is graded ``strong`` if the rated values of the two concepts mirror each other, ``weak`` if
the pair could not be confirmed, else ``moderate``. A blend is ``moderate``, or ``weak`` unconfirmed:
nothing here tests it.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, SKOS
from affectgraph.ontology.layers.links import (
    ANCHOR_RULE,
    Anchors,
    exact_anchors,
    graded,
    known_label,
    link_quads,
    rated_points,
)
from affectgraph.ontology.reflection import Point, is_mirrored
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import Object, describe, string, text


def relation_quads() -> Iterator[Quad]:
    """Yield opposites and dyads with their derived concept-level links."""
    anchors = exact_anchors()
    points = rated_points()
    for row in read_table("opposites"):
        yield from _opposites(row, anchors, points)
    for row in read_table("dyads"):
        yield from _dyad(row, anchors)


def opposite_grade(
    row: Row, starts: list[str], ends: list[str], points: Mapping[str, Point]
) -> str:
    """Return the grade of a published pair, by confidence and by the rated values of its concepts."""
    if row["confidence"] == "low":
        return "weak"
    rated = [(points[a], points[b]) for a, b in product(starts, ends) if {a, b} <= points.keys()]
    return "strong" if rated and all(is_mirrored(a, b) for a, b in rated) else "moderate"


def _opposites(row: Row, anchors: Anchors, points: Mapping[str, Point]) -> Iterator[Quad]:
    first = known_label(row, row["scheme_a"], row["label_a"], anchors)
    second = known_label(row, row["scheme_b"], row["label_b"], anchors)
    grade = opposite_grade(row, anchors[first], anchors[second], points)
    said = [(AG + "theory", string(row["theory"])), *graded("theory", grade)]
    if row["level"]:
        said.append((AG + "level", string(row["level"])))
    if row["note"]:
        said.append((SKOS + "note", text(row["note"])))
    derived = [*said, (AG + "derivedBy", string(ANCHOR_RULE))]
    pairs = [(first, second, said)]
    pairs += [(a, b, derived) for a, b in product(anchors[first], anchors[second]) if a != b]
    for start, end, extra in pairs:
        yield from link_quads("opposite", row, start, end, AG + "oppositeOf", extra)
        yield from link_quads("opposite", row, end, start, AG + "oppositeOf", extra)


def _dyad(row: Row, anchors: Anchors) -> Iterator[Quad]:
    dyad = known_label(row, "plutchik-dyads", row["dyad"], anchors)
    parts = [
        known_label(row, "plutchik-8", row[column], anchors)
        for column in ("component_a", "component_b")
    ]
    grade = "weak" if row["confidence"] == "low" else "moderate"
    said: list[tuple[str, Object]] = [
        (AG + "level", string(row["level"])),
        *graded("theory", grade),
    ]
    if row["variant_name"]:
        said.append((SKOS + "altLabel", text(row["variant_name"])))
    if row["note"]:
        said.append((SKOS + "note", text(row["note"])))
    derived = [*said, (AG + "derivedBy", string(ANCHOR_RULE))]
    for part in parts:
        links = [(dyad, part, said)]
        links += [(a, b, derived) for a, b in product(anchors[dyad], anchors[part]) if a != b]
        for start, end, extra in links:
            yield from link_quads("blend", row, start, end, AG + "composedOf", extra)
            yield from describe(end, [(AG + "componentOf", start)])
