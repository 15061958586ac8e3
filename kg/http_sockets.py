"""The sockets of a client's connections, so that closing it ends reads that wait."""

from collections.abc import Mapping
from contextlib import suppress
from socket import SHUT_RDWR, socket
from threading import Lock
from typing import Any
from weakref import WeakSet

_OPENED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
"""Events of httpcore's ``trace`` extension that give a connection's stream
(https://www.encode.io/httpcore/extensions/)."""


class Sockets:
    """Remembers the sockets that a client opens. Threads may share one.

    Closing a socket leaves a thread that reads from it waiting; shutting it down does not.
    """

    def __init__(self) -> None:
        self._open: WeakSet[socket] = WeakSet()
        self._lock = Lock()
        self._is_shut = False

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the socket of a new connection; given to requests as the extension ``trace``."""
        if event not in _OPENED:
            return
        self.add(info["return_value"].get_extra_info("socket"))

    def add(self, found: socket) -> None:
        """Remember the socket of a new connection."""
        with self._lock:
            self._open.add(found)
            if self._is_shut:
                _shut(found)

    def shut(self) -> None:
        """Shut all down, and those to come: reads under way end at once."""
        with self._lock:
            self._is_shut = True
            for one in list(self._open):
                _shut(one)


def _shut(one: socket) -> None:
    with suppress(OSError):  # it is closed already, or its other end is
        one.shutdown(SHUT_RDWR)
