"""What a rule says of a claim."""

from typing import NamedTuple

from affectgraph.reasoner.model import Fact, Verdict


class Finding(NamedTuple):
    """What a rule says of a claim, before hedging is taken into account."""

    verdict: Verdict
    rule: str
    strength: float
    sentence: str
    facts: tuple[Fact, ...] = ()
    hint: str = ""
    rivals: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
