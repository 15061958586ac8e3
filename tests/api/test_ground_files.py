"""`affectgraph ground` over tables and into files: bad rows cost no neighbour, a stopped run goes on."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from affectgraph.api import cli_records
from affectgraph.api.cli import app
from affectgraph.api.cli_base import DONE, FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    """Let commands use the suite's graph where they would load the packaged one."""
    monkeypatch.setattr(EmotionGraph, "load", lambda place=None: graph)


def run(*arguments: str, code: int = DONE) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["ground", *arguments])
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result.stdout, result.stderr


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def written(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


# --- CSV ------------------------------------------------------------------------------------------


def test_table_is_answered_with_all_its_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", '\ufeffid,label\r\n1,"joy"\r\n\r\n2,"so, so\nqwerty"\r\n3,\r\n'
    )
    found = lines(run("-i", path)[0])

    assert [(x["id"], x["label"]) for x in found] == [
        ("1", "joy"),
        ("2", "so, so\nqwerty"),
        ("3", ""),
    ]
    assert [x["affectgraph"]["reason"] for x in found] == [None, "unknown", "empty"]


def test_tabs_part_the_cells_of_tsv(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", "emotion\tid\nhap\t1\n")
    (found,) = lines(run("-i", path, "--field", "emotion", "--scheme", "iemocap-6")[0])

    assert found["affectgraph"]["candidates"][0]["concept"]["slug"] == "joy"


def test_ragged_rows_and_bad_bytes_are_reported_with_row_and_column(tmp_path: Path) -> None:
    content = b"id,label\n1,joy\n2\n3,fear,extra\n4,\xff\n5,rage\n"
    stdout, stderr = run("-i", written(tmp_path, "a.csv", content), code=FAULTY)
    found = lines(stdout)

    assert [x.get("id") for x in found] == ["1", None, None, None, "5"]
    errors = [x["affectgraph"].get("error") for x in found]
    assert [e["line"] if e else None for e in errors] == [None, 3, 4, 5, None]
    assert errors[1]["message"] == "Expected 2 cells, got 1: none for column 'label'."
    assert errors[2]["message"] == "Expected 2 cells, got 3: no column for 'extra'."
    assert errors[3]["message"].startswith("Expected UTF-8 in column 'label'")
    assert found[4]["affectgraph"]["status"] == "linked"
    assert "5 records, 3 bad" in stderr


def test_row_number_is_that_of_its_first_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", 'label,x\n"a\nb\nc",1\njoy\n')

    assert lines(run("-i", path, code=FAULTY)[0])[1]["affectgraph"]["error"]["line"] == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no header line"),
        ("id,emotion\n1,joy\n", "'label' in"),
        ("label,id,label\njoy,1,fear\n", "'label' twice"),
        ("label;id\njoy;1\n", "'label;id'"),
    ],
)
def test_table_without_the_column_is_wrong_use(tmp_path: Path, content: str, said: str) -> None:
    stdout, stderr = run("-i", written(tmp_path, "a.csv", content), code=USAGE)

    assert said in stderr
    assert stdout == ""


def test_cell_that_is_too_long_for_the_reader_costs_no_neighbour(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f"label\njoy\n{'x' * 200_000}\nfear\n")
    found = lines(run("-i", path, code=FAULTY)[0])

    assert [x["affectgraph"].get("status") for x in found] == ["linked", None, "linked"]
    assert "field larger" in found[1]["affectgraph"]["error"]["message"]


# --- Parquet --------------------------------------------------------------------------------------


def test_parquet_rows_keep_their_values_and_what_json_lacks_is_said(tmp_path: Path) -> None:
    import datetime

    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pa.table(
        {
            "label": ["joy", None, "fear"],
            "votes": [[1, 2], None, []],
            "score": [0.5, float("nan"), 1.0],
            "day": [datetime.date(2026, 11, 26), None, None],
            "clip": [None, None, b"\x00"],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    first, second, third = lines(run("-i", str(tmp_path / "a.parquet"), code=FAULTY)[0])

    assert (first["votes"], first["score"], first["day"]) == ([1, 2], 0.5, "2026-11-26")
    assert second["score"] is None
    assert second["affectgraph"]["reason"] == "not_text"
    assert "column 'clip', got bytes" in third["affectgraph"]["error"]["message"]


def test_file_that_is_no_parquet_or_lacks_the_column_is_wrong_use(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    assert "Parquet" in run("-i", written(tmp_path, "a.parquet", "joy"), code=USAGE)[1]
    parquet.write_table(pa.table({"x": ["joy"]}), tmp_path / "b.parquet")
    assert "'label'" in run("-i", str(tmp_path / "b.parquet"), code=USAGE)[1]


# --- into a file, and on from there -----------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bytes]:
    """A table of ten rows, one bad, and its answers in one run."""
    monkeypatch.setattr(cli_records, "CHUNK", 3)
    rows = [f"{n},{'joy' if n % 2 else 'fear'}" for n in range(10)]
    rows[4] = "4"
    path = written(tmp_path, "in.csv", "\n".join(["id,label", *rows]) + "\n")
    run("-i", path, "--to", str(tmp_path / "whole.jsonl"), code=FAULTY)
    return path, (tmp_path / "whole.jsonl").read_bytes()


def test_file_holds_what_stdout_would(many: tuple[str, bytes]) -> None:
    path, whole = many

    assert run("-i", path, code=FAULTY)[0].encode("utf-8") == whole


@pytest.mark.parametrize("cut", [0, 1, 5, 400, 2000, 3001])
def test_run_that_was_stopped_anywhere_goes_on_to_the_same_file(
    tmp_path: Path, many: tuple[str, bytes], cut: int
) -> None:
    path, whole = many
    to = Path(written(tmp_path, "torn.jsonl", whole[:cut]))
    done = whole[:cut].count(b"\n")

    left = whole.splitlines()[done:]
    code = FAULTY if any(b'"error"' in line for line in left) else DONE
    _, stderr = run("-i", path, "--to", str(to), "--resume", code=code)
    assert to.read_bytes() == whole
    assert f"{10 - done} records" in stderr
    assert (f"{done} answered before" in stderr) == (done > 0)


def test_finished_run_is_resumed_to_no_work(tmp_path: Path, many: tuple[str, bytes]) -> None:
    path, whole = many
    to = Path(written(tmp_path, "done.jsonl", whole))

    assert "0 records, 0 bad, 10 answered before" in run("-i", path, "--to", str(to), "--resume")[1]
    assert to.read_bytes() == whole


def test_resume_starts_a_file_that_is_not_there(tmp_path: Path, many: tuple[str, bytes]) -> None:
    path, whole = many
    run("-i", path, "--to", str(tmp_path / "new.jsonl"), "--resume", code=FAULTY)

    assert (tmp_path / "new.jsonl").read_bytes() == whole


def test_file_of_another_input_is_refused_and_kept(tmp_path: Path, many: tuple[str, bytes]) -> None:
    _, whole = many
    to = Path(written(tmp_path, "done.jsonl", whole))
    other = written(tmp_path, "other.csv", "id,label\n7,joy\n")

    assert "Line 10 of --to" in run("-i", other, "--to", str(to), "--resume", code=USAGE)[1]
    assert to.read_bytes() == whole


@pytest.mark.parametrize(
    ("name", "content", "options", "said"),
    [
        ("out.jsonl", '{"a": 1}\n', [], "--resume"),
        ("out.jsonl", "no json\n", ["--resume"], "answered records"),
        ("out.jsonl", "[1]\n", ["--resume"], "answered records"),
        ("out.csv", "", [], ".jsonl"),
        ("no/such/out.jsonl", None, [], "Cannot write"),
    ],
)
def test_file_that_cannot_take_the_answers_is_wrong_use(
    tmp_path: Path, name: str, content: str | None, options: list[str], said: str
) -> None:
    path = written(tmp_path, "in.txt", "joy\n")
    if content is not None:
        written(tmp_path, name, content)

    assert said in run("-i", path, "--to", str(tmp_path / name), *options, code=USAGE)[1]


@pytest.mark.parametrize(
    "content",
    [
        '{"label": "joy"}\n{"label": "fear"}\n',
        '{"label": "joy"}\n{"label": "fear"}',
        '{"label": "joy"}',
        "some notes",
        '{"label": "joy", "affectgraph": {}}\nsome notes',
    ],
)
def test_file_that_no_run_wrote_is_kept_whole(tmp_path: Path, content: str) -> None:
    own = written(tmp_path, "own.jsonl", content)
    path = written(tmp_path, "in.jsonl", '{"label": "joy"}\n{"label": "fear"}\n')

    for input_ in (own, path):
        assert "answered records" in run("-i", input_, "--to", own, "--resume", code=USAGE)[1]
    assert Path(own).read_text(encoding="utf-8") == content


@pytest.mark.parametrize("option", ["--resume", "--progress", "--ray"])
def test_options_of_files_do_not_go_with_labels(option: str) -> None:
    assert "--input" in run("joy", option, code=USAGE)[1]


def test_resume_without_a_file_is_wrong_use(tmp_path: Path) -> None:
    assert "--to" in run("-i", written(tmp_path, "in.txt", "joy\n"), "--resume", code=USAGE)[1]


def test_progress_is_counted_on_stderr_when_asked_for(many: tuple[str, bytes]) -> None:
    path, _ = many

    assert "3 records\n6 records\n9 records" in run("-i", path, "--progress", code=FAULTY)[1]
    assert "3 records\n" not in run("-i", path, code=FAULTY)[1]


def test_unknown_scheme_is_said_before_anything_is_written(tmp_path: Path) -> None:
    to = tmp_path / "out.jsonl"
    path = written(tmp_path, "in.txt", "joy\n")

    run("-i", path, "--to", str(to), "--scheme", "nope", code=UNKNOWN)
    assert not to.exists()


def test_ray_gets_the_records_in_order_and_answers_like_the_plain_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from affectgraph.linkers import bulk

    monkeypatch.setattr(bulk, "map_rows", lambda rows, work: work(rows))
    rows = '{"label": "joy", "id": 1}\n{"label": "joy", "scheme": "nope"}\n{"label": null}\n'
    path = written(tmp_path, "in.jsonl", rows)

    assert run("-i", path, "--ray", code=FAULTY)[0] == run("-i", path, code=FAULTY)[0]
