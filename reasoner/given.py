"""Takes an observation as it is given: as such, or as a record with text, labels, AUs and VAD."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Detector
from affectgraph.kg.observation import ActionReading, ConceptReading, Episode, Observation
from affectgraph.kg.observed import from_dict, resolve
from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.observing import shown_actions, vad_point

LONGEST_TEXT = 4000
"""Most characters of an observed text that are read: the first three quarters and the last quarter."""

LABEL_MEANINGS = 3
"""Most concepts that an ambiguous label counts for."""

_EVIDENCE = ("text", "label", "labels", "aus", "vad")
_KEPT = ("item", "text", "agent", "created", "id")
_CUT = " [...] "


@dataclass(frozen=True, slots=True)
class Given:
    """An observation, ready to be held against the graph.

    :param observation: with every name as the graph writes it.
    :param text: what is read of its text; shorter than that if it is too long.
    :param readings: which facial actions are shown, and which could have been seen and are not; None if
        nothing is known of the face.
    :param notes: what was left out or cut.
    """

    observation: Observation
    text: str
    readings: Readings | None
    notes: tuple[str, ...]


def take(linker: LabelLinker, given: Observation | Mapping[str, Any]) -> Given:
    """Return an observation, resolved against the linker's graph.

    A record has ``episodes`` as :func:`affectgraph.kg.observed.from_dict` reads them, or any of ``text``,
    ``label`` (in ``scheme``), ``labels`` (texts, or objects with ``label``, ``scheme``, ``score`` in 0..1
    and ``modality``), ``aus`` (detector columns or :class:`Readings`) and ``vad``. A label that names no
    emotion is left out and noted; one that may mean several counts for the best three.

    :raises InputError: if it is none of these, has nothing to go by, or a value is out of range.
    :raises UnknownTermError: if it names what the graph does not hold.
    """
    if isinstance(given, Observation):
        return _from_observation(linker.graph, given)
    if not isinstance(given, Mapping):
        raise InputError(
            f"Expected an Observation or a record with {', '.join(_EVIDENCE)}, got {type(given).__name__}."
        )
    if "episodes" in given:
        return _from_observation(linker.graph, from_dict(given))
    return _from_record(linker, given)


def _from_observation(graph: EmotionGraph, observation: Observation) -> Given:
    observation = resolve(graph, observation)
    if not observation.episodes and not observation.text.strip():
        raise InputError(
            "Expected an observation with a text or an episode, got neither. Give what was observed."
        )
    text, notes = _cut(observation.text)
    return Given(observation, text, _readings(graph, observation), notes)


def _readings(graph: EmotionGraph, observation: Observation) -> Readings | None:
    """Return the actions that episodes show; what their detectors can report besides is not shown."""
    actions = [action for episode in observation.episodes for action in episode.actions]
    if not actions:
        return None
    shown = {action.code: _column(action) for action in actions}
    named = [graph.detector(e.detector) for e in observation.episodes if e.detector]
    seen = sorted(frozenset(shown).union(*(tool.codes for tool in named)))
    tool = named[0] if named else Detector("", "the observation", "", frozenset(seen))
    values = {code: (shown.get(code, (code, 0.0)),) for code in seen}
    return Readings(values, {code: code in shown for code in seen}, tool, ())


def _column(action: ActionReading) -> tuple[str, float]:
    """Return an action as detectors write it: its intensity, or 1 for presence."""
    if action.intensity is None:
        return action.code, 1.0
    return f"{action.code}_r", float(action.intensity)


def _from_record(linker: LabelLinker, record: Mapping[str, Any]) -> Given:
    if all(record.get(name) is None for name in _EVIDENCE):
        got = ", ".join(map(str, record)) or "nothing"
        raise InputError(f"Expected one of the fields {', '.join(_EVIDENCE)}, got {got}.")
    known = {name: record[name] for name in _KEPT if record.get(name) is not None}
    known.setdefault("item", str(known.pop("id", "")))
    base = from_dict({**known, "episodes": []})
    text, notes = _cut(base.text)
    aus = record.get("aus")
    readings = aus if aus is None or isinstance(aus, Readings) else _read(linker.graph, aus)
    episodes = list(_measured(record, readings))
    notes += _ignored(record, readings)
    for label in _labels(record):
        found, note = _labelled(linker, label)
        episodes += found
        notes += note
    return Given(replace(base, episodes=tuple(episodes)), text, readings, notes)


def _read(graph: EmotionGraph, columns: object) -> Readings:
    if not isinstance(columns, Mapping):
        raise InputError(f"Expected detector columns in 'aus', got {columns!r}.")
    return read_readings(graph, columns)


def _measured(record: Mapping[str, Any], readings: Readings | None) -> Iterator[Episode]:
    """Yield the episode of shown actions and VAD point, if there are any."""
    actions = shown_actions(readings) if readings is not None else ()
    point = vad_point(record.get("vad"))
    if actions or point is not None:
        yield Episode(
            vad=point,
            actions=actions,
            detector=readings.detector.name if readings is not None and actions else "",
            modalities=("face",) if actions else (),
        )


def _ignored(record: Mapping[str, Any], readings: Readings | None) -> tuple[str, ...]:
    notes = []
    if readings is not None and readings.ignored:
        columns = ", ".join(readings.ignored)
        notes.append(f"Columns that are no facial actions were left out: {columns}.")
    unknown = [str(name) for name in record if name not in (*_EVIDENCE, *_KEPT, "scheme")]
    if unknown:
        notes.append(f"Fields that say nothing here were left out: {', '.join(unknown)}.")
    return tuple(notes)


def _labels(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    scheme = record.get("scheme")
    if record.get("label") is not None:
        yield {"label": record["label"], "scheme": scheme}
    listed = record.get("labels")
    if listed is None:
        return
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise InputError(f"Expected a list in 'labels', got {listed!r}.")
    for place, label in enumerate(listed):
        if isinstance(label, Mapping):
            unknown = label.keys() - {"label", "scheme", "score", "modality"}
            if unknown or label.get("label") is None:
                raise InputError(
                    f"labels[{place}]: Expected label, scheme, score, modality; got {dict(label)!r}."
                )
            yield {"scheme": scheme, **label}
        else:
            yield {"label": label, "scheme": scheme}


def _labelled(
    linker: LabelLinker, given: Mapping[str, Any]
) -> tuple[list[Episode], tuple[str, ...]]:
    """Return an episode per concept that a label may mean, and what there is to say about it."""
    label, scheme, modality = given["label"], given.get("scheme"), given.get("modality")
    if not isinstance(label, str):
        raise InputError(f"Expected a label as text, got {label!r}. Give its name, not its number.")
    if modality is not None and not isinstance(modality, str):
        raise InputError(
            f"Expected the modality of the label {label!r} as text, such as 'voice', got {modality!r}."
        )
    if modality is not None:
        modality = linker.graph.around.modality(modality).name
    grounding = linker.ground(label, scheme=scheme)
    if grounding.status == "nil":
        return [], (f"The label {label!r} is left out: {grounding.message}",)
    score = given.get("score")
    ConceptReading("neutral", score)  # refuses a score out of range
    several = grounding.status == "ambiguous" or grounding.is_divided
    candidates = grounding.candidates[: LABEL_MEANINGS if several else 1]
    total = sum(candidate.score for candidate in candidates)
    # The scheme stands in a reading only where the label is written as the scheme writes it.
    names = {x.name for x in linker.graph.labels(scheme)} if scheme is not None else set()
    channels = (modality,) if modality is not None else ()
    episodes = []
    for candidate in candidates:
        share = round((1.0 if score is None else score) * candidate.score / total, 4)
        slug = candidate.concept.slug
        reading = ConceptReading(slug, share, label, scheme if scheme and label in names else "")
        episodes.append(Episode((reading,), modalities=channels))
    return episodes, (f"The label {label!r} may mean several concepts.",) if several else ()


def _cut(text: str) -> tuple[str, tuple[str, ...]]:
    if len(text) <= LONGEST_TEXT:
        return text, ()
    head = LONGEST_TEXT * 3 // 4
    tail = LONGEST_TEXT - head - len(_CUT)
    note = f"Of a text of {len(text):,} characters, the first {head:,} and the last {tail:,} were read."
    return text[:head] + _CUT + text[-tail:], (note,)
