"""Sentences, denial and hedging of a rationale."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.reasoner.text import (
    clause_after,
    clause_before,
    is_denied,
    is_hedged,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("No full stop", ["No full stop"]),
        ("AU12_r is 2.5 here.", ["AU12_r is 2.5 here."]),
        ("first\n\nsecond\nthird", ["first", "second", "third"]),
        ("- AU6\n- AU12", ["- AU6", "- AU12"]),
        ("<think>why</think><answer>joy</answer>", ["why", "joy"]),
        ("<think>Why.</think>", ["Why."]),
        ('{"emotion": "joy", "why": "a smile"}', ['{"emotion": "joy"', '"why": "a smile"}']),
        ("wait... what", ["wait...", "what"]),
        ("A.B and a/b.c", ["A.B and a/b.c"]),
        ("  padded.  ", ["padded."]),
        ("", []),
        (" \n\t", []),
        ("<think></think>", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@given(st.text())
def test_sentences_of_any_text_are_exact_ordered_and_apart(text: str) -> None:
    found = sentences(text)

    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def denied(text: str, word: str) -> bool:
    start = text.index(word)
    (sentence,) = [s for s in sentences(text) if s.start <= start < s.end]
    return is_denied(text, sentence, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("There is no fear.", "fear"),
        ("There is no sign of fear.", "fear"),
        ("no fear, but anger", "fear"),
        ("anger rather than fear", "fear"),
        ("rather than fear, anger", "fear"),
        ("instead of joy, fear", "joy"),
        ("fear is absent", "fear"),
        ("fear is not visible", "fear"),
        ("fear is clearly missing", "fear"),
        ("He isn't angry", "angry"),
        ("He isn\u2019t angry", "angry"),
        ("neither fear nor anger", "fear"),
        ("neither fear nor anger", "anger"),
        ("no fear or anger", "anger"),
        ("free of anger", "anger"),
        ("which rules out anger", "anger"),
        ("lacks any joy", "joy"),
        ("without joy", "joy"),
        ("not anger but fear", "anger"),
        ("angry, not sad", "sad"),
        ("never angry", "angry"),
        ("nothing suggests fear", "fear"),
        ("the absence of joy", "joy"),
        ("as opposed to joy", "joy"),
        ("NO FEAR", "FEAR"),
    ],
)
def test_mention_is_denied(text: str, word: str) -> None:
    assert denied(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("There is fear.", "fear"),
        ("no fear, but anger", "anger"),
        ("anger rather than fear", "anger"),
        ("rather than fear, anger", "anger"),
        ("instead of joy, fear", "fear"),
        ("not anger but fear", "fear"),
        ("angry, not sad", "angry"),
        ("anger without fear", "anger"),
        ("no doubt sad", "sad"),
        ("without a doubt sad", "sad"),
        ("a knot of fear", "fear"),
        ("a notable fear", "fear"),
        ("She is not afraid and the man is angry", "angry"),
        ("It is not loud; he is angry", "angry"),
        ("not because of fear but anger", "anger"),
        ("Not now. He is angry.", "angry"),
        ("No answer\nHe is angry", "angry"),
        ("He is angry. Not now.", "angry"),
    ],
)
def test_mention_is_not_denied(text: str, word: str) -> None:
    assert not denied(text, word)


@pytest.mark.parametrize("text", ["not only sad", "not just sad", "not merely sad but angry"])
def test_not_only_denies_nothing(text: str) -> None:
    assert not denied(text, "sad")


def test_denial_holds_for_the_first_member_of_a_list() -> None:
    assert denied("There is no fear, anger or joy.", "fear")


@pytest.mark.parametrize("word", ["anger", "joy"])
def test_denial_holds_for_every_member_of_a_list(word: str) -> None:
    assert denied("There is no fear, anger or joy.", word)


@pytest.mark.parametrize(
    "text",
    ["may be", "might be", "could be", "appears sad", "it seems", "likely", "Perhaps", "SUGGESTS"],
)
def test_clause_is_hedged(text: str) -> None:
    assert is_hedged(text)


@pytest.mark.parametrize(
    "text", ["", "is sad", "clearly", "definitely", "mayor", "candid", "\u60b2"]
)
def test_clause_is_not_hedged(text: str) -> None:
    assert not is_hedged(text)


def test_clause_reaches_from_break_to_break() -> None:
    text = "AU1 is on, but AU4 is off; AU6 is on."
    (sentence,) = sentences(text)
    place = text.index("AU4")

    assert clause_before(text, sentence, place).strip() == ""
    assert clause_after(text, sentence, place) == "AU4 is off"


def test_comma_between_units_of_a_list_breaks_no_clause() -> None:
    text = "AU1, AU2 and AU4 are on."
    (sentence,) = sentences(text)

    assert clause_after(text, sentence, 0) == text


@given(st.text("not fear.,;AU1\n'\u2019\U0001f600 ", min_size=1), st.data())
def test_denial_of_any_span_is_decided(text: str, data: st.DataObject) -> None:
    for sentence in sentences(text):
        start = data.draw(st.integers(sentence.start, sentence.end))
        end = data.draw(st.integers(start, sentence.end))

        assert is_denied(text, sentence, start, end) in {True, False}
