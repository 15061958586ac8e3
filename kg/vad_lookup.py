"""Which VAD value speaks for a concept or a word: measured by default, others when asked for."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import dist
from typing import TYPE_CHECKING

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import OWN_ORIGIN, Concept, Neighbour, Source, Vad, VadValue
from affectgraph.kg.vad_index import ORIGINS
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.ranks import TIERS

if TYPE_CHECKING:
    from affectgraph.kg.vad_lexicon import VadLexicon


def concept_vad(
    index: GraphIndex, concept: Concept, sources: Sequence[str] | None = None
) -> tuple[VadValue, ...]:
    """Return the values of a concept from the origins asked for, in their order.

    By default: the Glasgow rating; then those of imported lexicons, for a word spelled as the concept's
    label; and, for an emotion of the tree without either, the mean of its branch. Adjusted and estimated
    values come only if ``glasgow-adjusted`` or ``estimated`` is asked for.

    :raises UnknownTermError: if an origin is unknown.
    """
    default = index.vad.get(concept.slug, ())
    if sources is None:
        return default
    further, _ = index.further_vad
    values = (*default, *further.get(concept.slug, ()))
    return _of_origins(index, values, sources)


def word_vad(
    index: GraphIndex, word: str, sense: str | None = None, sources: Sequence[str] | None = None
) -> tuple[VadValue, ...]:
    """Return the values of a word from the origins asked for, in their order.

    Words are compared without regard to case and white space at the ends; no inflection is undone. By
    default: the Glasgow rating, then those of imported lexicons. Without a sense it is the rating of the bare
    word; only where no bare word was rated, those of all its senses. Estimates come only if
    ``estimated`` is asked for, and have no senses.

    :raises UnknownTermError: if an origin is unknown, or the word was rated and not in this sense.
    """
    wanted = word.strip().casefold()
    values = [*_rated(index, wanted, sense)]
    for lexicon in index.lexicons:
        value = lexicon.value(wanted, sense=sense or "")
        values += [] if value is None else [value]
    if sense is not None and not values:
        _require_unrated(index, wanted, sense)
    if sources is None:
        return tuple(values)
    _, estimates = index.further_vad
    if sense is None and wanted in estimates:
        values.append(estimates[wanted])
    return _of_origins(index, values, sources)


def _rated(index: GraphIndex, word: str, sense: str | None) -> tuple[VadValue, ...]:
    ratings = index.rated_words.get(word, {})
    if sense is not None:
        shown = sense.strip().casefold()
        return tuple(v for s, v in ratings.items() if s and s.casefold() == shown)
    return (ratings[""],) if "" in ratings else tuple(ratings.values())


def _require_unrated(index: GraphIndex, word: str, sense: str) -> None:
    """Do nothing for a word that nobody rated.

    :raises UnknownTermError: for one that was rated, though not in this sense.
    """
    rated = {*index.rated_words.get(word, {})}
    for lexicon in index.lexicons:
        rated.update(other for of_word, other in lexicon.terms if of_word == word)
    if rated:
        named = ", ".join(sorted(rated - {""}))
        hint = f"There are: {named}." if named else "It was rated without senses; name none."
        raise UnknownTermError(sense, kind=f"a rated sense of {word!r}", hint=hint)


def _of_origins(
    index: GraphIndex, values: Iterable[VadValue], sources: Sequence[str]
) -> tuple[VadValue, ...]:
    own = (OWN_ORIGIN,) if index.own_labels else ()
    known = (*ORIGINS, *own, *(lexicon.origin for lexicon in index.lexicons))
    for name in sources:
        if name not in known:
            raise UnknownTermError(
                name, kind="an origin of VAD values", hint=f"There are: {', '.join(known)}."
            )
    found = tuple(values)
    return tuple(
        value for name in dict.fromkeys(sources) for value in found if value.origin == name
    )


@dataclass(frozen=True, slots=True)
class VadDisagreement:
    """Two sources that place a concept further apart than asked.

    :param one: the value that comes first in the sources.
    :param other: the other one.
    :param gaps: how far ``other`` lies from ``one`` in (valence, arousal, dominance), each in -2..2.
    """

    concept: Concept
    one: VadValue
    other: VadValue
    gaps: tuple[float, float, float]

    @property
    def widest(self) -> float:
        """The largest of the gaps, without its sign."""
        return max(map(abs, self.gaps))


def disagreements(
    index: GraphIndex, beyond: float, sources: Sequence[str] | None = None
) -> tuple[VadDisagreement, ...]:
    """Return where sources disagree; see :meth:`EmotionGraph.vad_disagreements`.

    :raises InputError: if ``beyond`` is not in 0..2.
    :raises UnknownTermError: if an origin is unknown.
    """
    if not isinstance(beyond, int | float) or not 0 <= beyond <= _WIDEST_GAP:
        raise InputError(
            f"Expected a gap in 0..2, as values lie on -1..1, got {beyond!r}. Try 0.3."
        )
    wanted = ("glasgow", *(x.origin for x in index.lexicons)) if sources is None else sources
    found = (
        pair
        for concept in index.concepts.values()
        for pair in _pairs(concept, concept_vad(index, concept, wanted))
        if pair.widest > beyond
    )
    return tuple(sorted(found, key=lambda d: (-d.widest, d.concept.slug)))


_WIDEST_GAP = 2


def _pairs(concept: Concept, values: Iterable[VadValue]) -> Iterator[VadDisagreement]:
    for one, other in combinations(values, 2):
        a, b = one.mean, other.mean
        gaps = (b.valence - a.valence, b.arousal - a.arousal, b.dominance - a.dominance)
        first, second, third = (round(gap, 6) for gap in gaps)
        yield VadDisagreement(concept, one, other, (first, second, third))


def nearest(
    index: GraphIndex, point: Vad, limit: int, *, measured_only: bool
) -> tuple[Neighbour, ...]:
    """Return the concepts nearest to a point by their first value; see :meth:`EmotionGraph.nearest`.

    :raises InputError: if ``limit`` is below 1.
    """
    if limit < 1:
        raise InputError(f"Expected a limit of at least 1, got {limit}.")
    here = (point.valence, point.arousal, point.dominance)
    found = (
        Neighbour(index.concepts[slug], _distance(here, values[0].mean), values[0])
        for slug, values in index.vad.items()
        if values[0].is_measured or not measured_only
    )
    return tuple(sorted(found, key=_by_distance))[:limit]


def _by_distance(neighbour: Neighbour) -> tuple[float, int, str]:
    tier = neighbour.concept.tier
    rank = TIERS.index(tier) if tier in TIERS else len(TIERS)
    return (neighbour.distance, rank, neighbour.concept.slug)


def _distance(point: tuple[float, float, float], mean: Vad) -> float:
    return dist(point, (mean.valence, mean.arousal, mean.dominance))


def with_lexicon(index: GraphIndex, lexicon: "VadLexicon") -> GraphIndex:
    """Return an index over the same store with a lexicon's values beside the graph's own.

    :raises InputError: if a lexicon of that name is already there.
    """
    if lexicon.origin in {other.origin for other in index.lexicons}:
        raise InputError(
            f"Expected a lexicon that is not yet there, got {lexicon.name!r} twice. Name one of them anew."
        )
    other = copy.copy(index)
    other.__dict__["vad"] = {
        concept.slug: values
        for concept in index.concepts.values()
        if (values := _beside(index, concept, lexicon))
    }
    other.__dict__["lexicons"] = (*index.lexicons, lexicon)
    other.__dict__["sources"] = {**index.sources, lexicon.origin: _source(lexicon)}
    return other


def _beside(index: GraphIndex, concept: Concept, lexicon: "VadLexicon") -> tuple[VadValue, ...]:
    own = index.vad.get(concept.slug, ())
    value = lexicon.value(concept.label)
    if value is None:
        return own
    measured = [v for v in own if v.is_measured]
    return (*measured, value, *(v for v in own if not v.is_measured))


def _source(lexicon: "VadLexicon") -> Source:
    return Source(
        iri=lexicon.graph_iri,
        id=lexicon.origin,
        citation=f"{lexicon.name}, imported by the user; not part of the graph",
        licence="the user's own copy, not to be passed on",
        doi="",
        url="",
    )
