"""How tests of ``reason`` run it: what is observed, what a model answers, and Ctrl+C."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from tests.api.running import run
from tests.reasoner.models.chat_server import ChatServer

Start = Callable[..., ChatServer]
"""Starts a server of a model with replies; the fixture ``start`` gives it."""

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU20_r": 0.0}
AUS = json.dumps(SMILE)
GOOD = "AU6 and AU12 suggest joy. Overall, this is joy."
WRONG = "AU6 and AU12 suggest joy. AU20 is the nostril flare. Overall, this is joy."
ONE = '{"rounds": 1, "drafts": 1}'
INTERRUPTIBLE = """
import signal
from affectgraph.api.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell may have set to be ignored
main()
"""
TWO = '{"rounds": 2, "drafts": 1}'


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def ask(server: ChatServer, *arguments: object, **expected: Any) -> tuple[str, str]:
    """Return what ``reason`` writes with a model behind a server that answers in plain text."""
    return run("reason", *arguments, "--model", server.url, "--answer", "free", **expected)


def interrupted(arrived: Event, gate: Event, *arguments: object) -> tuple[int, bytes]:
    """Return exit code and stderr of ``reason`` after Ctrl+C, given once a request has arrived.

    :param gate: opened at the end; the server answers nothing before.
    """
    command = [sys.executable, "-c", INTERRUPTIBLE, "reason", *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:  # noqa: S603 - our own code
        try:
            assert arrived.wait(120)
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=60)
        finally:
            gate.set()
            process.kill()
    return process.returncode, stderr
