"""Envelopes at the edges: the command line and REST."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.kg.graph import EmotionGraph

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
RECORD = {"label": "remorse", "scheme": "goemotions", "vad": [-0.6, 0.1, -0.4], "item": "post-1"}


@pytest.fixture(autouse=True)
def one_graph(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    """Let commands use the suite's graph where they would load the packaged one."""
    monkeypatch.setattr(EmotionGraph, "load", classmethod(lambda cls, location=None: graph))


def run(*arguments: str, text: str | None = None) -> Any:
    return CliRunner().invoke(app, ["envelope", *arguments], input=text)


def post(client: TestClient, body: Any) -> Any:
    return client.post("/v1/envelope", json=body)


# --- the command ----------------------------------------------------------------------------------


def test_predictions_become_one_document_with_losses_on_stderr() -> None:
    done = run("-", text=json.dumps(RECORD) + "\n")

    assert done.exit_code == 0
    assert done.stdout.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert '<category name="sadness"' in done.stdout
    assert "loss: observations[0].episodes[0].concepts: big6 has nothing for" in done.stderr
    assert done.stderr.endswith("1 records, 2 losses, 0 bad\n")


def test_bad_lines_are_said_and_the_good_ones_written() -> None:
    lines = [
        json.dumps(RECORD),
        "{",
        json.dumps({"label": "table"}),
        json.dumps({"vad": [0, 0, 0]}),
    ]
    done = run("-", "--to", "rdf", text="\n".join(lines))

    assert done.exit_code == 1
    assert "line 2: Expected a JSON object" in done.stderr
    assert "line 3: The graph knows no emotion word" in done.stderr
    assert done.stderr.endswith("2 records, 0 losses, 2 bad\n")
    assert "ag:episodeValence" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "onyx"], "onyx:hasEmotionCategory emotion:remorse"),
        (["--to", "onyx", "--categories", "big6", "--format", "ntriples"], "big6_sadness"),
        (["--to", "onyx", "--format", "jsonld"], '"@id"'),
        (["--categories", "occ-categories"], '<category name="remorse"'),
        (["--dimensions", "fsre-dimensions"], '<dimension name="potency"'),
    ],
)
def test_options_choose_the_document(arguments: list[str], words: str) -> None:
    done = run("-", *arguments, text=json.dumps(RECORD))

    assert done.exit_code == 0, done.stderr
    assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--to", "pdf"], 2, "Expected an envelope of emotionml, onyx, rdf, got 'pdf'"),
        (["--to", "rdf", "--categories", "big6"], 2, "Expected no categories with rdf"),
        (["--format", "turtle"], 2, "Expected no format with emotionml"),
        (["--categories", "big7"], 3, "Nearest: big6"),
        (["--scheme", "nope"], 3, "a label scheme"),
    ],
)
def test_wrong_use_is_refused(arguments: list[str], code: int, words: str) -> None:
    done = run("-", *arguments, text=json.dumps(RECORD))

    assert done.exit_code == code
    assert words in done.stderr
    assert done.stdout == ""


def test_missing_file_is_refused() -> None:
    assert run("no-such.jsonl").exit_code == 2


def test_example_predictions_are_written_as_far_as_they_name_an_emotion() -> None:
    done = run(str(EXAMPLES / "predictions.jsonl"), "--to", "onyx")

    bad = {int(n) for n in re.findall(r"^line (\d+): ", done.stderr, re.MULTILINE)}
    lines = (EXAMPLES / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        expected = (json.loads(line)["expect"] or {}).get("ground")
        if expected is not None:
            assert (number in bad) == (expected["status"] in {"ambiguous", "nil"}), line
    assert f"{len(lines) - len(bad)} records, " in done.stderr
    assert len(bad) < 20


# --- REST -----------------------------------------------------------------------------------------


def test_service_gives_the_document_with_its_losses(client: TestClient) -> None:
    found = post(client, {"records": [RECORD]}).json()

    assert found["media_type"] == "application/emotionml+xml"
    assert found["content"] == run("-", text=json.dumps(RECORD)).stdout.rstrip("\n") + "\n"
    assert [loss["field"] for loss in found["losses"]] == ["concepts", "concepts"]


def test_service_takes_observations(client: TestClient) -> None:
    told = {
        "episodes": [{"concepts": [{"concept": "joy"}]}, {"concepts": [{"concept": "sadness"}]}]
    }
    found = post(client, {"records": [told], "to": "rdf", "format": "ntriples"}).json()

    assert found["losses"] == []
    assert found["content"].count("ontology#hasEpisode") == 2


@pytest.mark.parametrize(
    ("body", "status", "kind", "words"),
    [
        ({"records": []}, 422, "validation", "records"),
        ({"records": [5]}, 422, "validation", "records"),
        ({"records": [RECORD], "to": "pdf"}, 422, "validation", "to"),
        ({"records": [RECORD], "mood": 1}, 422, "validation", "mood"),
        ({"records": [RECORD, {}]}, 422, "input", "records[1]: Expected episodes"),
        ({"records": [RECORD], "categories": "big7"}, 404, "unknown-term", "big6"),
        ({"records": [{"label": "joy", "scheme": "x"}]}, 404, "unknown-term", "scheme"),
        ({"records": [{"vad": [0, 0, 0], "agent": "\x00"}]}, 422, "input", "XML allows"),
    ],
)
def test_bad_request_is_refused(
    client: TestClient, body: Any, status: int, kind: str, words: str
) -> None:
    response = post(client, body)

    assert response.status_code == status, response.text
    found = response.json()
    assert found["type"] == f"https://w3id.org/affectgraph/problem/{kind}"
    assert words in response.text
