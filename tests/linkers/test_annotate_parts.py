"""Parts of the annotator that only make it quick: places found late, answers remembered."""

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotation import remembered
from affectgraph.linkers.annotation.grammar import step_back
from affectgraph.linkers.annotation.remembered import Remembered
from affectgraph.linkers.annotation.signs import SignFinder
from affectgraph.linkers.annotation.tokens import Tokens, lowered
from affectgraph.linkers.lexicon import Lexicon


@pytest.fixture(name="signs", scope="module")
def make_signs(graph: EmotionGraph) -> SignFinder:
    return SignFinder(Lexicon(graph))


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "end", "quote"),
    [
        ("The ambassador was sad", 3, 4, "sad"),  # "sad" stands in "ambassador" too
        ("sad _sad_ sad", 1, 2, "sad"),
        ("ever - never -- ever", 4, 5, "ever"),
        ("*so* **sad**", 4, 5, "sad"),
        ("Don\u2019t, don't", 2, 3, "don't"),
        ("#SoHappy so happy", 1, 3, "SoHappy"),
        ("so #SoHappy", 2, 4, "SoHappy"),
    ],
)
def test_words_are_found_where_they_stand(text: str, first: int, end: int, quote: str) -> None:
    start_at, end_at = Tokens(text, lowered(text)).place(first, end)

    assert text[start_at:end_at] == quote


def test_places_are_the_same_in_any_order() -> None:
    tokens = Tokens("sad, so sad", "sad, so sad")

    assert [tokens.place(3, 4), tokens.place(0, 1), tokens.place(0, 4)] == [
        (8, 11),
        (0, 3),
        (0, 11),
    ]


# --- signs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sad :( day", [":("]),
        (":-) :)", [":-)", ":)"]),
        ("\u2764\ufe0f\u2764", ["\u2764\ufe0f", "\u2764"]),
        ("a well-known ratio 3:1", []),
        ("", []),
    ],
)
def test_longest_sign_is_found_at_each_place(
    signs: SignFinder, text: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in signs.find(text)] == found


# --- remembered ----------------------------------------------------------------------------------


def test_answer_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length)

    assert (lengths["dread"], lengths["dread"]) == (5, 5)
    assert asked == ["dread"]


def test_memory_is_emptied_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "REMEMBERED", 2)
    lengths = Remembered(len)

    assert [lengths[word] for word in ("joy", "fear", "dread", "joy")] == [3, 4, 5, 3]
    assert len(lengths) == 2


def test_word_that_is_too_long_to_be_one_is_not_remembered() -> None:
    lengths = Remembered(len)

    assert lengths["a" * 1_000_000] == 1_000_000
    assert len(lengths) == 0


@pytest.mark.parametrize(
    ("adverbs", "position"), [(0, 0), (3, 0), (20, 0), (21, 1), (5_000, 4_980)]
)
def test_adverbs_are_stepped_over_up_to_so_many(adverbs: int, position: int) -> None:
    assert step_back(["he", *["sadly"] * adverbs], adverbs + 1) == position
