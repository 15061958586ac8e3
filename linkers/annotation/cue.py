"""What denies an emotion before its mention, and what it reaches over."""

from typing import Literal, NamedTuple

Kind = Literal["noun", "clause", "sure"]
"""What a cue reaches over: one noun phrase, the rest of the clause, or that with nothing to undo it."""


class Cue(NamedTuple):
    """Words that deny, as positions, and what they reach over."""

    first: int
    last: int
    kind: Kind
