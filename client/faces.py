"""Questions about faces: FACS codes, detectors, readings, phrases."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from affectgraph.api import face_answers, shapes
from affectgraph.api import relation_answers as relations
from affectgraph.api.around_answers import Detector
from affectgraph.api.batches import Batch
from affectgraph.client.call import Call, get, post

By = Literal["score", "percent", "discounted"]
Actions = Mapping[str, float | bool] | Sequence[str | int] | str


def action_units(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[shapes.ActionUnit]]:
    """Return a page of the FACS codes, sorted by number."""
    return get("/v1/action-units", shapes.Page[shapes.ActionUnit], limit=limit, offset=offset)


def action_unit(code: str) -> Call[shapes.ActionUnit]:
    """Return one FACS code: ``AU12``, ``12``."""
    return get("/v1/action-units/{code}", shapes.ActionUnit, names={"code": code})


def action_units_many(codes: Sequence[object]) -> Call[Batch[shapes.ActionUnit]]:
    """Return up to 1,000 FACS codes."""
    return post("/v1/action-units/batch", Batch[shapes.ActionUnit], codes=codes)


def rank_emotions(
    actions: Sequence[str | int], *, detector: str | None = None, limit: int = 5
) -> Call[shapes.FacialRanking]:
    """Return concepts ranked by facial actions, with the caveat that goes with them."""
    return post(
        "/v1/action-units/emotions",
        shapes.FacialRanking,
        actions=actions,
        detector=detector,
        limit=limit,
    )


def weigh_face(
    actions: Actions,
    *,
    detector: str | None = None,
    by: By = "score",
    base_rates: str | Mapping[str, float] | None = None,
    limit: int = 5,
    thresholds: face_answers.Thresholds | Mapping[str, Any] | None = None,
) -> Call[face_answers.FaceAnswer]:
    """Return what a detector or a coder reported of a face, and the emotions it speaks for."""
    return post(
        "/v1/faces",
        face_answers.FaceAnswer,
        actions=actions,
        detector=detector,
        by=by,
        base_rates=base_rates,
        limit=limit,
        thresholds=thresholds,
    )


def weigh_faces(faces: Sequence[object]) -> Call[Batch[face_answers.FaceAnswer]]:
    """Return the same of up to 1,000 faces, each an object with the fields of :func:`weigh_face`."""
    return post("/v1/faces/batch", Batch[face_answers.FaceAnswer], faces=faces)


def weigh_face_file(
    content: str,
    *,
    tool: Literal["openface", "py-feat", "libreface"] = "openface",
    face: str | int | None = None,
    segment_s: float | None = None,
    detector: str | None = None,
    by: By = "score",
    base_rates: str | Mapping[str, float] | None = None,
    limit: int = 5,
    thresholds: face_answers.FileThresholds | Mapping[str, Any] | None = None,
) -> Call[face_answers.FaceAnswer]:
    """Return what a detector's file says, by segments of ``segment_s`` seconds.

    :param content: text of the CSV file.
    """
    return post(
        "/v1/faces/file",
        face_answers.FaceAnswer,
        content=content,
        tool=tool,
        face=face,
        segment_s=segment_s,
        detector=detector,
        by=by,
        base_rates=base_rates,
        limit=limit,
        thresholds=thresholds,
    )


def face_phrase(phrase: str) -> Call[face_answers.UnitGrounding]:
    """Return the facial actions a phrase, name or code stands for."""
    return get("/v1/faces/phrases", face_answers.UnitGrounding, phrase=phrase)


def face_phrases(phrases: Sequence[object]) -> Call[face_answers.UnitGroundingAnswer]:
    """Return the same of up to 1,000 phrases."""
    return post("/v1/faces/phrases", face_answers.UnitGroundingAnswer, phrases=phrases)


def face_texts(texts: Sequence[object]) -> Call[Batch[face_answers.FaceText]]:
    """Return the facial actions said in up to 1,000 texts."""
    return post("/v1/faces/texts", Batch[face_answers.FaceText], texts=texts)


def confusable(
    *, concept: str | None = None, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[relations.Confusion]]:
    """Return a page of the pairs of concepts whose published facial patterns are nested or equal."""
    return get(
        "/v1/faces/confusable",
        shapes.Page[relations.Confusion],
        concept=concept,
        limit=limit,
        offset=offset,
    )


def deciding_units(
    first: str, second: str, *, detector: str | None = None, more_than: float = 0.5
) -> Call[relations.Comparison]:
    """Return the facial actions that tell two concepts apart."""
    return get(
        "/v1/faces/deciding",
        relations.Comparison,
        first=first,
        second=second,
        detector=detector,
        more_than=more_than,
    )


def detectors(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[Detector]]:
    """Return a page of the detectors, with the FACS codes each can report."""
    return get("/v1/detectors", shapes.Page[Detector], limit=limit, offset=offset)


def detector(name: str) -> Call[Detector]:
    """Return one detector by the start of its name."""
    return get("/v1/detectors/{name}", Detector, names={"name": name})
