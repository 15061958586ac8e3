"""Requests refuse values outside their ranges, and say which."""

from typing import Any

import pytest

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.constrain import JsonSchema
from affectgraph.reasoner.models import GenerationRequest, Message

USER = (Message("user", "AU4?"),)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": 2.5}, "max_tokens"),
        ({"max_tokens": True}, "max_tokens"),
        ({"temperature": -0.1}, "temperature"),
        ({"temperature": float("nan")}, "temperature"),
        ({"temperature": 11}, "temperature"),
        ({"top_p": 0}, "top_p"),
        ({"top_p": 1.01}, "top_p"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": True}, "seed"),
        ({"stop": "END"}, "stop"),
        ({"stop": ("",)}, "stop"),
        ({"stop": (3,)}, "stop"),
        ({"stop": None}, "stop"),
        ({"temperature": "1"}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"top_p": None}, "top_p"),
        ({"constraint": {}}, "JsonSchema.of"),
        ({"constraint": "root ::= x"}, "JsonSchema.of"),
    ],
)
def test_value_outside_its_range_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        GenerationRequest(USER, **options)


@pytest.mark.parametrize(
    "messages", [(), None, [*USER], ("AU4?",), ({"role": "user", "content": "AU4?"},)]
)
def test_request_without_proper_messages_is_refused(messages: Any) -> None:
    with pytest.raises(InputError, match="at least one message"):
        GenerationRequest(messages)


def test_role_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="'tool'"):
        Message("tool", "x")  # type: ignore[arg-type]


def test_message_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="NoneType"):
        Message("user", None)  # type: ignore[arg-type]


def test_too_little_room_for_a_constraint_is_refused_with_the_least() -> None:
    constraint = JsonSchema.of({"enum": ["joy", "anger"]})

    with pytest.raises(InputError, match=f"at least {constraint.reserve}"):
        GenerationRequest(USER, constraint, max_tokens=constraint.reserve - 1)
    assert GenerationRequest(USER, constraint, max_tokens=constraint.reserve).constraint


def test_temperature_0_is_greedy() -> None:
    assert not GenerationRequest(USER).is_sampled
    assert GenerationRequest(USER, temperature=0.1).is_sampled
