"""What is kept of words beside the compiled rows: the same as made anew, never of another graph or code."""

import copy
import os
import pickle
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.compiled import ROWS, STAMP, PackagedStore, compile_packaged
from affectgraph.kg.grouped import replace_file
from affectgraph.linkers import Annotator, LabelLinker, Lexicon, prepared
from affectgraph.linkers.annotation.matcher import phrase_starts
from affectgraph.linkers.idioms import phrase_keys
from affectgraph.linkers.prepared import ENTRIES, MADE_BY, KeptLists, Lists, write_prepared

STARTS = "phrase_starts"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> EmotionGraph:
    folder = tmp_path_factory.mktemp("compiled") / "packaged"
    compile_packaged(folder, with_store=False)
    size = write_prepared(folder)
    rows = folder / ROWS
    assert size == sum(p.stat().st_size for p in (*rows.glob("*.lists"), rows / ENTRIES))
    return EmotionGraph(PackagedStore(folder))


def unmade() -> Lists:
    raise AssertionError("Lists that are kept were made anew.")


@pytest.fixture
def other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MADE_BY", ("normalise.py",))


def test_kept_entries_are_those_made_anew_in_the_same_order(
    compiled: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = list(Lexicon(compiled).words.items())
    assert prepared.kept_entries(compiled) is not None
    monkeypatch.setattr(prepared, "MADE_BY", ("normalise.py",))

    assert prepared.kept_entries(compiled) is None
    assert kept == list(Lexicon(compiled).words.items())
    assert len(kept) > 15_000


def test_forms_with_an_image_are_told_alike_by_kept_entries_and_senses(
    compiled: EmotionGraph,
) -> None:
    lexicon, words = Lexicon(compiled), compiled.index.words
    found = {form for form in lexicon.words if lexicon.is_figurative(form)}
    senses = (sense for form in lexicon.words for sense in words.get(form, ()))

    assert found == {sense.form for sense in senses if sense.is_figurative}
    assert "a beacon of hope" in found
    assert "joy" not in found


@pytest.mark.parametrize(("name", "make"), [(STARTS, phrase_starts), ("phrase_keys", phrase_keys)])
def test_kept_lists_are_those_made_anew_in_the_same_order(
    compiled: EmotionGraph, name: str, make: Callable[[Iterable[str]], Lists]
) -> None:
    kept = prepared.prepared(compiled, name, unmade)

    assert isinstance(kept, KeptLists)
    assert len(kept) > 1000
    assert list(kept.items()) == list(make(Lexicon(compiled).words).items())


@pytest.mark.usefixtures("other_code")
def test_kept_lists_of_other_code_are_made_anew(compiled: EmotionGraph) -> None:
    assert prepared.prepared(compiled, STARTS, lambda: {"joy": ()}) == {"joy": ()}


def test_lists_are_made_anew_where_the_code_cannot_be_read(
    compiled: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MADE_BY", ("no_such_module.py",))

    assert prepared.prepared(compiled, STARTS, lambda: {"joy": ()}) == {"joy": ()}


def test_lists_of_another_graph_are_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "packaged"
    compile_packaged(folder, with_store=False)
    write_prepared(folder)
    (folder / STAMP).write_text("0" * 64, "ascii")
    graph = EmotionGraph(PackagedStore(folder))

    assert prepared.prepared(graph, STARTS, lambda: {"joy": ()}) == {"joy": ()}
    assert prepared.kept_entries(graph) is None


def test_every_module_that_decides_what_is_kept_is_there() -> None:
    folder = Path(prepared.__file__).parent

    assert [name for name in prepared.MADE_BY if not (folder / name).is_file()] == []


def test_labels_are_grounded_alike_with_and_without_kept_lists(
    compiled: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = ["joy", "over the moon", "blew his top at me", "d\u00e9j\u00e0-vu", "angryy", "table"]
    with_lists = LabelLinker(compiled).ground_many(labels)
    monkeypatch.setattr(prepared, "MADE_BY", ("no_such_module.py",))

    assert LabelLinker(EmotionGraph(compiled.store)).ground_many(labels) == with_lists


def test_lists_without_keys_are_empty() -> None:
    assert dict(KeptLists("", {})) == {}
    assert "joy" not in KeptLists("", {})


def test_graph_and_answers_can_be_pickled_after_a_word_was_looked_up() -> None:
    graph = EmotionGraph.load()
    found = Annotator(graph).annotate("I am not glad at all")
    assert graph.index.words["joy"]

    again = pickle.loads(pickle.dumps((graph, found)))  # noqa: S301
    assert again[0].index.words["joy"] == graph.index.words["joy"]
    assert again[1] == found


def test_linker_can_be_copied_after_a_word_was_looked_up() -> None:
    linker = LabelLinker(EmotionGraph.load())
    assert linker.ground("joy").concept is not None

    assert copy.deepcopy(linker).ground("glum") == linker.ground("glum")


def test_make_compiles_anew_when_a_module_changes_that_decides_what_is_kept() -> None:
    root = Path(__file__).parents[2]
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^PREPARING := \$\(addprefix linkers/,((?:.|\\\n)*?)\)$", makefile, re.M)
    after = re.search(r"^\$\(COMPILED\): ((?:.|\\\n)*?)\n\t", makefile, re.M)
    assert listed
    assert after
    named = {f"linkers/{name}" for name in listed[1].replace("\\\n", " ").split()}
    named |= set(after[1].replace("\\\n", " ").split())

    made_by = {os.path.normpath(f"linkers/{name}") for name in MADE_BY}
    assert made_by <= named


def test_file_that_cannot_be_written_whole_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "kept.lists"
    replace_file(path, b"before")
    (tmp_path / "kept.lists.half").mkdir()

    with pytest.raises(OSError, match="half"):
        replace_file(path, b"after")
    assert path.read_bytes() == b"before"
