"""Turns a prediction record into an observation: its label grounded, its readings taken as shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ActionReading, ConceptReading, Episode, Observation
from affectgraph.kg.observed import from_dict, resolve
from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.model import Grounding
from affectgraph.ontology.errors import InputError

PREDICTION = ("label", "scheme", "aus", "vad")
"""Fields of a prediction that become an episode."""
KEPT = ("item", "text", "agent", "created", "id")
"""Fields of a record that an observation has, too."""


def observe(
    linker: LabelLinker, record: Mapping[str, Any], *, scheme: str | None = None
) -> Observation:
    """Return the observation that a record makes.

    A record with ``episodes`` is an observation as JSON data already. Any other is a prediction: its
    ``label`` (in its ``scheme``) is grounded and becomes the concept with the grounding's score, ``aus``
    become the facial actions that count as shown (see :func:`read_readings`), ``vad`` the point;
    ``item`` (or else ``id``), ``text``, ``agent`` and ``created`` are kept. Other fields are left alone.

    :param scheme: the scheme of labels whose record names none.
    :raises InputError: if the label is ambiguous or names no emotion, or a value is out of range.
    :raises UnknownTermError: if there is no such scheme.
    """
    if "episodes" in record:
        return from_dict(record)
    known = {name: record[name] for name in KEPT if record.get(name) is not None}
    known.setdefault("item", str(known.pop("id", "")))
    base = from_dict({**known, "episodes": []})
    return replace(base, episodes=(_episode(linker, record, scheme),))


def observe_many(linker: LabelLinker, records: Iterable[Mapping[str, Any]]) -> list[Observation]:
    """Return the observation of each record, in order.

    :raises UnknownTermError: if a record names what the graph does not hold.
    :raises InputError: as :func:`observe` does; the message names the record's place.
    """
    found = []
    for place, record in enumerate(records):
        try:
            found.append(resolve(linker.graph, observe(linker, record)))
        except InputError as error:
            raise InputError(f"records[{place}]: {error}") from error
    return found


def _reading(graph: EmotionGraph, grounding: Grounding) -> ConceptReading:
    if grounding.concept is None:
        raise InputError(
            f"{grounding.message} An episode needs one concept; give the record as an observation "
            "with episodes instead."
        )
    slug, score, scheme = grounding.concept.slug, grounding.score, grounding.scheme
    if scheme is None:
        return ConceptReading(slug, score, grounding.text)
    iris = {evidence.iri for evidence in grounding.candidates[0].evidence}
    (name,) = (label.name for label in graph.labels(scheme) if label.iri in iris)
    return ConceptReading(slug, score, name, scheme)


def _episode(linker: LabelLinker, record: Mapping[str, Any], scheme: str | None) -> Episode:
    if all(record.get(name) is None for name in PREDICTION if name != "scheme"):
        raise InputError(
            f"Expected episodes, or one of the fields label, aus, vad; got {', '.join(record) or 'none'}."
        )
    concepts: tuple[ConceptReading, ...] = ()
    if record.get("label") is not None:
        own = record.get("scheme")
        if own is not None and not isinstance(own, str):
            raise InputError(f"Expected text in 'scheme', got {own!r}.")
        concepts = (_reading(linker.graph, linker.ground(record["label"], scheme=own or scheme)),)
    actions, detector = _actions(linker.graph, record.get("aus"))
    return Episode(
        concepts,
        vad=vad_point(record.get("vad")),
        actions=actions,
        detector=detector,
        modalities=("face",) if actions else (),
    )


def vad_point(point: object) -> Vad | None:
    """Return a VAD point given as three numbers in -1..1, None for none.

    :raises InputError: if it is anything else.
    """
    if point is None:
        return None
    if not isinstance(point, Sequence) or isinstance(point, str) or len(point) != 3:
        raise InputError(f"Expected three numbers in 'vad', got {point!r}.")
    return Vad(*point)


def _actions(graph: EmotionGraph, columns: object) -> tuple[tuple[ActionReading, ...], str]:
    """Return the actions that count as shown, and the name of the tool that reported them."""
    if columns is None:
        return (), ""
    if not isinstance(columns, Mapping):
        raise InputError(f"Expected detector columns in 'aus', got {columns!r}.")
    readings = read_readings(graph, columns)
    found = shown_actions(readings)
    return found, readings.detector.name if found else ""


def shown_actions(readings: Readings) -> tuple[ActionReading, ...]:
    """Return the actions that count as shown, with OpenFace's intensity where there is one above 0."""
    found = []
    for code, is_shown in readings.shown.items():
        pairs = readings.values.get(code, ())
        values = [value for column, value in pairs if column.lower().endswith("_r")]
        if is_shown:
            found.append(ActionReading(code, values[0] if values and values[0] > 0 else None))
    return tuple(found)
