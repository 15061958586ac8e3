"""The published patterns of facial actions, laid out for the rules that look through all of them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from affectgraph.kg.faces import usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Pattern
from affectgraph.reasoner.alike import joined
from affectgraph.reasoner.source_policy import counts

Groups = tuple[frozenset[str], ...]


class Published(NamedTuple):
    """A usable pattern.

    :param number: its place among them.
    :param groups: codes of its required groups.
    :param codes: all its codes, optional ones with them.
    :param named: its codes with those that it excludes.
    :param concept: what it is of.
    """

    number: int
    pattern: Pattern
    groups: Groups
    codes: frozenset[str]
    named: frozenset[str]
    concept: Concept


class PublishedPatterns:
    """The patterns of a graph. Threads may share them.

    :param only: source whose patterns count, all if None.
    """

    def __init__(self, graph: EmotionGraph, only: str | None = None) -> None:
        self._graph = graph
        self._only = only
        self._of: dict[str, tuple[Published, ...]] = {}

    @cached_property
    def all(self) -> tuple[Published, ...]:
        """The patterns of single concepts that ask for any action, in the graph's order."""
        return tuple(
            Published(
                number,
                pattern,
                tuple(frozenset(action.code for action in group) for group in pattern.required),
                pattern.codes,
                pattern.codes | {a.code for group in pattern.excluded for a in group},
                self._graph.index.concepts[pattern.concepts[0]],
            )
            for number, pattern in enumerate(
                p for p in usable_patterns(self._graph.index) if counts(p.source, self._only)
            )
        )

    @cached_property
    def by_branch(self) -> Mapping[str, tuple[Published, ...]]:
        """Patterns by the primary of their emotion, or the state they are of."""
        found: dict[str, list[Published]] = defaultdict(list)
        for published in self.all:
            found[published.concept.primary or published.concept.slug].append(published)
        return {name: tuple(patterns) for name, patterns in found.items()}

    @cached_property
    def excluded(self) -> Mapping[str, tuple[tuple[Pattern, frozenset[str]], ...]]:
        """Patterns by concept with the codes that they exclude whatever their grade."""
        found: dict[str, list[tuple[Pattern, frozenset[str]]]] = defaultdict(list)
        for pattern in self._graph.index.patterns:
            codes = frozenset(a.code for group in pattern.excluded for a in group if not a.grade)
            if codes and len(pattern.concepts) == 1 and counts(pattern.source, self._only):
                found[pattern.concepts[0]].append((pattern, codes))
        return {slug: tuple(patterns) for slug, patterns in found.items()}

    def of(self, slug: str) -> tuple[Published, ...]:
        """Return the patterns of a concept and of its kinds; happiness counts as joy.

        :raises UnknownTermError: if there is no such concept.
        """
        known = self._of.get(slug)
        if known is None:
            known = self._of[slug] = tuple(
                published
                for published in self.all
                if self._graph.is_a(joined(published.concept.slug), slug)
            )
        return known

    def speaking(self, slug: str) -> frozenset[str]:
        """Return the sources that say what shows a concept, or what speaks against it.

        :raises UnknownTermError: if there is no such concept.
        """
        excluding = (pattern.source for pattern, _ in self.excluded.get(slug, ()))
        return frozenset((*(p.pattern.source for p in self.of(slug)), *excluding))

    def rivals(self, codes: frozenset[str], slug: str) -> tuple[str, ...]:
        """Return the other concepts of which some pattern names all of the codes, sorted."""
        return tuple(
            sorted(
                {p.concept.slug for p in self.all if codes <= p.codes and p.concept.slug != slug}
            )
        )
