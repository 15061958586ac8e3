"""Runs SPARQL of strangers: a few at a time, on a deep stack, within limits of size and time."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore, Lock, Thread, stack_size
from traceback import clear_frames
from typing import Any, TypeVar

from affectgraph.ontology.errors import BackendError, QueryError

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
    """Takes an answer as it is written, and ends it when it becomes too long or takes too long."""

    def __init__(self) -> None:
        super().__init__()
        self._deadline = time.monotonic() + TIME_LIMIT

    def write(self, content: Any, /) -> int:
        """Take the next bytes.

        :raises QueryError: if the answer is over :data:`SIZE_LIMIT` or :data:`TIME_LIMIT`.
        """
        written = super().write(content)
        if self.tell() > SIZE_LIMIT:
            raise QueryError(
                f"The answer has over {SIZE_LIMIT // 1024 // 1024} MiB. Use LIMIT and OFFSET."
            )
        _require_time(self._deadline)
        return written


def within_time(rows: Iterable[Result]) -> Iterator[Result]:
    """Yield rows of an answer as the engine gives them.

    :raises QueryError: at the first row that comes after :data:`TIME_LIMIT`.
    """
    deadline = time.monotonic() + TIME_LIMIT
    for row in rows:
        _require_time(deadline)
        yield row


def _require_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise QueryError(f"The query takes over {TIME_LIMIT:.0f} s. Ask for less of it.")
