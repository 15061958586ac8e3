"""``affectgraph serve --workers`` as a child of who supervises it: one generation of workers."""

import socket
import sys
from typing import NoReturn

from affectgraph.api.cli_base import open_graph
from affectgraph.api.interpreter import made_to_last
from affectgraph.api.metrics_folder import forget_own, looked_after, metrics_folder
from affectgraph.api.prefork import Generation
from affectgraph.api.served import Served, ServedData, ServedModel
from affectgraph.api.serving import configure_logs
from affectgraph.api.supervision import inherited
from affectgraph.ontology.errors import InputError


def serve_by_workers(served: Served, count: int) -> NoReturn:
    """Answer requests by so many processes until whoever supervises says otherwise.

    A graph of this machine is read once, in this process; one on a server is opened by each worker, since a
    connection cannot be shared. So is the application made once, if it can be before workers are forked.

    :raises InputError: if the model would be loaded once for each process, there are users' data, or metrics
        have no folder for what workers count.
    :raises SystemExit: at the end, with an exit code.
    """
    metrics = served.operation.metrics
    _require_shareable(served.model)
    _require_folder(metrics)
    _require_no_data(served.data)
    files = inherited()
    configure_logs(served.serving)
    is_local = served.graph is None or not served.graph.startswith(("http://", "https://"))
    graph = open_graph(served.graph) if is_local else None
    made = None
    if served.can_be_made_before_forks and graph is not None:
        with made_to_last():
            made = served.make(graph)
            made.state.services.warm_up()
    forget_own()
    with looked_after(files.life, metrics=metrics) as ended:
        generation = Generation(
            lambda: made or served.make(graph or open_graph(served.graph)),
            served.serving,
            count=count,
            listener=socket.socket(fileno=files.listener),
            life=files.life,
            ready=files.ready,
            ended=ended,
        )
        code = generation.run()
    sys.exit(code)


def _require_shareable(model: ServedModel | None) -> None:
    from affectgraph.reasoner.models.opening import is_server

    if model is not None and not is_server(model.name):
        raise InputError(
            f"Expected a model behind a server with --workers, got {model.name!r}, which each worker would "
            "load. Serve the model by itself, and name its address."
        )


def _require_no_data(data: ServedData | None) -> None:
    if data is not None:
        raise InputError(
            f"Expected --workers 0 with --data, got the folder {data.folder}: one process alone may hold "
            "it, and what it writes others would not see."
        )


def _require_folder(metrics: bool) -> None:
    if metrics and metrics_folder() is None:
        raise InputError(
            "Expected a folder for temporary files with --metrics and --workers, as workers count in files, "
            "got none that can be written to. Name one in TMPDIR."
        )
