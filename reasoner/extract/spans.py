"""Picks spans by position: items with ``start`` and ``end`` that are sorted and do not overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Span(Protocol):
    """Anything with offsets in code points, half open."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


S = TypeVar("S", bound=Span)
_START = attrgetter("start")


def within(items: Sequence[S], start: int, end: int) -> list[S]:
    """Return the items that begin in ``start <= position < end``, in order; costs O(log n + found)."""
    return list(items[bisect_left(items, start, key=_START) : bisect_left(items, end, key=_START)])


def clear_of(items: Iterable[S], taken: Sequence[Span]) -> list[S]:
    """Return the items that overlap none of the taken ones, in order."""
    return [item for item in items if not overlaps(item.start, item.end, taken)]


def overlaps(start: int, end: int, taken: Sequence[Span]) -> bool:
    """Return whether ``start..end`` overlaps one of the taken spans.

    >>> overlaps(3, 5, [])
    False
    """
    behind = bisect_left(taken, end, key=_START)
    return behind > 0 and taken[behind - 1].end > start
