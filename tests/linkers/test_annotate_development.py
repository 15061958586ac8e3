"""The annotator keeps what it reached on the sets of texts; see ``benchmarks/annotation_development.py``.

A bound lies one case in a hundred below what was reached when it was set. The comments of the third set are
held out and have none: nothing may be tuned until they pass.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
POLARITY, MIXED = "polarity, missed words wrong", "mixed polarity, both words right"
NEUTRAL = "neutral comments without a mark"
EMOTIONAL = "emotional comments, top emotion right"
LEAST = {
    "development": {
        POLARITY: 0.980,
        MIXED: 0.948,
        NEUTRAL: 0.958,
        EMOTIONAL: 0.700,
        "annotated: word found": 0.957,
        "annotated: concept": 0.976,
        "annotated: polarity": 0.983,
        "annotated: intensity": 0.921,
        "annotated: certainty": 0.948,
        "annotated: role": 0.935,
        "annotated: experiencer": 0.935,
    },
    "second": {
        POLARITY: 0.986,
        MIXED: 0.950,
        NEUTRAL: 0.918,
        EMOTIONAL: 0.675,
        "annotated: word found": 0.957,
        "annotated: concept": 0.976,
        "annotated: polarity": 0.990,
        "annotated: intensity": 0.962,
        "annotated: certainty": 0.983,
        "annotated: role": 0.948,
        "annotated: experiencer": 0.962,
    },
    "third": {POLARITY: 0.974, MIXED: 0.948},
    "fourth": {POLARITY: 0.926},
    "fifth": {POLARITY: 0.98, MIXED: 0.98},
    "sixth": {POLARITY: 0.974, MIXED: 0.983},
    "seventh": {POLARITY: 0.971, MIXED: 0.973},
    "eighth": {POLARITY: 0.906, MIXED: 0.883},
}
"""Least share of right answers, by set and by what is measured."""

CASES = {
    ("development", "annotated: word found"): 150,
    ("second", NEUTRAL): 250,
    ("third", MIXED): 120,
    ("fourth", POLARITY): 250,
    ("fifth", POLARITY): 310,
    ("sixth", POLARITY): 320,
    ("sixth", MIXED): 60,
    ("seventh", POLARITY): 320,
    ("seventh", MIXED): 60,
    ("eighth", POLARITY): 320,
    ("eighth", MIXED): 60,
}
"""Rows of some of the sets."""


@pytest.fixture(scope="module")
def shares(graph: EmotionGraph) -> Iterator[dict[str, dict[str, tuple[int, int]]]]:
    """Right answers and cases, by set and by what is measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        benchmark: ModuleType = importlib.import_module("annotation_development")
        annotator = Annotator(graph)
        yield {
            name: {s.name: (s.right, s.cases) for s in benchmark.scores(annotator, folder)}
            for name in LEAST
            for folder in (benchmark.DATA / name,)
        }


@pytest.mark.parametrize(
    ("name", "measured", "least"),
    [(name, measured, least) for name, part in LEAST.items() for measured, least in part.items()],
)
def test_annotator_keeps_what_it_reached(
    shares: dict[str, dict[str, tuple[int, int]]], name: str, measured: str, least: float
) -> None:
    right, cases = shares[name][measured]

    assert right / cases >= least, f"{right} of {cases}"


def test_what_the_annotator_is_held_to_is_all_that_is_measured_but_held_out_comments(
    shares: dict[str, dict[str, tuple[int, int]]],
) -> None:
    bounded = {(name, measured) for name, part in LEAST.items() for measured in part}
    measured = {(name, measured) for name, part in shares.items() for measured in part}

    assert measured - bounded == {
        *((name, "polarity of the words found") for name in LEAST),
        *((name, "the same, marked at all") for name in ("development", "second", "third")),
        ("third", NEUTRAL),
        ("third", EMOTIONAL),
    }


def test_all_cases_of_the_sets_are_counted(shares: dict[str, dict[str, tuple[int, int]]]) -> None:
    counted = {(name, measured): shares[name][measured][1] for name, measured in CASES}

    assert counted == CASES
