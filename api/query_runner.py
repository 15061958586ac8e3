"""What runs the queries of strangers: one small interface, and the runner within the serving process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

from affectgraph.api.query_evaluation import QueryAnswer, Question, evaluate
from affectgraph.api.sparql_run import run_deep
from affectgraph.kg.store import GraphStore
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


class QueryRunner(Protocol):
    """Runs queries of strangers; threads may share it."""

    def start(self) -> None:
        """Get ready; a second call does nothing."""
        ...

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer to a question.

        :param cancellation: by which another thread ends the query.
        :raises QueryError: if the query is malformed, or the engine fails on it.
        :raises QueryCostError: if it passes a limit of time or memory, or ends the engine.
        :raises ResultSizeError: if the answer is too long.
        :raises BackendError: if too many queries run already, or the store fails.
        """
        ...

    def close(self) -> None:
        """End what runs; a second call does nothing."""
        ...


class InProcessQueries:
    """Runs queries in the serving process, a few at a time, on a deep stack.

    For graphs that exist as objects alone, for endpoints of others, and where processes cannot be forked. The
    engine cannot stop a query there: its limits count only between rows.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def start(self) -> None:
        """Nothing to do; see :meth:`QueryRunner.start`."""

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer to a question; it goes on when it is cancelled."""
        return run_deep(lambda: evaluate(self._store, question))

    def close(self) -> None:
        """Nothing to do; see :meth:`QueryRunner.close`."""
