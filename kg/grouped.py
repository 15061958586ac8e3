"""Answers of packaged queries that are read a key at a time: rows stay in their file until asked for.

The vocabulary is a hundred times the size of what most callers ask of it. Its file has one line of JSON that
says the query and its variables; then the keys; then where the first one's rows begin and each one's end, in
four bytes each; then all rows, their cells one after the other. The file is mapped, so that only those pages
are read on which something asked for stands.
"""

import json
from collections.abc import Iterator, KeysView, Mapping, Sequence
from itertools import accumulate, groupby
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import Final

from affectgraph.ontology.errors import OntologyError

Rows = list[list[str]]

GROUPED: Final[Mapping[str, str]] = {"forms": "form"}
"""Packaged queries that are kept by a key, and the variable that is it; their rows are sorted by it."""

_CELL = "\t"
_PLACE = Struct("<I")
_FROM_TO = Struct("<2I")


def group_rows(names: Sequence[str], rows: Rows, key: str) -> dict[str, Rows]:
    """Return rows by the value of one column, keys and rows in the order of the rows."""
    column = names.index(key)
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def write_grouped(path: Path, query: str, names: Sequence[str], rows: Rows, key: str) -> None:
    """Write the file of an answer.

    :param query: text of the query.
    :raises OntologyError: if a cell has a tab, which would be read as two cells.
    """
    for row in rows:
        if any(_CELL in cell for cell in row):
            raise OntologyError(
                f"Expected cells without tabs, got {row!r}. "
                "Take them out of the table that the row comes from, and build the graph anew."
            )
    groups = [
        (held, _CELL.join(cell for row in group for cell in row).encode())
        for held, group in groupby(rows, lambda row: row[names.index(key)])
    ]
    ends = accumulate((len(cells) for _, cells in groups), initial=0)
    keys = _CELL.join(held for held, _ in groups).encode()
    header = {"query": query, "names": list(names), "count": len(groups), "keys": len(keys)}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    cells = (cells for _, cells in groups)
    replace_file(path, b"".join([text, b"\n", keys, *map(_PLACE.pack, ends), *cells]))


def replace_file(path: Path, content: bytes) -> int:
    """Write a file as a whole or not at all, so that none is read half; return its size in bytes."""
    half = path.with_name(path.name + ".half")
    size = half.write_bytes(content)
    half.replace(path)
    return size


class GroupedRows(Mapping[str, Rows]):
    """The rows of a kept answer by key, taken apart anew whenever they are asked for. Threads may share one.

    A pickle or copy of it reads the same file again.

    :param path: a file of :func:`write_grouped`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self._kept = mmap(file.fileno(), 0, access=ACCESS_READ)
        header = self._kept.readline()
        said = json.loads(header)
        self._ends: int = len(header) + said["keys"]
        self._start: int = self._ends + _PLACE.size * (said["count"] + 1)
        self.query: str = said["query"]
        """Text of the query that was answered."""
        self.names: list[str] = said["names"]
        """The columns of the rows."""
        keys = self._kept[len(header) : self._ends].decode().split(_CELL) if said["count"] else []
        self._places: dict[str, int] = dict(zip(keys, range(said["count"]), strict=True))

    def __reduce__(self) -> tuple[type["GroupedRows"], tuple[Path]]:
        """Return what makes it again: a mapped file is no value that a pickle could hold."""
        return GroupedRows, (self._path,)

    def __getitem__(self, key: str) -> Rows:
        at = self._ends + _PLACE.size * self._places[key]
        first, end = _FROM_TO.unpack_from(self._kept, at)
        start = self._start
        cells = self._kept[start + first : start + end].decode().split(_CELL)
        width = len(self.names)
        if len(cells) == width:
            return [cells]
        return [cells[at : at + width] for at in range(0, len(cells), width)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def keys(self) -> KeysView[str]:
        """Return the keys, as quick to look in as a dictionary's."""
        return self._places.keys()

    def rows(self) -> Rows:
        """Return all rows, in the order of the answer."""
        return [row for key in self for row in self[key]]
