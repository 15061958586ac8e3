"""Denials that leave room: an action that does not always show an emotion may show it all the same."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def judged(checker: Checker, text: str) -> list[tuple[str, str]]:
    found = [j for j in checker.check(text).judgements if j.claim.type == "expresses"]
    return [(j.claim.polarity, j.rule) for j in found]


@pytest.mark.parametrize(
    "text",
    [
        "AU12 does not necessarily mean joy.",
        "AU12 does not always indicate joy.",
        "AU12 isn't necessarily a sign of joy.",
        "AU12 alone does not mean joy.",
        "AU12 by itself does not mean joy.",
        "A smile need not mean joy.",
    ],
)
def test_denial_that_leaves_room_is_not_contradicted(checker: Checker, text: str) -> None:
    assert judged(checker, text) == [("denied", "au-not-always")]


@pytest.mark.parametrize("text", ["AU12 does not mean joy.", "AU12 never means joy."])
def test_plain_denial_of_a_pattern_is_contradicted(checker: Checker, text: str) -> None:
    assert judged(checker, text) == [("denied", "au-in-pattern")]


@pytest.mark.parametrize("word", ["only", "just", "merely"])
def test_not_only_affirms_in_its_short_form_too(checker: Checker, word: str) -> None:
    assert judged(checker, f"AU12 doesn't {word} signal joy.") == [("affirmed", "au-in-pattern")]


def test_here_is_another_state_than_before(checker: Checker) -> None:
    report = checker.check("Unlike the previous clip, where she was angry, here she is calm.")
    (final,) = [j.claim for j in report.judgements if j.claim.id == report.conclusion]
    assert final.subject == ("state/calmness",)
