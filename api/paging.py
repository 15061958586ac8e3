"""Parts of lists: how many items, from where, and links to the parts beside (RFC 8288)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from starlette.responses import Response

from affectgraph.api.openapi import Example
from affectgraph.api.shapes import Page, to_page

TOTAL = "X-Total-Count"
"""Header with the length of the whole list."""

PAGE_SIZE = 200
"""Items of a page where the request does not say."""

MOST_ITEMS = 1000
"""Items that a part may have."""

Item = TypeVar("Item")

PageOffset = Annotated[int, Query(ge=0, description="Items to leave out first.", examples=[0])]
PageLimit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Items per page.", examples=[2])]
PartLimit = Annotated[
    int, Query(ge=1, le=MOST_ITEMS, description="At most so many items.", examples=[MOST_ITEMS])
]

PAGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "Link": {
                "description": "Parts of the list as RFC 8288 has them: `first`, `prev`, `next`, `last`.",
                "schema": {"type": "string"},
            },
            TOTAL: {
                "description": "Length of the whole list.",
                "schema": {"type": "integer"},
            },
        }
    }
}
"""What the OpenAPI entry of a list says of its headers."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list that a request asks for, and where the headers of its answer go.

    :param limit: items at most, 1 to :data:`MOST_ITEMS`.
    :param offset: items to leave out first.
    :param query: the other parameters of the request, for links to the parts beside.
    :param response: gets the headers; None where only the items are wanted.
    """

    limit: int
    offset: int
    query: tuple[tuple[str, str], ...] = ()
    response: Response | None = None

    def page(self, shape: type[Item], found: Sequence[object]) -> Page[Item]:
        """Return a part of a list of dataclasses as a page of their shape."""
        self._say(len(found))
        return to_page(shape, found, self.limit, self.offset)

    def part(self, found: Sequence[Item]) -> Sequence[Item]:
        """Return a part of a list as it is."""
        self._say(len(found))
        return found[self.offset : self.offset + self.limit]

    def links(self, total: int) -> dict[str, str]:
        """Return where other parts of a list are, by their relation to this one.

        Addresses are relative to that of the request, so that they hold behind any proxy.

        >>> Paging(50, 50, (("tier", "tertiary"),)).links(106)["next"]
        '?tier=tertiary&limit=50&offset=100'
        """
        offsets = {"first": 0, "last": max(0, (total - 1) // self.limit * self.limit)}
        if self.offset > 0:
            offsets["prev"] = max(0, min(self.offset, total) - self.limit)
        if self.offset + self.limit < total:
            offsets["next"] = self.offset + self.limit
        return {relation: self._address(offset) for relation, offset in offsets.items()}

    def _address(self, offset: int) -> str:
        return "?" + urlencode((*self.query, ("limit", self.limit), ("offset", offset)))

    def _say(self, total: int) -> None:
        if self.response is not None:
            links = (f'<{to}>; rel="{relation}"' for relation, to in self.links(total).items())
            self.response.headers["Link"] = ", ".join(links)
            self.response.headers[TOTAL] = str(total)


async def read_page(
    request: Request, response: Response, limit: PageLimit = PAGE_SIZE, offset: PageOffset = 0
) -> Paging:
    """Return the page that a request asks for."""
    return _paging(request, response, limit, offset)


async def read_part(
    request: Request, response: Response, limit: PartLimit = MOST_ITEMS, offset: PageOffset = 0
) -> Paging:
    """Return the part of a short list that a request asks for, all of it if it does not say."""
    return _paging(request, response, limit, offset)


def _paging(request: Request, response: Response, limit: int, offset: int) -> Paging:
    rest = (pair for pair in request.query_params.multi_items() if pair[0] not in _OWN)
    return Paging(limit, offset, tuple(rest), response)


_OWN = frozenset({"limit", "offset"})

PageDep = Annotated[Paging, Depends(read_page), Example(Paging(2, 0))]
"""Parameter type of a handler that answers with a page."""

PartDep = Annotated[Paging, Depends(read_part), Example(Paging(MOST_ITEMS, 0))]
"""Parameter type of a handler that answers with a short list, whole if not asked otherwise."""
