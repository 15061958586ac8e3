"""Preconditions of requests (RFC 9110, section 13): a write is made only of what its sender has seen.

``If-Match`` compares strongly, so that a weak tag never matches; ``If-None-Match`` compares weakly. There is
no ``Last-Modified``, so ``If-Unmodified-Since`` does not count (13.1.4).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, HTTPException

ANY = "*"
"""Stands for whatever there is."""

_TAG = re.compile(r'[ \t]*(?:(W/)?("[\x21\x23-\x7e\x80-\xff]*"))?[ \t]*(?:,|$)')
"""An element of a list of entity tags (8.8.3), which may be empty (5.6.1)."""


class PreconditionError(HTTPException):
    """What a request is about is not as the request expects; the error handlers answer 412."""

    def __init__(self, detail: str) -> None:
        super().__init__(412, detail)


@dataclass(frozen=True, slots=True)
class EntityTags:
    """The value of ``If-Match`` or ``If-None-Match``.

    :param strong: tags with their quotation marks. :param weak: likewise, of those with ``W/`` in front.
    :param is_any: whether it is ``*``.
    """

    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    is_any: bool = False

    def has_strong(self, current: Collection[str]) -> bool:
        """Return whether one of some strong tags is among them, or there is one at all if they are any."""
        return bool(current) if self.is_any else not self.strong.isdisjoint(current)

    def has_weak(self, current: Collection[str]) -> bool:
        """As :meth:`has_strong`, whether or not they say ``W/``."""
        return self.has_strong(current) or not self.weak.isdisjoint(current)


def parse_tags(value: str, name: str) -> EntityTags:
    """Return the entity tags of a header.

    :param name: of the header, for the message.
    :raises HTTPException: 400 if it is neither ``*`` nor a list of entity tags.

    >>> parse_tags('"a", W/"b"', "If-Match")
    EntityTags(strong=frozenset({'"a"'}), weak=frozenset({'"b"'}), is_any=False)
    """
    if value.strip(" \t") == ANY:
        return EntityTags(is_any=True)
    strong: set[str] = set()
    weak: set[str] = set()
    place = 0
    while place < len(value):
        found = _TAG.match(value, place)
        if found is None:
            raise HTTPException(
                400,
                f"Expected {name} as * or a list of entity tags in quotation marks, got {value[:80]!r}.",
            )
        if found[2] is not None:
            (weak if found[1] else strong).add(found[2])
        place = found.end()
    return EntityTags(frozenset(strong), frozenset(weak))


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What a request expects of what it is about; nothing where a header is not there."""

    match: EntityTags | None = None
    none_match: EntityTags | None = None

    def require(self, current: Collection[str]) -> None:
        """Do nothing if a write may be made, raise otherwise.

        To be called with the state in hand that the write begins from, so that none comes between.

        :param current: strong tags of all representations there are now; none if there is nothing.
        :raises PreconditionError: if ``If-Match`` names none of them, or ``If-None-Match`` one.
        """
        if self.match is not None and not self.match.has_strong(current):
            what = "another" if current else "none"
            raise PreconditionError(
                f"Expected the graph with the ETag in If-Match, got {what}. Somebody has written meanwhile."
            )
        if self.none_match is not None and self.none_match.has_weak(current):
            raise PreconditionError(
                "Expected no graph as If-None-Match excludes it, got one. Send If-Match to replace it."
            )

    def has_current(self, tag: str) -> bool:
        """Return whether who reads has the representation of a tag already, so that 304 is the answer.

        :raises PreconditionError: if ``If-Match`` does not name the tag.
        """
        if self.match is not None:
            Preconditions(self.match).require([tag])
        return self.none_match is not None and self.none_match.has_weak([tag])


NO_PRECONDITIONS = Preconditions()


async def _read(
    if_match: Annotated[
        list[str] | None,
        Header(description="Entity tags: 412 unless the graph has one of them now; `*` for any."),
    ] = None,
    if_none_match: Annotated[
        list[str] | None,
        Header(
            description="Entity tags: if the graph has one of them now, 304 for reading, 412 for writing; "
            "`*` for any, so that nothing is replaced."
        ),
    ] = None,
) -> Preconditions:
    return Preconditions(_tags(if_match, "If-Match"), _tags(if_none_match, "If-None-Match"))


def _tags(values: list[str] | None, name: str) -> EntityTags | None:
    return None if values is None else parse_tags(",".join(values), name)


PreconditionsDep = Annotated[Preconditions, Depends(_read)]
"""Parameter type of a handler whose requests may have preconditions."""
