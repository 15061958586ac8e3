"""What runs the queries of strangers: one small interface, and the runner within the serving process."""

from functools import partial
from typing import Protocol

from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_evaluation import QueryAnswer, Question, evaluate
from affectgraph.api.query_threads import on_query_thread
from affectgraph.api.sparql_run import run_deep
from affectgraph.kg.store import GraphStore

__all__ = ["Cancellation", "InProcessQueries", "QueryRunner"]


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

    async def answer(self, question: Question) -> QueryAnswer:
        """As :meth:`run`, on an event loop, which goes on; the query is ended if the task is cancelled."""
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

    async def answer(self, question: Question) -> QueryAnswer:
        """Return the answer to a question; it goes on when it is cancelled."""
        return await on_query_thread(partial(self.run, question))

    def close(self) -> None:
        """Nothing to do; see :meth:`QueryRunner.close`."""
