"""Rows of a CSV file or of JSON lines, each with its number; a bad row is answered at its place."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from affectgraph.api.cli_base import note
from affectgraph.api.record_files import (
    CSV_ENDINGS,
    Line,
    open_input,
    read_csv_lines,
    read_json_lines,
)
from affectgraph.ontology.errors import InputError


def read_rows(name: str, *, columns: Sequence[str] = ()) -> list[Line]:
    """Return the rows of a file: a table with a header if it ends in .csv or .tsv, else JSON lines.

    Lines count from 1; a table's header is line 1. Spaces around the names of its columns do not count,
    and rows of empty cells are passed over.

    :param columns: columns that the header of a table has to name, as ``--columns`` lists them.
    :raises typer.BadParameter: if there is no such file, or the header of a table names a column twice or
        lacks one of the columns.
    """
    delimiter = CSV_ENDINGS.get(Path(name).suffix.lower())
    with open_input(name) as stream:
        if delimiter is None:
            return list(read_json_lines(stream))
        lines = read_csv_lines(
            stream,
            name,
            columns=columns,
            option="--columns",
            delimiter=delimiter,
            strip_header=True,
        )
        return [line for line in lines if not _is_blank(line)]


def _is_blank(line: Line) -> bool:
    return line.record is not None and not any(cell.strip() for cell in line.record.values())


def find_field(rows: Iterable[Line], names: Iterable[str], *, what: str) -> str:
    """Return the first of some names that a row has as a field.

    :raises InputError: if no row has one of them; it says what is wrong with the first row if all are bad.
    """
    read = list(rows)
    seen = dict.fromkeys(field for row in read if row.record is not None for field in row.record)
    wanted = list(names)
    for name in wanted:
        if name in seen:
            return name
    shown = ", ".join(seen).encode("utf-8", "backslashreplace").decode("utf-8") or "no columns"
    if read and not seen:
        shown = f"no good row. Line {read[0].number}: {read[0].fault.removesuffix('.')}"
    raise InputError(f"Expected {what} in a column {' or '.join(wanted)}, got {shown}.")


def say_faults(faults: Iterable[tuple[int, str]], *, file: str) -> int:
    """Write bad rows to stderr in order of their lines, and return how many there are."""
    found = sorted(faults)
    for line, fault in found:
        note(f"{file}, line {line}: {fault}")
    return len(found)
