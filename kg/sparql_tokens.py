"""Cuts SPARQL into tokens, for what has to be known of a query before an engine reads it.

The cut follows the rules of SPARQL 1.1, so that a word in a string, an IRI, a name or a comment is not
mistaken for a keyword. It is not certain where ``<`` may compare (``a<b>c``); see
:mod:`affectgraph.api.sparql_guard`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_RULES = r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<quoted_triple><<)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:\w(?:[\w.-]*[\w-])?)?:(?:[\w:%.-]|\\.)*)
  | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<word>\w+)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<mark>\S)
    """
_TOKENS = re.compile(_RULES, re.VERBOSE | re.DOTALL)
_NO_NAMES = re.compile(_RULES.replace("(?P<name>", "(?P<name>(?!)"), re.VERBOSE | re.DOTALL)
"""The same without names of a prefix."""
_RUN = re.compile(r"\w[\w.-]*")
"""What begins as the prefix of a name, as far as one may reach."""
_BESIDE_NAMES = frozenset({"word", "number"})
"""Kinds of tokens that begin as a name does."""
_PROLOGUE = {"PREFIX": 3, "BASE": 2}
"""First word of a declaration -> its number of tokens."""


class Token(NamedTuple):
    """A token of a query.

    :param kind: a group of the rules: ``word``, ``iri``, ``name``, ``string``, ``open``, ``mark``...
    :param start: offset of its first character.
    """

    kind: str
    text: str
    start: int

    def is_word(self, word: str) -> bool:
        """Return whether it is a keyword, in any case."""
        return self.kind == "word" and self.text.upper() == word


def tokenise(query: str) -> Iterator[Token]:
    """Yield the tokens of a query, without white space and comments. It takes time linear in its length.

    >>> [token.text for token in tokenise("ASK { ?s a <urn:x> } # all")]
    ['ASK', '{', '?s', 'a', '<urn:x>', '}']
    """
    place = nameless = 0
    while match := (_NO_NAMES if place < nameless else _TOKENS).search(query, place):
        kind, text, start, place = match.lastgroup, match[0], match.start(), match.end()
        if kind in _BESIDE_NAMES and start >= nameless and (run := _RUN.match(query, start)):
            # No name begins here, so none does where the run goes on: its colon would be the same.
            nameless = run.end()
        if kind is not None and kind != "comment":
            yield Token(kind, text, start)


def after_prologue(tokens: Sequence[Token]) -> Token | None:
    """Return the first token after PREFIX and BASE, None if there is none."""
    place = 0
    while place < len(tokens) and tokens[place].text.upper() in _PROLOGUE:
        place += _PROLOGUE[tokens[place].text.upper()]
    return tokens[place] if place < len(tokens) else None


def position_of(query: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of a character of a query, each counted from 1.

    >>> position_of("ASK {\n  ?s", 8)
    (2, 3)
    """
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
