"""Models whose fields are described by the docstrings under them, which are read when a JSON schema is asked.

pydantic's ``use_attribute_docstrings`` reads them as a class is made, from its source, for each class anew:
a fifth of the start of the service, for texts that its answers never hold.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue


class Described(BaseModel):
    """Base of models whose JSON schemas say of each field what stands below it in the source.

    A description given to ``Field`` goes before. A class without source, or within a function, has none.
    """

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Return the schema with the descriptions."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        texts = field_texts(cls)
        for name, field in cls.model_fields.items():
            shown = properties.get(name, properties.get(field.alias))
            if shown is not None and field.description is None and name in texts:
                shown["description"] = texts[name]
        return schema


def field_texts(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings under fields of a model by name, those of the class that declares each.

    >>> from affectgraph.api.shapes import ConceptName
    >>> field_texts(ConceptName)["iri"]
    'IRI of the concept.'
    """
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        declared = inspect.get_annotations(base)
        texts = _class_texts(base.__module__).get(base.__qualname__, {}) if declared else {}
        found = {name: text for name, text in found.items() if name not in declared} | texts
    return found


@cache
def _class_texts(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings under attributes by qualified name of a module's classes."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):
        return {}
    return {name: dict(_texts(class_.body)) for name, class_ in _classes(tree.body)}


def _classes(body: list[ast.stmt], outer: str = "") -> Iterator[tuple[str, ast.ClassDef]]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield outer + statement.name, statement
            yield from _classes(statement.body, f"{outer}{statement.name}.")


def _texts(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for declared, below in pairwise(body):
        if (
            isinstance(declared, ast.AnnAssign)
            and isinstance(declared.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield declared.target.id, inspect.cleandoc(below.value.value)
