"""Texts with their mentions of emotion."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from affectgraph.api.annotations import (
    AnnotateBody,
    Annotation,
    nif_of,
    require_text,
    require_total,
    to_annotation,
)
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented
from affectgraph.api.representations import (
    RDF_FORMATS,
    AcceptHeader,
    FormatQuery,
    document_response,
    documented_types,
    rdf_format,
    vary_by_accept,
)
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1", tags=["annotating"], responses=documented(406, 413))


@router.get(
    "/annotate",
    summary="Emotions in a text",
    response_model=Annotation,
    responses=documented_types(*RDF_FORMATS),
    dependencies=[Depends(vary_by_accept)],
)
def get_annotation(
    services: ServicesDep,
    text: Annotated[
        str, Query(description="A text; a long one goes by POST.", examples=["Happy, not sad."])
    ],
    overlapping: Annotated[
        bool, Query(description="Also shorter mentions inside longer ones.")
    ] = False,
    ambiguous: Annotated[
        bool, Query(description="Also words whose ordinary sense could not be ruled out.")
    ] = False,
    format_: FormatQuery = None,
    accept: AcceptHeader = None,
) -> Annotation | Response:
    """Mentions with polarity, intensity, certainty, role and experiencer, and what the text sums up to.

    As JSON-LD, Turtle or N-Triples the text comes as NIF 2.0 with its affirmed mentions.
    """
    rdf = rdf_format(accept, format_)
    annotator = services.annotator(overlapping=overlapping, ambiguous=ambiguous)
    found = annotator.annotate(require_text(text))
    if rdf is not None:
        return document_response(nif_of(services.graph, found, rdf))
    return to_annotation(found)


@router.post("/annotate", summary="Emotions in many texts")
def post_annotations(services: ServicesDep, body: AnnotateBody) -> Batch[Annotation]:
    """As `GET /v1/annotate`, for up to 1,000 texts; a bad one has its error at its place."""
    require_total(body.texts)
    annotator = services.annotator(overlapping=body.overlapping, ambiguous=body.ambiguous)

    def answer(text: object) -> Annotation:
        found = annotator.annotate(require_text(text))
        nif = nif_of(services.graph, found, body.nif) if body.nif is not None else None
        return to_annotation(found, nif=nif)

    return answer_each(Annotation, body.texts, answer)
