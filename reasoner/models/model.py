"""What every language model here offers: requests, answers, and the protocol of a backend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args, runtime_checkable

from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.constrain import Constraint

Role = Literal["system", "user", "assistant"]

FinishReason = Literal["stop", "length", "cancelled"]
"""``stop``: the model, a stop text or the constraint ended it; ``length``: ``max_tokens`` did;
``cancelled``: the reader of a stream went away, or the model was closed."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str

    def __post_init__(self) -> None:
        if self.role not in get_args(Role):
            raise InputError(f"Expected a role of system, user or assistant, got {self.role!r}.")
        if not isinstance(self.content, str):
            raise InputError(f"Expected a message's text, got {type(self.content).__name__}.")


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What a model is asked for.

    :param messages: the conversation; the leading ones that requests share are computed once.
    :param constraint: what the answer must be: a :class:`JsonSchema` or a :class:`LarkGrammar`; free if None.
    :param max_tokens: most tokens of the answer, 1 or more. A constraint closes its answer within them.
    :param temperature: 0 takes the likeliest token each time (greedy); above, it samples.
    :param top_p: samples from the likeliest tokens that together have this share, in (0, 1].
    :param seed: of the sampling; one is drawn if left out, and said in the answer.
    :param stop: texts that end the answer; they are not part of it.
    :raises InputError: if a value is outside its range.

    >>> GenerationRequest((Message("user", "Why joy?"),)).max_tokens
    512
    """

    messages: tuple[Message, ...]
    constraint: Constraint | None = None
    max_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (
            not isinstance(self.messages, tuple)
            or not self.messages
            or not all(isinstance(m, Message) for m in self.messages)
        ):
            raise InputError(
                "Expected a tuple of at least one message, each a Message(role, content)."
            )
        if not _is_whole(self.max_tokens) or self.max_tokens < 1:
            raise InputError(f"Expected max_tokens of at least 1, got {self.max_tokens!r}.")
        if not _is_number(self.temperature) or not 0 <= self.temperature <= 10:
            raise InputError(f"Expected a temperature in 0..10, got {self.temperature!r}.")
        if not _is_number(self.top_p) or not 0 < self.top_p <= 1:
            raise InputError(f"Expected top_p above 0 and at most 1, got {self.top_p!r}.")
        if self.seed is not None and (not _is_whole(self.seed) or not 0 <= self.seed < 2**63):
            raise InputError(f"Expected a seed in 0..2**63-1, got {self.seed!r}.")
        if not isinstance(self.stop, tuple) or not all(isinstance(s, str) and s for s in self.stop):
            raise InputError(f"Expected stop texts in a tuple, none empty, got {self.stop!r}.")
        self._check_room()

    def _check_room(self) -> None:
        if self.constraint is not None and not isinstance(self.constraint, Constraint):
            raise InputError(
                f"Expected a JsonSchema or a LarkGrammar as the constraint, got {self.constraint!r}. "
                "JsonSchema.of makes one of a schema."
            )
        if self.constraint is not None and self.max_tokens < self.constraint.reserve:
            raise InputError(
                f"Expected max_tokens of at least {self.constraint.reserve}, which the constraint needs to "
                f"close its answer in the worst case, got {self.max_tokens}. Raise it or offer fewer or "
                "shorter facts."
            )

    @property
    def is_sampled(self) -> bool:
        """Whether tokens are drawn, not taken by rank."""
        return self.temperature > 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer.

    :param prompt_tokens: of the prompt, those from a cache with them.
    :param completion_tokens: of the answer; the one that ends it counts.
    :param cached_tokens: of the prompt, computed for another answer and used again.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Generation:
    """A model's answer.

    :param model: name of the model that gave it.
    :param seed: of the sampling; None for greedy answers.
    :param seconds: from the start of its batch to its end.
    :param notes: what else the caller should know, such as a batch that was halved for want of memory.
    :param reasoning: what the model thought before its answer, where that is kept apart from ``text``.
    """

    text: str
    finish_reason: FinishReason
    usage: Usage
    model: str
    seed: int | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a streamed answer.

    :param text: what came; the texts of all pieces together are the answer's text.
    :param generation: the whole answer; only on the last piece.
    """

    text: str
    generation: Generation | None = None


@runtime_checkable
class LanguageModel(Protocol):
    """Answers requests. Threads may share one.

    A backend is finished when ``tests/reasoner/models/compliance.py`` passes on it.
    """

    @property
    def name(self) -> str:
        """What the model is called in answers and traces."""

    def generate(self, request: GenerationRequest) -> Generation:
        """Return the answer to one request.

        :raises BackendError: if the model failed; ``retryable`` says whether it may work later.
        """

    def batch(self, requests: Sequence[GenerationRequest]) -> list[Generation]:
        """Return an answer per request, in order; much faster than one by one where the backend batches.

        :raises AffectGraphError: if one failed, after the others ended; :func:`answers_beside` has theirs.
        """

    def stream(self, request: GenerationRequest) -> Iterator[Delta]:
        """Yield the answer as it comes; the last piece has the whole. Closing the iterator cancels it.

        A piece is empty where a token has no text of its own yet, or belongs to a thought: whoever reads can
        leave at every token.
        """

    def close(self) -> None:
        """End what is under way, as errors, and free what the model holds; a second call does nothing."""


def require_model(model: object) -> None:
    """Do nothing if this is a language model.

    :raises InputError: if it is not, for instance the name of one.
    """
    if not isinstance(model, LanguageModel):
        named = "a name" if isinstance(model, str | Path) else type(model).__name__
        raise InputError(
            f"Expected a language model, got {named}. affectgraph.reasoner.models.open_model opens one by "
            "its address, folder or name."
        )


def answers_or_error(tried: Sequence[Generation | AffectGraphError | None]) -> list[Generation]:
    """Return the answers of a batch, in order.

    :param tried: what each request gave; None if it was not asked for another's error.
    :raises AffectGraphError: the first error if there is one, with the answers in its ``answers``.
    """
    failed = next((found for found in tried if isinstance(found, AffectGraphError)), None)
    if failed is None:
        return [found for found in tried if isinstance(found, Generation)]
    answers = tuple(found if isinstance(found, Generation) else None for found in tried)
    failed.answers = answers  # type: ignore[attr-defined]  # any error can end a batch
    raise failed


def answers_beside(error: AffectGraphError) -> list[Generation]:
    """Return the answers that the other requests of a failed batch got, in order.

    >>> answers_beside(InputError("no batch"))
    []
    """
    return [found for found in getattr(error, "answers", ()) if isinstance(found, Generation)]


def answers_in_place(error: AffectGraphError, count: int) -> list[Generation | None]:
    """Return the answers of a failed batch at the places of their requests, None where there is none.

    :param count: of the batch's requests.

    >>> answers_in_place(InputError("no batch"), 2)
    [None, None]
    """
    answers = getattr(error, "answers", ())
    known = answers if len(answers) == count else (None,) * count
    return [found if isinstance(found, Generation) else None for found in known]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
