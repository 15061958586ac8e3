"""``affectgraph vad-series``: summary, segments and agreement of values over time."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from affectgraph.api.cli import app
from tests.api.asking import post

ROWS = "time,valence,arousal\n0,8,6\n1,7,6\n2,2,7\n3,3,8\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["vad-series", *(str(argument) for argument in arguments)])


def answer(*arguments: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return data


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "series.csv"
    path.write_text(ROWS)
    return path


def test_summary_and_segments_are_printed(file: Path) -> None:
    # On -1..1: valence .75 .5 -.75 -.5, arousal .25 .25 .5 .75.
    result = run(file, "--scale", "deap", "--segment", 2)

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "4 samples from 0, 4 long"
    assert lines[2].split()[:7] == ["valence", "0.00", "0.64", "-0.75", "2", "0.75", "0"]
    assert ["V+", "A+", "2", "0.50"] in [line.split() for line in lines]
    assert [line.split()[:4] for line in lines[-2:]] == [
        ["0", "2", "0.62", "0.25"],
        ["2", "4", "-0.62", "0.62"],
    ]
    assert "4 rows, 0 bad" in result.stderr


def test_json_has_the_same_in_full(file: Path) -> None:
    data = answer(file, "--scale", "1..9", "--segment", 2, "--band", 0.5)

    (series,) = data["series"]
    valence = series["dimensions"][0]
    assert (valence["mean"], valence["above"], valence["below"], valence["level"]) == (
        0,
        0.25,
        0.25,
        0.5,
    )
    assert valence["slope"] == pytest.approx(-0.5)  # sum of (t - 1.5) v is -2.5, of (t - 1.5)^2 5
    assert [s["samples"] for s in series["segments"]] == [2, 2]
    assert series["segments"][0]["mean"]["dominance"] is None
    assert data["agreement"] == {}


def test_json_of_a_rater_is_what_rest_sends(file: Path, client: TestClient) -> None:
    (found,) = answer(file, "--scale", "deap", "--segment", 2)["series"]

    body = {"valence": [8, 7, 2, 3], "arousal": [6, 6, 7, 8], "times": [0, 1, 2, 3]}
    sent = post(client, "/v1/vad/series", {**body, "scale": "deap", "segment": 2})
    assert found == {"rater": None, **sent}


def test_json_of_a_dimension_is_the_agreement_that_rest_sends(
    tmp_path: Path, client: TestClient
) -> None:
    path = tmp_path / "raters.csv"
    path.write_text("rater,valence\nann,0.1\nann,0.1\nbob,0.2\nbob,0.4\ncy,0.3\ncy,0.3\n")

    found = answer(path)["agreement"]

    ratings = {"ann": [0.1, 0.1], "bob": [0.2, 0.4], "cy": [0.3, 0.3]}
    assert found == {"valence": post(client, "/v1/vad/agreement", {"ratings": ratings})}
    assert found["valence"]["pearson"] is None


def test_series_is_resampled_if_asked_for(file: Path) -> None:
    found = answer(file, "--scale", "1..9", "--rate", 2)["series"][0]
    coarse = answer(file, "--scale", "1..9", "--rate", 0.5, "--method", "mean")["series"][0]

    assert (found["samples"], coarse["samples"]) == (7, 2)


def test_raters_are_compared_over_the_times_they_share(tmp_path: Path) -> None:
    path = tmp_path / "raters.csv"
    path.write_text(
        "rater,t,valence\nann,0,0.1\nann,1,0.2\nann,2,0.3\nann,3,0.9\nbob,0,0.2\nbob,1,0.3\nbob,2,0.4\n"
    )

    data = answer(path)

    # Tenths of 1, 2, 3 and 2, 3, 4: 4/7, 1, and a difference of 0.1 throughout.
    found = data["agreement"]["valence"]
    assert data["shared"] == 3
    assert (found["ccc"], found["pearson"], found["rmse"]) == pytest.approx((4 / 7, 1, 0.1))
    assert [s["rater"] for s in data["series"]] == ["ann", "bob"]
    assert "valence    0.5714  1.0000   0.1000  1" in run(path).stdout


def test_undefined_agreement_is_null(tmp_path: Path) -> None:
    path = tmp_path / "raters.csv"
    path.write_text("rater,valence\na,0\na,0\nb,0\nb,0\n")

    assert answer(path)["agreement"]["valence"]["ccc"] is None


def test_bad_rows_are_named_and_good_ones_kept(tmp_path: Path) -> None:
    path = tmp_path / "series.jsonl"
    path.write_text(
        '{"t": 0, "valence": 0.1}\n'
        '{"t": 1, "valence": null}\n'
        '{"t": 2, "valence": 1.2}\n'
        '{"t": 0, "valence": 0.1}\n'
        '{"t": "x", "valence": 0.1}\n'
        "no json\n"
        '{"t": 3, "valence": true}\n'
        '{"t": 4, "valence": 0.3}\n'
    )

    result = run(path, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["series"][0]["samples"] == 2
    for line in range(2, 8):
        assert f"series.jsonl, line {line}: Expected" in result.stderr
    assert "8 rows, 6 bad" in result.stderr


def test_bad_byte_costs_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(b"valence,note\n0.1,a\n0.2,caf\xe9\n0.3,b\n")

    result = run(path, "--json")

    assert (result.exit_code, json.loads(result.stdout)["series"][0]["samples"]) == (1, 2)
    assert "series.csv, line 3: Expected UTF-8 in column 'note'" in result.stderr


def test_quote_that_is_not_closed_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_text('valence,note\n0.1,a\n0.2,b\n0.3,"c\n0.4,d\n')

    result = run(path, "--json")

    assert (result.exit_code, json.loads(result.stdout)["series"][0]["samples"]) == (1, 2)
    assert "series.csv, line 4: Expected a row of cells: unexpected end of data" in result.stderr


def test_spaces_around_column_names_and_rows_of_empty_cells_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "series.tsv"
    path.write_text("\ufefftime\t valence \n0\t0.1\n\t\n1\t0.3\n\n")

    result = run(path, "--json")

    assert (result.exit_code, json.loads(result.stdout)["series"][0]["samples"]) == (0, 2)


@pytest.mark.parametrize(
    ("text", "arguments", "code", "message"),
    [
        ("time,arousal\n0,1\n", [], 2, "Expected ratings in a column valence, got time, arousal"),
        ("valence, valence\n0,1\n", [], 2, "Expected each column once, got 'valence' twice"),
        ("valence,arousal\n0\n", [], 2, "no good row. Line 2: Expected 2 cells, got 1"),
        ("valence\n0.1\n", [], 2, "Expected at least 2 samples, got 1"),
        ("valence\nx\n", [], 2, "Expected a row with good values"),
        ("valence\n0\n1\n", ["--scale", "stars"], 3, "the name of a scale"),
        (
            "valence\n0\n1\n",
            ["--rate", "1", "--method", "cubic"],
            2,
            "Expected method to be one of",
        ),
        ("valence\n0\n1\n", ["--segment", "0"], 2, "Expected segments of a length above 0"),
        ("rater,t,valence\na,0,0\na,1,0\nb,2,0\nb,3,0\n", [], 2, "all series have, got 0"),
        ("rater,valence\na,0\na,0\nb,0\n", [], 2, "b: Expected at least 2 samples"),
    ],
)
def test_wrong_use_is_refused(
    tmp_path: Path, text: str, arguments: list[str], code: int, message: str
) -> None:
    path = tmp_path / "series.csv"
    path.write_text(text)

    result = run(path, *arguments)

    assert result.exit_code == code
    assert message in result.stderr
