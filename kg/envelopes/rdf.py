"""Writes observations as RDF in the project's own terms; nothing of an observation is lost.

``ontology/shapes/observation.ttl`` says what such a record looks like, and the description-logic layer
what can be true of it at once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from affectgraph.kg.envelopes.model import Envelope
from affectgraph.kg.envelopes.names import is_iri, observation_iri, part_iri, thing_iri
from affectgraph.kg.observation import Episode, Observation, Referent, Span
from affectgraph.kg.observed import resolve
from affectgraph.ontology.build import dump
from affectgraph.ontology.dl import action_class
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import (
    AG,
    AU,
    CAUSE_TYPE,
    CUE_TYPE,
    DCT,
    MODALITY,
    PREFIXES,
    PROV,
    XSD,
)
from affectgraph.ontology.layers.around import item_iri
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.triples import A, Object, decimal, describe, integer, string

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

FORMATS = {
    "turtle": (RdfFormat.TURTLE, "text/turtle"),
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "ntriples": (RdfFormat.N_TRIPLES, "application/n-triples"),
}
"""Name of a format -> format and media type."""

ONYX = "http://www.gsi.upm.es/ontologies/onyx/ns#"
"""Namespace of Onyx that its authors' tools write today (senpy, segb); version 1.6 declared another."""
EMOML = "http://www.gsi.upm.es/ontologies/onyx/vocabularies/emotionml/ns#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
"""Namespace of the Internationalization Tag Set 2.0 in RDF."""

KNOWN = {**PREFIXES, "emoml": EMOML, "itsrdf": ITSRDF, "nif": NIF, "onyx": ONYX}
"""Prefix -> namespace; a document declares those it uses."""

_PLACES = 6


def to_rdf(
    graph: "EmotionGraph",
    observations: Iterable[Observation],
    *,
    format: str = "turtle",  # noqa: A002
) -> Envelope:
    """Return observations as RDF in the project's own terms, without loss.

    :param format: ``turtle``, ``jsonld`` or ``ntriples``.
    :raises UnknownTermError: if an observation names what the graph does not hold.
    :raises InputError: if an observation contradicts itself, or there is no such format.
    """
    quads = [quad for seen in observations for quad in observation_quads(graph, seen)]
    return serialised(quads, format)


def serialised(quads: Iterable[Quad], format_: str) -> Envelope:
    """Return quads of the default graph in a format, sorted, each once.

    :raises InputError: if there is no such format.
    """
    if format_ not in FORMATS:
        raise InputError(f"Expected a format of {', '.join(FORMATS)}, got {format_!r}.")
    rdf, media_type = FORMATS[format_]
    triples = [quad.triple for quad in sorted(set(quads), key=str)]
    text = " ".join(map(str, triples))
    used = {prefix: space for prefix, space in KNOWN.items() if f"<{space}" in text}
    return Envelope(dump(triples, rdf, prefixes=used).decode("utf-8"), media_type, ())


def moment(value: datetime) -> Literal:
    """Return a time as ``xsd:dateTime``, UTC with its Z."""
    text = value.isoformat().replace("+00:00", "Z")
    return Literal(text, datatype=NamedNode(XSD + "dateTime"))


def number(value: float) -> Literal:
    """Return a number as ``xsd:decimal`` to six places."""
    return decimal(float(value), _PLACES)


def named(name: str) -> Iterator[Quad]:
    """Yield what says the name of a thing whose IRI had to be made from it."""
    if name and not is_iri(name):
        yield from describe(thing_iri(name), [(DCT + "identifier", string(name))])


def observation_quads(graph: "EmotionGraph", observation: Observation) -> Iterator[Quad]:
    """Yield the triples of an observation.

    :raises UnknownTermError: if it names what the graph does not hold.
    :raises InputError: if it contradicts itself.
    """
    seen = resolve(graph, observation)
    iri = observation_iri(seen)
    pairs: list[tuple[str, Object]] = [(A, AG + "Observation")]
    if seen.item:
        pairs.append((AG + "observedItem", thing_iri(seen.item)))
    if seen.text:
        pairs.append((AG + "observedText", string(seen.text)))
    if seen.agent:
        pairs.append((PROV + "wasAttributedTo", thing_iri(seen.agent)))
    if seen.created is not None:
        pairs.append((PROV + "generatedAtTime", moment(seen.created)))
    if seen.id and not is_iri(seen.id):
        pairs.append((DCT + "identifier", string(seen.id)))
    yield from describe(iri, pairs)
    for name in (seen.item, seen.agent):
        yield from named(name)
    for place, episode in enumerate(seen.episodes, start=1):
        yield from _episode(graph, iri, part_iri(iri, f"episode-{place}"), episode)


def _episode(graph: "EmotionGraph", whole: str, iri: str, episode: Episode) -> Iterator[Quad]:
    concepts = [graph.concept(reading.concept) for reading in episode.concepts]
    is_state = bool(concepts) and not concepts[0].is_emotion
    kind = "AffectiveState" if is_state else "EmotionEpisode"
    yield from describe(whole, [(AG + ("hasState" if is_state else "hasEpisode"), iri)])
    yield from describe(iri, [(A, AG + kind), *((A, concept.class_iri) for concept in concepts)])
    yield from describe(iri, _measures(episode))
    yield from describe(iri, _channels(episode))
    yield from _readings(graph, iri, episode)
    yield from _referents(iri, episode)
    yield from _cause(iri, episode)
    for place, cue in enumerate(episode.cues, start=1):
        node = part_iri(iri, f"cue-{place}")
        said: list[tuple[str, Object]] = [(AG + "quote", string(cue.quote))] if cue.quote else []
        yield from describe(iri, [(AG + "hasCue", node)])
        yield from describe(
            node, [(A, AG + "CueReading"), (AG + "cueKind", CUE_TYPE + cue.type), *said]
        )
    for place, rating in enumerate(episode.ratings, start=1):
        node = part_iri(iri, f"rating-{place}")
        yield from describe(iri, [(AG + "hasRating", node)])
        pairs: list[tuple[str, Object]] = [
            (A, AG + "DimensionRating"),
            (AG + "ratedDimension", item_iri(rating.vocabulary, rating.item)),
            (AG + "degree", number(rating.degree)),
        ]
        if rating.confidence is not None:
            pairs.append((AG + "confidence", number(rating.confidence)))
        yield from describe(node, pairs)
    if episode.actions:
        yield from describe(iri, [(AG + "shownBy", part_iri(iri, "display"))])
        yield from _display(graph, whole, part_iri(iri, "display"), episode)


def _measures(episode: Episode) -> Iterator[tuple[str, Object]]:
    if episode.intensity is not None:
        yield AG + "episodeIntensity", number(episode.intensity)
    if episode.vad is not None:
        yield AG + "episodeValence", number(episode.vad.valence)
        yield AG + "episodeArousal", number(episode.vad.arousal)
        yield AG + "episodeDominance", number(episode.vad.dominance)
    for name, count in (("offsetMs", episode.offset_ms), ("durationMs", episode.duration_ms)):
        if count is not None:
            yield AG + name, integer(count)
    for name, time in (("startedAt", episode.start), ("endedAt", episode.end)):
        if time is not None:
            yield AG + name, moment(time)


def _channels(episode: Episode) -> Iterator[tuple[str, Object]]:
    for name in episode.modalities:
        yield AG + "expressedThrough", MODALITY + name


def _readings(graph: "EmotionGraph", iri: str, episode: Episode) -> Iterator[Quad]:
    """Yield the concepts; the score and label of each stand on a node of its own."""
    for place, reading in enumerate(episode.concepts, start=1):
        node = part_iri(iri, f"reading-{place}")
        concept = graph.concept(reading.concept).iri
        yield from describe(iri, [(AG + "instantiates", concept), (AG + "hasReading", node)])
        pairs: list[tuple[str, Object]] = [
            (A, AG + "ConceptReading"),
            (AG + "readAs", concept),
            (AG + "readingRank", integer(place)),
        ]
        if reading.score is not None:
            pairs.append((AG + "confidence", number(reading.score)))
        if reading.label:
            pairs.append((AG + "labelText", string(reading.label)))
        if reading.scheme:
            pairs.append((AG + "labelledAs", label_iri(reading.scheme, reading.label)))
        yield from describe(node, pairs)


def _referents(iri: str, episode: Episode) -> Iterator[Quad]:
    roles = (
        ("experiencedBy", "experiencer", episode.experiencer),
        ("stimulus", "stimulus", episode.stimulus),
        ("target", "target", episode.target),
    )
    for relation, name, referent in roles:
        if referent is None:
            continue
        node = thing_iri(referent.id) if referent.id else part_iri(iri, name)
        yield from describe(iri, [(AG + relation, node)])
        if relation == "experiencedBy":
            yield from describe(node, [(A, AG + "Agent")])
        yield from named(referent.id)
        yield from _quote(part_iri(iri, f"{name}-words"), node, referent)


def _quote(words: str, node: str, referent: Referent) -> Iterator[Quad]:
    """Yield the words for a referent: on its node if that is the episode's own, else beside it."""
    if referent.span is None:
        return
    if not referent.id:
        yield from describe(node, _span(referent.span))
        return
    yield from describe(words, [(A, AG + "Words"), (AG + "mentions", node), *_span(referent.span)])


def _span(span: Span) -> Iterator[tuple[str, Object]]:
    yield AG + "quote", string(span.quote)
    if span.start is not None and span.end is not None:
        yield AG + "spanStart", integer(span.start)
        yield AG + "spanEnd", integer(span.end)


def _cause(iri: str, episode: Episode) -> Iterator[Quad]:
    cause = episode.cause
    if cause is None:
        return
    node = part_iri(iri, "cause")
    pairs: list[tuple[str, Object]] = [(A, AG + "EmotionCause")]
    if cause.type:
        pairs.append((AG + "causeType", CAUSE_TYPE + cause.type))
    if cause.span is not None:
        pairs += _span(cause.span)
    yield from describe(iri, [(AG + "hasCause", node)])
    yield from describe(node, pairs)


def _display(graph: "EmotionGraph", whole: str, iri: str, episode: Episode) -> Iterator[Quad]:
    yield from describe(whole, [(AG + "hasDisplay", iri)])
    yield from describe(iri, [(A, AG + "FacialDisplay")])
    if episode.detector:
        yield from describe(iri, [(AG + "reportedBy", graph.detector(episode.detector).iri)])
    for action in episode.actions:
        node = part_iri(iri, action.code)
        pairs: list[tuple[str, Object]] = [
            (A, AG + "FacialAction"),
            (A, action_class(action.code)),
            (AG + "actionUnit", AU + action.code),
        ]
        if action.intensity is not None:
            pairs.append((AG + "actionIntensity", number(action.intensity)))
        yield from describe(iri, [(AG + "showsAction", node)])
        yield from describe(node, pairs)
