"""Whether a word is part of a name, a title, or an abbreviation: "The Passion", "SAD stands for"."""

import re
from itertools import pairwise

from affectgraph.linkers.annotation.circumstance import DEGREES
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.people import is_noun

_NAME = re.compile(r" (?!I\b)[A-Z][a-z]")
_WORKS = frozenset(
    """novel film movie album song single band game city town village season seasons series episode episodes
    painting opera musical magazine browser library wallpaper ship yacht frigate destroyer brand studio
    label sitcom anime manga show comic track remix soundtrack sequel prequel trilogy sculpture island
    river lake street software app framework package crate module release version distro team club stadium
    perfume horse character expansion dlc mod map level quest spell ability item weapon class skill
    documentation planet asteroid crater mountain suburb district county parish company firm
    startup font""".split()
)
"""Nouns that say what something named is, behind "is a"."""

_RAN = frozenset(
    """ran airs aired appeared premiered opens opened reopened debuted starred stars won directed published
    released written founded located sits lies flows hosts costs ships sells scales procs stacks
    lasts""".split()
)
LEAST_WORDS = 4
"""Words of a text in which capitals of one word alone may be an abbreviation."""

_IS = frozenset("is was were are".split())
_ARTICLES = frozenset("a an the one".split())
_LONGEST = 5


def is_named(context: Context, first: int, end: int, place: tuple[int, int]) -> bool:
    """Return whether words are part of a name, a title or an abbreviation.

    :param place: where they stand in the text.
    """
    start_at, end_at = place
    text = context.text
    written = text[start_at:end_at]
    if written.islower():
        return False
    if _has_inner_capital(written):
        return True
    if not text[start_at].isupper():
        # the last word of a phrase may have the capital: "the Big Sad"
        return end > first + 1 and _is_title(text, start_at, end_at)
    if end > first + 1:
        return _is_title(text, start_at, end_at) or _is_title_of_work(context, first, end)
    if text[start_at:end_at].isupper():
        return _is_abbreviation(context, first, end)
    return _is_name(text, start_at, end_at) or _is_title_of_work(context, first, end)


def _has_inner_capital(written: str) -> bool:
    """Return whether a word has a capital behind a small letter: "spaCy"."""
    return any(low.islower() and high.isupper() for low, high in pairwise(written))


def _is_title(text: str, start: int, end: int) -> bool:
    """Return whether a phrase is a title: its last word has a capital, and the text around has few."""
    last = text.rfind(" ", start, end) + 1
    return last > start and _is_name(text, last, end)


def _is_name(text: str, start: int, end: int) -> bool:
    """Return whether a word with a capital is part of a name: "The Passion", "in Hope".

    At the start of a sentence, in titles and in texts in capitals, capitals say nothing.
    """
    if not text[start].isupper() or text[start:end].isupper():
        return False
    if start and text[start - 1].isalnum():
        return False  # a word of a hashtag in capitals
    before = text[max(0, start - 8) : start].rstrip(" \"'(\u201c\u2018*")
    is_opening = not before or before[-1] in ".!?:;\n#\u2026-"
    if is_opening and not _NAME.match(text, end):
        return False
    near = text[max(0, start - 60) : end + 60].split()
    capitals = sum(word[:1].isupper() for word in near)
    return capitals * 5 < len(near) * 4


def _is_title_of_work(context: Context, first: int, end: int) -> bool:
    """Return whether a capital opens a sentence about something named: "Misery is a 1987 novel"."""
    opening, last = context.sentence(first)
    if first != opening or last - first < 3:
        return False
    words = context.words
    rest = words[end:last] or [""]
    if (
        words[first].endswith("s")
        and rest[0] in {"is", "was", "has"}
        and is_noun(words[first][:-1])
    ):
        return not words[first].endswith("ss")  # "Angers is": no plural of a feeling
    if rest[0] in _RAN:
        return not context.has_person(first) or context.has_year(first)
    if rest[0] in _IS and rest[1:2] != [] and (rest[1] in _ARTICLES or rest[1] in _RAN):
        return bool(_WORKS & set(rest[1 : 2 + _LONGEST]))
    if rest[0] == "of" or rest[0] == "and":
        return _has_capital(context, end + 1) and not context.has_person(end + 1)
    return context.has_year(first) and not context.has_person(first)


def _has_capital(context: Context, position: int) -> bool:
    if position >= len(context.words):
        return False
    start, _ = context.place(position, position + 1)
    return context.text[start].isupper()


def _is_abbreviation(context: Context, first: int, end: int) -> bool:
    """Return whether capitals stand in a sentence that has neither more of them nor a person."""
    start_at, end_at = context.place(first, end)
    opening, _ = context.sentence(first)
    is_subject = first == opening or context.words[first - 1] in {"the", "a", "an", "("}
    if len(context.words) < (LEAST_WORDS if is_subject else 2 * LEAST_WORDS):
        return False
    if context.words[first - 1] in DEGREES and first != opening:
        return False
    if context.text[end_at : end_at + 1] in {"!", "?"}:
        return False
    known = context.matcher[context.words[first]]
    if known is not None and known.form is not None and known.form.is_interjection:
        return False  # "OMG"
    written = sum(map(str.isalpha, context.text[start_at:end_at]))
    letters, capitals = (number - written for number in context.letters)
    return 0 < letters >= capitals * 2 and not context.has_person(first)
