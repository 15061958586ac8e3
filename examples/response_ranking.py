"""Ranks ways to answer by how the graph relates what was said to the emotions each way is for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from measures import read_jsonl
from text_emotions import Felt, vad_of

import affectgraph
from affectgraph.kg.model import Concept

STEP = 0.15
"""What one step down the tree costs: a reply for anger suits fury a little less than one for fury."""

WIDER = 0.5
"""A reply for a narrower emotion than the one named: it may fit, and it presumes something."""

SAME_BRANCH = 0.4
LEADS_TO = 0.3
NEAR_IN_VAD = 0.2
OPPOSITE = -0.5
INVITATION = 0.25
"""What the open question scores always: it wins where nothing in the text says more."""

FARTHEST = math.sqrt(12)
"""Distance of two opposite corners of the VAD cube of -1..1."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to answer.

    :param esconv: the support strategy of ESConv it belongs to.
    :param suits: slugs of the emotions it is for; empty for the open question, which suits any.
    """

    id: str
    esconv: str
    suits: tuple[str, ...]
    what: str
    reply: str

    @property
    def is_glad(self) -> bool:
        """Whether all emotions it is for are kinds of joy or love."""
        graph = affectgraph.load()
        return bool(self.suits) and {graph.concept(s).primary for s in self.suits} <= {
            "joy",
            "love",
        }


@dataclass(frozen=True, slots=True)
class Ranked:
    """A strategy with its score and why: emotion found, relation, emotion it is for."""

    strategy: Strategy
    score: float
    why: str


def read_strategies() -> list[Strategy]:
    """Return the strategies, in the order of the file."""
    records = read_jsonl("response_strategies.jsonl")
    return [Strategy(**{**record, "suits": tuple(record["suits"])}) for record in records]


@cache
def relation(found: str, suited: str) -> tuple[float, str]:
    """Return how well a reply for one emotion suits another that was found, and by what relation.

    The values are set by hand, from -0.5 to 1.

    >>> relation("fury", "anger")
    (0.7, 'below')
    >>> relation("joy", "sadness")
    (-0.5, 'opposite')
    """
    graph = affectgraph.load()
    first, second = graph.concept(found), graph.concept(suited)
    if first.slug == second.slug:
        return 1.0, "same"
    if second.slug in first.path:
        return 1 - STEP * (len(first.path) - len(second.path)), "below"
    if first.slug in second.path:
        return WIDER, "above"
    if graph.common_ancestor(found, suited) is not None:
        return SAME_BRANCH, "same branch"
    return _across(first, second)


def _across(first: Concept, second: Concept) -> tuple[float, str]:
    """Return how emotions of two branches are related; opposites are looked for up the tree."""
    graph = affectgraph.load()
    opposites = {link.end for slug in first.path or (first.slug,) for link in graph.opposites(slug)}
    if opposites & set(second.path):
        return OPPOSITE, "opposite"
    if any(link.end == second.slug for link in graph.associations(first.slug, relation="leadsTo")):
        return LEADS_TO, "leads to"
    return _nearness(first, second), "near in VAD"


def _nearness(first: Concept, second: Concept) -> float:
    """Return up to NEAR_IN_VAD, the more the nearer the two are; 0 without values."""
    here, there = vad_of(first), vad_of(second)
    if here is None or there is None:
        return 0.0
    squares = (
        (here.valence - there.valence) ** 2,
        (here.arousal - there.arousal) ** 2,
        (here.dominance - there.dominance) ** 2,
    )
    return NEAR_IN_VAD * (1 - math.sqrt(sum(squares)) / FARTHEST)


def rank(found: Sequence[Felt], strategies: Sequence[Strategy]) -> list[Ranked]:
    """Return all strategies, best first; at a tie, the one earlier in the list.

    A glad reply to somebody unhappy does more harm than an open question to somebody glad. So words
    that only suggest an emotion never choose a glad one.
    """
    said = [felt for felt in found if not felt.is_denied]
    ranked = [_ranked(said, strategy) for strategy in strategies]
    return sorted(ranked, key=lambda entry: -entry.score)


def _ranked(said: Sequence[Felt], strategy: Strategy) -> Ranked:
    if not strategy.suits:
        return Ranked(strategy, INVITATION, "suits any")
    total = sum(felt.weight for felt in said)
    score, best = 0.0, (0.0, "nothing found")
    for felt in said:
        if strategy.is_glad and felt.is_weak:
            continue
        name = _in_tree(felt.concept)
        (value, kind), suited = max((relation(name, slug), slug) for slug in strategy.suits)
        score += felt.weight / total * value
        best = max(best, (felt.weight * value, f"{name}: {kind} {suited}"))
    return Ranked(strategy, score, best[1])


def _in_tree(concept: Concept) -> str:
    """Return the emotion a state comes nearest to, if the graph names one."""
    return concept.slug if concept.is_emotion or concept.related is None else concept.related
