"""The serving process's hold on its template and workers: started, asked, ended and reaped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from affectgraph.api.query_evaluation import QueryAnswer, Question, read_frame
from affectgraph.api.query_frames import (
    FrameError,
    exchange_frames,
    receive_frame,
    send_frame,
)
from affectgraph.api.query_orders import CHANGE, DROP, END, FORK, ORDER
from affectgraph.api.user_frames import read_changes, update_order
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import BackendError

START_SECONDS = 120.0
"""How long a template may take to open its store; parsing a large file takes longest."""
ORDER_SECONDS = 10.0
"""How long a fork or an end may take; they take milliseconds."""
CHANGE_SECONDS = 60.0
"""How long a change of users' graphs may take."""
META_BYTES = 64 * 1024
"""Longest JSON text that a worker may send."""


class WorkerLostError(Exception):
    """A worker has gone, or has sent what no worker sends."""


class Worker:
    """One worker process.

    :param pid: its process id. :param connection: the socket to it.
    """

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.version = 0
        """How many changes of users' graphs it has seen, at least."""
        self.is_spent = False
        """Whether it is not to be asked again."""
        self._connection = connection

    def ask(self, question: Question, *, deadline: float, result_bytes: int) -> QueryAnswer:
        """Return the worker's answer.

        :raises TimeoutError: at the deadline; the worker goes on and has to be ended.
        :raises WorkerLostError: if it has gone or does not keep to the form; it has to be ended.
        :raises QueryError: if the query was refused or asked too much; the worker is as good as before.
        """
        meta, content = self._exchange(question.to_json(), META_BYTES, result_bytes, deadline)
        return _answer(meta, content, question)

    def update(self, update: str, *, deadline: float, result_bytes: int) -> list[Change]:
        """Return what an update changes of users' graphs; the worker has to be ended then.

        :raises TimeoutError, WorkerLostError, QueryError: as :meth:`ask`.
        """
        meta, content = self._exchange(update_order(update), result_bytes, result_bytes, deadline)
        try:
            if meta.startswith(b'{"changes"'):
                return read_changes(meta, content)
            read_frame(meta, content, Question(update))
        except (KeyError, SyntaxError, TypeError, ValueError, RecursionError) as error:
            raise WorkerLostError(str(error)) from error
        raise WorkerLostError("Expected changes, got an answer.")

    def _exchange(
        self, order: bytes, longest_meta: int, longest: int, deadline: float
    ) -> tuple[bytes, bytes]:
        try:
            send_frame(self._connection, order, deadline=deadline)
            return receive_frame(
                self._connection, longest_meta=longest_meta, longest=longest, deadline=deadline
            )
        except TimeoutError:
            raise
        except (FrameError, OSError) as error:
            raise WorkerLostError(str(error)) from error

    async def ask_soon(
        self,
        question: Question,
        *,
        deadline: float,
        result_bytes: int,
        patience_seconds: float,
        out_of_patience: Callable[[], bool],
    ) -> QueryAnswer:
        """As :meth:`ask`, on asyncio's event loop; if it is cancelled, the worker has to be ended.

        :param patience_seconds: after each of which the answer is said to be late.
        :param out_of_patience: is told so; returns whether to tell it no more, and raises what ends the wait.
        """
        try:
            meta, content = await exchange_frames(
                self._connection,
                question.to_json(),
                longest_meta=META_BYTES,
                longest=result_bytes,
                deadline=deadline,
                patience_seconds=patience_seconds,
                out_of_patience=out_of_patience,
            )
        except BaseException as error:
            # An answer that comes yet would be taken for that of the next query.
            self.is_spent = True
            if isinstance(error, TimeoutError) or not isinstance(error, FrameError | OSError):
                raise
            raise WorkerLostError(str(error)) from error
        return _answer(meta, content, question)

    def has_gone(self) -> bool:
        """Return whether the process has ended since its last answer, or says what nobody asked."""
        self._connection.settimeout(0)
        try:
            self._connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def hang_up(self) -> None:
        """End an :meth:`ask` that another thread waits in; the worker has to be ended."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _answer(meta: bytes, content: bytes, question: Question) -> QueryAnswer:
    try:
        return read_frame(meta, content, question)
    except (ValueError, RecursionError) as error:
        raise WorkerLostError(str(error)) from error


class Template:
    """The process that workers are forked from; see :mod:`affectgraph.api.query_template`.

    Threads may share it.

    :param settings: location of the store and limits of workers, as JSON has them.
    :param data: users' graphs as N-Quads, beside the store; None if there are none and will be none.
    :raises BackendError: if the store cannot be opened, or the process does not start.
    """

    def __init__(self, settings: Mapping[str, Any], data: bytes | None = None) -> None:
        self._lock = Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter and this package
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "affectgraph.api.query_template",
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl+C is for the server, which ends it in order
            )
        try:
            self._await_store(settings, data)
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """Process id of the template."""
        return self._process.pid

    def _await_store(self, settings: Mapping[str, Any], data: bytes | None) -> None:
        deadline = time.monotonic() + START_SECONDS
        try:
            said = json.dumps({**settings, "has_data": data is not None}).encode("ascii")
            send_frame(self._control, said, data or b"", deadline=deadline)
            text, _ = receive_frame(
                self._control, longest_meta=META_BYTES, longest=0, deadline=deadline
            )
        except (FrameError, OSError) as error:
            raise BackendError(
                f"the process for queries did not start: {error}",
                backend="sparql",
                retryable=True,
                hint="Its reason stands in the log.",
            ) from error
        fault = json.loads(text).get("error")
        if fault is not None:
            raise BackendError(str(fault), backend="sparql", retryable=False)

    def fork(self) -> Worker:
        """Return a new worker.

        :raises OSError: if the template has gone, or does not do it in time and is ended.
        """
        with self._ordering():
            self._control.sendall(ORDER.pack(FORK, 0))
            reply, handles, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
            if len(reply) != ORDER.size or len(handles) != 1:
                raise OSError("The template of workers has gone.")
        os.set_inheritable(handles[0], False)  # as sockets are that this process makes itself
        return Worker(ORDER.unpack(reply)[0], socket.socket(fileno=handles[0]))

    def end(self, worker: Worker) -> int:
        """Kill a worker if it still runs, and return how it ended, as ``os.waitpid`` says it.

        Waits for that, and others with it; meant for a worker that has gone by itself.

        :raises OSError: if the template has gone, and its workers with it, or does not do it in time and is
            ended.
        """
        return self._told(END, worker)

    def drop(self, worker: Worker) -> None:
        """Kill a worker, whose end nobody waits for.

        :raises OSError: as :meth:`end`.
        """
        self._told(DROP, worker)

    def _told(self, order: int, worker: Worker) -> int:
        """Give an order about a worker, and return the status in the reply."""
        with self._ordering():
            self._control.sendall(ORDER.pack(order, worker.pid))
            reply = self._control.recv(ORDER.size, socket.MSG_WAITALL)
            if len(reply) != ORDER.size:
                raise OSError("The template of workers has gone.")
        return int(ORDER.unpack(reply)[1])

    def change(self, meta: bytes, content: bytes) -> None:
        """Change users' graphs for workers that are forked from now on.

        :param meta, content: as :func:`affectgraph.api.user_frames.change_frame` gives them.
        :raises OSError: if the template has gone, or does not do it in time and is ended.
        """
        with self._ordering(CHANGE_SECONDS):
            self._control.sendall(ORDER.pack(CHANGE, 0))
            send_frame(self._control, meta, content, deadline=time.monotonic() + CHANGE_SECONDS)
            self._control.settimeout(CHANGE_SECONDS)
            if len(self._control.recv(ORDER.size, socket.MSG_WAITALL)) != ORDER.size:
                raise OSError("The template of workers has gone.")

    @contextmanager
    def _ordering(self, seconds: float | None = None) -> Iterator[None]:
        """Hold the connection for an order; one that failed is the last, as its reply may come late.

        :param seconds: how long it may take; :data:`ORDER_SECONDS` if left out.
        """
        with self._lock:
            try:
                self._control.settimeout(ORDER_SECONDS if seconds is None else seconds)
                yield
            except OSError:
                self._hang_up()
                self._process.kill()
                raise

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the template and every worker; returns when they have gone."""
        self._hang_up()
        self._control.close()
        try:
            self._process.wait(ORDER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def signal_name(status: int) -> str | None:
    """Return the name of the signal that ended a process, None if it ended by itself.

    >>> signal_name(9), signal_name(0)
    ('SIGKILL', None)
    """
    if not os.WIFSIGNALED(status):
        return None
    return signal.Signals(os.WTERMSIG(status)).name
