"""Runs a Virtuoso 7 of its own, with the packaged graph in it, in a folder that nobody else uses.

    python benchmarks/virtuoso_server.py            # prints its address, runs until it is stopped

Needs ``virtuoso-t`` and ``isql-vt`` (Debian: ``apt-get install virtuoso-opensource``). The server listens on
127.0.0.1 alone. Statements without a graph go into the graph that ``affectgraph.kg.dialects`` names for
them; loading takes some 20 seconds of two cores.
"""

import argparse
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from pyoxigraph import RdfFormat

from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.dialects import DEFAULT_GRAPH

SERVER, CLIENT = "virtuoso-t", "isql-vt"
START_SECONDS = 60
MAX_ROWS = 1_000_000
LOADED = "LOADED"
"""File of a folder whose database holds the graph."""

INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 10
MaxClientConnections = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8
EnabledGzipContent = 1
[SPARQL]
ResultSetMaxRows = {max_rows}
MaxQueryExecutionTime = {max_seconds}
"""


def missing() -> str:
    """Return what is missing for a server here, in words; empty if nothing is."""
    lacking = [name for name in (SERVER, CLIENT) if shutil.which(name) is None]
    if not lacking:
        return ""
    return (
        f"no {' and no '.join(lacking)} on the PATH (Debian: apt-get install virtuoso-opensource)"
    )


@contextmanager
def running(folder: Path, *, max_rows: int = MAX_ROWS, max_seconds: int = 60) -> Iterator[str]:
    """Give the address of a server's SPARQL endpoint; it ends with the block.

    :param folder: an empty folder, or one that was used before: its graph is not loaded again.
    :param max_rows: rows at which the server cuts answers.
    :param max_seconds: time at which it stops queries.
    :raises RuntimeError: if the server does not start, or does not take the graph.
    """
    sql_port, http_port = _free_ports()
    ini = INI.format(
        folder=folder,
        sql_port=sql_port,
        http_port=http_port,
        max_rows=max_rows,
        max_seconds=max_seconds,
    )
    (folder / "virtuoso.ini").write_text(ini, encoding="ascii")
    url = f"http://127.0.0.1:{http_port}/sparql"
    arguments = [SERVER, "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    with (
        (folder / "output.log").open("ab") as log,
        subprocess.Popen(arguments, cwd=folder, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_for(url, process, folder)
            if not (folder / LOADED).exists():
                _load(folder, sql_port)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            _end(process)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait_for(url: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{url}?query=ASK%7B%7D", timeout=5):  # noqa: S310 - of 127.0.0.1
                return
        except (URLError, OSError):
            time.sleep(0.1)
    log = (folder / "virtuoso.log").read_text("utf-8", "replace")[-2000:]
    raise RuntimeError(f"{SERVER} did not start within {START_SECONDS} s:\n{log}")


def _load(folder: Path, sql_port: int) -> None:
    quads = folder / "affectgraph.nq"
    PackagedStore()._store.dump(str(quads), format=RdfFormat.N_QUADS)
    statements = (
        f"ld_dir('{folder}', '{quads.name}', '{DEFAULT_GRAPH}');",
        "rdf_loader_run();",
        "checkpoint;",
        "select ll_error from DB.DBA.load_list where ll_error is not null;",
    )
    said = ""
    for statement in statements:
        command = [CLIENT, f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={statement}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr
        if done.returncode != 0 or "***" in done.stderr + done.stdout:
            raise RuntimeError(f"{CLIENT} failed at {statement}\n{said[-2000:]}")
    if "0 Rows." not in said:
        raise RuntimeError(f"{SERVER} did not take the graph:\n{said[-2000:]}")
    quads.unlink()
    (folder / LOADED).touch()


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--max-rows", type=int, default=MAX_ROWS, help="ResultSetMaxRows")
    options = parser.parse_args()
    if missing():
        parser.error(missing())
    with (
        tempfile.TemporaryDirectory(prefix="virtuoso-") as folder,
        running(Path(folder), max_rows=options.max_rows) as url,
    ):
        print(f"Virtuoso with the packaged graph: {url} (stop with Ctrl+C)", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
