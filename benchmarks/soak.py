"""Whether the service grows: memory, files and threads of its processes under a mixed load, for long.

    python benchmarks/soak.py --minutes 30

Eight clients send look-ups, groundings, checks, pages and point queries, each another text, one after
another. At intervals a line says what all processes of the service have together: MiB by share (PSS), open
files, threads, processes. The slope is that of a least-squares line through the second half, when what is
kept has filled up. Exits with 1 if a request failed.
"""

import argparse
import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from load_clients import Noted, ask, mixed, print_times
from load_servers import affectgraph, memory_of, tree_of
from run_info import print_run_info

CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """What the processes have together at a time; memory in MiB by share."""

    minute: float
    memory: float
    serving: float
    files: int
    threads: int
    processes: int


def sample(pid: int, minute: float) -> Sample:
    """Return what a process and all below it have now."""
    pids = tree_of(pid)
    return Sample(
        minute=minute,
        memory=sum(map(memory_of, pids)),
        serving=memory_of(pid, "Rss"),
        files=sum(_count(one, "fd") for one in pids),
        threads=sum(_count(one, "task") for one in pids),
        processes=len(pids),
    )


def _count(pid: int, name: str) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/{name}").iterdir()))
    except OSError:
        return 0


def slope(samples: list[Sample], name: str) -> float:
    """Return how much of something comes in a minute, by least squares."""
    times = [s.minute for s in samples]
    values = [float(getattr(s, name)) for s in samples]
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((t - middle) ** 2 for t in times)
    pairs = zip(times, values, strict=True)
    return sum((t - middle) * (v - mean) for t, v in pairs) / spread if spread else 0.0


async def soaked(port: int, pid: int, minutes: float, every: float) -> tuple[Noted, list[Sample]]:
    """Return what the clients saw, and the samples."""
    noted = Noted()
    start = perf_counter()
    until = start + minutes * 60
    asking = [
        asyncio.create_task(
            ask(port, mixed(client * 100_000), noted, pace_seconds=0.0, until=until)
        )
        for client in range(CLIENTS)
    ]
    samples = []
    while perf_counter() < until:
        found = sample(pid, (perf_counter() - start) / 60)
        samples.append(found)
        print(
            f"{found.minute:6.1f} {found.memory:10.1f} {found.serving:12.1f} {found.files:6} "
            f"{found.threads:8} {found.processes:10}",
            flush=True,
        )
        await asyncio.sleep(min(every, max(0.1, until - perf_counter())))
    await asyncio.gather(*asking)
    return noted, samples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=15.0, help="seconds between lines")
    parser.add_argument("serve", nargs="*", help="options of affectgraph serve, behind --")
    options = parser.parse_args()
    print_run_info()
    serve = ["--log-level", "warning", *options.serve]
    print(f"affectgraph serve {' '.join(serve)}")
    with affectgraph(*serve) as server:
        port = int(re.search(r":(\d+)$", server.url)[1])  # type: ignore[index]
        print("minute   PSS, MiB   service RSS  files  threads  processes")
        noted, samples = asyncio.run(soaked(port, server.pid, options.minutes, options.every))
    half = samples[len(samples) // 2 :]
    slopes = ", ".join(
        f"{name} {slope(half, name):+.3f}" for name in ("memory", "serving", "files", "threads")
    )
    print(f"per minute, over the second half: {slopes}")
    print_times("answers", noted)
    raise SystemExit(any(status != 200 for _, status in noted.statuses))


if __name__ == "__main__":
    main()
