"""Why somebody may not ask: no key, one that does not count, one that does not reach, or too often.

Challenges are those of RFC 6750 (section 3): a request without a key is told of no error, and no message
repeats what was sent.
"""

from collections.abc import Mapping, Sequence

from starlette.exceptions import HTTPException

from affectgraph.api.keys import Right
from affectgraph.api.problems import PROBLEM_SPACE, Kind, Problem
from affectgraph.api.rates import Taken

KEY_NEEDED = Kind(
    "key-needed",
    401,
    "A key is needed",
    "Send the header `Authorization: Bearer KEY`. Whoever runs the service gives keys.",
)
SCOPE_NEEDED = Kind(
    "scope-needed",
    403,
    "The key does not allow this",
    "Ask whoever runs the service for a key with the scope, or for the graph, that the message names.",
)
TOO_OFTEN = Kind(
    "rate",
    429,
    "Requests come faster than they may",
    "Ask again after the seconds in `Retry-After`; `RateLimit-Policy` says how many may come in how long.",
)
AMBIGUOUS_KEY = Kind(
    "malformed-key",
    400,
    "The header with the key cannot be read",
    "Send one header `Authorization: Bearer KEY`.",
)
ACCESS_KINDS = (KEY_NEEDED, SCOPE_NEEDED, TOO_OFTEN, AMBIGUOUS_KEY)
"""Kinds of problem that concern who asks."""

_REALM = 'Bearer realm="affectgraph"'


class AccessError(HTTPException):
    """A request that is refused for who sent it; the error handlers answer it.

    :param kind: the kind of problem, which has the status.
    """

    def __init__(self, kind: Kind, detail: str, headers: Mapping[str, str]) -> None:
        super().__init__(kind.status, detail, headers=headers)
        self.kind = kind

    def problem(self, instance: str) -> Problem:
        """Return it as problem details.

        :param instance: path of the request.
        """
        return Problem(
            type=PROBLEM_SPACE + self.kind.name,
            title=self.kind.title,
            status=self.kind.status,
            detail=self.detail,
            instance=instance,
            hint=self.kind.hint,
        )


class NoKeyError(AccessError):
    """A key is needed and none was sent."""

    def __init__(self, right: Right) -> None:
        detail = (
            f"Expected the header Authorization: Bearer KEY with a key that may {right}, got none."
        )
        super().__init__(KEY_NEEDED, detail, {"WWW-Authenticate": f'{_REALM}, scope="{right}"'})


class BadKeyError(AccessError):
    """A key was sent that is unknown, expired or revoked; the message does not say which."""

    def __init__(self) -> None:
        detail = "Expected a key that is in use, got one that is unknown, expired or revoked."
        super().__init__(
            KEY_NEEDED, detail, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
        )


class AmbiguousKeyError(AccessError):
    """Several headers ``Authorization`` were sent."""

    def __init__(self) -> None:
        detail = "Expected one header Authorization, got several."
        super().__init__(
            AMBIGUOUS_KEY, detail, {"WWW-Authenticate": f'{_REALM}, error="invalid_request"'}
        )


class ForbiddenError(AccessError):
    """A key does not have the right that is needed."""

    def __init__(self, right: Right) -> None:
        detail = f"Expected a key with the scope {right}, got one without it."
        challenge = f'{_REALM}, error="insufficient_scope", scope="{right}"'
        super().__init__(SCOPE_NEEDED, detail, {"WWW-Authenticate": challenge})


class GraphForbiddenError(AccessError):
    """A key may write graphs, and not this one."""

    def __init__(self, graph: str, prefixes: Sequence[str]) -> None:
        allowed = ", ".join(f"{prefix}..." for prefix in prefixes)
        detail = f"Expected a graph that the key may write, {allowed}, got {graph}."
        challenge = f'{_REALM}, error="insufficient_scope", scope="write"'
        super().__init__(SCOPE_NEEDED, detail, {"WWW-Authenticate": challenge})


class NobodyError(AccessError):
    """A right is needed that nobody has, since the service has no keys."""

    def __init__(self, right: Right) -> None:
        detail = f"Expected a key with the scope {right}, got a service without keys."
        super().__init__(SCOPE_NEEDED, detail, {})


class RateError(AccessError):
    """Somebody asks more often than he may.

    :param policy: name of the limit, as in the header ``RateLimit-Policy``.
    """

    def __init__(self, taken: Taken, policy: str) -> None:
        rate, seconds = taken.rate, taken.retry_seconds
        detail = (
            f"Expected at most {rate.burst} at once and {rate.burst} in {rate.window_seconds} s "
            f"under the limit {policy!r}, got more. Ask again in {seconds} s."
        )
        headers = {"Retry-After": str(seconds), **taken.headers(policy)}
        super().__init__(TOO_OFTEN, detail, headers)
