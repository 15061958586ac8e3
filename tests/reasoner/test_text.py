"""Sentences of a rationale."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.reasoner.extract.text import sentences


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
        ("The person shows no\nsmile.", ["The person shows no\nsmile."]),  # a wrapped line
        ("Heading of three words\nAU6 is on.", ["Heading of three words", "AU6 is on."]),
        ("the final emotion\nemotion: joy", ["the final emotion", "emotion: joy"]),
        ("cues of the face:\nraised cheeks", ["cues of the face:", "raised cheeks"]),
        ("- cheeks are raised\nlips are parted", ["- cheeks are raised", "lips are parted"]),
        ("  padded.  ", ["padded."]),
        ("joy is" + " " * 31 + "here", ["joy is" + " " * 31 + "here"]),  # a column of a table
        ("joy is" + " " * 32 + "here", ["joy is", "here"]),
        ("a" + "\t" * 40 + "b." + "\u00a0" * 40 + "c", ["a", "b.", "c"]),
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
