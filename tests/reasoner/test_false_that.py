"""Statements that a text says are false: "it is not true that she is calm"."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def claims(checker: Checker, text: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [
        (j.claim.type, j.claim.subject, j.claim.polarity, j.verdict)
        for j in checker.check(text).judgements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It is wrong to say that she is afraid.",
            ("concludes", ("fear",), "denied", "not_checkable"),
        ),
        (
            "It would be a mistake to call her happy.",
            ("concludes", ("happiness",), "denied", "not_checkable"),
        ),
        (
            "It is false that AU6 suggests joy.",
            ("expresses", ("AU6",), "denied", "contradicted"),
        ),
        (
            "It isn't true that grief is a kind of joy.",
            ("subsumed_by", ("grief",), "denied", "supported"),
        ),
        (
            "It is wrong to say that AU6 is the nose wrinkler.",
            ("au_identity", ("6",), "denied", "supported"),
        ),
    ],
)
def test_what_is_said_to_be_false_is_denied(
    checker: Checker, text: str, expected: tuple[str, tuple[str, ...], str, str]
) -> None:
    assert expected in claims(checker, text)
    turned = "denied" if expected[2] == "affirmed" else "affirmed"
    assert (expected[0], expected[1], turned) not in [c[:3] for c in claims(checker, text)]


@pytest.mark.parametrize(
    ("text", "type_", "subject"),
    [
        ("It is not true that she is not afraid.", "concludes", ("fear",)),
        ("I do not think that she is not happy.", "concludes", ("happiness",)),
        ("It is not the case that AU4 is absent.", "observes", ("AU4",)),
        ("It is untrue that AU4, AU6 and AU12 are absent.", "observes", ("AU4", "AU6", "AU12")),
        ("It would be wrong to say that AU4 is absent, but she is calm.", "observes", ("AU4",)),
        ("It is false that grief is not a kind of sadness.", "subsumed_by", ("grief",)),
    ],
)
def test_denial_that_is_said_to_be_false_affirms(
    checker: Checker, text: str, type_: str, subject: tuple[str, ...]
) -> None:
    found = [c for c in claims(checker, text) if c[0] == type_ and c[1] == subject]
    assert [c[2] for c in found] == ["affirmed"]


def test_falsehood_ends_where_the_text_turns(checker: Checker) -> None:
    text = "It is false that AU4 is absent; she is angry."
    assert claims(checker, text)[-1][:3] == ("concludes", ("anger",), "affirmed")


def test_action_of_a_false_inference_is_not_said_to_be_missing(checker: Checker) -> None:
    found = claims(checker, "It is false that AU6 suggests joy.")
    assert ("observes", ("AU6",), "denied") not in [c[:3] for c in found]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("It is false that she is happy. Overall, she is sad.", "not_checkable"),
        ("It is false that she is not happy. Overall, she is sad.", "contradicted"),
    ],
)
def test_what_is_false_refutes_no_conclusion(checker: Checker, text: str, verdict: str) -> None:
    report = checker.check(text)
    (found,) = [j for j in report.judgements if j.claim.id == report.conclusion]
    assert (found.claim.subject, found.verdict) == (("sadness",), verdict)
