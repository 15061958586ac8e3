"""Turns functions that make questions into methods that ask them, with their parameters and types."""

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from affectgraph.client.call import Call

P = ParamSpec("P")
Answer = TypeVar("Answer")
Method = TypeVar("Method")


class Asks(Protocol):
    """What answers a question."""

    def send(self, call: Call[Answer]) -> Answer:
        """Return the answer."""
        ...


class AsksLater(Protocol):
    """What answers a question when it is awaited."""

    async def send(self, call: Call[Answer]) -> Answer:
        """Return the answer."""
        ...


def asking(make: Callable[P, Call[Answer]]) -> Callable[Concatenate[Any, P], Answer]:
    """Return a method that asks the question a function makes."""

    @wraps(make)
    def ask(self: Asks, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        return self.send(make(*args, **kwargs))

    return _with_self(ask, make)


def asking_later(
    make: Callable[P, Call[Answer]],
) -> Callable[Concatenate[Any, P], Awaitable[Answer]]:
    """Return the same to be awaited."""

    @wraps(make)
    async def ask(self: AsksLater, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        return await self.send(make(*args, **kwargs))

    return _with_self(ask, make)


def _with_self(method: Method, make: Callable[..., Any]) -> Method:
    """Return a method whose signature is that of the function, after ``self``."""
    signature = inspect.signature(make)
    itself = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    vars(method)["__signature__"] = signature.replace(
        parameters=[itself, *signature.parameters.values()]
    )
    return method
