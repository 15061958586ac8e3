"""Checks an answer against the constraint of its request, since a server may ignore it."""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.reasoner.constrain import Constraint, JsonSchema, LarkGrammar
from affectgraph.reasoner.models.server.errors import shown

if TYPE_CHECKING:
    from llguidance import LLMatcher

LONGEST_QUOTE = 80
"""Most characters of the answer in a fault."""


def check_constraint(constraint: Constraint | None) -> None:
    """Compile a constraint, so that a wrong one is found before a server is asked. Compiled forms are kept.

    :raises InputError: if it is no JSON Schema, or no grammar.
    :raises MissingExtraError: if jsonschema, or llguidance for a grammar, is not installed.
    """
    if isinstance(constraint, JsonSchema):
        _validator(constraint.text)
    elif constraint is not None:
        _matcher(constraint)


def fault_of(text: str, constraint: Constraint | None) -> str | None:
    """Return how an answer breaks its constraint, in a few words; None if it does not.

    White space between the parts of a JSON value, and around a text, is no fault.

    >>> fault_of('{"emotion": "rage"}', JsonSchema.of({"properties": {"emotion": {"enum": ["joy"]}}}))
    "at emotion: 'rage' is none of the 1 values offered"
    >>> fault_of("joy", None)
    """
    if constraint is None:
        return None
    if isinstance(constraint, JsonSchema):
        return _json_fault(text, constraint.text)
    return _grammar_fault(text.strip(), constraint)


def _json_fault(text: str, schema: str) -> str | None:
    from referencing.exceptions import Unresolvable

    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return f"it is not one JSON value: {_quoted(text)}"
    try:
        found = next(_validator(schema).iter_errors(value), None)
    except Unresolvable as error:
        raise InputError(
            f"Expected a schema that stands alone, got one that refers: {error}."
        ) from error
    return None if found is None else _in_words(found)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _in_words(found: Any) -> str:
    place = "/".join(str(part) for part in found.absolute_path)
    at = f"at {place}: " if place else ""
    said = {
        "enum": lambda: (
            f"{_at_fault(found)} is none of the {len(found.validator_value)} values offered"
        ),
        "required": lambda: f"a field of {', '.join(found.validator_value)} is missing",
        "type": lambda: f"{_at_fault(found)} is not of type {found.validator_value}",
        "additionalProperties": lambda: f"{_at_fault(found)} has a field too many",
    }
    general = f"{_at_fault(found)} breaks {found.validator} {found.validator_value!r}"
    return at + said.get(found.validator, lambda: general[: 3 * LONGEST_QUOTE])()


def _at_fault(found: Any) -> str:
    value = found.instance
    return _quoted(value if isinstance(value, str) else shown(value))


def _quoted(text: str) -> str:
    """Return a text in quotes, its middle left out where it is long."""
    if len(text) > LONGEST_QUOTE:
        text = f"{text[: LONGEST_QUOTE // 2]}...{text[-LONGEST_QUOTE // 2 :]}"
    return repr(text)


@lru_cache(maxsize=64)
def _validator(schema: str) -> Any:
    """Return the validator of a schema, which fetches nothing that the schema refers to."""
    try:
        from jsonschema import Draft202012Validator, SchemaError
        from referencing import Registry
    except ImportError as error:
        raise MissingExtraError("http", feature="Checking answers against a JSON Schema") from error
    try:
        value = json.loads(schema)
        Draft202012Validator.check_schema(value)
    except (ValueError, SchemaError) as error:
        first = str(error).partition("\n")[0]
        raise InputError(f"Expected a JSON Schema, got one that is wrong: {first}") from error
    return Draft202012Validator(value, registry=Registry())


def _grammar_fault(text: str, grammar: LarkGrammar) -> str | None:
    matcher = _matcher(grammar).deep_copy()
    units = list(text.encode("utf-8", "replace"))
    good = matcher.validate_tokens(units)
    if good < len(units):
        at = bytes(units[:good]).decode("utf-8", "ignore")
        return f"it leaves the grammar at {_quoted(text[len(at) :])}, after {_quoted(at)}"
    if not (matcher.consume_tokens(units) and matcher.is_accepting()):
        return f"it breaks off at {_quoted(text)}"
    return None


@lru_cache(maxsize=16)
def _matcher(grammar: LarkGrammar) -> "LLMatcher":
    """Return a matcher at the start of a grammar, over bytes in place of tokens."""
    try:
        from llguidance import LLMatcher, LLTokenizer
    except ImportError as error:
        raise MissingExtraError("http", feature="Checking answers against a grammar") from error
    matcher = LLMatcher(LLTokenizer("byte"), LLMatcher.grammar_from_lark(grammar.text))
    if matcher.is_error():
        raise InputError(f"Expected a Lark grammar, got one that is wrong: {matcher.get_error()}")
    return matcher
