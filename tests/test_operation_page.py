"""docs/operation.md: its commands and Python give what it prints, its lists are those of the code."""

import doctest
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from typer.main import get_command
from typer.testing import CliRunner

from affectgraph.api.access_log import AccessLine
from affectgraph.api.app import create_app
from affectgraph.api.cli import app
from affectgraph.api.operation import Operation
from affectgraph.api.serving import SHUTDOWN_SECONDS, Serving
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.models import ScriptedModel

FILE = Path(__file__).parent.parent / "docs" / "operation.md"
PAGE = FILE.read_text(encoding="utf-8")
(CONSOLE,) = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
(LOGGED,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SERVE: Any = get_command(app).commands["serve"]  # type: ignore[attr-defined]


def section(title: str) -> str:
    """Return the text below a heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return what stands in backquotes in the first cell of each row."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_python_of_the_page_gives_what_it_prints() -> None:
    failed, tried = doctest.testfile(str(FILE), module_relative=False)

    assert (failed, tried) == (0, 2)


def test_command_of_the_page_gives_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for option in SERVE.params:
        monkeypatch.delenv(f"AFFECTGRAPH_{option.name.upper()}", raising=False)
    monkeypatch.delenv("AFFECTGRAPH_LLM_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    _, shown, asked = re.split(r"^\$ ", CONSOLE, flags=re.MULTILINE)
    name, content = shown.removeprefix("cat ").split("\n", 1)
    Path(name).write_text(content, encoding="utf-8")
    command, printed = asked.split("\n", 1)
    variable, program, *arguments = shlex.split(command)

    result = CliRunner().invoke(app, arguments, env=dict([variable.split("=")]))

    assert (program, result.exit_code, result.stdout) == ("affectgraph", 0, printed)


def test_line_of_the_log_has_the_members_of_the_table() -> None:
    shown = json.loads(LOGGED)
    line = AccessLine(**{k: v for k, v in shown.items() if k not in ("time", "level", "logger")})

    table = first_cells(section("Log"))
    assert line.members() == {k: shown[k] for k in list(shown)[3:]}
    assert table == [*shown, "problem", "client"]
    assert set(table[3:]) == set(AccessLine.__slots__)


def test_table_lists_all_metrics_with_their_labels(graph: EmotionGraph) -> None:
    service = create_app(graph, model=ScriptedModel(["x"]), operation=Operation(metrics=True))
    with TestClient(service) as client:
        client.get("/healthz")
        families = list(text_string_to_metric_families(client.get("/metrics").text))

    rows = re.findall(r"^\| `(\w+)` \| (\w+).*\| (.*?) ?\|$", section("Metrics"), re.MULTILINE)
    described = {name: (kind, set(re.findall(r"`(\w+)`", labels))) for name, kind, labels in rows}
    found = {
        family.name.removesuffix("_info"): (
            "info" if family.name.endswith("_info") else family.type,
            {label for sample in family.samples for label in sample.labels} - {"le"},
        )
        for family in families
        if family.name.startswith("affectgraph") and not family.name.endswith("_created")
    }
    assert described == found


def test_table_lists_the_routes_for_probes(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph)) as client:
        paths = client.get("/openapi.json").json()["paths"]

    routes = first_cells(section("Start and end"))
    assert routes == [path for path in paths if path in ("/healthz", "/readyz")]


def test_figures_of_the_page_are_those_in_use() -> None:
    text = " ".join(PAGE.split())

    assert f"requests under way have {SHUTDOWN_SECONDS} seconds to end" in text
    assert f"`--drain-seconds` ({Serving('', 0).drain_seconds:g})" in text
    assert "it came once and has 1 to 128 letters" in text


def test_every_option_of_serve_has_a_page() -> None:
    pages = PAGE + (FILE.parent / "service.md").read_text(encoding="utf-8")

    missing = [x.opts[0] for x in SERVE.params if f"`{x.opts[0]}" not in pages]
    shown = {line.split()[0] for line in CONSOLE.splitlines()}
    assert [name for name in missing if name.removeprefix("--") not in shown] == []
