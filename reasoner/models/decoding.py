"""The part of decoding that runs beside the model: masks, ends of answers, sampling.

transformers' ``generate`` calls :class:`Decoding` twice a step: with the tokens just chosen (as a stopping
criterion), and with the scores of the next ones (as a logits processor). Between the two the model computes.
That time is used: a thread waits for the tokens, moves the matchers on and fills the next masks, while the
device works; on CUDA tokens and masks travel through pinned memory, without a further wait of the host.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner.models.rows import Row
from affectgraph.reasoner.models.sampling import Sampler
from affectgraph.reasoner.models.token_masks import ConstraintCompiler, Words


@dataclass(frozen=True, slots=True)
class DecodingTime:
    """Where the time of one batch went.

    :param steps: tokens per row, those of the longest.
    :param seconds: in all, prefill with it.
    :param mask_seconds: the thread's work: tokens taken, masks filled. Runs beside the model.
    :param wait_seconds: the model's loop waited for the thread, or both for the device.
    :param mask_wait_seconds: of these, the part after the device had chosen the tokens before: what the loop
        waited for masks alone. The device may have computed on meanwhile.
    """

    steps: int
    seconds: float
    mask_seconds: float
    wait_seconds: float
    mask_wait_seconds: float


class Decoding:
    """Logits processor and stopping criterion of one batch. Used once, by one call of ``generate``.

    :param torch: the module.
    :param rows: the answers, in the order of the batch.
    :param compiler: fills masks; may be None if no row has a constraint.
    :param eos: ids of the tokens that end an answer.
    :param device: of the model.
    :param pool: runs the thread's part; one worker.
    """

    def __init__(
        self,
        torch: Any,
        rows: Sequence[Row],
        *,
        compiler: ConstraintCompiler | None,
        eos: frozenset[int],
        device: Any,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._torch = torch
        self._rows = rows
        self._eos = eos
        self._device = device
        self._pool = pool
        self._is_cuda = device.type == "cuda"
        self._compiler = compiler if any(row.matcher is not None for row in rows) else None
        self._sampler = Sampler.of(torch, [row.request for row in rows], device)
        self._applier = MaskApplier(torch, device) if self._compiler is not None else None
        self._tokens = torch.empty(len(rows), dtype=torch.long, pin_memory=self._is_cuda)
        self._masks = torch.full(
            (len(rows), self._compiler.words if self._compiler else 0),
            -1,
            dtype=torch.int32,
            pin_memory=self._is_cuda,
        )
        self._ended = torch.zeros(len(rows), dtype=torch.bool, device=device)
        self._ended_count = 0
        self._steps = 0
        self._mask_seconds = 0.0
        self._wait_seconds = 0.0
        self._mask_wait_seconds = 0.0
        self._started = self._tokens_at = perf_counter()
        self._pending: Future[None] = pool.submit(self._fill)

    def processor(self, input_ids: Any, scores: Any) -> Any:
        """Return the scores with what is not allowed at minus infinity; changes them in place."""
        self._join()
        if self._applier is not None:
            scores = self._applier.apply(scores, self._masks)
        return scores if self._sampler is None else self._sampler.apply(scores)

    def criterion(self, input_ids: Any, scores: Any) -> Any:
        """Return which rows have ended, ``(rows,)`` bool; hands the new tokens to the thread.

        Tokens that end an answer are seen by ``generate`` itself in this step, stop texts one step later.
        """
        self._steps += 1
        self._tokens.copy_(input_ids[:, -1], non_blocking=True)
        event = None
        if self._is_cuda:
            event = self._torch.cuda.Event(blocking=True)
            event.record()
        self._pending = self._pool.submit(self._advance, event)
        return self._ended_rows()

    def finish(self) -> DecodingTime:
        """Return where the time went, after the last token was taken."""
        self._join()
        seconds = perf_counter() - self._started
        return DecodingTime(
            self._steps, seconds, self._mask_seconds, self._wait_seconds, self._mask_wait_seconds
        )

    def settle(self) -> None:
        """Wait for the thread's last work, however it ends: then nothing more is written into the rows."""
        wait([self._pending])

    def _join(self) -> None:
        start = perf_counter()
        self._pending.result()
        end = perf_counter()
        self._wait_seconds += end - start
        self._mask_wait_seconds += mask_wait(start, end, self._tokens_at)

    def _ended_rows(self) -> Any:
        ended = [
            row.finish is not None or self._steps >= row.request.max_tokens for row in self._rows
        ]
        if sum(ended) != self._ended_count:
            self._ended_count = sum(ended)
            self._ended = self._torch.tensor(ended).to(self._device, non_blocking=True)
        return self._ended

    def _advance(self, event: Any) -> None:
        if event is not None:
            event.synchronize()
        start = self._tokens_at = perf_counter()
        moved = []
        for row, token in zip(self._rows, self._tokens.tolist(), strict=True):
            if row.finish is not None:
                continue
            row.take(token, self._eos)
            if row.matcher is not None and token not in self._eos:
                moved.append((row, row.matcher, token))
        if self._compiler is not None:
            taken = self._compiler.consume([(matcher, token) for _, matcher, token in moved])
            for (row, matcher, _), is_taken in zip(moved, taken, strict=True):
                if not is_taken:
                    row.fail(_refused(matcher))
        self._mask_seconds += perf_counter() - start
        self._fill()

    def _fill(self) -> None:
        if self._compiler is None:
            return
        start = perf_counter()
        masks: Words = self._masks.numpy()
        live = [
            (index, row, row.matcher)
            for index, row in enumerate(self._rows)
            if row.matcher is not None and row.finish is None
        ]
        self._compiler.fill([(matcher, index) for index, _, matcher in live], masks)
        for index, row, _ in live:
            row.narrow(masks[index])
        self._mask_seconds += perf_counter() - start


def mask_wait(start: float, end: float, tokens_at: float) -> float:
    """Return the part of a wait that came after the device had chosen its tokens, in seconds.

    >>> mask_wait(3.0, 9.0, tokens_at=5.0), mask_wait(3.0, 9.0, tokens_at=1.0)
    (4.0, 6.0)
    """
    return end - min(end, max(start, tokens_at))


class MaskApplier:
    """Applies masks to scores on the device: a byte of the mask is looked up as eight truth values.

    Three kernels a step, none of them compiled when first used.
    """

    def __init__(self, torch: Any, device: Any) -> None:
        self._torch = torch
        self._device = device
        bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
        self._forbidden = torch.from_numpy((1 - bits).view(np.int64).reshape(256)).to(device)

    def apply(self, scores: Any, masks: Any) -> Any:
        """Return the scores, ``(rows, tokens)`` float, with forbidden tokens at minus infinity, in place.

        :param masks: ``(rows, words)`` int32 on the host; on CUDA pinned, and unchanged until the step's
            tokens are chosen.
        """
        torch = self._torch
        packed = masks.to(self._device, non_blocking=True).view(torch.uint8)
        forbidden = self._forbidden[packed.int()].view(torch.bool)
        width = forbidden.shape[1]
        scores[:, :width].masked_fill_(forbidden[:, : scores.shape[1]], float("-inf"))
        if scores.shape[1] > width:
            scores[:, width:] = float("-inf")
        return scores


def _refused(matcher: Any) -> BackendError:
    return BackendError(
        f"a token was chosen that the constraint does not allow: {matcher.get_error()[:300]}",
        backend="llguidance",
        retryable=False,
        hint="Scores that are not numbers do this; try float32.",
    )
