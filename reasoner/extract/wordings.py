"""Further wordings of statements on emotions, one pattern each over the masked sentence.

In a pattern ``a`` is the subject and ``b`` the object; a blend is ``x`` of ``a`` and ``b``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.triggers import (
    ABOVE,
    BLEND,
    CANNOT,
    ENDS,
    HOLDS,
    KIND,
    MAKES_UP,
    MEANING,
    OFTEN,
    OPPOSED,
    OPPOSITE,
    OUT,
    STRENGTH,
    TIER,
    TURN,
)
from affectgraph.reasoner.model import ClaimType

_X = r"(?:(?:the|an?|some|any|his|her|plain|mere|pure|just|even|simply|both|being|to\s+be)\s+){0,3}"
_PUTS = (
    r"(?:lists?|counts?|places?|puts?|ranks?|classif(?:y|ies)|treats?|files?|regards?|sees?"
    r"|groups?|has|have)"
)
_TIER = r"(?P<tier>primary|basic|secondary|tertiary|(?:first|second|third))"
_LEVEL = r"(?:emotions?|feelings?|level|tier|ones|layer)"
_MORE = r"(?:stronger|fiercer|more\s+(?:intense|severe|powerful|extreme))"
_OFTEN = r"(?:often|frequently|commonly|usually|typically|regularly)"
_NOT = r"(?:(?:does\s+not|doesn't|never|cannot|is\s+not|not)\s+)?"


@dataclass(frozen=True, slots=True)
class Wording:
    """A type of claim, wordings that make it, and the triggers of which they have one."""

    type: ClaimType
    patterns: tuple[re.Pattern[str], ...]
    triggers: int


def _wordings(type_: ClaimType, *patterns: str, triggers: int) -> Wording:
    return Wording(type_, tuple(map(late_pattern, patterns)), triggers)


WORDINGS = (
    _wordings(
        "in_tier",
        rf"\b{_PUTS}\s+{_X}(?P<a>E)\s+(?:as|among|at|on|with|in)\s+(?:an?\s+|the\s+|one\s+of\s+the\s+)?{_TIER}\s+{_LEVEL}",
        rf"(?P<a>E)\s+(?:is|are)\s+{_NOT}(?:found|placed|listed|located|situated)?\s*(?:at|on|in|among)\s+the\s+{_TIER}\s+{_LEVEL}",
        rf"\bas\s+an?\s+{_TIER}\s+emotion,\s+(?P<a>E)",
        rf"\bamong\s+the\s+{_TIER}\s+emotions\s+(?:we\s+find|is|are|stands)\s+(?P<a>E)",
        rf"\bthe\s+{_TIER}\s+emotion\s+(?P<a>E)",
        rf"\b{_TIER}\s+emotions\s+(?:such\s+as|like|including)\s+(?P<a>E)",
        triggers=TIER,
    ),
    _wordings(
        "subsumed_by",
        rf"\b{_PUTS}\s+{_X}(?P<a>E)\s+(?:under|below|beneath|as\s+an?\s+(?:kind|form)\s+of)\s+{_X}(?P<b>E)",
        rf"(?P<a>E)\s+{_NOT}(?:descends|derives|branches\s+off)\s+from\s+{_X}(?P<b>E)",
        rf"(?P<b>E)\s+{_NOT}(?:includes?|covers?|comprises?|embraces?|subsumes?|encompass(?:es)?)\s+{_X}(?P<a>E)",
        rf"\b(?:all|every|any)\s+(?P<a>E)\s+is\s+{_NOT}(?:also\s+)?{_X}(?P<b>E)",
        triggers=KIND | HOLDS,
    ),
    _wordings(
        "stronger_than",
        rf"(?P<a>E)\s+{_NOT}(?:outweighs|tops|beats|ranks?\s+above|goes\s+beyond|lies\s+above|is\s+above|is\s+more\s+than)\s+{_X}(?P<b>E)",
        rf"\bcompared\s+(?:with|to)\s+{_X}(?P<b>E),\s+{_X}(?P<a>E)\s+is\s+{_NOT}(?:the\s+)?(?:much\s+|far\s+)?{_MORE}",
        rf"(?P<a>E)\s+is\s+{_X}(?P<b>E)\s+(?:at\s+its\s+(?:most|strongest|height)|in\s+its\s+(?:strongest|most))",
        triggers=STRENGTH | ABOVE,
    ),
    _wordings(
        "opposite_of",
        rf"\bthe\s+(?:\w+\s+)?opposite\s+of\s+{_X}(?P<a>E)\s+is\s+{_NOT}{_X}(?P<b>E)",
        rf"(?P<a>E)\s+is\s+{_NOT}{_X}(?P<b>E)'s\s+(?:\w+\s+)?opposite",
        rf"(?P<a>E)\s+and\s+{_X}(?P<b>E)\s+are\s+{_NOT}opposed\b",
        rf"(?P<a>E)\s+{_NOT}(?:stands?|lies|sits|is)\s+(?:\w+ly\s+)?opposite\s+(?:to\s+|from\s+)?{_X}(?P<b>E)",
        rf"(?P<a>E)\s+{_NOT}(?:contrasts\s+with|opposes|is\s+opposed\s+to)\s+{_X}(?P<b>E)",
        triggers=OPPOSITE | OPPOSED,
    ),
    _wordings(
        "exclusive",
        rf"(?P<a>E)\s+{_NOT}(?:rules?\s+out|excludes?|precludes?|is\s+{_NOT}incompatible\s+with)\s+{_X}(?P<b>E)",
        rf"\b(?:whoever|who|someone\s+who)\s+(?:feels|is)\s+{_X}(?P<a>E)\s+cannot\s+(?:\w+\s+){{0,2}}(?P<b>E)",
        triggers=OUT | CANNOT,
    ),
    _wordings(
        "co_occurs",
        rf"\b{_OFTEN}\s+(?:give|report|choose|mark|assign|feel|rate|see)\s+{_X}(?P<a>E)\s+and\s+{_X}(?P<b>E)\s+together",
        rf"\bwhere\s+there\s+is\s+{_X}(?P<a>E),\s+there\s+is\s+{_OFTEN}\s+{_X}(?P<b>E)",
        rf"(?P<a>E)\s+is\s+{_OFTEN}\s+(?:felt|given|seen|found|reported)\s+(?:together\s+)?with\s+{_X}(?P<b>E)",
        triggers=OFTEN,
    ),
    _wordings(
        "blend_of",
        rf"(?P<x>E)\s+{_NOT}(?:results?\s+from|contains?|arises?\s+from|is\s+born\s+of)\s+{_X}(?P<a>E)\s+and\s+{_X}(?P<b>E)",
        rf"(?P<a>E)\s+(?:and|plus)\s+{_X}(?P<b>E)\s+{_NOT}(?:gives?|makes?|yields?|equals?)\s+{_X}(?P<x>E)",
        rf"(?P<x>E)\s+is\s+{_NOT}{_X}(?P<a>E)\s+(?:mixed|combined|blended|together)\s+with\s+{_X}(?P<b>E)",
        rf"\b(?:mixture|blend|combination|mix)\s+of\s+{_X}(?P<a>E)\s+and\s+{_X}(?P<b>E)\s+is\s+{_NOT}(?:called\s+|known\s+as\s+)?{_X}(?P<x>E)",
        triggers=BLEND | MAKES_UP,
    ),
    _wordings(
        "denotes",
        rf"\bby\s+['\"]?(?P<a>E)['\"]?,?\s+(?:we|one|they|people)\s+means?\s+{_X}(?P<b>E)",
        rf"\bto\s+be\s+(?P<a>E)\s+means\s+{_NOT}to\s+be\s+(?P<b>E)",
        rf"'(?P<a>E)',\s+(?:he|she|one)\s+means\s+{_X}(?P<b>E)",
        triggers=MEANING,
    ),
    _wordings(
        "transition",
        rf"(?P<a>E)\s+{_NOT}(?:ends|results|culminates)\s+in\s+{_X}(?P<b>E)",
        rf"(?P<b>E)\s+{_NOT}(?:follows|replaces|succeeds)\s+{_X}(?P<a>E)",
        r"\b(?:first|initially|at\s+first)\b[^.;E]{0,30}(?P<a>E),\s+(?:and\s+)?(?:then|later)\b[^.;E]{0,30}(?P<b>E)",
        triggers=TURN | ENDS,
    ),
)
_ANY = reduce(or_, (wording.triggers for wording in WORDINGS))
"""Triggers without one of which no wording matches."""


def worded_claims(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    """Yield the statements of a sentence in these wordings with the marks they use."""
    mask, can = view.mask, view.triggers
    if not can & _ANY:
        return
    count = mask.count("E")
    if not count:
        return
    for wording in WORDINGS:
        if can & wording.triggers and (count > 1 or wording.type == "in_tier"):
            for pattern in wording.patterns:
                for match in pattern.finditer(mask):
                    yield _draft(view, scope, wording.type, match)


def _draft(
    view: View, scope: Scope, type_: ClaimType, match: re.Match[str]
) -> tuple[Draft, frozenset[int]]:
    groups = match.groupdict()
    numbers = {name: view.index(match.start(name)) for name in ("a", "b", "x") if groups.get(name)}
    slugs = {name: view.marks[number].slug for name, number in numbers.items()}
    subject: tuple[str, ...]
    object_: tuple[str, ...]
    if "x" in slugs:
        subject, object_ = (slugs["x"],), (slugs["a"], slugs["b"])
    elif groups.get("tier"):
        subject, object_ = (slugs["a"],), (_TIERS[groups["tier"]],)
    else:
        subject, object_ = (slugs["a"],), (slugs["b"],)
    if type_ == "denotes":
        mark = view.marks[numbers["a"]]
        subject = (view.text[mark.start : mark.end],)
    start, end = match.start(), match.end()
    return (
        Draft(
            type_,
            view.start(start),
            view.end(end),
            subject,
            object_,
            _DENIED.search(match[0]) is not None and type_ != "exclusive",
            scope.commitment(start, end),
            scope.degree(start, end),
        ),
        frozenset(numbers.values()),
    )


_TIERS = {
    "primary": "primary",
    "basic": "primary",
    "first": "primary",
    "secondary": "secondary",
    "second": "secondary",
    "tertiary": "tertiary",
    "third": "tertiary",
}
_DENIED = late_pattern(r"\b(?:not|never|cannot)\b|n't\b")
