"""Words and numbers whose meaning a text explains, actions that end, smiles that are not sincere."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def claims(checker: Checker, text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(j.claim.type, j.claim.subject, j.verdict) for j in checker.check(text).judgements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'The writer uses the word "livid", which means sadness.',
            ("denotes", ("livid",), "contradicted"),
        ),
        (
            "The term \u201celated\u201d, which stands for joy, is apt.",
            ("denotes", ("elated",), "supported"),
        ),
    ],
)
def test_word_that_is_explained_is_no_cue(
    checker: Checker, text: str, expected: tuple[str, tuple[str, ...], str]
) -> None:
    assert claims(checker, text) == [expected]


def test_word_that_is_only_used_is_a_cue(checker: Checker) -> None:
    found = claims(checker, 'The word "happy" is used.')
    assert found == [("observes", ("words:happy",), "not_checkable")]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The smile fades.", "denied"),
        ("His smile quickly faded away.", "denied"),
        ("The smile fades into a frown.", "affirmed"),
    ],
)
def test_smile_that_fades_is_there_no_more(checker: Checker, text: str, polarity: str) -> None:
    found = [j.claim for j in checker.check(text).judgements if "AU12" in j.claim.subject]
    assert [claim.polarity for claim in found] == [polarity]


def test_what_a_number_is_said_to_be_is_its_name(checker: Checker) -> None:
    found = claims(checker, "AU6 is said to be the lip tightener.")
    assert found == [("au_identity", ("6",), "contradicted")]


def test_neither_denies_that_a_smile_is_sincere(checker: Checker) -> None:
    report = checker.check("Neither the smile nor the laughter is sincere.")
    found = [j.claim.polarity for j in report.judgements if j.claim.type == "genuine"]
    assert found == ["denied"]
