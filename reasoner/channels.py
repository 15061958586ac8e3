"""What each channel of an observation says of the emotion, kept apart and pooled.

Every channel gives a distribution over concepts. The pool is their weighted mean (the linear opinion pool of
Stone 1961, Annals of Mathematical Statistics 32): channels that disagree leave it divided, and none can rule
out what another shows. The numbers below are set by judgement and not fitted.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from affectgraph.kg.faces import grade_patterns
from affectgraph.kg.model import Concept, FacialEvidence, Vad
from affectgraph.kg.observation import ConceptReading, Episode
from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.annotation.summary import PRIMARIES, mention_weight
from affectgraph.linkers.face_columns import Readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.reasoner.citable import word_facts
from affectgraph.reasoner.constrain import CitableFact
from affectgraph.reasoner.given import Given

SHARPNESS = 8
"""Power of a face's score: patterns that fit half count next to nothing beside one that fits."""

VAD_REACH = 0.2
"""Standard deviation of the Gaussian over distances in VAD space."""

VAD_WEIGHT = 0.25
"""What VAD counts beside other channels: norms agree on valence alone, so it never picks a family."""

VAD_NEIGHBOURS = 40
"""Concepts near a point that count; the Gaussian leaves the next ones next to nothing."""

PRIOR = 0.06
"""Mass that the six primaries share whatever is shown, so that weak evidence stays uncertain."""

Item = TypeVar("Item")

Shares = tuple[tuple[str, float], ...]
"""Slugs with their shares, best first; ties by slug."""


@dataclass(frozen=True, slots=True)
class ChannelEvidence:
    """What one channel says.

    :param channel: ``face``, ``text``, ``vad``, ``label``, or a modality that a label was read from.
    :param basis: what it rests on: FACS codes, words of the text, labels, a point.
    :param shares: of concepts; they sum to 1 (up to rounding).
    :param strength: 0..1, how much the best of it speaks for anything.
    :param facts: what the words of text and labels stand for.
    """

    channel: str
    basis: tuple[str, ...]
    shares: Shares
    strength: float
    facts: tuple[CitableFact, ...] = ()

    @property
    def weight(self) -> float:
        """What it counts in the pool."""
        return self.strength * (VAD_WEIGHT if self.channel == "vad" else 1.0)


class ChannelReader:
    """Reads the channels of observations. Threads may share one."""

    def __init__(self, linker: LabelLinker) -> None:
        self._graph = linker.graph
        self._linker = linker
        self._annotator = Annotator(linker.graph)

    def read(self, given: Given) -> tuple[ChannelEvidence, ...]:
        """Return the channels that say something: face, text, VAD, then labels by modality."""
        found = (
            self._face(given.readings),
            self._text(given.text),
            self._vad(given.observation.episodes),
            *self._labels(given.observation.episodes),
        )
        return tuple(channel for channel in found if channel is not None)

    def _face(self, readings: Readings | None) -> ChannelEvidence | None:
        if readings is None:
            return None
        shown = [code for code, is_shown in readings.shown.items() if is_shown]
        if not shown:
            return None
        scores: dict[str, float] = {}
        tool = readings.detector if readings.detector.codes else None
        for evidence in grade_patterns(self._graph.index, shown, detector=tool):
            slug, score = evidence.concept.slug, evidence.score * _seen_share(evidence)
            scores[slug] = max(scores.get(slug, 0.0), score)
        if not scores:
            return None
        weights = {slug: score**SHARPNESS for slug, score in scores.items()}
        shares = _shares(self._best_of_branch(weights))
        return ChannelEvidence("face", tuple(shown), shares, max(scores.values()))

    def _text(self, text: str) -> ChannelEvidence | None:
        if not text.strip():
            return None
        weights: dict[str, float] = defaultdict(float)
        quotes: list[str] = []
        facts: list[CitableFact] = []
        strength = 0.0
        for mention in self._annotator.annotate(text).mentions:
            weight = mention_weight(mention)
            if weight <= 0:
                continue
            total = sum(candidate.score for candidate in mention.candidates)
            for candidate in mention.candidates:
                weights[candidate.concept.slug] += weight * candidate.score / total
            quotes.append(mention.quote)
            facts += word_facts(self._graph, mention.candidates)
            strength = max(strength, min(1.0, weight) * mention.candidates[0].score)
        if not weights:
            return None
        return ChannelEvidence("text", _once(quotes), _shares(weights), strength, _once(facts))

    def _vad(self, episodes: Iterable[Episode]) -> ChannelEvidence | None:
        points = [episode.vad for episode in episodes if episode.vad is not None]
        if not points:
            return None
        weights: dict[str, float] = defaultdict(float)
        for point in points:
            for slug, weight in self._near(point):
                weights[slug] += weight / len(points)
        basis = tuple(f"{p.valence:g} {p.arousal:g} {p.dominance:g}" for p in points)
        strength = min(1.0, max(weights.values()))
        return ChannelEvidence("vad", basis, _shares(self._best_of_branch(weights)), strength)

    def _near(self, point: Vad) -> Iterator[tuple[str, float]]:
        near = self._graph.nearest(
            point.valence, point.arousal, point.dominance, limit=VAD_NEIGHBOURS
        )
        for neighbour in near:
            yield neighbour.concept.slug, math.exp(-((neighbour.distance / VAD_REACH) ** 2) / 2)

    def _labels(self, episodes: Iterable[Episode]) -> Iterator[ChannelEvidence]:
        by_channel: dict[str, list[ConceptReading]] = defaultdict(list)
        for episode in episodes:
            channel = episode.modalities[0] if len(episode.modalities) == 1 else "label"
            by_channel[channel if not episode.actions else "label"] += episode.concepts
        for channel, readings in sorted(by_channel.items()):
            weights: dict[str, float] = defaultdict(float)
            facts: list[CitableFact] = []
            for reading in readings:
                weights[reading.concept] += 1.0 if reading.score is None else reading.score
                facts += self._label_facts(reading)
            if sum(weights.values()) > 0:
                basis = _once(reading.label or reading.concept for reading in readings)
                strength = min(1.0, max(weights.values()))
                yield ChannelEvidence(channel, basis, _shares(weights), strength, _once(facts))

    def _label_facts(self, reading: ConceptReading) -> Iterator[CitableFact]:
        if reading.label:
            found = self._linker.ground(reading.label, scheme=reading.scheme or None).candidates
            yield from word_facts(
                self._graph, [c for c in found if c.concept.slug == reading.concept]
            )

    def _best_of_branch(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return weights in which a branch counts as its best concept does, however many it has."""
        members: dict[str, list[str]] = defaultdict(list)
        for slug in weights:
            members[branch(self._graph.index.concepts[slug])].append(slug)
        found: dict[str, float] = {}
        for slugs in members.values():
            total = sum(weights[slug] for slug in slugs)
            best = max(weights[slug] for slug in slugs)
            found |= {slug: best * weights[slug] / total if total else 0.0 for slug in slugs}
        return found


def _seen_share(evidence: FacialEvidence) -> float:
    """Return the share of a pattern's required groups that the detector could see."""
    required = len(evidence.pattern.required)
    return (required - len(evidence.unseen)) / required


def branch(concept: Concept) -> str:
    """Return the primary an emotion lies under; a state outside the tree stands for itself."""
    return concept.primary or concept.slug


def pool(channels: Iterable[ChannelEvidence]) -> Shares:
    """Return what all channels together say; the six primaries alike if there is nothing."""
    weights: dict[str, float] = dict.fromkeys(PRIMARIES, PRIOR / len(PRIMARIES))
    for channel in channels:
        for slug, share in channel.shares:
            weights[slug] = weights.get(slug, 0.0) + channel.weight * share
    return _shares(weights)


def entropy_bits(shares: Iterable[float]) -> float:
    """Return Shannon's entropy of shares that sum to 1, in bits: ``-sum(p * log2(p))``.

    >>> entropy_bits([0.5, 0.5])
    1.0
    """
    return round(abs(math.fsum(p * math.log2(p) for p in shares if p > 0)), 4)


def _shares(weights: Mapping[str, float]) -> Shares:
    total = math.fsum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple((slug, round(weight / total, 4)) for slug, weight in ranked if weight > 0)


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
