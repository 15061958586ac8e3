"""Text of tokens as they come: whole characters, and nothing of a stop text."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.reasoner.models.token_text import TokenText, cut_at_stop


def by_bytes(tokens: Sequence[int]) -> str:
    """A tokenizer of bytes."""
    return bytes(tokens).decode("utf-8", "replace")


def pieces(text: str, *stop: str) -> list[str]:
    written = TokenText(by_bytes, stop)
    return [written.push(token) for token in text.encode()]


def test_character_of_several_tokens_comes_whole() -> None:
    assert pieces("a😀é") == ["a", "", "", "", "😀", "", "é"]


def test_what_could_begin_a_stop_text_is_held_back() -> None:
    assert pieces("joyEND", "END") == ["", "", "j", "o", "y", ""]


def test_text_ends_before_the_stop_text() -> None:
    written = TokenText(by_bytes, ("END", "x"))
    shown = "".join(written.push(token) for token in b"fear ENDjoy")

    assert (shown, written.text, written.is_stopped) == ("fear ", "fear ", True)


def test_first_of_several_stop_texts_counts() -> None:
    assert "".join(pieces("abcdef", "de", "bc")) == "a"


def test_what_was_held_back_comes_at_the_end() -> None:
    written = TokenText(by_bytes, ("STOP",))
    shown = "".join(written.push(token) for token in b"joyST")

    assert shown + written.finish("joyST") == "joyST"


@given(st.text(max_size=20), st.lists(st.sampled_from(["a", "ab", "ba", "\n", "é"]), max_size=2))
def test_pieces_make_the_text_up_to_the_first_stop(text: str, stop: list[str]) -> None:
    written = TokenText(by_bytes, stop)
    shown = "".join(written.push(token) for token in text.encode("utf-8", "replace"))
    whole = cut_at_stop(text.encode("utf-8", "replace").decode(), stop)

    assert shown + written.finish(whole) == whole


@pytest.mark.parametrize(
    ("text", "stop", "cut"), [("abc", (), "abc"), ("abc", ("c", "b"), "a"), ("abc", ("abc",), "")]
)
def test_text_is_cut_at_the_first_stop_text(text: str, stop: tuple[str, ...], cut: str) -> None:
    assert cut_at_stop(text, stop) == cut
