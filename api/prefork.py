"""Workers of one generation: forked from a process that has read the graph, which all of them share.

The process forks and reaps, and does nothing else: it runs no event loop, no thread of Python and opens no
store. A worker that dies is replaced. On ``SIGUSR1`` all retire (:mod:`affectgraph.api.retiring`) and the
process ends with the last; on ``SIGTERM`` they stop.
"""

import ctypes
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from time import monotonic

from fastapi import FastAPI

from affectgraph.api.process_signals import FAILED, Signals, ended_children
from affectgraph.api.retiring import serve_until_retired
from affectgraph.api.serving import Serving

logger = logging.getLogger("affectgraph.workers")

PAUSE_SECONDS = 1.0
"""A worker that dies sooner than so long after its start is replaced after as long."""

_PR_SET_PDEATHSIG = 1


class Generation:
    """The workers on one reading of the graph.

    :param make_app: gives the application, in a worker. :param count: how many workers.
    :param listener: the socket that all take connections from.
    :param life: a file that ends when whoever supervises ends. :param ready: a file to write to once all
        workers take requests.
    :param ended: called when workers have ended.
    """

    def __init__(
        self,
        make_app: Callable[[], FastAPI],
        serving: Serving,
        *,
        count: int,
        listener: socket.socket,
        life: int,
        ready: int,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._make_app = make_app
        self._serving = serving
        self._count = count
        self._listener = listener
        self._life = life
        self._ready = ready
        self._ended = ended
        self._started, self._starting = os.pipe()
        self._began: dict[int, float] = {}
        self._are_ready = 0
        self._is_ending = False
        self._resume_at = 0.0

    def run(self) -> int:
        """Look after the workers until all have ended; return an exit code, 3 if they could not start."""
        gc.freeze()  # a later collection would touch, and so copy, what workers share
        self._signals = Signals(
            (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGCHLD, signal.SIGHUP)
        )
        try:
            return self._look_after()
        finally:
            self._signals.close()

    def _look_after(self) -> int:
        while True:
            self._fill()
            if self._is_ending and not self._began:
                return 0
            files = [self._started] if self._is_ending else [self._started, self._life]
            taken, readable = self._signals.wait(files, self._patience())
            if self._started in readable:
                self._note_started(len(os.read(self._started, 4096)))
            if self._life in readable:
                taken.append(signal.SIGTERM)
            for number in taken:
                if number in (signal.SIGTERM, signal.SIGINT):
                    self._end(signal.SIGTERM)
                elif number == signal.SIGUSR1:
                    self._end(signal.SIGUSR1)
            if not self._reap():
                self._end(signal.SIGTERM)
                self._wait_for_all()
                return FAILED

    def _fill(self) -> None:
        while (
            not self._is_ending
            and len(self._began) < self._count
            and monotonic() >= self._resume_at
        ):
            self._fork()

    def _patience(self) -> float | None:
        """Return the seconds until a worker is to be replaced, None if all are there."""
        if self._is_ending or len(self._began) == self._count:
            return None
        return max(0.0, self._resume_at - monotonic())

    def _note_started(self, number: int) -> None:
        before = self._are_ready
        self._are_ready += number
        if before < self._count <= self._are_ready:
            os.write(self._ready, b"1")

    def _reap(self) -> bool:
        """Forget the workers that have ended; return False if one could not start when none had before."""
        could_start = True
        for pid, code in self._take_ended():
            began = self._began.pop(pid, None)
            if began is None or self._is_ending:
                continue
            if code == FAILED and self._are_ready < self._count:
                could_start = False
                continue
            logger.error("worker %d ended with %d, another takes its place", pid, code)
            if monotonic() - began < PAUSE_SECONDS:
                self._resume_at = monotonic() + PAUSE_SECONDS
        return could_start

    def _end(self, number: signal.Signals) -> None:
        self._is_ending = True
        for pid in self._began:
            os.kill(pid, number)

    def _wait_for_all(self) -> None:
        while self._began:
            self._signals.wait()
            for pid, _ in self._take_ended():
                self._began.pop(pid, None)

    def _take_ended(self) -> list[tuple[int, int]]:
        found = ended_children()
        if found:
            self._ended()
        return found

    # --- in a worker ------------------------------------------------------------------------------

    def _fork(self) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._began[pid] = monotonic()
            return
        code = FAILED
        try:
            self._signals.close()
            code = self._work(parent)
        except BaseException:
            logger.exception("a worker could not go on")
        finally:
            logging.shutdown()
            os._exit(code)

    def _work(self, parent: int) -> int:
        _end_with(parent)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.close(self._started)
        os.close(self._ready)
        has_started = serve_until_retired(
            self._make_app(),
            self._serving,
            self._listener,
            started=lambda: _say(self._starting),
        )
        return 0 if has_started else FAILED


def _say(file: int) -> None:
    os.write(file, b"1")


def _end_with(parent: int) -> None:
    """Have the kernel stop this process when its parent ends, where Linux can do that."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
