"""Runs that are compared: taken by turns, compared within a turn, and told with their spread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Literal

Decision = Literal["met", "missed", "open"]


@dataclass(frozen=True)
class Spread:
    """The middle of some figures and how far they lie apart.

    :param low, high: first and third quartile, of the sorted figures with linear interpolation.
    """

    middle: float
    low: float
    high: float

    def rounded(self, digits: int = 3) -> list[float]:
        """Return first quartile, median, third quartile."""
        return [round(value, digits) for value in (self.low, self.middle, self.high)]


def spread(values: Sequence[float]) -> Spread:
    """Return median and quartiles; of one figure, the figure.

    >>> spread([1.0, 2.0, 3.0, 4.0, 10.0])
    Spread(middle=3.0, low=2.0, high=4.0)
    """
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Spread(median(values), low, high)


def by_turns(
    runs: Mapping[str, Callable[[], int]],
    repeats: int,
    after: Callable[[str], None] = lambda name: None,
    clock: Callable[[], float] = perf_counter,
) -> dict[str, list[float]]:
    """Return what each run did per second at each turn; the first of a turn is another one each time.

    :param runs: by name; each returns how much it did, such as tokens.
    :param after: called after each run with its name.
    """
    names = list(runs)
    rates: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(repeats):
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            start = clock()
            done = runs[name]()
            rates[name].append(done / (clock() - start))
            after(name)
    return rates


def shares(rates: Mapping[str, Sequence[float]], name: str, of: str) -> list[float]:
    """Return one run's rate by another's, turn by turn, so that what drifts counts for both.

    >>> shares({"plain": [10.0, 20.0], "json": [9.0, 21.0]}, "json", "plain")
    [0.9, 1.05]
    """
    return [a / b for a, b in zip(rates[name], rates[of], strict=True)]


def decision(found: Spread, bar: float) -> Decision:
    """Return whether shares meet a bar: met from the first quartile on, missed below the third.

    >>> [decision(Spread(1.0, low, high), 0.95) for low, high in ((0.96, 1.1), (0.8, 1.1), (0.8, 0.94))]
    ['met', 'open', 'missed']
    """
    if found.low >= bar:
        return "met"
    return "missed" if found.high < bar else "open"


class Budget:
    """How much time a run may take, and what each of its parts is expected to take.

    :param seconds: in all; no bound if None.
    :param clock: seconds, rising.
    """

    GROWTH = 2.0
    """What a larger model may take, by what the one before it took: 3B took 1.2 times 0.5B on an H200."""

    def __init__(self, seconds: float | None, clock: Callable[[], float] = perf_counter) -> None:
        self._seconds = seconds
        self._clock = clock
        self._started = clock()
        self._taken: dict[str, float] = {}

    @property
    def left(self) -> float:
        """Seconds that are left; infinite without a bound."""
        if self._seconds is None:
            return float("inf")
        return self._seconds - (self._clock() - self._started)

    def expected(self, part: str, least: float = 0.0) -> float:
        """Return the seconds a part may take, by the last time it was run.

        :param least: what it takes at least, and what is said of one that was not run yet.
        """
        return max(least, self._taken.get(part, 0.0) * self.GROWTH)

    def fits(self, part: str, least: float = 0.0) -> bool:
        """Return whether a part can end in time."""
        return self.expected(part, least) <= self.left

    def note(self, part: str, seconds: float) -> None:
        """Keep what a part took."""
        self._taken[part] = seconds
