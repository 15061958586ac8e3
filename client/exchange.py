"""How a question is asked and answered, without saying who sends: shared by both clients."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from affectgraph.api.event_stream import EVENT_STREAM
from affectgraph.api.problems import Problem
from affectgraph.client.call import Call
from affectgraph.client.errors import ServiceError, UnreadableAnswerError, service_error
from affectgraph.client.events import EventsCall
from affectgraph.ontology.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")

RETRIED = frozenset({429, 503})
"""Statuses after which the same request is sent again, if ``Retry-After`` says when."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to come back.

    :param retries: further tries of one request.
    :param longest_wait_seconds: the longest ``Retry-After`` that is waited for.
    """

    retries: int
    longest_wait_seconds: float

    def __post_init__(self) -> None:
        if self.retries < 0 or not self.longest_wait_seconds >= 0:
            raise InputError(
                f"Expected retries and longest_wait_seconds from 0, got {self.retries} and "
                f"{self.longest_wait_seconds}."
            )


def readable_key(key: str | None) -> str | None:
    """Return a key if a header can hold it.

    :raises InputError: if it has other signs than visible ones of ASCII; the message does not show it.
    """
    if key is not None and not re.fullmatch("[!-~]+", key):
        raise InputError(
            f"Expected a key of visible ASCII signs, got {len(key)} signs with others or none. "
            "Leave it out, or give it without spaces and the end of its line."
        )
    return key


Steps = Generator["httpx.Request | float", "httpx.Response | None", Answer]
"""Requests to send, which want their responses, and seconds to wait, which want nothing."""


def import_httpx() -> Any:
    """Return the library that sends.

    :raises MissingExtraError: if it is not installed.
    """
    try:
        import httpx
    except ModuleNotFoundError as error:
        raise MissingExtraError("client", feature="affectgraph.client") from error
    return httpx


def steps(call: Call[Answer], base_url: str, key: str | None, patience: Patience) -> Steps[Answer]:
    """Yield what has to be done to answer a question, and return the answer.

    :raises InputError: if something given can be in no request.
    :raises ServiceError: if the service answers with a problem.
    :raises UnreadableAnswerError: if it answers with something else than the question expects.
    """
    response = yield from opening(call, base_url, key, patience)
    return call.read(response.content, media_type_of(response))


def opening(
    call: Call[Any], base_url: str, key: str | None, patience: Patience
) -> Steps["httpx.Response"]:
    """Yield what has to be done until the service answers with success, and return that response.

    Its content is not looked at; that of others has to be read.

    :raises InputError: if something given can be in no request.
    :raises ServiceError: if the service answers with a problem.
    """
    request = _request(call, base_url, key)
    for left in range(patience.retries, -1, -1):
        response = yield request
        assert response is not None  # noqa: S101 - whoever drives sends it for every request
        if response.is_success:
            return response
        wait = retry_after_seconds(response)
        if left == 0 or response.status_code not in RETRIED or not _is_short(wait, patience):
            raise _error_of(response, wait)
        yield wait or 0.0
    raise AssertionError("the last try returns or raises")


def media_type_of(response: "httpx.Response") -> str:
    """Return the media type of a response without its parameters, empty if it says none."""
    found: str = response.headers.get("content-type", "")
    return found.partition(";")[0].strip()


def require_events(call: EventsCall[Any], response: "httpx.Response") -> None:
    """Do nothing if a response is a stream of events.

    :raises UnreadableAnswerError: if it is something else.
    """
    media_type = media_type_of(response)
    if media_type != EVENT_STREAM:
        error = ValueError(f"expected {EVENT_STREAM}")
        raise UnreadableAnswerError(call.route, media_type, error)


def _is_short(wait: float | None, patience: Patience) -> bool:
    return wait is not None and wait <= patience.longest_wait_seconds


def _request(call: Call[Any], base_url: str, key: str | None) -> "httpx.Request":
    headers = call.headers()
    if key is not None:
        headers["authorization"] = f"Bearer {key}"
    library = import_httpx()
    try:
        request: httpx.Request = library.Request(
            call.method,
            base_url.rstrip("/") + call.path,
            params=call.parameters(),
            headers=headers,
            content=call.content(),
        )
    except (UnicodeError, PydanticSerializationError, library.InvalidURL) as error:
        raise InputError(
            f"Expected an address and values that can be sent to {call.route} as UTF-8 and JSON, got what "
            f"cannot: {error}"
        ) from error
    return request


def retry_after_seconds(response: "httpx.Response") -> float | None:
    """Return after how many seconds to come back (RFC 9110, 10.2.3); None if it does not say.

    A moment without a zone is in UTC, as all of HTTP are.
    """
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _error_of(response: "httpx.Response", wait: float | None) -> ServiceError:
    try:
        problem = Problem.model_validate_json(response.content, extra="ignore")
    except ValidationError:
        problem = Problem(
            type="about:blank",
            title=response.reason_phrase or "No success",
            status=response.status_code,
            detail=f"Expected an answer of the service, got {response.status_code} without a problem.",
            hint="See whether the address is that of the service, and what stands before it.",
        )
    return service_error(problem, wait)
