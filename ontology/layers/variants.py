"""The tree as other copies print it, line by line, each compared with the concept it stands for here.

Copies of Parrott's tree differ in forms of words, misprints, places and whole lines. What a copy leaves
out is not stored: it is what no line of the copy is compared with.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, SKOS, VARIANT
from affectgraph.ontology.layers.tree import concept_slugs, require_concept, tier_iri
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, describe, provenance, slug, string, text

DIFFERENCES = ("added", "form", "moved", "same", "spelling")
"""How a line differs from the tree: a line the tree lacks, another form of its word, another place, not at
all, a misprint."""


def variant_quads() -> Iterator[Quad]:
    """Yield one resource per line of another copy."""
    known = concept_slugs()
    for row in read_table("tree_variants"):
        yield from describe(variant_iri(row), _variant(row, known))


def variant_iri(row: Row) -> str:
    """Return the IRI of a line of another copy: its version, and the path down to it."""
    path = slug("/".join(filter(None, (row["parent_path"], row["label"]))))
    return f"{VARIANT}{row['version']}/{path}"


def _variant(row: Row, known: set[str]) -> Iterator[tuple[str, Object]]:
    yield A, AG + "VariantEntry"
    yield SKOS + "prefLabel", text(row["label"])
    yield AG + "treeVersion", string(row["version"])
    yield AG + "tier", tier_iri(row["tier"])
    yield AG + "difference", string(row["difference"])
    if row["parent_path"]:
        yield AG + "underLabel", string(row["parent_path"])
    if row["node"]:
        yield AG + "comparedWith", require_concept(row, row["node"], known)
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield from provenance(row)
