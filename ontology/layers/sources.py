"""The publications, data sets and tools that facts come from, with their licences."""

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, PROV, RDFS, SKOS, SOURCE
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, describe, string, text


def source_quads() -> Iterator[Quad]:
    """Yield one resource per row of ``sources.tsv``."""
    for row in read_table("sources"):
        yield from describe(SOURCE + row["id"], _source(row))


def _source(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, PROV + "Entity"
    yield A, AG + "Source"
    yield SKOS + "notation", string(row["id"])
    yield RDFS + "label", string(row["id"])
    yield DCT + "bibliographicCitation", text(row["citation"])
    yield DCT + "rights", text(row["licence"])
    if row["doi"]:
        yield DCT + "identifier", f"https://doi.org/{quote(row['doi'], safe='/:;()')}"
    if row["url"]:
        yield RDFS + "seeAlso", row["url"]
    if row["role"]:
        yield DCT + "description", text(row["role"])
