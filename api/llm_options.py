"""Options of ``serve`` that say which language model it asks, and how much requests may have of it."""

from typing import Annotated

import typer

from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.model_options import MODEL_NAMES

ServedModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME|URL",
        help=f"Language model of /v1/reason: {MODEL_NAMES}. The graph reasons alone if left out.",
    ),
]
ConcurrencyOption = Annotated[
    int | None,
    typer.Option(
        "--llm-concurrency",
        help=f"Runs at the model at once; {DEFAULT_LIMITS.concurrency} if left out.",
    ),
]
QueueOption = Annotated[
    int | None,
    typer.Option(
        "--llm-queue",
        help="Further requests that may wait, before others are refused with 429; "
        f"{DEFAULT_LIMITS.queue} if left out.",
    ),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        "--llm-wait",
        help=f"Longest wait for a turn, in seconds; {DEFAULT_LIMITS.wait_seconds:g} if left out.",
    ),
]
TimeoutOption = Annotated[
    float | None,
    typer.Option(
        "--llm-timeout",
        help=f"Longest run, in seconds; {DEFAULT_LIMITS.timeout_seconds:g} if left out.",
    ),
]

OPTIONS = {
    "concurrency": "llm-concurrency",
    "queue": "llm-queue",
    "wait_seconds": "llm-wait",
    "timeout_seconds": "llm-timeout",
}
"""Options by the limits they set."""


def llm_limits(processes: int, **given: float | None) -> LlmLimits:
    """Return the limits that options name, of each process where there are several.

    :param processes: how many share them; 0 for one that nobody supervises.
    :param given: limits by their names; None for those that are left out.
    :raises InputError: if one is out of range, or there are fewer runs than processes.
    """
    found = LlmLimits(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    return found.divided(processes) if processes else found
