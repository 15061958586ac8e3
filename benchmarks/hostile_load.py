"""What others get while all hostile queries are thrown at the service at once, and what each of these gets.

    python benchmarks/hostile_load.py --seconds 20

One client for each hostile query sends it again and again; five others send look-ups, groundings, checks,
pages and point queries, a request each 50 ms, as they do before for comparison, once each kind has been
answered. How long the event loop's thread waited for a processor meanwhile (Linux) says how much is due to
other work on the machine, and to the clients. Then the competency queries of ``tests/kg/competency``, each
once by a new process, so that nothing is warm but the files. Exits with 1 if a connection broke or somebody
got a 500.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from time import perf_counter

from load_clients import SPARQL_QUERY, Noted, ask, mixed, percentile, post, print_times
from load_servers import affectgraph
from run_info import print_run_info

from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_pool import QueryPool

CLIENTS = 5
PACE_SECONDS = 0.05
BAR_MS = 100.0
COLD_MS = 20.0
WARM_SECONDS = 2.0
COMPETENCY = Path(__file__).parent.parent / "tests" / "kg" / "competency"

_DEEP = 20_000
_STAR = "(<urn:a>|!<urn:b>)*"
HOSTILE = {
    "parentheses": "SELECT * { FILTER(" + "(" * _DEEP + "1" + ")" * _DEEP + ") }",
    "groups": "SELECT * " + "{" * _DEEP + "}" * _DEEP,
    "denials": "SELECT * { FILTER(" + "!" * _DEEP + "1) }",
    "closed paths": (
        f"SELECT (COUNT(*) AS ?n) {{ ?s {_STAR} ?o . ?o {_STAR} ?x . ?x {_STAR} ?y }}"
    ),
    "regular expression": (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?o "
        "FILTER(REGEX(CONCAT(STR(?o), STR(?s)), '(.*.*.*.*.*.*x){20}$')) }"
    ),
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "all triples": "SELECT * { ?s ?p ?o . ?t ?q ?r }",
    "huge VALUES": "SELECT * { VALUES ?x { " + "1 " * 60_000 + "} }",
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "graph from elsewhere": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
}


async def others(port: int, seconds: float, *, first: int) -> Noted:
    """Return what five clients saw.

    :param first: number of the first texts; others than were sent before are answered anew.
    """
    noted = Noted()
    until = perf_counter() + seconds
    await asyncio.gather(
        *(
            ask(
                port, mixed(first + client * 100_000), noted, pace_seconds=PACE_SECONDS, until=until
            )
            for client in range(CLIENTS)
        )
    )
    return noted


async def beside(port: int, seconds: float) -> tuple[Noted, Noted]:
    """Return what others saw, and what the hostile got, at the same time."""
    hostile = Noted()
    until = perf_counter() + seconds
    throwing = [
        asyncio.create_task(
            ask(
                port,
                repeat(post(name, "/sparql", query, SPARQL_QUERY)),
                hostile,
                pace_seconds=0.0,
                until=until,
            )
        )
        for name, query in HOSTILE.items()
    ]
    seen = await others(port, seconds, first=50_000)
    await asyncio.gather(*throwing)
    return seen, hostile


def cold_times() -> dict[str, float]:
    """Return milliseconds of each competency query in a process that has answered none before."""
    found = {}
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=120.0)) as pool:
        for path in sorted(COMPETENCY.glob("*.rq")):
            with pool._places.held() as place:
                pool._places.replace(place, place.worker)
            question = Question(path.read_text(encoding="utf-8"))
            start = perf_counter()
            pool.run(question)
            found[path.stem] = (perf_counter() - start) * 1000
    return found


@contextmanager
def processor_of(pid: int) -> Iterator[None]:
    """Print what the first thread of a process has computed within the block, and waited for a processor."""
    computed, queued = _scheduled(pid)
    begin = perf_counter()
    yield
    now_computed, now_queued = _scheduled(pid)
    print(
        f"event loop: computed {now_computed - computed:.1f} s and waited {now_queued - queued:.1f} s for a "
        f"processor, of {perf_counter() - begin:.1f} s"
    )


def _scheduled(pid: int) -> tuple[float, float]:
    """Return seconds that a thread has computed and waited, as Linux counts them; zeros elsewhere."""
    try:
        computed, queued, _ = Path(f"/proc/{pid}/schedstat").read_text("ascii").split()
    except OSError:
        return 0.0, 0.0
    return int(computed) / 1e9, int(queued) / 1e9


def throw(options: argparse.Namespace) -> bool:
    """Print what others and the hostile got; return whether a connection broke or there was a 500."""
    serve = ["--log-level", "warning", *options.serve]
    print(f"affectgraph serve {' '.join(serve)}")
    with affectgraph(*serve) as server:
        port = int(re.search(r":(\d+)$", server.url)[1])  # type: ignore[index]
        asyncio.run(others(port, WARM_SECONDS, first=900_000))
        with processor_of(server.pid):
            before = asyncio.run(others(port, options.seconds / 2, first=0))
        print_times("others, nobody hostile", before)
        with processor_of(server.pid):
            seen, hostile = asyncio.run(beside(port, options.seconds))
    print_times("others, beside all hostile queries", seen)
    print_times("the hostile", hostile)
    for name, times in sorted(seen.times.items()):
        p99 = percentile(times, 0.99)
        print(f"p99 of {name}: {p99:.0f} ms, {'under' if p99 < BAR_MS else 'OVER'} {BAR_MS:.0f}")
    statuses = seen.statuses + hostile.statuses
    return any(status in (0, 500) for _, status in statuses)


def print_cold(cold: dict[str, float]) -> None:
    print(f"\ncompetency queries, cold: ms each, to stay under {COLD_MS:.0f}")
    for name, ms in sorted(cold.items(), key=lambda item: -item[1]):
        print(f"  {ms:7.2f}  {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--cold-only", action="store_true", help="the competency queries alone")
    parser.add_argument("serve", nargs="*", help="options of affectgraph serve, behind --")
    options = parser.parse_args()
    print_run_info()
    is_bad = False if options.cold_only else throw(options)
    print_cold(cold_times())
    raise SystemExit(is_bad)


if __name__ == "__main__":
    main()
