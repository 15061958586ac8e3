"""docs/service.md names every route and command, and its commands give what it prints."""

import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.api.cli_base import ORDER
from affectgraph.kg.graph import EmotionGraph

PAGE = (Path(__file__).parents[1] / "docs" / "service.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    tuple(part.split("\n", 1))
    for block in BLOCKS
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_command_of_the_page_gives_what_it_prints(
    command: str, printed: str, monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    monkeypatch.setattr(EmotionGraph, "load", lambda place=None: graph)

    result = CliRunner().invoke(app, shlex.split(command)[1:])

    assert (result.exit_code, result.stdout) == (0, printed)


def test_page_runs_commands() -> None:
    assert len(COMMANDS) == 6


@pytest.mark.parametrize("command", ORDER)
def test_every_command_is_named_on_the_page(command: str) -> None:
    assert re.search(rf"`{command}[ `]", PAGE), command


def test_every_route_is_named_on_the_page(graph: EmotionGraph) -> None:
    from affectgraph.api.app import create_app

    with TestClient(create_app(graph)) as client:
        paths = client.get("/openapi.json").json()["paths"]
    # A list or a look-up under a named list is named by it.
    lists = ("emotions", "states", "action-units", "schemes", "sources")
    named = [path for path in paths if path.startswith("/v1/")]
    missing = [
        path
        for path in named
        if path not in re.findall(r"/v1/[a-z{}/-]*[a-z}]", PAGE)
        and not (path.split("/")[2] in lists and "{" in path and path.count("/") <= 4)
    ]
    assert len(named) >= 35
    assert missing == []
