"""docs/reasoning.md: its Python and its commands give what they print, and its queries answer."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.effort import FULL, MEDIUM, SHORT
from affectgraph.reasoner.trace_records import trace_record
from tests.api.running import share_graph
from tests.reasoner.traced import GOOD, WRONG, run

PAGE = Path(__file__).parent.parent / "docs" / "reasoning.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUERIES = dict(
    re.findall(r"^`(\w+\.rq)` asks.*?^```sparql\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
)
(CONSOLE,) = re.findall(r"^```console\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_python_and_commands_of_the_page_give_what_it_prints(
    small: EmotionGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried >= 30
    assert failed == 0

    share_graph(monkeypatch, small)
    for name, query in QUERIES.items():
        Path(name).write_text(query, encoding="utf-8")
    for shown in re.split(r"^\$ ", CONSOLE, flags=re.MULTILINE)[1:]:
        command, printed = shown.split("\n", 1)
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.stderr, result.exception)
        assert result.stdout == printed
    assert len(QUERIES) == TEXT.count("```sparql") == CONSOLE.count(".rq")


def test_fields_of_a_record_are_those_of_the_page(graph: EmotionGraph) -> None:
    record = trace_record(run(graph, [WRONG, GOOD]))
    (table,) = re.findall(r"^\| field \| holds \|\n(.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`(\w+)`", table))
    (one,) = record["rounds"][:1]

    fields = {*record, *record["settings"], *one, *one["drafts"][0], *record["kept"]}
    assert fields - {"trace_version"} - named == set()


def test_the_table_of_efforts_is_the_one_in_use() -> None:
    for effort in (SHORT, MEDIUM, FULL):
        cells = (effort.rounds, effort.drafts, effort.facts, effort.max_tokens)
        assert f"| {' | '.join(map(str, cells))} |" in TEXT
