"""Answers about single words, remembered: the rules ask the same of the same words in text after text."""

from collections.abc import Callable
from functools import wraps
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
REMEMBERED = 20_000
"""Words whose answers are remembered before the memory is emptied, so that strange texts cannot fill it."""

LONGEST = 40
"""Letters of the longest word that is remembered: what is longer is none, and could be a megabyte."""


class Remembered(dict[str, Answer], Generic[Answer]):
    """Answers by word, each worked out when first asked for. Threads may share one.

    :param work_out: gives the answer for a word, the same each time.

    >>> lengths = Remembered(len)
    >>> lengths["dread"], lengths["dread"]
    (5, 5)
    """

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[str], Answer]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> Answer:
        """Work out the answer for a word."""
        answer = self._work_out(word)
        if len(word) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[word] = answer
        return answer


def remembered(work_out: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Return a function of one word that remembers its answers.

    >>> @remembered
    ... def length(word: str) -> int:
    ...     return len(word)
    >>> length("dread")
    5
    """
    known = Remembered(work_out)

    @wraps(work_out)
    def ask(word: str) -> Answer:
        return known[word]

    return ask
