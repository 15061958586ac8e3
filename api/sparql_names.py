"""What the names in a query stand for: its prefixes, and the graphs of its dataset clauses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from affectgraph.kg.sparql_tokens import Token, position_of, tokenise
from affectgraph.ontology.iris import PREFIXES

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class GraphName:
    """A graph that a FROM clause names.

    :param position: its line and column, each counted from 1.
    """

    iri: str
    position: tuple[int, int]


def from_clauses(query: str) -> list[GraphName]:
    """Return the graphs that FROM and FROM NAMED name, in order, repetitions included.

    Names with a prefix that is not declared, and relative ones without a BASE, are left out: the engine
    refuses such a query.

    >>> [name.iri for name in from_clauses("BASE <http://a.org/> SELECT * FROM NAMED <b> { ?s ?p ?o }")]
    ['http://a.org/b']
    """
    if "from" not in query.lower():
        return []
    tokens = list(tokenise(query))
    prefixes, base = _declared(tokens)
    found = ((token, _resolve(token, prefixes, base)) for token in _dataset_tokens(tokens))
    return [GraphName(iri, position_of(query, token.start)) for token, iri in found if iri]


def missing_prefixes(query: str) -> dict[str, str]:
    """Return prefixes of the project that a query uses and does not declare, with their namespaces.

    >>> missing_prefixes("ASK { emotion:joy ?p ?o }")
    {'emotion': 'https://w3id.org/affectgraph/emotion/'}
    """
    tokens = list(tokenise(query))
    declared = {token.text.partition(":")[0] for token in _declarations(tokens)}
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "name"}
    return {prefix: PREFIXES[prefix] for prefix in sorted((used - declared) & PREFIXES.keys())}


def prefix_lines(prefixes: Mapping[str, str]) -> str:
    r"""Return the lines that declare prefixes, each with its line end.

    >>> prefix_lines({"ex": "http://example.org/"})
    'PREFIX ex: <http://example.org/>\n'
    """
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in prefixes.items())


def _dataset_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the names after FROM; within braces the word is none of a dataset clause."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        if depth <= 0 and token.is_word("FROM"):
            following = tokens[place + 1 : place + 3]
            named = [t for t in following if not t.is_word("NAMED")][:1]
            yield from named


def _declarations(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the prefixes that are declared, each as its name with a colon."""
    for token, following in pairwise(tokens):
        if token.is_word("PREFIX") and following.kind == "name":
            yield following


def _declared(tokens: Sequence[Token]) -> tuple[dict[str, str], str | None]:
    """Return the prefixes with their namespaces, and the base, None without one."""
    prefixes: dict[str, str] = {}
    base: str | None = None
    for place, token in enumerate(tokens):
        if token.is_word("BASE") and place + 1 < len(tokens):
            base = _absolute(tokens[place + 1].text[1:-1], base)
        elif token.is_word("PREFIX") and place + 2 < len(tokens):
            space = _absolute(tokens[place + 2].text[1:-1], base)
            prefixes[tokens[place + 1].text.partition(":")[0]] = space
    return prefixes, base


def _resolve(token: Token, prefixes: Mapping[str, str], base: str | None) -> str | None:
    if token.kind == "iri":
        return _absolute(token.text[1:-1], base)
    prefix, colon, local = token.text.partition(":")
    if token.kind != "name" or not colon or prefix not in prefixes:
        return None
    return prefixes[prefix] + local.replace("\\", "")


def _absolute(iri: str, base: str | None) -> str:
    if base is None or _SCHEME.match(iri):
        return iri
    # The library drops an empty fragment, with which namespaces end.
    return urljoin(base, iri) + ("#" if iri.endswith("#") else "")
