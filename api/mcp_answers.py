"""What tools send beyond the shapes of REST: several of those in one answer, with what is left out."""

from affectgraph.api.annotations import Annotation
from affectgraph.api.answers import Candidate, Report
from affectgraph.api.crossings import Crossing
from affectgraph.api.shapes import (
    ActionUnit,
    Association,
    Concept,
    ConceptName,
    FacialRanking,
    Neighbour,
    Pattern,
    SchemeName,
    Shape,
    VadValue,
)
from affectgraph.kg.model import SchemeLabel

Cell = str | int | float | bool | None
"""A term in an answer to SPARQL; null where a variable is unbound."""


class LookedUp(Concept):
    """An emotion or state, and of what was asked for what the graph says."""

    narrower: tuple[ConceptName, ...] | None = None
    """Concepts one tier below; null if not asked for."""
    opposites: tuple[Association, ...] | None = None
    """What theories call the opposite; both may still be felt together. Null if not asked for."""
    vad: tuple[VadValue, ...] | None = None
    """Values on -1..1, measured ones first; null if not asked for."""


class Neighbours(Shape):
    """Concepts near a point of VAD space."""

    items: tuple[Neighbour, ...]
    """Nearest first."""


class FaceAnswer(FacialRanking):
    """Facial actions by name, and the emotions they are evidence for; or the patterns of an emotion."""

    units: tuple[ActionUnit, ...] = ()
    """The actions, in the order given."""
    patterns: tuple[Pattern, ...] = ()
    """What sources publish for the emotion asked for."""
    left_out: int = 0
    """Patterns beyond the limit."""


class Mapping(Shape):
    """How labels of one scheme are said in another, and what that loses."""

    source: str
    """Name of the scheme the labels are of."""
    target: str
    """Name of the scheme they are said in."""
    crossings: tuple[Crossing, ...]
    """One per label."""


class SchemeLine(Shape):
    """A label scheme in one line."""

    name: str
    """Short name."""
    title: str
    """Name in words."""
    kind: str
    """What its labels are of: `emotion`, `expression`, ..."""
    modality: str
    """What is labelled (`text`, `face`, ...); may be empty."""
    labels: int
    """Number of labels."""


class LabelLine(Shape):
    """A label of a scheme in one line."""

    name: str
    """As the scheme writes it."""
    concepts: tuple[str, ...]
    """Slugs of the concepts it stands for; none for a label without a home."""
    aliases: tuple[str, ...]
    """Other writings in data files."""
    note: str
    """What a reader should know; may be empty."""


class Schemes(Shape):
    """The label schemes, or one of them with its labels."""

    schemes: tuple[SchemeLine, ...] = ()
    """All schemes by name; empty if one was asked for."""
    scheme: SchemeName | None = None
    """The scheme asked for."""
    labels: tuple[LabelLine, ...] = ()
    """Its labels in its own order."""


class SparqlAnswer(Shape):
    """The answer to a query; IRIs stand as CURIEs where a prefix is known."""

    columns: tuple[str, ...]
    """Variables of a SELECT query; subject, predicate and object of a graph; none for ASK."""
    rows: tuple[tuple[Cell, ...], ...]
    """One per solution or triple, up to the limit."""
    truth: bool | None
    """Answer to ASK; null for others."""
    has_more: bool
    """Whether rows beyond the limit were left out."""
    prefixes: dict[str, str]
    """Namespaces of the CURIEs, by prefix."""


def to_label_line(label: SchemeLabel) -> LabelLine:
    """Return a label in one line."""
    return LabelLine(
        name=label.name,
        concepts=tuple(anchor.concept for anchor in label.anchors),
        aliases=label.aliases,
        note=label.note,
    )


def without_facts(report: Report, *, how: str = "facts=true gives them.") -> Report:
    """Return a report without the triples of its verdicts; a note says how many, and how to get them."""
    count = sum(len(judgement.facts) for judgement in report.judgements)
    if not count:
        return report
    note = f"{count:,} triples behind the verdicts are left out; {how}"
    judgements = tuple(j.model_copy(update={"facts": ()}) for j in report.judgements)
    return report.model_copy(update={"judgements": judgements, "notes": (*report.notes, note)})


def without_evidence(annotation: Annotation) -> Annotation:
    """Return an annotation without the evidence for its concepts and what its sums are made of."""
    mentions = tuple(
        mention.model_copy(update={"candidates": tuple(map(_bare, mention.candidates))})
        for mention in annotation.mentions
    )
    emotions = annotation.emotions.model_copy(update={"parts": ()})
    vad = annotation.vad and annotation.vad.model_copy(update={"parts": ()})
    return annotation.model_copy(update={"mentions": mentions, "emotions": emotions, "vad": vad})


def _bare(candidate: Candidate) -> Candidate:
    return candidate.model_copy(update={"evidence": ()})
