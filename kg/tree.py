"""Lookups in the tree of emotions: tiers, branches, parents, and the lines of the published tree.

The methods belong to :class:`affectgraph.kg.graph.EmotionGraph`; they stand here by what they answer.
"""

from abc import ABC, abstractmethod
from difflib import get_close_matches
from functools import cached_property

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Concept, TreeEntry
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.ranks import TIERS


class TreeLookups(ABC):
    """What an emotion graph answers about the tree."""

    index: GraphIndex

    @abstractmethod
    def concept(self, name: str) -> Concept:
        """Return a concept by name."""

    def emotions(
        self, *, tier: str | None = None, primary: str | None = None
    ) -> tuple[Concept, ...]:
        """Return the emotions of the tree, sorted by path.

        :param tier: only ``primary``, ``secondary`` or ``tertiary``.
        :param primary: only those in this primary's branch, itself included.
        :raises InputError: if there is no such tier.
        :raises UnknownTermError: if there is no such primary, as where the name is of another tier.
        """
        if tier is not None and tier not in TIERS:
            raise InputError(f"Expected a tier of {', '.join(TIERS)}, got {tier!r}.")
        top = self._primary(primary).slug if primary is not None else None
        found = (
            concept
            for concept in self.index.concepts.values()
            if concept.is_emotion
            and tier in {None, concept.tier}
            and top in {None, concept.primary}
        )
        return tuple(sorted(found, key=lambda concept: concept.path))

    def _primary(self, name: str) -> Concept:
        found = self.concept(name)
        if found.tier != TIERS[0]:
            known = sorted(c.slug for c in self.index.concepts.values() if c.tier == TIERS[0])
            note = f"There are: {', '.join(known)}."
            if found.primary is not None:
                note = f"It lies in the branch of {found.primary}. {note}"
            raise UnknownTermError(name, kind="a primary emotion", note=note)
        return found

    def states(self) -> tuple[Concept, ...]:
        """Return the states outside the tree, sorted by slug."""
        return tuple(c for c in self.index.concepts.values() if not c.is_emotion)

    def path(self, name: str) -> tuple[Concept, ...]:
        """Return the concepts from the primary down to the one named; empty for a state."""
        return tuple(self.index.concepts[slug] for slug in self.concept(name).path)

    def broader(self, name: str) -> Concept | None:
        """Return the parent, None for a primary or a state."""
        path = self.path(name)
        return path[-2] if len(path) > 1 else None

    def narrower(self, name: str) -> tuple[Concept, ...]:
        """Return the children, sorted by slug."""
        return self._children.get(self.concept(name).slug, ())

    @cached_property
    def _children(self) -> dict[str, tuple[Concept, ...]]:
        children: dict[str, list[Concept]] = {}
        for concept in self.index.concepts.values():
            if len(concept.path) > 1:
                children.setdefault(concept.path[-2], []).append(concept)
        return {parent: tuple(found) for parent, found in children.items()}

    def is_a(self, name: str, other: str) -> bool:
        """Return whether a concept equals another or lies below it.

        >>> from affectgraph.kg.graph import EmotionGraph
        >>> EmotionGraph.load().is_a("irritation", "anger")
        True
        """
        concept, ancestor = self.concept(name), self.concept(other)
        return concept.slug == ancestor.slug or ancestor.slug in concept.path

    def common_ancestor(self, name: str, other: str) -> Concept | None:
        """Return the lowest concept that both lie below or equal; None if they share no branch."""
        first, second = self.concept(name).path, self.concept(other).path
        shared = [a for a, b in zip(first, second, strict=False) if a == b]
        return self.index.concepts[shared[-1]] if shared else None

    def tree_distance(self, name: str, other: str) -> int | None:
        """Return the number of steps between two emotions, over a common root if need be (0 to 6).

        None if one of them is a state.
        """
        first, second = self.concept(name).path, self.concept(other).path
        if not first or not second:
            return None
        shared = sum(a == b for a, b in zip(first, second, strict=False))
        return len(first) + len(second) - 2 * shared

    def tree_entries(self, label: str, *, strict: bool = False) -> tuple[TreeEntry, ...]:
        """Return the published tree's lines with this word, highest tier first; empty if there are none.

        :raises UnknownTermError: if there are none and ``strict`` is set.
        """
        wanted = label.strip().lower()
        found = [e for e in self.index.entries if e.label == wanted]
        if strict and not found:
            words = dict.fromkeys(e.label for e in self.index.entries)
            close = get_close_matches(wanted, words, n=3, cutoff=0.6)
            raise UnknownTermError(label, kind="a word of the tree", nearest=tuple(close))
        return tuple(sorted(found, key=lambda entry: tier_rank(entry.tier)))


def tier_rank(tier: str | None) -> int:
    """Return a tier's place from the top, 0 for primary; states come after all."""
    return TIERS.index(tier) if tier in TIERS else len(TIERS)
