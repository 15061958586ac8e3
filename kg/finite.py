"""Tells numbers that can be reckoned with from all else that data may hold."""

from math import isfinite
from numbers import Real
from typing import TypeGuard


def is_finite(value: object) -> TypeGuard[Real]:
    """Return whether a value is a real number that a float holds: no truth value, NaN or infinity.

    A whole number of more than some 308 digits is none, since no float is so large.

    >>> [is_finite(value) for value in (0.5, 3, 10**400, float("nan"), True, "3")]
    [True, True, False, False, False, False]
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False
