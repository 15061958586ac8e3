"""Lexical opposites: concepts whose words WordNet calls antonyms and whose rated values mirror each other.

``opposites_lexical.tsv`` holds the antonym links between words of two concepts, each read sense by
sense; a rejected row says why. A pair of concepts is linked if a row of it is accepted and both are
rated and mirror each other (:mod:`affectgraph.ontology.reflection`). Such a link is graded ``weak``,
below what a theory states, and lookups leave it out unless asked.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ASSOCIATION, PROV, VAD
from affectgraph.ontology.layers.links import association_quads, graded, rated_points
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.layers.vad_words import GLASGOW
from affectgraph.ontology.reflection import is_mirrored
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import Object, concept_iri, provenance, slug, string

REFLECTION_RULE = "antonyms of WordNet 3.0; affectgraph.ontology.reflection.is_mirrored"


def accepted_pairs() -> dict[tuple[str, str], list[Row]]:
    """Return the accepted rows by pair of concepts as tables name them, in file order."""
    known = concept_slugs()
    found: dict[tuple[str, str], list[Row]] = {}
    for row in read_table("opposites_lexical"):
        for column in ("node_a", "node_b"):
            require_concept(row, row[column], known)
        if row["verdict"] == "accept":
            found.setdefault((row["node_a"], row["node_b"]), []).append(row)
    return found


def antonym_quads() -> Iterator[Quad]:
    """Yield the lexical opposites, both ways."""
    points = rated_points()
    for (first, second), rows in accepted_pairs().items():
        start, end = concept_iri(first), concept_iri(second)
        if {start, end} <= points.keys() and is_mirrored(points[start], points[end]):
            pairs = _pairs(first, second, rows)
            for a, b in ((first, second), (second, first)):
                iri = f"{ASSOCIATION}antonym/wordnet-3.0/{slug(a)}/{slug(b)}"
                yield from association_quads(
                    iri, concept_iri(a), concept_iri(b), AG + "oppositeOf", pairs
                )


def _pairs(first: str, second: str, rows: list[Row]) -> list[tuple[str, Object]]:
    places = "; ".join(row["locator"] for row in rows)
    told = [pair for pair in provenance(rows[0]) if pair[0] != AG + "locator"]
    return [
        *told,
        (AG + "locator", string(places)),
        *graded("lexicon", "weak"),
        (AG + "derivedBy", string(REFLECTION_RULE)),
        *((PROV + "wasDerivedFrom", f"{VAD}{GLASGOW}/{slug(node)}") for node in (first, second)),
    ]
