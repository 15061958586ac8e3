"""Runs the queries of strangers in processes that can be killed, so that none hurts the service.

A fresh, single-threaded process (:mod:`affectgraph.api.query_template`) opens the store and forks workers
(:mod:`affectgraph.api.query_worker`). A worker that passes the deadline, dies, or belongs to somebody who has
gone is killed, and another is forked in its place (:mod:`affectgraph.api.query_places`). Linux has all of it;
elsewhere see :func:`can_isolate`.
"""

import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock

from anyio import CancelScope

from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS, PoolLimits
from affectgraph.api.query_cancellation import Cancellation, gone
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_places import Place, Places, UserQuads
from affectgraph.api.query_processes import Worker, WorkerLostError
from affectgraph.api.query_room import ROOM_AFTER, Room, step_back
from affectgraph.api.query_runner import InProcessQueries, QueryRunner
from affectgraph.api.query_stops import all_busy, busy, lost, too_slow
from affectgraph.api.query_threads import on_process_thread, on_query_thread
from affectgraph.api.query_turns import Turns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import AffectGraphError, QueryError


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
        self._places = Places(None if location is None else str(location), limits, data)
        self._room = Room(limits.long_queries)
        self._counting = Lock()
        self._under_way = 0

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
        self._places.start()

    def close(self) -> None:
        """Kill every process of the pool, and with them the queries that run; a second call does nothing."""
        self._places.close()

    # --- users' graphs ----------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """How often users' graphs have changed since the pool was made."""
        return self._places.version

    def change(self, changes: Sequence[Change]) -> None:
        """Have queries that begin from now on see changes of users' graphs; those that run see none of them.

        Changes come one after another, each when it is on disk: if the template has to be started anew, it
        reads all data from there.
        """
        self._places.change(changes)

    def refresh(self) -> None:
        """Have queries that begin from now on read all data anew; those that run may fail."""
        self._places.refresh()

    # --- on threads -------------------------------------------------------------------------------

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer of a worker; see :meth:`affectgraph.api.query_runner.QueryRunner.run`."""
        cancellation = cancellation or Cancellation()
        with self._admitted(), self._places.held() as place:
            worker = self._places.worker_of(place)
            try:
                with cancellation.ends(worker):
                    return self._ask(worker, question)
            except TimeoutError as error:
                self._places.replace(place, worker)
                raise too_slow(self.limits, question) from error
            except WorkerLostError as error:
                raise self._loss(place, worker, question, cancellation) from error
            except BaseException as error:
                # A refusal leaves a worker as it was; after all else its answer may be half read.
                if not isinstance(error, QueryError):
                    self._places.replace(place, worker)
                raise
            finally:
                if cancellation.is_cancelled:
                    self._places.replace(place, worker)

    def _ask(self, worker: Worker, question: Question) -> QueryAnswer:
        return worker.ask(
            question, deadline=self._deadline(), result_bytes=self.limits.result_bytes
        )

    def update(self, update: str, cancellation: Cancellation | None = None) -> list[Change]:
        """Return what an update would change of users' graphs; nothing is changed by it.

        A worker makes it on its own copy of the store, under the limits of queries, and is replaced.

        :raises QueryError: if it is malformed, or changes what is no user's; else as :meth:`run`.
        """
        cancellation = cancellation or Cancellation()
        question = Question(update)
        deadline = self._deadline()
        with self._admitted(), self._places.held() as place:
            worker = self._places.worker_of(place)
            try:
                with cancellation.ends(worker):
                    return worker.update(
                        update, deadline=deadline, result_bytes=self.limits.result_bytes
                    )
            except TimeoutError as error:
                raise too_slow(self.limits, question) from error
            except WorkerLostError as error:
                raise self._loss(place, worker, question, cancellation) from error
            finally:
                self._places.replace(place, worker)

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        with self._counted():
            self._places.start_unless_closed()
            yield

    # --- on an event loop -------------------------------------------------------------------------

    async def answer(self, question: Question) -> QueryAnswer:
        """Return the answer of a worker; see :meth:`affectgraph.api.query_runner.QueryRunner.answer`.

        No thread waits for it. Whatever takes time, as starting and replacing processes, is done on one.
        """
        if self._places.template is None:
            return await on_query_thread(partial(self.run, question))
        with self._counted():
            turns = self._places.turns
            # A long text takes long to read: it lets those with short ones go first.
            place = await turns.take_soon(
                timeout=self.limits.wait_seconds, yields=not question.is_guarded
            )
            if place is None:
                raise all_busy(self.limits)
            try:
                return await self._answer_at(place, question, turns)
            finally:
                await self._leave(place, turns)

    async def _answer_at(
        self, place: Place, question: Question, turns: Turns[Place]
    ) -> QueryAnswer:
        worker = place.worker
        if worker is None or self._places.is_past(worker):
            worker = await on_process_thread(partial(self._places.worker_of, place))
        try:
            return await worker.ask_soon(
                question,
                deadline=self._deadline(),
                result_bytes=self.limits.result_bytes,
                patience_seconds=self.limits.patience_seconds * ROOM_AFTER,
                out_of_patience=partial(self._make_room, place, turns, time.monotonic()),
            )
        except TimeoutError as error:
            await self._replace_soon(place, worker)
            raise too_slow(self.limits, question) from error
        except WorkerLostError as error:
            loss = partial(self._loss, place, worker, question, Cancellation())
            raise await on_process_thread(loss) from error
        except BaseException as error:
            if not isinstance(error, QueryError):
                await self._replace_soon(place, worker)
            raise

    async def _leave(self, place: Place, turns: Turns[Place]) -> None:
        """Let others have a place, or end the worker that goes on apart from it."""
        if not place.is_apart:
            self._places.give_back(turns, place)
            return
        try:
            await self._replace_soon(place, place.worker)
        finally:
            self._room.leave()

    def _make_room(self, place: Place, turns: Turns[Place], since: float) -> bool:
        """Let a query go on apart if somebody waits and there is room for it; return whether it does.

        :param since: when it began, on ``time.monotonic``'s clock.
        :raises BackendError: if somebody waits, there is no room, and it is out of patience.
        """
        is_long = time.monotonic() - since >= self.limits.patience_seconds
        if is_long:
            _step_back(place)
        if not turns.is_awaited:
            return False
        if not self._room.enter():
            if is_long:
                raise busy(f"others wait, and {self.limits.long_queries} long queries are running.")
            return False
        _step_back(place)
        place.is_apart = True
        self._places.give_back(turns, Place(None))
        return True

    async def _replace_soon(self, place: Place, worker: Worker | None) -> None:
        """Replace the worker of a place on a thread, also if the task was cancelled."""
        with CancelScope(shield=True):
            await on_process_thread(partial(self._places.replace, place, worker))

    # --- on both ----------------------------------------------------------------------------------

    def _deadline(self) -> float:
        return time.monotonic() + self.limits.timeout_seconds

    @contextmanager
    def _counted(self) -> Iterator[None]:
        most = self.limits.workers + self.limits.queue
        with self._counting:
            if self._under_way >= most:
                raise busy(f"{most} queries run or wait.")
            self._under_way += 1
        try:
            yield
        finally:
            with self._counting:
                self._under_way -= 1

    def _loss(
        self, place: Place, worker: Worker, question: Question, cancellation: Cancellation
    ) -> AffectGraphError:
        """Replace a worker that was lost, and return the error that says why."""
        status = self._places.replace_lost(place, worker)
        return gone() if cancellation.is_cancelled else lost(self.limits, question, status)


def _step_back(place: Place) -> None:
    """Give the worker of a place the lowest priority, and ask it no further query."""
    if place.worker is not None and not place.worker.is_spent:
        place.worker.is_spent = True  # as only a privileged process can come forward again
        step_back(place.worker.pid)
