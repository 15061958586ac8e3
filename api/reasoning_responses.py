"""Answers of runs with a model: made while the client is there, and ended when it goes away."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from math import inf
from typing import TypeVar

from anyio import create_memory_object_stream, create_task_group, sleep
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from anyio.to_thread import run_sync
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from affectgraph.api.event_stream import EVENT_STREAM, KEEP_ALIVE
from affectgraph.api.handlers import problem_of
from affectgraph.api.llm_runs import ModelRuns, Run, follow, place_for
from affectgraph.api.reasoning_events import EventWriter
from affectgraph.api.representations import JSON
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.reasoner.loop import Event
from affectgraph.reasoner.models import Delta

logger = logging.getLogger(__name__)

KEEP_ALIVE_SECONDS = 15.0
"""Between comments in a stream in which nothing else waits to be sent."""

T = TypeVar("T")


async def while_connected(receive: Receive, work: Callable[[], Awaitable[T]]) -> T | None:
    """Return what work gives; None if the client goes away first, which cancels the work.

    :raises Exception: what the work raises, by itself and not in a group.
    """
    found: list[T] = []
    failed: list[Exception] = []
    async with create_task_group() as tasks:

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            tasks.cancel_scope.cancel()

        tasks.start_soon(watch)
        try:
            found.append(await work())
        except Exception as error:  # raised below, outside of the group
            failed.append(error)
        tasks.cancel_scope.cancel()
    if failed:
        raise failed[0]
    return found[0] if found else None


class WatchedJson(Response):
    """JSON that is made while it is watched whether the client is still there.

    :param work: makes the content; cancelled if the client goes away, which nobody is then told.
    """

    def __init__(self, work: Callable[[], Awaitable[str]], **headers: str) -> None:
        super().__init__()
        self._work = work
        self._sent_with = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the content and send it."""
        content = await while_connected(receive, self._work)
        if content is not None:
            response = Response(content, media_type=JSON, headers=self._sent_with)
            await response(scope, receive, send)


class EventStream(Response):
    """A run as server-sent events; it begins once there is a place in the queue.

    What is written waits for a slow reader here, and the model does not.

    :param llm: has the model of a run that asks one.
    :param keep_alive_seconds: between comments while nothing else is sent.
    """

    def __init__(
        self,
        run: Run,
        writer: EventWriter,
        llm: ModelRuns | None,
        *,
        keep_alive_seconds: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        headers = {"Cache-Control": "no-store", "Vary": "Accept", "X-Accel-Buffering": "no"}
        super().__init__(media_type=EVENT_STREAM, headers=headers)
        del self.headers["content-length"]
        self._run = run
        self._writer = writer
        self._llm = llm
        self._keep_alive_seconds = keep_alive_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a place and send the events.

        :raises QueueFullError: if there is no place; nothing has been sent then.
        """
        with ExitStack() as place:
            place.enter_context(place_for(self._llm))
            try:
                await while_connected(receive, lambda: self._send_all(scope["path"], send, place))
            except* OSError:
                logger.info("A client went away from a stream of events.")

    async def _send_all(self, path: str, send: Send, place: ExitStack) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        into, out = create_memory_object_stream[bytes](inf)
        with into, out:
            into.send_nowait(self._writer.write(self._run.evidence))
            async with create_task_group() as tasks:
                tasks.start_soon(self._write_all, path, into, place)
                tasks.start_soon(self._keep_alive, out, into)
                async for chunk in out:
                    if not chunk:
                        break
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                tasks.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write_all(
        self, path: str, into: MemoryObjectSendStream[bytes], place: ExitStack
    ) -> None:
        """Write each event of the run, and an empty chunk at the end; then give the place back."""

        async def take(event: Event) -> None:
            is_small = isinstance(event, Delta)
            write = self._writer.write
            text = write(event) if is_small else await run_sync(write, event)
            if text:
                into.send_nowait(text)

        with place:
            try:
                await (follow if self._llm is None else self._llm.follow)(self._run, take)
            except Exception as error:
                if not isinstance(error, AffectGraphError):
                    logger.exception("A stream of events failed.")
                into.send_nowait(self._writer.problem(problem_of(error, instance=path)))
            into.send_nowait(b"")

    async def _keep_alive(
        self, out: MemoryObjectReceiveStream[bytes], into: MemoryObjectSendStream[bytes]
    ) -> None:
        while True:
            await sleep(self._keep_alive_seconds)
            if not out.statistics().current_buffer_used:
                into.send_nowait(KEEP_ALIVE)
