"""What goes wrong with a question to the service, typed by what can be done about it."""

from pydantic import ValidationError

from affectgraph.api.problems import Problem
from affectgraph.ontology.errors import AffectGraphError, BackendError

__all__ = [
    "AccessRefusedError",
    "BusyError",
    "ChangedError",
    "NotFoundError",
    "RefusedError",
    "ServiceError",
    "ServiceFailedError",
    "UnreachableError",
    "UnreadableAnswerError",
]


class ServiceError(AffectGraphError):
    """The service answered with a problem (RFC 9457).

    :param problem: what went wrong, with ``hint``, ``nearest``, ``offered`` and ``errors`` where it says so.
    :param retry_after_seconds: when to come back, if the service says so.
    """

    def __init__(self, problem: Problem, *, retry_after_seconds: float | None = None) -> None:
        self.problem = problem
        self.retry_after_seconds = retry_after_seconds
        super().__init__(f"{problem.status}: {problem.detail} {problem.hint}".rstrip())

    @property
    def kind(self) -> str:
        """The last part of the problem's type, such as ``unknown-term``."""
        return self.problem.type.rpartition("/")[2]

    @property
    def hint(self) -> str:
        """What to do."""
        return self.problem.hint

    @property
    def nearest(self) -> tuple[str, ...]:
        """Names that exist and look alike, best first."""
        return tuple(self.problem.nearest or ())


class NotFoundError(ServiceError, LookupError):
    """The graph, or the service, has nothing of that name (404)."""


class AccessRefusedError(ServiceError, PermissionError):
    """The service wants a key, or another one (401, 403)."""


class RefusedError(ServiceError, ValueError):
    """The request cannot be answered as it is: its form, a value, a query (other 4xx)."""


class ChangedError(RefusedError):
    """What was to be changed is not as ``if_match`` says (412): read it again, and change that."""


class BusyError(ServiceError):
    """Too many ask at once, or a part does not answer now (429, 503); a later try may succeed."""


class ServiceFailedError(ServiceError):
    """The service failed (other 5xx); the same request would fail again."""


class UnreachableError(BackendError):
    """No answer came: no connection, a time-out, an answer that broke off."""

    def __init__(self, base_url: str, error: Exception) -> None:
        said = str(error) or type(error).__name__
        super().__init__(
            f"expected an answer of {base_url}, got none: {said}.",
            backend="service",
            retryable=True,
            hint="See whether it runs, and whether the address and the time-out are right.",
        )


class UnreadableAnswerError(AffectGraphError):
    """An answer has not the form that this release of the client knows."""

    def __init__(self, route: str, media_type: str, error: Exception) -> None:
        super().__init__(
            f"Expected an answer of {route} as this release of the client knows it, got "
            f"{media_type or 'no media type'} with {_difference(error)}. "
            "Use the client of the service's own release; see Client.version()."
        )


def _difference(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"content that cannot be read: {error}"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "the answer"
    return f"{error.error_count()} differences, the first at {place}: {first['msg']}"


def service_error(problem: Problem, retry_after_seconds: float | None) -> ServiceError:
    """Return the error that a problem is."""
    return _class_of(problem.status)(problem, retry_after_seconds=retry_after_seconds)


def _class_of(status: int) -> type[ServiceError]:
    found = {
        401: AccessRefusedError,
        403: AccessRefusedError,
        404: NotFoundError,
        412: ChangedError,
    }
    if status in {429, 503}:
        return BusyError
    return found.get(status, RefusedError if status < 500 else ServiceFailedError)
