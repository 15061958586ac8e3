"""Runs the queries of strangers in processes that can be killed, so that none hurts the service.

A fresh, single-threaded process (:mod:`affectgraph.api.query_template`) opens the store and forks workers
(:mod:`affectgraph.api.query_worker`). A worker that passes the deadline, dies, or belongs to somebody who has
gone is killed, and another is forked in its place. Linux has all of it; elsewhere see :func:`can_isolate`.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock, RLock

from anyio import CancelScope
from anyio.to_thread import run_sync
from pyoxigraph import Quad

from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS, MIB, PoolLimits
from affectgraph.api.query_cancellation import Cancellation, gone
from affectgraph.api.query_errors import QueryCostError, QueryTimeoutError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_processes import Template, Worker, WorkerLostError, signal_name
from affectgraph.api.query_room import Room, step_back
from affectgraph.api.query_runner import InProcessQueries, QueryRunner
from affectgraph.api.query_threads import on_query_thread
from affectgraph.api.query_turns import Turns
from affectgraph.api.user_frames import as_nquads, change_frame
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import AffectGraphError, BackendError, QueryError

UserQuads = Callable[[], Iterable[Quad]]


def can_isolate() -> bool:
    """Return whether this platform can fork workers and hand over their sockets.

    Linux has every limit. macOS kills at the deadline, but does not hold limits of memory, and a worker there
    outlives a template that is killed by hand until its processor time is over. Windows cannot fork.
    """
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def open_queries(
    graph: EmotionGraph, location: str | None, limits: PoolLimits = DEFAULT_POOL_LIMITS
) -> QueryRunner:
    """Return what runs the queries of strangers on a graph: a pool where there can be one.

    Queries to another endpoint are sent from this process, as a worker may open no connection; see
    :mod:`affectgraph.api.remote_queries`.

    :param location: where the graph was loaded from; None for the packaged one.
    """
    if location is not None and location.startswith(("http://", "https://")):
        from affectgraph.api.remote_queries import open_remote_queries

        return open_remote_queries(graph.store, limits)
    return QueryPool(location, limits) if can_isolate() else InProcessQueries(graph.store)


class QueryPool:
    """A pool of workers on a local store; a :class:`~affectgraph.api.query_runner.QueryRunner`.

    Threads may share it. A query has a worker to itself; killing and replacing one takes milliseconds, in
    which the others go on. :meth:`close` it, or use it in a ``with`` block.

    :param location: an Oxigraph directory or an RDF file; the packaged graph if left out.
    :param data: gives the quads of users' graphs, to be seen beside it and changed by :meth:`change`. With it
        the graph is held in memory, once for all workers.

    >>> from affectgraph.api.query_evaluation import Question
    >>> with QueryPool() as pool:
    ...     pool.run(Question("ASK { ?s ?p ?o }", result_type="text/csv")).content
    b'true'
    """

    def __init__(
        self,
        location: str | Path | None = None,
        limits: PoolLimits = DEFAULT_POOL_LIMITS,
        data: UserQuads | None = None,
    ) -> None:
        self.limits = limits
        self._location = None if location is None else str(location)
        self._data = data
        self._version = 0
        self._template: Template | None = None
        self._turns: Turns[_Place] = Turns()
        self._room = Room(limits.long_queries)
        self._lock = Lock()
        self._counting = Lock()
        self._under_way = 0
        self._is_closed = False

    def __enter__(self) -> "QueryPool":
        """Start the pool."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the pool."""
        self.close()

    def start(self) -> None:
        """Start the template and the workers; a second call does nothing. The first query does it, too.

        :raises BackendError: if the store cannot be opened, or the processes do not start.
        """
        with self._lock:
            self._is_closed = False
            self._open()

    def _open(self) -> None:
        if self._template is not None:
            return
        template = self._new_template()
        try:
            self._turns = Turns(
                [_Place(self._forked(template)) for _ in range(self.limits.workers)]
            )
        except OSError as error:
            template.close()
            raise BackendError(str(error), backend="sparql", retryable=True) from error
        self._template = template

    def _new_template(self) -> Template:
        return Template(self._settings(), None if self._data is None else as_nquads(self._data()))

    def _settings(self) -> dict[str, object]:
        limits = {
            "seconds": self.limits.timeout_seconds,
            "memory_bytes": self.limits.memory_mb * MIB,
            "result_bytes": self.limits.result_bytes,
        }
        return {"location": self._location, "limits": limits}

    def close(self) -> None:
        """Kill every process of the pool, and with them the queries that run; a second call does nothing."""
        with self._lock:
            template, self._template = self._template, None
            self._is_closed = True
        if template is not None:
            template.close()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the connections of places that no query holds."""
        while (place := self._turns.take(timeout=0)) is not None:
            if place.worker is not None:
                place.worker.close()

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer of a worker; see :meth:`affectgraph.api.query_runner.QueryRunner.run`."""
        cancellation = cancellation or Cancellation()
        with self._admitted(), self._place() as place:
            worker = self._worker_of(place)
            try:
                with cancellation.ends(worker):
                    return self._ask(worker, question)
            except TimeoutError as error:
                self._replace(place, worker)
                raise _too_slow(self.limits, question) from error
            except WorkerLostError as error:
                raise self._loss(place, worker, question, cancellation) from error
            except BaseException as error:
                # A refusal leaves a worker as it was; after all else its answer may be half read.
                if not isinstance(error, QueryError):
                    self._replace(place, worker)
                raise
            finally:
                if cancellation.is_cancelled:
                    self._replace(place, worker)

    def _ask(self, worker: Worker, question: Question) -> QueryAnswer:
        return worker.ask(
            question, deadline=self._deadline(), result_bytes=self.limits.result_bytes
        )

    async def answer(self, question: Question) -> QueryAnswer:
        """Return the answer of a worker; see :meth:`affectgraph.api.query_runner.QueryRunner.answer`.

        No thread waits for it. Whatever takes time, as starting and replacing processes, is done on one.
        """
        if self._template is None:
            return await on_query_thread(partial(self.run, question))
        with self._counted():
            turns = self._turns
            place = await turns.take_soon(timeout=self.limits.wait_seconds)
            if place is None:
                raise self._all_busy()
            try:
                return await self._answer_at(place, question, turns)
            finally:
                if place.is_apart:
                    try:
                        await self._replace_soon(place, place.worker)
                    finally:
                        self._room.leave()
                else:
                    self._give_back(turns, place)

    async def _answer_at(
        self, place: "_Place", question: Question, turns: "Turns[_Place]"
    ) -> QueryAnswer:
        worker = place.worker
        if worker is None or self._is_past(worker):
            worker = await run_sync(self._worker_of, place)
        try:
            return await worker.ask_soon(
                question,
                deadline=self._deadline(),
                result_bytes=self.limits.result_bytes,
                patience_seconds=self.limits.patience_seconds,
                out_of_patience=partial(self._make_room, place, turns),
            )
        except TimeoutError as error:
            await self._replace_soon(place, worker)
            raise _too_slow(self.limits, question) from error
        except WorkerLostError as error:
            raise await run_sync(self._loss, place, worker, question, Cancellation()) from error
        except BaseException as error:
            if not isinstance(error, QueryError):
                await self._replace_soon(place, worker)
            raise

    def _make_room(self, place: "_Place", turns: "Turns[_Place]") -> bool:
        """Let a query that takes long go on apart if somebody waits; return whether it does.

        :raises BackendError: if somebody waits, and enough long queries go on already.
        """
        if place.worker is not None and not place.worker.is_spent:
            place.worker.is_spent = True  # as only a privileged process can come forward again
            step_back(place.worker.pid)
        if not turns.is_awaited:
            return False
        if not self._room.enter():
            raise _busy(f"others wait, and {self.limits.long_queries} long queries are running.")
        place.is_apart = True
        self._give_back(turns, _Place(None))
        return True

    async def _replace_soon(self, place: "_Place", worker: Worker | None) -> None:
        """Replace the worker of a place on a thread, also if the task was cancelled."""
        with CancelScope(shield=True):
            await run_sync(self._replace, place, worker)

    def _deadline(self) -> float:
        return time.monotonic() + self.limits.timeout_seconds

    @property
    def version(self) -> int:
        """How often users' graphs have changed since the pool was made."""
        return self._version

    def change(self, changes: Sequence[Change]) -> None:
        """Have queries that begin from now on see changes of users' graphs; those that run see none of them.

        Changes come one after another, each when it is on disk: if the template has to be started anew, it
        reads all data from there.
        """
        with self._lock:
            template = self._template
        if template is not None:
            with suppress(OSError):  # it has ended, and the next query starts another
                template.change(*change_frame(changes))
        self._version += 1

    def update(self, update: str, cancellation: Cancellation | None = None) -> list[Change]:
        """Return what an update would change of users' graphs; nothing is changed by it.

        A worker makes it on its own copy of the store, under the limits of queries, and is replaced.

        :raises QueryError: if it is malformed, or changes what is no user's; else as :meth:`run`.
        """
        cancellation = cancellation or Cancellation()
        question = Question(update)
        deadline = time.monotonic() + self.limits.timeout_seconds
        with self._admitted(), self._place() as place:
            worker = self._worker_of(place)
            try:
                with cancellation.ends(worker):
                    return worker.update(
                        update, deadline=deadline, result_bytes=self.limits.result_bytes
                    )
            except TimeoutError as error:
                raise _too_slow(self.limits, question) from error
            except WorkerLostError as error:
                raise self._loss(place, worker, question, cancellation) from error
            finally:
                self._replace(place, worker)

    def refresh(self) -> None:
        """Have queries that begin from now on read all data anew; those that run may fail."""
        with self._lock:
            if self._template is not None:
                self._template.close()
        self._version += 1

    # --- turns ------------------------------------------------------------------------------------

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        with self._counted():
            with self._lock:
                if not self._is_closed:
                    self._open()
                self._require_template()
            yield

    @contextmanager
    def _counted(self) -> Iterator[None]:
        most = self.limits.workers + self.limits.queue
        with self._counting:
            if self._under_way >= most:
                raise _busy(f"{most} queries run or wait.")
            self._under_way += 1
        try:
            yield
        finally:
            with self._counting:
                self._under_way -= 1

    @contextmanager
    def _place(self) -> Iterator["_Place"]:
        turns = self._turns
        place = turns.take(timeout=self.limits.wait_seconds)
        if place is None:
            raise self._all_busy()
        try:
            yield place
        finally:
            self._give_back(turns, place)

    def _give_back(self, turns: "Turns[_Place]", place: "_Place") -> None:
        turns.give(place)
        if self._is_closed:
            self._hang_up()

    def _all_busy(self) -> BackendError:
        return _busy(f"{self.limits.workers} queries are running.")

    # --- processes --------------------------------------------------------------------------------

    def _worker_of(self, place: "_Place") -> Worker:
        """Return the worker of a place, a new one if it has none that lives."""
        with place.lock:
            if place.worker is not None and self._is_past(place.worker):
                self._replace(place, place.worker)
            if place.worker is None:
                place.worker = self._fork()
            return place.worker

    def _is_past(self, worker: Worker) -> bool:
        """Return whether a worker has gone, is not to be asked again, or has not seen all changes."""
        return worker.is_spent or worker.version != self._version or worker.has_gone()

    def _forked(self, template: Template) -> Worker:
        """Return a new worker, which has seen the changes so far."""
        version = self._version
        worker = template.fork()
        worker.version = version
        return worker

    def _fork(self) -> Worker:
        """Return a new worker; the template is started anew if it has gone."""
        with self._lock:
            template = self._require_template()
        try:
            return self._forked(template)
        except OSError:
            with self._lock:
                if self._require_template() is template:
                    template.close()
                    self._template = self._new_template()
                template = self._require_template()
        try:
            return self._forked(template)
        except OSError as error:
            raise BackendError(str(error), backend="sparql", retryable=True) from error

    def _require_template(self) -> Template:
        if self._template is None:
            raise BackendError(
                "the pool of queries is closed.",
                backend="sparql",
                retryable=True,
                hint="Start it again; a service that stops answers no further query.",
            )
        return self._template

    def _replace(self, place: "_Place", worker: Worker | None) -> int | None:
        """End a worker, and fork another if its place has a turn; return how it ended, if known.

        Nothing is done if it is not the worker of its place any more.
        """
        with place.lock:
            if worker is None or place.worker is not worker:
                return None
            place.worker = None
            worker.close()
            template = self._template
            if template is None:
                return None
            status = None
            with suppress(OSError):  # the template has gone: the next query starts another
                status = template.end(worker)
                if not place.is_apart:
                    place.worker = self._forked(template)
            return status

    def _loss(
        self, place: "_Place", worker: Worker, question: Question, cancellation: Cancellation
    ) -> AffectGraphError:
        """Replace a worker that was lost, and return the error that says why."""
        status = self._replace(place, worker)
        if cancellation.is_cancelled:
            return gone()
        signal = None if status is None else signal_name(status)
        if signal is None:
            return BackendError("a process for queries has gone.", backend="sparql", retryable=True)
        kind = QueryTimeoutError if signal == "SIGXCPU" else QueryCostError
        return kind(
            f"The query ended the process that ran it ({signal}): {self._cause(signal)}",
            query=question.query,
        )

    def _cause(self, signal: str) -> str:
        if signal in {"SIGSEGV", "SIGBUS"}:
            return "it is nested too deeply, or too long a chain."
        if signal == "SIGXCPU":
            return "it takes too much time."
        return f"it needs over {self.limits.memory_mb} MiB of memory."


@dataclass(slots=True)
class _Place:
    """A turn: the worker that runs a query, None if it was lost and none could be forked.

    :param is_apart: whether others have its turn by now; its worker ends with the query.
    :param lock: held while the worker is replaced: a task that is cancelled leaves the thread that does so.
    """

    worker: Worker | None
    is_apart: bool = False
    lock: AbstractContextManager[bool] = field(default_factory=RLock)


def _too_slow(limits: PoolLimits, question: Question) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"The query takes over {limits.timeout_seconds:g} s, and was stopped.",
        query=question.query,
    )


def _busy(what: str) -> BackendError:
    return BackendError(what, backend="sparql", retryable=True, hint="Try again later.")
