"""Other writings of schemes' labels in data files: abbreviations, codes, numbers, spellings, names.

A label gets the writing itself (``skos:altLabel`` for words, ``skos:notation`` for codes and numbers)
and a node that says where it was read.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, ALIAS, SKOS
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, describe, provenance, slug, string, text

WORDS = frozenset({"abbreviation", "name", "spelling"})
"""Kinds of alias that are words: short forms, other names, other spellings."""
SIGNS = frozenset({"code", "number"})
"""Kinds of alias that are signs, which mean nothing outside their scheme."""


def alias_iri(scheme: str, alias: str) -> str:
    """Return the IRI of an alias; within a scheme an alias belongs to one label.

    >>> alias_iri("crema-d", "ANG")
    'https://w3id.org/affectgraph/alias/crema-d/ang'
    """
    return f"{ALIAS}{scheme}/{slug(alias)}"


def alias_quads() -> Iterator[Quad]:
    """Yield the aliases of schemes' labels.

    :raises OntologyError: if a row is of no known kind.
    """
    for row in read_table("scheme_label_aliases"):
        label = label_iri(row["scheme"], row["label"])
        yield from describe(label, [_writing(row)])
        yield from describe(alias_iri(row["scheme"], row["alias"]), _alias(row, label))


def _writing(row: Row) -> tuple[str, Object]:
    if row["kind"] in WORDS:
        return SKOS + "altLabel", text(row["alias"])
    if row["kind"] in SIGNS:
        return SKOS + "notation", string(row["alias"])
    raise row.error(f"expected a kind of {sorted(WORDS | SIGNS)}, got {row['kind']!r}.")


def _alias(row: Row, label: str) -> Iterator[tuple[str, Object]]:
    yield A, AG + "LabelAlias"
    yield AG + "aliasOf", label
    yield AG + "aliasText", string(row["alias"])
    yield AG + "aliasKind", string(row["kind"])
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield from provenance(row)
