"""Says of a query that an engine refused where it is wrong and what to do, as far as that can be known."""

import re

from affectgraph.api.sparql_names import missing_prefixes, prefix_lines
from affectgraph.ontology.errors import QueryError

_PLACE = re.compile(
    r"\bat (\d{1,9}):(\d{1,9})\b|\bline (\d{1,9}),? column (\d{1,9})\b", re.IGNORECASE
)
"""How Oxigraph and Jena write a position."""


def explained(error: QueryError) -> QueryError:
    """Return the error of its class with the position, and PREFIX lines that are missing as the hint.

    An error that has both, or is of a narrower class, is returned as it is. A query is never changed.
    """
    if type(error) is not QueryError:
        return error
    position = error.position or place_in(error.reason)
    hint = error.hint or _prefix_hint(error.query)
    if (position, hint) == (error.position, error.hint):
        return error
    return QueryError(error.reason, query=error.query, position=position, hint=hint)


def place_in(reason: str) -> tuple[int, int] | None:
    """Return line and column that an engine's message names, None without any.

    >>> place_in("error at 2:17: expected one of LATERAL, SERVICE")
    (2, 17)
    """
    found = _PLACE.search(reason)
    if found is None:
        return None
    line, column = (int(text) for text in found.groups() if text is not None)
    return line, column


def _prefix_hint(query: str) -> str:
    lines = prefix_lines(missing_prefixes(query)).strip()
    return f"Declare what the query uses, in front of it: {lines}" if lines else ""
