"""Limits of a pool that runs the queries of strangers."""

from dataclasses import dataclass

from affectgraph.ontology.errors import InputError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many queries run at once, and what each may use.

    :param workers: processes that run queries.
    :param timeout_seconds: from a worker's taking of a query to the whole answer.
    :param memory_mb: MiB that a worker may add to what it starts with.
    :param result_mb: MiB of a serialised answer.
    :param patience_seconds: how long a query may have others wait: then it is stopped if there is no room for
        it beside the workers. If there is, it makes room for others after a quarter of that.
    :param long_queries: queries that have made room and may go on beside the workers.
    :param queue: further queries that may wait for a worker.
    :param wait_seconds: longest wait.
    :raises InputError: if a number is out of range.
    """

    workers: int = 2
    timeout_seconds: float = 10.0
    memory_mb: int = 512
    result_mb: float = 64.0
    patience_seconds: float = 0.1
    long_queries: int = 4
    queue: int = 128
    wait_seconds: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        for name, lowest in (("workers", 1), ("memory_mb", 16), ("long_queries", 0), ("queue", 0)):
            if getattr(self, name) < lowest:
                raise InputError(
                    f"Expected {name} of at least {lowest}, got {getattr(self, name)}."
                )
        for name in ("timeout_seconds", "patience_seconds", "result_mb", "wait_seconds"):
            if not 0 < getattr(self, name) <= 86_400:
                raise InputError(
                    f"Expected {name} above 0 and up to 86,400, got {getattr(self, name)}."
                )

    @property
    def result_bytes(self) -> int:
        """Bytes of a serialised answer."""
        return int(self.result_mb * MIB)


DEFAULT_POOL_LIMITS = PoolLimits()
"""Limits of a service that says no others."""
