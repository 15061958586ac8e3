"""What occurs in an emotion is said of faces in general, and nothing is seen.

Expected claims are read off the sentences by hand.
"""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def said(checker: Checker, text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    claims = (j.claim for j in checker.check(text).judgements)
    return [(c.type, c.subject, c.object, c.polarity) for c in claims if c.type != "au_identity"]


@pytest.mark.parametrize(
    ("text", "units", "emotion"),
    [
        ("AU4 often occurs in anger.", ("AU4",), "anger"),
        ("AU4 occurs in anger.", ("AU4",), "anger"),
        ("AU4 is common in anger.", ("AU4",), "anger"),
        ("AU4 and AU7 often occur in anger.", ("AU4", "AU7"), "anger"),
        ("AU4 and AU7 are frequently seen in anger.", ("AU4", "AU7"), "anger"),
        ("AU4 (brow lowerer) tends to appear in sad faces.", ("AU4",), "sadness"),
        ("The lip corner puller is usually found in joy.", ("AU12",), "joy"),
        ("Raised brows are common in surprise.", ("AU1", "AU2"), "surprise"),
        ("In joy, AU6 and AU12 are usually active.", ("AU6", "AU12"), "joy"),
        ("In anger, the brows are often lowered.", ("AU4",), "anger"),
        ("In sad faces, AU15 is often seen.", ("AU15",), "sadness"),
    ],
)
def test_what_occurs_in_an_emotion_is_no_sighting(
    checker: Checker, text: str, units: tuple[str, ...], emotion: str
) -> None:
    assert said(checker, text) == [("expresses", units, (emotion,), "affirmed")]


@pytest.mark.parametrize(
    "text",
    [
        "AU12 never occurs in fear.",
        "AU12 does not occur in fear.",
        "AU12 rarely occurs in fear.",
        "AU12 is seldom seen in fear.",
        "AU12 is not found in fear.",
    ],
)
def test_what_seldom_occurs_is_denied(checker: Checker, text: str) -> None:
    assert said(checker, text) == [("expresses", ("AU12",), ("fear",), "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "AU4 is seen in the angry man.",
        "AU4 is observed in this angry face.",
        "AU4 often occurs in the clip.",
        "AU4 is active in the second frame.",
        "In the angry face, AU4 is often visible.",
    ],
)
def test_what_is_seen_in_somebody_is_a_sighting(checker: Checker, text: str) -> None:
    assert ("observes", ("AU4",), ("shown",), "affirmed") in said(checker, text)
    assert "expresses" not in [claim[0] for claim in said(checker, text)]


def test_what_is_seen_and_common_is_both(checker: Checker) -> None:
    assert said(checker, "The brows are lowered, as is common in anger.") == [
        ("observes", ("AU4",), ("shown",), "affirmed"),
        ("expresses", ("AU4",), ("anger",), "affirmed"),
    ]
