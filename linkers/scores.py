"""P(right) of each kind of evidence: figures that are fitted, written down and tested.

``benchmarks/label_scores.py`` fits them; ``docs/scores.md`` says how and from what; a test compares the
figures here with the fit.
"""

from typing import Final

from affectgraph.linkers.model import EvidenceKind

P_RIGHT: Final[dict[EvidenceKind, float]] = {
    "label": 0.99,
    "derivation": 0.99,
    "lexical": 0.96,
    "inflection": 0.98,
    "weak": 0.9,
    "scheme": 0.95,
    "other-scheme": 0.9,
    "phrase": 0.96,
    "spelling": 0.99,
}

DIVIDED: Final = 0.88
"""P(right) of the first concept of a word whose one sense is shared out between concepts."""

ANCHOR_WEIGHT: Final = {
    "exact": 1.0,
    "close": 0.9,
    "narrower": 0.85,
    "broader": 0.6,
    "component": 0.5,
}
"""How far an anchor's kind lowers its score: the label means more or less than the concept. Set by
judgement, not fitted."""

MARGIN: Final = 0.15
"""Two candidates of different branches closer than this make an answer ambiguous."""
