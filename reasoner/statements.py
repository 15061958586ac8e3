"""Statements about emotions themselves: tier, kind-of, opposite, valence, arousal, dominance.

Each is read off the words right behind an emotion mention, or between two of them.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.model import ClaimType
from affectgraph.reasoner.text import Sentence

_VERBS = "|".join(
    [
        r"is",
        r"are",
        r"was",
        r"(?:is|are|was)n['\u2019]t",
        r"counts\s+(?:as|among)",
        r"ranks\s+(?:as|among)",
        r"is\s+considered",
        r"is\s+classified\s+as",
    ]
)
_QUOTE = r"[\"']?"
_THE = rf"(?:a\s+|an\s+|the\s+)?{_QUOTE}"
_NOT = r"(?:not\s+|never\s+|hardly\s+)?"
_IS = rf"\s*{_QUOTE}(?:,\s*which)?\s+(?:{_VERBS})\s+{_NOT}"
_ADJECTIVES = r"(?:[\w-]+\s+){0,2}?"
_KINDS = r"(?:kind|form|type|variety|sort|subtype|subclass|subcategory|variant|shade|species|case|instance)s?"
_SOME = r"(?:just\s+|also\s+|really\s+|actually\s+)?(?:a|an|one|one\s+of\s+the)?\s*"
_PLACED = r"(?:filed|classed|classified|grouped|placed|counted|subsumed)"
_AS_A = r"(?:a\s+(?:kind|form|type)\s+of\s+)?"

_REACH = 120
"""Characters a statement may take behind its subject."""

_DENIED = re.compile(r"\b(?:not|never|hardly)\b|n['\u2019]t\b", re.IGNORECASE)
_NOT = r"(?:not\s+|never\s+|hardly\s+)?"

_KIND_OF = re.compile(
    "|".join(
        [
            rf"{_IS}{_SOME}{_ADJECTIVES}{_KINDS}\s+(?:of|that)\s+{_THE}",
            rf"\s*{_QUOTE}\s+(?:does\s+not\s+|doesn['\u2019]t\s+)?(?:falls?|comes?|belongs?|sits?|lies?)\s+"
            rf"(?:under|within|in|to|into|beneath|below)\s+{_THE}",
            rf",\s+(?:a|an|one)\s+{_ADJECTIVES}{_KINDS}\s+of\s+{_THE}",
            rf"\s+(?:can|could|may|might)\s+be\s+{_PLACED}\s+(?:under|within|as)\s+{_AS_A}{_THE}",
            rf"{_IS}(?:a\s+)?(?:part|member|subset|child)\s+of\s+{_THE}",
        ]
    ),
    re.IGNORECASE,
)
"""What stands between two emotions if the first is said to be a kind of the second."""

_OPPOSITE = re.compile(
    rf"{_IS}(?:the|an?)?\s*(?:[\w-]+\s+){{0,1}}?(?:opposite|antithesis|reverse|antonym|contrary)\s+"
    rf"(?:of|to)\s+{_THE}",
    re.IGNORECASE,
)
_AND = re.compile(rf"{_QUOTE}\s+and\s+{_QUOTE}", re.IGNORECASE)
_ARE_OPPOSITES = re.compile(
    rf"{_QUOTE}\s+are\s+{_NOT}(?:[\w-]+\s+){{0,1}}?"
    r"(?:opposites|antonyms|polar\s+opposites|opposite\s+emotions)",
    re.IGNORECASE,
)
_TIER = re.compile(
    rf"{_IS}(?:a|an|one\s+of\s+the|among\s+the|the)?\s*(?:six\s+)?"
    r"(?P<tier>primary|basic|secondary|tertiary|(?:first|second|third)[- ](?:tier|level)|tier[- ][123])"
    r"(?:[- ]level)?\s+(?:emotions?|feelings?|tier|level|nodes?|terms?|words?|category)",
    re.IGNORECASE,
)
_TIER_WORDS = {
    "primary": ("primary", "basic", "first", "tier 1", "tier-1"),
    "secondary": ("second", "tier 2", "tier-2"),
    "tertiary": ("tertiary", "third", "tier 3", "tier-3"),
}
_LEVEL = re.compile(
    rf"\s*{_QUOTE}\s+(?:is|are|(?:is|are)n['\u2019]t|has|have|carries|carry|tends?\s+to\s+be|is\s+considered"
    rf"|counts\s+as)\s+{_NOT}(?:an?\s+|the\s+)?"
    r"(?:(?:very|highly|clearly|generally|typically|usually|strongly|mildly|rather)\s+)*"
    r"(?:(?P<valence>positive|negative|unpleasant|pleasant|aversive|(?:nega|posi)tively\s+valenced)"
    r"(?=\s+(?:emotion|feeling|state|affect|valence|experience|mood|one)|[-\s]valence"
    r"|\s*[.,;]|\s+and\b|\s*$)"
    r"|(?P<level>high|low|elevated|reduced)(?:er)?(?:\s+in|[-\s])\s*(?P<dimension>arousal|dominance|valence)"
    r"|(?:an?\s+)?(?P<activation>activating|arousing|deactivating|calming)"
    r"(?=\s+(?:emotion|feeling|state)))",
    re.IGNORECASE,
)
"""What follows an emotion that is said to lie on one side of a dimension."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about emotions: ``text[start:end]``.

    :param mentions: the emotion mentions it is made of, subject first.
    :param value: slug of the object, a tier, or a level such as ``valence:+``.
    """

    type: ClaimType
    start: int
    end: int
    mentions: tuple[Mention, ...]
    value: str
    is_denied: bool


def find_statements(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Statement]:
    """Return the statements of a sentence in order.

    :param mentions: the emotion mentions of the sentence, in order.
    """
    return sorted(_statements(text, sentence, mentions), key=lambda s: (s.start, s.end))


def _statements(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Statement]:
    for first, second in itertools.pairwise(mentions):
        between = text[first.end : second.start]
        if len(between) > _REACH:
            continue
        if _KIND_OF.fullmatch(between):
            yield _pair("subsumed_by", first, second, between)
        elif _OPPOSITE.fullmatch(between):
            yield _pair("opposite_of", first, second, between)
        elif _AND.fullmatch(between):
            after = _ARE_OPPOSITES.match(text, second.end, min(sentence.end, second.end + _REACH))
            if after:
                yield Statement(
                    "opposite_of",
                    first.start,
                    after.end(),
                    (first, second),
                    second.concept.slug,
                    bool(_DENIED.search(after[0])),
                )
    for mention in mentions:
        yield from _about(text, sentence, mention)


def _pair(type_: ClaimType, first: Mention, second: Mention, between: str) -> Statement:
    denied = bool(_DENIED.search(between))
    return Statement(type_, first.start, second.end, (first, second), second.concept.slug, denied)


def _about(text: str, sentence: Sentence, mention: Mention) -> Iterator[Statement]:
    stop = min(sentence.end, mention.end + _REACH)
    tier = _TIER.match(text, mention.end, stop)
    if tier:
        yield Statement(
            "in_tier",
            mention.start,
            tier.end(),
            (mention,),
            _tier_name(tier["tier"]),
            bool(_DENIED.search(tier[0])),
        )
    level = _LEVEL.match(text, mention.end, stop)
    if level:
        yield Statement(
            "vad_level",
            mention.start,
            level.end(),
            (mention,),
            _level_value(level),
            bool(_DENIED.search(level[0])),
        )


def _tier_name(word: str) -> str:
    return next(tier for tier, names in _TIER_WORDS.items() if word.lower().startswith(names))


def _level_value(match: re.Match[str]) -> str:
    if match["valence"]:
        is_positive = match["valence"].lower().startswith(("pos", "pleasant"))
        return "valence:+" if is_positive else "valence:-"
    if match["activation"]:
        return (
            "arousal:+"
            if match["activation"].lower() in {"activating", "arousing"}
            else "arousal:-"
        )
    sign = "+" if match["level"].lower() in {"high", "elevated"} else "-"
    return f"{match['dimension'].lower()}:{sign}"
