"""Options of ``check`` and its kin that are read before the work: fields, pages, JSON values."""

from pathlib import Path

import pytest

from affectgraph.api.cli_base import FAULTY, USAGE
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
