"""``check`` and ``ask`` over files: tables, resuming, failing on a verdict, and bad input at its line."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from affectgraph.api import cli_records
from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.running import lines, run, share_graph

RIGHT = "AU12 is the lip corner puller."
WRONG = "AU20 is the nostril flare."


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def verdicts(answered: dict[str, Any]) -> list[str]:
    return [j["verdict"] for j in answered["affectgraph"]["judgements"]]


# --- files ----------------------------------------------------------------------------------------


def test_csv_and_json_lines_give_the_same_reports(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(
        "id,rationale,label,scheme,aus,vad\n"
        '1,"AU12 is shown.",joy,ekman-6,"{""AU12_r"": 2.5}","[0.5, 0, 0]"\n'
        "2,AU12 is shown.,,,,\n",
        encoding="utf-8",
    )
    record = {"rationale": "AU12 is shown.", "label": "joy", "scheme": "ekman-6"}
    plain = write(
        tmp_path / "in.jsonl",
        {**record, "aus": {"AU12_r": 2.5}, "vad": [0.5, 0, 0]},
        {"rationale": "AU12 is shown."},
    )

    by_table, by_lines = lines(run("check", table)[0]), lines(run("check", plain)[0])

    assert [a["affectgraph"] for a in by_table] == [b["affectgraph"] for b in by_lines]
    assert by_table[0]["aus"] == '{"AU12_r": 2.5}'
    assert by_table[1]["label"] == ""
    assert verdicts(by_lines[0])[0] == "supported"
    assert verdicts(by_lines[1]) == ["not_checkable"]


def test_parquet_gives_the_same_reports(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    record = {"rationale": "AU12 is shown.", "aus": {"AU12_r": 2.5}}
    parquet.write_table(pyarrow.Table.from_pylist([record]), tmp_path / "in.parquet")

    (found,) = lines(run("check", tmp_path / "in.parquet")[0])

    (expected,) = lines(run("check", write(tmp_path / "in.jsonl", record))[0])
    assert found == expected


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("AU12 is shown.,joy,{broken", "Expected JSON in 'aus'"),
        ("AU12 is shown.,joy,NaN", "Expected an object of columns in 'aus', got nan"),
        ('AU12 is shown.,joy,"{""AU12_r"": 1, ""AU12_r"": 2}"', "'AU12_r' has two values, 1 and 2"),
        ("AU12 is shown.", "Expected 3 cells, got 1"),
        (",,", "at least one of the fields"),
    ],
)
def test_bad_row_of_a_table_costs_no_other(tmp_path: Path, row: str, said: str) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f"rationale,label,aus\n{row}\n{RIGHT},,\n", encoding="utf-8")

    bad, good = lines(run("check", table, code=FAULTY)[0])

    assert bad["affectgraph"]["error"]["line"] == 2
    assert said in bad["affectgraph"]["error"]["message"]
    assert verdicts(good) == ["supported"]


def test_rationale_may_stand_in_another_field(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"why": WRONG, "rationale": "kept"})

    (found,) = lines(run("check", path, "--field", "why")[0])

    assert verdicts(found) == ["contradicted"]
    assert list(found) == ["why", "rationale", "affectgraph"]
    assert found["rationale"] == "kept"


def test_stopped_run_is_resumed_to_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_records, "CHUNK", 2)
    records: list[Any] = [{"id": n, "rationale": (RIGHT, WRONG)[n % 2]} for n in range(5)]
    records[3] = {"id": 3}
    path = write(tmp_path / "in.jsonl", *records)
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    run("check", path, "--to", whole, code=FAULTY)
    part.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:2]) + b'{"torn')

    _, stderr = run("check", path, "--to", part, "--resume", "--progress", code=FAULTY)

    assert part.read_bytes() == whole.read_bytes()
    assert "3 records, 1 bad, 2 answered before" in stderr
    assert "4 records\n5 records\n" in stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-", "--resume"], "--to"),
        (["--rationale", "x", "--progress"], "go with a FILE"),
        (["--rationale", "x", "--to", "out.jsonl"], "go with a FILE"),
        (["-", "--aus", "{}"], "--rationale"),
        (["-", "--summary", "--to", "out.jsonl"], "--summary"),
        (["-", "--fail-on", "supported"], "supported"),
        (["nowhere.jsonl"], "Cannot read"),
        (["--rationale", "AU12", "--aus", "{broken"], "Expected JSON"),
        (["--rationale", "AU12", "--aus", '{"AU12_r": 1, "AU12_r": 2}'], "two values"),
        (["--rationale", "AU12", "--aus", '{"AU12_r": 1, "AU012_r": 2}'], "one value for AU12"),
        (["--rationale", "AU12", "--aus", '{"AU12_r": NaN}'], "finite number"),
        (["--rationale", "AU12", "--aus", '{"AU99_r": 1}'], "FACS action unit"),
    ],
)
def test_wrong_use_is_refused(arguments: list[str], said: str) -> None:
    assert said in run("check", *arguments, code=USAGE)[1]


# --- failing on a verdict -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "verdict", "code"),
    [
        ([RIGHT, WRONG, WRONG], "contradicted", FAULTY),
        ([RIGHT, "AU12 is shown."], "contradicted", 0),
        ([RIGHT, "AU12 is shown."], "not_checkable", FAULTY),
        ([RIGHT, WRONG], "unsupported", 0),
        ([], "contradicted", 0),
    ],
)
def test_run_fails_on_the_verdict_that_is_named(
    tmp_path: Path, texts: list[str], verdict: str, code: int
) -> None:
    path = write(tmp_path / "in.jsonl", *({"rationale": text} for text in texts))

    stdout, stderr = run("check", path, "--fail-on", verdict, code=code)

    assert len(lines(stdout)) == len(texts)
    assert ("failed:" in stderr) == (code == FAULTY)


def test_failure_says_how_many_claims_of_how_many_records(tmp_path: Path) -> None:
    both = f"{WRONG} AU12 is the cheek raiser."
    path = write(tmp_path / "in.jsonl", {"rationale": both}, {"rationale": WRONG}, {"label": "joy"})

    _, stderr = run("check", path, "--summary", "--fail-on", "contradicted", code=FAULTY)

    assert "failed: 3 claims of 2 records are contradicted" in stderr


def test_one_rationale_may_fail_too() -> None:
    stdout, _ = run("check", "--rationale", WRONG, "--fail-on", "contradicted", code=FAULTY)
    assert "contradicted" in stdout
    run("check", "--rationale", RIGHT, "--fail-on", "contradicted")


# --- RDF ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_run_is_one_document_and_bad_records_are_said(
    tmp_path: Path, name: str, format_: RdfFormat
) -> None:
    records = [{"id": "r1", "rationale": "AU4 suggests joy.", "agent": "model-7"}, {"id": "r2"}]
    path = write(tmp_path / "in.jsonl", *records)

    stdout, stderr = run("check", path, "--format", name, code=FAULTY)

    quads = list(parse(stdout, format=format_))
    named = {q.object.value for q in quads if q.predicate.value.endswith("/identifier")}
    assert named == {"r1", "model-7"}
    assert any(q.predicate.value.endswith("#endedAtTime") for q in quads)
    assert "line 2 is left out: Expected at least one of the fields" in stderr


def test_one_rationale_is_a_document_too_and_lines_may_stand_beside_one(tmp_path: Path) -> None:
    alone, _ = run("check", "--rationale", "AU4 suggests joy.", "--format", "turtle")
    assert "ag:claimSubject au:AU4" in alone

    path, to = write(tmp_path / "in.jsonl", {"rationale": RIGHT}), tmp_path / "out.jsonl"
    stdout, _ = run("check", path, "--format", "trig", "--graph-name", "run-1", "--to", to)
    assert "graph:user\\/run-1 {" in stdout
    assert len(lines(to.read_text("utf-8"))) == 1


def test_ids_may_be_numbers_or_missing(tmp_path: Path) -> None:
    records = [{"id": 0, "rationale": RIGHT}, {"id": None, "rationale": RIGHT}]
    path, page = write(tmp_path / "in.jsonl", *records), tmp_path / "out.html"

    stdout, _ = run("check", path, "--format", "ntriples", "--report", page)

    named = [
        q.object.value
        for q in parse(stdout, format=RdfFormat.N_TRIPLES)
        if q.predicate.value.endswith("/identifier")
    ]
    assert named == ["0"]
    assert ">0</bdi></h2>" in page.read_text("utf-8")
    assert ">line 2</bdi></h2>" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "html"], "--format"),
        (["--format", "turtle", "--graph-name", "x"], "--graph-name"),
        (["--graph-name", "x"], "--graph-name"),
        (["--format", "trig", "--graph-name", "A b"], "lower-case"),
        (["--format", "trig", "--summary"], "--summary"),
        (["--format", "trig", "--to", "x.jsonl", "--resume"], "without --resume"),
    ],
)
def test_wrong_use_of_rdf_is_refused(arguments: list[str], said: str) -> None:
    assert said in run("check", "-", *arguments, code=USAGE)[1]
    assert (
        "--format" in run("check", "--rationale", "x", "--json", "--format", "trig", code=USAGE)[1]
    )


# --- bad input ------------------------------------------------------------------------------------

TEXT_FIELDS = [("check", "rationale"), ("ask", "statement")]


def command(name: str, path: Path) -> list[object]:
    return [name, path] if name == "check" else [name, "--input", path]


@pytest.mark.parametrize(("name", "field"), TEXT_FIELDS)
@pytest.mark.parametrize(
    ("text", "rest", "said"),
    [
        ("x" * 1_000_000, {}, "at most 100,000 characters"),
        (3, {}, "Expected"),
        (["AU12"], {}, "Expected"),
        (RIGHT, {"label": 3}, "Expected text in 'label'"),
        (RIGHT, {"label": "joy", "scheme": "nope"}, "'nope'"),
        (RIGHT, {"aus": {"AU99_r": 1}}, "'AU99_r'"),
        (RIGHT, {"aus": {"AU12_r": 7}}, "in 0..5"),
        (RIGHT, {"aus": {"AU12_r": None}}, "finite number"),
        (RIGHT, {"aus": {"AU12_r": 1.0, "AU012_r": 2.0}}, "one value for AU12"),
        (RIGHT, {"aus": {}}, "detector columns"),
        (RIGHT, {"aus": [1]}, "'aus'"),
    ],
)
def test_bad_record_is_answered_with_what_was_wrong(
    tmp_path: Path, name: str, field: str, text: Any, rest: dict[str, Any], said: str
) -> None:
    path = write(tmp_path / "in.jsonl", {field: text, **rest}, {field: RIGHT})

    bad, good = lines(run(*command(name, path), code=FAULTY)[0])

    assert said in bad["affectgraph"]["error"]["message"]
    assert len(bad["affectgraph"]["error"]["message"]) < 400
    assert verdicts(good) == ["supported"]


@pytest.mark.parametrize(("name", "field"), TEXT_FIELDS)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"FIELD": "AU12", "aus": {"AU12_r": NaN}}', "NaN is not JSON"),
        (b'{"FIELD": "AU12", "aus": {"AU12_r": 0.2, "AU12_r": 3}}', "'AU12_r' has two values"),
        (b'{"FIELD": "AU12", "FIELD": "AU4"}', "two values"),
        (b"\x7fELF\x02\x01\x00\xff\xfe", "Expected a JSON object"),
        (b"<html><body>AU12</body></html>", "Expected a JSON object"),
    ],
)
def test_line_that_is_no_record_is_answered_with_what_was_wrong(
    tmp_path: Path, name: str, field: str, line: bytes, said: str
) -> None:
    path = tmp_path / "in.jsonl"
    good = json.dumps({field: RIGHT}).encode()
    path.write_bytes(line.replace(b"FIELD", field.encode()) + b"\n" + good)

    bad, found = lines(run(*command(name, path), code=FAULTY)[0])

    assert said in bad["affectgraph"]["error"]["message"]
    assert verdicts(found) == ["supported"]


@pytest.mark.parametrize(("name", "field"), TEXT_FIELDS)
@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Die Person ist sehr traurig und weint.", "not in English", []),
        ("<p>AU12 is the lip corner puller.</p>", "markup", ["supported"]),
        ("\x00\x01AU12 is the lip corner puller.", "binary", ["supported"]),
    ],
)
def test_odd_text_is_answered_with_a_note(
    tmp_path: Path, name: str, field: str, text: str, said: str, expected: list[str]
) -> None:
    path = write(tmp_path / "in.jsonl", {field: text})

    (found,) = lines(run(*command(name, path))[0])

    assert any(said in note for note in found["affectgraph"]["notes"])
    assert verdicts(found) == expected


def test_empty_rationale_has_no_claims_and_unknown_label_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"rationale": ""}, {"rationale": RIGHT, "label": "qwxyz"})

    empty, unknown = lines(run("check", path)[0])

    assert empty["affectgraph"]["judgements"] == []
    assert unknown["affectgraph"]["grounding"]["status"] == "nil"
    assert verdicts(unknown)[0] == "supported"


# --- statements -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["The person smiles.", "--aus", '{"AU12_r": 2.9}'], "true (all-supported)"),
        (["The person smiles.", "--aus", '{"AU12_r": 0.1}'], "false (contradicted)"),
        (["The person smiles."], "unknown (not-checkable)"),
        (
            ["The person is happy.", "--label", "happiness", "--scheme", "ekman-6"],
            "true (all-supported)",
        ),
        (["The bus is late."], "unknown (no-claim)"),
    ],
)
def test_statement_is_answered_in_words_and_in_json(arguments: list[str], first: str) -> None:
    stdout, _ = run("ask", *arguments)

    found = json.loads(run("ask", *arguments, "--json")[0])
    assert stdout.startswith(first)
    assert f"{found['truth']} ({found['reason']})" == first
    assert stdout.rstrip().endswith(found["caveat"])


def test_statements_of_a_file_are_answered_and_counted(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(
        'statement,aus\nAU12 is shown.,"{""AU12_r"": 2}"\nAU12 is shown.,\n,\n', encoding="utf-8"
    )

    stdout, stderr = run("ask", "--input", table, code=FAULTY)

    answered = [record["affectgraph"] for record in lines(stdout)]
    assert [answer.get("truth") for answer in answered] == ["true", "unknown", None]
    assert "Expected a statement" in answered[2]["error"]["message"]
    assert "1 true, 0 false, 1 unknown" in stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "a statement"),
        (["x", "--input", "-"], USAGE, "a statement"),
        (["", "--label", "joy"], USAGE, "Expected a statement"),
        (["--input", "-", "--label", "joy"], USAGE, "records carry their own"),
        (["x", "--resume"], USAGE, "--input"),
        (["x" * 100_001], USAGE, "100,000"),
        (["AU12 is shown.", "--label", "joy", "--scheme", "nope"], UNKNOWN, "nope"),
        (["AU12 is shown.", "--aus", '{"AU12_r": NaN}'], USAGE, "finite"),
    ],
)
def test_wrong_use_of_ask_is_refused(arguments: list[str], code: int, said: str) -> None:
    assert said in run("ask", *arguments, code=code)[1]


def test_policy_on_sources_is_that_of_the_run(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"rationale": "Fear and surprise often go together."})

    (default,), (named,) = (
        lines(run("check", path, *more)[0]) for more in ((), ("--sources", "goemotions"))
    )

    assert (verdicts(default), verdicts(named)) == (["supported"], ["contradicted"])
    assert [found["affectgraph"]["sources"] for found in (default, named)] == ["any", "goemotions"]
    assert default["affectgraph"]["judgements"][0]["dissent"] == ["goemotions", "xed"]


def test_text_says_what_carries_a_conclusion_and_who_says_otherwise() -> None:
    text = "AU12 is visible. AU39 is visible. She is happy. Fear and surprise often go together."

    stdout, _ = run("check", "--rationale", text)

    assert "Carried by: c1" in stdout
    assert "Otherwise in: goemotions, xed" in stdout


def test_run_refuses_an_unknown_source() -> None:
    _, stderr = run("check", "--rationale", "AU4.", "--sources", "goemotion", code=UNKNOWN)

    assert "goemotions" in stderr
