"""The template of workers: a fresh process that opens the store once and forks itself on request.

Started by :mod:`affectgraph.api.query_pool` as ``python -m affectgraph.api.query_template FD``. Forking the
serving process would copy it with the locks that its other threads hold; here no other thread runs Python or
reads the store, and a fork shares its memory. Its orders come over a socket. When that closes, also by the
death of the server, it kills all workers and ends.
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

from pyoxigraph import DefaultGraph, Quad, Store

from affectgraph.api.query_frames import FrameError, receive_frame, send_frame
from affectgraph.api.query_orders import CHANGE, DROP, FORK, ORDER, SETTINGS_BYTES
from affectgraph.api.query_worker import Changeable, WorkerLimits, run_worker
from affectgraph.api.update_evaluation import guard
from affectgraph.api.user_frames import FRAME_BYTES, load_quads, make_changes
from affectgraph.kg.compiled import PackagedStore, parsed_store
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.errors import AffectGraphError

QUADS = "SELECT ?s ?p ?o ?g WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
MOST_ENDING = 8
"""Workers that were killed and have not gone yet. To free what a query has gathered takes its process up to
a second beside others, as it has the lowest priority; with more of them the next waits for one to go."""
_OPENING = "ASK {}"
"""Opens a store with all of its files, as a worker can open none. Blocks are read as they are asked for: to
scan all took half a second, and workers forked after it were slower, as they had more memory to copy."""


def open_store(location: str | None) -> GraphStore:
    """Return the packaged store, or the one at a path, opened.

    :raises BackendError: if there is nothing that can be read.
    """
    store = PackagedStore() if location is None else OxigraphStore.open(Path(location))
    store.query(_OPENING)
    return store


def open_beside(location: str | None, data: bytes) -> Changeable:
    """Return a store in memory with a graph and users' graphs beside it, which orders may change.

    An Oxigraph directory cannot be forked while it can be written, and what is written to it belongs to the
    process that holds it. So this takes the memory of the whole graph once, which workers share.

    :param data: users' graphs as N-Quads.
    :raises BackendError: if there is nothing that can be read.
    """
    store = parsed_store() if location is None else copied_store(Path(location))
    guarded = guard(store)
    load_quads(store, data)
    return Changeable(store, guarded)


def copied_store(place: Path) -> Store:
    """Return a store in memory with what an Oxigraph directory or a file holds."""
    found = OxigraphStore.open(place).query(QUADS)
    store = Store()
    store.bulk_extend(Quad(s, p, o, g or DefaultGraph()) for s, p, o, g in found)  # type: ignore[union-attr]
    return store


class Template:
    """Obeys orders: fork a worker, end or drop a worker, change users' graphs.

    :param control: the socket that orders come over.
    :param changeable: the same store with users' graphs, if orders may change it.
    """

    def __init__(
        self,
        control: socket.socket,
        store: GraphStore,
        limits: WorkerLimits,
        changeable: Changeable | None = None,
    ) -> None:
        self._control = control
        self._changeable = changeable
        self._store = store
        self._limits = limits
        self._workers: set[int] = set()
        self._ending: set[int] = set()

    def run(self) -> None:
        """Obey until the socket closes; no worker lives on then."""
        signal.signal(signal.SIGCHLD, lambda *_: self._reap())
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # closed before a reply
                self._obey()
        finally:
            for pid in list(self._workers):
                self._drop(pid)
            self._await_end(most=0)

    def _obey(self) -> None:
        while len(order := self._control.recv(ORDER.size, socket.MSG_WAITALL)) == ORDER.size:
            kind, pid = ORDER.unpack(order)
            if kind == FORK:
                self._fork()
            elif kind == CHANGE:
                self._change()
            elif kind == DROP:
                self._drop(pid)
                self._await_end(most=MOST_ENDING)
                self._control.sendall(ORDER.pack(pid, 0))
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

    def _change(self) -> None:
        """Change the store that later workers have; those there are keep what they have seen so far."""
        meta, content = receive_frame(self._control, longest_meta=FRAME_BYTES, longest=FRAME_BYTES)
        if self._changeable is None:
            raise TypeError("Expected a store with users' graphs.")
        make_changes(self._changeable.engine, meta, content)
        gc.freeze()
        self._control.sendall(ORDER.pack(0, 0))

    def _become_worker(self, ours: socket.socket, theirs: socket.socket, template: int) -> None:
        try:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ours.close()
            self._control.close()
            run_worker(
                theirs, self._store, self._limits, parent=template, changeable=self._changeable
            )
        finally:
            os._exit(0)

    def _end(self, pid: int) -> int:
        """Kill a worker and return how it ended; 0 for what is none, or none any more."""
        if pid not in self._workers:
            return 0
        self._workers.discard(pid)
        os.kill(pid, signal.SIGKILL)  # of no effect on one that has crashed already
        return os.waitpid(pid, 0)[1]

    def _drop(self, pid: int) -> None:
        """Kill a worker; it is reaped when it has gone."""
        if pid in self._workers:
            self._workers.discard(pid)
            self._ending.add(pid)  # before it can end
            os.kill(pid, signal.SIGKILL)
            self._reap()  # one that had gone before gives no further signal

    def _reap(self) -> None:
        """Forget workers that were dropped and have gone; called by a signal, too, between any two steps."""
        for pid in tuple(self._ending):
            with suppress(ChildProcessError):  # reaped by the wait that the signal came into
                if os.waitpid(pid, os.WNOHANG)[0] == 0:
                    continue
            self._ending.discard(pid)

    def _await_end(self, *, most: int) -> None:
        """Wait until so many at most of those dropped have not gone."""
        while len(self._ending) > most:
            pid = next(iter(self._ending))
            with suppress(ChildProcessError):  # reaped by the signal
                os.waitpid(pid, 0)
            self._ending.discard(pid)


def main() -> None:
    """Open the store that the first message names, say so or why not, and obey orders."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends it when requests are done
    # Engines keep idle threads of their own, which do not matter to a reader's fork.
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        text, data = receive_frame(control, longest_meta=SETTINGS_BYTES, longest=FRAME_BYTES)
    except (FrameError, OSError):
        return
    settings = json.loads(text)
    with suppress(BrokenPipeError, ConnectionResetError):  # the server has gone meanwhile
        try:
            beside = open_beside(settings["location"], data) if settings["has_data"] else None
            store = open_store(settings["location"]) if beside is None else beside.store
        except AffectGraphError as error:
            send_frame(control, json.dumps({"error": str(error)}).encode("ascii"))
            return
        gc.collect()
        gc.freeze()  # a later collection would touch, and so copy, what workers share
        send_frame(control, b"{}")
        Template(control, store, WorkerLimits(**settings["limits"]), beside).run()


if __name__ == "__main__":
    main()
