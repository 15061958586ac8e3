"""The compiled form of the packaged graph: the same answers, sooner; never an answer of another graph."""

import json
import shutil
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph, GraphStore, OxigraphStore, compiled
from affectgraph.kg.compiled import PackagedStore, compile_packaged, query_names
from affectgraph.kg.index import read_answer
from affectgraph.ontology.errors import BackendError
from tests.kg.store_compliance import StoreCompliance


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("compiled") / "packaged"
    compile_packaged(made)
    return made


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder, tmp_path / "packaged")
    return tmp_path / "packaged"


@pytest.fixture(scope="module")
def parsed() -> OxigraphStore:
    return OxigraphStore.packaged()


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AFFECTGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class TestPackagedStore(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, folder: Path) -> GraphStore:
        return PackagedStore(folder)


def test_it_holds_the_quads_of_the_file(folder: Path, parsed: OxigraphStore) -> None:
    assert len(PackagedStore(folder)) == len(parsed)


@pytest.mark.parametrize("name", query_names())
def test_kept_rows_are_the_answer_of_their_query(
    folder: Path, parsed: OxigraphStore, name: str
) -> None:
    kept = PackagedStore(folder).answer(name)

    assert kept == read_answer(parsed, name)


def test_lookups_open_no_store(
    folder: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PackagedStore, "_store", None)  # would fail if it were called
    graph = EmotionGraph(PackagedStore(folder))

    assert graph.concept("dread").path == ("fear", "nervousness", "dread")
    assert graph.index.forms
    assert not own_cache.exists()


def test_rows_of_a_changed_query_are_asked_anew(copy: Path) -> None:
    path = copy / "rows" / "version.json"
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**kept, "query": "another", "rows": [["9.9.9"]]}), "utf-8")
    store = PackagedStore(copy)

    assert store.answer("version") is None
    assert EmotionGraph(store).version != "9.9.9"


def test_form_of_another_graph_is_not_used(copy: Path) -> None:
    (copy / compiled.STAMP).write_text("0" * 64, "ascii")

    assert PackagedStore(copy).answer("version") is None


def test_store_is_made_in_the_cache_where_an_installation_has_none(
    copy: Path, own_cache: Path, parsed: OxigraphStore
) -> None:
    shutil.rmtree(copy / "store")

    assert len(PackagedStore(copy)) == len(parsed)

    (made,) = own_cache.iterdir()
    assert made == compiled.cache_folder()
    assert compiled.is_current(made)
    assert (made / "store" / "CURRENT").is_file()


def test_store_of_the_cache_is_used_again(
    copy: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(copy / "store")
    first = len(PackagedStore(copy))
    monkeypatch.setattr(compiled, "write_store", None)  # would fail if it were called

    assert len(PackagedStore(copy)) == first


def test_cache_that_cannot_be_written_means_that_the_file_is_parsed(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: OxigraphStore
) -> None:
    shutil.rmtree(copy / "store")
    (tmp_path / "file").write_text("", "ascii")
    monkeypatch.setenv("AFFECTGRAPH_CACHE", str(tmp_path / "file"))

    assert len(PackagedStore(copy)) == len(parsed)


def test_broken_store_is_made_anew(copy: Path, own_cache: Path, parsed: OxigraphStore) -> None:
    (copy / "store" / "CURRENT").write_text("no manifest\n", "ascii")

    assert len(PackagedStore(copy)) == len(parsed)
    assert own_cache.is_dir()


def test_file_that_is_not_the_one_of_its_digest_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "packaged_digest", lambda: "0" * 64)

    with pytest.raises(BackendError, match="make data"):
        compile_packaged(tmp_path / "packaged")


def test_compiling_again_replaces_what_was_there(copy: Path) -> None:
    (copy / "stray").write_text("", "ascii")

    compile_packaged(copy, with_store=False)

    assert not (copy / "stray").exists()
    assert not (copy / "store").exists()
    assert compiled.is_current(copy)
