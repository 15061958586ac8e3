"""Batches whose bad items never cost the good ones their answers: each item has one, or its error."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field, ValidationError

from affectgraph.api.bodies import encodable
from affectgraph.api.problems import Problem, shorten, to_problem
from affectgraph.api.shapes import Shape
from affectgraph.ontology.errors import AffectGraphError, InputError

SHOWN = 120
"""Characters of a refused value that are repeated."""

Answer = TypeVar("Answer")
Model = TypeVar("Model", bound=BaseModel)


class BatchItem(Shape, Generic[Answer]):
    """The answer for one item, or what was wrong with it."""

    index: int = Field(description="Place of the item in the request, from 0.")
    answer: Answer | None = Field(description="The answer; null if the item is bad.")
    error: Problem | None = Field(description="What was wrong; null if it was answered.")


class Batch(Shape, Generic[Answer]):
    """The items' answers; bad items never cost the good ones theirs."""

    items: list[BatchItem[Answer]] = Field(description="One per item, in the order of the items.")
    answered: int = Field(description="Items with an answer.")
    failed: int = Field(description="Items without one.")


def answer_each(
    shape: type[Answer], items: Iterable[Any], answer: Callable[[Any], Answer]
) -> Batch[Answer]:
    """Return the answer of each item, an error of the package at the place of a bad one.

    :param shape: the class of the answers.
    :param answer: answers one item as the request has it.
    """
    found = [_item(shape, place, item, answer) for place, item in enumerate(items)]
    failed = sum(item.error is not None for item in found)
    return Batch[shape](  # type: ignore[valid-type]
        items=found, answered=len(found) - failed, failed=failed
    )


def _item(
    shape: type[Answer], place: int, item: Any, answer: Callable[[Any], Answer]
) -> BatchItem[Answer]:
    try:
        found = answer(item)
    except AffectGraphError as error:
        return BatchItem[shape](  # type: ignore[valid-type]
            index=place, answer=None, error=to_problem(error)
        )
    return BatchItem[shape](index=place, answer=found, error=None)  # type: ignore[valid-type]


def read_item(model: type[Model], item: object) -> Model:
    """Return an item of a batch as its model.

    :raises InputError: if it has not the model's form; every place is named with what came.
    """
    try:
        return model.model_validate(encodable(item))
    except ValidationError as error:
        raise InputError(faults_text(error)) from error


def faults_text(error: ValidationError, *, form: str = "the documentation gives") -> str:
    """Return what is wrong in one sentence; a rule of the model's own says it by itself.

    :param form: where the form is written that was expected.
    """
    faults = []
    for fault in error.errors(include_url=False)[:5]:
        if fault["type"] == "value_error":
            return f"{fault['ctx']['error']}."
        where = ".".join(str(part) for part in fault["loc"]) or "the item"
        faults.append(f"{where}: {fault['msg']}, got {shorten(repr(fault['input']), SHOWN)}")
    return f"Expected the fields and values that {form}. {'; '.join(faults)}."
