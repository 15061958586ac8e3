"""Fields are described in schemas by the docstrings under them, read when a schema is asked."""

import subprocess
import sys
from typing import Annotated, Generic, TypeVar

import pytest
from pydantic import BaseModel, Field

from affectgraph.api.described import Described, field_texts

Item = TypeVar("Item")


class Face(Described):
    """A face."""

    name: str
    """Whose it is."""
    unit: int = Field(1, alias="au", description="Given to Field.")
    """Not this."""
    seen: bool = False
    note: str = ""
    """Two lines,
    without the indent.
    """


class Smile(Face):
    """A face that smiles."""

    name: str = "nobody"
    unit: int = 12
    """Of the class that declares it anew."""
    width: float = 0.0
    """Of its own."""


class Pair(Described, Generic[Item]):
    """Two of a kind."""

    first: Item
    """The one."""


Meaning = Annotated[Face | None, Field(title="What is meant")]


class Found(Described):
    """An answer."""

    meaning: Meaning
    """What it means here."""


class Elsewhere(Described):
    """Another answer, with the same alias for its type."""

    meaning: Meaning


class Renamed(Described):
    """Has a field that is a keyword outside."""

    start: int = Field(alias="from")
    """Where it begins."""


class Outer(Described):
    """Holds a class."""

    class Inner(Described):
        """Held."""

        name: str
        """Its name."""

    name: str = ""


def described(model: type[BaseModel], *, by_alias: bool = True) -> dict[str, str | None]:
    properties = model.model_json_schema(by_alias)["properties"]
    return {name: schema.get("description") for name, schema in properties.items()}


def test_docstring_under_a_field_describes_it_in_the_schema() -> None:
    assert described(Face) == {
        "name": "Whose it is.",
        "au": "Given to Field.",
        "seen": None,
        "note": "Two lines,\nwithout the indent.",
    }


def test_field_declared_anew_has_the_text_of_the_class_that_declares_it_or_none() -> None:
    assert described(Smile) == {
        "name": None,
        "unit": "Of the class that declares it anew.",
        "seen": None,
        "note": "Two lines,\nwithout the indent.",
        "width": "Of its own.",
    }


def test_shape_of_a_type_has_the_texts_of_the_shape_of_any() -> None:
    assert described(Pair[int]) == {"first": "The one."}
    assert described(Pair[Face]) == {"first": "The one."}


def test_text_of_one_field_is_not_told_of_others_of_the_same_type() -> None:
    assert described(Found) == {"meaning": "What it means here."}
    assert described(Elsewhere) == {"meaning": None}


def test_class_within_a_class_has_its_own_texts() -> None:
    assert described(Outer.Inner) == {"name": "Its name."}
    assert described(Outer) == {"name": None}


def test_field_of_another_name_is_described_by_either_name() -> None:
    assert described(Renamed) == {"from": "Where it begins."}
    assert described(Renamed, by_alias=False) == {"start": "Where it begins."}


def test_class_without_source_has_no_texts() -> None:
    code = (
        "from affectgraph.api.described import Described, field_texts\n"
        "class A(Described):\n    x: int\n    'Told.'\n"
        "print(field_texts(A), A.model_json_schema()['properties'])"
    )

    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "{} {'x': {'title': 'X', 'type': 'integer'}}\n"


@pytest.mark.parametrize("model", [Face, Smile, Found])
def test_texts_are_of_fields_of_the_model(model: type[BaseModel]) -> None:
    assert field_texts(model).keys() <= model.model_fields.keys()
