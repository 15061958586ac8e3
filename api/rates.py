"""How often somebody may ask: a bucket of tokens for each client. Needs no web framework.

A bucket holds ``burst`` tokens and gets ``per_second`` new ones. What is kept of it is one number, the time
at which it will be full again. Headers are those of draft-ietf-httpapi-ratelimit-headers-11 (May 2026).
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil, floor
from threading import Lock
from time import monotonic
from typing import Protocol

from affectgraph.ontology.errors import InputError

CLIENTS = 50_000
"""Buckets that a process keeps; some 10 MB. Beyond them, the one that was used longest ago counts as full."""

_RATE = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,3})?)/(s|min|h)")
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_TINY = 1e-9
"""Of a token; what sums of floats are off by."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many tokens a client gets.

    :param per_second: more than 0. :param burst: tokens at most, 1 or more.
    :raises InputError: if a number is out of range.
    """

    per_second: float
    burst: int

    def __post_init__(self) -> None:
        if not 0 < self.per_second < float("inf"):
            raise InputError(f"Expected a rate above 0 and finite, got {self.per_second!r}.")
        if self.burst < 1:
            raise InputError(f"Expected a burst of 1 or more, got {self.burst!r}.")

    @property
    def window_seconds(self) -> int:
        """Seconds in which an empty bucket is full."""
        return max(1, ceil(self.burst / self.per_second - _TINY))


def parse_rate(text: str, burst: int | None = None) -> Rate:
    """Return a rate such as ``20/s``, ``100/min`` or ``5/h``.

    :param burst: as many as the number before the stroke, and at least 1, if left out.
    :raises InputError: if it is none.

    >>> parse_rate("30/min")
    Rate(per_second=0.5, burst=30)
    """
    found = _RATE.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise InputError(f"Expected a rate such as 20/s, 100/min or 5/h, got {text!r}.")
    number = float(found[1])
    return Rate(number / _SECONDS[found[2]], max(1, int(number)) if burst is None else burst)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of asking a bucket.

    :param is_granted: whether there were tokens enough; if not, none are taken.
    :param left: whole tokens that are left.
    :param retry_seconds: until the same, or one token after what was granted, is granted; 0 for at once.
    """

    rate: Rate
    is_granted: bool
    left: int
    retry_seconds: int

    @property
    def window_seconds(self) -> int:
        """Seconds over which the tokens that are left last at this rate, or until there is one."""
        return max(self.retry_seconds, ceil(self.left / self.rate.per_second - _TINY))

    def headers(self, policy: str) -> dict[str, str]:
        """Return the headers of the draft, by the name of a policy, which has no quotation marks.

        >>> Rates(Rate(2, 10), clock=lambda: 0.0).take("a").headers("default")
        {'RateLimit-Policy': '"default";q=10;w=5', 'RateLimit': '"default";r=9;t=5'}
        """
        rate = self.rate
        return {
            "RateLimit-Policy": f'"{policy}";q={rate.burst};w={rate.window_seconds}',
            "RateLimit": f'"{policy}";r={self.left};t={self.window_seconds}',
        }


class Buckets(Protocol):
    """Keeps of each client the time at which his bucket is full."""

    def change(self, client: str, change: Callable[[float], float]) -> None:
        """Replace a client's time by what a function makes of it; it gets 0 if none is kept.

        Nobody else changes the same one meanwhile.
        """


class MemoryBuckets:
    """Times in the memory of this process. Safe for threads.

    :param clients: how many are kept; beyond them, the one that was used longest ago is dropped.
    """

    def __init__(self, clients: int = CLIENTS) -> None:
        self._clients = clients
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._full_at)

    def change(self, client: str, change: Callable[[float], float]) -> None:
        """As :class:`Buckets` says."""
        with self._lock:
            self._full_at[client] = change(self._full_at.get(client, 0.0))
            self._full_at.move_to_end(client)
            if len(self._full_at) > self._clients:
                self._full_at.popitem(last=False)


class Rates:
    """The buckets of all clients. As safe for threads and processes as what keeps them.

    :param buckets: keeps them; memory of their own if left out. :param clock: seconds, the same for all who
        share buckets.
    """

    def __init__(
        self,
        rate: Rate,
        *,
        buckets: Buckets | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.rate = rate
        self._buckets = MemoryBuckets() if buckets is None else buckets
        self._clock = clock

    def take(self, client: str, cost: int = 1) -> Taken:
        """Take tokens out of a client's bucket, if they are there.

        Who asks for more than a bucket holds needs a full one, and waits the longer for the next token.
        """
        taken: list[Taken] = []

        def change(full_at: float) -> float:
            full_at, found = self._reckoned(full_at, cost)
            taken.append(found)
            return full_at

        self._buckets.change(client, change)
        return taken[0]

    def _reckoned(self, kept: float, cost: int) -> tuple[float, Taken]:
        """Return when a bucket is full after some tokens are asked of it, and what came of that."""
        now = self._clock()
        full_at = max(kept, now)
        held = self.rate.burst - (full_at - now) * self.rate.per_second
        needed = min(cost, self.rate.burst)
        if held + _TINY < needed:
            return kept, self._taken(held, needed, is_granted=False)
        full_at += cost / self.rate.per_second
        return full_at, self._taken(held - cost, 1, is_granted=True)

    def _taken(self, held: float, needed: int, *, is_granted: bool) -> Taken:
        wait = max(0, ceil((needed - held) / self.rate.per_second - _TINY))
        return Taken(self.rate, is_granted, max(0, floor(held + _TINY)), wait)


def client_of(address: str | None) -> str:
    """Return what the bucket of an address goes by: of IPv6 its /64, which one customer has whole.

    >>> client_of("2001:db8::1"), client_of("192.0.2.1"), client_of(None)
    ('2001:db8::/64', '192.0.2.1', 'unknown')
    """
    if address is None:
        return "unknown"
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"
