"""Tells whose emotions a text states: "the mother is angry while the child is afraid"."""

import re
from collections.abc import Iterable
from functools import cache

from affectgraph.kg.model import Concept
from affectgraph.reasoner.extract.conclusions import Stated
from affectgraph.reasoner.extract.reading import Reading

_Felt = dict[str, dict[str, Concept]]
"""What is stated of persons: concepts by IRI, by noun."""

_RELATIVE = (
    r"mother|father|son|daughter|brother|sister|wife|husband|roommate|friend|colleague|neighbou?r"
)
_PERSON = re.compile(
    r"\b(?:the|his|her|their|my|our|\w+['\u2019]s)\s+(?:\w+\s+)?(?P<noun>man|woman|boy|girl|child|baby|lady|teacher|student"
    r"|doctor|nurse|patient|actor|actress|player|host|guest|customer|employee|officer|driver|reporter|presenter"
    rf"|interviewer|interviewee|winner|loser|target|{_RELATIVE})s?\b|\b(?P<speaker>speaker)\b(?!['\u2019])"
)
_MALE = frozenset({"man", "boy", "father", "son", "brother", "husband"})
_FEMALE = frozenset({"woman", "girl", "mother", "daughter", "sister", "wife", "lady", "actress"})
_GROWN = frozenset({"man", "woman", "lady", "wife", "husband", "mother", "father"})
_SMALL = frozenset({"child", "baby", "boy", "girl"})
_RELATIVES = frozenset(_RELATIVE.replace("?", "").split("|")) | {"neighbor"}
_JUDGED = frozenset({"speaker", "target"})
"""Nouns for whom a record is about, which no relative of him is."""

_APART = (
    (_MALE, _FEMALE),
    (_GROWN, _SMALL),
    (_JUDGED, _RELATIVES),
    *(
        (frozenset({one}), frozenset({other}))
        for one, other in (
            ("teacher", "student"),
            ("doctor", "patient"),
            ("nurse", "patient"),
            ("host", "guest"),
            ("customer", "employee"),
            ("interviewer", "interviewee"),
            ("winner", "loser"),
        )
    ),
)
"""Nouns of which two are never one person; a man may be an actor and a driver."""


def felt_by_others(reading: Reading) -> list[tuple[Concept, ...]]:
    """Return for each emotion stated, in order, those that the text states of somebody else, each once.

    In one sentence another noun with an article names somebody else; in other sentences only one that the
    same person cannot be called, as a woman is no man. Who a pronoun means is not known. The cost grows with
    the emotions stated, not with pairs of them.
    """
    nouns = [_noun(reading, stated) for stated in reading.stated]
    in_text: _Felt = {}
    in_sentences: dict[int, _Felt] = {}
    for noun, stated in zip(nouns, reading.stated, strict=True):
        if noun and not stated.is_denied:
            concept = reading.concept(stated.view, stated.mark)
            for felt in (in_text, in_sentences.setdefault(stated.view, {})):
                felt.setdefault(noun, {})[concept.iri] = concept

    @cache
    def elsewhere(own: str) -> dict[str, Concept]:
        return _of_all(felt for noun, felt in in_text.items() if _are_two(noun, own))

    @cache
    def of_others(own: str, view: int) -> tuple[Concept, ...]:
        beside = in_sentences.get(view, {})
        found = _of_all(felt for noun, felt in beside.items() if noun != own) | elsewhere(own)
        return tuple(found.values())

    return [
        of_others(noun, stated.view) if noun else ()
        for noun, stated in zip(nouns, reading.stated, strict=True)
    ]


def _of_all(felt: Iterable[dict[str, Concept]]) -> dict[str, Concept]:
    return {iri: concept for each in felt for iri, concept in each.items()}


def _are_two(first: str, second: str) -> bool:
    """Return whether two nouns cannot be said of one person."""
    return any(
        (first in one and second in other) or (second in one and first in other)
        for one, other in _APART
    )


def _noun(reading: Reading, stated: Stated) -> str:
    """Return the last noun for a person before an emotion of a sentence, after the emotion before it."""
    view = reading.sentences[stated.view].view
    place = view.places[stated.mark]
    start = view.places[stated.mark - 1] if stated.mark else 0
    found = [match["noun"] or "speaker" for match in _PERSON.finditer(view.mask, start, place)]
    return found[-1] if found else ""
