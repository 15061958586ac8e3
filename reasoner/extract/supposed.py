"""Tells emotions that somebody pretends, or is wrongly taken to have, from those that a text states."""

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.triggers import OTHERS

_Q = r"[\"'\u2018\u2019\u201c\u201d]?"
_LAST = rf"(?:[\w'-]+\s+){{0,6}}{_Q}\Z"
_THINKS = (
    r"(?:thinks?|thought|believes?|believed|assumes?|assumed|supposes?|supposed|imagines?|imagined"
    r"|takes?|took|mistakes?|mistook)\b"
)
_PRETENDS = late_pattern(
    r"\b(?:pretend(?:s|ed|ing)?|feign(?:s|ed|ing)?|purport(?:s|ed|ing)?|claim(?:s|ed|ing)?"
    r"|tr(?:y|ies|ied|ying)(?:\s+(?:hard|his\s+best|her\s+best|their\s+best))?|attempt(?:s|ed|ing)?|struggl(?:es|ed|ing))\s+"
    r"(?:to\s+(?:be|look|appear|seem|act|sound|feel|come\s+across\s+as|stay|remain)\b|(?:that\s+)?(?:he|she|they)"
    rf"\s+(?:is|are|was|were|feels?|felt)\b)\s+{_LAST}"
)
_OTHERS_THINK = late_pattern(
    r"(?:\b(?:one|you|people|everyone|everybody|others|someone|somebody|viewers?|many)"
    r"|\b(?:his|her|their|the)\s+(?!(?:speaker|person|subject|text|model|detector|system|algorithm|classifier"
    r"|network|author|writer)\b)\w+)\s+"
    rf"(?:(?:may|might|could|would|can|\w+ly|first|at\s+first)\s+){{0,2}}{_THINKS}[^,;.:]{{0,12}}"
    rf"\b(?:he|she|they|it|him|her|them|this|the\s+\w+)\b\s+{_LAST}"
)
_THOUGHT_FIRST = late_pattern(
    r"\b(?:at\s+first|first|initially|originally|before|earlier),?\s+(?:i|we)\s+(?:\w+ly\s+|had\s+){0,2}"
    rf"(?:thought|assumed|believed|supposed|guessed|suspected|took)\b[^;.:]{{0,60}}{_Q}\Z"
    r"|\b(?:i|we)\s+(?:(?:had|have)\s+)?(?:at\s+first|first|initially|originally|wrongly|mistakenly)\s+"
    rf"(?:thought|assumed|believed|supposed|guessed|suspected|took)\b[^;.:]{{0,60}}{_Q}\Z"
)
_HINT = late_pattern(
    r"pretend|feign|purport|claim|\btr(?:y|ied)|\btries|attempt|struggl|th(?:ink|ought)|believ|assum|suppos"
    r"|imagin|guess|suspect|\bt(?:ook|ake)|mist(?:ook|ake)"
)
"""Pieces of the words without which no pattern matches."""

_TURN = late_pattern(
    r"\b(?:but|yet|though|although|however|whereas|and\s+(?:he|she|they|it|now|then))\b|,"
)


def is_supposed(view: View, place: int) -> bool:
    """Return whether an emotion at a place of a masked sentence is only pretended, or thought to be there.

    So it is in "she pretends to be happy", "her sister thinks she is happy", "one might think she is
    happy", and where the writer gave the thought up: "I first thought that she was happy". What experts and
    detectors say is their reading, and counts as such.
    """
    before = view.mask[max(0, place - 120) : place]
    if _HINT.search(before) is None:
        return False
    found = _PRETENDS.search(before) or _THOUGHT_FIRST.search(before)
    if found is None and not view.triggers & OTHERS:
        found = _OTHERS_THINK.search(before)
    return found is not None and _TURN.search(before, found.start() + 9) is None
