"""Which emotion leads to which, from cited claims only; each with its kind of evidence and its grade."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ASSOCIATION, SKOS
from affectgraph.ontology.layers.links import association_quads, graded
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import Object, describe, provenance, slug, text

EVIDENCE_GRADES = {
    "meta-analysis": "strong",
    "experiment": "strong",
    "longitudinal": "moderate",
    "transition-frequencies": "moderate",
    "theory": "weak",
}
"""Kind of evidence -> the best grade it can carry.

``experiment``: the first emotion was induced. ``longitudinal``: it was measured before the second.
``transition-frequencies``: the two follow each other in time series. ``theory``: a theory says so.
Correlation at one time is no evidence for an order and is not carried.
"""


def sequence_quads() -> Iterator[Quad]:
    """Yield the claims that one emotion leads to another, with the inverse of each."""
    known = concept_slugs()
    for row in read_table("leads_to"):
        start = require_concept(row, row["from"], known)
        end = require_concept(row, row["to"], known)
        iri = f"{ASSOCIATION}leads-to/{row['source']}/{slug(row['from'])}/{slug(row['to'])}"
        yield from association_quads(iri, start, end, AG + "leadsTo", _pairs(row))
        yield from describe(end, [(AG + "followsFrom", start)])


def _pairs(row: Row) -> list[tuple[str, Object]]:
    pairs = [
        (AG + "claim", text(row["claim"])),
        *graded(row["evidence"], row["grade"]),
        *provenance(row),
    ]
    if row["note"]:
        pairs.append((SKOS + "note", text(row["note"])))
    return pairs
