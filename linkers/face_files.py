"""Readers of detector files: OpenFace, py-feat and LibreFace CSV.

Columns, as read in public code:

* OpenFace 2 writes ``frame, face_id, timestamp, confidence, success`` for sequences and ``face, confidence``
  for images, then among others ``AU01_r`` (intensity, 0 to 5) and ``AU01_c`` (presence, 0 or 1), separated
  by comma and space (``lib/local/Utilities/src/RecorderCSV.cpp``, ``RecorderCSV::Open``; wiki,
  "Action-Units"). A failed frame has zeros in the columns of units.
* py-feat writes ``frame``, ``FaceScore``, ``AU01`` and others as probabilities, ``Identity`` and ``input``,
  one row for each face (``feat/detector.py``, ``feat/utils/__init__.py``).
* LibreFace writes ``frame_idx``, ``frame_time_in_ms``, ``au_1`` (presence) and ``au_1_intensity`` (0 to 5)
  (``libreface/__init__.py``, ``libreface/utils.py``), and no confidence.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf, isfinite
from pathlib import Path

from affectgraph.kg.faces import find_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Detector
from affectgraph.linkers.face_frames import Column, Frame, summarise
from affectgraph.linkers.face_readings import (
    FACE_SCORE,
    OPENFACE_CONFIDENCE,
    FaceReadings,
    FaceThresholds,
    FrameCounts,
)
from affectgraph.ontology.errors import InputError

Lines = str | Path | Iterable[str]
"""A path, or lines of an open file."""

BEST = "best"
"""Choose the face with the highest confidence in each frame."""

MISSING = frozenset({"", "nan", "none", "null", "na"})
"""Cells that hold no number, in lower case."""


@dataclass(frozen=True, slots=True)
class _Tool:
    """How a tool names its columns: a pattern of units, the kind by suffix, and what says when and who."""

    name: str
    unit: re.Pattern[str]
    kinds: Mapping[str, str]
    expected: str
    confidence: str = ""
    success: str = ""
    frame: tuple[str, ...] = ()
    face: tuple[str, ...] = ()
    time: str = ""
    time_unit_s: float = 1.0
    least_confidence: float | None = None


_OPENFACE = _Tool(
    "openface",
    re.compile(r"(?P<unit>AU\d{1,4})(?P<kind>_[rc])", re.IGNORECASE),
    {"_r": "intensity", "_c": "presence"},
    "AU01_r (intensity), AU01_c (presence)",
    confidence="confidence",
    success="success",
    frame=("frame",),
    face=("face_id", "face"),
    time="timestamp",
    least_confidence=OPENFACE_CONFIDENCE,
)
_PY_FEAT = _Tool(
    "py-feat",
    re.compile(r"(?P<unit>AU\d{1,4})(?P<kind>)", re.IGNORECASE),
    {"": "probability"},
    "AU01 (probability)",
    confidence="FaceScore",
    frame=("input", "frame"),
    face=("Identity",),
    time="timestamp",
    least_confidence=FACE_SCORE,
)
_LIBREFACE = _Tool(
    "libreface",
    re.compile(r"(?P<unit>au_\d{1,4})(?P<kind>_intensity|)", re.IGNORECASE),
    {"_intensity": "intensity", "": "presence"},
    "au_1 (presence), au_1_intensity",
    frame=("frame_idx",),
    time="frame_time_in_ms",
    time_unit_s=0.001,
)


def read_openface(
    graph: EmotionGraph,
    source: Lines,
    *,
    face: str | int | None = None,
    segment_s: float | None = None,
    thresholds: FaceThresholds | None = None,
) -> FaceReadings:
    """Return what an OpenFace CSV file reports of one face.

    Frames with ``success`` 0 and frames below the confidence asked for are counted and left out. Costs
    about 0.13 ms a row with 35 columns of units, twice that with landmarks; rows are held in memory.

    :param source: path, or lines of an open file.
    :param face: ``face_id`` to read where the file has several, or ``"best"`` for the one with the highest
        confidence in each frame.
    :param segment_s: length of segments in seconds by ``timestamp``; one segment if left out.
    :raises InputError: if columns are missing, there are several faces and none is chosen, or a used frame
        has a cell that is no finite number in its range; the message names line and column.

    >>> lines = ["frame, face_id, timestamp, confidence, success, AU12_r, AU12_c",
    ...          "1, 0, 0.0, 0.98, 1, 2.50, 1.0", "2, 0, 0.033, 0.20, 1, 0.00, 0.0"]
    >>> readings = read_openface(EmotionGraph.load(), lines)
    >>> readings.shown, readings.counts.used, readings.counts.low_confidence
    (('AU12',), 1, 1)
    """
    return _read(graph, _OPENFACE, source, face, segment_s, thresholds or FaceThresholds())


def read_py_feat(
    graph: EmotionGraph,
    source: Lines,
    *,
    face: str | int | None = None,
    segment_s: float | None = None,
    thresholds: FaceThresholds | None = None,
) -> FaceReadings:
    """Return what a py-feat CSV file reports of one face; parameters as for :func:`read_openface`.

    Rows without a FaceScore are frames without a face and count as failed. ``face`` is a value of
    ``Identity`` or ``"best"``.

    :raises InputError: as :func:`read_openface` does.
    """
    return _read(graph, _PY_FEAT, source, face, segment_s, thresholds or FaceThresholds())


def read_libreface(
    graph: EmotionGraph,
    source: Lines,
    *,
    segment_s: float | None = None,
    thresholds: FaceThresholds | None = None,
) -> FaceReadings:
    """Return what a LibreFace CSV file reports; it has one face and no confidence.

    :raises InputError: as :func:`read_openface` does.
    """
    return _read(graph, _LIBREFACE, source, None, segment_s, thresholds or FaceThresholds())


def _read(
    graph: EmotionGraph,
    tool: _Tool,
    source: Lines,
    face: str | int | None,
    segment_s: float | None,
    thresholds: FaceThresholds,
) -> FaceReadings:
    if segment_s is not None and not (isinstance(segment_s, int | float) and segment_s > 0):
        raise InputError(f"Expected a length of segments above 0 s, got {segment_s!r}.")
    least = tool.least_confidence if thresholds.confidence == "tool" else thresholds.confidence
    limits = replace(thresholds, confidence=least)
    with _rows(source) as rows:
        header = [cell.strip() for cell in next(rows, [])]
        columns = _columns(graph, tool, header)
        reader = _RowReader(tool, header, columns, limits, segment_s)
        read = [reader.read(line, row) for line, row in enumerate(rows, start=2) if any(row)]
    frames, counts = _used(tool, read, face, least)
    detector = Detector("", tool.name, "file", frozenset(column.code for column in columns))
    segments = summarise(columns, [_numbers(columns, f) for f in frames], limits, segment_s)
    ignored = tuple(n for i, n in enumerate(header) if i not in reader.known)
    return FaceReadings(tool.name, detector, segments, counts, limits, ignored)


@contextmanager
def _rows(source: Lines) -> Iterator[Iterator[list[str]]]:
    is_path = isinstance(source, str | Path)
    if not is_path and not isinstance(source, Iterable):
        raise InputError(f"Expected a path or the lines of a CSV file, got {source!r}.")
    try:
        if is_path:
            with Path(source).open(encoding="utf-8-sig", newline="") as file:  # type: ignore[arg-type]
                yield csv.reader(file, skipinitialspace=True)
        else:
            yield csv.reader(iter(source), skipinitialspace=True)  # type: ignore[arg-type]
    except (OSError, ValueError, csv.Error) as error:  # ValueError: no UTF-8, or a path with NUL
        where = f" at {source}" if is_path else ""
        raise InputError(f"Expected a CSV file in UTF-8{where}: {error}.") from error


def _columns(graph: EmotionGraph, tool: _Tool, header: Sequence[str]) -> list[Column]:
    found: list[Column] = []
    for place, name in enumerate(header):
        match = tool.unit.fullmatch(name)
        if match is None:
            continue
        unit = find_unit(graph.index, match["unit"])
        if unit is None:
            raise InputError(f"Expected columns of FACS units, got {name!r}, which FACS lacks.")
        column = Column(unit.code, tool.kinds[match["kind"].lower()], name, place)
        twin = next((c for c in found if (c.code, c.kind) == (column.code, column.kind)), None)
        if twin is not None:
            raise InputError(f"Expected one {column.kind} of {unit.code}, got {twin.name}, {name}.")
        found.append(column)
    if not found:
        raise InputError(_missing(tool, tool.expected, header))
    return found


def _missing(tool: _Tool, expected: str, header: Sequence[str]) -> str:
    shown = ", ".join(header[:12]) + (f", ... ({len(header)} columns)" if len(header) > 12 else "")
    return f"Expected columns of {tool.name} such as {expected}, found {shown or 'none'}."


class _RowReader:
    """Reads rows of one file: what each says of time, face and tracking, and the cells of its units."""

    def __init__(
        self,
        tool: _Tool,
        header: list[str],
        columns: list[Column],
        limits: FaceThresholds,
        segment_s: float | None,
    ) -> None:
        self._tool = tool
        self._header = header
        self._columns = columns
        self.known = {column.place for column in columns}
        is_image = tool.name == "openface" and "frame" not in header and "face" in header
        self._confidence = self._place(tool.confidence, limits.confidence is not None)
        needs_success = limits.confidence is not None and not is_image
        self._success = self._place(tool.success, needs_success)
        self._frame = [self._place(name, False) for name in tool.frame]
        self._face = next((p for n in tool.face if (p := self._place(n, False)) is not None), None)
        self._time = self._place(tool.time, segment_s is not None)

    def _place(self, name: str, is_needed: bool) -> int | None:
        if name and name in self._header:
            self.known.add(self._header.index(name))
            return self._header.index(name)
        if name and is_needed:
            advice = "" if name == self._tool.time else " Pass confidence=None to use every frame."
            raise InputError(_missing(self._tool, name, self._header) + advice)
        return None

    def read(self, line: int, row: list[str]) -> Frame:
        """Return a row; cells of units stay text until it is known that the frame is used."""
        if len(row) != len(self._header):
            raise InputError(
                f"Line {line}: expected {len(self._header)} cells as in the header, got {len(row)}."
            )
        frame = "/".join(row[p].strip() for p in self._frame if p is not None)
        face = row[self._face].strip() if self._face is not None else ""
        score = self._number(line, row, self._confidence)
        is_failed = self._number(line, row, self._success) == 0
        if self._confidence is not None and score is None:
            is_failed = True
        time = self._number(line, row, self._time)
        return Frame(
            line,
            frame or None,
            None if time is None else time * self._tool.time_unit_s,
            face,
            score,
            (),
            tuple(row[column.place] for column in self._columns),
            is_failed,
        )

    def _number(self, line: int, row: list[str], place: int | None) -> float | None:
        """Return a number, None where there is no such column or the cell is empty or NaN."""
        if place is None or row[place].strip().lower() in MISSING:
            return None
        try:
            value = float(row[place])
        except ValueError:
            value = inf
        if not isfinite(value):
            raise InputError(
                f"Line {line}, column {self._header[place]}: expected a number, got {row[place]!r}."
            )
        return value


def _used(
    tool: _Tool, rows: list[Frame], face: str | int | None, least: float | None
) -> tuple[list[Frame], FrameCounts]:
    chosen = _of_one_face(tool, rows, face)
    good = [row for row in chosen if not row.is_failed]
    used = [r for r in good if r.confidence is None or least is None or r.confidence >= least]
    counts = FrameCounts(
        len(rows),
        len(used),
        len(chosen) - len(good),
        len(good) - len(used),
        len(rows) - len(chosen),
    )
    return used, counts


def _of_one_face(tool: _Tool, rows: list[Frame], face: str | int | None) -> list[Frame]:
    faces = sorted({row.face for row in rows if not row.is_failed})
    if face == BEST:
        best: dict[str | None, Frame] = {}
        for row in rows:
            held = best.get(row.frame)
            if held is None or _surer(row) > _surer(held):
                best[row.frame] = row
        return list(best.values())
    if face is not None:
        if str(face) not in faces:
            raise InputError(
                f"Expected one of the faces {', '.join(faces) or 'none'} of the file, got {face!r}."
            )
        return [row for row in rows if row.face == str(face)]
    twice = _frame_with_several(rows)
    if len(faces) > 1 or twice is not None:
        which = f"faces {', '.join(faces)}" if len(faces) > 1 else f"several in frame {twice}"
        raise InputError(
            f"Expected one face in the {tool.name} file, found {which}. "
            f"Choose one by face=..., or face={BEST!r} for the surest in each frame."
        )
    return rows


def _surer(row: Frame) -> tuple[bool, float]:
    return (not row.is_failed, row.confidence or 0.0)


def _frame_with_several(rows: list[Frame]) -> str | None:
    seen: set[str] = set()
    for row in rows:
        if row.frame is not None and row.frame in seen:
            return row.frame
        seen.add(row.frame or "")
    return None


def _numbers(columns: list[Column], frame: Frame) -> Frame:
    """Return a used frame with its cells as numbers.

    :raises InputError: naming line and column, if a cell is no finite number in its range.
    """
    values = []
    for column, cell in zip(columns, frame.cells, strict=True):
        try:
            value = float(cell) if cell.strip().lower() not in MISSING else float("nan")
        except ValueError:
            value = float("nan")
        if not isfinite(value) or not 0 <= value <= column.highest:
            raise InputError(
                f"Line {frame.line}, column {column.name}: expected a number in "
                f"0..{column.highest:g}, got {cell.strip()!r}. Mark the frame as failed or mend it."
            )
        values.append(value)
    return replace(frame, values=tuple(values), cells=())
