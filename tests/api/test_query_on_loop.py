"""Queries of strangers on the event loop: answered by workers as from threads, with no thread that waits."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, active_count
from typing import TypeVar

import pytest
from anyio.to_thread import current_default_thread_limiter, run_sync

from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_places import Place
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.api.query_processes import Template, Worker, WorkerLostError
from affectgraph.api.query_room import LOWEST
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.query_turns import Turns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, QueryError
from tests.api.test_query_pool import (
    DREAD,
    ENDLESS,
    GOOD,
    POINT,
    children_of,
    framed,
    is_alive,
    only_child,
    template_of,
)

T = TypeVar("T")

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")


@pytest.fixture(scope="module")
def pool() -> Iterator[QueryPool]:
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=1.0)) as found:
        yield found


def within(work: Awaitable[T], seconds: float = 60) -> T:
    """Return what a task gives on a loop of its own."""

    async def run() -> T:
        async with asyncio.timeout(seconds):
            return await work

    return asyncio.run(run())


def test_answer_is_that_of_a_thread(pool: QueryPool) -> None:
    assert within(pool.answer(POINT)) == pool.run(POINT)


def test_graph_without_a_pool_answers_as_well(graph: EmotionGraph) -> None:
    assert within(InProcessQueries(graph.store).answer(POINT)).content == DREAD


def test_no_thread_waits_for_an_answer() -> None:
    async def many(pool: QueryPool) -> list[QueryAnswer]:
        before = active_count()
        found = await asyncio.gather(*(pool.answer(POINT) for _ in range(20)))
        assert active_count() <= before  # idle ones of others may end
        return found

    # None is late, so that no worker is replaced, which is done on threads.
    with QueryPool(limits=PoolLimits(workers=1, patience_seconds=60)) as pool:
        assert {found.content for found in within(many(pool))} == {DREAD}


def test_pool_starts_with_the_first_question_and_not_after_its_end() -> None:
    pool = QueryPool(limits=PoolLimits(workers=1))
    try:
        assert within(pool.answer(POINT)).content == DREAD
    finally:
        pool.close()
    with pytest.raises(BackendError, match="closed"):
        within(pool.answer(POINT))


def test_refused_query_leaves_the_worker_as_it_was(pool: QueryPool) -> None:
    before = children_of(template_of(pool))

    with pytest.raises(QueryError):
        within(pool.answer(type(POINT)("SELECT {")))

    assert children_of(template_of(pool)) == before
    assert within(pool.answer(POINT)).content == DREAD


def test_query_without_an_end_is_stopped_and_its_worker_replaced(pool: QueryPool) -> None:
    (before,) = children_of(template_of(pool))

    with pytest.raises(QueryCostError, match="takes over 1 s, and was stopped"):
        within(pool.answer(ENDLESS))

    assert only_child(template_of(pool)) != before
    assert within(pool.answer(POINT)).content == DREAD


def test_query_that_ends_its_worker_is_told_why(pool: QueryPool) -> None:
    nested = "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }"

    with pytest.raises(QueryCostError, match="nested too deeply"):
        within(pool.answer(type(POINT)(nested)))

    assert within(pool.answer(POINT)).content == DREAD


def test_worker_killed_between_queries_is_replaced_unnoticed(pool: QueryPool) -> None:
    (worker,) = children_of(template_of(pool))
    os.kill(worker, signal.SIGKILL)
    while is_alive(worker):
        pass

    assert within(pool.answer(POINT)).content == DREAD


def test_workers_are_replaced_while_other_work_has_every_thread(pool: QueryPool) -> None:
    gate = Event()

    async def asked() -> bytes:
        current_default_thread_limiter().total_tokens = 1
        other = asyncio.create_task(run_sync(gate.wait, 60))
        await until(lambda: not current_default_thread_limiter().available_tokens)
        try:
            return (await pool.answer(POINT)).content
        finally:
            gate.set()
            assert await other

    (worker,) = children_of(template_of(pool))
    os.kill(worker, signal.SIGKILL)
    while is_alive(worker):
        pass
    assert within(asked()) == DREAD


def test_query_of_a_cancelled_task_is_ended_and_its_place_free_again() -> None:
    async def cancelled(pool: QueryPool) -> None:
        task = asyncio.create_task(pool.answer(ENDLESS))
        while pool._places.turns.idle:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=600)) as pool:
        (before,) = children_of(template_of(pool))
        within(cancelled(pool))
        assert only_child(template_of(pool)) != before
        assert within(pool.answer(POINT)).content == DREAD
        assert pool._under_way == 0


def test_answer_to_a_query_that_was_left_is_never_that_of_the_next() -> None:
    slow = type(POINT)(
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b FILTER(STRLEN(STR(?b)) > 3) }", result_type="text/csv"
    )

    async def asked(pool: QueryPool) -> QueryAnswer:
        task = asyncio.create_task(pool.answer(slow))
        await until(lambda: not pool._places.turns.idle)
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()  # before its worker is replaced
        with pytest.raises(asyncio.CancelledError):
            await task
        return await pool.answer(POINT)

    limits = PoolLimits(workers=1, timeout_seconds=600, patience_seconds=600)
    with QueryPool(limits=limits) as pool:
        assert within(asked(pool)).content == DREAD


def test_process_that_was_forked_for_a_cancelled_task_answers_the_next_and_is_the_only_one() -> (
    None
):
    gate = Event()
    begun = []

    async def asked(pool: QueryPool) -> None:
        forked = pool._places.forked

        def slowly(template: Template) -> Worker:
            begun.append(template)
            gate.wait(60)
            return forked(template)

        pool._places.forked = slowly  # type: ignore[method-assign]
        task = asyncio.create_task(pool.answer(POINT))
        await until(lambda: bool(begun))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        following = asyncio.create_task(pool.answer(POINT))
        await asyncio.sleep(0.1)  # in which it could begin another
        gate.set()
        assert (await following).content == DREAD

    with QueryPool(limits=PoolLimits(workers=1)) as pool:
        (worker,) = children_of(template_of(pool))
        os.kill(worker, signal.SIGKILL)
        while is_alive(worker):
            pass
        within(asked(pool))
        assert len(begun) == len(children_of(template_of(pool))) == 1


@pytest.mark.parametrize(
    ("queue", "words"), [(0, "1 queries run or wait"), (1, "1 queries are running")]
)
def test_more_queries_than_turns_are_told_to_come_again(queue: int, words: str) -> None:
    limits = PoolLimits(workers=1, queue=queue, wait_seconds=0.01)
    with QueryPool(limits=limits) as pool, pool._admitted(), pool._places.held():
        with pytest.raises(BackendError, match=words) as caught:
            within(pool.answer(POINT))
        assert caught.value.retryable


# --- queries that take long -----------------------------------------------------------------------

IMPATIENT = PoolLimits(workers=1, timeout_seconds=30.0, patience_seconds=0.05, long_queries=1)


def niceness(pid: int) -> set[int]:
    """Return the niceness of every thread of a process (proc(5), field 19 of stat)."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int((task / "stat").read_text().rpartition(")")[2].split()[16]) for task in tasks}


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0.01)


async def ended(*tasks: "asyncio.Task[QueryAnswer]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_long_query_makes_room_for_others_and_goes_on_at_the_lowest_priority() -> None:
    async def asked(pool: QueryPool) -> None:
        (worker,) = children_of(template_of(pool))
        long = asyncio.create_task(pool.answer(ENDLESS))
        await until(lambda: not pool._places.turns.idle)

        found = [(await pool.answer(POINT)).content for _ in range(3)]

        assert found == [DREAD] * 3
        assert not long.done()
        assert is_alive(worker)
        if sys.platform == "linux":
            assert niceness(worker) == {LOWEST}
        await ended(long)
        assert only_child(template_of(pool)) != worker

    with QueryPool(limits=IMPATIENT) as pool:
        within(asked(pool))


def test_long_query_that_nobody_waits_for_keeps_its_turn_and_is_answered() -> None:
    slow = type(POINT)(
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b FILTER(STRLEN(STR(?b)) > 3) }", result_type="text/csv"
    )

    async def asked(pool: QueryPool) -> None:
        before = children_of(template_of(pool))
        assert (await pool.answer(slow)).content.startswith(b"n")
        assert children_of(template_of(pool)) == before
        # A process that has stepped back cannot come forward again, so that it is not asked twice.
        assert (await pool.answer(POINT)).content == DREAD
        assert [only_child(template_of(pool))] != before

    limits = replace(IMPATIENT, patience_seconds=0.001)
    with QueryPool(limits=limits) as pool:
        within(asked(pool))


def test_one_long_query_too_many_is_stopped_while_others_wait_and_says_so() -> None:
    async def asked(pool: QueryPool) -> None:
        first = asyncio.create_task(pool.answer(ENDLESS))
        await until(lambda: not pool._places.turns.idle)
        await pool.answer(POINT)
        second = asyncio.create_task(pool.answer(ENDLESS))
        await until(lambda: not pool._places.turns.idle)

        assert (await pool.answer(POINT)).content == DREAD
        with pytest.raises(
            BackendError, match="others wait, and 1 long queries are running"
        ) as caught:
            await second
        assert caught.value.retryable
        assert not first.done()
        await ended(first)

    with QueryPool(limits=IMPATIENT) as pool:
        within(asked(pool))


NO_PROCESS = 2**22 + 1
"""Above the highest id that Linux gives."""


def test_query_makes_room_early_where_there_is_room_and_is_stopped_late_where_there_is_none() -> (
    None
):
    pool = QueryPool(limits=PoolLimits(patience_seconds=60, long_queries=1))
    ours, theirs = socket.socketpair()

    async def asked() -> None:
        turns: Turns[Place] = Turns()
        first, second = Place(Worker(NO_PROCESS, ours)), Place(Worker(NO_PROCESS, ours))
        now, long_ago = time.monotonic(), time.monotonic() - 61
        assert not pool._make_room(first, turns, now)  # nobody waits
        others = [asyncio.create_task(turns.take_soon(timeout=60)) for _ in range(2)]
        await asyncio.sleep(0)

        assert pool._make_room(first, turns, now)
        assert first.is_apart
        assert first.worker is not None
        assert first.worker.is_spent
        given = await others[0]
        assert given is not None
        assert given.worker is None

        assert not pool._make_room(second, turns, now)
        assert not second.is_apart
        assert second.worker is not None
        assert not second.worker.is_spent
        with pytest.raises(BackendError, match="1 long queries are running"):
            pool._make_room(second, turns, long_ago)
        turns.give(second)
        assert await others[1] is second

    with ours, theirs:
        within(asked())


def test_place_apart_is_free_again_when_its_query_has_ended() -> None:
    async def asked(pool: QueryPool) -> None:
        for _ in range(3):
            long = asyncio.create_task(pool.answer(ENDLESS))
            await until(lambda: not pool._places.turns.idle)
            assert (await pool.answer(POINT)).content == DREAD
            await ended(long)

    with QueryPool(limits=IMPATIENT) as pool:
        within(asked(pool))


def test_pool_that_closes_ends_a_query_apart() -> None:
    async def asked(pool: QueryPool) -> None:
        long = asyncio.create_task(pool.answer(ENDLESS))
        await until(lambda: not pool._places.turns.idle)
        await pool.answer(POINT)
        await asyncio.to_thread(pool.close)
        with pytest.raises(BackendError):
            await long

    pool = QueryPool(limits=IMPATIENT)
    pool.start()
    template = template_of(pool)
    within(asked(pool))
    assert not is_alive(template)


def test_long_query_waits_for_those_that_came_later_and_are_short() -> None:
    answered: list[str] = []
    long = Question("ASK {} # " + "x" * 5_000, result_type="text/csv", is_guarded=False)

    async def ask(pool: QueryPool, name: str, question: Question) -> None:
        await pool.answer(question)
        answered.append(name)

    async def asked(pool: QueryPool) -> None:
        with pool._places.held():
            tasks = [asyncio.create_task(ask(pool, "long", long))]
            await until(lambda: pool._places.turns.is_awaited)
            tasks.append(asyncio.create_task(ask(pool, "short", POINT)))
            await until(lambda: len(pool._places.turns._waiting) == 1)
        await asyncio.gather(*tasks)

    with QueryPool(limits=PoolLimits(workers=1)) as pool:
        within(asked(pool))
    assert answered == ["short", "long"]


# --- a worker that was taken over -----------------------------------------------------------------


def told(sent: bytes, *, is_over: bool = True, seconds: float = 60) -> QueryAnswer:
    """Return what the server makes of bytes that a worker sends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent)
        if is_over:
            theirs.shutdown(socket.SHUT_WR)
        asked = Worker(0, ours).ask_soon(
            POINT,
            deadline=time.monotonic() + seconds,
            result_bytes=100,
            patience_seconds=seconds,
            out_of_patience=lambda: True,
        )
        return within(asked)


def test_frame_of_a_good_worker_is_read() -> None:
    assert told(framed(GOOD, DREAD)) == QueryAnswer("solutions", "text/csv", DREAD)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        framed(GOOD, DREAD)[:-1],
        framed(GOOD, DREAD) + b"more",
        framed(GOOD, b"x" * 101),
        framed(b"no JSON"),
        framed(b'{"status": ["refused"]}'),
    ],
)
def test_worker_that_sends_what_no_worker_sends_is_lost(sent: bytes) -> None:
    with pytest.raises(WorkerLostError):
        told(sent)


def test_worker_that_is_silent_is_not_waited_for_beyond_the_deadline() -> None:
    with pytest.raises(TimeoutError):
        told(framed(GOOD, DREAD)[:-1], is_over=False, seconds=0.01)
