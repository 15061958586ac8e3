"""What ``reason`` writes beside its answers: traces as JSON lines and RDF, and training data."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from affectgraph.api import reason_run
from affectgraph.api.cli_base import BACKEND, FAULTY, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.reasoned import GOOD, SMILE, TWO, WRONG, Start, write
from tests.api.running import lines, run, share_graph
from tests.reasoner.models.chat_server import error, says

MODEL = ("--answer", "free", "--effort", TWO)


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


def read(path: Path) -> list[Any]:
    return lines(path.read_text(encoding="utf-8"))


def test_trace_has_a_line_per_record_also_for_a_bad_one(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    write(path, {"id": "a", "label": "joy"}, {"id": "b"})
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")

    run("reason", path, "--trace", tmp_path / "trace.jsonl", code=FAULTY)

    first, second, third = read(tmp_path / "trace.jsonl")
    assert (first["emotion"], first["stopped"], first["rounds"]) == ("joy", "no_model", [])
    assert "Expected one of the fields text" in second["error"]["message"]
    assert "Expected a JSON object" in third["error"]["message"]


def test_trace_of_one_observation_holds_prompts_drafts_and_verdicts(
    start: Start, tmp_path: Path
) -> None:
    server = start(says(WRONG), says(GOOD))
    trace = tmp_path / "trace.jsonl"

    run("reason", "--aus", json.dumps(SMILE), "--model", server.url, *MODEL, "--trace", trace)

    (found,) = read(trace)
    assert [r["drafts"][0]["answer"] for r in found["rounds"]] == [WRONG, GOOD]
    assert found["rounds"][0]["messages"] == server.asked[0].body["messages"]
    assert found["kept"] == {"round": 2, "draft": 0}


@pytest.mark.parametrize(
    ("ending", "format_"),
    [
        ("trig", RdfFormat.TRIG),
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_trace_in_rdf_has_a_run_per_good_record(
    tmp_path: Path, ending: str, format_: RdfFormat
) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"}, {"id": 2}, {"label": "fear"})
    trace = tmp_path / f"trace.{ending}"

    _, stderr = run("reason", path, "--trace", trace, code=FAULTY)

    quads = list(parse(trace.read_bytes(), format=format_))
    concluded = [q.object.value for q in quads if q.predicate.value.endswith("#concludedConcept")]
    assert sorted(iri.rsplit("/", 1)[1] for iri in concluded) == ["fear", "joy"]
    graphs = {getattr(q.graph_name, "value", "") for q in quads}
    assert graphs == {"https://w3id.org/affectgraph/graph/user/traces" if ending == "trig" else ""}
    assert f"{trace}: 2 runs, 1 records without one" in stderr


def test_digests_keep_observed_words_and_answers_out_of_a_trace(
    start: Start, tmp_path: Path
) -> None:
    path = write(tmp_path / "in.jsonl", {"text": "Agnes was so happy.", "aus": SMILE})
    for ending in ("jsonl", "ttl"):
        trace = tmp_path / f"trace.{ending}"
        model = ("--model", start(says("Agnes. " + GOOD)).url, *MODEL)

        run("reason", path, *model, "--trace", trace, "--digests")

        written = trace.read_text(encoding="utf-8")
        assert "Agnes" not in written
        assert "joy" in written


def test_a_mended_draft_is_a_pair_and_the_kept_one_is_accepted(
    start: Start, tmp_path: Path
) -> None:
    path = write(tmp_path / "in.jsonl", {"aus": SMILE}, {"id": 2})
    pairs, accepted = tmp_path / "pairs.jsonl", tmp_path / "accepted.jsonl"
    model = ("--model", start(says(WRONG), says(GOOD)).url, *MODEL)

    _, stderr = run("reason", path, *model, "--pairs", pairs, "--accepted", accepted, code=FAULTY)

    (pair,), (kept,) = read(pairs), read(accepted)
    assert pair["chosen"] == [{"role": "assistant", "content": GOOD}]
    assert pair["rejected"] == [{"role": "assistant", "content": WRONG}]
    assert kept["completion"] == pair["chosen"]
    assert kept["prompt"] == pair["prompt"]
    assert f"{pairs}: 1 records" in stderr
    assert "left out of training data: 1 run: error" in stderr


def test_stopped_run_has_its_traces_and_the_rest_gets_its_own(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason_run, "CHUNK", 1)
    path = write(tmp_path / "in.jsonl", *({"id": n, "aus": SMILE} for n in range(3)))
    to, first, second = tmp_path / "out.jsonl", tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    server = start(says(WRONG), says(GOOD), says(GOOD), error(401, "expired"))
    model = ("--model", server.url, *MODEL, "--to", to)
    pairs = tmp_path / "pairs.jsonl"

    run("reason", path, *model, "--trace", first, "--pairs", pairs, code=BACKEND)

    assert [found["stopped"] for found in read(first)] == ["clean", "clean"]
    assert len(read(pairs)) == 1

    again = ("--model", start(says(GOOD)).url, *MODEL, "--to", to, "--resume")
    assert "exists" in run("reason", path, *again, "--trace", first, code=USAGE)[1]
    run("reason", path, *again, "--trace", second)

    assert len(read(second)) == 1
    assert [record["id"] for record in read(to)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--trace", "trace.png"], "Expected --trace with a name in .jsonl, .jsonld"),
        (["--pairs", "pairs.ttl", "--model", "x"], "Expected --pairs with a name in .jsonl"),
        (["--accepted", "a.csv", "--model", "x"], "Expected --accepted with a name in .jsonl"),
        (["--pairs", "pairs.jsonl"], "--pairs goes with --model"),
        (["--digests"], "--digests goes with --trace"),
        (["--trace", "/no/such/folder/trace.jsonl"], "Cannot write"),
        (["--trace", "a.jsonl", "--to", "a.jsonl"], "is named twice"),
        (["--trace", "in.jsonl"], "exists"),
    ],
)
def test_files_that_cannot_be_written_are_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in.jsonl", {"label": "joy"})

    stdout, stderr = run("reason", "in.jsonl", *arguments, code=USAGE)

    assert said in stderr
    assert stdout == ""


def test_dry_run_writes_no_trace(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"})

    run("reason", path, "--dry-run", "--trace", tmp_path / "trace.jsonl")

    assert not (tmp_path / "trace.jsonl").exists()


@pytest.mark.parametrize("ending", ["jsonl", "jsonld", "nt", "trig", "ttl"])
def test_run_whose_model_cannot_be_opened_may_be_given_again(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"})
    trace, pairs = tmp_path / f"trace.{ending}", tmp_path / "pairs.jsonl"
    arguments = ("reason", path, "--model", "/no/such/model", "--trace", trace, "--pairs", pairs)

    for _ in range(2):
        _, stderr = run(*arguments, code=BACKEND)
        assert "/no/such/model" in stderr
        assert "runs" not in stderr
        assert (trace.read_bytes(), pairs.read_bytes()) == (b"", b"")
