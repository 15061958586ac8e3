"""The figures of linkers/scores.py are what the fit of benchmarks/label_scores.py gives."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.scores import ANCHOR_WEIGHT, DIVIDED, P_RIGHT

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def fit() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location(
            "label_scores", BENCHMARKS / "label_scores.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def test_scores_are_what_the_fit_gives(graph: EmotionGraph, fit: ModuleType) -> None:
    fitted = {kind: fit.smoothed(*counts) for kind, counts in fit.fit(graph).items()}

    divided = fitted.pop("divided")
    assert (fitted, divided) == (P_RIGHT, DIVIDED)


def test_scores_are_probabilities_and_never_certain() -> None:
    assert all(0 < value < 1 for value in (DIVIDED, *P_RIGHT.values()))


def test_looser_anchors_weigh_less() -> None:
    weights = [ANCHOR_WEIGHT[k] for k in ("exact", "close", "narrower", "broader", "component")]

    assert weights == sorted(weights, reverse=True)
