"""The workers of a pool, each at a place that queries take in turn, and the template they are forked from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, RLock

from pyoxigraph import Quad

from affectgraph.api.pool_limits import MIB, PoolLimits
from affectgraph.api.query_processes import Template, Worker
from affectgraph.api.query_stops import all_busy
from affectgraph.api.query_turns import Turns
from affectgraph.api.user_frames import as_nquads, change_frame
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import BackendError

UserQuads = Callable[[], Iterable[Quad]]


@dataclass(slots=True)
class Place:
    """A turn: the worker that runs a query, None if it was lost and none could be forked.

    :param is_apart: whether others have its turn by now; its worker ends with the query.
    :param lock: held while the worker is replaced: a task that is cancelled leaves the thread that does so.
    """

    worker: Worker | None
    is_apart: bool = False
    lock: AbstractContextManager[bool] = field(default_factory=RLock)


class Places:
    """As many places as a pool has workers. Threads may share them.

    :param location: as a template opens it; None for the packaged graph.
    :param data: gives the quads of users' graphs, None if there are none and will be none.
    """

    def __init__(self, location: str | None, limits: PoolLimits, data: UserQuads | None) -> None:
        self._location = location
        self._limits = limits
        self._data = data
        self._lock = Lock()
        self._is_closed = False
        self.template: Template | None = None
        """What workers are forked from; None while the pool does not run."""
        self.turns: Turns[Place] = Turns()
        """Who has which place; other ones after another start."""
        self.version = 0
        """How often users' graphs have changed."""

    # --- start and end ----------------------------------------------------------------------------

    def start(self) -> None:
        """Start the template and the workers; a second call does nothing.

        :raises BackendError: if the store cannot be opened, or the processes do not start.
        """
        with self._lock:
            self._is_closed = False
            self._open()

    def start_unless_closed(self) -> None:
        """As :meth:`start`, but what was closed stays closed.

        :raises BackendError: then, too.
        """
        with self._lock:
            if not self._is_closed:
                self._open()
            self._require_template()

    def _open(self) -> None:
        if self.template is not None:
            return
        template = self._new_template()
        try:
            self.turns = Turns([Place(self.forked(template)) for _ in range(self._limits.workers)])
        except OSError as error:
            template.close()
            raise BackendError(str(error), backend="sparql", retryable=True) from error
        self.template = template

    def _new_template(self) -> Template:
        return Template(self._settings(), None if self._data is None else as_nquads(self._data()))

    def _settings(self) -> dict[str, object]:
        limits = {
            "seconds": self._limits.timeout_seconds,
            "memory_bytes": self._limits.memory_mb * MIB,
            "result_bytes": self._limits.result_bytes,
        }
        return {"location": self._location, "limits": limits}

    def close(self) -> None:
        """Kill every process, and with them the queries that run; a second call does nothing."""
        with self._lock:
            template, self.template = self.template, None
            self._is_closed = True
        if template is not None:
            template.close()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the connections of places that no query holds."""
        while (place := self.turns.take(timeout=0)) is not None:
            if place.worker is not None:
                place.worker.close()

    # --- turns ------------------------------------------------------------------------------------

    @contextmanager
    def held(self) -> Iterator[Place]:
        """Hold a place within the block, once it is this thread's turn.

        :raises BackendError: if that takes too long.
        """
        turns = self.turns
        place = turns.take(timeout=self._limits.wait_seconds)
        if place is None:
            raise all_busy(self._limits)
        try:
            yield place
        finally:
            self.give_back(turns, place)

    def give_back(self, turns: Turns[Place], place: Place) -> None:
        """Let others have a place.

        :param turns: those it was taken from.
        """
        turns.give(place)
        if self._is_closed:
            self._hang_up()

    # --- changes of users' graphs -----------------------------------------------------------------

    def change(self, changes: Sequence[Change]) -> None:
        """Let workers that are asked from now on have seen changes; each has to be on disk already."""
        with self._lock:
            template = self.template
        if template is not None:
            with suppress(OSError):  # it has ended, and the next query starts another
                template.change(*change_frame(changes))
        self.version += 1

    def refresh(self) -> None:
        """Let workers that are asked from now on have read all data anew; those that run may fail."""
        with self._lock:
            if self.template is not None:
                self.template.close()
        self.version += 1

    # --- workers ----------------------------------------------------------------------------------

    def worker_of(self, place: Place) -> Worker:
        """Return the worker of a place, a new one if it has none that lives and has seen all changes.

        :raises BackendError: if there is none and none can be forked.
        """
        with place.lock:
            if place.worker is not None and self.is_past(place.worker):
                self.replace(place, place.worker)
            if place.worker is None:
                place.worker = self._fork()
            return place.worker

    def is_past(self, worker: Worker) -> bool:
        """Return whether a worker has gone, is not to be asked again, or has not seen all changes."""
        return worker.is_spent or worker.version != self.version or worker.has_gone()

    def replace(self, place: Place, worker: Worker | None) -> None:
        """Kill a worker, and fork another if its place has a turn; its end is not waited for.

        Nothing is done if it is not the worker of its place any more.
        """
        self._replace(place, worker, Template.drop)

    def replace_lost(self, place: Place, worker: Worker) -> int | None:
        """As :meth:`replace`, for a worker that has gone; return how it ended, if known."""
        return self._replace(place, worker, Template.end)

    def _replace(
        self,
        place: Place,
        worker: Worker | None,
        end: Callable[[Template, Worker], int | None],
    ) -> int | None:
        with place.lock:
            if worker is None or place.worker is not worker:
                return None
            place.worker = None
            worker.close()
            template = self.template
            if template is None:
                return None
            status = None
            with suppress(OSError):  # the template has gone: the next query starts another
                status = end(template, worker)
                if not place.is_apart:
                    place.worker = self.forked(template)
            return status

    def forked(self, template: Template) -> Worker:
        """Return a new worker, which has seen the changes so far.

        :raises OSError: if the template has gone.
        """
        version = self.version
        worker = template.fork()
        worker.version = version
        return worker

    def _fork(self) -> Worker:
        """Return a new worker; the template is started anew if it has gone."""
        with self._lock:
            template = self._require_template()
        try:
            return self.forked(template)
        except OSError:
            template = self._new_template_for(template)
        try:
            return self.forked(template)
        except OSError as error:
            raise BackendError(str(error), backend="sparql", retryable=True) from error

    def _new_template_for(self, gone: Template) -> Template:
        """Return the template that stands for one that has gone; the first thread starts it."""
        with self._lock:
            if self._require_template() is gone:
                gone.close()
                self.template = self._new_template()
            return self._require_template()

    def _require_template(self) -> Template:
        if self.template is None:
            raise BackendError(
                "the pool of queries is closed.",
                backend="sparql",
                retryable=True,
                hint="Start it again; a service that stops answers no further query.",
            )
        return self.template
