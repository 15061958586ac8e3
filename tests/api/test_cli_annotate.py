"""``affectgraph annotate``: texts as arguments, from stdin and from files; presets of ``ground``."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from affectgraph.api.cli_base import DONE, FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import get
from tests.api.running import lines, run, share_graph

TEXT = "Maybe she is not angry, but I was absolutely terrified."

SHOWN = """\
Maybe she is not angry, but I was absolutely terrified.
  place  words      means   polarity       intensity             certainty       role   who
  17-22  angry      anger   negated (not)  plain                 hedged (Maybe)  state  she
  45-54  terrified  terror  affirmed       extreme (absolutely)  past (was)      state  I
  emotions: fear 1.00
  V -0.83  A +0.20  D -0.47, from terror
"""


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


# --- texts ----------------------------------------------------------------------------------------


def test_text_is_shown_with_a_table_of_its_mentions() -> None:
    assert run("annotate", TEXT)[0] == SHOWN


def test_text_without_emotion_says_so() -> None:
    shown = run("annotate", "The bus is late.")[0]
    assert shown == "The bus is late.\n  No word of it names an emotion.\n"


def test_json_is_what_rest_sends(client: TestClient) -> None:
    (found,) = lines(run("annotate", TEXT, "--json")[0])
    assert found == get(client, "/v1/annotate", text=TEXT)


def test_all_of_stdin_is_one_text() -> None:
    (found,) = lines(run("annotate", "-", "--json", stdin=b"so sad\nso happy")[0])
    assert [m["quote"] for m in found["mentions"]] == ["sad", "happy"]


def test_settings_are_those_of_the_annotator() -> None:
    text = "The content of the page"
    assert "No word" in run("annotate", text)[0]
    assert "contentment (ambiguous)" in run("annotate", text, "--ambiguous")[0]
    (found,) = lines(run("annotate", "He fell in love.", "--overlapping", "--json")[0])
    assert "love" in [m["quote"] for m in found["mentions"]]


def test_text_is_written_as_nif() -> None:
    shown = run("annotate", "so sad, not happy", "--nif", "turtle")[0]
    assert "itsrdf:taIdentRef emotion:sadness" in shown
    assert "happiness" not in shown


# --- files ----------------------------------------------------------------------------------------


def test_table_is_annotated_and_bad_rows_cost_no_neighbour(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\n1,"Happy, not sad"\n2\n3,\n4,\xff\n5,so angry\n')
    stdout, stderr = run("annotate", "-i", path, code=FAULTY)
    found = [line["affectgraph"] for line in lines(stdout)]
    assert [[m["quote"] for m in x.get("mentions", ())] for x in found] == [
        ["Happy", "sad"],
        [],
        [],
        [],
        ["angry"],
    ]
    assert [x["error"]["line"] if "error" in x else None for x in found] == [None, 3, None, 5, None]
    assert "5 records, 2 bad" in stderr
    assert "2 affirmed mentions, 1 negated mentions" in stderr


def test_json_lines_with_what_is_no_text_are_answered_at_their_place() -> None:
    stdin = b'{"text": "so sad"}\n{"text": null}\n{"text": "\\ud800 sad"}\n{"body": "sad"}\n'
    found = lines(run("annotate", "-i", "-", stdin=stdin, code=FAULTY)[0])
    assert len(found[0]["affectgraph"]["mentions"]) == 1
    assert "Expected a text, got null" in found[1]["affectgraph"]["error"]["message"]
    assert found[2]["affectgraph"]["mentions"][0]["start"] == 2
    assert "--field" in found[3]["affectgraph"]["error"]["message"]


def test_parquet_is_annotated(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"comment": ["so sad", None]}), path)
    stdout, _ = run("annotate", "-i", path, "--field", "comment", code=FAULTY)
    first, second = lines(stdout)
    assert first["affectgraph"]["emotions"]["top"] == "sadness"
    assert second["affectgraph"]["error"]["line"] == 2


def test_stopped_run_goes_on(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    texts = ["so sad", "so happy", "so angry"]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    run("annotate", "-i", source, "--to", target)
    whole = target.read_bytes()
    target.write_bytes(whole[: whole.index(b"\n") + 20])

    _, stderr = run("annotate", "-i", source, "--to", target, "--resume", "--progress")

    assert target.read_bytes() == whole
    assert "2 records, 0 bad, 1 answered before" in stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give texts, or --input FILE"),
        (["sad", "-i", "-"], "Give texts, or --input FILE"),
        (["sad", "--resume"], "--progress go with --input FILE"),
        (["-i", "/no/such/file"], "Cannot read"),
        (["sad", "happy", "--nif", "turtle"], "--nif goes with one text"),
        (["sad", "--nif", "turtle", "--json"], "--nif goes with one text"),
        (["sad", "--nif", "word"], "word"),
    ],
)
def test_wrong_use_of_annotate_is_said(arguments: list[str], said: str) -> None:
    assert said in run("annotate", *arguments, code=USAGE)[1]


def test_text_of_megabytes_is_refused() -> None:
    stdin = b"x" * 1_000_001
    assert (
        "at most 1,000,000 characters, got 1,000,001"
        in run("annotate", "-", stdin=stdin, code=USAGE)[1]
    )
    (found,) = lines(run("annotate", "-i", "-", stdin=stdin, code=FAULTY)[0])
    assert "Split it" in found["affectgraph"]["error"]["message"]


def test_stdin_that_is_no_text_is_refused() -> None:
    assert "UTF-8" in run("annotate", "-", stdin=b"\xff", code=USAGE)[1]


# --- presets of ground ----------------------------------------------------------------------------


def test_preset_decides_what_is_sure_enough() -> None:
    assert "linked" in run("ground", "public outrage")[0]
    assert "Expected surer evidence" in run("ground", "public outrage", "--preset", "strict")[0]
    assert "ambiguous" in run("ground", "impatient")[0]
    assert "linked" in run("ground", "impatient", "--preset", "always")[0]


def test_preset_holds_for_files() -> None:
    stdin = b"public outrage\njoy\n"
    found = lines(run("ground", "-i", "-", "--preset", "strict", stdin=stdin)[0])
    assert [x["affectgraph"]["status"] for x in found] == ["nil", "linked"]


def test_output_without_a_name_is_read_in_its_scheme() -> None:
    assert "LABEL_27" in run("ground", "LABEL_27", "--scheme", "goemotions")[0]
    assert "neutral" in run("ground", "LABEL_27", "--scheme", "goemotions")[0]
    run("ground", "LABEL_27", "--scheme", "nope", code=UNKNOWN)


def test_unknown_preset_names_those_there_are() -> None:
    for arguments in (["joy"], ["-i", "-"]):
        said = run("ground", *arguments, "--preset", "loose", code=USAGE)[1]
        assert "strict, balanced, always, got 'loose'" in said
    run("ground", "joy", "--preset", "Strict", code=DONE)
