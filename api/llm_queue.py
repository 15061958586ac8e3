"""Who may ask the language model, and when: a bounded queue that says when to come back."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from math import ceil
from time import monotonic

from anyio import Event, fail_after
from fastapi import HTTPException

from affectgraph.api.llm_limits import LlmLimits
from affectgraph.ontology.errors import BackendError

REMEMBERED_RUNS = 32
"""Runs whose mean is what the next one is expected to take."""

UNKNOWN_SECONDS = 5.0
"""What a run is expected to take as long as none has ended."""


class QueueFullError(HTTPException):
    """As many requests as may wait are waiting; the error handlers turn it into a 429 with Retry-After."""

    def __init__(self, limits: LlmLimits, *, retry_after_seconds: int) -> None:
        detail = (
            f"Expected at most {limits.concurrency} requests at the language model and {limits.queue} "
            f"waiting, got one more. Ask again in {retry_after_seconds} s."
        )
        super().__init__(429, detail, headers={"Retry-After": str(retry_after_seconds)})


class TurnTimeoutError(BackendError):
    """A request has waited for the language model as long as it may."""

    def __init__(self, limits: LlmLimits, *, retry_after_seconds: int) -> None:
        super().__init__(
            f"expected a turn within {limits.wait_seconds:g} s, got none.",
            backend="language model",
            retryable=True,
            hint=f"Ask again in {retry_after_seconds} s.",
        )
        self.retry_after_seconds = retry_after_seconds


class LlmQueue:
    """Lets so many runs at the model at once, in the order they asked. For the tasks of one event loop.

    A request takes a place, and within it a turn for each run: a batch has one place and many turns, so
    that it is refused as a whole or not at all, and others get their turns between its own.

    :param clock: seconds, for how long runs take.
    """

    def __init__(self, limits: LlmLimits, *, clock: Callable[[], float] = monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._running = 0
        self._waiting: deque[Event] = deque()
        self._requests = 0
        self._seconds: deque[float] = deque(maxlen=REMEMBERED_RUNS)
        self.refused = 0
        """Requests that were refused so far, since there was no place."""
        self.turns_missed = 0
        """Runs so far whose turn did not come in time."""

    @property
    def running(self) -> int:
        """Runs that have their turn."""
        return self._running

    @property
    def waiting(self) -> int:
        """Runs that wait for their turn."""
        return len(self._waiting)

    @property
    def requests(self) -> int:
        """Requests that have a place, waiting ones among them."""
        return self._requests

    def retry_after_seconds(self) -> int:
        """Return in how many seconds those that wait now will have had their turns, 1 or more.

        That is the mean of the last :data:`REMEMBERED_RUNS` runs, times who waits, by how many run at once.
        """
        known = sum(self._seconds) / len(self._seconds) if self._seconds else UNKNOWN_SECONDS
        waiting = max(1, self._requests - self.limits.concurrency)
        return max(1, ceil(known * waiting / self.limits.concurrency))

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for a request.

        :raises QueueFullError: if there is none.
        """
        if self._requests >= self.limits.concurrency + self.limits.queue:
            self.refused += 1
            raise QueueFullError(self.limits, retry_after_seconds=self.retry_after_seconds())
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it.

        :raises TurnTimeoutError: if none comes in time.
        """
        try:
            with fail_after(self.limits.wait_seconds):
                await self._take()
        except TimeoutError as error:
            self.turns_missed += 1
            seconds = self.retry_after_seconds()
            raise TurnTimeoutError(self.limits, retry_after_seconds=seconds) from error
        start = self._clock()
        try:
            yield
        finally:
            self._give_back()
            self._seconds.append(self._clock() - start)

    async def _take(self) -> None:
        if self._running < self.limits.concurrency:
            self._running += 1
            return
        mine = Event()
        self._waiting.append(mine)
        try:
            await mine.wait()
        except BaseException:  # cancelled, perhaps after the turn was handed over
            if mine.is_set():
                self._give_back()
            else:
                self._waiting.remove(mine)
            raise

    def _give_back(self) -> None:
        """Hand the turn to who waits longest; it counts as running from now on."""
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._running -= 1
