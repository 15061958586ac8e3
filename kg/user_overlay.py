"""Lays users' own concepts, schemes, words and VAD lexicons over the graph: lookups and linkers find them.

They are read by the packaged queries. What is laid over stays a user's: its source is the user's graph, and
no export of the graph has any of it.
"""

import copy
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store, Triple

from affectgraph.kg.grouped import GROUPED, group_rows
from affectgraph.kg.index import GraphIndex, read_answer, read_schemes
from affectgraph.kg.model import Scheme, Source
from affectgraph.kg.store import OxigraphStore
from affectgraph.kg.user_catalogue import GraphEntry
from affectgraph.kg.user_concept_overlay import with_concepts
from affectgraph.kg.vad_lexicon import lexicon_of
from affectgraph.kg.vad_lookup import with_lexicon
from affectgraph.kg.words import WordForms, concept_slug
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.kg.user_store import UserStore

KINDS = ("concepts", "scheme", "vad", "vocabulary")
"""Kinds of graphs that lookups and linkers see, in the order they are laid; SPARQL alone sees others."""


def laid_over(index: GraphIndex, store: "UserStore", kinds: Collection[str] = KINDS) -> GraphIndex:
    """Return an index with a store's concepts, schemes, vocabularies and lexicons beside the graph's own.

    :param kinds: some of :data:`KINDS`.
    :raises InputError: if two schemes or lexicons have one name, or two graphs one concept.
    """
    entries = [entry for entry in store.entries() if entry.kind in kinds and entry.triples]
    for entry in sorted(entries, key=lambda entry: KINDS.index(entry.kind)):
        index = _with_graph(index, entry, store.triples(entry.iri))
    return index


def _with_graph(index: GraphIndex, entry: GraphEntry, triples: list[Triple]) -> GraphIndex:
    if entry.kind == "vad":
        lexicon = lexicon_of(Quad(t.subject, t.predicate, t.object) for t in triples)
        other = with_lexicon(index, lexicon)
    else:
        is_concepts = entry.kind == "concepts"
        other = with_concepts(index, entry.iri, triples) if is_concepts else copy.copy(index)
        if entry.kind == "scheme":
            other.__dict__["schemes"] = _with_schemes(index, _store(triples), entry)
        if entry.kind == "vocabulary":
            other.__dict__["words"] = _with_words(index, _store(triples))
            other.__dict__["has_own_words"] = True
        other.__dict__["sources"] = {**index.sources, entry.iri: _source(entry)}
    other.__dict__["laid_over"] = index.laid_over | {entry.iri}
    return other


def _store(triples: list[Triple]) -> OxigraphStore:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return OxigraphStore(store)


def _source(entry: GraphEntry) -> Source:
    return Source(
        iri=entry.iri,
        id=entry.iri,
        citation=f"{entry.source or entry.name or entry.iri}; a user's own, not part of the graph",
        licence=entry.licence or "not said",
        doi="",
        url="",
    )


def schemes_of(triples: list[Triple]) -> tuple[Scheme, ...]:
    """Return the schemes of a user's graph."""
    return tuple(_named(scheme) for scheme in read_schemes(_store(triples)))


def _named(scheme: Scheme) -> Scheme:
    """Return a scheme whose labels name it by its name, whatever its IRI ends in."""
    labels = tuple(replace(label, scheme=scheme.name) for label in scheme.labels)
    return replace(scheme, labels=labels)


def _with_schemes(index: GraphIndex, store: OxigraphStore, entry: GraphEntry) -> dict[str, Scheme]:
    found = dict(index.schemes)
    for scheme in (_at_home(_named(scheme), index) for scheme in read_schemes(store)):
        if scheme.name in found:
            raise InputError(
                f"Expected each name of a scheme once, got {scheme.name!r} of {entry.iri} again. Rename it."
            )
        found[scheme.name] = scheme
    return dict(sorted(found.items()))


def _at_home(scheme: Scheme, index: GraphIndex) -> Scheme:
    """Return a scheme whose labels stand for concepts that are there."""
    labels = tuple(
        replace(label, anchors=tuple(a for a in label.anchors if a.concept in index.concepts))
        for label in scheme.labels
    )
    return replace(scheme, labels=labels)


def _with_words(index: GraphIndex, store: OxigraphStore) -> WordForms:
    names, rows = read_answer(store, "forms")
    concept = names.index("concept")
    rows = [row for row in rows if concept_slug(row[concept]) in index.concepts]
    return index.words.beside(names, group_rows(names, rows, GROUPED["forms"]))
