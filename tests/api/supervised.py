"""A small service by workers, for tests: ``python -m tests.api.supervised FOLDER``.

It listens where the first process says in FOLDER/port, and answers ``/`` with its process id, its parent's
and what FOLDER/text says when its generation starts; with the text ``broken`` it does not start.
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

from affectgraph.api.listening import listening_socket
from affectgraph.api.prefork import Generation
from affectgraph.api.readiness import Readiness
from affectgraph.api.serving import Serving
from affectgraph.api.supervision import Supervisor, inherited, is_child, own_command


def small_app(text: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if text == "broken":
            raise RuntimeError(text)
        app.state.readiness.begin()
        yield

    app = FastAPI(lifespan=lifespan)
    app.state.readiness = Readiness()

    @app.get("/")
    async def get(wait: float = 0.0) -> dict[str, object]:
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
    generation = Generation(
        lambda: small_app(text),
        Serving("127.0.0.1", 0, grace_seconds=5.0),
        count=2,
        listener=socket.socket(fileno=files.listener),
        life=files.life,
        ready=files.ready,
    )
    return generation.run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
