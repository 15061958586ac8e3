"""What annotating a text returns."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import Concept, Vad, VadValue
from affectgraph.linkers.model import Candidate

Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "hedged", "hypothetical", "past"]
Grade = Literal["slight", "plain", "strong", "extreme"]

STRONG = 1.15
EXTREME = 1.65
"""Least intensities of these grades; below 1 it is slight."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: ``text[start:end] == quote``, in code points."""

    start: int
    end: int
    quote: str


@quickly_made
@dataclass(frozen=True, slots=True)
class TextMention:
    """A word, phrase or sign of emotion in a text: ``text[start:end] == quote``, in code points.

    :param candidates: what it may mean, the likeliest first; ``score`` is P(right) of the word's kind
        of evidence, as for labels.
    :param polarity: ``negated`` where the text denies the emotion; that never asserts another one.
    :param polarity_cue: the words that deny it, or that look like a denial and are none.
    :param intensity: 0..2, where 1 is the plain word.
    :param certainty: ``past`` for what was felt, ``hypothetical`` for what is wished, asked, supposed or
        still to come, ``hedged`` for what only seems so.
    :param role: ``state``, ``stimulus``, ``expression``, ``disposition`` or ``act``.
    :param experiencer: who feels it, by surface rules; None if the rules find nobody.
    :param is_figurative: whether it means the emotion by an image.
    :param is_ambiguous: whether an ordinary sense of the word could not be ruled out.
    """

    start: int
    end: int
    quote: str
    candidates: tuple[Candidate, ...]
    polarity: Polarity
    polarity_cue: Span | None
    intensity: float
    intensity_cue: Span | None
    certainty: Certainty
    certainty_cue: Span | None
    role: str
    experiencer: Span | None
    is_figurative: bool
    is_ambiguous: bool

    @property
    def concept(self) -> Concept:
        """The likeliest concept."""
        return self.candidates[0].concept

    @property
    def is_negated(self) -> bool:
        """Whether the text denies the emotion."""
        return self.polarity == "negated"

    @property
    def grade(self) -> Grade:
        """The intensity by name."""
        if self.intensity >= EXTREME:
            return "extreme"
        if self.intensity >= STRONG:
            return "strong"
        return "plain" if self.intensity >= 1 else "slight"


@dataclass(frozen=True, slots=True)
class EmotionPart:
    """What one mention adds to one emotion of the text.

    :param key: slug of a primary, ``state`` for concepts outside the tree, or ``neutral``.
    :param share: its part of the whole distribution, 0..1.
    """

    mention: TextMention
    key: str
    share: float


@dataclass(frozen=True, slots=True)
class TextEmotions:
    """A distribution over the six primaries, ``state`` and ``neutral``; all shares add up to 1.

    :param parts: what it is made of, in text order; empty if the text is neutral for lack of mentions.
    """

    shares: dict[str, float]
    parts: tuple[EmotionPart, ...]

    @property
    def top(self) -> str:
        """The key with the largest share, the first of equals."""
        return max(self.shares, key=lambda key: self.shares[key])


@dataclass(frozen=True, slots=True)
class TextVadPart:
    """What one mention adds to the estimate: a published or derived value and its weight, 0..1."""

    mention: TextMention
    value: VadValue
    weight: float


@dataclass(frozen=True, slots=True)
class TextVad:
    """Valence, arousal and dominance of a text: the weighted mean of its affirmed mentions."""

    mean: Vad
    parts: tuple[TextVadPart, ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with its mentions of emotion, in order of their start.

    :param emotions: made from affirmed mentions, explained by parts.
    :param vad: None if no affirmed mention has a value.
    """

    text: str
    mentions: tuple[TextMention, ...]
    _summary: "Summariser" = field(repr=False, compare=False)

    @property
    def emotions(self) -> TextEmotions:
        """The emotions of the text as a distribution; some microseconds a mention, made on demand."""
        return self._summary.emotions(self.mentions)

    @property
    def vad(self) -> TextVad | None:
        """The VAD estimate of the text, with its parts; made on demand."""
        return self._summary.vad(self.mentions)


class Summariser(Protocol):
    """Makes what a text sums up to; see :class:`affectgraph.linkers.annotation.summary.GraphSummariser`."""

    def emotions(self, mentions: tuple[TextMention, ...]) -> TextEmotions:
        """Return the distribution over the primaries."""

    def vad(self, mentions: tuple[TextMention, ...]) -> TextVad | None:
        """Return the VAD estimate."""
