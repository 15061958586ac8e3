"""Writes observations as EmotionML 1.0 (W3C Recommendation, 22 May 2014), with every loss stated.

One ``<emotion>`` per episode: its concepts as categories of one vocabulary, VAD and ratings as
dimensions, appraisals and action tendencies on EmotionML's scale 0..1, modalities as
``expressed-through``, and whom or what it has to do with as references. What EmotionML has no place for
is said in the envelope's losses and, for people, in the document's ``<info>``.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from affectgraph.kg.envelopes.conversion import convert_reading, scheme_of
from affectgraph.kg.envelopes.model import Envelope, Loss
from affectgraph.kg.envelopes.names import char_uri, require_xml, to_uri
from affectgraph.kg.observation import Episode, Observation, Rating, Referent
from affectgraph.kg.observed import resolve
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

NAMESPACE = "http://www.w3.org/2009/10/emotionml"
MEDIA_TYPE = "application/emotionml+xml"
OWN = "affectgraph"
"""Name of the categories that lose nothing: the graph's concepts, in a vocabulary of the document's own."""

VAD_ITEMS = {
    "pad-dimensions": {"pleasure": "valence", "arousal": "arousal", "dominance": "dominance"},
    "fsre-dimensions": {"valence": "valence", "arousal": "arousal", "potency": "dominance"},
}
"""Dimension set -> its item -> the coordinate it stands for. FSRE's potency is the closest to dominance."""

_SETS = {"dimension": "dimension-set", "appraisal": "appraisal-set"}
_TENDENCY = "action-tendency"
ET.register_namespace("", NAMESPACE)
ET.register_namespace("ag", AG)


def to_emotionml(
    graph: "EmotionGraph",
    observations: Iterable[Observation],
    *,
    categories: str = "big6",
    dimensions: str = "pad-dimensions",
) -> Envelope:
    """Return observations as one EmotionML document.

    :param categories: vocabulary the concepts are said in, or ``affectgraph`` for the concepts
        themselves.
    :param dimensions: vocabulary VAD is said in: ``pad-dimensions`` or ``fsre-dimensions``.
    :raises UnknownTermError: if an observation, or a parameter, names what the graph does not hold.
    :raises InputError: if an observation contradicts itself, holds a character that XML does not allow,
        or the graph has no labels for the vocabulary.
    """
    if categories != OWN:
        scheme_of(graph, categories)
    if dimensions not in VAD_ITEMS:
        raise InputError(f"Expected dimensions of {', '.join(VAD_ITEMS)}, got {dimensions!r}.")
    writer = _Writer(graph, categories, dimensions)
    for number, observation in enumerate(observations):
        writer.observation(number, resolve(graph, observation))
    return Envelope(writer.document(), MEDIA_TYPE, tuple(writer.losses))


def own_item(concept: str) -> str:
    """Return the name of a concept as an item of the document's own vocabulary (``state.trust``)."""
    return concept.replace("/", ".")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def number(value: float) -> str:
    """Return a number of 0..1 as EmotionML writes it, to six places, without an exponent.

    >>> number(0.5), number(1), number(1e-9)
    ('0.5', '1', '0')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


@dataclass
class _Emotion:
    """The parts of one ``<emotion>`` while it is written."""

    attributes: dict[str, str] = field(default_factory=dict)
    descriptors: list[ET.Element] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)


class _Writer:
    def __init__(self, graph: "EmotionGraph", categories: str, dimensions: str) -> None:
        self.graph = graph
        self.around = graph.around
        self.categories = categories
        self.dimensions = dimensions
        self.losses: list[Loss] = []
        self.emotions: list[ET.Element] = []
        self.items: set[str] = set()
        self.place = ""

    def lose(self, field_: str, message: str) -> None:
        self.losses.append(Loss(self.place, field_, message))

    def document(self) -> str:
        root = ET.Element(_tag("emotionml"), {"version": "1.0"})
        if self.items:
            vocabulary = ET.SubElement(root, _tag("vocabulary"), {"type": "category", "id": OWN})
            for item in sorted(self.items):
                ET.SubElement(vocabulary, _tag("item"), {"name": item})
        root.extend(self.emotions)
        ET.indent(root)
        # A bare carriage return would be read as a line feed, and offsets would shift.
        text = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'

    def observation(self, place: int, observation: Observation) -> None:
        if not observation.episodes:
            self.place = f"observations[{place}]"
            self.lose("episodes", "no emotion was seen, and EmotionML has no element that says so.")
        for index, episode in enumerate(observation.episodes):
            self.place = f"observations[{place}].episodes[{index}]"
            before = len(self.losses)
            emotion = self.emotion(episode, observation)
            emotion.attributes["id"] = f"e{place + 1}-{index + 1}"
            if not emotion.descriptors:
                self.lose(
                    "concepts", "nothing is left that EmotionML could describe; it is not written."
                )
                continue
            self.emotions.append(_element(emotion, observation, self.losses[before:]))

    def emotion(self, episode: Episode, observation: Observation) -> _Emotion:
        emotion = _Emotion()
        self.write_categories(emotion, episode)
        self.write_vad(emotion, episode)
        for kind in ("dimension", "appraisal", _TENDENCY):
            self.write_ratings(emotion, episode.ratings, kind)
        self.write_intensity(emotion, episode)
        self.write_modalities(emotion, episode)
        self.write_times(emotion, episode, observation.item)
        self.write_references(emotion, episode, observation.item)
        self.write_rest(episode)
        return emotion

    def write_categories(self, emotion: _Emotion, episode: Episode) -> None:
        written: dict[str, float | None] = {}
        for reading in episode.concepts:
            item = own_item(reading.concept)
            if self.categories != OWN:
                conversion = convert_reading(self.graph, reading, self.categories)
                item = conversion.item
                if conversion.loss:
                    self.lose("concepts", conversion.loss)
            if item in written:
                self.lose(
                    "concepts", f"{reading.concept!r} is said by {item!r} again, once for all."
                )
            elif item:
                written[item] = reading.score
        for item, score in written.items():
            attributes = {"name": item}
            if score is not None:
                attributes["confidence"] = number(score)
            emotion.descriptors.append(ET.Element(_tag("category"), attributes))
        if written and self.categories == OWN:
            self.items |= set(written)
            emotion.attributes["category-set"] = f"#{OWN}"
        elif written:
            emotion.attributes["category-set"] = self.around.vocabulary(self.categories).uri

    def write_vad(self, emotion: _Emotion, episode: Episode) -> None:
        if episode.vad is None:
            return
        emotion.attributes["dimension-set"] = self.around.vocabulary(self.dimensions).uri
        for item, coordinate in VAD_ITEMS[self.dimensions].items():
            value = (getattr(episode.vad, coordinate) + 1) / 2
            attributes = {"name": item, "value": number(value)}
            emotion.descriptors.append(ET.Element(_tag("dimension"), attributes))

    def write_ratings(self, emotion: _Emotion, ratings: Sequence[Rating], kind: str) -> None:
        set_ = _SETS.get(kind, "action-tendency-set")
        taken = {e.get("name") for e in emotion.descriptors if e.tag == _tag(kind)}
        for rating in ratings:
            vocabulary = self.around.vocabulary(rating.vocabulary)
            if vocabulary.kind != kind:
                continue
            used = emotion.attributes.setdefault(set_, vocabulary.uri)
            if used != vocabulary.uri or rating.item in taken:
                self.lose(
                    "ratings",
                    f"{rating.vocabulary} {rating.item!r} is not written: an emotion has one {kind} "
                    f"set ({used}), each item once.",
                )
                continue
            attributes = {"name": rating.item, "value": number(rating.degree)}
            if rating.confidence is not None:
                attributes["confidence"] = number(rating.confidence)
            emotion.descriptors.append(ET.Element(_tag(kind), attributes))

    def write_intensity(self, emotion: _Emotion, episode: Episode) -> None:
        if episode.intensity is None:
            return
        found = [e for e in emotion.descriptors if e.tag == _tag("category")]
        for category in found:
            category.set("value", number(episode.intensity))
        if found:
            return
        if "dimension-set" in emotion.attributes:
            self.lose(
                "intensity", "no category carries it, and the emotion has a dimension set already."
            )
            return
        emotion.attributes["dimension-set"] = self.around.vocabulary("intensity-dimension").uri
        attributes = {"name": "intensity", "value": number(episode.intensity)}
        emotion.descriptors.append(ET.Element(_tag("dimension"), attributes))

    def write_modalities(self, emotion: _Emotion, episode: Episode) -> None:
        tokens = [self.around.modality(name).token for name in episode.modalities]
        for name, token in zip(episode.modalities, tokens, strict=True):
            if not token:
                self.lose(
                    "modalities", f"EmotionML has no value of expressed-through for {name!r}."
                )
        if any(tokens):
            emotion.attributes["expressed-through"] = " ".join(filter(None, tokens))

    def write_times(self, emotion: _Emotion, episode: Episode, item: str) -> None:
        for name, moment in (("start", episode.start), ("end", episode.end)):
            if moment is not None:
                emotion.attributes[name] = self.milliseconds(name, moment)
        if episode.offset_ms is not None and item:
            emotion.attributes["time-ref-uri"] = to_uri(item)
            emotion.attributes["offset-to-start"] = str(episode.offset_ms)
        elif episode.offset_ms is not None:
            self.lose("offset_ms", "the item that it counts from is unknown.")
        if episode.duration_ms is not None:
            emotion.attributes["duration"] = str(episode.duration_ms)

    def milliseconds(self, name: str, moment: datetime) -> str:
        count = round(moment.timestamp() * 1000)
        if count < 0:
            raise InputError(f"Expected {name} from 1970 on, as EmotionML counts, got {moment}.")
        return str(count)

    def write_references(self, emotion: _Emotion, episode: Episode, item: str) -> None:
        if item:
            emotion.references.append(("expressedBy", to_uri(item)))
        roles = (
            ("experiencedBy", "experiencer", episode.experiencer),
            ("triggeredBy", "stimulus", episode.stimulus),
            ("targetedAt", "target", episode.target),
        )
        for role, name, referent in roles:
            if referent is not None:
                self.refer(emotion, role, name, referent, item)
        if episode.cause is not None:
            self.refer_to_cause(emotion, episode, item)

    def refer(self, emotion: _Emotion, role: str, name: str, referent: Referent, item: str) -> None:
        uri = to_uri(referent.id) if referent.id else char_uri(item, referent.span)
        if uri:
            emotion.references.append((role, uri))
        if referent.span is not None and (referent.id or not uri):
            self.lose(name, f"the words {referent.span.quote!r} are not written.")

    def refer_to_cause(self, emotion: _Emotion, episode: Episode, item: str) -> None:
        cause = episode.cause
        if cause is None:
            return
        uri = char_uri(item, cause.span)
        if uri:
            emotion.references.append(("triggeredBy", uri))
        elif cause.span is not None:
            self.lose("cause", f"the words {cause.span.quote!r} have no address in an item.")
        if cause.type:
            self.lose("cause", f"EmotionML has no place for the kind of cause, {cause.type!r}.")

    def write_rest(self, episode: Episode) -> None:
        if episode.actions:
            codes = " ".join(action.code for action in episode.actions)
            self.lose("actions", f"EmotionML has no place for facial actions ({codes}).")
        if episode.cues:
            kinds = " ".join(cue.type for cue in episode.cues)
            self.lose("cues", f"EmotionML has no place for kinds of cues ({kinds}).")
        for reading in episode.concepts:
            if reading.scheme:
                given = f"{reading.label!r} of {reading.scheme}"
                self.lose("concepts", f"that the label was {given} is not written.")


def _element(emotion: _Emotion, observation: Observation, losses: Sequence[Loss]) -> ET.Element:
    """Return the element in the order of the schema: info, descriptors, references."""
    element = ET.Element(_tag("emotion"), dict(sorted(emotion.attributes.items())))
    notes = list(_notes(observation, losses))
    if notes:
        ET.SubElement(element, _tag("info")).extend(notes)
    element.extend(emotion.descriptors)
    for role, uri in emotion.references:
        ET.SubElement(element, _tag("reference"), {"uri": uri, "role": role})
    return element


def _notes(observation: Observation, losses: Sequence[Loss]) -> Iterator[ET.Element]:
    made = {
        "id": observation.id,
        "agent": observation.agent,
        "created": observation.created.isoformat() if observation.created is not None else "",
    }
    attributes = {name: require_xml(text, name) for name, text in made.items() if text}
    if attributes or observation.text:
        note = ET.Element(f"{{{AG}}}Observation", attributes)
        note.text = require_xml(observation.text, "text") or None
        yield note
    for loss in losses:
        note = ET.Element(f"{{{AG}}}loss", {"field": loss.field})
        note.text = require_xml(loss.message, "loss")
        yield note
