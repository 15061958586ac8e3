"""Reads the curated tables under ``ontology/tables`` as checked rows.

A table is a UTF-8 TSV with one header line and no quoting. A :class:`Row` remembers its file and
line, so that whatever is wrong with it can be said in the form ``file:line: message``.

Where every row of a long table comes from the same place, ``shared_provenance.tsv`` says so once:
its cells then belong to each row of that table, as if they stood there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from affectgraph.ontology.errors import OntologyError

TABLES = (
    "action_units",
    "alignment_readings",
    "alignments",
    "anchor_readings",
    "au_base_rates",
    "au_cues",
    "au_detectors",
    "au_intensity",
    "au_patterns",
    "cause_types",
    "channel_cues",
    "cooccurrence",
    "cue_readings",
    "cue_types",
    "definition_readings",
    "definitions",
    "deprecated",
    "dyads",
    "emotionml_items",
    "emotionml_vocabularies",
    "external_terms",
    "form_readings",
    "leads_to",
    "modalities",
    "opposites",
    "opposites_lexical",
    "scheme_label_aliases",
    "scheme_labels",
    "schemes",
    "shared_provenance",
    "sources",
    "states",
    "term_links",
    "tree",
    "tree_variants",
    "vad_concepts",
    "vad_estimated",
    "vad_glasgow",
    "vad_senses",
    "vad_validation",
    "vocabulary",
    "vocabulary_readings",
    "word_use_readings",
    "word_uses",
)
"""Names of the tables the build reads, without the ending."""

SHARED = "shared_provenance"
"""The table that says once where all rows of another table come from."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell's text; empty if the cell is empty."""
        return self.cells[column]

    def number(self, column: str) -> float:
        """Return the cell as a float.

        :raises OntologyError: if the cell is not a number.
        """
        try:
            return float(self.cells[column])
        except ValueError:
            raise self.error(f"expected a number in {column!r}, got {self[column]!r}.") from None

    def integer(self, column: str) -> int:
        """Return the cell as an int.

        :raises OntologyError: if the cell is not a whole number.
        """
        try:
            return int(self.cells[column])
        except ValueError:
            raise self.error(f"expected an integer in {column!r}, got {self[column]!r}.") from None

    def error(self, message: str) -> OntologyError:
        """Return the error that names this row, ready to be raised."""
        repair = f"edit ontology/tables/{self.file} line {self.line}, then run `make data`"
        return OntologyError(message, file=self.file, row=self.line, repair=repair)


def parse_table(text: str, *, file: str) -> tuple[Row, ...]:
    r"""Return the rows of a table given as text.

    :param text: the whole file.
    :param file: its name, for messages.
    :raises OntologyError: if a line has another number of cells than the header, a column name
        repeats, or a cell has white space at its ends.

    >>> [row["a"] for row in parse_table("a\tb\n1\t2\n", file="t.tsv")]
    ['1']
    """
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    if not lines:
        raise OntologyError("expected a header line, got an empty file.", file=file, row=1)
    columns = lines[0].split("\t")
    if len(set(columns)) != len(columns):
        raise OntologyError(f"column names repeat: {columns}.", file=file, row=1)
    return tuple(_parse_lines(lines[1:], columns, file))


def _parse_lines(lines: list[str], columns: list[str], file: str) -> Iterator[Row]:
    for line, content in enumerate(lines, start=2):
        cells = content.split("\t")
        row = Row(file, line, dict(zip(columns, cells, strict=False)))
        if len(cells) != len(columns):
            raise row.error(f"expected {len(columns)} cells ({columns}), got {len(cells)}.")
        for column, cell in row.cells.items():
            if cell != cell.strip():
                raise row.error(f"white space at the ends of {column!r}: {cell!r}.")
        yield row


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """Return the rows of a packaged table, in file order; read once per process.

    :param name: one of :data:`TABLES`.
    :raises OntologyError: if the table is not well formed.

    >>> read_table("tree")[0]["label"]
    'love'
    """
    rows = _read(name)
    shared = next((row for row in _read(SHARED) if row["table"] == name), None)
    return rows if shared is None else with_provenance(rows, shared)


def with_provenance(rows: tuple[Row, ...], shared: Row) -> tuple[Row, ...]:
    """Return rows that also have the cells of their table's row of ``shared_provenance.tsv``.

    :raises OntologyError: if the table has such a column itself: one place only says where rows are from.
    """
    common = {column: cell for column, cell in shared.cells.items() if column != "table"}
    for row in rows[:1]:
        twice = sorted(common.keys() & row.cells.keys())
        if twice:
            raise shared.error(
                f"{row.file} has columns {twice} of its own; expected them here only."
            )
    return tuple(Row(row.file, row.line, {**row.cells, **common}) for row in rows)


@cache
def _read(name: str) -> tuple[Row, ...]:
    file = f"{name}.tsv"
    path = files("affectgraph.ontology.tables").joinpath(file)
    return parse_table(path.read_text(encoding="utf-8"), file=file)
