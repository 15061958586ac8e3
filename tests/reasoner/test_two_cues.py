"""Cues joined by "and" are two, each with its own part of the body.

The expected spans are read off the sentences by hand.
"""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "His fists are clenched and his jaw is tight.",
            ["His fists are clenched", "jaw is tight"],
        ),
        (
            "His hands are raised and the brows are lowered.",
            ["His hands are raised", "brows are lowered"],
        ),
        ("The voice is raised and the chin is tucked.", ["The voice is raised", "chin is tucked"]),
    ],
)
def test_what_moves_another_part_is_no_movement_of_the_face(
    checker: Checker, text: str, quotes: list[str]
) -> None:
    assert [j.claim.quote for j in checker.check(text).judgements] == quotes


def test_two_movements_of_one_part_are_one_cue(checker: Checker) -> None:
    (found,) = checker.check("She frowned and lowered her brows.").judgements
    assert found.claim.quote == "frowned and lowered her brows"
