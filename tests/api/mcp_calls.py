"""How tests ask a server of the Model Context Protocol: by the SDK's client, in memory or over HTTP."""

import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import jsonschema
import uvicorn
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent

from affectgraph.api.listening import listening_socket
from affectgraph.api.mcp_http import PATH

Server = MCPServer[Any]


def ask(server: Server | str, work: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    """Return what a coroutine makes of a client of the server, or raise its error as it is.

    :param server: a server in memory, or the address of one.
    """
    found: list[Any] = []
    failed: list[Exception] = []

    async def run() -> None:
        async with Client(server, **options) as client:
            try:
                found.append(await work(client))
            except Exception as error:  # the client's tasks would make a group of it
                failed.append(error)

    anyio.run(run)
    if failed:
        raise failed[0]
    return found[0]


def call(server: Server, tool: str, **arguments: Any) -> CallToolResult:
    """Return the result of a tool."""
    found: CallToolResult = ask(server, lambda client: client.call_tool(tool, arguments))
    return found


def text_of(result: CallToolResult) -> str:
    """Return the text of a result, which has one."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def answer(server: Server, tool: str, **arguments: Any) -> dict[str, Any]:
    """Return the structured answer of a call that must be good: it has the tool's form and fits its text."""

    async def work(client: Client) -> Any:
        schemas = {found.name: found.output_schema for found in (await client.list_tools()).tools}
        return schemas[tool], await client.call_tool(tool, arguments)

    schema, result = ask(server, work)
    assert not result.is_error, text_of(result)
    found: dict[str, Any] = result.structured_content
    jsonschema.validate(found, schema)
    assert within(json.loads(text_of(result)), found)
    return found


def within(part: Any, whole: Any) -> bool:
    """Return whether data is that of a whole but for fields that are null or empty there."""
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(within, part, whole))
    if not isinstance(part, dict):
        return bool(part == whole)
    missing = [whole[name] for name in whole if name not in part]
    return not any(missing) and all(within(part[name], whole[name]) for name in part)


def refusal(server: Server, tool: str, **arguments: Any) -> str:
    """Return the text of a call that must be refused."""
    result = call(server, tool, **arguments)
    text = text_of(result)
    assert result.is_error, text
    assert result.structured_content is None
    assert "Traceback" not in text
    return text


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    with listening_socket("127.0.0.1", 0) as listening:
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
        finally:
            running.should_exit = True
            thread.join()
