"""Addresses that others registered (RFC 8615): ``/.well-known/void``, the description of the data."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from affectgraph.api.handlers import documented
from affectgraph.api.negotiation import HTML, RDF_TYPES, accept_of, wanted
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_threads import on_query_thread
from affectgraph.api.rendering import own_address
from affectgraph.api.resources import serialise
from affectgraph.api.service_description import void_description
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.sparql import DESCRIBED_AS, answered, not_acceptable

router = APIRouter(tags=["sparql"], responses=documented(406))


@router.get(
    "/.well-known/void",
    summary="VoID description of the data",
    response_class=Response,
    openapi_extra={"x-media-types": list(RDF_TYPES)},
)
async def get_void(
    request: Request,
    services: ServicesDep,
    format_: Annotated[
        str | None, Query(alias="format", description="Short name of a format, for links.")
    ] = None,
) -> Response:
    """What the endpoint serves: figures, vocabularies, licence, links to other data, in a format of RDF.

    A browser is led to the page of the data set.
    """
    media_type = wanted(accept_of(request.headers), format_, DESCRIBED_AS)
    if media_type is None:
        raise not_acceptable(DESCRIBED_AS)
    if media_type == HTML:
        return RedirectResponse(
            own_address("/dataset"), status_code=303, headers={"Vary": "Accept"}
        )
    work = partial(_described, services, str(request.base_url), media_type)
    return await answered(request, on_query_thread(work))


def _described(
    services: Services, base: str, media_type: str, cancellation: Cancellation
) -> Response:
    figures = services.figures.get(cancellation)
    triples = void_description(base, figures, services.queries, cancellation)
    content = serialise(triples, RDF_TYPES[media_type])
    return Response(content, media_type=media_type, headers={"Vary": "Accept"})
