"""Tells what occurs in an emotion, "AU4 often occurs in anger", from what is seen in a face."""

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View

_OFTEN = (
    r"(?:often|frequently|commonly|usually|typically|generally|normally|regularly|sometimes|also|mostly|most"
    r"|more|very|quite|rather|especially|particularly|characteristically|prototypically|rarely|seldom)"
)
_ANY = r"(?!\s+(?:the|his|her|their|its|my|this|that|these|those|both|each|an?|all\s+the)\b)"
OCCURS_IN = (
    rf"(?:(?:tends?\s+to\s+)?(?:occurs?|appears?|arises?)(?:\s+{_OFTEN}){{0,2}}"
    rf"|(?:is|are|be)\s+(?:not\s+|never\s+)?(?:{_OFTEN}\s+){{0,2}}(?:seen|found|observed|recruited|activated|reported|displayed"
    r"|common|frequent|prevalent|usual|prototypical))"
    rf"\s+(?:in|during|with|across){_ANY}"
)
"""Pattern over a masked sentence, from the verb behind a cue to where the emotion may stand.

With an article the emotion is somebody's: "AU4 is seen in the angry man" is a sighting.
"""

_OCCURS = late_pattern(
    r"(?:\s?\([^()]{0,40}\))?\s+(?:(?:does|do)(?:\s+not|n't)\s+|never\s+)?"
    rf"(?:{_OFTEN}\s+){{0,2}}{OCCURS_IN}"
)
_IN_EMOTION = late_pattern(
    rf"\A\W*(?:{_OFTEN}\s+)?(?:in|during|with){_ANY}\s+(?:[a-z-]+\s+){{0,2}}E\b(?:\s+[a-z]+){{0,2}},?\s"
)
SELDOM = late_pattern(r"\b(?:rarely|seldom)\b")
"""Denies what occurs, as "never" does, but for a few cases."""

_OFTEN_SAID = late_pattern(rf"\b(?!(?:also|most|more|very|quite|rather)\b){_OFTEN}\b")
_NAMES = late_pattern(r"[\s,]+(?:and\s+|or\s+)?(?:the\s+)?[UF]")


def occurs(mask: str, place: int) -> bool:
    """Return whether a mark, or the list it begins, is said to occur in an emotion and not in a face.

    >>> occurs("U often occurs in E.", 0), occurs("U is seen in the E man.", 0)
    (True, False)
    """
    end = place + 1
    while (listed := _NAMES.match(mask, end)) is not None:
        end = listed.end()
    match = _OCCURS.match(mask, end)
    return match is not None and "E" in mask[match.end() : match.end() + 40]


def is_on_emotion(view: View) -> bool:
    """Return whether a sentence says what is often seen in an emotion: "in E, the F is often ..."."""
    sentence = view.sentence
    return _IN_EMOTION.match(view.mask) is not None and (
        _OFTEN_SAID.search(view.text, sentence.start, sentence.end) is not None
    )
