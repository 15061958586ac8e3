"""The price of running SPARQL of strangers in workers: point queries per second, replacement, memory.

    python benchmarks/query_isolation.py

Each row asks for the label of one emotion after another, from as many threads as the row says, for some
seconds: by the engine in this process on the deep thread that a service without a pool uses, and by pools of
one and two workers. Then the time from a query's end by the deadline, or by the overflow of its stack, to the
error, replacement included; crashes beside point queries; and the memory that a worker shares and has for
itself (PSS and USS, Linux).
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event

from run_info import print_run_info

from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import QueryAnswer, Question
from affectgraph.api.query_pool import QueryPool
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.kg.graph import EmotionGraph

LABEL = "SELECT ?label {{ <{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NESTED = "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }"
MEMORY = ("Rss", "Pss", "Private_Clean", "Private_Dirty")

Run = Callable[[Question], QueryAnswer]


def questions(graph: EmotionGraph) -> list[Question]:
    """Return a question for the label of each emotion."""
    return [Question(LABEL.format(iri=concept.iri)) for concept in graph.emotions()]


def per_second(run: Run, asked: Sequence[Question], *, threads: int, seconds: float) -> float:
    """Return how many questions are answered in a second by so many threads together."""
    end = time.perf_counter() + seconds

    def work(first: int) -> int:
        for done in count():
            if time.perf_counter() > end:
                return done
            run(asked[(first + done) % len(asked)])
        raise AssertionError

    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as workers:
        total = sum(workers.map(work, range(threads)))
    return total / (time.perf_counter() - start)


def processes_of(pool: QueryPool) -> list[int]:
    """Return the process ids of a pool's template and of its workers, which are idle."""
    template = pool._places.template
    workers = [place.worker.pid for place in pool._places.turns.idle if place.worker]
    return [template.pid if template else 0, *workers]


def processor_seconds(pids: Sequence[int]) -> float:
    """Return the processor time that processes have used, in clock ticks of the kernel."""
    texts = [Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2] for pid in pids]
    ticks = sum(int(field) for text in texts for field in text.split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def stop_times(pool: QueryPool, query: str, *, times: int) -> list[float]:
    """Return the milliseconds from a query's begin to its error, each time on another worker."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        try:
            pool.run(Question(query))
        except QueryCostError:
            found.append((time.perf_counter() - start) * 1_000)
    return found


def replacement_times(pool: QueryPool, *, times: int) -> list[float]:
    """Return the milliseconds that it takes to kill a worker, reap it and fork another."""
    found = []
    for _ in range(times):
        with pool._places.held() as place:
            start = time.perf_counter()
            pool._places.replace(place, place.worker)
            found.append((time.perf_counter() - start) * 1_000)
    return found


def memory_of(pid: int) -> dict[str, float]:
    """Return MiB of a process by name, as Linux counts them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {name: sizes[name] for name in MEMORY}


def print_rates(graph: EmotionGraph, seconds: float) -> None:
    asked = questions(graph)
    local = InProcessQueries(graph.store)
    local.run(asked[0])
    print("point queries per second")
    for threads in (1, 2):
        print_rate("in this process", local.run, (), asked, threads=threads, seconds=seconds)
    for workers in (1, 2):
        with QueryPool(limits=PoolLimits(workers=workers)) as pool:
            pids = processes_of(pool)
            print_rate("pool", pool.run, pids, asked, threads=workers, seconds=seconds)


def print_rate(
    name: str,
    run: Run,
    pids: Sequence[int],
    asked: Sequence[Question],
    *,
    threads: int,
    seconds: float,
) -> None:
    own, others = time.process_time(), processor_seconds(pids)
    rate = per_second(run, asked, threads=threads, seconds=seconds)
    own, others = time.process_time() - own, processor_seconds(pids) - others
    number = rate * seconds / 1e6
    print(
        f"  {name}, {threads} at once: {rate:,.0f}; processor per query: {own / number:.0f} µs here, "
        f"{others / number:.0f} µs in workers"
    )


def print_stops(times: int) -> None:
    limits = PoolLimits(workers=1, timeout_seconds=0.5)
    start = time.perf_counter()
    with QueryPool(limits=limits) as pool:
        print(f"start of a pool: {time.perf_counter() - start:.2f} s")
        found = replacement_times(pool, times=times)
        print(f"kill and replace an idle worker: {_spread(found)}")
        late = [ms - 500 for ms in stop_times(pool, ENDLESS, times=max(3, times // 20))]
        print(f"error after a deadline of 500 ms: {_spread(late)}, replacement included")
        print(
            f"error of a query that overflows the stack: {_spread(stop_times(pool, NESTED, times=5))}"
        )


def print_endurance(graph: EmotionGraph, crashes: int) -> None:
    """Overflow the stacks of workers from two threads while two others ask point queries, for as long."""
    asked = questions(graph)
    over = Event()

    def ask(pool: QueryPool) -> int:
        for done in count():
            if over.is_set():
                return done
            pool.run(asked[done % len(asked)])
        raise AssertionError

    with QueryPool(limits=PoolLimits(workers=3)) as pool, ThreadPoolExecutor(4) as threads:
        beside = [threads.submit(ask, pool) for _ in range(2)]
        hostile = [threads.submit(stop_times, pool, NESTED, times=crashes // 2) for _ in range(2)]
        stopped = sum(len(future.result()) for future in hostile)
        over.set()
        answered = sum(future.result() for future in beside)
    print(
        f"workers that crashed: {stopped} of {crashes}; point queries answered beside: {answered:,}"
    )


def print_memory(graph: EmotionGraph) -> None:
    with QueryPool() as pool:
        for question in questions(graph):
            pool.run(question)
        template, *workers = processes_of(pool)
        print(f"template, MiB: {_sizes(memory_of(template))}")
        for worker in workers:
            print(f"worker, MiB: {_sizes(memory_of(worker))}")


def _spread(milliseconds: Sequence[float]) -> str:
    middle, least, most = statistics.median(milliseconds), min(milliseconds), max(milliseconds)
    return f"{middle:.1f} ms (median of {len(milliseconds)}, {least:.1f} to {most:.1f})"


def _sizes(sizes: dict[str, float]) -> str:
    own = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return f"{sizes['Pss']:.0f} by share (PSS), {own:.0f} its own (USS), {sizes['Rss']:.0f} mapped (RSS)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="for each row of rates")
    parser.add_argument("--times", type=int, default=100, help="workers to replace")
    parser.add_argument("--crashes", type=int, default=100, help="workers to crash, an even number")
    options = parser.parse_args()
    print_run_info()
    graph = EmotionGraph.load()
    print_rates(graph, options.seconds)
    print_stops(options.times)
    print_endurance(graph, options.crashes)
    print_memory(graph)


if __name__ == "__main__":
    main()
