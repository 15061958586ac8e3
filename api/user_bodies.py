"""Users' graphs as the service takes and gives them: bodies by media type, entries of the catalogue."""

from collections.abc import Iterable, Sequence

from fastapi import HTTPException
from pyoxigraph import DefaultGraph, NamedNode, Quad

from affectgraph.api.access import current_caller
from affectgraph.api.handlers import OfferError
from affectgraph.api.problems import FieldFault, PlacedError
from affectgraph.api.user_shapes import BadRow, UserGraph
from affectgraph.api.user_table_lines import DELIMITERS, lines_of_body, table_of_lines
from affectgraph.api.user_tags import state_name
from affectgraph.kg.rdf_input import MEDIA_TYPES, InputLimits, read_rdf
from affectgraph.kg.user_catalogue import About, GraphEntry
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import RowFault
from affectgraph.kg.user_writes import quad_of
from affectgraph.ontology.errors import InputError

SHOWN = 5
"""Faults of a table that a refusal names in its text."""

LIMITS = InputLimits(size=8 * 1024 * 1024, seconds=10.0)
"""How much a document that is sent may be and take."""


def rows_error(faults: Sequence[RowFault]) -> PlacedError:
    """Return the refusal of a table with bad rows: the first in words, all of them as places."""
    count = len({fault.line for fault in faults})
    shown = "; ".join(str(fault).removesuffix(".") for fault in faults[:SHOWN])
    more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    return PlacedError(
        f"Expected good rows, got {count} bad ones, and nothing is taken: {shown}{more}. Mend them, or send "
        "keep_good=true to take the others, if there are any.",
        [FieldFault(location=f"line {f.line}, {f.column}", message=f.message) for f in faults],
    )


def to_bad_row(fault: RowFault) -> BadRow:
    """Return a fault as the service sends it."""
    return BadRow(line=fault.line, column=fault.column, message=fault.message)


def to_user_graph(entry: GraphEntry) -> UserGraph:
    """Return an entry of the catalogue as the service sends it."""
    return UserGraph(
        iri=entry.iri,
        name=entry.name,
        kind=entry.kind,
        triples=entry.triples,
        digest=entry.digest,
        version=entry.version,
        etag=f'"{state_name(entry)}"',
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


def read_body(
    content_type: str, body: bytes, *, kind: str, name: str, iri: str, store: UserStore
) -> tuple[list[Quad], tuple[RowFault, ...], tuple[RowFault, ...]]:
    """Return the quads of RDF or of a table, the faults of the table, and its notes.

    :param name: of the graph as it was asked for, which a scheme is named by. :param iri: its IRI.
    :param store: what is to hold it, and no more than is sent.
    :raises OfferError, HTTPException: as :func:`read_body_quads`.
    :raises InputError: if it is a table of another kind, or its header is wrong.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in DELIMITERS:
        return read_body_quads(content_type, body, base=iri), (), ()
    lines = lines_of_body(body, media_type)
    found = table_of_lines(lines, kind, name=name, iri=iri, store=store, replaces=True)
    return [quad_of(triple, DefaultGraph()) for triple in found.triples], found.faults, found.notes


def require_one_graph(quads: Iterable[Quad], iri: str) -> None:
    """Do nothing if quads stand in a graph or in none, raise otherwise.

    :raises HTTPException: 400 if some stand in another.
    """
    for quad in quads:
        if quad.graph_name not in (DefaultGraph(), NamedNode(iri)):
            raise HTTPException(
                400,
                f"Expected triples of {iri}, got some of {quad.graph_name}. Put each graph by itself.",
            )


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
