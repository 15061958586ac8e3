"""When a failed request is tried again: the wait that a server asks for, and the one that is drawn."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random


def retry_after_seconds(
    header: str | None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> float | None:
    """Return the wait that a ``Retry-After`` header asks for (RFC 9110, 10.2.3); None if it cannot be read.

    >>> retry_after_seconds("3"), retry_after_seconds("soon")
    (3.0, None)
    """
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    date = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return max(0.0, (date - now()).total_seconds())


def drawn_wait(attempt: int, *, first: float, longest: float, draw: Random) -> float:
    """Return the seconds to wait after a try that failed.

    Drawn evenly from the upper half of ``first * 2**(attempt - 1)``, at most ``longest``, so that clients
    that failed together do not come back together.

    :param attempt: number of the try, from 1.

    >>> 0.5 <= drawn_wait(2, first=0.5, longest=30.0, draw=Random(0)) <= 1.0
    True
    """
    most = min(first * 2.0 ** min(attempt - 1, 60), longest)
    return draw.uniform(most / 2, most)
