"""Words that share most letters are the ones that a look at each of them finds."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.linkers.letters import LetterSets

WORDS = [
    "anger",
    "angry",
    "range",
    "rage",
    "joyful",
    "hell",
    "hello",
    "banana",
    "a",
    "",
    "d\u00e9j\u00e0 vu",
]
SHARES = (0.5, 0.6, 0.8, 1.0)


def looked_at(words: list[str], word: str, least: float) -> list[str]:
    ratios = [(w, SequenceMatcher(None, w, word).quick_ratio()) for w in words]
    return sorted(w for w, ratio in ratios if ratio >= least)


def test_letters_count_as_often_as_both_words_have_them() -> None:
    # "hell" and "hello" share 4 of 9 letters twice: 8/9; "hall" and "hell" 3 of 8 twice: 6/8
    sets = LetterSets(["hello", "hall"])

    assert sorted(sets.sharing("hell", 0.75)) == ["hall", "hello"]
    assert list(sets.sharing("hell", 0.8)) == ["hello"]


@pytest.mark.parametrize("least", SHARES)
@pytest.mark.parametrize("word", WORDS)
def test_words_found_are_those_that_difflib_would_find(word: str, least: float) -> None:
    kept = [w for w in WORDS if w]

    found = sorted(LetterSets(kept).sharing(word, least))

    assert found == [w for w in looked_at(kept, word, least) if word]


@given(
    st.lists(st.text("abcde", min_size=1, max_size=8), max_size=12, unique=True),
    st.text("abcdef", min_size=1, max_size=10),
    st.sampled_from(SHARES),
)
def test_any_words_are_found_as_difflib_finds_them(
    words: list[str], word: str, least: float
) -> None:
    assert sorted(LetterSets(words).sharing(word, least)) == looked_at(words, word, least)


def test_nothing_is_found_among_no_words() -> None:
    assert list(LetterSets([]).sharing("anger", 0.8)) == []
