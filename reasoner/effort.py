"""How much is spent on an observation: what the graph leaves open decides."""

from dataclasses import dataclass
from typing import Literal

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.retrieve import FACT_LIMIT

UNAMBIGUOUS_BITS = 1.0
"""Entropy below which an observation counts as clear: less than two branches equally likely."""

OPEN_BITS = 2.0
"""Entropy from which it gets the most: four branches equally likely, or more."""


Ambiguity = Literal["clear", "medium", "open"]
"""How much the graph leaves open: below :data:`UNAMBIGUOUS_BITS`, below :data:`OPEN_BITS`, or more."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one observation may cost.

    :param rounds: most rounds: a draft and its revisions.
    :param drafts: answers per round; the first is greedy, the others are samples.
    :param facts: most facts in the prompt; at most 400, as many as are retrieved.
    :param steps: most sentences of an answer.
    :param max_tokens: of an answer; more if its constraint needs more to close.
    :raises InputError: if a number is no whole number of 1 or more, or there are too many facts.
    """

    rounds: int = 3
    drafts: int = 2
    facts: int = 200
    steps: int = 8
    max_tokens: int = 768

    def __post_init__(self) -> None:
        for name in ("rounds", "drafts", "facts", "steps", "max_tokens"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InputError(f"Expected {name} as a whole number of 1 or more, got {value!r}.")
        if self.facts > FACT_LIMIT:
            raise InputError(
                f"Expected at most {FACT_LIMIT} facts, which is what is retrieved, got {self.facts}."
            )


SHORT = Effort(rounds=1, drafts=1, facts=30, steps=4, max_tokens=256)
MEDIUM = Effort(rounds=2, drafts=2, facts=120, steps=6, max_tokens=512)
FULL = Effort(rounds=3, drafts=3, facts=200, steps=8, max_tokens=768)


_EFFORTS: dict[Ambiguity, Effort] = {"clear": SHORT, "medium": MEDIUM, "open": FULL}


def effort_for(entropy: float) -> Effort:
    """Return the effort for an entropy in bits: one short round for what is clear.

    >>> effort_for(0.4).rounds, effort_for(1.5).rounds, effort_for(2.585).rounds
    (1, 2, 3)
    """
    return _EFFORTS[ambiguity_of(entropy)]


def ambiguity_of(entropy: float) -> Ambiguity:
    """Return what an entropy in bits counts as.

    >>> ambiguity_of(0.99), ambiguity_of(1.0), ambiguity_of(2.0)
    ('clear', 'medium', 'open')
    """
    if entropy < UNAMBIGUOUS_BITS:
        return "clear"
    return "medium" if entropy < OPEN_BITS else "open"
