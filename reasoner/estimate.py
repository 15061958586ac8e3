"""What reasoning about an observation would take with a model, before one is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from affectgraph.reasoner.effort import Ambiguity, Effort, ambiguity_of
from affectgraph.reasoner.models.model import GenerationRequest
from affectgraph.reasoner.retrieve import estimate_tokens


@dataclass(frozen=True, slots=True)
class ModelCost:
    """Calls of a model and their tokens, by estimate. Costs can be added.

    :param calls: answers asked for.
    :param prompt_tokens: of the prompts, at 3 characters each; those that a cache may spare with them.
    :param answer_tokens: the most that the answers may have.
    """

    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0

    def __add__(self, other: "ModelCost") -> "ModelCost":
        """Return both together."""
        return ModelCost(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.answer_tokens + other.answer_tokens,
        )


@dataclass(frozen=True, slots=True)
class RunEstimate:
    """What one observation would take.

    :param ambiguity: how much the graph leaves open by itself.
    :param least: if a draft of the first round is clean. :param most: if all rounds are needed.
    """

    ambiguity: Ambiguity
    least: ModelCost
    most: ModelCost


def estimate_run(
    entropy: float, effort: Effort, requests: Sequence[GenerationRequest]
) -> RunEstimate:
    """Return what one observation would take.

    A revision's prompt is the first one with the draft and the feedback on it, each counted with the most
    tokens that an answer may have: feedback quotes the sentences that fail.

    :param entropy: what the graph leaves open, in bits.
    :param requests: those of the first round.
    """
    prompts = [sum(estimate_tokens(m.content) for m in request.messages) for request in requests]
    rooms = [request.max_tokens for request in requests]
    least = ModelCost(len(requests), sum(prompts), sum(rooms))
    revision = ModelCost(len(requests), sum(prompts) + 2 * sum(rooms), sum(rooms))
    return RunEstimate(ambiguity_of(entropy), least, sum([revision] * (effort.rounds - 1), least))
