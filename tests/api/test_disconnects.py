"""Clients that go away: their work is cancelled, and other work costs nothing more."""

import asyncio

import pytest

from affectgraph.api import disconnects
from affectgraph.api.disconnects import unless_gone
from affectgraph.ontology.errors import QueryError
from tests.api.test_query_on_loop import within


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
