"""The layout of a rationale: which channel or part a line belongs to, by headings, tags and keys."""

import re

_HEADING = re.compile(
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
