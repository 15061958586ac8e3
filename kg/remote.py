"""A store behind any SPARQL 1.1 server (Virtuoso, GraphDB, Fuseki, QLever, Neptune, AffectGraph)."""

import os
from collections import deque
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from affectgraph.kg import dialects
from affectgraph.kg.dialects import NO_GRAPH, Dialect, dialect_named
from affectgraph.kg.http_client import EndpointClient
from affectgraph.kg.http_replies import RemoteFailureError, Reply, words
from affectgraph.kg.query_text import QueryText, construct_as_rows, read_query, with_values
from affectgraph.kg.remote_settings import RemoteLimits
from affectgraph.kg.store import Bindings, QueryResult

if TYPE_CHECKING:
    from affectgraph.kg.compiled import PackagedStore
    from affectgraph.kg.http_deadlines import Call

RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples, text/turtle;q=0.9"
"""What is asked for. XML is not: a few hundred bytes of entities in it stop a parser."""

DIALECT_VARIABLE: Final = "AFFECTGRAPH_STORE_DIALECT"
DEFAULT_GRAPH_VARIABLE: Final = "AFFECTGRAPH_STORE_DEFAULT_GRAPH"

_GRAPHS = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


class RemoteStore:
    """A SPARQL endpoint by URL. Threads may share one; nothing is sent before the first query.

    Only queries are sent, no updates (:func:`affectgraph.kg.query_text.read_query`). An answer is whole, or
    an error: one that the server cut is none. Credentials come from the environment
    (:mod:`affectgraph.kg.remote_settings`).

    :param url: the endpoint, ``http://`` or ``https://``.
    :param dialect: kind of server, a name of :data:`affectgraph.kg.dialects.DIALECTS`; by default what
        ``AFFECTGRAPH_STORE_DIALECT`` says, else what the server says of itself when it is first asked.
    :param default_graph: graph on the server that is to be the default graph; by default what
        ``AFFECTGRAPH_STORE_DEFAULT_GRAPH`` says, else what the dialect says.
    :param limits: how long to wait, how often to try, how much to take.
    :raises InputError: if the URL, the dialect or the credentials are wrong.
    :raises MissingExtraError: if httpcore is not installed (extra ``remote``).

    >>> store = RemoteStore("https://example.org/sparql", dialect="virtuoso")
    >>> store.url, store.is_closed
    ('https://example.org/sparql', False)
    >>> store.close()
    """

    name: ClassVar[str] = "remote"

    def __init__(
        self,
        url: str,
        *,
        dialect: str | None = None,
        default_graph: str | None = None,
        limits: RemoteLimits | None = None,
    ) -> None:
        named = dialect or os.environ.get(DIALECT_VARIABLE) or None
        self._dialect = None if named is None else dialect_named(named)
        self._default_graph = default_graph or os.environ.get(DEFAULT_GRAPH_VARIABLE) or None
        self._client = EndpointClient(url, limits=limits or RemoteLimits())
        self._graphs: tuple[str, ...] | None = None
        self._lock = Lock()
        self.is_closed = False
        self.lookups: PackagedStore | None = None
        """Where lookups are read from, once it is known that this store holds the same graph."""

    @property
    def url(self) -> str:
        """Address of the endpoint."""
        return self._client.url

    @property
    def limits(self) -> RemoteLimits:
        """How long is waited, how often tried, how much taken."""
        return self._client.limits

    def dialect(self, call: "Call | None" = None) -> Dialect:
        """Return the kind of server; it is asked once, if nobody has named it.

        :raises BackendError: if the server cannot be reached, or lets nobody in.
        """
        with self._lock:
            if self._dialect is None:
                reply = self._client.send([("query", "ASK {}")], RESULTS, call or self.call())
                if reply.status in {401, 403, 404}:
                    raise self._client.failure_of(reply)
                self._dialect = dialects.recognise(self.url, reply.headers)
            return self._dialect

    def call(self, seconds: float | None = None) -> "Call":
        """Return a call for :meth:`ask`, by which another thread may end it.

        :param seconds: until it must have ended; ``total_seconds`` of the limits if left out.
        """
        return self._client.call(seconds)

    def query(
        self,
        sparql: str,
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        """Return the answer of a query; see :meth:`affectgraph.kg.store.GraphStore.query`.

        Bindings travel as a block ``VALUES``, so they reach the outermost group only.
        """
        return self.ask(
            sparql,
            self.call(),
            bindings=bindings,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
        )

    def ask(
        self,
        sparql: str,
        call: "Call",
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        most_bytes: int | None = None,
    ) -> QueryResult:
        """Return the answer of a query as :meth:`query` does, by the deadline of a call.

        :param most_bytes: of the server's answer; ``most_bytes`` of the limits if left out.
        :raises QueryError: if the text is no query, or the server refuses it.
        :raises RemoteFailureError: if there is no whole answer.
        """
        text = read_query(sparql)
        dialect = self.dialect(call)
        dataset = self._dataset(text, dialect, default_graphs, named_graphs, call)
        sent = with_values(text, bindings or {})
        is_table = text.form in {"SELECT", "ASK"}
        accept = RESULTS if is_table else TRIPLES
        reply = self._reply(sent, dataset, accept, call, sparql, most_bytes)
        if dialect.cuts_graphs and text.form == "CONSTRUCT":
            self._reply(construct_as_rows(sent), dataset, RESULTS, call, sparql, most_bytes)
        content = dialects.normal(reply.content, dialect) if is_table else reply.content
        return self._table(content, reply, text) if is_table else self._triples(content, reply)

    def graphs(self, call: "Call | None" = None) -> tuple[str, ...]:
        """Return the named graphs on the server, sorted, without its own and the default graph.

        They are asked for once in the life of this object.
        """
        if self._graphs is None:
            dialect = self.dialect(call)
            reply = self._reply(_GRAPHS, [], RESULTS, call or self.call(), _GRAPHS, None)
            table = self._table(reply.content, reply, read_query(_GRAPHS))
            if not isinstance(table, QuerySolutions):
                raise self._not_sparql(reply)
            found = {str(row["graph"].value) for row in table}
            others = {self._default_graph, dialect.default_graph}
            self._graphs = tuple(
                sorted(g for g in found - others if not g.startswith(dialect.own_graphs))
            )
        return self._graphs

    def close(self) -> None:
        """Close all connections; see :meth:`GraphStore.close`."""
        self.is_closed = True
        self._client.close()

    # --- requests and replies ---------------------------------------------------------------------

    def _dataset(
        self,
        text: QueryText,
        dialect: Dialect,
        default_graphs: Sequence[str],
        named_graphs: Sequence[str],
        call: "Call",
    ) -> list[tuple[str, str]]:
        """Return the parameters that name the graphs of a query."""
        default = self._default_graph or dialect.default_graph
        if default_graphs or named_graphs:
            named: Sequence[str] = named_graphs
        elif text.has_dataset:
            is_open = dialect.opens_datasets and not text.has_named_graphs
            return [("named-graph-uri", NO_GRAPH)] if is_open else []
        elif default is None:
            return []
        else:
            default_graphs = (default,)
            named = self.graphs(call) if text.asks_graphs else ()
        if dialect.opens_datasets and not named:
            named = (NO_GRAPH,)
        defaults = [("default-graph-uri", iri) for iri in default_graphs]
        return defaults + [("named-graph-uri", iri) for iri in named]

    def _reply(
        self,
        sent: str,
        dataset: list[tuple[str, str]],
        accept: str,
        call: "Call",
        asked: str,
        most_bytes: int | None,
    ) -> Reply:
        """Return a whole answer."""
        fields = [("query", sent), *dataset]
        reply = self._client.send(fields, accept, call, most_bytes=most_bytes)
        if reply.status in {200, 206}:
            dialects.require_whole(reply.status, reply.headers)
            return reply
        detail = words(reply, clean=self._client.clean)
        if dialects.is_time_out(detail):
            raise RemoteFailureError(
                f"the server stopped the query: {detail}",
                kind="timeout",
                status=reply.status,
                retryable=False,
                hint="Ask for less.",
            )
        refused = dialects.refusal(reply.status, detail, asked)
        raise refused if refused is not None else self._client.failure_of(reply)

    def _table(self, content: bytes, reply: Reply, text: QueryText) -> QueryResult:
        """Return a table or a truth; it is read to its end before, so that it is whole."""
        if reply.media_type not in {RESULTS, "application/json"}:
            raise self._not_sparql(reply)
        try:
            is_truth = _read_to_end(content)
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(error) from error
        if is_truth is not (text.form == "ASK"):
            raise self._not_sparql(reply)
        return parse_query_results(content, format=QueryResultsFormat.JSON)

    def _triples(self, content: bytes, reply: Reply) -> QueryResult:
        format_ = RdfFormat.from_media_type(reply.media_type) if reply.media_type else None
        if format_ not in {RdfFormat.N_TRIPLES, RdfFormat.TURTLE}:
            raise self._not_sparql(reply)
        store = Store()
        try:
            store.extend(parse(content, format=format_))
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(error) from error
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def _not_sparql(self, reply: Reply) -> RemoteFailureError:
        got = reply.media_type or "no type"
        return RemoteFailureError(
            f"expected SPARQL JSON results, or N-Triples or Turtle, got {got!r}: "
            f"{words(reply, clean=self._client.clean)[:120]}",
            kind="not_sparql",
            status=reply.status,
            retryable=False,
            hint=f"Check that {self.url} is a SPARQL endpoint.",
        )

    def _unreadable(self, error: Exception) -> RemoteFailureError:
        return RemoteFailureError(
            f"expected a whole answer, got one that cannot be read: {error}.",
            kind="interrupted",
            retryable=True,
            hint="The server, or what stands before it, broke off.",
        )


def _read_to_end(content: bytes) -> bool:
    """Return whether results in JSON are a truth and no table; all rows are read.

    A table may be dropped by the thread alone that made it. The traceback of an error keeps what functions
    hold, and the collector of any thread may drop that: so nothing is left here.

    :raises ValueError: or ``SyntaxError``, if they end before their end.
    """
    found = parse_query_results(content, format=QueryResultsFormat.JSON)
    try:
        if isinstance(found, QueryBoolean):
            return True
        deque(found, maxlen=0)
        return False
    finally:
        del found
