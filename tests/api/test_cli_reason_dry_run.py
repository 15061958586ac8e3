"""``reason --dry-run``: what a run would take, counted without a model."""

import json
from pathlib import Path

import pytest

from affectgraph.api.cli_base import FAULTY
from affectgraph.kg.graph import EmotionGraph
from tests.api.reasoned import GOOD, Start, ask, write
from tests.api.running import run, share_graph
from tests.reasoner.models.chat_server import says


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


SURPRISE_OR_FEAR = {"aus": {"AU01": 0.9, "AU02": 0.9, "AU05": 0.9, "AU26": 0.9}}


def test_dry_run_counts_without_asking_a_model(start: Start, tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"}, {"id": 2}, {"text": "Brown."})
    to = tmp_path / "out.jsonl"
    server = start(says(GOOD))
    effort = '{"rounds": 3, "drafts": 2, "max_tokens": 500}'

    stdout, _ = ask(
        server, path, "--dry-run", "--to", to, "--effort", effort, "--json", code=FAULTY
    )

    found = json.loads(stdout)
    assert (found["records"], found["bad"], found["errors"][0]["line"]) == (3, 1, 2)
    assert (found["clear"], found["medium"], found["open"]) == (1, 0, 1)
    assert found["least"]["calls"] == 2 * 2
    assert found["most"]["calls"] == 2 * 2 * 3
    assert found["least"]["answer_tokens"] == 4 * 500
    assert found["most"]["answer_tokens"] == 12 * 500
    # Each of 2 revisions holds the prompt again, and draft and feedback of 500 tokens, for 4 drafts.
    least = found["least"]["prompt_tokens"]
    assert found["most"]["prompt_tokens"] == 3 * least + 2 * 4 * 2 * 500
    assert server.asked == []
    assert not to.exists()


def test_dry_run_goes_by_ambiguity_where_no_effort_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"}, SURPRISE_OR_FEAR, {"text": "Brown."})

    text, _ = run("reason", path, "--dry-run", "--model", "http://127.0.0.1:9/v1")

    rows = text.splitlines()
    assert rows[0] == "3 records: 1 clear, 1 medium, 1 open, 0 bad"
    # Drafts of a round times rounds, by the table in docs/reasoning.md: 1 x 1, 2 x 2 and 3 x 3.
    assert [row.split()[:2] for row in rows[2:4]] == [["least", "6"], ["most", "14"]]
    assert "style three-section" in text


def test_dry_run_shows_twenty_bad_records_and_counts_the_others() -> None:
    text, stderr = run("reason", "-", "--dry-run", "--progress", stdin=b"[]\n" * 256, code=FAULTY)

    assert text.startswith("256 records: 0 clear, 0 medium, 0 open, 256 bad\n")
    assert text.count("Expected a JSON object, got list.") == 20
    assert text.endswith("236 more bad records\n")
    assert stderr == "256 records\n"


def test_dry_run_of_nothing_counts_nothing() -> None:
    found = json.loads(run("reason", "-", "--dry-run", "--json")[0])

    assert (found["records"], found["most"]["calls"]) == (0, 0)
