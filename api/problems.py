"""Errors as problem details (RFC 9457): kinds, texts and the model. Needs no web framework."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ConfigDict

from affectgraph.api.described import Described
from affectgraph.api.query_errors import QueryCostError, ResultSizeError
from affectgraph.kg.user_limits import StoreFullError
from affectgraph.ontology.errors import (
    AffectGraphError,
    BackendError,
    ClaimError,
    InputError,
    MissingExtraError,
    QueryError,
    UnknownTermError,
)
from affectgraph.ontology.iris import BASE

PROBLEM_SPACE = BASE + "problem/"
SHOWN = 2_000
"""Characters of a message that are repeated in an answer."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in the type IRI, HTTP status, title, and what to do about it."""

    name: str
    status: int
    title: str
    hint: str


KINDS: dict[type[AffectGraphError], Kind] = {
    UnknownTermError: Kind(
        "unknown-term",
        404,
        "The graph holds nothing of that name",
        "Use one of `nearest`, or list what there is: /v1/emotions, /v1/action-units, /v1/schemes, "
        "/v1/sources. For any word, ask GET /v1/ground?label=...",
    ),
    ClaimError: Kind(
        "claim",
        422,
        "The rationale cannot be checked",
        "Send a text of the length the message names.",
    ),
    StoreFullError: Kind(
        "store-full",
        507,
        "The store of users' data is full",
        "Delete graphs that are of no more use, or ask whoever runs the service for more room "
        "(--data-graphs, --data-triples).",
    ),
    InputError: Kind(
        "input", 422, "A value is out of range", "Correct the value the message names."
    ),
    QueryCostError: Kind(
        "query-cost",
        503,
        "The SPARQL query was stopped",
        "Ask for less at once: bind more of the pattern, take apart what multiplies, or export the graph "
        "and run the query on your own machine.",
    ),
    ResultSizeError: Kind(
        "result-size",
        413,
        "The answer to the query is too long",
        "Ask for it in parts, with ORDER BY, LIMIT and OFFSET, or for a shorter format such as CSV.",
    ),
    QueryError: Kind(
        "query",
        400,
        "The SPARQL query was refused",
        "Send one SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE query without SERVICE.",
    ),
    BackendError: Kind(
        "backend",
        503,
        "The store or the language model does not answer",
        "Try again later, or ask whoever runs the service.",
    ),
    MissingExtraError: Kind(
        "missing-extra",
        503,
        "A part is not installed",
        "Ask whoever runs the service to install it.",
    ),
    AffectGraphError: Kind(
        "internal", 500, "The service failed", "Report it with the request that led here."
    ),
}
"""Kinds of problem by error class; the first that fits counts."""

BROKEN_BACKEND = Kind(
    "broken-backend",
    502,
    "The store or the language model failed",
    "Ask whoever runs the service: the same request would fail again.",
)
"""The kind of a :class:`BackendError` after which no further try is of use."""


class FieldFault(Described):
    """One thing wrong with a request."""

    model_config = ConfigDict(frozen=True)

    location: str
    """Where: ``query.limit``, ``body.vad.0``."""
    message: str
    """What was expected."""
    value: str | None = None
    """What came, shortened."""


class Problem(Described):
    """What went wrong, as in RFC 9457."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": PROBLEM_SPACE + "unknown-term",
                    "title": KINDS[UnknownTermError].title,
                    "status": 404,
                    "detail": "Expected the name of an emotion or state in the graph, got 'angr'.",
                    "instance": "/v1/emotions/angr",
                    "hint": KINDS[UnknownTermError].hint,
                    "nearest": ["anger"],
                }
            ]
        },
    )

    type: str
    """IRI of the kind of problem; it leads to a description."""
    title: str
    """The kind of problem in words; always the same for a type."""
    status: int
    """HTTP status."""
    detail: str
    """What was expected and what came."""
    instance: str | None = None
    """Path of the request."""
    request_id: str | None = None
    """Id of the request, as in the header `X-Request-Id` and in the service's log."""
    hint: str
    """What to do."""
    line: int | None = None
    """Line of the query, counted from 1, at which it cannot be read or is refused."""
    column: int | None = None
    """Character of that line, counted from 1."""
    nearest: list[str] | None = None
    """Names that exist and look alike, best first."""
    offered: list[str] | None = None
    """What the service could have sent, or takes."""
    errors: list[FieldFault] | None = None
    """What is wrong, place by place, for requests of the wrong form."""


class PlacedError(InputError):
    """Several things are wrong with an input, each at its place.

    :param places: all of them.
    """

    def __init__(self, message: str, places: Sequence[FieldFault]) -> None:
        self.places = tuple(places)
        super().__init__(message)


def kind_of(error: AffectGraphError) -> Kind:
    """Return the kind of problem an error is."""
    if isinstance(error, BackendError) and not error.retryable:
        return BROKEN_BACKEND
    return next(kind for class_, kind in KINDS.items() if isinstance(error, class_))


def to_problem(error: AffectGraphError, *, instance: str | None = None) -> Problem:
    """Return an error of the package as problem details.

    :param instance: path of the request.
    """
    kind = kind_of(error)
    nearest = list(error.nearest) if isinstance(error, UnknownTermError) else []
    own_hint = error.hint if isinstance(error, BackendError | QueryError) else ""
    line, column = (error.position if isinstance(error, QueryError) else None) or (None, None)
    return Problem(
        type=PROBLEM_SPACE + kind.name,
        title=kind.title,
        status=kind.status,
        detail=shorten(str(error), SHOWN),
        instance=instance,
        hint=own_hint or kind.hint,
        line=line,
        column=column,
        nearest=nearest or None,
        errors=list(error.places) if isinstance(error, PlacedError) else None,
    )


def shorten(text: str, limit: int) -> str:
    """Return the start of a text that may be long, always encodable."""
    clean = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return clean if len(clean) <= limit else f"{clean[:limit]}... ({len(text):,} characters)"
