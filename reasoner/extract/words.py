"""The words of a sentence, each looked up once: what it names, and which kinds of claims it can make."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import attrgetter, or_
from typing import TypeVar

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import Concept
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.inflection import base_forms
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention, names_feeling
from affectgraph.reasoner.extract.triggers import ALL, NAMES, TAKEN_FOR_OTHERS, triggers

REMEMBERED = 100_000
"""Words and phrases remembered before the memory is emptied, so that strange texts cannot fill it."""

_WORD = late_pattern(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
_SPACE = late_pattern(r"\s+")
_NO_WORDS: Mapping[str, int] = {}
_TRIGGERS = attrgetter("triggers")

Meaning = tuple[tuple[Concept, ...], str, bool]
"""Concepts, the likeliest first, role and weakness, as in :class:`Mention`."""

K = TypeVar("K")
V = TypeVar("V")


class Memory(dict[K, V]):
    """What a function returned, by its argument. Emptied when it is full; threads may share one.

    >>> lengths = Memory(len)
    >>> lengths["four"], dict(lengths)
    (4, {'four': 4})
    """

    def __init__(self, function: Callable[[K], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: K) -> V:
        if len(self) >= REMEMBERED:
            self.clear()
        value = self[key] = self._function(key)
        return value


@quickly_made
@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word as it is written.

    :param forms: it in lower case, with straight apostrophes, and what it may be inflected from.
    :param meaning: what it means as an emotion word by itself, None if it is none.
    :param seconds: second words of phrases that begin with it, with the most words that such a phrase has.
    :param triggers: see :mod:`affectgraph.reasoner.extract.triggers`; ``NAMES`` is among them if it has a
        meaning or seconds.
    """

    forms: tuple[str, ...]
    meaning: Meaning | None
    seconds: Mapping[str, int]
    triggers: int


class Scan:
    """The words of a stretch of text with their places.

    :param matches: where they stand.
    :param words: what is known of each.
    :param triggers: those of all words together.
    """

    __slots__ = ("matches", "triggers", "words")

    def __init__(self, matches: list[re.Match[str]], words: list[Word], extra: int) -> None:
        self.matches = matches
        self.words = words
        self.triggers: int = reduce(or_, map(_TRIGGERS, words), extra)


class EmotionWords:
    """Finds words that name a feeling. Threads may share one.

    :param lexicon: the words of a graph.
    :param more: what triggers a word in lower case has beyond those of every text, such as names in the
        graph.
    """

    def __init__(self, lexicon: Lexicon, more: Callable[[str], int] = lambda _: 0) -> None:
        self._lexicon = lexicon
        self._more = more
        self._known = Memory(self._word)
        self._forms = Memory(self._meaning)

    def scan(self, text: str, start: int, end: int) -> Scan:
        """Return the words of ``text[start:end]``; costs some tenths of a microsecond a word."""
        matches = list(_WORD.finditer(text, start, end))
        known = self._known
        words = [known[match[0]] for match in matches]
        is_odd = not text.isascii() and TAKEN_FOR_OTHERS.search(text, start, end)
        return Scan(matches, words, ALL if is_odd else 0)

    def find(self, text: str, scan: Scan) -> list[Mention]:
        """Return the emotion words of a scanned text in order, the longest at each place.

        Words whose common meaning is another are among them, marked weak, if they can be adjectives.
        """
        words = scan.words
        found: list[Mention] = []
        if not scan.triggers & NAMES:
            return found
        free = 0
        last = len(words) - 1
        for position in [n for n, word in enumerate(words) if word.triggers & NAMES]:
            if position < free:
                continue
            word = words[position]
            seconds = word.seconds
            if (
                seconds
                and position < last
                and not seconds.keys().isdisjoint(words[position + 1].forms)
            ):
                longest = max(seconds.get(form, 1) for form in words[position + 1].forms)
                used = self._phrase(text, scan.matches, position, longest, found)
                if used:
                    free = position + used
                    continue
            if word.meaning is not None:
                match = scan.matches[position]
                start, end = match.span()
                found.append(Mention(start, end, match[0], *word.meaning))
        return found

    def _phrase(
        self,
        text: str,
        matches: list[re.Match[str]],
        position: int,
        longest: int,
        found: list[Mention],
    ) -> int:
        """Add the longest phrase of several words at a position; return its number of words."""
        start = matches[position].start()
        for count in range(min(longest, len(matches) - position), 1, -1):
            end = matches[position + count - 1].end()
            quote = text[start:end]
            meaning = self._forms[_SPACE.sub(" ", _plain(quote))]
            if meaning is not None:
                found.append(Mention(start, end, quote, *meaning))
                return count
        return 0

    def _word(self, quote: str) -> Word:
        plain = _plain(quote)
        seconds = self._seconds.get(plain, _NO_WORDS)
        meaning = self._meaning(plain)
        bits = triggers(plain) | self._more(plain) | (NAMES if meaning or seconds else 0)
        forms = tuple({plain, *(base.form for base in base_forms(plain))})
        return Word(forms, meaning, seconds, bits)

    @cached_property
    def _seconds(self) -> Mapping[str, Mapping[str, int]]:
        """Second words of phrases by their first, with the most words that such a phrase has."""
        found: dict[str, dict[str, int]] = {}
        for form in self._lexicon.words:
            first, space, rest = form.partition(" ")
            if space:
                seconds = found.setdefault(first, {})
                second = rest.partition(" ")[0]
                seconds[second] = max(seconds.get(second, 1), form.count(" ") + 1)
        return found

    def _meaning(self, form: str) -> Meaning | None:
        entries, _ = self._lexicon.look_up(form)
        if not entries and "-" in form:
            entries, _ = self._lexicon.look_up(form.replace("-", " "))
        read = [entry for entry in entries if is_read(entry)]
        if not read:
            return None
        return tuple(entry.concept for entry in read), read[0].role, read[0].is_weak


def is_read(entry: Entry) -> bool:
    """Return whether a reading of a word counts: it names a feeling, and if weak, as an adjective.

    Only an adjective can be said of a person behind "feels" and "looks": "content", but not "like".
    """
    return names_feeling(entry) and (not entry.is_weak or "adjective" in entry.parts_of_speech)


def _plain(word: str) -> str:
    return word.casefold().replace("\u2019", "'")
