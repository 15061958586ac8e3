"""Lookups of how emotions hang together: opposites, blends, sequences, co-occurrence, look-alike faces.

The methods belong to :class:`affectgraph.kg.graph.EmotionGraph`; they stand here by what they answer.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Association, Concept, CoOccurrence, Detector, Scheme, Source
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.ranks import GRADES

if TYPE_CHECKING:
    import networkx

    from affectgraph.kg.lattice import Comparison, Confusion

RELATIONS = ("coOccursWith", "composedOf", "leadsTo", "oppositeOf", "rarelyCoOccursWith")
"""Relations that :meth:`RelationLookups.associations` knows."""


class PenaltyMatrix(NamedTuple):
    """How unlikely each pair of labels of a corpus is.

    :param labels: names of the labels, in the scheme's order.
    :param values: one row per label, one column per label, each 0 to 1; symmetric, 0 on the diagonal.
        0 where a pair is not rare, and where too few were expected to tell.
    """

    labels: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]


class RelationLookups(ABC):
    """What an emotion graph answers about relations between emotions."""

    index: GraphIndex

    @abstractmethod
    def concept(self, name: str) -> Concept:
        """Return a concept by name."""

    @abstractmethod
    def scheme(self, name: str) -> Scheme:
        """Return a label scheme by name."""

    @abstractmethod
    def source(self, id_: str) -> Source:
        """Return a source by id."""

    @abstractmethod
    def detector(self, name: str) -> Detector:
        """Return a detector by the start of its name."""

    # --- sourced relations ------------------------------------------------------------------------

    def associations(
        self,
        name: str,
        *,
        relation: str | None = None,
        sources: Iterable[str] | None = None,
        at_least: str | None = None,
        incoming: bool = False,
    ) -> tuple[Association, ...]:
        """Return the sourced relations of a concept to others, by relation, then concept.

        :param relation: only one of :data:`RELATIONS`.
        :param sources: only those of these sources, by id.
        :param at_least: only those of this grade or a better one: ``strong``, ``moderate``, ``weak``.
        :param incoming: those that end at the concept instead of those that start there. Symmetric
            relations are stored both ways.
        :raises UnknownTermError: if there is no such concept or source.
        :raises InputError: if there is no such relation or grade, or ``sources`` is one string.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> graph = EmotionGraph.load()
        >>> [(a.end, a.grade, a.source) for a in graph.associations("worry", relation="leadsTo")]
        [('anxiety', 'moderate', 'mclaughlin-2007')]
        """
        slug = self.concept(name).slug
        if relation is not None and relation not in RELATIONS:
            raise InputError(f"Expected a relation of {', '.join(RELATIONS)}, got {relation!r}.")
        if isinstance(sources, str):
            raise InputError(f"Expected a list of source ids, got the string {sources!r}.")
        wanted = None if sources is None else {self.source(id_).id for id_ in sources}
        grades = _grades(at_least)
        return tuple(
            link
            for link in self.index.associations
            if (link.end if incoming else link.start) == slug
            and relation in {None, link.relation}
            and (wanted is None or link.source in wanted)
            and (grades is None or link.grade in grades)
        )

    def opposites(self, name: str, *, lexical: bool = False) -> tuple[Association, ...]:
        """Return the opposites of a concept, one per theory and pair.

        Opposites are what a theory says; they are not disjoint, and both may be felt together.

        :param lexical: also those that rest on antonyms whose rated values mirror each other; no
            theory states them, and their grade is ``weak``.
        """
        found = self.associations(name, relation="oppositeOf")
        return tuple(link for link in found if lexical or link.evidence != "lexicon")

    def components(self, name: str) -> tuple[Association, ...]:
        """Return what a theory says a concept is blended from."""
        return self.associations(name, relation="composedOf")

    # --- labels given together --------------------------------------------------------------------

    def cooccurrences(self, scheme: str) -> tuple[CoOccurrence, ...]:
        """Return the counted pairs of a scheme's labels, sorted by label.

        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if the labels of its corpus were not counted; it names those that were.
        """
        name = self.scheme(scheme).name
        found = self.index.cooccurrences.get(name)
        if found is None:
            counted = ", ".join(sorted(self.index.cooccurrences))
            raise InputError(
                f"Expected a scheme whose pairs were counted ({counted}), got {name!r}."
            )
        return found

    def unlikely_pairs(self, scheme: str) -> tuple[CoOccurrence, ...]:
        """Return the pairs of labels that the corpus shows to be rare, the most unlikely first.

        A pair is left out where too few were expected to tell; see
        :mod:`affectgraph.ontology.cooccurrence`. Rare is not impossible: annotators may be asked for
        one label, and a corpus has its own ways.

        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if the labels of its corpus were not counted.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> pair = EmotionGraph.load().unlikely_pairs("xed")[0]
        >>> pair.first, pair.second, pair.count, round(pair.expected)
        ('disgust', 'joy', 28, 374)
        """
        rare = (pair for pair in self.cooccurrences(scheme) if pair.penalty > 0)
        return tuple(sorted(rare, key=lambda pair: (-pair.penalty, pair.first, pair.second)))

    def penalty_matrix(self, scheme: str) -> PenaltyMatrix:
        """Return a penalty for every pair of a scheme's labels, as its corpus shows them.

        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if the labels of its corpus were not counted.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> labels, values = EmotionGraph.load().penalty_matrix("xed")
        >>> values[labels.index("joy")][labels.index("disgust")] > 0.7
        True
        """
        penalties: dict[frozenset[str], float] = {
            frozenset((pair.first, pair.second)): pair.penalty
            for pair in self.cooccurrences(scheme)
        }
        labels = tuple(label.name for label in self.scheme(scheme).labels)
        return PenaltyMatrix(
            labels,
            tuple(tuple(penalties.get(frozenset((a, b)), 0.0) for b in labels) for a in labels),
        )

    # --- look-alike faces ---------------------------------------------------------------------------

    def confusable(self, name: str | None = None) -> "tuple[Confusion, ...]":
        """Return the pairs of concepts of which published facial patterns are nested or equal.

        :param name: only pairs with this concept.
        :raises UnknownTermError: if there is no such concept.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> [c.second for c in EmotionGraph.load().confusable("contempt")]
        ['joy', 'state/concentration']
        """
        slug = None if name is None else self.concept(name).slug
        from affectgraph.kg import lattice

        return lattice.confusable(self.index, slug)

    def deciding_units(
        self, name: str, other: str, *, detector: str | None = None, more_than: float = 0.5
    ) -> "Comparison":
        """Return the facial actions that tell two concepts apart, with the caveat they come under.

        :param detector: name of a tool, to say of each action whether the tool can report it.
        :param more_than: only actions that a larger share of the concept's patterns asks for, 0 to 1;
            0 for every action that one side asks for and the other never names.
        :raises UnknownTermError: if there is no such concept or detector.
        :raises InputError: if both are one concept, or ``more_than`` is out of range.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> found = EmotionGraph.load().deciding_units("fear", "surprise", detector="disfa")
        >>> [(unit.code, unit.favours, unit.is_observable) for unit in found.units]
        [('AU4', 'fear', True)]
        """
        first, second = self.concept(name).slug, self.concept(other).slug
        if first == second:
            raise InputError(f"Expected two concepts to tell apart, got {first!r} twice.")
        if not 0 <= more_than < 1:
            raise InputError(f"Expected more_than from 0 to below 1, got {more_than!r}.")
        tool = None if detector is None else self.detector(detector)
        from fractions import Fraction

        from affectgraph.kg import lattice

        return lattice.compare(
            self.index, first, second, detector=tool, more_than=Fraction(more_than)
        )

    def pattern_lattice(self) -> "networkx.DiGraph[str]":
        """Return the order of the facial patterns; see :func:`affectgraph.kg.lattice.lattice`."""
        from affectgraph.kg import lattice

        return lattice.lattice(self.index)


def _grades(at_least: str | None) -> frozenset[str] | None:
    if at_least is None:
        return None
    if at_least not in GRADES:
        raise InputError(f"Expected a grade of {', '.join(GRADES)}, got {at_least!r}.")
    return frozenset(GRADES[: GRADES.index(at_least) + 1])
