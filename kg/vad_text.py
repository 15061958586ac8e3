"""From the bytes of a delimited file to rows of cells: encoding, line ends, quotes, delimiter."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from affectgraph.ontology.errors import InputError

DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
NUMBERS = 3
FEWEST_COLUMNS = 1 + NUMBERS
SAMPLE = 1000
LARGEST = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, without white space at their ends, and the line of the file it starts on."""

    number: int
    cells: tuple[str, ...]


def is_number(cell: str) -> bool:
    """Return whether a cell is a number, with a decimal point or a decimal comma.

    >>> is_number("-0,5"), is_number("1e-3"), is_number("nan"), is_number("")
    (True, True, False, False)
    """
    return re.fullmatch(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?", cell) is not None


def decode(content: bytes, *, encoding: str = "utf-8") -> str:
    """Return a file's text, without byte order mark.

    :raises InputError: if it is empty, too large, or not in the encoding; the message says where.
    """
    if len(content) > LARGEST:
        raise InputError(f"Expected a lexicon of at most {LARGEST:,} bytes, got {len(content):,}.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        text = content.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except LookupError as error:
        raise InputError(f"Expected the name of an encoding, got {encoding!r}.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"Expected text in {encoding}, got a byte that is none on line {line}. Save the file as "
            "UTF-8, or name its encoding, such as latin-1 (--encoding)."
        ) from error
    if "\x00" in text:
        raise InputError(
            "Expected a text file, got one with NUL characters. Save it as UTF-8 text."
        )
    if not text.strip():
        raise InputError("Expected a lexicon, got an empty file.")
    return text


def find_delimiter(text: str) -> str:
    """Return the delimiter of a file.

    Of those under which most lines have the same number of cells, at least four, the one that gives most
    lines three numbers; a decimal comma so is told from a comma that parts cells.

    :raises InputError: if there is one column only, or lines use different delimiters.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    widths = {mark: _widths(lines, mark) for mark in DELIMITERS}
    steady = {mark: _most_common(found) for mark, found in widths.items()}
    usable = {m: count for m, (width, count) in steady.items() if width >= FEWEST_COLUMNS}
    if not usable:
        raise InputError(
            f"Expected a word and three numbers a line, parted by {', '.join(DELIMITERS.values())}; got "
            f"lines such as {lines[0][:60]!r}. Save the lexicon with one of these delimiters."
        )
    best = max(usable, key=lambda mark: (_rated(lines[:SAMPLE], mark), usable[mark]))
    refuse_mixture(lines, best, widths, steady[best][0])
    return best


def _widths(lines: list[str], mark: str) -> list[int]:
    return [len(cells) for cells in (_split(line, mark) for line in lines)]


def _rated(lines: list[str], mark: str) -> int:
    return sum(sum(map(is_number, map(_bare, _split(line, mark)))) >= NUMBERS for line in lines)


def _split(line: str, mark: str) -> list[str]:
    if mark == "\t" or '"' not in line:
        return line.split(mark)
    return next(csv.reader([line], delimiter=mark), [])


def _most_common(widths: list[int]) -> tuple[int, int]:
    return Counter(widths).most_common(1)[0]


def refuse_mixture(lines: list[str], best: str, widths: dict[str, list[int]], width: int) -> None:
    """Check that no line is parted by another delimiter than the others.

    :raises InputError: if one has a word and three numbers under another delimiter only.
    """
    for mark, found in widths.items():
        odd = [
            i
            for i, count in enumerate(found)
            if mark != best and widths[best][i] < FEWEST_COLUMNS <= count
        ]
        if odd:
            raise InputError(
                f"Expected one delimiter, got {DELIMITERS[best]} on most lines and {DELIMITERS[mark]} on "
                f"{len(odd)}, such as {lines[odd[0]][:60]!r}. Import each part by itself."
            )


def split_rows(text: str, delimiter: str) -> list[Line]:
    """Return the rows of a text, empty lines left out.

    Cells may be quoted with ``"``; in a file parted by tabs a quote is a character like any other,
    unless it stands at both ends of a cell.

    :raises InputError: if a quote is not closed.
    """
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=delimiter,
        strict=True,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    rows: list[Line] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Line(start, tuple(_bare(cell) for cell in cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"Expected cells with closed quotes, got from line {start} on: {error}. Mend the quotes."
        ) from error
    return rows


def _bare(cell: str) -> str:
    stripped = cell.strip()
    if len(stripped) >= 2 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].strip()
    return stripped
