"""Decides whether a mention is denied: negators, what undoes them, and where their clause ends.

The words before a mention are read backwards until a mark or conjunction closes the clause. The first
negator met decides; some are no denial after all ("not only angry", "couldn't be happier").
"""

from affectgraph.linkers.annotation.answers import find_answer
from affectgraph.linkers.annotation.behind import TELLING as BEHIND
from affectgraph.linkers.annotation.behind import find_behind
from affectgraph.linkers.annotation.clefts import find_last_thing, find_no_time
from affectgraph.linkers.annotation.constructions import (
    LAST_WORDS,
    LONGEST,
    TELLING,
    find_construction,
)
from affectgraph.linkers.annotation.counterfactual import REACH as AROUND
from affectgraph.linkers.annotation.counterfactual import WOULD, find_counterfactual
from affectgraph.linkers.annotation.cues import (
    ADVERBS,
    AUXILIARIES,
    CAUSING,
    CONTRACTED_SUBJECTS,
    CONTRAST,
    DENYING,
    EXCEPTING,
    FINITE,
    MAYBE_SUBJECTS,
    NEGATORS,
    POSSESSIVES,
    REACH,
    STOPS,
    SUBJECTS,
    TENSED,
)
from affectgraph.linkers.annotation.grammar import AFFECTING
from affectgraph.linkers.annotation.judging import Denial, is_negator, judge, judge_construction
from affectgraph.linkers.annotation.remembered import Remembered

_TELLING = NEGATORS | TELLING | {"if", "though", "because"}
"""Words one of which stands in whatever denies an emotion before its mention."""

_SETTLING = WOULD | {"?"}
"""The same for conditions and answers, which say what an emotion is whatever stands before it."""

_ANY = _TELLING | _SETTLING | BEHIND
"""The same for all that may deny an emotion: most texts have none of them near it."""


def find_denial(
    words: list[str], start: int, end: int, heads: dict[int, int], is_comparative: bool
) -> Denial | None:
    """Return what denies a mention, or looks as if it did; None if nothing does.

    :param start, end: the mention's words.
    :param heads: starts of mentions by their ends, of the whole text.
    :param is_comparative: whether its word is in -er ("happier").
    """
    is_short = len(words) <= AROUND
    around = words if is_short else words[max(0, start - AROUND) : end + AROUND]
    if _ANY.isdisjoint(around):
        return None
    if not _SETTLING.isdisjoint(around):
        denial = find_counterfactual(words, start, end) or find_answer(words, start, end)
        if denial is not None:
            return denial
    return _before(words, start, end, heads, is_comparative) or find_behind(
        words, start, end, heads
    )


def _before(
    words: list[str], start: int, end: int, heads: dict[int, int], is_comparative: bool
) -> Denial | None:
    if _TELLING.isdisjoint(words[max(0, start - REACH - LONGEST) : start]):
        return None
    position = start - 1
    has_subject = False
    lowest = max(-1, start - REACH - 1)
    while position > lowest:
        word = words[position]
        kinds = _KINDS[word]
        if not kinds:
            position -= 1
            continue
        if kinds & _MARK:
            before = _comma(words, position, start, end, heads)
            if before is None:
                return None
            position = before
            continue
        cue = find_construction(words, position, start, end, heads) if kinds & _LAST else None
        if cue is not None:
            denial = judge_construction(words, cue, start, heads, has_subject)
            if denial is not None:
                return denial
            position = cue.first - 1
            continue
        if kinds & _NEGATOR:
            if has_subject and _has_head(words, heads, position, start):
                return None
            return judge(words, position, start, end, has_subject, is_comparative)
        if word in _AS_IF and position and words[position - 1] == "as":
            if position < 2 or words[position - 2] in STOPS:
                return Denial(True, position - 1, position)
            position -= 2
            continue
        if word in CONTRAST and not _is_no_contrast(words, position):
            if word == "because" and position and words[position - 1] == "not":
                return Denial(True, position - 1, position - 1)
            cue = find_last_thing(words, position, start) if position else None
            if cue is None and word == "when":
                cue = find_no_time(words, position)
            return None if cue is None else Denial(True, cue.first, cue.last)
        if word in EXCEPTING and (word != "from" or words[position - 1] in _APART):
            return None
        if word == "and" and _opens_clause(words, position + 1, start):
            return None
        if word in _OWING and _is_reason(words, position):
            return None
        if word == "which" and _is_of_clause(words, position, start):
            return None
        if word == "and" and _is_subject_of_its_own(words, position, start, end):
            return None
        if word in _INSTEAD and _is_contrast(words, heads, position):
            return None
        has_subject = has_subject or _is_subject(words, position)
        position -= 1
    return None


_MARK, _LAST, _NEGATOR, _OTHER = (1 << bit for bit in range(4))


def _kinds(word: str) -> int:
    """Return what a word before a mention may be, as bits; 0 for a word that says nothing of denial."""
    kinds = _MARK if word in STOPS or word == "," else 0
    if word in LAST_WORDS:
        kinds |= _LAST
    if word in NEGATORS:
        kinds |= _NEGATOR
    if word in CONTRAST or word in _SUBJECTS or word in _INSTEAD or word in _JOINTS:
        kinds |= _OTHER
    if word in EXCEPTING:
        kinds |= _OTHER
    return kinds


_AS_IF = frozenset({"if", "though"})
_APART = frozenset("apart aside".split())
_INSTEAD = frozenset("just only merely simply mainly mostly more".split())
_JOINTS = frozenset("and which due owing thanks".split())
_SUBJECTS = SUBJECTS | CONTRACTED_SUBJECTS | MAYBE_SUBJECTS
_KINDS = Remembered(_kinds)


def _is_reason(words: list[str], position: int) -> bool:
    """Return whether "due to" tells why something did not happen: not so in "was not due to fear"."""
    before = position - 1
    while before >= 0 and words[before] in ADVERBS:
        before -= 1
    return words[position + 1] == "to" and before >= 0 and not is_negator(words[before])


_OWING = frozenset("due owing thanks".split())


def _is_of_clause(words: list[str], position: int, start: int) -> bool:
    """Return whether "which" tells of all that is said before it: "he didn't reply which annoyed me"."""
    is_causing = position + 1 == start or words[position + 1] in CAUSING
    return is_causing and _BEFORE_NOUNS.isdisjoint(words[max(0, position - 3) : position])


_BEFORE_NOUNS = POSSESSIVES | frozenset("any no one single anything nothing".split())


def _is_contrast(words: list[str], heads: dict[int, int], position: int) -> bool:
    """Return whether "just" stands for "but just": behind a denied word, "not sad just tired"."""
    while position and words[position - 1] in _IN_ALL:
        position -= 1
    return position in heads


_IN_ALL = frozenset("tonight today here anymore any more at all tbh now really".split())


def _is_no_contrast(words: list[str], position: int) -> bool:
    """Return whether a conjunction opens no clause of its own: "lying if I said", "no cause for"."""
    previous = words[position - 1] if position else ""
    if words[position] == "cause":
        return previous in {"no", "any", "without", "little"}
    return words[position] in {"if", "when"} and previous in {"lying", "lied"}


def _comma(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> int | None:
    """Return where to read on before a mark: of a list, or behind a remark; None if it ends the clause."""
    mark = words[position]
    if mark == ",":
        before = _list_item(words, position, start, end, heads)
        if before is not None:
            return before
        if _is_in_list(words, position, start, end):
            return position - 1
        if words[position - 1] == "never" and words[position + 1 : start] == ["ever"]:
            return position - 1
    opening = _OPENING.get(mark)
    if opening is None:
        return None
    is_near = all(word in ADVERBS for word in words[position + 1 : start])
    for first in range(position - 2, max(0, position - 10), -1):
        if words[first] == opening:
            return first - 1 if _is_cut_off(words[first - 1], is_near) else None
        if words[first] in STOPS:
            return None
    return None


def _is_cut_off(word: str, is_near: bool) -> bool:
    """Return whether a remark cuts a negator off from what it denies: "did not (I saw it) look sad"."""
    return is_negator(word) and (is_near or word in {"not", "never"} or word.endswith("n't"))


_OPENING = {",": ",", ")": "(", "\u2014": "\u2014", "\u2013": "\u2013", "--": "--", " - ": " - "}


def _has_head(words: list[str], heads: dict[int, int], first: int, start: int) -> bool:
    """Return whether another mention stands between, and a clause of its own follows it."""
    return any(end in heads for end in range(first + 1, start)) and bool(
        _CONJUNCTIONS.intersection(words[first:start])
    )


_CONJUNCTIONS = frozenset({"that", "because", "when"})


def _opens_clause(words: list[str], position: int, start: int) -> bool:
    """Return whether "and" is followed by a subject or a finite verb, so that a clause begins."""
    if position >= start:
        return False
    word = words[position]
    reach = 6 if word in _SOME else 3
    if word in TENSED:
        return True  # no auxiliary before "and" is that of a verb in the present or past
    if word.endswith("ed") and words[position + 1] in POSSESSIVES:
        return True  # nor of one with an object: "and carried the guilt"
    return (
        not FINITE.isdisjoint(words[position : min(position + reach, start)])
        or word in SUBJECTS
        or word in CONTRACTED_SUBJECTS
        or word in {"it", "this", "that", "my", "his", "her", "the", "now"}
    )


def _is_subject_of_its_own(words: list[str], joint: int, start: int, end: int) -> bool:
    """Return whether a mention behind "and" has a verb: "was not effective and fear persists"."""
    if end >= len(words) or any(word not in POSSESSIVES for word in words[joint + 1 : start]):
        return False
    if words[end] not in FINITE and words[end] not in TENSED and words[end] not in AFFECTING:
        return False
    return _JOINTLY.isdisjoint(words[max(0, joint - 6) : joint])


_JOINTLY = frozenset("no without neither nor of both from".split())
_SOME = MAYBE_SUBJECTS | frozenset("one some both all most many several somebody others".split())


def _is_subject(words: list[str], position: int) -> bool:
    word = words[position]
    previous = words[position - 1] if position else ""
    if previous in AUXILIARIES or previous in _PAIRED or previous.endswith("n't"):
        return False  # "nor was she", "neither she nor I": the subject of the same clause
    if word in SUBJECTS or word in CONTRACTED_SUBJECTS:
        return True
    following = words[position + 1] if position + 1 < len(words) else ""
    if position and words[position - 1] in _PREPOSITIONS:
        return False  # "nothing about it is sad"
    return word in MAYBE_SUBJECTS and following in FINITE


_PAIRED = frozenset({"neither", "nor"})
_PREPOSITIONS = frozenset("about of in for with to on at by".split())


def _is_in_list(words: list[str], comma: int, start: int, end: int) -> bool:
    """Return whether a comma parts items of a list that a denial opens: "no nausea, fear or anger"."""
    opening = next(
        (i for i in range(comma - 1, max(-1, comma - 5), -1) if _opens_list(words[i])), -1
    )
    if opening < 0 or opening == comma - 1 or not _NO_ITEMS.isdisjoint(words[opening + 1 : comma]):
        return (
            words[comma - 1] != ","
            and "," in words[max(0, comma - 4) : comma]
            and opening < 0
            and (_is_in_list(words, comma - 1 - words[comma - 1 :: -1].index(","), start, end))
        )
    joints = {"or", "nor", "and"} if words[opening] in DENYING else {"or", "nor"}
    for position in range(comma + 1, min(len(words), end + 6)):
        if words[position] in joints:
            return position < start or position - end <= 4
        if words[position] in STOPS or words[position] in _NO_ITEMS:
            return False
    return False


def _opens_list(word: str) -> bool:
    return word in NEGATORS or word in DENYING


_NO_ITEMS = (
    frozenset("it this that you".split()) | FINITE | SUBJECTS | CONTRACTED_SUBJECTS | CONTRAST
)


def _list_item(
    words: list[str], comma: int, start: int, end: int, heads: dict[int, int]
) -> int | None:
    """Return where to read on before a comma of a list under one negator, None if it closes the clause."""
    previous = heads.get(comma)
    if previous is None:
        return None
    between = words[comma + 1 : start]
    if any(
        word not in ADVERBS and word not in {"or", "nor", "and"} and index not in heads
        for index, word in enumerate(between, start=comma + 2)
    ):
        return None
    if "or" in between or "nor" in between:
        return previous - 1
    following = words[end : end + 6]
    for index, word in enumerate(following):
        if word in {"or", "nor"}:
            return previous - 1
        if word in STOPS or (word != "," and (end + index) not in heads and index > 3):
            return None
    return None
