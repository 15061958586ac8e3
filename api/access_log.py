"""Logs of the service: a line for each request and for what the server says, as text or JSON.

Lines name the template of a route and never its path, query, headers or body. An error that nobody caught
is logged with types and places and without messages, since these may hold what a user sent.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any, Literal

from affectgraph.api.requests_seen import Exchange, current_exchange

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]

ACCESS = logging.getLogger("affectgraph.access")

_OPTIONAL = frozenset({"problem", "client", "key"})

CHAIN = 5
"""Errors of a chain of causes that are logged."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """What the access log says of a request; its text is the line.

    :param ms: milliseconds from the request's head to the answer's end.
    :param client: address of the client; None if it is not logged.
    :param key: id of the key that was sent; None without one.
    """

    request_id: str
    method: str
    route: str
    status: int | None
    bytes: int
    ms: float
    complete: bool
    problem: str | None = None
    client: str | None = None
    key: str | None = None

    def members(self) -> dict[str, Any]:
        """Return the members of the line as JSON; a problem, client or key that is None is left out."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {k: v for k, v in found.items() if v is not None or k not in _OPTIONAL}

    def __str__(self) -> str:
        status = "no answer" if self.status is None else self.status
        cut = "" if self.complete else " cut"
        problem = "" if self.problem is None else f" {self.problem}"
        client = "" if self.client is None else f" client={self.client}"
        key = "" if self.key is None else f" key={self.key}"
        return (
            f"{self.method} {self.route} {status}{cut}{problem} {self.bytes} B {self.ms:.1f} ms "
            f"id={self.request_id}{client}{key}"
        )


class AccessLog:
    """Logs each request as an :class:`AccessLine`: at ERROR where the service failed, else at INFO.

    :param client: whether to name the address of the client.
    """

    def __init__(self, *, client: bool = False) -> None:
        self._client = client

    def began(self) -> None:
        """Do nothing: a request is logged when it has ended."""

    def ended(self, exchange: Exchange) -> None:
        """Log a request."""
        # Without a status the client went away first.
        has_failed = (exchange.status or 0) >= 500 or exchange.problem == "internal"
        level = logging.ERROR if has_failed else logging.INFO
        if ACCESS.isEnabledFor(level):
            ACCESS.log(level, self._line(exchange))

    def _line(self, exchange: Exchange) -> AccessLine:
        return AccessLine(
            request_id=exchange.request_id,
            method=exchange.method,
            route=exchange.route,
            status=exchange.status,
            bytes=exchange.bytes_sent,
            ms=round(exchange.seconds * 1000, 3),
            complete=exchange.is_complete,
            problem=exchange.problem,
            client=exchange.client if self._client else None,
            key=exchange.key,
        )


class TextFormatter(logging.Formatter):
    """Formats a record as a line of text, and below it the places of its error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line or lines."""
        said = f"{_time(record)} {record.levelname} {record.name}: {_one_line(record.getMessage())}"
        own = current_exchange()
        if own is not None and not isinstance(record.msg, AccessLine):
            said += f" id={own.request_id}"
        return "\n".join([said, *(f"  {line}" for line in _error_lines(record))])


class JsonFormatter(logging.Formatter):
    """Formats a record as a line of JSON: ``time`` (RFC 3339, UTC), ``level``, ``logger``, what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        head = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        return json.dumps(head | _members(record))


def _members(record: logging.LogRecord) -> dict[str, Any]:
    if isinstance(record.msg, AccessLine):
        return record.msg.members()
    found: dict[str, Any] = {"message": record.getMessage()}
    own = current_exchange()
    if own is not None:
        found["request_id"] = own.request_id
    if lines := list(_error_lines(record)):
        found["error"] = lines
    return found


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _one_line(text: str) -> str:
    return text.strip().replace("\r", "\\r").replace("\n", "\\n")


def _error_lines(record: logging.LogRecord) -> Iterator[str]:
    """Yield the type and places of a record's error, then of what led to it; no message, which may tell."""
    error = record.exc_info[1] if record.exc_info else None
    for _ in range(CHAIN):
        if error is None:
            return
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def logging_config(form: LogFormat, level: LogLevel) -> dict[str, Any]:
    """Return settings for :func:`logging.config.dictConfig`: all lines to stderr in one form.

    Other libraries are heard from WARNING on, whatever the level.

    :param level: from which the service and its server are heard.
    """
    formatter = JsonFormatter if form == "json" else TextFormatter
    own = {"level": level.upper(), "handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {"affectgraph": own, "uvicorn": own},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
    }
