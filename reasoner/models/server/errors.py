"""What can go wrong between a request and a server's answer, in types."""

import json
import re
from typing import TYPE_CHECKING, Any, Literal

from affectgraph.ontology.errors import BackendError

if TYPE_CHECKING:
    from affectgraph.reasoner.models.model import Generation

NAME = "http"

FailureKind = Literal[
    "unreachable",
    "timeout",
    "rate_limited",
    "unavailable",
    "unauthorized",
    "unknown_model",
    "refused",
    "not_the_api",
    "malformed",
    "interrupted",
    "invalid_answer",
    "closed",
]
"""``unreachable``: no connection; ``timeout``: no first token, or no end, in time; ``rate_limited``: 429;
``unavailable``: 408, 425 or 5xx; ``unauthorized``: 401 or 403; ``unknown_model``: no model of that name;
``refused``: another 4xx, or an answer the server withheld; ``not_the_api``: something else answers there;
``malformed``: bytes that are no answer; ``interrupted``: the answer broke off; ``invalid_answer``: it is not
what the constraint asks; ``closed``: the model was closed here."""

RETRYABLE: frozenset[FailureKind] = frozenset(
    {"unreachable", "timeout", "rate_limited", "unavailable", "malformed", "interrupted"}
)
"""Kinds of failure after which the same request may succeed."""

MET_BY_ALL: frozenset[FailureKind] = frozenset(
    {"unreachable", "unauthorized", "unknown_model", "not_the_api", "closed"}
)
"""Kinds of failure that every further request would meet too."""

LONGEST_QUOTE = 300
"""Most characters of a server's own words in a message."""


class ModelServerError(BackendError):
    """A language-model server failed, refused, or answered what cannot be used.

    :param kind: what happened.
    :param status: HTTP status, if one came.
    :param retryable: whether the same request may succeed later; by ``kind`` if left out.
    :param retry_after_seconds: how long the server asks to wait, if it says so.
    :param partial: the text of the answer that came before it failed.

    Attributes beside these: ``attempts``, how often it was tried; ``answers``, of a batch: the answers that
    came, in the order of the requests, None where none did.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: FailureKind,
        status: int | None = None,
        retryable: bool | None = None,
        hint: str = "",
        retry_after_seconds: float | None = None,
        partial: str = "",
    ) -> None:
        is_retryable = kind in RETRYABLE if retryable is None else retryable
        super().__init__(message, backend=NAME, retryable=is_retryable, hint=hint)
        self.kind = kind
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        self.partial = partial
        self.attempts = 1
        self.answers: tuple[Generation | None, ...] = ()

    def __str__(self) -> str:
        """Return the message, with the number of tries where there were several."""
        said = super().__str__()
        return said if self.attempts == 1 else f"{said} ({self.attempts} tries)"


def failure_of_status(
    status: int, body: str, *, retry_after_seconds: float | None = None
) -> ModelServerError:
    """Return the error of an answer whose HTTP status is not 200.

    :param body: what came with it.
    """
    said = server_words(body)
    kind, hint = _kind_and_hint(status, said)
    return ModelServerError(
        f"the server answered {status}: {said}",
        kind=kind,
        status=status,
        retryable=False if "insufficient_quota" in body else None,
        hint=hint,
        retry_after_seconds=retry_after_seconds,
    )


def _kind_and_hint(status: int, said: str) -> tuple[FailureKind, str]:
    if status in {401, 403}:
        return "unauthorized", "Set AFFECTGRAPH_LLM_API_KEY to a key that the server takes."
    if status == 404 and "model" in said.lower():
        return "unknown_model", "Name a model that the server has."
    if status < 400 or status in {404, 405}:
        return (
            "not_the_api",
            "Check the address: it is the one before /chat/completions, as in .../v1.",
        )
    if status == 429:
        return "rate_limited", "Ask less often, or lower concurrency."
    if status >= 500 or status in {408, 425}:
        return "unavailable", "Try again later; the server's log says more."
    if "context" in said.lower() or status == 413:
        return "refused", "Shorten the prompt or lower max_tokens."
    return "refused", "Change the request as the server says."


def server_words(body: str) -> str:
    """Return what a server says of an error, in one short line.

    >>> server_words('{"error": {"message": "no such model"}}')
    'no such model'
    >>> server_words("<html><title>502 Bad Gateway</title><p>nginx</html>")
    'an HTML page, 502 Bad Gateway nginx'
    """
    try:
        return error_words(json.loads(body))
    except (ValueError, RecursionError):
        return _line(body)


def error_words(value: object) -> str:
    """Return the same of an error that is read as JSON.

    >>> error_words({"error": {"message": "out of memory"}})
    'out of memory'
    """
    try:
        return _line(_message(value))
    except RecursionError:
        return "an error nested too deep"


def _line(said: str) -> str:
    if is_html(said):
        said = "an HTML page, " + re.sub(r"<[^>]*>", " ", said)
    line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", said).split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}..."


def shown(value: object) -> str:
    """Return the beginning of a value as JSON, for a message.

    >>> shown({"data": 5})
    '{"data": 5}'
    """
    try:
        return json.dumps(value, ensure_ascii=False)[:80]
    except RecursionError:
        return "a value nested too deep"


def is_html(text: str) -> bool:
    """Return whether a text is a web page."""
    return text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<head", "<body", "<?xml"))


def _message(value: Any) -> str:
    """Return the message in the ways that servers write errors."""
    for key in ("error", "message", "detail", "msg"):
        if isinstance(value, dict) and value.get(key):
            return _message(value[key])
    if isinstance(value, list) and value:
        return "; ".join(_message(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value)
