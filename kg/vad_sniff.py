"""Decides what a lexicon file is: header, columns, format and scale, each with the reason why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from affectgraph.kg.scales import SCALE_OF_DATASET, SCALES, Scale, scale
from affectgraph.kg.vad_text import Line, is_number
from affectgraph.ontology.errors import InputError

DIMENSIONS = ("valence", "arousal", "dominance")
FORMATS = ("nrc-1", "nrc-2.1", "warriner", "anew", "glasgow", "csv")
SCALE_OF_FORMAT = {
    "nrc-1": SCALES[SCALE_OF_DATASET["nrc-vad-1"]],
    "nrc-2.1": SCALES[SCALE_OF_DATASET["nrc-vad-2.1"]],
    "warriner": SCALES[SCALE_OF_DATASET["warriner"]],
    "anew": SCALES[SCALE_OF_DATASET["anew"]],
    "glasgow": SCALES[SCALE_OF_DATASET["glasgow"]],
}
"""Scale each named format is published on."""

NAMES: dict[str, frozenset[str]] = {
    "word": frozenset("word words term terms lemma entry item".split()),
    "valence": frozenset(
        "valence v val valmn valm vmean vmeansum valencemean meanvalence pleasure".split()
    ),
    "arousal": frozenset(
        "arousal a aro arou aromn aroum arom amean ameansum arousalmean meanarousal".split()
    ),
    "dominance": frozenset(
        "dominance d dom dommn domm dmean dmeansum dominancemean meandominance".split()
    ),
    "valence_sd": frozenset("valsd vsd vsdsum valencesd valencestd".split()),
    "arousal_sd": frozenset("arosd arousd asd asdsum arousalsd arousalstd".split()),
    "dominance_sd": frozenset("domsd dsd dsdsum dominancesd dominancestd".split()),
    "raters": frozenset("valn vratsum valencen vn".split()),
}
"""Column -> names it goes by, in letters and digits only."""

ENOUGH_WORDS = 50
"""With fewer words than this their range says too little about the scale."""

FILLED = 0.4
"""Share of a scale that ratings must cover before the scale is taken to be theirs; half of it for each of
valence, arousal and dominance."""

SNIFFED = tuple(s for s in SCALES.values() if not s.arousal_flipped and s.name != "-10..10")
"""Scales that lexicons are on. -10..10 is one of annotators, and would be taken for ratings of 0..8."""

SENSE = re.compile(r"^(?P<term>.*\S)\s*\((?P<sense>[^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file was decided to be.

    :param header: how many rows at the top are names.
    :param width: how many cells a row has.
    :param columns: index of each column that is read.
    :param decimal: ``.`` or ``,``.
    :param reasons: what was decided and why, one sentence each.
    """

    format: str
    header: int
    width: int
    columns: Mapping[str, int]
    decimal: str
    reasons: tuple[str, ...]

    @property
    def has_senses(self) -> bool:
        """Whether senses stand in brackets behind the word."""
        return self.format == "glasgow"


def decide_layout(
    rows: Sequence[Line], *, format_: str = "auto", columns: Mapping[str, str] | None = None
) -> Layout:
    """Return the layout of a file.

    :param columns: name of the file's column, as its header prints it, by ``word``, ``valence``,
        ``arousal`` and ``dominance``; by their usual names if left out.
    :raises InputError: if a column is missing or named twice, or the file is not of the format asked for.
    """
    if format_ not in {"auto", *FORMATS}:
        raise InputError(f"Expected a format of auto, {', '.join(FORMATS)}, got {format_!r}.")
    header, names = _header(rows)
    found, reason = _by_place(rows, columns) if header == 0 else _by_name(names, columns)
    decimal = _decimal(rows[header:], found)
    guess, why = _format(header, names, found, rows, decimal)
    if format_ not in {"auto", "csv", guess}:
        raise InputError(
            f"Expected a file in format {format_}, got one that looks like {guess}: {why}"
        )
    chosen = guess if format_ == "auto" else format_
    said = {0: "no header: the first line has numbers", 1: "one header row", 2: "two header rows"}
    reasons: tuple[str, ...] = (said[header], reason, f"format {chosen}: {why}")
    if decimal == ",":
        reasons += ("numbers have a decimal comma",)
    return Layout(chosen, header, len(rows[0].cells), found, decimal, reasons)


def _header(rows: Sequence[Line]) -> tuple[int, tuple[str, ...]]:
    first = rows[0].cells
    if sum(map(is_number, first)) >= len(DIMENSIONS):
        return 0, ()
    if len(rows) > 1 and not any(map(is_number, rows[1].cells)) and not rows[1].cells[0]:
        return 2, tuple(_joined(first, rows[1].cells))
    return 1, tuple(first)


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return names of two header rows as one; an empty cell above repeats the name to its left."""
    names, left = [], ""
    for above, below in zip(first, second, strict=False):
        left = above or left
        names.append(f"{left}.{below}" if below else left)
    return names


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _by_place(
    rows: Sequence[Line], columns: Mapping[str, str] | None
) -> tuple[dict[str, int], str]:
    if columns:
        raise InputError(
            "Expected a header with the columns that were named, got a file without one."
        )
    width = len(rows[0].cells)
    if width != 1 + len(DIMENSIONS):
        raise InputError(
            f"Expected a word and three numbers in a file without header, got {width} cells: "
            f"{rows[0].cells[:6]}. Add a header line."
        )
    found = dict(zip(("word", *DIMENSIONS), range(width), strict=True))
    return found, "columns by place: word, valence, arousal, dominance"


def _by_name(names: Sequence[str], columns: Mapping[str, str] | None) -> tuple[dict[str, int], str]:
    wanted = {column: frozenset({_plain(name)}) for column, name in (columns or {}).items()}
    unknown = wanted.keys() - NAMES.keys()
    if unknown:
        raise InputError(
            f"Expected columns of {', '.join(NAMES)}, got {', '.join(sorted(unknown))}."
        )
    found: dict[str, int] = {}
    for column, usual in NAMES.items():
        known = wanted.get(column, usual)
        places = [i for i, name in enumerate(names) if _plain(name) in known]
        if len(places) > 1:
            shown = ", ".join(names[i] for i in places)
            raise InputError(
                f"Expected one column for {column}, got {shown}. Name the one that is meant (--columns)."
            )
        if places:
            found[column] = places[0]
    missing = [column for column in ("word", *DIMENSIONS) if column not in found]
    if missing:
        shown = ", ".join(repr(name) for name in names[:12])
        raise InputError(
            f"Expected columns for {', '.join(missing)}, got a header with {shown}. "
            "Say which they are (--columns word=...,valence=...)."
        )
    read = ", ".join(f"{column} = {names[i]!r}" for column, i in found.items())
    return found, f"columns by name: {read}"


def _decimal(rows: Sequence[Line], columns: Mapping[str, int]) -> str:
    marks: dict[str, int] = {}
    for row in rows:
        for name in DIMENSIONS:
            place = columns[name]
            cell = row.cells[place] if place < len(row.cells) else ""
            for mark in ".,":
                if mark in cell and mark not in marks and is_number(cell):
                    marks[mark] = row.number
    if len(marks) == 2:
        raise InputError(
            f"Expected one decimal mark, got a point on line {marks['.']} and a comma on line "
            f"{marks[',']}. Import each part by itself."
        )
    return "," if "," in marks else "."


def _format(
    header: int,
    names: Sequence[str],
    columns: Mapping[str, int],
    rows: Sequence[Line],
    decimal: str,
) -> tuple[str, str]:
    plain = {_plain(name) for name in names}
    if header == 2 and {"valm", "aroum", "domm"} <= plain:
        return "glasgow", "means, SDs and N under VAL, AROU and DOM"
    if "vmeansum" in plain:
        return "warriner", "its columns V.Mean.Sum, A.Mean.Sum, D.Mean.Sum"
    if "valmn" in plain:
        return "anew", "its columns ValMn, AroMn, DomMn"
    low, high = _range(rows[header:], columns, decimal)
    if len(columns) == 1 + len(DIMENSIONS) and (header == 0 or len(names) == 1 + len(DIMENSIONS)):
        if header == 0 and low >= 0 and high <= 1:
            return "nrc-1", "no header, a word and three numbers in 0..1"
        if plain == {"term", *DIMENSIONS} and -1 <= low < 0 and high <= 1:
            return "nrc-2.1", "header term, valence, arousal, dominance, and numbers in -1..1"
        if plain == {"word", *DIMENSIONS} and low >= 0 and high <= 1:
            return "nrc-1", "header word, valence, arousal, dominance, and numbers in 0..1"
    return "csv", "none of the known lexicons"


def _range(rows: Sequence[Line], columns: Mapping[str, int], decimal: str) -> tuple[float, float]:
    found = [
        float(cell.replace(decimal, "."))
        for row in rows
        for name in DIMENSIONS
        if columns[name] < len(row.cells) and is_number(cell := row.cells[columns[name]])
    ]
    if not found:
        raise InputError("Expected numbers for valence, arousal and dominance, got none.")
    return min(found), max(found)


def decide_scale(
    points: Mapping[int, Sequence[float]], *, format_: str, name: str | None = None
) -> tuple[Scale, str]:
    """Return the scale of the ratings, and why.

    A named format has its published scale. Else it is the smallest of :data:`SNIFFED` that holds every
    rating, if at least :data:`ENOUGH_WORDS` words cover :data:`FILLED` of it.

    :param points: valence, arousal and dominance by line of the file.
    :param name: name of a scale; the file's own if left out.
    :raises InputError: if no scale holds all ratings, or they leave open which it is.
    """
    if name is not None:
        chosen = scale(name)
        _require_held(points, chosen)
        return chosen, "as asked for"
    if format_ in SCALE_OF_FORMAT:
        chosen = SCALE_OF_FORMAT[format_]
        _require_held(points, chosen)
        return chosen, f"that of {format_}"
    columns = [[point[i] for point in points.values()] for i in range(len(DIMENSIONS))]
    ranges = [(min(column), max(column)) for column in columns]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    held = [s for s in SNIFFED if s.holds(low) and s.holds(high)]
    if len(points) < ENOUGH_WORDS and len(held) > 1:
        names = ", ".join(s.name for s in held)
        raise InputError(
            f"Expected ratings that show their scale, got {len(points)} words in {low:g}..{high:g}, "
            f"which may be on {names}. Name the scale (--scale)."
        )
    fitting = sorted((s for s in held if _is_filled(s, ranges)), key=lambda s: s.half_width)
    if not fitting:
        raise InputError(_no_scale(points))
    chosen = fitting[0]
    return (
        chosen,
        f"the smallest that holds all ratings, {low:g} to {high:g} in {len(points)} words",
    )


def _is_filled(scale_: Scale, ranges: Sequence[tuple[float, float]]) -> bool:
    least = FILLED * 2 * scale_.half_width
    spans = [high - low for low, high in ranges]
    whole = max(high for _, high in ranges) - min(low for low, _ in ranges)
    return whole >= least and min(spans) >= least / 2


def _require_held(points: Mapping[int, Sequence[float]], chosen: Scale) -> None:
    odd = [
        (line, name, rating)
        for line, point in points.items()
        for name, rating in zip(DIMENSIONS, point, strict=True)
        if not chosen.holds(rating)
    ]
    if odd:
        line, name, rating = odd[0]
        raise InputError(
            f"Expected ratings on the scale {chosen.name}, got {name} {rating:g} on line {line}, and "
            f"{len(odd)} such ratings in all. Name another scale (--scale), or part the file by scale."
        )


def _no_scale(points: Mapping[int, Sequence[float]]) -> str:
    shown = []
    for i, name in enumerate(DIMENSIONS):
        column = {line: point[i] for line, point in points.items()}
        low, high = min(column, key=column.__getitem__), max(column, key=column.__getitem__)
        shown.append(f"{name} from {column[low]:g} (line {low}) to {column[high]:g} (line {high})")
    names = ", ".join(s.name for s in SNIFFED)
    return (
        f"Expected ratings on one scale of {names}; got {'; '.join(shown)}. Columns or parts on different "
        "scales must be imported by themselves, each with its scale (--scale)."
    )


def read_number(cell: str, decimal: str) -> float | None:
    """Return the number in a cell, None if it is none; NaN and infinity are numbers to be refused.

    >>> read_number("0,5", ","), read_number("n/a", ".")
    (0.5, None)
    """
    try:
        return float(cell.replace(",", ".") if decimal == "," else cell)
    except ValueError:
        return None


def split_sense(word: str) -> tuple[str, str]:
    """Return a word and the sense in brackets behind it, empty if there is none.

    >>> split_sense("content (happy)"), split_sense("content")
    (('content', 'happy'), ('content', ''))
    """
    match = SENSE.match(word)
    return (match["term"], match["sense"].strip()) if match else (word, "")


def require_finite(rating: float, line: int, name: str) -> None:
    """Check that a rating is a number like any other.

    :raises InputError: if it is NaN or infinite.
    """
    if not isfinite(rating):
        raise InputError(
            f"Expected a number for {name} on line {line}, got {rating}. Leave the word out, or mend it."
        )
