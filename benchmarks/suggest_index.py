"""Completion by sorted lists and by SQLite's FTS5 over the same names: time and memory.

Both are asked for every beginning of every concept's name, from one letter on, ten answers each. FTS5
finds a beginning of any word (``prefix='1 2 3'``, in memory), and is asked for a fixed order, by a column of
ranks; it is also timed with no order at all, which is the least it can cost. CPU microseconds of a question,
the median over rounds for each. FTS5 gives numbers of names alone; the sorted lists also say what each name
stands for.
"""

import sqlite3
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from statistics import median
from time import process_time

from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers import Suggester
from affectgraph.linkers.suggest import suggestion_key

ROUNDS = 5
LIMIT = 10

ORDERED = "SELECT number FROM names WHERE names MATCH ? ORDER BY CAST(number AS INTEGER) LIMIT ?"
UNORDERED = "SELECT number FROM names WHERE names MATCH ? LIMIT ?"


def names_of(graph: EmotionGraph) -> list[str]:
    """Return the keys of all concepts, labels and words, each once: short ones first, then by alphabet."""
    labels = (label.name for scheme in graph.schemes() for label in scheme.labels)
    concepts = (concept.label for concept in graph.index.concepts.values())
    keys = {suggestion_key(text) for text in chain(concepts, labels, graph.index.words)}
    return sorted(keys, key=lambda key: (len(key), key))


def fts_of(names: Iterable[str]) -> sqlite3.Connection:
    """Return the names in a full-text index in memory."""
    found = sqlite3.connect(":memory:")
    found.execute("CREATE VIRTUAL TABLE names USING fts5(key, number UNINDEXED, prefix='1 2 3')")
    found.executemany("INSERT INTO names VALUES (?, ?)", ((k, n) for n, k in enumerate(names)))
    found.execute("INSERT INTO names(names) VALUES ('optimize')")
    return found


def beginnings(graph: EmotionGraph) -> list[str]:
    """Return what somebody types on the way to each concept, each once."""
    keys = {suggestion_key(concept.label) for concept in graph.index.concepts.values()}
    return sorted({key[:n].strip() for key in keys for n in range(1, len(key) + 1)} - {""})


def per_question(ask: Callable[[str], object], typed: list[str]) -> list[float]:
    """Return CPU microseconds of each question."""
    found = []
    for text in typed:
        start = process_time()
        ask(text)
        found.append((process_time() - start) * 1e6)
    return found


def built(make: Callable[[], object]) -> tuple[float, float]:
    """Return CPU milliseconds of making something, and megabytes of Python that it then holds."""
    start = process_time()
    kept = make()
    taken = (process_time() - start) * 1e3
    del kept
    tracemalloc.start()
    kept = make()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return taken, held / 1e6


def print_times(name: str, ask: Callable[[str], object], typed: list[str]) -> None:
    """Print a line with the median question and the slowest, each over the rounds' medians."""
    rounds = [per_question(ask, typed) for _ in range(ROUNDS)]
    questions = sorted(map(median, zip(*rounds, strict=True)))
    late = questions[int(len(questions) * 0.99)]
    print(f"| {name} | {median(questions):.0f} | {late:.0f} | {questions[-1]:.0f} |")


def main() -> None:
    print_run_info()
    graph = EmotionGraph.load()
    names = names_of(graph)
    typed = beginnings(graph)
    suggester = Suggester(graph)
    fts = fts_of(names)
    print(f"SQLite {sqlite3.sqlite_version}; {len(names):,} names, {len(typed):,} questions\n")
    print("| index | median µs | 99th percentile | slowest |")
    print("|---|---|---|---|")
    print_times("sorted lists", partial(suggester.suggest, limit=LIMIT), typed)
    print_times("FTS5, in order", partial(_found_by_fts, fts, ORDERED), typed)
    print_times("FTS5, any order", partial(_found_by_fts, fts, UNORDERED), typed)
    taken, held = built(partial(Suggester, graph))
    print(f"\nsorted lists: made in {taken:.0f} ms, {held:.1f} MB")
    taken, _ = built(partial(fts_of, names))
    print(f"FTS5: made in {taken:.0f} ms, {_pages(fts) / 1e6:.1f} MB")


def _found_by_fts(index: sqlite3.Connection, query: str, text: str) -> list[tuple[int]]:
    return index.execute(query, (_phrase(text), LIMIT)).fetchall()


def _pages(index: sqlite3.Connection) -> int:
    """Return the bytes of an index in memory."""
    count, size = (index.execute(f"PRAGMA page_{name}").fetchone()[0] for name in ("count", "size"))
    return int(count) * int(size)


def _phrase(text: str) -> str:
    """Return a query of FTS5 for a beginning: the last word may go on."""
    return '"' + text.replace('"', '""') + '"*'


if __name__ == "__main__":
    main()
