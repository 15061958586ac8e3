"""What a request costs with answers kept, with all of them missed, by 304, and without the layer.

In this process over ASGI, one request after another; and over a socket, where uvicorn serves in a process of
its own and several connections ask at once from here: as CPU time of the server, which the machine's other
work hardly touches, and as requests per second, which it does. The variants take turns, so that drift hits
all alike; medians over the rounds, with the lowest and highest.

``without`` is the application without the layer, ``miss`` with one that has no room and so keeps nothing,
``304`` asks again with the tag, ``hit`` has the answer. Client and server share the machine's cores.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from statistics import median
from time import perf_counter, process_time

from fastapi import FastAPI
from run_info import print_run_info
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affectgraph.api.app import create_app
from affectgraph.api.response_cache import ResponseCache
from affectgraph.api.response_store import STORE_BYTES
from affectgraph.kg.graph import EmotionGraph

PATHS = (
    "/v1/emotions/dread",
    "/v1/ground?label=furious",
    "/v1/suggest?q=sa",
    "/v1/schemes/goemotions",
    "/emotion/dread?format=ttl",
)
VARIANTS = ("without", "miss", "304", "hit")
ROUNDS = 7
SECONDS = 0.25
CONNECTIONS = 16
CPU_PATH = "/cpu"

Ask = Callable[[], Awaitable[None]]


def application(graph: EmotionGraph, variant: str) -> FastAPI:
    """Return the service with or without the layer, and with or without room in it."""
    app = create_app(graph, cache_bytes=0 if variant == "miss" else STORE_BYTES)
    if variant == "without":
        kept = [m for m in app.user_middleware if not _is_cache(m.cls)]
        if len(kept) + 1 != len(app.user_middleware):
            raise ValueError("Expected the application to have one response cache.")
        app.user_middleware = kept
    return app


def _is_cache(class_: object) -> bool:
    return class_ is ResponseCache


# --- over ASGI --------------------------------------------------------------------------------------


def asgi_asker(app: FastAPI, path: str, tag: bytes) -> tuple[Ask, list[Message]]:
    """Return what asks an application once, and where its answer's messages are put."""
    place, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (b"host", b"localhost"),
            *([(b"if-none-match", tag)] if tag else []),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def ask() -> None:
        sent.clear()
        await app(dict(scope), receive, send)

    return ask, sent


async def in_process(graph: EmotionGraph, path: str) -> dict[str, list[float]]:
    """Return the CPU microseconds of a request by variant, a figure per round."""
    apps = {name: application(graph, name) for name in VARIANTS}
    tag = await _tag_of(apps["hit"], path)
    asked = {name: asgi_asker(apps[name], path, tag if name == "304" else b"") for name in VARIANTS}
    for name, (ask, sent) in asked.items():
        await ask()
        _require(name, int(sent[0]["status"]))
    found: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for _ in range(ROUNDS):
        for name, (ask, _) in asked.items():
            found[name].append(await _cpu_microseconds(ask))
    return found


async def _tag_of(app: FastAPI, path: str) -> bytes:
    ask, sent = asgi_asker(app, path, b"")
    await ask()
    tag: bytes = dict(sent[0]["headers"])[b"etag"]
    return tag


async def _cpu_microseconds(ask: Ask) -> float:
    count, start = 0, process_time()
    while (taken := process_time() - start) < SECONDS:
        await ask()
        count += 1
    return taken / count * 1e6


def _require(variant: str, status: int) -> None:
    expected = 304 if variant == "304" else 200
    if status != expected:
        raise ValueError(f"Expected status {expected} of {variant}, got {status}.")


# --- over a socket ----------------------------------------------------------------------------------


def serve(variant: str) -> None:
    """Serve a variant on a free port, which is printed, until killed."""
    import socket

    import uvicorn

    app = application(EmotionGraph.load(), variant)
    # asyncio sends small packets at once only on sockets that name their protocol.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(_telling_cpu(app), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


def _telling_cpu(app: FastAPI) -> ASGIApp:
    """Return an application that answers on ``/cpu`` how many seconds its process has used."""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != CPU_PATH:
            await app(scope, receive, send)
            return
        body = str(process_time()).encode()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return told


class Connection:
    """A connection that is kept open, and asks one thing."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.body = b""

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Return status and tag of the answer, once it has been read whole; see ``body``."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        fields = dict(
            line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line
        )
        status = int(head[9:12])
        if status != 304:
            self.body = await self.reader.readexactly(int(fields[b"content-length"]))
        return status, fields.get(b"etag", b"")

    async def cpu_seconds(self) -> float:
        """Return how many seconds the server has used."""
        await self.ask(f"GET {CPU_PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return float(self.body)


async def over_socket(
    path: str, ports: dict[str, int]
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return CPU microseconds of the server for a request, and requests per second, by variant and round."""
    plain = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n".encode()
    connections = {name: await _connect(port) for name, port in ports.items()}
    _, tag = await connections["hit"][0].ask(plain + b"\r\n")
    requests = dict.fromkeys(ports, plain + b"\r\n")
    requests["304"] = plain + b"If-None-Match: " + tag + b"\r\n\r\n"
    costs: dict[str, list[float]] = {name: [] for name in ports}
    rates: dict[str, list[float]] = {name: [] for name in ports}
    for _ in range(ROUNDS):
        for name, opened in connections.items():
            status, _ = await opened[0].ask(requests[name])
            _require(name, status)
            used, start = await opened[0].cpu_seconds(), perf_counter()
            counts = await asyncio.gather(*(_asked(c, requests[name], start) for c in opened))
            taken = perf_counter() - start
            costs[name].append((await opened[0].cpu_seconds() - used) / sum(counts) * 1e6)
            rates[name].append(sum(counts) / taken)
    for opened in connections.values():
        for connection in opened:
            connection.writer.close()
            with suppress(ConnectionError):
                await connection.writer.wait_closed()
    return costs, rates


async def _connect(port: int) -> list[Connection]:
    return [
        Connection(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(CONNECTIONS)
    ]


async def _asked(connection: Connection, request: bytes, start: float) -> int:
    count = 0
    while perf_counter() - start < SECONDS:
        await connection.ask(request)
        count += 1
    return count


# --- tables -----------------------------------------------------------------------------------------


def line(path: str, found: dict[str, list[float]], *, is_cost: bool) -> str:
    """Return the figures of a path as a line of a Markdown table; ratios say how many times as fast."""
    middles = {name: median(values) for name, values in found.items()}
    cells = [
        f"{middles[name]:,.0f} ({min(found[name]):,.0f} to {max(found[name]):,.0f})"
        for name in VARIANTS
    ]
    ratios = [
        f"{(middles[name] / middles['without']) ** (-1 if is_cost else 1):.2f}"
        for name in ("miss", "304", "hit")
    ]
    return f"| `{path}` | {' | '.join([*cells, *ratios])} |"


def print_header(title: str) -> None:
    print(f"\n{title}; median (lowest to highest) of {ROUNDS} rounds of {SECONDS} s\n")
    print("| path | without | miss | 304 | hit | miss: times as fast | 304 | hit |")
    print("|---|---|---|---|---|---|---|---|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--serve", choices=VARIANTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve is not None:
        serve(options.serve)
        return
    print_run_info()
    graph = EmotionGraph.load()
    print_header("CPU microseconds of a request in process, over ASGI")
    for path in PATHS:
        print(line(path, asyncio.run(in_process(graph, path)), is_cost=True), flush=True)
    children = {
        name: subprocess.Popen(
            [sys.executable, __file__, "--serve", name], stdout=subprocess.PIPE, text=True
        )
        for name in VARIANTS
    }
    try:
        ports = {
            name: int(child.stdout.readline()) for name, child in children.items() if child.stdout
        }
        found = {path: asyncio.run(over_socket(path, ports)) for path in PATHS}
        where = f"over a socket, {CONNECTIONS} connections, one worker of uvicorn"
        print_header(f"CPU microseconds of the server for a request {where}")
        for path, (costs, _) in found.items():
            print(line(path, costs, is_cost=True))
        print_header(f"Requests/s {where}")
        for path, (_, rates) in found.items():
            print(line(path, rates, is_cost=False))
    finally:
        for child in children.values():
            child.kill()
            child.wait()


if __name__ == "__main__":
    main()
