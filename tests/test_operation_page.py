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

from affectgraph.api.access_errors import (
    AmbiguousKeyError,
    BadKeyError,
    ForbiddenError,
    NoKeyError,
)
from affectgraph.api.access_log import AccessLine
from affectgraph.api.app import create_app
from affectgraph.api.auth import OPEN_PATHS, POLICY
from affectgraph.api.cli import app
from affectgraph.api.keys import PATTERN, RIGHTS, make_token
from affectgraph.api.limits import BODY_LIMIT
from affectgraph.api.operation import Operation
from affectgraph.api.query_counts import OUTCOMES
from affectgraph.api.rates import CLIENTS, Rates, parse_rate
from affectgraph.api.response_cache import CACHE_CONTROL
from affectgraph.api.serving import Serving
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.models import ScriptedModel

FILE = Path(__file__).parent.parent / "docs" / "operation.md"
PAGE = FILE.read_text(encoding="utf-8")
CONSOLE, KEYS = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
(LIMIT,) = re.findall(r"^```http\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
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
    assert table == [*shown, "problem", "client", "key"]
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


def test_objectives_name_metrics_and_labels_that_there_are(graph: EmotionGraph) -> None:
    service = create_app(graph, model=ScriptedModel(["x"]), operation=Operation(metrics=True))
    with TestClient(service) as client:
        client.get("/healthz")
        text = client.get("/metrics").text

    asked = re.findall(r"(affectgraph_\w+)(?:\{(.*?)\})?", section("Objectives"))
    assert len(asked) == 7
    for name, labels in asked:
        samples = [line for line in text.splitlines() if line.startswith(name + "{")]
        samples += [line for line in text.splitlines() if line.startswith(name + " ")]
        assert samples, name
        for label in re.findall(r"(\w+)[!=]", labels):
            assert f'{label}="' in samples[0], (name, label)
    outcomes = re.findall(r'outcome=~?"(.*?)"', section("Objectives"))
    used = {outcome for found in outcomes for outcome in re.split(r"\\?\|", found)}
    assert used <= set(OUTCOMES)


def test_table_lists_the_routes_for_probes(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph)) as client:
        paths = client.get("/openapi.json").json()["paths"]

    routes = first_cells(section("Start and end"))
    assert routes == [path for path in paths if path in ("/healthz", "/readyz")]


def test_figures_of_the_page_are_those_in_use() -> None:
    text = " ".join(PAGE.split())

    assert f"`--shutdown-grace` seconds ({Serving('', 0).grace_seconds:g})" in text
    assert f"`--drain-seconds` ({Serving('', 0).drain_seconds:g})" in text
    assert "it came once and has 1 to 128 letters" in text


def masked(text: str) -> str:
    """Return a text with ids and tokens as the page shows them."""
    return re.sub(
        r"agk_\w+", "agk_...", re.sub(r"[Kk]ey \w{12} ", lambda m: m[0][:4] + "ID ", text)
    )


def test_commands_for_keys_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    create, revoke, serve = (
        part.split("\n", 1) for part in re.split(r"^\$ ", KEYS, flags=re.M)[1:]
    )

    for command, printed in (create, revoke):
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        shown = re.sub(r"4cb7\.\.\.", "ID", printed)
        assert masked(result.stderr + result.stdout) == shown
    with SERVE.make_context("serve", shlex.split(serve[0])[2:]) as context:
        assert (context.params["keys"], context.params["read"]) == (Path("keys.jsonl"), "key")


def test_table_lists_the_scopes_of_keys() -> None:
    assert tuple(first_cells(section("Keys"))) == RIGHTS


def test_table_of_challenges_is_that_of_the_errors() -> None:
    rows = re.findall(r"^\| (4\d\d) \| `(.*)` \|", section("Keys"), re.MULTILINE)
    errors = (NoKeyError("llm"), BadKeyError(), ForbiddenError("llm"), AmbiguousKeyError())

    found = [
        (str(x.status_code), (x.headers or {})["WWW-Authenticate"].replace('"llm"', '"..."'))
        for x in errors
    ]
    assert found == [(s, f'Bearer realm="affectgraph", {challenge}') for s, challenge in rows]
    open_paths = re.findall(r"`(/\S+)`", section("Keys").partition(" stay open.")[0])
    assert set(open_paths) == OPEN_PATHS


def test_pattern_of_the_page_finds_tokens() -> None:
    assert f"`{PATTERN}`" in section("Keys")
    assert re.fullmatch(PATTERN, make_token())


def test_headers_of_a_limit_are_those_of_the_options_beside_them() -> None:
    text = section("Limits")
    rate, burst = re.search(r"`--rate (\S+)`", text), re.search(r"`--burst (\d+)`", text)
    assert rate is not None
    assert burst is not None
    taken = Rates(parse_rate(rate[1], int(burst[1]))).take("a")

    assert "".join(f"{k}: {v}\n" for k, v in taken.headers(POLICY).items()) == LIMIT
    assert f"{CLIENTS:,} at most" in text


def test_table_lists_the_examples_of_deployment() -> None:
    files = {path.name for path in (FILE.parent.parent / "examples" / "deploy").iterdir()}

    assert set(first_cells(section("Deployment"))) == files


def test_places_that_the_page_links_to_exist() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGE)

    assert links
    assert [link for link in links if not (FILE.parent / link).exists()] == []


def test_model_of_threats_names_limits_that_are_in_use() -> None:
    text = section("Threat model")

    assert f"{BODY_LIMIT // 1024 // 1024} MiB, and the limits of each route" in text
    named = set(re.findall(r"`(--[a-z-]+)", text)) - {"--expires"}
    assert {"--data-waiting", "--data-triples", "--data-graphs"} <= named
    assert named <= {x.opts[0] for x in SERVE.params}
    assert CACHE_CONTROL == b"public, max-age=300"
    assert "after five minutes at most" in section("Upgrade and backup")


def test_every_option_of_serve_has_a_page() -> None:
    pages = PAGE + (FILE.parent / "service.md").read_text(encoding="utf-8")

    missing = [x.opts[0] for x in SERVE.params if f"`{x.opts[0]}" not in pages]
    shown = {line.split()[0] for line in CONSOLE.splitlines()}
    assert [name for name in missing if name.removeprefix("--") not in shown] == []


RESULTS = FILE.parent.parent / "benchmarks" / "results"
SERVERS = "affectgraph|bare Starlette|rdflib-endpoint|Virtuoso"


def measured(name: str) -> str:
    """Return the kept output of a benchmark."""
    return (RESULTS / f"{name}-0.1.0.txt").read_text(encoding="utf-8")


def test_capacity_table_is_the_kept_output_of_its_command() -> None:
    lines = re.findall(
        rf"^(\w.*?)  +(\d+) ({SERVERS}) +([\d,]+) +([\d.]+) +([\d.]+)$",
        measured("service_load"),
        re.MULTILINE,
    )
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in section("Capacity").splitlines()
        if line.startswith("| ")
    ]

    assert len(lines) > 20
    assert rows[1:] == lines


def test_table_of_costs_is_the_kept_output_of_its_command() -> None:
    kept = measured("middleware_cost")
    table = [line for line in kept.splitlines() if line.startswith("|")]
    text = section("What this costs")

    assert len(table) == 2 + 2 * 5
    assert [line for line in text.splitlines() if line.startswith("|")] == table
    (rounds,) = re.findall(r"^(\d+) rounds of", kept, re.MULTILINE)
    assert f"Each row is asked in turn, {rounds} rounds." in " ".join(text.split())


FIGURES = [
    (
        "service_load",
        r"  32 connections, rdflib-endpoint: ([\d.]+)",
        "answered {} times as many as rdf",
    ),
    ("service_load", r"  32 connections, Virtuoso: ([\d.]+)", "and {} times as many as Virtuoso"),
    (
        "service_load",
        r"  64 connections, rdflib-endpoint: ([\d.]+)",
        "over 64 {} times as many as rdf",
    ),
    (
        "service_load",
        r"  64 connections, Virtuoso: ([\d.]+)",
        "and {} times as many as Virtuoso; over one",
    ),
    ("service_load", r"half load.*p99 ([\d.]+) ms", "at half load 99 of 100 within {} ms"),
    ("soak", r"second half: .*serving ([+-][\d.]+)", "by {} MiB a minute"),
    ("hostile_load", r"p99 of kept look-up: (\d+) ms", "kept look-ups {} ms"),
    ("hostile_load", r"p99 of ground: (\d+) ms", "grounding {} ms"),
    ("hostile_load", r"p99 of check: (\d+) ms", "checking {} ms"),
    ("hostile_load", r"p99 of point query: (\d+) ms", "point queries {} ms"),
    ("loop_lag", r"  200,000 triples +([\d.]+)", "by {} ms while 48 MB of rows"),
    ("loop_lag", r"  form of 2.8 MB, refused +([\d.]+)", "{} while a form of 2.8 MB"),
    ("loop_lag", r"  annotate 200 kB in 4 texts +([\d.]+)", "{} while 200 kB of texts"),
    ("start_times", r"serve +ready after ([\d.]+) s", "one process was ready after {} s"),
    ("start_times", r"serve --workers 2 +ready after ([\d.]+) s", "two workers after {} s"),
]


@pytest.mark.parametrize(("name", "pattern", "sentence"), FIGURES)
def test_figure_of_capacity_is_measured(name: str, pattern: str, sentence: str) -> None:
    (figure,) = re.findall(pattern, measured(name))

    assert sentence.format(figure) in " ".join(section("Capacity").split())
