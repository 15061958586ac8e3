"""Lines and words found in sorted text, beside plain searches of the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.linkers.annotation.uses import TABLE
from affectgraph.linkers.english import DATA, english_words, is_common, is_english
from affectgraph.linkers.sorted_lines import SortedLines, SortedWords

WORDS = st.lists(st.text("abc\u00e9\U0001f600-", min_size=1, max_size=4), unique=True)


@given(WORDS, st.text("abc\u00e9-", max_size=4))
def test_words_are_found_as_in_a_set(words: list[str], word: str) -> None:
    held = SortedWords("".join(f"{each}\n" for each in sorted(words)))

    assert (word in held) == (word in set(words))
    assert all(each in held for each in words)


@given(WORDS)
def test_lines_are_found_as_by_a_look_at_each(words: list[str]) -> None:
    lines = SortedLines("".join(f"{each}\n" for each in sorted(words)))

    for two in ("a\n", "ab", "b-", "\u00e9a"):
        assert lines.beginning(two) == [w for w in sorted(words) if f"{w}\n".startswith(two)]


@pytest.mark.parametrize("other", [None, 3, b"table"])
def test_what_is_no_text_is_no_word(other: object) -> None:
    assert other not in SortedWords("table\n")


def test_lists_that_are_searched_are_sorted() -> None:
    forms = [line.partition("\t")[0] for line in TABLE.read_text("utf-8").splitlines()[1:]]
    common, rest = (DATA / "english.txt").read_text("ascii").split("\n\n")

    assert forms == sorted(set(forms))
    assert common.split() == sorted(set(common.split()))
    assert rest.split() == sorted(set(rest.split()))


def test_english_words_are_told_one_by_one_as_in_the_sets() -> None:
    words = english_words()
    some = sorted(words.every)[::50]
    near = [word[:-1] + "q" for word in some]

    assert [w for w in (*some, *near) if is_common(w) != (w in words.common)] == []
    assert [w for w in (*some, *near) if is_english(w) != (w in words.every)] == []
