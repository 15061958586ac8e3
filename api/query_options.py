"""Options of commands that run SPARQL of strangers: how many queries at once, and what each may use."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from affectgraph.api.pool_limits import PoolLimits

WorkersOption = Annotated[
    int, typer.Option("--query-workers", min=1, help="Processes that run SPARQL queries.")
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--query-timeout", metavar="SECONDS", help="A SPARQL query that takes longer is stopped."
    ),
]
MemoryOption = Annotated[
    int,
    typer.Option(
        "--query-memory",
        metavar="MB",
        min=16,
        help="Memory that a SPARQL query may add to its process; Linux holds it.",
    ),
]
WORKERS, TIMEOUT, MEMORY = 2, 10.0, 512
"""What is taken where an option is left out."""


def query_limits(workers: int, timeout: float, memory: int) -> "PoolLimits":
    """Return the limits that options name.

    :raises InputError: if the timeout is out of range.
    """
    from affectgraph.api.pool_limits import PoolLimits

    return PoolLimits(workers=workers, timeout_seconds=timeout, memory_mb=memory)
