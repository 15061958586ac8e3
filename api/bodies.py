"""What every request body is made of: numbers, limits, and texts that an answer can carry."""

import re
from typing import Annotated

from pydantic import ConfigDict, Field, Strict, model_validator

from affectgraph.api.described import Described
from affectgraph.ontology.errors import InputError

_SURROGATES = re.compile("[\ud800-\udfff]")

BATCH_LIMIT = 1_000
"""Items a batch may have."""
Coordinate = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
"""A number of -1..1; NaN and infinities are refused."""
JsonCoordinate = Annotated[Coordinate, Strict()]
"""The same in JSON, where truth values and text are refused, too."""
JsonNumber = Annotated[float, Strict()]
"""A number in JSON, where truth values and text are refused."""
COLUMN_LENGTH = 100
"""Characters of a column's name: a longer one is none of a detector's, and would be repeated in notes."""
JsonReadings = dict[Annotated[str, Field(max_length=COLUMN_LENGTH)], JsonNumber]
"""A detector's readings by column name, each of up to 100 characters."""
Limit = Annotated[int, Field(ge=1, le=200)]
"""How many answers at most."""


def encodable(data: object) -> object:
    r"""Return JSON data with each lone surrogate (``"\ud800"``) replaced by U+FFFD.

    JSON can name them and no answer can carry them; lengths and positions stay as they are.

    :raises InputError: if two names of an object become one, which would lose a value, or the data is
        nested more deeply than can be read, some hundreds of levels.
    """
    try:
        return _encodable(data)
    except RecursionError as error:
        raise InputError(
            "Expected JSON nested less deeply, got some hundreds of levels. Send it flat."
        ) from error


def _encodable(data: object) -> object:
    if isinstance(data, str):
        return data if data.isascii() else _SURROGATES.sub("\ufffd", data)
    if isinstance(data, list):
        return [_encodable(item) for item in data]
    if isinstance(data, dict):
        found = {_encodable(key): _encodable(item) for key, item in data.items()}
        if len(found) < len(data):
            raise InputError(
                "Expected names that differ, got some that differ in lone surrogates (\\ud800 to "
                "\\udfff) alone, which no answer can carry. Rename them."
            )
        return found
    return data


def _encodable_item(item: object) -> object:
    """Return an item of a list encodable, or as it is: what is refused is refused at its place."""
    try:
        return encodable(item)
    except InputError:
        return item


class Body(Described):
    """Base of what the service takes: unknown fields are refused, so that a slip is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _make_encodable(cls, data: object) -> object:
        if not isinstance(data, dict):
            return encodable(data)
        return {
            encodable(name): list(map(_encodable_item, value))
            if isinstance(value, list)
            else encodable(value)
            for name, value in data.items()
        }
