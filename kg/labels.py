"""Lookups of label schemes, and of how one can be said in another.

The methods belong to :class:`affectgraph.kg.graph.EmotionGraph`; they stand here by what they answer.
"""

from typing import TYPE_CHECKING

from affectgraph.kg.deprecated import unknown_term
from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Scheme, SchemeLabel
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.kg.crossing import Crossing, CrosswalkSummary


class LabelLookups:
    """What an emotion graph answers about label schemes."""

    index: GraphIndex

    def schemes(self) -> tuple[Scheme, ...]:
        """Return the label schemes, sorted by name."""
        return tuple(self.index.schemes.values())

    def scheme(self, name: str) -> Scheme:
        """Return a label scheme by name.

        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if the name is no text.
        """
        if not isinstance(name, str):
            raise InputError(
                f"Expected the name of a label scheme as text, got {type(name).__name__}."
            )
        found = self.index.schemes.get(name.strip().lower())
        if found is None:
            hint = f"There are: {', '.join(self.index.schemes)}."
            raise unknown_term(
                self.index, name, self.index.schemes, kind="a label scheme", hint=hint, cutoff=0.4
            )
        return found

    def labels(self, scheme: str) -> tuple[SchemeLabel, ...]:
        """Return the labels of a scheme in its own order."""
        return self.scheme(scheme).labels

    def crosswalk(self, source: str, target: str) -> "tuple[Crossing, ...]":
        """Return how each label of a scheme can be said in another, and what that loses.

        See :func:`affectgraph.kg.crosswalk.crosswalk`.
        """
        from affectgraph.kg import crosswalk as crosswalks

        return crosswalks.crosswalk(self.index, self.scheme(source), self.scheme(target))

    def crosswalk_summary(self, source: str, target: str) -> "CrosswalkSummary":
        """Return what a crosswalk keeps and loses over all labels of the source.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> EmotionGraph.load().crosswalk_summary("goemotions", "ekman-6").counts["none"]
        4
        """
        from affectgraph.kg import crosswalk as crosswalks

        first, second = self.scheme(source), self.scheme(target)
        return crosswalks.summarise(first, second, self.crosswalk(source, target))
