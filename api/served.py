"""A service as its options describe it, made and run by one process or by workers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from affectgraph.api import serving
from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.cli_base import note, open_graph
from affectgraph.api.data_limits import DataLimits
from affectgraph.api.listening import listening_socket
from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.operation import Operation
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate, open_queries
from affectgraph.api.user_data import UserData, open_user_data
from affectgraph.kg.graph import EmotionGraph

if TYPE_CHECKING:
    from affectgraph.reasoner.models import LanguageModel


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A language model by its name, with what it is opened with.

    :param limits: what requests may have of it, in each process.
    :param options: ``device``, ``dtype`` and ``profile``.
    """

    name: str
    limits: LlmLimits
    options: Mapping[str, str | None]

    def open(self) -> "LanguageModel":
        """Return the model, ready to answer; a server is asked as often at once as there are runs."""
        from affectgraph.reasoner.models.opening import is_server, open_model

        concurrency = self.limits.concurrency if is_server(self.name) else None
        return open_model(self.name, concurrency=concurrency, **self.options)


@dataclass(frozen=True, slots=True)
class ServedData:
    """Users' data.

    :param folder: where they are kept. :param limits: what users may store.
    """

    folder: Path
    limits: DataLimits


@dataclass(frozen=True, slots=True)
class Served:
    """What a service is made of, and how it is run.

    :param graph: location of the graph; None for the packaged one.
    :param queries: limits of strangers' SPARQL.
    """

    serving: serving.Serving
    operation: Operation
    access: Access
    queries: PoolLimits
    graph: str | None = None
    data: ServedData | None = None
    model: ServedModel | None = None

    @property
    def can_be_made_before_forks(self) -> bool:
        """Whether its application has no thread and no connection until it begins."""
        return self.model is None and not self.operation.tracing

    def make(self, graph: EmotionGraph) -> FastAPI:
        """Return the application on a graph that was read, with model, queries and users' data opened."""
        model = None if self.model is None else self.model.open()
        users = None if self.data is None else self._open_data(self.data, graph)
        queries = None if users is not None else open_queries(graph, self.graph, self.queries)
        return create_app(
            graph,
            model=model,
            limits=DEFAULT_LIMITS if self.model is None else self.model.limits,
            queries=queries,
            data=users,
            operation=self.operation,
            access=self.access,
        )

    def _open_data(self, data: ServedData, graph: EmotionGraph) -> UserData:
        return open_user_data(data.folder, graph, self.graph, self.queries, data.limits)


def serve_alone(served: Served) -> None:
    """Answer requests in this process until stopped.

    :raises BackendError: if the address is taken, which is said before the graph is read.
    :raises SystemExit: if the service could not start.
    """
    where = served.serving
    listening_socket(where.host, where.port).close()
    app = served.make(open_graph(served.graph))
    if not can_isolate():
        note("This system cannot fork: SPARQL queries run in the service, which cannot stop one.")
    if where.log_format == "text":
        note(_welcome(where, app))
    serving.run(app, where)


def _welcome(where: serving.Serving, app: FastAPI) -> str:
    llm = app.state.services.llm
    named = "" if llm is None else f", reasoning with {llm.model.name}"
    host = f"[{where.host}]" if ":" in where.host else where.host
    return (
        f"AffectGraph on http://{host}:{where.port}{where.root_path}/ (API: /docs, SPARQL: /sparql)"
        f"{named}; stop with Ctrl+C"
    )
