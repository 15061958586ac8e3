"""Long answers in pieces: to take or give tens of megabytes at once would keep the event loop from others."""

from asyncio import sleep
from collections.abc import Sequence

from anyio.to_thread import run_sync
from starlette.types import Message, Send

PIECE_BYTES = 256 * 1024
"""Bytes of a body that the server is given at once; they are copied in a tenth of a millisecond."""
THREAD_BYTES = 1024 * 1024
"""From so many bytes on parts are joined on a thread, where Python lets others run meanwhile."""


async def joined(parts: Sequence[bytes]) -> bytes:
    """Return parts as one; the event loop goes on meanwhile if they are long."""
    if sum(map(len, parts)) < THREAD_BYTES:
        return b"".join(parts)
    return await run_sync(b"".join, parts)


def in_pieces(send: Send) -> Send:
    """Return what sends messages of an answer on, long bodies in pieces with a turn for others between."""

    async def sending(message: Message) -> None:
        body = message.get("body", b"")
        if len(body) <= PIECE_BYTES:
            await send(message)
            return
        has_more = message.get("more_body", False)
        for end in range(PIECE_BYTES, len(body) + PIECE_BYTES, PIECE_BYTES):
            piece = body[end - PIECE_BYTES : end]
            await send({**message, "body": piece, "more_body": has_more or end < len(body)})
            await sleep(0)  # the server waits by itself for a client that is slow, not for others

    return sending
