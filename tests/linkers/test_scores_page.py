"""docs/scores.md: its examples run, and its tables are what the benchmark prints."""

import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scores.md"
OTHERS = ("second", "third")
"""Sets by other authors, in the order of the page's columns."""

ROWS = {
    "open labels": "open_labels",
    "*of these, with an emotion*": "open labels, emotional",
    "idioms": "idioms",
    "misspellings": "misspelling",
    "English words one edit from an emotion word": "English word",
    "nouns that name no emotion, concrete": "concrete",
    "the same, abstract": "abstract",
    "morphology": "morphology",
    "shapes": "shapes",
    "words of other languages": "foreign",
}
"""Rows of the page's table of these sets, and what the benchmark calls them."""


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield importlib.import_module("grounding_development")


def test_examples_of_the_page_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 5
    assert failed == 0


def test_tables_are_what_the_benchmark_prints(
    graph: EmotionGraph, benchmark: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    linker = LabelLinker(graph)
    found = benchmark.print_sets(graph, linker)
    benchmark.print_presets(graph, found, linker)
    benchmark.print_reliability(benchmark.scored(found))

    assert capsys.readouterr().out.strip() in PAGE.read_text(encoding="utf-8")


BLANK = ["", "", ""]


def cells_of(line: str) -> list[str]:
    """Return the cells of a row of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def printed(
    graph: EmotionGraph, benchmark: ModuleType, name: str, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, list[str]], str]:
    """Return what the benchmark prints of a set as the page writes it, by row, and the calibration error.

    The page gives no precision where nothing placed can be right.
    """
    found = benchmark.print_sets(graph, LabelLinker(graph), benchmark.DATA / name)
    error = benchmark.calibration_error(benchmark.scored(found))
    rows = {}
    for line in capsys.readouterr().out.splitlines()[1:]:
        if not line.startswith("foreign words refused"):
            cases, right, _, placed, precision = line[24:].split()
            precision = "" if precision in {"-", "0.00"} else precision.removeprefix("0")
            rows[line[:24].strip()] = [f"{right} of {cases}", placed, precision]
    return rows, f"{error:.3f}".removeprefix("0")


def test_table_of_the_sets_by_other_authors_is_what_the_benchmark_prints(
    graph: EmotionGraph, benchmark: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("Sets by other authors")[2]
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    page = {cells[0]: cells[1:] for cells in map(cells_of, lines)}
    sets = [printed(graph, benchmark, name, capsys) for name in OTHERS]

    wanted = {
        row: [cell for cells, _ in sets for cell in cells.get(name, BLANK)]
        for row, name in ROWS.items()
    }

    assert page == wanted
    second, third = (error for _, error in sets)
    assert f"calibration error is {second} on the second and {third} on the third" in text


def test_figures_of_first_scorings_are_those_of_the_runs_the_page_names() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    for name, said in (
        ("second_blind", "({} labels with an emotion, {} idioms; commit f881fbe:"),
        ("third_before", "gave {} labels with an emotion and {} idioms (commit f881fbe:"),
    ):
        path = f"benchmarks/results/grounding_{name}-0.1.0.txt"
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        run = {line[:24].strip(): line[24:].split() for line in lines}
        right = [f"{run[row][1]} of {run[row][0]}" for row in ("open labels, emotional", "idioms")]

        assert any(line.startswith("commit: f881fbe") for line in lines)
        assert f"{said.format(*right)} `{path}`)" in text


def test_calibration_error_stays_below_what_is_asked(
    graph: EmotionGraph, benchmark: ModuleType
) -> None:
    linker = LabelLinker(graph)
    answers = benchmark.scored(
        [case for name in ("open_labels", "nouns") for case in benchmark.cases(graph, linker, name)]
    )

    assert benchmark.calibration_error(answers) <= 0.08
