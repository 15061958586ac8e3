"""What the text of a query tells of it without an engine.

A remote server must be told in which format to answer, which depends on the form of the query; and no text
that is an update may be sent to it. Both are read here, so that they are the same for every server.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from affectgraph.kg.sparql_tokens import Token, position_of, tokenise
from affectgraph.ontology.errors import QueryError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES: Final = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD MODIFY".split())
"""Words that begin an operation of SPARQL 1.1 Update, or of drafts of it; none is a word of a query."""


@dataclass(frozen=True, slots=True)
class QueryText:
    """What the text of a query says of itself.

    :param text: the query.
    :param form: what it returns.
    :param has_dataset: whether it names its graphs (``FROM``, ``FROM NAMED``).
    :param has_named_graphs: whether it names some that ``GRAPH`` sees (``FROM NAMED``).
    :param asks_graphs: whether it has a ``GRAPH`` clause.
    """

    text: str
    form: Form
    has_dataset: bool
    has_named_graphs: bool
    asks_graphs: bool


def read_query(text: str) -> QueryText:
    """Return what a query says of itself; nothing is evaluated, and a server may still find a fault.

    :raises QueryError: if the text is no query: an update, an unknown form, a string without an end on its
        line, brackets that do not match, or a prefix that it does not declare, which some servers know by
        themselves and others do not.

    >>> read_query("PREFIX x: <urn:x:> ASK { GRAPH ?g { ?s x:insert 'DROP ALL' } }")
    QueryText(text="PREFIX x: <urn:x:> ASK { GRAPH ?g { ?s x:insert 'DROP ALL' } }", form='ASK', \
has_dataset=False, has_named_graphs=False, asks_graphs=True)
    """
    tokens = list(tokenise(text))
    form, declared, rest = _prologue(text, tokens)
    words = {token.text.upper() for token in rest if token.kind == "word"}
    for token in rest:
        if token.kind == "word" and token.text.upper() in UPDATES:
            raise _fault(text, token, f"Expected a query, got an update ({token.text.upper()}).")
    _require_quotes(text, rest)
    _require_brackets(text, rest)
    _require_prefixes(text, rest, declared)
    return QueryText(text, form, "FROM" in words, "NAMED" in words, "GRAPH" in words)


def _fault(text: str, token: Token | None, reason: str) -> QueryError:
    """Return the error of a query at a token."""
    if token is None:
        return QueryError(reason, query=text)
    line, column = position_of(text, token.start)
    return QueryError(f"{reason} It is at {line}:{column}.", query=text, position=(line, column))


def _prologue(text: str, tokens: list[Token]) -> tuple[Form, set[str], list[Token]]:
    """Return the form of a query, its prefixes, and the tokens behind the prologue."""
    declared: set[str] = set()
    at = 0
    while at < len(tokens):
        kinds = [token.kind for token in tokens[at + 1 : at + 3]]
        if tokens[at].is_word("PREFIX") and kinds == ["name", "iri"]:
            declared.add(tokens[at + 1].text.removesuffix(":"))
            at += 3
        elif tokens[at].is_word("BASE") and kinds[:1] == ["iri"]:
            at += 2
        else:
            break
    first = tokens[at] if at < len(tokens) else None
    said = "" if first is None else first.text
    form = next((form for form in FORMS if form == said.upper()), None)
    if form is None:
        is_update = said.upper() in UPDATES
        got = f"an update ({said.upper()})" if is_update else repr(said) if said else "nothing"
        reason = f"Expected a query that begins with {', '.join(FORMS)}, after PREFIX and BASE, got {got}."
        raise _fault(text, first, reason)
    return form, declared, tokens[at + 1 :]


def _require_quotes(text: str, tokens: list[Token]) -> None:
    r"""Refuse a quote that opens no string.

    Virtuoso 7 lets a string go on behind a carriage return. What lies between two such strings would be code
    to it, and a string to those who look here for what is refused.
    """
    for token in tokens:
        if token.kind == "mark" and token.text in {"'", '"'}:
            raise _fault(text, token, f"Expected a string that ends on its line, got {token.text}.")


_PAIRS: Final = {")": "(", "}": "{", "]": "["}


def _require_brackets(text: str, tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close" and (not opened or opened.pop().text != _PAIRS[token.text]):
            reason = f"Expected brackets in pairs, got {token.text!r} that closes none."
            raise _fault(text, token, reason)
    if opened:
        reason = f"Expected brackets in pairs, got {opened[-1].text!r} that is not closed."
        raise _fault(text, opened[-1], reason)


def _require_prefixes(text: str, tokens: list[Token], declared: set[str]) -> None:
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared and prefix != "_":
            reason = (
                f"Expected prefixes that the query declares, got {prefix!r}. "
                f"Add a line: PREFIX {prefix}: <...>."
            )
            raise _fault(text, token, reason)


def with_values(query: QueryText, bindings: Mapping[str, object]) -> str:
    """Return a query whose variables have values, by a block ``VALUES`` joined to its outermost group.

    A SELECT query has it behind everything else, as SPARQL 1.1 allows. Virtuoso 7 takes it there for SELECT
    alone, so that other forms have it within: ``{ G }`` becomes ``{ { G } VALUES ... }``.

    :param bindings: terms by name of the variable, without the question mark; ``str`` writes them in SPARQL.
    :raises QueryError: if a query of another form has no group to take it.

    >>> with_values(read_query("ASK { ?s ?p ?o }"), {"s": "<urn:a>"})
    'ASK { { ?s ?p ?o } VALUES (?s) { (<urn:a>) } }'
    """
    if not bindings:
        return query.text
    names = " ".join(f"?{name}" for name in bindings)
    block = f"VALUES ({names}) {{ ({' '.join(str(term) for term in bindings.values())}) }}"
    if query.form == "SELECT":
        return f"{query.text}\n{block}"
    groups = _outermost_groups(query.text)
    if not groups:
        raise QueryError(
            "Expected a query with a group { ... } for its bindings.", query=query.text
        )
    start, end = groups[-1]
    group = query.text[start:end]
    is_short = query.form == "CONSTRUCT" and len(groups) == 1
    template = f"{group} WHERE " if is_short else ""
    before = query.text[:start]
    if is_short:
        before = before[: before.upper().rindex("WHERE")]
    return f"{before}{template}{{ {group} {block} }}{query.text[end:]}"


def _outermost_groups(text: str) -> list[tuple[int, int]]:
    """Return where the groups of a query begin and end that lie in no other brackets; no block of VALUES."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    is_values = False
    for token in tokenise(text):
        if depth == 0 and token.is_word("VALUES"):
            is_values = True
        elif token.kind == "open":
            start = token.start if depth == 0 else start
            depth += 1
        elif token.kind == "close":
            depth -= 1
            if depth == 0 and token.text == "}" and not is_values:
                found.append((start, token.start + 1))
    return found


def construct_as_rows(text: str) -> str:
    """Return a SELECT query that has as many rows as a CONSTRUCT query has solutions.

    >>> construct_as_rows("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o } LIMIT 5")
    'SELECT (1 AS ?row) WHERE { ?s ?p ?o } LIMIT 5'
    """
    groups = _outermost_groups(text)
    start = next(token.start for token in tokenise(text) if token.is_word("CONSTRUCT"))
    end = groups[0][1] if len(groups) > 1 else start + len("CONSTRUCT")
    return f"{text[:start]}SELECT (1 AS ?row){text[end:]}"
