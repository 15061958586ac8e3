"""What a service is made of is no matter for the garbage collector."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from affectgraph.api.garbage import made_to_last
from affectgraph.api.readiness import Readiness
from affectgraph.api.serving import Server, Serving, make_config


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def is_looked_at(value: object) -> bool:
    return any(found is value for found in gc.get_objects())


def test_collector_rests_meanwhile_and_works_afterwards() -> None:
    with made_to_last():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_what_is_there_at_the_end_is_not_looked_at_any_more() -> None:
    before: list[object] = []
    with made_to_last():
        within: list[object] = []
    after: list[object] = []

    assert [is_looked_at(x) for x in (before, within, after)] == [False, False, True]


def test_collector_that_rested_before_rests_afterwards() -> None:
    gc.disable()

    with made_to_last():
        pass

    assert not gc.isenabled()


def test_collector_works_after_an_error() -> None:
    with pytest.raises(ValueError, match="within"), made_to_last():
        raise ValueError("within")

    assert gc.isenabled()


def test_server_gets_ready_without_the_collector_and_takes_requests_with_it() -> None:
    seen: list[bool] = []
    read: list[object] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        seen.append(gc.isenabled())
        app.state.read = read
        yield

    async def start_and_stop() -> None:
        config = make_config(FastAPI(lifespan=lifespan), Serving("127.0.0.1", 0))
        server = Server(config, readiness=Readiness(), drain_seconds=0)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        seen.append(gc.isenabled())
        await server.shutdown()

    asyncio.run(start_and_stop())

    assert seen == [False, True]
    assert not is_looked_at(read)
