"""Finds the emotion a rationale finally states."""

import re
from collections.abc import Sequence

from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.text import SCOPE, Sentence, is_denied

_FIELD = re.compile(
    r"(?:\b(?:final|predicted|overall|most\s+likely|dominant|best|likely|primary|underlying|the)\b[\s\w-]{0,24})?"
    r"\b(?:emotions?|label|answer|prediction|category|class|sentiment|conclusion|impression|state|decision|verdict|choice)\b[\"'*]{0,3}\s*"
    r"(?:(?:seems|appears)\s+to\s+be|(?:is|was|:|=|->|should\s+be|would\s+be|could\s+be|may\s+be))\s*"
    r"(?:most\s+likely\s+|likely\s+|probably\s+|one\s+of\s+|that\s+of\s+)?[\"'*]{0,3}\s*$",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"\b(?:overall|therefore|thus|hence|in\s+(?:conclusion|summary|short|sum)|to\s+sum\s+up|taken\s+together"
    r"|taking\s+(?:all|everything)|all\s+in\s+all|altogether|conclusion|finally|consequently|most\s+likely|as\s+a\s+result"
    r"|accordingly|I\s+would\s+(?:say|go\s+with|label)|best\s+(?:described|fits?|label)|fits\s+best|conclude[sd]?|verdict|in\s+total"
    r"|so\s+the)\b|^so\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:is|are|was|were|am|feels?|felt|feeling|seems?|appears?|looks?|sounds?|shows?|expresses|experiences"
    r"|experiencing|displays?|conveys?)\s+(?:to\s+be\s+|to\s+feel\s+)?(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"<answer>\s*$", re.IGNORECASE)


Span = tuple[Sentence, Sequence[Mention], frozenset[int]]
"""A sentence, its emotion mentions, and the starts of those that an inference already names."""


def find_conclusion(text: str, spans: Sequence[Span]) -> tuple[Sentence, Mention] | None:
    """Return the sentence and the emotion mention that state the conclusion, None if there is none.

    What counts, best first: an ``<answer>``; a named field or "the final emotion is ..."; a mention
    behind a word of conclusion ("overall", "therefore"), then one before it ("fear is most likely"); a
    state ascribed in the last sentence with an emotion; the emotion of a concluding inference. Of
    equals the last sentence wins, and in it the first mention. Denied mentions never count.

    :param spans: sentences in order, without mentions that serve a statement about emotions themselves.
    """
    last = max((index for index, (_, mentions, _) in enumerate(spans) if mentions), default=-1)
    best: tuple[int, Sentence, Mention] | None = None
    for index, (sentence, mentions, inferred) in enumerate(spans):
        for mention in mentions:
            if is_denied(text, sentence, mention.start, mention.end):
                continue
            rank = _rank(text, sentence, mention, is_last=index == last)
            if mention.start in inferred:
                rank = 1 if rank >= 3 else 0
            if rank and (best is None or rank > best[0] or _is_later(rank, sentence, best)):
                best = (rank, sentence, mention)
    return (best[1], best[2]) if best else None


def _is_later(rank: int, sentence: Sentence, best: tuple[int, Sentence, Mention]) -> bool:
    return rank == best[0] and sentence is not best[1]


def _rank(text: str, sentence: Sentence, mention: Mention, *, is_last: bool) -> int:
    if (
        _ANSWER.search(text[max(0, sentence.start - 12) : sentence.start])
        and mention.start - sentence.start < 40
    ):
        return 6
    before = text[max(sentence.start, mention.start - SCOPE) : mention.start]
    if _FIELD.search(before):
        return 5
    if _MARKER.search(before):
        return 4
    if _MARKER.search(text, mention.end, min(sentence.end, mention.end + SCOPE)):
        return 3
    if sentence.text.strip(" .!*\"'#`:-").casefold() == mention.quote.casefold():
        return 3  # a line or sentence that is nothing but the emotion
    return 2 if is_last and _STATE.search(before) else 0
