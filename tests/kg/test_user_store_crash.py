"""A store of users' data keeps what it acknowledged, and nothing half, however its process or disk ends."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from subprocess import PIPE

import pytest
from pyoxigraph import Triple

from affectgraph.kg.user_store import UserStore
from tests.kg.user_writer import states

ROOT = Path(__file__).parents[2]
KILLS = 20
MIB = 1024 * 1024


def start(folder: Path, seed: int, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-m", "tests.kg.user_writer", str(folder), str(seed), *more],
        cwd=ROOT,
        stdout=PIPE,
        text=True,
    )


def held(store: UserStore) -> dict[str, set[Triple]]:
    return {entry.iri: set(store.triples(entry.iri)) for entry in store.entries()}


def require_whole(folder: Path, seed: int, acknowledged: int) -> int:
    """Assert that a store holds the state after its last acknowledged write, or the one begun after it."""
    with UserStore.open(folder, create=False) as store:
        assert store.check() == []
        assert store.version in {acknowledged, acknowledged + 1}
        assert held(store) == states(seed, store.version)[store.version]
        return store.version


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_writer_loses_no_acknowledged_write_and_leaves_no_half_graph(
    seed: int, tmp_path: Path
) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    lines = random.randint(1, 60)
    with start(tmp_path / "own", seed) as process:
        assert process.stdout is not None
        acknowledged = 0
        for line in process.stdout:
            acknowledged = 0 if line.strip() == "ready" else int(line)
            if acknowledged >= lines:
                break
        # In the middle of the next writes: as long after as some hundred thousand steps of this process take.
        for _ in range(random.randint(0, 300_000)):
            pass
        os.kill(process.pid, signal.SIGKILL)
        for line in process.stdout:  # acknowledged before the signal came
            acknowledged = int(line)
    assert process.returncode == -signal.SIGKILL

    assert acknowledged >= lines
    require_whole(tmp_path / "own", seed, acknowledged)


def test_writer_that_is_killed_at_once_leaves_a_store_that_can_be_opened(tmp_path: Path) -> None:
    with start(tmp_path / "own", 1) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert process.stdout.readline() == "1\n"
        process.kill()
        rest = [int(line) for line in process.stdout]

    reached = require_whole(tmp_path / "own", 1, max([1, *rest]))

    with UserStore.open(tmp_path / "own") as store:
        assert store.delete(store.entries()[0].iri).version == reached + 1


def mounted(mount: str, place: Path) -> bool:
    options = [mount, "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    return subprocess.run(options, check=False).returncode == 0  # noqa: S603 - a folder of the test


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MiB; the test is skipped where none can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0 or not mounted(mount, place):
        pytest.skip("A disk of its own can be made by root alone.")
    try:
        yield place
    finally:
        subprocess.run([umount, "-l", str(place)], check=True)  # noqa: S603 - as above


@pytest.mark.slow
def test_full_disk_is_said_and_loses_no_acknowledged_write(small_disk: Path) -> None:
    with start(small_disk / "own", 7) as process:
        said = process.stdout.read().splitlines() if process.stdout is not None else []

    *before, last = said
    assert last.startswith("BackendError")
    assert "No space left" in last
    assert "What was acknowledged is safe" in last
    assert len(before) > 1
    # A full disk cannot be opened for writing either; the folder can, once it has room again.
    shutil.copytree(small_disk / "own", small_disk.parent / "roomy")
    require_whole(small_disk.parent / "roomy", 7, int(before[-1]))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end the process at the limit")
def test_write_beyond_what_the_system_lets_a_file_be_is_said_and_the_store_goes_on(
    tmp_path: Path,
) -> None:
    with start(tmp_path / "own", 3) as process:
        with suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (2 * MIB, resource.RLIM_INFINITY))
        said = process.stdout.read().splitlines() if process.stdout is not None else []

    *before, last = said
    assert last.startswith("BackendError")
    assert "File too large" in last
    require_whole(tmp_path / "own", 3, int(before[-1]))
