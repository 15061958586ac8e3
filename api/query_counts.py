"""What queries of strangers came to, counted for those who run the service."""

from asyncio import CancelledError
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Literal, get_args

from affectgraph.api.query_errors import QueryCostError, QueryTimeoutError, ResultSizeError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_runner import Cancellation, QueryRunner
from affectgraph.ontology.errors import BackendError, QueryError

Outcome = Literal["answered", "malformed", "time", "cost", "size", "busy", "failed"]
"""What a query came to: an answer, a refusal of its text, a limit of time, one of memory or depth, an answer
that is too long, no turn (or an asker who has gone), or an error of ours."""

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
        with self._counted() as counted:
            return counted.answered(self.runner.run(question, cancellation))

    async def answer(self, question: Question) -> QueryAnswer:
        """Return the answer, and count it or its error."""
        with self._counted() as counted:
            return counted.answered(await self.runner.answer(question))

    @contextmanager
    def _counted(self) -> Iterator["_Counted"]:
        counted = _Counted()
        with self._lock:
            self._under_way += 1
        try:
            yield counted
        except CancelledError:
            counted.outcome = "busy"
            raise
        except Exception as error:
            counted.outcome = outcome_of(error)
            raise
        finally:
            with self._lock:
                self._under_way -= 1
                self._ended[counted.outcome] += 1

    def close(self) -> None:
        """Close what runs them."""
        self.runner.close()


class _Counted:
    """What a query comes to."""

    def __init__(self) -> None:
        self.outcome: Outcome = "failed"

    def answered(self, answer: QueryAnswer) -> QueryAnswer:
        self.outcome = "answered"
        return answer


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
