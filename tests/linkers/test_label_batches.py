"""One label's answer does not depend on what else is asked, in which order or how often."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker

LABELS: list[object] = [
    "joy",
    "fears",
    "afraid",
    "sorry",
    "table",
    "not happy",
    "\u60b2\u4f24",
    "",
    None,
    3,
    "x" * 300,
    "happily surprised",
    "neutral",
    "dependent",
    "Embarrassment",
    "trust",
]


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@given(st.permutations(LABELS))
def test_batch_answers_as_single_calls_do_in_any_order(
    linker: LabelLinker, labels: list[object]
) -> None:
    assert linker.ground_many(labels) == [linker.ground(label) for label in labels]


@given(st.lists(st.sampled_from(LABELS), max_size=30), st.sampled_from([None, "emotic", "xed"]))
def test_answer_does_not_depend_on_neighbours(
    linker: LabelLinker, labels: list[object], scheme: str | None
) -> None:
    for label, grounding in zip(labels, linker.ground_many(labels, scheme=scheme), strict=True):
        assert grounding == linker.ground(label, scheme=scheme)


@given(st.permutations(LABELS))
@settings(max_examples=20)
def test_fresh_linker_answers_as_a_used_one(
    graph: EmotionGraph, linker: LabelLinker, labels: list[object]
) -> None:
    assert LabelLinker(graph).ground_many(labels[:3]) == linker.ground_many(labels[:3])


@given(st.text(max_size=250))
def test_any_text_gets_a_whole_answer(linker: LabelLinker, label: str) -> None:
    grounding = linker.ground(label)

    assert (grounding.status == "nil") == (grounding.reason is not None)
    assert (grounding.status == "nil") == (not grounding.candidates)
    assert (grounding.concept is not None) == (grounding.status in {"linked", "neutral"})
    assert 0 <= grounding.score <= 1
    assert grounding == linker.ground(label)


def test_empty_batch_has_no_answers(linker: LabelLinker) -> None:
    assert linker.ground_many([]) == []


def test_batch_may_be_any_iterable(linker: LabelLinker) -> None:
    found = linker.ground_many(label for label in ("joy", "table"))

    assert [grounding.status for grounding in found] == ["linked", "nil"]


def test_limit_holds_for_every_label_of_a_batch(linker: LabelLinker) -> None:
    found = linker.ground_many(["appreciation", "sorry"], limit=1)

    assert [len(grounding.candidates) for grounding in found] == [1, 1]
