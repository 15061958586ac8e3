"""Who may ask a service for what, and how often.

The middleware :class:`affectgraph.api.auth.Guard` finds out who asks. Whatever answers a request then says
what it takes, in the request's task or in a thread that works for it::

    @router.put("/v1/data/{name}", dependencies=[Depends(requires("write"))])   # FastAPI
    require("write")                                                            # anywhere else

``write`` and ``admin`` are never open: without a file of keys nobody has them. ``read`` is asked for by the
middleware itself, for every path but :data:`affectgraph.api.auth.OPEN_PATHS`.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from affectgraph.api.access_errors import (
    ForbiddenError,
    GraphForbiddenError,
    NobodyError,
    NoKeyError,
    RateError,
)
from affectgraph.api.keys import Key, Right
from affectgraph.api.rates import Rate, Rates
from affectgraph.api.shared_buckets import SharedBuckets
from affectgraph.ontology.errors import InputError

Opening = Literal["open", "key"]
"""Whether something is open to all, or to those with a key."""

LLM_POLICY = "llm"
"""Name of the limit on the language model."""


class KeyRing(Protocol):
    """Where keys are looked up, such as :class:`affectgraph.api.key_file.KeyFile`."""

    def find(self, token: str, now: datetime) -> Key | None:
        """Return the key of a token if it may be used at a time, else None.

        :raises InputError: if keys cannot be looked up.
        """


@dataclass(frozen=True, slots=True)
class Access:
    """What an operator says of who may ask.

    :param keys: the keys that are known; None if there are none.
    :param read: who may read. :param llm: who may ask the language model; those with a key if there are keys,
        all if there are none, if left out.
    :param rate: of requests, for each key and for each address without one; None for no limit.
    :param llm_rate: of observations for the language model.
    :param buckets: keep what is counted for several processes; each counts for itself if None.
    :raises InputError: if a key is asked for and there are none.

    >>> sorted(Access().rights)
    ['llm', 'read']
    """

    keys: KeyRing | None = None
    read: Opening = "open"
    llm: Opening | None = None
    rate: Rate | None = None
    llm_rate: Rate | None = None
    buckets: SharedBuckets | None = None

    def __post_init__(self) -> None:
        for name in ("read", "llm"):
            if getattr(self, name) == "key" and self.keys is None:
                raise InputError(
                    f"Expected keys where {name} needs one, got none. Add --keys FILE."
                )

    def rates(self) -> Rates | None:
        """Return the limit on requests, None for none."""
        return None if self.rate is None else Rates(self.rate, buckets=self.buckets)

    def llm_rates(self) -> Rates | None:
        """Return the limit on the language model, None for none."""
        if self.llm_rate is None:
            return None
        buckets = None if self.buckets is None else self.buckets.named(LLM_POLICY)
        return Rates(self.llm_rate, buckets=buckets)

    @property
    def rights(self) -> frozenset[Right]:
        """What those without a key may do."""
        llm = self.llm or ("open" if self.keys is None else "key")
        openings: dict[Right, Opening] = {"read": self.read, "llm": llm}
        return frozenset(right for right, opening in openings.items() if opening == "open")


DEFAULT_ACCESS = Access()
"""Reading and the language model are open, nothing else is, and nothing is limited."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    :param bucket: what limits go by: a key, or an address.
    :param key: the key that was sent; None if none was.
    :param rights: what those without a key may do.
    :param has_keys: whether there is a key that could be sent.
    :param llm_rates: limits on the language model; None for none.
    """

    bucket: str = "unknown"
    key: Key | None = None
    rights: frozenset[Right] = DEFAULT_ACCESS.rights
    has_keys: bool = False
    llm_rates: Rates | None = None

    def may(self, right: Right) -> bool:
        """Return whether he may do something."""
        return right in self.rights or (self.key is not None and self.key.may(right))

    def require(self, right: Right) -> None:
        """Do nothing if he may do something.

        :raises AccessError: if not; 401 without a key, else 403.
        """
        if self.may(right):
            return
        if not self.has_keys:
            raise NobodyError(right)
        raise NoKeyError(right) if self.key is None else ForbiddenError(right)

    def take_llm(self, observations: int) -> None:
        """Count observations for the language model.

        :raises RateError: if there are too many; none is counted then.
        """
        if self.llm_rates is None:
            return
        taken = self.llm_rates.take(self.bucket, observations)
        if not taken.is_granted:
            raise RateError(taken, LLM_POLICY)


_current: ContextVar[Caller] = ContextVar("affectgraph_caller", default=Caller())  # noqa: B039 - frozen


def current_caller() -> Caller:
    """Return who sent the request that this task, or a thread working for it, answers.

    Outside of a request, and in a service that has neither keys nor limits, one without a key.
    """
    return _current.get()


@contextmanager
def asked_by(caller: Caller) -> Iterator[None]:
    """Have a caller be the current one in this task."""
    token = _current.set(caller)
    try:
        yield
    finally:
        _current.reset(token)


def require(right: Right) -> None:
    """Do nothing if who sent the current request may do something.

    :raises AccessError: if not, which the error handlers answer: 401 without a key, else 403.

    >>> require("read")
    >>> require("write")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    NobodyError: 403: Expected a key with the scope write, got a service without keys.
    """
    current_caller().require(right)


def require_graph(graph: str) -> None:
    """Do nothing if the key of the current request, if there is one, may write a graph.

    Whether anybody may write is asked by :func:`require`.

    :param graph: its IRI.
    :raises AccessError: 403 if the key may not write, or is limited to others.

    >>> require_graph("urn:mine")
    """
    caller = current_caller()
    if caller.key is None:
        return
    caller.require("write")
    if not caller.key.may_write(graph):
        raise GraphForbiddenError(graph, caller.key.graphs)


def requires(right: Right) -> Callable[[], Awaitable[None]]:
    """Return :func:`require` for a right as a dependency of FastAPI."""

    async def dependency() -> None:
        require(right)

    return dependency


def admit_to_model(observations: int = 1) -> None:
    """Do nothing if who sent the current request may ask the language model, and not too often.

    :raises AccessError: if not; 429 if it is too often.
    """
    caller = current_caller()
    caller.require("llm")
    caller.take_llm(observations)
