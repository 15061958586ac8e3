"""Words and marks of a text, and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.linkers.annotation.tokens import Tokens, lowered


def places(tokens: Tokens) -> list[tuple[int, int]]:
    return [tokens.place(n, n + 1) for n in range(len(tokens.words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("_ - _", [(1, 4)]),
        ("a a", [(0, 1), (2, 3)]),
        ("so - so", [(0, 2), (2, 5), (5, 7)]),
        ("a-a --a", [(0, 1), (2, 3), (4, 6), (6, 7)]),
        ("he's he", [(0, 4), (5, 7)]),
        ("** *", [(0, 2), (3, 4)]),
        ("#NotSad", [(0, 1), (1, 4), (4, 7)]),
    ],
)
def test_places_are_counted_by_hand(text: str, expected: list[tuple[int, int]]) -> None:
    assert places(Tokens(text, lowered(text))) == expected


@given(st.text("ab' -_*#.!\u00e9\u2019A\n", max_size=24))
def test_every_token_stands_at_its_place_and_none_overlap(text: str) -> None:
    tokens = Tokens(text, lowered(text))

    found = places(tokens)
    assert [lowered(text)[start:end] for start, end in found] == tokens.words
    ends = [0, *(end for _, end in found)]
    assert all(start >= end for (start, _), end in zip(found, ends, strict=False))
