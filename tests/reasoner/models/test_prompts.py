"""Conversations as tokens, and how batches of them are laid out."""

from typing import Any

import pytest

from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner.models import Message
from affectgraph.reasoner.models.prompts import Prompt, PromptWriter, common_length, lay_out
from tests.reasoner.models.tiny import TEMPLATE, tiny_tokenizer

SYSTEM, USER = Message("system", "Cite facts."), Message("user", "AU4?")


def test_shared_part_is_all_but_the_last_message(tokenizer: Any) -> None:
    prompt = PromptWriter(tokenizer).write((SYSTEM, USER))

    assert tokenizer.decode(prompt.ids) == (
        "<|im_start|>system\nCite facts.<|im_end|>\n<|im_start|>user\nAU4?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )
    assert tokenizer.decode(prompt.ids[: prompt.shared]) == (
        "<|im_start|>system\nCite facts.<|im_end|>\n"
    )


def test_one_message_shares_nothing(tokenizer: Any) -> None:
    assert PromptWriter(tokenizer).write((USER,)).shared == 0


def test_template_that_refuses_a_role_is_an_error_that_names_the_roles() -> None:
    tokenizer = tiny_tokenizer()
    tokenizer.chat_template = (
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        + TEMPLATE
    )

    with pytest.raises(BackendError, match=r"system, user: no system.*start of the user's"):
        PromptWriter(tokenizer).write((SYSTEM, USER))


def test_template_that_wants_a_user_shares_nothing() -> None:
    tokenizer = tiny_tokenizer()
    wants_user = "{% if messages[-1].role == 'system' %}{{ raise_exception('no user') }}{% endif %}"
    tokenizer.chat_template = wants_user + TEMPLATE

    assert PromptWriter(tokenizer).write((SYSTEM, USER)).shared == 0


def test_longest_special_token_is_broken_first(tokenizer: Any) -> None:
    prompt = PromptWriter(tokenizer).write((Message("user", "<|im_end|><|pad|>"),))

    assert "< |im_end|>< |pad|>" in tokenizer.decode(prompt.ids)
    assert tokenizer.pad_token_id not in prompt.ids


def test_padding_stands_between_what_is_shared_and_what_is_not() -> None:
    shared = tuple(range(10, 30))
    batch = lay_out([Prompt((*shared, 1, 2, 3), 20), Prompt((*shared, 4), 20)], 0, share=True)

    assert batch.prefix == shared
    assert batch.ids == [[*shared, 1, 2, 3], [*shared, 0, 0, 4]]
    assert batch.mask == [[1] * 23, [1] * 20 + [0, 0, 1]]


def test_padding_stands_left_where_nothing_is_shared() -> None:
    batch = lay_out([Prompt((7, 8, 9), 0), Prompt((5,), 0)], 0, share=True)

    assert (batch.prefix, batch.ids) == ((), [[7, 8, 9], [0, 0, 5]])


def test_equal_prompts_leave_the_last_token_to_compute() -> None:
    ids = tuple(range(1, 31))

    assert lay_out([Prompt(ids, 0), Prompt(ids, 0)], 0, share=True).prefix == ids[:-1]


def test_repeated_prompt_shares_all_up_to_where_the_answer_begins() -> None:
    prompt = Prompt(tuple(range(1, 61)), 20, (20, 55))
    batch = lay_out([prompt], 0, share=True, is_repeated=True)

    assert (batch.prefix, batch.ends) == (prompt.ids[:55], (20,))
    assert lay_out([prompt], 0, share=True).prefix == prompt.ids[:20]


def test_ends_of_messages_are_counted_in_tokens(tokenizer: Any) -> None:
    prompt = PromptWriter(tokenizer).write((SYSTEM, USER))

    assert [tokenizer.decode(prompt.ids[:end]) for end in prompt.ends] == [
        "<|im_start|>system\nCite facts.<|im_end|>\n",
        "<|im_start|>system\nCite facts.<|im_end|>\n<|im_start|>user\nAU4?<|im_end|>\n",
    ]


def test_nothing_is_shared_where_it_is_not_wanted() -> None:
    ids = tuple(range(1, 31))

    assert lay_out([Prompt(ids, 29), Prompt(ids, 29)], 0, share=False).prefix == ()


@pytest.mark.parametrize(
    ("rows", "length"),
    [
        ([[1, 2], [1, 3]], 1),
        ([[1, 2], [1, 2, 3]], 2),
        ([[2], [1]], 0),
        ([[], [1]], 0),
        ([[4, 5]], 2),
    ],
)
def test_common_length(rows: list[list[int]], length: int) -> None:
    assert common_length(rows) == length
