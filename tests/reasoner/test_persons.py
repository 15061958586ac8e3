"""Emotions of two people in one sentence: what shows the one does not refute the other."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner import Checker
from affectgraph.reasoner.extract.reading import Reader
from affectgraph.reasoner.persons import felt_by_others

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


@pytest.mark.parametrize(
    "text",
    [
        "The man on the left is furious. The woman on the right is beaming with delight. Prediction for "
        "the target: joy.",
        "Her mother is angry, but the girl herself is glad. Overall, joy.",
        "Speaker B's roommate is sad. Speaker B got the job and is overjoyed. Emotion of speaker B: joy.",
        "The patient is sad. The doctor is happy. Overall, the doctor feels joy.",
    ],
)
def test_what_is_stated_of_somebody_else_is_not_held_against_the_label(
    checker: Checker, text: str
) -> None:
    report = checker.check(text, label="joy")

    assert not report.contradictions()
    (final,) = [j for j in report.judgements if j.claim.id == report.conclusion]
    assert final.verdict == "supported"


@pytest.mark.parametrize(
    ("text", "contradicted"),
    [
        ("The man is furious. Overall, joy.", "The man is furious"),
        ("The man is furious. She is delighted. Overall, joy.", "The man is furious"),
        (
            "The man is furious. The actor is happy. Overall, joy.",
            "The man is furious",
        ),  # may be one
        ("The woman is happy. The man is furious. Overall, the man is angry.", "the man is angry"),
        ("The woman is afraid. The man is furious. Overall, joy.", "The woman is afraid"),
    ],
)
def test_the_label_refutes_what_may_be_said_of_its_person(
    checker: Checker, text: str, contradicted: str
) -> None:
    report = checker.check(text, label="joy")

    assert contradicted in [j.claim.quote for j in report.contradictions()]


def test_evidence_for_another_person_refutes_nothing_in_other_sentences(checker: Checker) -> None:
    text = f"The mother is angry. The child is afraid. {FEAR}"

    assert verdicts(checker, text)[0] == ("anger", "evidence-besides")


def test_what_others_feel_is_kept_once_however_often_it_is_said(graph: EmotionGraph) -> None:
    reader = Reader(graph, Lexicon(graph))
    reading = reader.read("The man is happy. The woman is sad and the woman is afraid. " * 100)

    found = [[concept.label for concept in others] for others in felt_by_others(reading)]

    assert found == [["sadness", "fear"], ["happiness"], ["happiness"]] * 100


def test_in_one_sentence_any_other_noun_is_somebody_else(graph: EmotionGraph) -> None:
    reader = Reader(graph, Lexicon(graph))
    reading = reader.read("The actor is happy while the driver is sad. The guest is afraid.")

    found = [[concept.label for concept in others] for others in felt_by_others(reading)]

    assert found == [["sadness"], ["happiness"], []]
