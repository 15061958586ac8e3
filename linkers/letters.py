"""Finds the words of a list that share most of their letters with another, without a look at each.

Every letter has a set of the words that hold it, one more of those that hold it twice, and so on, each kept
as the bits of one integer. The sets of a word's letters are added up digit by digit, for all words at once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence


class LetterSets:
    """Words by their letters. It cannot be changed, and threads may share it.

    :param words: the words; making the sets costs some microseconds a word.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._with: dict[tuple[str, int], int] = defaultdict(int)
        self._long: dict[int, int] = defaultdict(int)
        for place, word in enumerate(words):
            self._long[len(word)] |= 1 << place
            for held in _counted(word):
                self._with[held] |= 1 << place
        self._with.default_factory = None

    def sharing(self, word: str, least: float) -> Iterator[str]:
        """Yield the words of which twice the letters in common are at least a share of the letters of both.

        That is what ``difflib`` calls a quick ratio; the order is by length.

        >>> list(LetterSets(["angry", "range", "rage", "joyful"]).sharing("anger", 0.8))
        ['rage', 'angry', 'range']
        """
        digits = self._shared(word)
        for length in sorted(self._long):
            needed = _needed(len(word) + length, least)
            if needed <= min(len(word), length):
                found = _at_least(digits, needed) & self._long[length]
                yield from self._named(found)

    def _shared(self, word: str) -> list[int]:
        """Return how many letters each word shares with another, as binary digits, the lowest first."""
        digits: list[int] = []
        for held in _counted(word):
            carried = self._with.get(held, 0)
            for place, digit in enumerate(digits):
                digits[place], carried = digit ^ carried, digit & carried
            if carried:
                digits.append(carried)
        return digits

    def _named(self, found: int) -> Iterator[str]:
        while found:
            last = found & -found
            yield self._words[last.bit_length() - 1]
            found ^= last


def _needed(both: int, least: float) -> int:
    """Return how many letters in common make a share of the letters of both."""
    needed = int(least * both / 2)
    while 2.0 * needed < least * both and 2.0 * needed / both < least:
        needed += 1
    return needed


def _counted(word: str) -> list[tuple[str, int]]:
    """Return each letter with how many times it has come so far: ("l", 1) and ("l", 2) in "hell"."""
    seen: dict[str, int] = defaultdict(int)
    counted = []
    for letter in word:
        seen[letter] += 1
        counted.append((letter, seen[letter]))
    return counted


def _at_least(digits: Sequence[int], number: int) -> int:
    """Return the set of places where the number that binary digits make is not below another."""
    if number >> len(digits):
        return 0
    above, same = 0, -1
    for place in range(len(digits) - 1, -1, -1):
        if number >> place & 1:
            same &= digits[place]
        else:
            above |= same & digits[place]
            same &= ~digits[place]
    return above | same
