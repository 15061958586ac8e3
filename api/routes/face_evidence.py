"""Faces: readings of detectors and words for facial actions, and what they are evidence for."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api import face_answers as shapes
from affectgraph.api.annotations import require_text, require_total
from affectgraph.api.batches import Batch, answer_each, read_item
from affectgraph.api.face_evidence import weigh_file, weigh_given
from affectgraph.api.handlers import documented
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1/faces", tags=["faces"], responses=documented(404, 413))


@router.post("", summary="Weigh one face")
def post_face(services: ServicesDep, body: shapes.FaceBody) -> shapes.FaceAnswer:
    """What a detector or a coder reported, occurrence and intensity apart, and the emotions it speaks for.

    Evidence about what a face shows, never a verdict about a person: show its `caveat`. An action that the
    detector cannot report is not missed; `deciding` says what would tell the best concepts apart.
    """
    return weigh_given(services.graph, body)


@router.post("/batch", summary="Weigh many faces")
def post_faces(services: ServicesDep, body: shapes.FaceBatchBody) -> Batch[shapes.FaceAnswer]:
    """As `POST /v1/faces`, for up to 1,000 faces; a bad one has its error at its place."""
    return answer_each(
        shapes.FaceAnswer,
        body.faces,
        lambda item: weigh_given(services.graph, read_item(shapes.FaceBody, item)),
    )


@router.post("/file", summary="Weigh a detector's file")
def post_file(services: ServicesDep, body: shapes.FaceFileBody) -> shapes.FaceAnswer:
    """A CSV file of OpenFace, py-feat or LibreFace: readings by segment, and what they are evidence for.

    Frames the tool reports as failed or unsure are counted and left out. A bad cell is named by line and
    column.
    """
    return weigh_file(services.graph, body)


@router.get("/phrases", summary="What a phrase says of a face")
def get_phrase(
    services: ServicesDep,
    phrase: Annotated[
        str,
        Query(
            description="Words, a FACS name, or codes.", examples=["corners of the mouth pulled up"]
        ),
    ],
) -> shapes.UnitGrounding:
    """The facial actions a phrase, name or code stands for, with evidence; `nil` is an answer, too."""
    return shapes.UnitGrounding.model_validate(services.units.ground(phrase))


@router.post("/phrases", summary="What many phrases say of a face")
def post_phrases(services: ServicesDep, body: shapes.PhrasesBody) -> shapes.UnitGroundingAnswer:
    """As `GET /v1/faces/phrases`, for up to 1,000 phrases."""
    found = services.units.ground_many(body.phrases)
    return shapes.UnitGroundingAnswer(
        items=[shapes.UnitGrounding.model_validate(grounding) for grounding in found]
    )


@router.post("/texts", summary="Facial actions in texts")
def post_texts(services: ServicesDep, body: shapes.FaceTextsBody) -> Batch[shapes.FaceText]:
    """The facial actions said in prose, with places, sides, and what is denied; up to 1,000 texts."""
    require_total(body.texts)

    def answer(item: object) -> shapes.FaceText:
        text = require_text(item)
        found = services.units.find(text)
        mentions = tuple(shapes.UnitMention.model_validate(mention) for mention in found)
        return shapes.FaceText(text=text, mentions=mentions)

    return answer_each(shapes.FaceText, body.texts, answer)
