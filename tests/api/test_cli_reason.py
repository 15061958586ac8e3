"""``reason`` about one observation, or a file without a model."""

import json
import re
from pathlib import Path

import pytest

from affectgraph.api.cli_base import BACKEND, FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.prompt_styles import load_style
from tests.api.reasoned import AUS, GOOD, ONE, SMILE, TWO, WRONG, Start, ask, write
from tests.api.running import lines, run, share_graph
from tests.reasoner.models.chat_server import error, says


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


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
    start: Start,
) -> None:
    server = start(says(WRONG, usage=(100, 20)), says(GOOD, usage=(150, 10)))

    text, _ = ask(server, "--aus", AUS, "--effort", TWO, "--style", "three-hop")

    assert "joy (score 1.00)" in text
    assert "clean: nothing in the draft is contradicted" in text
    assert "model tiny-chat, style three-hop: round 2 of 2 kept, 2 drafts" in text
    assert "tokens: 250 of prompts, 30 of answers" in text
    assert "nostril flare is AU38" in server.asked[1].body["messages"][-1]["content"]


def test_contradictions_that_are_left_are_shown_with_hints(
    start: Start,
) -> None:
    text, _ = ask(start(says(WRONG)), "--aus", AUS, "--effort", ONE)

    assert "budget: no round was left" in text
    assert "  contradicted: AU20 is the lip stretcher, but 'nostril flare' names AU38" in text
    assert "AU20 is the lip stretcher; nostril flare is AU38." in text


def test_a_model_cannot_steer_the_terminal(start: Start) -> None:
    server = start(says(f"\x1b[2J\x07{GOOD} \u202e"))

    text, _ = ask(server, "--aus", AUS, "--effort", ONE)

    assert f"  \ufffd[2J\ufffd{GOOD} \ufffd\n" in text


def test_failure_after_a_draft_keeps_the_draft_and_says_so(
    start: Start,
) -> None:
    server = start(says(WRONG), error(400, "context too long"))

    text, _ = ask(server, "--aus", AUS, "--effort", TWO, code=BACKEND)

    assert text.startswith("joy (score 0.47)")  # as docs/reasoning.md has it for such a draft
    assert "model_failed: the model failed, and what came before it is kept" in text
    assert "error: http: the server answered 400: context too long" in text


def test_failure_before_any_draft_is_the_only_answer(start: Start) -> None:
    stdout, stderr = ask(start(error(401, "no key")), "--aus", AUS, code=BACKEND)

    assert stdout == ""
    assert "AFFECTGRAPH_LLM_API_KEY" in stderr


def test_claim_with_a_named_verdict_fails_the_run(start: Start) -> None:
    arguments = ("--aus", AUS, "--effort", ONE, "--fail-on", "contradicted")

    _, stderr = ask(start(says(WRONG)), *arguments, code=FAULTY)

    assert "failed: 1 claims of 1 records are contradicted" in stderr
    assert "failed" not in ask(start(says(GOOD)), *arguments)[1]


def test_tones_prompts_and_seed_reach_the_model(start: Start, tmp_path: Path) -> None:
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
    start: Start, option: str, value: str, said: str
) -> None:
    server = start(says(GOOD))

    _, stderr = run("reason", "--aus", AUS, "--model", server.url, option, value, code=USAGE)

    assert said in stderr
    assert server.asked == []


def test_model_that_is_not_there_is_said_before_the_work(start: Start, tmp_path: Path) -> None:
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
