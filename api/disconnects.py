"""Ends work whose client has gone, at no cost to work that is done in a moment."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from anyio import CancelScope
from starlette.types import Receive

WATCH_AFTER = 0.05
"""Seconds until the client is watched: a task for that costs as much as a short answer does."""

T = TypeVar("T")


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T | None:
    """Return what work gives; None if the client goes away first, which cancels the work.

    For the event loop of asyncio; nothing but the end may be left to receive, as after the body.

    :raises Exception: what the work raises, or what receiving raises first.
    """
    scope = CancelScope()
    watch = _Watch(receive, scope)
    timer = asyncio.get_running_loop().call_later(WATCH_AFTER, watch.begin)
    try:
        with scope:
            return await work
    finally:
        timer.cancel()
        watch.end()
    if watch.failure is not None:
        raise watch.failure
    return None


class _Watch:
    """Cancels a scope when the client goes away."""

    def __init__(self, receive: Receive, scope: CancelScope) -> None:
        self._receive = receive
        self._scope = scope
        self._task: asyncio.Task[None] | None = None
        self.failure: Exception | None = None

    def begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._watch())

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        with suppress(asyncio.CancelledError):
            try:
                while (await self._receive())["type"] != "http.disconnect":
                    pass
            except Exception as error:  # raised by the task that is watched for
                self.failure = error
            self._scope.cancel()
