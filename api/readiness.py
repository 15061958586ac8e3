"""Whether a service takes requests: starting, ready or stopping."""

from typing import Literal

from affectgraph.ontology.errors import BackendError

Phase = Literal["starting", "ready", "stopping"]


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
        """Say that the graph is read and the first request will be as fast as the next."""
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
