"""The one place where errors become answers: problem details, or a page for a browser."""

import reprlib
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, Response

from affectgraph.api.access_errors import ACCESS_KINDS, TOO_OFTEN, AccessError
from affectgraph.api.negotiation import PROBLEM, accept_of, prefers_html
from affectgraph.api.problems import (
    BROKEN_BACKEND,
    KINDS,
    PROBLEM_SPACE,
    FieldFault,
    Kind,
    Problem,
    shorten,
    to_problem,
)
from affectgraph.api.rendering import render
from affectgraph.api.requests_seen import current_exchange
from affectgraph.ontology.errors import AffectGraphError, BackendError, UnknownTermError

SHOWN_VALUE = 120
"""Characters of a refused value that are repeated in an answer."""

_repr = reprlib.Repr()
_repr.maxstring = _repr.maxother = SHOWN_VALUE

VALIDATION = Kind(
    "validation",
    422,
    "The request does not have the form of this route",
    "See `errors`, and the route's form at /docs. JSON needs `Content-Type: application/json`.",
)

HTTP_KINDS: dict[int, Kind] = {
    400: Kind("malformed", 400, "The request cannot be read", "Send UTF-8 text and valid JSON."),
    404: Kind("no-such-route", 404, "There is nothing here", "See /docs for the routes."),
    405: Kind("method", 405, "The route has no such method", "See /docs for the route's methods."),
    406: Kind(
        "not-acceptable", 406, "No acceptable format", "Accept one of the types in `offered`."
    ),
    412: Kind(
        "precondition",
        412,
        "The graph is not as the request expects",
        "Read the graph again, make your change to what it is now, and send its new `ETag` in `If-Match`.",
    ),
    413: Kind("too-large", 413, "The request body is too large", "Send several smaller requests."),
    415: Kind("media-type", 415, "The request body has another type", "Send a type of `offered`."),
    429: Kind(
        "busy",
        429,
        "Too many requests wait for the language model",
        "Ask again after the seconds in `Retry-After`, or send `model: false` for the graph's own reasoning.",
    ),
}
"""Kinds of problem that HTTP itself has names for."""

ALL_KINDS = (VALIDATION, *HTTP_KINDS.values(), *ACCESS_KINDS, *KINDS.values(), BROKEN_BACKEND)
"""Every kind of problem that the service answers with."""

ALWAYS = (401, 403, 422, 429, 502, 503)
"""Statuses of errors that every route may answer with."""

RETRY_SECONDS = 5
"""After which to try again where an error does not say."""


class OfferError(HTTPException):
    """No offered media type fits: 406 for an answer, 415 for a body; ``offered`` lists them."""

    def __init__(self, status: int, detail: str, *, offered: Sequence[str]) -> None:
        super().__init__(status, detail)
        self.offered = list(offered)


def problem_of(error: Exception, *, instance: str) -> Problem:
    """Return any error as problem details; says nothing about errors nobody raised on purpose.

    :param instance: path of the request.
    """
    problem = _problem(error, instance)
    exchange = current_exchange()
    if exchange is None:
        return problem
    exchange.problem = problem.type.removeprefix(PROBLEM_SPACE)
    return problem.model_copy(update={"request_id": exchange.request_id})


def _problem(error: Exception, instance: str) -> Problem:
    if isinstance(error, AffectGraphError):
        return to_problem(error, instance=instance)
    if isinstance(error, AccessError):
        return error.problem(instance)
    faults = _faults(error) if isinstance(error, RequestValidationError) else None
    kind, detail = _read(error, faults or [])
    return Problem(
        type=PROBLEM_SPACE + kind.name,
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=instance,
        hint=kind.hint,
        offered=error.offered if isinstance(error, OfferError) else None,
        errors=faults,
    )


def _read(error: Exception, faults: Sequence[FieldFault]) -> tuple[Kind, str]:
    if isinstance(error, RequestValidationError):
        return VALIDATION, "; ".join(f"{fault.location}: {fault.message}" for fault in faults[:3])
    if isinstance(error, StarletteHTTPException):
        kind = HTTP_KINDS.get(error.status_code, HTTP_KINDS[400])
        return kind, shorten(str(error.detail), SHOWN_VALUE * 5)
    internal = KINDS[AffectGraphError]
    return internal, "Something went wrong that should not have; it is in the service's log."


def _faults(error: RequestValidationError) -> list[FieldFault]:
    return [
        FieldFault(
            location=shorten(".".join(str(part) for part in fault["loc"]), SHOWN_VALUE),
            message=_message(fault),
            value=shorten(_repr.repr(fault["input"]), SHOWN_VALUE) if "input" in fault else None,
        )
        for fault in error.errors()[:100]
    ]


def _message(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "json_invalid":
        return f"expected JSON: {fault['ctx']['error']} at character {fault['loc'][-1]}"
    return str(fault["msg"])


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that carries a problem."""
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=problem.status,
        media_type=PROBLEM,
        headers=headers,
    )


def respond(request: Request, error: Exception) -> Response:
    """Return the answer to an error: problem details, or a page for a browser."""
    problem = problem_of(error, instance=shorten(request.url.path, 2 * SHOWN_VALUE))
    headers = dict(getattr(error, "headers", None) or {})
    if problem.status == 503 and getattr(error, "retryable", False):
        headers["Retry-After"] = str(_retry_after_seconds(error))
    if request.url.path.startswith("/v1/") or not prefers_html(accept_of(request.headers)):
        return problem_response(problem, headers)
    return render("error.html", {"problem": problem}, status=problem.status, headers=headers)


def _retry_after_seconds(error: Exception) -> int:
    """Return after how many whole seconds to try again, as the error says or by the rule."""
    said = getattr(error, "retry_after_seconds", None)
    return RETRY_SECONDS if said is None else max(1, ceil(said))


def add_handlers(app: FastAPI) -> None:
    """Make an application answer every error with problem details."""
    handled: tuple[type[Exception], ...] = (
        AffectGraphError,
        RequestValidationError,
        StarletteHTTPException,
        Exception,
    )
    for class_ in handled:
        app.add_exception_handler(class_, respond)


def refuse_get() -> None:
    """Answer GET on a path that has POST alone, where a look-up would take its end for a name.

    :raises HTTPException: always, 405.
    """
    raise HTTPException(405, "Method Not Allowed", headers={"Allow": "POST"})


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the error answers of a route for its OpenAPI entry.

    Those of keys and limits are always among them (401, 403, 429), and 422, 502 and 503.
    """
    kinds = {kind.status: kind for kind in ALL_KINDS}
    kinds |= {404: KINDS[UnknownTermError], 413: HTTP_KINDS[413], 422: VALIDATION}
    kinds |= {429: HTTP_KINDS[429] if 429 in statuses else TOO_OFTEN, 503: KINDS[BackendError]}
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": kinds[status].title + ".", "content": content}
        for status in sorted({*statuses, *ALWAYS})
    }
