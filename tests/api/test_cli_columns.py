"""``affectgraph column`` and ``affectgraph soft-labels``: label columns and the votes of raters."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import post
from tests.api.running import lines, run, share_graph

CELLS = ["joy", "nervousness", "fear", "love", "joyy"]

FITS = """\
scheme     rows covered  labels used  unknown labels
iemocap-6  0.80          0.50         1
iemocap-9  0.80          0.33         1
'oth' (1 row): no label of iemocap-6.
"""

READ = """\
label  rows  means
hap    2     Means joy.
neu    1     The label says that there is no emotion.
fru    1     Means frustration.
no label: 1 row
'oth' (1 row): no label of iemocap-6.
"""

MAPPED = """\
goemotions   rows  ekman-6    relation
fear         1     fear       exact
joy          1     happiness  exact
love         1     -          none
nervousness  1     fear       coarser
1 of 5 rows without loss
fear (1 row): Its meaning is kept: both mean fear. It can no longer be told from nervousness.
love (1 row): Lost: all of it; no label there stands for love, or for what is above or below.
nervousness (1 row): Lost: what sets it apart within fear, 1 step up the tree. \
It can no longer be told from fear.
'joyy' (1 row): no label of goemotions. Nearest: joy.
"""


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


# --- columns --------------------------------------------------------------------------------------


def test_scheme_of_a_column_is_found() -> None:
    stdin = b"hap\nneu\nfru\nhap\noth\n\n"
    assert run("column", "-", "--limit", "2", stdin=stdin) == (FITS, "6 rows, 0 bad\n")
    assert run("column", "-", stdin=b"qwxyz\n")[0] == "No scheme has any of these labels.\n"


def test_many_unknown_labels_are_counted_and_json_has_all() -> None:
    stdin = "".join(f"qwxyz{number}\n" for number in range(25)).encode()
    shown = run("column", "-", "--scheme", "meld", stdin=stdin)[0].splitlines()
    assert (len(shown), shown[-1]) == (22, "and 5 more; --json has all")
    found = json.loads(run("column", "-", "--scheme", "meld", "--json", stdin=stdin)[0])
    assert len(found["unknown"]) == 25


def test_column_is_read_in_a_scheme() -> None:
    stdin = b"hap\nneu\nfru\nhap\noth\n\n"
    assert run("column", "-", "--scheme", "iemocap-6", stdin=stdin)[0] == READ


def test_column_is_mapped_with_its_loss() -> None:
    stdin = "\n".join(CELLS).encode()
    shown = run("column", "-", "--scheme", "goemotions", "--target", "ekman-6", stdin=stdin)[0]
    assert shown == MAPPED


def test_json_of_columns_is_what_rest_sends(client: TestClient) -> None:
    stdin = "".join(json.dumps({"label": cell}) + "\n" for cell in CELLS).encode()
    cases = [
        ([], "detect", {"labels": CELLS}),
        (["--scheme", "goemotions"], "goemotions/read", {"labels": CELLS}),
        (
            ["--scheme", "goemotions", "--target", "ekman-6"],
            "goemotions/map",
            {"labels": CELLS, "target": "ekman-6"},
        ),
    ]
    for options, path, body in cases:
        found = json.loads(run("column", "-", *options, "--json", stdin=stdin)[0])
        assert found == post(client, f"/v1/schemes/{path}", body)


def test_bad_rows_of_a_column_are_said_and_the_others_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,emotion\n1,hap\n2\n3,neu\n4,\xff\n")
    stdout, stderr = run("column", path, "--field", "emotion", "--scheme", "iemocap-6", code=FAULTY)
    assert "hap    1" in stdout
    assert f"{path}, line 3: Expected 2 cells, got 1" in stderr
    assert f"{path}, line 5: Expected UTF-8 in column 'emotion'" in stderr
    assert "4 rows, 2 bad" in stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["/no/such/file"], USAGE, "Cannot read"),
        (["-", "--target", "meld"], USAGE, "--target goes with --scheme"),
        (["-", "--scheme", "nope"], UNKNOWN, "scheme"),
        (["-", "--scheme", "meld", "--target", "nope"], UNKNOWN, "scheme"),
        (["-", "--limit", "0"], USAGE, "limit"),
    ],
)
def test_wrong_use_of_column_is_said(arguments: list[str], code: int, said: str) -> None:
    assert said in run("column", *arguments, stdin=b"joy\n", code=code)[1]


# --- soft labels ----------------------------------------------------------------------------------


def test_votes_of_records_are_answered_as_rest_does(client: TestClient) -> None:
    items = [{"counts": {"neutral": 4, "NF": 1}, "item": "a"}, {"votes": ["anger", None]}]
    stdin = "".join(json.dumps(item) + "\n" for item in items).encode()
    options = ("--scheme", "ferplus", "--tier", "secondary", "--target", "ekman-6")
    found = lines(run("soft-labels", "-", *options, stdin=stdin)[0])
    body = {"items": items, "tier": "secondary", "target": "ekman-6"}
    sent = post(client, "/v1/schemes/ferplus/soft-labels", body)["items"]
    assert [line["affectgraph"] for line in found] == [item["answer"] for item in sent]
    assert [line.get("item") for line in found] == ["a", None]


def test_bad_records_of_votes_cost_no_neighbour() -> None:
    stdin = b'{"counts": {"anger": 2}}\n{}\nnonsense\n{"votes": []}\n{"weights": {"anger": 1}}\n'
    stdout, stderr = run("soft-labels", "-", "--scheme", "ferplus", stdin=stdin, code=FAULTY)
    found = [line["affectgraph"] for line in lines(stdout)]
    assert [x["error"]["line"] if "error" in x else None for x in found] == [None, 2, 3, 4, None]
    assert "exactly one of counts, votes and weights" in found[1]["error"]["message"]
    assert "5 records, 3 bad" in stderr
    assert "some items have weights" in stderr


def test_columns_of_a_table_hold_the_counts(tmp_path: Path) -> None:
    # Two of three raters agree on each image; by Fleiss (1971) P = 1/3 and E = 1/2, so kappa is -1/3.
    path = tmp_path / "fer.csv"
    path.write_text("id,anger,fear\na,2,1\nb,1,2\nc,many,2\n")
    stdout, stderr = run(
        "soft-labels", path, "--scheme", "ferplus", "--columns", "anger, fear", code=FAULTY
    )
    first, _, bad = (line["affectgraph"] for line in lines(stdout))
    assert (first["item"], first["labels"]["counts"]) == ("a", {"anger": 2, "fear": 1})
    assert "counts.anger" in bad["error"]["message"]
    assert "Fleiss' kappa: -0.3333" in stderr


def test_cells_are_read_as_numbers_and_text_of_json_is_not(tmp_path: Path) -> None:
    path = tmp_path / "fer.csv"
    path.write_text("anger,fear\n 2 ,1.0\n,2\n")
    stdout, _ = run(
        "soft-labels", path, "--scheme", "ferplus", "--columns", "anger,fear", code=FAULTY
    )
    good, empty = (line["affectgraph"] for line in lines(stdout))
    assert good["labels"]["counts"] == {"anger": 2, "fear": 1}
    assert "counts.anger: Input should be a valid number" in empty["error"]["message"]
    stdin = b'{"counts": {"anger": "2"}}\n{"counts": {"anger": true}}\n{"counts": {"anger": 2}}\n'
    stdout, _ = run("soft-labels", "-", "--scheme", "ferplus", stdin=stdin, code=FAULTY)
    assert ["error" in line["affectgraph"] for line in lines(stdout)] == [True, True, False]


@pytest.mark.parametrize(
    ("options", "sign"),
    [(["--to", "emotionml"], "<emotionml"), (["--to", "onyx", "--format", "jsonld"], '"@id"')],
)
def test_document_of_votes_says_its_losses(options: list[str], sign: str) -> None:
    stdin = b'{"counts": {"anger": 3, "NF": 1}, "id": "a"}\n{"counts": {"anger": -1}}\n'
    stdout, stderr = run(
        "soft-labels", "-", "--scheme", "ferplus", *options, stdin=stdin, code=FAULTY
    )
    assert sign in stdout
    assert "loss: observations[0].episodes: 0.25 of the mass lies on no concept" in stderr
    assert "-, line 2: Expected whole numbers of raters from 0, got -1.0" in stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--scheme", "nope"], UNKNOWN, "scheme"),
        (["--scheme", "ferplus", "--target", "nope"], UNKNOWN, "scheme"),
        (["--scheme", "ferplus", "--tier", "fourth"], USAGE, "primary, secondary, tertiary"),
        (["--scheme", "ferplus", "--format", "turtle"], USAGE, "go with --to"),
        (["--scheme", "ferplus", "--to", "word"], USAGE, "word"),
        (["--scheme", "ferplus", "--to", "rdf", "--categories", "big6"], USAGE, "no categories"),
        (["--scheme", "ferplus", "--to", "onyx", "--format", "word"], USAGE, "word"),
        (["--scheme", "ferplus", "--to", "onyx", "--categories", "nope"], UNKNOWN, "nope"),
        ([], USAGE, "--scheme"),
    ],
)
@pytest.mark.parametrize("stdin", [b'{"counts": {"anger": 2}}\n', b"", b"nonsense\n"])
def test_wrong_use_of_soft_labels_is_said(
    options: list[str], code: int, said: str, stdin: bytes
) -> None:
    shown = run("soft-labels", "-", *options, stdin=stdin, code=code)
    assert shown[0] == ""
    assert said in shown[1]


@pytest.mark.parametrize("rows", ["", "a,2\n", "a,2,1\nb\n"])
def test_column_that_the_header_lacks_is_refused_at_once(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "fer.csv"
    path.write_text("id, neutral\n" + rows)
    options = ("--scheme", "ferplus", "--columns", "neutral,nope")
    stdout, stderr = run("soft-labels", path, *options, code=USAGE)
    assert stdout == ""
    assert "Expected a column 'nope' in" in stderr
    assert "got 'id', 'neutral'. See" in stderr
    assert "--columns" in stderr
