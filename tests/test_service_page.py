"""docs/service.md names every route and command, and its commands give what it prints."""

import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from affectgraph.api import documents, sparql_run
from affectgraph.api.cli import app
from affectgraph.api.cli_base import ORDER
from affectgraph.api.llm_limits import DEFAULT_LIMITS
from affectgraph.api.llm_queue import REMEMBERED_RUNS
from affectgraph.api.pool_limits import DEFAULT_POOL_LIMITS
from affectgraph.api.reasoning_bodies import ALL_FACTS, RECORD_LIMIT, ROUND_LIMIT, ReasonBody
from affectgraph.api.reasoning_responses import KEEP_ALIVE_SECONDS
from affectgraph.api.sparql_guard import MAX_DEPTH, MAX_LENGTH, MAX_STEPS
from affectgraph.kg.graph import EmotionGraph

PAGE = (Path(__file__).parents[1] / "docs" / "service.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SHOWN = [
    tuple(part.split("\n", 1))
    for block in BLOCKS
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]
FILES = {line.removeprefix("cat "): text for line, text in SHOWN if line.startswith("cat ")}
"""Files that the page shows, for its commands to read."""
COMMANDS = [(line, text) for line, text in SHOWN if not line.startswith("cat ")]


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_command_of_the_page_gives_what_it_prints(
    command: str,
    printed: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    graph: EmotionGraph,
) -> None:
    monkeypatch.setattr(EmotionGraph, "load", lambda place=None: graph)
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    result = CliRunner().invoke(app, shlex.split(command)[1:])

    assert (result.exit_code, result.stdout) == (0, printed)


def test_lines_of_the_protocol_are_shown_by_tests_that_there_are() -> None:
    folder = Path(__file__).parent / "api"
    tests = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_*.py"))
    rows = PAGE.partition("| Protocol | What holds |")[2].partition("\n\n")[0].splitlines()[2:]
    named = [name for row in rows for name in re.findall("`([^`]+)`", row.split("|")[3])]

    assert len(rows) == 13
    for name in named:
        if name.endswith(".py"):
            assert (folder.parents[1] / name).is_file(), name
        else:
            assert f'"{name.rstrip("*")}' in tests or f"def {name}(" in tests, name


def test_page_says_which_pages_carry_their_triples() -> None:
    assert f"if they are fewer than {documents.MANY:,} |" in PAGE


def test_page_runs_commands() -> None:
    assert len(COMMANDS) == 16
    assert len(re.findall(r"^\$ affectgraph ", PAGE, re.MULTILINE)) == len(COMMANDS)


@pytest.mark.parametrize("command", ORDER)
def test_every_command_is_named_on_the_page(command: str) -> None:
    assert re.search(rf"`{command}[ `]", PAGE), command


LOOK_UPS = {"emotions", "modalities", "cue-types", "cause-types", "vocabularies"}
"""Lists of the page that name the look-up of one thing below them, too."""


def routes_missing_from(page: str, paths: dict[str, dict[str, object]]) -> list[str]:
    """Return the paths that a page does not name, but for GET look-ups below a list it names."""
    named = set(re.findall(r"/v1/[a-z{}/-]*[a-z}]", page))
    return [
        path
        for path, methods in paths.items()
        if path.startswith("/v1/")
        and path not in named
        and not ("{" in path and "post" not in methods and path.split("/")[2] in LOOK_UPS)
    ]


@pytest.fixture(scope="module")
def paths(graph: EmotionGraph) -> dict[str, dict[str, object]]:
    from affectgraph.api.app import create_app

    with TestClient(create_app(graph)) as client:
        found: dict[str, dict[str, object]] = client.get("/openapi.json").json()["paths"]
    return found


def test_every_route_is_named_on_the_page(paths: dict[str, dict[str, object]]) -> None:
    assert len([path for path in paths if path.startswith("/v1/")]) >= 35
    assert routes_missing_from(PAGE, paths) == []


def test_page_gives_the_limits_in_use() -> None:
    limits = DEFAULT_LIMITS
    for option, value in (
        ("concurrency", limits.concurrency),
        ("queue", limits.queue),
        ("wait", limits.wait_seconds),
        ("timeout", limits.timeout_seconds),
    ):
        assert f"| `--llm-{option}` ({value:g}) |" in PAGE
    assert f"the mean of the last {REMEMBERED_RUNS} runs" in PAGE
    assert f"a comment\nevery {KEEP_ALIVE_SECONDS:g} seconds" in PAGE
    assert f"(`/v1/reason/batch`, {RECORD_LIMIT} records)" in PAGE
    assert f"{ROUND_LIMIT} rounds of {ROUND_LIMIT} drafts" in PAGE
    assert f"carry {ALL_FACTS:,} facts" in PAGE
    assert f"the first `facts` ({ReasonBody.model_fields['facts'].default} if left out)" in PAGE


@pytest.mark.parametrize("route", ["read", "map", "soft-labels"])
def test_page_without_a_route_below_a_list_is_noticed(
    route: str, paths: dict[str, dict[str, object]]
) -> None:
    path = f"/v1/schemes/{{name}}/{route}"

    assert routes_missing_from(PAGE.replace(path, ""), paths) == [path]


RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
WORDS = " ".join(PAGE.split())


def medians(table: str) -> list[list[int]]:
    """Return the median of each column of a table of ``response_cache.py``, whole numbers by path."""
    rows = [line.split(" | ")[1:5] for line in table.splitlines() if line.startswith("| `")]
    return [
        [int(cell.split()[0].replace(",", "")) for cell in column]
        for column in zip(*rows, strict=True)
    ]


def test_page_gives_the_figures_measured_of_kept_answers() -> None:
    text = (RESULTS / "response_cache-0.1.0.txt").read_text(encoding="utf-8")
    in_process, over_socket, _ = map(medians, text.split("; median (")[1:])
    without, _, unchanged, hit = in_process
    known = (*unchanged, *hit)
    assert f"{min(known)} to {max(known)} µs of CPU in process, where" in WORDS
    assert f"{min(without):,} to {max(without):,} µs without" in WORDS
    without, _, _, hit = over_socket
    assert f"a hit costs the server {min(hit)} to {max(hit)} µs, and {min(without):,} to" in WORDS
    assert f"to {max(without):,} µs without" in WORDS


def test_page_gives_the_figures_measured_of_suggestions() -> None:
    text = (RESULTS / "suggest_index-0.1.0.txt").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (sorted lists|FTS5, in order) \| (.+) \|$", text, re.MULTILINE))
    (middle, late, slowest), (middle_, late_, slowest_) = (
        row.split(" | ") for row in (rows["sorted lists"], rows["FTS5, in order"])
    )
    assert (
        f"{middle} µs at the median, {late} µs at the 99th percentile and {slowest} µs at" in WORDS
    )
    assert f"FTS5 takes {middle_}, {late_} and {int(slowest_):,} µs" in WORDS


def test_page_gives_the_limits_of_queries_in_use() -> None:
    limits = DEFAULT_POOL_LIMITS
    assert f"| `--query-workers` ({limits.workers}; `mcp`: 1) |" in PAGE
    assert f"| {limits.queue} wait in order, up to {limits.wait_seconds:g} s;" in PAGE
    assert f"| `--query-timeout` ({limits.timeout_seconds:g}) |" in PAGE
    assert f"| `--query-memory` ({limits.memory_mb}) |" in PAGE
    assert f"| {limits.result_mb:g} MiB of answer |" in PAGE
    assert f"{MAX_LENGTH:,} characters, {MAX_DEPTH} levels, {MAX_STEPS:,} operators" in PAGE
    within = f"({sparql_run.TIME_LIMIT:g} s, {sparql_run.SIZE_LIMIT // 1024**2} MiB, four at once)"
    assert within in PAGE
    assert sparql_run.RUNNING == 4
