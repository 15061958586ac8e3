"""What the service and the command line take and send for reasoning about observations."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, Strict

from affectgraph.api.answers import Fact, Report, to_report
from affectgraph.api.bodies import Body, JsonCoordinate, JsonReadings
from affectgraph.api.problems import Problem, to_problem
from affectgraph.api.shapes import ConceptName, Shape
from affectgraph.kg.faces import CAVEAT
from affectgraph.reasoner import Draft, GroundedEvidence, Reasoning, Round
from affectgraph.reasoner.channels import ChannelEvidence
from affectgraph.reasoner.constrain import CitableFact
from affectgraph.reasoner.constrain import Statement as CitedStatement
from affectgraph.reasoner.reasoning import StopReason

LABEL_LIMIT = 100
"""Labels of other models that one observation may have."""

LABEL_LENGTH = 300
"""Characters of a label: one that is longer names no emotion, and would be repeated in a note."""

READING_LIMIT = 2_000
"""Columns of a detector; whole rows of OpenFace and Py-Feat have some hundreds."""

LabelText = Annotated[str, Field(max_length=LABEL_LENGTH)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), Strict()]


class ObservedLabel(Body):
    """What another model says of the observation."""

    label: LabelText = Field(examples=["joy"])
    """Its label, up to 300 characters."""
    scheme: str | None = None
    """Scheme the label is of."""
    score: Share | None = None
    """How sure that model is, 0..1."""
    modality: str | None = None
    """What it looked at, such as `voice`."""


class ObservationBody(Body):
    """What was observed: at least one of the fields."""

    text: str | None = Field(default=None, examples=["I was so happy to see her."])
    """What was said or written; of more than 4,000 characters, the first 3,000 and the end are read."""
    aus: JsonReadings | None = Field(
        default=None, max_length=READING_LIMIT, examples=[{"AU06_r": 2.1, "AU12_r": 2.9}]
    )
    """A detector's readings by column name, up to 2,000."""
    vad: tuple[JsonCoordinate, JsonCoordinate, JsonCoordinate] | None = None
    """Valence, arousal and dominance, each -1..1."""
    label: LabelText | None = None
    """A model's label, up to 300 characters."""
    scheme: str | None = None
    """Scheme of `label`, and of `labels` that name none."""
    labels: list[LabelText | ObservedLabel] | None = Field(default=None, max_length=LABEL_LIMIT)
    """Labels of several models, up to 100."""

    def record(self) -> dict[str, Any]:
        """Return the record that :meth:`affectgraph.reasoner.Reasoner.reason` reads: what was given."""
        return self.model_dump(exclude_none=True, include=set(ObservationBody.model_fields))


class GraphFact(Shape):
    """A fact of the graph in words."""

    text: str
    """The words, unlike those of any other fact here."""
    triples: tuple[Fact, ...]
    """What it says, with sources."""


class ChannelShare(Shape):
    """What one channel says of a concept."""

    channel: str
    """`face`, `text`, `vad`, `label`, or the modality a label was read from."""
    share: float
    """Of the channel's distribution, 0..1."""


class RankedEmotion(Shape):
    """An emotion or state that the observation may show."""

    concept: ConceptName
    """The concept."""
    share: float
    """Its part of the pooled distribution, 0..1."""
    channels: tuple[ChannelShare, ...]
    """What speaks for it."""


class ConceptShare(Shape):
    """A concept's part of a distribution."""

    slug: str
    """Short name of the concept."""
    share: float
    """0..1."""


class ChannelSays(Shape):
    """What one channel says, apart from the others."""

    channel: str
    """`face`, `text`, `vad`, `label`, or the modality a label was read from."""
    basis: tuple[str, ...]
    """What it rests on: FACS codes, words of the text, labels, a point."""
    strength: float
    """How much the best of it speaks for anything, 0..1."""
    weight: float
    """What it counts in the pool, 0..1."""
    shares: tuple[ConceptShare, ...]
    """Its distribution over concepts, best first."""


class EvidenceAnswer(Shape):
    """What the graph knows about an observation."""

    candidates: tuple[RankedEmotion, ...]
    """Emotions it may show, best first."""
    entropy: float
    """What is left open, in bits over primaries and states: 0 for one, 2.585 if nothing is known."""
    channels: tuple[ChannelSays, ...]
    """What each channel says, apart from the others."""
    action_units: tuple[str, ...]
    """FACS codes that are shown."""
    facts: tuple[GraphFact, ...]
    """Facts that touch it, most useful first."""
    touched: int
    """How many facts touch it, those that had no room with them."""
    tokens: int
    """Estimate of what the facts' words take in a prompt, at 3 characters a token."""
    notes: tuple[str, ...]
    """What was left out or cut."""
    graph_version: str
    """Version of the graph that knows."""
    caveat: str
    """What the answer can and cannot say."""


class StatementAnswer(Shape):
    """A sentence of a rationale, and the fact it cites."""

    text: str
    """The sentence."""
    fact: str | None
    """Words of the fact; null where it cites none."""


class Tokens(Shape):
    """Tokens of a model's answers."""

    prompt: int
    """Of the prompts, those from a cache with them."""
    completion: int
    """Of the answers."""
    cached: int
    """Of the prompts, computed earlier and used again."""


class DraftAnswer(Shape):
    """One answer of a model, checked."""

    text: str
    """The answer as it came."""
    rationale: str
    """The text that was checked."""
    emotion: str | None
    """Slug of what it concludes; null if it abstains."""
    problem: str
    """Why the answer is not in its form; empty if it is."""
    score: float
    """What it is worth, -1..1."""
    seed: int | None
    """Seed of its sampling; null if it is greedy."""
    tokens: Tokens
    """What it took."""
    seconds: float
    """What the model took."""
    report: Report
    """The verdicts on its claims."""


class RoundAnswer(Shape):
    """One turn of drafting."""

    number: int
    """From 1."""
    tone: str
    """Tone of the feedback it was asked with; empty in the first round."""
    best: int
    """Place of the draft with the best score."""
    drafts: tuple[DraftAnswer, ...]
    """The model's answers."""


class ReasoningAnswer(Shape):
    """An emotion with a rationale that the graph has checked, or an abstention."""

    emotion: ConceptName | None
    """The conclusion; null if it is left open."""
    rationale: str
    """Why, in words."""
    statements: tuple[StatementAnswer, ...]
    """Its sentences with the facts they rest on; empty for plain text."""
    score: float
    """What the rationale is worth, -1..1: faithfulness, less a penalty for contradicted claims."""
    report: Report
    """The verdicts on its claims."""
    stopped: StopReason
    """Why there are no more rounds; `no_model`: the graph reasoned alone."""
    model: str
    """Name of the model; empty without one."""
    style: str
    """Name of the prompt style; empty without a model."""
    chosen: int | None
    """Number of the round whose draft was kept; null without a model."""
    rounds: tuple[RoundAnswer, ...]
    """What the model answered, and what became of it."""
    tokens: Tokens
    """Of all answers together."""
    seconds: float
    """Of the whole work."""
    error: Problem | None
    """The model's error, if one ended the run; what came before it stands."""
    evidence: EvidenceAnswer
    """What the graph knows about the observation."""
    notes: tuple[str, ...]
    """What was left out or cut, and what the model's answers note."""


def to_evidence(evidence: GroundedEvidence, *, facts: int | None = None) -> EvidenceAnswer:
    """Return evidence as it is sent.

    :param facts: how many facts to send at most, all if left out.
    """
    return EvidenceAnswer(
        candidates=tuple(
            RankedEmotion(
                concept=ConceptName.model_validate(candidate.concept),
                share=candidate.share,
                channels=tuple(
                    ChannelShare(channel=name, share=share) for name, share in candidate.channels
                ),
            )
            for candidate in evidence.candidates
        ),
        entropy=evidence.entropy,
        channels=tuple(_to_channel(channel) for channel in evidence.channels),
        action_units=evidence.shown,
        facts=tuple(_to_fact(fact) for fact in evidence.facts[:facts]),
        touched=evidence.touched,
        tokens=evidence.tokens,
        notes=evidence.notes,
        graph_version=evidence.graph_version,
        caveat=CAVEAT,
    )


def to_reasoning(found: Reasoning, *, facts: int | None = None) -> ReasoningAnswer:
    """Return what came of reasoning as it is sent.

    :param facts: how many facts of the evidence to send at most, all if left out.
    """
    usage = found.usage
    return ReasoningAnswer(
        emotion=None if found.emotion is None else ConceptName.model_validate(found.emotion),
        rationale=found.rationale,
        statements=to_statements(found.statements),
        score=found.score,
        report=to_report(found.report),
        stopped=found.stopped,
        model=found.model,
        style=found.style,
        chosen=found.chosen,
        rounds=tuple(map(to_round, found.rounds)),
        tokens=Tokens(
            prompt=usage.prompt_tokens,
            completion=usage.completion_tokens,
            cached=usage.cached_tokens,
        ),
        seconds=found.seconds,
        error=None if found.error is None else to_problem(found.error),
        evidence=to_evidence(found.evidence, facts=facts),
        notes=found.notes,
    )


def to_round(done: Round) -> RoundAnswer:
    """Return a round as it is sent."""
    return RoundAnswer(
        number=done.number,
        tone=done.tone,
        best=done.best,
        drafts=tuple(map(_to_draft, done.drafts)),
    )


def to_statements(statements: Sequence[CitedStatement]) -> tuple[StatementAnswer, ...]:
    """Return sentences with the words of the facts they cite."""
    return tuple(
        StatementAnswer(text=s.text, fact=None if s.fact is None else s.fact.text)
        for s in statements
    )


def _to_draft(draft: Draft) -> DraftAnswer:
    generation = draft.generation
    return DraftAnswer(
        text=generation.text,
        rationale=draft.rationale,
        emotion=None if draft.emotion is None else draft.emotion.slug,
        problem=draft.problem,
        score=draft.score,
        seed=generation.seed,
        tokens=Tokens(
            prompt=generation.usage.prompt_tokens,
            completion=generation.usage.completion_tokens,
            cached=generation.usage.cached_tokens,
        ),
        seconds=generation.seconds,
        report=to_report(draft.report),
    )


def _to_channel(says: ChannelEvidence) -> ChannelSays:
    return ChannelSays(
        channel=says.channel,
        basis=says.basis,
        strength=says.strength,
        weight=says.weight,
        shares=tuple(ConceptShare(slug=slug, share=share) for slug, share in says.shares),
    )


def _to_fact(fact: CitableFact) -> GraphFact:
    return GraphFact(
        text=fact.text, triples=tuple(Fact.model_validate(triple) for triple in fact.triples)
    )
