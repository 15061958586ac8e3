"""How much the store behind the endpoint holds, counted by the endpoint's own queries."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from pyoxigraph import Literal

from affectgraph.api.immutable import graph_mark
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import ROWS, Node, Question, Rows, rows_of
from affectgraph.api.query_runner import QueryRunner
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError
from affectgraph.ontology.iris import DATASET, SD, VOID

MOST_GRAPHS = 10_000
"""Named graphs that are counted."""

TRIPLES = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
GRAPHS = (
    "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } "
    f"GROUP BY ?graph ORDER BY ?graph LIMIT {MOST_GRAPHS}"
)
SAID = f"SELECT ?triples {{ <{DATASET}> a <{SD}Dataset> ; <{VOID}triples> ?triples }}"


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What a store holds.

    :param triples: of the default graph; None if counting was stopped, as it takes too long.
    :param graphs: triples of each named graph, by IRI.
    :param is_described: whether the store describes itself as the project's data set, with this number of
        triples; the other figures of that description are then of this store, too.
    """

    triples: int | None
    graphs: Mapping[str, int]
    is_described: bool


UNCOUNTED = StoreFigures(None, {}, is_described=False)
"""What is said of a store that cannot be counted within the limits of a query."""


def count_store(queries: QueryRunner, cancellation: Cancellation | None = None) -> StoreFigures:
    """Return the figures of the store that a runner asks.

    Costs a pass over all quads: 1 s of processor for the packaged graph. :data:`UNCOUNTED` if that passes the
    runner's limits.

    :raises BackendError: if too many queries run already, or the store fails.
    """

    def rows(query: str) -> tuple[tuple[Node, ...], ...]:
        question = Question(query, result_type=ROWS, rows=MOST_GRAPHS)
        found: Rows = rows_of(queries.run(question, cancellation))
        return found.rows

    try:
        triples = _number(rows(TRIPLES)[0][0])
        graphs = {getattr(graph, "value", str(graph)): _number(n) for graph, n in rows(GRAPHS)}
        said = {_number(row[0]) for row in rows(SAID)}
    except QueryCostError:
        return UNCOUNTED
    return StoreFigures(triples, graphs, said == {triples})


def _number(term: Node) -> int:
    if not isinstance(term, Literal):
        raise TypeError(f"Expected a number, got {term}.")
    return int(term.value)


class KeptFigures:
    """The figures of the store that a graph is asked on, counted anew only after it has changed.

    Threads may share it; of those that ask at the same time one counts, and the others wait for its figures.

    :param version: what differs before and after a change of users' data; constant if there are none.
    """

    def __init__(
        self, graph: EmotionGraph, queries: QueryRunner, version: Callable[[], object] = int
    ) -> None:
        self._queries = queries
        self._may_change = graph_mark(graph) is None
        self._version = version
        self._lock = Lock()
        self._count: tuple[object, Future[StoreFigures]] | None = None

    def get(self, cancellation: Cancellation | None = None) -> StoreFigures:
        """Return the figures; see :func:`count_store`."""
        if self._may_change:
            return count_store(self._queries, cancellation)
        while True:
            version = self._version()
            count, is_ours = self._count_of(version)
            if is_ours:
                return self._counted(count, cancellation)
            with suppress(
                BackendError
            ):  # of another's count, which may have been left; ours may do
                return count.result()

    def _count_of(self, version: object) -> tuple["Future[StoreFigures]", bool]:
        """Return the count of a version, and whether the calling thread has to make it."""
        with self._lock:
            if self._count is not None and self._count[0] == version:
                return self._count[1], False
            self._count = version, Future()
            return self._count[1], True

    def _counted(
        self, count: "Future[StoreFigures]", cancellation: Cancellation | None
    ) -> StoreFigures:
        """Return the figures, and give them to those who wait; kept if they could be counted."""
        try:
            found = count_store(self._queries, cancellation)
        except BaseException as error:
            self._forget(count)
            count.set_exception(error)
            raise
        if found is UNCOUNTED:  # others may have been in the way: who asks later tries again
            self._forget(count)
        count.set_result(found)
        return found

    def _forget(self, count: "Future[StoreFigures]") -> None:
        with self._lock:
            if self._count is not None and self._count[1] is count:
                self._count = None
