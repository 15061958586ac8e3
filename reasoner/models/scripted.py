"""A model that says what it was told to: for tests, dry runs and replays of recorded answers."""

import re
from collections.abc import Callable, Iterator, Sequence
from threading import Lock

from affectgraph.ontology.errors import AffectGraphError, BackendError, InputError
from affectgraph.reasoner.models.model import (
    Delta,
    FinishReason,
    Generation,
    GenerationRequest,
    Usage,
    answers_or_error,
)

Reply = str | AffectGraphError
"""A text to answer, or an error to raise."""

_WORD = re.compile(r"\s*\S+\s*?|\s+")


class ScriptedModel:
    """Answers from a script. Threads may share one; replies go out in the order of the calls.

    A word counts as a token. Stop texts and ``max_tokens`` hold; a constraint is not enforced, as a server
    may ignore one too, so that readers of answers can be tested against wrong ones.

    :param replies: texts to answer or errors to raise, one per request; or a function that makes the reply
        to a request.
    :param name: what the model is called in answers.
    :raises InputError: if ``replies`` is one string.

    >>> from affectgraph.reasoner.models import GenerationRequest, Message
    >>> model = ScriptedModel(["Brows down: anger."])
    >>> model.generate(GenerationRequest((Message("user", "AU4?"),))).text
    'Brows down: anger.'
    """

    def __init__(
        self,
        replies: Sequence[Reply] | Callable[[GenerationRequest], Reply],
        *,
        name: str = "scripted",
    ) -> None:
        if isinstance(replies, str):
            raise InputError(f"Expected a list of replies or a function, got the text {replies!r}.")
        self._replies = replies if callable(replies) else tuple(replies)
        self._name = name
        self._lock = Lock()
        self._requests: list[GenerationRequest] = []

    @property
    def name(self) -> str:
        """What the model is called in answers."""
        return self._name

    @property
    def requests(self) -> tuple[GenerationRequest, ...]:
        """Every request so far, in order."""
        with self._lock:
            return tuple(self._requests)

    def generate(self, request: GenerationRequest) -> Generation:
        """Return the next reply, or raise it if it is an error.

        :raises BackendError: if the script has no reply left.
        """
        return self._answer(request, self._reply(request))

    def batch(self, requests: Sequence[GenerationRequest]) -> list[Generation]:
        """Return one reply per request, in order.

        :raises AffectGraphError: the first reply that is an error, with the others in ``answers``.
        """
        return answers_or_error([self._tried(request) for request in requests])

    def stream(self, request: GenerationRequest) -> Iterator[Delta]:
        """Yield the next reply word by word; the last piece has the whole."""
        answer = self.generate(request)
        yield from (Delta(word) for word in _WORD.findall(answer.text))
        yield Delta("", answer)

    def close(self) -> None:
        """Do nothing: a script holds no device."""

    def _tried(self, request: GenerationRequest) -> Generation | AffectGraphError:
        try:
            return self.generate(request)
        except AffectGraphError as error:
            return error

    def _reply(self, request: GenerationRequest) -> str:
        with self._lock:
            self._requests.append(request)
            number = len(self._requests)
        if callable(self._replies):
            reply = self._replies(request)
        elif number > len(self._replies):
            raise BackendError(
                f"the script has {len(self._replies)} replies, and reply {number} was asked for.",
                backend=self._name,
                retryable=False,
                hint="Give a longer script, or a function.",
            )
        else:
            reply = self._replies[number - 1]
        if isinstance(reply, AffectGraphError):
            raise reply
        return reply

    def _answer(self, request: GenerationRequest, reply: str) -> Generation:
        text = reply[: min((reply.find(s) for s in request.stop if s in reply), default=len(reply))]
        words = _WORD.findall(text)
        finish: FinishReason = "length" if len(words) > request.max_tokens else "stop"
        words = words[: request.max_tokens]
        prompt = sum(len(message.content.split()) for message in request.messages)
        seed = (request.seed or 0) if request.is_sampled else None
        return Generation("".join(words), finish, Usage(prompt, len(words)), self._name, seed)
