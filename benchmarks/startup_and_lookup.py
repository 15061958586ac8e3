"""Start-up, load, lookup and query times against their bars, with peers in the same run.

Medians over repeats. Start-up is CPU time (user + system) of a child process, interpreter included;
``python -c pass`` stands beside it. Everything else is CPU time of this process. Peers answer the
same questions: rdflib parses the same file and runs the same query, networkx looks a node up.
``--strict`` exits 1 if a bar is missed.
"""

import gc
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from statistics import median
from time import process_time

from run_info import print_run_info

from affectgraph.kg.answers import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers import LabelLinker, Lexicon

STARTS = 15
LOADS = 9
QUERIES = 200
LOOKUPS = 20_000
PEER_LOADS = 3
PEER_QUERIES = 20

QUERY = """\
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX emotion: <https://w3id.org/affectgraph/emotion/>
SELECT ?emotion ?valence WHERE {
  ?emotion ag:primary emotion:fear ; ag:tier ag:tertiaryTier ; ag:valence ?valence
}
"""
"""Three patterns on one variable: valences of the third tier of fear."""


@dataclass(frozen=True)
class Figure:
    """One measured quantity: its repeats in a unit, and its bar if it has one."""

    name: str
    values: tuple[float, ...]
    unit: str
    bar: float | None = None

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def is_missed(self) -> bool:
        """Whether the median is above the bar."""
        return self.bar is not None and self.middle > self.bar

    def line(self) -> str:
        """Return the figure as a line of a Markdown table."""
        spread = f"{min(self.values):.4g} to {max(self.values):.4g}"
        bar = f"{self.bar:g} | {self.middle / self.bar:.2f}" if self.bar is not None else " | "
        middle = f"{self.middle:.4g} {self.unit}"
        return f"| {self.name} | {middle} | {spread} | {len(self.values)} | {bar} |"


def child_cpu(command: list[str]) -> float:
    """Return the CPU milliseconds of a command's process.

    :raises subprocess.CalledProcessError: if the command fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used * 1000


def cpu(action: Callable[[], object], repeats: int) -> tuple[float, ...]:
    """Return the CPU milliseconds of each of several runs, after one that is not counted."""
    action()
    return tuple(_timed(action) for _ in range(repeats))


def _timed(action: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    action()
    return (process_time() - start) * 1000


def per_call(action: Callable[[str], object], names: list[str]) -> tuple[float, ...]:
    """Return the CPU microseconds per call in each of several rounds over cycling names."""
    rounds = []
    for _ in range(9):
        source = cycle(names)
        batch = [next(source) for _ in range(LOOKUPS)]
        start = process_time()
        for name in batch:
            action(name)
        rounds.append((process_time() - start) / LOOKUPS * 1e6)
    return tuple(rounds)


def start_up() -> list[Figure]:
    """Return the start-up figures; the children take turns, so that drift hits all alike."""
    commands = {
        "`python -c pass` (baseline)": ([sys.executable, "-c", "pass"], None),
        "`import affectgraph`": ([sys.executable, "-c", "import affectgraph"], 60.0),
        "`import rdflib` (peer)": ([sys.executable, "-c", "import rdflib"], None),
        "`import networkx` (peer)": ([sys.executable, "-c", "import networkx"], None),
    }
    program = Path(sys.executable).with_name("affectgraph")
    if program.exists():
        commands["`affectgraph lookup dread`"] = ([str(program), "lookup", "dread"], 400.0)
    else:
        print(f"`affectgraph lookup dread` left out: no {program}; install the package first.\n")
    for command, _ in commands.values():
        child_cpu(command)
    turns = [
        {name: child_cpu(command) for name, (command, _) in commands.items()} for _ in range(STARTS)
    ]
    return [
        Figure(name, tuple(turn[name] for turn in turns), "ms", bar)
        for name, (_, bar) in commands.items()
    ]


def load_and_look_up() -> EmotionGraph:
    """Load the packaged graph and read what a first lookup needs."""
    graph = EmotionGraph.load()
    graph.concept("dread")
    return graph


WHOLE = """\
from functools import cached_property
from resource import RUSAGE_SELF, getrusage
from time import process_time

from affectgraph.kg.graph import EmotionGraph

start = process_time()
graph = EmotionGraph.load()
for holder in (graph.index, graph):
    for type_ in type(holder).__mro__:
        for name, value in vars(type_).items():
            if isinstance(value, cached_property):
                getattr(holder, name)
assert len(graph.index.words) > 10_000
print((process_time() - start) * 1000, getrusage(RUSAGE_SELF).ru_maxrss / 1024)
"""
"""Reads every part of the graph that any lookup reads; words stay rows until each is asked for."""


def whole_graph() -> list[Figure]:
    """Return what loading every part of the graph costs a fresh process, once the package is imported."""
    command = [sys.executable, "-c", WHOLE]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        for _ in range(LOADS)
    ]
    return [
        Figure("load the whole graph", tuple(float(time) for time, _ in runs), "ms", 300.0),
        Figure("its process at most", tuple(float(size) for _, size in runs), "MiB", 120.0),
    ]


FIRST = """\
from resource import RUSAGE_SELF, getrusage
from time import process_time

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator, LabelLinker

LabelLinker, Annotator
start = process_time()
{call}
print((process_time() - start) * 1000, getrusage(RUSAGE_SELF).ru_maxrss / 1024)
"""
"""Loads the graph and answers once in a fresh process, after the imports."""


def first_answers() -> list[Figure]:
    """Return what a fresh process takes for its first answers, once the package is imported."""
    figures = []
    for name, call in (
        ("first `ground(label)`", "LabelLinker(EmotionGraph.load()).ground('joy')"),
        ("first `annotate(text)`", "Annotator(EmotionGraph.load()).annotate('Happy, not sad.')"),
    ):
        command = [sys.executable, "-c", FIRST.format(call=call)]
        runs = [
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            for _ in range(LOADS)
        ]
        figures.append(Figure(name, tuple(float(time) for time, _ in runs), "ms", 50.0))
        figures.append(
            Figure("its process at most", tuple(float(size) for _, size in runs), "MiB", 150.0)
        )
    return figures


def in_process(graph: EmotionGraph) -> list[Figure]:
    """Return the figures of the graph in this process."""
    names = [concept.slug for concept in graph.emotions()]
    nodes = graph.to_networkx().nodes
    graph.vad("dread")
    return [
        Figure("load the graph, first lookup", cpu(load_and_look_up, LOADS), "ms", 150.0),
        Figure("lookup: `concept(name)`", per_call(graph.concept, names), "µs", 20.0),
        Figure("lookup: `path(name)`", per_call(graph.path, names), "µs", 20.0),
        Figure("lookup: `vad(name)`", per_call(graph.vad, names), "µs", 20.0),
        Figure("`nearest(...)`", per_call(lambda _: graph.nearest(-0.4, 0.7, -0.3), names), "µs"),
        Figure("build the lexicon", cpu(lambda: Lexicon(graph).words, LOADS), "ms"),
        Figure("`ground(label)`", per_call(LabelLinker(graph).ground, names), "µs"),
        Figure("networkx `nodes[name]` (peer)", per_call(nodes.__getitem__, names), "µs"),
        Figure("three-pattern SPARQL query", cpu(partial(graph.sparql, QUERY), QUERIES), "ms", 0.5),
    ]


def rdflib_peer(graph: EmotionGraph) -> list[Figure]:
    """Return the figures of rdflib on the packaged file and, its faster format, on N-Triples.

    :raises ValueError: if its answer to the query differs from the graph's.
    """
    import rdflib
    from pyoxigraph import RdfFormat, parse, serialize

    trig = files("affectgraph.ontology.built").joinpath("affectgraph.trig").read_text("utf-8")
    triples = (
        serialize(
            {q.triple for q in parse(trig, format=RdfFormat.TRIG)}, format=RdfFormat.N_TRIPLES
        )
        or b""
    ).decode()

    def parse_trig() -> rdflib.Dataset:
        return rdflib.Dataset().parse(data=trig, format="trig")

    def parse_triples() -> rdflib.Graph:
        return rdflib.Graph().parse(data=triples, format="nt")

    loaded = parse_triples()
    answer = graph.sparql(QUERY)
    found = {(str(row[0]), row[1].toPython()) for row in loaded.query(QUERY)}  # type: ignore[index, union-attr]
    if not isinstance(answer, Table) or found != {(r["emotion"], r["valence"]) for r in answer}:
        raise ValueError("Expected rdflib and the graph to give the same answer; they differ.")
    return [
        Figure("rdflib: parse the same TriG (peer)", cpu(parse_trig, PEER_LOADS), "ms"),
        Figure("rdflib: parse N-Triples (peer)", cpu(parse_triples, PEER_LOADS), "ms"),
        Figure(
            "rdflib: the same query (peer)",
            cpu(lambda: list(loaded.query(QUERY)), PEER_QUERIES),
            "ms",
        ),
    ]


def main(arguments: list[str]) -> int:
    """Print the table; return 1 if ``--strict`` is given and a bar is missed, else 0."""
    print_run_info()
    figures = start_up() + first_answers() + whole_graph()
    graph = load_and_look_up()
    figures += in_process(graph) + rdflib_peer(graph)
    print("| Quantity (CPU time, memory) | Median | Range | Repeats | Bar | Median / bar |")
    print("|---|--:|--:|--:|--:|--:|")
    for figure in figures:
        print(figure.line())
    missed = [figure.name for figure in figures if figure.is_missed]
    print(f"\nbars missed: {', '.join(missed) or 'none'}")
    return 1 if missed and "--strict" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
