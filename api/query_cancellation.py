"""Ends queries of strangers whose askers have gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

from affectgraph.ontology.errors import BackendError


class HangsUp(Protocol):
    """What answers a query, and can be left in the middle of it."""

    def hang_up(self) -> None:
        """End the query; any thread may."""
        ...


class Cancellation:
    """Lets one thread end a query that another waits for. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._worker: HangsUp | None = None
        self._is_cancelled = False

    def cancel(self) -> None:
        """End the query, now or when it begins; one that has an answer is left alone."""
        with self._lock:
            self._is_cancelled = True
            if self._worker is not None:
                self._worker.hang_up()

    @property
    def is_cancelled(self) -> bool:
        """Whether the query was told to end."""
        return self._is_cancelled

    @contextmanager
    def ends(self, worker: HangsUp) -> Iterator[None]:
        """Let :meth:`cancel` hang up on a worker, within the block and no longer.

        :raises BackendError: if the query was told to end before.
        """
        with self._lock:
            if self._is_cancelled:
                raise gone()
            self._worker = worker
        try:
            yield
        finally:
            with self._lock:
                self._worker = None


def gone() -> BackendError:
    """Return the error of a query whose asker has gone; nobody reads it."""
    return BackendError("whoever asked has gone.", backend="sparql", retryable=True)
