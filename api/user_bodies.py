"""Users' graphs as the service takes and gives them: bodies by media type, entries as JSON."""

from datetime import datetime

from fastapi import HTTPException
from pyoxigraph import Quad

from affectgraph.api.access import current_caller
from affectgraph.api.handlers import OfferError
from affectgraph.api.shapes import Shape
from affectgraph.kg.rdf_input import MEDIA_TYPES, InputLimits, read_rdf
from affectgraph.kg.user_catalogue import About, GraphEntry
from affectgraph.ontology.errors import InputError

LIMITS = InputLimits(size=8 * 1024 * 1024, seconds=10.0)
"""How much a document that is sent may be and take."""


class UserGraph(Shape):
    """A graph of a user."""

    iri: str
    name: str | None
    """Short name; null if it has an IRI alone."""
    kind: str
    """rdf, vocabulary, scheme, vad, observations, rationales or traces."""
    triples: int
    digest: str
    """Sum of the SHA-256 of its triples in N-Triples, modulo 2^256."""
    version: int
    """Number of the write that made it what it is."""
    created: datetime
    modified: datetime
    agent: str
    """Name of the key that wrote it, or what its writer said."""
    source: str
    licence: str


class UserGraphs(Shape):
    """All graphs of users, by IRI."""

    items: list[UserGraph]
    version: int
    """Number of the last write."""


def to_user_graph(entry: GraphEntry) -> UserGraph:
    """Return an entry of the catalogue as the service sends it."""
    return UserGraph(
        iri=entry.iri,
        name=entry.name,
        kind=entry.kind,
        triples=entry.triples,
        digest=entry.digest,
        version=entry.version,
        created=entry.created,
        modified=entry.modified,
        agent=entry.agent,
        source=entry.source,
        licence=entry.licence,
    )


def about_of(kind: str = "", source: str = "", licence: str = "") -> About:
    """Return what is said of a graph, with the name of the key that the current request came with."""
    key = current_caller().key
    return About(kind, agent="" if key is None else key.name, source=source, licence=licence)


def read_body_quads(content_type: str, body: bytes, *, base: str) -> list[Quad]:
    """Return the quads of a body.

    :param base: IRI that relative ones are resolved against.
    :raises OfferError: 415 if it is of a type that is not read.
    :raises HTTPException: 400 if it does not parse, or is more than may be sent.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    format_ = MEDIA_TYPES.get(media_type)
    if format_ is None:
        raise OfferError(
            415,
            f"Expected a body of type {', '.join(MEDIA_TYPES)}, got {media_type[:80] or 'none'}.",
            offered=list(MEDIA_TYPES),
        )
    try:
        return read_rdf(body, format_, base=base, limits=LIMITS)
    except InputError as error:
        raise HTTPException(400, str(error)) from error
