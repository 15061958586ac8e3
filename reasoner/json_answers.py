"""Answers of models in JSON: what a schema of one is made of, and how its parts are read or refused."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from affectgraph.ontology.errors import ClaimError


def object_schema(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with these fields, all of them and no other."""
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


def array_schema(items: Mapping[str, Any], *, least: int, most: int) -> dict[str, Any]:
    """Return the schema of a list of so many items."""
    return {"type": "array", "items": dict(items), "minItems": least, "maxItems": most}


def read_json(text: str) -> Any:
    """Return the JSON value of an answer.

    :raises ClaimError: if it is none.

    >>> read_json('{"claims":[]}')
    {'claims': []}
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ClaimError(f"Expected an answer in JSON, got {text[:80]!r}: {error}.") from error


def required_field(value: object, name: str, kind: type) -> Any:
    """Return a field of an object.

    :raises ClaimError: if it is missing or of another type.
    """
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise ClaimError(f"Expected {name!r} as {kind.__name__} in the answer, got {found!r}.")
    return found


def refuse_further(value: object, names: Sequence[str], what: str) -> None:
    """Do nothing if an object has no field beyond these.

    :raises ClaimError: if it has one.
    """
    further = sorted(value.keys() - set(names)) if isinstance(value, dict) else []
    if further:
        raise ClaimError(
            f"Expected the fields {', '.join(names)} alone in {what}, got {further[0]!r} too."
        )


def require_offered(name: object, offered: Sequence[str], kind: str) -> None:
    """Do nothing if a name was offered.

    :raises ClaimError: if it was not.
    """
    if name not in offered:
        raise ClaimError(f"Expected {kind} that was offered, got {name!r}.")


def shown_json(value: object, most: int = 300) -> str:
    """Return a value of an answer as JSON for a reader, cut where it is long.

    >>> shown_json({"type": "observes"}, most=12)
    '{"type": "ob...'
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}..."
