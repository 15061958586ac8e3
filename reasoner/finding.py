"""What a rule says of a claim."""

from collections.abc import Mapping
from typing import NamedTuple

from affectgraph.reasoner.model import Claim, Fact, Judgement, Verdict


class Finding(NamedTuple):
    """What a rule says of a claim, before hedging is taken into account.

    :param carriers: claims that carry it, not numbered yet.
    """

    verdict: Verdict
    rule: str
    strength: float
    sentence: str
    facts: tuple[Fact, ...] = ()
    hint: str = ""
    rivals: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    carriers: tuple[Claim, ...] = ()


def numbered(claim: Claim, id_: str) -> Claim:
    """Return a claim with an id; ``replace`` would take ten times as long."""
    return Claim(
        id_,
        claim.type,
        claim.subject,
        claim.object,
        claim.polarity,
        claim.commitment,
        claim.degree,
        claim.side,
        claim.modality,
        claim.span,
        claim.quote,
        claim.source,
        claim.confidence,
        claim.attributed_to,
    )


def judgement_of(claim: Claim, finding: Finding, ids: Mapping[int, str] | None = None) -> Judgement:
    """Return a finding as the judgement on its claim; hedging halves the strength.

    :param ids: ids of the text's claims by their :func:`id`.
    """
    known = ids or {}
    return Judgement(
        claim,
        finding.verdict,
        finding.rule,
        round(finding.strength * claim.weight, 4),
        finding.sentence,
        finding.facts,
        finding.hint,
        finding.rivals,
        finding.dissent,
        tuple(known[id(carrier)] for carrier in finding.carriers),
    )
