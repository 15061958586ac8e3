"""Reads a rationale once: its sentences with facial actions, emotion words and what ties them."""

import re
from dataclasses import dataclass, replace

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_phrases import PhraseBook
from affectgraph.linkers.lexicon import Entry, Lexicon
from affectgraph.linkers.mentions import Mention, find_mentions, names_feeling
from affectgraph.reasoner.conclusion import find_conclusion
from affectgraph.reasoner.face_mentions import FaceMention, Naming, find_faces
from affectgraph.reasoner.inferences import Inference, find_inferences
from affectgraph.reasoner.spans import clear_of, overlaps, within
from affectgraph.reasoner.statements import Statement, find_statements
from affectgraph.reasoner.text import Sentence, is_denied, sentences

_ASCRIBES = re.compile(
    r"(?:\b(?:feel|feels|felt|feeling|sounds?|sounded|looks?|looked|seems?|seemed|appears?|appeared)\s+"
    r"|\b(?:he|she|they|we|i|you|who|person|man|woman|girl|boy|child|speaker|writer|author|user|customer"
    r"|subject|patient|student|player|host|guest)\s+(?:am|is|are|was|were)\s+)"
    r"(?:so\s+|very\s+|quite\s+|rather\s+|a\s+bit\s+|to\s+be\s+|\w+ly\s+)?$",
    re.IGNORECASE,
)
"""A state said of a person, in front of a word whose common meaning is another: "feels content"."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What one sentence holds; mentions in order, each list without overlaps."""

    sentence: Sentence
    faces: tuple[FaceMention, ...]
    namings: tuple[Naming, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    inferences: tuple[Inference, ...]

    def free_mentions(self) -> list[Mention]:
        """Return the emotion words that serve no statement about emotions themselves."""
        return [
            m for m in self.mentions if not any(s.start <= m.start < s.end for s in self.statements)
        ]

    def inferred(self) -> frozenset[int]:
        """Return the starts of the emotion words that facial actions are said to express."""
        return frozenset(inference.mention.start for inference in self.inferences)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rationale as read.

    :param conclusion: sentence and mention that state the conclusion, None if there is none.
    """

    text: str
    sentences: tuple[SentenceReading, ...]
    conclusion: tuple[Sentence, Mention] | None


class Reader:
    """Reads rationales with the words of a graph. Threads may share one.

    :param graph: where emotion words and names of facial actions come from.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        self._graph = graph
        self._lexicon = lexicon
        self._book = PhraseBook(graph)

    def read(self, text: str, *, extra: Mention | None = None, label: str = "") -> Reading:
        """Return what a rationale holds.

        :param label: the record's label, if its word is to be known beyond the lexicon, with ``extra``
            a mention that carries its concept.
        """
        readings: list[SentenceReading] = []
        earlier: list[FaceMention] = []
        for sentence in sentences(text):
            reading = self._sentence(text, sentence, earlier, extra, label)
            readings.append(reading)
            if reading.faces:
                earlier = [
                    f
                    for f in reading.faces
                    if f.is_present and not is_denied(text, sentence, f.start, f.end)
                ]
        spans = [(r.sentence, r.free_mentions(), r.inferred()) for r in readings]
        return Reading(text, tuple(readings), find_conclusion(text, spans))

    def _sentence(
        self,
        text: str,
        sentence: Sentence,
        earlier: list[FaceMention],
        extra: Mention | None,
        label: str,
    ) -> SentenceReading:
        found = find_faces(text, sentence, self._graph, self._book)
        mentions = self._mentions(text, sentence, found.mentions, extra, label)
        statements = find_statements(text, sentence, mentions)
        paired = {m.start for s in statements if len(s.mentions) > 1 for m in s.mentions}
        free = [m for m in mentions if m.start not in paired]
        inferences = find_inferences(text, sentence, found.mentions, free, earlier)
        return SentenceReading(
            sentence, found.mentions, found.namings, mentions, tuple(statements), tuple(inferences)
        )

    def _mentions(
        self,
        text: str,
        sentence: Sentence,
        faces: tuple[FaceMention, ...],
        extra: Mention | None,
        label: str,
    ) -> tuple[Mention, ...]:
        found = [
            _shifted(m, sentence.start)
            for m in find_mentions(sentence.text, self._lexicon, weak=True, keep=_is_read)
            if not _is_dimension(sentence.text, m)
            and (not m.is_weak or self._is_ascribed(sentence, m, faces))
        ]
        found = clear_of(found, faces)
        if extra is not None:
            found += _label_mentions(text, sentence, label, extra, found)
        return tuple(sorted(found, key=lambda m: m.start))

    def _is_ascribed(
        self, sentence: Sentence, mention: Mention, faces: tuple[FaceMention, ...]
    ) -> bool:
        """Return whether a word with another common meaning is said of a person: "feels content".

        Not of a facial action: "AU12 is active".
        """
        ascribes = _ASCRIBES.search(sentence.text[max(0, mention.start - 40) : mention.start])
        start = sentence.start + mention.start
        return bool(ascribes) and not within(faces, start - 60, start)


def _is_read(entry: Entry) -> bool:
    """Return whether a reading of a word counts: it names a feeling, and if weak, as an adjective.

    Only an adjective can be said of a person behind "feels" and "looks": "content", but not "like".
    """
    return names_feeling(entry) and (not entry.is_weak or "adjective" in entry.parts_of_speech)


def _is_dimension(text: str, mention: Mention) -> bool:
    """Return whether a word names a dimension, as "arousal" does unless it is sexual."""
    before = text[max(0, mention.start - 12) : mention.start].casefold()
    return mention.quote.casefold() in {"arousal", "dominance"} and "sexual" not in before


def _shifted(mention: Mention, offset: int) -> Mention:
    return replace(mention, start=mention.start + offset, end=mention.end + offset)


def _label_mentions(
    text: str, sentence: Sentence, label: str, extra: Mention, found: list[Mention]
) -> list[Mention]:
    pattern = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
    spans = [(m.start(), m.end()) for m in pattern.finditer(text, sentence.start, sentence.end)]
    return [
        Mention(start, end, text[start:end], extra.concepts, extra.role)
        for start, end in spans
        if not overlaps(start, end, found)
    ]
