"""Reads detector columns: OpenFace presence and intensity, py-feat probabilities."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from affectgraph.kg.faces import find_unit
from affectgraph.kg.finite import is_finite, written
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Detector
from affectgraph.ontology.errors import InputError

INTENSITY_THRESHOLD = 1.0
"""OpenFace intensity (0-5) from which a unit counts as shown: above its trace band."""

PROBABILITY_THRESHOLD = 0.5
"""py-feat probability from which a unit counts as shown."""

_COLUMN = re.compile(r"\s*(?P<unit>AU\s*\d{1,4})(?P<kind>_[rc])?\s*", re.IGNORECASE)
_RANGES = {"_c": (0.0, 1.0), "_r": (0.0, 5.0), "": (0.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Readings:
    """What a detector reported of one face.

    :param values: (column, value) pairs by FACS code, in the order given.
    :param shown: whether a unit counts as shown, by FACS code.
    :param detector: the tool whose columns these are.
    :param ignored: columns that are no facial actions (frame, confidence, ...).
    """

    values: Mapping[str, tuple[tuple[str, float], ...]]
    shown: Mapping[str, bool]
    detector: Detector
    ignored: tuple[str, ...]


def read_readings(graph: EmotionGraph, columns: Mapping[str, float]) -> Readings:
    """Return detector columns as readings.

    ``AU12_c`` is OpenFace presence (0 or 1), ``AU12_r`` OpenFace intensity (0-5), ``AU12`` a
    probability (0-1) as py-feat gives it. A unit counts as shown if its presence is 1, its intensity at
    least 1.0 or its probability at least 0.5. Columns of other names are ignored and listed.

    :raises InputError: if a value is no finite number in its range, a column names no FACS code, both
        kinds of column are mixed, two columns give one action different values of one kind (``AU12_r``,
        ``AU012_r``), or there is no column of a facial action at all.
    """
    if not isinstance(columns, Mapping):
        raise InputError(f"Expected values by the name of a column, got {columns!r:.200}.")
    values: dict[str, list[tuple[str, float]]] = {}
    kinds: set[str] = set()
    ignored: list[str] = []
    for column, value in columns.items():
        match = _COLUMN.fullmatch(str(column))
        if match is None:
            ignored.append(str(column))
            continue
        kind = (match["kind"] or "").lower()
        kinds.add("openface" if kind else "py-feat")
        code = _code(graph, match["unit"], str(column))
        pair = (str(column).strip(), _number(column, value, kind))
        _require_same(code, pair, values.setdefault(code, []))
        values[code].append(pair)
    if len(kinds) != 1:
        got = ", ".join(map(str, columns)) or "nothing"
        raise InputError(
            "Expected detector columns of one kind, either OpenFace (AU12_r, AU12_c) or py-feat "
            f"(AU12), got {got[:200]}."
        )
    return Readings(
        {code: tuple(pairs) for code, pairs in values.items()},
        {code: any(_is_shown(*pair) for pair in pairs) for code, pairs in values.items()},
        graph.detector(kinds.pop()),
        tuple(ignored),
    )


def disagreements(readings: Readings) -> tuple[str, ...]:
    """Return a sentence for each action of which one column says that it is shown and another does not.

    OpenFace decides on presence and intensity apart, so that this need be no fault of the data.

    >>> graph = EmotionGraph.load()
    >>> disagreements(read_readings(graph, {"AU12_c": 0, "AU12_r": 4.0}))[0]
    'AU12_c 0 and AU12_r 4 disagree on AU12; AU12_r is followed, and it counts as shown.'
    """
    found = []
    for code, pairs in readings.values.items():
        on = [column for column, value in pairs if _is_shown(column, value)]
        if not on or len(on) == len(pairs):
            continue
        values = " and ".join(f"{column} {value:g}" for column, value in pairs)
        found.append(
            f"{values} disagree on {code}; {' and '.join(on)} is followed, and it counts as shown."
        )
    return tuple(found)


def _code(graph: EmotionGraph, unit: str, column: str) -> str:
    found = find_unit(graph.index, unit)
    if found is None:
        raise InputError(f"Expected a column of a FACS action unit such as AU12_r, got {column!r}.")
    return found.code


def _require_same(code: str, pair: tuple[str, float], known: list[tuple[str, float]]) -> None:
    """Refuse a second value of one kind; presence and intensity of one action are two kinds."""
    for column, value in known:
        if _kind(column) == _kind(pair[0]) and value != pair[1]:
            raise InputError(
                f"Expected one value for {code}, got {column} {value:g} and {pair[0]} {pair[1]:g}. "
                "Leave one out."
            )


def _kind(column: str) -> str:
    ending = column[-2:].lower()
    return ending if ending in _RANGES else ""


def _number(column: object, value: object, kind: str) -> float:
    low, high = _RANGES[kind]
    if not is_finite(value):
        raise InputError(f"Expected a finite number in column {column!r}, got {written(value)}.")
    if not low <= float(value) <= high:
        raise InputError(f"Expected column {column!r} in {low:g}..{high:g}, got {value!r}.")
    return float(value)


def _is_shown(column: str, value: float) -> bool:
    if _kind(column) == "_r":
        return value >= INTENSITY_THRESHOLD
    return value >= PROBABILITY_THRESHOLD
