"""Lets one writer write at a time, and some others wait in order; more are sent away."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from affectgraph.api.query_turns import Turns
from affectgraph.ontology.errors import BackendError


class WriteTurns:
    """Turns of threads that write; who waits longest is next.

    :param waiting: how many may wait. :param wait_seconds: how long each does.

    >>> turns = WriteTurns(waiting=0, wait_seconds=1.0)
    >>> with turns.turn():
    ...     turns.waiting
    0
    """

    def __init__(self, *, waiting: int, wait_seconds: float) -> None:
        self._most = waiting + 1
        self._wait_seconds = wait_seconds
        self._turns = Turns(["turn"])
        self._counting = Lock()
        self._there = 0

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return max(0, self._there - 1)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have the turn within a ``with`` block.

        :raises BackendError: if too many wait already, or the wait is too long; a later try may succeed.
        """
        with self._counting:
            if self._there >= self._most:
                raise _busy(f"{self.waiting} writes wait already.")
            self._there += 1
        try:
            turn = self._turns.take(timeout=self._wait_seconds)
            if turn is None:
                raise _busy(f"other writes take over {self._wait_seconds:g} s.")
            try:
                yield
            finally:
                self._turns.give(turn)
        finally:
            with self._counting:
                self._there -= 1


def _busy(what: str) -> BackendError:
    return BackendError(what, backend="user-data", retryable=True, hint="Try again later.")
