"""Connections whose every step ends by the deadline of the request that they carry.

A time-out of a socket bounds one step: a server that sends a byte now and then keeps a request for ever. Here
each step gets what is left until the deadline of the request on its thread.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from threading import Lock, local
from typing import Any

import httpcore

from affectgraph.kg.http_sockets import Sockets


class Call:
    """One request and all its tries: when it must have ended, and a way to end it before.

    :param seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self._lock = Lock()
        self._stream: httpcore.NetworkStream | None = None
        self._is_ended = False

    @property
    def left_seconds(self) -> float:
        """Seconds until the deadline; 0 if it is over."""
        return max(0.0, self.deadline - time.monotonic())

    @property
    def is_ended(self) -> bool:
        """Whether somebody hung up."""
        return self._is_ended

    def hang_up(self) -> None:
        """End the request, from any thread: its connection is shut, and no try follows."""
        with self._lock:
            self._is_ended = True
            _shut(self._stream)

    def on(self, stream: httpcore.NetworkStream) -> None:
        """Remember the connection that is in use."""
        with self._lock:
            self._stream = stream
            if self._is_ended:
                _shut(stream)

    def is_on(self, stream: httpcore.NetworkStream) -> bool:
        """Return whether the request uses a connection."""
        return self._stream is stream

    def off(self) -> None:
        """Forget the connection, which others may use from now on."""
        with self._lock:
            self._stream = None


def _shut(stream: httpcore.NetworkStream | None) -> None:
    found = None if stream is None else stream.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):  # it is closed already, or its other end is
            found.shutdown(SHUT_RDWR)


class Deadlines(httpcore.NetworkBackend):
    """Opens connections that keep to the call of their thread.

    :param sockets: what remembers them, so that all can be shut.
    """

    def __init__(self, sockets: Sockets) -> None:
        self._inner = httpcore.SyncBackend()
        self._sockets = sockets
        self._thread = local()

    @contextmanager
    def during(self, call: Call) -> Iterator[None]:
        """Let requests of this thread keep to a call within the block."""
        self._thread.call = call
        try:
            yield
        finally:
            self._thread.call = None
            call.off()

    @property
    def call(self) -> Call | None:
        """The call of this thread; None for what the pool of connections does between calls."""
        return getattr(self._thread, "call", None)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection; see :class:`httpcore.NetworkBackend`."""
        left = _left(self.call, timeout, httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(host, port, left, local_address, socket_options)
        self._sockets.add(stream.get_extra_info("socket"))
        return _Stream(stream, self)


class _Stream(httpcore.NetworkStream):
    """A connection whose reads and writes end by the deadline of the call on its thread."""

    def __init__(self, inner: httpcore.NetworkStream, backend: Deadlines) -> None:
        self._inner = inner
        self._backend = backend
        self._uses = 0
        self._last: Call | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._use()
        return self._inner.read(max_bytes, _left(self._backend.call, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._use()
        self._inner.write(buffer, _left(self._backend.call, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._backend.call, timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection within says; one that took a request meanwhile is not readable.

        The pool drops an idle connection that is readable, as its server has hung up. Between its looks at
        "idle" and "readable" another thread may send a request: then it is the answer that can be read.
        """
        if info != "is_readable":
            return self._inner.get_extra_info(info)
        uses = self._uses
        if self._last is not None and self._last.is_on(self):
            return False
        return self._inner.get_extra_info(info) and uses == self._uses

    def _use(self) -> None:
        call = self._backend.call
        if call is not None:
            call.on(self)
        self._last = call
        self._uses += 1


def _left(
    call: Call | None, timeout: float | None, error: type[httpcore.TimeoutException]
) -> float | None:
    """Return the seconds that a step may take."""
    if call is None:
        return timeout
    left = call.left_seconds
    if left <= 0:
        raise error(f"the {call.seconds:g} s of the request are over")
    return left if timeout is None else min(left, timeout)
