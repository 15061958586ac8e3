"""The layout of a rationale: which channel or part a line belongs to, by headings, tags and keys."""

import re

from affectgraph.linkers.late_pattern import late_pattern

_HEADING = late_pattern(
    r"[\s\-*#>\[{\"']*(?:\d+[.)]\s*)?(?P<name>[a-z][a-z /&-]{1,36}?)[\]\"'*]*\s*(?:[:\u2013\u2014]"
    r"|\]|\*\*|$)",
    re.IGNORECASE,
)
_CHANNELS = (
    (
        "voice",
        (
            "audio",
            "voice",
            "vocal",
            "acoustic",
            "speech",
            "prosody",
            "sound",
            "tone",
            "listening",
            "auditory",
        ),
    ),
    (
        "text",
        (
            "text",
            "words",
            "transcript",
            "verbal",
            "language",
            "lexical",
            "linguistic",
            "reading",
            "subtitle",
            "content",
            "spoken",
            "utterance",
        ),
    ),
    ("face", ("face", "facial", "visual", "looking", "video", "au", "action", "expression")),
    ("posture", ("posture", "body", "gesture")),
    ("context", ("context", "scene", "situation")),
)
_PARTS = (
    "combined", "overall", "conclusion", "fusion", "interpretation", "conflict", "summary", "final", "key",
    "answer", "emotion", "label", "integration", "verdict", "reasoning", "caveat", "note", "agreement",
    "judgement",
)  # fmt: skip


def topic(line: str) -> str | None:
    """Return the channel that a line's heading names, empty for another heading, None without one.

    >>> topic("Audio: The pitch is high."), topic("Overall: anger"), topic("She smiles.")
    ('voice', '', None)
    """
    match = _HEADING.match(line)
    if match is None:
        return None
    name = match["name"].lower()
    words = name.replace("/", " ").replace("-", " ").replace("_", " ").split()
    if len(words) > 4 or not words:
        return None
    for channel, names in _CHANNELS:
        if any(word in names or word.rstrip("s") in names for word in words):
            return channel
    return "" if any(word in _PARTS for word in words) else None


_WHAT = (
    r"(?:action|facial|units?|aus?|au\(s\)|cues?|actions|movements?|signs?|indicators?|muscles?|codes?|evidence"
    r"|findings?)"
)
_ABSENT_HEADING = late_pattern(
    rf"[\s#>*\-_\"'{{\d.)]{{0,12}}(?:(?:the|following|other|remaining|that|which|were|are|is|have|been|checked|but"
    rf"|{_WHAT})[\s_]+){{0,6}}"
    r"(?:absent|missing|inactive|lacking|undetected|unobserved|negative(?=[\s_]+(?:cue|evidence|finding|indicator))"
    r"|(?:below|under)[\s_]+(?:the[\s_]+)?(?:\w+[\s_]+)?thresholds?"
    r"|no[\s_]+(?:signs?|evidence|trace)[\s_]+of"
    r"|not[\s_]+(?:present|observed|seen|shown|detected|active|visible|activated|found))"
    rf"(?:[\s_]+(?:{_WHAT}|here|in|this|the|clip|video|image|frame|face)){{0,4}}[\s*_\"']*:?[\s*_\[]*",
    re.IGNORECASE,
)
_ITEM = late_pattern(
    r"\s*(?:[-*+\u2022\u2013]\s+|\d{1,2}[.)]\s+|[\"'](?=[^:\n]*$)|[*_]{0,2}AU\s?\d)"
)
_SAYS_MORE = late_pattern(
    r"\b(?:is|are|was|were|overall|therefore|thus|hence|(?:suggest|indicat|show|mean|point|express)\w*)\b"
    r"|:[*_\s]*$",
    re.IGNORECASE,
)
_IS_THERE = late_pattern(r"(?<!not )\b(?:present|visible|active|shown|detected)\b", re.IGNORECASE)
_LONGEST_ITEM = 80


class AbsentList:
    """Follows a text line by line and knows which lines a heading above denies: "Not observed:".

    A list is its items, by bullet, number, code or quotation mark, up to an empty line, another heading or
    a sentence. An item that says that it is there is not denied.
    """

    def __init__(self) -> None:
        self._is_open = False
        self._has_items = False

    def enter(self, line: str, *, is_apart: bool) -> bool:
        """Go on to a line; return whether it is an item that a heading denies.

        :param is_apart: whether an empty line stands before it.

        >>> found = AbsentList()
        >>> [found.enter(line, is_apart=False) for line in ("AUs under threshold:", "- AU1", "AU6 is on.")]
        [False, True, False]
        """
        if _ABSENT_HEADING.fullmatch(line):
            self._is_open, self._has_items = True, False
            return False
        if not self._is_open:
            return False
        self._is_open = _is_item(line) and not (is_apart and self._has_items)
        self._has_items |= self._is_open
        return self._is_open and _IS_THERE.search(line) is None


def _is_item(line: str) -> bool:
    return (
        _ITEM.match(line) is not None
        and len(line.strip()) <= _LONGEST_ITEM
        and _SAYS_MORE.search(line) is None
    )
