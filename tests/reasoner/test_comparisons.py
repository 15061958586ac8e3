"""Actions that are only told apart are no sightings, and each number of such a list has its own name."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def sightings(checker: Checker, text: str) -> list[tuple[str, str]]:
    claims = [j.claim for j in checker.check(text).judgements if j.claim.type == "observes"]
    return [("/".join(claim.subject), claim.polarity) for claim in claims]


def namings(checker: Checker, text: str) -> list[tuple[str, str, str]]:
    found = [j for j in checker.check(text).judgements if j.claim.type == "au_identity"]
    return [("".join(j.claim.subject), j.claim.object[0], j.verdict) for j in found]


@pytest.mark.parametrize(
    "text",
    [
        "Dimpler vs lip corner puller is a hard choice.",
        "The question is AU14 versus AU12.",
        "The dimpler can be confused with the lip corner puller.",
        "AU14 must not be confused with AU12.",
        "It is hard to tell AU6 from AU7.",
        "The difference between AU12 and AU14 is subtle.",
        "The dimpler differs from the lip corner puller.",
        "AU20 should be distinguished from AU12.",
        "Raters often distinguish between AU25 and AU26.",
    ],
)
def test_what_is_only_told_apart_is_not_seen(checker: Checker, text: str) -> None:
    assert sightings(checker, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU14 is visible and must not be confused with AU12.", [("AU14", "affirmed")]),
        ("AU12 at 2.1 vs AU14 at 0.3.", [("AU12", "affirmed"), ("AU14", "denied")]),
        ("AU12 and AU14 differ in strength.", [("AU12/AU14", "affirmed")]),
        ("The brows are raised in contrast to the lowered lids.", [("AU1/AU2", "affirmed")]),
    ],
)
def test_what_is_seen_beside_a_comparison_is_a_sighting(
    checker: Checker, text: str, expected: list[tuple[str, str]]
) -> None:
    assert sightings(checker, text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AU14 vs. AU12 (dimpler vs. lip corner puller) is hard.",
            [("14", "dimpler", "supported"), ("12", "lip corner puller", "supported")],
        ),
        (
            "The choice is dimpler vs lip corner puller (AU14 vs AU12).",
            [("14", "dimpler", "supported"), ("12", "lip corner puller", "supported")],
        ),
        ("AU12 (dimpler vs lip corner puller).", [("12", "lip corner puller", "supported")]),
        (
            "AU14 vs AU12 (lip corner puller vs dimpler).",
            [("14", "lip corner puller", "contradicted"), ("12", "dimpler", "contradicted")],
        ),
    ],
)
def test_names_that_are_compared_go_to_their_numbers(
    checker: Checker, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert namings(checker, text) == expected


def test_the_quote_of_a_tie_holds_its_name(checker: Checker) -> None:
    (found,) = [
        j
        for j in checker.check("AU12: dimpler, perhaps lip corner puller.").judgements
        if j.claim.type == "au_identity"
    ]
    assert found.claim.object[0] in found.claim.quote
