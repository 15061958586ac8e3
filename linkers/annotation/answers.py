"""Answers behind a mention that deny it: "Are you angry?" "No.", "asked if he was sad, he said no"."""

from affectgraph.linkers.annotation.absences import find_absence
from affectgraph.linkers.annotation.cues import (
    STOPS,
)
from affectgraph.linkers.annotation.judging import Denial
from affectgraph.linkers.annotation.later_cues import (
    AFTER_NOT,
    DENYING_ANSWERS,
    DENYING_PHRASES,
)
from affectgraph.linkers.annotation.rejoinders import read_short

_QUOTES = frozenset(
    {'"', "'", "\u201c", "\u201d", "\n", "(", ")", "-", " - ", "--", "\u2013", "\u2014"}
)


def find_answer(words: list[str], start: int, end: int) -> Denial | None:
    """Return the answer that denies what a question asks: "Are you angry?" "No.", "Jealous? Me? Never."."""
    for position in range(end, min(len(words), end + 12)):
        if words[position] == "?":
            return _denying(words, start, _behind_tag(words, position))
        if words[position] in STOPS and words[position] not in _QUOTES:
            return None
    return None


def _behind_tag(words: list[str], mark: int) -> int:
    """Return where an answer begins behind a question and what tells whose it was: "? he asked." "No"."""
    position = mark + 1
    while position < len(words) and words[position] in _QUOTES | {"?", "!"}:
        position += 1
    tag = words[position : position + 7]
    if not _ASKING.isdisjoint(tag[:2]):
        return next(
            (position + i + 1 for i, word in enumerate(tag) if word in {".", ","}), position
        )
    if words[position + 1 : position + 2] == [":"]:
        return position + 2  # "Q: Were you afraid? A: No."
    return position


_ASKING = frozenset("asked said asks says wondered demanded inquired".split())


def _denying(words: list[str], start: int, position: int) -> Denial | None:
    while position < len(words) and words[position] in _QUOTES:
        position += 1
    if "?" in words[position + 1 : position + 3]:  # "Me?"
        position = words.index("?", position) + 1
    if words[position : position + 1] == ["please"] and words[position + 1 : position + 2] != [","]:
        return Denial(True, position, position)  # "Jealous? Please."
    while position < len(words) and words[position] in _BEFORE_ANSWERS:
        position += 1
    if position >= len(words):
        return None
    shaken = _shaken(words, position)
    if shaken is not None:
        return shaken
    word = words[position]
    behind = words[position + 1 : position + 3]
    closes = not behind or behind[0] in _MARKS or behind == ["at", "all"]
    if word in DENYING_ANSWERS and closes:
        return Denial(True, position, position)
    if word in AFTER_NOT and word != "no" and word != "not":
        return Denial(True, position, position)
    for phrase in DENYING_PHRASES:
        if words[position : position + len(phrase)] == phrase:
            return Denial(True, position, position + len(phrase) - 1)
    short = read_short(words, position)
    return (
        find_absence(words, start, position)
        if short is None
        else Denial(True, position, short.last)
    )


def _shaken(words: list[str], position: int) -> Denial | None:
    """Read "She shook her head."."""
    for index in range(position, min(len(words) - 2, position + 4)):
        if words[index] in {"shook", "shakes"} and words[index + 2] == "head":
            return Denial(True, index, index + 2)
    return None


def find_told(words: list[str], start: int, end: int) -> Denial | None:
    """Read "asked whether she was ashamed, she said no", "asked about guilt, he answered 'none'"."""
    before = words[max(0, start - 10) : start]
    if _ASKED.isdisjoint(before) or _TO_ASK.isdisjoint(before):
        return None
    for position in range(end, min(len(words) - 1, end + 14)):
        if words[position] == "." or words[position] == ";":
            return _shaken(words, position + 1)
        if words[position] in _ANSWERING:
            return _told_no(words, position + 1)
        if words[position] in {"denied", "denies"} or words[position] in {"shook", "shakes"}:
            return _shaken(words, position) or Denial(True, position, position)
    return None


def _told_no(words: list[str], position: int) -> Denial | None:
    for index in range(position, min(len(words), position + 6)):
        behind = words[index + 1 : index + 2]
        closes = not behind or behind[0] in _MARKS or behind[0] in _QUOTES or behind[0] in _LINKS
        if words[index] in DENYING_ANSWERS:
            return Denial(True, index, index) if closes else None
        short = read_short(words, index)
        if short is not None:
            return Denial(True, index, short.last)
        if words[index] in STOPS and words[index] not in _QUOTES | {":"}:
            return None
    return None


_ASKED = frozenset("asked asks ask asking questioned quizzed pressed".split())


_TO_ASK = frozenset("if whether about on".split())


_ANSWERING = frozenset(
    "answered answers replied replies said says responded responds responding".split()
)


_LINKS = frozenset("and but at".split())


_BEFORE_ANSWERS = _QUOTES | frozenset(
    "oh well him her us honestly frankly truthfully actually um er erm , lol".split()
)


_MARKS = STOPS | {","}
