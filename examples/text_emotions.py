"""Reads which emotions a text names: mentions, what denies them, and a vote over the six primaries.

The three examples share this. It estimates what a text is said to express; it diagnoses nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import affectgraph
from affectgraph.kg.model import Concept, Vad
from affectgraph.linkers import Lexicon, Mention, find_mentions, normalise

PRIMARIES = ("anger", "fear", "joy", "love", "sadness", "surprise")
NEUTRAL = "neutral"

ROLE_WEIGHT = {"state": 1.0, "expression": 0.9, "act": 0.8, "stimulus": 0.8}
"""How much a word says of the feeler, by its role; set by hand, not fitted. ``state`` names the feeling,
the others point to it."""

OTHER_ROLE = 0.6

DENIAL_REACH = 3
"""Words between a negation and what it still denies."""

_DENIAL = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|neither|nor|without|cannot|hardly|\w+n['\u2019]t)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.,;:!?()\u2014]|\b(?:but|though|although|only|just)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Felt:
    """A mention with one of its readings.

    :param weight: in 0..1: the role's weight times the reading's share among the mention's readings.
    :param is_denied: whether a negation stands shortly before it ("not happy").
    :param is_weak: whether the word's common meaning is another, or it only suggests the emotion.
    """

    mention: Mention
    concept: Concept
    weight: float
    is_denied: bool
    is_weak: bool


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads texts with the words of a graph."""

    lexicon: Lexicon

    def read(self, text: str) -> list[Felt]:
        """Return every reading of every emotion word, in the order of the text.

        Words whose common meaning is another, or that only suggest an emotion ("blue", "mad"), count
        only where no other word has a vote.
        """
        found = self._felt(text, weak=False)
        return found if votes(found) else self._felt(text, weak=True)

    def _felt(self, text: str, *, weak: bool) -> list[Felt]:
        return [
            felt
            for mention in find_mentions(text, self.lexicon, weak=weak)
            for felt in self._readings(mention, denied=is_denied(text, mention.start))
        ]

    def _readings(self, mention: Mention, *, denied: bool) -> list[Felt]:
        """Return the readings of a mention that are not rare; their weights sum to its role's weight."""
        entries, _ = self.lexicon.look_up(normalise(mention.quote))
        shares = {entry.concept.slug: entry.share for entry in entries}
        weak = {entry.concept.slug for entry in entries if entry.is_weak}
        rare = {entry.concept.slug for entry in entries if entry.is_rare}
        concepts = [concept for concept in mention.concepts if concept.slug not in rare]
        total = sum(shares.get(concept.slug, 1.0) for concept in concepts)
        role = ROLE_WEIGHT.get(mention.role, OTHER_ROLE)
        return [
            Felt(mention, c, role * shares.get(c.slug, 1.0) / total, denied, c.slug in weak)
            for c in concepts
        ]


def packaged_reader() -> TextReader:
    """Return a reader with the words of the packaged graph."""
    return TextReader(Lexicon(affectgraph.load()))


def is_denied(text: str, start: int) -> bool:
    """Return whether a negation stands at most three words before a place, in the same clause.

    It does not know idioms: "I couldn't be happier" is taken as a denial.

    >>> is_denied("I am not really angry", 16), is_denied("Not now, I am angry", 14)
    (True, False)
    """
    clause = _BREAK.split(text[:start])[-1]
    denials = list(_DENIAL.finditer(clause))
    return bool(denials) and len(clause[denials[-1].end() :].split()) <= DENIAL_REACH


def primary_of(concept: Concept) -> str | None:
    """Return the primary of an emotion, or of the emotion nearest to a state; None if there is none."""
    if concept.primary is not None or concept.related is None:
        return concept.primary
    return affectgraph.load().concept(concept.related).primary


def votes(found: list[Felt]) -> dict[str, float]:
    """Return the weight of what is named and not denied, by primary, in the order of the text."""
    counted: dict[str, float] = {}
    for felt in found:
        primary = primary_of(felt.concept)
        if primary is not None and not felt.is_denied:
            counted[primary] = counted.get(primary, 0.0) + felt.weight
    return counted


def winner(counted: Mapping[str, float]) -> str:
    """Return the primary with most weight, the one named first at a tie; ``neutral`` without a vote.

    >>> winner({"fear": 1.0, "joy": 1.0}), winner({})
    ('fear', 'neutral')
    """
    return max(counted, key=lambda primary: counted[primary], default=NEUTRAL)


def vad_of(concept: Concept) -> Vad | None:
    """Return the first VAD mean of a concept or of the emotion nearest to it; None if there is none."""
    graph = affectgraph.load()
    values = graph.vad(concept.slug) or (graph.vad(concept.related) if concept.related else ())
    return values[0].mean if values else None
