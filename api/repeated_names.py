"""JSON objects that give one name twice: the later value never silently wins over another one.

In a request, where one item of a batch must not cost the others their answers, the name gets the list of
its values (:func:`every_value`): no field of the routes that use :class:`RepeatedNamesRoute` takes such a
list, so it is refused at its place. A line of a file is refused by ``affectgraph.api.record_files``.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response


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


class _JsonRequest(Request):
    async def json(self) -> Any:
        """Return the body as JSON data; names that are given twice as :func:`every_value` says."""
        if not hasattr(self, "_json"):
            self._json = json.loads(await self.body(), object_pairs_hook=every_value)
        return self._json


class RepeatedNamesRoute(APIRoute):
    """A route whose body may not give one name two values."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, which reads the body's names first."""
        handle = super().get_route_handler()

        async def handle_json(request: Request) -> Response:
            return await handle(_JsonRequest(request.scope, request.receive))

        return handle_json
