"""Tells whether a sentence states emotions of two people: "the mother is angry while the child is afraid"."""

import re

from affectgraph.kg.model import Concept
from affectgraph.reasoner.extract.conclusions import Stated
from affectgraph.reasoner.extract.reading import Reading

_PERSON = re.compile(
    r"\b(?:the|his|her|their|my|our)\s+(?:\w+\s+)?(?P<noun>man|woman|boy|girl|child|baby|mother|father|son|daughter"
    r"|brother|sister|wife|husband|lady|teacher|student|doctor|nurse|patient|actor|actress|player|host|guest"
    r"|customer|employee|officer|driver|reporter|presenter|interviewer|interviewee|winner|loser)s?\b"
)


def of_others(reading: Reading, stated: Stated) -> tuple[Concept, ...]:
    """Return the emotions that the same sentence states of somebody else, in order.

    Somebody else is named by another noun with an article; who a pronoun means is not known.
    """
    own = _noun(reading, stated)
    if not own:
        return ()
    return tuple(
        reading.concept(other.view, other.mark)
        for other in reading.stated
        if other.view == stated.view
        and not other.is_denied
        and _noun(reading, other) not in {"", own}
    )


def _noun(reading: Reading, stated: Stated) -> str:
    """Return the last noun for a person before an emotion of a sentence, after the emotion before it."""
    view = reading.sentences[stated.view].view
    place = view.places[stated.mark]
    start = max((p for p in view.places[: stated.mark]), default=0)
    found = [match["noun"] for match in _PERSON.finditer(view.mask, start, place)]
    return found[-1] if found else ""
