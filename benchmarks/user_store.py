"""What a write of users' data costs: to the engine alone, forced to disk, and with the engine's own flush.

``python benchmarks/user_store.py [FOLDER]``; the folder decides which disk is measured. Medians of wall time
in milliseconds, as a write waits for the disk; the second table is processor time, of one write each. The
last is wall time of SPARQL updates beside the packaged graph, as a service makes them.
"""

import argparse
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from run_info import print_run_info

from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_store import UserStore

WRITES, UPDATES = 30, 10
UPDATE = {
    "graph by its IRI": "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> %d } }",
    "graph by a variable": "INSERT { GRAPH ?g { <urn:s> <urn:q> %d } } WHERE { GRAPH ?g { ?s <urn:p> 0 } }",
}
"""How an update may name what it writes to -> the update."""
P = NamedNode("urn:p")
SIZES = (10, 1_000, 50_000)


def triples(number: int, count: int) -> list[Triple]:
    """Return triples that no other write has."""
    return [Triple(NamedNode(f"urn:{number}/{i}"), P, Literal(str(i))) for i in range(count)]


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Return how long some work takes by a clock."""
    start = clock()
    work()
    return (clock() - start) * 1e3


def engine_alone(folder: Path, *, flushed: bool) -> float:
    """Return the median of small writes by the engine, which waits for no disk unless told to flush."""
    engine = Store(str(folder))
    graph = NamedNode("urn:g")

    def write(number: int) -> None:
        engine.extend(
            Quad(t.subject, t.predicate, t.object, graph) for t in triples(number, SIZES[0])
        )
        if flushed:
            engine.flush()

    return median(milliseconds(partial(write, n)) for n in range(WRITES))


def main() -> None:
    """Print what writes cost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="on the disk to measure")
    options = parser.parse_args()
    if options.folder is not None and not options.folder.is_dir():
        parser.error(f"expected a folder, got {options.folder}")
    print_run_info()
    with TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        print(f"median of {WRITES} writes of {SIZES[0]} triples, ms")
        print(f"engine alone        {engine_alone(folder / 'alone', flushed=False):8.2f}")
        print(f"engine with flush   {engine_alone(folder / 'flush', flushed=True):8.2f}")
        with UserStore.open(folder / "own") as store:
            found = [
                milliseconds(partial(store.add, "urn:g", triples(n, SIZES[0])))
                for n in range(WRITES)
            ]
            print(f"UserStore.add       {median(found):8.2f}")
            print("\none write, ms of processor")
            for size in SIZES:
                put = partial(store.put, f"urn:put-{size}", triples(size, size))
                taken = milliseconds(put, process_time)
                print(f"put {size:>8,} triples {taken:10.1f}")
            size = SIZES[-1]
            others = [*triples(size, size)[: -size // 100], *triples(0, size // 100)]
            for what, content in (("the same", triples(size, size)), ("1 % others", others)):
                put = partial(store.put, f"urn:put-{size}", content)
                taken = milliseconds(put, process_time)
                print(f"again, {what:<14} {taken:10.1f}")
            taken = milliseconds(lambda: store.backup(folder / "copy"), process_time)
            print(f"backup               {taken:10.1f}")
        print(f"\nmedian of {UPDATES} updates, ms")
        with (
            closing(open_user_data(folder / "served", EmotionGraph.load(), None)) as data,
            data.pool,
        ):
            for what, update in UPDATE.items():
                made = [partial(data.update, update % n) for n in range(UPDATES)]
                print(f"{what:<20} {median(map(milliseconds, made)):8.1f}")


if __name__ == "__main__":
    main()
