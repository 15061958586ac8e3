"""Frozen dataclasses that are made in less time are the same in every other way."""

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import WordForm
from affectgraph.linkers import Evidence


@dataclass(frozen=True, slots=True)
class Plain:
    first: int
    second: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Checked:
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("negative")


def evidence() -> Evidence:
    return Evidence("label", "joy", "joy", "iri", "parrott-2001", 0.99)


def test_signature_is_that_of_the_dataclass() -> None:
    assert inspect.signature(Quick) == inspect.signature(Plain)
    assert Quick(1).second == ()


def test_fields_cannot_be_set_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        evidence().value = 1.0  # type: ignore[misc]


def test_values_are_equal_hashed_alike_and_pickled() -> None:
    assert evidence() == evidence()
    assert hash(evidence()) == hash(evidence())
    assert pickle.loads(pickle.dumps(evidence())) == evidence()  # noqa: S301 - our own bytes


def test_replace_makes_a_changed_copy() -> None:
    assert replace(evidence(), value=0.5).value == 0.5
    assert evidence().value == 0.99


def test_missing_and_unknown_arguments_are_type_errors() -> None:
    with pytest.raises(TypeError):
        Evidence("label", "joy")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        WordForm(colour="red")  # type: ignore[call-arg]


def test_check_after_making_is_kept() -> None:
    assert Checked(1).value == 1
    with pytest.raises(ValueError, match="negative"):
        Checked(-1)


def test_class_without_slots_is_refused() -> None:
    @dataclass(frozen=True)
    class Open:
        value: int

    with pytest.raises(TypeError, match="dataclass with slots"):
        quickly_made(Open)


def test_default_factory_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Filled:
        values: list[int] = field(default_factory=list)

    with pytest.raises(TypeError, match="default factories"):
        quickly_made(Filled)


def test_field_for_keywords_only_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        value: int = field(kw_only=True)

    with pytest.raises(TypeError, match="plain fields"):
        quickly_made(Named)


def test_field_outside_init_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Counted:
        value: int = field(init=False, default=3)

    with pytest.raises(TypeError, match="plain fields"):
        quickly_made(Counted)


def test_subclass_with_inherited_fields_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Base:
        value: int

    @dataclass(frozen=True, slots=True)
    class Wider(Base):
        other: int

    with pytest.raises(TypeError, match="slots of its own"):
        quickly_made(Wider)
