"""The queue before the language model: turns in order, places, time-outs, and when to come back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any

import anyio
import pytest

from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.llm_queue import REMEMBERED_RUNS, LlmQueue, QueueFullError, TurnTimeoutError
from affectgraph.ontology.errors import InputError


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def queue(concurrency: int = 2, waiting: int = 3, **chosen: Any) -> tuple[LlmQueue, Clock]:
    clock = Clock()
    return LlmQueue(LlmLimits(concurrency, waiting, **chosen), clock=clock), clock


def played(work: Callable[[], Awaitable[None]]) -> None:
    """Run a test's tasks; none of them may hang."""

    async def bounded() -> None:
        with anyio.fail_after(20):
            await work()

    anyio.run(bounded)


async def run_for(turns: LlmQueue, clock: Clock, seconds: float) -> None:
    async with turns.turn():
        clock.seconds += seconds


def test_so_many_run_at_once_and_turns_come_in_the_order_asked() -> None:
    turns, _ = queue(concurrency=2)
    begun: list[int] = []
    most: list[int] = []

    async def one(number: int) -> None:
        async with turns.turn():
            begun.append(number)
            most.append(turns.running)
            await anyio.sleep(0)

    async def all_at_once() -> None:
        async with anyio.create_task_group() as tasks:
            for number in range(7):
                tasks.start_soon(one, number)

    played(all_at_once)

    assert begun == list(range(7))
    assert max(most) == 2
    assert turns.running == 0


def test_a_request_beyond_the_places_is_refused_with_when_to_come_back() -> None:
    turns, clock = queue(concurrency=2, waiting=3)

    async def fill() -> None:
        await run_for(turns, clock, 4)
        await run_for(turns, clock, 8)
        with ExitStack() as places:
            for _ in range(5):
                places.enter_context(turns.place())
            with pytest.raises(QueueFullError) as refused, turns.place():
                pass
        assert refused.value.status_code == 429
        # 3 wait, a run takes (4 + 8) / 2 s, and 2 run at once: 3 * 6 / 2
        assert refused.value.headers == {"Retry-After": "9"}
        assert "at most 2 requests at the language model and 3 waiting" in refused.value.detail
        with turns.place():
            assert turns.requests == 1

    played(fill)
    assert turns.requests == 0


def test_a_place_is_given_back_when_a_request_fails() -> None:
    turns, _ = queue(concurrency=1, waiting=0)

    with pytest.raises(RuntimeError, match="broken"), turns.place():
        raise RuntimeError("broken")

    with turns.place():
        assert turns.requests == 1


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [([], 3), ([0.0], 1), ([0.2, 0.2], 1), ([10.0], 5), ([11.0], 6), ([1000.0], 500)],
)
def test_retry_after_is_whole_seconds_of_one_or_more(seconds: list[float], expected: int) -> None:
    # None waits, which counts as one, and two run at once: half a run, rounded up; 5 s before any has ended.
    turns, clock = queue(concurrency=2)

    async def run_all() -> None:
        for each in seconds:
            await run_for(turns, clock, each)

    played(run_all)
    assert turns.retry_after_seconds() == expected


def test_only_recent_runs_count_for_the_mean() -> None:
    turns, clock = queue(concurrency=1)

    async def run_all() -> None:
        await run_for(turns, clock, 10_000)
        for _ in range(REMEMBERED_RUNS):
            await run_for(turns, clock, 3)

    played(run_all)
    assert turns.retry_after_seconds() == 3


def test_a_wait_that_takes_too_long_is_an_error_that_may_be_tried_again() -> None:
    turns, _ = queue(concurrency=1, wait_seconds=0.01)

    async def wait() -> None:
        async with turns.turn():
            with pytest.raises(TurnTimeoutError, match=r"a turn within 0\.01 s") as late:
                async with turns.turn():
                    pass
            assert late.value.retryable
            assert late.value.retry_after_seconds == 5
        async with turns.turn():
            assert turns.running == 1

    played(wait)


def test_one_that_goes_away_while_it_waits_leaves_the_queue() -> None:
    turns, _ = queue(concurrency=1)
    begun: list[str] = []

    async def one(name: str, scope: anyio.CancelScope) -> None:
        with scope:
            async with turns.turn():
                begun.append(name)

    async def leave() -> None:
        gone = anyio.CancelScope()
        async with anyio.create_task_group() as tasks, turns.turn():
            tasks.start_soon(one, "gone", gone)
            tasks.start_soon(one, "next", anyio.CancelScope())
            await anyio.wait_all_tasks_blocked()
            gone.cancel()
            await anyio.wait_all_tasks_blocked()

    played(leave)
    assert begun == ["next"]
    assert turns.running == 0


def test_one_that_goes_away_as_its_turn_comes_leaves_it_to_the_next() -> None:
    turns, _ = queue(concurrency=1)
    begun: list[str] = []

    async def one(name: str) -> None:
        async with turns.turn():
            begun.append(name)

    async def leave() -> None:
        async with turns.turn():
            gone, after = (asyncio.create_task(one(name)) for name in ("gone", "next"))
            await anyio.wait_all_tasks_blocked()
        gone.cancel()  # the turn is handed over already, and nobody else has run since
        await asyncio.wait([gone, after])
        assert gone.cancelled()

    played(leave)
    assert begun == ["next"]
    assert turns.running == 0


def test_a_newcomer_does_not_overtake_those_that_wait() -> None:
    turns, _ = queue(concurrency=1)
    begun: list[str] = []

    async def one(name: str) -> None:
        async with turns.turn():
            begun.append(name)
            assert turns.running == 1

    async def arrive() -> None:
        async with anyio.create_task_group() as tasks:
            async with turns.turn():
                tasks.start_soon(one, "first")
                await anyio.wait_all_tasks_blocked()
            await one("newcomer")

    played(arrive)
    assert begun == ["first", "newcomer"]


def test_a_run_that_fails_gives_its_turn_back_and_counts_as_a_run() -> None:
    turns, clock = queue(concurrency=1)

    async def broken() -> None:
        async with turns.turn():
            clock.seconds += 7
            raise RuntimeError("broken")

    async def fail() -> None:
        with pytest.raises(RuntimeError, match="broken"):
            await broken()

    played(fail)
    assert (turns.running, turns.retry_after_seconds()) == (0, 7)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"concurrency": 0}, "concurrency as a whole number of 1 or more, got 0"),
        ({"concurrency": 1.5}, "concurrency as a whole number"),
        ({"concurrency": True}, "concurrency as a whole number"),
        ({"queue": -1}, "queue as a whole number of 0 or more, got -1"),
        ({"wait_seconds": 0}, "wait_seconds above 0"),
        ({"wait_seconds": float("nan")}, "wait_seconds above 0"),
        ({"timeout_seconds": float("inf")}, "timeout_seconds above 0 and finite"),
        ({"timeout_seconds": "5"}, "timeout_seconds above 0"),
    ],
)
def test_limits_out_of_range_are_refused(chosen: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        LlmLimits(**chosen)


def test_no_queue_at_all_is_a_limit_too() -> None:
    assert LlmLimits(queue=0).queue == 0
    assert LlmLimits(8, 32, 60.0, 300.0) == DEFAULT_LIMITS
