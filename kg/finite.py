"""Tells numbers that can be reckoned with from all else that data may hold."""

import reprlib
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


def written(value: object) -> str:
    """Return a value in short, as an error names it; a whole number of too many digits by its type.

    Python refuses to write out whole numbers of more than 4,300 digits.

    >>> written([0.5, 0, 0]), written(10**5000)
    ('[0.5, 0, 0]', 'int of too many digits')
    """
    try:
        return reprlib.repr(value)
    except ValueError:
        return f"{type(value).__name__} of too many digits"
