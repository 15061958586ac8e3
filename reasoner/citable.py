"""The facts of a graph in words, one stable wording each, so that a model can cite them.

Same graph, same words, same order. The words name the fact: they are the key by which a citation is looked
up, so two facts with the same words are one with the triples of both.
"""

from collections.abc import Iterator
from functools import lru_cache

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, Pattern, PatternAction, VadValue
from affectgraph.ontology.iris import SCHEME
from affectgraph.reasoner.constrain import CitableFact
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.model import Fact

_RELATIONS = {
    "coOccursWith": "often occurs together with",
    "composedOf": "is blended from",
    "leadsTo": "can lead to",
    "oppositeOf": "is the opposite of",
    "rarelyCoOccursWith": "rarely occurs together with",
}

Worded = tuple[str, list[Fact]]


@lru_cache(maxsize=4)
def citable_facts(graph: EmotionGraph) -> tuple[CitableFact, ...]:
    """Return what a model can cite of a graph: tree, action units, facial patterns, VAD values, relations.

    By kind, each kind in the order of the graph's index. Made once per graph, in under a second.

    >>> facts = {fact.text: fact for fact in citable_facts(EmotionGraph.load())}
    >>> facts["dread is a kind of fear"].triples[0].predicate
    'http://www.w3.org/2004/02/skos/core#broaderTransitive'
    """
    worded: dict[str, list[Fact]] = {}
    for text, triples in _worded(graph, Facts(graph)):
        known = worded.setdefault(text.translate(_READABLE), [])
        known.extend(triple for triple in triples if triple not in known)
    return tuple(CitableFact(text, tuple(triples)) for text, triples in worded.items())


_READABLE = str.maketrans("[]\n", "() ")


def _worded(graph: EmotionGraph, facts: Facts) -> Iterator[Worded]:
    index = graph.index
    for concept in index.concepts.values():
        yield from _of_concept(graph, facts, concept)
    for code, unit in index.units.items():
        yield f"{code} is the {unit.name.lower()}", [facts.unit_name(code)]
    for pattern in index.patterns:
        yield from _of_pattern(index.concepts, facts, pattern)
    for slug, values in index.vad.items():
        for value in values:
            yield from _of_value(facts, slug, value)
    for link in index.associations:
        yield _of_association(facts, link)


def _of_concept(graph: EmotionGraph, facts: Facts, concept: Concept) -> Iterator[Worded]:
    name = concept.slug
    if not concept.is_emotion:
        if concept.branch:
            yield f"{name} is a state of the branch {concept.branch}", [facts.branch(concept)]
        return
    yield f"{name} is a {concept.tier} emotion", [facts.tier(concept)]
    for slug in concept.path[:-1]:
        ancestor = graph.index.concepts[slug]
        yield f"{name} is a kind of {slug}", [facts.ancestor(concept, ancestor)]


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
    codes = frozenset(action.code for group in groups for action in group)
    if codes:
        text = f"{units} expresses {pattern.concepts[0]}, by {pattern.source} ({pattern.kind})"
        yield text, facts.pattern(pattern, codes)


def _alternatives(group: tuple[PatternAction, ...]) -> str:
    return " or ".join(dict.fromkeys(action.code + action.grade for action in group))


def _of_value(facts: Facts, slug: str, value: VadValue) -> Iterator[Worded]:
    for dimension in ("valence", "arousal", "dominance"):
        number = f"{getattr(value.mean, dimension):g}"
        text = f"{slug} has {dimension} {number} in -1..1, by {value.source} ({value.origin})"
        yield text, [facts.vad(value, dimension)]


def _of_association(facts: Facts, link: Association) -> Worded:
    start, end = _name(link.start), _name(link.end)
    text = f"{start} {_RELATIONS[link.relation]} {end}, by {link.source}"
    return text, [facts.association(link)]


def _name(end: str) -> str:
    """Return a concept's slug as it is, a scheme's label as ``label of scheme``."""
    if not end.startswith(SCHEME):
        return end
    scheme, _, label = end.removeprefix(SCHEME).partition("/")
    return f"{label} of {scheme}"
