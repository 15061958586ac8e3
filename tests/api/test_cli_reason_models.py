"""``reason`` over a file with a model: batches, failures, Ctrl+C, and how fast it says it is."""

import re
from itertools import count
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from affectgraph.api import reason_run
from affectgraph.api.cli_base import BACKEND, FAULTY
from affectgraph.api.record_files import Line
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
from affectgraph.reasoner.models import ScriptedModel
from affectgraph.reasoner.models.server.errors import ModelServerError
from tests.api.reasoned import AUS, GOOD, ONE, SMILE, TWO, WRONG, Start, ask, interrupted, write
from tests.api.running import lines, run, share_graph
from tests.reasoner.models.chat_server import Asked, Sent, error, says


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


def test_records_are_asked_about_at_once(start: Start, tmp_path: Path) -> None:
    together = Barrier(4)

    def reply(asked: Asked) -> Sent:
        together.wait(60)  # breaks, and with it the test, unless all four requests are under way
        return says(GOOD, usage=(10, 5))(asked)

    path = write(tmp_path / "in.jsonl", *[{"aus": SMILE}] * 4)

    stdout, stderr = ask(start(reply), path, "--effort", ONE, "--progress")

    assert [r["affectgraph"]["stopped"] for r in lines(stdout)] == ["clean"] * 4
    assert "ended: 4 clean\ntokens: 40 of prompts, 20 of answers" in stderr
    assert re.search(r"4 records, \d+\.\d records/s, \d+\.\d answer tokens/s", stderr)


def test_record_that_the_model_refuses_costs_no_other(start: Start, tmp_path: Path) -> None:
    def reply(asked: Asked) -> Sent:
        is_long = "angry" in asked.body["messages"][1]["content"].rsplit("Observed text:")[1]
        return (error(400, "context too long") if is_long else says(GOOD))(asked)

    texts = ("so happy", "so angry", "so happy")
    path = write(tmp_path / "in.jsonl", *({"text": text, "aus": SMILE} for text in texts))

    stdout, stderr = ask(start(reply), path, "--effort", ONE, code=FAULTY)

    first, second, third = (r["affectgraph"] for r in lines(stdout))
    assert first["stopped"] == third["stopped"] == "clean"
    assert second["error"]["line"] == 2
    assert "context too long" in second["error"]["message"]
    assert "3 records, 1 bad" in stderr


def test_record_that_is_cut_short_is_kept_and_fails_the_run(start: Start, tmp_path: Path) -> None:
    server = start(says(WRONG), error(400, "context too long"))

    stdout, stderr = ask(
        server, write(tmp_path / "in.jsonl", {"aus": SMILE}), "--effort", TWO, code=FAULTY
    )

    (found,) = lines(stdout)
    assert found["affectgraph"]["rationale"] == WRONG
    assert "context too long" in found["affectgraph"]["error"]["detail"]
    assert "ended: 1 model failed" in stderr


def test_failure_that_all_would_meet_ends_the_run_and_is_resumed(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason_run, "CHUNK", 1)
    path = write(tmp_path / "in.jsonl", *({"id": n, "aus": SMILE} for n in range(4)))
    to = tmp_path / "out.jsonl"
    server = start(says(GOOD), says(GOOD), error(401, "expired"))

    _, stderr = ask(server, path, "--to", to, "--effort", ONE, code=BACKEND)

    assert [r["id"] for r in lines(to.read_text(encoding="utf-8"))] == [0, 1]
    assert "stopped at line 3; what was answered before it is kept" in stderr
    assert "ended: 2 clean" in stderr
    assert "affectgraph: http: the server answered 401" in stderr
    assert len(server.asked) == 3  # the fourth record is not tried

    ask(start(says(GOOD)), path, "--to", to, "--effort", ONE, "--resume")

    assert [r["id"] for r in lines(to.read_text(encoding="utf-8"))] == [0, 1, 2, 3]


def test_chunk_in_which_all_fail_ends_the_run(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason_run, "CHUNK", 2)
    path = write(tmp_path / "in.jsonl", *[{"aus": SMILE}] * 5)
    server = start(says(GOOD), says(GOOD), error(400, "broken"))

    stdout, stderr = ask(server, path, "--effort", ONE, code=BACKEND)

    assert len(lines(stdout)) == 2
    assert "stopped at line 3" in stderr
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("outcomes", "place"),
    [
        ([ModelServerError("x", kind="refused")], None),
        ([ModelServerError("x", kind="timeout"), InputError("x")], None),
        ([InputError("x"), ModelServerError("x", kind="rate_limited")], 1),
        ([ModelServerError("x", kind="refused"), ModelServerError("x", kind="unreachable")], 1),
        ([BackendError("x", backend="y", retryable=False)] * 2, 0),
        ([InputError("x"), InputError("x")], None),
        ([MissingExtraError("llm", feature="x")], 0),
    ],
)
def test_failures_end_a_run_or_are_the_records_own(outcomes: list[Any], place: int | None) -> None:
    found = reason_run.ending_failure(outcomes, chunk=2)

    assert found is (None if place is None else outcomes[place])


def test_stopping_by_hand_keeps_whole_chunks_and_closes_the_model(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    closed: list[str] = []

    class Interrupted(ScriptedModel):
        def close(self) -> None:
            closed.append(self.name)

    calls = count(1)
    reason_many = Reasoner.reason_many

    def interrupted(self: Reasoner, observations: Any) -> Any:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return reason_many(self, observations)

    monkeypatch.setattr(Reasoner, "reason_many", interrupted)
    monkeypatch.setattr(reason_run, "CHUNK", 2)
    monkeypatch.setattr(
        "affectgraph.reasoner.models.open_model", lambda *a, **k: Interrupted(lambda r: GOOD)
    )
    path = write(tmp_path / "in.jsonl", *({"id": n, "aus": SMILE} for n in range(4)))
    to = tmp_path / "out.jsonl"

    arguments = ("--model", "any", "--answer", "free", "--effort", ONE, "--to", to)
    _, stderr = run("reason", path, *arguments, code=130)

    assert [r["id"] for r in lines(to.read_text(encoding="utf-8"))] == [0, 1]
    assert closed
    assert "ended: 2 clean" in stderr


def test_ctrl_c_does_not_wait_for_the_answer_about_one_observation(
    start: Start,
) -> None:
    arrived, gate = Event(), Event()

    def reply(asked: Asked) -> Sent:
        arrived.set()
        gate.wait(200)
        return says(GOOD)(asked)

    code, stderr = interrupted(arrived, gate, "--aus", AUS, "--model", start(reply).url)

    assert code == 130
    assert b"Traceback" not in stderr


def test_ctrl_c_does_not_wait_for_the_server_and_keeps_whole_chunks(
    start: Start, tmp_path: Path
) -> None:
    arrived, gate, numbers = Event(), Event(), count(1)

    def reply(asked: Asked) -> Sent:
        if next(numbers) > reason_run.CHUNK:
            arrived.set()
            gate.wait(200)
        return says(GOOD)(asked)

    size = reason_run.CHUNK + 2
    path = write(tmp_path / "in.jsonl", *({"id": n, "aus": SMILE} for n in range(size)))
    to = tmp_path / "out.jsonl"
    model = ("--model", start(reply).url, "--answer", "free")
    code, stderr = interrupted(arrived, gate, path, *model, "--to", to)

    assert code == 130
    assert [r["id"] for r in lines(to.read_text(encoding="utf-8"))] == [*range(reason_run.CHUNK)]
    assert b"Traceback" not in stderr


def test_pace_is_of_this_run_by_its_clock(graph: EmotionGraph) -> None:
    ticks = iter([10.0, 14.0, 14.0])
    settings = ReasonSettings(answer="free", effort=Effort(rounds=1, drafts=1))
    reasoner = Reasoner(graph, ScriptedModel(lambda request: GOOD), settings=settings)
    made = reason_run.ReasonRun(reasoner, "text", 0, clock=lambda: next(ticks))

    (found,) = made.answer([{"aus": SMILE}])
    made.written(Line(1, "", {"aus": SMILE}), found)

    # GOOD has 9 words, a token each; 2 records in 4 seconds.
    assert made.pace(2) == "0.5 records/s, 2.2 answer tokens/s"
    made.reasoner = Reasoner(graph)
    assert made.pace(8) == "2.0 records/s"
