"""Claims of a rationale, and what the graph says about each."""

from dataclasses import dataclass
from typing import Literal

from affectgraph.linkers.model import Grounding

ClaimType = Literal[
    "au_identity",
    "concludes",
    "expresses",
    "in_tier",
    "label_in_scheme",
    "observes",
    "opposite_of",
    "subsumed_by",
    "vad_level",
]
"""What a claim says; ``docs/checking.md`` describes each type with examples."""

Verdict = Literal["supported", "contradicted", "unsupported", "not_checkable"]
"""``supported``: a triple or named rule entails it; ``contradicted``: the graph entails its negation;
``unsupported``: its terms are known and nothing entails it or its negation; ``not_checkable``: there is
nothing to hold it against. Absence of a triple never contradicts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a rationale says that the graph can judge.

    :param id: ``c1``, ``c2``, ... in the order of the text; claims from input fields come last.
    :param quote: the words; ``text[start:end] == quote`` for claims from the text.
    :param start, end: code points, half open; both -1 for claims from input fields.
    :param origin: ``text`` or ``input`` (record fields).
    :param subject: what it is about: FACS codes, or a concept's slug.
    :param object: what it says: a name, a concept's slug, a tier, a level.
    :param is_denied: whether the text denies it ("no nose wrinkle").
    :param is_hedged: whether the text hedges it ("may", "appears").
    """

    id: str
    type: ClaimType
    quote: str
    start: int
    end: int
    origin: Literal["text", "input"]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    is_denied: bool = False
    is_hedged: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple a verdict rests on, with the source that says so.

    Subject, predicate and object are IRIs, the object may be a plain value. The triple stands in the
    graph's default graph; ``source`` is an id of :meth:`EmotionGraph.source`.
    """

    subject: str
    predicate: str
    object: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one claim.

    :param rule: id of the rule that gave it, as listed in ``docs/checking.md``.
    :param strength: 0..1, how much speaks for the verdict; hedged claims have half.
    :param sentence: the verdict in one sentence.
    :param facts: the triples it rests on; empty where nothing in the graph backs the claim.
    :param hint: how to mend a contradicted claim; empty otherwise.
    :param rivals: slugs of other concepts that the same evidence fits.
    """

    claim: Claim
    verdict: Verdict
    rule: str
    strength: float
    sentence: str
    facts: tuple[Fact, ...]
    hint: str = ""
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What the graph says about a rationale.

    :param grounding: the record's label, grounded; None if it has none.
    :param judgements: one per claim, in the order of the claims.
    :param support: supported claims over judged ones (0..1; 0 if none is judged), weighted by strength
        of commitment: a hedged claim counts half.
    :param contradiction: contradicted claims over judged ones, weighted the same way.
    :param coverage: claims that could be judged over all claims, 0 if there are none.
    :param conclusion: id of the claim that carries the conclusion, None if there is none.
    :param notes: what the reader should know: lines left out, fields not understood.
    :param graph_version: version of the graph that judged.
    """

    grounding: Grounding | None
    judgements: tuple[Judgement, ...]
    support: float
    contradiction: float
    coverage: float
    conclusion: str | None
    notes: tuple[str, ...]
    graph_version: str
    caveat: str

    def counts(self) -> dict[Verdict, int]:
        """Return how many claims got each verdict, all four named."""
        verdicts: tuple[Verdict, ...] = (
            "supported",
            "contradicted",
            "unsupported",
            "not_checkable",
        )
        return {v: sum(j.verdict == v for j in self.judgements) for v in verdicts}

    def contradictions(self) -> tuple[Judgement, ...]:
        """Return the contradicted claims in order."""
        return tuple(j for j in self.judgements if j.verdict == "contradicted")
