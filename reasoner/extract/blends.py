"""Statements that an emotion is a mixture of two others."""

import re
from collections.abc import Iterator

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.concepts import _ADV, _ASIDE, _BE, _Q, _X, _draft, _last
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.triggers import BLEND

_BLEND = late_pattern(
    rf"(?P<x>E){_Q}{_ASIDE}(?:{_BE}(?:an?\s+|the\s+)?(?:[\w-]+\s+){{0,1}}?(?:mixture|mix|blend"
    rf"|combination|compound|fusion|dyad)\s+(?:of|between)\s+|(?:{_ADV})(?:(?:never|does\s+not"
    rf"|doesn't|seems\s+to|appears\s+to|may|might|could)\s+)?(?:blends?|mix(?:es)?"
    rf"|combines?|fuses|joins|merges|unites)\s+"
    rf"|{_BE}(?:made\s+(?:up\s+)?(?:of|from)|composed\s+of)\s+|\s+(?:consists\s+of|comes\s+from"
    rf"|arises\s+from)\s+|,\s+an?\s+(?:mixture|mix|blend|combination)\s+of\s+|{_BE})"
    rf"(?P<a>{_X})\s+(?:and|with|plus|mixed\s+with|combined\s+with|blended\s+with)\s+(?P<b>{_X})"
)
_BLEND_BACK = late_pattern(
    rf"(?P<a>E)\s+(?:and|with|plus)\s+(?P<b>{_X})\s+(?:together\s+)?(?:blend|mix|combine|fuse"
    rf"|add\s+up|make|form|give|yield)\s*(?:into|to|up)?\s+(?P<x>{_X})"
)


def blend_claims(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    """Yield the blends of a sentence with the marks they use."""
    mask = view.mask
    if not view.triggers & BLEND or "E" not in mask:
        return
    for pattern, match in ((p, m) for p in (_BLEND, _BLEND_BACK) for m in p.finditer(mask)):
        if not re.search(
            r"mix|blend|plus|combin|compound|fus|made|compos|joins|merg|unite|consist|dyad|make|form",
            match[0],
        ):
            continue
        x = (
            view.index(match.start("x"))
            if pattern is _BLEND
            else _last(view, match.start("x"), match.end("x"))
        )
        a = _last(view, match.start("a"), match.end("a"))
        b = _last(view, match.start("b"), match.end("b"))
        draft = _draft(view, scope, "blend_of", match, x, (view.marks[a].slug, view.marks[b].slug))
        yield draft, frozenset({x, a, b})
