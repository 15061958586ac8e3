"""Reads the operations of the SPARQL 1.1 Protocol (section 2.1) out of requests; updates are refused.

Parameters that the protocol does not name are ignored, so that clients which send some of their own work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from affectgraph.api.handlers import OfferError
from affectgraph.api.sparql_guard import MAX_LENGTH
from affectgraph.ontology.errors import QueryError

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"

MOST_FIELDS = 1_000
"""Parameters of a request."""

FORM_BYTES = 12 * MAX_LENGTH + 500_000
"""Longest form: the longest query with every character escaped as four bytes, and room for graphs. To read
one keeps others waiting, up to a tenth of a second at this length."""

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation: its text and dataset.

    :param query: None if the request names none.
    :param format_: what ``?format=`` names, for links in pages.
    :param declares: whether the page may put PREFIX lines of the project in front that are missing.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format_: str | None = None
    declares: bool = False

    @property
    def asks_description(self) -> bool:
        """Whether there is nothing of a query, so that the service describes itself."""
        return self.query is None and not self.default_graphs and not self.named_graphs


def read_get(query_string: bytes) -> Operation:
    """Return the operation of a GET request.

    :param query_string: of the address, as it was sent.
    :raises QueryError: if it is an update, has more than one query, or is not in UTF-8.
    """
    return _from_fields(_fields(query_string))


def read_post(content_type: str, query_string: bytes, body: bytes) -> Operation:
    """Return the operation of a POST request: a form, or a query as the whole body.

    Graphs may stand in the address, in both cases.

    :param content_type: the header of the request, empty without one.
    :raises QueryError: as :func:`read_get`.
    :raises OfferError: 415 if the body is of another type, or not in UTF-8 by its own account.
    """
    media_type, charset = _media_type(content_type)
    if media_type == UPDATE_TYPE:
        raise _read_only()
    if media_type not in {FORM_TYPE, QUERY_TYPE}:
        raise _other_body(f"got {media_type or 'none'}")
    if charset not in {"", "utf-8", "utf8"}:
        raise _other_body(f"got the charset {charset!r}")
    require_length(media_type, body)
    of_address = _fields(query_string)
    of_body = _fields(body) if media_type == FORM_TYPE else {"query": [_text(body)]}
    names = dict.fromkeys((*of_address, *of_body))
    return _from_fields({n: [*of_address.get(n, ()), *of_body.get(n, ())] for n in names})


def require_length(media_type: str, body: bytes) -> None:
    """Do nothing if a body may be read, raise if it is a form over :data:`FORM_BYTES`.

    :raises QueryError: then; what it holds would be too long.
    """
    if media_type == FORM_TYPE and len(body) > FORM_BYTES:
        raise QueryError(
            f"Expected a form of at most {FORM_BYTES:,} bytes, got {len(body):,}: its text may have "
            f"{MAX_LENGTH:,} characters."
        )


def _media_type(content_type: str) -> tuple[str, str]:
    """Return the type and the charset of a header Content-Type, each empty if it is not there."""
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    charsets = [value.strip().strip("\"'") for name, _, value in pairs if name.strip() == "charset"]
    return media_type, charsets[0] if charsets else ""


def _other_body(what: str) -> OfferError:
    return OfferError(
        415,
        f"Expected a body of type {FORM_TYPE} or {QUERY_TYPE} in UTF-8, {what}.",
        offered=[QUERY_TYPE, FORM_TYPE],
    )


def _read_only() -> QueryError:
    return QueryError("Expected a query, got an update: this endpoint is read-only.")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"Expected UTF-8: {error}.") from error


def _fields(content: bytes) -> dict[str, list[str]]:
    """Return the parameters of an address or a form; those without a value are empty."""
    text = _text(content)
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise QueryError(f"Expected UTF-8: {error}.") from error
    except ValueError as error:
        raise QueryError(f"Expected at most {MOST_FIELDS:,} parameters: {error}.") from error


def _from_fields(fields: Fields) -> Operation:
    if "update" in fields:
        raise _read_only()
    queries = fields.get("query", ())
    if len(queries) > 1:
        raise QueryError(f"Expected one query, got {len(queries)}.")
    return Operation(
        query=queries[0] if queries else None,
        default_graphs=tuple(fields.get("default-graph-uri", ())),
        named_graphs=tuple(fields.get("named-graph-uri", ())),
        format_=next(iter(fields.get("format", ())), None),
        declares=list(fields.get("prefixes", ())) == ["project"],
    )
