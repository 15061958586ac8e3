"""docs/checking.md: its Python runs, and its commands on checked rationales give what they print."""

import importlib
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from affectgraph.api.app import create_app
from affectgraph.api.cli import app
from affectgraph.kg import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Checker

PAGE = (Path(__file__).parents[1] / "docs" / "checking.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
(QUERY,) = re.findall(r"^```sparql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
(CONSOLE,) = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", PYTHON)
def test_python_of_the_page_runs_and_prints(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, "docs/checking.md", "exec"), {})  # noqa: S102 - the page's own text

    assert capsys.readouterr().out.strip()


def test_commands_of_the_page_answer_its_question(
    small: EmotionGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load = EmotionGraph.load
    monkeypatch.setattr(
        EmotionGraph, "load", lambda place=None: small if place is None else load(place)
    )
    monkeypatch.chdir(tmp_path)
    Path("cites.rq").write_text(QUERY, encoding="utf-8")

    for shown in re.split(r"^\$ ", CONSOLE, flags=re.MULTILINE)[1:]:
        line, printed = shown.split("\n", 1)
        command, _, target = line.partition(" > ")
        if command.startswith("cat "):
            Path(command.removeprefix("cat ")).write_text(printed, encoding="utf-8")
            continue
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.stderr, result.exception)
        if target:
            Path(target).write_text(result.stdout, encoding="utf-8")
        else:
            assert result.stdout == printed

    own = load("my-graph")
    expected = [("r1", "joy"), ("r3", "contentment")]
    in_python = own.sparql(QUERY)
    assert isinstance(in_python, Table)
    assert [(row["id"], row["kind"]) for row in in_python] == expected
    with TestClient(create_app(own)) as client:
        rows = client.get("/sparql", params={"query": QUERY}).json()["results"]["bindings"]
    assert [(row["id"]["value"], row["kind"]["value"]) for row in rows] == expected


def test_table_of_the_gold_set_is_what_the_benchmark_prints(
    graph: EmotionGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1] / "benchmarks"))
        importlib.import_module("checker_gold").print_table(Checker(graph))

    assert capsys.readouterr().out.strip() in PAGE, (
        "the figures changed: put what benchmarks/checker_gold.py --table prints into docs/checking.md"
    )
