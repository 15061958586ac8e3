"""What the service takes and sends for annotating texts; the command line's JSON is the same."""

from collections.abc import Sequence

from pydantic import Field, JsonValue

from affectgraph.api.answers import Candidate
from affectgraph.api.bodies import BATCH_LIMIT, Body
from affectgraph.api.envelope_answers import EnvelopeAnswer, RdfName
from affectgraph.api.shapes import Coordinates, Shape, VadValue, to_vad
from affectgraph.kg.envelopes import Envelope, to_nif
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import ConceptSpan
from affectgraph.linkers.annotation import model
from affectgraph.ontology.errors import InputError

TEXT_LIMIT = 100_000
"""Characters a text may have."""
TOTAL_LIMIT = 300_000
"""Characters that the texts of one request may have together: an answer is many times its text."""


class Span(Shape):
    """A piece of the text."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    quote: str
    """The words."""


class TextMention(Span):
    """A word, phrase or sign of emotion in a text."""

    candidates: tuple[Candidate, ...]
    """What it may mean, the likeliest first."""
    polarity: model.Polarity
    """`negated` where the text denies the emotion; that never asserts another one."""
    polarity_cue: Span | None
    """The words that deny it, or that look like a denial and are none."""
    intensity: float
    """0..2, where 1 is the plain word."""
    grade: model.Grade
    """The intensity by name."""
    intensity_cue: Span | None
    """The words that make it stronger or weaker."""
    certainty: model.Certainty
    """`past` for what was felt, `hypothetical` for what is wished, asked or supposed, `hedged` for what
    only seems so."""
    certainty_cue: Span | None
    """The words that say so."""
    role: str
    """`state`, `stimulus`, `expression`, `disposition` or `act`."""
    experiencer: Span | None
    """Who feels it, by surface rules; null if they find nobody."""
    is_figurative: bool
    """Whether it means the emotion by an image."""
    is_ambiguous: bool
    """Whether an ordinary sense of the word could not be ruled out."""


class EmotionPart(Shape):
    """What one mention adds to one emotion of the text."""

    mention: int
    """Place of the mention in `mentions`, from 0."""
    key: str
    """Slug of a primary, `state` for concepts outside the tree, or `neutral`."""
    share: float
    """Its part of the whole distribution, 0..1."""


class TextEmotions(Shape):
    """A distribution over the six primaries, `state` and `neutral`."""

    top: str
    """The key with the largest share."""
    shares: dict[str, float]
    """Shares by key; they add up to 1."""
    parts: tuple[EmotionPart, ...]
    """What it is made of, in text order; empty if nothing is affirmed."""


class TextVadPart(Shape):
    """What one mention adds to the estimate."""

    mention: int
    """Place of the mention in `mentions`, from 0."""
    weight: float
    """0..1; the weights add up to 1."""
    value: VadValue


class TextVad(Shape):
    """Valence, arousal and dominance of a text."""

    mean: Coordinates
    """The weighted mean of its affirmed mentions, each in -1..1."""
    parts: tuple[TextVadPart, ...]
    """Values it is made of, in text order."""


class Annotation(Shape):
    """A text with its mentions of emotion, and what it sums up to."""

    text: str
    """The text; `text[start:end]` is a mention's `quote`, in code points."""
    mentions: tuple[TextMention, ...]
    """In order of their start; empty if no word of the text names an emotion."""
    emotions: TextEmotions
    vad: TextVad | None
    """Null if no affirmed mention has a value."""
    nif: EnvelopeAnswer | None = None
    """The text with its affirmed mentions as NIF 2.0, if asked for."""


class AnnotateBody(Body):
    """Texts to annotate."""

    texts: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[["Maybe she is not angry, but I was absolutely terrified.", "The bus is late."]],
    )
    """Up to 1,000 texts of up to 100,000 characters, 300,000 together; what is no text has its error at
    its place."""
    overlapping: bool = False
    """Also shorter mentions inside longer ones."""
    ambiguous: bool = False
    """Also words whose ordinary sense could not be ruled out, marked `is_ambiguous`."""
    nif: RdfName | None = None
    """Give each text as NIF 2.0 in this format, too."""


def require_text(text: object, *, limit: int = TEXT_LIMIT) -> str:
    """Return a text that may be annotated.

    :param limit: characters it may have.
    :raises InputError: if it is no text or longer.
    """
    if not isinstance(text, str):
        kind = "null" if text is None else type(text).__name__
        raise InputError(f"Expected a text, got {kind}. Leave it out, or give an empty text.")
    if len(text) > limit:
        raise InputError(
            f"Expected a text of at most {limit:,} characters, got {len(text):,}. Split it."
        )
    return text


def require_total(texts: Sequence[object], *, command: str = "annotate --input FILE") -> None:
    """Refuse texts that are too long together.

    :param command: what takes more of them.
    :raises InputError: if they have more than :data:`TOTAL_LIMIT` characters.
    """
    total = sum(len(text) for text in texts if isinstance(text, str) and len(text) <= TEXT_LIMIT)
    if total > TOTAL_LIMIT:
        raise InputError(
            f"Expected texts of at most {TOTAL_LIMIT:,} characters together, got {total:,}. "
            f"Send them in several batches, or use `affectgraph {command}`."
        )


def to_annotation(found: model.Annotation, *, nif: Envelope | None = None) -> Annotation:
    """Return an annotation as it is sent."""
    places = {id(mention): place for place, mention in enumerate(found.mentions)}
    emotions, vad = found.emotions, found.vad
    return Annotation(
        text=found.text,
        mentions=tuple(TextMention.model_validate(mention) for mention in found.mentions),
        emotions=TextEmotions(
            top=emotions.top,
            shares=emotions.shares,
            parts=tuple(
                EmotionPart(mention=places[id(part.mention)], key=part.key, share=part.share)
                for part in emotions.parts
            ),
        ),
        vad=None if vad is None else _to_text_vad(vad, places),
        nif=None if nif is None else EnvelopeAnswer.model_validate(nif),
    )


def _to_text_vad(vad: model.TextVad, places: dict[int, int]) -> TextVad:
    return TextVad(
        mean=Coordinates.model_validate(vad.mean),
        parts=tuple(
            TextVadPart(
                mention=places[id(part.mention)], weight=part.weight, value=to_vad(part.value)
            )
            for part in vad.parts
        ),
    )


def nif_of(graph: EmotionGraph, found: model.Annotation, format_: str) -> Envelope:
    """Return a text with the concepts of its affirmed mentions as NIF 2.0.

    A denied emotion is left out, since NIF has no term that denies one.

    :param format_: ``jsonld``, ``turtle`` or ``ntriples``.
    """
    spans = [
        ConceptSpan(m.start, m.end, m.concept.slug, m.candidates[0].score)
        for m in found.mentions
        if not m.is_negated
    ]
    return to_nif(graph, found.text, spans, format=format_)
