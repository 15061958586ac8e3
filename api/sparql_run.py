"""Runs SPARQL of strangers: a few at a time, on a deep stack, within limits of size and time."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore, Lock, Thread, stack_size
from traceback import clear_frames
from typing import Any, TypeVar

from affectgraph.api.query_errors import QueryTimeoutError, ResultSizeError
from affectgraph.ontology.errors import BackendError

RUNNING = 4
"""Queries that run at the same time; the engine cannot stop one, so they must not take every thread."""
PATIENCE = 10.0
"""Seconds a query waits for its turn."""
STACK = 64 * 1024 * 1024
"""Bytes of stack for the engine's recursion; see :mod:`affectgraph.api.sparql_guard`."""
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes an answer may have."""
TIME_LIMIT = 60.0
"""Seconds until an answer is cut off; noticed when the engine gives its next rows."""

Result = TypeVar("Result")
_turns = BoundedSemaphore(RUNNING)
_starting = Lock()


def run_deep(work: Callable[[], Result]) -> Result:
    """Return what a function returns, run on a thread with :data:`STACK` bytes of stack.

    :raises BackendError: if :data:`RUNNING` others run and none ends within :data:`PATIENCE` seconds.
    """
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            _drop_locals(error)
            failure.append(error)

    if not _turns.acquire(timeout=PATIENCE):
        raise BackendError(
            f"{RUNNING} queries are running.",
            backend="sparql",
            retryable=True,
            hint="Try again later.",
        )
    try:
        thread = Thread(target=run, daemon=True, name="sparql")
        _start_deep(thread)
        thread.join()
    finally:
        _turns.release()
    if failure:
        raise failure[0]
    return outcome[0]


def _drop_locals(error: BaseException | None) -> None:
    """Empty the frames an error came through: the engine's results may only end on their own thread."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _start_deep(thread: Thread) -> None:
    """Start a thread with :data:`STACK` bytes of stack; the size is a setting of the whole process."""
    with _starting:
        before = stack_size(STACK)
        try:
            thread.start()
        finally:
            stack_size(before)


class BoundedOutput(io.BytesIO):
    """Takes an answer as it is written, and ends it when it becomes too long or takes too long.

    :param size_limit: bytes; :data:`SIZE_LIMIT` if left out.
    :param time_limit: seconds from now; :data:`TIME_LIMIT` if left out.
    """

    def __init__(self, size_limit: int | None = None, time_limit: float | None = None) -> None:
        super().__init__()
        self._size_limit = SIZE_LIMIT if size_limit is None else size_limit
        self._time_limit = TIME_LIMIT if time_limit is None else time_limit
        self._deadline = time.monotonic() + self._time_limit

    def write(self, content: Any, /) -> int:
        """Take the next bytes.

        :raises ResultSizeError: if the answer is over the limit of size.
        :raises QueryTimeoutError: if it is over the limit of time.
        """
        if self.tell() + len(content) > self._size_limit:
            raise ResultSizeError(
                f"The answer has over {self._size_limit:,} bytes. Use LIMIT and OFFSET."
            )
        _require_time(self._deadline, self._time_limit)
        return super().write(content)


def within_time(rows: Iterable[Result], time_limit: float | None = None) -> Iterator[Result]:
    """Yield rows of an answer as the engine gives them.

    :param time_limit: seconds from now; :data:`TIME_LIMIT` if left out.
    :raises QueryTimeoutError: at the first row that comes after it.
    """
    limit = TIME_LIMIT if time_limit is None else time_limit
    deadline = time.monotonic() + limit
    for row in rows:
        _require_time(deadline, limit)
        yield row


def _require_time(deadline: float, limit: float) -> None:
    if time.monotonic() > deadline:
        raise QueryTimeoutError(f"The query takes over {limit:g} s. Ask for less of it.")
