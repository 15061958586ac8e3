"""Figures of agreement between two readers, shared by the benchmarks that compare readings.

A pair holds the categories two readers gave one item. Shares get a Wilson interval, Cohen's kappa a
percentile interval over resampled pairs (fixed seed), both at 95 %.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import sqrt
from random import Random

SEED = 20260101
RESAMPLES = 2000

Pairs = Sequence[tuple[Hashable, Hashable]]


def agreement(pairs: Pairs) -> float:
    """Return the share of pairs whose two readings are the same, 0 to 1."""
    return sum(first == second for first, second in pairs) / len(pairs)


def kappa(pairs: Pairs) -> float:
    """Return Cohen's kappa: agreement beyond what the readers' own frequencies give by chance.

    >>> kappa([("joy", "joy"), ("joy", "fear"), ("fear", "fear"), ("fear", "joy")])
    0.0
    """
    size = len(pairs)
    first = Counter(pair[0] for pair in pairs)
    second = Counter(pair[1] for pair in pairs)
    chance = sum(count * second[category] for category, count in first.items()) / size**2
    return 1.0 if chance == 1 else (agreement(pairs) - chance) / (1 - chance)


def wilson(share: float, size: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return centre - half, centre + half


def bootstrap(pairs: Pairs, statistic: Callable[[Pairs], float]) -> tuple[float, float]:
    """Return the 95 % percentile interval of a statistic over resampled pairs."""
    random = Random(SEED)  # noqa: S311 - resampling, no secret
    values = sorted(statistic(random.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return values[round(0.025 * RESAMPLES)], values[round(0.975 * RESAMPLES) - 1]


def share_line(name: str, equal: int, size: int) -> str:
    """Return a line that says how many of how many agree, with the interval.

    >>> share_line("role", 3, 4)
    'role: 3 of 4, 75.0% (95 % 30.1% to 95.4%)'
    """
    low, high = wilson(equal / size, size)
    return f"{name}: {equal} of {size}, {equal / size:.1%} (95 % {low:.1%} to {high:.1%})"


def kappa_line(name: str, pairs: Pairs) -> str:
    """Return the line of the share that agrees, and Cohen's kappa with its interval."""
    low, high = bootstrap(pairs, kappa)
    equal = sum(first == second for first, second in pairs)
    return (
        f"{share_line(name, equal, len(pairs))}; "
        f"Cohen's kappa {kappa(pairs):.3f} (95 % {low:.3f} to {high:.3f})"
    )
