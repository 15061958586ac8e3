"""Parts of the annotator that only make it quick: places found late, answers remembered, no collector."""

import gc
from collections.abc import Iterator

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.annotation import remembered
from affectgraph.linkers.annotation.remembered import Remembered
from affectgraph.linkers.annotation.signs import SignFinder
from affectgraph.linkers.annotation.tokens import Tokens, lowered
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.ontology.errors import InputError


@pytest.fixture(name="annotator", scope="module")
def make_annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


@pytest.fixture(name="signs", scope="module")
def make_signs(graph: EmotionGraph) -> SignFinder:
    return SignFinder(Lexicon(graph))


@pytest.fixture(name="collector")
def keep_collector() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    (gc.enable if was_enabled else gc.disable)()


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


# --- collector -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("collector")
def test_collector_goes_on_behind_a_batch(annotator: Annotator) -> None:
    gc.enable()

    annotator.annotate_many(["I am glad."])

    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_collector_goes_on_behind_a_wrong_batch(annotator: Annotator) -> None:
    gc.enable()

    with pytest.raises(InputError, match="position 1"):
        annotator.annotate_many(["I am glad.", 7])  # type: ignore[list-item]

    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_collector_that_was_off_stays_off(annotator: Annotator) -> None:
    gc.disable()

    annotator.annotate_many(["I am glad."])

    assert not gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_collector_runs_on_while_texts_are_made_one_by_one(annotator: Annotator) -> None:
    gc.enable()
    states: list[bool] = []

    def texts() -> Iterator[str]:
        for text in ("Glad.", "Sad."):
            states.append(gc.isenabled())
            yield text

    annotator.annotate_many(texts())

    assert states == [True, True]
