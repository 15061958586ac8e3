"""What was observed of somebody's emotion: one item, read by somebody or something, with its episodes.

The values check their own ranges; :func:`affectgraph.kg.observed.resolve` checks them against a graph,
:mod:`affectgraph.kg.envelopes` writes them as EmotionML, Onyx and the project's own RDF.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from affectgraph.kg.model import Vad
from affectgraph.ontology.errors import InputError

_SURROGATE = re.compile("[\ud800-\udfff]")


def _share(name: str, value: float | None) -> None:
    _number(name, value, 1)


def _number(name: str, value: float | None, most: int) -> None:
    if value is None:
        return
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not 0 <= value <= most:
        raise InputError(f"Expected {name} in 0..{most}, got {value!r}. Rescale it first.")


def _whole(name: str, value: int | None) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise InputError(f"Expected {name} as a whole number from 0, got {value!r}.")


def _aware(name: str, value: datetime | None) -> None:
    if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
        raise InputError(
            f"Expected {name} as a time with its zone, got {value!r}. Write 2026-11-25T10:00:00+00:00."
        )


def _texts(owner: object, *names: str) -> None:
    for name in names:
        value = getattr(owner, name)
        if not isinstance(value, str):
            raise InputError(f"Expected text in {name!r}, got {value!r}.")
        if _SURROGATE.search(value):
            raise InputError(
                f"Expected Unicode text in {name!r}, got a lone surrogate in {value!r}."
            )


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the item.

    :param start, end: code points in the observed text, ``end`` after the last; both or neither.
    :raises InputError: if the quote is empty or as long as the span is not.

    >>> Span("at last", 3, 10).end
    10
    """

    quote: str
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        _texts(self, "quote")
        _whole("start", self.start)
        _whole("end", self.end)
        if not self.quote:
            raise InputError("Expected the words of a span, got none. Leave the span out.")
        if (self.start is None) != (self.end is None):
            raise InputError(f"Expected start and end, or neither, got {self.start}, {self.end}.")
        if self.start is not None and self.end is not None:
            length = self.end - self.start
            if length != len(self.quote):
                raise InputError(
                    f"Expected a quote of {length} characters for {self.start}..{self.end}, got "
                    f"{self.quote!r} ({len(self.quote)}). Offsets count code points from 0."
                )


@dataclass(frozen=True, slots=True)
class ConceptSpan:
    """A concept marked in a text.

    :param start, end: code points, half open.
    :param concept: its name in the graph (``anger``, ``state/trust``).
    :param score: how sure the annotator is, 0..1; None if unsaid.
    :raises InputError: if the span is empty or negative, or the score out of range.
    """

    start: int
    end: int
    concept: str
    score: float | None = None

    def __post_init__(self) -> None:
        _whole("start", self.start)
        _whole("end", self.end)
        if self.start >= self.end:
            raise InputError(
                f"Expected a span with start < end, got {self.start}..{self.end}. "
                "Offsets count code points from 0, the end after the last."
            )
        _share("score", self.score)


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something an episode has to do with.

    :param id: IRI or name; may be empty if the words are given.
    :raises InputError: if both are missing.
    """

    id: str = ""
    span: Span | None = None

    def __post_init__(self) -> None:
        _texts(self, "id")
        if not self.id and self.span is None:
            raise InputError("Expected an id or the words that name it, got neither.")


@dataclass(frozen=True, slots=True)
class Cause:
    """What brought an episode about.

    :param type: kind of cause (``no-context``, ``inter-personal``, ``self-contagion``, ``hybrid``,
        ``latent``); empty if unknown.
    :raises InputError: if both type and words are missing.
    """

    type: str = ""
    span: Span | None = None

    def __post_init__(self) -> None:
        _texts(self, "type")
        if not self.type and self.span is None:
            raise InputError("Expected a kind of cause or the words that say it, got neither.")


@dataclass(frozen=True, slots=True)
class ConceptReading:
    """A concept that an episode is a case of.

    :param concept: its name in the graph (``anger``, ``state/trust``).
    :param score: how sure the observer is, 0..1.
    :param label, scheme: the label as the observer gave it, and the scheme it is of.
    """

    concept: str
    score: float | None = None
    label: str = ""
    scheme: str = ""

    def __post_init__(self) -> None:
        _texts(self, "concept", "label", "scheme")
        _share("score", self.score)
        if self.scheme and not self.label:
            raise InputError(f"Expected the label of scheme {self.scheme!r}, got none.")


@dataclass(frozen=True, slots=True)
class ActionReading:
    """A facial action that is shown; intensity above 0 to 5 (FACS grade E), as OpenFace gives it."""

    code: str
    intensity: float | None = None

    def __post_init__(self) -> None:
        _texts(self, "code")
        _number("intensity of a facial action", self.intensity, 5)
        if self.intensity == 0:
            raise InputError(f"Expected an action that is shown, got {self.code} of intensity 0.")


@dataclass(frozen=True, slots=True)
class CueReading:
    """A sign that shows the episode: its kind (``prosody``), and the words if it has any."""

    type: str
    quote: str = ""

    def __post_init__(self) -> None:
        _texts(self, "type", "quote")


@dataclass(frozen=True, slots=True)
class Rating:
    """Where an episode lies on a dimension, appraisal or action tendency.

    :param vocabulary, item: as EmotionML names them (``scherer-appraisals``, ``suddenness``).
    :param degree: 0 (lowest) to 1 (highest).
    """

    vocabulary: str
    item: str
    degree: float
    confidence: float | None = None

    def __post_init__(self) -> None:
        _texts(self, "vocabulary", "item")
        if self.degree is None:
            raise InputError(f"Expected the degree of {self.item!r}, got none.")
        _share("degree", self.degree)
        _share("confidence", self.confidence)


@dataclass(frozen=True, slots=True)
class Episode:
    """One emotion or state that somebody goes through once.

    Feelings of two primaries at once are two episodes. An episode says something: a concept, an
    intensity, a point of VAD space, a rating or facial actions.

    :param concepts: best first; all of one primary's branch, or all states outside the tree.
    :param intensity: how strong it is, 0..1.
    :param vad: valence, arousal and dominance in -1..1.
    :param detector: name of the tool that reported the facial actions.
    :param modalities: channels it is shown through (``face``, ``voice``, ``text``, ...).
    :param experiencer: who has it. :param stimulus: what set it off. :param target: whom or what it is
        directed at.
    :param offset_ms, duration_ms: when in the item. :param start, end: when in the world.
    :raises InputError: if a value is out of range, or nothing is said.
    """

    concepts: tuple[ConceptReading, ...] = ()
    intensity: float | None = None
    vad: Vad | None = None
    ratings: tuple[Rating, ...] = ()
    actions: tuple[ActionReading, ...] = ()
    detector: str = ""
    modalities: tuple[str, ...] = ()
    cues: tuple[CueReading, ...] = ()
    experiencer: Referent | None = None
    stimulus: Referent | None = None
    target: Referent | None = None
    cause: Cause | None = None
    offset_ms: int | None = None
    duration_ms: int | None = None
    start: datetime | None = None
    end: datetime | None = None

    def __post_init__(self) -> None:
        _texts(self, "detector")
        _share("intensity", self.intensity)
        _whole("offset_ms", self.offset_ms)
        _whole("duration_ms", self.duration_ms)
        _aware("start", self.start)
        _aware("end", self.end)
        described = self.intensity is not None or self.vad is not None
        if not (described or self.concepts or self.ratings or self.actions):
            raise InputError(
                "Expected an episode with concept, intensity, VAD, rating or facial actions, got none. "
                "An observation of no emotion has no episode."
            )
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InputError(f"Expected an end after {self.start}, got {self.end}.")
        if self.detector and not self.actions:
            raise InputError(f"Expected facial actions of detector {self.detector!r}, got none.")
        _unique("concept", [reading.concept for reading in self.concepts])
        _unique("facial action", [action.code for action in self.actions])
        _unique("rating", [(rating.vocabulary, rating.item) for rating in self.ratings])
        _unique("modality", list(self.modalities))


def _unique(kind: str, names: list[object] | list[str] | list[tuple[str, str]]) -> None:
    if len(set(names)) != len(names):
        raise InputError(f"Expected each {kind} of an episode once, got {names}.")


@dataclass(frozen=True, slots=True)
class Observation:
    """A reading of one item by somebody or something, at one time.

    :param episodes: in the order of the observer; none if no emotion was seen.
    :param item: IRI or name of what was observed; empty if unknown.
    :param text: the text of the item; spans are offsets into it.
    :param agent: who or what observed, IRI or name. :param created: when.
    :param id: IRI or name of the observation itself.
    :raises InputError: if a time has no zone.

    >>> seen = Observation((Episode((ConceptReading("joy", 0.9),)),), item="clip-7.wav")
    >>> seen.episodes[0].concepts[0].concept
    'joy'
    """

    episodes: tuple[Episode, ...]
    item: str = ""
    text: str = ""
    agent: str = ""
    created: datetime | None = None
    id: str = ""

    def __post_init__(self) -> None:
        _texts(self, "item", "text", "agent", "id")
        _aware("created", self.created)
