"""Limits of a service on what users store, and on how many wait to store it."""

from dataclasses import dataclass

from affectgraph.kg.user_limits import StoreLimits
from affectgraph.ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class DataLimits:
    """How much users may store, and how many writes may wait.

    :param graphs: of all users. :param triples: in all of them. A triple takes about 600 bytes of the memory
        that processes for queries share.
    :param waiting: writes that may wait for another. Each holds one of the 40 threads that REST has, so that
        fewer leave room for those who read.
    :param wait_seconds: longest wait.
    :raises InputError: if a number is out of range.
    """

    graphs: int = 10_000
    triples: int = 1_000_000
    waiting: int = 16
    wait_seconds: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        StoreLimits(self.graphs, self.triples)
        if self.waiting < 0:
            raise InputError(f"Expected waiting of at least 0, got {self.waiting}.")
        if not 0 < self.wait_seconds <= 86_400:
            raise InputError(
                f"Expected wait_seconds above 0 and up to 86,400, got {self.wait_seconds}."
            )

    @property
    def of_store(self) -> StoreLimits:
        """What the store itself holds to."""
        return StoreLimits(self.graphs, self.triples)


DEFAULT_DATA_LIMITS = DataLimits()
"""Limits of a service that says no others."""
