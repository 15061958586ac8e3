"""What queries of strangers came to, counted for those who run the service."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Literal, get_args

from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_errors import QueryCostError, QueryTimeoutError, ResultSizeError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_runner import QueryRunner
from affectgraph.ontology.errors import BackendError, QueryError

Outcome = Literal["answered", "malformed", "time", "cost", "size", "busy", "gone", "failed"]
"""What a query came to: an answer, a refusal of its text, a limit of time, one of memory or depth, an answer
that is too long, no turn, an asker who has gone, or an error of ours."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class CountedQueries:
    """A :class:`~affectgraph.api.query_runner.QueryRunner` that counts what another's queries come to.

    Threads may share it.

    :param runner: what runs the queries.
    """

    def __init__(self, runner: QueryRunner) -> None:
        self.runner = runner
        self._lock = Lock()
        self._under_way = 0
        self._ended: Counter[Outcome] = Counter()

    @property
    def under_way(self) -> int:
        """Queries that run or wait."""
        return self._under_way

    @property
    def ended(self) -> dict[Outcome, int]:
        """How many queries came to what, since the service began."""
        with self._lock:
            return {outcome: self._ended[outcome] for outcome in OUTCOMES}

    def start(self) -> None:
        """Start what runs them."""
        self.runner.start()

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer, and count it or its error."""
        with self._counted():
            return self.runner.run(question, cancellation)

    async def answer(self, question: Question) -> QueryAnswer:
        """As :meth:`run`, on an event loop."""
        with self._counted():
            return await self.runner.answer(question)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._under_way += 1
        outcome: Outcome = "gone"
        try:
            yield
            outcome = "answered"
        except Exception as error:
            outcome = outcome_of(error)
            raise
        finally:
            with self._lock:
                self._under_way -= 1
                self._ended[outcome] += 1

    def close(self) -> None:
        """Close what runs them."""
        self.runner.close()


def outcome_of(error: Exception) -> Outcome:
    """Return what a query came to that raised an error.

    >>> outcome_of(QueryTimeoutError("over 10 s")), outcome_of(KeyError("a"))
    ('time', 'failed')
    """
    kinds: tuple[tuple[type[Exception], Outcome], ...] = (
        (QueryTimeoutError, "time"),
        (QueryCostError, "cost"),
        (ResultSizeError, "size"),
        (QueryError, "malformed"),
        (BackendError, "busy"),
    )
    return next((outcome for kind, outcome in kinds if isinstance(error, kind)), "failed")
