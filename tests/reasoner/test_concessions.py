"""What a sentence concedes is no part of its point: "although AU12 is present, AU4 suggests anger"."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def claims(checker: Checker, text: str, *types: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (j.claim.type, j.claim.subject, j.verdict)
        for j in checker.check(text).judgements
        if j.claim.type in types
    ]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Despite AU12, the brows are lowered, which suggests anger.", "AU4"),
        ("Even though the jaw drops, AU4 is strong, which points to anger.", "AU4"),
        ("Although AU12, AU6 and AU25 are present, AU4 suggests anger.", "AU4"),
        ("While she smiles, the brows are lowered, which suggests anger.", "AU4"),
    ],
)
def test_conceded_action_is_no_evidence_and_names_no_other(
    checker: Checker, text: str, action: str
) -> None:
    found = claims(checker, text, "expresses", "cue_denotes", "au_identity")
    assert found == [("expresses", (action,), "supported")]


def test_exclusion_rests_on_what_is_not_conceded(checker: Checker) -> None:
    text = "While AU6 is visible, AU12 is missing, which rules out joy."
    assert claims(checker, text, "excludes") == [("excludes", ("not AU12",), "supported")]


def test_nothing_is_excluded_by_conceded_actions_alone(checker: Checker) -> None:
    text = "Although the jaw has dropped, the rest of the face is quiet, so surprise is unlikely."
    assert claims(checker, text, "excludes") == []


def test_conceded_name_still_belongs_to_its_code(checker: Checker) -> None:
    found = claims(checker, "Despite AU12, the cheek raiser, she is sad.", "au_identity")
    assert found == [("au_identity", ("12",), "contradicted")]


def test_inference_within_a_concession_is_kept(checker: Checker) -> None:
    found = claims(checker, "Although AU12 suggests joy, AU4 suggests anger.", "expresses")
    assert [subject for _, subject, _ in found] == [("AU12",), ("AU4",)]


def test_this_may_mean_what_is_conceded(checker: Checker) -> None:
    found = claims(checker, "Although she smiles, this does not suggest joy.", "expresses")
    assert found == [("expresses", ("AU12",), "contradicted")]
