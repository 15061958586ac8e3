"""Sentences, words, denial and hedging of a rationale, with exact offsets."""

import re
from dataclasses import dataclass

SCOPE = 300
"""Characters a clause is followed for; keeps the cost linear in texts without punctuation."""

_BREAK = re.compile(
    r"(?<=[.!?\u3002\uff01\uff1f])(?=[\s\"')\]<]|$)"  # after a full stop
    r"|\n+"  # lines
    r"|</?[A-Za-z_]+>"  # tags such as <think>
    r"|(?<=[\"\]]),\s*(?=\")",  # fields of a JSON object
)
_CLAUSE = re.compile(
    r"[;:]|,(?!\s*(?:and|or)?\s*(?:AU|AD)?\d)"
    r"|\b(?:but|yet|while|whereas|although|though|however|because|since|so|which|and\s+(?:the|his|her"
    r"|their|he|she|they|it|there|nothing))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|nothing|none|rather\s+than|instead\s+of|absence\s+of"
    r"|lacks?(?:\s+of)?|lacking|free\s+of|rules?\s+out|ruling\s+out|hardly|cannot|denies|denying"
    r"|as\s+opposed\s+to|other\s+than|far\s+from|fails?\s+to)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:no\s+doubt|without\s+(?:a\s+)?doubt|not\s+(?:only|just|merely))\b", re.I
)
_DENIAL_AFTER = re.compile(
    r"\s*\)?\s*(?:(?:is|are|was|were|remains?|stays?|seems?\s+to\s+be|appears?\s+to\s+be|does|do"
    r"|did|has|have|can)\s+)?(?:also\s+|clearly\s+|both\s+)?"
    r"(?:absent|missing|inactive|lacking|not\b|cannot\b"
    r"|(?:is|are|was|were|does|do|did|has|have|can|could|would)n['\u2019]t\b)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|seems?|appears?|likely|probably|possibly|perhaps|suggests?|hints?|some"
    r"|somewhat|apparently|presumably|most\s+likely)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, tag content or field of a rationale: ``text[start:end]``."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a rationale in order, without space at their ends.

    Breaks stand after full stops, at line ends, at tags and between the fields of a JSON object.

    >>> [s.text for s in sentences("AU6 is on. <answer>joy</answer>")]
    ['AU6 is on.', 'joy']
    """
    found: list[Sentence] = []
    start = 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match else len(text)
        piece = text[start:end]
        if stripped := piece.strip():
            first = start + piece.index(stripped)
            found.append(Sentence(first, first + len(stripped), stripped))
        start = match.end() if match else end
    return found


def clause_before(text: str, sentence: Sentence, position: int) -> str:
    """Return the words of the same clause that stand before a position, at most :data:`SCOPE` of text."""
    before = text[max(sentence.start, position - SCOPE) : position]
    ends = [match.end() for match in _CLAUSE.finditer(before)]
    return before[ends[-1] :] if ends else before


def clause_after(text: str, sentence: Sentence, position: int) -> str:
    """Return the words of the same clause that stand behind a position, at most :data:`SCOPE` of text."""
    after = text[position : min(sentence.end, position + SCOPE)]
    following = _CLAUSE.search(after)
    return after[: following.start()] if following else after


def is_denied(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a mention is denied within its clause: "no fear", "rather than joy", "is absent".

    Scope ends at the clause: in "no fear, but anger" only fear is denied.
    """
    before = _NO_DENIAL.sub(" ", clause_before(text, sentence, start))
    opener = text[max(sentence.start, start - 24) : start]
    if _DENIAL.search(before) or re.search(
        r"\b(?:rather\s+than|instead\s+of|not)\s+\w*\s*$", opener, re.I
    ):
        return True
    return bool(_DENIAL.search(text[start:end])) or bool(
        _DENIAL_AFTER.match(text, end, sentence.end)
    )


def is_hedged(text: str) -> bool:
    """Return whether a clause hedges: "may", "appears", "suggests"."""
    return bool(_HEDGE.search(text))
