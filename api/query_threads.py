"""Threads in which requests wait for SPARQL of strangers, so that other requests keep theirs."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

from affectgraph.api.query_cancellation import Cancellation

THREADS = 160
"""Requests that wait for an answer or for a turn at once. More than a pool lets in as it is, so that one too
many is refused at once and not kept waiting for a thread."""

PROCESS_THREADS = 32
"""Threads that start, end and replace processes; a pool has fewer places."""

T = TypeVar("T")
_waiters: RunVar[CapacityLimiter] = RunVar("threads for queries of strangers")
_reader: RunVar[CapacityLimiter] = RunVar("the thread for long texts of strangers")
_processes: RunVar[CapacityLimiter] = RunVar("threads for processes")


async def on_query_thread(work: Callable[[Cancellation], T]) -> T:
    """Return what work gives, done on a thread that is for queries alone.

    If the task is cancelled, so is the query; its thread is not waited for.

    :param work: runs a query that the cancellation ends.
    :raises Exception: what the work raises.
    """
    cancellation = Cancellation()
    try:
        return await run_sync(
            work, cancellation, abandon_on_cancel=True, limiter=_limiter(_waiters, THREADS)
        )
    finally:
        cancellation.cancel()


async def on_reading_thread(work: Callable[[], T]) -> T:
    """Return what reading a long text gives, done on a thread; one text is read at a time.

    Threads take turns at the interpreter, so that several which read would leave the event loop a small part.
    """
    return await run_sync(work, limiter=_limiter(_reader, 1))


async def on_process_thread(work: Callable[[], T]) -> T:
    """Return what starting, ending or replacing a process gives, done on a thread that is for that alone."""
    return await run_sync(work, limiter=_limiter(_processes, PROCESS_THREADS))


def _limiter(kept: RunVar[CapacityLimiter], threads: int) -> CapacityLimiter:
    """Return the limiter of the event loop that runs."""
    try:
        return kept.get()
    except LookupError:
        limiter = CapacityLimiter(threads)
        kept.set(limiter)
        return limiter
