"""Records of files as the checker takes them: cells of tables are text, and some hold JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from affectgraph.api.json_text import read_json
from affectgraph.api.record_files import CSV_ENDINGS, PARQUET_ENDINGS
from affectgraph.ontology.errors import AffectGraphError

JSON_CELLS = ("aus", "vad")
"""Columns of a table whose cells hold JSON."""

Answer = TypeVar("Answer")


def is_table(name: str) -> bool:
    """Return whether a file is a table, by the ending of its name."""
    return Path(name).suffix.lower() in {*CSV_ENDINGS, *PARQUET_ENDINGS}


def to_record(
    record: Mapping[str, Any],
    *,
    field: str,
    text: str,
    in_table: bool = False,
    json_cells: Sequence[str] = JSON_CELLS,
) -> dict[str, Any]:
    """Return a record with its text where it is looked for.

    :param field: field or column of the text.
    :param text: the field where it is looked for.
    :param in_table: empty cells are as if not given, and those of ``json_cells`` are read as JSON. A struct,
        also in a list, has the same members in every row: empty ones are as if not given, and so is one of
        no others.
    :param json_cells: columns whose cells hold JSON.
    :raises InputError: if such a cell is no JSON.

    >>> to_record({"why": "AU12", "aus": '{"AU12_r": 2}'}, field="why", text="rationale", in_table=True)
    {'why': 'AU12', 'aus': {'AU12_r': 2}, 'rationale': 'AU12'}
    """
    found = dict(record)
    if in_table:
        found = {name: None if value == "" else value for name, value in found.items()}
        found |= {name: _cell(found[name], name) for name in json_cells if name in found}
    return {**found, text: found.get(field)}


def _cell(cell: Any, column: str) -> Any:
    """Return what a cell of a column of JSON holds."""
    if isinstance(cell, str):
        return read_json_cell(cell, column)
    if isinstance(cell, list):
        return [_cell(part, column) if isinstance(part, Mapping) else part for part in cell]
    if isinstance(cell, Mapping):
        return {name: value for name, value in cell.items() if value is not None} or None
    return cell


def read_json_cell(content: str, name: str) -> Any:
    """Return JSON data, of which no name may stand twice with two values.

    :param name: what the text is called in the message.
    :raises InputError: if the text is no such JSON.
    """
    return read_json(content, f"JSON in {name!r}")


def answer_records(
    records: Iterable[Mapping[str, Any]],
    answer: Callable[[dict[str, Any]], Answer],
    prepare: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> list[Answer | AffectGraphError]:
    """Return the answer of each record once it is prepared; a bad one gives its error and loses no other."""
    found: list[Answer | AffectGraphError] = []
    for record in records:
        try:
            found.append(answer(prepare(record)))
        except AffectGraphError as error:
            found.append(error)
    return found
