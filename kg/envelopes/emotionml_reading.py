"""Reads EmotionML 1.0 into observations. Documents with a DTD are refused, so no entity is expanded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from affectgraph.kg.around import Vocabulary
from affectgraph.kg.envelopes.emotionml import NAMESPACE, OWN, VAD_ITEMS
from affectgraph.kg.envelopes.model import Opened
from affectgraph.kg.envelopes.names import from_uri, read_char_uri
from affectgraph.kg.model import SchemeLabel, Vad
from affectgraph.kg.observation import (
    Cause,
    ConceptReading,
    Episode,
    Observation,
    Rating,
    Referent,
    Span,
)
from affectgraph.kg.observed import resolve
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import AG

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from affectgraph.kg.graph import EmotionGraph

_DIGITS = 18
"""Most digits of a number of milliseconds: thirty million years."""
_KINDS = {
    "category": "category-set",
    "dimension": "dimension-set",
    "appraisal": "appraisal-set",
    "action-tendency": "action-tendency-set",
}


def from_emotionml(graph: "EmotionGraph", content: str | bytes) -> Opened:
    """Return the observations of an EmotionML document, one per item observed and observer.

    Categories are read as the labels of the scheme behind their vocabulary, so they become the concepts
    that the graph anchors those labels to. An ``<emotion>`` with categories of several primaries becomes
    several episodes.

    :param content: the document; bytes may have any encoding that the XML declaration names.
    :raises MissingExtraError: if defusedxml is not installed.
    :raises InputError: if it is not well formed, has a DTD, is no EmotionML, or a value is out of range.
    """
    root = _parse(content)
    if root.tag not in {_tag("emotionml"), _tag("emotion")}:
        raise InputError(
            f"Expected an <emotionml> or <emotion> element of {NAMESPACE}, got {root.tag!r}."
        )
    reader = _Reader(graph, root)
    found = [root] if root.tag == _tag("emotion") else root.findall(_tag("emotion"))
    for place, element in enumerate(found, start=1):
        reader.emotion(place, element)
    return Opened(tuple(reader.observations()), tuple(reader.notes))


def _parse(content: str | bytes) -> "Element":
    try:
        from defusedxml import DefusedXmlException
        from defusedxml import ElementTree as SafeTree
    except ImportError as error:
        raise MissingExtraError("emotionml", feature="Reading EmotionML") from error
    try:
        root: Element = SafeTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, SyntaxError, ValueError, LookupError) as error:
        text = " ".join(str(error).split())
        raise InputError(
            f"Expected well-formed XML without a document type, got: {text}. "
            "Save the document as UTF-8 and without <!DOCTYPE>."
        ) from error
    return root


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@contextmanager
def _placed(place: str) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _number(element: "Element", name: str) -> float | None:
    text = element.get(name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"Expected a number in {name!r}, got {text!r}.") from None
    if not 0 <= value <= 1:
        raise InputError(f"Expected {name!r} in 0..1, got {text!r}.")
    return value


def _whole(element: "Element", name: str) -> int | None:
    text = element.get(name)
    if text is None:
        return None
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _DIGITS:
        raise InputError(f"Expected a whole number from 0 in {name!r}, got {text[:80]!r}.")
    return int(digits)


class _Reader:
    def __init__(self, graph: "EmotionGraph", root: "Element") -> None:
        self.graph = graph
        self.root = root
        self.notes: list[str] = []
        self.place = ""
        self.uris = {v.uri: v for v in graph.around.vocabularies.values()}
        self.groups: dict[tuple[str, ...], list[Episode]] = {}
        self.texts: dict[tuple[str, ...], str] = {}

    def note(self, text: str) -> None:
        self.notes.append(f"{self.place}: {text}")

    def observations(self) -> Iterator[Observation]:
        for key, episodes in self.groups.items():
            item, agent, created, name = key
            moment = datetime.fromisoformat(created) if created else None
            observation = Observation(tuple(episodes), item, self.texts[key], agent, moment, name)
            yield resolve(self.graph, observation)

    def emotion(self, place: int, element: "Element") -> None:
        self.place = f"emotion {place}"
        with _placed(self.place):
            item, fields = self.references(element)
            made = element.find(f"{_tag('info')}/{{{AG}}}Observation")
            known: Mapping[str, str] = made.attrib if made is not None else {}
            text = made.text or "" if made is not None else ""
            created = known.get("created", "")
            if created:
                self.check_time(created)
            key = (item, known.get("agent", ""), created, known.get("id", ""))
            self.add_spans(fields, text)
            fields |= self.ratings(element) | self.times(element)
            fields["modalities"] = self.modalities(element)
            episodes = list(self.episodes(element, fields))
            self.texts.setdefault(key, text)
            self.groups.setdefault(key, []).extend(episodes)

    def check_time(self, text: str) -> None:
        try:
            datetime.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"Expected a time in 'created': {error}.") from error

    # --- whom and what --------------------------------------------------------------------------

    def references(self, element: "Element") -> tuple[str, dict[str, Any]]:
        """Return the item observed, and the fields of an episode that references give."""
        fields: dict[str, Any] = {}
        item = from_uri(element.get("time-ref-uri", ""))
        roles = {
            "experiencedBy": "experiencer",
            "targetedAt": "target",
            "triggeredBy": "stimulus",
        }
        for reference in element.findall(_tag("reference")):
            uri, role = reference.get("uri", ""), reference.get("role", "expressedBy")
            name = roles.get(role, "item")
            span = read_char_uri(uri)
            if role == "expressedBy":
                item = item or from_uri(uri)
            elif span is not None and role == "triggeredBy":
                fields.setdefault("spans", []).append(span)
            elif name in fields or not uri or role not in roles:
                self.note(f"a reference {role!r} to {uri!r} is left out.")
            else:
                fields[name] = Referent(from_uri(uri))
        return item, fields

    def add_spans(self, fields: dict[str, Any], text: str) -> None:
        """Read the words that triggered the episode: the last are the cause, those before the stimulus."""
        spans = fields.pop("spans", [])
        for place, (_, start, end) in enumerate(spans):
            name = "cause" if place == len(spans) - 1 else "stimulus"
            if not (start < end <= len(text)):
                self.note(
                    f"a {name} at {start}..{end} is left out: its text is not in the document."
                )
            elif name in fields:
                self.note(f"a {name} at {start}..{end} is left out: there is one already.")
            else:
                span = Span(text[start:end], start, end)
                fields[name] = Cause("", span) if name == "cause" else Referent("", span)

    def times(self, element: "Element") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ("start", "end"):
            count = _whole(element, name)
            if count is not None:
                try:
                    found[name] = datetime.fromtimestamp(count / 1000, tz=UTC)
                except (OverflowError, ValueError, OSError) as error:
                    raise InputError(f"Expected {name!r} in milliseconds, got {count}.") from error
        if element.get("time-ref-anchor-point", "start") != "start":
            self.note("an offset from the end of the item is left out.")
        elif element.get("time-ref-uri") and element.get("offset-to-start", "0").startswith("-"):
            self.note("an offset before the start of the item is left out.")
        elif element.get("time-ref-uri"):
            found["offset_ms"] = _whole(element, "offset-to-start") or 0
        duration = _whole(element, "duration")
        return found | ({"duration_ms": duration} if duration else {})

    def modalities(self, element: "Element") -> tuple[str, ...]:
        known = {m.token: m.name for m in self.graph.around.modalities.values() if m.token}
        tokens = dict.fromkeys(element.get("expressed-through", "").split())
        for token in tokens:
            if token not in known:
                self.note(
                    f"expressed-through {token!r} is left out: the graph has no such modality."
                )
        return tuple(known[token] for token in tokens if token in known)

    # --- descriptors ------------------------------------------------------------------------------

    def vocabulary(self, element: "Element", kind: str) -> tuple[str, Vocabulary | None]:
        uri = element.get(_KINDS[kind]) or self.root.get(_KINDS[kind]) or ""
        found = self.uris.get(uri)
        return uri, found if found is not None and found.kind == kind else None

    def descriptors(self, element: "Element", kind: str) -> Iterator["Element"]:
        for child in element.findall(_tag(kind)):
            if child.find(_tag("trace")) is not None:
                self.note(f"the trace of {kind} {child.get('name')!r} is left out.")
            yield child

    def ratings(self, element: "Element") -> dict[str, Any]:
        """Return VAD, intensity and ratings from dimensions, appraisals and action tendencies."""
        found: list[Rating] = []
        fields: dict[str, Any] = {}
        for kind in ("dimension", "appraisal", "action-tendency"):
            uri, vocabulary = self.vocabulary(element, kind)
            for child in self.descriptors(element, kind):
                name, value = child.get("name", ""), _number(child, "value")
                if vocabulary is None or name not in {item.name for item in vocabulary.items}:
                    self.note(f"{kind} {name!r} of {uri or 'no set'} is left out: it is not known.")
                elif value is None:
                    self.note(f"{kind} {name!r} is left out: it has no value.")
                else:
                    rating = Rating(vocabulary.name, name, value, _number(child, "confidence"))
                    found.append(rating)
        intensity = [r for r in found if r.vocabulary == "intensity-dimension"]
        if intensity:
            fields["intensity"] = intensity[0].degree
        return fields | self.vad([r for r in found if r not in intensity])

    def vad(self, ratings: list[Rating]) -> dict[str, Any]:
        for set_, items in VAD_ITEMS.items():
            own = {r.item: r.degree for r in ratings if r.vocabulary == set_ and r.item in items}
            if set(own) == set(items):
                point = {items[item]: round(2 * degree - 1, 6) for item, degree in own.items()}
                rest = [r for r in ratings if r.vocabulary != set_ or r.item not in items]
                return {"vad": Vad(**point), "ratings": tuple(rest)}
        return {"ratings": tuple(ratings)}

    def episodes(self, element: "Element", fields: dict[str, Any]) -> Iterator[Episode]:
        """Yield one episode per primary that the categories fall under, the rest with the first."""
        branches: dict[str, list[ConceptReading]] = {}
        for reading, value in self.categories(element):
            branch = self.graph.concept(reading.concept).primary or ""
            branches.setdefault(branch, []).append(reading)
            if value is not None:
                fields["intensity"] = max(value, fields.get("intensity") or 0)
        if not branches and not {"vad", "intensity"} & set(fields) and not fields["ratings"]:
            self.note("nothing of it is known to the graph; it is left out.")
            return
        if len(branches) > 1:
            self.note(
                f"categories of {len(branches)} branches become as many episodes; what else is said "
                "stands with the first."
            )
        first, *others = list(branches.values()) or [[]]
        yield Episode(tuple(first), **fields)
        for readings in others:
            yield Episode(tuple(readings), modalities=fields["modalities"])

    def categories(self, element: "Element") -> Iterator[tuple[ConceptReading, float | None]]:
        uri, vocabulary = self.vocabulary(element, "category")
        seen: set[str] = set()
        for child in self.descriptors(element, "category"):
            name, score = child.get("name", ""), _number(child, "confidence")
            for reading in self.category(uri, vocabulary, name, score):
                if reading.concept in seen:
                    self.note(f"category {name!r} names {reading.concept!r} again; it is left out.")
                    continue
                seen.add(reading.concept)
                yield reading, _number(child, "value")

    def category(
        self, uri: str, vocabulary: Vocabulary | None, name: str, score: float | None
    ) -> Iterator[ConceptReading]:
        if uri == f"#{OWN}" and self.graph.get_concept(name.replace(".", "/")):
            yield ConceptReading(self.graph.concept(name.replace(".", "/")).slug, score)
            return
        scheme = vocabulary.scheme if vocabulary is not None else ""
        labels = {label.name: label for label in self.graph.labels(scheme)} if scheme else {}
        if name not in labels:
            self.note(f"category {name!r} of {uri or 'no set'} is left out: it is not known.")
            return
        yield from self.anchored(labels[name], score)

    def anchored(self, label: SchemeLabel, score: float | None) -> Iterator[ConceptReading]:
        if not label.anchors:
            self.note(f"category {label.name!r} is left out: the graph has no concept for it.")
        for anchor in label.anchors:
            if anchor.relation != "exact":
                self.note(
                    f"category {label.name!r} is read as {anchor.concept!r} ({anchor.relation})."
                )
            yield ConceptReading(anchor.concept, score, label.name, label.scheme)
