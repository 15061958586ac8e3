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
    r"|as\s+opposed\s+to|other\s+than|far\s+from|fails?\s+to|unlikely)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:no\s+doubt|without\s+(?:a\s+)?doubt|not\s+(?:only|just|merely))\b", re.I
)
_LISTED = (
    r"(?:\s?(?:,|and|or|nor|&|\+|/)\s?(?:and\s|or\s)?(?:the\s)?AU\s?"
    r"\d{1,2}(?:\s?\([^()]{0,40}\))?){0,12}"
)
_DENIAL_AFTER = re.compile(
    _LISTED
    + r"\s?\)?\s?(?:(?:is|are|was|were|remains?|stays?|seems?\sto\sbe|appears?\sto\sbe|has\sbeen"
    r"|have\sbeen)\s)?(?:also\s|clearly\s|both\s|all\s)?(?:absent|missing|inactive|lacking)\b|"
    + _LISTED
    + r"\s?\)?\s?(?:(?:is|are|was|were|has|have|can)\s?(?:n['\u2019]t|not\b)|cannot\b"
    r"|(?:does|do|did)\s?(?:n['\u2019]t|not)\s(?:appear|occur|show|fire|activate|move|emerge|seem)"
    r"|not\s(?:visible|present|active|shown|seen|raised|there))"
    r"(?!.{0,40}\b(?:signs?|indicat|suggest|associat|typical|consistent|evidence|linked"
    r"|characteristic|markers?|hallmarks?|enough|sufficient|express))",
    re.IGNORECASE,
)
_LIST_GOES_ON = re.compile(
    r"\s?(?:\([^()]{0,40}\))?,?\s?(?:[\w-]{1,24},\s?)?(?:or|nor)\b", re.IGNORECASE
)
_ITEM = 3
"""Words a member of a list may have, for a denial to span the list."""

_LAST_OF_LIST = re.compile(r"\b(?:or|nor)\s+(?:an?\s+|any\s+|the\s+)?\Z", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|could|seems?|appears?|likely|probably|possibly|perhaps|suggests?|hints?"
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

    Scope ends at the clause: in "no fear, but anger" only fear is denied. It spans a list: in "no fear,
    anger or joy" all three are.
    """
    before = _NO_DENIAL.sub(" ", clause_before(text, sentence, start))
    if _DENIAL.search(before) or _DENIAL.search(text[start:end]):
        return True
    if _is_in_denied_list(text, sentence, start, end):
        return True
    return bool(_DENIAL_AFTER.match(text, end, min(sentence.end, end + SCOPE)))


def _is_in_denied_list(text: str, sentence: Sentence, start: int, end: int) -> bool:
    before = text[max(sentence.start, start - SCOPE // 2) : start]
    tail = text[end : min(sentence.end, end + 40)]
    if not (_LAST_OF_LIST.search(before[-12:]) or _LIST_GOES_ON.match(tail)):
        return False
    *items, _ = before.split(",")
    while len(items) > 1 and len(items[-1].split()) <= _ITEM:
        items.pop()
    head = ",".join(items)
    scope = clause_before(text, sentence, start - len(before) + len(head))
    return bool(items) and bool(_DENIAL.search(_NO_DENIAL.sub(" ", scope)))


def is_hedged(text: str) -> bool:
    """Return whether a clause hedges: "may", "appears", "suggests"."""
    return bool(_HEDGE.search(text))
