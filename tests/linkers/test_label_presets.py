"""How sure an answer has to be, and input that is no label."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.errors import InputError


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize("label", ["content", "angryy", "angry at her boss"])
def test_strict_refuses_weak_words_misspellings_and_phrases(
    linker: LabelLinker, label: str
) -> None:
    assert linker.ground(label).status == "linked"

    found = linker.ground(label, preset="strict")

    assert (found.status, found.reason, found.candidates) == ("nil", "unsure", ())
    assert "looser preset" in found.message


@pytest.mark.parametrize("label", ["joy", "furious", "fears", "very happy", "no emotion"])
def test_strict_takes_what_the_vocabulary_names(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label, preset="strict") == linker.ground(label)


def test_strict_does_not_choose_between_the_concepts_of_a_divided_word(linker: LabelLinker) -> None:
    usual, strict = linker.ground("frazzled"), linker.ground("frazzled", preset="strict")

    assert (usual.status, strict.status) == ("linked", "ambiguous")
    assert strict.candidates == usual.candidates
    assert strict.concept is None


@pytest.mark.parametrize("label", ["impatient", "joy and sadness"])
def test_always_takes_the_best_of_several(linker: LabelLinker, label: str) -> None:
    usual, always = linker.ground(label), linker.ground(label, preset="always")

    assert usual.status == "ambiguous"
    assert always.status == "linked"
    assert always.candidates == usual.candidates
    assert always.concept == usual.candidates[0].concept


@pytest.mark.parametrize("label", ["table", "not happy", "", "zzzz", "felicidad"])
def test_always_invents_nothing(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label, preset="always") == linker.ground(label)


def test_unknown_preset_is_an_error_that_names_the_three(linker: LabelLinker) -> None:
    with pytest.raises(InputError, match="strict, balanced, always"):
        linker.ground("joy", preset="loose")  # type: ignore[arg-type]


# --- bad input ---------------------------------------------------------------------------------------


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("no text of me")


class Text(str):
    """A text of a class of its own, as numpy has."""

    __slots__ = ()


def test_value_that_cannot_be_shown_is_not_text(linker: LabelLinker) -> None:
    found = linker.ground(Unprintable())

    assert (found.reason, found.text) == ("not_text", "<Unprintable>")


def test_text_of_another_class_is_read_and_given_back_as_text(linker: LabelLinker) -> None:
    found = linker.ground(Text("joy"))

    assert found == linker.ground("joy")
    assert type(found.text) is str


def test_ten_megabytes_are_too_long_and_not_kept(linker: LabelLinker) -> None:
    found = linker.ground("joy " * 2_500_000)

    assert found.reason == "too_long"
    assert "10000000" in found.message
    assert len(found.text) < 100


@pytest.mark.parametrize("label", ["\ud800", "joy\udfff", "{'emotion': '\ud800'}", "\udc80, joy"])
def test_lone_surrogate_is_answered(linker: LabelLinker, label: str) -> None:
    found = linker.ground(label)

    assert found.text == label
    assert found.message


@pytest.mark.parametrize("label", ["\u202ejoy\u202c", "j\u200boy", "\ufeffjoy", "jo\u00ady"])
def test_invisible_characters_do_not_hide_a_word(linker: LabelLinker, label: str) -> None:
    found = linker.ground(label)

    assert found.concept is not None
    assert found.concept.slug == "joy"
    assert found.text == label


@pytest.mark.parametrize(
    "label", ["\u0641\u0631\u062d", "\u05e9\u05de\u05d7\u05d4", "\u0641\u0631\u062d joy"]
)
def test_right_to_left_text_is_of_another_language(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).reason == "language"


def test_joined_emoji_are_one_sign(linker: LabelLinker) -> None:
    found = linker.ground("\u2764\ufe0f\u200d\U0001f525")  # heart on fire

    assert found.parts == () or len(found.parts) == 1


def test_thousands_of_duplicates_get_one_answer_each(linker: LabelLinker) -> None:
    found = linker.ground_many(["joy", "table", None] * 5_000)

    assert len(found) == 15_000
    assert set(map(id, found[::3])) == {id(found[0])}
    assert [g.reason for g in found[:3]] == [None, "not_an_emotion", "not_text"]


@pytest.mark.parametrize("labels", ["joy", b"joy", None, 3])
def test_batch_that_is_no_list_is_an_error(linker: LabelLinker, labels: object) -> None:
    with pytest.raises(InputError, match=r"use ground\(\)"):
        linker.ground_many(labels)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "label", ["(" * 200, "[" * 200, "/" * 200, "a, " * 66, '{"a":' * 40, "xy " * 66, "(a" * 100]
)
def test_hostile_nesting_is_answered(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status == "nil"
