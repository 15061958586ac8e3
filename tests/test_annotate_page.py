"""docs/annotate.md: its Python examples run and give what the page prints; so do its figures."""

import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "annotate.md"
ROWS = {
    "polarity, missed words wrong": "polarity of explicit words, missed ones wrong",
    "mixed polarity, both words right": "two words of different polarity, both right",
    "neutral comments without a mark": "neutral comments without a mark",
    "emotional comments, top emotion right": "emotional comments, the top emotion right",
    "annotated: word found": "the word found",
    "annotated: concept": "of those: concept",
    "annotated: intensity": "intensity",
    "annotated: certainty": "certainty",
    "annotated: role": "role",
    "annotated: experiencer": "experiencer",
}
"""What the benchmark prints and the page calls otherwise; it leaves the rest out."""

COLUMNS = {
    "development": "First",
    "second": "Second",
    "third": "Third",
    "fourth": "Fourth",
    "fifth": "Fifth",
    "sixth": "Sixth",
    "seventh": "Seventh",
    "eighth": "Eighth, unseen",
}
BLIND = {
    "third": ("Third, unseen", "13f346cec6d6"),
    "fourth": ("Fourth, unseen", "13f346cec6d6"),
    "fifth": ("Fifth, unseen", "d4fa43c04774"),
    "sixth": ("Sixth, unseen", "fc79400d3c71"),
    "seventh": ("Seventh, unseen", "e77880ace74b"),
}
"""Columns of what was scored blind, and the commit that was."""


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield importlib.import_module("annotation_development")


def column(title: str) -> dict[str, str]:
    """Return the filled cells of a column of the page's table of figures, by row."""
    text = PAGE.read_text(encoding="utf-8").partition("## How good it is")[2]
    lines = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")]
    header, *rows = [[cell.strip() for cell in line] for line in lines]
    place = header.index(title)
    return {row[0]: row[place] for row in rows if row[place]}


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 8
    assert failed == 0


@pytest.mark.parametrize("name", COLUMNS)
def test_figures_of_today_are_what_the_benchmark_counts(
    graph: EmotionGraph, benchmark: ModuleType, name: str
) -> None:
    scores = benchmark.scores(Annotator(graph), benchmark.DATA / name)
    counted = {ROWS[s.name]: f"{s.right} of {s.cases}" for s in scores if s.name in ROWS}

    assert column(COLUMNS[name]) == counted


@pytest.mark.parametrize("name", BLIND)
def test_figures_unseen_are_those_of_the_run_that_was_blind(name: str) -> None:
    path = ROOT / "benchmarks" / "results" / f"annotation_{name}_blind-0.1.0.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    printed = {line[:38].strip(): " ".join(line[38:].split()[:3]) for line in lines}

    title, commit = BLIND[name]

    assert any(line.startswith(f"commit: {commit}") for line in lines)
    assert column(title) == {row: printed[key] for key, row in ROWS.items() if key in printed}
