"""Reads emotion wheels, synonym groups and word forms from the user's own files.

The layout is that of the folder ``emotion_wheel`` which zeroQiaoba/MERTools publishes (MER2025_Track23,
``my_affectgpt/evaluation/wheel.py`` reads it): ``wheel1.xlsx`` and so on with the columns ``level1``,
``level2``, ``level3``; ``synonym.xlsx`` with ``word_run1``, ``synonym_run1`` and so on; ``format.csv`` with
``name`` and ``format``. Each table may also be a CSV file. None of them is part of this project.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from affectgraph.ontology.errors import InputError

_MARKS = re.compile("['\",]")
_WHEEL = re.compile(r"wheel(\d+)")
_ENDINGS = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Wheel:
    """An emotion wheel: words in three levels, the first in the middle.

    :param rows: (level 1, level 2, level 3) of each entry, in the file's order, in lower case.
    """

    name: str
    rows: tuple[tuple[str, str, str], ...]

    def words(self) -> frozenset[str]:
        """Return the words of all levels."""
        return frozenset(word for row in self.rows for word in row if word)

    def groups(self, level: int) -> dict[str, str]:
        """Return word -> its group at a level.

        At level 1 every word stands for the word in the middle. At level 2 it stands for its level-2
        word, and a word in the middle for the first of its level-2 words in alphabetical order. A word
        at several places stands for what its last place gives; within a branch the outer level counts.

        :raises InputError: if the level is not 1 or 2.

        >>> wheel = Wheel("w", (("joy", "pride", "smug"), ("joy", "cheer", "glad")))
        >>> wheel.groups(1)["smug"], wheel.groups(2)["smug"], wheel.groups(2)["joy"]
        ('joy', 'pride', 'cheer')
        """
        if level not in {1, 2}:
            raise InputError(f"Expected level 1 or 2 of a wheel, got {level!r}.")
        tree: dict[str, dict[str, list[str]]] = {}
        for first, second, third in self.rows:
            tree.setdefault(first, {}).setdefault(second, []).append(third)
        found: dict[str, str] = {}
        for first, branches in tree.items():
            found[first] = first if level == 1 else min(branches)
            for second, leaves in branches.items():
                group = first if level == 1 else second
                found.update(dict.fromkeys([second, *leaves], group))
        found.pop("", None)
        return found


@dataclass(frozen=True)
class WheelSet:
    """Wheels with the words that lead to them.

    :param forms: word form -> words it is a form of, as :func:`read_forms` gives them.
    :param synonyms: word -> wheel words it is a synonym of, itself among them if it is one.
    """

    wheels: tuple[Wheel, ...]
    forms: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]


def split_labels(labels: object) -> list[str]:
    """Return labels in lower case, from a list of texts or a text that lists them.

    A text is parted at commas and quotation marks, brackets around it are taken off: as the original
    reads ``"['happy', 'proud']"``. A single quotation mark within a label parts it, too.

    :raises InputError: if it is neither.

    >>> split_labels("['Happy', 'at ease']"), split_labels(["Proud "])
    (['happy', 'at ease'], ['proud'])
    """
    if isinstance(labels, str):
        text = labels.strip().removeprefix("[").removesuffix("]")
        return [part.strip().lower() for part in _MARKS.split(text) if part.strip()]
    if isinstance(labels, Sequence) and all(isinstance(label, str) for label in labels):
        return [label.strip().lower() for label in labels]
    if labels is None:
        return []
    raise InputError(
        f"Expected labels as a list of texts, or a text such as '[happy, proud]', got {labels!r}."
    )


def read_wheel_set(folder: str | Path) -> WheelSet:
    """Return the wheels, synonyms and word forms of a folder; see the head of this module.

    :raises InputError: if the folder has no wheel, or no table of forms, or a table is not as expected.
        Without a table of synonyms each word is a synonym of itself only.
    """
    place = Path(folder)
    found = [path for path in sorted(place.glob("wheel*")) if _WHEEL.fullmatch(path.stem)]
    found = [path for path in found if path.suffix in _ENDINGS]
    if not found:
        raise InputError(
            f"Expected files wheel1.xlsx (or .csv) and so on in {place}, got none. The wheels are not "
            "part of this project; take them from where the metric is published."
        )
    names = [path.stem for path in found]
    if len(set(names)) < len(names):
        raise InputError(f"Expected each wheel once in {place}, got one both as .xlsx and as .csv.")
    wheels = sorted(map(read_wheel, found), key=lambda w: int(w.name.removeprefix("wheel")))
    forms = _only(place, "format")
    if forms is None:
        raise InputError(f"Expected word forms in {place / 'format.csv'}, got no such file.")
    synonyms = _only(place, "synonym")
    return WheelSet(
        tuple(wheels),
        read_forms(forms),
        read_synonyms(synonyms) if synonyms is not None else _themselves(wheels),
    )


def _only(folder: Path, stem: str) -> Path | None:
    found = [
        folder / f"{stem}{ending}" for ending in _ENDINGS if (folder / f"{stem}{ending}").exists()
    ]
    if len(found) > 1:
        raise InputError(f"Expected one of {found[0].name} and {found[1].name}, got both.")
    return found[0] if found else None


def _themselves(wheels: Iterable[Wheel]) -> dict[str, tuple[str, ...]]:
    return {word: (word,) for wheel in wheels for word in sorted(wheel.words())}


def read_wheel(path: str | Path) -> Wheel:
    """Return the wheel of a table with the columns ``level1``, ``level2``, ``level3``.

    An empty cell repeats the one above it, in the third column, too, as the original reads it.

    :raises InputError: if a column is missing, or the first row leaves level 1 or 2 empty.
    """
    place = Path(path)
    rows: list[tuple[str, str, str]] = []
    last = ("", "", "")
    for number, row in _table(place, ("level1", "level2", "level3")):
        given = (row["level1"], row["level2"], row["level3"])
        first, second, third = (cell or above for cell, above in zip(given, last, strict=True))
        last = (first, second, third)
        if not first or not second:
            raise InputError(
                f"{place.name}:{number}: Expected words at level 1 and 2 in the first row, got {given}."
            )
        rows.append((first.lower().strip(), second.lower().strip(), third.lower().strip()))
    if not rows:
        raise InputError(f"Expected a wheel in {place.name}, got no rows.")
    return Wheel(place.stem, tuple(rows))


def read_forms(path: str | Path) -> dict[str, tuple[str, ...]]:
    """Return word form -> the words it is a form of, in order, each a form of itself.

    :raises InputError: if a column of ``name`` and ``format`` is missing.
    """
    found: dict[str, dict[str, None]] = {}
    for _, row in _table(Path(path), ("name", "format")):
        for form in [*_parts(row["format"]), row["name"]]:
            found.setdefault(form, {})[row["name"]] = None
    return {form: tuple(words) for form, words in found.items()}


def _parts(text: str) -> list[str]:
    """Return the parts of a listed text in the case they have."""
    bare = text.strip().removeprefix("[").removesuffix("]")
    return [part.strip() for part in _MARKS.split(bare) if part.strip()]


def read_synonyms(path: str | Path) -> dict[str, tuple[str, ...]]:
    """Return word -> the wheel words it is a synonym of, over all runs of the table.

    Columns ``word_run1`` and ``synonym_run1``, and so on; a word leads to itself.

    :raises InputError: if there are no such columns, or one of a pair is missing.
    """
    place = Path(path)
    found: dict[str, dict[str, None]] = {}
    for _, row in _table(place, ()):
        runs = [name.removeprefix("word_") for name in row if name.startswith("word_")]
        if not runs or any(f"synonym_{run}" not in row for run in runs):
            raise InputError(
                f"Expected columns word_run1, synonym_run1, ... in {place.name}, got {', '.join(row)}."
            )
        for run in runs:
            word = row[f"word_{run}"].strip().lower()
            for synonym in [word, *(part.lower() for part in _parts(row[f"synonym_{run}"]))]:
                if word:
                    found.setdefault(synonym, {})[word] = None
    return {synonym: tuple(words) for synonym, words in found.items()}


def _table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table as texts by column, each with its number, the header being row 1."""
    rows = _sheet_rows(path) if path.suffix == ".xlsx" else _csv_rows(path)
    header = [cell.strip() for cell in rows[0]] if rows else []
    missing = [column for column in columns if column not in header]
    if missing:
        raise InputError(
            f"Expected the columns {', '.join(columns)} in {path.name}, got {', '.join(header) or 'none'}."
        )
    for number, cells in enumerate(rows[1:], start=2):
        padded = [*cells, *[""] * (len(header) - len(cells))]
        if any(cell.strip() for cell in padded):
            yield number, dict(zip(header, padded, strict=False))


def _sheet_rows(path: Path) -> list[list[str]]:
    from affectgraph.linkers.spreadsheet import read_cells

    return read_cells(path)


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"Expected a table in UTF-8, got {path.name}: {error}.") from error
