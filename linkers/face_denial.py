"""Whether a facial action is said to be missing, and by which words: "no nose wrinkle", "AU9 is absent"."""

import re
from dataclasses import dataclass

SCOPE = 160
"""Characters a clause is followed for; keeps the cost linear in texts without punctuation."""

_CUE = re.compile(
    r"\b(?:no|not|never|without|neither|nor|nothing|none|rather\s+than|instead\s+of|absence\s+of"
    r"|lacks?(?:\s+of)?|lacking|free\s+of|hardly|barely|cannot|absent|missing)\b|\b\w+n['\u2019]t\b",
    re.IGNORECASE,
)
_NO_CUE = re.compile(
    r"\b(?:no\s+doubt|without\s+(?:a\s+)?doubt|not\s+(?:only|just|merely)|no\s+longer\s+absent)\b",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"\s?\)?\s?(?:(?:is|are|was|were|remains?|has\s+been|have\s+been)\s+)?(?:also\s+|clearly\s+"
    r"|both\s+|completely\s+)?(?P<cue>absent|missing|inactive|lacking|not\s+(?:visible|present"
    r"|active|seen|shown|observed|detected|there)|(?:is|are|was|were)n['\u2019]t\s+(?:visible"
    r"|present|active|seen|shown|observed|detected|there)|(?:does|do|did)(?:n['\u2019]t|\s+not)\s+"
    r"(?:appear|occur|show|fire|activate))\b",
    re.IGNORECASE,
)
_ZERO = re.compile(r"\s?[=:]\s?(?P<cue>0(?:\.0{1,6})?)(?![\d.]*\d)")
_IS_NOT = re.compile(
    r"\s?\)?\s(?P<cue>(?:is|are|was|were)(?:n['\u2019]t|\s+not))(?=\s*(?:[.,;:)\n]|\Z))",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[.;:!?\n]|\b(?:but|yet|while|whereas|although|though|however|because|since|so"
    r"|and\s+(?:the|his|her|their|he|she|they|it|there)|with)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_ITEM = 4
"""Words a member of a list may have, for a denial to span the list."""


@dataclass(frozen=True, slots=True)
class Denial:
    """The words that deny an action: ``text[start:end]``."""

    start: int
    end: int
    quote: str


def find_denial(text: str, start: int, end: int) -> Denial | None:
    """Return what denies the mention ``text[start:end]`` within its clause, None if nothing does.

    A value of zero behind it denies, too: "AU12_r=0.0". A denial reaches over a list that "or" or "nor"
    closes ("no frown, squint or sneer") and ends with the clause: in "no smile, but raised brows" only
    the smile is denied.

    >>> find_denial("There is no nose wrinkle.", 12, 24)
    Denial(start=9, end=11, quote='no')
    """
    inside = _cue(text, start, end)
    if inside is not None:
        return inside
    stop = min(len(text), end + SCOPE)
    for pattern in (_CUE_AFTER, _ZERO, _IS_NOT):
        after = pattern.match(text, end, stop)
        if after is not None:
            return Denial(after.start("cue"), after.end("cue"), after["cue"])
    first = max(0, start - SCOPE)
    if _CUE.search(text, first, start) is None:
        return None
    breaks = [first + match.end() for match in _BREAK.finditer(text[first:start])]
    cue = _cue(text, breaks[-1] if breaks else first, start)
    return cue if cue is not None and _reaches(text, cue.end, start, end) else None


def _cue(text: str, start: int, end: int) -> Denial | None:
    blocked = [(m.start(), m.end()) for m in _NO_CUE.finditer(text, start, end)]
    found = [
        m
        for m in _CUE.finditer(text, start, end)
        if not any(a <= m.start() < b for a, b in blocked)
    ]
    if not found:
        return None
    return Denial(found[-1].start(), found[-1].end(), found[-1][0])


def _reaches(text: str, position: int, start: int, end: int) -> bool:
    """Return whether a denial at ``position`` reaches over the commas up to ``start``."""
    items = text[position:start].split(",")
    if len(items) == 1:
        return True
    is_list = all(len(item.split()) <= _ITEM for item in items)
    return is_list and bool(_OR.search(text[position : min(len(text), end + 40)]))
