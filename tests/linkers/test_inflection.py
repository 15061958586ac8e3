"""Base forms that English endings propose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.linkers.inflection import base_forms

words = st.text("abcdefghijklmnopqrstuvwxyz", max_size=20)


@pytest.mark.parametrize(
    ("word", "base", "part_of_speech"),
    [
        ("fears", "fear", "noun"),
        ("fears", "fear", "verb"),
        ("worries", "worry", "noun"),
        ("worried", "worry", "verb"),
        ("worrying", "worry", "verb"),
        ("loves", "love", "verb"),
        ("loved", "love", "verb"),
        ("loving", "love", "verb"),
        ("regretted", "regret", "verb"),
        ("regretting", "regret", "verb"),
        ("sadder", "sad", "adjective"),
        ("saddest", "sad", "adjective"),
        ("angrier", "angry", "adjective"),
        ("angriest", "angry", "adjective"),
        ("calmer", "calm", "adjective"),
        ("envies", "envy", "verb"),
        ("disgusts", "disgust", "noun"),
    ],
)
def test_inflected_form_proposes_its_base(word: str, base: str, part_of_speech: str) -> None:
    parts = {
        part for found in base_forms(word) if found.form == base for part in found.parts_of_speech
    }

    assert part_of_speech in parts


@pytest.mark.parametrize("word", ["", "s", "as", "ed", "ing", "joy", "bliss", "table", "red"])
def test_word_without_a_fitting_ending_has_no_base(word: str) -> None:
    assert list(base_forms(word)) == []


@pytest.mark.parametrize(("word", "wrong"), [("happiness", "happines"), ("bliss", "blis")])
def test_double_s_is_no_plural(word: str, wrong: str) -> None:
    assert wrong not in {base.form for base in base_forms(word)}


def test_comparative_is_of_an_adjective_and_never_of_a_noun() -> None:
    parts = {part for base in base_forms("sadder") for part in base.parts_of_speech}

    assert parts == {"adjective", "adverb"}


@given(words)
def test_base_is_never_the_word_itself_and_never_longer_than_it(word: str) -> None:
    for base in base_forms(word):
        assert base.form != word
        assert len(base.form) <= len(word)


@given(words)
def test_base_shares_the_beginning_of_the_word(word: str) -> None:
    for base in base_forms(word):
        assert len(base.form) >= 2
        assert word[0] == base.form[0]
