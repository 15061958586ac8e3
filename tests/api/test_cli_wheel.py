"""``affectgraph wheel``: scores of open labels by wheels and by the tree."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from affectgraph.api.cli import app

REFERENCE = 'name,openset\na,"[furious, sad]"\nb,joy\nc,\n'
PREDICTIONS = 'name,openset\na,"angry, table"\nb,fear\n'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["wheel", *(str(argument) for argument in arguments)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    given, wanted = tmp_path / "given.csv", tmp_path / "wanted.csv"
    given.write_text(PREDICTIONS)
    wanted.write_text(REFERENCE)
    return given, wanted


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    (folder / "wheel1.csv").write_text(
        "level1,level2,level3\nbad,angry,furious\n,sad,blue\ngood,joy,glad\n"
    )
    (folder / "format.csv").write_text("name,format\nangry,angry\nfurious,furious\nsad,\njoy,\n")
    return folder


def test_tree_scores_at_each_tier_are_printed(files: tuple[Path, Path]) -> None:
    # Primary: a is {anger} against {anger, sadness}: 1, 1/2; b 0, 0; c is left out. F of 1/2 and 1/4 is 1/3.
    result = run(files[0], "--reference", files[1])

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "tree at tier primary"
    assert lines[2].split() == ["tree-primary", "0.5000", "0.2500", "0.3333", "2", "1"]
    assert "held by none (references + predictions): table (0 + 1)" in result.stdout
    assert "without a prediction, counted as empty: 1 samples" in result.stdout
    assert "tree at tier tertiary" in result.stdout
    assert "3 references, 2 predictions, 0 bad" in result.stderr


def test_strict_counts_the_unknown_label(files: tuple[Path, Path]) -> None:
    # a: one of two predicted, angry and table: 1/2. Mean 1/4.
    result = run(files[0], "--reference", files[1], "--tier", "primary", "--strict", "--json")

    (report,) = json.loads(result.stdout)
    assert report["is_strict"]
    assert (report["precision"], report["recall"]) == (0.25, 0.25)
    assert "samples" not in report["groupings"][0]


def test_wheels_score_at_both_levels(files: tuple[Path, Path], wheels: Path) -> None:
    # Level 1: {bad} against {bad}: 1, 1; b 0, 0. Level 2: {angry} against {angry, sad}: 1, 1/2; 0, 0.
    result = run(files[0], "--reference", files[1], "--wheels", wheels, "--json", "--samples")

    first, second = json.loads(result.stdout)
    assert [first["title"], second["title"]] == ["wheels at level 1", "wheels at level 2"]
    assert (first["precision"], first["recall"]) == (0.5, 0.5)
    assert (second["precision"], second["recall"]) == (0.5, 0.25)
    assert first["groupings"][0]["samples"][0]["nil"] == ["table"]


def test_samples_are_listed_if_asked_for(files: tuple[Path, Path]) -> None:
    result = run(files[0], "--reference", files[1], "--tier", "primary", "--samples")

    row = next(line for line in result.stdout.splitlines() if line.startswith("tree-primary  a"))
    assert row.split(maxsplit=4)[2:4] == ["1.0000", "0.5000"]
    assert "anger, sadness" in row
    assert row.endswith("table")


def test_bad_rows_are_named_and_good_ones_scored(tmp_path: Path, files: tuple[Path, Path]) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text(
        '{"id": "a", "labels": ["angry"]}\n'
        "no json\n"
        '{"id": "a", "labels": ["sad"]}\n'
        '{"id": "", "labels": ["sad"]}\n'
        '{"id": "b", "labels": 7}\n'
        '{"id": "c"}\n'
    )

    result = run(given, "--reference", files[1], "--tier", "primary", "--json")

    assert result.exit_code == 1
    (report,) = json.loads(result.stdout)
    assert report["precision"] == 0.5
    for line in (2, 3, 4, 5, 6):
        assert f"given.jsonl, line {line}: Expected" in result.stderr
    assert "3 references, 1 predictions, 5 bad" in result.stderr


def test_table_row_of_another_width_is_bad(tmp_path: Path, files: tuple[Path, Path]) -> None:
    given = tmp_path / "wide.csv"
    given.write_text("name,openset\na,angry\n\nb,joy,sad\n")

    result = run(given, "--reference", files[1], "--tier", "primary")

    assert result.exit_code == 1
    assert "line 4: Expected 2 cells, got 3: no column for 'sad'." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tier", "top"], "Expected a tier of primary"),
        (["--level", "1"], "Expected --wheels FOLDER"),
        (["--wheels", "no-such-folder"], "Expected files wheel1.xlsx"),
        (["--labels", "words"], "Expected the labels in a column words, got name, openset"),
        (["--name", "file"], "Expected the sample in a column file"),
    ],
)
def test_wrong_use_is_refused(files: tuple[Path, Path], arguments: list[str], message: str) -> None:
    result = run(files[0], "--reference", files[1], *arguments)

    assert result.exit_code == 2
    assert message in result.stderr


def test_files_that_cannot_be_read_are_refused(tmp_path: Path, files: tuple[Path, Path]) -> None:
    assert "Cannot read" in run("nowhere.csv", "--reference", files[1]).stderr
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"name,openset\na,\xff\n")
    assert (
        "Line 2: Expected UTF-8 in column 'openset'" in run(broken, "--reference", files[1]).stderr
    )
    broken.write_text("name,name\na,b\n")
    assert "Expected each column once" in run(broken, "--reference", files[1]).stderr
