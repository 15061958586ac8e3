"""Imports a user's own copy of a VAD lexicon: what was decided, what was left out, and the values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from affectgraph.kg.scales import Scale
from affectgraph.kg.vad_lexicon import Key, VadLexicon, VadTerm
from affectgraph.kg.vad_sniff import (
    DIMENSIONS,
    Layout,
    decide_layout,
    decide_scale,
    read_number,
    require_finite,
    split_sense,
)
from affectgraph.kg.vad_text import DELIMITERS, Line, decode, find_delimiter, split_rows
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.triples import slug

DUPLICATES = ("refuse", "first", "drop")
"""What to do with a word that stands twice with different values: refuse the file, take the first, none."""

MOST_BAD = 0.1
"""If more than this share of the rows cannot be read, the file is refused."""

SHOWN = 5


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class VadReport:
    """What an import decided and did.

    :param file: name of the file.
    :param rows: rows below the header.
    :param terms: entries of the lexicon.
    :param repeats: rows that repeat an entry with the same values.
    :param conflicts: words that stand twice with different values, if the import was told to go on.
    :param bad: rows left out.
    :param decisions: delimiter, header, columns, format, scale, each with its reason.
    """

    file: str
    format: str
    scale: str
    delimiter: str
    rows: int
    terms: int
    repeats: int
    conflicts: tuple[str, ...]
    bad: tuple[BadRow, ...]
    decisions: tuple[str, ...]

    def text(self) -> str:
        """Return the report in lines of text."""
        lines = [f"{self.file}: {self.terms:,} words", *(f"  {line}" for line in self.decisions)]
        lines.append(
            f"  rows: {self.rows:,}, of these repeated {self.repeats}, bad {len(self.bad)}"
        )
        lines += [f"  left out, line {bad.line}: {bad.reason}" for bad in self.bad[:SHOWN]]
        if len(self.bad) > SHOWN:
            lines.append(f"  ... and {len(self.bad) - SHOWN} more")
        if self.conflicts:
            lines.append(f"  twice with different values: {', '.join(self.conflicts)}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class VadImport:
    """An imported lexicon and the report on its import."""

    report: VadReport
    lexicon: VadLexicon


@dataclass(frozen=True, slots=True)
class _Rating:
    line: int
    term: str
    sense: str
    point: tuple[float, float, float]
    spread: tuple[float, float, float] | None
    raters: int | None

    @property
    def key(self) -> Key:
        return (self.term.casefold(), self.sense.casefold())


def import_vad(
    path: str | Path,
    *,
    format_: str = "auto",
    scale: str | None = None,
    name: str | None = None,
    columns: Mapping[str, str] | None = None,
    duplicates: str = "refuse",
    encoding: str = "utf-8",
) -> VadImport:
    """Return a lexicon read from a user's file, on -1..1, with a report of what was decided.

    Nothing is written, and nothing of it becomes part of the graph; see :meth:`EmotionGraph.with_vad`.

    :param format_: ``auto``, ``nrc-1``, ``nrc-2.1``, ``warriner``, ``anew``, ``glasgow`` or ``csv``.
    :param scale: name of the scale, see :data:`affectgraph.kg.scales.SCALES`; sniffed if left out.
    :param name: short name of the lexicon; made from the file's if left out.
    :param columns: the file's names of columns, see :func:`affectgraph.kg.vad_sniff.decide_layout`.
    :param duplicates: one of :data:`DUPLICATES`.
    :param encoding: of the text.
    :raises InputError: if the file cannot be read or is a mixture: of delimiters, decimal marks or scales,
        with NaN, or with a word twice with different values; the message says where.
    """
    if duplicates not in DUPLICATES:
        raise InputError(f"Expected duplicates of {', '.join(DUPLICATES)}, got {duplicates!r}.")
    file = Path(path)
    text = decode(_read(file), encoding=encoding)
    delimiter = find_delimiter(text)
    rows = split_rows(text, delimiter)
    layout = decide_layout(rows, format_=format_, columns=columns)
    body = rows[layout.header :]
    ratings, bad = _ratings(body, layout)
    points = {rating.line: rating.point for rating in ratings}
    chosen, why = decide_scale(points, format_=layout.format, name=scale)
    kept, repeats, conflicts = _unique(ratings, duplicates)
    terms = {rating.key: _term(rating, chosen) for rating in kept}
    lexicon = VadLexicon(name if name is not None else slug(file.stem), chosen.name, terms)
    decisions = (
        f"delimiter: {DELIMITERS[delimiter]}",
        *layout.reasons,
        f"scale {chosen.name}: {why}",
    )
    report = VadReport(
        file=file.name,
        format=layout.format,
        scale=chosen.name,
        delimiter=DELIMITERS[delimiter],
        rows=len(body),
        terms=len(lexicon),
        repeats=repeats,
        conflicts=conflicts,
        bad=bad,
        decisions=decisions,
    )
    return VadImport(report, lexicon)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"Expected a file that can be read, got {str(file)!r}: {error.strerror}."
        ) from error


def _ratings(rows: Sequence[Line], layout: Layout) -> tuple[list[_Rating], tuple[BadRow, ...]]:
    found: list[_Rating] = []
    bad: list[BadRow] = []
    for row in rows:
        rating = _rating(row, layout)
        if isinstance(rating, BadRow):
            bad.append(rating)
        else:
            found.append(rating)
    if len(bad) > MOST_BAD * len(rows) or not found:
        first = f"; the first, line {bad[0].line}: {bad[0].reason}" if bad else ""
        raise InputError(
            f"Expected words with three numbers, got {len(bad)} bad rows of {len(rows)}{first}. "
            "Mend them, or say how the file is laid out (--format, --columns)."
        )
    return found, tuple(bad)


def _rating(row: Line, layout: Layout) -> _Rating | BadRow:
    if len(row.cells) != layout.width:
        return BadRow(row.number, f"{len(row.cells)} cells, expected {layout.width}")
    word = row.cells[layout.columns["word"]]
    if not word:
        return BadRow(row.number, "no word")
    point = []
    for name in DIMENSIONS:
        cell = row.cells[layout.columns[name]]
        number = read_number(cell, layout.decimal)
        if number is None:
            return BadRow(row.number, f"{name} of {word!r} is {cell!r}, no number")
        require_finite(number, row.number, name)
        point.append(number)
    term, sense = split_sense(word) if layout.has_senses else (word, "")
    valence, arousal, dominance = point
    return _Rating(
        row.number,
        term,
        sense,
        (valence, arousal, dominance),
        _spread(row, layout),
        _raters(row, layout),
    )


def _spread(row: Line, layout: Layout) -> tuple[float, float, float] | None:
    places = [layout.columns.get(f"{name}_sd") for name in DIMENSIONS]
    numbers = [
        read_number(row.cells[place], layout.decimal) for place in places if place is not None
    ]
    first, second, third = (*numbers, None, None, None)[:3]
    if first is None or second is None or third is None or min(first, second, third) < 0:
        return None
    return (first, second, third)


def _raters(row: Line, layout: Layout) -> int | None:
    place = layout.columns.get("raters")
    number = read_number(row.cells[place], layout.decimal) if place is not None else None
    return int(number) if number is not None and number >= 1 else None


def _unique(
    ratings: Sequence[_Rating], duplicates: str
) -> tuple[list[_Rating], int, tuple[str, ...]]:
    kept: dict[Key, _Rating] = {}
    clashes: dict[Key, list[_Rating]] = {}
    repeats = 0
    for rating in ratings:
        first = kept.setdefault(rating.key, rating)
        if first is rating:
            continue
        if first.point == rating.point:
            repeats += 1
        else:
            clashes.setdefault(rating.key, [first]).append(rating)
    shown = tuple(
        f"{group[0].term} (lines {', '.join(str(r.line) for r in group)})"
        for group in clashes.values()
    )
    if clashes and duplicates == "refuse":
        listed = ", ".join(shown[:SHOWN]) + (" ..." if len(shown) > SHOWN else "")
        raise InputError(
            f"Expected every word once, in any case, got {len(clashes)} with different values: {listed}. "
            "Mend the file, or take the first or none of them (--duplicates first|drop)."
        )
    if duplicates == "drop":
        kept = {key: rating for key, rating in kept.items() if key not in clashes}
    return list(kept.values()), repeats, shown


def _term(rating: _Rating, scale: Scale) -> VadTerm:
    width = scale.half_width
    spread = rating.spread
    return VadTerm(
        rating.term,
        rating.sense,
        scale.vad_to_bipolar(*rating.point),
        (spread[0] / width, spread[1] / width, spread[2] / width) if spread else None,
        rating.raters,
    )
