"""Reads the cells of a plain Excel workbook (.xlsx) without a package for it."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from affectgraph.ontology.errors import InputError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LARGEST = 64 * 2**20
"""Most bytes of one part of a workbook, unpacked."""


def read_cells(path: Path) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook as texts; an empty cell is ``""``.

    Text, numbers and the last results of formulas are read as they are stored; dates are numbers there.

    :raises InputError: if the file is no workbook or one of its parts is too large.
    """
    try:
        with zipfile.ZipFile(path) as book:
            strings = _strings(book)
            return _rows(_parse(book, _first_sheet(book)), strings)
    except InputError:
        raise
    except (OSError, zipfile.BadZipFile, ElementTree.ParseError, LookupError, ValueError) as error:
        raise InputError(
            f"Expected an Excel workbook (.xlsx), got {path.name}: {error}. Save it as .xlsx or .csv."
        ) from error


def _parse(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    if book.getinfo(part).file_size > _LARGEST:
        raise InputError(f"Expected parts of at most {_LARGEST:,} bytes, {part} is larger.")
    content = book.read(part)
    if b"<!DOCTYPE" in content:
        raise InputError(f"Expected a workbook, {part} declares a document type.")
    return ElementTree.fromstring(content)  # noqa: S314 - no document type, so no entities


def _first_sheet(book: zipfile.ZipFile) -> str:
    sheets = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/\w+\.xml", name)]
    if not sheets:
        raise InputError("Expected a workbook with a sheet, got none.")
    return min(sheets, key=lambda name: (len(name), name))


def _strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(item) for item in _parse(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ElementTree.Element) -> str:
    """Return a text with its runs joined; phonetic hints, which are runs of their own kind, left out."""
    parts = [*item.findall(f"{_MAIN}t"), *item.findall(f"{_MAIN}r/{_MAIN}t")]
    return "".join(part.text or "" for part in parts)


def _rows(sheet: ElementTree.Element, strings: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in sheet.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.findall(f"{_MAIN}c"):
            column = _column(cell.get("r", ""), len(cells))
            cells += [""] * (column - len(cells))
            cells.append(_value(cell, strings))
        found.append(cells)
    return found


def _column(reference: str, following: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    value = cell.findtext(f"{_MAIN}v") or ""
    return strings[int(value)] if cell.get("t") == "s" else value
