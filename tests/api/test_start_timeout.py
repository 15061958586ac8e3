"""Generations that hang while they start: killed when their time is over, while those before answer."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from affectgraph.api import supervision
from affectgraph.api.cli import app as cli
from affectgraph.api.process_signals import FAILED
from affectgraph.api.supervision import START_SECONDS
from tests.api.models import LONGEST_WAIT
from tests.api.test_query_pool import children_of, is_alive
from tests.api.test_workers import until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")

SUPERVISING = """
import logging, sys
from affectgraph.api.listening import listening_socket
from affectgraph.api.supervision import Supervisor

logging.basicConfig(level=logging.INFO)
with listening_socket("127.0.0.1", 0) as listener:
    command = [sys.executable, "-c", sys.argv[1]]
    sys.exit(Supervisor(command, listener, start_seconds=float(sys.argv[2])).run())
"""

GENERATION = """
import os, signal, time
from pathlib import Path

_, _, ready = map(int, os.environ["_AFFECTGRAPH_INHERITED"].split(","))
if Path("hangs").exists():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.fork()
    time.sleep(100)
else:
    os.write(ready, b"1")
    signal.pause()
"""

Start = Callable[[float], "Supervised"]


class Supervised:
    """Who supervises generations that do nothing but come up, or hang if there is a file ``hangs``."""

    def __init__(self, folder: Path, start_seconds: float) -> None:
        self.folder = folder
        command = [sys.executable, "-c", SUPERVISING, GENERATION, str(start_seconds)]
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, stderr=log)  # noqa: S603

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def comes_up(self, times: int = 1) -> bool:
        assert self.process.poll() is None, self.log
        return self.log.count(" takes requests") >= times

    def hanging(self) -> list[int]:
        """Return the two processes of the generation that came last, once they are there."""
        found: list[int] = []

        def are_there() -> bool:
            last = max(children_of(self.process.pid), default=0)
            found[:] = [last, *children_of(last)]
            return len(found) == 2

        until(are_there)
        return found


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # nobody clears up after one that is killed
    made: list[Supervised] = []

    def make(start_seconds: float) -> Supervised:
        made.append(Supervised(tmp_path, start_seconds))
        return made[-1]

    yield make
    for one in made:
        one.process.kill()
        one.process.wait(LONGEST_WAIT)


def test_generation_that_hangs_is_killed_and_the_one_before_stays(
    start: Start, tmp_path: Path
) -> None:
    service = start(4)
    until(service.comes_up)
    (before,) = children_of(service.process.pid)
    (tmp_path / "hangs").touch()
    service.process.send_signal(signal.SIGHUP)
    hanging = service.hanging()
    until(lambda: "the one before stays" in service.log)

    assert f"generation {hanging[0]} did not come up within 4 s and is killed" in service.log
    until(lambda: not any(map(is_alive, hanging)))
    assert children_of(service.process.pid) == [before]
    (tmp_path / "hangs").unlink()
    service.process.send_signal(signal.SIGHUP)
    until(lambda: service.comes_up(2))


def test_generation_that_is_up_may_stay_longer_than_it_may_start(start: Start) -> None:
    service = start(4)
    until(service.comes_up)
    service.process.send_signal(signal.SIGHUP)
    until(lambda: service.comes_up(2))
    with pytest.raises(subprocess.TimeoutExpired):
        service.process.wait(4.5)

    assert "did not come up" not in service.log


def test_first_generation_that_hangs_ends_the_service(start: Start, tmp_path: Path) -> None:
    (tmp_path / "hangs").touch()
    service = start(2)
    hanging = service.hanging()

    assert service.process.wait(LONGEST_WAIT) == FAILED
    until(lambda: not any(map(is_alive, hanging)))


def test_service_that_is_told_to_stop_does_not_wait_for_what_hangs(
    start: Start, tmp_path: Path
) -> None:
    service = start(4)
    until(service.comes_up)
    (tmp_path / "hangs").touch()
    service.process.send_signal(signal.SIGHUP)
    hanging = service.hanging()
    service.process.terminate()

    assert service.process.wait(LONGEST_WAIT) == 0
    until(lambda: not any(map(is_alive, hanging)))


def test_command_waits_as_long_as_who_supervises_does() -> None:
    serve = get_command(cli).commands["serve"]  # type: ignore[attr-defined]

    assert {x.default for x in serve.params if x.name == "start_timeout"} == {START_SECONDS}


def test_command_hands_the_time_to_who_supervises(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, object] = {}

    def supervise(host: str, port: int, workers: int, **options: object) -> NoReturn:
        handed.update(options, place=(host, port), workers=workers)
        raise SystemExit(0)

    monkeypatch.setattr(supervision, "supervise_unless_child", supervise)
    options = ["--workers", "3", "--port", "9", "--start-timeout", "7.5"]

    assert CliRunner().invoke(cli, ["serve", *options]).exit_code == 0
    assert (handed["place"], handed["workers"]) == (("127.0.0.1", 9), 3)
    assert handed["start_seconds"] == 7.5


@pytest.mark.parametrize("seconds", ["0", "-1", "86401", "soon"])
def test_time_out_of_range_is_refused(seconds: str) -> None:
    options = ["--workers", "1", "--start-timeout", seconds]

    assert CliRunner().invoke(cli, ["serve", *options]).exit_code == 2
