"""Terms that were released and are no longer used: they stay, with the reason and what replaces them."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import DCT, OWL, RDFS, SKOS, expand
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, boolean, describe, provenance, text

TYPES = {
    "class": OWL + "DeprecatedClass",
    "property": OWL + "DeprecatedProperty",
    "concept": SKOS + "Concept",
    "label": SKOS + "Concept",
    "scheme": SKOS + "ConceptScheme",
}
"""Kind of a term -> the class it keeps; kinds that are missing here keep none."""


def deprecated_quads() -> Iterator[Quad]:
    """Yield what is left of every deprecated term."""
    for row in read_table("deprecated"):
        yield from describe(_iri(row, "term"), _deprecated(row))


def _iri(row: Row, column: str) -> str:
    try:
        return expand(row[column])
    except InputError as error:
        raise row.error(f"{column}: {error}") from error


def _deprecated(row: Row) -> Iterator[tuple[str, Object]]:
    if row["kind"] in TYPES:
        yield A, TYPES[row["kind"]]
    yield OWL + "deprecated", boolean(True)
    yield RDFS + "label", text(row["label"])
    yield SKOS + "historyNote", text(f"Deprecated in {row['version']}: {row['reason']}")
    if row["replaced_by"]:
        yield DCT + "isReplacedBy", _iri(row, "replaced_by")
    yield from provenance(row)
