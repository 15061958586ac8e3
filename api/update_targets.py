"""Which graphs an update can change, read from its text where that is certain.

What an update changes is known for certain once it is made and every quad has been looked at, which takes a
second or more for the packaged graph. Of an update that names each graph it writes to by an absolute IRI,
as most do, the text says it beforehand: all else in it, its WHERE clauses above all, can only read.

So this reads the few forms of SPARQL 1.1 Update (19.8, rules 29 to 52) whose targets are IRIs, and gives up
(None) on everything else: variables, prefixed names and relative IRIs as targets, ``DEFAULT``, ``NAMED`` and
``ALL``, triples outside of ``GRAPH`` without ``WITH``, ``BASE``, escapes, RDF 1.2, and what it does not know.

The text is cut into tokens, which is not certain where ``<`` may compare: ``?a<b:x#>`` ends in a comment for
an engine that compares, in an IRI for one that does not. So the text is written anew for the engine: each gap
is a line feed, comments are left out, and a line ends behind each ``<...>``. Then both readings agree on
strings, comments and braces, whatever stands in the braces of a WHERE clause:

- Strings begin at quotation marks, and comments at ``#``. Outside of strings both stand in ``<...>`` alone,
  where quotation marks are given up on, and a comment ends behind the ``>`` it stands before.
- ``<...>`` has no braces, and compares nothing outside of them: what is not in braces, and templates, which
  have no expressions, are the same tokens for both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from affectgraph.kg.sparql_tokens import Token, tokenise
from affectgraph.kg.user_names import require_user_graph
from affectgraph.ontology.errors import InputError

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n\r]*+)*+")
"""White space and comments of SPARQL between two tokens."""
_IRI = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>]*)>")
_TERMS = frozenset({"a", "true", "false"})
"""Words of a template that are no keywords."""
_UNCERTAIN = frozenset({"quoted_triple"})


class _GiveUpError(Exception):
    """The text does not say for certain what is changed."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What an update can change.

    :param graphs: IRIs of users' graphs; all other quads stay as they are.
    :param text: the update as it has to be given to the engine for that to hold.
    """

    graphs: frozenset[str]
    text: str


def targets_of(update: str) -> Targets | None:
    """Return which graphs an update can change and how it is to be made; None if its text does not tell.

    The text may be no update at all: then the engine refuses it in either form.

    >>> found = targets_of("DELETE WHERE { GRAPH <urn:g> { ?s ?p 1 } } ; CLEAR GRAPH <urn:h>")
    >>> sorted(found.graphs)
    ['urn:g', 'urn:h']
    >>> targets_of("DELETE WHERE { GRAPH ?g { ?s ?p 1 } }") is None
    True
    """
    if "\\u" in update or "\\U" in update:  # which engines may read before they cut tokens
        return None
    tokens = list(tokenise(update))
    text = _rewritten(update, tokens)
    if text is None:
        return None
    reader = _Reader(tokens)
    try:
        reader.read_update()
        for graph in reader.graphs:
            require_user_graph(graph)
    except (_GiveUpError, InputError):
        return None
    return Targets(frozenset(reader.graphs), text)


def _rewritten(update: str, tokens: Sequence[Token]) -> str | None:
    """Return the text for the engine; None if a token is not certain."""
    parts: list[str] = []
    end = 0
    for token in tokens:
        gap = update[end : token.start]
        if not _is_certain(token) or not _GAP.fullmatch(gap):
            return None
        parts += ["\n" if gap else "", token.text, "\n" if token.kind == "iri" else ""]
        end = token.start + len(token.text)
    return "".join(parts) if _GAP.fullmatch(update[end:]) else None


def _is_certain(token: Token) -> bool:
    """Return whether a token has the same end for every reader, or one that does no harm."""
    if token.kind == "string":
        return True
    if token.kind == "iri":
        return "'" not in token.text
    is_plain = token.text.isascii() and "\\" not in token.text
    return is_plain and token.kind not in _UNCERTAIN and token.text not in {'"', "'", "#"}


class _Reader:
    """Reads an update whose targets are IRIs; gives up at whatever else comes."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self.graphs: set[str] = set()

    def read_update(self) -> None:
        """Read operations with semicolons between them, to the end."""
        while self._place < len(self._tokens):
            self._read_prologue()
            if self._place == len(self._tokens):
                return
            self._read_operation()
            if self._place < len(self._tokens):
                self._expect(";")

    def _read_prologue(self) -> None:
        while self._takes("PREFIX"):
            self._next("name")
            self._next("iri")

    def _read_operation(self) -> None:
        word = self._next("word").text.upper()
        match word:
            case "CREATE" | "CLEAR" | "DROP":
                self._takes("SILENT")
                self._expect("GRAPH")
                self._read_target()
            case "ADD" | "COPY" | "MOVE":
                self._read_transfer(is_move=word == "MOVE")
            case "WITH":
                self._read_target()
                self._read_templates(self._next("word").text.upper(), has_default=True)
            case "INSERT" | "DELETE":
                self._read_change(word)
            case _:
                raise _GiveUpError

    def _read_transfer(self, *, is_move: bool) -> None:
        self._takes("SILENT")
        if is_move or not self._takes("DEFAULT"):
            self._takes("GRAPH")
            source = self._iri()
            if is_move:
                self.graphs.add(source)
        self._expect("TO")
        self._takes("GRAPH")
        self._read_target()

    def _read_change(self, word: str) -> None:
        if self._takes("DATA") or (word == "DELETE" and self._takes("WHERE")):
            self._read_quads(has_default=False)
        else:
            self._read_templates(word, has_default=False)

    def _read_templates(self, word: str, *, has_default: bool) -> None:
        """Read one or two templates, the dataset and the WHERE clause.

        :param word: what the first begins with. :param has_default: whether WITH names a graph.
        """
        if word not in {"DELETE", "INSERT"}:
            raise _GiveUpError
        self._read_quads(has_default=has_default)
        if word == "DELETE" and self._takes("INSERT"):
            self._read_quads(has_default=has_default)
        while self._takes("USING"):
            self._takes("NAMED")
            if self._advance().kind not in {"iri", "name"}:
                raise _GiveUpError
        self._expect("WHERE")
        self._skip_braces()

    def _read_quads(self, *, has_default: bool) -> None:
        """Read a template: triples of named graphs, and others if those have a graph by WITH."""
        self._expect("{")
        while not self._takes("}"):
            if self._takes("GRAPH"):
                self._read_target()
                self._expect("{")
                while not self._takes("}"):
                    self._read_term()
            elif not self._takes("."):
                if not has_default:
                    raise _GiveUpError
                self._read_term()

    def _read_term(self) -> None:
        """Read a token of triples, which begins no clause and opens no further braces."""
        token = self._advance()
        is_word = token.kind == "word" and token.text not in _TERMS
        if is_word or token.text in {"{", "}"}:
            raise _GiveUpError

    def _skip_braces(self) -> None:
        """Pass over a group in braces, with those in it."""
        self._expect("{")
        depth = 1
        while depth:
            text = self._advance().text
            depth += (text == "{") - (text == "}")

    def _read_target(self) -> None:
        self.graphs.add(self._iri())

    def _iri(self) -> str:
        found = _IRI.fullmatch(self._next("iri").text)
        if found is None:
            raise _GiveUpError
        return found[1]

    def _takes(self, text: str) -> bool:
        """Pass over a keyword or sign if it comes next; return whether it did."""
        if self._place == len(self._tokens):
            return False
        token = self._tokens[self._place]
        is_it = token.text == text if token.kind != "word" else token.text.upper() == text
        self._place += is_it
        return is_it

    def _expect(self, text: str) -> None:
        if not self._takes(text):
            raise _GiveUpError

    def _next(self, kind: str) -> Token:
        token = self._advance()
        if token.kind != kind:
            raise _GiveUpError
        return token

    def _advance(self) -> Token:
        if self._place == len(self._tokens):
            raise _GiveUpError
        self._place += 1
        return self._tokens[self._place - 1]
