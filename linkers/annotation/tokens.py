"""Splits a text into words and marks with their places."""

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,()\n\u2026\u2014\u2013\"#/]|\*+|-{2,}| - ")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'"})
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Tokens:
    """Words and marks of a text in lower case, and their places in code points, found when asked for.

    Words behind a # are split at their capitals.

    >>> Tokens("#NotHappy, at all", "#nothappy, at all").words
    ['#', 'not', 'happy', ',', 'at', 'all']
    """

    __slots__ = ("_lower", "_spans", "_text", "words")

    def __init__(self, text: str, lower: str) -> None:
        self._text = text
        self._lower = lower
        self._spans: list[tuple[int, int]] | None = None
        self.words: list[str] = (
            [lower[start:end] for start, end in self.spans]
            if "#" in lower
            else _TOKEN.findall(lower)
        )

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each word and mark."""
        if self._spans is None:
            if "#" in self._lower:
                spans = (match.span() for match in _TOKEN.finditer(self._lower))
                self._spans = list(_split_hashtags(self._text, spans))
            else:
                self._spans = _places(self.words, self._lower)
        return self._spans


def _places(tokens: list[str], text: str) -> list[tuple[int, int]]:
    """Return where the tokens of a text stand: each at its next occurrence, as no token is left out."""
    places: list[tuple[int, int]] = []
    end = 0
    for token in tokens:
        start = text.find(token, end)
        end = start + len(token)
        places.append((start, end))
    return places


def lowered(text: str) -> str:
    """Return a text in lower case, of the same length, with straight apostrophes.

    >>> lowered("DON\u2019T")
    "don't"
    """
    if text.isascii():
        return text.lower()
    lower = text.lower()
    if len(lower) != len(text):  # a few letters, such as a dotted capital I, grow
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_APOSTROPHES)


def _split_hashtags(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans, those of words behind a # split at their capitals."""
    mark = -1
    for start, end in spans:
        if mark == start and not text[start:end].islower():
            yield from (hump.span() for hump in _HUMP.finditer(text, start, end))
        else:
            yield start, end
        mark = end if text[start:end] == "#" else -1
