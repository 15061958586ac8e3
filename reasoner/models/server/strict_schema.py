"""JSON Schemas in the part that OpenAI's strict mode takes ("Structured outputs", supported schemas)."""

from collections.abc import Iterator
from typing import Any

MOST_VALUES = 1_000
"""Most values of all enumerations of a schema."""

MOST_VALUES_OF_ANY_LENGTH = 250
LONGEST_OF_MORE_VALUES = 15_000
"""Most characters of an enumeration with more than :data:`MOST_VALUES_OF_ANY_LENGTH` values."""

MOST_CHARACTERS = 120_000
"""Most characters of all names of properties and values of enumerations."""


def strict_schema(schema: Any) -> Any:
    """Return a schema without bounds on the length of texts, and with a type for enumerations of texts.

    What is left out is checked here, in the answer.

    >>> strict_schema({"enum": ["joy"]})
    {'type': 'string', 'enum': ['joy']}
    """
    if isinstance(schema, list):
        return [strict_schema(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if _is_enumeration(schema):
        return {"type": "string", **schema}
    return {
        key: {name: strict_schema(part) for name, part in value.items()}
        if key == "properties"
        else strict_schema(value)
        for key, value in schema.items()
        if key not in {"minLength", "maxLength"}
    }


def is_within_strict_limits(schema: Any) -> bool:
    """Return whether strict mode takes a schema of this size and root."""
    values = [[str(value) for value in part["enum"]] for part in _parts(schema) if "enum" in part]
    names = [name for part in _parts(schema) for name in part.get("properties", {})]
    lengths = [sum(map(len, of_one)) for of_one in values]
    return (
        schema.get("type") == "object"
        and sum(map(len, values)) <= MOST_VALUES
        and sum(lengths) + sum(map(len, names)) <= MOST_CHARACTERS
        and all(
            len(of_one) <= MOST_VALUES_OF_ANY_LENGTH or length <= LONGEST_OF_MORE_VALUES
            for of_one, length in zip(values, lengths, strict=True)
        )
    )


def _is_enumeration(schema: dict[str, Any]) -> bool:
    values = schema.get("enum")
    return (
        "type" not in schema
        and isinstance(values, list)
        and all(isinstance(v, str) for v in values)
    )


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema and all schemas within it."""
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key == "properties":
                for part in value.values():
                    yield from _parts(part)
            elif key != "enum":
                yield from _parts(value)
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part)
