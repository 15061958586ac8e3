"""Entity tags of users' graphs: of a graph by its triples, of what is known of it by its last write."""

from itertools import product

from starlette.requests import Request

from affectgraph.api.compression import accepts_gzip
from affectgraph.api.negotiation import RDF_TYPES
from affectgraph.kg.user_catalogue import GraphEntry

GZIP = "-gzip"
"""End of tags of answers to those who take gzip, as bytes that differ have other tags (RFC 9110, 8.8.3)."""

_DIGITS = 32
"""Hexadecimal digits of a digest in a tag: 128 bits."""


def content_tag(digest: str, media_type: str, request: Request) -> str:
    """Return the strong tag of a graph's triples in a format.

    It changes when the triples do, and at no other time.

    :param digest: of the triples, see :func:`affectgraph.kg.user_catalogue.digest_of`.
    """
    return f'"{digest[:_DIGITS]}-{media_type}{_coding(request)}"'


def state_tag(entry: GraphEntry, request: Request) -> str:
    """Return the strong tag of what is known of a graph; it changes with each write of the graph."""
    return f'"{state_name(entry)}{_coding(request)}"'


def state_name(entry: GraphEntry) -> str:
    """Return what names the state of a graph: the number of its last write, and its triples."""
    return f"{entry.version}-{entry.digest[:_DIGITS]}"


def tags_of(entry: GraphEntry | None) -> frozenset[str]:
    """Return every tag that a graph has now, of its triples and of what is known of it; none for none."""
    if entry is None:
        return frozenset()
    names = [f"{entry.digest[:_DIGITS]}-{type_}" for type_ in RDF_TYPES]
    return frozenset(
        f'"{name}{coding}"' for name, coding in product([*names, state_name(entry)], ("", GZIP))
    )


def _coding(request: Request) -> str:
    return GZIP if accepts_gzip(request.headers.raw) else ""
