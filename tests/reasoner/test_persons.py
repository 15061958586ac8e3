"""Emotions of two people in one sentence: what shows the one does not refute the other."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker

FEAR = "AU1, AU2, AU4, AU5 and AU20 suggest fear."


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def verdicts(checker: Checker, text: str) -> list[tuple[str, str]]:
    return [
        (j.claim.subject[0], j.rule)
        for j in checker.check(text).judgements
        if j.claim.type == "concludes"
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (f"The mother is angry while the child is afraid. {FEAR}", "anger"),
        (f"The man is happy, but the woman is afraid. {FEAR}", "happiness"),
    ],
)
def test_evidence_for_another_person_refutes_nothing(
    checker: Checker, text: str, first: str
) -> None:
    assert verdicts(checker, text) == [(first, "evidence-besides"), ("fear", "evidence-agrees")]


@pytest.mark.parametrize(
    "text",
    [
        f"The mother is angry. {FEAR}",
        f"The mother is angry, or the mother is afraid. {FEAR}",
        f"She is angry while the child is afraid. {FEAR}",
        f"The mother is angry while the child is happy. {FEAR}",
    ],
)
def test_evidence_still_refutes_what_is_said_of_one_person(checker: Checker, text: str) -> None:
    assert verdicts(checker, text)[0] == ("anger", "evidence-against")
