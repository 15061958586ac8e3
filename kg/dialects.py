"""Where SPARQL servers differ from SPARQL 1.1 and from one another, in one place.

Each difference has its source; ``is_tested`` says whether the suite of stores was run on a real server of the
kind (``tests/kg/test_virtuoso.py``), or only what its documentation says was followed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from affectgraph.kg.http_replies import RemoteFailureError
from affectgraph.ontology.errors import InputError, QueryError
from affectgraph.ontology.iris import GRAPH, XSD

DEFAULT_GRAPH: Final = GRAPH + "default"
"""Graph that holds the default graph on servers that have none of their own, by our instructions for them."""

NO_GRAPH: Final = GRAPH + "none"
"""A graph that nobody fills; it says "no graphs" to servers that take an empty list for all of them."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a kind of server departs from the plain protocol.

    :param default_graph: graph that stands for the default graph; None where the server's own is meant.
        Servers that unite all graphs have no other way to ask for the default graph alone.
    :param own_graphs: beginnings of the names of graphs that the server fills for itself.
    :param opens_datasets: whether named graphs that a request leaves out are seen none the less.
    :param cuts_graphs: whether answers to CONSTRUCT and DESCRIBE may be cut without a sign.
    :param plain_booleans: whether stored booleans come as 1 and 0.
    :param refuses: beginnings of IRIs that call the server's own procedures; queries of strangers may
        hold none.
    :param calls_relative: whether a relative IRI in place of a function calls a procedure of the server;
        queries of strangers may hold none.
    :param is_tested: whether the suite of stores was run on a real one.
    :param source: where this is said.
    """

    name: str
    title: str
    default_graph: str | None = None
    own_graphs: tuple[str, ...] = ()
    opens_datasets: bool = False
    cuts_graphs: bool = False
    plain_booleans: bool = False
    refuses: tuple[str, ...] = ()
    calls_relative: bool = False
    is_tested: bool = False
    source: str = ""


SPARQL11: Final = Dialect(
    "sparql11",
    "any server that keeps to SPARQL 1.1: AffectGraph, Oxigraph",
    is_tested=True,
    source="https://www.w3.org/TR/sparql11-protocol/",
)
VIRTUOSO: Final = Dialect(
    "virtuoso",
    "OpenLink Virtuoso 7",
    default_graph=DEFAULT_GRAPH,
    own_graphs=(
        "http://www.openlinksw.com/",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/",
        "urn:activitystreams-owl:",
        "urn:core:services:sparql",
        "virtrdf-label",
    ),
    opens_datasets=True,
    cuts_graphs=True,
    plain_booleans=True,
    refuses=("bif:", "sql:"),
    calls_relative=True,
    is_tested=True,
    source="tests/kg/test_virtuoso.py, https://docs.openlinksw.com/virtuoso/rdfsparql/",
)
FUSEKI: Final = Dialect(
    "fuseki",
    "Apache Jena Fuseki",
    refuses=("java:",),
    source="https://jena.apache.org/documentation/tdb/datasets.html, "
    "https://jena.apache.org/documentation/query/java-uri.html",
)
GRAPHDB: Final = Dialect(
    "graphdb",
    "Ontotext GraphDB",
    default_graph="http://www.openrdf.org/schema/sesame#nil",
    source="https://graphdb.ontotext.com/documentation/standard/query-behaviour.html",
)
QLEVER: Final = Dialect(
    "qlever",
    "QLever",
    default_graph="http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph",
    own_graphs=("http://qlever.cs.uni-freiburg.de/",),
    source="https://hexdocs.pm/gno/Gno.Store.Adapters.Qlever.html",
)
NEPTUNE: Final = Dialect(
    "neptune",
    "Amazon Neptune",
    default_graph="http://aws.amazon.com/neptune/vocab/v01/DefaultNamedGraph",
    source="https://docs.aws.amazon.com/neptune/latest/userguide/sparql-default-describe.html",
)

DIALECTS: Final[Mapping[str, Dialect]] = {
    dialect.name: dialect for dialect in (SPARQL11, VIRTUOSO, FUSEKI, GRAPHDB, QLEVER, NEPTUNE)
}
"""Every dialect by name."""


def dialect_named(name: str) -> Dialect:
    """Return a dialect by name.

    :raises InputError: if there is none of that name.

    >>> dialect_named("virtuoso").default_graph
    'https://w3id.org/affectgraph/graph/default'
    """
    if name not in DIALECTS:
        raise InputError(f"Expected one of {', '.join(DIALECTS)} as dialect, got {name!r}.")
    return DIALECTS[name]


def recognise(url: str, headers: Mapping[str, str]) -> Dialect:
    """Return the dialect of a server by its address and the headers of an answer.

    SPARQL 1.1 if the server does not say what it is, as QLever does not.

    :param headers: by name in lower case.

    >>> recognise("http://localhost:8890/sparql", {"server": "Virtuoso/07.20.3229 (Linux)"}).name
    'virtuoso'
    """
    server = headers.get("server", "").lower()
    host = urlsplit(url).hostname or ""
    if "virtuoso" in server:
        return VIRTUOSO
    if "graphdb" in server:
        return GRAPHDB
    if host.endswith((".neptune.amazonaws.com", ".neptune.amazonaws.com.cn")):
        return NEPTUNE
    return FUSEKI if "fuseki" in server or "fuseki-request-id" in headers else SPARQL11


# --- answers --------------------------------------------------------------------------------------

_JSON_BOOLEAN = re.compile(
    rb'("datatype"\s*:\s*"'
    + re.escape(f"{XSD}boolean").encode()
    + rb'"\s*,\s*"value"\s*:\s*")([01])"'
)
_WORDS: Final = {b"0": b"false", b"1": b"true"}


def normal(body: bytes, dialect: Dialect) -> bytes:
    """Return an answer in SPARQL JSON with booleans as ``true`` and ``false``, the canonical form.

    Virtuoso 7 writes stored booleans as 1 and 0 there (in XML and RDF as words). Those that a query works
    out it gives as integers, which nobody can tell from integers. Quotes within strings are escaped in
    JSON, so that nothing but a datatype is met.
    """
    if not dialect.plain_booleans:
        return body
    return _JSON_BOOLEAN.sub(lambda match: match[1] + _WORDS[match[2]] + b'"', body)


def require_whole(status: int, headers: Mapping[str, str]) -> None:
    """Do nothing if an answer is whole as far as its status and headers tell.

    Virtuoso says ``X-SPARQL-MaxRows`` where a table has as many rows as ``ResultSetMaxRows`` allows, and
    ``X-SQL-State: S1TAT`` where its time was over ("anytime"); newer ones also send 206.

    :raises RemoteFailureError: if the answer was cut.
    """
    rows = headers.get("x-sparql-maxrows")
    if rows is not None:
        raise _cut(f"at {rows} rows")
    if status == 206 or headers.get("x-sql-state", "").startswith("S1TA"):
        raise _cut("when its time was over")


def _cut(where: str) -> RemoteFailureError:
    return RemoteFailureError(
        f"expected a whole answer, got one that the server cut {where}.",
        kind="cut",
        retryable=False,
        hint="Ask for less with LIMIT, or raise the server's limit (Virtuoso: ResultSetMaxRows, "
        "MaxQueryExecutionTime in [SPARQL] of virtuoso.ini).",
    )


# --- errors ---------------------------------------------------------------------------------------

_SQL_STATE = re.compile(
    r"^Virtuoso (?P<state>\w{5}) Error (?P<reason>.*?)(?:\s*SPARQL query:.*)?$", re.DOTALL
)
_OF_THE_QUERY: Final = ("22", "37", "S0", "SQ")
"""SQL states of faults of a query: data exceptions, syntax, unknown names, compiler."""
_OF_TIME: Final = ("S1T",)


def refusal(status: int, detail: str, query: str) -> QueryError | None:
    """Return the error of a query that a server refused, None if the fault is not the query's.

    Servers answer 400 to what they cannot read. Virtuoso answers 500 to a query that fails as it runs, with
    an SQL state: classes 22 and 37 are faults of the query, S1T is its time-out.

    :param detail: what the server said.
    """
    found = _SQL_STATE.match(detail)
    if found is not None and (found["state"].startswith(_OF_THE_QUERY) or status == 400):
        return QueryError(f"The server refused the query: {found['reason'].strip()}", query=query)
    return (
        QueryError(f"The server refused the query: {detail}", query=query)
        if status == 400
        else None
    )


def is_time_out(detail: str) -> bool:
    """Return whether a server says that it stopped a query because of its time."""
    found = _SQL_STATE.match(detail)
    said = found["state"] if found is not None else ""
    words = ("timed out", "timeout", "time limit", "TimeLimitExceeded", "exceeds the limit of")
    return said.startswith(_OF_TIME) or any(word.lower() in detail.lower() for word in words)
