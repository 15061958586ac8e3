"""Servers under load: this service, bare Starlette and others, started for a measurement and ended with it.

``service_load.py`` and ``soak.py`` use it. Each server is a child process on a free port of the loopback
interface; it is up when it answers its first request.
"""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from pyoxigraph import QueryTriples, RdfFormat

from affectgraph.kg.graph import EmotionGraph

START_SECONDS = 240.0
STARLETTE = textwrap.dedent("""
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route
    import sys, uvicorn

    async def answer(request):
        return Response(b'{}', media_type="application/json")

    app = Starlette(routes=[Route("/sparql", answer)])
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="error")
""")
RDFLIB_ENDPOINT = textwrap.dedent("""
    import sys, uvicorn
    from rdflib import Graph
    from rdflib_endpoint import SparqlEndpoint

    graph = Graph().parse(sys.argv[2], format="nt")
    app = SparqlEndpoint(graph=graph, path="/sparql")
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="error")
""")
VIRTUOSO = textwrap.dedent("""
    [Database]
    DatabaseFile = virtuoso.db
    ErrorLogFile = virtuoso.log
    LockFile = virtuoso.lck
    TransactionFile = virtuoso.trx
    xa_persistent_file = virtuoso.pxa

    [TempDatabase]
    DatabaseFile = virtuoso-temp.db
    TransactionFile = virtuoso-temp.trx

    [Parameters]
    ServerPort = {sql}
    DirsAllowed = .
    NumberOfBuffers = 85000
    MaxDirtyBuffers = 65000
    MaxClientConnections = 100
    ThreadsPerQuery = 2

    [HTTPServer]
    ServerPort = {http}
    ServerThreads = 100
    MaxClientConnections = 100
    MaxKeepAlives = 100
    KeepAliveTimeout = 10

    [SPARQL]
    ResultSetMaxRows = 100000
""")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers.

    :param pid: of its process. :param started_in: seconds from its start to its first answer.
    """

    name: str
    url: str
    pid: int
    started_in: float


def free_port() -> int:
    """Return a port of the loopback interface on which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    name: str, command: Sequence[str], port: int, *, probe: str, folder: Path | None = None
) -> Iterator[Running]:
    """Run a command until it answers a path, and end it with all it has started.

    :raises RuntimeError: if it ends first, or does not answer in time.
    """
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    child = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(child, url + probe, start)
        yield Running(name, url, child.pid, time.perf_counter() - start)
    finally:
        _end(child)


def _await(child: "subprocess.Popen[bytes]", url: str, start: float) -> None:
    while time.perf_counter() - start < START_SECONDS:
        if child.poll() is not None:
            raise RuntimeError(f"{child.args!r} ended with {child.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=60):  # noqa: S310 - of this machine
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} did not answer")


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@contextmanager
def affectgraph(*options: str, name: str = "affectgraph") -> Iterator[Running]:
    """Run ``affectgraph serve``, ready when ``/readyz`` is."""
    port = free_port()
    serve = "from affectgraph.api.cli import main; main()"
    command = [sys.executable, "-c", serve, "serve", "--port", str(port), *options]
    with running(name, command, port, probe="/readyz") as server:
        yield server


@contextmanager
def starlette() -> Iterator[Running]:
    """Run Starlette with one route that does nothing, on the same server program."""
    port = free_port()
    command = [sys.executable, "-c", STARLETTE, str(port)]
    with running("bare Starlette", command, port, probe="/sparql") as server:
        yield server


@contextmanager
def rdflib_endpoint(python: str, triples: Path) -> Iterator[Running]:
    """Run rdflib-endpoint on a file of N-Triples, by a Python that has it."""
    port = free_port()
    command = [python, "-c", RDFLIB_ENDPOINT, str(port), str(triples)]
    probe = "/sparql?query=ASK%7B%7D"
    with running("rdflib-endpoint", command, port, probe=probe) as server:
        yield server


@contextmanager
def virtuoso(triples: Path, folder: Path) -> Iterator[Running]:
    """Run Virtuoso 7 in a new folder and load a file of N-Triples from it."""
    sql, http = free_port(), free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http), encoding="ascii")
    (folder / "graph.nt").symlink_to(triples)
    program = which("virtuoso-t") or "virtuoso-t"
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    probe = "/sparql?query=ASK%7B%7D"
    with running("Virtuoso", command, http, probe=probe, folder=folder) as server:
        load = "ld_dir('.', 'graph.nt', 'urn:graph'); rdf_loader_run(); checkpoint;"
        isql = which("isql-vt") or which("isql") or "isql"
        subprocess.run([isql, str(sql), "dba", "dba", f"exec={load}"], check=True, cwd=folder)
        yield server


def write_triples(graph: EmotionGraph, path: Path) -> int:
    """Write the default graph as N-Triples; return how many."""
    result = graph.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    if not isinstance(result, QueryTriples):
        raise TypeError("Expected triples.")
    with path.open("wb") as file:
        result.serialize(file, format=RdfFormat.N_TRIPLES)
    with path.open("rb") as file:
        return sum(1 for _ in file)


def tree_of(pid: int) -> list[int]:
    """Return a process and all below it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(
                (path / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1]
            )
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(path.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, ()))
    return found


def memory_of(pid: int, name: str = "Pss") -> float:
    """Return MiB of a process by a name of ``smaps_rollup``; 0 if it has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    except OSError:
        return 0.0
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return sizes.get(name, 0.0)
