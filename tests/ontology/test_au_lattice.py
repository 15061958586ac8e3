"""The order of facial patterns, on sets written out by hand."""

from fractions import Fraction

import pytest

from affectgraph.ontology.au_grammar import parse_actions
from affectgraph.ontology.au_lattice import (
    Groups,
    Order,
    Sets,
    confusions,
    deciders,
    includes,
    nestings,
    order,
)


def groups(expression: str) -> Groups:
    """Return the groups of an expression of the tables' grammar, by number."""
    return frozenset(frozenset(t.number for t in group) for group in parse_actions(expression))


def sets(
    name: str, concept: str | None, required: str, *, optional: str = "", kind: str = "prototype"
) -> Sets:
    """Return a pattern; ``name`` is free."""
    asked, allowed = groups(required), groups(optional)
    return Sets(name, concept, kind, asked, frozenset().union(*asked, *allowed))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1 2 5 26", "1 2 4 5 7 20 26", "nested"),  # surprise in fear, EMFACS
        ("1 2 4 5 7 20 26", "1 2 5 26", "nests"),
        ("6 12", "12 14", "overlapping"),  # happiness and contempt
        ("9", "10", "apart"),  # two prototypes of disgust
        ("6 12", "12 6", "equal"),
        ("5B 26", "5 26", "equal"),  # grades are left out
        ("R12A R14A", "12 14", "equal"),  # so are sides
        ("L14|R14", "14", "equal"),
        ("26", "25|26|27", "nests"),  # the jaw drop is one of the three
        ("1 2 5 26", "1 2 4 5 20 25|26|27", "overlapping"),  # fear may come with 25 instead
        ("1 2 5", "1 2 4 5 20 25|26|27", "nested"),
        ("9|10", "9 16", "nested"),
        ("9|10", "10|11", "overlapping"),
        ("4 6|7 9|10 43", "4 7 9 43", "nested"),
    ],
)
def test_patterns_stand_to_each_other_as_their_faces_do(
    first: str, second: str, expected: Order
) -> None:
    assert order(groups(first), groups(second)) == expected


def test_pattern_that_asks_for_nothing_is_met_by_every_face() -> None:
    assert includes(groups("12"), groups(""))
    assert not includes(groups(""), groups("12"))


def test_nestings_name_the_smaller_pattern_first_and_leave_out_rules_without_a_set() -> None:
    patterns = [
        sets("fear", "fear", "1 2 4 5"),
        sets("surprise", "surprise", "1 2 5"),
        sets("surprise-2", "surprise", "5 2 1"),
        sets("rule", "anger", ""),
    ]

    assert nestings(patterns) == [
        ("surprise", "equal", "surprise-2"),
        ("surprise", "nested", "fear"),
        ("surprise-2", "nested", "fear"),
    ]


def test_confusions_are_between_concepts_and_not_within_one() -> None:
    patterns = [
        sets("a1", "a", "1 2"),
        sets("a2", "a", "1 2 3"),
        sets("b1", "b", "1 2 3 4"),
        sets("c1", "c", "9"),
    ]

    assert confusions(patterns) == {
        ("a", "b"): [("a1", "nested", "b1"), ("a2", "nested", "b1")],
    }


def test_compounds_and_tool_rules_confuse_no_concepts() -> None:
    patterns = [
        sets("a1", "a", "1 2"),
        sets("mixed", None, "1 2 3"),
        sets("tool", "b", "1 2 3", kind="pseudo-label-rule"),
    ]

    assert confusions(patterns) == {}
    assert ("a1", "nested", "mixed") in nestings(patterns)


def test_happiness_and_contempt_are_told_apart_by_cheeks_and_dimple() -> None:
    patterns = [sets("joy", "joy", "6 12"), sets("scorn", "contempt", "12 14")]

    assert [(d.code, d.concept, d.share) for d in deciders(patterns, "joy", "contempt")] == [
        ("14", "contempt", Fraction(1)),
        ("6", "joy", Fraction(1)),
    ]


def test_unit_that_the_other_side_merely_allows_does_not_decide() -> None:
    patterns = [sets("joy", "joy", "6 12", optional="14"), sets("scorn", "contempt", "12 14")]

    assert [d.code for d in deciders(patterns, "joy", "contempt")] == ["6"]


def test_unit_of_half_the_patterns_is_not_of_most() -> None:
    patterns = [
        sets("joy-1", "joy", "6 12"),
        sets("joy-2", "joy", "12 25"),
        sets("scorn", "contempt", "14"),
    ]

    most = deciders(patterns, "joy", "contempt")
    some = deciders(patterns, "joy", "contempt", more_than=Fraction(0))

    assert [(d.code, d.share) for d in most] == [("14", Fraction(1)), ("12", Fraction(1))]
    assert [(d.code, d.share) for d in some[2:]] == [("25", Fraction(1, 2)), ("6", Fraction(1, 2))]


def test_alternative_counts_as_asked_for() -> None:
    patterns = [sets("fear", "fear", "4 25|26"), sets("joy", "joy", "12 25")]

    assert [(d.code, d.concept) for d in deciders(patterns, "fear", "joy")] == [
        ("26", "fear"),
        ("4", "fear"),
        ("12", "joy"),
    ]


def test_concept_without_patterns_is_not_told_apart() -> None:
    assert deciders([sets("joy", "joy", "6 12")], "joy", "dread") == []
