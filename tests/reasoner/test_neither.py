"""What is named and then said to be missing as a whole: "AU6 and AU12, neither of which is present"."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def seen(checker: Checker, text: str) -> list[tuple[str, str, str]]:
    """Return actions, polarity and commitment of what a text says to be there or not."""
    return [
        (unit, claim.polarity, claim.commitment)
        for claim in (judgement.claim for judgement in checker.check(text).judgements)
        if claim.type == "observes"
        for unit in claim.subject
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("We would expect AU6 and AU12, none of which is present.", ["AU6", "AU12"]),
        ("AU6 and AU12 are expected, but neither is present.", ["AU6", "AU12"]),
        (
            "Fear would show raised upper lids and stretched lips, but neither of them is seen.",
            ["AU5", "AU20"],
        ),
        ("Joy typically brings AU6 and AU12, but neither appears.", ["AU6", "AU12"]),
        (
            "AU1, AU2 and AU5 are typical of surprise, but none of them is observed.",
            ["AU1", "AU2", "AU5"],
        ),
        (
            "AU6 (cheek raiser) and AU12 (lip corner puller) would be required for joy, yet none of "
            "these was detected.",
            ["AU6", "AU12"],
        ),
        ("AU6 and AU12, neither of which can be seen, would mean joy.", ["AU6", "AU12"]),
        ("AU6 and AU12 are expected, but neither is seen to be active.", ["AU6", "AU12"]),
    ],
)
def test_what_is_named_and_then_said_to_be_missing_is_plainly_denied(
    checker: Checker, text: str, units: list[str]
) -> None:
    assert seen(checker, text) == [(unit, "denied", "plain") for unit in units]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "The brows are lowered and the lids are tightened, neither of which is strong.",
            ["AU4", "AU7"],
        ),
        ("AU6 and AU12 are both there, and neither appears to be faked.", ["AU6", "AU12"]),
        ("AU6 and AU12 are active, and neither is shown in the text.", ["AU6", "AU12"]),
        ("AU15 is there and none of the rest is seen.", ["AU15"]),
        ("AU6 and AU12 are there, and neither is seen to be weak.", ["AU6", "AU12"]),
        ("AU6 and AU12 are active, and neither was reported as faint.", ["AU6", "AU12"]),
    ],
)
def test_what_is_there_stays_there(checker: Checker, text: str, units: list[str]) -> None:
    assert seen(checker, text) == [(unit, "affirmed", "plain") for unit in units]


def test_only_the_list_before_is_missing(checker: Checker) -> None:
    text = "AU4 is active, and AU6 and AU12 are expected but neither is visible."

    assert seen(checker, text) == [
        ("AU4", "affirmed", "plain"),
        ("AU6", "denied", "plain"),
        ("AU12", "denied", "plain"),
    ]


def test_what_is_denied_is_held_against_what_was_seen(checker: Checker) -> None:
    text = "Joy would need AU6 and AU12, neither of which is present."

    judged = [
        j
        for j in checker.check(text, aus={"AU06_r": 2.0, "AU12_r": 0.0}).judgements
        if j.claim.type == "observes"
    ]

    assert [j.verdict for j in judged] == ["contradicted"]
