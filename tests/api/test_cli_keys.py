"""The commands ``keys``, and ``serve`` with keys and limits."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from affectgraph.api import serving
from affectgraph.api.cli_base import USAGE
from affectgraph.api.key_file import read_keys
from affectgraph.api.keys import is_token
from affectgraph.kg.graph import EmotionGraph
from tests.api.running import run, share_graph


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def said(*arguments: object, code: int) -> str:
    """Return what is said on stderr, on one line."""
    return " ".join(run(*arguments, code=code)[1].replace("│", " ").split())


def create(path: Path, *options: object) -> str:
    """Make a key and return its token."""
    return run("keys", "create", "--keys", path, *options)[0].strip()


def test_token_stands_on_stdout_alone_and_what_it_is_on_stderr(path: Path) -> None:
    out, err = run("keys", "create", "--keys", path, "--name", "lab", "--expires", "2999-01-31")

    (key,) = read_keys(path)
    assert is_token(out.rstrip("\n"))
    assert err == f"Key {key.id} for lab: read; expires 2999-01-31T00:00:00Z. Its token is:\n"
    assert (key.scopes, key.name) == (("read",), "lab")


def test_scopes_may_be_repeated_and_stand_in_one_order(path: Path) -> None:
    create(path, "--name", "a", "--scope", "write", "--scope", "llm", "--scope", "write")

    assert read_keys(path)[0].scopes == ("write", "llm")


def test_list_shows_keys_without_tokens(path: Path) -> None:
    tokens = [
        create(path, "--name", "lab", "--scope", "llm"),
        create(path, "--name", "old", "--expires", "2999-01-01"),
    ]
    run("keys", "revoke", "--keys", path, "lab")

    text = run("keys", "list", "--keys", path)[0]
    data = json.loads(run("keys", "list", "--keys", path, "--json")[0])

    rows = [line.split() for line in text.splitlines()]
    assert rows[0] == ["id", "name", "scopes", "created", "state"]
    assert [row[1:3] + row[4:5] for row in rows[1:]] == [
        ["lab", "llm", "revoked"],
        ["old", "read", "expires"],
    ]
    assert [(x["name"], x["valid"], x["revoked"] is None) for x in data] == [
        ("lab", False, False),
        ("old", True, True),
    ]
    digests = [key.digest for key in read_keys(path)]
    for secret in (*tokens, *digests):
        assert secret not in text + json.dumps(data)


def test_revoked_key_is_named_with_its_id(path: Path) -> None:
    create(path, "--name", "lab")
    (key,) = read_keys(path)

    assert run("keys", "revoke", "--keys", path, key.id)[0] == f"Revoked key {key.id} of lab.\n"
    assert "Expected name or id of a key in use (none)" in said(
        "keys", "revoke", "--keys", path, "lab", code=USAGE
    )


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--name", "a", "--scope", "root"], "Expected --scope out of read, write, llm, admin"),
        (["--name", "a b"], "Expected a name"),
        (["--name", "a", "--expires", "soon"], "ISO 8601"),
        (["--name", "a", "--expires", "2001-01-01"], "a time to come"),
    ],
)
def test_key_that_cannot_be_is_not_made(path: Path, options: list[str], part: str) -> None:
    assert part in said("keys", "create", "--keys", path, *options, code=USAGE)
    assert not path.exists()


def test_file_may_stand_in_the_variable_that_serve_reads(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFECTGRAPH_KEYS", str(path))

    run("keys", "create", "--name", "lab")

    assert "lab" in run("keys", "list")[0]
    shown = json.loads(run("config", "show", "--json")[0])
    assert {"name": "keys", "value": str(path), "origin": "environment AFFECTGRAPH_KEYS"} in shown


def test_list_of_a_file_that_is_not_there_is_refused(path: Path) -> None:
    assert "Expected a file of keys" in said("keys", "list", "--keys", path, code=USAGE)


# --- serve ----------------------------------------------------------------------------------------


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> list[Any]:
    """What is handed to the web server, which does not start."""
    share_graph(monkeypatch, graph)
    found: list[Any] = []
    monkeypatch.setattr(serving, "run", lambda *given: found.extend(given))
    return found


def serve(*options: object, code: int = 0) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return " ".join(run("serve", "--port", port, *options, code=code)[1].split())


def test_serve_takes_keys_and_limits(handed: list[Any], path: Path) -> None:
    token = create(path, "--name", "lab")
    config = path.with_name("affectgraph.toml")
    config.write_text(
        f'[serve]\nkeys = "{path}"\nread = "key"\nrate = "30/min"\nburst = 2\nllm-rate = "5/h"\n',
        encoding="utf-8",
    )

    serve("--config", config, "--shutdown-grace", 45)

    app: FastAPI = handed[0]
    assert handed[1].grace_seconds == 45
    with TestClient(app) as client:
        bearer = {"authorization": f"Bearer {token}"}
        assert client.get("/v1/version").status_code == 401
        answer = client.get("/v1/version", headers=bearer)
    assert (answer.status_code, answer.headers["ratelimit-policy"]) == (200, '"default";q=2;w=4')


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--read", "key"], "Expected keys where read needs one, got none. Add --keys FILE."),
        (["--llm", "key"], "Expected keys where llm needs one"),
        (["--keys", "no/such/file"], "Expected a file of keys at no/such/file"),
        (["--rate", "often"], "a rate such as 20/s"),
        (["--burst", "5"], "Expected --rate with --burst, got none."),
        (["--llm-burst", "5"], "Expected --llm-rate with --llm-burst, got none."),
        (["--rate", "5/s", "--burst", "0"], "Invalid value for '--burst'"),
        (["--read", "some"], "Invalid value for '--read'"),
    ],
)
def test_serve_refuses_what_cannot_be_kept(
    handed: list[Any], options: list[str], part: str
) -> None:
    assert part in serve(*options, code=USAGE)
    assert handed == []
