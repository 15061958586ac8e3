"""Triggers spare patterns, and never a claim."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker
from affectgraph.reasoner.extract import channel_cues, words
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


def test_cues_are_found_wherever_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(_texts())
    near = [_cues(text) for text in texts]
    monkeypatch.setattr(channel_cues, "_places", _everywhere)
    assert [_cues(text) for text in texts] == near
    assert sum(map(len, near)) > 100


def test_a_cue_does_not_begin_with_a_hyphen() -> None:
    (cue,) = _cues("The per-frame pitch.")
    assert (cue.start, cue.channel) == (8, "voice")


def _cues(text: str) -> list[channel_cues.ChannelCue]:
    return channel_cues.find_channel_cues(text, 0, len(text), is_transcript=False)


def _everywhere(text: str, start: int, end: int) -> list[tuple[int, list[int]]]:
    """Return every place where letters begin, with every shape."""
    shapes = list(range(len(channel_cues._shapes())))
    places = [m.start() for m in re.finditer(r"[A-Za-z]+", text[start:end])]
    return [(start + place, shapes) for place in places]
