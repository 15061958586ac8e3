"""``affectgraph faces`` over detector files, and ``affectgraph face-words`` over what people say."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import get, post
from tests.api.running import lines, run, share_graph
from tests.api.test_face_routes import OPENFACE

SHOWN = """\
openface: 4 rows, 2 used, 1 failed, 1 of low confidence, 0 of other faces
0 to 0.03 s: 2 frames, shown: AU12
code  shown  occurs  intensity  at most  probability  at most
AU12  1.00   1.00    3.00       4.00
"""


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clip.csv"
    path.write_text(OPENFACE)
    return path


# --- files ----------------------------------------------------------------------------------------


def test_file_is_shown_with_readings_evidence_and_caveat(file: Path) -> None:
    shown = run("faces", file, "--limit", "1")[0]
    assert shown.startswith(SHOWN + "Shown: AU12. Ranked by score.\n")
    assert "do not establish what a person feels" in shown.splitlines()[-1]


def test_json_of_a_file_is_what_rest_sends(file: Path, client: TestClient) -> None:
    found = json.loads(run("faces", file, "--limit", "2", "--json")[0])
    assert found == post(client, "/v1/faces/file", {"content": OPENFACE, "limit": 2})


def test_segments_are_listed_in_order_of_time(file: Path) -> None:
    shown = run("faces", file, "--segment", "0.03", "--confidence", "none")[0].splitlines()
    assert shown[1] == "0 to 0 s: 1 frames, shown: AU12"
    assert shown[2] == "0.03 to 0.03 s: 1 frames, shown: AU12"


def test_thresholds_are_options(file: Path) -> None:
    shown = run("faces", file, "--intensity", "5", "--shown-by", "intensity")[0]
    assert "shown: none" in shown
    assert "No action counts as shown." in shown


def test_file_of_py_feat_is_read(tmp_path: Path) -> None:
    path = tmp_path / "clip.csv"
    path.write_text("frame,FaceScore,Identity,AU06,AU12\n0,0.9,a,0.2,0.8\n0,0.8,b,0.9,0.1\n")
    assert "shown: AU12" in run("faces", path, "--tool", "py-feat", "--face", "best")[0]
    assert "shown: AU6" in run("faces", path, "--tool", "py-feat", "--face", "b")[0]
    assert "--" not in run("faces", path, "--tool", "py-feat", code=USAGE)[0]


def test_actions_may_be_given_as_codes_or_values() -> None:
    assert "1.00 joy" in run("faces", "--actions", "AU6+AU12")[0]
    assert "shown: AU12" in run("faces", "--actions", '{"AU12_r": 2.1, "AU06_r": 0.3}')[0]
    assert "1.00 joy" in run("faces", "--actions", '["AU6", 12]', "--by", "discounted")[0]
    assert "AU20" in run("faces", "--actions", "AU1+AU2+AU5", "--detector", "disfa")[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "Give a FILE, or --actions"),
        (["a.csv", "--actions", "AU6"], USAGE, "Give a FILE, or --actions"),
        (["a.csv", "--detector", "disfa"], USAGE, "--detector goes with --actions"),
        (["/no/such/file.csv"], USAGE, "/no/such/file.csv"),
        (["--actions", "AU999"], UNKNOWN, "999"),
        (["--actions", "nothing"], USAGE, "Expected facial actions"),
        (["--actions", '{"AU12_r": 9}'], USAGE, "0..5"),
        (["--actions", '{"AU12_r": NaN}'], USAGE, "finite number"),
        (["--actions", '{"AU12_r": '], USAGE, "JSON object"),
        (["--actions", '{"AU12_r": 1, "AU12_r": 2}'], USAGE, "'AU12_r' has two values"),
        (["--actions", "[" * 5000], USAGE, "JSON object"),
        (["--actions", "AU6", "--detector", "nobody"], UNKNOWN, "detector"),
        (["--actions", '{"AU12_r": 0.2}', "--detector", "nobody"], UNKNOWN, "detector"),
        (["--actions", '{"AU12_r": 0.2}', "--base-rates", "nowhere"], UNKNOWN, "base rates"),
        (["--actions", '{"AU12_r": 0.2}', "--by", "taste"], USAGE, "score, percent, discounted"),
        (["--actions", "AU6", "--by", "taste"], USAGE, "score, percent, discounted"),
        (["--actions", "AU6", "--base-rates", "nowhere"], UNKNOWN, "base rates"),
        (["--actions", "AU6", "--confidence", "high"], USAGE, "tool, none or 0..1"),
        (["--actions", "AU6", "--intensity", "9"], USAGE, "threshold intensity"),
        (["--actions", "AU6", "--shown-by", "luck"], USAGE, "shown_by"),
    ],
)
def test_wrong_use_of_faces_is_said(arguments: list[str], code: int, said: str) -> None:
    assert said in run("faces", *arguments, code=code)[1]


def test_bad_file_is_said_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "clip.csv"
    path.write_text(OPENFACE + "5, 0, 0.1, 0.9, 1, much, 1\n")
    assert "Line 6, column AU12_r" in run("faces", path, code=USAGE)[1]
    path.write_text("a,b\n1,2\n")
    assert "found a, b" in run("faces", path, code=USAGE)[1]
    assert "Expected a tool of" in run("faces", path, "--tool", "webcam", code=USAGE)[1]


# --- words ----------------------------------------------------------------------------------------


def test_phrases_are_explained() -> None:
    shown = run("face-words", "corners of the mouth pulled up", "AU99")[0].splitlines()
    assert shown[0].startswith("'corners of the mouth pulled up': linked. Means AU12")
    assert shown[3].startswith("'AU99': nil. FACS has no action unit 99")


def test_prose_is_shown_as_a_table() -> None:
    shown = run("face-words", "--prose", "Unilateral AU14B, furrowed brows, no nose wrinkle")[0]
    assert shown == (
        "place  words             codes  says    side  grade\n"
        "0-16   Unilateral AU14B  AU14   shown   one   B\n"
        "18-32  furrowed brows    AU4    shown\n"
        "37-49  nose wrinkle      AU9    absent\n"
    )
    assert run("face-words", "--prose", "It rains.")[0] == "No facial action is spoken of.\n"


def test_json_of_words_is_what_rest_sends(client: TestClient) -> None:
    (found,) = lines(run("face-words", "furrowed brow", "--json")[0])
    assert found == get(client, "/v1/faces/phrases", phrase="furrowed brow")
    (found,) = lines(run("face-words", "--prose", "furrowed brow", "--json")[0])
    (item,) = post(client, "/v1/faces/texts", {"texts": ["furrowed brow"]})["items"]
    assert found == item["answer"]


def test_files_of_words_are_answered_line_by_line() -> None:
    stdin = b'{"text": "furrowed brow"}\n{"text": 5}\n{"words": "smile"}\n'
    stdout, stderr = run("face-words", "-i", "-", stdin=stdin, code=FAULTY)
    found = [line["affectgraph"] for line in lines(stdout)]
    assert (found[0]["codes"], found[1]["reason"]) == (["AU4"], "not_text")
    assert "--field" in found[2]["error"]["message"]
    assert "1 linked, 1 nil" in stderr
    found = lines(run("face-words", "--prose", "-i", "-", stdin=stdin, code=FAULTY)[0])
    assert "Expected text, got int" in found[1]["affectgraph"]["error"]["message"]


def test_wrong_use_of_face_words_is_said() -> None:
    assert "Give phrases" in run("face-words", code=USAGE)[1]
    assert "go with --input" in run("face-words", "smile", "--progress", code=USAGE)[1]
