"""Refuses, before the engine sees them, queries that would leave the machine or bring it down.

``SERVICE`` would have this machine send requests on behalf of strangers. The engine reads and runs
queries by recursion and without a limit, so a query of some kilobytes, nested deeply enough, overflows
the stack and ends the whole process.

The text is cut into tokens (:mod:`affectgraph.kg.sparql_tokens`). Where the cut is not certain (``a<b>c``
compares, ``<b>`` names), any occurrence of the word counts: better to refuse an odd query than to let one
through. An update is told from a query here, since the engine's own message would not name it.
"""

import re

from affectgraph.kg.sparql_tokens import Token, after_prologue, position_of, tokenise
from affectgraph.ontology.errors import QueryError

MAX_LENGTH = 200_000
"""Characters of a query; a long one is a list of VALUES."""
UNCERTAIN_LENGTH = 10_000
"""Characters of a query whose tokens are not certain; too few to overflow 64 MiB of stack."""
MAX_DEPTH = 100
"""Brackets within brackets. On 8 MiB of stack the engine overflows between 100 and 1,000."""
MAX_STEPS = 2_000
"""Operators, keywords and separators; values, variables and names do not count. On 8 MiB of stack the
engine overflows between 1,000 and 10,000; queries run on 64 MiB."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPERANDS = frozenset({"string", "iri", "variable", "language", "name", "number", "close", "word"})
_PLAIN = re.compile(
    r"\s*(?:PREFIX\s+[\w-]*:\s*<[^<>\s]*>\s*)*(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
"""The begin of a query whose prologue has nothing but prefixes."""
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_STEPS = frozenset({"word", "mark"})
_VALUES = frozenset({"undef", "true", "false", "a"})

_UPDATES = frozenset("ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE WITH".split())
"""Words that an update begins with (SPARQL 1.1 Query Language, 19.8, rule 30)."""


def refuse_unsafe(query: str, *, updates: bool = False) -> None:
    """Do nothing if a query may be run, raise otherwise.

    :param updates: whether an update may be run, too.
    :raises QueryError: if the query has a SERVICE clause, is an update, or is longer, deeper or made of
        more steps than the engine can be trusted with. It says where, for the first two.
    """
    require_readable(query)
    if _is_small_and_plain(query):
        return
    for text in dict.fromkeys((query, unescaped(query))):
        tokens = _tokens_within(query, text)
        _refuse_service(query, text, tokens)
        if text == query and not updates:
            _refuse_update(query, tokens)
        _refuse_large(query, tokens)


def require_readable(query: str) -> None:
    """Do nothing if a query or update is short enough to be cut into tokens, raise otherwise.

    :raises QueryError: if it is longer than :data:`MAX_LENGTH`.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(
            f"Expected a query of at most {MAX_LENGTH:,} characters, got {len(query):,}.",
            query=query,
        )


def _is_small_and_plain(query: str) -> bool:
    """Return whether a query has too little of anything to be refused, without reading it by tokens.

    It begins as a query does, has nothing to unescape and no word SERVICE, and fewer brackets and characters
    than levels and steps are allowed.
    """
    return (
        len(query) <= MAX_STEPS
        and _PLAIN.match(query) is not None
        and "\\" not in query
        and query.count("(") + query.count("{") + query.count("[") <= MAX_DEPTH
        and "service" not in query.lower()
    )


def _tokens_within(query: str, text: str) -> list[Token]:
    """Return the tokens of a text; one that is too deep or long is not read to its end.

    :raises QueryError: at the first level or step that is one too many.
    """
    found = []
    depth = steps = 0
    for token in tokenise(text):
        found.append(token)
        depth += (token.kind == "open") - (token.kind == "close")
        steps += token.kind in _STEPS and token.text.lower() not in _VALUES
        if depth > MAX_DEPTH:
            raise _too_large(query, "levels of brackets", MAX_DEPTH)
        if steps > MAX_STEPS:
            raise _too_large(query, "operators, keywords and separators", MAX_STEPS)
    return found


def _too_large(query: str, what: str, limit: int) -> QueryError:
    return QueryError(
        f"Expected a query with at most {limit:,} {what}, got more. "
        "Put lists into VALUES, or split the query.",
        query=query,
    )


def unescaped(query: str) -> str:
    r"""Return a query with ``\uXXXX`` replaced, as engines may do before they read anything."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, query)


def _refuse_service(query: str, text: str, tokens: list[Token]) -> None:
    offset = _service_offset(text, tokens)
    if offset is None:
        return
    # Offsets of an unescaped text are not those of the query.
    position = position_of(query, offset) if text == query else None
    where = "" if position is None else f" (at {position[0]}:{position[1]})"
    raise QueryError(
        f"SERVICE is refused{where}: this endpoint sends no requests to other machines. "
        "Run the federated query on your own engine, with this endpoint in its SERVICE clause.",
        query=query,
        position=position,
    )


def _service_offset(text: str, tokens: list[Token]) -> int | None:
    """Return where the word SERVICE stands as a keyword, or may; None if nowhere."""
    if "SERVICE" not in text.upper():
        return None
    for token in tokens:
        if token.is_word("SERVICE"):
            return token.start
    if _is_uncertain(tokens) and (found := _SERVICE.search(text)) is not None:
        return found.start()
    return None


def _refuse_update(query: str, tokens: list[Token]) -> None:
    first = after_prologue(tokens)
    if first is None or first.kind != "word" or first.text.upper() not in _UPDATES:
        return
    line, column = position_of(query, first.start)
    raise QueryError(
        f"Expected a query, got the update {first.text.upper()} at {line}:{column}: this endpoint is "
        "read-only, and loads nothing.",
        query=query,
        position=(line, column),
    )


def _is_uncertain(tokens: list[Token]) -> bool:
    """Return whether some ``<...>`` may be a comparison: after an operand, within parentheses.

    Rows of VALUES hold no comparisons, so that long lists of IRIs are certain.
    """
    brackets: list[str] = []
    before = ""
    after_values = False
    for kind, text, _ in tokens:
        if kind == "quoted_triple" or (kind == "iri" and _may_compare(brackets, before)):
            return True
        if kind == "open":
            brackets.append("VALUES" if after_values and text == "{" else text)
            after_values = after_values and text != "{"
        elif kind == "close" and brackets:
            brackets.pop()
        elif kind == "word" and text.upper() == "VALUES":
            after_values = True
        before = kind
    return False


def _may_compare(brackets: list[str], before: str) -> bool:
    inside = bool(brackets) and brackets[-1] == "(" and "VALUES" not in brackets
    return inside and before in _OPERANDS


def _refuse_large(query: str, tokens: list[Token]) -> None:
    if len(query) > UNCERTAIN_LENGTH and _is_uncertain(tokens):
        raise QueryError(
            f"Expected a query of at most {UNCERTAIN_LENGTH:,} characters, got {len(query):,}: in longer "
            "ones, write comparisons with a space after '<', and lists of IRIs in VALUES.",
            query=query,
        )
