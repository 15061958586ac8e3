"""How long one request keeps the event loop of the service from all others, by kind of request.

    python benchmarks/loop_lag.py --times 5

The service runs in this process with a task beside it that sleeps a millisecond, again and again, and notes
how much longer that took, less what the loop's thread waited for a processor meanwhile, which is the work of
others on the machine (Linux). The client is a process of its own. For each request: the longest such lag
while it was answered (median and most of the times it was sent), how much of it the loop's thread computed,
and the time of the whole answer. The rest of a lag is waiting for the interpreter, which another thread had.
"""

import argparse
import asyncio
import json
import statistics
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import uvicorn
from load_servers import free_port
from run_info import print_run_info

from affectgraph.api.app import create_app

TICK_SECONDS = 0.001
CLIENT = """
import sys, urllib.request
url, encoding, media_type = sys.argv[1:4]
headers = {"Accept-Encoding": encoding}
body = sys.stdin.buffer.read() or None
if body:
    headers["Content-Type"] = media_type
with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
    print(len(answer.read()))
"""
MANY = "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%20200000"
SPARQL_QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
SENTENCE = "She frowned and said that she was furious, but not sad. "


@dataclass(frozen=True, slots=True)
class Case:
    """A request to the service."""

    name: str
    path: str
    body: str = ""
    media_type: str = "application/json"
    encoding: str = "identity"


@dataclass(frozen=True, slots=True)
class Lag:
    """A tick of the loop that came late.

    :param late: milliseconds, without those in which the loop's thread waited for a processor.
    :param computed: of these, by the loop's thread.
    """

    late: float
    computed: float


def text_of(characters: int) -> str:
    """Return a text of so many characters."""
    return (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]


def cases() -> list[Case]:
    """Return what is sent."""
    texts = [text_of(50_000)] * 4
    many = json.dumps({"texts": texts})
    values = "SELECT * { VALUES ?x { " + "1 " * 60_000 + "} }"
    return [
        Case("nothing of note", "/v1/emotions/dread"),
        Case("200,000 triples", MANY),
        Case("200,000 triples, gzip", MANY, encoding="gzip"),
        Case("60,000 values", "/sparql", values, SPARQL_QUERY),
        Case("query of 190 kB", "/sparql", "ASK { #" + "x" * 190_000 + "\n}", SPARQL_QUERY),
        Case("query of 7 MB, refused", "/sparql", "ASK {}" + " " * 7_000_000, SPARQL_QUERY),
        Case("form of 6 MB, refused", "/sparql", "query=" + "%20" * 2_000_000, FORM),
        Case("form of 2.8 MB, refused", "/sparql", "query=" + "%20" * 930_000, FORM),
        Case("annotate 200 kB in 4 texts", "/v1/annotate", many),
        Case("check 50 kB", "/v1/check", json.dumps({"rationale": text_of(50_000)})),
        Case("check 2 MB, refused", "/v1/check", json.dumps({"rationale": text_of(2_000_000)})),
    ]


def used() -> tuple[float, float]:
    """Return milliseconds that this thread has computed, and waited for a processor."""
    file = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    try:
        computed, queued, _ = file.read_text("ascii").split()
    except OSError:
        return 0.0, 0.0
    return int(computed) / 1e6, int(queued) / 1e6


async def watch(lags: list[Lag]) -> None:
    """Note how late each tick of the loop is."""
    while True:
        begin, (computed, queued) = perf_counter(), used()
        await asyncio.sleep(TICK_SECONDS)
        late = (perf_counter() - begin - TICK_SECONDS) * 1000
        now_computed, now_queued = used()
        lags.append(Lag(max(0.0, late - (now_queued - queued)), now_computed - computed))


async def send(case: Case, port: int) -> str:
    """Send a request from another process; return what that says of the answer."""
    client = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CLIENT, f"http://127.0.0.1:{port}{case.path}", case.encoding),
        case.media_type,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, errors = await client.communicate(case.body.encode())
    return f"{int(said):,} bytes" if said else errors.decode().strip().splitlines()[-1]


async def measure(case: Case, port: int, lags: list[Lag], times: int) -> None:
    """Send a request so many times and print what it did to the loop; the first time is not counted."""
    worst, seconds, said = [], [], ""
    for number in range(times + 1):
        lags.clear()
        begin = perf_counter()
        said = await send(case, port)
        if number:
            worst.append(max(lags, key=lambda lag: lag.late))
            seconds.append(perf_counter() - begin)
    middle = sorted(worst, key=lambda lag: lag.late)[len(worst) // 2]
    print(
        f"  {case.name:27} {middle.late:7.1f} {max(lag.late for lag in worst):7.1f} "
        f"{middle.computed:9.1f} {statistics.median(seconds) * 1000:8.0f}  {said}",
        flush=True,
    )


async def run(times: int) -> None:
    port, lags = free_port(), list[Lag]()
    config = uvicorn.Config(create_app(), port=port, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    watching = asyncio.create_task(watch(lags))
    print(f"  {'request':27} {'lag ms':>7} {'most':>7} {'computed':>9} {'answer':>8}")
    for case in cases():
        await measure(case, port, lags, times)
    watching.cancel()
    server.should_exit = True
    await serving


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=5, help="each request is sent")
    options = parser.parse_args()
    print_run_info()
    asyncio.run(run(options.times))


if __name__ == "__main__":
    main()
