"""Who has just been quoted goes on in a following sentence: "he adds that AU7 is on".

Who says what is read off the texts by hand.
"""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker
from affectgraph.reasoner.extract.attributions import attributions_in

ANGRY = "Expert B says that she is angry."


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def speakers(checker: Checker, text: str) -> dict[str, str]:
    """Return who is said to say each sighting, by its first action."""
    claims = (j.claim for j in checker.check(text).judgements)
    return {c.subject[0]: c.attributed_to for c in claims if c.type == "observes"}


@pytest.mark.parametrize(
    "opening",
    [
        "He adds that",
        "She goes on:",
        "They continue to say that",
        "He also notes that",
        "And she further argues that",
        "He then reports",
        "She explains that",
        "In her view,",
    ],
)
def test_what_a_quoted_expert_goes_on_to_say_is_hers(checker: Checker, opening: str) -> None:
    assert speakers(checker, f"{ANGRY} {opening} AU4 is active.") == {"AU4": "Expert B"}


def test_speech_goes_on_past_what_the_text_says_itself(checker: Checker) -> None:
    text = f"{ANGRY} AU7 is on. He adds that AU4 is on, but I see AU12. She goes on that AU5 is on."
    assert speakers(checker, text) == {
        "AU7": "",
        "AU4": "Expert B",
        "AU12": "",
        "AU5": "Expert B",
    }


def test_the_last_who_was_quoted_goes_on(checker: Checker) -> None:
    text = f"{ANGRY} Rater 2 says that she is sad. He adds that AU15 is active."
    assert speakers(checker, text) == {"AU15": "Rater 2"}


def test_what_goes_on_never_refutes_what_the_text_concludes(checker: Checker) -> None:
    report = checker.check(f"{ANGRY} He adds that she is furious. Overall, she is happy.")
    final = next(j for j in report.judgements if j.claim.id == report.conclusion)
    assert (final.claim.subject, final.claim.attributed_to) == (("happiness",), "")
    assert final.verdict != "contradicted"


@pytest.mark.parametrize(
    "text",
    [
        "He adds that AU4 is active.",  # nobody was quoted
        "The man says that he is well. He adds that AU4 is active.",
        f"{ANGRY}\n\nHe adds that AU4 is active.",  # another paragraph
        f"{ANGRY} He says AU4 is active.",  # it may be the person shown
        f"{ANGRY} I add that AU4 is active.",
        f'{ANGRY} She says "leave me alone". She adds that AU4 is active.',
    ],
)
def test_whose_words_are_not_known_is_the_text_itself(checker: Checker, text: str) -> None:
    assert speakers(checker, text)["AU4"] == ""


def test_quoted_words_are_not_what_the_expert_goes_on_to_say() -> None:
    assert len(attributions_in(f'{ANGRY} She adds: "go away".')) == 1


def test_a_text_without_marks_tells_who_goes_on() -> None:
    text = f"{ANGRY} He adds that AU4 is on."
    assert [(a.who, text[a.start : a.end]) for a in attributions_in(text)] == [
        ("Expert B", " she is angry."),
        ("Expert B", " AU4 is on."),
    ]
