"""Turns: who waits longest has the next, be it thread or task, but for who yields."""

import asyncio
from threading import Thread

import pytest

from affectgraph.api.query_turns import OVERTAKING, Turns
from tests.api.test_query_on_loop import within


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
