"""The one form in which labels and words are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.linkers import normalise
from affectgraph.linkers.normalise import is_foreign_script


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("joy", "joy"),
        ("JOY", "joy"),
        ("  Joy \n", "joy"),
        ("sexual  desire", "sexual desire"),
        ("Deep_Sadness", "deep sadness"),
        ("happy-for", "happy-for"),
        ("Pleasure/Ecstasy", "pleasure/ecstasy"),
        ("#joy", "joy"),
        ("**anger**", "anger"),
        ("`fear`", "fear"),
        ('"sad"', "sad"),
        ("'sad'", "sad"),
        ("\u201csad\u201d", "sad"),
        ("\u2018sad\u2019", "sad"),
        ("don\u2019t", "don't"),
        ("awe\u2010struck", "awe-struck"),
        ("fear.", "fear"),
        ("fear!?", "fear"),
        ("[fear]", "fear"),
        ("<fear>", "fear"),
        ("joy\u00a0and\u2003bliss", "joy and bliss"),
        ("\uff4a\uff4f\uff59", "joy"),
        ("stra\u00dfe", "strasse"),
        ("", ""),
        ("   ", ""),
        ("?!...", ""),
        ("___", ""),
        ("\U0001f600", "\U0001f600"),
    ],
)
def test_label_is_brought_into_its_compared_form(label: str, expected: str) -> None:
    assert normalise(label) == expected


@given(st.text())
def test_normalise_is_idempotent(label: str) -> None:
    once = normalise(label)

    assert normalise(once) == once


@given(st.text(st.characters(max_codepoint=127)))
def test_case_of_english_letters_does_not_matter(label: str) -> None:
    assert normalise(label.upper()) == normalise(label.lower())


@given(st.text(" \t\r\n_#*.!?\"'", max_size=6), st.text(" \t\r\n_#*.!?\"'", max_size=6))
def test_marks_at_the_edges_do_not_matter(before: str, after: str) -> None:
    assert normalise(before + "deep sadness" + after) == "deep sadness"


@given(st.text())
def test_space_stands_single_and_inside_only(label: str) -> None:
    form = normalise(label)

    assert form == " ".join(form.split())


@pytest.mark.parametrize("word", ["caf\u00e9", "alegr\u00eda", "na\u00efve"])
def test_composed_and_decomposed_letters_are_one(word: str) -> None:
    assert normalise(unicodedata.normalize("NFD", word)) == normalise(word)


@pytest.mark.parametrize(
    "text", ["alegr\u00eda", "\u6012\u308a", "\u0440\u0430\u0434\u043e", "joy \u60b2"]
)
def test_letters_that_english_lacks_are_foreign(text: str) -> None:
    assert is_foreign_script(text)


@pytest.mark.parametrize(
    "text", ["joy", "", "42", "joy \U0001f600", "self-doubt", "don't", "\u2026"]
)
def test_plain_letters_figures_and_emoji_are_not_foreign(text: str) -> None:
    assert not is_foreign_script(text)
