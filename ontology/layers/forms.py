"""Word forms of concepts as OntoLex lexical entries."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, LEX, LEXINFO, ONTOLEX, RDFS, SKOS
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, describe, provenance, slug, string, text

PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb"}


def form_quads() -> Iterator[Quad]:
    """Yield one lexical entry per (form, part of speech), with a sense per concept it denotes."""
    known = concept_slugs()
    for row in read_table("forms"):
        concept = require_concept(row, row["node"], known)
        entry = f"{LEX}{slug(row['form'])}-{row['pos']}"
        sense = f"{entry}/{slug(row['node'])}"
        yield from describe(entry, _entry(row, entry, sense, concept))
        yield from describe(
            f"{entry}/form",
            [(A, ONTOLEX + "Form"), (ONTOLEX + "writtenRep", text(row["form"]))],
        )
        yield from describe(sense, _sense(row, entry, concept))
        yield from describe(
            concept, [(ONTOLEX + "isDenotedBy", entry), (ONTOLEX + "isReferenceOf", sense)]
        )


def _entry(row: Row, entry: str, sense: str, concept: str) -> Iterator[tuple[str, Object]]:
    if row["pos"] not in PARTS_OF_SPEECH:
        raise row.error(f"expected pos of {sorted(PARTS_OF_SPEECH)}, got {row['pos']!r}.")
    yield A, ONTOLEX + "LexicalEntry"
    yield RDFS + "label", text(row["form"])
    yield ONTOLEX + "canonicalForm", f"{entry}/form"
    yield LEXINFO + "partOfSpeech", LEXINFO + PARTS_OF_SPEECH[row["pos"]]
    yield ONTOLEX + "sense", sense
    yield ONTOLEX + "denotes", concept


def _sense(row: Row, entry: str, concept: str) -> Iterator[tuple[str, Object]]:
    yield A, ONTOLEX + "LexicalSense"
    yield ONTOLEX + "reference", concept
    yield ONTOLEX + "isSenseOf", entry
    yield AG + "formRelation", string(row["relation"])
    if row["role"]:
        yield AG + "role", string(row["role"])
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    yield from provenance(row)
