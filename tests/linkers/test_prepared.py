"""Lists that are kept beside the compiled rows: the same as made anew, and never of another graph or code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.compiled import ROWS, STAMP, PackagedStore, compile_packaged
from affectgraph.linkers import LabelLinker, prepared
from affectgraph.linkers.annotation.matcher import phrase_starts
from affectgraph.linkers.idioms import phrase_keys
from affectgraph.linkers.lexicon import lexicon_forms
from affectgraph.linkers.prepared import KeptLists, Lists, write_prepared

FORMS = "lexicon_forms"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> EmotionGraph:
    folder = tmp_path_factory.mktemp("compiled") / "packaged"
    compile_packaged(folder, with_store=False)
    size = write_prepared(folder)
    assert size == sum(path.stat().st_size for path in (folder / ROWS).glob("*.lists"))
    return EmotionGraph(PackagedStore(folder))


def unmade() -> Lists:
    raise AssertionError("Lists that are kept were made anew.")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        (FORMS, lambda graph: lexicon_forms(graph)),
        ("phrase_starts", lambda graph: phrase_starts(lexicon_forms(graph))),
        ("phrase_keys", lambda graph: phrase_keys(lexicon_forms(graph))),
    ],
)
def test_kept_lists_are_those_made_anew_in_the_same_order(
    compiled: EmotionGraph, name: str, make: Callable[[EmotionGraph], Lists]
) -> None:
    kept = prepared.prepared(compiled, name, unmade)

    assert isinstance(kept, KeptLists)
    assert len(kept) > 1000
    assert list(kept.items()) == list(make(compiled).items())


def test_kept_lists_of_other_code_are_made_anew(
    compiled: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MADE_BY", ("normalise.py",))

    assert prepared.prepared(compiled, FORMS, lambda: {"joy": ()}) == {"joy": ()}


def test_lists_are_made_anew_where_the_code_cannot_be_read(
    compiled: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MADE_BY", ("no_such_module.py",))

    assert prepared.prepared(compiled, FORMS, lambda: {"joy": ()}) == {"joy": ()}


def test_lists_of_another_graph_are_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "packaged"
    compile_packaged(folder, with_store=False)
    write_prepared(folder)
    (folder / STAMP).write_text("0" * 64, "ascii")
    graph = EmotionGraph(PackagedStore(folder))

    assert prepared.prepared(graph, FORMS, lambda: {"joy": ()}) == {"joy": ()}


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
