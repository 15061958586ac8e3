"""``reason``: one observation or a file, with a model behind a server of this process or without."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from affectgraph.api import reason_run
from affectgraph.api.cli_base import BACKEND, FAULTY, UNKNOWN, USAGE
from affectgraph.api.record_files import Line
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
from affectgraph.reasoner.models import ScriptedModel
from affectgraph.reasoner.models.server.errors import ModelServerError
from affectgraph.reasoner.prompt_styles import load_style
from tests.api.running import lines, run, share_graph
from tests.reasoner.models.chat_server import Asked, ChatServer, Reply, Sent, error, says

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU20_r": 0.0}
AUS = json.dumps(SMILE)
GOOD = "AU6 and AU12 suggest joy. Overall, this is joy."
WRONG = "AU6 and AU12 suggest joy. AU20 is the nostril flare. Overall, this is joy."
ONE = '{"rounds": 1, "drafts": 1}'
INTERRUPTIBLE = """
import signal
from affectgraph.api.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell may have set to be ignored
main()
"""
TWO = '{"rounds": 2, "drafts": 1}'


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


@pytest.fixture
def start() -> Iterator[Callable[..., ChatServer]]:
    servers: list[ChatServer] = []

    def make(*replies: Reply) -> ChatServer:
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def ask(server: ChatServer, *arguments: object, **expected: Any) -> tuple[str, str]:
    """Return what ``reason`` writes with a model behind a server that answers in plain text."""
    return run("reason", *arguments, "--model", server.url, "--answer", "free", **expected)


# --- one observation ------------------------------------------------------------------------------


def test_graph_reasons_alone_in_words() -> None:
    text, _ = run("reason", "--aus", AUS, "--text", "I was devastated.")

    rows = text.splitlines()
    assert rows[0] == "joy (score 1.00)"
    assert "  AU6 and AU12 suggest joy. [AU6 and AU12 expresses joy, by emfacs (prototype)]" in rows
    assert (
        "  AU6 is the cheek raiser. [py-feat]" in rows
    )  # its fact says the same: the source alone
    assert [row.split()[1] for row in rows if re.match(r"0\.\d\d ", row)][:2] == ["joy", "shock"]
    assert "0 contradicted" in text
    assert "no model: the graph reasoned alone" in rows
    assert "do not establish what a person feels" in rows[-1]
    assert "tokens:" not in text


def test_one_observation_is_answered_as_json_with_so_many_facts() -> None:
    found = json.loads(run("reason", "--aus", AUS, "--facts", "3", "--json")[0])

    assert found["emotion"]["slug"] == "joy"
    assert found["stopped"] == "no_model"
    assert len(found["evidence"]["facts"]) == 3
    assert found["evidence"]["facts"][0]["triples"][0]["source"] == "emfacs"
    assert found["evidence"]["touched"] > 400


def test_what_the_graph_does_not_decide_stays_undetermined() -> None:
    text, _ = run("reason", "--text", "The table is brown.")

    assert text.startswith("undetermined (score 0.00)")
    assert "The graph knows nothing of what was observed." in text


def test_label_and_point_are_evidence(graph: EmotionGraph) -> None:
    mean = graph.vad("sadness")[0].mean
    point = json.dumps([mean.valence, mean.arousal, mean.dominance])

    text, _ = run("reason", "--label", "sad", "--scheme", "iemocap-6", "--vad", point)

    assert text.startswith("sadness")
    assert re.search(r"sadness +.*label 1\.00", text)
    assert "vad 0." in text


def test_model_is_told_what_fails_and_its_revision_is_kept(
    start: Callable[..., ChatServer],
) -> None:
    server = start(says(WRONG, usage=(100, 20)), says(GOOD, usage=(150, 10)))

    text, _ = ask(server, "--aus", AUS, "--effort", TWO, "--style", "three-hop")

    assert "joy (score 1.00)" in text
    assert "clean: nothing in the draft is contradicted" in text
    assert "model tiny-chat, style three-hop: round 2 of 2 kept, 2 drafts" in text
    assert "tokens: 250 of prompts, 30 of answers" in text
    assert "nostril flare is AU38" in server.asked[1].body["messages"][-1]["content"]


def test_contradictions_that_are_left_are_shown_with_hints(
    start: Callable[..., ChatServer],
) -> None:
    text, _ = ask(start(says(WRONG)), "--aus", AUS, "--effort", ONE)

    assert "budget: no round was left" in text
    assert "  contradicted: AU20 is the lip stretcher, but 'nostril flare' names AU38" in text
    assert "AU20 is the lip stretcher; nostril flare is AU38." in text


def test_a_model_cannot_steer_the_terminal(start: Callable[..., ChatServer]) -> None:
    server = start(says(f"\x1b[2J\x07{GOOD} \u202e"))

    text, _ = ask(server, "--aus", AUS, "--effort", ONE)

    assert f"  \ufffd[2J\ufffd{GOOD} \ufffd\n" in text


def test_failure_after_a_draft_keeps_the_draft_and_says_so(
    start: Callable[..., ChatServer],
) -> None:
    server = start(says(WRONG), error(400, "context too long"))

    text, _ = ask(server, "--aus", AUS, "--effort", TWO, code=BACKEND)

    assert text.startswith("joy (score 0.47)")  # as docs/reasoning.md has it for such a draft
    assert "model_failed: the model failed, and what came before it is kept" in text
    assert "error: http: the server answered 400: context too long" in text


def test_failure_before_any_draft_is_the_only_answer(start: Callable[..., ChatServer]) -> None:
    stdout, stderr = ask(start(error(401, "no key")), "--aus", AUS, code=BACKEND)

    assert stdout == ""
    assert "AFFECTGRAPH_LLM_API_KEY" in stderr


def test_claim_with_a_named_verdict_fails_the_run(start: Callable[..., ChatServer]) -> None:
    arguments = ("--aus", AUS, "--effort", ONE, "--fail-on", "contradicted")

    _, stderr = ask(start(says(WRONG)), *arguments, code=FAULTY)

    assert "failed: 1 claims of 1 records are contradicted" in stderr
    assert "failed" not in ask(start(says(GOOD)), *arguments)[1]


def test_tones_prompts_and_seed_reach_the_model(
    start: Callable[..., ChatServer], tmp_path: Path
) -> None:
    style = "## system\nMine. $form\n## user\n$facts $emotions $channels $text\n## revision\n"
    (tmp_path / "mine.txt").write_text(style + "$tone $failures\n", encoding="utf-8")
    server = start(says(WRONG))

    ask(
        server,
        *("--aus", AUS, "--prompts", tmp_path, "--style", "mine", "--feedback", "joy, fear"),
        *("--effort", '{"rounds": 2, "drafts": 2}', "--seed", 7),
    )

    bodies = [asked.body for asked in server.asked]
    assert bodies[0]["messages"][0]["content"].startswith("Mine. ")
    assert load_style().tones["joy"] in bodies[2]["messages"][-1]["content"]
    # The second draft of each round of two is a sample: 7 + 1, and 7 + 2 + 1.
    assert sorted(body["seed"] for body in bodies if "seed" in body) == [8, 10]


# --- wrong use ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "Give a FILE of records"),
        (["-", "--text", "Oh!"], USAGE, "records carry their own"),
        (["--text", "Oh!", "--resume"], USAGE, "go with a FILE"),
        (["--text", "Oh!", "--dry-run"], USAGE, "--dry-run go with a FILE"),
        (["--text", "Oh!", "--field", "said"], USAGE, "go with a FILE"),
        (["--text", "Oh!", "--seed", "1"], USAGE, "--seed goes with --model"),
        (["--text", "Oh!", "--device", "cpu", "--style", "free"], USAGE, "--device and --style go"),
        (["-", "--dry-run", "--fail-on", "contradicted"], USAGE, "counts a whole file"),
        (["-", "--dry-run", "--resume"], USAGE, "counts a whole file"),
        (["-", "--resume"], USAGE, "--to FILE"),
        (["--aus", "{broken"], USAGE, "Expected JSON in '--aus'"),
        (["--aus", "[1]"], USAGE, "Expected detector columns"),
        (["--vad", "[2, 0, 0]"], USAGE, "-1..1"),
        (["--label", "joy", "--scheme", "nope"], UNKNOWN, "scheme"),
        (["--scheme", "ekman-6"], USAGE, "Expected one of the fields text"),
        (["--text", "Oh!", "--facts", "401"], USAGE, "400"),
        (["/no/such/file.jsonl"], USAGE, "Cannot read"),
    ],
)
def test_wrong_use_has_its_exit_code_and_says_why(
    arguments: list[str], code: int, said: str
) -> None:
    stdout, stderr = run("reason", *arguments, code=code)

    assert said in stderr
    assert stdout == ""


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--style", "nope", "three-section, three-hop, free"),
        ("--answer", "xml", "json, cited or free"),
        ("--feedback", "rage", "joy, love, surprise"),
        ("--feedback", "joy,", "joy, love, surprise"),
        ("--effort", "3", "some of rounds, drafts, facts, steps, max_tokens"),
        ("--effort", '{"round": 1}', "some of rounds"),
        ("--effort", '{"rounds": 0}', "Expected rounds"),
        ("--effort", '{"facts": 401}', "at most 400 facts"),
        ("--seed", "-1", "Expected a seed"),
        ("--prompts", "/no/such/folder", "Expected a folder"),
        ("--device", "cpu", "Expected no device for a server"),
        ("--profile", "nope", "profile"),
    ],
)
def test_wrong_setting_is_refused_before_a_model_is_asked(
    start: Callable[..., ChatServer], option: str, value: str, said: str
) -> None:
    server = start(says(GOOD))

    _, stderr = run("reason", "--aus", AUS, "--model", server.url, option, value, code=USAGE)

    assert said in stderr
    assert server.asked == []


def test_model_that_is_not_there_is_said_before_the_work(
    start: Callable[..., ChatServer], tmp_path: Path
) -> None:
    path = write(tmp_path / "in.jsonl", {"aus": SMILE})

    _, stderr = run("reason", path, "--model", f"{start(says(GOOD)).url}#nope", code=BACKEND)

    assert "got 'nope'. It has tiny-chat." in stderr
    assert "emotions:" not in stderr


# --- files ----------------------------------------------------------------------------------------


def test_bad_record_is_answered_in_place_and_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    write(path, {"id": 1, "aus": SMILE, "note": "kept"}, {"id": 2}, {"id": 3, "label": "joy"})
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")

    stdout, stderr = run("reason", path, code=FAULTY)

    first, second, third, fourth = lines(stdout)
    assert list(first) == ["id", "aus", "note", "affectgraph"]
    assert (first["note"], first["affectgraph"]["emotion"]["slug"]) == ("kept", "joy")
    assert second["affectgraph"]["error"]["line"] == 2
    assert "Expected one of the fields text" in second["affectgraph"]["error"]["message"]
    assert third["affectgraph"]["rationale"].endswith("Overall, this is joy.")
    assert fourth["affectgraph"]["error"]["line"] == 4
    assert "4 records, 2 bad" in stderr
    assert "emotions: 2 joy\n" in stderr


def test_tables_give_the_same_reasoning(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    record = {
        "aus": {"AU06_r": 2.1, "AU12_r": 2.9},
        "vad": [0.5, 0.0, 0.0],
        "labels": [{"label": "joy", "modality": "voice"}, {"label": "fear", "modality": None}],
    }
    plain = write(tmp_path / "in.jsonl", record)
    parquet.write_table(pyarrow.Table.from_pylist([record]), tmp_path / "in.parquet")
    cells = ",".join('"' + json.dumps(v).replace('"', '""') + '"' for v in record.values())
    (tmp_path / "in.csv").write_text(f"aus,vad,labels\n{cells}\n", encoding="utf-8")

    answers = [
        lines(run("reason", path)[0])[0]["affectgraph"]
        for path in (plain, tmp_path / "in.parquet", tmp_path / "in.csv")
    ]

    for found in answers:
        found.pop("seconds")
    assert answers[0] == answers[1] == answers[2]
    assert {c["channel"] for c in answers[0]["evidence"]["channels"]} >= {"face", "vad", "voice"}


def test_text_may_stand_in_another_field(tmp_path: Path) -> None:
    path = write(
        tmp_path / "in.jsonl", {"said": "I am furious.", "text": "I am happy."}, {"text": "Oh!"}
    )

    good, bad = lines(run("reason", path, "--field", "said", code=FAULTY)[0])

    assert good["affectgraph"]["emotion"]["slug"] == "fury"
    assert good["text"] == "I am happy."
    assert "--field" in bad["affectgraph"]["error"]["message"]


def test_answers_of_an_earlier_run_are_no_evidence(tmp_path: Path) -> None:
    once, _ = run("reason", write(tmp_path / "in.jsonl", {"label": "joy"}))

    twice, _ = run("reason", "-", stdin=once.encode())

    (first,), (second,) = lines(once), lines(twice)
    assert first["affectgraph"] | {"seconds": 0} == second["affectgraph"] | {"seconds": 0}


def test_stopped_run_is_resumed_to_the_same_records(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", *({"id": n, "label": "joy"} for n in range(4)))
    to = tmp_path / "out.jsonl"
    run("reason", path, "--to", to)
    whole = to.read_bytes().splitlines(keepends=True)
    to.write_bytes(b"".join(whole[:2]) + b'{"torn')

    _, stderr = run("reason", path, "--to", to, "--resume", "--progress")

    kept = to.read_bytes().splitlines(keepends=True)
    assert kept[:2] == whole[:2]
    assert [json.loads(line)["id"] for line in kept] == [0, 1, 2, 3]
    assert "2 records, 0 bad, 2 answered before" in stderr
    assert re.search(r"^4 records, \d+\.\d records/s$", stderr, re.MULTILINE)


def test_shipped_predictions_are_reasoned_about() -> None:
    path = Path(__file__).parents[2] / "examples" / "predictions.jsonl"

    stdout, stderr = run("reason", path, "--facts", "0", code=FAULTY)

    records = lines(stdout)
    bad = [r["id"] for r in records if "rationale" not in r["affectgraph"]]
    assert bad == ["ex-033"]  # a rationale alone: nothing was observed
    assert f"{len(records)} records, 1 bad" in stderr
    assert " 0 contradicted" in stderr


# --- files with a model ---------------------------------------------------------------------------


def test_records_are_asked_about_at_once(start: Callable[..., ChatServer], tmp_path: Path) -> None:
    together = Barrier(4)

    def reply(asked: Asked) -> Sent:
        together.wait(20)  # breaks, and with it the test, unless all four requests are under way
        return says(GOOD, usage=(10, 5))(asked)

    path = write(tmp_path / "in.jsonl", *[{"aus": SMILE}] * 4)

    stdout, stderr = ask(start(reply), path, "--effort", ONE, "--progress")

    assert [r["affectgraph"]["stopped"] for r in lines(stdout)] == ["clean"] * 4
    assert "ended: 4 clean\ntokens: 40 of prompts, 20 of answers" in stderr
    assert re.search(r"4 records, \d+\.\d records/s, \d+\.\d answer tokens/s", stderr)


def test_record_that_the_model_refuses_costs_no_other(
    start: Callable[..., ChatServer], tmp_path: Path
) -> None:
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


def test_record_that_is_cut_short_is_kept_and_fails_the_run(
    start: Callable[..., ChatServer], tmp_path: Path
) -> None:
    server = start(says(WRONG), error(400, "context too long"))

    stdout, stderr = ask(
        server, write(tmp_path / "in.jsonl", {"aus": SMILE}), "--effort", TWO, code=FAULTY
    )

    (found,) = lines(stdout)
    assert found["affectgraph"]["rationale"] == WRONG
    assert "context too long" in found["affectgraph"]["error"]["detail"]
    assert "ended: 1 model failed" in stderr


def test_failure_that_all_would_meet_ends_the_run_and_is_resumed(
    start: Callable[..., ChatServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    start: Callable[..., ChatServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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


def test_ctrl_c_does_not_wait_for_the_server_and_keeps_whole_chunks(
    start: Callable[..., ChatServer], tmp_path: Path
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
    command = ["reason", path, "--model", start(reply).url, "--answer", "free", "--to", to]
    with subprocess.Popen(  # noqa: S603 - this interpreter, our own code
        [sys.executable, "-c", INTERRUPTIBLE, *map(str, command)], stderr=subprocess.PIPE
    ) as process:
        try:
            assert arrived.wait(120)
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=60)  # while the server answers nothing
        finally:
            gate.set()
            process.kill()

    assert process.returncode == 130
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


# --- a dry run ------------------------------------------------------------------------------------

OPEN = {"aus": {"AU01": 0.9, "AU02": 0.9, "AU05": 0.9, "AU26": 0.9}}


def test_dry_run_counts_without_asking_a_model(
    start: Callable[..., ChatServer], tmp_path: Path
) -> None:
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
    path = write(tmp_path / "in.jsonl", {"label": "joy"}, {"text": "Brown."})

    text, _ = run("reason", path, "--dry-run", "--model", "http://127.0.0.1:9/v1")

    rows = text.splitlines()
    assert rows[0] == "2 records: 1 clear, 0 medium, 1 open, 0 bad"
    # Clear: one draft; open: three drafts, and three rounds of them at most. See docs/reasoning.md.
    assert [row.split()[:2] for row in rows[2:4]] == [["least", "4"], ["most", "10"]]
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
