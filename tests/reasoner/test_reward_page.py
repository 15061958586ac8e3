"""docs/reward.md: its example runs, its table is what the benchmark prints, its weights are the defaults."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import RewardParts, Weights

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reward.md"


def test_examples_of_the_page_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert (failed, tried) == (0, 4)


def test_table_is_what_the_benchmark_prints(
    graph: EmotionGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        importlib.import_module("reward_gaming").print_table(graph)

    assert capsys.readouterr().out.strip() in PAGE.read_text(encoding="utf-8"), (
        "the figures changed: put what benchmarks/reward_gaming.py prints into docs/reward.md"
    )


def test_weights_of_the_page_are_the_defaults() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (-?[\d.]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert [name for name, _ in rows] == list(RewardParts.__slots__)
    assert {name: abs(float(weight)) for name, weight in rows} == {
        name: getattr(Weights(), name) for name, _ in rows
    }
