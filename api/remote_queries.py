"""Runs the queries of strangers on another endpoint, within the limits that local ones have.

What is sent was read before: it is one query, of SPARQL 1.1, and calls no procedures of the server. The
server must stop what it runs by its own limits; here a query is left at its deadline, with its connection.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from affectgraph.api.query_cancellation import Cancellation, gone
from affectgraph.api.query_errors import QueryCostError, ResultSizeError
from affectgraph.api.query_evaluation import QueryAnswer, Question, evaluate
from affectgraph.api.query_runner import InProcessQueries, QueryRunner
from affectgraph.api.query_threads import on_query_thread
from affectgraph.api.query_turns import Turns
from affectgraph.api.sparql_guard import unescaped
from affectgraph.kg.http_replies import RemoteFailureError
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.sparql_tokens import tokenise
from affectgraph.kg.store import Bindings, GraphStore, QueryResult
from affectgraph.ontology.errors import BackendError, QueryError

if TYPE_CHECKING:
    from affectgraph.api.pool_limits import PoolLimits
    from affectgraph.kg.http_deadlines import Call


READY_SECONDS = 2.0
"""How long a remote store may take to say that it is there."""

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
"""The begin of an IRI that is not relative (RFC 3986, 3.1)."""


def answers(store: GraphStore) -> bool:
    """Return whether a store holds an ontology; a remote one has :data:`READY_SECONDS` to say so.

    :raises BackendError: if it does not answer.
    """
    query = "PREFIX owl: <http://www.w3.org/2002/07/owl#> ASK { ?ontology a owl:Ontology }"
    if isinstance(store, RemoteStore):
        return bool(store.ask(query, store.call(READY_SECONDS)))
    return bool(store.query(query))


def open_remote_queries(store: GraphStore, limits: "PoolLimits") -> QueryRunner:
    """Return what runs queries on a store that was opened by URL."""
    return (
        RemoteQueries(store, limits) if isinstance(store, RemoteStore) else InProcessQueries(store)
    )


class RemoteQueries:
    """Sends queries to another endpoint; a :class:`~affectgraph.api.query_runner.QueryRunner`.

    Threads may share it.

    :param limits: ``workers`` is how many queries are under way at once, ``timeout_seconds`` how long one may
        take with all its tries, ``result_mb`` bounds both the server's answer and what is made of it;
        ``memory_mb`` is the server's own affair.
    """

    def __init__(self, store: RemoteStore, limits: "PoolLimits") -> None:
        self.limits = limits
        self._store = store
        self._turns = Turns(range(limits.workers))
        self._lock = Lock()
        self._under_way = 0

    def start(self) -> None:
        """Ask the server what it is.

        :raises BackendError: if it does not answer.
        """
        self._store.dialect()

    def close(self) -> None:
        """End what is under way, and close the connections; a second call does nothing."""
        self._store.close()

    def run(self, question: Question, cancellation: Cancellation | None = None) -> QueryAnswer:
        """Return the answer of the server; see :meth:`affectgraph.api.query_runner.QueryRunner.run`."""
        cancellation = cancellation or Cancellation()
        with self._turn():
            call = self._store.call(self.limits.timeout_seconds)
            try:
                with cancellation.ends(call):
                    self._refuse_procedures(question.query, call)
                    asked = _Asked(self._store, call, self.limits.result_bytes)
                    return evaluate(
                        asked,
                        question,
                        result_bytes=self.limits.result_bytes,
                        seconds=self.limits.timeout_seconds,
                    )
            except RemoteFailureError as error:
                if cancellation.is_cancelled:
                    raise gone() from error
                raise _of_the_query(error, question) or error from error

    async def answer(self, question: Question) -> QueryAnswer:
        """As :meth:`run`, on an event loop; the query is ended if the task is cancelled."""
        return await on_query_thread(partial(self.run, question))

    def _refuse_procedures(self, query: str, call: "Call") -> None:
        """Refuse IRIs by which a server runs procedures of its own.

        :raises QueryError: if the query has one.
        """
        dialect = self._store.dialect(call)
        texts = dict.fromkeys((query, unescaped(query)))
        for token in (one for text in texts for one in tokenise(text) if one.kind == "iri"):
            if token.text[1:].lower().startswith(dialect.refuses):
                raise QueryError(
                    f"Expected functions of SPARQL 1.1, got {token.text}: the server's own are refused.",
                    query=query,
                )
            if dialect.calls_relative and _SCHEME.match(token.text) is None:
                raise QueryError(
                    f"Expected IRIs in full, got {token.text}: this server takes it for a procedure of its "
                    "own. Write it with its scheme, without BASE.",
                    query=query,
                )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        most = self.limits.workers + self.limits.queue
        with self._lock:
            if self._under_way >= most:
                raise _busy(f"{most} queries run or wait.")
            self._under_way += 1
        try:
            turn = self._turns.take(timeout=self.limits.wait_seconds)
            if turn is None:
                raise _busy(f"{self.limits.workers} queries are running.")
            try:
                yield
            finally:
                self._turns.give(turn)
        finally:
            with self._lock:
                self._under_way -= 1


class _Asked:
    """A store for one question, by the deadline of its call."""

    name: ClassVar[str] = RemoteStore.name

    def __init__(self, store: RemoteStore, call: "Call", most_bytes: int) -> None:
        self._store = store
        self._call = call
        self._most_bytes = most_bytes

    def query(
        self,
        sparql: str,
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        return self._store.ask(
            sparql,
            self._call,
            bindings=bindings,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            most_bytes=self._most_bytes,
        )

    def close(self) -> None:
        """Nothing to give back."""


def _of_the_query(error: RemoteFailureError, question: Question) -> QueryError | None:
    """Return the error of a query that asks too much; None if it is not the query's fault."""
    if error.kind == "timeout":
        return QueryCostError(f"The query takes too long: {error}", query=question.query)
    if error.kind in {"too_large", "cut"}:
        return ResultSizeError(str(error))
    return None


def _busy(what: str) -> BackendError:
    return BackendError(what, backend="sparql", retryable=True, hint="Try again later.")
