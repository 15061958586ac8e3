"""Hands a few things out in turn: who waits longest has the next that is free."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from threading import Event, Lock
from typing import Generic, TypeVar

OVERTAKING = 4
"""How many of those who wait may overtake who yields, before that one has its turn."""

T = TypeVar("T")


class Turns(Generic[T]):
    """Things that one thread or task at a time may have; queues of Python let the quick overtake for ever.

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
        self._yielding: deque[_Wait[T]] = deque()
        self._overtaken = 0

    @property
    def idle(self) -> tuple[T, ...]:
        """What nobody has."""
        return tuple(self._idle)

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits."""
        return bool(self._waiting or self._yielding)

    def take(self, *, timeout: float) -> T | None:
        """Return a thing, the one given back last; None if none gets free within the seconds."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            wait: _ThreadWait[T] = _ThreadWait()
            self._waiting.append(wait)
        if not wait.is_over.wait(timeout) and self._leave(wait):
            return None
        return wait.found[0]

    async def take_soon(self, *, timeout: float, yields: bool = False) -> T | None:
        """As :meth:`take`, for a task of asyncio's event loop, which goes on meanwhile.

        A task that is cancelled takes nothing.

        :param yields: whether others may overtake it, up to :data:`OVERTAKING` at a time.
        """
        with self._lock:
            if self._idle:
                return self._idle.pop()
            wait: _TaskWait[T] = _TaskWait()
            (self._yielding if yields else self._waiting).append(wait)
        timer = wait.end_after(timeout)
        try:
            await wait.is_over
        except asyncio.CancelledError:
            if not self._leave(wait):
                self.give(wait.found[0])
            raise
        finally:
            timer.cancel()
        return None if self._leave(wait) else wait.found[0]

    def give(self, thing: T) -> None:
        """Give a thing back, to who waits longest of those who do not yield, or is overtaken no further."""
        with self._lock:
            while (wait := self._next()) is not None:
                if wait.end_with(thing):
                    return
            self._idle.append(thing)

    def _next(self) -> "_Wait[T] | None":
        """Return who is next, and is no longer among those who wait; None if nobody does."""
        if self._yielding and (not self._waiting or self._overtaken >= OVERTAKING):
            self._overtaken = 0
            return self._yielding.popleft()
        if not self._waiting:
            return None
        self._overtaken += bool(self._yielding)
        return self._waiting.popleft()

    def _leave(self, wait: "_Wait[T]") -> bool:
        """Stop waiting; return whether that was in time, False if something was given already."""
        if wait.found:
            return False
        with self._lock:
            for queue in (self._waiting, self._yielding):
                if wait in queue:
                    queue.remove(wait)
                    return True
            return False


class _Wait(ABC, Generic[T]):
    """Somebody who waits, and what it is given."""

    def __init__(self) -> None:
        self.found: list[T] = []

    @abstractmethod
    def end_with(self, thing: T) -> bool:
        """Give a thing and end the wait; return False if nobody is there any more."""


class _ThreadWait(_Wait[T]):
    """A thread that waits."""

    def __init__(self) -> None:
        super().__init__()
        self.is_over = Event()

    def end_with(self, thing: T) -> bool:
        self.found.append(thing)
        self.is_over.set()
        return True


class _TaskWait(_Wait[T]):
    """A task that waits."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self.is_over = self._loop.create_future()

    def end_with(self, thing: T) -> bool:
        self.found.append(thing)
        try:
            self._loop.call_soon_threadsafe(self._wake)
        except RuntimeError:  # the loop has been closed
            return False
        return True

    def end_after(self, seconds: float) -> asyncio.TimerHandle:
        """End the wait without a thing when so much time is over."""
        return self._loop.call_later(seconds, self._wake)

    def _wake(self) -> None:
        if not self.is_over.done():
            self.is_over.set_result(None)
