"""What the service sends of relations between concepts, labels and words, and takes for many at once."""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from affectgraph.api.bodies import BATCH_LIMIT, Body
from affectgraph.api.shapes import (
    Association,
    Concept,
    ConceptName,
    Pattern,
    Shape,
    VadValue,
    to_vad,
)
from affectgraph.kg import model
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.vad_lookup import VadDisagreement as Disagreement

Relation = Literal["oppositeOf", "composedOf", "leadsTo", "coOccursWith", "rarelyCoOccursWith"]
Grade = Literal["strong", "moderate", "weak"]
Part = Literal[
    "path",
    "broader",
    "narrower",
    "opposites",
    "components",
    "associations",
    "alignments",
    "vad",
    "patterns",
]
"""What can be asked of a concept besides the concept itself."""


class SourcedRelation(Association):
    """A sourced relation with what it rests on."""

    evidence: str | None
    """`theory`, `lexicon`, `corpus`, `experiment`, `longitudinal`, `meta-analysis` or
    `transition-frequencies`; null for the parts that the name of a compound label gives."""
    grade: Grade | None
    """How good the evidence is; null where `evidence` is."""
    corpus: str
    """Scheme whose corpus was counted; empty for other evidence."""
    count: int | None
    """Items with both labels; null for other evidence than a corpus."""
    expected: float | None
    """Items with both if the labels were independent."""
    lift: float | None
    """`count / expected`."""
    penalty: float | None
    """0..1 for `rarelyCoOccursWith`; null otherwise."""
    claim: str
    """What the source says, for `leadsTo`; may be empty."""


class Alignment(Shape):
    """A decision on a concept and a term of another vocabulary."""

    iri: str
    """IRI of the decision."""
    concept: str
    """Slug of the concept."""
    resource: str
    """`cili`, `emotionml`, `mfoem`, `spice-plutchik`, `spice-shaver` or `wikidata`."""
    term: str
    """IRI of the term."""
    label: str
    """Name of the term in its resource."""
    gloss: str
    """Its definition there; may be empty."""
    predicate: str
    """`exactMatch`, `closeMatch`, `broadMatch` (the term is wider), `narrowMatch` or `relatedMatch`."""
    is_accepted: bool
    """False for a term that was looked at and rejected."""
    justification: str
    """IRI in the Semantic Mapping Vocabulary."""
    reason: str
    """Why; may be empty."""
    confidence: str
    """`high`, `medium` or `low`."""
    also: tuple[str, ...]
    """Further IRIs published for the same term."""
    parents: tuple[str, ...]
    """IRIs of what the term lies below in its resource."""


class TreeEntry(Shape):
    """A line of the published tree."""

    iri: str
    """IRI of the line."""
    label: str
    """The word."""
    tier: str
    """Its tier."""
    concept: str
    """Slug of the concept it denotes."""
    parent: str | None
    """Slug of the concept of the line above; null at the top."""


class TreeRelation(Shape):
    """How two concepts lie to each other in the tree."""

    first: str
    """Slug of the one."""
    second: str
    """Slug of the other."""
    first_is_second: bool
    """Whether the one equals the other or lies below it."""
    second_is_first: bool
    """Whether the other equals the one or lies below it."""
    common_ancestor: str | None
    """Slug of the lowest concept both lie below or equal; null if they share no branch."""
    distance: int | None
    """Steps from one to the other, over a common root if need be, 0 to 6; null if one is a state."""


def to_tree_relation(graph: EmotionGraph, first: str, second: str) -> TreeRelation:
    """Return how two concepts lie to each other.

    :raises UnknownTermError: if the graph has no concept of one of the names.
    """
    ancestor = graph.common_ancestor(first, second)
    return TreeRelation(
        first=graph.concept(first).slug,
        second=graph.concept(second).slug,
        first_is_second=graph.is_a(first, second),
        second_is_first=graph.is_a(second, first),
        common_ancestor=None if ancestor is None else ancestor.slug,
        distance=graph.tree_distance(first, second),
    )


class CoOccurrence(Shape):
    """How often two labels of a corpus were given to one item."""

    iri: str
    """IRI of the count."""
    scheme: str
    """Name of the scheme."""
    first: str
    """One label."""
    second: str
    """The other, later in the alphabet."""
    first_count: int
    """Items with the first."""
    second_count: int
    """Items with the second."""
    count: int
    """Items with both."""
    total: int
    """All items."""
    expected: float
    """Items with both if the labels were independent."""
    competing: float
    """Items with both if pairs only differed in how often their labels are paired."""
    lift: float
    """`count / expected`."""
    lift_bounds: tuple[float, float]
    """Bounds of the lift, corrected for the pairs of the corpus."""
    phi: float
    """Correlation of the two labels, -1..1."""
    relation: str | None
    """`coOccursWith` or `rarelyCoOccursWith` where both baselines say so; null otherwise."""
    grade: Grade | None
    """How sure; null without a relation."""
    penalty: float
    """Share by which the pair is sure to fall short of the smaller baseline, 0..1."""
    source: str
    """Id of the source."""


class PenaltyMatrix(Shape):
    """How unlikely each pair of labels of a corpus is."""

    labels: tuple[str, ...]
    """Names of the labels, in the scheme's order: of the rows and of the columns."""
    values: tuple[tuple[float, ...], ...]
    """One row per label, 0..1; symmetric, with 0 where nothing speaks against the pair."""


class VadDisagreement(Shape):
    """Two sources that place a concept further apart than asked."""

    concept: ConceptName
    one: VadValue
    """The value that comes first in the sources."""
    other: VadValue
    gaps: tuple[float, float, float]
    """How far `other` lies from `one` in valence, arousal and dominance, each -2..2."""
    widest: float
    """The largest of the gaps, without its sign."""


def to_disagreement(found: Disagreement) -> VadDisagreement:
    """Return a disagreement as it is sent."""
    return VadDisagreement(
        concept=ConceptName.model_validate(found.concept),
        one=to_vad(found.one),
        other=to_vad(found.other),
        gaps=found.gaps,
        widest=found.widest,
    )


class DecidingUnit(Shape):
    """A facial action that tells two concepts apart."""

    code: str
    """FACS code."""
    favours: str
    """Slug of the concept it speaks for."""
    share: float
    """Share of that concept's patterns that ask for it, 0..1."""
    is_observable: bool | None
    """Whether the detector asked about can report it; null if none was asked about."""


class Comparison(Shape):
    """The facial actions that tell two concepts apart."""

    first: str
    """Slug of the one."""
    second: str
    """Slug of the other."""
    units: tuple[DecidingUnit, ...]
    """Those that most patterns ask for first; empty where the patterns cannot tell."""
    without_patterns: tuple[str, ...]
    """Slugs of concepts for which nothing comparable is published."""
    caveat: str
    """What the units can not establish."""


class PatternOrder(Shape):
    """Two facial patterns of which one asks for everything that the other does."""

    smaller: str
    """IRI of the pattern that asks for less."""
    larger: str
    """IRI of the pattern that asks for more."""
    is_equal: bool
    """Whether both ask for the same."""


class Confusion(Shape):
    """Two concepts of which published facial patterns are nested or equal."""

    first: str
    """Slug of the one; the one asked about, if one was."""
    second: str
    """Slug of the other."""
    orders: tuple[PatternOrder, ...]
    """The patterns concerned."""
    units: tuple[DecidingUnit, ...]
    """Actions that more than half of one concept's patterns ask for and none of the other's."""
    caveat: str
    """What this can not establish."""


class PairsBody(Body):
    """Pairs of concepts."""

    pairs: list[JsonValue] = Field(
        max_length=BATCH_LIMIT, examples=[[["dread", "worry"], ["dread", "state/trust"]]]
    )
    """Up to 1,000 pairs of names, each a list of two."""


class ConceptsBody(Body):
    """Concepts to look up, and what is wanted of each."""

    names: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["dread", "angr"]])
    """Up to 1,000 slugs, labels, CURIEs or IRIs."""
    include: list[Part] = Field(default=[], examples=[["path", "vad"]])
    """What to send of each besides the concept."""
    sources: Annotated[list[str], Field(min_length=1)] | None = None
    """Origins of VAD values, in the order wanted; see `GET /v1/emotions/{name}/vad`."""


class ConceptRecord(Shape):
    """A concept with what was asked of it; the rest is null."""

    concept: Concept
    path: tuple[ConceptName, ...] | None = None
    """From the primary emotion down to the concept."""
    broader: ConceptName | None = None
    """One tier above; null also for a primary emotion or a state."""
    narrower: tuple[ConceptName, ...] | None = None
    """One tier below."""
    opposites: tuple[SourcedRelation, ...] | None = None
    """What theories call the opposite."""
    components: tuple[SourcedRelation, ...] | None = None
    """What theories say it is blended from."""
    associations: tuple[SourcedRelation, ...] | None = None
    """All sourced relations that start at it."""
    alignments: tuple[Alignment, ...] | None = None
    """What it is in other vocabularies."""
    vad: tuple[VadValue, ...] | None = None
    """Valence, arousal and dominance, measured values first."""
    patterns: tuple[Pattern, ...] | None = None
    """Published facial patterns."""


def to_record(graph: EmotionGraph, name: str, body: ConceptsBody) -> ConceptRecord:
    """Return a concept with what a request wants of it.

    :raises UnknownTermError: if the graph has no such concept or origin of values.
    """
    concept = graph.concept(name)
    look_up: dict[Part, Callable[[str], object]] = {
        "path": graph.path,
        "broader": graph.broader,
        "narrower": graph.narrower,
        "opposites": graph.opposites,
        "components": graph.components,
        "associations": graph.associations,
        "alignments": graph.alignments,
        "patterns": graph.patterns,
        "vad": lambda slug: _values(graph.vad(slug, sources=body.sources)),
    }
    found = {part: look_up[part](concept.slug) for part in body.include}
    return ConceptRecord.model_validate({"concept": concept, **found})


def _values(found: tuple[model.VadValue, ...]) -> tuple[VadValue, ...]:
    return tuple(to_vad(value) for value in found)


class WordsBody(Body):
    """Words whose values are wanted."""

    words: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["upset", "qwxyz"]])
    """Up to 1,000 words."""
    sources: Annotated[list[str], Field(min_length=1)] | None = None
    """Origins of the values, in the order wanted; see `GET /v1/vad/words`."""


class WordValues(Shape):
    """The values of a word."""

    word: str
    """The word as given."""
    values: tuple[VadValue, ...]
    """By origin; empty if nobody rated it."""


class CodesBody(Body):
    """FACS codes to look up."""

    codes: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["AU12", 999]])
    """Up to 1,000 codes or numbers."""
