"""Answers of REST that are JSON or, by Accept or ``?format=``, a document in a format of others."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from affectgraph.api.handlers import OfferError
from affectgraph.api.negotiation import accept_of, choose
from affectgraph.kg.envelopes import Envelope

JSON = "application/json"
EMOTIONML = "application/emotionml+xml"
RDF_FORMATS: dict[str, str] = {
    "application/ld+json": "jsonld",
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
}
"""Media type -> what the writers of envelopes call it."""
DATA_FORMATS: dict[str, str] = {**RDF_FORMATS, "application/trig": "trig"}
"""The same with TriG, for documents that may stand in a named graph."""
LOSSES = "AffectGraph-Losses"
"""Header that counts what a document sent by itself could not carry; JSON lists it."""

RdfFormat = Literal["json", "jsonld", "turtle", "ntriples"]
DataFormat = Literal["json", "jsonld", "turtle", "ntriples", "trig"]


def _accept(request: Request) -> str | None:
    """Return the header Accept of a request."""
    return accept_of(request.headers)


AcceptHeader = Annotated[str | None, Depends(_accept)]
"""The header that chooses the representation; OpenAPI says so by the media types of the answer."""
FormatQuery = Annotated[
    RdfFormat | None,
    Query(alias="format", description="Wins over Accept: `json`, or a format of RDF."),
]
DataFormatQuery = Annotated[
    DataFormat | None,
    Query(alias="format", description="Wins over Accept: `json`, or a format of RDF."),
]


def choose_type(accept: str | None, offered: Iterable[str]) -> str:
    """Return the media type that a header asks for: JSON, or one of those offered.

    :raises OfferError: 406 if the header takes none of them.

    >>> choose_type("text/turtle", RDF_FORMATS), choose_type("*/*", RDF_FORMATS)
    ('text/turtle', 'application/json')
    """
    types = (JSON, *offered)
    found = choose(accept, types)
    if found is None:
        raise OfferError(406, f"Expected to send one of {', '.join(types)}.", offered=types)
    return found


def rdf_format(
    accept: str | None, named: str | None, formats: Mapping[str, str] = RDF_FORMATS
) -> str | None:
    """Return the format of RDF that a request asks for, None for JSON.

    :param named: what ``?format=`` says, which wins over the header.
    :param formats: media type -> format, of those offered.
    :raises OfferError: 406 if the header takes none of them.
    """
    if named is not None:
        return None if named == "json" else named
    return formats.get(choose_type(accept, formats))


def vary_by_accept(response: Response) -> None:
    """Say to caches that the header chose the representation; a dependency of routes that have several."""
    response.headers["Vary"] = "Accept"


def document_response(document: Envelope) -> Response:
    """Return a document sent by itself; :data:`LOSSES` counts what it could not carry."""
    headers = {"Vary": "Accept", LOSSES: str(len(document.losses))}
    return Response(document.content, media_type=document.media_type, headers=headers)


def documented_types(*types: str) -> dict[int | str, dict[str, Any]]:
    """Return the further media types of a route's answer for its OpenAPI entry.

    JSON-LD is JSON, an array or an object; the others are text.
    """
    json_ld = {"type": ["array", "object"]}
    schemas = {type_: json_ld if "json" in type_ else {"type": "string"} for type_ in types}
    return {200: {"content": {type_: {"schema": schema} for type_, schema in schemas.items()}}}
