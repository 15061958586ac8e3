"""Runs of the reasoner for the service: step by step in threads, ended by time or when nobody waits."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from anyio import CancelScope, CapacityLimiter
from anyio.to_thread import run_sync

from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.llm_queue import LlmQueue
from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner import GroundedEvidence, Reasoner, Reasoning
from affectgraph.reasoner.loop import Event
from affectgraph.reasoner.models import Delta, LanguageModel

Take = Callable[[Event], Awaitable[None]]
"""What is done with each event of a run."""


class Run:
    """One observation on its way: what the graph knows of it is there, the rest comes step by step.

    Threads may take steps in turn; one at a time goes on, and closing waits for the step that is under way.
    """

    def __init__(self, events: Generator[Event, None, None]) -> None:
        evidence = next(events)
        if not isinstance(evidence, GroundedEvidence):
            raise TypeError("Expected the evidence as the first event of a reasoner.")
        self.evidence = evidence
        self._events = events
        self._lock = Lock()

    def step(self) -> Event | None:
        """Return the next event; None after the last."""
        with self._lock:
            return next(self._events, None)

    def end_with(self, error: BackendError) -> Event | None:
        """Go on as if the model had failed, and return the next event: the drafts so far are kept.

        :raises BackendError: the error, if there is no draft.
        """
        with self._lock:
            try:
                return self._events.throw(error)
            except StopIteration:
                return None

    def close(self) -> None:
        """End the run; a model that writes for it is ended at its next token."""
        with self._lock:
            self._events.close()

    def rest(self) -> Reasoning:
        """Return what comes of the run, made in this thread."""
        *_, last = self._events
        return _result(last)


def begin(reasoner: Reasoner, observation: Mapping[str, Any]) -> Run:
    """Return the run of an observation, with its evidence; no model has been asked yet.

    :raises AffectGraphError: as :meth:`Reasoner.reason` does of an observation.
    """
    return Run(reasoner.events(observation))


class ModelRuns:
    """The language model of a service, with the queue before it. For the tasks of one event loop.

    :param model: is asked by all runs, from threads of their own: the other routes keep theirs.
    :param clock: seconds, for the limits.
    """

    def __init__(
        self,
        model: LanguageModel,
        limits: LlmLimits = DEFAULT_LIMITS,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.model = model
        self.limits = limits
        self.queue = LlmQueue(self.limits, clock=clock)
        self._threads = CapacityLimiter(self.limits.concurrency)
        self._clock = clock
        self.runs_overdue = 0
        """Runs so far that were ended since their time was over."""

    @property
    def name(self) -> str:
        """Name of the model, as it is shown."""
        return shown_name(self.model.name)

    async def follow(self, run: Run, take: Take) -> None:
        """Wait for a turn and take each event of a run.

        When its time is over, the run ends at the model's next token, with the drafts so far.

        :raises TurnTimeoutError: if no turn comes in time.
        :raises AffectGraphError: if the model fails, or its time is over, before there is a draft.
        """
        async with self.queue.turn():
            deadline = self._clock() + self.limits.timeout_seconds
            await follow(run, take, threads=self._threads, overdue=lambda: self._overdue(deadline))

    def _overdue(self, deadline: float) -> BackendError | None:
        if self._clock() <= deadline:
            return None
        self.runs_overdue += 1
        return BackendError(
            f"expected an end within {self.limits.timeout_seconds:g} s, got none.",
            backend="language model",
            retryable=True,
            hint="Ask for less effort, or raise the service's --llm-timeout.",
        )


async def follow(
    run: Run,
    take: Take,
    *,
    threads: CapacityLimiter | None = None,
    overdue: Callable[[], BackendError | None] = lambda: None,
) -> None:
    """Take each event of a run; it is closed at the end, and when the task is cancelled.

    :param threads: those its steps are made in; the ones that all share if left out.
    :param overdue: asked at each token; the error with which to end the run, None to go on.
    :raises AffectGraphError: what the run raises.
    """
    try:
        event = await run_sync(run.step, limiter=threads)
        while event is not None:
            await take(event)
            late = overdue() if _is_within_a_draft(event) else None
            if late is None:
                event = await run_sync(run.step, limiter=threads)
            else:
                event = await run_sync(run.end_with, late, limiter=threads)
    finally:
        with CancelScope(shield=True):
            await run_sync(run.close, limiter=threads)


async def result_of(run: Run, llm: ModelRuns) -> Reasoning:
    """Return what comes of a run with a model.

    :raises AffectGraphError: as :meth:`ModelRuns.follow` does.
    """
    last: Event | None = None

    async def keep(event: Event) -> None:
        nonlocal last
        last = event

    await llm.follow(run, keep)
    return _result(last)


def place_for(llm: ModelRuns | None) -> AbstractContextManager[None]:
    """Return a place in the queue of a model; without one there is no queue."""
    return nullcontext() if llm is None else llm.queue.place()


def shown_name(name: str) -> str:
    """Return a model's name for answers: of a path its last part, since folders are the service's own.

    >>> shown_name("/srv/models/qwen-7b"), shown_name("Qwen/Qwen2.5-7B-Instruct")
    ('qwen-7b', 'Qwen/Qwen2.5-7B-Instruct')
    """
    is_path = name.startswith((".", "~")) or Path(name).is_absolute() or "\\" in name
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2] if is_path else name


def _is_within_a_draft(event: Event) -> bool:
    """Return whether more of the same draft is to come, where ending the run loses no whole draft."""
    return isinstance(event, Delta) and event.generation is None


def _result(event: Event | None) -> Reasoning:
    if not isinstance(event, Reasoning):
        raise TypeError(f"Expected a run to end with its result, got {type(event).__name__}.")
    return event
