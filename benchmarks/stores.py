"""What a store costs: point queries embedded, through the pool, to our own endpoint, and to Virtuoso 7.

    python benchmarks/stores.py            # Virtuoso if it is installed; --virtuoso URL for one that runs

Each row asks for the label of one emotion after another, by one thread, and prints the median and the 95th
percentile of a query in milliseconds, queries per second, and how many times the embedded store's median it
is. All stores are asked in turn within each round, so that other work on the machine meets them alike. Then:
how long it takes until a graph over each store has told an emotion and all words, with its lookups from the
package and by queries to the store; and the competency questions, summed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import virtuoso_server
from pyoxigraph import QuerySolutions
from run_info import print_run_info

from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_pool import QueryPool
from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.remote_graph import LOOKUPS_VARIABLE
from affectgraph.kg.store import GraphStore

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "kg" / "competency"
LABEL = "SELECT ?label {{ <{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
START_SECONDS = 60

Ask = Callable[[str], object]


@contextmanager
def own_endpoint() -> Iterator[str]:
    """Give the address of ``affectgraph serve`` in a process of its own."""
    port = virtuoso_server._free_ports()[0]
    run = "from affectgraph.api.cli import main; main()"
    options = ["serve", "--port", str(port), "--query-timeout", "120"]
    command = [sys.executable, "-c", run, *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{url}/readyz")
            yield f"{url}/sparql"
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - of 127.0.0.1
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer within {START_SECONDS} s")


def rows_of(store: GraphStore, query: str) -> int:
    """Return the number of rows of an answer, all of them read."""
    result = store.query(query)
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected a table, got {type(result).__name__}.")
    return sum(1 for _ in result)


def point_times(asks: Mapping[str, Ask], queries: list[str], rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds of each query, by the name of what was asked."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        for query in queries[:20]:
            ask(query)
    for _ in range(rounds):
        for name, ask in asks.items():
            for query in queries:
                start = time.perf_counter()
                ask(query)
                times[name].append((time.perf_counter() - start) * 1_000)
    return times


def print_points(times: Mapping[str, list[float]]) -> None:
    """Print a line for each of what was asked; the first is what others are compared with."""
    base = statistics.median(next(iter(times.values())))
    print("point query                median ms   p95 ms   per second   times embedded")
    for name, found in times.items():
        middle = statistics.median(found)
        high = statistics.quantiles(found, n=20)[-1]
        rate = 1_000 / statistics.fmean(found)
        print(f"{name:<26} {middle:9.3f} {high:8.3f} {rate:12,.0f} {middle / base:16.1f}")
    print()


def first_lookup(url: str, mode: str) -> float:
    """Return the seconds until a graph over an endpoint has told an emotion and all words."""
    os.environ[LOOKUPS_VARIABLE] = mode
    start = time.perf_counter()
    graph = EmotionGraph.load(url)
    told = (graph.concept("dread").tier, len(graph.index.forms))
    if told[0] != "tertiary" or told[1] < 20_000:
        raise RuntimeError(f"Expected the packaged graph at {url}, got {told}.")
    taken = time.perf_counter() - start
    graph.close()
    return taken


def print_lookups(urls: Mapping[str, str]) -> None:
    """Print how long lookups over each endpoint take to be ready."""
    print("seconds until the first lookup    packaged   by queries")
    for name, url in urls.items():
        packaged, asked = (first_lookup(url, mode) for mode in ("packaged", "store"))
        print(f"{name:<30} {packaged:11.2f} {asked:12.2f}")
    print()


def print_questions(stores: Mapping[str, GraphStore]) -> None:
    """Print the time of all competency questions, and the slowest."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(QUESTIONS.glob("*.rq"))}
    print("competency questions       number   all, s   slowest")
    for name, store in stores.items():
        times = {}
        for question, text in texts.items():
            start = time.perf_counter()
            rows_of(store, text)
            times[question] = time.perf_counter() - start
        slowest = max(times, key=lambda question: times[question])
        print(
            f"{name:<26} {len(times):6} {sum(times.values()):8.2f}   {slowest}, "
            f"{times[slowest] * 1_000:.0f} ms"
        )
    print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="times that each store is asked")
    parser.add_argument("--virtuoso", metavar="URL", help="a Virtuoso with the packaged graph")
    options = parser.parse_args()
    print_run_info()
    with ExitStack() as stack:
        urls = {"our endpoint": stack.enter_context(own_endpoint())}
        if options.virtuoso:
            urls["Virtuoso 7"] = options.virtuoso
        elif virtuoso_server.missing():
            print(f"without Virtuoso: {virtuoso_server.missing()}\n")
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="virtuoso-")))
            urls["Virtuoso 7"] = stack.enter_context(virtuoso_server.running(folder))
        measure(urls, options.rounds)


def measure(urls: Mapping[str, str], rounds: int) -> None:
    """Print the tables."""
    packaged = PackagedStore()
    remote = {name: RemoteStore(url) for name, url in urls.items()}
    queries = [LABEL.format(iri=concept.iri) for concept in EmotionGraph(packaged).emotions()]
    with QueryPool(limits=PoolLimits(workers=1)) as pool:
        asks: dict[str, Ask] = {
            "embedded": lambda query: rows_of(packaged, query),
            "pool, one worker": lambda query: pool.run(Question(query)),
        }
        for name, store in remote.items():
            asks[name] = lambda query, store=store: rows_of(store, query)  # type: ignore[misc]
        print_points(point_times(asks, queries, rounds))
    print_lookups(urls)
    print_questions({"embedded": packaged, **remote})
    for store in remote.values():
        store.close()


if __name__ == "__main__":
    main()
