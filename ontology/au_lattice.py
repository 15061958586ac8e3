"""The order of facial patterns by what they ask for, and the actions that tell two concepts apart.

A pattern asks for groups of alternatives, one of each. It is *nested* in another if every face that
completes the other completes it as well: each of its groups holds a group of the other. Sides and
grades are left out, as detectors seldom give them. A concept can be mistaken for another where a
pattern of one is nested in, or equal to, a pattern of the other: whoever shows the larger set shows the
smaller one too.

Rules that tools apply to detector readings in order to make pseudo-labels are no observations of faces
and take no part in the comparison of concepts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

CAVEAT = (
    "Facial actions are evidence about what a face shows. They do not establish what a person feels, "
    "and published patterns disagree."
)
"""Stands beside every answer about faces that leaves the package."""

TOOL_RULES = frozenset({"pseudo-label-rule"})
"""Kinds of pattern that take no part in the comparison of concepts."""

MOST = Fraction(1, 2)
"""An action decides for a concept if more than this share of the concept's patterns ask for it."""

Groups = frozenset[frozenset[str]]
"""What a pattern asks for: codes by group of alternatives."""

Order = Literal["equal", "nested", "nests", "overlapping", "apart"]
"""How a pattern stands to another; ``nested``: it asks for less, ``apart``: no action in common."""


@dataclass(frozen=True, slots=True)
class Sets:
    """A pattern as the lattice sees it.

    :param name: its IRI or id.
    :param concept: the one concept it is of; None for a compound expression.
    :param required: its groups.
    :param named: codes of the required and optional actions.
    """

    name: str
    concept: str | None
    kind: str
    required: Groups
    named: frozenset[str]

    @property
    def is_comparable(self) -> bool:
        """Whether the pattern takes part in the comparison of concepts."""
        return self.concept is not None and self.kind not in TOOL_RULES and bool(self.required)


@dataclass(frozen=True, slots=True)
class Decider:
    """An action that some patterns of one concept ask for and none of the other names.

    :param share: share of the concept's patterns that ask for it, among alternatives or alone.
    """

    code: str
    concept: str
    share: Fraction


def includes(larger: Groups, smaller: Groups) -> bool:
    """Return whether every face that completes ``larger`` completes ``smaller``.

    >>> jaw = frozenset({"AU26", "AU27"})
    >>> drop = frozenset({"AU26"})
    >>> includes(frozenset({drop}), frozenset({jaw})), includes(frozenset({jaw}), frozenset({drop}))
    (True, False)
    """
    return all(any(group <= wanted for group in larger) for wanted in smaller)


def order(first: Groups, second: Groups) -> Order:
    """Return how the first pattern stands to the second."""
    inside, around = includes(second, first), includes(first, second)
    if inside and around:
        return "equal"
    if inside:
        return "nested"
    if around:
        return "nests"
    shared = {code for group in first for code in group} & {c for group in second for c in group}
    return "overlapping" if shared else "apart"


def nestings(patterns: Iterable[Sets]) -> list[tuple[str, Order, str]]:
    """Return the pairs of patterns that are equal or nested, by name; the smaller one first."""
    found: list[tuple[str, Order, str]] = []
    asking = sorted((p for p in patterns if p.required), key=lambda pattern: pattern.name)
    for first, second in combinations(asking, 2):
        standing = order(first.required, second.required)
        if standing in {"equal", "nested"}:
            found.append((first.name, standing, second.name))
        elif standing == "nests":
            found.append((second.name, "nested", first.name))
    return sorted(found)


def confusions(patterns: Sequence[Sets]) -> dict[tuple[str, str], list[tuple[str, Order, str]]]:
    """Return the pairs of concepts of which patterns are nested or equal, with these patterns.

    Keys hold the two concepts in alphabetical order.
    """
    of = {p.name: p.concept for p in patterns if p.is_comparable and p.concept is not None}
    found: dict[tuple[str, str], list[tuple[str, Order, str]]] = {}
    for smaller, standing, larger in nestings(p for p in patterns if p.is_comparable):
        first, second = sorted((of[smaller], of[larger]))
        if first != second:
            found.setdefault((first, second), []).append((smaller, standing, larger))
    return dict(sorted(found.items()))


def deciders(
    patterns: Sequence[Sets], first: str, second: str, *, more_than: Fraction = MOST
) -> list[Decider]:
    """Return the actions that tell two concepts apart, those that most patterns ask for first.

    :param more_than: only actions that a larger share of the concept's patterns asks for.
    :returns: empty if one of the concepts has no comparable pattern.
    """
    own = _by_concept(patterns)
    if first not in own or second not in own:
        return []
    found = [
        *_decide(first, own[first], own[second], more_than),
        *_decide(second, own[second], own[first], more_than),
    ]
    return sorted(found, key=lambda decider: (-decider.share, decider.concept, decider.code))


def _by_concept(patterns: Iterable[Sets]) -> Mapping[str, list[Sets]]:
    own: dict[str, list[Sets]] = {}
    for pattern in patterns:
        if pattern.is_comparable and pattern.concept is not None:
            own.setdefault(pattern.concept, []).append(pattern)
    return own


def _decide(
    concept: str, own: list[Sets], other: list[Sets], more_than: Fraction
) -> Iterable[Decider]:
    asked = {code for pattern in own for group in pattern.required for code in group}
    named = {code for pattern in other for code in pattern.named}
    for code in asked - named:
        count = sum(any(code in group for group in pattern.required) for pattern in own)
        if Fraction(count, len(own)) > more_than:
            yield Decider(code, concept, Fraction(count, len(own)))
