"""Conversations as tokens: chat template, shared beginnings, batches with padding on the left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner.models.model import Message

LEAST_SHARED = 16
"""A shared beginning of fewer tokens is not kept: computing it again costs less than copying it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A conversation as tokens.

    :param ids: of the whole, up to where the answer begins.
    :param shared: how many of them come from all messages but the last, which requests tend to share.
    :param ends: how many there are up to the end of each message, ascending; empty if that is not known.
    """

    ids: tuple[int, ...]
    shared: int
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptBatch:
    """Prompts side by side: the common beginning, padding, and what is each one's own.

    :param prefix: tokens that all rows begin with; empty if they share too few.
    :param ids: ``(rows, tokens)``, the prefix with them.
    :param mask: the same shape; 0 for padding.
    :param ends: how many tokens of the prefix there are up to the end of each message in it.
    """

    prefix: tuple[int, ...]
    ids: list[list[int]]
    mask: list[list[int]]
    ends: tuple[int, ...] = ()


class PromptWriter:
    """Writes conversations by a tokenizer's chat template, or plainly if it has none. Threads may share one.

    Texts of users cannot speak for the system: a special token of the tokenizer that stands in a message is
    written with a space after its first character, so it is read as text.

    :param tokenizer: of transformers.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        added = getattr(tokenizer, "added_tokens_decoder", {}).values()
        special = {str(token.content) for token in added if token.special}
        special |= set(tokenizer.all_special_tokens)
        self._special = sorted((text for text in special if len(text) > 1), key=len, reverse=True)

    def write(self, messages: Sequence[Message]) -> Prompt:
        """Return a conversation as tokens.

        :raises BackendError: if the chat template refuses it.
        """
        ids = self._ids(self._render(messages, answer=True))
        begun = (self._begun(messages[:count]) for count in range(1, len(messages) + 1))
        ends = [min(common_length([ids, tokens]), len(ids) - 1) for tokens in begun]
        shared = ends[-2] if len(ends) > 1 else 0
        return Prompt(ids, shared, tuple(sorted(set(ends))))

    def _begun(self, messages: Sequence[Message]) -> tuple[int, ...]:
        try:
            return self._ids(self._render(messages, answer=False))
        except BackendError:
            return ()  # a template that asks for a user's message; then nothing is shared

    def _ids(self, text: str) -> tuple[int, ...]:
        has_template = bool(self._tokenizer.chat_template)
        encoded = self._tokenizer(text, add_special_tokens=not has_template)
        return tuple(encoded["input_ids"])

    def _render(self, messages: Sequence[Message], *, answer: bool) -> str:
        turns = [{"role": m.role, "content": self._harmless(m.content)} for m in messages]
        if not self._tokenizer.chat_template:
            return _plain(turns, answer=answer)
        import jinja2

        try:
            text: str = self._tokenizer.apply_chat_template(
                turns, tokenize=False, add_generation_prompt=answer
            )
        except (jinja2.TemplateError, TypeError, ValueError) as error:
            roles = ", ".join(m.role for m in messages)
            raise BackendError(
                f"its chat template refuses messages of {roles}: {error}.",
                backend="transformers",
                retryable=False,
                hint="Some models take no system message: put it at the start of the user's.",
            ) from error
        return text

    def _harmless(self, text: str) -> str:
        for special in self._special:
            text = text.replace(special, f"{special[0]} {special[1:]}")
        return text.encode("utf-8", "replace").decode()


def _plain(turns: Sequence[dict[str, str]], *, answer: bool) -> str:
    text = "".join(f"{turn['role'].capitalize()}: {turn['content']}\n\n" for turn in turns)
    return text + "Assistant:" if answer else text


def common_length(rows: Sequence[Sequence[int]]) -> int:
    """Return how many tokens all rows have in common from the start.

    >>> common_length([[1, 2, 3], [1, 2, 4, 5]])
    2
    """
    shortest = min(rows, key=len)
    for index, token in enumerate(shortest):
        if any(row[index] != token for row in rows):
            return index
    return len(shortest)


def lay_out(
    prompts: Sequence[Prompt], pad: int, *, share: bool, is_repeated: bool = False
) -> PromptBatch:
    """Return prompts as rows of one length. Padding stands left of what is each one's own.

    :param pad: id of the padding token.
    :param share: whether a common beginning is to be kept apart.
    :param is_repeated: whether the last message belongs to it too, as the prompt comes again.
    """
    shared = common_length([p.ids[: p.shared] for p in prompts]) if share else 0
    if share and is_repeated:
        shared = max(shared, common_length([p.ids[: max(p.ends, default=0)] for p in prompts]))
    if len(prompts) > 1 and share:
        shared = max(shared, common_length([p.ids[:-1] for p in prompts]))
    shared = shared if shared >= LEAST_SHARED else 0
    width = max(len(p.ids) for p in prompts)
    ids, mask = [], []
    for prompt in prompts:
        gap = width - len(prompt.ids)
        ids.append([*prompt.ids[:shared], *[pad] * gap, *prompt.ids[shared:]])
        mask.append([*[1] * shared, *[0] * gap, *[1] * (len(prompt.ids) - shared)])
    ends = tuple(end for end in prompts[0].ends if end < shared)
    return PromptBatch(prompts[0].ids[:shared], ids, mask, ends)
