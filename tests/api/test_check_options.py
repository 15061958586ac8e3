"""Options of ``check`` and its kin that are read before the work: fields, pages, JSON values."""

import sys
from pathlib import Path
from typing import Any

import pytest

from affectgraph.api.cli_base import BACKEND, FAULTY, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.running import lines, run, share_graph
from tests.api.test_check_files import RIGHT, verdicts, write


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


# --- fields ---------------------------------------------------------------------------------------


def test_record_without_the_given_field_is_bad(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"id": 1, "label": "joy"}, {"txt": RIGHT}, {"txt": None})

    arguments = ("check", path, "--field", "txt", "--fail-on", "contradicted")
    stdout, stderr = run(*arguments, code=FAULTY)

    bad, good, empty = lines(stdout)
    assert bad["affectgraph"]["error"] == {
        "line": 1,
        "message": "Expected a field 'txt', got id, label. See --field.",
    }
    assert verdicts(good) == ["supported"]
    assert "at least one of the fields" in empty["affectgraph"]["error"]["message"]
    assert "3 records, 2 bad" in stderr


def test_record_needs_no_rationale_if_no_field_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"label": "joy"})

    (found,) = lines(run("check", path)[0])

    assert found["affectgraph"]["grounding"]["text"] == "joy"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_table_without_the_given_column_is_refused_at_once(tmp_path: Path, ending: str) -> None:
    table = tmp_path / f"in.{ending}"
    if ending == "csv":
        table.write_text(f"rationale\n{RIGHT}\n", encoding="utf-8")
    else:
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist([{"rationale": RIGHT}]), table)

    stdout, stderr = run("check", table, "--field", "txt", code=USAGE)

    assert stdout == ""
    assert "Expected a column 'txt'" in stderr


# --- Parquet --------------------------------------------------------------------------------------


def parquet_of(path: Path, aus: Any, type_: Any) -> Path:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    texts = pyarrow.array(["AU12 is shown."] * len(aus))
    columns = {"rationale": texts, "statement": texts, "aus": pyarrow.array(aus, type=type_)}
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_empty_members_of_a_struct_are_no_readings(tmp_path: Path) -> None:
    aus = [{"AU12_r": 2.5}, {"AU04_r": 0.0}, {"AU12_r": None, "AU04_r": None}, None]
    path = parquet_of(tmp_path / "in.parquet", aus, None)

    found = lines(run("check", path)[0])
    rewarded = lines(run("reward", path)[0])
    asked = lines(run("ask", "--input", path)[0])

    assert [verdicts(one) for one in found] == [["supported"]] + [["not_checkable"]] * 3
    assert found[0]["aus"] == {"AU12_r": 2.5, "AU04_r": None}
    alone = {"rationale": "AU12 is shown.", "aus": {"AU12_r": 2.5}}
    (expected,) = lines(run("check", write(tmp_path / "in.jsonl", alone))[0])
    assert found[0]["affectgraph"] == expected["affectgraph"]
    assert [one["affectgraph"]["truth"] for one in asked] == ["true"] + ["unknown"] * 3
    assert rewarded[0]["affectgraph"]["parts"]["au"] == 1.0
    assert rewarded[3]["affectgraph"]["parts"]["au"] is None


def test_column_of_maps_holds_readings(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    aus = [[("AU12_r", 2.5)], [], None, [("AU12_r", 1.0), ("AU12_r", 2.0)]]
    type_ = pyarrow.map_(pyarrow.string(), pyarrow.float64())

    stdout, _ = run("check", parquet_of(tmp_path / "in.parquet", aus, type_), code=FAULTY)

    good, empty, none, twice = lines(stdout)
    assert verdicts(good) == ["supported"]
    assert good["aus"] == {"AU12_r": 2.5}
    assert (empty["aus"], none["aus"]) == ({}, None)
    assert verdicts(empty) == verdicts(none) == ["not_checkable"]
    assert "'AU12_r' has two values, 1.0 and 2.0" in twice["affectgraph"]["error"]["message"]


# --- statements -----------------------------------------------------------------------------------


def test_statements_may_be_lines_of_text(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"{RIGHT}\nAU20 is the nostril flare.\n", encoding="utf-8")

    stdout, stderr = run("ask", "--input", path)
    by_stdin, _ = run("ask", "--input", "-", stdin=path.read_bytes())

    assert [found["affectgraph"]["truth"] for found in lines(stdout)] == ["true", "false"]
    assert lines(stdout)[0]["statement"] == RIGHT
    assert by_stdin == stdout
    assert "1 true, 1 false, 0 unknown" in stderr


def test_record_without_a_statement_is_told_its_fields(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", {"id": 1, "text": RIGHT}, {"statement": RIGHT})

    bad, good = lines(run("ask", "--input", path, code=FAULTY)[0])

    said = "Expected a field 'statement', got id, text. See --field."
    assert bad["affectgraph"]["error"]["message"] == said
    assert good["affectgraph"]["truth"] == "true"


def test_table_without_the_column_of_statements_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f"text\n{RIGHT}\n", encoding="utf-8")

    assert "Expected a column 'statement'" in run("ask", "--input", table, code=USAGE)[1]
    assert len(lines(run("ask", "--input", table, "--field", "text")[0])) == 1


# --- sources --------------------------------------------------------------------------------------


def test_text_says_whose_word_counted_unless_any_did() -> None:
    arguments = ("check", "--rationale", RIGHT)

    assert "Sources that count: majority." in run(*arguments, "--sources", "majority")[0]
    assert "Sources that count" not in run(*arguments)[0]


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in.jsonl", {"rationale": RIGHT})
    (tmp_path / "link.html").symlink_to(tmp_path / "in.jsonl")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_in_folder")
@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("in.jsonl", "would overwrite in.jsonl"),
        ("folder/../in.jsonl", "would overwrite in.jsonl"),
        ("link.html", "would overwrite in.jsonl"),
        ("out.jsonl", "would overwrite out.jsonl"),
        ("./folder/../out.jsonl", "would overwrite out.jsonl"),
        ("folder", "it is a folder"),
        ("nowhere/out.html", "there is no folder nowhere"),
    ],
)
def test_page_that_cannot_be_is_refused_before_the_work(
    page: str, said: str, tmp_path: Path
) -> None:
    before = (tmp_path / "in.jsonl").read_bytes()

    arguments = ("check", "in.jsonl", "--to", "out.jsonl", "--report", page)
    stdout, stderr = run(*arguments, code=USAGE)

    assert said in stderr
    assert stdout == ""
    assert (tmp_path / "in.jsonl").read_bytes() == before
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.usefixtures("_in_folder")
def test_page_does_not_overwrite_the_graph(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("kept", encoding="utf-8")

    _, stderr = run(
        "check", "in.jsonl", "--graph", "graph.ttl", "--report", "graph.ttl", code=USAGE
    )

    assert "would overwrite graph.ttl" in stderr
    assert (tmp_path / "graph.ttl").read_text("utf-8") == "kept"


@pytest.mark.usefixtures("_in_folder")
def test_page_without_its_extra_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "affectgraph.api.report_page", None)

    arguments = ("check", "in.jsonl", "--to", "out.jsonl", "--report", "out.html")
    _, stderr = run(*arguments, code=BACKEND)

    assert 'pip install "affectgraph[web]"' in stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.usefixtures("_in_folder")
def test_page_of_an_earlier_run_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "out.html").write_text("old", encoding="utf-8")

    run("check", "in.jsonl", "--report", "out.html")

    assert "lip corner puller" in (tmp_path / "out.html").read_text("utf-8")
