"""The values that lookups return: frozen, hashable, comparable, without behaviour of the store."""

from dataclasses import dataclass, field

from affectgraph.kg.frozen import quickly_made
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import EMOTION, GRAPH, STATE

ESTIMATED = "estimated"
USER_ORIGIN = "user/"
"""Origins of VAD values: estimated from embeddings; how that of an imported lexicon starts."""
OWN_ORIGIN = "own"
"""Origin of the VAD values that users give to concepts of their own."""


@dataclass(frozen=True, slots=True, order=True)
class Vad:
    """A point of valence, arousal and dominance, each in -1..1.

    :raises InputError: if a coordinate is NaN, infinite or outside -1..1.

    >>> Vad(0.5, -0.2, 0.0).valence
    0.5
    """

    valence: float
    arousal: float
    dominance: float

    def __post_init__(self) -> None:
        for name in ("valence", "arousal", "dominance"):
            value = getattr(self, name)
            if not isinstance(value, int | float) or not -1 <= value <= 1:
                raise InputError(
                    f"Expected {name} in -1..1, got {value!r}. "
                    "Rescale other scales first: 0..1 by 2x - 1, 1..9 by (x - 5) / 4, "
                    "1..5 by (x - 3) / 2; affectgraph.kg.scale(name) does it."
                )


@dataclass(frozen=True, slots=True)
class VadValue:
    """A VAD value of a concept or a word, of one origin.

    :param mean: means on -1..1.
    :param spread: standard deviations on the same scale as (valence, arousal, dominance); between
        raters for measured values, between concepts for derived ones, the cross-validated error for
        estimates; zeros where an imported lexicon has none.
    :param match: for concepts ``exact``, ``form`` or ``sense`` (measured), ``secondary-mean`` or
        ``primary-mean`` (derived), ``adjusted``, ``estimated``; for words ``exact``, ``sense`` or
        ``unmarked`` (rated without a sense, though senses were also rated apart), or ``estimated``.
    :param form: the word that was rated, with its sense in brackets if raters saw one; the word that was
        estimated.
    :param raters: number of raters of valence, None where nobody is said to have rated.
    :param source: id of the source.
    :param derived_by: the method, None for published values.
    :param origin: which body of values it belongs to: ``glasgow``, ``branch-mean``,
        ``glasgow-adjusted``, ``estimated``, ``user/NAME`` for an imported lexicon, or ``own`` for what a
        user says of a concept of their own.
    """

    iri: str
    mean: Vad
    spread: tuple[float, float, float]
    match: str
    form: str
    raters: int | None
    source: str
    derived_by: str | None
    origin: str = "glasgow"

    @property
    def graph(self) -> str:
        """IRI of the named graph with the values of this origin: ``.../graph/vad-glasgow``."""
        if self.origin == OWN_ORIGIN:
            return self.source
        if self.origin.startswith(USER_ORIGIN):
            return f"{GRAPH}{USER_ORIGIN}vad-{self.origin.removeprefix(USER_ORIGIN)}"
        return f"{GRAPH}vad-{self.origin}"

    @property
    def kind(self) -> str:
        """How the value came about: ``measured``, ``derived``, ``estimated`` or ``imported``."""
        if self.origin.startswith(USER_ORIGIN) or self.origin == OWN_ORIGIN:
            return "imported"
        if self.origin == ESTIMATED:
            return "estimated"
        return "measured" if self.derived_by is None else "derived"

    @property
    def is_measured(self) -> bool:
        """Whether people rated the word, as opposed to a value derived from its neighbours."""
        return self.derived_by is None


@dataclass(frozen=True, slots=True)
class Concept:
    """An emotion of the tree or a state outside it.

    :param slug: short name, unique; ``state/trust`` for states, ``user/mine/awe`` or the IRI for a
        user's own.
    :param tier: ``primary``, ``secondary`` or ``tertiary``; None for states.
    :param path: slugs from the primary down to the concept; empty for states.
    :param branch: branch of states; None for emotions of the tree.
    :param class_iri: the class of its episodes; for a user's own that of the emotion above, or its branch.
    :param source: id of the source of the definition; for a user's own the IRI of its graph.
    :param related: for a state, slug of the emotion of the tree that comes nearest, if one does.
    """

    iri: str
    slug: str
    label: str
    definition: str
    example: str
    tier: str | None
    path: tuple[str, ...]
    branch: str | None
    class_iri: str
    source: str
    related: str | None = None

    @property
    def is_emotion(self) -> bool:
        """Whether the concept is a node of the tree."""
        return self.tier is not None

    @property
    def is_own(self) -> bool:
        """Whether the concept is a user's own, and not the packaged graph's."""
        return not self.iri.startswith((EMOTION, STATE))

    @property
    def primary(self) -> str | None:
        """Slug of the primary emotion, None for states."""
        return self.path[0] if self.path else None


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """A line of the published tree: a word at a tier under a parent, and the concept it denotes."""

    iri: str
    label: str
    tier: str
    concept: str
    parent: str | None


@quickly_made
@dataclass(frozen=True, slots=True)
class WordForm:
    """A word, phrase or sign that denotes a concept.

    :param kind: class of the entry: ``Word``, ``MultiwordExpression``, ``Emoji``, ``Emoticon`` or
        ``Misspelling``.
    :param relation: ``derivation`` (same word family as the concept's name) or ``lexical``.
    :param role: ``state`` (the feeler), ``stimulus`` (the cause), ``act``, ``expression`` or
        ``disposition``.
    :param polarity: ``positive``, ``negative``, ``neutral`` or ``mixed``.
    :param strength: how directly it names the concept, in 0..1: 1 names it, 0.4 connotes it.
    :param weight: its share of a word that is divided between concepts; 1 for all others.
    :param is_ambiguous: whether a common sense of the word is no emotion, so that context decides.
    :param is_figurative: whether a phrase means it by an image.
    :param gloss: the sense in words, empty if the concept's own definition says it.
    """

    iri: str
    form: str
    part_of_speech: str
    concept: str
    kind: str
    relation: str
    role: str
    polarity: str
    strength: float
    weight: float
    is_ambiguous: bool
    is_figurative: bool
    gloss: str
    note: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class ActionUnit:
    """A FACS code: action unit, action descriptor, head, eye or gross behaviour code.

    :param number: FACS number as text; ``M55`` for movement codes.
    """

    iri: str
    code: str
    number: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    muscle: str
    source: str


@dataclass(frozen=True, slots=True)
class PatternAction:
    """One action in a pattern: code, side (L, R or empty), grade (A-E, * or empty), percent of posers.

    :param is_atypical: whether a compound shows it though none of its components does.
    """

    code: str
    side: str = ""
    grade: str = ""
    percent: int | None = None
    is_atypical: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Facial actions that one source publishes for an emotion.

    Groups are met when one of their actions is shown; all required groups make the pattern complete.

    :param emotion: the word as the source prints it.
    :param concepts: slug of the concept; the components' slugs for a compound expression.
    :param rule: text of a pattern that is a rule and no set; it has no required groups.
    """

    iri: str
    emotion: str
    kind: str
    concepts: tuple[str, ...]
    is_blend: bool
    required: tuple[tuple[PatternAction, ...], ...]
    optional: tuple[tuple[PatternAction, ...], ...]
    excluded: tuple[tuple[PatternAction, ...], ...]
    rule: str
    note: str
    confidence: str
    source: str

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the required and optional actions."""
        return frozenset(a.code for group in (*self.required, *self.optional) for a in group)


@dataclass(frozen=True, slots=True)
class Cue:
    """An everyday phrase for facial actions: all of ``codes``, and one of ``any_of`` if there are any.

    :param is_present: False for phrases that say the actions are missing ("relaxed brow").
    """

    iri: str
    phrase: str
    is_present: bool
    codes: tuple[str, ...]
    any_of: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Detector:
    """A tool's output and the codes it can report."""

    iri: str
    name: str
    output: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a scheme's label stands in the graph.

    :param relation: ``exact``, ``close``, ``narrower`` (the label is), ``broader``, or ``component``
        (the concept is a part of the compound label).
    """

    concept: str
    relation: str


@dataclass(frozen=True, slots=True)
class SchemeLabel:
    """One label of a scheme.

    :param anchors: concepts it stands for; several for compound labels, none for a label without a
        home (``others``).
    :param fallback: slug of the primary a published grouping puts it under, with that source's id.
    :param polarity: ``positive``, ``negative``, ``ambiguous`` or ``neutral``; None where nobody says.
    :param polarity_source: id of the source of the grouping, or of the valence it is the sign of.
    :param polarity_is_derived: whether the polarity is the sign of a measured valence, and no group
        that the scheme's authors made.
    :param aliases: other writings in data files (``hap``, ``03``), sorted.
    """

    iri: str
    scheme: str
    name: str
    position: int
    anchors: tuple[Anchor, ...]
    fallback: str | None
    fallback_source: str | None
    note: str
    source: str
    polarity: str | None = None
    polarity_source: str | None = None
    polarity_is_derived: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed set of labels of a data set or theory, in its own order.

    :param kind: what the labels are of: ``emotion``, ``expression``, ``temperament``, ``intent``,
        ``cause`` or ``problem``.
    """

    iri: str
    name: str
    title: str
    description: str
    labelling: str
    modality: str
    source: str
    labels: tuple[SchemeLabel, ...] = field(repr=False)
    kind: str = "emotion"


@dataclass(frozen=True, slots=True)
class Association:
    """A sourced relation between two concepts or labels.

    :param start, end: slug of a concept, or IRI of a scheme label.
    :param relation: ``oppositeOf``, ``composedOf``, ``leadsTo``, ``coOccursWith`` or
        ``rarelyCoOccursWith``.
    :param derived_by: how the relation was derived; None where the source states it of these terms.
    :param evidence: what it rests on: ``theory``, ``lexicon`` (antonyms), ``corpus``, ``experiment``,
        ``longitudinal``, ``meta-analysis`` or ``transition-frequencies``; None for the parts that the
        name of a compound label gives.
    :param grade: ``strong``, ``moderate`` or ``weak``; None where ``evidence`` is None.
    :param corpus: name of the scheme whose corpus was counted, empty for other evidence.
    :param count, expected, lift: items with both labels, how many independence expects, their ratio;
        None for other evidence than a corpus.
    :param penalty: 0 to 1 for ``rarelyCoOccursWith``, else None.
    :param claim: what the source says, for ``leadsTo``.
    """

    iri: str
    start: str
    relation: str
    end: str
    theory: str
    level: str
    source: str
    derived_by: str | None
    evidence: str | None = None
    grade: str | None = None
    corpus: str = ""
    count: int | None = None
    expected: float | None = None
    lift: float | None = None
    penalty: float | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """How often two labels of a corpus were given to one item.

    :param first, second: names of the labels, in the scheme's alphabet.
    :param first_count, second_count, count, total: items with the first label, the second, both; all.
    :param expected: items with both if the labels were independent.
    :param competing: items with both if pairs only differed in how often their labels are paired.
    :param lift: ``count / expected``, with its bounds corrected for the pairs of the corpus.
    :param relation: ``coOccursWith`` or ``rarelyCoOccursWith`` where both baselines say so, else None.
    :param grade: ``strong`` or ``moderate``, None without a relation.
    :param penalty: share by which the pair is sure to fall short of the smaller baseline, 0 to 1.
    """

    iri: str
    scheme: str
    first: str
    second: str
    first_count: int
    second_count: int
    count: int
    total: int
    expected: float
    competing: float
    lift: float
    lift_bounds: tuple[float, float]
    phi: float
    relation: str | None
    grade: str | None
    penalty: float
    source: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A decision on a concept and a term of another vocabulary, made by reading the term's definition.

    :param concept: slug of the concept.
    :param resource: ``cili``, ``emotionml``, ``mfoem``, ``spice-plutchik``, ``spice-shaver`` or
        ``wikidata``.
    :param term: IRI of the term; for an EmotionML item, which has none, that of its label here.
    :param gloss: the term's definition in its resource; empty if it has none.
    :param predicate: ``exactMatch``, ``closeMatch``, ``broadMatch`` (the term is wider),
        ``narrowMatch`` or ``relatedMatch``.
    :param is_accepted: False for a term that was looked at and rejected: the match does not hold.
    :param justification: IRI in the Semantic Mapping Vocabulary.
    :param confidence: ``high``, ``medium`` or ``low``.
    :param also: IRIs published for the same term (Open English WordNet, Princeton WordNet 3.0).
    :param parents: IRIs of the term's superclass, hypernyms or prototype in its resource.
    """

    iri: str
    concept: str
    resource: str
    term: str
    label: str
    gloss: str
    predicate: str
    is_accepted: bool
    justification: str
    reason: str
    confidence: str
    also: tuple[str, ...]
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A publication, data set or tool, with the licence of what is taken from it."""

    iri: str
    id: str
    citation: str
    licence: str
    doi: str
    url: str


@dataclass(frozen=True, slots=True)
class DeprecatedTerm:
    """A term that an earlier release had.

    :param reason: in which version it went, and why.
    :param replaced_by: IRI of the term that takes its place, None if none does.
    """

    iri: str
    label: str
    reason: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A concept and its Euclidean distance in VAD space (0 to 3.46)."""

    concept: Concept
    distance: float
    value: VadValue


@dataclass(frozen=True, slots=True)
class FacialEvidence:
    """How a set of facial actions speaks for one concept: its best published pattern, and all others.

    Ranked evidence with a caveat, never a verdict about a person: on real clips the full prototype is
    rare even where the emotion is present.

    :param score: 0..1, see :func:`affectgraph.kg.faces.rank_emotions`.
    :param support: share of the required groups that are met, 0..1.
    :param precision: share of the given actions that the pattern names, 0..1.
    :param met: codes of the pattern that are shown.
    :param missing: codes whose absence could be seen.
    :param unseen: codes the detector cannot report.
    :param against: codes shown that some source excludes for this emotion.
    :param rivals: other concepts whose patterns name all of ``met``.
    """

    concept: Concept
    pattern: Pattern
    score: float
    support: float
    precision: float
    met: tuple[str, ...]
    missing: tuple[str, ...]
    unseen: tuple[str, ...]
    against: tuple[str, ...]
    rivals: tuple[str, ...]
