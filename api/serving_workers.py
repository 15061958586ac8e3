"""``affectgraph serve --workers`` as a child of who supervises it: one generation of workers."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from fastapi import FastAPI

from affectgraph.api.cli_base import open_graph
from affectgraph.api.interpreter import made_to_last
from affectgraph.api.metrics_folder import forget_own, looked_after, metrics_folder
from affectgraph.api.prefork import Generation
from affectgraph.api.serving import Serving, configure_logs
from affectgraph.api.supervision import inherited
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError


def serve_by_workers(
    serving: Serving,
    count: int,
    make_app: Callable[[EmotionGraph], FastAPI],
    *,
    graph: str | None,
    model: str | None,
    metrics: bool,
    data: Path | None,
    is_shared: bool,
) -> NoReturn:
    """Answer requests by so many processes until whoever supervises says otherwise.

    A graph of this machine is read once, in this process; one on a server is opened by each worker, since a
    connection cannot be shared.

    :param graph: location of the graph. :param model: name of the language model.
    :param metrics: whether metrics are asked for, which any worker gives of all.
    :param data: folder of users' data, which one process alone may hold.
    :param is_shared: whether the application is made once, before workers are forked, as one can be that has
        no threads and no connections yet.
    :raises InputError: if the model would be loaded once for each process, there are users' data, or metrics
        have no folder for what workers count.
    :raises SystemExit: at the end, with an exit code.
    """
    _require_shareable(model)
    _require_folder(metrics)
    _require_no_data(data)
    files = inherited()
    configure_logs(serving)
    is_local = graph is None or not graph.startswith(("http://", "https://"))
    served = open_graph(graph) if is_local else None
    made = None
    if is_shared and served is not None:
        with made_to_last():
            made = make_app(served)
            made.state.services.warm_up()
    forget_own()
    with looked_after(files.life, metrics=metrics) as ended:
        generation = Generation(
            lambda: made or make_app(served or open_graph(graph)),
            serving,
            count=count,
            listener=socket.socket(fileno=files.listener),
            life=files.life,
            ready=files.ready,
            ended=ended,
        )
        code = generation.run()
    sys.exit(code)


def _require_shareable(model: str | None) -> None:
    from affectgraph.reasoner.models.opening import is_server

    if model is not None and not is_server(model):
        raise InputError(
            f"Expected a model behind a server with --workers, got {model!r}, which each worker would "
            "load. Serve the model by itself, and name its address."
        )


def _require_no_data(data: Path | None) -> None:
    if data is not None:
        raise InputError(
            f"Expected --workers 0 with --data, got the folder {data}: one process alone may hold it, and "
            "what it writes others would not see."
        )


def _require_folder(metrics: bool) -> None:
    if metrics and metrics_folder() is None:
        raise InputError(
            "Expected a folder for temporary files with --metrics and --workers, as workers count in files, "
            "got none that can be written to. Name one in TMPDIR."
        )
