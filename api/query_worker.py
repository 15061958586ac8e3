"""A worker: answers queries of strangers, one after another, in a process that may do nothing else.

It is forked from :mod:`affectgraph.api.query_template`, and trusted with nothing: it opens no file and no
connection, starts no process and no thread, and has a limit of memory. A query that passes the deadline is
not asked to stop; the process is killed.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import Thread, stack_size

from pyoxigraph import Store

from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import Question, answer_frame, error_frame, evaluate
from affectgraph.api.query_frames import FrameError, receive_frame, send_frame
from affectgraph.api.sparql_run import STACK
from affectgraph.api.update_evaluation import Guarded, updated
from affectgraph.api.user_frames import read_order
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.errors import AffectGraphError, QueryError

QUESTION_BYTES = 64 * 1024 * 1024
"""Longest question; the service refuses far shorter ones."""
ADDRESS_SLACK = 512 * 1024 * 1024
"""Bytes of addresses beyond the memory limit; allocators reserve more than they use."""
CPU_SLACK = 2
"""Seconds of processor beyond the deadline, after which the kernel ends a worker that nobody killed."""

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What a query may use of a worker.

    :param seconds: until the serving process kills the worker.
    :param memory_bytes: beyond what a worker has before its first query.
    :param result_bytes: of a serialised answer.
    """

    seconds: float
    memory_bytes: int
    result_bytes: int


@dataclass(frozen=True, slots=True)
class Changeable:
    """A store in memory that updates may be made in, on the copy that each worker has.

    :param guarded: what they may not change.
    """

    engine: Store
    guarded: Guarded

    @property
    def store(self) -> OxigraphStore:
        """The store as queries see it."""
        return OxigraphStore(self.engine)


def run_worker(
    connection: socket.socket,
    store: GraphStore,
    limits: WorkerLimits,
    *,
    parent: int,
    changeable: Changeable | None = None,
) -> None:
    """Answer questions until the connection closes; the calling process is given to that.

    The engine recurses, so that it runs on a thread with ``sparql_run.STACK`` bytes of stack.

    :param parent: process id of the template; the worker ends with it, where Linux can do that.
    """
    _leave_with(parent)
    _close_standard_streams()
    stack_size(STACK)
    thread = Thread(target=_serve, args=(connection, store, limits, changeable), daemon=True)
    thread.start()
    thread.join()


def _serve(
    connection: socket.socket,
    store: GraphStore,
    limits: WorkerLimits,
    changeable: Changeable | None,
) -> None:
    confine(limits.memory_bytes)
    with suppress(FrameError, OSError):
        while True:
            text, _ = receive_frame(connection, longest_meta=QUESTION_BYTES, longest=0)
            _limit_processor(limits.seconds)
            update = read_order(text)
            if update is None:
                send_frame(connection, *_answer(store, Question.from_json(text), limits))
            else:
                send_frame(connection, *_changed(changeable, update))


def _answer(store: GraphStore, question: Question, limits: WorkerLimits) -> tuple[bytes, bytes]:
    try:
        found = evaluate(store, question, result_bytes=limits.result_bytes, seconds=limits.seconds)
        return answer_frame(found)
    except QueryError as error:
        return error_frame(error)
    except AffectGraphError as error:
        return error_frame(QueryError(str(error)))


def _changed(changeable: Changeable | None, update: str) -> tuple[bytes, bytes]:
    if changeable is None:
        return error_frame(
            QueryError("Expected a query: this store takes no updates.", query=update)
        )
    try:
        return updated(changeable.engine, changeable.guarded, update)
    except QueryError as error:
        return error_frame(error)
    except MemoryError:
        return error_frame(QueryCostError("The update needs too much memory.", query=update))


def confine(memory_bytes: int) -> None:
    """Give up, for good, what answering queries does not need of the operating system.

    Files already open stay open; no further one can be opened, nor a socket. Nothing can be written to
    files, no process or thread started (root may), no core dumped. Where Linux tells how much memory there
    is, no more than ``memory_bytes`` can be added.
    """
    sizes = _memory_sizes()
    if sizes is not None:
        addresses, data = sizes
        _limit(resource.RLIMIT_DATA, data + memory_bytes)
        _limit(resource.RLIMIT_AS, addresses + memory_bytes + ADDRESS_SLACK)
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        _limit(kind, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (lowest, lowest))


def _limit_processor(seconds: float) -> None:
    """Let the kernel end this process some seconds of processor time after the deadline."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = ceil(used.ru_utime + used.ru_stime + seconds) + CPU_SLACK
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _memory_sizes() -> tuple[int, int] | None:
    """Return the bytes of addresses and of data this process has, None where Linux does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return None
    page = resource.getpagesize()
    return int(pages[0]) * page, int(pages[5]) * page


def _leave_with(parent: int) -> None:
    if sys.platform != "linux":
        return
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the first line
        os._exit(1)


def _close_standard_streams() -> None:
    """Let nothing the engine writes as it dies reach the log."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
