"""JSON that people write into options, cells and lines: no name has two values."""

import json
from typing import Any

from affectgraph.ontology.errors import InputError


def unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a name with two values would lose one of them.

    :raises ValueError: if there is such a name.
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            raise ValueError(f"{name!r} has two values, {found[name]!r} and {value!r}")
        found[name] = value
    return found


def read_json(content: str, expected: str) -> Any:
    """Return JSON data, of which no name may stand twice with two values.

    :param expected: what the message says was expected.
    :raises InputError: if the text is no such JSON.

    >>> read_json('{"AU12_r": 2}', "readings")
    {'AU12_r': 2}
    """
    try:
        return json.loads(content, object_pairs_hook=unique_names)
    except (ValueError, RecursionError) as error:
        raise InputError(f"Expected {expected}, got {content[:80]!r}: {error}.") from error
