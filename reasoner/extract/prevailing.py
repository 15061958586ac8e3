"""Tells "fear is the dominant emotion here", which is said of a person, from statements on fear itself."""

from affectgraph.linkers.late_pattern import late_pattern

_Q = r"[\"'\u2018\u2019\u201c\u201d]?"
_IS = (
    r"(?:,\s+(?:likely\s+)?|\s+(?:is|are|was|were|remains?|seems?|appears?)(?:n't)?\s+(?:to\s+be\s+)?"
    r"(?:not\s+)?(?:\w+ly\s+|likely\s+|perhaps\s+|still\s+)?(?:to\s+be\s+)?)"
)
_PREVAILS = late_pattern(
    rf"{_Q}(?:\s+and\s+E)?(?:,[^,.;E]{{2,40}},)?{_IS}"
    r"(?:(?P<the>the|his|her|their)|an?)\s+(?:(?:most|clear|clearly|likely|only)\s+)?"
    r"(?P<word>(?:pre)?dominant|primary|secondary|main|prevailing|principal|leading|overriding)\s+"
    r"(?:emotion|feeling|mood|affect|sentiment|(?:emotional|affective)\s+(?:state|tone))(?P<many>s?)\b"
)
_IN_VIEW = late_pattern(
    r"\b(?:here|(?:expressed|conveyed|shown|displayed|portrayed|communicated)\s+(?:by|in|through|on)"
    r"|(?:of|in)\s+(?:the|this|that)\s+(?:\w+\s+)?(?:speaker|person|man|woman|boy|girl|actor|actress|child"
    r"|subject|patient|customer|student|character|individual|clip|scene|video|image|photo|picture|frame"
    r"|segment|shot|recording|utterance|dialogue|conversation|face|voice|tone))\b"
)
_ON_TIERS = late_pattern(r"S|\b(?:tree|tiers?|levels?|hierarchy|parrott(?:'s)?)\b")
FINAL, IN_PASSING = 5, 2
"""Ranks of :class:`affectgraph.reasoner.extract.conclusions.Stated`."""


def prevails(mask: str, place: int) -> int:
    """Return the rank of what a masked sentence states of a person by an emotion's place among others.

    0 if it states nothing of the kind: "fear is a primary emotion" and "anger is one of the dominant
    emotions" are statements on fear and anger. A definite article or somebody in view makes the
    difference, and with "primary" and "secondary" that no tier, level or scheme is spoken of.

    :param place: of the emotion's mark.

    >>> prevails("overall, E is the dominant emotion.", 9), prevails("E is a primary emotion.", 0)
    (5, 0)
    """
    match = _PREVAILS.match(mask, place + 1)
    if match is None:
        return 0
    is_tier = match["word"] in {"primary", "secondary"}
    if is_tier and _ON_TIERS.search(mask):
        return 0
    is_in_view = _IN_VIEW.search(mask) is not None
    if not is_in_view and (not match["the"] or match["many"]):
        return 0
    return FINAL if match["the"] and match["word"] != "secondary" else IN_PASSING
