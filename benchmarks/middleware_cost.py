"""What ids, access log, metrics and keys cost a request: requests per second of cheap routes.

One process and one event loop, asked over ASGI without sockets, so that nothing but the application is
measured. Seconds are CPU time of the process, its threads included. Each variant is asked in turn, many short
rounds, after one that does not count; a figure is the median over rounds, a ratio the median of the ratios
within rounds. The log is formatted as JSON and thrown away.
``/v1/version`` is the cheapest route of the service and runs in a thread; ``/nothing`` is a route that does
nothing on the event loop, the dearest case for what surrounds it.
"""

import argparse
import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, cast

from fastapi import FastAPI
from run_info import print_run_info
from starlette.responses import Response

from affectgraph.api.access import DEFAULT_ACCESS, Access
from affectgraph.api.access_log import ACCESS, JsonFormatter
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.limits import PlainAnswers
from affectgraph.api.operation import Operation
from affectgraph.api.rates import Rate
from affectgraph.api.requests_seen import NotedRoute
from affectgraph.kg.graph import EmotionGraph

ROUTES = ("/nothing", "/v1/version")
BARE = "nothing of it"
LOGGED = "ids, log"
COUNTED = "ids, log, metrics"
GUARDED = "ids, log, metrics, a key and its limit"


class Thrown(logging.Handler):
    """Formats records and throws them away."""

    def emit(self, record: logging.LogRecord) -> None:
        """Format a record."""
        self.format(record)


async def nothing() -> Response:
    return Response(b"")


def application(
    graph: EmotionGraph,
    *,
    metrics: bool = False,
    bare: bool = False,
    access: Access = DEFAULT_ACCESS,
) -> FastAPI:
    """Return the service, or what it was before it observed its requests."""
    app = create_app(graph, operation=Operation(metrics=metrics), access=access)
    app.state.services.warm_up()
    app.add_api_route("/nothing", nothing)
    app.router.routes.insert(0, app.router.routes.pop())
    if bare:
        app.user_middleware = [
            x for x in app.user_middleware if cast("object", x.cls) is not NotedRoute
        ]
        app.middleware_stack = PlainAnswers(FastAPI.build_middleware_stack(app))
    return app


def scope_of(path: str, authorization: bytes) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"test"),
            (b"accept", b"*/*"),
            *([(b"authorization", authorization)] if authorization else []),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


async def requests_per_second(
    app: FastAPI, path: str, requests: int, authorization: bytes
) -> float:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"Expected 200 of {path}, got {message['status']}.")

    start = process_time()
    for _ in range(requests):
        await app(scope_of(path, authorization), receive, send)
    return requests / (process_time() - start)


def set_log(is_on: bool) -> None:
    ACCESS.setLevel(logging.INFO if is_on else logging.CRITICAL)


async def measure(
    apps: Mapping[str, FastAPI], path: str, rounds: int, requests: int, authorization: bytes
) -> dict[str, list[float]]:
    """Return requests per CPU second of each variant, round by round."""
    found: dict[str, list[float]] = {name: [] for name in apps}
    for turn in range(rounds + 1):
        for name, app in apps.items():
            set_log("log" in name)
            sent = authorization if name == GUARDED else b""
            rate = await requests_per_second(app, path, requests, sent)
            if turn:
                found[name].append(rate)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--requests", type=int, default=200, help="of each variant in a round")
    chosen = parser.parse_args()
    print_run_info()
    sink = Thrown()
    sink.setFormatter(JsonFormatter())
    ACCESS.addHandler(sink)
    ACCESS.propagate = False
    graph = EmotionGraph.load()
    with TemporaryDirectory() as folder:
        keys = Path(folder) / "keys.jsonl"
        token = create_key(keys, "benchmark", ["read"]).token
        access = Access(KeyFile(keys), read="key", rate=Rate(1e6, 1_000_000))
        apps = {
            BARE: application(graph, bare=True),
            "ids": application(graph),
            LOGGED: application(graph),
            COUNTED: application(graph, metrics=True),
            GUARDED: application(graph, metrics=True, access=access),
        }
        report(apps, chosen.rounds, chosen.requests, f"Bearer {token}".encode())


def report(apps: Mapping[str, FastAPI], rounds: int, requests: int, authorization: bytes) -> None:
    """Print the table."""
    print(f"{rounds} rounds of {requests} requests\n")
    print(
        "| Route | With | Requests per CPU second | Of bare | µs more a request |\n|---|---|---:|---:|---:|"
    )
    for path in ROUTES:
        found = asyncio.run(measure(apps, path, rounds, requests, authorization))
        bare = found[BARE]
        for name, rates in found.items():
            ratio = median(rate / of for rate, of in zip(rates, bare, strict=True))
            more = median(1e6 / rate - 1e6 / of for rate, of in zip(rates, bare, strict=True))
            print(f"| `{path}` | {name} | {median(rates):,.0f} | {ratio:.2f} | {more:.0f} |")


if __name__ == "__main__":
    main()
