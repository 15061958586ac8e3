"""The dataset that a request gives an update: written into its text, as the engine takes none beside it."""

import re
from collections.abc import Iterator, Sequence

from affectgraph.kg.sparql_tokens import Token, position_of, tokenise
from affectgraph.ontology.errors import QueryError

USING, USING_NAMED = "using-graph-uri", "using-named-graph-uri"
"""Parameters of the SPARQL 1.1 Protocol (2.2.3)."""
OWN = ("USING", "WITH")
"""Words by which an update names its dataset itself."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose WHERE clauses see these graphs alone; itself if there are none.

    :param default: graphs that together are the default graph. :param named: named graphs.
    :raises QueryError: if one is no IRI, the update names a dataset itself, or no clause of it could see one.

    >>> with_dataset("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["urn:a"], [])
    'DELETE { ?s ?p ?o } USING <urn:a> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    for iri in (*default, *named):
        if not _IRI.fullmatch(iri):
            raise QueryError(f"Expected an absolute IRI in {USING} or {USING_NAMED}, got {iri!r}.")
    clauses = [f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named]
    parts, end = [], 0
    for place in _places(update):
        parts += [update[end:place], *clauses]
        end = place
    if not parts:
        raise QueryError(
            f"Expected an update with a WHERE clause beside {USING} or {USING_NAMED}, got none that could "
            "see these graphs.",
            query=update,
        )
    return "".join((*parts, update[end:]))


def _places(update: str) -> Iterator[int]:
    """Yield where a dataset may be named: before each WHERE outside of braces."""
    depth = 0
    before: Token | None = None
    for token in tokenise(update):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and any(token.is_word(word) for word in OWN):
            raise _refused(update, token, f"names its dataset itself by {token.text.upper()}")
        if depth == 0 and token.is_word("WHERE"):
            if before is not None and before.is_word("DELETE"):
                raise _refused(update, before, "has DELETE WHERE, which takes none")
            yield token.start
        before = token


def _refused(update: str, token: Token, what: str) -> QueryError:
    line, column = position_of(update, token.start)
    return QueryError(
        f"Expected an update that takes its dataset from {USING} or {USING_NAMED}, got one that {what} "
        f"(at {line}:{column}).",
        query=update,
        position=(line, column),
        hint="Name the graphs in one of both places; write DELETE { ... } WHERE { ... } in full.",
    )
