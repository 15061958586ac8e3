"""A small service by workers, for tests: ``python -m tests.api.supervised FOLDER``.

It listens where the first process says in FOLDER/port, and answers ``/`` with its process id, its parent's
and what FOLDER/text says when its generation starts; with the text ``broken`` it does not start. Each answer
is looked for among kept ones, of which there are none. ``/metrics`` counts and requests are limited as those
of the service.
"""

import asyncio
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from affectgraph.api.access import Access
from affectgraph.api.auth import Guard
from affectgraph.api.handlers import respond
from affectgraph.api.listening import listening_socket
from affectgraph.api.metrics_folder import forget_own, looked_after
from affectgraph.api.operated import ServiceApp, operate
from affectgraph.api.operation import Operation
from affectgraph.api.prefork import Generation
from affectgraph.api.rates import Rate
from affectgraph.api.response_store import ResponseStore
from affectgraph.api.serving import Serving
from affectgraph.api.shared_buckets import SharedBuckets
from affectgraph.api.supervision import Supervisor, inherited, is_child, own_command

BURST = 1_000_000
"""More than a test asks."""


def small_app(text: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if text == "broken":
            raise RuntimeError(text)
        app.state.readiness.begin()
        async with app.state.reporting():
            yield

    app = ServiceApp(lifespan=lifespan)
    operate(app, Operation(metrics=True))
    app.state.responses = ResponseStore()
    limited = Access(rate=Rate(0.001, BURST), buckets=SharedBuckets())
    app.add_middleware(Guard, access=limited, respond=respond)

    @app.get("/")
    async def get(wait: float = 0.0) -> dict[str, object]:
        app.state.responses.get("kept")
        await asyncio.sleep(wait)
        return {"pid": os.getpid(), "parent": os.getppid(), "text": text}

    return app


def main(folder: Path) -> int:
    if not is_child():
        logging.basicConfig(level=logging.INFO)
        listener = listening_socket("127.0.0.1", 0)
        (folder / "port").write_text(str(listener.getsockname()[1]), encoding="ascii")
        return Supervisor(own_command(), listener).run()
    files = inherited()
    text = (folder / "text").read_text(encoding="ascii")
    app = small_app(text)
    forget_own()
    with looked_after(files.life, metrics=True) as ended:
        generation = Generation(
            lambda: app,
            Serving("127.0.0.1", 0, grace_seconds=5.0),
            count=2,
            listener=socket.socket(fileno=files.listener),
            life=files.life,
            ready=files.ready,
            ended=ended,
        )
        return generation.run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
