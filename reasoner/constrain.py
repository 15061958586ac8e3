"""What an answer of a model must be, so that all it cites is there.

Two ways: a JSON object whose values come from the request's facts, action units and emotions
(:class:`RationaleSchema`), and free sentences that each end in a ``[fact]`` of the graph
(:class:`CitedText`). Both always offer :data:`NO_FACT`, so that a model need not cite what does not fit.
What is cited is looked up by its whole text: nothing is parsed a second time.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from affectgraph.ontology.errors import ClaimError, InputError
from affectgraph.reasoner.closing import SLACK, json_closing_bytes
from affectgraph.reasoner.json_answers import (
    array_schema,
    object_schema,
    read_json,
    refuse_further,
    require_offered,
    required_field,
)
from affectgraph.reasoner.model import Fact

NO_FACT = "no fact"
"""What a sentence cites that rests on no fact."""

UNDETERMINED = "undetermined"
"""The conclusion of an answer that abstains."""

LONGEST_STATEMENT = 300
"""Most characters of one sentence, if a constraint does not say another number."""


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """An answer that is one JSON value without white space between its parts.

    :param text: the schema, as JSON.
    :param graph_version: of the graph its values come from; part of the key of compiled schemas.
    :param reserve: most tokens that closing an answer takes: with so many left, what is open is closed.
    """

    text: str
    graph_version: str = ""
    reserve: int = 0

    @classmethod
    def of(cls, schema: Mapping[str, Any], *, graph_version: str = "") -> "JsonSchema":
        """Return a schema with the reserve it needs.

        :raises InputError: if it refers to parts of itself, for then no length suffices.
        """
        text = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
        return cls(text, graph_version, json_closing_bytes(schema) + SLACK)

    @property
    def digest(self) -> str:
        """Key of the compiled form: equal for equal text and graph."""
        return _digest("json", self.graph_version, self.text)


@dataclass(frozen=True, slots=True)
class LarkGrammar:
    """An answer in the language of a grammar, in llguidance's variant of Lark.

    :param text: the grammar.
    :param graph_version: as for :class:`JsonSchema`.
    :param reserve: as for :class:`JsonSchema`.
    :param closers: single characters that lead to an end, best first; taken where they are allowed once only
        ``reserve`` tokens are left.
    :param gbnf: the same language in GBNF, the notation of llama.cpp, which servers read; empty if none.
    """

    text: str
    graph_version: str = ""
    reserve: int = 0
    closers: tuple[str, ...] = ()
    gbnf: str = ""

    @property
    def digest(self) -> str:
        """Key of the compiled form: equal for equal text and graph."""
        return _digest("lark", self.graph_version, self.text)


Constraint = JsonSchema | LarkGrammar


@dataclass(frozen=True, slots=True)
class CitableFact:
    """A fact in words that a model can cite.

    :param text: the words; they name the fact, so no two facts of a request share them.
    :param triples: what it says, with sources.
    :raises InputError: if the words are empty, or hold a bracket, a control character or half a character.
    """

    text: str
    triples: tuple[Fact, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not self.text.strip() or _UNCITABLE.search(self.text):
            raise InputError(
                "Expected a fact in words without brackets, line breaks and half characters, got "
                f"{self.text!r}."
            )


_UNCITABLE = re.compile(r"[\[\]\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the fact it cites.

    :param fact: None where it cites no fact.
    """

    text: str
    fact: CitableFact | None


@dataclass(frozen=True, slots=True)
class CitedRationale:
    """An answer, read.

    :param statements: its sentences, in order.
    :param emotion: its conclusion; None if it abstains, or has no place for one.
    :param action_units: the FACS codes it says it rests on, in its order.
    """

    statements: tuple[Statement, ...]
    emotion: str | None = None
    action_units: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences without citations, as one text for the checker."""
        return " ".join(statement.text for statement in self.statements)

    @property
    def facts(self) -> tuple[CitableFact, ...]:
        """The facts it cites, each once, in order of first use."""
        return tuple(dict.fromkeys(s.fact for s in self.statements if s.fact is not None))


@dataclass(frozen=True)
class RationaleSchema:
    """A rationale as JSON: steps that each cite a fact, the action units it rests on, an emotion.

    The steps come first, so that a model writes its reasons before its conclusion.

    :param facts: what may be cited.
    :param emotions: what may be concluded, by name.
    :param action_units: FACS codes that may be named; the field is left out if there are none.
    :param graph_version: of the graph the facts are from.
    :param most_steps: at most so many steps, 1 or more.
    :param longest: most characters of a step, 1 or more.
    :param may_abstain: whether :data:`UNDETERMINED` is offered as a conclusion.
    :raises InputError: if two facts share their words, there is no emotion, or a number is below 1.

    >>> fact = CitableFact("AU4 is the brow lowerer", ())
    >>> schema = RationaleSchema([fact], ["anger"])
    >>> step = '{"text":"Brows down.","fact":"AU4 is the brow lowerer"}'
    >>> read = schema.read('{"steps":[' + step + '],"emotion":"anger"}')
    >>> read.emotion, read.statements[0].fact is fact
    ('anger', True)
    """

    facts: Sequence[CitableFact]
    emotions: Sequence[str]
    action_units: Sequence[str] = ()
    graph_version: str = ""
    most_steps: int = 8
    longest: int = LONGEST_STATEMENT
    may_abstain: bool = True
    _by_text: Mapping[str, CitableFact] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_sizes(self.most_steps, self.longest)
        for names in (self.emotions, self.action_units):
            if isinstance(names, str) or not all(isinstance(name, str) for name in names):
                raise InputError(
                    f"Expected a list of names, each a text, got {names!r}. Write [{names!r}] for one."
                )
        if not self.emotions:
            raise InputError("Expected at least one emotion that may be concluded, got none.")
        object.__setattr__(self, "_by_text", _by_text(self.facts))

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) as a dictionary."""
        step = {
            "text": {"type": "string", "minLength": 1, "maxLength": self.longest},
            "fact": {"enum": [*self._by_text, NO_FACT]},
        }
        fields: dict[str, Any] = {
            "steps": array_schema(object_schema(step), least=1, most=self.most_steps),
        }
        if self.action_units:
            units = list(dict.fromkeys(self.action_units))
            fields["action_units"] = array_schema({"enum": units}, least=0, most=len(units))
        conclusions = [*self.emotions, *([UNDETERMINED] if self.may_abstain else [])]
        fields["emotion"] = {"enum": list(dict.fromkeys(conclusions))}
        return object_schema(fields)

    @cached_property
    def constraint(self) -> JsonSchema:
        """What a request carries."""
        return JsonSchema.of(self.schema, graph_version=self.graph_version)

    def read(self, text: str) -> CitedRationale:
        """Return what an answer says, each citation as the fact it names.

        :raises ClaimError: if it is no JSON, lacks a field or has one too many, has more or longer steps than
            the schema takes, or names what was not offered; it says which.
        """
        value = read_json(text)
        refuse_further(value, tuple(self.schema["properties"]), "the answer")
        steps = required_field(value, "steps", list)
        if not 1 <= len(steps) <= self.most_steps:
            raise ClaimError(f"Expected 1 to {self.most_steps} steps, got {len(steps)}.")
        statements = tuple(map(self._statement, steps))
        units = required_field(value, "action_units", list) if self.action_units else []
        most = len(set(self.action_units))
        if len(units) > most:
            raise ClaimError(f"Expected at most {most} action units, got {len(units)}.")
        for unit in units:
            require_offered(unit, self.action_units, "an action unit")
        emotion = required_field(value, "emotion", str)
        if self.may_abstain and emotion == UNDETERMINED:
            return CitedRationale(statements, None, tuple(units))
        require_offered(emotion, self.emotions, "an emotion")
        return CitedRationale(statements, emotion, tuple(units))

    def _statement(self, step: object) -> Statement:
        refuse_further(step, ("text", "fact"), "a step")
        text = required_field(step, "text", str)
        if not 1 <= len(text) <= self.longest:
            raise ClaimError(
                f"Expected a step of 1 to {self.longest} characters, got {len(text)}: {text[:80]!r}."
            )
        return Statement(text, self._fact(required_field(step, "fact", str)))

    def _fact(self, name: str) -> CitableFact | None:
        return _look_up(self._by_text, name)


@dataclass(frozen=True)
class CitedText:
    """A rationale as free text: sentences that each end in a fact in brackets.

    :param facts: what may be cited; the whole graph's facts fit.
    :param graph_version: of the graph the facts are from.
    :param most_sentences: at most so many sentences, 1 or more.
    :param longest: most characters of a sentence, 1 or more.
    :raises InputError: if two facts share their words, or a number is below 1.

    >>> way = CitedText([CitableFact("AU4 is the brow lowerer", ())])
    >>> read = way.read("Brows down [AU4 is the brow lowerer] So it is [no fact]")
    >>> [statement.fact and statement.fact.text for statement in read.statements]
    ['AU4 is the brow lowerer', None]
    """

    facts: Sequence[CitableFact]
    graph_version: str = ""
    most_sentences: int = 12
    longest: int = LONGEST_STATEMENT
    _by_text: Mapping[str, CitableFact] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_sizes(self.most_sentences, self.longest)
        object.__setattr__(self, "_by_text", _by_text(self.facts))

    @cached_property
    def constraint(self) -> LarkGrammar:
        """What a request carries."""
        names = [NO_FACT, *self._by_text]
        alternatives = " | ".join(json.dumps(name, ensure_ascii=False) for name in names)
        grammar = (
            f"start: sentence{{1,{self.most_sentences}}}\n"
            'sentence: TEXT "[" FACT "]"\n'
            f"TEXT: / ?[^\\[\\]\\s\\x00-\\x1f\\x7f][^\\[\\]\\x00-\\x1f\\x7f]{{0,{self.longest - 1}}}/\n"
            f"FACT: {alternatives}\n"
        )
        gbnf = (
            f"root ::= sentence{{1,{self.most_sentences}}}\n"
            'sentence ::= text "[" fact "]"\n'
            f'text ::= " "? [^\\[\\]{_GBNF_SPACES}] [^\\[\\]\\x00-\\x1F\\x7F]{{0,{self.longest - 1}}}\n'
            f"fact ::= {alternatives}\n"
        )
        reserve = max(len(name.encode()) for name in names) + len("[]") + SLACK
        return LarkGrammar(grammar, self.graph_version, reserve, closers=("[", "]"), gbnf=gbnf)

    def read(self, text: str) -> CitedRationale:
        """Return the sentences of an answer, each citation as the fact it names.

        :raises ClaimError: if a bracket is not closed, text comes behind the last one, or a citation names
            what was not offered.
        """
        found = []
        position = 0
        for match in _CITED.finditer(text):
            sentence = match[1].strip().removeprefix(". ") or "."
            found.append(Statement(sentence, _look_up(self._by_text, match[2])))
            position = match.end()
        rest = text[position:].strip(" .\n")
        if rest or not found:
            raise ClaimError(
                f"Expected sentences that each end in a fact in brackets, got {rest[:80]!r} without one."
            )
        return CitedRationale(tuple(found))


_GBNF_SPACES = r"\x00-\x20\x7F" + "\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Control characters and what Unicode calls white space, for GBNF, which has no name for them."""

_CITED = re.compile(r"([^\[\]]+)\[([^\[\]]*)\]")


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _check_sizes(count: int, longest: int) -> None:
    if count < 1 or longest < 1:
        raise InputError(
            f"Expected room for 1 sentence of 1 character or more, got {count} of {longest}."
        )


def _by_text(facts: Iterable[CitableFact]) -> dict[str, CitableFact]:
    by_text: dict[str, CitableFact] = {}
    for fact in facts:
        if fact.text in by_text or fact.text == NO_FACT:
            raise InputError(f"Expected facts with words of their own, got {fact.text!r} twice.")
        by_text[fact.text] = fact
    return by_text


def _look_up(by_text: Mapping[str, CitableFact], name: str) -> CitableFact | None:
    if name == NO_FACT:
        return None
    if name not in by_text:
        raise ClaimError(f"Expected a citation of an offered fact or {NO_FACT!r}, got {name!r}.")
    return by_text[name]
