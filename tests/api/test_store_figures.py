"""Figures of a store that many ask for at once: one counts, and nobody waits for what is not asked."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest

from affectgraph.api.query_cancellation import Cancellation, gone
from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import QueryAnswer, Question, evaluate
from affectgraph.api.store_figures import UNCOUNTED, KeptFigures, StoreFigures
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError

LONGEST = 60
"""Seconds after which a test that hangs fails."""


class Gated:
    """A runner that counts what it is asked, and answers when it is let.

    :param fails: gives the error of the n-th question, from 0, or None.
    """

    def __init__(self, graph: EmotionGraph, fails: Callable[[int], Exception | None]) -> None:
        self.asked = 0
        self.is_asked = Event()
        self.gate = Event()
        self._graph = graph
        self._fails = fails
        self._lock = Lock()

    def start(self) -> None:
        """Nothing to do."""

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        with self._lock:
            number, self.asked = self.asked, self.asked + 1
        self.is_asked.set()
        assert self.gate.wait(LONGEST)
        error = self._fails(number)
        if error is not None:
            raise error
        return evaluate(self._graph.store, question)

    async def answer(self, question: Question) -> QueryAnswer:
        raise AssertionError

    def close(self) -> None:
        """Nothing to do."""


class Waited(Future[Any]):
    """A future that says how many wait for it."""

    waiting = 0

    def result(self, timeout: float | None = None) -> Any:
        type(self).waiting += 1
        return super().result(timeout)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadPoolExecutor]:
    monkeypatch.setattr("affectgraph.api.store_figures.Future", Waited)
    monkeypatch.setattr(Waited, "waiting", 0)
    with ThreadPoolExecutor(3) as found:
        yield found


def together(
    threads: ThreadPoolExecutor, figures: KeptFigures, runner: Gated
) -> list[Future[StoreFigures]]:
    """Ask three times, twice while the first counts."""
    first = threads.submit(figures.get)
    assert runner.is_asked.wait(LONGEST)
    others = [threads.submit(figures.get) for _ in range(2)]
    while Waited.waiting < 2:
        pass
    runner.gate.set()
    return [first, *others]


def never(number: int) -> None:
    del number


def test_those_who_ask_at_once_have_one_count(
    graph: EmotionGraph, threads: ThreadPoolExecutor
) -> None:
    runner = Gated(graph, never)
    figures = KeptFigures(graph, runner)

    found = [future.result(LONGEST) for future in together(threads, figures, runner)]

    assert found[0].triples is not None
    assert found == [found[0]] * 3
    assert figures.get() is found[0]
    assert runner.asked == 3  # queries of one count


def test_store_that_cannot_be_counted_is_tried_once_for_all_who_wait_and_again_later(
    graph: EmotionGraph, threads: ThreadPoolExecutor
) -> None:
    runner = Gated(graph, lambda number: QueryCostError("slow") if number == 0 else None)
    figures = KeptFigures(graph, runner)

    found = [future.result(LONGEST) for future in together(threads, figures, runner)]

    assert found == [UNCOUNTED] * 3
    assert runner.asked == 1
    assert figures.get().triples is not None


def test_count_that_was_left_is_made_by_another_who_waits(
    graph: EmotionGraph, threads: ThreadPoolExecutor
) -> None:
    runner = Gated(graph, lambda number: gone() if number == 0 else None)
    figures = KeptFigures(graph, runner)

    first, *others = together(threads, figures, runner)

    assert isinstance(first.exception(LONGEST), BackendError)
    found = [future.result(LONGEST) for future in others]
    assert found[0].triples is not None
    assert found[0] == found[1]
    assert runner.asked == 1 + 3


def test_nobody_waits_for_the_count_of_data_that_have_changed(graph: EmotionGraph) -> None:
    versions = [1]
    slow, quick = Gated(graph, never), Gated(graph, never)
    quick.gate.set()
    figures = KeptFigures(graph, slow, lambda: versions[-1])
    with ThreadPoolExecutor(1) as threads:
        old = threads.submit(figures.get)
        assert slow.is_asked.wait(LONGEST)
        versions.append(2)
        figures._queries = quick

        found = figures.get()

        assert found.triples is not None
        assert not old.done()
        slow.gate.set()
        assert old.result(LONGEST) == found
    assert figures.get() is found
