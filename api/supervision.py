"""Keeps a service on its socket while the processes that answer come and go.

``serve --workers`` makes the socket and starts itself again as a child, which reads the graph and forks the
workers (:mod:`affectgraph.api.prefork`): a generation. On ``SIGHUP`` another child is started the same way,
so that it reads configuration, code and graph as they are now; once its workers take requests, those of the
generation before retire. If it does not come up, the one before stays. The socket is open all the time, so
that connections wait in it and are not refused.
"""

import logging
import logging.config
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from affectgraph.api.access_log import LogFormat, LogLevel, logging_config
from affectgraph.api.listening import listening_socket
from affectgraph.api.metrics_folder import FOLDER, make_metrics_folder, remove_metrics_folder
from affectgraph.api.process_signals import FAILED, Signals
from affectgraph.ontology.errors import InputError

logger = logging.getLogger("affectgraph.supervision")

INHERITED = "_AFFECTGRAPH_INHERITED"
"""Variable in which a child finds the numbers of the files that it has from its parent."""

PAUSE_SECONDS = 1.0
"""Between the end of a generation that nobody asked to end and the next."""

START_SECONDS = 120.0
"""How long a generation may take to come up, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """Files of a generation.

    :param listener: the socket. :param life: ends when the parent ends. :param ready: is written to once
        requests are taken.
    """

    listener: int
    life: int
    ready: int


def is_child() -> bool:
    """Return whether this process is supervised."""
    return INHERITED in os.environ


def inherited() -> Inherited:
    """Return the files that this process has from who supervises it; asked once.

    :raises KeyError: if nobody does.
    """
    listener, life, ready = map(int, os.environ.pop(INHERITED).split(","))
    return Inherited(listener, life, ready)


def supervise_unless_child(
    host: str,
    port: int,
    workers: int,
    *,
    log_format: LogFormat = "text",
    log_level: LogLevel = "info",
    start_seconds: float = START_SECONDS,
) -> None:
    """Supervise generations of the service until stopped; return only to a process that is one.

    Options are judged by the child, so that they may be others with the next generation; host, port and
    ``start_seconds`` alone stay as they are.

    :param start_seconds: how long a generation may take to come up.
    :raises InputError: if this system cannot fork.
    :raises BackendError: if the address is taken.
    :raises SystemExit: at the end, with an exit code; that of the first generation if it does not come up.
    """
    if is_child():
        return
    if not hasattr(os, "fork"):
        raise InputError("Expected --workers 0 on a system that cannot fork.")
    listener = listening_socket(host, port)
    logging.config.dictConfig(logging_config(log_format, log_level))
    address, number = listener.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    logger.info(
        "%d workers on http://%s:%d/; stop with Ctrl+C, renew with SIGHUP to %d",
        *(workers, shown, number, os.getpid()),
    )
    sys.exit(Supervisor(own_command(), listener, start_seconds=start_seconds).run())


class Supervisor:
    """Supervises the generations of a service.

    :param command: what starts one; it finds :func:`inherited` files.
    :param listener: the socket, which children may inherit.
    :param start_seconds: how long a generation may take to come up; then it is killed with all its processes.
    """

    def __init__(
        self,
        command: list[str],
        listener: socket.socket,
        *,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._command = command
        self._listener = listener
        self._start_seconds = start_seconds
        self._life, self._alive = os.pipe()  # ends with this process, which never writes to it
        self._children: list[_Child] = []
        self._current: _Child | None = None
        self._next: _Child | None = None
        self._is_ending = False
        self._is_due = False
        self._resume_at: float | None = None
        self._metrics: Path | None = None

    def run(self) -> int:
        """Supervise until told to stop; return an exit code.

        It is that of a generation that does not come up when there is none before it: the first, or one in
        place of another that died; 3 if its time was over.
        """
        self._signals = Signals((signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD))
        try:
            self._next = self._start()
            return self._look_after()
        finally:
            self._signals.close()
            remove_metrics_folder(self._metrics)

    def _look_after(self) -> int:
        while True:
            files = [] if self._next is None else [self._next.ready]
            taken, readable = self._signals.wait(files, self._patience())
            if readable:
                self._take_over()
            for number in taken:
                self._obey(number)
            self._end_overdue()
            code = self._reap()
            if code is not None:
                return code
            self._renew()

    def _renew(self) -> None:
        """Start a generation if one is due and none comes up."""
        if self._resume_at is not None and monotonic() >= self._resume_at:
            self._resume_at = None
            self._is_due = True
        if self._is_due and self._next is None and not self._is_ending:
            self._is_due, self._resume_at = False, None
            logger.info("a new generation starts")
            self._next = self._start()

    def _patience(self) -> float | None:
        times = [self._resume_at, None if self._next is None else self._next.due_at]
        known = [at for at in times if at is not None]
        return max(0.0, min(known) - monotonic()) if known else None

    def _end_overdue(self) -> None:
        """Kill the next generation if its time to come up is over; that it has ended is noticed later."""
        child = self._next
        if child is None or child.due_at is None or monotonic() < child.due_at:
            return
        logger.error(
            "generation %d did not come up within %g s and is killed",
            *(child.process.pid, self._start_seconds),
        )
        child.due_at = None
        os.killpg(child.process.pid, signal.SIGKILL)

    def _obey(self, number: signal.Signals) -> None:
        if number in (signal.SIGTERM, signal.SIGINT):
            self._is_ending = True
            self._resume_at = None
            for child in self._children:
                child.process.send_signal(signal.SIGTERM)
        elif number == signal.SIGHUP:
            self._is_due = True  # also while one comes up, which may have read what was before
            if self._next is not None:
                logger.info(
                    "another generation starts once %d is up or ends", self._next.process.pid
                )

    def _take_over(self) -> None:
        """Let the next generation be the current one if it has come up, and the one before retire."""
        child = self._next
        if child is None or not os.read(child.ready, 1):
            return  # it has ended, which is noticed below
        before, self._current, self._next = self._current, child, None
        logger.info("generation %d takes requests", child.process.pid)
        if before is not None:
            before.process.send_signal(signal.SIGUSR1)

    def _reap(self) -> int | None:
        """Forget the generations that have ended; return an exit code if there is nothing left to do."""
        for child in [c for c in self._children if c.process.poll() is not None]:
            self._children.remove(child)
            os.close(child.ready)
            code: int = child.process.returncode
            if child is self._next:
                self._next = None
                if self._is_ending:
                    continue
                if self._current is None:
                    return FAILED if child.due_at is None else abs(code)
                logger.error("the new generation ended with %d, the one before stays", code)
            elif child is self._current and not self._is_ending:
                self._current = None
                logger.error("generation %d ended with %d", child.process.pid, code)
                if self._next is None:
                    self._resume_at = monotonic() + PAUSE_SECONDS
        return 0 if self._is_ending and not self._children else None

    def _start(self) -> "_Child":
        ready, to_say = os.pipe()
        files = (self._listener.fileno(), self._life, to_say)
        environment = {**os.environ, INHERITED: ",".join(map(str, files))}
        if (
            self._metrics is None or not self._metrics.is_dir()
        ):  # as when what is old is removed there
            self._metrics = make_metrics_folder()
        if self._metrics is not None:  # whether metrics are asked for, the child knows
            environment[FOLDER] = str(self._metrics)
        try:
            process = subprocess.Popen(  # noqa: S603
                self._command, pass_fds=files, env=environment, process_group=0
            )
        finally:
            os.close(to_say)
        child = _Child(process, ready, monotonic() + self._start_seconds)
        self._children.append(child)
        return child


@dataclass(slots=True, eq=False)
class _Child:
    """A generation, a process group of its own.

    :param ready: the file that says when it is up. :param due_at: when it has to be; None if it was killed
        since it was not.
    """

    process: "subprocess.Popen[bytes]"
    ready: int
    due_at: float | None


def own_command() -> list[str]:
    """Return the command line that started this process, to start it once more."""
    return [sys.executable, *sys.orig_argv[1:]]
