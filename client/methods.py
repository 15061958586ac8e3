"""Turns functions that make questions into methods that ask them, with their parameters and types."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from affectgraph.client.call import Call
from affectgraph.client.events import EventsCall

P = ParamSpec("P")
Answer = TypeVar("Answer")
Event = TypeVar("Event")
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


class Follows(Protocol):
    """What gives an answer as events."""

    def events(self, call: EventsCall[Event]) -> AbstractContextManager[Iterator[Event]]:
        """Give the events."""
        ...


class FollowsLater(Protocol):
    """What gives an answer as events that are awaited."""

    def events(self, call: EventsCall[Event]) -> AbstractAsyncContextManager[AsyncIterator[Event]]:
        """Give the events."""
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


def following(
    make: Callable[P, EventsCall[Event]],
) -> Callable[Concatenate[Any, P], AbstractContextManager[Iterator[Event]]]:
    """Return a method for ``with``, which gives the events of the answer to the question a function makes."""

    @wraps(make)
    def follow(
        self: Follows, /, *args: P.args, **kwargs: P.kwargs
    ) -> AbstractContextManager[Iterator[Event]]:
        return self.events(make(*args, **kwargs))

    return _with_self(follow, make)


def following_later(
    make: Callable[P, EventsCall[Event]],
) -> Callable[Concatenate[Any, P], AbstractAsyncContextManager[AsyncIterator[Event]]]:
    """Return the same for ``async with``."""

    @wraps(make)
    def follow(
        self: FollowsLater, /, *args: P.args, **kwargs: P.kwargs
    ) -> AbstractAsyncContextManager[AsyncIterator[Event]]:
        return self.events(make(*args, **kwargs))

    return _with_self(follow, make)


def _with_self(method: Method, make: Callable[..., Any]) -> Method:
    """Return a method whose signature is that of the function, after ``self``."""
    signature = inspect.signature(make)
    itself = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    vars(method)["__signature__"] = signature.replace(
        parameters=[itself, *signature.parameters.values()]
    )
    return method
