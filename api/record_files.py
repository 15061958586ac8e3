"""Records of files: lines of text, JSON lines, CSV and Parquet. A bad row yields its fault at its place."""

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from affectgraph.api.cli_base import usage
from affectgraph.api.json_text import unique_names
from affectgraph.ontology.errors import MissingExtraError

JSON_ENDINGS = {".jsonl", ".ndjson"}
CSV_ENDINGS = {".csv": ",", ".tsv": "\t"}
"""Ending -> what parts the cells."""
PARQUET_ENDINGS = {".parquet"}
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input.

    :param number: line, or row of Parquet, counted from 1.
    :param record: its fields; None if the line is bad.
    :param raw: the line as read.
    :param fault: what is wrong with it.
    """

    number: int
    raw: str
    record: dict[str, Any] | None
    fault: str = ""


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """Give a file for reading, stdin for ``-``.

    :raises typer.BadParameter: if there is no such file.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise usage(f"Cannot read {name}: {error.strerror}.") from error
    with stream:
        yield stream


def read_lines(stream: BinaryIO, name: str, *, field: str) -> Iterator[Line]:
    """Return the records of a file by the ending of its name; one without the field is bad.

    ``.csv``, ``.tsv`` (with a header line) and ``.parquet``; ``.jsonl`` and ``.ndjson``, or any whose first
    line starts with a brace, are JSON lines; every other is text, a record a line.

    :raises typer.BadParameter: if a table lacks the column, or cannot be read at all.
    :raises MissingExtraError: if a Parquet file comes and pyarrow is not installed.
    """
    ending = Path(name).suffix.lower()
    if ending in CSV_ENDINGS:
        return read_csv_lines(stream, name, columns=[field], delimiter=CSV_ENDINGS[ending])
    if ending in PARQUET_ENDINGS:
        return read_parquet_rows(stream, name, field=field)
    first = stream.readline()
    lines = (line for part in ([first] if first else [], stream) for line in part)
    if first.removeprefix(BOM).lstrip().startswith(b"{") or ending in JSON_ENDINGS:
        return _with_field(read_json_lines(lines), field)
    return read_plain_lines(lines, field=field)


def read_records(stream: BinaryIO, name: str, *, field: str | None = None) -> Iterator[Line]:
    """Return the records of a table, by the ending of its name, or of JSON lines.

    :param field: a field that each record must have: one without it is bad; None if none is asked for.
    :raises typer.BadParameter: if a table lacks the column, or cannot be read at all.
    :raises MissingExtraError: if a Parquet file comes and pyarrow is not installed.
    """
    ending = Path(name).suffix.lower()
    if ending in CSV_ENDINGS:
        columns = [] if field is None else [field]
        return read_csv_lines(stream, name, columns=columns, delimiter=CSV_ENDINGS[ending])
    if ending in PARQUET_ENDINGS:
        return read_parquet_rows(stream, name, field=field)
    lines = read_json_lines(stream)
    return lines if field is None else _with_field(lines, field)


# --- lines ----------------------------------------------------------------------------------------


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON; write null")


def _finite(text: str) -> float:
    value = float(text)
    if math.isfinite(value):
        return value
    raise ValueError(f"{text} is beyond what a number can be; write it as text")


def read_json_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """Yield the records of JSON lines; blank lines are passed over, bad ones yield their fault."""
    for number, content in enumerate(lines, start=1):
        if content.strip():
            yield _read_json(number, content.removeprefix(BOM))


def _read_json(number: int, content: bytes) -> Line:
    raw = content.decode("utf-8", "replace").rstrip("\r\n")
    try:
        text = content.decode("utf-8")
        record = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=unique_names,
        )
    except (ValueError, RecursionError) as error:
        return Line(number, raw, None, f"Expected a JSON object: {error}.")
    if not isinstance(record, dict):
        return Line(number, raw, None, f"Expected a JSON object, got {type(record).__name__}.")
    return Line(number, raw, record)


def read_plain_lines(lines: Iterable[bytes], *, field: str) -> Iterator[Line]:
    """Yield a record per line with the line as its only field; empty lines count, too."""
    for number, content in enumerate(lines, start=1):
        raw = content.removeprefix(BOM).decode("utf-8", "replace").rstrip("\r\n")
        yield Line(number, raw, {field: raw})


def _with_field(lines: Iterable[Line], field: str) -> Iterator[Line]:
    """Yield lines; a record without the field is a bad line, not one of no text."""
    for line in lines:
        if line.record is not None and field not in line.record:
            fault = (
                f"Expected a field {field!r}, got {', '.join(line.record) or 'none'}. See --field."
            )
            yield Line(line.number, line.raw, None, fault)
        else:
            yield line


# --- tables ---------------------------------------------------------------------------------------


def read_csv_lines(
    stream: BinaryIO,
    name: str,
    *,
    columns: Sequence[str] = (),
    option: str = "--field",
    delimiter: str = ",",
    strip_header: bool = False,
) -> Iterator[Line]:
    """Yield the rows of a table with a header line; ragged rows and bad bytes yield their fault.

    Blank lines are passed over. A row's number is that of its first line in the file.

    :param columns: columns that the header has to name.
    :param option: the option that chose them.
    :param strip_header: take the names of the columns without the spaces around them.
    :raises typer.BadParameter: if the header names a column twice or lacks one of the columns.
    """
    text = TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        header = _header(rows, name, strip=strip_header)
        for column in columns:
            _require_column(header, name, column, option)
        before = rows.line_num
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Line(before + 1, "", None, f"Expected a row of cells: {error}.")
                before = rows.line_num
                continue
            if row:
                yield _read_row(before + 1, header, row, delimiter)
            before = rows.line_num
    finally:
        text.detach()  # whoever opened the stream closes it


def _header(rows: Iterator[list[str]], name: str, *, strip: bool) -> list[str]:
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise usage(f"Expected a header line in {name}: {error}.") from error
    if strip:
        header = [column.strip() for column in header]
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise usage(
            f"Expected each column once, got {', '.join(map(repr, twice))} twice in {name}."
        )
    return header


def _require_column(columns: list[str], name: str, field: str, option: str = "--field") -> None:
    if field not in columns:
        shown = ", ".join(map(repr, columns)) or "no header line"
        raise usage(f"Expected a column {field!r} in {name}, got {shown}. See {option}.")


def _read_row(number: int, header: list[str], row: list[str], delimiter: str) -> Line:
    raw = delimiter.join(row).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if len(row) < len(header):
        missing = ", ".join(map(repr, header[len(row) :]))
        fault = f"Expected {len(header)} cells, got {len(row)}: none for column {missing}."
        return Line(number, raw, None, fault)
    if len(row) > len(header):
        fault = f"Expected {len(header)} cells, got {len(row)}: no column for {row[len(header)]!r}."
        return Line(number, raw, None, fault)
    for column, cell in zip(header, row, strict=True):
        try:
            cell.encode("utf-8")
        except UnicodeEncodeError as error:
            fault = f"Expected UTF-8 in column {column!r}, got a bad byte at {error.start}."
            return Line(number, raw, None, fault)
    return Line(number, raw, dict(zip(header, row, strict=True)))


def read_parquet_rows(stream: BinaryIO, name: str, *, field: str | None = None) -> Iterator[Line]:
    """Yield the rows of a Parquet file as JSON data.

    Maps are objects, times text, NaN null, bytes a fault.

    :raises typer.BadParameter: if it is no Parquet file or lacks the field.
    :raises MissingExtraError: if pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException, parquet, types
    except ImportError as error:
        raise MissingExtraError("tables", feature="Reading Parquet") from error
    try:
        file = parquet.ParquetFile(stream)
    except ArrowException as error:
        raise usage(f"Expected a Parquet file, got {name}: {error}") from error
    if field is not None:
        _require_column(file.schema_arrow.names, name, field)
    maps = {column.name for column in file.schema_arrow if types.is_map(column.type)}
    number = 0
    for batch in file.iter_batches():
        for row in batch.to_pylist():
            number += 1
            yield _read_values(number, row, maps)


def _read_values(number: int, row: dict[str, Any], maps: set[str]) -> Line:
    record = {}
    for column, value in row.items():
        try:
            record[column] = _plain({} if value == [] and column in maps else value)
        except ValueError as error:
            fault = f"Expected names that differ in column {column!r}: {error}."
            return Line(number, str(row), None, fault)
        except TypeError:
            kind = type(value).__name__
            fault = (
                f"Expected text, numbers, times or lists of them in column {column!r}, got {kind}."
            )
            return Line(number, str(row), None, fault)
    return Line(number, "", record)


def _plain(value: Any) -> Any:
    """Return a value as JSON data. A map comes as the list of its pairs.

    :raises TypeError: if JSON has no such value.
    :raises ValueError: if a map gives a name twice with two values.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list):
        if value and all(isinstance(part, tuple) for part in value):
            return unique_names([(str(name), _plain(part)) for name, part in value])
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    raise TypeError(type(value).__name__)
