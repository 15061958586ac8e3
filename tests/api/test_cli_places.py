"""``affectgraph vad-link``, ``vad-place`` and ``rescale``: places in VAD space and rating scales."""

import json

import pytest
from starlette.testclient import TestClient

from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import get, post
from tests.api.running import lines, run, share_graph

BOX = """\
SD away  distance  inside  concept  path                 value
0.00     0.00      yes     rage     anger > rage         \
V -0.74 A +0.37 D +0.22 (rage, exact, scott-2019)
0.00     0.00      yes     fury     anger > rage > fury  \
V -0.64 A +0.20 D +0.21 (fury, exact, scott-2019)
"""


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


# --- places ---------------------------------------------------------------------------------------


def test_concepts_of_a_box_are_shown() -> None:
    # The example of docs/vad.md.
    shown = run("vad-link", "--valence", "-1..-0.6", "--dominance", "0.2..1", "--limit", "2")[0]
    assert shown == BOX


def test_point_and_ellipsoid_are_told_by_how_they_are_written() -> None:
    shown = run("vad-link", "--valence", "-0.4", "--arousal", ".7", "--dominance", "-0.3")[0]
    assert shown.splitlines()[1].split()[2] == "fright"
    shown = run("vad-link", "--valence", "-0.6+-0.2", "--arousal", "0.4+-0.3", "-n", "1")[0]
    assert "yes" in shown.splitlines()[1].split()


def test_json_of_a_place_is_what_rest_sends(client: TestClient) -> None:
    found = json.loads(run("vad-link", "--valence", "8", "--scale", "deap", "--json")[0])
    sent = post(client, "/v1/vad/link", {"places": [{"valence": 8, "scale": "deap"}]})
    assert found == sent["items"][0]["answer"]["matches"]


def test_places_of_a_file_are_answered_line_by_line() -> None:
    stdin = (
        b'{"valence": 0.5, "id": 1}\n{"kind": "box", "valence": [-1, 0]}\n{"valence": 3}\n'
        b'{"valence": 8, "scale": "deap"}\n{}\n'
    )
    stdout, stderr = run("vad-link", "-i", "-", "-n", "1", stdin=stdin, code=FAULTY)
    found = [line["affectgraph"] for line in lines(stdout)]
    assert [len(x.get("matches", ())) for x in found] == [1, 1, 0, 1, 0]
    assert "-1..1" in found[2]["error"]["message"]
    assert "at least one of" in found[4]["error"]["message"]
    assert "5 records, 2 bad" in stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "--dominance, or --input FILE"),
        (["--valence", "0", "-i", "-"], USAGE, "--dominance, or --input FILE"),
        (["--valence", "high"], USAGE, "Expected --valence as 0.4, 0.2..0.6 or 0.4+-0.2"),
        (["--valence", "nan"], USAGE, "got 'nan'"),
        (["--valence", "0..1", "--arousal", "0"], USAGE, "one kind, got box and point"),
        (["--valence", "1..0"], USAGE, "in this order"),
        (["--valence", "2"], USAGE, "-1..1"),
        (["--valence", "0", "--by", "luck"], USAGE, "'sd' or 'plain'"),
        (["--valence", "0", "--scale", "nope"], UNKNOWN, "a scale"),
    ],
)
def test_wrong_use_of_vad_link_is_said(arguments: list[str], code: int, said: str) -> None:
    assert said in run("vad-link", *arguments, code=code)[1]


# --- labels ---------------------------------------------------------------------------------------


def test_places_of_labels_are_shown_with_what_they_rest_on() -> None:
    shown = run("vad-place", "furious", "table")[0].splitlines()
    assert shown[0] == (
        "'furious': V -0.80  A +0.36  D +0.29. The rating of 'furious' itself (scott-2019)."
    )
    assert shown[1].startswith("  1.00 fury: V -0.80")
    assert shown[2].startswith("'table': no place.")


def test_labels_of_a_file_are_placed(client: TestClient) -> None:
    stdout, stderr = run("vad-place", "-i", "-", stdin=b"furious\ntable\nxenophobia\n")
    found = [line["affectgraph"] for line in lines(stdout)]
    assert found[0] == get(client, "/v1/vad/place", label="furious")
    assert "1 mixture, 1 without a place, 1 word" in stderr


def test_wrong_use_of_vad_place_is_said() -> None:
    assert "Give labels" in run("vad-place", code=USAGE)[1]
    assert "scheme" in run("vad-place", "joy", "--scheme", "nope", code=UNKNOWN)[1]


# --- scales ---------------------------------------------------------------------------------------


def test_ratings_are_said_on_another_scale() -> None:
    # 7 of 1..9 is three quarters of the way.
    assert run("rescale", "7", "5", "--from", "1..9", "--to", "0..1")[0] == "V 0.75  A 0.5\n"
    assert run("rescale", "-0.5", "--to", "iemocap")[0] == "V 2\n"
    found = json.loads(run("rescale", "5", "1", "3", "--from", "msp-improv", "--json")[0])
    assert found == {"valence": 1, "arousal": 1, "dominance": 0}


def test_rows_of_a_file_are_rescaled() -> None:
    stdin = b'{"valence": 7}\n{"valence": 12}\n{"valence": "5", "arousal": ""}\n'
    stdout, _ = run("rescale", "-i", "-", "--from", "deap", stdin=stdin, code=FAULTY)
    found = [line["affectgraph"] for line in lines(stdout)]
    assert found[0] == {"valence": 0.5, "arousal": None, "dominance": None}
    assert "1..9" in found[1]["error"]["message"]
    assert found[2]["valence"] == 0


def test_scales_are_listed() -> None:
    shown = run("rescale", "--scales")[0].splitlines()
    assert "1..9                  1    9                     anew, deap, glasgow, warriner" in shown
    assert len(json.loads(run("rescale", "--scales", "--json")[0])) == len(shown) - 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "Give V, or V A, or V A D"),
        (["0", "--scales"], USAGE, "Give V, or V A, or V A D"),
        (["12", "--from", "1..9"], USAGE, "1..9"),
        (["nan"], USAGE, "nan"),
        (["0", "--from", "nope"], UNKNOWN, "a scale"),
        (["0", "--to", "nope"], UNKNOWN, "a scale"),
    ],
)
def test_wrong_use_of_rescale_is_said(arguments: list[str], code: int, said: str) -> None:
    assert said in run("rescale", *arguments, code=code)[1]
