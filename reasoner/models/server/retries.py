"""When a failed request is tried again, and after how long."""

from dataclasses import dataclass
from math import isfinite
from random import Random

from affectgraph.kg.http_waits import drawn_wait
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.models.server.errors import FailureKind, ModelServerError

TRIED_AGAIN: frozenset[FailureKind] = frozenset(
    {"unreachable", "rate_limited", "unavailable", "malformed", "interrupted"}
)
"""Kinds of failure that are tried again here. A time-out is left to the caller, whose time is spent."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and after how long.

    The wait before try n + 1 is drawn evenly from the upper half of ``first_wait_seconds * 2**(n - 1)``, at
    most ``longest_wait_seconds``, so that clients that failed together do not come back together. A server's
    ``Retry-After`` is the least wait; where it is beyond the longest, the request fails at once and says so.

    :param attempts: most tries, 1 or more.
    :param seed: of the draws; equal seeds give equal waits.
    :raises InputError: if a number is below its least.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 30.0
    seed: int = 0

    def __post_init__(self) -> None:
        waits = (self.first_wait_seconds, self.longest_wait_seconds)
        is_number = all(isinstance(x, int | float) and isfinite(x) for x in waits)
        if not isinstance(self.attempts, int) or not isinstance(self.seed, int) or not is_number:
            raise InputError(
                f"Expected attempts and seed as whole numbers and waits in seconds, got {self}."
            )
        if self.attempts < 1 or not 0 <= self.first_wait_seconds <= self.longest_wait_seconds:
            raise InputError(
                "Expected 1 attempt or more and 0 <= first_wait_seconds <= longest_wait_seconds, got "
                f"{self.attempts}, {self.first_wait_seconds} and {self.longest_wait_seconds}."
            )

    def wait_seconds(self, failed: ModelServerError, attempt: int, draw: Random) -> float | None:
        """Return the wait before the next try; None if there is none.

        :param attempt: number of the try that failed, from 1.
        """
        asked = failed.retry_after_seconds or 0.0
        is_over = attempt >= self.attempts or asked > self.longest_wait_seconds
        if is_over or failed.kind not in TRIED_AGAIN or not failed.retryable:
            return None
        wait = drawn_wait(
            attempt, first=self.first_wait_seconds, longest=self.longest_wait_seconds, draw=draw
        )
        return max(wait, asked)
