"""Pauses of the interpreter: what a running service sets, and leaves as it was."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from affectgraph.api import interpreter
from affectgraph.api.app import create_app
from affectgraph.api.interpreter import (
    FULL_AFTER,
    SWITCH_SECONDS,
    made_to_last,
    settle,
    short_pauses,
)
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.services import Services
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError


class Ring:
    """What nothing but a collection of garbage can free."""

    def __init__(self) -> None:
        self.itself = self


def settings() -> tuple[float, tuple[int, int, int]]:
    return round(sys.getswitchinterval(), 6), gc.get_threshold()


@pytest.fixture(autouse=True)
def no_service_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process: a service of other tests may run in this one, and ``serve`` passes over things."""
    monkeypatch.setattr(interpreter, "_blocks", [])
    gc.unfreeze()


def test_service_keeps_pauses_short_while_it_runs_and_no_longer(graph: EmotionGraph) -> None:
    before = settings()

    with TestClient(create_app(graph)):
        assert settings() == (SWITCH_SECONDS, (*before[1][:2], FULL_AFTER))
        assert gc.get_freeze_count() > 10_000  # a graph has more objects

    assert settings() == before
    assert gc.get_freeze_count() == 0


def test_settings_are_as_before_after_an_error() -> None:
    before = settings()
    try:
        with short_pauses():
            raise KeyError
    except KeyError:
        assert settings() == before
        assert gc.get_freeze_count() == 0


def test_settings_are_as_before_when_the_last_of_two_services_ends() -> None:
    before = settings()
    first, second = short_pauses(), short_pauses()
    first.__enter__()
    second.__enter__()

    first.__exit__(None, None, None)
    assert settings() == (SWITCH_SECONDS, (*before[1][:2], FULL_AFTER))
    assert gc.get_freeze_count() > 0

    second.__exit__(None, None, None)
    assert settings() == before
    assert gc.get_freeze_count() == 0


class NeverStarts(InProcessQueries):
    """Queries whose processes do not start."""

    def start(self) -> None:
        raise BackendError("no process.", backend="sparql", retryable=True)


def test_service_that_does_not_start_leaves_the_process_as_it_was(graph: EmotionGraph) -> None:
    before = settings()
    app = create_app(graph, queries=NeverStarts(graph.store))

    with pytest.raises(BackendError, match="no process"), TestClient(app):
        pass

    assert settings() == before
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("usual_collector")
def test_what_others_had_passed_over_stays_so_after_a_service(graph: EmotionGraph) -> None:
    theirs: list[object] = []
    gc.freeze()

    with TestClient(create_app(graph)):
        pass

    assert not is_looked_at(theirs)


def test_nothing_settles_in_a_process_that_runs_no_service() -> None:
    settle()

    assert gc.get_freeze_count() == 0


def test_what_was_there_is_passed_over_until_things_settle() -> None:
    with short_pauses():
        young = weakref.ref(Ring())
        gc.collect()
        assert young() is None

        ring = Ring()
        found = weakref.ref(ring)
        gc.freeze()
        del ring
        gc.collect()
        assert found() is not None

        settle()
        assert found() is None
        assert gc.get_freeze_count() > 0


@pytest.fixture
def usual_collector() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def is_looked_at(value: object) -> bool:
    return any(found is value for found in gc.get_objects())


@pytest.mark.usefixtures("usual_collector")
def test_what_is_made_to_last_is_passed_over_from_then_on() -> None:
    before: list[object] = []
    with made_to_last():
        within: list[object] = []
        assert not gc.isenabled()
    after: list[object] = []

    assert gc.isenabled()
    assert [is_looked_at(x) for x in (before, within, after)] == [False, False, True]


@pytest.mark.usefixtures("usual_collector")
def test_collector_that_rested_before_rests_afterwards() -> None:
    gc.disable()

    with made_to_last():
        pass

    assert not gc.isenabled()


@pytest.mark.usefixtures("usual_collector")
def test_collector_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="within"), made_to_last():
        raise ValueError("within")

    assert gc.isenabled()


def test_service_reads_the_graph_while_the_collector_rests(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(Services, "warm_up", lambda services: seen.append(gc.isenabled()))

    with TestClient(create_app(graph)):
        assert gc.isenabled()

    assert seen == [False]
