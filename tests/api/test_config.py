"""Settings of ``serve``: flags, then environment, then file; ``config show`` names each origin."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from affectgraph.api import serving
from affectgraph.api.cli import app
from affectgraph.api.cli_base import USAGE
from affectgraph.api.config import MASK, masked, option_kinds
from affectgraph.kg.graph import EmotionGraph
from tests.api.running import run, share_graph

SERVE: Any = get_command(app).commands["serve"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SERVE.params:
        monkeypatch.delenv(f"AFFECTGRAPH_{name.name.upper()}", raising=False)
    monkeypatch.delenv("AFFECTGRAPH_LLM_API_KEY", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is written by :func:`write`."""
    return tmp_path / "affectgraph.toml"


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def shown(*arguments: object) -> dict[str, tuple[object, str]]:
    """Return value and origin of each setting."""
    found = json.loads(run("config", "show", "--json", *arguments)[0])
    return {setting["name"]: (setting["value"], setting["origin"]) for setting in found}


def refused(*arguments: object) -> str:
    """Return what is said of settings that are refused, on one line."""
    return " ".join(run("config", "show", *arguments, code=USAGE)[1].split())


def test_every_option_of_serve_is_shown_with_its_default() -> None:
    found = shown()

    options = {str(x.opts[0]).removeprefix("--") for x in SERVE.params}
    assert set(found) == options | {"AFFECTGRAPH_LLM_API_KEY"}
    assert {origin for _, origin in found.values()} == {"default"}
    assert (found["port"][0], found["cors-origin"][0]) == (8000, ["*"])


def test_flags_win_over_variables_and_these_over_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, '[serve]\nhost = "a"\nport = 1\nlog-level = "debug"\n')
    monkeypatch.setenv("AFFECTGRAPH_HOST", "b")
    monkeypatch.setenv("AFFECTGRAPH_PORT", "2")

    found = shown("--config", file, "--host", "c")

    assert found["host"] == ("c", "flag")
    assert found["port"] == (2, "environment AFFECTGRAPH_PORT")
    assert found["log-level"] == ("debug", f"file {file}")
    assert found["config"] == (str(file), "flag")
    assert found["metrics"] == (False, "default")


def test_flags_before_the_file_win_over_it_too(file: Path) -> None:
    write(file, "[serve]\nport = 1\n")

    assert shown("--port", 2, "--config", file)["port"] == (2, "flag")


def test_a_variable_names_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, "[serve]\nport = 1\n")
    monkeypatch.setenv("AFFECTGRAPH_CONFIG", str(file))

    assert shown()["port"] == (1, f"file {file}")


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFECTGRAPH_PORT", "")

    assert shown()["port"] == (8000, "default")


def test_what_a_file_turns_on_a_flag_turns_off(file: Path) -> None:
    write(file, "[serve]\nmetrics = true\n")

    assert shown("--config", file)["metrics"][0] is True
    assert shown("--config", file, "--no-metrics")["metrics"] == (False, "flag")


def test_lists_come_from_all_three(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, '[serve]\ncors-origin = ["https://a.example", "https://b.example"]\n')
    both = ["https://a.example", "https://b.example"]

    assert shown("--config", file)["cors-origin"][0] == both
    monkeypatch.setenv("AFFECTGRAPH_CORS_ORIGIN", " ".join(both))
    assert shown()["cors-origin"] == (both, "environment AFFECTGRAPH_CORS_ORIGIN")
    flags = [part for origin in both for part in ("--cors-origin", origin)]
    assert shown(*flags)["cors-origin"] == (both, "flag")


@pytest.mark.parametrize("text", ["", "[serve]\n", "# nothing\n"])
def test_a_file_may_say_nothing(file: Path, text: str) -> None:
    assert shown("--config", write(file, text))["port"] == (8000, "default")


def test_numbers_of_either_kind_may_be_seconds(file: Path) -> None:
    write(file, "[serve]\nllm-wait = 5\nllm-timeout = 2.5\n")

    found = shown("--config", file)

    assert (found["llm-wait"][0], found["llm-timeout"][0]) == (5, 2.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[serve]\nprot = 1\n", "got 'prot'. The nearest is port."),
        ("[serve]\nllm_queue = 1\n", "got 'llm_queue'. The nearest is llm-queue."),
        ("[serve]\nzzzzzz = 1\n", "got 'zzzzzz'. There are host, port, graph"),
        ('[serve]\nconfig = "x"\n', "got 'config'."),
        ("port = 1\n", "Expected the table [serve] alone, got 'port' outside of it."),
        ("[server]\nport = 1\n", "Expected the table [serve] alone, got 'server'"),
        ("serve = 1\n", "Expected the table [serve] alone, got 'serve'"),
        ('[serve]\nport = "1"\n', "Expected port as a whole number, got '1'."),
        ("[serve]\nport = 1.5\n", "Expected port as a whole number, got 1.5."),
        ("[serve]\nport = true\n", "Expected port as a whole number, got True."),
        ("[serve]\nhost = 1\n", "Expected host as a text, got 1."),
        ("[serve]\nmetrics = 1\n", "Expected metrics as true or false, got 1."),
        ('[serve]\nllm-wait = "5"\n', "Expected llm-wait as a number, got '5'."),
        ("[serve]\nllm-wait = true\n", "Expected llm-wait as a number, got True."),
        ('[serve]\ncors-origin = "*"\n', "Expected cors-origin as a list, each a text, got '*'."),
        ("[serve]\ncors-origin = [1]\n", "Expected cors-origin as a list, each a text, got [1]."),
        ("[serve]\nhost = [1]\n", "Expected host as a text, got [1]."),
        ("[serve]\nport = 1\nport = 2\n", "Expected a TOML file at"),
        ("[serve\n", "Expected a TOML file at"),
    ],
)
def test_a_file_with_a_wrong_name_or_value_is_refused(file: Path, text: str, said: str) -> None:
    assert said in refused("--config", write(file, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 70000", "--port"),
        ('log-format = "xml"', "--log-format"),
        ("drain-seconds = -1", "--drain-seconds"),
    ],
)
def test_values_of_a_file_are_held_to_the_bounds_of_options(
    file: Path, text: str, said: str
) -> None:
    assert said in refused("--config", write(file, f"[serve]\n{text}\n"))


def test_a_file_that_is_not_there_or_no_text_is_refused(file: Path) -> None:
    assert "Expected a TOML file at" in refused("--config", file)
    file.write_bytes(b"\xff\xfe")
    assert "Expected a TOML file at" in refused("--config", file)
    assert "Expected a TOML file at" in refused("--config", file.parent)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "601", "x"])
def test_seconds_to_drain_have_bounds(value: str) -> None:
    assert "--drain-seconds" in refused("--drain-seconds", value)


def test_a_wrong_variable_or_flag_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--prot" in refused("--prot", 1)
    monkeypatch.setenv("AFFECTGRAPH_PORT", "many")
    assert "--port" in refused()


def test_secrets_are_masked_in_both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFECTGRAPH_LLM_API_KEY", "sk-secret")
    monkeypatch.setenv("AFFECTGRAPH_GRAPH", "https://me:sk-secret@example.org/sparql?key=sk-secret")

    text, _ = run("config", "show")

    assert shown()["AFFECTGRAPH_LLM_API_KEY"] == (MASK, "environment AFFECTGRAPH_LLM_API_KEY")
    assert f"https://{MASK}@example.org/sparql?{MASK}" in text
    assert "sk-secret" not in text
    assert "sk-secret" not in run("config", "show", "--json")[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://example.org/sparql", "https://example.org/sparql"),
        ("https://me@example.org:8443/x", f"https://{MASK}@example.org:8443/x"),
        (["https://a:b@c"], [f"https://{MASK}@c"]),
        ("https://me:pw@[example.org", MASK),  # no address
        ("/srv/a?b@c", "/srv/a?b@c"),
        (None, None),
        (5, 5),
    ],
)
def test_addresses_alone_are_masked(value: object, expected: object) -> None:
    assert masked(value) == expected


def test_text_is_a_line_a_setting() -> None:
    lines = run("config", "show", "--port", 9000)[0].splitlines()

    assert lines[0].split() == ["host", "127.0.0.1", "default"]
    assert lines[1].split() == ["port", "9000", "flag"]
    assert "device not set default" in [" ".join(line.split()) for line in lines]
    assert len({line.index(line.split()[1]) for line in lines}) == 1


def test_every_option_has_a_kind_a_file_may_give() -> None:
    kinds = option_kinds(SERVE)

    assert kinds["llm-queue"].types == (int,)
    assert kinds["llm-wait"].types == (int, float)
    assert (kinds["cors-origin"].types, kinds["cors-origin"].is_list) == ((str,), True)
    assert (kinds["metrics"].types, kinds["metrics"].parameter) == ((bool,), "metrics")
    assert kinds["log-format"].types == (str,)
    assert "config" not in kinds


# --- serve ----------------------------------------------------------------------------------------


def test_serve_runs_with_what_the_file_says(
    file: Path, monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    share_graph(monkeypatch, graph)
    calls: list[Any] = []
    monkeypatch.setattr(serving, "run", lambda *handed: calls.append(handed))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    write(
        file,
        f'[serve]\nport = {port}\nroot-path = "/kg"\nforwarded-allow-ips = "10.0.0.1"\nmetrics = true\n'
        'log-format = "json"\nlog-level = "warning"\nlog-client = true\ndrain-seconds = 5\n'
        'cors-origin = ["https://a.example"]\n',
    )

    _, said = run("serve", "--config", file)

    ((service, listening),) = calls
    assert listening == serving.Serving(
        "127.0.0.1",
        port,
        root_path="/kg",
        forwarded_allow_ips="10.0.0.1",
        log_format="json",
        log_level="warning",
        drain_seconds=5,
    )
    assert "/metrics" in {getattr(route, "path", None) for route in service.routes}
    assert said == "", "JSON lines alone stand on stderr"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--root-path", "kg", "starts with a slash"),
        ("--root-path", "/kg/", "ends without one"),
        ("--root-path", "/a//b", "starts with a slash"),
        ("--root-path", '/"><script>', "starts with a slash"),
        ("--cors-origin", "https://a.example/", "without a path"),
        ("--cors-origin", "a.example", "an origin as browsers send it"),
        ("--cors-origin", "ftp://a.example", "an origin as browsers send it"),
        ("--cors-origin", "https://*.example", "an origin as browsers send it"),
        ("--forwarded-allow-ips", "10.0.0.5/8", "10.0.0.5/8 has host bits set"),
        ("--forwarded-allow-ips", "10.0.0.1,proxy", "'proxy'"),
        ("--forwarded-allow-ips", "10.0.0.1,*", "or * alone"),
        ("--forwarded-allow-ips", "10.0.0.1,", "addresses or networks"),
        ("--forwarded-allow-ips", "10.0.0.0/33", "10.0.0.0/33"),
    ],
)
def test_a_path_origin_or_proxy_that_would_never_match_is_refused(
    option: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    share_graph(monkeypatch, graph)
    monkeypatch.setattr(serving, "run", lambda *handed: pytest.fail("It was run."))

    assert said in " ".join(run("serve", option, value, code=USAGE)[1].split())


def test_variables_of_a_remote_store_are_shown_where_they_are_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AFFECTGRAPH_STORE_DIALECT", "virtuoso")
    monkeypatch.setenv("AFFECTGRAPH_STORE_TOKEN", "s3cret")

    found = shown()

    named = "AFFECTGRAPH_STORE_DIALECT"
    assert found[named] == ("virtuoso", f"environment {named}")
    assert found["AFFECTGRAPH_STORE_TOKEN"] == ("********", "environment AFFECTGRAPH_STORE_TOKEN")
    assert not any(name.startswith("AFFECTGRAPH_STORE_LOOKUPS") for name in found)
