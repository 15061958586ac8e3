"""Alignments to other vocabularies: the terms, a match triple per accepted decision, a node per decision.

A match is a SKOS mapping property, written from both ends, never an OWL equivalence: the terms are
classes of other ontologies, synsets and items, and what is said of them there does not follow here. A
rejected match has a node that says so (``sssom:predicate_modifier``) and no triple.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Quad

from affectgraph.ontology.alignments import Alignment, alignments, expand_term
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, DCT, MAPPING, RDFS, SEMAPV, SKOS, SSSOM
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
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

BACK: Final = {
    "skos:exactMatch": "skos:exactMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:narrowMatch": "skos:broadMatch",
    "skos:relatedMatch": "skos:relatedMatch",
}
"""Property from the concept -> property back from the term."""


def alignment_quads() -> Iterator[Quad]:
    """Yield the terms of other vocabularies, the match triples and the mapping nodes.

    :raises OntologyError: if a row names an unknown concept or term, or an identifier is malformed.
    """
    for row in read_table("external_terms"):
        yield from describe(_term_iri(row, row["term"]), _term(row))
    known = concept_slugs()
    for alignment in alignments():
        require_concept(alignment.row, alignment.concept, known)
        yield from _mapping(alignment)


def _term_iri(row: Row, name: str) -> str:
    try:
        return expand_term(name)
    except InputError as error:
        raise row.error(str(error)) from error


def _term(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, AG + "ExternalTerm"
    yield RDFS + "label", text(row["label"])
    yield AG + "termResource", string(row["resource"])
    if row["gloss"]:
        yield SKOS + "definition", text(row["gloss"])
    for name in row["parents"].split():
        yield AG + "externalParent", _term_iri(row, name)
    for name in row["same_as"].split():
        yield AG + "alsoIdentifiedBy", _term_iri(row, name)
    yield from provenance(row)


def mapping_iri(alignment: Alignment) -> str:
    """Return the IRI of a decision's node: resource, concept and the term's last part.

    Items of vocabularies have their vocabulary in front, since names recur.
    """
    last = alignment.term.rstrip("/").rpartition("/")[2]
    item = f"{slug(alignment.vocabulary.rpartition('#')[2])}-" if alignment.vocabulary else ""
    return f"{MAPPING}{alignment.resource}/{slug(alignment.concept)}/{item}{slug(last)}"


def _mapping(alignment: Alignment) -> Iterator[Quad]:
    concept = concept_iri(alignment.concept)
    predicate = SKOS + alignment.predicate.removeprefix("skos:")
    back = SKOS + BACK[alignment.predicate].removeprefix("skos:")
    pairs: list[tuple[str, Object]] = [
        (A, AG + "Mapping"),
        (A, SSSOM + "Mapping"),
        (AG + "mappedConcept", concept),
        (AG + "mappedTerm", alignment.term),
        (AG + "mappingPredicate", predicate),
        (AG + "termResource", string(alignment.resource)),
        (SSSOM + "mapping_justification", SEMAPV + alignment.justification.partition(":")[2]),
        (SKOS + "note", text(alignment.reason)),
        *provenance(alignment.row),
    ]
    if not alignment.is_accepted:
        pairs.append((SSSOM + "predicate_modifier", string("Not")))
    yield from describe(mapping_iri(alignment), pairs)
    if alignment.vocabulary:
        yield from describe(alignment.term, [(DCT + "isPartOf", alignment.vocabulary)])
    if alignment.is_accepted:
        for term in (alignment.term, *alignment.also):
            yield from describe(concept, [(predicate, term)])
            yield from describe(term, [(back, concept)])
