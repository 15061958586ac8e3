"""How an answer in JSON is closed before its tokens run out, and how many that takes at most."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from affectgraph.ontology.errors import InputError

SLACK = 12
"""Bytes for the token that ends the answer, and for a character or escape that was begun."""

_NUMBER = 32
"""Bytes of a number, which a model may draw out; a longer one is cut."""

JSON_CLOSERS = ("}", "]", '"', ",")


def json_closing_bytes(schema: Mapping[str, Any]) -> int:
    """Return the most bytes between any place in a value of the schema and its end, closed at once.

    Closed at once: strings end where they are, arrays after the item they are in, or their least number.
    A token has at least one byte, so as many tokens suffice.

    :raises InputError: if the schema refers to parts of itself by ``$ref``.

    >>> json_closing_bytes({"enum": ["joy", "anger"]})
    7
    """
    if "$ref" in schema:
        raise InputError(
            f"Expected a schema without $ref, got {schema['$ref']!r}. Write the part out."
        )
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return max(json_closing_bytes(option) for option in schema[key])
    if "enum" in schema or "const" in schema:
        return max(map(_bytes, schema.get("enum", [schema.get("const")])))
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return max(_of_kind(kind, schema) for kind in kinds)


def _of_kind(kind: str, schema: Mapping[str, Any]) -> int:
    if kind == "object":
        fields = schema.get("properties", {})
        return 2 + sum(_bytes(k) + 2 + json_closing_bytes(v) for k, v in fields.items())
    if kind == "array":
        items = max(int(schema.get("minItems", 0)), 1)
        return 2 + items * (1 + json_closing_bytes(schema.get("items", {"type": "null"})))
    if kind == "string":
        return 2 + 6 * int(schema.get("minLength", 0))
    return _NUMBER if kind in {"number", "integer"} else len("false")


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
