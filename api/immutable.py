"""Which answers cannot change while a graph is served, and the mark of the graph they are answers of."""

import re
import secrets
from dataclasses import dataclass

from affectgraph.kg.compiled import PackagedStore, packaged_digest
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.version import VERSION

ROUTES = (
    "/v1/action-units",
    "/v1/cause-types",
    "/v1/crosswalk",
    "/v1/cue-types",
    "/v1/detectors",
    "/v1/emotions",
    "/v1/faces/confusable",
    "/v1/faces/deciding",
    "/v1/faces/phrases",
    "/v1/ground",
    "/v1/modalities",
    "/v1/nearest",
    "/v1/schemes",
    "/v1/sources",
    "/v1/states",
    "/v1/suggest",
    "/v1/tree",
    "/v1/vad/disagreements",
    "/v1/vad/place",
    "/v1/vad/scales",
    "/v1/vad/words",
    "/v1/vocabularies",
)
"""Routes that answer GET with JSON, from their address and the graph alone, with those below them."""

PAGES = frozenset(
    "association au au-pattern cause-type co-occurrence cue cue-type dataset detector emotion faces lex "
    "lookup mapping modality ontology scheme source state term-link tree-entry tree-variant vad "
    "vocabulary".split()
)
"""First parts of the addresses of pages and IRIs that the same holds for.

Named graphs are not among them, since users' own may be there, nor the home page, which shows the address it
was asked at, nor whatever reads texts: what people write about themselves is kept nowhere.
"""


SPARQL = "/sparql"
QUERY_BYTES = 4_000
"""Longest query string of ``/sparql`` whose answer is kept."""

_CHANGING = re.compile(
    rb"(?:rand|now|uuid|bnode)(?:%20|%0[9ad]|[+ ])*(?:%28|%23|[(#])"
    rb"|\\|%5c|%[46][1-9a-f]|%[57][0-9a]",
    re.IGNORECASE,
)
"""Calls of functions of SPARQL 1.1 that give something else each time, in a query string as it was sent.

Engines take a word right behind another (``ORDER BYRAND()``), and comments before the parenthesis. A
backslash, or a letter that is sent as ``%`` and digits, may hide a name.
"""

_ASKING = re.compile(rb"(?:^|&)query=[^&]")
"""A query; without one the answer tells of the address that was asked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How answers on a path may be kept.

    :param varies: whether ``Accept`` chooses among representations.
    """

    varies: bool


_JSON = Kept(varies=False)
_PAGE = Kept(varies=True)


def kept_as(path: str, query: bytes = b"") -> Kept | None:
    """Return how answers to GET on a path may be kept, None if they may not.

    :param query: the query string; without it ``/sparql`` is a page that tells of its own address.

    >>> kept_as("/v1/emotions/dread"), kept_as("/emotion/dread")
    (Kept(varies=False), Kept(varies=True))
    >>> kept_as("/v1/reason"), kept_as("/v1/version"), kept_as("/healthz"), kept_as("/sparql")
    (None, None, None, None)
    >>> kept_as("/sparql", b"query=ASK+%7B%7D"), kept_as("/sparql", b"query=SELECT+(now()+AS+?t)+%7B%7D")
    (Kept(varies=True), None)
    """
    if path.startswith("/v1/"):
        return _JSON if any(path == r or path.startswith(r + "/") for r in ROUTES) else None
    if path == SPARQL:
        return _PAGE if _is_lasting(query) else None
    return _PAGE if path[1:].partition("/")[0] in PAGES else None


def _is_lasting(query: bytes) -> bool:
    """Return whether a query string of ``/sparql`` asks what has the same answer as long as the graph."""
    if len(query) > QUERY_BYTES or _ASKING.search(query) is None:
        return False
    return _CHANGING.search(query) is None


def graph_mark(graph: EmotionGraph) -> str | None:
    """Return what tells answers of this graph and package from all others; None if they may change.

    The packaged graph has the digest of its file with the version of the package, so that each process
    that serves it gives the same. Any other graph has a mark by chance, good for one process, since two of
    one version may differ. A graph on a server may change at any time.
    """
    if not isinstance(graph.store, OxigraphStore):
        return None
    changed = graph.index.lexicons or graph.index.laid_over
    if isinstance(graph.store, PackagedStore) and not changed:
        return f"{VERSION} {packaged_digest()}"
    return secrets.token_hex(16)
