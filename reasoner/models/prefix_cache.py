"""Keys and values of the beginnings that prompts share, computed once."""

from collections import OrderedDict
from copy import deepcopy
from inspect import signature
from typing import Any

from affectgraph.reasoner.models.prompts import LEAST_SHARED, PromptBatch

KEPT = 4
"""Beginnings that are kept, those used last. One takes what the model's cache takes for its tokens."""


class PrefixCache:
    """Keeps the attention cache of shared beginnings of prompts. Used by one thread at a time.

    A beginning is computed message by message, each on what is kept of those before it: a revision computes
    anew only what follows the question. Where it is divided depends on the prompt alone and not on what is
    kept, so that rounding, and with it a seeded sample, is the same either way.

    Models whose cache is not one pair of keys and values per token and layer (sliding windows, state space
    models) get nothing from it and work without.

    :param torch: the module.
    :param model: a causal model of transformers.
    """

    def __init__(self, torch: Any, model: Any) -> None:
        self._torch = torch
        self._model = model
        self._argument = _cache_argument(model)
        self._kept: OrderedDict[tuple[int, ...], Any] = OrderedDict()
        self.is_supported = True

    def arguments(self, batch: PromptBatch) -> dict[str, Any]:
        """Return what ``generate`` needs for the batch's common beginning; nothing if it has none."""
        if not batch.prefix or not self.is_supported:
            return {}
        cache = None
        done = 0
        for end in (*batch.ends, len(batch.prefix)):
            if end - done < LEAST_SHARED and end != len(batch.prefix):
                continue
            cache = self._cache(batch.prefix[:end], done, cache)
            done = end
        if cache is None or not self.is_supported:
            return {}
        cache = deepcopy(cache)
        if len(batch.ids) > 1:
            cache.batch_repeat_interleave(len(batch.ids))
        return {self._argument: cache}

    def known(self, batch: PromptBatch) -> int:
        """Return how many tokens of the batch's common beginning are kept from batches before."""
        ends = (*batch.ends, len(batch.prefix)) if self.is_supported else ()
        return max((end for end in ends if batch.prefix[:end] in self._kept), default=0)

    def clear(self) -> None:
        """Free what is kept."""
        self._kept.clear()

    def _cache(self, prefix: tuple[int, ...], done: int, before: Any) -> Any:
        """Return the cache of a prefix, of which ``before`` has the first ``done`` tokens."""
        if not self.is_supported:
            return None
        if prefix not in self._kept:
            cache = self._compute(prefix, done, before)
            if not _is_plain(cache):
                self.is_supported = False
                return None
            self._kept[prefix] = cache
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(prefix)
        return self._kept[prefix]

    def _compute(self, prefix: tuple[int, ...], done: int, before: Any) -> Any:
        torch = self._torch
        device = self._model.device
        known = {} if before is None else {self._argument: deepcopy(before)}
        with torch.inference_mode():
            output = self._model(
                input_ids=torch.tensor([prefix[done:]], device=device),
                attention_mask=torch.ones((1, len(prefix)), dtype=torch.long, device=device),
                use_cache=True,
                logits_to_keep=1,
                **known,
            )
        return output.get(self._argument)


def _cache_argument(model: Any) -> str:
    """Return what this version of transformers calls the cache."""
    known = signature(model.prepare_inputs_for_generation).parameters
    return "cache" if "cache" in known else "past_key_values"


def _is_plain(cache: Any) -> bool:
    from transformers.cache_utils import DynamicCache, DynamicLayer

    return type(cache) is DynamicCache and all(type(x) is DynamicLayer for x in cache.layers)
