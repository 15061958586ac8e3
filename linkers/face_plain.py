"""Facial actions given as plain data: dicts of values, lists of codes, codes in text."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from affectgraph.kg.faces import require_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Detector
from affectgraph.linkers.face_codes import find_codes, whole_code
from affectgraph.linkers.face_columns import read_readings
from affectgraph.linkers.face_frames import Column, Frame, summarise
from affectgraph.linkers.face_readings import (
    FaceReadings,
    FaceSegment,
    FaceThresholds,
    FrameCounts,
    UnitReading,
)
from affectgraph.ontology.errors import InputError

KINDS = {"_r": "intensity", "_c": "presence"}


def read_actions(
    graph: EmotionGraph, data: object, *, thresholds: FaceThresholds | None = None
) -> FaceReadings:
    """Return facial actions given as plain data.

    ``{"AU12": 0.8}`` are probabilities, ``{"AU12_r": 2.1, "AU12_c": 1}`` OpenFace columns, ``{"AU12": True}``
    occurrences: what is not named was not looked for. ``["AU6", 12]`` and ``"AU6+AU12"`` are what was
    shown, with everything else looked for and not seen.

    :raises InputError: if there is no action, or a value is out of range.
    :raises UnknownTermError: if a name is no FACS code.

    >>> read_actions(EmotionGraph.load(), "AU6+AU12").shown
    ('AU6', 'AU12')
    """
    limits = thresholds or FaceThresholds()
    if isinstance(data, Mapping):
        return _from_mapping(graph, data, limits)
    if isinstance(data, str):
        codes = find_codes(data, bare=True) or whole_code(data)
        names: list[object] = [code.name for code in codes]
    elif isinstance(data, Iterable):
        names = list(data)
    else:
        raise InputError(
            f"Expected a dict, a list or text of facial actions, got {type(data).__name__}."
        )
    for name in names:
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise InputError(f"Expected codes such as 'AU12' in the list, got {name!r}.")
    shown = tuple(dict.fromkeys(require_unit(graph.index, str(n)).code for n in names))
    if not shown:
        raise InputError(f"Expected facial actions such as 'AU6+AU12', got {str(data)[:80]!r}.")
    return _given(shown, dict.fromkeys(shown, True), None, limits)


def _from_mapping(
    graph: EmotionGraph, data: Mapping[str, object], limits: FaceThresholds
) -> FaceReadings:
    if data and all(isinstance(value, bool) for value in data.values()):
        flags = {require_unit(graph.index, str(k)).code: bool(v) for k, v in data.items()}
        detector = Detector("", "given", "presence", frozenset(flags))
        return _given(tuple(c for c, on in flags.items() if on), flags, detector, limits)
    read = read_readings(graph, data)  # type: ignore[arg-type]  # it checks the values
    columns: list[Column] = []
    values: list[float] = []
    for code, pairs in read.values.items():
        for column, value in pairs:
            kind = KINDS.get(column[-2:].lower(), "probability")
            columns.append(Column(code, kind, column, len(columns)))
            values.append(value)
    frame = Frame(None, None, None, "", None, tuple(values))
    detector = replace(read.detector, codes=frozenset(read.values))
    segments = summarise(columns, [frame], limits, None)
    return FaceReadings(
        read.detector.name, detector, segments, FrameCounts(1, 1), limits, read.ignored
    )


def _given(
    shown: tuple[str, ...],
    flags: Mapping[str, bool],
    detector: Detector | None,
    limits: FaceThresholds,
) -> FaceReadings:
    units = {code: UnitReading(code, float(on), float(on)) for code, on in flags.items()}
    segment = FaceSegment(None, None, 1, units, shown)
    return FaceReadings("given", detector, (segment,), FrameCounts(1, 1), limits)
