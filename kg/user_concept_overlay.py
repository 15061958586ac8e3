"""Lays concepts of a user's own over an index: by name, place, label, value and mapping."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Triple

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import OWN_ORIGIN, VadValue
from affectgraph.kg.model import Mapping as Match
from affectgraph.kg.user_concepts import OwnConcept, own_concepts, placed, require_concepts
from affectgraph.kg.words import concept_slug
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import SEMAPV


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A text that names a concept of a user's own, in any language.

    :param concept: slug of the concept.
    :param is_preferred: whether it is a preferred label, and no other one.
    """

    text: str
    concept: str
    is_preferred: bool


def with_concepts(index: GraphIndex, iri: str, triples: Iterable[Triple]) -> GraphIndex:
    """Return an index with a graph's concepts beside those it has.

    :param iri: of the graph, which is their source.
    :raises InputError: if a concept is there already, or has a fault of :func:`concept_faults`.
    """
    concepts = own_concepts(triples)
    known = {c.iri: c for c in index.concepts.values() if not c.is_own}
    require_concepts(concepts, known)
    found = placed(concepts, known, iri)
    for slug in found:
        if slug in index.concepts:
            raise InputError(f"Expected each concept in one graph, got {slug} of {iri} again.")
    other = copy.copy(index)
    other.__dict__["concepts"] = {**index.concepts, **found}
    other.__dict__["own_labels"] = (*index.own_labels, *_labels(concepts))
    other.__dict__["vad"] = {**index.vad, **_values(concepts, iri)}
    other.__dict__["mappings"] = {**index.mappings, **_mappings(concepts, iri)}
    other.__dict__["has_own_words"] = True
    return other


def _labels(concepts: Iterable[OwnConcept]) -> Iterator[OwnLabel]:
    for concept in concepts:
        seen: set[str] = set()
        for texts, is_preferred in ((concept.labels, True), (concept.aliases, False)):
            for _, text in texts:
                if text.casefold() not in seen:
                    seen.add(text.casefold())
                    yield OwnLabel(text, concept.slug, is_preferred)


def _values(concepts: Iterable[OwnConcept], source: str) -> dict[str, tuple[VadValue, ...]]:
    return {
        concept.slug: (
            VadValue(
                iri=concept.iri,
                mean=concept.vad,
                spread=(0.0, 0.0, 0.0),
                match="exact",
                form=concept.labels[0][1],
                raters=None,
                source=source,
                derived_by=None,
                origin=OWN_ORIGIN,
            ),
        )
        for concept in concepts
        if concept.vad is not None
    }


def _mappings(concepts: Iterable[OwnConcept], graph: str) -> dict[str, tuple[Match, ...]]:
    return {
        concept.slug: tuple(
            Match(
                iri=concept.iri,
                concept=concept.slug,
                resource=concept_slug(graph),
                term=term,
                label="",
                gloss="",
                predicate=predicate,
                is_accepted=True,
                justification=SEMAPV + "ManualMappingCuration",
                reason="",
                confidence="",
                also=(),
                parents=(),
            )
            for predicate, term in concept.matches
        )
        for concept in concepts
        if concept.matches
    }
