"""Whether two points of valence, arousal and dominance mirror each other, as opposites should."""

from math import dist

from affectgraph.ontology.errors import InputError

MIRROR_SHARE = 0.5
"""Largest distance to the mirror image, as a share of the distance between the points themselves.

Pairs that theories call opposite fall on either side with a wide gap: those of unlike valence reach at
most .48, those of like valence start at 2.2 (``benchmarks/associations.py`` prints all of them).
"""

Point = tuple[float, float, float]


def mirror_ratio(first: Point, second: Point) -> float:
    """Return the distance from a point to the other's mirror image, over the distance between the two.

    The mirror image has all three signs reversed, as Mehrabian (1996) reverses them for the opposite
    temperament. 0 for exact mirror images, 1 if neither is nearer, above 1 for points that lie on
    the same side; infinite for equal points.

    :param first, second: valence, arousal, dominance, each in -1..1.
    :raises InputError: if both points are 0, which mirrors itself.

    >>> mirror_ratio((0.6, 0.2, 0.1), (-0.6, -0.2, -0.1))
    0.0
    """
    apart = dist(first, second)
    mirrored = dist(first, tuple(-value for value in second))
    if apart == 0:
        if mirrored == 0:
            raise InputError("Expected a point other than 0, 0, 0, got it twice: it has no side.")
        return float("inf")
    return mirrored / apart


def is_mirrored(first: Point, second: Point) -> bool:
    """Return whether two points reflect each other: valence of unlike sign, and mirror ratio small.

    >>> is_mirrored((0.77, 0.49, 0.40), (-0.79, -0.31, -0.50))  # joy and sadness, Glasgow Norms
    True
    >>> is_mirrored((-0.61, 0.04, -0.54), (-0.62, 0.16, -0.10))  # fear and anger
    False
    """
    return first[0] * second[0] < 0 and mirror_ratio(first, second) <= MIRROR_SHARE
