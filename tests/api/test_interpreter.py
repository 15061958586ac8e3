"""Pauses of the interpreter: what a running service sets, and leaves as it was."""

import gc
import sys
import weakref

from starlette.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.interpreter import SWITCH_SECONDS, settle, short_pauses
from affectgraph.kg.graph import EmotionGraph


class Ring:
    """What nothing but a collection of garbage can free."""

    def __init__(self) -> None:
        self.itself = self


def settings() -> tuple[float, int]:
    return round(sys.getswitchinterval(), 6), gc.get_freeze_count()


def test_service_keeps_pauses_short_while_it_runs_and_no_longer(graph: EmotionGraph) -> None:
    before = settings()

    with TestClient(create_app(graph)):
        interval, passed_over = settings()
        assert interval == SWITCH_SECONDS
        assert passed_over > 10_000  # a graph has more objects

    assert settings() == (before[0], 0)


def test_settings_are_as_before_after_an_error() -> None:
    before = settings()
    try:
        with short_pauses():
            raise KeyError
    except KeyError:
        assert settings() == (before[0], 0)


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
