"""Chooses a media type by an Accept header, with quality values and specificity (RFC 9110, 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat, RdfFormat

if TYPE_CHECKING:
    from starlette.datastructures import Headers

HTML = "text/html"
PROBLEM = "application/problem+json"

RDF_TYPES: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}
"""Media types of triples, by preference of the service."""

RESULT_TYPES: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Media types of SELECT and ASK results, by preference of the service."""

KNOWN_LENGTH = 256
"""Characters of an Accept header whose choice is remembered; clients send the same few again and again."""

SHORT_NAMES = {
    "html": HTML,
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""What ``?format=`` takes, for links in pages; it wins over Accept."""

RDF_DOWNLOADS = {"Turtle": "ttl", "JSON-LD": "jsonld", "RDF/XML": "rdf", "N-Triples": "nt"}
"""Names of formats as pages call them, with their short names."""


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One range of an Accept header, ``*`` standing for any; parameters other than q are dropped."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """Return how closely the range names a type: 2 wholly, 1 by its type, 0 any, None not at all."""
        main, _, sub = media_type.partition("/")
        if (self.type, self.subtype) == (main, sub):
            return 2
        if (self.type, self.subtype) == (main, "*"):
            return 1
        return 0 if (self.type, self.subtype) == ("*", "*") else None


def accept_of(headers: "Headers") -> str | None:
    """Return the header ``Accept`` of a request, None without one.

    Several of the name are one list (RFC 9110, 5.3); whoever took the first alone would answer another
    question than the response cache keeps the answer by.
    """
    return ", ".join(headers.getlist("accept")) or None


def parse_accept(header: str) -> list[MediaRange]:
    """Return the ranges of an Accept header; what is not well formed is left out.

    >>> parse_accept("text/html;q=0.5, */*")[0].quality
    0.5
    """
    found = (_parse_range(part) for part in header.split(","))
    return [range_ for range_ in found if range_ is not None]


def _parse_range(text: str) -> MediaRange | None:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    main, slash, sub = name.partition("/")
    if not slash or not main or not sub:
        return None
    quality = _quality(parameters)
    return None if quality is None else MediaRange(main, sub, quality)


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that the header likes best, None if it takes none of them.

    The most specific range decides a type's quality. Ties go to the type named more specifically,
    then to the one offered first. No header, or an empty one, takes the first.

    >>> choose("text/turtle;q=0.9, text/*;q=0.5", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose("image/png", ["text/html"])
    """
    if accept is None or not accept.strip():
        return offered[0]
    known = len(accept) <= KNOWN_LENGTH
    return (_choose_known if known else _choose)(accept, tuple(offered))


def _choose(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = parse_accept(accept)
    best: tuple[float, int, int] | None = None
    for position, media_type in enumerate(offered):
        fits = [(s, r.quality) for r in ranges if (s := r.specificity(media_type)) is not None]
        if fits:
            specificity, quality = max(fits)
            key = (quality, specificity, -position)
            if quality > 0 and (best is None or key > best):
                best = key
    return None if best is None else offered[-best[2]]


_choose_known = lru_cache(maxsize=512)(_choose)


def prefers_html(accept: str | None) -> bool:
    """Return whether a header asks for HTML before anything a program reads; browsers do."""
    offered = ("application/json", PROBLEM, *RDF_TYPES, HTML)
    return choose(accept, tuple(dict.fromkeys(offered))) == HTML


def wanted(accept: str | None, short_name: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered type that ``?format=`` names or, without one, the header likes best."""
    if short_name:
        named = SHORT_NAMES.get(short_name.strip().lower(), short_name)
        return named if named in offered else None
    return choose(accept, offered)
