"""Words that make what follows them false: "it is not true that she is calm", "it is wrong to say that"."""

import re
from collections.abc import Iterable, Iterator

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.triggers import CALLS, THAT

_NOT = r"(?:\s+not|n't|\snot)"
_FALSE = (
    r"(?:untrue|false|wrong|incorrect|inaccurate|mistaken|misleading|an?\s+(?:mistake|error|exaggeration)"
    r"|not\s+(?:true|the\s+case|correct|right|accurate))"
)
FALSE_THAT = (
    r"\b(?:it|that)\s+(?:is|was|seems|would\s+be|may\s+be)\s+(?:(?:simply|just|clearly|plainly|also)\s+)?"
    rf"{_FALSE}\s+(?:to\s+(?:say|claim|state|assume|think|conclude|believe|report|write|maintain)\s+)?that\b"
    r"|\b(?:it|that)\s+(?:is|was|would\s+be)\s+"
    r"(?:wrong|incorrect|inaccurate|misleading|an?\s+(?:mistake|error))\s+to\s+(?:call|label)\b"
    r"|\b(?:it|that)\s+(?:isn|wasn)'t\s+(?:true|the\s+case|correct|right|accurate)\s+that\b"
    rf"|\b(?:i|we)\s+(?:(?:do|did|would|could|can){_NOT}|cannot)\s+(?:really\s+)?"
    r"(?:think|believe|say|claim|agree|conclude|accept)\s+that\b"
    r"(?=[^.;:,]{1,80}(?:\b(?:not|no|never|absent|missing|lacking|inactive)\b|n't))"
)
"""Pattern over a masked sentence, of words that end where what is false begins.

Of "I do not think that", which denies the plain claim as well, only where a second denial follows.
"""

MAY_BE_FALSE = THAT | CALLS
"""Triggers without one of which a sentence says nothing to be false."""

_FALSE_THAT = late_pattern(FALSE_THAT)
_ENDS = late_pattern(
    r"[;:!?()]|\.(?!\d)|\u2014|\u2013|\s-\s|,\s+(?!(?:(?:and|or|nor)\s+)?(?:the\s+|an?\s+)?[A-Z])"
    r"|\b(?:but|yet|while|whereas|although|though|however|because|since|so|which|unless|rather|instead)\b"
)


def false_parts(mask: str) -> list[tuple[int, int]]:
    """Return the pieces of a masked sentence that it says are false, in order.

    >>> mask = "it is not true that U is absent, but F is there."
    >>> [mask[start:end] for start, end in false_parts(mask)]
    [' U is absent']
    """
    return list(_parts(mask, _FALSE_THAT.finditer(mask)))


def _parts(mask: str, found: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for match in found:
        stop = _ENDS.search(mask, match.end())
        yield match.end(), stop.start() if stop else len(mask)
