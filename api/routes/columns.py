"""Label columns of data sets: their scheme, their meaning, another scheme, and the votes of raters."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from affectgraph.api import columns as shapes
from affectgraph.api import soft_labels as soft
from affectgraph.api.envelope_answers import EnvelopeAnswer
from affectgraph.api.handlers import documented
from affectgraph.api.representations import (
    EMOTIONML,
    RDF_FORMATS,
    AcceptHeader,
    choose_type,
    document_response,
    documented_types,
    vary_by_accept,
)
from affectgraph.api.services import ServicesDep
from affectgraph.kg.envelopes import Envelope
from affectgraph.linkers import detect_schemes
from affectgraph.ontology.errors import InputError

router = APIRouter(prefix="/v1/schemes", tags=["columns"], responses=documented(404, 413))

DOCUMENTS: dict[str, tuple[str, str | None]] = {
    EMOTIONML: ("emotionml", None),
    **{type_: ("onyx", name) for type_, name in RDF_FORMATS.items()},
}
"""Media type of soft labels besides JSON -> kind and format of the document."""

SchemeName = Annotated[
    str, Path(alias="name", description="Name of the scheme.", examples=["goemotions"])
]
RatedScheme = Annotated[
    str, Path(alias="name", description="Name of the scheme.", examples=["ferplus"])
]


@router.post("/detect", summary="Which scheme a column is of")
def post_detect(services: ServicesDep, body: shapes.DetectBody) -> shapes.DetectAnswer:
    """The schemes that cover most of the rows, with every label that does not fit."""
    return shapes.to_fits(detect_schemes(services.graph, body.labels, limit=body.limit))


@router.post("/{name}/read", summary="Read a column in a scheme")
def post_read(
    services: ServicesDep, name: SchemeName, body: shapes.ColumnBody
) -> shapes.LabelColumn:
    """The scheme's label of each row, what each means, and cells that are none with the nearest label."""
    return shapes.to_column(services.scheme_linker(name).read(body.labels))


@router.post("/{name}/map", summary="Say a column in another scheme")
def post_map(services: ServicesDep, name: SchemeName, body: shapes.MapBody) -> shapes.MappedColumn:
    """Each row's labels in the other scheme, and in words what that loses."""
    return shapes.to_mapped(services.scheme_linker(name).map(body.labels, body.target))


@router.post(
    "/{name}/soft-labels",
    summary="Votes of raters as distributions",
    response_model=soft.SoftLabelAnswer,
    responses={**documented(404, 406, 413), **documented_types(*DOCUMENTS)},
    dependencies=[Depends(vary_by_accept)],
)
def post_soft_labels(
    services: ServicesDep, name: RatedScheme, body: soft.SoftLabelBody, accept: AcceptHeader = None
) -> soft.SoftLabelAnswer | Response:
    """Distributions over labels, concepts, a tier and another scheme; all raters are kept.

    By `Accept`, the items come as one EmotionML document or as Onyx in JSON-LD, Turtle or N-Triples; an
    item that is bad then refuses the request, as such a document has no place for errors.
    """
    type_ = choose_type(accept, DOCUMENTS)
    linker = services.scheme_linker(name)
    batch, kept = soft.read_items(linker, body.items, tier=body.tier, target=body.target)
    if type_ in DOCUMENTS:
        soft.require_all(batch)
        to, format_ = DOCUMENTS[type_]
        return document_response(
            soft.write_items(linker, kept, to=to, categories=body.categories, format=format_)
        )
    document: Envelope | None = None
    if body.to is not None:
        document = soft.write_items(
            linker, kept, to=body.to, categories=body.categories, format=body.format
        )
    elif body.format or body.categories:
        raise InputError("Expected `to` beside `format` and `categories`, got none. Add it.")
    kappa, note = soft.kappa_of([found for found, _ in kept])
    return soft.SoftLabelAnswer(
        **dict(batch),
        scheme=linker.scheme.name,
        fleiss_kappa=kappa,
        fleiss_kappa_note=note,
        document=None if document is None else EnvelopeAnswer.model_validate(document),
    )
