"""What the service sends of a rationale's scores."""

from affectgraph.api.shapes import Shape
from affectgraph.reasoner import model as verdicts


class Scores(Shape):
    """How well a rationale holds, each figure 0..1, null where it is undefined.

    "Supported" means that a claim agrees with the knowledge cited, not that the label is right.
    """

    checkability: float | None
    """Share of the claims that could be judged."""
    grounded_precision: float | None
    """Supported over judged claims, a hedged claim counting half."""
    contradiction_rate: float | None
    """Contradicted over judged claims, weighted the same way."""
    evidence_recall: float | None
    """Share of the actions that the readings show which the text names as shown."""
    faithfulness_f1: float | None
    """Harmonic mean of grounded precision and evidence recall."""
    label_score: float | None
    """Nearness in the tree of what the text concludes to the label."""
    consistency: float | None
    """Weight of the text's strongest evidence for what it concludes over that of its strongest for any."""
    au_agreement: float | None
    """Agreement of the actions named with those that the readings show."""
    undefined: dict[str, str]
    """Why a figure is null, by its name."""


def to_scores(scores: verdicts.Scores) -> Scores:
    """Return scores as they are sent."""
    return Scores(**scores.values(), undefined=dict(scores.undefined))
