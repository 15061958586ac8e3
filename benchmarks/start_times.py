"""How long ``affectgraph serve`` takes to its first 200 of ``/readyz``, and the processor time that it takes.

    python benchmarks/start_times.py --rounds 5

Alternates one process and two workers. Processor time is that of all processes together until then; it says
what a machine that does nothing else would need at least, divided among its cores. Modules have been compiled
to bytecode, as an installation does it, by a start before that is not counted.

Where other work fills the machine, ``chrt -r 1 python benchmarks/start_times.py`` as root has it wait.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from load_servers import affectgraph, memory_of, tree_of
from run_info import print_run_info

BAR_SECONDS = 1.5
REAL_TIME = {os.SCHED_FIFO: "SCHED_FIFO", os.SCHED_RR: "SCHED_RR"}


def processor_seconds(pids: list[int]) -> float:
    """Return the processor time of processes and of their children that have ended."""
    ticks = 0
    for pid in pids:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2]
        ticks += sum(int(field) for field in text.split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def start(*options: str) -> tuple[float, float, float]:
    """Return seconds to ready, processor seconds until then, and MiB by share of all processes."""
    with affectgraph(*options) as server:
        pids = tree_of(server.pid)
        return server.started_in, processor_seconds(pids), sum(map(memory_of, pids))


@contextmanager
def bytecode() -> Iterator[None]:
    """Have processes that are started meanwhile keep bytecode, whatever the environment says, and find it."""
    with TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        start("--workers", "1")
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print_run_info()
    policy = REAL_TIME.get(os.sched_getscheduler(0))
    if policy is not None:
        print(f"real-time priority ({policy}): other work on the machine waited meanwhile")
    variants: list[tuple[str, ...]] = [(), ("--workers", "2")]
    found: list[list[tuple[float, float, float]]] = [[] for _ in variants]
    with bytecode():
        for _ in range(options.rounds):
            for times, variant in zip(found, variants, strict=True):
                times.append(start(*variant))
    print(f"median (lowest to highest) of {options.rounds} starts; to stay under {BAR_SECONDS} s")
    for times, variant in zip(found, variants, strict=True):
        seconds, processor, memory = zip(*times, strict=True)
        print(
            f"serve {' '.join(variant):12} ready after {median(seconds):.2f} s ({min(seconds):.2f} to "
            f"{max(seconds):.2f}), {median(processor):.2f} s of processors, {median(memory):.0f} MiB"
        )


if __name__ == "__main__":
    main()
