"""Messages between the serving process and its workers: two lengths, a JSON text and bytes."""

import asyncio
import socket
import struct
import time
from collections.abc import Callable

from affectgraph.api.pieces import joined

LENGTHS = struct.Struct(">QQ")
"""Lengths of the JSON text and of the bytes behind it."""
CHUNK = 64 * 1024
"""Bytes that are read at once."""


class FrameError(Exception):
    """What came is no frame, or the other side has gone."""


def send_frame(
    to: socket.socket, meta: bytes, content: bytes = b"", *, deadline: float | None = None
) -> None:
    """Send a message.

    :param deadline: on ``time.monotonic``'s clock; none if left out.
    :raises TimeoutError: at the deadline. :raises OSError: if the other side has gone.
    """
    head = _head(meta, content)
    _arm(to, deadline)
    if len(content) < CHUNK:  # one message, which wakes the other side once
        to.sendall(head + content)
        return
    to.sendall(head)
    _arm(to, deadline)
    to.sendall(content)


def receive_frame(
    source: socket.socket, *, longest_meta: int, longest: int, deadline: float | None = None
) -> tuple[bytes, bytes]:
    """Return the next message: its JSON text and the bytes behind it.

    :param longest_meta: bytes that the text may have. :param longest: bytes that may follow it.
    :raises TimeoutError: at the deadline. :raises OSError: if the connection fails.
    :raises FrameError: if the other side has gone, or announces more than it may send.
    """
    found = bytearray()
    _fill(source, found, LENGTHS.size, deadline)
    begin, length = _announced(found, longest_meta, longest)
    _fill(source, found, begin + length, deadline)
    return _parts(found, begin, length)


async def exchange_frames(
    connection: socket.socket,
    meta: bytes,
    *,
    longest_meta: int,
    longest: int,
    deadline: float,
    patience_seconds: float,
    out_of_patience: Callable[[], bool],
) -> tuple[bytes, bytes]:
    """Send a message without bytes and return the next that comes, on asyncio's event loop.

    As :func:`send_frame` and :func:`receive_frame`, without a thread that waits.

    :param patience_seconds: after each of which the answer is said to be late.
    :param out_of_patience: is told so; returns whether to tell it no more, and raises what ends the wait.
    """
    loop = asyncio.get_running_loop()
    connection.setblocking(False)
    message = _head(meta, b"")
    sent = _send_some(connection, message)
    if sent < len(message):
        async with asyncio.timeout_at(deadline - time.monotonic() + loop.time()):
            await loop.sock_sendall(connection, message[sent:])
    coming = _Coming(connection, loop.create_future(), longest_meta, longest)
    loop.add_reader(connection, coming.read)
    timer = loop.call_later(deadline - time.monotonic(), coming.fail, TimeoutError())
    late = _Late(coming, patience_seconds, out_of_patience)
    try:
        found, parts = await coming.message
    finally:
        timer.cancel()
        late.end()
        loop.remove_reader(connection)
    return found, await joined(parts)


class _Late:
    """Says again and again that a message is late, until it is told to be quiet."""

    def __init__(
        self, coming: "_Coming", seconds: float, out_of_patience: Callable[[], bool]
    ) -> None:
        self._coming = coming
        self._seconds = seconds
        self._out_of_patience = out_of_patience
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, self._say)

    def _say(self) -> None:
        try:
            is_over = self._out_of_patience()
        except Exception as error:  # ends the wait, whatever it is
            self._coming.fail(error)
            return
        if not is_over:
            self._timer = self._loop.call_later(self._seconds, self._say)

    def end(self) -> None:
        """Say nothing more."""
        self._timer.cancel()


def _send_some(to: socket.socket, message: bytes) -> int:
    """Return how many bytes could be sent at once."""
    try:
        return to.send(message)
    except BlockingIOError:
        return 0


class _Coming:
    """A message that comes in parts; each is read when it is there, and kept as it came.

    :param message: is given its text, and the parts of the bytes behind it.
    """

    def __init__(
        self,
        source: socket.socket,
        message: "asyncio.Future[tuple[bytes, list[bytes]]]",
        longest_meta: int,
        longest: int,
    ) -> None:
        self.message = message
        self._source = source
        self._longest_meta = longest_meta
        self._longest = longest
        self._head = bytearray()
        self._begin: int | None = None
        self._parts: list[bytes] = []
        self._missing = 0

    def read(self) -> None:
        """Read what is there; the message is done with its last part."""
        try:
            part = self._source.recv(CHUNK)
            if not part:
                raise FrameError("The other side has gone.")
            self._take(part)
        except (BlockingIOError, InterruptedError):
            return
        except (FrameError, OSError) as error:
            self.fail(error)

    def _take(self, part: bytes) -> None:
        """Take the next part: first the head, with the text, then the bytes behind it."""
        if self._begin is None:
            self._head += part
            if len(self._head) < LENGTHS.size:
                return
            begin, length = _announced(self._head, self._longest_meta, self._longest)
            if len(self._head) < begin:
                return
            part = bytes(self._head[begin:])
            del self._head[begin:]
            self._begin, self._missing = begin, length
        self._parts.append(part)
        self._missing -= len(part)
        if self._missing < 0:
            raise FrameError("More has come than was announced.")
        if self._missing == 0 and not self.message.done():
            self.message.set_result((bytes(self._head[LENGTHS.size :]), self._parts))

    def fail(self, error: Exception) -> None:
        """End the wait with an error."""
        if not self.message.done():
            self.message.set_exception(error)


def _head(meta: bytes, content: bytes) -> bytes:
    return LENGTHS.pack(len(meta), len(content)) + meta


def _announced(found: bytearray, longest_meta: int, longest: int) -> tuple[int, int]:
    """Return where the bytes of a message begin, and their number.

    :raises FrameError: if more is announced than may be sent.
    """
    meta_length, length = LENGTHS.unpack_from(found)
    if meta_length > longest_meta or length > longest:
        raise FrameError(f"{meta_length:,} and {length:,} bytes are announced.")
    return LENGTHS.size + meta_length, length


def _parts(found: bytearray, begin: int, length: int) -> tuple[bytes, bytes]:
    """Return the text and the bytes of a whole message."""
    if len(found) > begin + length:
        raise FrameError("More has come than was announced.")
    with memoryview(found) as view:
        return bytes(view[LENGTHS.size : begin]), bytes(view[begin:])


def _fill(source: socket.socket, found: bytearray, length: int, deadline: float | None) -> None:
    """Read until there are so many bytes, or more: there is one message under way at a time."""
    while len(found) < length:
        _arm(source, deadline)
        part = source.recv(CHUNK)
        if not part:
            raise FrameError("The other side has gone.")
        found += part


def _arm(connection: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        connection.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)
