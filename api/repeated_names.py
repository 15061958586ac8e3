"""JSON objects that give one name twice: the later value never silently wins over another one.

In a request, where one item of a batch must not cost the others their answers, the name gets the list of
its values (:func:`every_value`): no field of the routes that use :class:`RepeatedNamesRoute` takes such a
list, so it is refused at its place. Routes with fields that take lists use :class:`NamedValuesRoute`. A line
of a file is refused by ``affectgraph.api.record_files``.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

PairsHook = Callable[[list[tuple[str, Any]]], dict[str, Any]]
"""Reads an object of JSON from its names and values."""


def every_value(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object with the list of the values of a name that is given with several.

    >>> every_value([("AU12_r", 0.2), ("AU12_r", 3.0), ("AU6_r", 1.0), ("AU6_r", 1.0)])
    {'AU12_r': [0.2, 3.0], 'AU6_r': 1.0}
    """
    found: dict[str, Any] = {}
    repeated: dict[str, list[Any]] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            repeated.setdefault(name, [found[name]]).append(value)
        else:
            found[name] = value
    return found | repeated


def named_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the same with the list in an object, which no field takes that takes a list.

    >>> named_values([("vad", 0.2), ("vad", 0.3), ("vad", 0.1), ("labels", ["joy"])])
    {'vad': {'several values': [0.2, 0.3, 0.1]}, 'labels': ['joy']}
    """
    found = every_value(pairs)
    first: dict[str, Any] = {}
    for name, value in pairs:
        if name in first and first[name] != value:
            first[name] = {"several values": found[name]}
        else:
            first[name] = value
    return first


class _JsonRequest(Request):
    def __init__(self, request: Request, read: PairsHook) -> None:
        super().__init__(request.scope, request.receive)
        self._read = read

    async def json(self) -> Any:
        """Return the body as JSON data, its objects as they are read here."""
        if not hasattr(self, "_json"):
            self._json = json.loads(await self.body(), object_pairs_hook=self._read)
        return self._json


class RepeatedNamesRoute(APIRoute):
    """A route whose body may not give one name two values."""

    @staticmethod
    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object of the body."""
        return every_value(pairs)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, which reads the body's names first."""
        handle = super().get_route_handler()

        async def handle_json(request: Request) -> Response:
            return await handle(_JsonRequest(request, self.read))

        return handle_json


class NamedValuesRoute(RepeatedNamesRoute):
    """The same for bodies with fields that take lists."""

    @staticmethod
    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object of the body."""
        return named_values(pairs)
