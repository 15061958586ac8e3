"""Triggers spare patterns, and never a claim."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker
from affectgraph.reasoner.extract import words
from affectgraph.reasoner.extract.triggers import ALL, HIDE, MARKER, TIER, triggers

GOLD = Path(__file__).parents[2] / "benchmarks/data/gold"


def _texts() -> Iterator[str]:
    for name in ("sentences", "rationales"):
        lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line)["text"] for line in lines)


def test_a_checker_that_tries_every_pattern_gives_the_same_reports(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = list(_texts())[::5]
    sparing = [Checker(graph).check(text) for text in texts]
    monkeypatch.setattr(words, "triggers", lambda _: ALL)
    everything = Checker(graph)
    assert [everything.check(text) for text in texts] == sparing


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("secondary", TIER), ("behind", HIDE), ("therefore", MARKER), ("first-tier", TIER)],
)
def test_a_word_has_the_trigger_of_the_patterns_it_serves(word: str, wanted: int) -> None:
    assert triggers(word) & wanted


@pytest.mark.parametrize("word", ["whereupon", "x", ""])
def test_a_word_of_no_pattern_has_no_trigger(word: str) -> None:
    assert not triggers(word)


def test_letters_taken_for_others_switch_every_pattern_on(graph: EmotionGraph) -> None:
    report = Checker(graph).check("Annoyance is a \u212aind of anger.")
    assert [j.claim.type for j in report.judgements] == ["subsumed_by"]
