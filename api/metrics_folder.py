"""Where the processes of one service put what they count, so that any of them can tell the whole.

Who supervises makes a folder and names it to its children in :data:`FOLDER`, as prometheus-client wants it
before it is imported. Needs no package itself.
"""

import os
import select
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of prometheus-client that names the folder, and so says that there are several processes."""

_LOCK = "lock"


def make_metrics_folder() -> Path | None:
    """Return a new folder that its owner alone can read, None where there is no place for temporary files."""
    try:
        return Path(tempfile.mkdtemp(prefix="affectgraph-metrics-"))
    except OSError:
        return None


def metrics_folder() -> Path | None:
    """Return the folder that this process shares with others, None if it shares none."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def remove_metrics_folder(folder: Path | None) -> None:
    """Remove a folder with all that is in it; None and what is gone already are no error."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Keep others from folding files together meanwhile; ``alone`` also those who read.

    A process that is killed gives the lock back. Waits for others, which take milliseconds.
    """
    import fcntl

    with (folder / _LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def own_files(folder: Path) -> dict[Path, int]:
    """Return the files of processes, with their process ids: ``counter_7.db``, ``gauge_livesum_7.db``."""
    found = {path: path.stem.rpartition("_")[2] for path in sorted(folder.glob("*_*.db"))}
    return {path: int(pid) for path, pid in found.items() if pid.isdecimal()}


@contextmanager
def looked_after(life: int, *, metrics: bool) -> Iterator[Callable[[], None]]:
    """Give what is to be called whenever a worker has ended: its counts are kept, its gauges are not.

    Afterwards the folder is removed if nobody else does, as who supervises has ended.

    :param life: a file that ends when whoever supervises ends. :param metrics: whether metrics are asked for.
    """
    folder = metrics_folder()
    try:
        if folder is None or not metrics:
            yield lambda: None
        else:
            from affectgraph.api.shared_metrics import fold_ended

            fold_ended(folder)
            yield lambda: fold_ended(folder)
    finally:
        if select.select([life], [], [], 0)[0]:
            remove_metrics_folder(folder)


def forget_own() -> None:
    """Remove the files of this process, which begins to fork those that count."""
    folder = metrics_folder()
    for path, pid in own_files(folder).items() if folder is not None else ():
        if pid == os.getpid():
            path.unlink()
