"""Misspelled labels and labels of other languages."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker, Lexicon
from affectgraph.linkers.english import english_words, is_english
from affectgraph.linkers.language import language_sign, other_words
from affectgraph.linkers.spelling import corrections, may_be_misspelled, one_edit, unlikeliness


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("angryy", "anger"),  # a letter too many
        ("exctied", "excitement"),  # two letters swapped
        ("digust", "disgust"),  # a letter left out, and "digest" is a word
        ("excutement", "excitement"),  # a letter changed
        ("zestfull", "zest"),
        ("furous", "fury"),
        ("very furous", "fury"),
    ],
)
def test_word_one_edit_away_is_linked_as_a_misspelling(
    linker: LabelLinker, written: str, slug: str
) -> None:
    found = linker.ground(written)

    assert found.concept is not None, found.explain()
    assert found.concept.slug == slug
    assert found.candidates[0].evidence[0].kind == "spelling"


@pytest.mark.parametrize(
    "word",
    [
        "tabel",  # table
        "monring",  # morning, though mourning is as near
        "angr",  # too short
        "hte",
        "lovv",
        "axolotls",
        "fearxxx",  # three edits
        "j0yful",
        "qwerty",
    ],
)
def test_word_that_is_no_misspelling_of_an_emotion_is_not_linked(
    linker: LabelLinker, word: str
) -> None:
    assert linker.ground(word).candidates == ()


@pytest.mark.parametrize(
    ("word", "near"),
    [("anglers", "angers"), ("hopper", "hoper"), ("prude", "pride"), ("sharne", "shame")],
)
def test_one_edit_is_not_enough_if_the_query_is_an_english_word_or_two_away(
    linker: LabelLinker, word: str, near: str
) -> None:
    kinds = {e.kind for c in linker.ground(word).candidates for e in c.evidence}

    assert "spelling" not in kinds, near


def test_no_english_word_of_the_list_is_read_as_misspelled(linker: LabelLinker) -> None:
    words = sorted(english_words().every)[::97]

    assert len(words) > 1000
    for found in linker.ground_many(words):
        kinds = {e.kind for c in found.candidates for e in c.evidence}
        assert "spelling" not in kinds, found.text


def test_one_edit_makes_the_words_that_counting_gives() -> None:
    # n letters: n deletions, n - 1 swaps, 25 n changes, 26 (n + 1) insertions, some of them alike
    assert sum(1 for _ in one_edit("abc")) == 3 + 2 + 75 + 104
    assert "abc" not in set(one_edit("abc"))


@pytest.mark.parametrize("word", ["", "a", "four", "\u00e9motion", "with space", "x" * 31, "table"])
def test_what_cannot_be_misspelled_is_not_asked(word: str) -> None:
    assert not may_be_misspelled(word)


def test_likelier_slips_come_before_others(graph: EmotionGraph) -> None:
    assert list(corrections("digust", Lexicon(graph))) == ["disgust"]
    assert unlikeliness("happpy", "happy") == unlikeliness("angyr", "angry") == 0
    assert unlikeliness("hoppy", "happy") == 1


# --- the English list --------------------------------------------------------------------------------


def test_english_list_holds_what_its_script_counted() -> None:
    words = english_words()

    assert (len(words.common), len(words.every)) == (40_912, 118_368)
    assert is_english("table")
    assert not is_english("tabel")


# --- other languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    "felicidad Freude alegria pasion gioia smutek kizgin Niedergeschlagenheit "
    "ma\u00f1ana \u0440\u0430\u0434\u043e".split(),
)
def test_word_of_another_language_is_said_to_be_one(linker: LabelLinker, word: str) -> None:
    assert linker.ground(word).reason == "language"


@pytest.mark.parametrize("word", ["angst", "ennui", "tristesse", "schadenfreude", "naive"])
def test_loan_that_the_vocabulary_holds_is_read(linker: LabelLinker, word: str) -> None:
    assert linker.ground(word).reason != "language"


def test_common_english_words_are_never_of_another_language() -> None:
    assert [word for word in sorted(english_words().common) if language_sign(word)] == []


def test_words_of_other_languages_are_plain_letters() -> None:
    assert len(other_words()) > 800
    assert all(word.isascii() and word.isalpha() and word.islower() for word in other_words())
