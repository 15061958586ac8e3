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
from threading import Event, Thread, active_count
from typing import TypeVar

import pytest

from affectgraph.api import disconnects
from affectgraph.api.disconnects import unless_gone
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_pool import QueryPool, can_isolate
from affectgraph.api.query_processes import Template, Worker, WorkerLostError
from affectgraph.api.query_room import LOWEST
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.query_turns import OVERTAKING, Turns
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


# --- turns ----------------------------------------------------------------------------------------


def test_turn_goes_to_who_waits_longest_be_it_thread_or_task() -> None:
    turns: Turns[str] = Turns()
    served: list[str] = []

    def wait() -> None:
        assert turns.take(timeout=60) == "turn"
        served.append("thread")
        turns.give("turn")

    async def wait_soon(name: str) -> None:
        assert await turns.take_soon(timeout=60) == "turn"
        served.append(name)
        turns.give("turn")

    async def all_wait() -> None:
        first = asyncio.create_task(wait_soon("first task"))
        await asyncio.sleep(0)
        thread = Thread(target=wait)
        thread.start()
        while len(turns._waiting) < 2:
            await asyncio.sleep(0)
        last = asyncio.create_task(wait_soon("last task"))
        await asyncio.sleep(0)
        turns.give("turn")
        await asyncio.gather(first, last)
        thread.join()

    within(all_wait())
    assert served == ["first task", "thread", "last task"]
    assert turns.idle == ("turn",)


def test_who_yields_is_overtaken_by_a_few_and_no_more() -> None:
    turns: Turns[str] = Turns()
    served: list[str] = []

    async def wait(name: str, *, yields: bool) -> None:
        assert await turns.take_soon(timeout=60, yields=yields) == "turn"
        served.append(name)
        turns.give("turn")

    async def all_wait() -> None:
        tasks = [asyncio.create_task(wait(f"long {n}", yields=True)) for n in range(2)]
        tasks += [asyncio.create_task(wait(f"short {n}", yields=False)) for n in range(6)]
        await asyncio.sleep(0)
        assert turns.is_awaited
        turns.give("turn")
        await asyncio.gather(*tasks)

    within(all_wait())
    assert OVERTAKING == 4
    first = [f"short {n}" for n in range(4)]
    assert served == [*first, "long 0", "short 4", "short 5", "long 1"]
    assert turns.idle == ("turn",)
    assert not turns.is_awaited


def test_who_yields_waits_no_longer_than_it_may_and_leaves_no_place_in_the_queue() -> None:
    turns: Turns[str] = Turns()

    assert within(turns.take_soon(timeout=0.01, yields=True)) is None
    turns.give("turn")
    assert turns.idle == ("turn",)
    assert within(turns.take_soon(timeout=0.0, yields=True)) == "turn"


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


def test_wait_of_a_task_without_an_end_leaves_no_place_in_the_queue() -> None:
    turns: Turns[str] = Turns()

    assert within(turns.take_soon(timeout=0.01)) is None
    turns.give("turn")
    assert within(turns.take_soon(timeout=0.0)) == "turn"


def test_turn_given_to_a_task_that_is_cancelled_at_that_moment_is_not_lost() -> None:
    turns: Turns[str] = Turns()

    async def cancelled() -> None:
        task = asyncio.create_task(turns.take_soon(timeout=60))
        await asyncio.sleep(0)
        turns.give("turn")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    within(cancelled())
    assert turns.idle == ("turn",)


def test_turn_is_not_given_to_a_loop_that_has_been_closed() -> None:
    turns: Turns[str] = Turns()
    loop = asyncio.new_event_loop()
    task = loop.create_task(turns.take_soon(timeout=60))
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()

    turns.give("turn")

    assert turns.idle == ("turn",)
    task._log_destroy_pending = False  # type: ignore[attr-defined]  # it can never end


# --- clients that go away -------------------------------------------------------------------------


async def never() -> str:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> dict[str, str]:
    return {"type": "http.disconnect"}


def test_work_without_an_end_is_cancelled_when_the_client_has_gone() -> None:
    assert within(unless_gone(gone, never())) is None


def test_work_that_is_done_at_once_is_not_watched() -> None:
    async def receive() -> dict[str, str]:
        raise AssertionError("Nothing is to be received.")

    async def work() -> str:
        return "done"

    assert within(unless_gone(receive, work())) == "done"


def test_error_of_the_work_is_raised_as_it_is() -> None:
    async def work() -> str:
        raise QueryError("no")

    with pytest.raises(QueryError, match="no"):
        within(unless_gone(gone, work()))


def test_error_of_receiving_is_raised_by_who_waits() -> None:
    async def receive() -> dict[str, str]:
        raise QueryError("too large")

    with pytest.raises(QueryError, match="too large"):
        within(unless_gone(receive, never()))


def test_further_parts_of_a_body_do_not_end_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disconnects, "WATCH_AFTER", 0.0)
    is_read = asyncio.Event()
    parts = iter(["http.request", "http.request"])

    async def receive() -> dict[str, str]:
        kind = next(parts, None)
        if kind is None:
            is_read.set()
            await asyncio.Event().wait()
        return {"type": str(kind)}

    async def work() -> str:
        await is_read.wait()
        return "done"

    assert within(unless_gone(receive, work())) == "done"
