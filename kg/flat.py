"""The graph as flat tables: one row a fact, one column a property, for spreadsheets and data frames.

Every table is a packaged query of ``kg/tables``; the first line of a query says what a row is. CSV keeps
values as the graph writes them; Parquet has columns of their type (extra ``tables``).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from affectgraph.kg.store import GraphStore
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import XSD

if TYPE_CHECKING:
    import pyarrow

Cell = NamedNode | BlankNode | Literal | Triple | None
Value = str | int | float | bool | datetime | None

ENDING = ".rq"


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A part of the graph as rows.

    :param name: name of the table and of its file.
    :param columns: names of the columns.
    :param rows: one cell per column; None where the graph says nothing.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def values(self, column: str) -> list[Value]:
        """Return a column as Python values: int, float, bool, datetime (UTC) or str.

        :raises InputError: if there is no such column.
        """
        if column not in self.columns:
            raise InputError(f"Expected a column of {', '.join(self.columns)}, got {column!r}.")
        place = self.columns.index(column)
        return [_value(row[place]) for row in self.rows]


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of the tables, sorted.

    >>> "concepts" in table_names()
    True
    """
    names = (entry.name for entry in files("affectgraph.kg.tables").iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


@cache
def table_query(name: str) -> str:
    """Return the query behind a table, its header included.

    :raises InputError: if there is no such table.
    """
    if name not in table_names():
        raise InputError(f"Expected a table of {', '.join(table_names())}, got {name!r}.")
    return files("affectgraph.kg.tables").joinpath(name + ENDING).read_text("utf-8")


def table_text(name: str) -> str:
    """Return what a row of a table is: the first line of its query's header."""
    return table_query(name).partition("\n")[0].removeprefix("# ")


def read_table(store: GraphStore, name: str) -> FlatTable:
    """Return a table as a store has it.

    :raises InputError: if there is no such table.
    """
    result = store.query(table_query(name))
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected kg/tables/{name}{ENDING} to be a SELECT query.")
    columns = tuple(variable.value for variable in result.variables)
    return FlatTable(name, columns, tuple(tuple(solution) for solution in result))


def read_tables(store: GraphStore) -> Iterator[FlatTable]:
    """Yield every table, sorted by name."""
    return (read_table(store, name) for name in table_names())


def _text(cell: Cell) -> str:
    return "" if cell is None else getattr(cell, "value", str(cell))


def _value(cell: Cell) -> Value:
    """Return a cell by its datatype; IRIs and text are strings."""
    if cell is None:
        return None
    if not isinstance(cell, Literal):
        return _text(cell)
    datatype = cell.datatype.value
    if datatype == XSD + "integer":
        return int(cell.value)
    if datatype in {XSD + "decimal", XSD + "double", XSD + "float"}:
        return float(cell.value)
    if datatype == XSD + "dateTime":
        return datetime.fromisoformat(cell.value)
    return cell.value == "true" if datatype == XSD + "boolean" else cell.value


def to_csv(table: FlatTable) -> str:
    """Return a table as CSV (RFC 4180) with a header line; what is missing is an empty field.

    A number is written as the graph has it, so no digit is lost.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def to_arrow(table: FlatTable, *, version: str) -> "pyarrow.Table":
    """Return a table with typed columns: int64, double, bool, timestamp or string.

    :param version: version of the graph; the schema's metadata says it, the licence and what a row is.
    :raises MissingExtraError: if pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("tables", feature="Writing Parquet") from error
    columns = [table.values(name) for name in table.columns]
    arrays = [pa.array(values, type=_column_type(values)) for values in columns]
    metadata = {
        "affectgraph.version": version,
        "affectgraph.licence": "CC BY 4.0; what comes from a source keeps the source's licence",
        "affectgraph.row": table_text(table.name),
    }
    found: pa.Table = pa.table(dict(zip(table.columns, arrays, strict=True)))
    return found.replace_schema_metadata(metadata)


def _column_type(values: list[Value]) -> "pyarrow.DataType":
    import pyarrow as pa

    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pa.bool_()
    if kinds == {int}:
        return pa.int64()
    if kinds == {datetime}:
        return pa.timestamp("s", tz="UTC")
    return pa.float64() if kinds and kinds <= {int, float} else pa.string()
