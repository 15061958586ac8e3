"""The answers of one batch while they are being written."""

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from affectgraph.ontology.errors import AffectGraphError
from affectgraph.reasoner.models.model import FinishReason, GenerationRequest
from affectgraph.reasoner.models.token_masks import Closer, ConstraintCompiler, Words
from affectgraph.reasoner.models.token_text import Decode, TokenText

if TYPE_CHECKING:
    from llguidance import LLMatcher


class Pieces:
    """The text of a streamed answer, handed from the thread that writes it to the one that reads it.

    An answer that has to be begun anew, for want of memory, does not show twice what was shown.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._written = 0
        self._shown = 0

    def restart(self) -> None:
        """Go back to the start of the answer."""
        self._written = 0

    def put(self, text: str) -> None:
        """Add text to the answer; what of it was shown before is left out. A piece may be empty."""
        self._written += len(text)
        fresh = max(0, self._written - self._shown)
        self._shown += fresh
        self._queue.put(text[len(text) - fresh :])

    def end(self) -> None:
        """Say that no more comes."""
        self._queue.put(None)

    def __iter__(self) -> Iterator[str]:
        """Yield the pieces as they come, until the end."""
        while (piece := self._queue.get()) is not None:
            yield piece


class Row:
    """One answer: its tokens, where its constraint stands, and why it ended.

    :param request: what was asked.
    :param compiler: compiles the request's constraint; may be None if it has none.
    :param decode: tokens to text, for stop texts and streams.
    :param pieces: takes the text as it comes, if anybody listens.
    :param cancelled: set when nobody wants the answer any more.
    """

    def __init__(
        self,
        request: GenerationRequest,
        compiler: ConstraintCompiler | None,
        decode: Decode,
        *,
        pieces: Pieces | None = None,
        cancelled: Event | None = None,
    ) -> None:
        self.request = request
        self.tokens: list[int] = []
        self.finish: FinishReason | None = None
        self.failure: AffectGraphError | None = None
        self.matcher: LLMatcher | None = None
        self._closer: Closer | None = None
        if request.constraint is not None and compiler is not None:
            self.matcher = compiler.matcher(request.constraint)
            self._closer = Closer(request.constraint, compiler)
        self._pieces = pieces
        if pieces is not None:
            pieces.restart()
        self._cancelled = cancelled
        self.text = TokenText(decode, request.stop) if pieces is not None or request.stop else None

    def take(self, token: int, eos: frozenset[int]) -> None:
        """Add a token to the answer, and end the answer where this one ends it."""
        self.tokens.append(token)
        if token in eos:
            self.finish = "stop"
            return
        if self.text is not None:
            shown = self.text.push(token)
            if self._pieces is not None:
                self._pieces.put(shown)
            if self.text.is_stopped:
                self.finish = "stop"
        if self.finish is None and len(self.tokens) >= self.request.max_tokens:
            self.finish = "length"
        if self.finish is None and self._cancelled is not None and self._cancelled.is_set():
            self.finish = "cancelled"

    def fail(self, failure: AffectGraphError) -> None:
        """End the answer with an error; the others of the batch go on."""
        self.failure, self.finish = failure, "stop"

    def narrow(self, mask: Words) -> None:
        """Leave in the row's mask only what closes the answer, if no more tokens than that are left."""
        left = self.request.max_tokens - len(self.tokens)
        if self._closer is not None and self._closer.reserve > 0 and left <= self._closer.reserve:
            self._closer.narrow(mask)
