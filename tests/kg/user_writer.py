"""A process that writes to a store of users' data until it is killed, and says what is acknowledged.

``python -m tests.kg.user_writer FOLDER SEED [MOST]``: write N puts, adds to or deletes a graph or two, and
the line ``N`` follows when it is acknowledged. What write N does follows from the seed: see :func:`plan`.
"""

import sys
from collections.abc import Iterator
from random import Random

from pyoxigraph import Literal, NamedNode, Triple

from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change

GRAPHS = ("urn:one", "urn:two", "urn:three")
P = NamedNode("urn:p")


def triples(number: int, count: int) -> tuple[Triple, ...]:
    """Return triples that name the write they came by."""
    return tuple(
        Triple(NamedNode(f"urn:w{number}/{i}"), P, Literal(str(i) * 40)) for i in range(count)
    )


def plan(seed: int) -> Iterator[list[tuple[str, str, tuple[Triple, ...]]]]:
    """Yield for each write what it does: kind, graph and triples, of one graph or two."""
    random = Random(seed)  # noqa: S311 - no secret
    number = 0
    while True:
        number += 1
        graphs = random.sample(GRAPHS, random.choice((1, 1, 2)))
        kinds = [random.choice(("put", "add", "add", "delete")) for _ in graphs]
        yield [
            (kind, graph, () if kind == "delete" else triples(number, random.randint(1, 300)))
            for kind, graph in zip(kinds, graphs, strict=True)
        ]


def as_change(kind: str, graph: str, added: tuple[Triple, ...]) -> Change:
    """Return a step of the plan as a change."""
    if kind == "delete":
        return Change(graph, (), None, None)
    return Change(graph, added, None if kind == "put" else ())


def states(seed: int, count: int) -> list[dict[str, set[Triple]]]:
    """Return what the graphs hold after each of the first writes, worked out in plain Python."""
    held: dict[str, set[Triple]] = {}
    found = [dict(held)]
    for _, steps in zip(range(count), plan(seed), strict=False):
        for kind, graph, added in steps:
            before = held.get(graph, set()) if kind == "add" else set()
            held = {name: kept for name, kept in held.items() if name != graph}
            if kind != "delete":
                held[graph] = before | set(added)
        found.append(held)
    return found


def main() -> None:
    """Write until killed, or the number of writes is reached, or one fails, which is said on a line."""
    folder, seed = sys.argv[1], int(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    with UserStore.open(folder) as store:
        print("ready", flush=True)
        for _, steps in zip(range(most), plan(seed), strict=False):
            try:
                write = store.apply([as_change(*step) for step in steps])
            except Exception as error:
                print(f"{type(error).__name__} {error}", flush=True)
                return
            print(write.version, flush=True)


if __name__ == "__main__":
    main()
