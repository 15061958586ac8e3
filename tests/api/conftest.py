"""Fixtures of the service: one application for all tests, asked over ASGI."""

import warnings
from collections.abc import Callable, Iterator

import pytest

from affectgraph.kg.graph import EmotionGraph

with warnings.catch_warnings():
    # Starlette recommends another client than the one this project declares.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

from affectgraph.api.app import create_app
from tests.reasoner.models.chat_server import ChatServer, Reply

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="session")
def client(graph: EmotionGraph) -> Iterator[TestClient]:
    """A client of the service on the packaged graph; server errors are answers, as for real clients."""
    with TestClient(create_app(graph), raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="session")
def browser(graph: EmotionGraph) -> Iterator[TestClient]:
    """A client that accepts what browsers accept."""
    with TestClient(create_app(graph), headers={"accept": BROWSER}) as found:
        yield found


@pytest.fixture
def start() -> Iterator[Callable[..., ChatServer]]:
    """Start servers of a model, each with its replies."""
    servers: list[ChatServer] = []

    def make(*replies: Reply) -> ChatServer:
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield make
    for server in servers:
        server.close()
