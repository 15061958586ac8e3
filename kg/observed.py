"""Observations as JSON data, and against a graph: what they name must exist and go together."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from affectgraph.kg.model import Vad
from affectgraph.kg.observation import (
    ActionReading,
    Cause,
    ConceptReading,
    CueReading,
    Episode,
    Observation,
    Rating,
    Referent,
    Span,
)
from affectgraph.ontology.errors import InputError, UnknownTermError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

_PARTS: dict[str, type] = {
    "actions": ActionReading,
    "cause": Cause,
    "concepts": ConceptReading,
    "cues": CueReading,
    "episodes": Episode,
    "experiencer": Referent,
    "ratings": Rating,
    "span": Span,
    "stimulus": Referent,
    "target": Referent,
    "vad": Vad,
}
"""Field -> class of its value or, for lists, of its members."""
_LISTS = {"actions", "concepts", "cues", "episodes", "modalities", "ratings"}
_TIMES = {(Episode, "end"), (Episode, "start"), (Observation, "created")}


def to_dict(observation: Observation) -> dict[str, Any]:
    """Return an observation as JSON data; what is not known is left out.

    >>> from affectgraph.kg.observation import Episode, Observation
    >>> to_dict(Observation((Episode(intensity=0.5, vad=Vad(1, 0, 0)),), item="a"))["item"]
    'a'
    """
    found: dict[str, Any] = _data(observation)
    found.setdefault("episodes", [])
    return found


def _data(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {
            name: _data(part) for name, part in pairs if part is not None and part not in ("", ())
        }
    if isinstance(value, tuple):
        return [_data(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value


def from_dict(data: Mapping[str, Any]) -> Observation:
    """Return the observation that JSON data says.

    :raises InputError: if a field is unknown, missing, of the wrong kind or out of range; the message
        names its place.
    """
    found = _read(Observation, data, "observation")
    assert isinstance(found, Observation)  # noqa: S101 - for the type checker
    return found


def _read(class_: type, data: object, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise InputError(f"{place}: Expected an object, got {type(data).__name__}.")
    known = [f.name for f in fields(class_)]
    unknown = [name for name in data if name not in known]
    if unknown:
        raise InputError(f"{place}: Expected fields of {', '.join(known)}; got {unknown}.")
    values = {name: _value(class_, name, part, f"{place}.{name}") for name, part in data.items()}
    try:
        return class_(**values)
    except (InputError, TypeError) as error:
        text = str(error).replace(f"{class_.__name__}.__init__() ", "Expected more: ")
        raise InputError(f"{place}: {text}") from error


def _value(class_: type, name: str, part: object, place: str) -> object:
    if name in _LISTS:
        if not isinstance(part, list | tuple):
            raise InputError(f"{place}: Expected a list, got {type(part).__name__}.")
        if name == "modalities":
            return tuple(_text(x, f"{place}[{n}]") for n, x in enumerate(part))
        return tuple(_read(_PARTS[name], x, f"{place}[{n}]") for n, x in enumerate(part))
    if part is None:
        return None
    if (class_, name) in _TIMES:
        return _time(part, place)
    return _read(_PARTS[name], part, place) if name in _PARTS else part


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{place}: Expected text, got {value!r}.")
    return value


def _time(value: object, place: str) -> datetime:
    text = _text(value, place)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{place}: Expected a time such as 2026-11-25T10:00:00+00:00, got {text!r}."
        ) from error


def resolve(graph: "EmotionGraph", observation: Observation) -> Observation:
    """Return an observation with every name as the graph writes it: slugs, FACS codes, schemes.

    :raises UnknownTermError: if it names what the graph does not hold; nearest names are said.
    :raises InputError: if what it says cannot all hold: feelings of two primaries in one episode, a
        quote that is not in the text, an action its detector cannot report.
    """
    episodes = []
    for number, episode in enumerate(observation.episodes):
        try:
            episodes.append(_resolve_episode(graph, episode, observation.text))
        except InputError as error:
            raise InputError(f"episodes[{number}]: {error}") from error
    return replace(observation, episodes=tuple(episodes))


def _resolve_episode(graph: "EmotionGraph", episode: Episode, text: str) -> Episode:
    around = graph.around
    for name in episode.modalities:
        around.modality(name)
    for cue in episode.cues:
        around.cue_type(cue.type)
    if episode.cause is not None and episode.cause.type:
        around.cause_type(episode.cause.type)
    for rating in episode.ratings:
        around.vocabulary(rating.vocabulary).item(rating.item)
    for span in _spans(episode):
        _check_span(span, text)
    return replace(
        episode,
        concepts=_resolve_concepts(graph, episode.concepts),
        actions=_resolve_actions(graph, episode),
        detector=graph.detector(episode.detector).name if episode.detector else "",
    )


def _resolve_concepts(
    graph: "EmotionGraph", readings: Iterable[ConceptReading]
) -> tuple[ConceptReading, ...]:
    found = [(graph.concept(reading.concept), reading) for reading in readings]
    kinds = {concept.primary or "a state outside the tree" for concept, _ in found}
    if len(kinds) > 1:
        names = ", ".join(concept.slug for concept, _ in found)
        raise InputError(
            f"Expected concepts of one primary in an episode, got {names} "
            f"({', '.join(sorted(kinds))}). Make an episode of each: one observation may have several."
        )
    return tuple(
        replace(
            reading,
            concept=concept.slug,
            scheme=_resolve_label(graph, reading) if reading.scheme else "",
        )
        for concept, reading in found
    )


def _resolve_label(graph: "EmotionGraph", reading: ConceptReading) -> str:
    scheme = graph.scheme(reading.scheme)
    if reading.label not in {label.name for label in scheme.labels}:
        names = tuple(label.name for label in scheme.labels)
        raise UnknownTermError(reading.label, kind=f"a label of {scheme.name}", nearest=names)
    return scheme.name


def _resolve_actions(graph: "EmotionGraph", episode: Episode) -> tuple[ActionReading, ...]:
    actions = tuple(
        replace(action, code=graph.action_unit(action.code).code) for action in episode.actions
    )
    if episode.detector:
        tool = graph.detector(episode.detector)
        unseen = [action.code for action in actions if action.code not in tool.codes]
        if unseen:
            raise InputError(
                f"Expected actions that {tool.name} can report, got {', '.join(unseen)}. "
                "Leave the detector out, or name the one that reported them."
            )
    return actions


def _spans(episode: Episode) -> list[Span]:
    parts = (episode.experiencer, episode.stimulus, episode.target, episode.cause)
    return [part.span for part in parts if part is not None and part.span is not None]


def _check_span(span: Span, text: str) -> None:
    if span.start is not None and text and text[span.start : span.end] != span.quote:
        raise InputError(
            f"Expected {span.quote!r} at {span.start}..{span.end} of the text, got "
            f"{text[span.start : span.end]!r}. Offsets count code points from 0."
        )
