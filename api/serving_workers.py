"""``affectgraph serve --workers`` as a child of who supervises it: one generation of workers."""

import socket
import sys
from collections.abc import Callable
from typing import NoReturn

from fastapi import FastAPI

from affectgraph.api.cli_base import open_graph
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
) -> NoReturn:
    """Answer requests by so many processes until whoever supervises says otherwise.

    The graph is read once, and without a model the application is made once, in this process.

    :param graph: location of the graph. :param model: name of the language model.
    :param metrics: whether metrics are asked for, which each process would have of itself alone.
    :raises InputError: if the model would be loaded once for each process, or metrics be those of one.
    :raises SystemExit: at the end, with an exit code.
    """
    _require_shareable(model)
    _require_whole(metrics, count)
    files = inherited()
    configure_logs(serving)
    served = open_graph(graph)
    made = None
    if model is None:
        made = make_app(served)
        made.state.services.warm_up()
    generation = Generation(
        lambda: made or make_app(served),
        serving,
        count=count,
        listener=socket.socket(fileno=files.listener),
        life=files.life,
        ready=files.ready,
    )
    sys.exit(generation.run())


def _require_shareable(model: str | None) -> None:
    from affectgraph.reasoner.models.opening import is_server

    if model is not None and not is_server(model):
        raise InputError(
            f"Expected a model behind a server with --workers, got {model!r}, which each worker would "
            "load. Serve the model by itself, and name its address."
        )


def _require_whole(metrics: bool, count: int) -> None:
    if metrics and count > 1:
        raise InputError(
            f"Expected --workers 1 or 0 with --metrics, got {count}: /metrics would tell of whichever "
            "process answers. Run several services with --metrics on ports of their own behind a proxy."
        )
