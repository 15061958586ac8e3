"""Predictions and observations in the formats of others."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import Field

from affectgraph.api.bodies import BATCH_LIMIT, Body
from affectgraph.api.envelope_answers import EnvelopeAnswer, RdfName
from affectgraph.api.handlers import documented
from affectgraph.api.services import ServicesDep
from affectgraph.kg.envelopes import write_envelope
from affectgraph.reasoner.observing import observe_many

router = APIRouter(prefix="/v1", responses=documented(404, 413))

_EXAMPLE = {"label": "remorse", "scheme": "goemotions", "vad": [-0.6, 0.1, -0.4], "item": "post-1"}


class EnvelopeBody(Body):
    """Records to write as one document."""

    records: list[dict[str, Any]] = Field(
        min_length=1, max_length=BATCH_LIMIT, examples=[[_EXAMPLE]]
    )
    """Predictions (`label`, `scheme`, `aus`, `vad`, `item`, `text`, `agent`, `created`), or observations
    with `episodes`."""
    to: Literal["emotionml", "onyx", "rdf"] = "emotionml"
    """Kind of document; `rdf` is in the project's own terms and loses nothing."""
    categories: str | None = Field(default=None, examples=["big6"])
    """Vocabulary of the categories (`big6`, `fsre-categories`, ...), or `affectgraph` for the concepts
    themselves; by default `big6` in EmotionML and `affectgraph` in Onyx."""
    dimensions: Literal["pad-dimensions", "fsre-dimensions"] | None = None
    """EmotionML: how VAD is said; PAD if left out."""
    format: RdfName | None = None
    """Onyx and RDF: Turtle if left out."""


@router.post("/envelope", summary="Write as EmotionML or Onyx", tags=["envelopes"])
def post_envelope(services: ServicesDep, body: EnvelopeBody) -> EnvelopeAnswer:
    """One document for up to 1,000 records, and every loss of it in words."""
    written = write_envelope(
        services.graph,
        observe_many(services.linker, body.records),
        to=body.to,
        categories=body.categories,
        dimensions=body.dimensions,
        format=body.format,
    )
    return EnvelopeAnswer.model_validate(written)
