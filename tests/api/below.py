"""Asks a middleware below HTTP, as the cache and the compression see requests."""

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.types import Message

from affectgraph.kg.graph import EmotionGraph


class Served:
    """What an application holds, as far as the cache looks."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph


def ask_below(
    app: Any,
    graph: EmotionGraph,
    path: str,
    query: bytes,
    tag: bytes,
    *,
    encoding: bytes = b"gzip, deflate",
) -> list[Message]:
    """Ask an application by GET over ASGI, and return what it sends."""
    outer = Starlette()
    outer.state = State({"services": Served(graph)})
    headers = [(b"accept-encoding", encoding), (b"if-none-match", tag)]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": headers,
        "app": outer,
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent
