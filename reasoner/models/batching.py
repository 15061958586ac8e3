"""Gathers requests of many threads into batches that one thread runs."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from time import monotonic

from affectgraph.ontology.errors import AffectGraphError, BackendError
from affectgraph.reasoner.models.model import Generation, GenerationRequest
from affectgraph.reasoner.models.rows import Pieces


@dataclass(frozen=True, eq=False)
class Job:
    """A request on its way.

    :param is_alone: whether it has a batch of its own, as a seeded sample has: company would change it.
    :param is_repeated: whether its prompt is likely to come again at once, as drafts of one question do.
    :param pieces: takes the text as it comes, if anybody listens.
    """

    request: GenerationRequest
    is_alone: bool
    pieces: Pieces | None = None
    is_repeated: bool = False
    answer: "Future[Generation]" = field(default_factory=Future)
    cancelled: Event = field(default_factory=Event)

    def finish(self, found: Generation) -> None:
        """Give the answer; one that was cancelled is an error to whoever still waits for it."""
        if found.finish_reason == "cancelled":
            self.refuse(found.model)
        else:
            self.answer.set_result(found)

    def refuse(self, name: str) -> None:
        """Give an error in place of the answer: the model, or backend, of that name was closed."""
        self.answer.set_exception(_closed(name))

    def outcome(self) -> Generation | AffectGraphError:
        """Wait for the answer and return it, or the error in its place."""
        try:
            return self.answer.result()
        except AffectGraphError as error:
            return error


class MicroBatchQueue:
    """Runs jobs in batches, the one that waits longest first. Threads may share one.

    Jobs that may share a batch are taken past those that run alone, which keep their places.

    :param run: answers the jobs of a batch, each through its future; what it raises goes to all of them.
    :param size: most jobs of a batch.
    :param wait_seconds: how long the first job of a batch waits for company.
    :param name: of the backend, for errors.
    """

    def __init__(
        self, run: Callable[[Sequence[Job]], None], *, size: int, wait_seconds: float, name: str
    ) -> None:
        self._run = run
        self._size = size
        self._wait_seconds = wait_seconds
        self._name = name
        self._jobs: deque[Job] = deque()
        self._running: Sequence[Job] = ()
        self._changed = Condition()
        self._is_closed = False
        self._thread: Thread | None = None

    def put(self, jobs: Sequence[Job]) -> None:
        """Add jobs, all at once.

        :raises BackendError: if the queue is closed.
        """
        with self._changed:
            if self._is_closed:
                raise _closed(self._name)
            if self._thread is None:
                self._thread = Thread(target=self._work, name=f"{self._name} batches", daemon=True)
                self._thread.start()
            self._jobs.extend(jobs)
            self._changed.notify()

    def close(self) -> None:
        """Cancel the batch that runs, refuse the rest, and end the thread."""
        with self._changed:
            self._is_closed = True
            waiting, self._jobs = list(self._jobs), deque()
            for job in self._running:
                job.cancelled.set()
            self._changed.notify()
        for job in waiting:
            job.refuse(self._name)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while jobs := self._next():
            try:
                self._run(jobs)
            except BaseException as error:  # to whoever waits, whatever it is
                for job in jobs:
                    if not job.answer.done():
                        job.answer.set_exception(_own(error))

    def _next(self) -> Sequence[Job]:
        """Return the jobs of the next batch; none once closed."""
        with self._changed:
            self._running = ()
            self._changed.wait_for(lambda: self._jobs or self._is_closed)
            if self._is_closed:
                return []
            deadline = monotonic() + self._wait_seconds
            while self._is_short() and (left := deadline - monotonic()) > 0:
                self._changed.wait(left)
            self._running = self._taken() if self._jobs else []
            return self._running

    def _is_short(self) -> bool:
        if self._is_closed or self._jobs[0].is_alone:
            return False
        return sum(not job.is_alone for job in self._jobs) < self._size

    def _taken(self) -> list[Job]:
        if self._jobs[0].is_alone:
            return [self._jobs.popleft()]
        company = [job for job in self._jobs if not job.is_alone][: self._size]
        taken = set(map(id, company))
        self._jobs = deque(job for job in self._jobs if id(job) not in taken)
        return company


def _closed(name: str) -> BackendError:
    return BackendError(
        "the model was closed.", backend=name, retryable=False, hint="Load it anew."
    )


def _own(error: BaseException) -> BaseException:
    """Return an error for one job alone: whoever waits for it may add to it."""
    if not isinstance(error, AffectGraphError):
        return error
    copied = type(error).__new__(type(error), *error.args)
    copied.__dict__.update(error.__dict__)
    copied.__cause__ = error.__cause__
    return copied
