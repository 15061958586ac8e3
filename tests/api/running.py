"""How tests of the command line run it, on the suite's graph."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.api.cli_base import DONE
from affectgraph.kg.graph import EmotionGraph


def share_graph(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    """Let commands use the suite's graph where they would load the packaged one."""
    load = EmotionGraph.load
    monkeypatch.setattr(
        EmotionGraph, "load", lambda place=None: graph if place is None else load(place)
    )


def run(*arguments: object, code: int = DONE, stdin: bytes = b"") -> tuple[str, str]:
    """Return what a command writes to stdout and to stderr; it must exit with the code."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    assert "Traceback" not in result.stderr
    return result.stdout, result.stderr


def lines(text: str) -> list[Any]:
    """Return JSON lines as data."""
    return [json.loads(line) for line in text.splitlines()]
