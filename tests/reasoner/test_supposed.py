"""Emotions that are pretended, wrongly supposed, or named in a rule, and the one that a text states."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def concluded(checker: Checker, text: str) -> list[str]:
    return [
        j.claim.subject[0] for j in checker.check(text).judgements if j.claim.type == "concludes"
    ]


def final(checker: Checker, text: str) -> tuple[str, str]:
    report = checker.check(text)
    (found,) = [j for j in report.judgements if j.claim.id == report.conclusion]
    return found.claim.subject[0], found.verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She pretends to be happy, but she is sad.", ["sadness"]),
        ("He tries to look calm, but he is angry.", ["anger"]),
        ("He claims to be calm. He is angry.", ["anger"]),
        ("Her sister thinks she is happy, but she is lonely.", ["loneliness"]),
        ("One might think she is happy, but she is sad.", ["sadness"]),
        ("Everyone believes that he is happy. Overall, he is sad.", ["sadness"]),
        ("At first I thought she was sad. She is happy.", ["happiness"]),
        ("I first thought the person was angry. The person is calm.", ["state/calmness"]),
    ],
)
def test_what_is_only_supposed_is_not_stated_and_no_evidence(
    checker: Checker, text: str, expected: list[str]
) -> None:
    assert concluded(checker, text) == expected
    assert final(checker, text) == (expected[0], "not_checkable")  # nothing speaks for or against


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I think she is happy.", ["happiness"]),
        ("We believe that she is sad.", ["sadness"]),
        ("The clinician thinks she is sad.", ["sadness"]),
        ("The model believes she is afraid.", ["fear"]),
        ("He believes that he is angry.", ["anger"]),
        ("She tried to be happy, and she is happy now.", ["happiness"]),
    ],
)
def test_what_the_text_or_a_rater_thinks_is_stated(
    checker: Checker, text: str, expected: list[str]
) -> None:
    assert concluded(checker, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is not just annoyed, she is furious.", "fury"),
        ("She is not merely irritated; she is enraged.", "rage"),
        ("She is more than annoyed: she is furious.", "fury"),
    ],
)
def test_more_than_is_what_a_text_concludes(checker: Checker, text: str, expected: str) -> None:
    assert final(checker, text)[0] == expected


def test_rules_in_a_row_conclude_nothing(checker: Checker) -> None:
    assert concluded(checker, "AU6+12 → happiness. AU1+4+15 → sadness. AU9 → disgust.") == []
    assert concluded(checker, "AU6+12 → joy. AU6 → joy.") == ["joy", "joy"]


def seen(checker: Checker, text: str) -> list[tuple[tuple[str, ...], str, str]]:
    return [
        (j.claim.subject, j.claim.polarity, j.claim.side)
        for j in checker.check(text).judgements
        if j.claim.type == "observes"
    ]


def test_what_an_emotion_would_bring_is_not_seen(checker: Checker) -> None:
    text = "Fear would raise the inner brow and widen the eyes, but the brows are lowered."
    assert seen(checker, text) == [(("AU4",), "affirmed", "")]


def test_place_of_a_person_is_no_side_of_the_face(checker: Checker) -> None:
    assert seen(checker, "The man on the left smiles.") == [(("AU12",), "affirmed", "")]
    assert seen(checker, "The left lip corner is raised.") == [(("AU12",), "affirmed", "left")]


@pytest.mark.parametrize("key", ["Inactive", "Undetected", "Absent"])
def test_numbers_below_a_key_of_absence_are_denied(checker: Checker, key: str) -> None:
    found = seen(checker, f"Active AUs: 6, 12. {key} AUs: 1, 4. AUs: 9.")
    assert [polarity for _, polarity, _ in found] == ["affirmed", "denied", "affirmed"]


def test_trying_to_do_something_is_no_exasperation(checker: Checker) -> None:
    report = checker.check("He is trying hard to hide his fear.")
    assert [(j.claim.type, j.claim.object) for j in report.judgements] == [("masks", ())]
