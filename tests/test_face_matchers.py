"""The comparison of matchers of facial phrases counts what it says, and each matcher finds its phrases."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from affectgraph.kg import EmotionGraph

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def matchers() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield importlib.import_module("face_matchers")


def test_a_spot_is_found_by_an_overlapping_phrase_of_one_of_its_actions(
    matchers: ModuleType,
) -> None:
    brows, smile = frozenset({"AU1", "AU2"}), frozenset({"AU12"})
    text = matchers.GoldText("a text", ((0, 5, brows), (10, 15, smile)), ((0, 5, brows),))
    marked = {"a text": [(3, 8, frozenset({"AU2"})), (10, 15, brows)]}

    # the first phrase finds the first spot and is right; the second names another action
    assert matchers.score(marked.__getitem__, [text]) == (1, 2, 1, 2)


def test_spots_of_the_gold_set_are_words_with_actions(matchers: ModuleType) -> None:
    texts = matchers.gold_texts()
    spots = [(one.text[a:b], codes) for one in texts for a, b, codes in one.spots]

    assert len(spots) > 300
    assert all(codes and not any(map(str.isdigit, words)) for words, codes in spots)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("spacy-words", "The outer brow raiser is seen.", "outer brow raiser"),
        ("spacy-words", "The brows are slightly raised.", None),
        ("spacy-stems", "Her raising eyebrows.", "raising eyebrows"),
        ("book", "The brows are slightly raised.", "brows are slightly raised"),
        ("book", "The ends of the mouth are lifted.", None),
        ("grammar", "The ends of the mouth are lifted.", "ends of the mouth are lifted"),
    ],
)
def test_a_matcher_finds_what_it_is_made_for(
    matchers: ModuleType, graph: EmotionGraph, kind: str, text: str, found: str | None
) -> None:
    if kind.startswith("spacy"):
        pytest.importorskip("spacy")
        find = matchers.spacy_finder(graph, by_stem=kind == "spacy-stems")
    else:
        find = matchers.book_finder(graph, with_grammar=kind == "grammar")

    assert [text[start:end] for start, end, _ in find(text)] == ([found] if found else [])
