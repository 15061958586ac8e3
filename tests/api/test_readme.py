"""The README's examples are run: Python, command line, REST and SPARQL, with the output it prints."""

import doctest
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from affectgraph.api.cli import app

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^\$ (affectgraph .+)\n((?:(?!\$ |```).*\n)+)", re.MULTILINE)
REQUEST = re.compile(
    r"^\$ curl -s '(http://127\.0\.0\.1:8000(.+))'\n((?:(?!```).*\n)+)", re.MULTILINE
)
QUERY = re.compile(r"```sparql\n(.+?)```\s+```csv\n(.+?)```", re.DOTALL)


def test_python_examples_give_what_the_readme_prints() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert tried >= 10
    assert failed == 0


@pytest.mark.parametrize(("command", "printed"), COMMAND.findall(TEXT))
def test_commands_give_what_the_readme_prints(command: str, printed: str) -> None:
    result = CliRunner().invoke(app, shlex.split(command)[1:])

    assert result.stdout == printed


@pytest.mark.parametrize(("path", "printed"), [m[1:] for m in REQUEST.findall(TEXT)])
def test_requests_give_what_the_readme_prints(client: Any, path: str, printed: str) -> None:
    assert client.get(path).json() == json.loads(printed)


@pytest.mark.parametrize(("query", "printed"), QUERY.findall(TEXT))
def test_queries_give_what_the_readme_prints(client: Any, query: str, printed: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})

    assert answer.text.split() == printed.split()


def test_readme_lists_every_command() -> None:
    listed = re.search(r"`(lookup suggest [^`]+)`", TEXT)

    assert listed is not None
    assert sorted(listed[1].split()) == sorted(get_group(app).commands)


def test_readme_has_an_example_of_every_way_in() -> None:
    assert len(COMMAND.findall(TEXT)) >= 2
    assert REQUEST.findall(TEXT)
    assert QUERY.findall(TEXT)


def test_pages_the_readme_names_exist() -> None:
    links = re.findall(r"\]\(([^):]+)\)", TEXT)

    assert [link for link in links if not (ROOT / link).exists()] == []
