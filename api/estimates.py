"""What reasoning would take with a model, before one is asked, as the service sends it."""

from typing import Literal

from affectgraph.api.reasoning_bodies import read_observation
from affectgraph.api.shapes import Shape
from affectgraph.reasoner import Reasoner
from affectgraph.reasoner.estimate import RunEstimate


class RunCost(Shape):
    """Calls of a model and their tokens, by estimate."""

    calls: int
    """Answers asked for."""
    prompt_tokens: int
    """Of the prompts, at 3 characters each; those that a cache may spare with them."""
    answer_tokens: int
    """The most that the answers may have."""


class Estimate(Shape):
    """What reasoning about one observation would take with a model."""

    ambiguity: Literal["clear", "medium", "open"]
    """How much the graph leaves open: less than 1 bit, 1 to 2 bits, 2 bits or more."""
    least: RunCost
    """If a first draft is clean."""
    most: RunCost
    """If all rounds are needed."""


def to_estimate(found: RunEstimate) -> Estimate:
    """Return an estimate as it is sent."""
    return Estimate.model_validate(found)


def estimate_record(reasoner: Reasoner, record: object) -> Estimate:
    """Return what a batch's record would take.

    :raises AffectGraphError: if it is no observation.
    """
    return to_estimate(reasoner.estimate(read_observation(record)))
