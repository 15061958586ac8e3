"""How a service ends, over a real process: what is under way is answered, or cut off in the end."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import uuid4

import httpx
import pytest

from tests.api.models import FREE, GOOD, LONGEST_WAIT, SMILE
from tests.reasoner.models.chat_server import Asked, ChatServer, Sent, says

COMMAND = [sys.executable, "-c", "from affectgraph.api.cli import main; main()", "serve"]


class SlowChat:
    """A server of a model that answers once its gate is open, and says when it was asked."""

    def __init__(self) -> None:
        self.was_asked = Event()
        self.gate = Event()
        self.server = ChatServer(self._reply)

    def _reply(self, asked: Asked) -> Sent:
        self.was_asked.set()
        self.gate.wait(LONGEST_WAIT * 3)
        return says(GOOD)(asked)


@pytest.fixture
def chat() -> Iterator[SlowChat]:
    found = SlowChat()
    yield found
    found.gate.set()
    found.server.close()


@contextmanager
def serving(*options: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command on a free port, and give the process and its address once it is ready."""
    running = subprocess.Popen(  # noqa: S603 - the command above
        [*COMMAND, "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    assert running.stderr is not None
    try:
        for line in running.stderr:
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                yield running, found[1]
                return
        pytest.fail("The service did not start.")
    finally:
        running.kill()
        running.communicate()


def ask(address: str) -> httpx.Response:
    return httpx.post(f"{address}/v1/reason", json={**SMILE, **FREE}, timeout=LONGEST_WAIT * 3)


def refuses(address: str) -> bool:
    try:
        httpx.get(f"{address}/readyz")
    except httpx.TransportError:
        return True
    return False


def test_request_under_way_is_answered_before_the_service_ends(chat: SlowChat) -> None:
    options = ("--model", chat.server.url, "--drain-seconds", "600", "--shutdown-grace", "600")
    with serving(*options) as (process, address), ThreadPoolExecutor(1) as pool:
        before = httpx.get(f"{address}/readyz").status_code
        asked: Future[httpx.Response] = pool.submit(ask, address)
        assert chat.was_asked.wait(LONGEST_WAIT)

        process.send_signal(signal.SIGTERM)
        while httpx.get(f"{address}/readyz").status_code == 200:
            pass
        draining = httpx.get(f"{address}/v1/version").status_code
        process.send_signal(signal.SIGTERM)
        while not refuses(address):
            pass
        is_still_asked = not asked.done()
        chat.gate.set()
        answer = asked.result(LONGEST_WAIT)
        code = process.wait(LONGEST_WAIT)

    assert (before, draining, is_still_asked) == (200, 200, True)
    assert (answer.status_code, answer.json()["rationale"]) == (200, GOOD)
    assert code == -signal.SIGTERM, "it ends by the signal, once all is done"


def test_request_that_takes_longer_than_the_grace_is_cut_off(chat: SlowChat) -> None:
    options = ("--model", chat.server.url, "--shutdown-grace", "0.2")
    with serving(*options) as (process, address), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, address)
        assert chat.was_asked.wait(LONGEST_WAIT)

        process.send_signal(signal.SIGTERM)
        code = process.wait(LONGEST_WAIT)
        error = asked.exception(LONGEST_WAIT)

    assert isinstance(error, httpx.TransportError)
    assert code == -signal.SIGTERM
    assert not chat.gate.is_set()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are read from /proc")
def test_end_of_the_service_leaves_no_process_behind() -> None:
    mark = uuid4().hex
    with serving(MARK=mark) as (process, _):
        during = processes_with(mark)
        process.send_signal(signal.SIGTERM)
        process.wait(LONGEST_WAIT)
        until = monotonic() + LONGEST_WAIT
        while processes_with(mark) and monotonic() < until:
            pass

    assert process.pid in during
    assert len(during) > 1, "queries run in processes of their own"
    assert processes_with(mark) == []


def processes_with(mark: str) -> list[int]:
    """Return the processes that were started with a variable of this value."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            variables = (entry / "environ").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if mark.encode() in variables:
            found.append(int(entry.name))
    return found
