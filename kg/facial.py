"""Lookups of facial actions, patterns and detectors.

The methods belong to :class:`affectgraph.kg.graph.EmotionGraph`; they stand here by what they answer.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import ActionUnit, Concept, Detector, FacialEvidence, Pattern
from affectgraph.ontology.errors import UnknownTermError


class FacialLookups(ABC):
    """What an emotion graph answers about faces."""

    index: GraphIndex

    @abstractmethod
    def concept(self, name: str) -> Concept:
        """Return a concept by name."""

    def action_units(self) -> tuple[ActionUnit, ...]:
        """Return every FACS code, sorted by number."""
        units = self.index.units.values()
        return tuple(sorted(units, key=lambda u: (int(u.number.lstrip("M")), u.code)))

    def get_action_unit(self, name: str | int) -> ActionUnit | None:
        """Return a FACS code by number or code (``12``, ``"AU12"``, ``"AU06"``), None if there is none."""
        from affectgraph.kg import faces

        return faces.find_unit(self.index, name)

    def action_unit(self, name: str | int) -> ActionUnit:
        """Return a FACS code by number or code.

        :raises UnknownTermError: if FACS has no such code.
        """
        from affectgraph.kg import faces

        return faces.require_unit(self.index, name)

    def patterns(self, name: str) -> tuple[Pattern, ...]:
        """Return the published facial patterns of a concept, by source; empty if there are none."""
        slug = self.concept(name).slug
        return tuple(p for p in self.index.patterns if p.concepts == (slug,) and not p.is_blend)

    def detector(self, name: str) -> Detector:
        """Return a detector by the start of its name, in any case (``openface``, ``py-feat``).

        Where a tool has several outputs, the one that reports most is meant.

        :raises UnknownTermError: if no detector's name starts so.
        """
        wanted = name.strip().lower()
        found = (
            [d for d in self.index.detectors if d.name.lower().startswith(wanted)] if wanted else []
        )
        if not found:
            names = tuple(sorted({d.name for d in self.index.detectors}))
            raise UnknownTermError(name, kind="a detector", nearest=names)
        return max(found, key=lambda d: (len(d.codes), d.iri))

    def emotions_by_action_units(
        self, actions: Iterable[str | int], *, detector: str | None = None, limit: int | None = None
    ) -> list[FacialEvidence]:
        """Return concepts ranked by facial actions; see :func:`affectgraph.kg.faces.rank_emotions`.

        :param detector: name of the tool that reported them, so that what it cannot see does not
            count as missing.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> graph = EmotionGraph.load()
        >>> graph.emotions_by_action_units(["AU6", "AU12"])[0].concept.slug
        'joy'
        """
        from affectgraph.kg import faces

        tool = self.detector(detector) if detector is not None else None
        return faces.rank_emotions(self.index, actions, detector=tool, limit=limit)
