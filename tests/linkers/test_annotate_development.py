"""The annotator keeps what it reached on the development texts; ``benchmarks/annotation_development.py``."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "development"


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def polarity_at(annotator: Annotator, text: str, word: str) -> str:
    start = text.lower().find(word.lower())
    found = [m for m in annotator.annotate(text).mentions if m.start <= start < m.end]
    return found[0].polarity if found else "missed"


def test_negation_of_explicit_words_is_right_in_98_of_100(annotator: Annotator) -> None:
    right = [
        polarity_at(annotator, row["text"], row["word"]) == row["polarity"]
        for row in rows("negation.tsv")
    ]

    assert sum(right) / len(right) >= 0.98


def test_mixed_polarity_is_right_in_88_of_100(annotator: Annotator) -> None:
    right = [
        [polarity_at(annotator, row["text"], row[f"word{i}"]) for i in (1, 2)]
        == [row["polarity1"], row["polarity2"]]
        for row in rows("mixed.tsv")
    ]

    assert sum(right) / len(right) >= 0.88


def test_at_most_8_of_100_neutral_comments_are_marked(annotator: Annotator) -> None:
    marked = [
        bool(annotator.annotate(row["text"]).mentions) for row in rows("neutral_comments.tsv")
    ]

    assert sum(marked) / len(marked) <= 0.08
