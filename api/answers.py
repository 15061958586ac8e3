"""What the service takes and sends for grounding and checking, alone and in batches."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field, JsonValue, Strict

from affectgraph.api.bodies import (
    BATCH_LIMIT,
    Body,
    JsonCoordinate,
    JsonNumber,
    JsonReadings,
    Limit,
)
from affectgraph.api.problems import Problem, to_problem
from affectgraph.api.score_answers import Scores, to_scores
from affectgraph.api.shapes import ConceptName, FacialEvidence, FacialRanking, Neighbour, Shape
from affectgraph.kg import model
from affectgraph.kg.faces import CAVEAT
from affectgraph.linkers import model as links
from affectgraph.linkers.presets import Preset
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.reasoner import model as verdicts


class Point(Body):
    """A point of VAD space; other scales are rescaled first."""

    valence: JsonCoordinate = Field(examples=[-0.8])
    """Unpleasant to pleasant."""
    arousal: JsonCoordinate = Field(examples=[0.4])
    """Calm to excited."""
    dominance: JsonCoordinate = Field(examples=[-0.5])
    """Controlled to in control."""


class NearestBody(Body):
    """Points whose nearest concepts are wanted."""

    points: list[Point] = Field(
        min_length=1,
        max_length=BATCH_LIMIT,
        examples=[[{"valence": -0.8, "arousal": 0.4, "dominance": -0.5}]],
    )
    """1 to 1,000 points."""
    limit: Limit = Field(default=5, examples=[2])
    """Concepts per point."""
    measured_only: bool = True
    """Leave out values derived from a branch's mean."""


class NearestAnswer(Shape):
    """The concepts nearest to each point."""

    items: list[list[Neighbour]]
    """One list per point, in the order of the points; nearest first."""


class FacialBody(Body):
    """Facial actions to rank emotions by."""

    actions: list[str | Annotated[int, Strict()]] = Field(
        min_length=1, max_length=BATCH_LIMIT, examples=[["AU6", "AU12"]]
    )
    """FACS codes or numbers, as tools write them: `AU6`, `12`, `AU06`, `R14`."""
    detector: str | None = None
    """The tool that reported them (`openface`), so that what it cannot see is not missed."""
    limit: Limit = Field(default=5, examples=[2])
    """Concepts in the ranking."""


def to_ranking(
    found: Sequence[model.FacialEvidence], *, actions: Iterable[str], detector: str | None
) -> FacialRanking:
    """Return a ranking as it is sent, with its caveat."""
    return FacialRanking(
        actions=tuple(actions),
        detector=detector,
        ranking=tuple(FacialEvidence.model_validate(evidence) for evidence in found),
        caveat=CAVEAT,
    )


class Evidence(Shape):
    """One reason for a candidate."""

    kind: links.EvidenceKind
    """How the label led to the concept."""
    query: str
    """The part of the label that matched, normalised."""
    matched: str
    """The word or label in the graph."""
    iri: str
    """The resource that carries it."""
    source: str
    """Id of the source that says so."""
    value: float
    """P(right) of this kind of evidence, 0..1."""


class Candidate(Shape):
    """A concept that a label may mean."""

    concept: ConceptName
    score: float
    """P(right), 0..1."""
    evidence: tuple[Evidence, ...]
    """Reasons, best first."""


class Grounding(Shape):
    """What a label means; `nil` is an answer, not an error."""

    text: str
    """The label as given."""
    scheme: str | None
    """The scheme it was read in."""
    status: links.Status
    """`linked` one concept; `ambiguous` several; `neutral` says no emotion; `nil` none."""
    candidates: tuple[Candidate, ...]
    """Best first; empty if `nil`."""
    reason: links.NilReason | None
    """Why there is none; set exactly if `nil`."""
    message: str
    """The answer in one sentence."""
    parts: tuple["Grounding", ...] = ()
    """Answers for the parts of a compound label, in its order."""
    degree: tuple[str, ...] = ()
    """Words of degree or doubt that were read apart."""
    given: float | None = None
    """The number that stood in the label: the writer's, no score of the graph."""


class GroundBody(Body):
    """Labels to ground."""

    labels: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["dread", "qwxyz"]])
    """Up to 1,000 labels; what is no text is answered `nil`."""
    scheme: str | None = None
    """Scheme the labels are of, if it is known."""
    preset: Preset = "balanced"
    """How sure an answer has to be: `strict`, `balanced` or `always`."""
    limit: Limit = 5
    """Candidates per label."""


class GroundAnswer(Shape):
    """The labels' groundings."""

    items: list[Grounding]
    """One per label, in the order of the labels."""
    counts: dict[str, int]
    """How many labels got each status."""


def to_ground_answer(found: Sequence[links.Grounding]) -> GroundAnswer:
    """Return groundings as they are sent, with their counts."""
    counts = {"linked": 0, "ambiguous": 0, "neutral": 0, "nil": 0}
    for grounding in found:
        counts[grounding.status] += 1
    return GroundAnswer(items=[Grounding.model_validate(g) for g in found], counts=counts)


class Claim(Shape):
    """Something a rationale says that the graph can judge."""

    id: str
    """`c1`, `c2`, ... in the order of the text."""
    type: verdicts.ClaimType
    """What kind of statement it is."""
    quote: str
    """The words."""
    start: int
    """First code point of the quote in the rationale; -1 for claims from other fields."""
    end: int
    """Code point after the quote; -1 for claims from other fields."""
    source: verdicts.Origin
    """`text`, `input` for claims made by the record's fields, `model` for those a language model read."""
    subject: tuple[str, ...]
    """What it is about: FACS codes, or a concept's slug."""
    object: tuple[str, ...]
    """What it says of that."""
    is_denied: bool
    """Whether the text denies it."""
    is_hedged: bool
    """Whether the text hedges it."""
    degree: verdicts.Degree
    """How strongly it is said to hold."""
    side: verdicts.Side
    """Side of the face, empty if none is said."""
    modality: verdicts.Channel
    """Channel it speaks of, empty for statements on emotions themselves."""
    confidence: float
    """How sure the reading is, 0..1."""
    attributed_to: str
    """Who is said to say it, in the text's words; empty for what the text says itself."""


class Fact(Shape):
    """A triple a verdict rests on."""

    subject: str
    """IRI."""
    predicate: str
    """IRI."""
    object: str
    """IRI, or a plain value."""
    source: str
    """Id of the source that says so."""
    licence: str
    """Licence of what is taken from it."""
    graph: str
    """IRI of the named graph in which it stands, too; empty if it is in the default graph alone."""


class Judgement(Shape):
    """The verdict on one claim."""

    claim: Claim
    verdict: verdicts.Verdict
    """`supported`: entailed; `contradicted`: its negation is; `unsupported`: neither;
    `not_checkable`: nothing to hold it against."""
    rule: str
    """Id of the rule that gave the verdict."""
    strength: float
    """How much speaks for the verdict, 0..1."""
    sentence: str
    """The verdict in one sentence."""
    facts: tuple[Fact, ...]
    """Triples it rests on."""
    hint: str
    """How to mend a contradicted claim; empty otherwise."""
    rivals: tuple[str, ...]
    """Other concepts that the same evidence fits."""
    dissent: tuple[str, ...]
    """Sources by which alone the verdict would be another."""
    carried_by: tuple[str, ...]
    """Of a conclusion that the text's claims decide: ids of those without which it would be another."""


class Report(Shape):
    """What the graph says about a rationale."""

    grounding: Grounding | None
    """The record's label; null if it has none."""
    judgements: tuple[Judgement, ...]
    """One per claim, in the order of the claims."""
    counts: dict[verdicts.Verdict, int]
    """How many claims got each verdict."""
    scores: Scores
    """How well it holds, in figures."""
    conclusion: str | None
    """Id of the claim that carries the conclusion."""
    notes: tuple[str, ...]
    """What was left out or not understood."""
    graph_version: str
    """Version of the graph that judged."""
    caveat: str
    """What the report can and cannot say."""
    sources: str
    """Whose word counted where sources disagree: `any`, `majority`, or the id of a source."""


def to_report(report: verdicts.Report) -> Report:
    """Return a report as it is sent."""
    grounding = report.grounding
    return Report(
        grounding=Grounding.model_validate(grounding) if grounding is not None else None,
        judgements=tuple(Judgement.model_validate(j) for j in report.judgements),
        counts=report.counts(),
        scores=to_scores(report.scores),
        conclusion=report.conclusion,
        notes=report.notes,
        graph_version=report.graph_version,
        caveat=report.caveat,
        sources=report.sources,
    )


class CheckBody(Body):
    """A rationale, and what it is about."""

    rationale: str | None = Field(
        default=None,
        examples=[
            "The cheeks are raised (AU6) and the lip corners are pulled (AU12), so this is joy."
        ],
    )
    """The text, up to 100,000 characters; null if there is none and only the fields are checked."""
    label: str | None = Field(default=None, examples=["happiness"])
    """The label the rationale argues for."""
    scheme: str | None = Field(default=None, examples=["ekman-6"])
    """Scheme the label is of."""
    aus: JsonReadings | None = Field(default=None, examples=[{"AU06_r": 2.1, "AU12_r": 2.9}])
    """A detector's readings by column name."""
    vad: list[JsonNumber] | None = Field(default=None, examples=[[0.8, 0.3, 0.2]])
    """Valence, arousal and dominance, each in -1..1."""
    id: str | None = None
    """IRI or name of the rationale, for RDF."""
    agent: str | None = None
    """IRI or name of who or what wrote it, for RDF."""
    sources: str = Field(default="any", examples=["any"])
    """Whose word counts where sources disagree: `any`, `majority`, or the id of a source."""


class CheckBatchBody(Body):
    """Records to check."""

    records: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[[{"rationale": "AU12 is the lip corner puller."}, {"label": "joy"}]],
    )
    """Up to 1,000 objects with the fields of `POST /v1/check`, whose texts have 300,000 characters together;
    other fields are ignored."""
    sources: str = Field(default="any", examples=["majority"])
    """Whose word counts where sources disagree, for all records: `any`, `majority`, or the id of a source."""


class CheckItem(Shape):
    """The answer for one record: a report, or what was wrong with the record."""

    index: int
    """Place of the record in the request, from 0."""
    report: Report | None
    """The report; null if the record could not be checked."""
    error: Problem | None
    """What was wrong; null if it was checked."""


class CheckAnswer(Shape):
    """The records' reports; bad records never cost the good ones theirs."""

    items: list[CheckItem]
    """One per record, in the order of the records."""
    checked: int
    """Records with a report."""
    failed: int
    """Records without one."""


def to_check_answer(found: Sequence[verdicts.Report | AffectGraphError]) -> CheckAnswer:
    """Return the outcome of a batch as it is sent."""
    items = [_to_item(index, outcome) for index, outcome in enumerate(found)]
    failed = sum(item.report is None for item in items)
    return CheckAnswer(items=items, checked=len(items) - failed, failed=failed)


def _to_item(index: int, outcome: verdicts.Report | AffectGraphError) -> CheckItem:
    if isinstance(outcome, AffectGraphError):
        return CheckItem(index=index, report=None, error=to_problem(outcome))
    return CheckItem(index=index, report=to_report(outcome), error=None)
