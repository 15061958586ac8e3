"""What grounding of facial actions returns: mentions and candidates with evidence, or reasons."""

from dataclasses import dataclass
from typing import Final, Literal

from affectgraph.kg.model import ActionUnit
from affectgraph.linkers.face_denial import Denial

UnitEvidenceKind = Literal["code", "name", "alias", "cue", "weak-cue", "description"]
"""How a unit was found: by its code, its FACS name, another name of it, a phrase of ``au_cues.tsv``, one of
low confidence there, or a description by part and movement."""

UnitNilReason = Literal["empty", "not_text", "too_long", "unknown", "language", "no_such_unit"]
"""Why nothing is linked. ``no_such_unit``: a number that FACS does not have."""

UnitStatus = Literal["linked", "ambiguous", "nil"]

Says = Literal["shown", "absent", "unclear"]
"""What the words say of the action; ``unclear`` for a denied absence ("the brow is not relaxed")."""

UNIT_P_RIGHT: Final[dict[UnitEvidenceKind, float]] = {
    "code": 0.98,
    "name": 0.96,
    "alias": 0.89,
    "cue": 0.97,
    "weak-cue": 0.71,
    "description": 0.97,
}
"""P(right) of each kind of evidence; ``benchmarks/action_unit_development.py`` fits and prints them."""


@dataclass(frozen=True, slots=True)
class UnitEvidence:
    """One reason for a unit.

    :param kind: how the words led to it; ``query``: these words; ``matched``: what they matched.
    :param iri: the resource that carries it; ``source``: id of the source that says so.
    :param value: P(right) of this kind of evidence.
    """

    kind: UnitEvidenceKind
    query: str
    matched: str
    iri: str
    source: str
    value: float


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A facial action the words may mean.

    :param score: P(right) in 0..1; shared evenly where the words leave open which of several.
    """

    unit: ActionUnit
    score: float
    evidence: tuple[UnitEvidence, ...]


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A facial action said in a text: ``text[start:end] == quote``, code points, half open.

    :param codes: FACS codes that are all meant; ``any_of``: one or more of them.
    :param candidates: those units with scores and evidence; empty if ``reason`` is set.
    :param side: ``L``, ``R``, ``one`` (one side, not said which) or empty. Head and eye positions have none.
    :param grade: intensity ``A`` to ``E``, or empty.
    :param says: whether the action is said to be shown or absent.
    :param denial: the words that deny it.
    :param reason: ``no_such_unit`` for numbers FACS does not have, else None; ``message`` says it in words.
    """

    start: int
    end: int
    quote: str
    codes: tuple[str, ...]
    any_of: tuple[str, ...]
    candidates: tuple[UnitCandidate, ...]
    side: str
    grade: str
    says: Says
    denial: Denial | None
    reason: UnitNilReason | None = None
    message: str = ""

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Every code it may stand for."""
        return self.codes + self.any_of


@dataclass(frozen=True, slots=True)
class UnitGrounding:
    """The answer for one phrase.

    :param mentions: the facial actions in it, in order.
    :param reason: why there is none; set exactly if ``nil``.
    :param message: one sentence for people.
    """

    text: str
    status: UnitStatus
    mentions: tuple[UnitMention, ...]
    reason: UnitNilReason | None
    message: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are surely meant, in order, each once; empty if ``nil``."""
        return tuple(dict.fromkeys(code for m in self.mentions for code in m.codes))

    @property
    def candidates(self) -> tuple[UnitCandidate, ...]:
        """Every unit it may mean, best first; ties in the order of the text."""
        found: dict[str, UnitCandidate] = {}
        for candidate in (c for m in self.mentions for c in m.candidates):
            known = found.get(candidate.unit.code)
            if known is None or candidate.score > known.score:
                found[candidate.unit.code] = candidate
        return tuple(sorted(found.values(), key=lambda c: -c.score))

    def explain(self) -> str:
        """Return the answer as lines of text: status, then each mention with its evidence."""
        lines = [f"{self.text!r}: {self.status}. {self.message}"]
        for mention in self.mentions:
            denied = f" (denied by {mention.denial.quote!r})" if mention.denial else ""
            lines.append(f"  {mention.quote!r} {mention.says}{denied}{_details(mention)}")
            lines += [
                f"    {c.score:.2f} {c.unit.code} {c.unit.name}: {e.kind}, {e.query!r} matches "
                f"{e.matched!r} ({e.source})"
                for c in mention.candidates
                for e in c.evidence
            ]
        return "\n".join(lines)


def _details(mention: UnitMention) -> str:
    side = {"L": ", left side", "R": ", right side", "one": ", one side"}.get(mention.side, "")
    return side + (f", intensity {mention.grade}" if mention.grade else "")
