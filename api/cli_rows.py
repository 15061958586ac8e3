"""Rows of a CSV file or of JSON lines, each with its number; a bad row is answered at its place."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from affectgraph.api.cli_base import note
from affectgraph.api.record_files import Line, open_input, read_json_lines
from affectgraph.ontology.errors import InputError

DELIMITERS = {".csv": ",", ".tsv": "\t"}


def read_rows(name: str) -> list[Line]:
    """Return the rows of a file: a table with a header if it ends in .csv or .tsv, else JSON lines.

    Lines count from 1; a table's header is line 1.

    :raises typer.BadParameter: if there is no such file.
    :raises InputError: if a table is not in UTF-8 or its header names a column twice.
    """
    delimiter = DELIMITERS.get(Path(name).suffix.lower())
    with open_input(name) as stream:
        if delimiter is None:
            return list(read_json_lines(stream))
        try:
            return list(_table(stream, delimiter))
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError(f"Expected a table in UTF-8, got {name}: {error}.") from error


def _table(stream: BinaryIO, delimiter: str) -> Iterator[Line]:
    text = stream.read().decode("utf-8-sig")
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader, [])]
    if len(set(header)) < len(header):
        raise InputError(f"Expected each column once, got {', '.join(header)}.")
    for cells in reader:
        raw = delimiter.join(cells)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            fault = f"Expected {len(header)} cells, as in the header, got {len(cells)}."
            yield Line(reader.line_num, raw, None, fault)
        else:
            yield Line(reader.line_num, raw, dict(zip(header, cells, strict=True)))


def find_field(rows: Iterable[Line], names: Iterable[str], *, what: str) -> str:
    """Return the first of some names that a row has as a field.

    :raises InputError: if no row has one of them.
    """
    seen = dict.fromkeys(field for row in rows if row.record is not None for field in row.record)
    wanted = list(names)
    for name in wanted:
        if name in seen:
            return name
    raise InputError(
        f"Expected {what} in a column {' or '.join(wanted)}, got {', '.join(seen) or 'no columns'}."
    )


def say_faults(faults: Iterable[tuple[int, str]], *, file: str) -> int:
    """Write bad rows to stderr in order of their lines, and return how many there are."""
    found = sorted(faults)
    for line, fault in found:
        note(f"{file}, line {line}: {fault}")
    return len(found)
