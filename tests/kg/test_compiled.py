"""The compiled form of the packaged graph: the same answers, sooner; never an answer of another graph."""

import json
import shutil
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph, GraphStore, OxigraphStore, compiled
from affectgraph.kg.compiled import CompiledStore, compile_packaged, open_packaged, query_names
from affectgraph.kg.index import read_rows
from affectgraph.ontology.errors import BackendError
from tests.kg.store_compliance import StoreCompliance


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("compiled") / "packaged"
    compile_packaged(made)
    return made


@pytest.fixture(scope="module")
def parsed() -> OxigraphStore:
    return OxigraphStore.packaged()


class TestCompiledStore(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, folder: Path) -> GraphStore:
        return open_packaged(folder)


def test_it_holds_the_quads_of_the_file(folder: Path, parsed: OxigraphStore) -> None:
    store = open_packaged(folder)

    assert isinstance(store, CompiledStore)
    assert len(store) == len(parsed)


@pytest.mark.parametrize("name", query_names())
def test_kept_rows_are_the_answer_of_their_query(
    folder: Path, parsed: OxigraphStore, name: str
) -> None:
    store = open_packaged(folder)
    assert isinstance(store, CompiledStore)

    kept = store.rows(name)

    assert kept is not None
    assert list(kept) == list(read_rows(parsed, name))


def test_rows_of_a_changed_query_are_asked_anew(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "packaged"
    shutil.copytree(folder, copy)
    kept = json.loads((copy / "rows" / "version.json").read_text("utf-8"))
    (copy / "rows" / "version.json").write_text(
        json.dumps({**kept, "query": "another", "rows": [["9.9.9"]]}), "utf-8"
    )
    store = open_packaged(copy)
    assert isinstance(store, CompiledStore)

    assert store.rows("version") is None
    assert [*read_rows(store, "version")] == [{"version": EmotionGraph(store).version}]
    assert EmotionGraph(store).version != "9.9.9"


def test_form_of_another_graph_is_not_used(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "packaged"
    shutil.copytree(folder, copy)
    (copy / compiled.STAMP).write_text("0" * 64, "ascii")

    assert not isinstance(open_packaged(copy), CompiledStore)


def test_missing_form_means_that_the_file_is_parsed(tmp_path: Path, parsed: OxigraphStore) -> None:
    store = open_packaged(tmp_path / "nothing")

    assert not isinstance(store, CompiledStore)
    assert len(store) == len(parsed)


def test_broken_form_means_that_the_file_is_parsed(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "packaged"
    shutil.copytree(folder, copy)
    (copy / "store" / "CURRENT").write_text("no manifest\n", "ascii")

    assert not isinstance(open_packaged(copy), CompiledStore)


def test_file_that_is_not_the_one_of_its_digest_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "packaged_digest", lambda: "0" * 64)

    with pytest.raises(BackendError, match="make data"):
        compile_packaged(tmp_path / "packaged")


def test_compiling_again_replaces_what_was_there(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "packaged"
    compile_packaged(copy)
    (copy / "stray").write_text("", "ascii")

    compile_packaged(copy)

    assert not (copy / "stray").exists()
    assert isinstance(open_packaged(copy), CompiledStore)
