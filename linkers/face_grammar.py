"""Reads descriptions of a face by part and movement, whatever their order: "her mouth curves up at the ends".

A part of the face and the words that move it, with nothing between them but words of grammar, stand for
the action unit that makes this movement. The rules follow the names and muscles of ``action_units.tsv``
and agree with ``au_cues.tsv`` on its phrases; ``benchmarks/action_unit_development.py`` measures both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.face_rules_table import (
    DETERMINERS,
    GRAMMAR,
    IRREGULAR,
    MOTION,
    NEUTRAL,
    NOUNS,
    PARTS,
    RULES,
    SIDES,
    WORDS,
    Rule,
)
from affectgraph.linkers.inflection import base_forms

REACH = 7
"""Words on either side of a part that may belong to it."""

_TOKEN = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?")
_GAP = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff-]*\\Z")
_KEY_GAP = re.compile(r"[*_\"]{0,3} ?:[*_\"]{0,3} {1,3}")
_LONGEST_KEY = 32
"""Characters before a part of the face, in its key, that are looked at."""

_BEFORE_KEY = frozenset(
    ("", "the", "his", "her", "inner", "outer", "upper", "lower", "left", "right")
)
_AT_CORNERS = re.compile(
    r"[\s-]*(?:at|in|on)\s+(?:(?:the|his|her|their|its|both|one|each|left|right)\s+){0,2}"
    r"(?:corners?|ends?|edges?|sides?)\b(?!\s+of)",
    re.IGNORECASE,
)
_BETWEEN = GRAMMAR | NEUTRAL | SIDES
"""Words that may stand between a part and what moves it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Description:
    """A described movement: ``text[start:end]``.

    :param part: part of the face, as the rules call it.
    :param rule: what the movement stands for.
    """

    start: int
    end: int
    part: str
    rule: Rule


class _Words(NamedTuple):
    """The words of a text with their places; where a clause ends stands an empty word."""

    bases: list[str]
    spans: list[tuple[int, int]]


@lru_cache(maxsize=16384)
def base(word: str) -> str:
    """Return the base form of a word if the rules know it, else the word in lower case.

    >>> base("Squeezing"), base("drawn"), base("eyelids"), base("hill")
    ('squeeze', 'draw', 'eyelid', 'hill')
    """
    low = word.lower().replace("\u2019", "'").removesuffix("'s")
    low = IRREGULAR.get(low, low)
    if low in WORDS:
        return low
    found = next((IRREGULAR.get(b.form, b.form) for b in base_forms(low) if b.form in WORDS), low)
    return low if found in NOUNS and low.endswith(("ed", "ing")) else found  # "headed", "facing"


def find_descriptions(text: str) -> list[Description]:
    """Return the described movements in order; costs some microseconds a word.

    >>> [d.rule.codes for d in find_descriptions("Her mouth curves upwards at both ends.")]
    [('AU12',)]
    """
    return describe(text, list(_TOKEN.finditer(text)))


def describe(text: str, tokens: Sequence[re.Match[str]]) -> list[Description]:
    """Return the described movements in a stretch of text whose words are known.

    :param tokens: its words, as :func:`find_descriptions` finds them.
    """
    words = _read_words(text, tokens)
    bases = words.bases
    parts = list(_parts(bases))
    found: list[Description] = []
    free = 0
    for number, (start, end, part) in enumerate(parts):
        stop = parts[number + 1][0] if number + 1 < len(parts) else len(bases)
        left = _walk(bases, part, range(start - 1, max(free, start - 1 - REACH) - 1, -1))
        right = _walk(bases, part, range(end, min(stop, end + REACH)))
        if stop < len(bases) and right and right[-1] + 1 == stop:
            right = _own(bases, right)
        description, last = _read(text, words, (start, end, part), left, right)
        if description is not None:
            found.append(description)
            free = last + 1
        else:
            free = max(free, end)
    return found


def begins_part(word: str) -> bool:
    """Return whether a word can begin the name of a part of the face, however it is inflected.

    >>> begins_part("Eyebrows"), begins_part("hill")
    (True, False)
    """
    return base(word) in _PARTS_BY_WORD


def _read_words(text: str, tokens: Sequence[re.Match[str]]) -> _Words:
    bases: list[str] = []
    spans: list[tuple[int, int]] = []
    last = -1
    for match in tokens:
        start, end = match.span()
        gap = text[last:start] if last >= 0 else " "
        if gap != " " and not _GAP.match(gap) and not _is_key(text, bases, spans, gap):
            bases.append("")
            spans.append((last, last))
        found = base(match[0])
        if found == "bite" and match[0] == "bit" and bases and bases[-1] == "a":
            found = "bit"  # "a bit raised"
        bases.append(found)
        spans.append((start, end))
        last = end
    return _Words(bases, spans)


def _is_key(text: str, bases: list[str], spans: list[tuple[int, int]], gap: str) -> bool:
    """Return whether the last word is a part of the face that a line has for its key: "**Jaw**: clenched"."""
    if _KEY_GAP.fullmatch(gap) is None or bases[-1] not in _LAST_OF_PART:
        return False
    start = spans[-1][0]
    near = max(0, start - _LONGEST_KEY)
    line = max(text.rfind(sign, near, start) for sign in "\n;.") + 1
    before = text[max(near, line) : start].strip(' \t*_#-\u2022"()0123456789').lower()
    return before in _BEFORE_KEY


def _walk(bases: list[str], part: str, places: range) -> list[int]:
    """Return the places, from the part on, that a movement of the part may cover."""
    known = _VOCABULARY[part]
    found: list[int] = []
    for place in places:
        word = bases[place]
        if not (word in known or word in _BETWEEN or word.endswith("ly")):
            break
        if places.step < 0 and word in _JOINING and bases[place + 1] in DETERMINERS:
            break  # "the fists are clenched and his jaw": what stands before "and his" moves another
        found.append(place)
    return found


def _own(bases: list[str], places: list[int]) -> list[int]:
    """Leave to the next part what stands behind the last "and" or "with": "closed and raised brows"."""
    for place in reversed(places):
        if bases[place] in _JOINING or bases[place] == "with":
            return [p for p in places if p < place]
    return places


def _read(
    text: str, words: _Words, part: tuple[int, int, str], left: list[int], right: list[int]
) -> tuple[Description | None, int]:
    """Return what a part and the words around it say, and the last word used."""
    start, end, name = part
    bases, spans = words
    stop = 0
    if right and name in {"mouth", "lips"}:
        stop, right = _at_corners(text, spans, right)
        name = "lip_corner" if stop else name
    said = {bases[p]: p for p in (*left, *right)}
    rule, vocabulary = _rule(name, frozenset(said))
    if rule is None:
        return None, 0
    used = [p for word, p in said.items() if word in vocabulary]
    first = min([start, *used])
    last = max([end - 1, *used])
    return Description(spans[first][0], max(spans[last][1], stop), name, rule), last


def _at_corners(text: str, spans: list[tuple[int, int]], right: list[int]) -> tuple[int, list[int]]:
    """Return where "at the corners" ends behind a movement of the mouth, 0 if it is not said."""
    for place in right:
        match = _AT_CORNERS.match(text, spans[place][1])
        if match is not None:
            return match.end(), [p for p in right if p <= place]
    return 0, right


@lru_cache(maxsize=8192)
def _rule(part: str, moves: frozenset[str]) -> tuple[Rule | None, frozenset[str]]:
    """Return the rule for what is said of a part, and the words that count for it."""
    rule = next((rule for rule in RULES[part] if rule.fits(moves)), None)
    return rule, frozenset() if rule is None else rule.vocabulary | MOTION


def _parts(bases: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first word, word behind, name) of the parts of the face."""
    free = 0
    for place, word in enumerate(bases):
        if place < free or word not in _PARTS_BY_WORD:
            continue
        for name, pattern in _PARTS_BY_WORD[word]:
            end = _match(bases, place, pattern)
            if end:
                yield place, end, name
                free = end
                break


def _match(bases: list[str], place: int, pattern: tuple[frozenset[str], ...]) -> int:
    """Return the place behind a pattern of word sets that starts at a place, 0 if it does not.

    Determiners and sides may stand between the words of a pattern.
    """
    for number, choices in enumerate(pattern):
        if number:
            while place < len(bases) and bases[place] in _SKIPPED:
                place += 1
        if place >= len(bases) or bases[place] not in choices:
            return 0
        place += 1
    return place


_JOINING = frozenset({"and", "or", "nor", "while"})
_SKIPPED = DETERMINERS | SIDES
_PARTS_BY_WORD = {
    word: tuple((name, pattern) for name, pattern in PARTS if word in pattern[0])
    for word in frozenset().union(*(pattern[0] for _, pattern in PARTS))
}
_LAST_OF_PART = frozenset().union(*(pattern[-1] for _, pattern in PARTS))
_VOCABULARY = {
    part: frozenset().union(*(rule.vocabulary for rule in rules)) for part, rules in RULES.items()
}
_VOCABULARY["mouth"] |= _VOCABULARY["lip_corner"]
_VOCABULARY["lips"] |= _VOCABULARY["lip_corner"]
