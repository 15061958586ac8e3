"""The graph's own reasoning: what it concludes of an observation without a model, and a rationale for it."""

from collections.abc import Iterable, Iterator

from affectgraph.kg.faces import by_authority, grade_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, VadValue
from affectgraph.reasoner.channels import branch
from affectgraph.reasoner.citable import fact_index
from affectgraph.reasoner.constrain import Statement
from affectgraph.reasoner.retrieve import GroundedEvidence

DECIDES = 0.5
"""Share from which a concept, or else a primary's whole branch, is concluded. Set by judgement."""

CLEAR_VALENCE = 0.2
"""A measured valence of more than this has a side; the band that the checker contradicts beyond."""

MOST_OPEN = 3
"""Candidates that are explained where none is concluded."""

MOST_WORDS = 3
"""Words of the text and labels that the rationale explains."""


def concluded(graph: EmotionGraph, evidence: GroundedEvidence) -> Concept | None:
    """Return what the evidence decides for: the best candidate, else the primary of its branch, else None."""
    if not is_decided(evidence):
        return None
    best = evidence.candidates[0]
    return best.concept if best.share >= DECIDES else graph.index.concepts[branch(best.concept)]


def is_decided(evidence: GroundedEvidence) -> bool:
    """Return whether the evidence decides: the best candidate's branch has half of the shares or more."""
    if not evidence.is_known:
        return False
    name = branch(evidence.candidates[0].concept)
    return sum(c.share for c in evidence.candidates if branch(c.concept) == name) >= DECIDES


def graph_statements(
    graph: EmotionGraph, evidence: GroundedEvidence, conclusion: Concept | None
) -> tuple[Statement, ...]:
    """Return a rationale written from triples: a sentence each, with the fact it rests on.

    :param conclusion: as :func:`concluded` gives it; None leaves the matter open.
    """
    open_ = [c.concept for c in evidence.candidates[:MOST_OPEN]] if evidence.is_known else []
    targets = [conclusion] if conclusion is not None else open_
    return (
        *_of_face(graph, evidence, targets),
        *_of_words(evidence),
        *(statement for target in targets for statement in _of_concept(graph, target)),
        Statement(_last(evidence, conclusion), None),
    )


def _of_face(
    graph: EmotionGraph, evidence: GroundedEvidence, targets: Iterable[Concept]
) -> Iterator[Statement]:
    shown = evidence.shown
    if not shown:
        return
    yield Statement(f"The face shows {_listed(shown)}.", None)
    index = fact_index(graph)
    texts = index.by_text
    for code in shown:
        name = graph.index.units[code].name.lower()
        yield Statement(f"{code} is the {name}.", texts.get(f"{code} is the {name}"))
    readings = evidence.readings
    tool = readings.detector if readings is not None and readings.detector.codes else None
    graded = grade_patterns(graph.index, shown, detector=tool)
    for target in targets:
        fitting = [e for e in graded if e.concept.slug == target.slug and not e.against]
        if fitting:
            best = max(fitting, key=by_authority)
            met = [code for code in shown if code in best.met]
            verb = "suggest" if len(met) > 1 else "suggests"
            fact = index.by_subject.get(best.pattern.iri)
            yield Statement(f"{_listed(met)} {verb} {target.label}.", fact)


def _of_words(evidence: GroundedEvidence) -> Iterator[Statement]:
    facts = list(dict.fromkeys(f for channel in evidence.channels for f in channel.facts))
    for fact in facts[:MOST_WORDS]:
        yield Statement(f"{fact.text[0].upper()}{fact.text[1:]}.", fact)


def _of_concept(graph: EmotionGraph, concept: Concept) -> Iterator[Statement]:
    texts = fact_index(graph).by_text
    name = concept.label.capitalize()
    if concept.is_emotion:
        for slug in concept.path[:-1][:1]:
            fact = texts.get(f"{concept.slug} is a kind of {slug}")
            yield Statement(f"{name} is a kind of {graph.index.concepts[slug].label}.", fact)
        if len(concept.path) == 1:
            fact = texts.get(f"{concept.slug} is a primary emotion")
            yield Statement(f"{name} is a primary emotion.", fact)
    value = next((v for v in graph.vad(concept.slug) if _has_side(v)), None)
    if value is not None:
        side = "positive" if value.mean.valence > 0 else "negative"
        number = f"{value.mean.valence:g}"
        text = f"{concept.slug} has valence {number} in -1..1, by {value.source} ({value.origin})"
        yield Statement(f"{name} has {side} valence.", texts.get(text))


def _has_side(value: VadValue) -> bool:
    return value.is_measured and abs(value.mean.valence) > CLEAR_VALENCE


def _last(evidence: GroundedEvidence, conclusion: Concept | None) -> str:
    if conclusion is not None:
        return f"Overall, this is {conclusion.label}."
    if not evidence.is_known:
        return "The graph knows nothing of what was observed, so the emotion stays undetermined."
    return "The evidence does not decide, so the emotion stays undetermined."


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
