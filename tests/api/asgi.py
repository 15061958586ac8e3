"""A client of the service below HTTP, which can go away when it likes."""

import json
from collections.abc import Callable, MutableMapping
from typing import Any

import anyio
from fastapi import FastAPI

from tests.api.models import LONGEST_WAIT

Message = MutableMapping[str, Any]


def scope_of(path: str, headers: dict[str, str]) -> dict[str, Any]:
    """Return what a server says of a POST request."""
    named = {"content-type": "application/json", **headers}
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }


async def leave_when(
    app: FastAPI, body: Any, headers: dict[str, str], is_time: Callable[[], bool]
) -> list[Message]:
    """Ask over ASGI, go away once it is time, and return what was sent."""
    content = json.dumps(body).encode()
    requests: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        if requests:
            return requests.pop()
        while not is_time():
            await anyio.sleep(0.005)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    path = "/v1/reason/batch" if "records" in body else "/v1/reason"
    with anyio.fail_after(LONGEST_WAIT):
        await app(scope_of(path, headers), receive, send)
    return sent
