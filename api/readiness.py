"""Whether a service takes requests: starting, ready or stopping."""

from time import sleep
from typing import Literal

from affectgraph.linkers.late_pattern import compile_next
from affectgraph.ontology.errors import BackendError

Phase = Literal["starting", "ready", "stopping"]

PAUSE_SECONDS = 0.001
"""Between two patterns, for requests."""


class Readiness:
    """The phase a service is in; one thread changes it, any may read it.

    >>> readiness = Readiness()
    >>> readiness.phase
    'starting'
    """

    def __init__(self) -> None:
        self._phase: Phase = "starting"

    @property
    def phase(self) -> Phase:
        """The phase now."""
        return self._phase

    def begin(self) -> None:
        """Say that the graph is read, and processes for queries wait for some."""
        self._phase = "ready"

    def stop(self) -> None:
        """Say that the service is about to stop; requests under way are still answered."""
        self._phase = "stopping"

    def require(self) -> None:
        """Do nothing if the service is ready.

        :raises BackendError: if it is starting or stopping; the handlers turn it into a 503.
        """
        if self._phase != "ready":
            raise BackendError(
                f"expected a service that is ready, got one that is {self._phase}.",
                backend="service",
                retryable=True,
                hint="Send requests elsewhere until /readyz answers 200.",
            )


def compile_while_ready(readiness: Readiness) -> None:
    """Compile the patterns that no text has needed yet, so that none waits for more than a few of them.

    It takes a second on a thread, in which requests are answered, and ends before if the service does.
    """
    while readiness.phase == "ready" and compile_next():
        sleep(PAUSE_SECONDS)
