"""Reads Onyx into observations, in both of the namespaces that it has had."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions, Store

from affectgraph.kg.compiled import query_text
from affectgraph.kg.envelopes.conversion import scheme_of
from affectgraph.kg.envelopes.model import Opened
from affectgraph.kg.envelopes.names import is_iri
from affectgraph.kg.envelopes.onyx import PAD
from affectgraph.kg.envelopes.rdf import EMOML, FORMATS
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.kg.observed import resolve
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import SCHEME
from affectgraph.ontology.layers.schemes import label_iri

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

Row = Mapping[str, str]

EMOML_1_6 = "http://www.gsi.dit.upm.es/ontologies/onyx/vocabularies/emotionml/ns#"
"""EmotionML's vocabularies next to version 1.6 of Onyx."""


def from_onyx(
    graph: "EmotionGraph",
    content: str | bytes,
    *,
    format: str = "turtle",  # noqa: A002
) -> Opened:
    """Return the observations of an Onyx document, one per ``onyx:EmotionSet``.

    Both namespaces of Onyx are read. Categories are known if they are concepts of the graph, labels of
    its schemes, or items of Onyx's ``big6``.

    :param format: ``turtle``, ``jsonld`` or ``ntriples``; JSON-LD with its context inside.
    :raises InputError: if it does not parse or a value is out of range.
    """
    store = _load(content, format)
    notes: list[str] = []
    emotions = defaultdict(list)
    for row in _rows(store, "onyx_emotions"):
        emotions[row["set"]].append(row)
    return Opened(
        tuple(
            _observation(graph, row, emotions[row["set"]], notes)
            for row in _rows(store, "onyx_sets")
        ),
        tuple(notes),
    )


def _observation(
    graph: "EmotionGraph", row: Row, emotions: Iterable[Row], notes: list[str]
) -> Observation:
    found = (_episode(graph, emotion, notes) for emotion in emotions)
    seen = Observation(
        tuple(episode for episode in found if episode is not None),
        item=row["item"] or row["source"],
        text=row["text"],
        agent=row["agentName"] or row["agent"],
        created=_time(row),
        id=row["set"] if is_iri(row["set"]) else "",
    )
    return resolve(graph, seen)


def _time(row: Row) -> datetime | None:
    try:
        return datetime.fromisoformat(row["created"]) if row["created"] else None
    except ValueError as error:
        raise InputError(f"{row['set']}: Expected a time with its zone: {error}.") from error


def _load(content: str | bytes, format_: str) -> Store:
    if format_ not in FORMATS:
        raise InputError(f"Expected a format of {', '.join(FORMATS)}, got {format_!r}.")
    store = Store()
    try:
        store.load(content, format=FORMATS[format_][0])
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"Expected an Onyx document in {format_}, got: {error}.") from error
    return store


def _rows(store: Store, name: str) -> Iterator[Row]:
    found = store.query(query_text(name))
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"Expected kg/queries/{name}.rq to be a SELECT query.")
    names = [variable.value for variable in found.variables]
    for solution in found:
        values = (getattr(term, "value", "") for term in solution)
        yield dict(zip(names, values, strict=True))


def _episode(graph: "EmotionGraph", row: Row, notes: list[str]) -> Episode | None:
    concepts: tuple[ConceptReading, ...] = ()
    score = _read(row, "confidence")
    if row["category"]:
        reading = _concept(graph, row["category"], score)
        if reading is None:
            notes.append(f"{row['emotion']}: category {row['category']} is not known; left out.")
        else:
            concepts = (reading,)
    point = [_read(row, item) for item in PAD]
    vad = None
    if all(value is not None for value in point):
        vad = Vad(*(round(2 * value - 1, 6) for value in point if value is not None))
    elif any(value is not None for value in point):
        notes.append(f"{row['emotion']}: a point of PAD lacks a coordinate; left out.")
    intensity = _read(row, "intensity")
    if not concepts and vad is None and intensity is None:
        notes.append(f"{row['emotion']}: nothing of it is known to the graph; left out.")
        return None
    return Episode(concepts, intensity, vad)


def _read(row: Row, name: str) -> float | None:
    if not row[name]:
        return None
    try:
        value = float(row[name])
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(
            f"{row['emotion']}: Expected {name} in 0..1, got {row[name]!r}. Rescale the document first."
        )
    return value


def _concept(graph: "EmotionGraph", category: str, score: float | None) -> ConceptReading | None:
    concept = graph.get_concept(category)
    if concept is not None:
        return ConceptReading(concept.slug, score)
    for space in (EMOML, EMOML_1_6):
        if category.startswith(space + "big6_"):
            scheme = scheme_of(graph, "big6").name
            category = label_iri(scheme, category.removeprefix(space + "big6_"))
    if not category.startswith(SCHEME):
        return None
    name = category.removeprefix(SCHEME).partition("/")[0]
    schemes = {scheme.name: scheme for scheme in graph.schemes()}
    for label in schemes[name].labels if name in schemes else ():
        if label.iri == category and label.anchors:
            return ConceptReading(label.anchors[0].concept, score, label.name, name)
    return None
