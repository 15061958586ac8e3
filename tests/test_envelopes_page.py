"""The examples of docs/envelopes.md are run, with the output the page prints."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affectgraph.api.cli import app

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "envelopes.md"
COMMAND = re.compile(r"^```console\n\$ (affectgraph .+)\n((?:(?!```).*\n)+)```", re.MULTILINE)


def test_python_examples_give_what_the_page_prints() -> None:
    text = PAGE.read_text(encoding="utf-8").replace(" \\\n", " ")
    test = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)

    failed, tried = runner.run(test)

    assert tried >= 15
    assert failed == 0


@pytest.mark.parametrize(("command", "printed"), COMMAND.findall(PAGE.read_text(encoding="utf-8")))
def test_commands_give_what_the_page_prints(
    command: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    result = CliRunner().invoke(app, shlex.split(command)[1:])

    assert result.exit_code == 0
    assert result.stdout + result.stderr == printed


def test_page_runs_a_command_of_every_format_of_others() -> None:
    commands = [command for command, _ in COMMAND.findall(PAGE.read_text(encoding="utf-8"))]

    assert any("--to onyx" in command for command in commands)
    assert any("--to" not in command for command in commands)
