"""What the service sends of the graph itself: one frozen model per value of ``affectgraph.kg``.

Models read the attributes of the dataclasses they stand for, so ``Concept.model_validate(concept)``
is all it takes; where a shape differs, a small function builds it. The command line's JSON is the same.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict, Field

from affectgraph.api.described import Described
from affectgraph.kg import model


class Shape(Described):
    """Base of what the service sends: frozen, with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


Item = TypeVar("Item")


class Page(Shape, Generic[Item]):
    """A part of a list."""

    total: int = Field(description="Length of the whole list.")
    limit: int = Field(description="Items asked for.")
    offset: int = Field(description="Items left out at the start.")
    items: list[Item] = Field(description="The items, in the order the list always has.")


def to_page(shape: type[Item], found: Sequence[object], limit: int, offset: int) -> Page[Item]:
    """Return a part of a list of dataclasses as a page of their shape."""
    items = found[offset : offset + limit]
    return Page[shape].model_validate(  # type: ignore[valid-type]
        {"total": len(found), "limit": limit, "offset": offset, "items": items}
    )


class ConceptName(Shape):
    """A concept, in short."""

    iri: str
    """IRI of the concept."""
    slug: str
    """Short name, unique: `anger`, `state/trust`; `user/mine/awe` or the IRI for a user's own."""
    label: str
    """Name in words."""
    tier: Literal["primary", "secondary", "tertiary"] | None
    """Tier in Parrott's tree, or the depth of a user's own below it; null for states outside it."""
    path: tuple[str, ...]
    """Slugs from the primary down to the concept; empty for states."""


class Concept(ConceptName):
    """An emotion of the tree, or a state outside it."""

    definition: str
    """One sentence."""
    example: str
    """A sentence of somebody who feels it; may be empty."""
    primary: str | None
    """Slug of the primary emotion; null for states."""
    branch: str | None
    """Branch of states; null for emotions of the tree."""
    class_iri: str
    """IRI of the OWL class of its episodes; for a user's own that of the emotion above, or its branch."""
    source: str
    """Id of the definition's source; for a user's own the IRI of its graph."""


class Coordinates(Shape):
    """Three numbers, one per dimension."""

    valence: float
    """Unpleasant to pleasant."""
    arousal: float
    """Calm to excited."""
    dominance: float
    """Controlled to in control."""


class VadValue(Shape):
    """Valence, arousal and dominance of a concept or a word, of one origin, on -1..1."""

    iri: str
    """IRI of the value."""
    mean: Coordinates
    """Means, each in -1..1."""
    spread: Coordinates
    """Standard deviations on the same scale: between raters, or between concepts if derived."""
    match: str
    """`exact`, `form`, `sense` or `unmarked` for rated words; else how it was computed."""
    form: str
    """The word that was rated, with its sense in brackets if raters saw one."""
    raters: int | None
    """Number of raters of valence; null if derived."""
    source: str
    """Id of the source."""
    derived_by: str | None
    """How it was derived; null for published values."""
    origin: str
    """The body of values it belongs to, such as `glasgow` or `branch-mean`."""
    kind: str
    """How it came about: `measured`, `derived`, `estimated` or `imported`."""


def to_vad(value: model.VadValue) -> VadValue:
    """Return a VAD value as it is sent."""
    valence, arousal, dominance = value.spread
    return VadValue(
        iri=value.iri,
        mean=Coordinates.model_validate(value.mean),
        spread=Coordinates(valence=valence, arousal=arousal, dominance=dominance),
        match=value.match,
        form=value.form,
        raters=value.raters,
        source=value.source,
        derived_by=value.derived_by,
        origin=value.origin,
        kind=value.kind,
    )


class Neighbour(Shape):
    """A concept near a point of VAD space."""

    concept: ConceptName
    distance: float
    """Euclidean distance, 0 to 3.46."""
    value: VadValue
    """The concept's value that was compared."""


def to_neighbours(found: Iterable[model.Neighbour]) -> list[Neighbour]:
    """Return neighbours as they are sent, in their order."""
    return [
        Neighbour(
            concept=ConceptName.model_validate(neighbour.concept),
            distance=round(neighbour.distance, 4),
            value=to_vad(neighbour.value),
        )
        for neighbour in found
    ]


class ActionUnit(Shape):
    """A FACS code."""

    iri: str
    """IRI of the code."""
    code: str
    """Code as published: `AU12`, `AD19`, `M55`."""
    number: str
    """FACS number; `M55` for movement codes."""
    name: str
    """FACS name."""
    kind: str
    """`action-unit`, `action-descriptor`, `head-position`, ..."""
    aliases: tuple[str, ...]
    """Other names."""
    muscle: str
    """Muscles that do it; may be empty."""
    source: str
    """Id of the source."""


class PatternAction(Shape):
    """One action in a pattern."""

    code: str
    """FACS code."""
    side: str
    """`L`, `R`, or empty for both."""
    grade: str
    """Intensity `A` (trace) to `E` (maximum), `*`, or empty."""
    percent: int | None
    """Percent of posers who showed it, where published."""


class Pattern(Shape):
    """Facial actions that one source publishes for an emotion.

    A group is met when one of its actions is shown.
    """

    iri: str
    """IRI of the pattern."""
    emotion: str
    """The word as the source prints it."""
    kind: str
    """`prototype`, `major-variant`, `display`, ..."""
    concepts: tuple[str, ...]
    """Slug of the concept; several for compound expressions."""
    is_blend: bool
    """Whether it is a compound expression."""
    required: tuple[tuple[PatternAction, ...], ...]
    """Groups that make the pattern complete."""
    optional: tuple[tuple[PatternAction, ...], ...]
    """Groups that may be shown too."""
    excluded: tuple[tuple[PatternAction, ...], ...]
    """Groups that the source says argue against it."""
    rule: str
    """Text of a pattern that is a rule and no set; may be empty."""
    note: str
    """What a reader of the source should know; may be empty."""
    confidence: str
    """`high`, `medium` or `low`: how well the row's reading of the source was checked."""
    source: str
    """Id of the source."""


class PatternName(Shape):
    """A pattern, in short."""

    iri: str
    """IRI of the pattern."""
    emotion: str
    """The word as the source prints it."""
    kind: str
    """Kind of pattern."""
    source: str
    """Id of the source."""


class FacialEvidence(Shape):
    """How facial actions speak for one concept, by its best published pattern."""

    concept: ConceptName
    score: float
    """0..1: harmonic mean of support and precision, halved if an action argues against it."""
    support: float
    """Share of the pattern's required groups that are met, 0..1."""
    precision: float
    """Share of the given actions that the pattern names, 0..1."""
    met: tuple[str, ...]
    """Codes of the pattern that are shown."""
    missing: tuple[str, ...]
    """Groups whose absence could be seen."""
    unseen: tuple[str, ...]
    """Groups the detector cannot report."""
    against: tuple[str, ...]
    """Shown codes that some source excludes for this emotion."""
    rivals: tuple[str, ...]
    """Other concepts whose patterns name all of `met`."""
    pattern: PatternName


class FacialRanking(Shape):
    """Concepts ranked by facial actions: evidence, never a verdict about a person."""

    actions: tuple[str, ...]
    """The FACS codes as understood."""
    detector: str | None
    """Detector whose blind spots were taken into account."""
    ranking: tuple[FacialEvidence, ...]
    """Best first; empty if no published pattern names any of the actions."""
    caveat: str
    """What such a ranking can and cannot say; show it with the ranking."""


class Anchor(Shape):
    """Where a scheme's label stands in the graph."""

    concept: str
    """Slug of the concept."""
    relation: Literal["exact", "close", "narrower", "broader", "component"]
    """The label is the concept, close to it, narrower or broader, or compounded of it."""


class LabelName(Shape):
    """A scheme's label, in short."""

    iri: str
    """IRI of the label."""
    name: str
    """The label as the scheme writes it."""


class SchemeLabel(LabelName):
    """A scheme's label with its place in the graph."""

    scheme: str
    """Name of the scheme."""
    position: int
    """Place in the scheme's own order, from 0."""
    anchors: tuple[Anchor, ...]
    """Concepts it stands for; none for a label without a home (`others`)."""
    fallback: str | None
    """Primary that a published grouping puts it under."""
    fallback_source: str | None
    """Id of the grouping's source."""
    note: str
    """What a reader should know; may be empty."""
    source: str
    """Id of the source."""
    polarity: Literal["positive", "negative", "ambiguous", "neutral"] | None
    """Sentiment group; null where nobody says."""
    polarity_source: str | None
    """Id of the source of the group, or of the valence it is the sign of."""
    polarity_is_derived: bool
    """Whether it is the sign of a measured valence, and no group of the scheme's authors."""
    aliases: tuple[str, ...]
    """Other writings in data files: `hap`, `03`."""


class SchemeName(Shape):
    """A closed set of labels of a data set or theory."""

    iri: str
    """IRI of the scheme."""
    name: str
    """Short name, unique: `goemotions`."""
    title: str
    """Name in words."""
    description: str
    """What it labels, and how."""
    kind: Literal["emotion", "expression", "temperament", "intent", "cause", "problem"]
    """What its labels are of."""
    labelling: str
    """`single` or `multi` for data sets, `theory` otherwise."""
    modality: str
    """What is labelled (`text`, `face`, ...); may be empty."""
    source: str
    """Id of the source."""


class Scheme(SchemeName):
    """A scheme with its labels."""

    labels: tuple[SchemeLabel, ...]
    """The labels, in the scheme's own order."""


class Association(Shape):
    """A sourced relation between two concepts or labels."""

    iri: str
    """IRI of the relation."""
    start: str
    """Slug of a concept, or IRI of a scheme's label."""
    relation: str
    """`oppositeOf` or `composedOf`."""
    end: str
    """Slug of a concept, or IRI of a scheme's label."""
    theory: str
    """The theory that says so."""
    level: str
    """Level of intensity the theory means; may be empty."""
    source: str
    """Id of the source."""
    derived_by: str | None
    """How it was derived; null where the source states it of these terms."""


class Source(Shape):
    """A publication, data set or tool that facts come from."""

    iri: str
    """IRI of the source."""
    id: str
    """Short name, unique."""
    citation: str
    """Full citation."""
    licence: str
    """Licence of what is taken from it."""
    doi: str
    """DOI without a resolver; may be empty."""
    url: str
    """Where it is; may be empty."""


class Version(Shape):
    """Versions of the code and of the graph it serves."""

    package: str = Field(examples=["0.1.0"])
    """Version of the package."""
    graph: str = Field(examples=["0.1.0"])
    """Version of the graph."""
    ontology: str
    """IRI of the ontology."""
    licence: str
    """Licence of code and graph."""
    model: str | None = None
    """Name of the language model that `/v1/reason` asks; null without one."""
