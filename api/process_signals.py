"""Signals of a process that does nothing but look after others: taken one after another, with a time-out."""

import os
import select
import signal
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from types import FrameType

FAILED = 3
"""Exit code of a service that could not start."""


class Signals:
    """Waits for signals, and for files that can be read, in the main thread.

    :param numbers: the signals that are waited for; their handlers are replaced until :meth:`close`.
    """

    def __init__(self, numbers: Iterable[signal.Signals]) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._before = {number: signal.signal(number, _noted) for number in numbers}
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def wait(
        self, readable: Sequence[int] = (), timeout: float | None = None
    ) -> tuple[list[signal.Signals], list[int]]:
        """Return the signals that have come, and those of the files that can be read or have ended.

        :param timeout: seconds; without an end if left out.
        """
        with suppress(InterruptedError):
            own = self._reader.fileno()
            found, _, _ = select.select([own, *readable], [], [], timeout)
            taken = self._take() if own in found else []
            return taken, [file for file in readable if file in found]
        return [], []

    def _take(self) -> list[signal.Signals]:
        with suppress(BlockingIOError):
            return [signal.Signals(number) for number in self._reader.recv(4096)]
        return []

    def close(self) -> None:
        """Give the signals back to those who had them."""
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the number is read from the socket."""


def ended_children() -> list[tuple[int, int]]:
    """Return the children that have ended, with their exit codes; those of signals are negative."""
    found = []
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            found.append((pid, os.waitstatus_to_exitcode(status)))
    return found
