"""Weighs faces as the service and the command line answer them: readings first, then evidence."""

from collections.abc import Iterable, Mapping
from io import StringIO

from affectgraph.api import face_answers as shapes
from affectgraph.api.annotations import require_text
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers import face_evidence as evidence
from affectgraph.linkers import face_readings, read_actions, weigh_face
from affectgraph.linkers.face_files import read_libreface, read_openface, read_py_feat
from affectgraph.ontology.errors import InputError


def weigh_given(graph: EmotionGraph, body: shapes.FaceBody) -> shapes.FaceAnswer:
    """Return what facial actions given as data are evidence for.

    :raises InputError: if there is no action, a text of them is too long, or a value is out of range.
    :raises UnknownTermError: if there is no such code, detector or data set.
    """
    if isinstance(body.actions, str):
        require_text(body.actions, limit=shapes.ACTIONS_LIMIT)
    limits = face_readings.FaceThresholds(**body.thresholds.model_dump())
    return _weigh(graph, read_actions(graph, body.actions, thresholds=limits), body)


def weigh_file(graph: EmotionGraph, body: shapes.FaceFileBody) -> shapes.FaceAnswer:
    """Return what a detector's file is evidence for, over all its segments.

    :raises InputError: if columns are missing, several faces are in it and none is chosen, or a used frame
        has a bad cell; the message names line and column. If it has too many segments.
    :raises UnknownTermError: if there is no such detector or data set.
    """
    limits = face_readings.FaceThresholds(**body.thresholds.model_dump())
    readings = read_file(
        graph,
        StringIO(body.content, newline=""),
        tool=body.tool,
        face=body.face,
        segment_s=body.segment_s,
        thresholds=limits,
    )
    count = len(readings.segments)
    if count > shapes.SEGMENT_LIMIT:
        raise InputError(
            f"Expected at most {shapes.SEGMENT_LIMIT:,} segments, got {count:,} of "
            f"{body.segment_s:g} s. Ask for longer ones, or use `affectgraph faces FILE`."
        )
    return _weigh(graph, readings, body)


def read_file(
    graph: EmotionGraph,
    source: str | Iterable[str],
    *,
    tool: str,
    face: str | int | None,
    segment_s: float | None,
    thresholds: face_readings.FaceThresholds,
) -> face_readings.FaceReadings:
    """Return what a file of a tool reports of one face.

    :param source: path, or lines.
    :param tool: ``openface``, ``py-feat`` or ``libreface``, whose files have one face.
    :raises InputError: if there is no such tool, or as its reader does.
    """
    if tool == "libreface":
        if face is not None:
            raise InputError(f"Expected no face with libreface, got {face!r}. Its files have one.")
        return read_libreface(graph, source, segment_s=segment_s, thresholds=thresholds)
    readers = {"openface": read_openface, "py-feat": read_py_feat}
    if tool not in readers:
        raise InputError(f"Expected a tool of {', '.join([*readers, 'libreface'])}, got {tool!r}.")
    return readers[tool](graph, source, face=face, segment_s=segment_s, thresholds=thresholds)


def weigh_readings(
    graph: EmotionGraph,
    readings: face_readings.FaceReadings,
    *,
    detector: str | None,
    by: evidence.RankBy,
    base_rates: str | Mapping[str, float] | None,
    limit: int,
) -> evidence.FaceEvidence | None:
    """Return the evidence of readings, None if no action counts as shown.

    :raises InputError: if a parameter is out of range, also where nothing is shown.
    :raises UnknownTermError: if there is no such detector, data set or code, also where nothing is shown.
    """
    if not readings.shown:
        evidence.require_weighing(
            graph, detector=detector, by=by, base_rates=base_rates, limit=limit
        )
        return None
    return weigh_face(graph, readings, detector=detector, by=by, base_rates=base_rates, limit=limit)


def _weigh(
    graph: EmotionGraph, readings: face_readings.FaceReadings, how: shapes.Weighing
) -> shapes.FaceAnswer:
    found = weigh_readings(
        graph,
        readings,
        detector=how.detector,
        by=how.by,
        base_rates=how.base_rates,
        limit=how.limit,
    )
    return to_face_answer(readings, found)


def to_face_answer(
    readings: face_readings.FaceReadings, found: evidence.FaceEvidence | None
) -> shapes.FaceAnswer:
    """Return readings and their evidence as they are sent."""
    return shapes.FaceAnswer(
        readings=to_readings(readings),
        evidence=None if found is None else shapes.FaceEvidence.model_validate(found),
        caveat=CAVEAT,
    )


def to_readings(readings: face_readings.FaceReadings) -> shapes.FaceReadings:
    """Return readings as they are sent."""
    detector = readings.detector
    return shapes.FaceReadings(
        tool=readings.tool,
        can_see=None if detector is None else tuple(sorted(detector.codes, key=_number)),
        segments=tuple(_segment(part) for part in readings.segments),
        counts=shapes.FrameCounts.model_validate(readings.counts),
        thresholds=shapes.AppliedThresholds.model_validate(readings.thresholds),
        ignored=readings.ignored,
    )


def _number(code: str) -> tuple[int, str]:
    """Return what codes are sorted by: AU4 stands before AU12."""
    return len(code), code


def _segment(part: face_readings.FaceSegment) -> shapes.FaceSegment:
    return shapes.FaceSegment(
        start_s=part.start_s,
        end_s=part.end_s,
        frames=part.frames,
        shown=part.shown,
        units=tuple(shapes.UnitReading.model_validate(unit) for unit in part.units.values()),
    )
