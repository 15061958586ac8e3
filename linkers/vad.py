"""From a place in VAD space to concepts, and from a label to its place there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from typing import Literal

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Vad, VadValue
from affectgraph.kg.tree import tier_rank
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.model import Candidate, Grounding, check_limit
from affectgraph.linkers.scores import MARGIN
from affectgraph.linkers.vad_regions import Triple, VadRegion, as_region, gap_of
from affectgraph.ontology.errors import InputError

Order = Literal["sd", "plain"]
"""By which distance concepts are ranked."""


@dataclass(frozen=True, slots=True)
class VadMatch:
    """A concept and how far its value lies from a place.

    :param distance_sd: distance in standard deviations of the concept's ratings; None if the value has
        no spread in one of the dimensions (an imported lexicon without deviations).
    :param distance: Euclidean distance on -1..1, over the dimensions that were given; 0 to 3.46.
    :param is_inside: whether the concept's mean lies in the region; of a point, whether it is the point.
    :param deviations: (mean - centre of the place) / standard deviation per dimension; None for a
        dimension that was left out or has no spread.
    :param value: the value that was compared.
    """

    concept: Concept
    distance_sd: float | None
    distance: float
    is_inside: bool
    deviations: tuple[float | None, float | None, float | None]
    value: VadValue


@dataclass(frozen=True, slots=True)
class VadPart:
    """One value that a label's place is made of.

    :param weight: its share, in 0..1; the shares of all parts sum to 1.
    """

    concept: Concept
    weight: float
    value: VadValue


@dataclass(frozen=True, slots=True)
class LabelVad:
    """Where a label lies in VAD space.

    :param mean: the place on -1..1; None if the label names no concept with a value.
    :param basis: ``word`` (the label itself was rated), ``concept`` (the value of the concept it means),
        ``mixture`` (the weighted mean of the concepts it may mean), or None without a place.
    :param parts: the values it is made of.
    :param without_value: concepts the label may mean that have no value; they have no share.
    :param message: one sentence for people.
    """

    grounding: Grounding
    mean: Vad | None
    basis: Literal["word", "concept", "mixture"] | None
    parts: tuple[VadPart, ...]
    without_value: tuple[Concept, ...]
    message: str


Row = tuple[Concept, VadValue]


class VadLinker:
    """Finds the concepts near a place of VAD space, and the place of a label.

    Threads may share one. The norms agree on valence (r >= .95) and much less on arousal (.43-.71) and
    dominance (.70-.89): a near concept is a suggestion, never a verdict.

    :param graph: the graph; one with a lexicon laid over it (:meth:`EmotionGraph.with_vad`) will do.
    :param sources: origins of values, in the order wanted, as for :meth:`EmotionGraph.vad`; each concept
        is compared by its first value. The ratings of the graph, then branch means, if left out.
    :raises UnknownTermError: at the first question, if an origin is unknown.
    """

    def __init__(self, graph: EmotionGraph, *, sources: Sequence[str] | None = None) -> None:
        self.graph = graph
        self._sources = None if sources is None else tuple(sources)

    @cached_property
    def _labels(self) -> LabelLinker:
        return LabelLinker(self.graph)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        concepts = self.graph.index.concepts.values()
        found = ((c, self.graph.vad(c.slug, sources=self._sources)) for c in concepts)
        return tuple((concept, values[0]) for concept, values in found if values)

    def link(
        self,
        place: VadRegion | Vad,
        *,
        limit: int = 5,
        measured_only: bool = True,
        by: Order = "sd",
    ) -> tuple[VadMatch, ...]:
        """Return the concepts nearest to a point or region, nearest first.

        ``distance_sd`` is the standardised Euclidean distance, that is, the Mahalanobis distance for a
        diagonal covariance: ``sqrt(sum(((mean - x) / sd)**2))`` over the dimensions that are given, where
        ``sd`` is the standard deviation of the concept's ratings and ``x`` the point, or the point of
        the region that is nearest in these units. A concept that raters disagree about is therefore
        nearer by it than by the plain distance. Ties, and concepts inside the region, are ordered by
        the distance from its centre, then higher tiers first, then by slug. Concepts without a
        ``distance_sd`` come last when ranked by it.

        Costs 1 or 2 ms for a point or box, and some 50 ms for an ellipsoid.

        :param place: where to look; dimensions left out do not count.
        :param limit: at most so many concepts.
        :param measured_only: leave out derived and estimated values; the spread of a derived one is
            between concepts, not raters.
        :param by: rank by ``sd`` or ``plain`` distance.
        :raises InputError: if ``limit`` is below 1, or ``place`` or ``by`` is none of the above.

        >>> from affectgraph.linkers import VadPoint
        >>> linker = VadLinker(EmotionGraph.load())
        >>> [m.concept.slug for m in linker.link(VadPoint(-0.4, 0.7), by="plain", limit=2)]
        ['state/dominance', 'fright']
        """
        region = as_region(place)
        check_limit(limit)
        if by not in {"sd", "plain"}:
            raise InputError(f"Expected to rank by 'sd' or 'plain', got {by!r}.")
        rows = (row for row in self._rows if row[1].is_measured or not measured_only)
        found = [_match(region, concept, value) for concept, value in rows]
        return tuple(sorted(found, key=lambda match: _rank(match, region, by))[:limit])

    def link_many(
        self,
        places: Iterable[VadRegion | Vad],
        *,
        limit: int = 5,
        measured_only: bool = True,
        by: Order = "sd",
    ) -> list[tuple[VadMatch, ...]]:
        """Return the nearest concepts of each place, in order; each answer equals that of :meth:`link`."""
        return [
            self.link(place, limit=limit, measured_only=measured_only, by=by) for place in places
        ]

    def place(self, label: object, *, scheme: str | None = None) -> LabelVad:
        """Return where a label lies in VAD space, through what it means.

        The label is grounded first; a label that means nothing here has no place. The rating of the
        label's own word counts where no scheme is given and raters saw exactly that word; else the first
        value of the concept; for a label that may mean several concepts (ambiguous or compound), the
        mean of those within the margin of the best, weighted by their scores.

        :raises UnknownTermError: if there is no such scheme.

        >>> found = VadLinker(EmotionGraph.load()).place("furious")
        >>> found.basis, found.mean.valence, found.grounding.concept.slug
        ('word', -0.801, 'fury')
        """
        grounding = self._labels.ground(label, scheme=scheme)
        if grounding.status == "nil":
            return LabelVad(grounding, None, None, (), (), grounding.message)
        likely = _likely(grounding)
        rated = self._rated_word(grounding) if scheme is None and len(likely) == 1 else None
        if rated is not None:
            part = VadPart(likely[0].concept, 1.0, rated)
            message = f"The rating of {rated.form!r} itself ({rated.source})."
            return LabelVad(grounding, rated.mean, "word", (part,), (), message)
        return self._of_concepts(grounding, likely)

    def _rated_word(self, grounding: Grounding) -> VadValue | None:
        values = self.graph.vad_of_word(grounding.text, sources=self._sources)
        return next((v for v in values if v.is_measured and v.match == "exact"), None)

    def _of_concepts(self, grounding: Grounding, likely: Sequence[Candidate]) -> LabelVad:
        found = [(c, self.graph.vad(c.concept.slug, sources=self._sources)) for c in likely]
        without = tuple(c.concept for c, values in found if not values)
        total = sum(c.score for c, values in found if values)
        parts = tuple(VadPart(c.concept, c.score / total, vs[0]) for c, vs in found if vs)
        if not parts:
            names = " and ".join(concept.slug for concept in without)
            return LabelVad(grounding, None, None, (), without, f"No value of {names} is known.")
        names = " and ".join(part.concept.slug for part in parts)
        kinds = ", ".join(dict.fromkeys(part.value.kind for part in parts))
        if len(parts) == 1:
            message = f"The value of {names} ({kinds})."
            return LabelVad(grounding, parts[0].value.mean, "concept", parts, without, message)
        message = f"The weighted mean of {names} ({kinds})."
        return LabelVad(grounding, _mean(parts), "mixture", parts, without, message)


def _likely(grounding: Grounding) -> tuple[Candidate, ...]:
    """Return the candidates that stand for the label: the best, or all near it if several are meant."""
    if grounding.status != "ambiguous" and not grounding.is_divided:
        return grounding.candidates[:1]
    best = grounding.candidates[0].score
    return tuple(c for c in grounding.candidates if best - c.score < MARGIN)


def _mean(parts: Sequence[VadPart]) -> Vad:
    def of(values: Iterable[float]) -> float:
        total = sum(part.weight * value for part, value in zip(parts, values, strict=True))
        return round(max(-1.0, min(1.0, total)), 6)

    means = [part.value.mean for part in parts]
    return Vad(
        of(m.valence for m in means), of(m.arousal for m in means), of(m.dominance for m in means)
    )


def _match(region: VadRegion, concept: Concept, value: VadValue) -> VadMatch:
    mean, centre = _triple(value.mean), region.centre.coordinates
    valence, arousal, dominance = (
        None if x is None or sd <= 0 else (m - x) / sd
        for m, x, sd in zip(mean, centre, value.spread, strict=True)
    )
    used = [sd for sd, x in zip(value.spread, centre, strict=True) if x is not None]
    distance = gap_of(region, mean)
    return VadMatch(
        concept=concept,
        distance_sd=gap_of(region, mean, _units(value.spread)) if min(used) > 0 else None,
        distance=distance,
        is_inside=distance == 0,
        deviations=(valence, arousal, dominance),
        value=value,
    )


def _triple(point: Vad) -> Triple:
    return (point.valence, point.arousal, point.dominance)


def _units(spread: Triple) -> Triple:
    """Return a spread with 1 in place of 0, for dimensions that do not count."""
    valence, arousal, dominance = (sd or 1.0 for sd in spread)
    return (valence, arousal, dominance)


def _rank(match: VadMatch, region: VadRegion, by: Order) -> tuple[bool, float, float, int, str]:
    tier = tier_rank(match.concept.tier)
    if by == "sd" and match.distance_sd is not None:
        away = hypot(*(d for d in match.deviations if d is not None))
        return (False, match.distance_sd, away, tier, match.concept.slug)
    away = gap_of(region.centre, _triple(match.value.mean))
    return (by == "sd", match.distance, away, tier, match.concept.slug)
