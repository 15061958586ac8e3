"""Cues of voice, posture and words in a sentence, by the nouns and verbs of the cue lexicon.

The words stand in ``channel_cues.tsv``; how they make a cue is English grammar and stands here.
The graph knows no meaning of such a cue, so only its channel counts: what it is said to show cannot be
checked, and a facial action that is said to be heard is a mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.cue_lexicon import cue_pattern, first_words
from affectgraph.reasoner.extract.triggers import TAKEN_FOR_OTHERS

_OWNER = r"(?:(?:his|her|the|their|its|a|an|both|one|my)\s+)?"
_NO_ADJECTIVE = (
    r"is|are|was|were|and|or|of|in|on|by|with|the|his|her|their|its|to|as|but|that|this|from|for|what"
    r"|face|audio|visual|vocal|human|only|own|other|same|both|when|while|than|two|three|all|no|nor"
    r"|any|rated|acted|lips|brows|into|usual"
    r"|then|which|over|after|before|go|goes|per|each|clenching|raises|lowers|seems|a|an|it|who|not"
    r"|so|just|if|where|there|here|under|through"
)
_ADJECTIVE = (
    rf"(?:(?:very|rather|quite|slightly|more|too)\s+)?(?!(?:{_NO_ADJECTIVE})\b)[a-z-]{{3,16}}"
)
_BE = (
    r"(?:is|are|was|were|sounds?|sounding|sounded|remains?|stays?|becomes?|gets?|grows?|seems?"
    r"|appears?|goes|has|have"
    r"|turns?|comes?)"
)
_REST = (
    r"(?:[^,.;:()\n\"\u201c\u2013\u2014]{0,50}?)(?=\s+(?:and|but|while|which|that|as|so|whereas"
    r"|yet)\b|[,.;:()\n\"\u201c\u2013\u2014]|\s-|$)"
)
_CLAUSE_BETWEEN = r"(?:,[^,.;]{3,40},)?"

_QUOTED = (
    r"\"[^\"\n]{2,160}\"|\u201c[^\u201d\n]{2,160}\u201d|(?<![\w])'[A-Z][^'\n]*"
    r"(?:'[a-z][^'\n]*)*[^\w\s]?'(?!\w)"
)


class _Shape(NamedTuple):
    """One shape of cue.

    :param words: a cue of this shape has one of them.
    :param reach: how many words may stand before that one; -1 for a noun with its owner and adjectives.
    """

    channel: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    reach: int


@cache
def _shapes() -> tuple[_Shape, ...]:
    """Return the shapes of cues with the words of the lexicon; of those that begin at one place the first
    counts.
    """
    return (
        _shape("voice", _borne("voice"), -1, "bearer"),
        _shape("voice", _burst(), 3, "burst"),
        _shape("voice", _voice_act(), 3, "act", "doing", "phrase"),
        _shape("posture", _borne("posture"), -1, "bearer"),
        _shape("posture", _posture_act(), 2, "act", "phrase"),
        _shape("text", _words_said(), 2, "said", "worded"),
    )


def _shape(channel: str, pattern: str, reach: int, *roles: str) -> _Shape:
    compiled = re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    return _Shape(channel, compiled, first_words(channel, *roles), reach)


def _borne(channel: str) -> str:
    """Return a pattern for what bears a cue and what it does or how it is: "her low voice trembles"."""
    nouns, does = cue_pattern(channel, "bearer"), cue_pattern(channel, "change")
    return (
        rf"{_OWNER}(?:{_ADJECTIVE}\s+)?{nouns}{_CLAUSE_BETWEEN}\s+(?:is\s+|are\s+|keeps?\s+)?(?:\w+ly\s+)?"
        rf"(?:{_BE}|{does})\b{_REST}"
        rf"|(?:keeps?|kept|with)\s+{_OWNER}{nouns}\s+{_ADJECTIVE}"
        rf"|{_OWNER}{_ADJECTIVE}(?:,?\s+(?:and\s+)?{_ADJECTIVE})?\s+{nouns}\b"
        rf"|(?:raises|raised|lowers|lowered|drops)\s+(?:his|her|their)\s+{nouns}\b"
    )


def _burst() -> str:
    """Return a pattern for a sound that is counted: "a short gasp"."""
    return (
        r"(?:a|an|one|another|her|his|short|long|loud|soft|small|sharp|deep|heavy|quiet)\s+"
        rf"(?:[a-z-]+\s+){{0,2}}?{cue_pattern('voice', 'burst')}(?:\s+in\s+(?:his|her|the)\s+voice)?"
    )


def _voice_act() -> str:
    """Return a pattern for what somebody does with the voice: "she sighs", "starts sobbing"."""
    return (
        rf"(?:(?:he|she|they|and|who|then|also)\s+)?{cue_pattern('voice', 'act')}"
        r"|(?:is|was|starts|begins|keeps|bursts\s+out)\s+(?:\w+ly\s+)?"
        rf"{cue_pattern('voice', 'doing')}|{cue_pattern('voice', 'phrase')}"
    )


def _posture_act() -> str:
    """Return a pattern for what somebody does with the body: "he leans back", "arms crossed"."""
    return (
        r"(?:he|she|they|man|woman|boy|girl|actor|speaker|patient|person|player|child|student)\s+"
        r"(?:also\s+|then\s+|slightly\s+|suddenly\s+)?"
        rf"{cue_pattern('posture', 'act')}[^,.;:()\n]{{0,30}}|{cue_pattern('posture', 'phrase')}"
    )


def _words_said() -> str:
    """Return a pattern for what is said of words: "the remark is harsh", "her careful wording"."""
    return (
        rf"(?:the|his|her|their|those|these)\s+(?:[a-z-]+\s+)?{cue_pattern('text', 'said')}\s+"
        rf"(?:is|are|was|were|sounds?|seems?|reads?|remains?|themselves)\s+{_REST}"
        r"|(?:the|his|her|their)\s+(?!(?:same|last|first|other|very|single|two|three)\b)[a-z-]{3,14}\s+"
        rf"{cue_pattern('text', 'worded')}"
    )


@cache
def _speaks() -> re.Pattern[str]:
    """Return a pattern for what tells that quoted words are said."""
    return re.compile(rf"\b{cue_pattern('text', 'quoting')}", re.IGNORECASE)


@cache
def trigger_words() -> frozenset[str]:
    """Return the words without one of which no cue of another channel is looked for."""
    return frozenset[str]().union(*(shape.words for shape in _shapes()))


_RUN = late_pattern(r"[A-Za-z]+")
_APART = late_pattern(r"[\s,-]*")
_OWNERS = frozenset("his her the their its a an both my".split())
_HOLDS = frozenset("keep keeps kept with raises raised lowers lowered drops".split())
_ENDS = frozenset(_NO_ADJECTIVE.split("|")) - {"and"}
_NEAR = 8
"""Words before a noun, at most, that may belong to its cue."""

_QUOTE = late_pattern(_QUOTED)
_MEANS = late_pattern(
    r"\s*(?:,[^,.;]{2,30},)?\s*(?:(?:does\s+not|doesn't|may|might|can|could|would|usually|often|simply|roughly"
    r"|really|just|typically)\s+){0,2}(?:means?|denotes?|stands?\s+for|refers?\s+to|signif(?:y|ies)"
    r"|is\s+(?:\w+\s+)?(?:another|an?|one)\s+(?:[\w-]+\s+)?(?:word|term|synonym|name|way)\b)",
    re.IGNORECASE,
)
_SINGLE = late_pattern(r"'[A-Z]")
_LETTERS = late_pattern(r"[a-z]+")
PREFIX = {"voice": "voice:", "posture": "posture:", "text": "words:", "face": "face:"}


@quickly_made
@dataclass(frozen=True, slots=True)
class ChannelCue:
    """A cue that is no facial action: ``text[start:end]``, of ``voice``, ``posture`` or ``text``."""

    start: int
    end: int
    channel: str


def find_channel_cues(text: str, start: int, end: int, *, is_transcript: bool) -> list[ChannelCue]:
    """Return the cues of other channels in ``text[start:end]``, in order.

    :param is_transcript: whether the sentence stands where words are given, so that quotes need no verb
        of saying.

    >>> [c.channel for c in find_channel_cues("The voice trembles.", 0, 19, is_transcript=False)]
    ['voice']
    """
    found: list[ChannelCue] = []
    piece = text[start:end]
    if '"' in piece or "\u201c" in piece or _SINGLE.search(piece):
        quotes = [
            ChannelCue(quote.start() + 1, quote.end() - 1, "text")
            for quote in _QUOTE.finditer(text, start, end)
            if " " in quote[0] or _is_word_said(text, quote)
        ]
        if quotes and (is_transcript or _speaks().search(piece)):
            found = quotes
    if not trigger_words().isdisjoint(_LETTERS.findall(piece.lower())):
        for cue in _cues(text, start, end):
            if not any(c.start < cue.end and cue.start < c.end for c in found):
                found.append(cue)
    return sorted(found, key=lambda c: c.start)


def _is_word_said(text: str, quote: re.Match[str]) -> bool:
    """Return whether one word in quotation marks is said, and not explained: 'the word "no"'."""
    start = quote.start()
    return text[max(0, start - 5) : start] == "word " and not _MEANS.match(text, quote.end())


def _cues(text: str, start: int, end: int) -> Iterator[ChannelCue]:
    """Yield the cues of ``text[start:end]`` without the words in quotation marks.

    A shape is tried only where a cue of it can begin for one of its words to be in it.
    """
    free, known = start, _shapes()
    for place, shapes in _places(text, start, end):
        if place < free:
            continue
        for number in shapes:
            match = known[number].pattern.match(text, place, end)
            if match is not None:
                free = match.end()
                yield ChannelCue(place, free, known[number].channel)
                break


def _places(text: str, start: int, end: int) -> list[tuple[int, list[int]]]:
    """Return where cues may begin, in order, each with the numbers of the shapes that may begin there."""
    if not text.isascii() and TAKEN_FOR_OTHERS.search(text, start, end):
        return [(place, list(range(len(_shapes())))) for place in range(start, end)]
    runs = [
        (match[0].lower(), match.start(), match.end()) for match in _RUN.finditer(text, start, end)
    ]
    found: dict[int, set[int]] = {}
    known = _shapes()
    for index, (word, _, _) in enumerate(runs):
        for number in _shapes_with(word):
            for place in range(_first(text, runs, index, known[number].reach), index + 1):
                found.setdefault(runs[place][1], set()).add(number)
    return [(place, sorted(found[place])) for place in sorted(found)]


@lru_cache(maxsize=8192)
def _shapes_with(word: str) -> tuple[int, ...]:
    return tuple(number for number, shape in enumerate(_shapes()) if word in shape.words)


def _first(text: str, runs: list[tuple[str, int, int]], index: int, reach: int) -> int:
    """Return the first run of letters from which a cue may reach to one of its words."""
    is_noun = reach < 0
    first, left = index, _NEAR if is_noun else reach
    while first and left:
        word, start, end = runs[first - 1]
        gap = text[end : runs[first][1]]
        if is_noun:
            is_joined = gap == "-" or text[start - 1 : start] == "-"
            if gap != " " and not _APART.fullmatch(gap):
                break
            if word in _OWNERS and not is_joined:
                return (
                    max(0, first - 2) if first > 1 and runs[first - 2][0] in _HOLDS else first - 1
                )
            if word in _ENDS and not is_joined:
                return first - 1 if word in _HOLDS else first
        first -= 1
        left -= gap != "-"
    return first
