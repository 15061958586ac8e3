"""An application that is operated as the service is, with routes that go wrong in every way."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI, HTTPException
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

from affectgraph.api.access_log import ACCESS, AccessLine
from affectgraph.api.handlers import add_handlers
from affectgraph.api.operated import ServiceApp, add_cors, operate
from affectgraph.api.operation import DEFAULT_OPERATION, Operation
from affectgraph.ontology.errors import BackendError

SECRET = "I was so sad yesterday"  # noqa: S105 - no password
"""What a user sends: it must be in no log and no metric."""


def small_app(operation: Operation = DEFAULT_OPERATION) -> FastAPI:
    """Return an application without a graph."""
    app = ServiceApp()
    operate(app, operation)
    add_handlers(app)
    add_cors(app, operation)
    for path, handler in (
        ("/said/{text}", said),
        ("/broken/{text}", broken),
        ("/down/{text}", down),
        ("/cut/{text}", cut),
    ):
        app.add_api_route(path, handler, methods=["GET", "POST"])
    return app


def said(text: str) -> str:
    if text == "none":
        raise HTTPException(404, f"Nothing is named {SECRET!r}.")
    return text


def broken(text: str) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise RuntimeError(f"{text} {SECRET}") from error


def down(text: str) -> None:
    raise BackendError(f"{SECRET} is down.", backend="test", retryable=True)


def cut(text: str) -> StreamingResponse:
    def pieces() -> Iterator[str]:
        yield "12345"
        raise RuntimeError(SECRET)

    return StreamingResponse(pieces())


def client_of(app: FastAPI) -> TestClient:
    """Return a client to which errors of the service are answers."""
    return TestClient(app, raise_server_exceptions=False)


class Records(logging.Handler):
    """Keeps the records it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def lines(self) -> list[AccessLine]:
        """The lines of the access log."""
        return [x.msg for x in self.records if isinstance(x.msg, AccessLine)]


@contextmanager
def access_log(level: int = logging.INFO) -> Iterator[Records]:
    """Give what the access log is told from a level on."""
    kept, before = Records(), ACCESS.level
    ACCESS.addHandler(kept)
    ACCESS.setLevel(level)
    try:
        yield kept
    finally:
        ACCESS.removeHandler(kept)
        ACCESS.setLevel(before)
