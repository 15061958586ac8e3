"""Cues of voice, posture and words in a sentence, by the nouns and verbs of each channel.

The graph knows no meaning of such a cue, so only its channel counts: what it is said to show cannot be
checked, and a facial action that is said to be heard is a mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from affectgraph.kg.frozen import quickly_made
from affectgraph.reasoner.extract.triggers import TAKEN_FOR_OTHERS

VOICE_NOUNS = (
    r"(?:voice|tone(?:\s+of\s+voice)?|pitch|speech(?:\s+rate)?|intonation|prosody|loudness|tempo"
    r"|pace|breathing"
    r"|breath|delivery|articulation|rhythm|speaking\s+rate|volume|laughter|stress(?=\s+on)|pauses?"
    r"|timbre|cadence)"
)
POSTURE_NOUNS = (
    r"(?:posture|shoulders?|fists?|arms?|hands?(?!\s+in\s+hand)|fingers?|knuckles"
    r"|body(?!\s+language)|torso|stance|gestures?|legs?"
    r"|feet|foot|knees?|upper\s+body)"
)
_OWNER = r"(?:(?:his|her|the|their|its|a|an|both|one|my)\s+)?"
_NO_ADJECTIVE = (
    r"is|are|was|were|and|or|of|in|on|by|with|the|his|her|their|its|to|as|but|that|this|from|for|what"
    r"|face|audio|visual|vocal|human|only|own|other|same|both|when|while|than|two|three|all|no|nor"
    r"|any|rated|acted|lips|brows|into|usual"
    r"|then|which|over|after|before|go|goes|per|each|clenching|raises|lowers|seems|a|an|it|who|not"
    r"|so|just|if|where|there|here|under|through"
)
_ADJECTIVE = (
    rf"(?:(?:very|rather|quite|slightly|more|too)\s+)?(?!(?:{_NO_ADJECTIVE})\b)[a-z-]{{3,16}}"
)
_BE = (
    r"(?:is|are|was|were|sounds?|sounding|sounded|remains?|stays?|becomes?|gets?|grows?|seems?"
    r"|appears?|goes|has|have"
    r"|turns?|comes?)"
)
_VOICE_DOES = (
    r"(?:trembl|ris|rose|drop|slow|break|broke|crack|quiver|shak|shook|falter|wobbl|wav|quick|soft"
    r"|hard|speed|fad"
    r"|tighten|flatten|climb|fall|fell|jump|dip|catch|caught)[a-z]*"
)
_POSTURE_DOES = (
    r"(?:slump|sag|droop|hang|trembl|shak|fold|cross|clench|drop|lift|rest|tens|stiffen|relax|hunch|shield"
    r"|grip|wring|curl|tighten|fidget|clasp)[a-z]*"
)
_REST = (
    r"(?:[^,.;:()\n\"\u201c\u2013\u2014]{0,50}?)(?=\s+(?:and|but|while|which|that|as|so|whereas"
    r"|yet)\b|[,.;:()\n\"\u201c\u2013\u2014]|\s-|$)"
)
_CLAUSE_BETWEEN = r"(?:,[^,.;]{3,40},)?"


def _noun_patterns(nouns: str, does: str) -> str:
    return (
        rf"{_OWNER}(?:{_ADJECTIVE}\s+)?{nouns}{_CLAUSE_BETWEEN}\s+(?:is\s+|are\s+|keeps?\s+)?(?:\w+ly\s+)?"
        rf"(?:{_BE}|{does})\b{_REST}"
        rf"|(?:keeps?|kept|with)\s+{_OWNER}{nouns}\s+{_ADJECTIVE}"
        rf"|{_OWNER}{_ADJECTIVE}(?:,?\s+(?:and\s+)?{_ADJECTIVE})?\s+{nouns}\b"
        rf"|(?:raises|raised|lowers|lowered|drops)\s+(?:his|her|their)\s+{nouns}\b"
    )


_VOICE_ACTS = (
    r"(?:(?:(?:he|she|they|and|who|then|also)\s+)?(?:shouts|yells|screams|whispers|stammers"
    r"|stutters|mumbles|mutters|sobs|sighs|gasps"
    r"|laughs|giggles|chuckles|yawns|groans|moans|sniffles|hums)"
    r"|(?:is|was|starts|begins|keeps|bursts\s+out)\s+(?:\w+ly\s+)?(?:shouting|yelling|screaming"
    r"|whispering|stammering|sobbing|sighing"
    r"|gasping|laughing|giggling|chuckling|yawning|crying|weeping)|\bsobbing)"
)
_BURSTS = (
    r"(?:a|an|one|another|her|his|short|long|loud|soft|small|sharp|deep|heavy|quiet)\s+(?:[a-z-]+\s+){0,2}?"
    r"(?:gasp|sob|sigh|laugh|giggle|chuckle|whisper|shout|scream|yell|groan|moan|tremor|quaver|yawn|sniffle"
    r"|stammer|pause)s?\b(?:\s+in\s+(?:his|her|the)\s+voice)?"
)
_POSTURE_ACTS = (
    r"(?:he|she|they|man|woman|boy|girl|actor|speaker|patient|person|player|child"
    r"|student)\s+(?:also\s+|then\s+"
    r"|slightly\s+|suddenly\s+)?(?:leans|leaned|hunches|recoils|slumps|fidgets|paces|shrugs"
    r"|crouches|slouches|backs\s+away"
    r"|steps\s+back|turns\s+away|sits\s+upright|stands\s+upright|jumps|freezes|cowers|bows)\b"
    + r"[^,.;:()\n]{0,30}"
    r"|(?:shrugging|slouching|hunching|fidgeting|leaning\s+(?:back|forward|away|in)|arms\s+crossed"
    r"|crossed\s+arms"
    r"|clenched\s+fists?|slumped\s+shoulders|hunched\s+shoulders)"
)
_QUOTED = (
    r"\"[^\"\n]{2,160}\"|\u201c[^\u201d\n]{2,160}\u201d|(?<![\w])'[A-Z][^'\n]*"
    r"(?:'[a-z][^'\n]*)*[^\w\s]?'(?!\w)"
)
_WORDS_SAID = (
    r"(?:the|his|her|their|those|these)\s+(?:[a-z-]+\s+)?(?:words|remark|sentence|phrase|wording"
    r"|utterance|text)\s+"
    rf"(?:is|are|was|were|sounds?|seems?|reads?|remains?|themselves)\s+{_REST}"
    r"|(?:the|his|her|their)\s+(?!(?:same|last|first|other|very|single|two"
    r"|three)\b)[a-z-]{3,14}\s+(?:words|wording)\b"
)


class _Shape(NamedTuple):
    """One shape of cue.

    :param words: a cue of this shape has one of them.
    :param reach: how many words may stand before that one; -1 for a noun with its owner and adjectives.
    """

    channel: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    reach: int


def _shape(channel: str, pattern: str, words: str, reach: int) -> _Shape:
    return _Shape(
        channel,
        re.compile(rf"\b(?:{pattern})", re.IGNORECASE),
        frozenset(words.split()),
        reach,
    )


_BURST_NOUNS = (
    "gasp sob sigh laugh giggle chuckle whisper shout scream yell groan moan tremor quaver yawn sniffle"
    " stammer pause"
)
_SHAPES = (
    _shape(
        "voice",
        _noun_patterns(VOICE_NOUNS, _VOICE_DOES),
        "voice tone pitch speech intonation prosody loudness tempo pace breathing breath delivery"
        " articulation rhythm rate volume laughter stress pause pauses timbre cadence",
        -1,
    ),
    _shape("voice", _BURSTS, _BURST_NOUNS + " " + _BURST_NOUNS.replace(" ", "s ") + "s", 3),
    _shape(
        "voice",
        rf"(?:{_VOICE_ACTS})\b",
        "shouts yells screams whispers stammers stutters mumbles mutters sobs sighs gasps laughs giggles"
        " chuckles yawns groans moans sniffles hums shouting yelling screaming whispering stammering"
        " sobbing sighing gasping laughing giggling chuckling yawning crying weeping",
        3,
    ),
    _shape(
        "posture",
        _noun_patterns(POSTURE_NOUNS, _POSTURE_DOES),
        "posture shoulder shoulders fist fists arm arms hand hands finger fingers knuckles body torso"
        " stance gesture gestures leg legs feet foot knee knees",
        -1,
    ),
    _shape(
        "posture",
        _POSTURE_ACTS,
        "leans leaned hunches recoils slumps fidgets paces shrugs crouches slouches backs steps turns"
        " sits stands jumps freezes cowers bows shrugging slouching hunching fidgeting leaning arms"
        " crossed clenched slumped hunched",
        2,
    ),
    _shape("text", _WORDS_SAID, "words remark sentence phrase wording utterance text", 2),
)
"""Shapes of cues; of those that begin at one place the first counts."""

_RUN = re.compile(r"[A-Za-z]+")
_APART = re.compile(r"[\s,-]*")
_OWNERS = frozenset("his her the their its a an both my".split())
_HOLDS = frozenset("keep keeps kept with raises raised lowers lowered drops".split())
_ENDS = frozenset(_NO_ADJECTIVE.split("|")) - {"and"}
_NEAR = 8
"""Words before a noun, at most, that may belong to its cue."""

_QUOTE = re.compile(_QUOTED)
_SINGLE = re.compile(r"'[A-Z]")
_SPEAKS = re.compile(
    r"\b(?:say|says|said|saying|asks?|asked|words?|transcript|text|subtitles?|caption|speaks?|line"
    r"|sentence|utterance"
    r"|replies|answers|shouts|writes|wrote|tells|exclaims|remark|message|phrase|namely|reads?"
    r"|repeats|states?)\b",
    re.IGNORECASE,
)
TRIGGERS = frozenset(
    """voice tone pitch speech intonation prosody loudness tempo pace breathing breath delivery
    articulation rhythm rate volume laughter stress pause pauses timbre cadence posture
    shoulder shoulders fist fists arm arms hand hands finger fingers knuckles body torso stance
    gesture gestures leg legs feet foot knee knees shouts yells screams whispers stammers
    stutters mumbles mutters sobs sighs gasps laughs giggles chuckles yawns groans moans
    sniffles hums shouting yelling screaming whispering stammering sobbing sighing gasping
    laughing giggling chuckling yawning crying weeping words wording remark sentence phrase
    utterance gasp sob sigh laugh giggle chuckle whisper shout scream yell groan moan tremor
    quaver yawn sniffle stammer leans leaned hunches recoils slumps fidgets paces shrugs
    crouches slouches backs steps turns sits stands jumps freezes cowers bows shrugging
    slouching hunching fidgeting leaning slumped hunched clenched crossed text""".split()
)
"""Words without one of which no cue of another channel is looked for."""

_LETTERS = re.compile(r"[a-z]+")
PREFIX = {"voice": "voice:", "posture": "posture:", "text": "words:", "face": "face:"}


@quickly_made
@dataclass(frozen=True, slots=True)
class ChannelCue:
    """A cue that is no facial action: ``text[start:end]``, of ``voice``, ``posture`` or ``text``."""

    start: int
    end: int
    channel: str


def find_channel_cues(text: str, start: int, end: int, *, is_transcript: bool) -> list[ChannelCue]:
    """Return the cues of other channels in ``text[start:end]``, in order.

    :param is_transcript: whether the sentence stands where words are given, so that quotes need no verb
        of saying.

    >>> [c.channel for c in find_channel_cues("The voice trembles.", 0, 19, is_transcript=False)]
    ['voice']
    """
    found: list[ChannelCue] = []
    piece = text[start:end]
    if '"' in piece or "\u201c" in piece or _SINGLE.search(piece):
        quotes = [
            ChannelCue(quote.start() + 1, quote.end() - 1, "text")
            for quote in _QUOTE.finditer(text, start, end)
            if " " in quote[0] or text[max(0, quote.start() - 5) : quote.start()] == "word "
        ]
        if quotes and (is_transcript or _SPEAKS.search(piece)):
            found = quotes
    if not TRIGGERS.isdisjoint(_LETTERS.findall(piece.lower())):
        for cue in _cues(text, start, end):
            if not any(c.start < cue.end and cue.start < c.end for c in found):
                found.append(cue)
    return sorted(found, key=lambda c: c.start)


def _cues(text: str, start: int, end: int) -> Iterator[ChannelCue]:
    """Yield the cues of ``text[start:end]`` without the words in quotation marks.

    A shape is tried only where a cue of it can begin for one of its words to be in it.
    """
    free = start
    for place, shapes in _places(text, start, end):
        if place < free:
            continue
        for number in shapes:
            match = _SHAPES[number].pattern.match(text, place, end)
            if match is not None:
                free = match.end()
                yield ChannelCue(place, free, _SHAPES[number].channel)
                break


def _places(text: str, start: int, end: int) -> list[tuple[int, list[int]]]:
    """Return where cues may begin, in order, each with the numbers of the shapes that may begin there."""
    if not text.isascii() and TAKEN_FOR_OTHERS.search(text, start, end):
        return [(place, list(range(len(_SHAPES)))) for place in range(start, end)]
    runs = [
        (match[0].lower(), match.start(), match.end()) for match in _RUN.finditer(text, start, end)
    ]
    found: dict[int, set[int]] = {}
    for index, (word, _, _) in enumerate(runs):
        for number in _shapes(word):
            for place in range(_first(text, runs, index, _SHAPES[number].reach), index + 1):
                found.setdefault(runs[place][1], set()).add(number)
    return [(place, sorted(found[place])) for place in sorted(found)]


@lru_cache(maxsize=8192)
def _shapes(word: str) -> tuple[int, ...]:
    return tuple(number for number, shape in enumerate(_SHAPES) if word in shape.words)


def _first(text: str, runs: list[tuple[str, int, int]], index: int, reach: int) -> int:
    """Return the first run of letters from which a cue may reach to one of its words."""
    is_noun = reach < 0
    first, left = index, _NEAR if is_noun else reach
    while first and left:
        word, start, end = runs[first - 1]
        gap = text[end : runs[first][1]]
        if is_noun:
            is_joined = gap == "-" or text[start - 1 : start] == "-"
            if gap != " " and not _APART.fullmatch(gap):
                break
            if word in _OWNERS and not is_joined:
                return (
                    max(0, first - 2) if first > 1 and runs[first - 2][0] in _HOLDS else first - 1
                )
            if word in _ENDS and not is_joined:
                return first - 1 if word in _HOLDS else first
        first -= 1
        left -= gap != "-"
    return first
