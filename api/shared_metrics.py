"""Metrics of several processes, told by any of them: prometheus-client's files, and what it leaves to do.

Each process counts in files of its own that it has mapped into memory, so that what it counted is there
when it is killed. Reading sums them. What a process counted that has ended is folded into one file, so that
neither files nor series grow with the number of processes that have been.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector
from prometheus_client.core import Metric
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from affectgraph.api.metrics import GAUGES, Metrics
from affectgraph.api.metrics_folder import locked, own_files

ENDED = 0
"""Stands for the process id of all that have ended."""

PUBLISHED_SECONDS = 0.5
"""How old the figures of a process's parts may be for the others."""


class SharedMetrics(Metrics):
    """Metrics of all processes that share a folder.

    Requests are counted there at once. What parts of the service count themselves (queries, kept answers,
    the model's queue) is put there every :data:`PUBLISHED_SECONDS`, while :meth:`published`.

    :param folder: as the variable :data:`affectgraph.api.metrics_folder.FOLDER` names it, set before
        prometheus-client was imported.
    """

    def __init__(self, parts: Collector, folder: Path) -> None:
        self._folder = folder
        super().__init__(parts)

    def _join(self, parts: Collector) -> None:
        self._parts = parts
        self._mirror = _Mirror()
        self._all = CollectorRegistry()
        self._all.register(self._build)
        self._all.register(_Merged(self._folder))
        self._all.register(_Processes(self._folder))

    def render(self, accept: str) -> tuple[bytes, str]:
        """Return the metrics of all processes, this one's as they are now."""
        self.publish()
        with locked(self._folder, alone=False):
            return super().render(accept)

    def _shown(self) -> CollectorRegistry:
        return self._all

    def publish(self) -> None:
        """Let the others see what the parts of this process have counted."""
        for metric in self._parts.collect():
            self._mirror.take(metric)

    @asynccontextmanager
    async def published(self) -> AsyncIterator[None]:
        """Publish again and again meanwhile, and once more at the end."""
        task = asyncio.create_task(self._publish_often())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self.publish()

    async def _publish_often(self) -> None:
        while True:
            self.publish()
            await asyncio.sleep(PUBLISHED_SECONDS)


class _Mirror:
    """Metrics in the shared folder that follow those of a collector."""

    def __init__(self) -> None:
        self._made: dict[str, Counter | Gauge] = {}
        self._counted: dict[tuple[str, ...], float] = {}

    def take(self, metric: Metric) -> None:
        """Let a metric have the values that it has now."""
        for sample in metric.samples:
            labels: dict[str, str] = sample.labels
            made = self._made.get(metric.name) or self._make(metric, labels)
            labelled = made.labels(**labels) if labels else made
            if isinstance(labelled, Gauge):
                labelled.set(sample.value)
            else:
                key = (metric.name, *labels.values())
                labelled.inc(sample.value - self._counted.get(key, 0.0))
                self._counted[key] = sample.value

    def _make(self, metric: Metric, labels: dict[str, str]) -> Counter | Gauge:
        made: Counter | Gauge
        if metric.type == "gauge":
            made = Gauge(
                metric.name, metric.documentation, labels, registry=None, multiprocess_mode=GAUGES
            )
        else:
            made = Counter(metric.name, metric.documentation, labels, registry=None)
        self._made[metric.name] = made
        return made


class _Merged(Collector):
    """Sums the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        # One that is empty is being made.
        files = [str(path) for path in own_files(self._folder) if path.stat().st_size]
        yield from MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]


class _Processes(Collector):
    """Reads memory, processor time and open files of each process, by its id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for pid in sorted(set(own_files(self._folder).values()) - {ENDED}):
            for metric in ProcessCollector(pid=lambda pid=pid: pid, registry=None).collect():  # type: ignore[misc]
                family = families.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                for sample in metric.samples:
                    family.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        yield from families.values()


def fold_ended(folder: Path) -> None:
    """Add what processes that have ended counted to one file, and remove theirs; gauges end with them.

    Safe beside others that do the same or read.
    """
    with locked(folder, alone=True):
        for path, pid in own_files(folder).items():
            if pid == ENDED or _is_alive(pid):
                continue
            kind = path.stem.rpartition("_")[0]
            if not kind.startswith("gauge") and path.stat().st_size:
                _add(path, path.with_stem(f"{kind}_{ENDED}"))
            path.unlink()


def _add(source: Path, target: Path) -> None:
    """Add the numbers of a file to those of another, by the keys that prometheus-client gives them."""
    sums = MmapedDict(str(target))  # type: ignore[no-untyped-call]
    try:
        for key, value, *_ in MmapedDict.read_all_values_from_file(str(source)):  # type: ignore[no-untyped-call]
            before, _ = sums.read_value(key)  # type: ignore[no-untyped-call]
            sums.write_value(key, before + value, 0.0)  # type: ignore[no-untyped-call]
    finally:
        sums.close()  # type: ignore[no-untyped-call]


def _is_alive(pid: int) -> bool:
    """Return whether a process is there that this user may send signals, as all of a service are."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
