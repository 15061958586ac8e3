"""Denials that are denied themselves, and verbs that say an action has come to an end."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def seen(checker: Checker, text: str) -> list[tuple[tuple[str, ...], str]]:
    return [
        (j.claim.subject, j.claim.polarity)
        for j in checker.check(text).judgements
        if j.claim.type == "observes"
    ]


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("AU4 is not absent.", ("AU4",)),
        ("The smile is not absent.", ("AU12",)),
        ("The frown isn't missing.", ("AU15|AU4",)),
        ("AU12 is not only present but strong.", ("AU12",)),
        ("There is no absence of AU12.", ("AU12",)),
        ("There is no lack of smiling.", ("AU12",)),
        ("I cannot deny the smile.", ("AU12",)),
        ("No AU other than AU12 is active.", ("AU12",)),
        ("No action other than AU6 and AU12 is shown.", ("AU6", "AU12")),
        ("She never stops smiling.", ("AU12",)),
        ("She cannot stop smiling.", ("AU12",)),
    ],
)
def test_denied_denial_affirms(checker: Checker, text: str, actions: tuple[str, ...]) -> None:
    assert seen(checker, text) == [(actions, "affirmed")]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("AU4 is absent.", "AU4"),
        ("There is an absence of AU12.", "AU12"),
        ("AU4 is not clearly visible.", "AU4"),
        ("AU12 isn't present.", "AU12"),
        ("I deny that there is no smile; AU4 is absent.", "AU4"),
        ("She stops smiling.", "AU12"),
        ("He stopped smiling.", "AU12"),
        ("Her smile has vanished.", "AU12"),
        ("The smile quickly disappears.", "AU12"),
        ("The smile is gone.", "AU12"),
        ("The smile has faded away.", "AU12"),
        ("The person shows no\nsmile.", "AU12"),
    ],
)
def test_single_denial_denies(checker: Checker, text: str, action: str) -> None:
    assert ((action,), "denied") in seen(checker, text)
