"""The template of workers: a fresh process that opens the store once and forks itself on request.

Started by :mod:`affectgraph.api.query_pool` as ``python -m affectgraph.api.query_template FD``. Forking the
serving process would copy it with the locks that its other threads hold; here no other thread runs Python or
reads the store, and a fork shares the memory of what was read. Its orders come over a socket. When that
closes, also by the death of the server, it kills all workers and ends.
"""

import gc
import json
import os
import signal
import socket
import sys
import warnings
from contextlib import suppress
from pathlib import Path

from affectgraph.api.query_frames import FrameError, receive_frame, send_frame
from affectgraph.api.query_orders import FORK, ORDER, SETTINGS_BYTES
from affectgraph.api.query_worker import WorkerLimits, run_worker
from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.errors import AffectGraphError

_TOUCH = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
"""Reads the store once, so that its files are open and its blocks in memory that workers share."""


def open_store(location: str | None) -> GraphStore:
    """Return the packaged store, or the one at a path, read once.

    :raises BackendError: if there is nothing that can be read.
    """
    store = PackagedStore() if location is None else OxigraphStore.open(Path(location))
    for _ in store.query(_TOUCH):  # type: ignore[union-attr]
        pass
    return store


class Template:
    """Obeys orders: fork a worker, end a worker.

    :param control: the socket that orders come over.
    """

    def __init__(self, control: socket.socket, store: GraphStore, limits: WorkerLimits) -> None:
        self._control = control
        self._store = store
        self._limits = limits
        self._workers: set[int] = set()

    def run(self) -> None:
        """Obey until the socket closes; no worker lives on then."""
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # closed before a reply
                self._obey()
        finally:
            for pid in list(self._workers):
                self._end(pid)

    def _obey(self) -> None:
        while len(order := self._control.recv(ORDER.size, socket.MSG_WAITALL)) == ORDER.size:
            kind, pid = ORDER.unpack(order)
            if kind == FORK:
                self._fork()
            else:
                self._control.sendall(ORDER.pack(pid, self._end(pid)))

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        template = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_worker(ours, theirs, template)
        theirs.close()
        self._workers.add(pid)
        socket.send_fds(self._control, [ORDER.pack(pid, 0)], [ours.fileno()])
        ours.close()

    def _become_worker(self, ours: socket.socket, theirs: socket.socket, template: int) -> None:
        try:
            ours.close()
            self._control.close()
            run_worker(theirs, self._store, self._limits, parent=template)
        finally:
            os._exit(0)

    def _end(self, pid: int) -> int:
        """Kill a worker and return how it ended; 0 for what is none, or none any more."""
        if pid not in self._workers:
            return 0
        self._workers.discard(pid)
        os.kill(pid, signal.SIGKILL)  # of no effect on one that has crashed already
        return os.waitpid(pid, 0)[1]


def main() -> None:
    """Open the store that the first message names, say so or why not, and obey orders."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends it when requests are done
    # Engines keep idle threads of their own, which do not matter to a reader's fork.
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        text, _ = receive_frame(control, longest_meta=SETTINGS_BYTES, longest=0)
    except (FrameError, OSError):
        return
    settings = json.loads(text)
    with suppress(BrokenPipeError, ConnectionResetError):  # the server has gone meanwhile
        try:
            store = open_store(settings["location"])
        except AffectGraphError as error:
            send_frame(control, json.dumps({"error": str(error)}).encode("ascii"))
            return
        gc.collect()
        gc.freeze()  # a later collection would touch, and so copy, what workers share
        send_frame(control, b"{}")
        Template(control, store, WorkerLimits(**settings["limits"])).run()


if __name__ == "__main__":
    main()
