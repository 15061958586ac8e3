"""Claims of a rationale, and what the graph says about each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.model import Grounding

ClaimType = Literal[
    "au_identity",
    "blend_of",
    "co_occurs",
    "concludes",
    "cue_denotes",
    "denotes",
    "elicited_by",
    "excludes",
    "exclusive",
    "expresses",
    "genuine",
    "in_tier",
    "label_in_scheme",
    "masks",
    "modal_agreement",
    "modal_conflict",
    "observes",
    "opposite_of",
    "stronger_than",
    "subsumed_by",
    "transition",
    "vad_level",
]
"""What a claim says; ``docs/checking.md`` describes each type with examples."""

Polarity = Literal["affirmed", "denied"]
Commitment = Literal["plain", "hedged"]
Degree = Literal["slight", "plain", "strong"]
Side = Literal["", "left", "right", "both"]
Channel = Literal["", "face", "voice", "text", "posture", "context"]
Origin = Literal["text", "input", "model"]
"""Who found a claim: the rules in the text, a field of the record, or a language model in the text. Scores
and conclusions rest on ``text`` alone, whatever stands beside it."""

Verdict = Literal["supported", "contradicted", "unsupported", "not_checkable"]
"""``supported``: a triple or named rule entails it; ``contradicted``: the graph entails its negation;
``unsupported``: its terms are known and nothing entails it or its negation; ``not_checkable``: there is
nothing to hold it against. Absence of a triple never contradicts. ``supported`` says that the claim agrees
with the knowledge cited, not that the label is right."""

HEDGED = 0.5
"""Weight of a hedged claim in the scores, and of its strength."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """Something a rationale says that can be held against the graph.

    :param id: ``c1``, ``c2``, ... in the order of the text; claims from input fields come last.
    :param subject: what it is about: FACS codes (alternatives joined by ``|``), cues of other channels
        (``voice:trembling``), or a concept's slug.
    :param object: what it says: a name, a concept's slug, a tier, a level.
    :param polarity: ``denied`` where the text denies it ("no nose wrinkle").
    :param commitment: ``hedged`` where the text is not sure of it ("may", "appears").
    :param degree: of what is said: "slightly", "strongly".
    :param side: of the face, empty if none is said.
    :param modality: channel it speaks of, empty for statements on emotions themselves.
    :param span: code points, half open, with ``text[span[0]:span[1]] == quote``; (-1, -1) for claims from
        input fields.
    :param quote: the words.
    :param source: ``text``, ``input`` (record fields), or ``model`` (read by a language model).
    :param confidence: 0..1, how sure the reading is: 1 for codes and fields, less for folk phrases.
    :param attributed_to: who is said to say it, in the text's words ("the first rater"); empty for what the
        text says itself.
    """

    id: str
    type: ClaimType
    subject: tuple[str, ...]
    object: tuple[str, ...]
    polarity: Polarity
    commitment: Commitment
    degree: Degree
    side: Side
    modality: Channel
    span: tuple[int, int]
    quote: str
    source: Origin
    confidence: float = 1.0
    attributed_to: str = ""

    @property
    def start(self) -> int:
        """First code point of the quote, -1 for claims from input fields."""
        return self.span[0]

    @property
    def end(self) -> int:
        """Code point behind the quote, -1 for claims from input fields."""
        return self.span[1]

    @property
    def is_denied(self) -> bool:
        """Whether the text denies it."""
        return self.polarity == "denied"

    @property
    def is_hedged(self) -> bool:
        """Whether the text hedges it."""
        return self.commitment == "hedged"

    @property
    def weight(self) -> float:
        """What it counts in the scores: 1, or 0.5 if it is hedged."""
        return HEDGED if self.commitment == "hedged" else 1.0


@quickly_made
@dataclass(frozen=True, slots=True)
class Fact:
    """A triple a verdict rests on, with the source that says so.

    Subject, predicate and object are IRIs, the object may be a plain value. The triple stands in the
    graph's default graph, which is complete.

    :param source: id of :meth:`EmotionGraph.source`.
    :param graph: IRI of the named graph in which it stands as well, with the VAD values of one origin, or
        in which alone it stands, if that is a user's; empty for triples of the default graph alone.
    """

    subject: str
    predicate: str
    object: str
    source: str
    licence: str
    graph: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one claim.

    :param rule: id of the rule that gave it, as listed in ``docs/checking.md``.
    :param strength: 0..1, how much speaks for the verdict; hedged claims have half.
    :param sentence: the verdict in one sentence.
    :param facts: the triples it rests on; empty where nothing in the graph backs the claim.
    :param hint: how to mend a contradicted claim; empty otherwise.
    :param rivals: slugs of other concepts that the same evidence fits.
    :param dissent: ids of the sources by which alone the verdict would be another.
    :param carried_by: of a conclusion judged by the text's own claims: ids of those without which its
        verdict or strength would be another. Empty where several claims say the same, so that none of
        them alone carries it, or words that make no claim.
    """

    claim: Claim
    verdict: Verdict
    rule: str
    strength: float
    sentence: str
    facts: tuple[Fact, ...]
    hint: str = ""
    rivals: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    carried_by: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Scores:
    """How well a rationale holds, in figures that belong together; each is 0..1, or None where undefined.

    They are reckoned from the claims of the text; those from the record's fields take no part.

    "Supported" means that a claim agrees with the knowledge cited, not that the label is right: a wrong
    label can be argued for with true statements. :mod:`affectgraph.reasoner.score` gives the formulas
    and their sources.

    :param checkability: share of the text's claims that could be judged.
    :param grounded_precision: supported claims over judged ones; a hedged claim counts half.
    :param contradiction_rate: contradicted claims over judged ones, weighted the same way.
    :param evidence_recall: share of the actions that the readings show which the text names as shown.
    :param faithfulness_f1: harmonic mean of grounded precision and evidence recall.
    :param label_score: nearness in the tree of what the text concludes to the record's label.
    :param consistency: weight of the text's strongest evidence for what it concludes, by its nearness in
        the tree, over that of its strongest evidence for any emotion.
    :param au_agreement: agreement of the actions named with those that the readings show.
    :param undefined: the names of the scores that are None, each with the reason.
    """

    checkability: float | None
    grounded_precision: float | None
    contradiction_rate: float | None
    evidence_recall: float | None
    faithfulness_f1: float | None
    label_score: float | None
    consistency: float | None
    au_agreement: float | None
    undefined: tuple[tuple[str, str], ...] = ()

    def values(self) -> dict[str, float | None]:
        """Return the scores by name, in their order."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "undefined"}


@dataclass(frozen=True, slots=True)
class Report:
    """What the graph says about a rationale.

    :param grounding: the record's label, grounded; None if it has none.
    :param judgements: one per claim, in the order of the claims.
    :param scores: how well it holds, in figures.
    :param conclusion: id of the claim that carries the conclusion, None if there is none.
    :param notes: what the reader should know: lines left out, fields not understood.
    :param graph_version: version of the graph that judged.
    :param caveat: what the report can and cannot say.
    :param sources: whose word counted where sources disagree: ``any``, ``majority``, or the id of a source.
    """

    grounding: Grounding | None
    judgements: tuple[Judgement, ...]
    scores: Scores
    conclusion: str | None
    notes: tuple[str, ...]
    graph_version: str
    caveat: str
    sources: str = "any"

    def counts(self) -> dict[Verdict, int]:
        """Return how many claims got each verdict, all four named."""
        return verdict_counts(self.judgements)

    def contradictions(self) -> tuple[Judgement, ...]:
        """Return the contradicted claims in order."""
        return tuple(j for j in self.judgements if j.verdict == "contradicted")


def verdict_counts(judgements: Iterable[Judgement]) -> dict[Verdict, int]:
    """Return how many judgements give each verdict, all four named."""
    given = Counter(judgement.verdict for judgement in judgements)
    return {verdict: given[verdict] for verdict in get_args(Verdict)}
