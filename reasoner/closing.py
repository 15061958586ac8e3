"""How an answer in JSON is closed before its tokens run out, and how many that takes at most."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from affectgraph.ontology.errors import InputError

SLACK = 12
"""Bytes for the token that ends the answer, and for a character or escape that was begun."""

_NUMBER = 32
"""Bytes of a number, which a model may draw out; a longer one is cut."""

JSON_CLOSERS = ("}", "]", '"', ",")


_ANNOTATIONS = frozenset(
    {"$comment", "$id", "$schema", "default", "deprecated", "description", "examples", "title"}
)
_BOUNDED: dict[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}),
    "integer": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}),
    "boolean": frozenset(),
    "null": frozenset(),
}
"""Keywords whose values can be closed within a known number of bytes, by type."""


def json_closing_bytes(schema: Mapping[str, Any]) -> int:
    """Return the most bytes between any place in a value of the schema and its end, closed at once.

    Closed at once: strings end where they are, arrays after the item they are in, or their least number,
    objects without fields beyond ``properties``. A token has at least one byte, so as many tokens suffice.

    :raises InputError: if the schema has a keyword that sets no such bound, such as ``$ref``, ``pattern`` or
        ``allOf``, or takes any value, as ``True`` and ``{}`` do.

    >>> json_closing_bytes({"enum": ["joy", "anger"]})
    7
    """
    if not isinstance(schema, Mapping):
        raise _unbounded("a schema as an object", schema)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            _refuse_beyond(schema, {key, "type"})
            return max(json_closing_bytes(option) for option in _listed(schema, key))
    if "enum" in schema or "const" in schema:
        _refuse_beyond(schema, {"enum", "const", "type"})
        values = _listed(schema, "enum") if "enum" in schema else [schema["const"]]
        return max(map(_bytes, values))
    kinds = schema.get("type", "object" if "properties" in schema else None)
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, Sequence) or not kinds or not all(k in _BOUNDED for k in kinds):
        _refuse_beyond(schema, {"type"})
        raise _unbounded(f"a type of {', '.join(_BOUNDED)}", schema)
    _refuse_beyond(schema, {"type"}.union(*(_BOUNDED[kind] for kind in kinds)))
    return max(_of_kind(kind, schema) for kind in kinds)


def _refuse_beyond(schema: Mapping[str, Any], known: Set[str]) -> None:
    unknown = sorted(schema.keys() - known - _ANNOTATIONS)
    if unknown:
        raise _unbounded(f"a schema without {', '.join(unknown)} here", schema)


def _listed(schema: Mapping[str, Any], key: str) -> Sequence[Any]:
    values = schema[key]
    if isinstance(values, str) or not isinstance(values, Sequence) or not values:
        raise _unbounded(f"at least one value in {key}", schema)
    return values


def _unbounded(expected: str, got: object) -> InputError:
    return InputError(
        f"Expected {expected}, got {repr(got)[:200]}. An answer must be closed within known bytes: write out "
        "what may stand there with type, properties, items, enum, const and anyOf."
    )


def _of_kind(kind: str, schema: Mapping[str, Any]) -> int:
    if kind == "object":
        return _of_object(schema)
    if kind == "array":
        if "items" not in schema:
            raise _unbounded("a schema of items", schema)
        items = max(_least(schema, "minItems"), 1)
        return 2 + items * (1 + json_closing_bytes(schema["items"]))
    if kind == "string":
        return 2 + 6 * _least(schema, "minLength")
    return _NUMBER if kind in {"number", "integer"} else len("false")


def _of_object(schema: Mapping[str, Any]) -> int:
    fields = schema.get("properties", {})
    if not isinstance(fields, Mapping) or set(schema.get("required", ())) - fields.keys():
        raise _unbounded("each required field in properties", schema)
    if schema.get("additionalProperties", False) is not False:
        raise _unbounded("additionalProperties of false", schema)
    return 2 + sum(_bytes(k) + 2 + json_closing_bytes(v) for k, v in fields.items())


def _least(schema: Mapping[str, Any], key: str) -> int:
    value = schema.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _unbounded(f"{key} as a whole number of 0 or more", schema)
    return value


def _bytes(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def json_closer(is_allowed: Callable[[str], bool]) -> str | None:
    """Return the character to write so that JSON ends soonest, None if none is allowed here.

    Inside a free string both brackets are allowed as text; outside, never both at one place.
    """
    if is_allowed("}") and is_allowed("]"):
        return '"' if is_allowed('"') else None
    return first_closer(JSON_CLOSERS, is_allowed)


def first_closer(closers: Sequence[str], is_allowed: Callable[[str], bool]) -> str | None:
    """Return the first character that is allowed, None if none is."""
    return next((closer for closer in closers if is_allowed(closer)), None)
