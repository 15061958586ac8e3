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


def test_calibration_error_stays_below_what_is_asked(
    graph: EmotionGraph, benchmark: ModuleType
) -> None:
    linker = LabelLinker(graph)
    answers = benchmark.scored(
        [case for name in ("open_labels", "nouns") for case in benchmark.cases(graph, linker, name)]
    )

    assert benchmark.calibration_error(answers) <= 0.08
