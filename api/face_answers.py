"""What the service takes and sends for faces: readings of detectors, evidence for emotions, words."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StrictFloat, WithJsonSchema

from affectgraph.api.annotations import Span
from affectgraph.api.bodies import BATCH_LIMIT, Body, Limit
from affectgraph.api.shapes import ConceptName, FacialEvidence, Shape
from affectgraph.linkers import face_evidence as evidence
from affectgraph.linkers import face_model, face_readings
from affectgraph.linkers.face_columns import INTENSITY_THRESHOLD, PROBABILITY_THRESHOLD

ACTIONS_LIMIT = 1_000
"""Characters that facial actions given as text may have; all FACS codes in a row take a third of it."""
SEGMENT_LIMIT = 500
"""Segments a detector's file may be cut into in one request: each says what was read of every action."""
Tool = Literal["openface", "py-feat", "libreface"]
_READINGS = {"type": "object", "additionalProperties": {"type": ["number", "boolean"]}}
_CODES = {"type": "array", "items": {"type": ["string", "integer"]}}
Actions = Annotated[JsonValue, WithJsonSchema({"anyOf": [_READINGS, _CODES, {"type": "string"}]})]
"""Facial actions as the linker reads them, which also says what is wrong with one."""


# --- in -------------------------------------------------------------------------------------------


class Thresholds(Body):
    """From which values an action counts as shown."""

    intensity: float = Field(default=INTENSITY_THRESHOLD, ge=0, le=5)
    """Intensity on 0..5."""
    probability: float = Field(default=PROBABILITY_THRESHOLD, ge=0, le=1)
    """Probability on 0..1."""
    shown_by: face_readings.ShownBy = "either"
    """Which output decides where a tool gives both."""


class FileThresholds(Thresholds):
    """From which values an action counts as shown, and which frames are used."""

    confidence: Annotated[float, Field(ge=0, le=1)] | Literal["tool"] | None = "tool"
    """Confidence from which a frame is used; `tool` is .7 for OpenFace and .5 for py-feat, null uses all."""
    share: float = Field(default=face_readings.SHARE, ge=0, le=1)
    """Share of a segment's used frames from which an action counts as shown in it."""


class Weighing(Body):
    """How emotions are ranked by facial actions."""

    detector: str | None = None
    """Tool that reported the actions (`openface`, `disfa`), so that what it cannot see is not missed."""
    by: evidence.RankBy = "score"
    """`score`, `percent` (published percentages) or `discounted` (frequent actions count less)."""
    base_rates: str | dict[str, StrictFloat] | None = None
    """For `discounted`: data set (`BP4D`, `DISFA`, `RAF-AU`, `FABA-Instruct`), or shares by code; the mean
    of the data sets if left out."""
    limit: Limit = Field(default=5, examples=[2])
    """Concepts in the ranking."""


class FaceBody(Weighing):
    """Facial actions of one face."""

    actions: Actions = Field(examples=[{"AU06_r": 2.1, "AU12_r": 2.9, "AU12_c": 1, "AU04_r": 0.2}])
    """Columns of OpenFace (`AU12_r` 0..5, `AU12_c` 0 or 1), probabilities (`AU12` 0..1), truth values, a
    list of codes that are shown, or text such as `AU6+AU12` of up to 1,000 characters."""
    thresholds: Thresholds = Thresholds()
    """What counts as shown."""


class FaceBatchBody(Body):
    """Faces to weigh."""

    faces: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[[{"actions": "AU1+AU2+AU5+AU26", "limit": 2}, {"actions": {"AU12": 1.5}}]],
    )
    """Up to 1,000 objects with the fields of `POST /v1/faces`; a bad one has its error at its place."""


_FILE = (
    "frame, timestamp, confidence, success, AU06_r, AU12_r, AU12_c\n"
    "1, 0.00, 0.98, 1, 1.4, 2.0, 1\n2, 0.03, 0.41, 1, 0.0, 0.0, 0\n"
)


class FaceFileBody(Weighing):
    """A detector's file of one face over time."""

    content: str = Field(examples=[_FILE])
    """The CSV file."""
    tool: Tool = Field(default="openface", examples=["openface"])
    """The tool that wrote it."""
    face: str | int | None = None
    """Which face where there are several; `best` is the surest of each frame."""
    segment_s: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """Length of segments in seconds, of which there may be 500; one segment if left out."""
    thresholds: FileThresholds = FileThresholds()
    """What counts as shown, and which frames are used."""


class PhrasesBody(Body):
    """Words for facial actions."""

    phrases: list[JsonValue] = Field(
        max_length=BATCH_LIMIT, examples=[["corners of the mouth pulled up", "AU99"]]
    )
    """Up to 1,000 phrases, names or codes; what is no text is answered `nil`."""


class FaceTextsBody(Body):
    """Texts that describe faces."""

    texts: list[JsonValue] = Field(
        max_length=BATCH_LIMIT, examples=[["Furrowed brows, no smile.", "The door was closed."]]
    )
    """Up to 1,000 texts; what is no text has its error at its place."""


# --- out: readings --------------------------------------------------------------------------------


class UnitReading(Shape):
    """One facial action: occurrence and intensity apart; null where the tool gives none."""

    code: str
    """FACS code."""
    shown_share: float
    """Share of the used frames in which it is shown, by the thresholds."""
    occurrence_share: float | None
    """Share of the frames in which the tool says that it occurs."""
    mean_intensity: float | None
    """0..5."""
    max_intensity: float | None
    """0..5."""
    mean_probability: float | None
    """0..1."""
    max_probability: float | None
    """0..1."""


class FaceSegment(Shape):
    """A stretch of frames."""

    start_s: float | None
    """Seconds of its first used frame; null without times."""
    end_s: float | None
    """Seconds of its last used frame; null without times."""
    frames: int
    """Number of used frames."""
    shown: tuple[str, ...]
    """Codes that count as shown."""
    units: tuple[UnitReading, ...]
    """What was read of each action; empty if no frame was used."""


class FrameCounts(Shape):
    """What became of the rows; the last four add up to the first."""

    total: int
    """Rows."""
    used: int
    """Rows that count."""
    failed: int
    """Rows the tool reports as failed."""
    low_confidence: int
    """Rows below the confidence asked for."""
    other_faces: int
    """Rows of faces that were not chosen."""


class AppliedThresholds(Shape):
    """What was counted as shown, and which frames were used."""

    intensity: float
    """On 0..5."""
    probability: float
    """On 0..1."""
    confidence: float | Literal["tool"] | None
    """As it was applied."""
    share: float
    """Share of frames."""
    shown_by: face_readings.ShownBy
    """Which output decides."""


class FaceReadings(Shape):
    """What was read of a face."""

    tool: str
    """Tool whose columns these are, or `given`."""
    can_see: tuple[str, ...] | None
    """Codes the tool can report; null if everything could be seen, as by a human coder."""
    segments: tuple[FaceSegment, ...]
    """In order of time."""
    counts: FrameCounts
    thresholds: AppliedThresholds
    ignored: tuple[str, ...]
    """Columns that are no facial actions."""


# --- out: evidence --------------------------------------------------------------------------------


class RankedEmotion(Shape):
    """What the actions say for one concept."""

    concept: ConceptName
    score: float
    """0..1: harmonic mean of coverage and precision, halved if a source excludes a shown action."""
    coverage: float
    """Share of the required actions that are met, among those the detector can see, 0..1."""
    percent_coverage: float | None
    """The same, weighted by the published percentage of posers; null where no source prints any."""
    discounted: float
    """The score with frequent actions counting less, 0..1."""
    best: FacialEvidence
    """The best pattern of all sources."""
    by_source: dict[str, FacialEvidence]
    """The best pattern of each source."""


class DecidingAction(Shape):
    """An action that speaks for one of two concepts and not for the other."""

    code: str
    """FACS code."""
    favours: str
    """Slug of the concept whose patterns ask for it."""
    against: str
    """Slug of the other one."""
    share: float
    """Share of the favoured concept's patterns that ask for it, 0..1."""
    state: Literal["shown", "not-shown", "cannot-see"]
    """Whether it was shown, was not, or cannot be seen by the detector."""


class FaceEvidence(Shape):
    """Ranked emotions for facial actions: evidence, never a verdict about a person."""

    shown: tuple[str, ...]
    """Codes taken as shown."""
    by: evidence.RankBy
    """What the ranking goes by."""
    ranked: tuple[RankedEmotion, ...]
    """Best first."""
    deciding: tuple[DecidingAction, ...]
    """What would tell the best concepts apart."""
    cannot_see: tuple[str, ...]
    """Codes that patterns ask for and the detector cannot report."""
    base_rates: str
    """Data set of the discount, `all` or `given`."""
    unrated: tuple[str, ...]
    """Shown codes without a base rate."""


class FaceAnswer(Shape):
    """A face: what was read, and what it is evidence for."""

    readings: FaceReadings
    evidence: FaceEvidence | None
    """Null if no action counts as shown."""
    caveat: str
    """What such a ranking can and cannot say; show it with the ranking."""


class UnitName(Shape):
    """A FACS code, in short."""

    iri: str
    """IRI of the code."""
    code: str
    """`AU12`."""
    name: str
    """FACS name."""


class UnitEvidence(Shape):
    """One reason for a facial action."""

    kind: face_model.UnitEvidenceKind
    """How the words led to it."""
    query: str
    """These words."""
    matched: str
    """What they matched."""
    iri: str
    """The resource that carries it."""
    source: str
    """Id of the source that says so."""
    value: float
    """P(right) of this kind of evidence, 0..1."""


class UnitCandidate(Shape):
    """A facial action that words may mean."""

    unit: UnitName
    score: float
    """P(right), 0..1."""
    evidence: tuple[UnitEvidence, ...]
    """Reasons, best first."""


class UnitMention(Shape):
    """A facial action said in words; `text[start:end]` is `quote`, in code points."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    quote: str
    """The words."""
    codes: tuple[str, ...]
    """FACS codes that are all meant."""
    any_of: tuple[str, ...]
    """Codes of which one or more are meant."""
    candidates: tuple[UnitCandidate, ...]
    """These actions with evidence; empty if `reason` is set."""
    side: str
    """`L`, `R`, `one` or empty."""
    grade: str
    """`A` to `E`, or empty."""
    says: face_model.Says
    """Whether the action is said to be shown or absent."""
    denial: Span | None
    """The words that deny it."""
    reason: face_model.UnitNilReason | None
    """`no_such_unit` for numbers that FACS does not have."""
    message: str
    """The reason in words; may be empty."""


class UnitGrounding(Shape):
    """What a phrase says of a face; `nil` is an answer, not an error."""

    text: str
    """The phrase as given."""
    status: face_model.UnitStatus
    """`linked`, `ambiguous` where the words leave open which, or `nil`."""
    codes: tuple[str, ...]
    """Codes that are surely meant."""
    mentions: tuple[UnitMention, ...]
    """The facial actions in it, in order."""
    reason: face_model.UnitNilReason | None
    """Why there is none; set exactly if `nil`."""
    message: str
    """The answer in one sentence."""


class UnitGroundingAnswer(Shape):
    """The phrases' groundings."""

    items: list[UnitGrounding]
    """One per phrase, in the order of the phrases."""


class FaceText(Shape):
    """A text with the facial actions it speaks of."""

    text: str
    """The text."""
    mentions: tuple[UnitMention, ...]
    """In order; they do not overlap."""
