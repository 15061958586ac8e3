"""What a text says that others say: who, how far, and what it means for the conclusion."""

import json

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, ClaimExtractor
from affectgraph.reasoner.models import ScriptedModel


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def said_by(checker: Checker, text: str) -> list[tuple[str, str]]:
    """Return each claim's last words with who is said to say it."""
    found = checker.check(text).judgements
    return [(j.claim.quote.split()[-1], j.claim.attributed_to) for j in found]


def conclusion(checker: Checker, text: str) -> tuple[str, str]:
    """Return what a text finally concludes, and who is said to say so."""
    report = checker.check(text)
    (claim,) = (j.claim for j in report.judgements if j.claim.id == report.conclusion)
    return claim.subject[0], claim.attributed_to


# --- who says it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Expert B says that AU12 is visible.", "Expert B"),
        ("Expert B says AU12 is visible.", "Expert B"),
        ("Expert B: AU12 is visible.", "Expert B"),
        ("According to the first rater, AU12 is visible.", "the first rater"),
        ("AU12 is visible, according to the first rater.", "the first rater"),
        ("AU12, according to the first rater, is visible.", "the first rater"),
        ("One annotator wrote that AU12 is visible.", "One annotator"),
        ("Two independent coders have noted that AU12 is visible.", "Two independent coders"),
        ("An expert who saw the clip notes that AU12 is visible.", "An expert"),
        ("In the opinion of the experts, AU12 is visible.", "the experts"),
        ("In rater 2's view, AU12 is visible.", "rater 2"),
        ("The second annotator's note says AU12 is visible.", "The second annotator"),
        ("AU12 is visible, says expert B.", "expert B"),
        ("AU12 is visible, or so some researchers claim.", "some researchers"),
        ("Experts A and B agree that AU12 is visible.", "Experts A and B"),
        ('My colleague said: "AU12 is visible".', "My colleague"),
    ],
)
def test_who_is_said_to_say_it_is_named_in_the_text_s_words(
    checker: Checker, text: str, who: str
) -> None:
    assert {by for _, by in said_by(checker, text)} == {who}


@pytest.mark.parametrize(
    "text",
    [
        "AU12 is visible.",
        "According to the detector, AU12 is visible.",
        "The woman says that she is sad.",
        "The author writes that he is angry.",
        "I, an expert, see AU12.",
        "As an annotator I would say AU12 is visible.",
        "The expert smiles: AU12 is visible.",
        "Expert B is in the picture, and AU12 is visible.",
        "I agree with the first rater that she is sad.",
    ],
)
def test_what_the_text_says_itself_is_nobody_else_s(checker: Checker, text: str) -> None:
    found = said_by(checker, text)

    assert found != []
    assert {by for _, by in found} == {""}


def test_what_the_record_says_is_nobody_else_s(checker: Checker) -> None:
    report = checker.check("Expert B says that she is angry.", label="joy", scheme="ekman-6")

    assert [j.claim.attributed_to for j in report.judgements] == ["Expert B", ""]


# --- how far it reaches ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Expert B says that AU12 is visible, but I see AU4.",
            [("AU12", "Expert B"), ("AU4", "")],
        ),
        (
            "Expert B says that AU12 and AU6 are visible, although AU4 is on.",
            [("AU6", "Expert B"), ("AU4", "")],
        ),
        (
            "AU4 is on; according to expert B, AU12 is visible; AU6 is not.",
            [("AU4", ""), ("AU12", "expert B"), ("AU6", "")],
        ),
        (
            "Expert A says that AU12 is visible, whereas expert B thinks AU4 is.",
            [("AU12", "Expert A"), ("AU4", "expert B")],
        ),
        (
            "AU4 is on (expert B notes AU12), and AU6.",
            [("AU4", ""), ("AU12", "expert B"), ("AU6", "")],
        ),
        ("Expert B says that AU12 is visible. AU4 is on.", [("AU12", "Expert B"), ("AU4", "")]),
        (
            "AU12 is visible according to the first rater, and AU4 is on.",
            [("AU12", "the first rater"), ("AU4", "")],
        ),
    ],
)
def test_words_of_another_end_where_the_text_speaks_again(
    checker: Checker, text: str, expected: list[tuple[str, str]]
) -> None:
    assert said_by(checker, text) == expected


def test_claim_that_a_model_reads_has_who_says_it_too(checker: Checker) -> None:
    text = "Expert B says that rage is anger turned up to eleven, but I think gloom is sorrow lite."
    claims = [
        {"type": "stronger_than", "quote": quote, "subject": [more], "object": [less]}
        for quote, more, less in (
            ("rage is anger turned up to eleven", "rage", "anger"),
            ("gloom is sorrow lite", "gloom", "sorrow"),
        )
    ]
    said = [{**claim, "polarity": "affirmed", "commitment": "plain"} for claim in claims]
    model = ScriptedModel([json.dumps({"claims": said})])

    found = ClaimExtractor(checker, model).check(text).extra.judgements

    assert [j.claim.attributed_to for j in found] == ["Expert B", ""]


# --- what is concluded ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Expert B says the person is angry, but I see joy.", ("joy", "")),
        ("She is sad. According to the first rater, she is angry.", ("sadness", "")),
        ("I would say joy. Expert B's final label is anger.", ("joy", "")),
        ("Overall, she is sad. Overall, expert B says, she is angry.", ("sadness", "")),
        ("Expert A says that she is sad. Expert B says that she is angry.", ("anger", "Expert B")),
        ("Expert B says that she is angry.", ("anger", "Expert B")),
    ],
)
def test_another_s_conclusion_is_the_text_s_only_if_it_states_none_itself(
    checker: Checker, text: str, expected: tuple[str, str]
) -> None:
    assert conclusion(checker, text) == expected


def test_own_denial_is_no_conclusion_that_another_s_would_yield_to(checker: Checker) -> None:
    assert conclusion(checker, "Expert B says that she is angry. I do not see joy.")[0] == "anger"


def test_what_another_states_does_not_refute_what_the_text_concludes(checker: Checker) -> None:
    stated = checker.check("She is angry. Overall, the label is joy.")
    reported = checker.check("Expert B says that she is angry. Overall, the label is joy.")

    assert [j.rule for j in stated.judgements if j.claim.id == stated.conclusion] == [
        "evidence-against"
    ]
    assert [j.rule for j in reported.judgements if j.claim.id == reported.conclusion] == [
        "evidence-besides"
    ]


def test_last_inference_of_the_text_itself_is_taken_before_another_s(checker: Checker) -> None:
    text = "AU4 suggests anger. Expert B says that AU1 suggests sadness."
    report = checker.check(text, label="joy")
    (claim,) = (j.claim for j in report.judgements if j.claim.id == report.conclusion)

    assert (claim.subject, claim.attributed_to) == (("anger",), "")


@pytest.mark.parametrize("text", ["I see joy.", "But I see joy.", "I read joy."])
def test_what_the_writer_sees_is_stated(checker: Checker, text: str) -> None:
    assert conclusion(checker, text) == ("joy", "")


@pytest.mark.parametrize("text", ["I love joy.", "I feel joy when it rains."])
def test_what_the_writer_feels_is_no_conclusion(checker: Checker, text: str) -> None:
    assert checker.check(text).conclusion is None
