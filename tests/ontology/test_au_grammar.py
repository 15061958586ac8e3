"""The grammar of action expressions: what it reads, what it refuses, and that it loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.ontology.au_grammar import ActionTerm, Group, parse_actions
from affectgraph.ontology.errors import InputError

GRADES = ["", "A", "B", "C", "D", "E", "*"]

terms = st.builds(
    ActionTerm,
    number=st.one_of(
        st.integers(1, 99).map(str), st.integers(1, 99).map(lambda number: f"M{number}")
    ),
    side=st.sampled_from(["", "L", "R"]),
    grade=st.sampled_from(GRADES),
    percent=st.one_of(st.none(), st.integers(0, 100)),
)
groups = st.lists(st.lists(terms, min_size=1, max_size=4).map(tuple), max_size=6).map(tuple)


def written(term: ActionTerm) -> str:
    percent = "" if term.percent is None else f":{term.percent}"
    return f"{term.side}{term.number}{term.grade}{percent}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("", ()),
        ("   ", ()),
        ("12", ((ActionTerm("12"),),)),
        ("6 12", ((ActionTerm("6"),), (ActionTerm("12"),))),
        ("25|26|27", ((ActionTerm("25"), ActionTerm("26"), ActionTerm("27")),)),
        ("L14|R14", ((ActionTerm("14", side="L"), ActionTerm("14", side="R")),)),
        ("R12A", ((ActionTerm("12", side="R", grade="A"),),)),
        ("5*", ((ActionTerm("5", grade="*"),),)),
        ("6:51", ((ActionTerm("6", percent=51),),)),
        ("6:0", ((ActionTerm("6", percent=0),),)),
        ("25:43!", ((ActionTerm("25", percent=43, is_atypical=True),),)),
        ("M55", ((ActionTerm("M55"),),)),
        ("LM55", ((ActionTerm("M55", side="L"),),)),
    ],
)
def test_expression_is_read_as_its_groups(expression: str, expected: tuple[Group, ...]) -> None:
    assert parse_actions(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "AU12",
        "12F",
        "12a",
        "123",
        "X14",
        "12|",
        "|12",
        "12||14",
        "6:",
        "6:x",
        "6:-1",
        "-12",
        "1,2",
        "1+2",
        "*",
        "M",
        "twelve",
        "😀",
        "١٢",
    ],
)
def test_expression_outside_the_grammar_is_refused_with_its_term(expression: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_actions(f"1 {expression}")

    assert repr(f"1 {expression}") in str(caught.value)
    assert "12, 5B, L14|R14, 6:51" in str(caught.value)


@given(groups)
def test_every_expression_comes_back_as_it_was_written(expected: tuple[Group, ...]) -> None:
    expression = " ".join("|".join(written(term) for term in group) for group in expected)

    assert parse_actions(expression) == expected


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(expression: str) -> None:
    try:
        found = parse_actions(expression)
    except InputError:
        return
    assert len(found) == len(expression.split())
