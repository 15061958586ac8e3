"""Finds what a sentence concedes before its point: "although AU12 is present, AU4 suggests anger"."""

from typing import NamedTuple

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View

_OPENS = late_pattern(
    r"(?:^[^\w;:]*|[;:]\s+|\b(?:but|and|yet|so)\s+)"
    r"(?P<word>(?:even\s+)?though|although|while|whereas|despite|in\s+spite\s+of|notwithstanding|regardless\s+of)\b"
)
_MARKS_ALONE = late_pattern(r"(?:\s+(?:the|an?|his|her|their|both))*\s*[A-Z](?:,\s*[A-Z])*\Z")
_MEMBER = late_pattern(
    r"\s*(?:(?:and|or)\s+)?[A-Z](?=\s*,|\s+(?:and|or)\s+[A-Z])|\s*(?:and|or)\s+[A-Z]"
)
_STOP = late_pattern(r"[;:]|\.(?!\d)")


class Concession(NamedTuple):
    """Words that a masked sentence concedes: ``mask[start:end]``; at ``end`` stands a comma."""

    start: int
    end: int


def concessions(mask: str) -> list[Concession]:
    """Return what a masked sentence concedes before a comma, in order.

    A comma between the members of a list ends nothing: "although U, U and U are on, ...".

    >>> mask = "despite U, the F suggests E."
    >>> [mask[start:end] for start, end in concessions(mask)]
    [' U']
    """
    found = []
    for opening in _OPENS.finditer(mask):
        start = opening.end("word")
        end = _comma(mask, start)
        if end >= 0:
            found.append(Concession(start, end))
    return found


def _comma(mask: str, start: int) -> int:
    """Return where the comma behind conceded words stands, -1 if there is none."""
    stop = _STOP.search(mask, start)
    last = stop.start() if stop else len(mask)
    place = mask.find(",", start, last)
    while place >= 0 and _is_in_list(mask, start, place, last):
        place = mask.find(",", place + 1, last)
    return place


def _is_in_list(mask: str, start: int, comma: int, last: int) -> bool:
    """Return whether a comma stands between marks that are listed, with a further comma behind them."""
    if _MARKS_ALONE.match(mask, start, comma) is None or _MEMBER.match(mask, comma + 1) is None:
        return False
    return mask.find(",", comma + 1, last) >= 0


def is_conceded(found: list[Concession], place: int, point: int) -> bool:
    """Return whether a place is conceded before a point of the sentence behind the concession."""
    return any(start <= place < end <= point for start, end in found)


def ends_concession(view: View, number: int) -> bool:
    """Return whether the comma behind a mark ends what is conceded: "despite AU12, the brows are lowered".

    It does not before a name and a further comma: "despite AU12, the cheek raiser, she looks sad".
    """
    following = number + 1
    is_apposed = (
        following < len(view.marks)
        and view.marks[following].is_name
        and view.mask.startswith(",", view.places[following] + 1)
    )
    end = view.places[number] + 1
    return not is_apposed and any(found.end == end for found in concessions(view.mask))
