"""How many bytes closing takes at most; expected values are counted by hand."""

from typing import Any

import pytest

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.closing import first_closer, json_closer, json_closing_bytes


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ({"enum": ["joy", "anger"]}, len('"anger"')),
        ({"enum": ["joie", "Ärger"]}, len('"Ärger"') + 1),  # Ä has two bytes
        ({"const": True}, 4),
        ({"type": "boolean"}, 5),
        ({"type": "string"}, 2),
        ({"type": "string", "maxLength": 99}, 2),
        ({"type": "string", "minLength": 2}, 2 + 2 * 6),  # each may be written as \u0041
        ({"type": "array", "items": {"const": 7}}, len("[7,")),
        ({"type": "array", "items": {"const": 7}, "minItems": 3}, len("[7,7,7,]")),
        ({"type": "object", "properties": {"a": {"const": 1}}}, len('{"a":1,}')),
        ({"anyOf": [{"const": 1}, {"const": "xyz"}]}, 5),
        ({"type": ["string", "null"]}, 5),
    ],
)
def test_bytes_to_close(schema: dict[str, Any], count: int) -> None:
    assert json_closing_bytes(schema) >= count
    assert json_closing_bytes(schema) <= count + 1


def test_schema_that_refers_to_itself_is_refused() -> None:
    with pytest.raises(InputError, match=r"\$ref"):
        json_closing_bytes({"type": "array", "items": {"$ref": "#"}})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "[a-z]{99}"},
        {"type": "string", "format": "date-time"},
        {"allOf": [{"type": "string"}]},
        {"not": {"type": "string"}},
        {"type": "object", "required": ["a"]},
        {"type": "object", "properties": {"a": {"const": 1}}, "required": ["b"]},
        {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}},
        {"type": "object", "properties": {}, "additionalProperties": True},
        {"type": "object", "patternProperties": {"a": {"type": "string"}}},
        {"type": "object", "properties": {"a": {"const": 1}}, "minProperties": 1},
        {"type": "object", "properties": {"a": True}},
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": ["a"]},
        {"type": "array"},
        {"type": "array", "items": True},
        {"type": "array", "items": {"const": 1}, "minItems": "3"},
        {"type": "array", "items": {"const": 1}, "uniqueItems": True},
        {"type": "array", "items": {"const": 1}, "contains": {"const": 1}},
        {"type": "array", "prefixItems": [{"const": 1}]},
        {"type": "integer", "multipleOf": 7},
        {"type": "string", "minLength": 2.5},
        {"enum": []},
        {"enum": "joy"},
        {"enum": ["joy"], "pattern": "j"},
        {"anyOf": []},
        {"anyOf": [{"const": 1}], "minLength": 99},
        {"anyOf": [True]},
        {"type": []},
        {"type": "no such type"},
        {"type": 5},
        {},
        True,
    ],
)
def test_schema_that_cannot_be_bounded_is_refused(schema: Any) -> None:
    with pytest.raises(InputError, match="closed within known bytes"):
        json_closing_bytes(schema)


def test_words_about_a_schema_bound_nothing_and_are_taken() -> None:
    schema = {"title": "Emotion", "description": "One of two.", "enum": ["joy", "anger"]}

    assert json_closing_bytes(schema) == len('"anger"')


@pytest.mark.parametrize(
    ("allowed", "closer"),
    [
        ('"]}abc', '"'),  # in a string, where brackets are text
        ("]}abc", None),  # in a string that is still too short
        (",}", "}"),
        (",]", "]"),
        ('"]', "]"),  # an array that may be empty
        ('"}', "}"),
        ('"', '"'),
        (",", ","),
        ("0123456789", None),
    ],
)
def test_closer_of_json(allowed: str, closer: str | None) -> None:
    assert json_closer(lambda character: character in allowed) == closer


def test_first_closer_that_is_allowed() -> None:
    assert first_closer("[]", lambda c: c == "]") == "]"
    assert first_closer("[]", lambda _: False) is None
