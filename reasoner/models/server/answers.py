"""An answer of a server on its way: its pieces, how it ended, and whether it can be used."""

from collections.abc import Iterator
from math import ceil
from typing import Any

from affectgraph.reasoner.models.model import FinishReason, Generation, Usage
from affectgraph.reasoner.models.server.chat import Ask, ChatPiece, read_piece
from affectgraph.reasoner.models.server.checks import fault_of
from affectgraph.reasoner.models.server.errors import ModelServerError
from affectgraph.reasoner.models.server.text import AnswerText

BYTES_PER_TOKEN = 4
"""For an estimate where a server does not count: about that of English text in byte-level vocabularies."""

_WITHHELD = "content_filter"
_BROKEN_OFF = frozenset({"abort", "error"})


class Events:
    """The pieces of a streamed answer.

    :param events: as :func:`sent_events` gives them.
    """

    def __init__(self, events: Iterator[dict[str, Any] | None]) -> None:
        self._events = events
        self._first: list[dict[str, Any]] = []
        self.is_whole = False

    def wait(self) -> None:
        """Wait for the first event.

        :raises ModelServerError: if it is an error, or none comes.
        """
        first = next(self._events, None)
        if first is None:
            raise ModelServerError(
                "the server ended the stream without a word.",
                kind="interrupted",
                hint="Try again; the server's log says more.",
            )
        read_piece(first)
        self._first.append(first)

    def __iter__(self) -> Iterator[ChatPiece]:
        """Yield the pieces up to the end that the server marks, or the end of the bytes."""
        while self._first:
            yield self._read(self._first.pop())
        for event in self._events:
            if event is None:
                self.is_whole = True
                return
            yield self._read(event)

    def close(self) -> None:
        """Close the connection."""
        self._events.close()  # type: ignore[attr-defined]

    def _read(self, event: dict[str, Any]) -> ChatPiece:
        piece = read_piece(event)
        self.is_whole = self.is_whole or piece.finish is not None
        return piece


class Answer:
    """One answer, from its first piece to its check.

    :param ask: what was asked.
    """

    def __init__(self, ask: Ask) -> None:
        self.fault: str | None = None
        self._ask = ask
        constraint = ask.request.constraint
        self._text = AnswerText(ask.request.stop, unfence=constraint is not None)
        self._reasoning = ""
        self._refusal = ""
        self._finish: str | None = None
        self._usage: Usage | None = None
        self._model = ""

    @property
    def text(self) -> str:
        """The text so far."""
        return self._text.text

    @property
    def is_stopped(self) -> bool:
        """Whether a stop text came."""
        return self._text.is_stopped

    @property
    def finish(self) -> FinishReason:
        """Why it ended."""
        return "length" if self._finish == "length" and not self.is_stopped else "stop"

    def add(self, piece: ChatPiece) -> str:
        """Take a piece and return what may be shown of the text now."""
        self._reasoning += piece.reasoning
        self._refusal += piece.refusal
        self._finish = piece.finish or self._finish
        self._usage = piece.usage or self._usage
        self._model = piece.model or self._model
        return self._text.push(piece.content)

    def end(self, *, is_whole: bool) -> str:
        """Return what is still to be shown, and check the answer against its constraint.

        :param is_whole: whether the server said that it ended.
        :raises ModelServerError: if it broke off, or the server withheld it.
        """
        rest = self._text.finish()
        if self._finish in _BROKEN_OFF or not (is_whole or self.is_stopped):
            raise ModelServerError(
                f"the answer broke off after {len(self.text)} characters.",
                kind="interrupted",
                hint="Try again; the server's log says more.",
                partial=self.text,
            )
        if self._refusal or self._finish == _WITHHELD:
            raise ModelServerError(
                f"the server withheld the answer: {self._refusal or 'its filter took it'}.",
                kind="refused",
                hint="Change the request.",
                partial=self.text,
            )
        self.fault = fault_of(self.text, self._ask.request.constraint)
        return rest

    def generation(self, name: str, seconds: float) -> Generation:
        """Return the answer.

        :raises ModelServerError: if it breaks its constraint.
        """
        if self.fault is not None:
            raise self._invalid(self.fault)
        request = self._ask.request
        usage = self._usage or self._estimate()
        seed = request.seed if request.is_sampled else None
        notes = (*self._ask.notes, *self._notes(name, usage))
        return Generation(
            self.text, self.finish, usage, name, seed, seconds, notes, reasoning=self._thoughts
        )

    @property
    def _thoughts(self) -> str:
        return "\n".join(part for part in (self._reasoning.strip(), self._text.reasoning) if part)

    def _invalid(self, fault: str) -> ModelServerError:
        hint = "Use a server that enforces constraints, or another model."
        if self.finish == "length":
            hint = f"It was cut at max_tokens={self._ask.request.max_tokens}: raise it."
        elif not self.text.strip() and self._thoughts:
            hint = "The server took all for reasoning: turn its reasoning parser, or the thinking, off."
        return ModelServerError(
            f"expected an answer as the constraint asks, got one that does not fit: {fault}.",
            kind="invalid_answer",
            hint=hint,
            partial=self.text,
        )

    def _notes(self, name: str, usage: Usage) -> Iterator[str]:
        if self._usage is None:
            yield f"the server did not count tokens: estimated, {BYTES_PER_TOKEN} bytes each"
        if usage.completion_tokens > self._ask.request.max_tokens:
            yield f"the server wrote {usage.completion_tokens} tokens, more than asked"
        if self._model and self._model != name:
            yield f"the server calls the model {self._model}"

    def _estimate(self) -> Usage:
        prompt = "".join(message.content for message in self._ask.request.messages)
        return Usage(tokens_estimated(prompt), tokens_estimated(self.text + self._thoughts))


def tokens_estimated(text: str) -> int:
    """Return about how many tokens a text has, at least 1.

    >>> tokens_estimated("brow lowerer")
    3
    """
    return max(1, ceil(len(text.encode("utf-8", "replace")) / BYTES_PER_TOKEN))
