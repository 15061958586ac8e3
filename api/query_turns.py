"""Hands a few things out in turn: who waits longest has the next that is free."""

from collections import deque
from collections.abc import Iterable
from threading import Event, Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Things that one thread at a time may have; ``queue.Queue`` lets a quick thread overtake for ever.

    >>> turns = Turns(["pen"])
    >>> turns.take(timeout=0.0), turns.take(timeout=0.0)
    ('pen', None)
    >>> turns.give("pen")
    >>> turns.idle
    ('pen',)
    """

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._lock = Lock()
        self._idle = list(things)
        self._waiting: deque[_Wait[T]] = deque()

    @property
    def idle(self) -> tuple[T, ...]:
        """What nobody has."""
        return tuple(self._idle)

    def take(self, *, timeout: float) -> T | None:
        """Return a thing, the one given back last; None if none gets free within the seconds."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            wait: _Wait[T] = _Wait()
            self._waiting.append(wait)
        if not wait.is_over.wait(timeout):
            with self._lock:
                if wait in self._waiting:
                    self._waiting.remove(wait)
                    return None
        return wait.found[0]

    def give(self, thing: T) -> None:
        """Give a thing back, to who waits longest."""
        with self._lock:
            if not self._waiting:
                self._idle.append(thing)
                return
            wait = self._waiting.popleft()
            wait.found.append(thing)
            wait.is_over.set()


class _Wait(Generic[T]):
    """A thread that waits, and what it is given."""

    def __init__(self) -> None:
        self.is_over = Event()
        self.found: list[T] = []
