"""Tells whether a sentence states emotions of two people: "the mother is angry while the child is afraid"."""

import re
from collections.abc import Iterable

from affectgraph.kg.model import Concept
from affectgraph.reasoner.extract.conclusions import Stated
from affectgraph.reasoner.extract.reading import Reading

_PERSON = re.compile(
    r"\b(?:the|his|her|their|my|our)\s+(?:\w+\s+)?(?P<noun>man|woman|boy|girl|child|baby|mother|father|son|daughter"
    r"|brother|sister|wife|husband|lady|teacher|student|doctor|nurse|patient|actor|actress|player|host|guest"
    r"|customer|employee|officer|driver|reporter|presenter|interviewer|interviewee|winner|loser)s?\b"
)


def felt_by_others(reading: Reading) -> list[tuple[Concept, ...]]:
    """Return for each emotion stated, in order, those that its sentence states of somebody else.

    Somebody else is named by another noun with an article; who a pronoun means is not known.
    """
    nouns = [_noun(reading, stated) for stated in reading.stated]
    by_sentence: dict[int, list[tuple[str, Stated]]] = {}
    for noun, stated in zip(nouns, reading.stated, strict=True):
        by_sentence.setdefault(stated.view, []).append((noun, stated))
    return [
        _of_others(reading, by_sentence[stated.view], noun) if noun else ()
        for noun, stated in zip(nouns, reading.stated, strict=True)
    ]


def _of_others(
    reading: Reading, named: Iterable[tuple[str, Stated]], own: str
) -> tuple[Concept, ...]:
    return tuple(
        reading.concept(other.view, other.mark)
        for noun, other in named
        if noun not in {"", own} and not other.is_denied
    )


def _noun(reading: Reading, stated: Stated) -> str:
    """Return the last noun for a person before an emotion of a sentence, after the emotion before it."""
    view = reading.sentences[stated.view].view
    place = view.places[stated.mark]
    start = max((p for p in view.places[: stated.mark]), default=0)
    found = [match["noun"] for match in _PERSON.finditer(view.mask, start, place)]
    return found[-1] if found else ""
