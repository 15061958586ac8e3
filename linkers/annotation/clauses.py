"""Where clauses begin and end, and what leaves open whether what they say is so."""

from affectgraph.linkers.annotation.circumstance import HEDGES, HYPOTHETICAL
from affectgraph.linkers.annotation.cues import (
    CALLING,
    REPORTS,
    STOPS,
)

SENTENCE = 24
"""Words before a mention that are read for what leaves its clause open."""


QUOTES = frozenset({'"', "'", "\u201c", "\u201d"})


ENDS = frozenset([*".!?;\n", "\u2026"])


MARKS = STOPS | {","}


OPEN = (
    HYPOTHETICAL
    | HEDGES
    | REPORTS
    | CALLING
    | frozenset(
        """thought thinking thinks said says saying say reckon reckons figured figure believed believes
        assumes assuming presumed presume presumes supposed supposes expected expects expecting calls called
        calling accuse accused accuses accusing insisted insists insist alleged claimed claiming claims u'd
        asked asks ask asking wonder wondered wondering wonders told tell try tried trying tries ought
        would've should've i'd hoped waited waiting wait braced brace bracing dreamt could've pretending
        acts acted acting labelled labeled paints painted portrayed implied used look looking meant""".split()
    )
)
"""Words that leave open whether what follows them is so."""


AUXILIARY_OF = {
    **dict.fromkeys("is was are were am".split(), "be"),
    **dict.fromkeys("do did does".split(), "do"),
    **dict.fromkeys("have has had can could would will".split(), "other"),
}


PRONOUNS = frozenset("i he she it we they you".split())


GOING_ON = frozenset("and but because cos cuz as".split())


SUPPOSED = OPEN - frozenset(
    "hope hopes want wants going will won't gonna shall i'll believe must".split()
)


def sentence_start(words: list[str], start: int) -> int:
    """Return where the sentence or line of speech with a word begins, at most ``SENTENCE`` words before."""
    first, lowest = start, max(0, start - SENTENCE)
    while first > lowest and words[first - 1] not in ENDS and words[first - 1] not in QUOTES:
        first -= 1
    return first
