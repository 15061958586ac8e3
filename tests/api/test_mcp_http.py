"""The server of the Model Context Protocol on its transports, with keys and names; and its command."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.mcpserver import MCPServer

from affectgraph.api import cli_mcp
from affectgraph.api.cli_base import BACKEND, USAGE
from affectgraph.api.graph_services import Services
from affectgraph.api.key_file import KeyFile, create_key, revoke_key
from affectgraph.api.keys import Right, make_token
from affectgraph.api.listening import listening_socket
from affectgraph.api.mcp_http import (
    PATH,
    OneKey,
    http_app,
    is_loopback,
    require_key,
    security,
)
from affectgraph.api.mcp_server import make_server
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.mcp_calls import served, text_of
from tests.api.running import run, share_graph

KEY = "0123456789abcdef0123456789abcdef"
COMMAND = [sys.executable, "-c", "from affectgraph.api.cli import main; main()", "mcp"]
START = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture
def server(graph: EmotionGraph) -> MCPServer[Any]:
    return make_server(Services(graph))


def start(url: str, **headers: str) -> httpx.Response:
    """Return the response to the first request of a client."""
    accept = {"accept": "application/json, text/event-stream"}
    return httpx.post(url, json=START, headers={**accept, **headers}, timeout=30)


async def ask_fury(client: Client) -> str:
    found = await client.call_tool("ground", {"labels": ["furious"]})
    text = text_of(found)
    assert '"slug":"fury"' in text
    return text


# --- HTTP -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_client_is_served_over_http(server: MCPServer[Any], mode: str) -> None:
    with served(http_app(server, host="127.0.0.1")) as url:

        async def work() -> str:
            async with Client(url, mode=mode) as client:
                return await ask_fury(client)

        anyio.run(work)


def test_client_with_the_key_is_served(server: MCPServer[Any]) -> None:
    with served(http_app(server, host="127.0.0.1", keys=OneKey(KEY))) as url:

        async def work() -> str:
            headers = {"Authorization": f"Bearer {KEY}"}
            async with (
                httpx2.AsyncClient(headers=headers) as http,
                Client(streamable_http_client(url, http_client=http)) as client,
            ):
                return await ask_fury(client)

        anyio.run(work)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": f"Bearer {KEY[:-1]}"},
        {"authorization": f"Bearer {KEY}0"},
        {"authorization": f"Bearer {KEY.upper()}"},
        {"authorization": f"Basic {KEY}"},
        {"authorization": KEY},
        {"authorization": "Bearer \xe9\xff"},
        {"x-api-key": KEY},
    ],
)
def test_request_without_the_key_is_answered_with_401(
    server: MCPServer[Any], given: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="mcp")
    with served(http_app(server, host="127.0.0.1", keys=OneKey(KEY))) as url:
        encoded: Any = {name: value.encode("latin-1") for name, value in given.items()}
        response = start(url, **encoded)

    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith('Bearer realm="affectgraph", ')
    assert response.json()["type"] == "https://w3id.org/affectgraph/problem/key-needed"
    assert response.json()["detail"].startswith("Expected ")
    assert KEY not in response.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("right", "scope", "status"),
    [("read", "read", 200), ("read", "llm", 200), ("llm", "llm", 200), ("llm", "write", 403)],
)
def test_keys_of_a_file_are_those_of_the_service(
    server: MCPServer[Any], tmp_path: Path, right: Right, scope: Right, status: int
) -> None:
    path = tmp_path / "keys.jsonl"
    made = create_key(path, "lab", [scope])
    bearer = f"Bearer {made.token}"
    with served(http_app(server, host="127.0.0.1", keys=KeyFile(path), right=right)) as url:
        assert start(url).status_code == 401
        assert start(url, authorization=f"Bearer {make_token()}").status_code == 401
        assert start(url, authorization=bearer).status_code == status
        revoke_key(path, "lab")
        assert start(url, authorization=bearer).status_code == 401
        path.unlink()
        gone = start(url, authorization=bearer)

    assert (gone.status_code, gone.headers["retry-after"]) == (503, "5")
    assert str(path) not in gone.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "127.0.0.1:1"}, 200),
        ({"host": "localhost:8008"}, 200),
        ({"host": "[::1]:8008"}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:80"}, 421),
        ({"origin": "http://localhost:5173"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://localhost.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"content-type": "text/plain"}, 400),
    ],
)
def test_pages_of_others_are_refused(
    server: MCPServer[Any], headers: dict[str, str], status: int
) -> None:
    with served(http_app(server, host="127.0.0.1")) as url:
        assert start(url, **headers).status_code == status


def test_names_of_the_server_may_be_added(server: MCPServer[Any]) -> None:
    app = http_app(server, host="0.0.0.0", names=["emotions.example.org"])  # noqa: S104
    with served(app) as url:
        assert start(url, host="emotions.example.org").status_code == 200
        assert start(url, host="emotions.example.org:8443").status_code == 200
        assert start(url, host="other.example.org").status_code == 421
        assert start(url, host="0.0.0.0:8008").status_code == 421
        assert start(url).status_code == 200  # from the machine itself
        assert (
            start(
                url, host="emotions.example.org", origin="https://emotions.example.org"
            ).status_code
            == 200
        )


def test_nothing_but_the_one_path_answers(server: MCPServer[Any]) -> None:
    with served(http_app(server, host="127.0.0.1")) as url:
        base = url.removesuffix(PATH)
        assert httpx.get(base + "/").status_code == 404
        assert httpx.post(base + "/sparql", json={}).status_code == 404


@pytest.mark.parametrize(
    ("host", "name"), [("192.168.1.4", "192.168.1.4:*"), ("fd00::4", "[fd00::4]:*")]
)
def test_address_that_is_listened_on_is_a_name(host: str, name: str) -> None:
    found = security(host)

    assert found.enable_dns_rebinding_protection
    assert name in found.allowed_hosts
    assert f"https://{name}" in found.allowed_origins
    assert "localhost:*" not in found.allowed_hosts


@pytest.mark.parametrize(
    "name", ["", "http://a.example", "a.example/path", "*", "a b", "[::1", "a.example:port"]
)
def test_name_that_is_no_host_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="name of a host"):
        security("127.0.0.1", [name])


@pytest.mark.parametrize(
    "key",
    [
        "",
        "short",
        "0123456789abcde",
        "a key with spaces in it",
        "schl\xfcssel" * 3,
        KEY + "\n" + KEY,
    ],
)
def test_text_that_is_no_key_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(InputError) as caught:
        require_key(key)

    assert "at least 16" in str(caught.value)
    assert not key or key not in str(caught.value)


def test_key_may_stand_in_a_line_of_its_own() -> None:
    assert require_key(f" {KEY}\n") == KEY
    assert require_key("MTIzNDU2Nzg5MGFiY2RlZg==") == "MTIzNDU2Nzg5MGFiY2RlZg=="


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("192.168.1.4", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_what_others_reach(host: str, expected: bool) -> None:
    assert is_loopback(host) == expected


def test_address_that_is_taken_is_said() -> None:
    with listening_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BackendError, match=f"cannot listen on 127.0.0.1:{port}"):
            listening_socket("127.0.0.1", port)


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--host", "127.0.0.1"], "--host goes with --http"),
        (["--port", "8008", "--key-env", "X"], "--port and --key-env go with --http"),
        (["--allow-host", "a.example"], "--allow-host goes with --http"),
        (["--device", "cpu"], "--device goes with --model"),
        (["--profile", "vllm", "--dtype", "float32"], "--dtype and --profile go with --model"),
        (["--http", "--key-env", "X", "--key-file", "y"], "not both"),
        (["--http", "--key-env", "AFFECTGRAPH_NO_SUCH_KEY"], "is not set"),
        (["--keys", "x"], "--keys goes with --http"),
        (["--http", "--keys", "x", "--key-file", "y"], "Give --keys, or one of"),
        (["--http", "--keys", "no/such"], "Expected a file of keys at no/such"),
        (["--http", "--host", "0.0.0.0"], "Expected a key to listen on 0.0.0.0"),  # noqa: S104
        (["--http", "--host", "192.168.1.4"], "Expected a key to listen on 192.168.1.4"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], part: str) -> None:
    _, error = run("mcp", *options, code=USAGE)

    assert part in " ".join(error.split())


def test_key_of_a_variable_is_read_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", KEY)
    assert cli_mcp._key("A_KEY", None) == KEY

    monkeypatch.setenv("A_KEY", "my secret")
    _, error = run("mcp", "--http", "--key-env", "A_KEY", code=USAGE)
    assert "my secret" not in error


def test_key_of_a_file_is_read_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n", encoding="utf-8")
    assert cli_mcp._key(None, file) == KEY

    for content in (b"my secret", b"\xff\xfe secret"):
        file.write_bytes(content)
        _, error = run("mcp", "--http", "--key-file", file, code=USAGE)
        assert "secret" not in error
    _, error = run("mcp", "--http", "--key-file", tmp_path / "none", code=USAGE)
    assert "cannot be read" in " ".join(error.split())


def test_all_addresses_need_a_name_that_clients_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", KEY)
    _, error = run("mcp", "--http", "--host", "0.0.0.0", "--key-env", "A_KEY", code=USAGE)  # noqa: S104

    assert "Expected --allow-host" in " ".join(error.split())


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_mcp, "find_spec", lambda name: None)
    _, error = run("mcp", code=BACKEND)

    assert 'pip install "affectgraph[mcp]"' in error


def test_model_that_is_not_there_is_said_before_anything_is_served(
    monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    share_graph(monkeypatch, graph)
    with listening_socket("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
    _, error = run("mcp", "--model", f"http://127.0.0.1:{port}/v1", code=BACKEND)

    assert str(port) in error


def test_command_speaks_the_protocol_and_nothing_else_on_stdout() -> None:
    came: list[Any] = []

    async def note(message: Any) -> None:
        came.append(message)

    async def work() -> str:
        parameters = StdioServerParameters(
            command=COMMAND[0], args=COMMAND[1:], env=dict(os.environ)
        )
        async with Client(stdio_client(parameters), message_handler=note) as client:
            return await ask_fury(client)

    anyio.run(work)
    assert not [message for message in came if isinstance(message, Exception)]


@contextmanager
def process(*options: str, **extra: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command, and end it in any case."""
    running = subprocess.Popen(  # noqa: S603 - the command above
        [*COMMAND, *options], stderr=subprocess.PIPE, text=True, env={**os.environ, **extra}
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def test_command_serves_http_until_it_is_stopped() -> None:
    with process("--http", "--port", "0", "--key-env", "A_KEY", A_KEY=KEY) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        url = line.split()[2].rstrip(";")
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                refused = start(url)
                break
            except httpx.ConnectError:
                continue
        accepted = start(url, authorization=f"Bearer {KEY}")
        running.send_signal(signal.SIGINT)
        code = running.wait(timeout=60)
        rest = running.stderr.read()

    assert (refused.status_code, accepted.status_code, code) == (401, 200, 0)
    assert KEY not in line + rest
    assert "no key" not in line + rest
