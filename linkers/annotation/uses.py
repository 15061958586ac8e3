"""How words of emotion are used in texts: the reviewed table ``word_uses.tsv``, read when first needed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Literal, cast

from affectgraph.linkers.annotation.people import FUNCTION, PRONOUNS
from affectgraph.linkers.annotation.stems import Stems, stem

Usual = Literal["feeling", "mostly", "sometimes", "seldom"]
"""How often a word means a feeling: nine times in ten, more than half, one in ten to a half, hardly ever."""

PLACE = "_"
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,]|_")

Side = tuple[frozenset[str], ...]
"""Stems that may stand at each place."""

_STEMS = Stems()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words around a word, by stem: those before it and those behind it, in text order.

    :param is_telling: whether a word or mark of it is none of a closed class.
    """

    before: Side
    behind: Side
    is_telling: bool

    def fits(self, words: Sequence[str], start: int, end: int) -> bool:
        """Return whether the words around ``words[start:end]`` are these.

        >>> parse_pattern("fire/smoke _ bell")[0].fits(["fire", "alarm", "bells"], 1, 2)
        True
        """
        first, last = start - len(self.before), end + len(self.behind)
        if first < 0 or last > len(words):
            return False
        around = (*words[first:start], *words[end:last])
        places = self.before + self.behind
        return all(_STEMS[word] in place for word, place in zip(around, places, strict=True))


Patterns = Mapping[str, tuple[Pattern, ...]]
"""Patterns by each stem that may stand next to the word: behind it, or else before it."""


@dataclass(frozen=True, slots=True)
class Use:
    """How a word is used.

    :param others: combinations with words behind it in which it is no feeling.
    :param others_before: the same with words before it alone.
    :param feelings: combinations in which it is one.
    """

    usual: Usual
    others: Patterns
    others_before: Patterns
    feelings: Patterns
    feelings_before: Patterns

    def is_other(self, words: Sequence[str], start: int, end: int) -> bool:
        """Return whether words behind it, with or without some before it, make it no feeling.

        Of a word that mostly means something else, only telling ones count: the rest says nothing new.
        """
        is_telling = self.usual in {"sometimes", "seldom"}
        return _fits_behind(self.others, words, start, end, is_telling=is_telling)

    def is_other_before(self, words: Sequence[str], start: int, end: int) -> bool:
        """Return whether words before it make it no feeling."""
        is_telling = self.usual in {"sometimes", "seldom"}
        return _fits_before(self.others_before, words, start, end, is_telling=is_telling)

    def is_feeling(self, words: Sequence[str], start: int, end: int) -> bool:
        """Return whether telling words around it make it one: "tears of _"."""
        return _fits_behind(self.feelings, words, start, end, is_telling=True) or _fits_before(
            self.feelings_before, words, start, end, is_telling=True
        )

    def may_be_feeling(self, words: Sequence[str], start: int, end: int) -> bool:
        """Return whether words around it make it one, if somebody is there to feel it: "so _"."""
        return _fits_behind(self.feelings, words, start, end) or _fits_before(
            self.feelings_before, words, start, end
        )


def _fits_behind(
    patterns: Patterns, words: Sequence[str], start: int, end: int, *, is_telling: bool = False
) -> bool:
    if not patterns or end >= len(words):
        return False
    near = patterns.get(_STEMS[words[end]], ())
    return any(p.is_telling >= is_telling and p.fits(words, start, end) for p in near)


def _fits_before(
    patterns: Patterns, words: Sequence[str], start: int, end: int, *, is_telling: bool = False
) -> bool:
    if not patterns or not start:
        return False
    near = patterns.get(_STEMS[words[start - 1]], ())
    return any(p.is_telling >= is_telling and p.fits(words, start, end) for p in near)


def use_of(form: str) -> Use | None:
    """Return how a form is used, None if the table does not have it. Parsed once, on demand.

    >>> use_of("panic").usual
    'mostly'
    """
    line = _lines().get(form)
    return None if line is None else _parsed(line)


@cache
def _lines() -> dict[str, str]:
    """Return the table's lines by form; some milliseconds, once."""
    path = files("affectgraph.ontology.tables").joinpath("word_uses.tsv")
    lines = path.read_text(encoding="utf-8").split("\n")
    found = {form: rest for form, _, rest in (line.partition("\t") for line in lines[1:]) if rest}
    joined = [form for form in found if "-" in form]
    return {form.replace("-", " "): found[form] for form in joined} | found


@cache
def _parsed(line: str) -> Use:
    usual, others, feelings = line.split("\t")[:3]
    return Use(cast("Usual", usual), *_patterns(others), *_patterns(feelings))


def _patterns(cell: str) -> tuple[Patterns, Patterns]:
    """Return the patterns of a cell: with words behind, and with words before alone."""
    behind: dict[str, tuple[Pattern, ...]] = {}
    before: dict[str, tuple[Pattern, ...]] = {}
    for text in cell.split(";"):
        for pattern in parse_pattern(text) if text.strip() else ():
            chosen = behind if pattern.behind else before
            for word in pattern.behind[0] if pattern.behind else pattern.before[-1]:
                chosen[word] = (*chosen.get(word, ()), pattern)
    return behind, before


def parse_pattern(pattern: str) -> tuple[Pattern, ...]:
    """Return what a pattern of the table stands for: ``_`` is the word, ``/`` parts alternatives.

    :returns: one pattern, or several where an alternative has more than one word ("leave-one-out/test _").
    :raises ValueError: if it has no ``_`` or more than one, or nothing beside it.

    >>> len(parse_pattern("look/tears of _")), len(parse_pattern("well-being/mood _"))
    (1, 2)
    """
    if pattern.count(PLACE) != 1:
        raise ValueError(f"Expected one _ for the word in a pattern, got {pattern.strip()!r}.")
    before, _, behind = pattern.partition(PLACE)
    found = tuple(_pattern(*sides) for sides in product(_sides(before), _sides(behind)))
    if not all(pattern.before or pattern.behind for pattern in found):
        raise ValueError(f"Expected words beside _ in a pattern, got {pattern.strip()!r}.")
    return found


def _pattern(before: Side, behind: Side) -> Pattern:
    is_telling = any(not place <= _CLOSED for place in before + behind)
    return Pattern(before, behind, is_telling)


_CLOSED = frozenset(map(stem, FUNCTION | PRONOUNS))


def _sides(text: str) -> list[Side]:
    """Return the ways to read one side of a pattern."""
    pieces: list[list[Side]] = []
    for piece in text.split():
        options = [tuple(map(stem, _TOKEN.findall(option.lower()))) for option in piece.split("/")]
        options = [option for option in options if option]
        if all(len(option) == 1 for option in options):
            pieces.append([(frozenset(option[0] for option in options),)] if options else [()])
        else:
            pieces.append([tuple(frozenset({word}) for word in option) for option in options])
    return [tuple(place for side in sides for place in side) for sides in product(*pieces)]
