"""How words of emotion are used in texts: the reviewed table ``word_uses.tsv``, read when first needed."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Literal, cast

from affectgraph import ontology
from affectgraph.linkers.annotation.people import FUNCTION, PRONOUNS
from affectgraph.linkers.annotation.stems import STEMS, stem
from affectgraph.linkers.sorted_lines import SortedLines

Usual = Literal["feeling", "mostly", "sometimes", "seldom"]
"""How often a word means a feeling: nine times in ten, more than half, one in ten to a half, hardly ever."""

TABLE = Path(ontology.__file__).parent / "tables" / "word_uses.tsv"

PLACE = "_"
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,]|_")

Side = tuple[frozenset[str], ...]
"""Stems that may stand at each place."""


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
        for place in self.before:
            if STEMS[words[first]] not in place:
                return False
            first += 1
        for place in self.behind:
            if STEMS[words[end]] not in place:
                return False
            end += 1
        return True


Patterns = Mapping[str, tuple[tuple[int, Pattern], ...]]
"""Patterns and what they say, by each stem that may stand next to the word."""

OTHER = 1
"""Words behind it, with or without some before it, make a word no feeling."""

OTHER_BEFORE = 2
"""Words before it make a word no feeling."""

FEELING = 4
"""Telling words around it make a word a feeling: "tears of _"."""

MAY_BE_FEELING = 8
"""Words around it make a word a feeling, if somebody is there to feel it: "so _"."""


@dataclass(frozen=True, slots=True)
class Use:
    """How a word is used.

    :param behind: combinations with words behind it, with or without some before it.
    :param before: the same with words before it alone.
    """

    usual: Usual
    behind: Patterns
    before: Patterns

    def combinations(self, words: Sequence[str], start: int, end: int) -> int:
        """Return what the combinations that a word stands in say of it, joined by ``|``.

        >>> use_of("panic").combinations(["a", "panic", "button"], 1, 2) == OTHER
        True
        """
        said = 0
        if end < len(words):
            for says, pattern in self.behind.get(STEMS[words[end]], ()):
                if pattern.fits(words, start, end):
                    said |= says
        if start:
            for says, pattern in self.before.get(STEMS[words[start - 1]], ()):
                if pattern.fits(words, start, end):
                    said |= says
        return said


def use_of(form: str) -> Use | None:
    """Return how a form is used, None if the table does not have it. Parsed once, on demand.

    >>> use_of("panic").usual
    'mostly'
    """
    line = _line(form)
    return None if line is None else _parsed(line)


def is_seldom_felt(form: str) -> bool:
    """Return whether a form means a feeling in fewer than one of ten uses.

    >>> is_seldom_felt("good"), is_seldom_felt("panic"), is_seldom_felt("despondent")
    (True, False, False)
    """
    line = _line(form)
    return line is not None and line.partition("\t")[0] == "seldom"


def _line(form: str) -> str | None:
    """Return the table's line of a form, of one with hyphens failing that; without the form itself."""
    return _rows(f"{form}\t"[:2]).get(form)


@lru_cache(maxsize=1024)
def _rows(two: str) -> dict[str, str]:
    """Return the lines of the forms that begin with two characters, by form, hyphens read as spaces too."""
    lines = _table().beginning(two)
    if " " in two:
        lines += _table().beginning(two.replace(" ", "-"))
    found = {form: rest for form, _, rest in (line.partition("\t") for line in lines)}
    joined = {form.replace("-", " "): rest for form, rest in found.items() if "-" in form}
    return joined | found


@cache
def _table() -> SortedLines:
    """Return the table's lines; a millisecond, once."""
    return SortedLines(TABLE.read_text(encoding="utf-8").partition("\n")[2])


@cache
def _parsed(line: str) -> Use:
    usual, others, feelings = line.split("\t")[:3]
    behind: dict[str, list[tuple[int, Pattern]]] = defaultdict(list)
    before: dict[str, list[tuple[int, Pattern]]] = defaultdict(list)
    is_open = usual in {"sometimes", "seldom"}
    for pattern in _patterns(others):
        # of a word that mostly means something else, only telling ones say something new
        if pattern.is_telling or not is_open:
            _add(behind, before, pattern, OTHER if pattern.behind else OTHER_BEFORE)
    for pattern in _patterns(feelings):
        says = FEELING | MAY_BE_FEELING if pattern.is_telling else MAY_BE_FEELING
        _add(behind, before, pattern, says)
    return Use(cast("Usual", usual), _fixed(behind), _fixed(before))


def _patterns(cell: str) -> list[Pattern]:
    return [found for text in cell.split(";") if text.strip() for found in parse_pattern(text)]


def _add(
    behind: dict[str, list[tuple[int, Pattern]]],
    before: dict[str, list[tuple[int, Pattern]]],
    pattern: Pattern,
    says: int,
) -> None:
    """File a pattern by each stem that may stand next to the word: behind it, or else before it."""
    chosen = behind if pattern.behind else before
    for word in pattern.behind[0] if pattern.behind else pattern.before[-1]:
        chosen[word].append((says, pattern))


def _fixed(patterns: dict[str, list[tuple[int, Pattern]]]) -> Patterns:
    return {word: tuple(found) for word, found in patterns.items()}


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
