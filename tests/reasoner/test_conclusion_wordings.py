"""Wordings in which a text states an emotion of a person, and some in which it does not."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def concluded(checker: Checker, text: str) -> list[tuple[str, bool]]:
    return [
        (j.claim.subject[0], j.claim.is_denied)
        for j in checker.check(text).judgements
        if j.claim.type == "concludes"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Summary: joy", [("joy", False)]),
        ("One word: worried.", [("worry", False)]),
        ("Outcome: disgust", [("disgust", False)]),
        ("I stay with surprise.", [("surprise", False)]),
        ("Joy is out.", [("joy", True)]),
        ("Sadness is not convincing.", [("sadness", True)]),
        ("Relief is written all over his face.", [("relief", False)]),
        ("Prediction for the target: joy.", [("joy", False)]),
        ("Emotion of speaker B: joy.", [("joy", False)]),
        ("Label for utterance 3: fear", [("fear", False)]),
        ("The woman is beaming with delight.", [("delight", False)]),
        ("She is trembling with fear.", [("fear", False)]),
        ("He was filled with shame.", [("shame", False)]),
        ("The room is brimming with joy cards.", []),
        ("Please rate joy and fear on a scale from 1 to 5.", []),
        ("You can be proud and ashamed at the same moment.", []),
    ],
)
def test_emotion_is_stated_of_a_person_or_not(
    checker: Checker, text: str, expected: list[tuple[str, bool]]
) -> None:
    assert concluded(checker, text) == expected
