"""How sure an answer has to be: three presets, and what each makes of a grounding."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from affectgraph.linkers.model import EvidenceKind, Grounding

Preset = Literal["strict", "balanced", "always"]
"""``strict`` only strong evidence; ``balanced`` all evidence, several branches stay ambiguous;
``always`` the best candidate, if there is any."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a preset asks for.

    :param floor: least score of the best candidate.
    :param refused: kinds of evidence that do not count on their own.
    :param decides: whether the best of several candidates of different branches is taken.
    :param divides: whether the first concept of a word is taken that is shared between branches.
    """

    floor: float
    refused: frozenset[EvidenceKind] = frozenset()
    decides: bool = False
    divides: bool = True


PRESETS: Final[dict[Preset, Rules]] = {
    "strict": Rules(0.85, frozenset({"weak", "spelling", "phrase", "embedding"}), divides=False),
    "balanced": Rules(0.4),
    "always": Rules(0.0, decides=True),
}


def apply(grounding: Grounding, preset: Preset) -> Grounding:
    """Return an answer as a preset lets it stand: refused as ``unsure``, decided, or as it is."""
    rules = PRESETS[preset]
    if grounding.status == "nil":
        return grounding
    best = grounding.candidates[0]
    if best.score < rules.floor or best.evidence[0].kind in rules.refused:
        message = (
            f"Expected surer evidence than {best.evidence[0].kind} ({best.score:.2f}) for "
            f"{best.concept.slug}; a looser preset than {preset!r} takes it."
        )
        return replace(grounding, status="nil", candidates=(), reason="unsure", message=message)
    if not rules.divides and grounding.is_divided:
        message = f"Several concepts fit equally; a looser preset than {preset!r} takes the first."
        return replace(grounding, status="ambiguous", message=message)
    if rules.decides and grounding.status == "ambiguous":
        message = f"Means {best.concept.slug}, the best of several: {grounding.message}"
        return replace(grounding, status="linked", message=message)
    return grounding
