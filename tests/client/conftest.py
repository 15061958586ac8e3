"""Fixtures of the client: one that asks the service within this process."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.client import Client
from affectgraph.client.in_process import InProcessTransport
from affectgraph.kg.graph import EmotionGraph

BASE_URL = "http://affectgraph"


@pytest.fixture(scope="session")
def transport(graph: EmotionGraph) -> Iterator[InProcessTransport]:
    """The way to the service on the packaged graph."""
    app = create_app(graph)
    with TestClient(app):  # runs the application's start-up, so that it is ready
        found = InProcessTransport(app)
        yield found
        found.close()


@pytest.fixture(scope="session")
def client(transport: InProcessTransport) -> Client:
    """A client of the service on the packaged graph."""
    return Client(BASE_URL, transport=transport)


@pytest.fixture(scope="session")
def document(client: Client) -> dict[str, Any]:
    """The service's description of itself."""
    from affectgraph.client.call import get

    found: dict[str, Any] = client.send(get("/openapi.json", dict[str, Any]))
    return found
