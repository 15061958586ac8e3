"""The facts of a graph in words, one stable wording each, so that a model can cite them.

Same graph, same words, same order. The words name the fact: they are the key by which a citation is looked
up, so two facts with the same words are one with the triples of both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, Pattern, PatternAction, SchemeLabel, VadValue
from affectgraph.linkers.model import Candidate
from affectgraph.ontology.iris import AG, LEX, ONTOLEX, SCHEME
from affectgraph.reasoner.constrain import CitableFact
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.model import Fact

FactKind = Literal["tree", "unit", "pattern", "vad", "relation", "label", "word"]
"""What a fact is about: the tree, the name of an action unit, a facial pattern, a VAD value, a relation of
concepts, one of scheme labels, what a word or label stands for."""

_RELATIONS = {
    "coOccursWith": "often occurs together with",
    "composedOf": "is blended from",
    "leadsTo": "can lead to",
    "oppositeOf": "is the opposite of",
    "rarelyCoOccursWith": "rarely occurs together with",
}


@dataclass(frozen=True, slots=True)
class Topics:
    """What a fact touches.

    :param units: FACS codes. :param concepts: slugs; those a scheme's label stands for with them.
    """

    kind: FactKind
    units: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FactIndex:
    """The citable facts of a graph, and which of them touch what.

    :param topics: of each fact, in their order.
    :param by_topic: positions of facts by FACS code and by slug, ascending.
    :param by_text: facts by their words. :param by_subject: the first fact by its first triple's subject.
    """

    facts: tuple[CitableFact, ...]
    topics: tuple[Topics, ...]
    by_topic: Mapping[str, tuple[int, ...]]
    by_text: Mapping[str, CitableFact]
    by_subject: Mapping[str, CitableFact]


Worded = tuple[str, list[Fact], Topics]


def citable_facts(graph: EmotionGraph) -> tuple[CitableFact, ...]:
    """Return what a model can cite of a graph: tree, action units, facial patterns, VAD values, relations.

    By kind, each kind in the order of the graph's index. Made once per graph, in under a second.

    >>> facts = {fact.text: fact for fact in citable_facts(EmotionGraph.load())}
    >>> facts["dread is a kind of fear"].triples[0].predicate
    'http://www.w3.org/2004/02/skos/core#broaderTransitive'
    """
    return fact_index(graph).facts


@lru_cache(maxsize=4)
def fact_index(graph: EmotionGraph) -> FactIndex:
    """Return the citable facts of a graph with their topics; made once per graph, in under a second."""
    worded: dict[str, list[Fact]] = {}
    topics: dict[str, Topics] = {}
    for text, triples, about in _worded(graph, Facts(graph)):
        words = text.translate(_READABLE)
        known = worded.setdefault(words, [])
        known.extend(triple for triple in triples if triple not in known)
        topics.setdefault(words, about)
    by_topic: dict[str, list[int]] = defaultdict(list)
    for position, about in enumerate(topics.values()):
        for topic in dict.fromkeys((*about.units, *about.concepts)):
            by_topic[topic].append(position)
    facts = tuple(CitableFact(text, tuple(triples)) for text, triples in worded.items())
    return FactIndex(
        facts,
        tuple(topics.values()),
        {topic: tuple(positions) for topic, positions in by_topic.items()},
        by_text={fact.text: fact for fact in facts},
        by_subject={fact.triples[0].subject: fact for fact in reversed(facts)},
    )


def word_facts(graph: EmotionGraph, candidates: Iterable[Candidate]) -> Iterator[CitableFact]:
    """Yield what observed words and labels stand for, as facts; a concept's own name makes none.

    :param candidates: of a grounding, or of a mention in a text.
    """
    facts = Facts(graph)
    for candidate in candidates:
        slug, iri = candidate.concept.slug, candidate.concept.iri
        for evidence in candidate.evidence:
            if evidence.iri.startswith(LEX):
                triple = facts.fact(evidence.iri, ONTOLEX + "reference", iri, evidence.source)
                text = f"the word '{evidence.matched}' points to {slug}, by {evidence.source}"
            elif evidence.iri.startswith(SCHEME):
                triple = facts.fact(evidence.iri, AG + "anchoredTo", iri, evidence.source)
                text = f"{_name(evidence.iri)} stands for {slug}, by {evidence.source}"
            else:
                continue
            yield CitableFact(text.translate(_READABLE), (triple,))


_READABLE = str.maketrans("[]\n", "() ")


def _worded(graph: EmotionGraph, facts: Facts) -> Iterator[Worded]:
    index = graph.index
    for concept in index.concepts.values():
        yield from _of_concept(graph, facts, concept)
    for code, unit in index.units.items():
        text = f"{code} is the {unit.name.lower()}"
        yield text, [facts.unit_name(code)], Topics("unit", (code,))
    for pattern in index.patterns:
        yield from _of_pattern(index.concepts, facts, pattern)
    for slug, values in index.vad.items():
        for value in values:
            yield from _of_value(facts, slug, value)
    labels = {label.iri: label for scheme in graph.schemes() for label in scheme.labels}
    for link in index.associations:
        yield _of_association(facts, link, labels)


def _of_concept(graph: EmotionGraph, facts: Facts, concept: Concept) -> Iterator[Worded]:
    name = concept.slug
    about = Topics("tree", (), (name,))
    if not concept.is_emotion:
        if concept.branch:
            text = f"{name} is a state of the branch {concept.branch}"
            yield text, facts.branch(concept), about
        return
    if not concept.is_own:
        yield f"{name} is a {concept.tier} emotion", facts.tier(concept), about
    for slug in concept.path[:-1]:
        ancestor = graph.index.concepts[slug]
        yield f"{name} is a kind of {slug}", facts.ancestor(concept, ancestor), about


def _of_pattern(concepts: dict[str, Concept], facts: Facts, pattern: Pattern) -> Iterator[Worded]:
    """Word what a pattern requires and allows. Blends have no words here: no one concept is expressed."""
    if pattern.is_blend or pattern.concepts[0] not in concepts:
        return
    parts = [" and ".join(map(_alternatives, pattern.required))]
    if pattern.optional:
        parts.append("with " + ", ".join(map(_alternatives, pattern.optional)) + " optional")
    if pattern.excluded:
        parts.append("without " + ", ".join(map(_alternatives, pattern.excluded)))
    units = ", ".join(filter(None, parts))
    groups = (*pattern.required, *pattern.optional, *pattern.excluded)
    codes = dict.fromkeys(action.code for group in groups for action in group)
    if codes:
        text = f"{units} expresses {pattern.concepts[0]}, by {pattern.source} ({pattern.kind})"
        about = Topics("pattern", tuple(codes), pattern.concepts)
        yield text, facts.pattern(pattern, frozenset(codes)), about


def _alternatives(group: tuple[PatternAction, ...]) -> str:
    return " or ".join(dict.fromkeys(action.code + action.grade for action in group))


def _of_value(facts: Facts, slug: str, value: VadValue) -> Iterator[Worded]:
    for dimension in ("valence", "arousal", "dominance"):
        number = f"{getattr(value.mean, dimension):g}"
        text = f"{slug} has {dimension} {number} in -1..1, by {value.source} ({value.origin})"
        yield text, [facts.vad(value, dimension)], Topics("vad", (), (slug,))


def _of_association(facts: Facts, link: Association, labels: Mapping[str, SchemeLabel]) -> Worded:
    start, end = _name(link.start), _name(link.end)
    text = f"{start} {_RELATIONS[link.relation]} {end}, by {link.source}"
    ends = [x for side in (link.start, link.end) for x in _concepts(side, labels)]
    kind: FactKind = "label" if {link.start, link.end} & labels.keys() else "relation"
    return text, [facts.association(link)], Topics(kind, (), tuple(dict.fromkeys(ends)))


def _concepts(end: str, labels: Mapping[str, SchemeLabel]) -> tuple[str, ...]:
    return tuple(a.concept for a in labels[end].anchors) if end in labels else (end,)


def _name(end: str) -> str:
    """Return a concept's slug as it is, a scheme's label as ``label of scheme``."""
    if not end.startswith(SCHEME):
        return end
    scheme, _, label = end.removeprefix(SCHEME).partition("/")
    return f"{label} of {scheme}"
