"""Says of a query that an engine refused where it is wrong and what to do, as far as that can be known."""

import re

from affectgraph.api.sparql_names import missing_prefixes, prefix_lines
from affectgraph.ontology.errors import QueryError

LONGEST = 4_000
"""Characters of a message that is made plain; those of the engine are shorter."""
LONGEST_QUERY = 10_000
"""Characters of a query that is looked through for prefixes; longer ones are made by programs."""
_PLACE = re.compile(
    r"\bat (\d{1,9}):(\d{1,9})\b|\bline (\d{1,9}),? column (\d{1,9})\b", re.IGNORECASE
)
"""How Oxigraph and Jena write a position."""
_CLASS = re.compile(r"\[(?:'[^']*'|[^\]'])*\](?:, )?")
"""A class of characters among what Oxigraph expected."""
_NO_PREFIX = re.compile(r"expected (?:one of )?Prefix not found")


def explained(error: QueryError) -> QueryError:
    """Return the error in plain words, with the position, and PREFIX lines that are missing as the hint.

    An error of a narrower class is returned as it is. A query is never changed.
    """
    if type(error) is not QueryError:
        return error
    return QueryError(
        plain(error.reason),
        query=error.query,
        position=error.position or place_in(error.reason),
        hint=error.hint or _prefix_hint(error.query),
    )


def plain(reason: str) -> str:
    """Return an engine's message without the classes of characters that could have followed.

    >>> plain("error at 1:5: expected one of Prefix not found, ['%'], ['A' ..= 'Z' | 'a' ..= 'z'], [_]")
    'error at 1:5: a prefix is not declared'
    >>> plain("error at 2:7: expected one of '(', ':', ['0'..='9'], [_]. Mend it.")
    "error at 2:7: expected one of '(', ':'. Mend it."
    """
    if len(reason) > LONGEST:  # repeats what was sent
        return reason
    shorter = _CLASS.sub("", reason).replace(", .", ".").removesuffix(", ")
    return _NO_PREFIX.sub("a prefix is not declared", shorter)


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
    if len(query) > LONGEST_QUERY:
        return ""
    lines = prefix_lines(missing_prefixes(query)).strip()
    return f"Put what the query uses in front of it:\n{lines}" if lines else ""
