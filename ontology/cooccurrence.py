"""What counts of labels and label pairs say: expected counts, lift, phi, and whether a pair is unusual.

Two baselines are asked, since neither is enough alone. *Independence*: how often a pair would occur if
each label were given at its own rate. *Competition*: where most items have one label, every pair falls
short of independence, so the pairs are compared among themselves as well, by quasi-independence: each
label has a weight, a pair is expected at the product of two weights, and the weights are such that every
label is in as many pairs as it was (Goodman 1968; iterative proportional fitting, Deming and Stephan
1940). A pair is called unusual only if it is so by both.

The bounds of a count are Byar's approximation to the exact Poisson limits (Breslow and Day 1987). They
are two-sided and Bonferroni-corrected over the pairs of a corpus, so that in a corpus without any
association the chance that one pair is called unusual is at most :data:`ALPHA`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

from affectgraph.ontology.errors import InputError

ALPHA = 0.05
"""Chance of any false finding in a corpus without associations, at most."""

MINIMUM_EXPECTED = 5.0
"""A pair that was expected less often than this, by either baseline, is never called rare.

The rule of thumb for expected counts (Cochran 1954), applied to the pair's own cell.
"""

STRONG_LIFT = 2.0
"""A pair is together strongly if at least twice the larger expected count is sure."""

STRONG_PENALTY = 0.5
"""A pair is apart strongly if it is sure to fall short of the smaller expected count by half."""

_TOLERANCE = 1e-12
_MAX_ROUNDS = 100_000

Pair = tuple[str, str]
Relation = Literal["together", "apart"]
Grade = Literal["strong", "moderate"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items of a corpus have the first label, the second, both, and how many there are.

    :raises InputError: if no table of such counts can exist.
    """

    first: int
    second: int
    both: int
    total: int

    def __post_init__(self) -> None:
        either = self.first + self.second - self.both
        if not (0 <= self.both <= min(self.first, self.second) and 0 < either <= self.total):
            raise InputError(
                f"Expected counts with 0 <= both <= each <= total, got {self.first}, {self.second}, "
                f"{self.both}, {self.total}. Count the items with each label, with both, and all."
            )

    @property
    def expected(self) -> float:
        """How many items would have both if the labels were independent.

        >>> Counts(20, 30, 12, 100).expected
        6.0
        """
        return self.first * self.second / self.total

    @property
    def lift(self) -> float:
        """Count over expected count; 1 if the labels are independent, 0 if they never meet.

        >>> Counts(20, 30, 12, 100).lift
        2.0
        """
        return self.both / self.expected

    @property
    def phi(self) -> float:
        """Correlation of the two labels over items, -1 to 1 (Pearson's phi).

        >>> round(Counts(20, 30, 12, 100).phi, 4)
        0.3273
        """
        rest = (self.total - self.first) * (self.total - self.second)
        if rest == 0:
            return 0.0
        return (self.both * self.total - self.first * self.second) / sqrt(
            self.first * self.second * rest
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a pair's count says, given its two expected counts.

    :param relation: ``together`` or ``apart``; None where the count is compatible with a baseline.
    :param grade: None without a relation.
    :param lower, upper: bounds of the count.
    :param penalty: share by which the pair is sure to fall short of the smaller expected count,
        0 to 1; 0 unless the relation is ``apart``.
    """

    relation: Relation | None
    grade: Grade | None
    lower: float
    upper: float
    penalty: float


def count_bounds(count: int, *, alpha: float) -> tuple[float, float]:
    """Return the two-sided Poisson bounds of a count at level ``1 - alpha``, by Byar's approximation.

    :param count: at least 0.
    :param alpha: chance that the true mean lies outside, above 0 and below 1.
    :raises InputError: if ``count`` is negative or ``alpha`` out of range.

    >>> [round(bound, 2) for bound in count_bounds(10, alpha=0.05)]
    [4.79, 18.39]
    """
    if count < 0 or not 0 < alpha < 1:
        raise InputError(f"Expected a count from 0 and alpha in (0, 1), got {count}, {alpha}.")
    z = NormalDist().inv_cdf(1 - alpha / 2)
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    if count == 0:
        return 0.0, upper
    lower = count * max(0.0, 1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    return lower, upper


def competing_expected(counts: Mapping[Pair, int]) -> dict[Pair, float]:
    """Return how often each pair would occur if labels only differed in how often they are paired.

    :param counts: count of every pair of a corpus, once each; pairs that are not given count as not
        possible and stay out of the fit.
    :raises InputError: if a pair is given twice or of one label, or no weights exist: one label has a
        part in every pair that occurs.

    >>> fitted = competing_expected({("a", "b"): 4, ("a", "c"): 4, ("b", "c"): 4})
    >>> [round(value, 6) for value in fitted.values()]
    [4.0, 4.0, 4.0]
    """
    _require_pairs(counts)
    partners: dict[str, list[str]] = {}
    totals: dict[str, int] = {}
    for (first, second), count in counts.items():
        for label, other in ((first, second), (second, first)):
            partners.setdefault(label, []).append(other)
            totals[label] = totals.get(label, 0) + count
    weights = _fit(totals, partners)
    return {(first, second): weights[first] * weights[second] for first, second in counts}


def _require_pairs(counts: Iterable[Pair]) -> None:
    seen: set[frozenset[str]] = set()
    for pair in counts:
        if len(set(pair)) != 2 or frozenset(pair) in seen:
            raise InputError(f"Expected each pair of two labels once, got {pair} again or alone.")
        seen.add(frozenset(pair))


def _fit(totals: Mapping[str, int], partners: Mapping[str, list[str]]) -> dict[str, float]:
    """Return weights whose products add up to each label's total, by damped proportional fitting."""
    whole = sum(totals.values())
    weights = {label: total / sqrt(whole) if whole else 0.0 for label, total in totals.items()}
    for _ in range(_MAX_ROUNDS):
        change = 0.0
        fitted = {}
        for label, total in totals.items():
            around = sum(weights[other] for other in partners[label])
            aim = total / around if around else 0.0
            fitted[label] = sqrt(weights[label] * aim)
            change = max(change, abs(fitted[label] - weights[label]))
        weights = fitted
        if change <= _TOLERANCE * max(1.0, max(weights.values(), default=0.0)):
            return weights
    raise InputError(
        "Expected counts of pairs that label weights can give, got a label that has a part in every "
        "pair that occurs. Leave that label out."
    )


def judge(count: int, expected: float, competing: float, *, pairs: int) -> Judgement:
    """Return whether a pair occurs more or less often than both baselines allow.

    ``together`` if the lower bound of the count lies above both expected counts; ``apart`` if the
    upper bound lies below both, and both are at least :data:`MINIMUM_EXPECTED`. The penalty is this
    project's: ``1 - upper / min(expected, competing)``.

    :param count: items with both labels.
    :param expected: under independence.
    :param competing: under competition.
    :param pairs: how many pairs of the corpus are judged, for the correction.
    :raises InputError: if ``pairs`` is below 1.
    """
    if pairs < 1:
        raise InputError(f"Expected at least one pair to be judged, got {pairs}.")
    lower, upper = count_bounds(count, alpha=ALPHA / pairs)
    most, least = max(expected, competing), min(expected, competing)
    if lower > most:
        strong = lower >= STRONG_LIFT * most
        return Judgement("together", "strong" if strong else "moderate", lower, upper, 0.0)
    if least >= MINIMUM_EXPECTED and upper < least:
        penalty = 1 - upper / least
        strong = penalty >= STRONG_PENALTY
        return Judgement("apart", "strong" if strong else "moderate", lower, upper, penalty)
    return Judgement(None, None, lower, upper, 0.0)
