"""Draws tokens of each row by a seed of its own, so that no other row's draw moves it."""

from collections.abc import Sequence
from typing import Any, Optional

from affectgraph.reasoner.models.model import GenerationRequest


class Sampler:
    """Adds noise to scores so that the likeliest token afterwards is a sample (the Gumbel-max trick).

    Source: Gumbel 1954; the maximum of log-probabilities plus independent Gumbel noise is distributed as the
    softmax. Greedy rows get no noise.

    :param torch: the module.
    :param requests: of the rows; those with a temperature above 0 have a seed.
    :param device: where the scores are.
    """

    def __init__(self, torch: Any, requests: Sequence[GenerationRequest], device: Any) -> None:
        self._torch = torch
        self._drawn = [
            (index, request, torch.Generator(device=device).manual_seed(request.seed or 0))
            for index, request in enumerate(requests)
            if request.is_sampled
        ]

    @classmethod
    def of(
        cls, torch: Any, requests: Sequence[GenerationRequest], device: Any
    ) -> Optional["Sampler"]:
        """Return a sampler, None if every row is greedy."""
        return cls(torch, requests, device) if any(r.is_sampled for r in requests) else None

    def apply(self, scores: Any) -> Any:
        """Return the scores, ``(rows, tokens)`` float, with the sampled rows' noise; in place."""
        for index, request, generator in self._drawn:
            row = scores[index] / request.temperature
            scores[index] = self._kept(row, request.top_p) + self._noise(row, generator)
        return scores

    def _noise(self, row: Any, generator: Any) -> Any:
        torch = self._torch
        drawn = torch.empty(row.shape, device=row.device, dtype=torch.float64)
        drawn.exponential_(generator=generator).clamp_(min=torch.finfo(torch.float64).tiny)
        return -torch.log(drawn).to(row.dtype)

    def _kept(self, row: Any, top_p: float) -> Any:
        """Return the row with all but the likeliest tokens of share ``top_p`` at minus infinity."""
        if top_p >= 1:
            return row
        torch = self._torch
        ranked, order = torch.softmax(row, dim=-1).sort(descending=True)
        out = order[ranked.cumsum(dim=-1) - ranked >= top_p]
        return row.index_fill(0, out, float("-inf"))
