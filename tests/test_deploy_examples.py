"""examples/deploy: what the files start exists, their limits fit together, and their tools take them."""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.main import get_command

from affectgraph.api.cli import app
from affectgraph.api.config import option_kinds, read_config
from affectgraph.api.limits import BODY_LIMIT

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "deploy"
SERVE: Any = get_command(app).commands["serve"]  # type: ignore[attr-defined]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def settings(arguments: list[str]) -> dict[str, Any]:
    """Return what ``serve`` would run with; wrong options end the test."""
    with SERVE.make_context("serve", arguments) as context:
        return dict(context.params)


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in SERVE.params:
        monkeypatch.delenv(f"AFFECTGRAPH_{option.name.upper()}", raising=False)


def test_every_file_is_looked_at() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [
        "Caddyfile",
        "Containerfile",
        "affectgraph.service",
        "affectgraph.toml",
        "compose.yaml",
    ]


# --- settings -------------------------------------------------------------------------------------


def test_settings_are_those_of_serve_and_are_taken() -> None:
    path = FOLDER / "affectgraph.toml"

    found = read_config(path, option_kinds(SERVE))
    chosen = settings(["--config", str(path)])

    assert {name: chosen[name] for name in found} == {
        name: type(chosen[name])(value) for name, value in found.items()
    }
    assert found["keys"] == "/etc/affectgraph/keys.jsonl"
    assert found["host"] == "127.0.0.1"


# --- systemd --------------------------------------------------------------------------------------


def unit() -> dict[str, list[str]]:
    """Return the settings of the unit; each may be given several times."""
    found: dict[str, list[str]] = {}
    for line in text_of("affectgraph.service").splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            found.setdefault(name, []).append(value)
    return found


def test_unit_starts_the_service_with_the_settings_beside_it() -> None:
    (command,) = unit()["ExecStart"]
    program, name, *arguments = shlex.split(command)

    assert (Path(program).name, name) == ("affectgraph", "serve")
    assert arguments == ["--config", "/etc/affectgraph/affectgraph.toml"]
    assert "affectgraph" in PROJECT["scripts"]
    assert unit()["Environment"] == ["AFFECTGRAPH_CACHE=/var/cache/affectgraph"]
    assert unit()["CacheDirectory"] == ["affectgraph"]


def test_unit_waits_for_the_service_to_end_and_stops_it_alone() -> None:
    chosen = read_config(FOLDER / "affectgraph.toml", option_kinds(SERVE))

    assert int(unit()["TimeoutStopSec"][0]) > chosen["drain_seconds"] + chosen["shutdown_grace"]
    assert unit()["KillMode"] == ["mixed"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "affectgraph"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    copy = tmp_path / "affectgraph.service"
    copy.write_text(
        text_of("affectgraph.service").replace("/opt/affectgraph/bin/affectgraph", str(program)),
        encoding="utf-8",
    )

    verified = run("systemd-analyze", "verify", str(copy))
    exposure = run("systemd-analyze", "security", "--offline=true", "--threshold=20", str(copy))

    assert (verified.returncode, verified.stderr + verified.stdout) == (0, "")
    assert exposure.returncode == 0, exposure.stdout


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - tools that read the files of this folder
        command, capture_output=True, text=True, check=False, env={**os.environ, **variables}
    )


# --- containers -----------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile with what follows them, lines put together."""
    lines = [x for x in text_of("Containerfile").splitlines() if not x.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(x.split(" ", 1)[0], x.split(" ", 1)[1]) for x in joined.splitlines() if x]


def of_kind(kind: str) -> list[str]:
    return [rest for name, rest in instructions() if name == kind]


def stages() -> dict[str, str]:
    """Return what each stage starts from."""
    pairs = (re.fullmatch(r"(\S+) AS (\w+)", rest) for rest in of_kind("FROM"))
    return {found[2]: found[1] for found in pairs if found is not None}


def test_image_has_its_targets_on_one_pinned_base() -> None:
    assert {"slim", "cpu", "cuda"} <= set(stages())
    outside = {base for base in stages().values() if base not in stages()}
    (base,) = outside
    version = re.fullmatch(r"docker\.io/library/python:(3\.\d+)-slim-bookworm", base)
    assert version is not None
    assert f"Programming Language :: Python :: {version[1]}" in PROJECT["classifiers"]


def test_every_target_ends_as_a_user_without_rights() -> None:
    stage, user = "", {}
    for name, rest in instructions():
        if name == "FROM":
            stage = rest.rpartition(" ")[2]
        elif name == "USER":
            user[stage] = rest

    assert {name: user[name] for name in ("slim", "cpu", "cuda")} == dict.fromkeys(
        ("slim", "cpu", "cuda"), "10001:10001"
    )


def test_what_is_copied_is_there_and_is_what_a_wheel_is_made_of() -> None:
    copied = [
        source
        for rest in of_kind("COPY")
        if not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]

    assert [name for name in copied if not (ROOT / name).exists()] == []
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.split("/")[0] for path in config["tool"]["setuptools"]["package-dir"].values()}
    assert folders <= set(copied)
    assert set(PROJECT["license-files"]) | {PROJECT["readme"], "setup.py"} <= set(copied)


def test_extras_of_the_targets_exist() -> None:
    named = re.findall(r"\.whl\)\[([\w,]+)\]", text_of("Containerfile"))

    extras = [extra for names in named for extra in names.split(",")]
    assert len(named) == 3
    assert set(extras) <= set(PROJECT["optional-dependencies"])


def test_container_starts_the_service_for_other_machines() -> None:
    (entry,), (command,) = of_kind("ENTRYPOINT"), of_kind("CMD")
    program, (name, *arguments) = json.loads(entry), json.loads(command)

    assert (program, name) == (["affectgraph"], "serve")
    chosen = settings(arguments)
    assert chosen["host"] == "0.0.0.0"  # noqa: S104 - in a container
    assert of_kind("EXPOSE") == [str(chosen["port"])]


class Ready(BaseHTTPRequestHandler):
    """Answers /readyz with the server's status."""

    def do_GET(self) -> None:
        status = self.server.status if self.path == "/readyz" else 404  # type: ignore[attr-defined]
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def probed() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Ready)
    thread = Thread(target=server.serve_forever, args=(0.005,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("status", "is_healthy"), [(200, True), (503, False)])
def test_health_check_asks_whether_the_service_is_ready(
    probed: HTTPServer, status: int, is_healthy: bool
) -> None:
    probed.status = status  # type: ignore[attr-defined]
    (check,) = of_kind("HEALTHCHECK")
    _python, *arguments = json.loads(check.partition(" CMD ")[2])

    found = run(sys.executable, *arguments, AFFECTGRAPH_PORT=str(probed.server_port))

    assert (found.returncode == 0) == is_healthy


# --- compose --------------------------------------------------------------------------------------


def compose() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    found: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))
    return found


def test_variables_of_the_composition_are_options_of_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    variables: dict[str, str] = compose()["services"]["affectgraph"]["environment"]
    kinds = {f"AFFECTGRAPH_{k.parameter.upper()}": k for k in option_kinds(SERVE).values()}

    assert set(variables) <= set(kinds)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    chosen = settings([])
    assert (chosen["rate"], chosen["burst"], chosen["metrics"]) == ("20/s", 60, True)
    assert chosen["drain_seconds"] + chosen["shutdown_grace"] < seconds(
        compose()["services"]["affectgraph"]["stop_grace_period"]
    )


def seconds(period: str) -> int:
    assert period.endswith("s")
    return int(period[:-1])


def test_composition_builds_targets_that_exist_and_closes_the_root() -> None:
    services = compose()["services"]
    built = {name: x for name, x in services.items() if "build" in x}

    assert {name: x["build"]["target"] for name, x in built.items()} == {
        "affectgraph": "slim",
        "reasoner": "cuda",
    }
    for service in built.values():
        context = (FOLDER / service["build"]["context"]).resolve()
        assert context == ROOT
        assert (context / service["build"]["dockerfile"]).is_file()
        assert service["build"]["target"] in stages()
    own = services["affectgraph"]
    assert (own["read_only"], own["cap_drop"]) == (True, ["ALL"])
    assert "ports" not in own, "the proxy alone reaches it"
    assert built["reasoner"]["extends"] == "affectgraph"


def test_command_of_the_composition_is_one_of_serve() -> None:
    name, *arguments = compose()["services"]["reasoner"]["command"]

    assert name == "serve"
    assert settings(arguments)["device"] == "cuda"


def test_volume_with_the_keys_is_a_folder_so_that_a_new_file_is_seen() -> None:
    own = compose()["services"]["affectgraph"]
    folder = Path(own["environment"]["AFFECTGRAPH_KEYS"]).parent

    assert own["volumes"] == [f"../../keys:{folder}:ro"]


# --- the proxy ------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("caddy") is None, reason="needs caddy")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    file = str(FOLDER / "Caddyfile")
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}

    found = run("caddy", "validate", "--adapter", "caddyfile", "--config", file, **home)

    assert found.returncode == 0, found.stderr
    assert "Valid configuration" in found.stderr + found.stdout


def test_proxy_leads_to_the_service_and_lets_its_bodies_through() -> None:
    text = text_of("Caddyfile")
    chosen = read_config(FOLDER / "affectgraph.toml", option_kinds(SERVE))
    port, size = chosen["port"], re.search(r"max_size (\d+)MB", text)

    assert f"127.0.0.1:{port}" in text
    assert size is not None
    assert int(size[1]) * 1_000_000 > BODY_LIMIT
    upstream = compose()["services"]["proxy"]["environment"]["AFFECTGRAPH_UPSTREAM"]
    assert upstream == f"affectgraph:{port}"
