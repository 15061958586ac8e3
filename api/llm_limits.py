"""How much of its language model a service lets requests have. Needs no web framework."""

from dataclasses import dataclass, replace
from math import isfinite

from affectgraph.ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class LlmLimits:
    """What the service lets requests have of the language model.

    :param concurrency: runs at once.
    :param queue: further requests that may wait; beyond them, a request is refused with 429.
    :param wait_seconds: longest wait for a turn.
    :param timeout_seconds: longest run; it ends at the model's next token, with what is there.
    :raises InputError: if a number is out of range.

    >>> LlmLimits(concurrency=4).queue
    32
    """

    concurrency: int = 8
    queue: int = 32
    wait_seconds: float = 60.0
    timeout_seconds: float = 300.0

    def __post_init__(self) -> None:
        for name, least in (("concurrency", 1), ("queue", 0)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise InputError(
                    f"Expected {name} as a whole number of {least} or more, got {value!r}."
                )
        for name in ("wait_seconds", "timeout_seconds"):
            value = getattr(self, name)
            good = isinstance(value, int | float) and not isinstance(value, bool)
            if not (good and isfinite(value) and value > 0):
                raise InputError(f"Expected {name} above 0 and finite, got {value!r}.")

    def divided(self, processes: int) -> "LlmLimits":
        """Return the limits of each of several processes, so that together they keep to these at most.

        :raises InputError: if there are fewer runs than processes.

        >>> LlmLimits(concurrency=8, queue=33).divided(2)
        LlmLimits(concurrency=4, queue=16, wait_seconds=60.0, timeout_seconds=300.0)
        """
        if self.concurrency < processes:
            raise InputError(
                f"Expected --llm-concurrency of {processes} or more, a run for each of --workers, "
                f"got {self.concurrency}."
            )
        return replace(
            self, concurrency=self.concurrency // processes, queue=self.queue // processes
        )


DEFAULT_LIMITS = LlmLimits()
