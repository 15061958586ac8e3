"""Clients that ask a service over HTTP/1.1 and note how long each answer takes."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from urllib.parse import quote

SPARQL_QUERY = "application/sparql-query"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent, with a name for tables."""

    name: str
    content: bytes


@dataclass(slots=True)
class Noted:
    """Answers by name of the request: milliseconds of each, and statuses; 0 for a connection that broke."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, name: str, status: int, milliseconds: float) -> None:
        """Note an answer."""
        self.times.setdefault(name, []).append(milliseconds)
        self.statuses[name, status] += 1


def get(name: str, path: str, accept: str = "*/*") -> Request:
    """Return a GET request."""
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
    return Request(name, head.encode("ascii"))


def post(name: str, path: str, body: str, media_type: str = "application/json") -> Request:
    """Return a POST request."""
    content = body.encode("utf-8")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return Request(name, head.encode("ascii") + content)


def mixed(start: int = 0) -> Iterator[Request]:
    """Yield look-ups, groundings, checks and point queries without an end, each point query a new text."""
    point = "SELECT ?l { <https://w3id.org/affectgraph/emotion/dread> ?p ?l } LIMIT "
    rationale = json.dumps({"rationale": "AU6 and AU12 suggest joy. She is happy.", "label": "joy"})
    for number in count(start):
        yield get("kept look-up", "/v1/emotions/dread")
        yield post("ground", "/v1/ground", json.dumps({"labels": ["furious", "qwxyz"]}))
        yield post("check", "/v1/check", rationale)
        yield get("point query", f"/sparql?query={quote(point + str(number % 10**6 + 100))}")
        yield get("page", f"/lookup?q={'abcdefgh'[number % 8]}{number % 1000}")


async def ask(
    port: int, requests: Iterator[Request], noted: Noted, *, pace_seconds: float, until: float
) -> None:
    """Send one request after another over a connection that is kept, until a time.

    :param pace_seconds: between the begins of two requests, unless an answer takes longer.
    :param until: on ``perf_counter``'s clock.
    """
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while (begin := perf_counter()) < until:
        request = next(requests)
        status = 0
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            connection = connection or await asyncio.open_connection("127.0.0.1", port)
            status = await _answer(*connection, request.content)
        noted.add(request.name, status, (perf_counter() - begin) * 1000)
        if status == 0 and connection is not None:
            connection[1].close()
            connection = None
        await asyncio.sleep(max(0.0, begin + pace_seconds - perf_counter()))
    if connection is not None:
        connection[1].close()


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, content: bytes
) -> int:
    """Send a request and return the status of its answer, once that is whole.

    :raises ValueError: if the answer does not say its length.
    """
    writer.write(content)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length")]
    if not lengths:
        raise ValueError("Expected a Content-Length.")
    await reader.readexactly(lengths[0])
    return int(head.split(maxsplit=2)[1])


def percentile(values: list[float], part: float) -> float:
    """Return the value that a part (0..1) of the values does not pass."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def print_times(title: str, noted: Noted) -> None:
    print(
        f"{title}\n  {'request':16} {'number':>8} {'p50 ms':>9} {'p99 ms':>9} {'most ms':>9}  statuses"
    )
    for name, times in sorted(noted.times.items()):
        statuses = {s: n for (of, s), n in sorted(noted.statuses.items()) if of == name}
        print(
            f"  {name:16} {len(times):8,} {percentile(times, 0.5):9.2f} {percentile(times, 0.99):9.2f} "
            f"{max(times):9.2f}  {', '.join(f'{s}: {n:,}' for s, n in statuses.items())}",
            flush=True,
        )
