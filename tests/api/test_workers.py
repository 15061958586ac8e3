"""Services by workers: replaced when they die, renewed without a lost request, gone with their parents."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.types import Message
from typer.testing import CliRunner

from affectgraph.api.cli import app as cli
from affectgraph.api.listening import listening_socket
from affectgraph.api.process_signals import Signals, ended_children
from affectgraph.api.retiring import Leaving
from affectgraph.ontology.errors import BackendError
from tests.api.models import LONGEST_WAIT
from tests.api.test_query_pool import children_of, is_alive

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")

ROOT = Path(__file__).parents[2]


class Service:
    """The small service as a child of the test."""

    def __init__(self, folder: Path, text: str = "first") -> None:
        self.folder = folder
        self.say(text)
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "tests.api.supervised", str(folder)], cwd=ROOT, stderr=log
            )

    def say(self, text: str) -> None:
        (self.folder / "text").write_text(text, encoding="ascii")

    @property
    def port(self) -> int:
        return int((self.folder / "port").read_text(encoding="ascii"))

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def ask(self, query: str = "") -> dict[str, Any]:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.port}/{query}", timeout=LONGEST_WAIT
        ) as response:
            found: dict[str, Any] = json.load(response)
            return found

    def processes(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            found += children_of(pid)
        return found


def until(is_so: Callable[[], object]) -> None:
    """Wait for something that other processes bring about."""
    deadline = time.monotonic() + LONGEST_WAIT
    while not is_so():
        assert time.monotonic() < deadline
        Event().wait(0.02)


def comes_up(service: Service, times: int = 1) -> bool:
    """Return whether all workers of so many generations have taken requests."""
    assert service.process.poll() is None, service.log
    return service.log.count(" takes requests") >= times


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    found = Service(tmp_path)
    try:
        until(lambda: comes_up(found))
        yield found
    finally:
        found.process.terminate()
        found.process.wait(LONGEST_WAIT)


def asked_while(service: Service, is_over: Event) -> list[tuple[str, int]]:
    """Return text and process of answers over one connection after another, kept as long as they may be."""
    found = []
    connection = HTTPConnection("127.0.0.1", service.port, timeout=LONGEST_WAIT)
    while not is_over.is_set():
        connection.request("GET", "/")
        answer = json.loads(connection.getresponse().read())
        found.append((answer["text"], answer["pid"]))
    connection.close()
    return found


def test_renewal_loses_no_request_and_ends_what_was_before(service: Service) -> None:
    before = service.processes()[1:]
    is_over = Event()
    with ThreadPoolExecutor(5) as threads:
        asking = [threads.submit(asked_while, service, is_over) for _ in range(3)]
        slow = threads.submit(service.ask, "?wait=0.5")
        service.say("second")
        service.process.send_signal(signal.SIGHUP)
        until(lambda: not any(map(is_alive, before)))
        is_over.set()
        texts = [[text for text, _ in task.result()] for task in asking]

    assert slow.result()["text"] in {"first", "second"}
    for found in texts:
        assert set(found) == {"first", "second"}
    assert service.ask()["text"] == "second"
    assert len(service.processes()) == 1 + 1 + 2


def test_generation_that_does_not_come_up_leaves_the_one_before(service: Service) -> None:
    service.say("broken")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: "the one before stays" in service.log)

    assert service.ask()["text"] == "first"
    assert len(service.processes()) == 1 + 1 + 2
    service.say("third")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: service.ask()["text"] == "third")


def test_generation_that_hangs_is_named_and_may_be_ended(service: Service, tmp_path: Path) -> None:
    (before,) = children_of(service.process.pid)
    (tmp_path / "text").unlink()
    os.mkfifo(tmp_path / "text")  # whose reader waits
    service.process.send_signal(signal.SIGHUP)
    until(lambda: len(children_of(service.process.pid)) == 2)
    service.process.send_signal(signal.SIGHUP)
    (hanging,) = set(children_of(service.process.pid)) - {before}
    until(lambda: f"another generation starts once {hanging} is up or ends" in service.log)

    os.kill(hanging, signal.SIGKILL)
    until(lambda: service.log.count("a new generation starts") == 2)
    assert service.ask()["text"] == "first"
    service.process.terminate()
    assert service.process.wait(LONGEST_WAIT) == 0
    assert service.log.count("the one before stays") == 1  # not said of the second, as none stays


def test_worker_that_dies_is_replaced_while_the_other_answers(service: Service) -> None:
    (generation,) = children_of(service.process.pid)
    one, other = children_of(generation)
    os.kill(one, signal.SIGKILL)

    assert service.ask()["parent"] == generation
    until(lambda: len(children_of(generation)) == 2 and one not in children_of(generation))
    assert other in children_of(generation)


def test_generation_that_dies_takes_its_workers_along_and_is_replaced(service: Service) -> None:
    old = service.processes()[1:]
    os.kill(old[0], signal.SIGKILL)

    until(lambda: not any(map(is_alive, old)))
    until(lambda: comes_up(service, 2))
    assert not set(old) & set(service.processes())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nobody_outlives_who_supervises(tmp_path: Path, number: signal.Signals) -> None:
    service = Service(tmp_path)
    until(lambda: comes_up(service))
    all_of_them = service.processes()
    service.process.send_signal(number)

    assert service.process.wait(LONGEST_WAIT) == (-9 if number == signal.SIGKILL else 0)
    until(lambda: not any(map(is_alive, all_of_them)))


def test_request_under_way_is_answered_when_the_service_stops(service: Service) -> None:
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(service.ask, "?wait=0.5")
        Event().wait(0.2)
        service.process.terminate()

        assert slow.result()["text"] == "first"


def test_first_generation_that_does_not_come_up_ends_the_service(tmp_path: Path) -> None:
    service = Service(tmp_path, "broken")

    assert service.process.wait(LONGEST_WAIT) == 3


# --- parts ----------------------------------------------------------------------------------------


def test_address_that_is_taken_is_named() -> None:
    with listening_socket("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(BackendError, match=f"cannot listen on 127.0.0.1:{port}"):
            listening_socket("127.0.0.1", port)


def test_socket_names_its_protocol_so_that_answers_are_not_delayed() -> None:
    with listening_socket("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        assert listener.get_inheritable()


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="needs IPv6")
def test_socket_of_ipv6_leaves_addresses_of_ipv4_to_others() -> None:
    with listening_socket("127.0.0.1", 0) as taken, listening_socket("::", taken.getsockname()[1]):
        pass


def test_command_says_that_an_address_is_taken() -> None:
    with listening_socket("127.0.0.1", 0) as listener:
        port = str(listener.getsockname()[1])
        result = CliRunner().invoke(cli, ["serve", "--workers", "1", "--port", port])

    assert result.exit_code == 4
    assert "cannot listen on" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--workers", "2", "--metrics"], "Expected a folder for temporary files with --metrics"),
        (
            ["--workers", "1", "--data", "mine"],
            "Expected --workers 0 with --data, got the folder mine",
        ),
        (["--workers", "1", "--model", "hf:none"], "Expected a model behind a server"),
        (
            ["--workers", "1", "--data", "own"],
            "Expected --workers 0 with --data, got the folder own",
        ),
    ],
)
def test_what_workers_cannot_share_is_refused_by_the_generation(
    options: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_AFFECTGRAPH_INHERITED", "0,0,0")
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)

    result = CliRunner().invoke(cli, ["serve", *options])

    assert result.exit_code == 2
    assert words in result.stderr


def test_signals_and_files_are_waited_for_together() -> None:
    reader, writer = os.pipe()
    signals = Signals([signal.SIGUSR2])
    try:
        assert signals.wait([reader], 0.0) == ([], [])
        os.write(writer, b"1")
        os.kill(os.getpid(), signal.SIGUSR2)
        assert signals.wait([reader], LONGEST_WAIT) == ([signal.SIGUSR2], [reader])
    finally:
        signals.close()
        os.close(reader)
        os.close(writer)
    assert signal.getsignal(signal.SIGUSR2) is signal.SIG_DFL


def test_children_that_ended_are_told_with_their_codes() -> None:
    child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
    found: list[tuple[int, int]] = []

    def take() -> bool:
        found.extend(ended_children())
        return bool(found)

    until(take)
    child.returncode = 7  # its end was taken here

    assert found == [(child.pid, 7)]


async def answered(leaving: Leaving, kind: str = "http") -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await leaving({"type": kind}, receive, send)
    return sent


@pytest.mark.parametrize(
    ("is_leaving", "added"), [(True, [(b"connection", b"close")]), (False, [])]
)
def test_clients_are_asked_to_go_elsewhere_when_a_server_leaves(
    is_leaving: bool, added: list[tuple[bytes, bytes]]
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b""})

    leaving = Leaving(app)
    leaving.is_leaving = is_leaving

    start, body = asyncio.run(answered(leaving))

    assert start["headers"] == [(b"a", b"b"), *added]
    assert body["body"] == b""
