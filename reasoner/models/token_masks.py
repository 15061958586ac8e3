"""Which tokens a constraint allows next: llguidance's matchers, compiled once and copied per answer.

The masks are filled into numpy arrays. llguidance's own kernel for torch is not used: ``torch.compile`` makes
it at the first mask, which then takes most of a minute.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.reasoner.closing import JSON_CLOSERS, first_closer, json_closer
from affectgraph.reasoner.constrain import Constraint, JsonSchema

if TYPE_CHECKING:
    from llguidance import LLMatcher

Words = NDArray[np.int32]
"""Masks, ``(rows, words)``: bit i of word w says whether token 32 w + i is allowed."""

KEPT = 64
"""Compiled constraints that are kept, those used last."""

_PLAIN = r'[^"\\\[\]\x00-\x1F\x7F]'
SLICES = [_PLAIN + "{1,10}", _PLAIN + "{1,30}", _PLAIN + "+"]
"""Sets of tokens whose masks are computed once: those of characters that both free text of a grammar and
strings of JSON allow. llguidance's own sets hold brackets, so that they fit no text between citations, and
each mask inside one is computed over the whole vocabulary."""


class ConstraintCompiler:
    """Compiles constraints for one tokenizer. Threads may share one.

    :param tokenizer: a fast tokenizer of transformers.
    :param vocabulary: tokens that the model has scores for; may be more than the tokenizer knows.
    :param eos: ids of the tokens that end an answer.
    :raises MissingExtraError: if llguidance is not installed.
    :raises BackendError: if the tokenizer is not a fast one.
    """

    def __init__(self, tokenizer: Any, *, vocabulary: int, eos: Sequence[int]) -> None:
        try:
            import llguidance
        except ImportError as error:
            raise MissingExtraError("llm", feature="A constrained answer") from error
        self.vocabulary = vocabulary
        self.eos = frozenset(eos)
        self._llguidance = llguidance
        self._tokenizer = llguidance.LLTokenizer(
            _serialised(tokenizer),
            n_vocab=max(vocabulary, len(tokenizer)),
            eos_token=list(eos),
            slices=SLICES,
        )
        self._characters: dict[str, int] = {}
        self._compiled: OrderedDict[str, LLMatcher] = OrderedDict()
        self._lock = Lock()
        self._executor = llguidance.LLExecutor()

    @property
    def words(self) -> int:
        """Words of one mask."""
        return (int(self._tokenizer.vocab_size) + 31) // 32

    def matcher(self, constraint: Constraint) -> "LLMatcher":
        """Return a matcher at the start of an answer, for the caller alone.

        The first call with a constraint compiles it; later ones copy what was compiled, in microseconds.
        ``benchmarks/constraint.py`` measures both.

        :raises InputError: if llguidance refuses the schema or grammar; it says why.
        """
        with self._lock:
            compiled = self._compiled.get(constraint.digest)
            if compiled is None:
                compiled = self.compile(constraint)
                self._compiled[constraint.digest] = compiled
            self._compiled.move_to_end(constraint.digest)
            while len(self._compiled) > KEPT:
                self._compiled.popitem(last=False)
            return compiled.deep_copy()

    def character(self, character: str) -> int:
        """Return the id of the token that is one character, -1 if it has none."""
        if character not in self._characters:
            ids = self._tokenizer.greedy_tokenize(character)
            self._characters[character] = ids[0] if len(ids) == 1 else -1
        return self._characters[character]

    def fill(self, matchers: Sequence[tuple["LLMatcher", int]], masks: Words) -> None:
        """Write the mask of each matcher into its row, all in parallel and without Python's lock."""
        rows, words = masks.shape
        if matchers:  # llguidance refuses to fill none
            self._executor.unsafe_compute_mask_ptr(
                list(matchers), masks.ctypes.data, words * 4, rows
            )

    def consume(self, tokens: Sequence[tuple["LLMatcher", int]]) -> list[bool]:
        """Move each matcher on by a token, in parallel; return which allowed theirs."""
        return self._executor.consume_token_par(list(tokens)) if tokens else []

    def compile(self, constraint: Constraint) -> "LLMatcher":
        """Return a constraint compiled anew, which :meth:`matcher` does once for each.

        :raises InputError: as :meth:`matcher`.
        """
        matcher_type = self._llguidance.LLMatcher
        if isinstance(constraint, JsonSchema):
            grammar = matcher_type.grammar_from_json_schema(
                constraint.text, overrides={"whitespace_flexible": False}
            )
        else:
            grammar = matcher_type.grammar_from_lark(constraint.text)
        matcher = matcher_type(self._tokenizer, grammar, log_level=0)
        if matcher.is_error():
            raise InputError(
                "Expected a schema or grammar that llguidance reads, got one it refuses: "
                f"{matcher.get_error()}"
            )
        return matcher


class Closer:
    """Narrows masks so that an answer ends before its tokens run out.

    :param constraint: says the characters that lead to an end.
    :param compiler: knows their tokens.
    """

    def __init__(self, constraint: Constraint, compiler: ConstraintCompiler) -> None:
        self.reserve = constraint.reserve
        self._eos = sorted(compiler.eos)
        self._is_json = isinstance(constraint, JsonSchema)
        self._closers = JSON_CLOSERS if isinstance(constraint, JsonSchema) else constraint.closers
        self._ids = {character: compiler.character(character) for character in self._closers}

    def narrow(self, mask: Words) -> None:
        """Leave in a row of a mask only the token that ends the answer, or leads to its end; else all.

        :param mask: the row, ``(words,)``.
        """
        chosen = next((token for token in self._eos if _is_set(mask, token)), None)
        if chosen is None:
            character = self._closer(mask)
            chosen = None if character is None else self._ids[character]
        if chosen is not None:
            mask[:] = 0
            _set(mask, chosen)

    def _closer(self, mask: Words) -> str | None:
        def is_allowed(character: str) -> bool:
            return self._ids[character] >= 0 and _is_set(mask, self._ids[character])

        if self._is_json:
            return json_closer(is_allowed)
        return first_closer(self._closers, is_allowed)


def _is_set(mask: Words, token: int) -> bool:
    return bool((int(mask[token // 32]) >> (token % 32)) & 1)


def _set(mask: Words, token: int) -> None:
    mask.view(np.uint32)[token // 32] = 1 << (token % 32)


def _serialised(tokenizer: Any) -> str:
    """Return a fast tokenizer as JSON, without padding and truncation."""
    from copy import copy

    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise BackendError(
            f"constraints need a fast tokenizer, got {type(tokenizer).__name__}.",
            backend="llguidance",
            retryable=False,
            hint="Save the model with a tokenizer.json.",
        )
    backend = copy(backend)
    backend.no_padding()
    backend.no_truncation()
    text: str = backend.to_str()
    return text
