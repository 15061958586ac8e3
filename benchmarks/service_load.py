"""How many requests a second the service answers, and how late: by wrk on loopback, peers in the same run.

    python benchmarks/service_load.py --rdflib-endpoint PYTHON --virtuoso

Needs wrk (Debian: ``apt-get install wrk``). Peers take part if they are named: rdflib-endpoint by a Python of
an environment that has it, Virtuoso 7 if its program is there. All hold the default graph as it is served
here. Each point query is another text, the label of one emotion and a comment that counts, so that nobody
answers it from memory. Rounds alternate among servers; a line is the median of its rounds, a ratio the median
of the ratios within rounds, which other work on the machine touches least. Exits with 1 if a server answered
with an error.
"""

import argparse
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import inf
from pathlib import Path
from shutil import which
from statistics import median

from load_servers import (
    Running,
    affectgraph,
    memory_of,
    rdflib_endpoint,
    starlette,
    tree_of,
    virtuoso,
    write_triples,
)
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph

LABEL = "SELECT ?label {{ <{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
POINT = """\
local iris = {%s}
local n = 0
local id = 0
function setup(thread) id = id + 1; thread:set("id", id) end
function init(args) delayed = tonumber(args[1] or "0"); prefix = id .. "x" .. os.time() .. "x" end
function delay() return math.random(0, 2 * delayed) end
function request()
  n = n + 1
  local query = iris[n %% #iris + 1] .. "%%23" .. prefix .. n
  return wrk.format("GET", "/sparql?query=" .. query, {["Accept"] = "application/sparql-results+json"})
end
"""
SEND = """\
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = %s
"""
KEPT = "/sparql?query=" + "ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
RATIONALE = "AU6 and AU12 suggest joy. Overall, she is happy."


@dataclass(frozen=True, slots=True)
class Seen:
    """What wrk saw in one run; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    errors: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a path, or a script for wrk.

    :param connections: at once.
    """

    name: str
    connections: int
    path: str = "/"
    script: Path | None = None


def scripts(graph: EmotionGraph, folder: Path) -> dict[str, Path]:
    """Write the scripts for wrk and return them by name."""
    queries = [_escaped(LABEL.format(iri=concept.iri)) for concept in graph.emotions()]
    names = [label.name for scheme in graph.schemes() for label in graph.scheme(scheme.name).labels]
    labels = list(dict.fromkeys(names))[:100]
    texts = {
        "point": POINT % ", ".join(f'"{query}"' for query in queries),
        "ground": SEND % _lua(json.dumps({"labels": labels[:1]})),
        "ground 100": SEND % _lua(json.dumps({"labels": labels})),
        "check": SEND % _lua(json.dumps({"rationale": RATIONALE, "label": "joy"})),
    }
    found = {}
    for name, text in texts.items():
        found[name] = folder / f"{name.replace(' ', '_')}.lua"
        found[name].write_text(text, encoding="utf-8")
    return found


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() else "".join(f"%{b:02X}" for b in c.encode()) for c in text)


def _lua(text: str) -> str:
    return "[==[" + text + "]==]"


def ask(server: Running, question: Question, seconds: int, *, delay_ms: int = 0) -> Seen:
    """Return what wrk saw of a server; with a delay, each connection waits about so long between requests."""
    command = ["wrk", "-t1", f"-c{question.connections}", f"-d{seconds}s", "--latency"]
    command += ["-s", str(question.script)] if question.script else []
    command += [server.url + question.path, str(delay_ms)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    refused = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", text)))
    broken = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", text)))
    return Seen(
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),  # type: ignore[index]
        p50=_ms(text, 50),
        p99=_ms(text, 99),
        errors=refused + broken,
    )


def _ms(text: str, percent: int) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)", text, re.MULTILINE)
    if found is None:
        return float("nan")
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def rounds(
    asked: Sequence[tuple[Running, Question]], *, count: int, seconds: int
) -> list[list[Seen]]:
    """Return what was seen of each in so many rounds, asked in turn."""
    found: list[list[Seen]] = [[] for _ in asked]
    for _ in range(count):
        for seen, (server, question) in zip(found, asked, strict=True):
            seen.append(ask(server, question, seconds))
    return found


def ratio(one: Sequence[Seen], other: Sequence[Seen]) -> float:
    """Return the median over rounds of how many times as many requests one answered."""
    pairs = zip(one, other, strict=True)
    return median(a.per_second / b.per_second if b.per_second else inf for a, b in pairs)


def line(server: Running, question: Question, seen: Sequence[Seen]) -> str:
    values = [median(getattr(s, name) for s in seen) for name in ("per_second", "p50", "p99")]
    errors = sum(s.errors for s in seen)
    failed = f"; {errors} errors" if errors else ""
    return (
        f"{question.name:28} {question.connections:3} {server.name:24} {values[0]:9,.0f} "
        f"{values[1]:9.2f} {values[2]:9.2f}{failed}"
    )


def print_table(
    title: str, asked: Sequence[tuple[Running, Question]], found: Sequence[Sequence[Seen]]
) -> None:
    print(f"\n{title}\n{'what':28} con server                    per s    p50 ms    p99 ms")
    for (server, question), seen in zip(asked, found, strict=True):
        print(line(server, question, seen), flush=True)


def half_load(server: Running, point: Question, full: float, seconds: int) -> tuple[Seen, int]:
    """Return what was seen at about half of a rate, and the delay in ms that gave it."""
    delay = round(point.connections / (full / 2) * 1000)
    return ask(server, point, seconds, delay_ms=delay), delay


def peers(
    options: argparse.Namespace, triples: Path, folder: Path, stack: ExitStack
) -> Iterator[Running]:
    """Start the peers that take part."""
    yield stack.enter_context(starlette())
    if options.rdflib_endpoint:
        yield stack.enter_context(rdflib_endpoint(options.rdflib_endpoint, triples))
    if options.virtuoso:
        yield stack.enter_context(virtuoso(triples, folder / "virtuoso"))


def measure(options: argparse.Namespace, folder: Path) -> bool:
    """Print the tables; return whether no server answered with an error."""
    graph = EmotionGraph.load()
    triples = folder / "graph.nt"
    print(f"default graph: {write_triples(graph, triples):,} triples")
    script = scripts(graph, folder)
    with ExitStack() as stack:
        serve = ["--log-level", "warning", *options.serve]
        ours = stack.enter_context(affectgraph(*serve))
        print(f"affectgraph serve {' '.join(serve)}: ready after {ours.started_in:.2f} s")
        others = list(peers(options, triples, folder, stack))
        points = [
            Question("point query, another each", n, "/", script["point"]) for n in (1, 32, 64)
        ]
        asked = [(server, point) for point in points for server in (ours, *others)]
        found = rounds(asked, count=options.rounds, seconds=options.seconds)
        print_table("SPARQL against peers", asked, found)
        print("\nof requests/s, times as many as a peer")
        for start in range(0, len(asked), 1 + len(others)):
            for place, peer in enumerate(others, start + 1):
                times = ratio(found[start], found[place])
                print(f"  {asked[start][1].connections:3} connections, {peer.name}: {times:.2f}")
        full = median(seen.per_second for seen in found[2 * (1 + len(others))])
        seen, delay = half_load(ours, points[2], full, options.seconds * 2)
        print(
            f"\nhalf load, 64 connections, {delay} ms between requests of each: "
            f"{seen.per_second:,.0f} per s, p50 {seen.p50:.2f} ms, p99 {seen.p99:.2f} ms"
        )
        own = [
            (server, Question(name, n, path, script.get(key)))
            for name, key, path, connections in (
                ("kept answer of /sparql", "", KEPT, (1, 32, 64)),
                ("kept concept", "", "/v1/emotions/dread", (1, 32, 64)),
                ("ground one label", "ground", "/v1/ground", (1, 32, 64)),
                ("ground 100 labels", "ground 100", "/v1/ground", (1, 32)),
                ("check a rationale", "check", "/v1/check", (1, 32)),
            )
            for n in connections
            for server in (ours, *([others[0]] if path == KEPT else []))
        ]
        of_own = rounds(own, count=options.rounds, seconds=options.seconds)
        print_table("this service, and kept answers beside bare Starlette", own, of_own)
        print("\nmemory after it, MiB by share (PSS) and mapped (RSS)")
        for pid in tree_of(ours.pid):
            print(f"  {memory_of(pid):6.0f} {memory_of(pid, 'Rss'):6.0f}  {_title(pid)}")
        return not any(s.errors for runs in (*found, *of_own) for s in runs)


def _title(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    is_query = any("query_template" in word for word in words)
    return "queries (template or worker)" if is_query else "service"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rdflib-endpoint", metavar="PYTHON", help="a Python that has it")
    parser.add_argument("--virtuoso", action="store_true", help="Virtuoso 7 takes part")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("serve", nargs="*", help="options of affectgraph serve, behind --")
    options = parser.parse_args()
    if which("wrk") is None:
        parser.error("there is no wrk on the PATH (Debian: apt-get install wrk)")
    print_run_info()
    with tempfile.TemporaryDirectory() as name:
        raise SystemExit(0 if measure(options, Path(name)) else 1)


if __name__ == "__main__":
    main()
