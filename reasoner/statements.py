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

_IS = r"\s*[\"']?(?:,\s*which)?\s+(?:is|are|was|isn['\u2019]t|aren['\u2019]t|wasn['\u2019]t|counts\s+as|counts\s+among|ranks\s+as|ranks\s+among|is\s+considered|is\s+classified\s+as)\s+"
_DENIED = re.compile(r"\b(?:not|never|hardly)\b|n['\u2019]t\b", re.IGNORECASE)
_NOT = r"(?:not\s+|never\s+|hardly\s+)?"

_KIND_OF = re.compile(
    _IS + _NOT + r"(?:just\s+|also\s+|really\s+|actually\s+)?(?:a|an|one)?\s*(?:[\w-]+\s+){0,2}?"
    r"(?:kind|form|type|variety|sort|subtype|subclass|subcategory|variant|shade|species|case|instance)s?\s+of\s+"
    r"(?:a\s+|an\s+|the\s+)?[\"']?|"
    r"\s*[\"']?\s+(?:does\s+not\s+|doesn['\u2019]t\s+)?(?:falls?|comes?|belongs?|sits?|lies?)\s+"
    r"(?:under|within|in|to|into|beneath|below)\s+(?:the\s+)?[\"']?|"
    r",\s+(?:a|an|one|which\s+is\s+an?)\s+(?:[\w-]+\s+){0,2}?(?:kind|form|type|variety|subtype|variant)\s+of\s+"
    r"(?:the\s+)?[\"']?|"
    r"\s+(?:can|could|may|might)\s+be\s+(?:filed|classed|classified|grouped|placed|counted|subsumed)\s+(?:under|within|as)\s+"
    r"(?:a\s+kind\s+of\s+|a\s+form\s+of\s+|a\s+type\s+of\s+|the\s+)?[\"']?|"
    r"\s+is\s+one\s+of\s+the\s+(?:kinds|forms|types|varieties|shapes)\s+(?:of\s+|that\s+)[\"']?|"
    + _IS
    + _NOT
    + r"(?:a\s+)?(?:part|member|subset|child)\s+of\s+(?:the\s+)?[\"']?",
    re.IGNORECASE,
)
_OPPOSITE = re.compile(
    _IS
    + _NOT
    + r"(?:the|an?)?\s*(?:[\w-]+\s+){0,1}?(?:opposite|antithesis|reverse|antonym|contrary)\s+"
    r"(?:of|to)\s+(?:the\s+)?[\"']?",
    re.IGNORECASE,
)
_AND = re.compile(r"[\"']?\s+and\s+[\"']?", re.IGNORECASE)
_ARE_OPPOSITES = re.compile(
    r"[\"']?\s+are\s+"
    + _NOT
    + r"(?:[\w-]+\s+){0,1}?(?:opposites|antonyms|polar\s+opposites|opposite\s+emotions)",
    re.IGNORECASE,
)
_TIER = re.compile(
    _IS + _NOT + r"(?:a|an|one\s+of\s+the|among\s+the|the)?\s*(?:six\s+)?"
    r"(?P<tier>primary|basic|first[- ]tier|tier[- ]1|secondary|second[- ]tier|tier[- ]2|tertiary|third[- ](?:tier|level)"
    r"|second[- ]level|first[- ]level|tier[- ]3)(?:[- ]level)?\s+(?:emotions?|feelings?|tier|level|nodes?|terms?|words?|category)",
    re.IGNORECASE,
)
_TIER_WORDS = {
    "primary": ("primary", "basic", "first", "tier 1", "tier-1"),
    "secondary": ("second", "tier 2", "tier-2"),
    "tertiary": ("tertiary", "third", "tier 3", "tier-3"),
}
_LEVEL = re.compile(
    r"\s*[\"']?\s+(?:(?:is|are|has|have|carries|carry|tends?\s+to\s+be|is\s+considered|counts\s+as)\s+)"
    + _NOT
    + r"(?:an?\s+|the\s+)?(?:(?:very|highly|clearly|generally|typically|usually|strongly|mildly|rather)\s+)*"
    r"(?:(?P<valence>positive|negative|unpleasant|pleasant|aversive|negatively\s+valenced|positively\s+valenced)"
    r"(?=\s+(?:emotion|feeling|state|affect|valence|experience|mood|one)|[-\s]valence|\s*[.,;]|\s+and\b|\s*$)"
    r"|(?P<level>high|low|elevated|reduced)(?:er)?(?:\s+in|[-\s])\s*(?P<dimension>arousal|dominance|valence)"
    r"|(?:an?\s+)?(?P<activation>activating|arousing|deactivating|calming)(?=\s+(?:emotion|feeling|state)))",
    re.IGNORECASE,
)


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
        if _KIND_OF.fullmatch(between):
            yield _pair("subsumed_by", first, second, between)
        elif _OPPOSITE.fullmatch(between):
            yield _pair("opposite_of", first, second, between)
        elif _AND.fullmatch(between):
            after = _ARE_OPPOSITES.match(text, second.end, sentence.end)
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
    tier = _TIER.match(text, mention.end, sentence.end)
    if tier:
        yield Statement(
            "in_tier",
            mention.start,
            tier.end(),
            (mention,),
            _tier_name(tier["tier"]),
            bool(_DENIED.search(tier[0])),
        )
    level = _LEVEL.match(text, mention.end, sentence.end)
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
