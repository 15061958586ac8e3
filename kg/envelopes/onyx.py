"""Writes observations as Onyx, with PROV-O for who and when and NIF for text and offsets.

One ``onyx:EmotionSet`` per observation and one ``onyx:Emotion`` per reading of an episode. VAD stands
in the properties of EmotionML's PAD dimensions as the Onyx community writes them (senpy). What Onyx has
no term for is said in the losses; :mod:`affectgraph.kg.envelopes.rdf` uses the same IRIs, so that its
triples can be added.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from affectgraph.kg.envelopes.conversion import convert_reading, scheme_of
from affectgraph.kg.envelopes.emotionml import OWN
from affectgraph.kg.envelopes.model import Envelope, Loss
from affectgraph.kg.envelopes.names import observation_iri, part_iri, thing_iri
from affectgraph.kg.envelopes.rdf import EMOML, NIF, ONYX, moment, named, serialised
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.kg.observed import resolve
from affectgraph.ontology.iris import PARROTT_SCHEME, PROV, SCHEME, XSD
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.triples import A, Object, describe, string

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

PAD = {"pleasure": "valence", "arousal": "arousal", "dominance": "dominance"}
"""Item of EmotionML's PAD dimensions -> coordinate."""


def to_onyx(
    graph: "EmotionGraph",
    observations: Iterable[Observation],
    *,
    categories: str = OWN,
    format: str = "turtle",  # noqa: A002
) -> Envelope:
    """Return observations as Onyx.

    :param categories: ``affectgraph`` for the graph's concepts as categories, or a category vocabulary
        of EmotionML; those of ``big6`` get the IRIs of Onyx's own vocabulary, the others those of the
        label scheme.
    :param format: ``turtle``, ``jsonld`` or ``ntriples``.
    :raises UnknownTermError: if an observation, or a parameter, names what the graph does not hold.
    :raises InputError: if an observation contradicts itself, or a parameter is wrong.
    """
    if categories != OWN:
        scheme_of(graph, categories)
    losses: list[Loss] = []
    quads: list[Quad] = []
    for place, observation in enumerate(observations):
        seen = resolve(graph, observation)
        quads += _observation(seen, _model(graph, categories))
        for index, episode in enumerate(seen.episodes):
            where = f"observations[{place}].episodes[{index}]"
            emotions, lost = _emotions(graph, seen, index, episode, categories)
            quads += emotions
            losses += [Loss(where, field, text) for field, text in (*lost, *_rest(episode))]
    envelope = serialised(quads, format)
    return Envelope(envelope.content, envelope.media_type, tuple(losses))


def _model(graph: "EmotionGraph", categories: str) -> str:
    if categories == OWN:
        return PARROTT_SCHEME
    return EMOML + "big6" if categories == "big6" else SCHEME + scheme_of(graph, categories).name


def _float(value: float) -> Literal:
    return Literal(repr(float(value)), datatype=NamedNode(XSD + "float"))


def _count(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "nonNegativeInteger"))


def _observation(seen: Observation, model: str) -> Iterator[Quad]:
    iri = observation_iri(seen)
    pairs: list[tuple[str, Object]] = [(A, ONYX + "EmotionSet")]
    source = _context(seen)
    if source:
        pairs.append((ONYX + "extractedFrom", source))
        yield from describe(source, [(ONYX + "hasEmotionSet", iri)])
        yield from _text(source, seen)
    if seen.created is not None:
        pairs.append((PROV + "generatedAtTime", moment(seen.created)))
    analysis = part_iri(iri, "analysis")
    pairs.append((PROV + "wasGeneratedBy", analysis))
    yield from describe(iri, pairs)
    activity: list[tuple[str, Object]] = [
        (A, ONYX + "EmotionAnalysis"),
        (ONYX + "usesEmotionModel", model),
    ]
    if seen.item:
        activity.append((ONYX + "source", thing_iri(seen.item)))
    if seen.agent:
        activity.append((PROV + "wasAssociatedWith", thing_iri(seen.agent)))
    yield from describe(analysis, activity)
    for name in (seen.item, seen.agent):
        yield from named(name)


def _context(seen: Observation) -> str:
    """Return what the emotions are extracted from: the text of the item, else the item."""
    whole = thing_iri(seen.item) if seen.item else part_iri(observation_iri(seen), "item")
    if seen.text:
        return part_iri(whole, f"char=0,{len(seen.text)}")
    return whole if seen.item else ""


def _text(context: str, seen: Observation) -> Iterator[Quad]:
    """Yield the text as a NIF context; offsets count characters as RFC 5147 does."""
    if seen.text:
        yield from describe(
            context,
            [
                (A, NIF + "Context"),
                (A, NIF + "RFC5147String"),
                (NIF + "isString", string(seen.text)),
                (NIF + "beginIndex", _count(0)),
                (NIF + "endIndex", _count(len(seen.text))),
            ],
        )


def _emotions(
    graph: "EmotionGraph", seen: Observation, index: int, episode: Episode, categories: str
) -> tuple[list[Quad], list[tuple[str, str]]]:
    """Return the emotions of an episode, one per reading, and what they lose."""
    set_ = observation_iri(seen)
    node = part_iri(set_, f"episode-{index + 1}")
    lost: list[tuple[str, str]] = []
    quads: list[Quad] = []
    readings: list[ConceptReading | None] = [*episode.concepts] or [None]
    for place, reading in enumerate(readings, start=1):
        iri = node if len(readings) == 1 else part_iri(node, f"reading-{place}")
        pairs = [(A, ONYX + "Emotion"), *_measures(episode)]
        if reading is not None:
            category, loss = _category(graph, reading, categories)
            lost += [("concepts", loss)] if loss else []
            pairs += [(ONYX + "hasEmotionCategory", category)] if category else []
            if reading.score is not None:
                pairs.append((ONYX + "algorithmConfidence", _float(reading.score)))
        quads += describe(iri, pairs)
        quads += describe(set_, [(ONYX + "hasEmotion", iri)])
    if len(readings) > 1:
        text = f"that {len(readings)} readings are of one episode is not written."
        lost.append(("concepts", text))
    return quads, lost


def _measures(episode: Episode) -> list[tuple[str, Object]]:
    pairs: list[tuple[str, Object]] = []
    if episode.intensity is not None:
        pairs.append((ONYX + "hasEmotionIntensity", _float(episode.intensity)))
    if episode.vad is not None:
        for item, coordinate in PAD.items():
            value = round((getattr(episode.vad, coordinate) + 1) / 2, 6)
            pairs.append((f"{EMOML}pad-dimensions_{item}", _float(value)))
    return pairs


def _category(graph: "EmotionGraph", reading: ConceptReading, categories: str) -> tuple[str, str]:
    """Return the category's IRI, empty if there is none, and what is lost."""
    if categories == OWN:
        return graph.concept(reading.concept).iri, ""
    conversion = convert_reading(graph, reading, categories)
    if not conversion.item:
        return "", conversion.loss
    if categories == "big6":
        return f"{EMOML}big6_{conversion.item}", conversion.loss
    return label_iri(scheme_of(graph, categories).name, conversion.item), conversion.loss


def _rest(episode: Episode) -> Iterator[tuple[str, str]]:
    """Yield the fields that Onyx has no term for."""
    for name in (
        "ratings",
        "actions",
        "modalities",
        "cues",
        "experiencer",
        "stimulus",
        "target",
        "cause",
        "offset_ms",
        "duration_ms",
        "start",
        "end",
    ):
        if getattr(episode, name) not in (None, ()):
            yield name, "Onyx has no term for it; to_rdf writes it under the same IRIs."
    for reading in episode.concepts:
        if reading.scheme:
            yield (
                "concepts",
                f"that the label was {reading.label!r} of {reading.scheme} is not written.",
            )
