"""P(right) of a match by embeddings, and from where on one counts.

``benchmarks/embedding_tier.py`` fits the figures and prints them beside those in use; ``docs/embeddings.md``
says how and from what.
"""

from math import exp
from typing import Final

INTERCEPT: Final = -2.18
SLOPE: Final = 5.98
"""P(right) is the logistic function of INTERCEPT + SLOPE * support."""

SUPPORT_FLOOR: Final = 0.65
"""Least support of a candidate: from here on nine answers in ten are right on the mixed set."""

MARGIN_FLOOR: Final = 0.0
"""Least margin of a candidate: no word of another branch, and no rejected one, is nearer."""

VETO_VALENCE: Final = 0.2
"""How far from 0 the valence of a label and of a concept must lie, with opposite signs, for a veto."""


def p_right(support: float) -> float:
    """Return the probability that a match of some support is right, to four places.

    >>> p_right(0.2) < p_right(0.8)
    True
    """
    return round(1 / (1 + exp(-(INTERCEPT + SLOPE * support))), 4)
