"""Any causal model of Hugging Face, on CUDA or the processor."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from secrets import randbelow
from time import perf_counter
from typing import Any

from affectgraph.ontology.errors import AffectGraphError, BackendError, InputError
from affectgraph.reasoner.models.batching import Job, MicroBatchQueue
from affectgraph.reasoner.models.decoding import Decoding, DecodingTime
from affectgraph.reasoner.models.loading import (
    NAME,
    chosen_device,
    chosen_dtype,
    import_torch,
    load_model,
)
from affectgraph.reasoner.models.model import (
    Delta,
    Generation,
    GenerationRequest,
    Usage,
    answers_or_error,
)
from affectgraph.reasoner.models.prefix_cache import PrefixCache
from affectgraph.reasoner.models.prompts import Prompt, PromptBatch, PromptWriter, lay_out
from affectgraph.reasoner.models.rows import Pieces, Row
from affectgraph.reasoner.models.token_masks import ConstraintCompiler
from affectgraph.reasoner.models.token_text import cut_at_stop

logger = logging.getLogger(__name__)


class TransformersModel:
    """A causal model of transformers, given loaded; :meth:`load` loads one. Threads may share one.

    Requests of all threads are gathered into batches, and one thread runs them. Greedy answers do not depend
    on the batch up to rounding of the model's numbers; a sample with a seed runs alone, because rounding
    would change it in company.

    :param model: the model, on its device, for inference.
    :param tokenizer: its tokenizer.
    :param name: what to call it in answers; its path or class if left out.
    :param batch_size: most answers at once; 32 on CUDA and 8 elsewhere if left out. Where memory does not
        suffice, a batch is halved, later ones keep to that, and both log and answers say so; a prompt that
        is too long by itself fails alone.
    :param batch_wait_seconds: how long a request waits for company.
    :param reuse_prefix: whether what prompts begin with in common is computed once.
    :param compile: ``torch.compile`` of the step, with a cache of fixed size: faster after a first call that
        takes minutes, and without ``reuse_prefix``.
    :raises MissingExtraError: if torch or transformers is not installed.
    :raises InputError: if a number is below its least.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        *,
        name: str | None = None,
        batch_size: int | None = None,
        batch_wait_seconds: float = 0.005,
        reuse_prefix: bool = True,
        compile: bool = False,  # noqa: A002 - torch's own name for it
    ) -> None:
        self._torch = import_torch()
        if (batch_size is not None and batch_size < 1) or batch_wait_seconds < 0:
            raise InputError(
                f"Expected a batch_size of 1 or more and no wait below 0, got {batch_size!r} and "
                f"{batch_wait_seconds!r}."
            )
        self._model = model
        self._tokenizer = tokenizer
        self._name = name or str(model.config.name_or_path or type(model).__name__)
        self._size = batch_size or (32 if model.device.type == "cuda" else 8)
        self._compile = compile
        self._writer = PromptWriter(tokenizer)
        self._reuse = reuse_prefix and not compile
        self._prefixes = PrefixCache(self._torch, model)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="masks")
        self._queue = MicroBatchQueue(
            self._run, size=self._size, wait_seconds=batch_wait_seconds, name=NAME
        )
        self.last_time: DecodingTime | None = None

    @classmethod
    def load(
        cls,
        name: str | Path,
        *,
        device: str = "auto",
        dtype: str = "auto",
        batch_size: int | None = None,
        reuse_prefix: bool = True,
        compile: bool = False,  # noqa: A002 - torch's own name for it
    ) -> "TransformersModel":
        """Return a model from a folder, or by its name from the local Hugging Face cache.

        Nothing is downloaded, only safetensors are read, code that comes with a model is never run.

        :param device: ``cuda``, ``cuda:1``, ``cpu``, ...; ``auto`` takes CUDA where there is any.
        :param dtype: ``bfloat16``, ``float16`` or ``float32``; ``auto`` takes bfloat16 on CUDA, else float32.
        :raises BackendError: if the model or the device is not there; it says what to do.
        :raises MissingExtraError: if torch or transformers is not installed.
        """
        torch = import_torch()
        place = chosen_device(torch, device)
        number = chosen_dtype(torch, dtype, place)
        model, tokenizer = load_model(torch, name, device=place, dtype=number)
        return cls(
            model,
            tokenizer,
            name=str(name),
            batch_size=batch_size,
            reuse_prefix=reuse_prefix,
            compile=compile,
        )

    @property
    def name(self) -> str:
        """What the model is called in answers."""
        return self._name

    @property
    def batch_size(self) -> int:
        """Most answers at once; lower than asked for once memory did not suffice."""
        return self._size

    @cached_property
    def compiler(self) -> ConstraintCompiler:
        """Compiles constraints for the model's tokenizer; made when first needed, in about a second."""
        vocabulary = self._model.get_output_embeddings().weight.shape[0]
        return ConstraintCompiler(self._tokenizer, vocabulary=vocabulary, eos=sorted(self.eos))

    @cached_property
    def eos(self) -> frozenset[int]:
        """Ids of the tokens that end an answer, by the model's settings and the tokenizer's."""
        listed = self._model.generation_config.eos_token_id
        listed = [listed] if isinstance(listed, int) else list(listed or [])
        own = self._tokenizer.eos_token_id
        found = frozenset([*listed, *([own] if own is not None else [])])
        if not found or not all(isinstance(token, int) for token in found):
            raise BackendError(
                "neither the model nor its tokenizer names a token that ends an answer.",
                backend=NAME,
                retryable=False,
                hint="Set eos_token_id in generation_config.json.",
            )
        return found

    def generate(self, request: GenerationRequest) -> Generation:
        """Return the answer to one request; see :meth:`LanguageModel.generate`."""
        return self.batch([request])[0]

    def batch(self, requests: Sequence[GenerationRequest]) -> list[Generation]:
        """Return an answer per request, in order.

        :raises BackendError: if the model failed on one, after the others ended; ``answers`` has theirs.
        :raises InputError: if a constraint is none that can be compiled, likewise.
        """
        asked = Counter(request.messages for request in requests)
        jobs = [self._job(r, is_repeated=asked[r.messages] > 1) for r in requests]
        self._queue.put(jobs)
        return answers_or_error([job.outcome() for job in jobs])

    def stream(self, request: GenerationRequest) -> Iterator[Delta]:
        """Yield the answer as it comes; closing the iterator ends it at the next token."""
        pieces = Pieces()
        job = self._job(request, pieces)
        job.answer.add_done_callback(lambda _: pieces.end())
        self._queue.put([job])
        shown = 0
        try:
            for piece in pieces:
                shown += len(piece)
                yield Delta(piece)
            answer = job.answer.result()
            yield Delta(answer.text[shown:], answer)
        finally:
            job.cancelled.set()

    def close(self) -> None:
        """End the batch that runs at its next token, refuse what waits, and free the caches of prompts."""
        self._queue.close()
        self._pool.shutdown()
        self._prefixes.clear()

    def _job(
        self,
        request: GenerationRequest,
        pieces: Pieces | None = None,
        *,
        is_repeated: bool = False,
    ) -> Job:
        is_alone = request.is_sampled and request.seed is not None
        if request.is_sampled and request.seed is None:
            request = replace(request, seed=randbelow(2**63))
        return Job(request, is_alone, pieces, is_repeated or is_alone)

    def _run(self, jobs: Sequence[Job]) -> None:
        """Answer the jobs; one that cannot be begun fails alone."""
        pairs = []
        for job in jobs:
            if job.cancelled.is_set():
                job.refuse(NAME)
                continue
            try:
                pairs.append((job, self._prompt(job.request)))
            except AffectGraphError as error:
                job.answer.set_exception(error)
        self._run_in(pairs)

    def _prompt(self, request: GenerationRequest) -> Prompt:
        """Return a request's prompt, after a look at whether it fits and its constraint compiles."""
        prompt = self._writer.write(request.messages)
        most = getattr(self._model.config, "max_position_embeddings", None)
        if most is not None and len(prompt.ids) + request.max_tokens > most:
            raise InputError(
                f"Expected prompt and answer within the model's {most} tokens, got {len(prompt.ids)} and "
                f"max_tokens={request.max_tokens}. Shorten the prompt or lower max_tokens."
            )
        if request.constraint is not None:
            self.compiler.matcher(request.constraint)
        return prompt

    def _run_in(self, pairs: Sequence[tuple[Job, Prompt]]) -> None:
        """Answer prompts in batches, halved where memory does not suffice.

        A prompt that is too long by itself fails alone, and says nothing about the size of batches: a
        smaller one is kept only where halves went through.
        """
        size = self._size
        notes: tuple[str, ...] = ()
        rest = list(pairs)
        while rest:
            part = rest[:size]
            shortage = self._shortage(part, notes)
            if shortage is None:
                rest = rest[len(part) :]
                continue
            self._free()
            if len(part) == 1:
                job, prompt = rest.pop(0)
                job.answer.set_exception(self._too_long(prompt, shortage))
                size = self._size
            else:
                size = len(part) // 2
                note = f"out of memory with {len(part)} answers at once; went on with {size}"
                logger.warning("%s: %s", self._name, note)
                notes = (*notes, note)
        self._size = size

    def _shortage(
        self, part: Sequence[tuple[Job, Prompt]], notes: tuple[str, ...]
    ) -> Exception | None:
        """Answer a batch and return None, or the error if memory did not suffice."""
        try:
            self._answer(part, notes)
        except self._torch.OutOfMemoryError as error:
            shortage: Exception = error.with_traceback(None)  # whose frames would hold the memory
            return shortage
        except RuntimeError as error:
            raise BackendError(
                f"{self._name} failed: {error}",
                backend=NAME,
                retryable=False,
                hint="After an error of CUDA the process has to be started anew.",
            ) from error
        return None

    def _free(self) -> None:
        """Give back the memory of what is kept."""
        self._prefixes.clear()
        if self._model.device.type == "cuda":
            self._torch.cuda.empty_cache()

    def _too_long(self, prompt: Prompt, shortage: Exception) -> BackendError:
        found = BackendError(
            f"out of memory with one answer to a prompt of {len(prompt.ids)} tokens.",
            backend=NAME,
            retryable=False,
            hint="Shorten the prompt, lower max_tokens, or use a smaller dtype or model.",
        )
        found.__cause__ = shortage
        return found

    def _answer(self, pairs: Sequence[tuple[Job, Prompt]], notes: tuple[str, ...]) -> None:
        """Answer one batch."""
        started = perf_counter()
        is_bound = any(job.request.constraint is not None for job, _ in pairs)
        compiler = self.compiler if is_bound else None
        rows = [
            Row(job.request, compiler, self._decode, pieces=job.pieces, cancelled=job.cancelled)
            for job, _ in pairs
        ]
        batch = lay_out(
            [prompt for _, prompt in pairs],
            self._pad,
            share=self._reuse,
            is_repeated=len(pairs) == 1 and pairs[0][0].is_repeated,
        )
        known = self._prefixes.known(batch)
        shared = self._decode_batch(rows, batch)
        seconds = perf_counter() - started
        for place, ((job, prompt), row) in enumerate(zip(pairs, rows, strict=True)):
            # What a batch begins with is computed for its first prompt, unless it is kept from before.
            usage = Usage(len(prompt.ids), len(row.tokens), shared if place else min(known, shared))
            if row.failure is not None:
                job.answer.set_exception(row.failure)
            else:
                job.finish(self._generation(row, usage, seconds, notes))

    def _generation(
        self, row: Row, usage: Usage, seconds: float, notes: tuple[str, ...]
    ) -> Generation:
        tokens = [token for token in row.tokens if token not in self.eos]
        text = cut_at_stop(self._decode(tokens), row.request.stop)
        finish = row.finish or "length"
        seed = row.request.seed if row.request.is_sampled else None
        return Generation(text, finish, usage, self._name, seed, seconds, notes)

    def _decode(self, tokens: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(
            tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _decode_batch(self, rows: Sequence[Row], batch: PromptBatch) -> int:
        """Write the answers into the rows and return how many tokens of their prompts were computed once."""
        torch = self._torch
        device = self._model.device
        prefix = self._prefixes.arguments(batch)
        decoding = Decoding(
            torch,
            rows,
            compiler=self.compiler if any(row.matcher is not None for row in rows) else None,
            eos=self.eos,
            device=device,
            pool=self._pool,
        )
        settings = self._settings(rows)
        try:
            with torch.inference_mode(), self._bare():
                self._model.generate(
                    input_ids=torch.tensor(batch.ids, device=device),
                    attention_mask=torch.tensor(batch.mask, device=device),
                    generation_config=settings,
                    logits_processor=[decoding.processor],
                    stopping_criteria=[decoding.criterion],
                    **prefix,
                )
        finally:
            decoding.settle()
        self.last_time = decoding.finish()
        return len(batch.prefix) if prefix else 0

    @contextmanager
    def _bare(self) -> Iterator[None]:
        """Keep the model's own settings out of what is asked, since ``generate`` adds them to any given.

        Rules on repetition, suppressed tokens, least lengths, times and the like would forbid what a
        constraint asks for, or end an answer unasked.
        """
        from transformers import GenerationConfig

        own = self._model.generation_config
        self._model.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            self._model.generation_config = own

    @property
    def _pad(self) -> int:
        own = self._tokenizer.pad_token_id
        return int(own if own is not None else min(self.eos))

    def _settings(self, rows: Sequence[Row]) -> Any:
        from transformers import GenerationConfig

        return GenerationConfig(  # type: ignore[no-untyped-call]
            max_new_tokens=max(row.request.max_tokens for row in rows),
            do_sample=False,
            num_beams=1,
            repetition_penalty=1.0,
            eos_token_id=sorted(self.eos),
            pad_token_id=self._pad,
            cache_implementation="static" if self._compile else None,
        )
