"""Conditions contrary to fact: "If I had been bored I would have left" says that nobody was bored.

The past perfect in the clause of "if" and "would" in the other say that neither holds (Iatridou 2000, The
Grammatical Ingredients of Counterfactuality); a negator in either clause turns that round: "if I hadn't
been afraid I would have jumped". "If she were afraid" is left open: it may be so.
"""

from affectgraph.linkers.annotation.cues import SUBJECTS
from affectgraph.linkers.annotation.judging import Denial, is_negator

REACH = 22
"""Words on either side that are read for the other clause."""

_ENDS = frozenset([*".!?;:\n", "\u2026"])
_PERSONS = SUBJECTS | {"you", "it"}
WOULD = frozenset(
    """would wouldn't wouldnt would've i'd you'd he'd she'd we'd they'd it'd""".split()
)
_DID_NOT = frozenset({"didn't", "didnt"})
_WERE_NOT = _DID_NOT | {"weren't", "werent"}
_EMBEDDING = frozenset("that how why what who whether when because".split()) | _PERSONS
_SAYING = frozenset("think know say tell guess swear".split())


def find_counterfactual(words: list[str], start: int, end: int) -> Denial | None:
    """Return what a condition contrary to fact says of a mention in it; None if there is none.

    :param start, end: the mention's words.
    """
    if WOULD.isdisjoint(words[max(0, start - REACH) : end + REACH]):
        return None
    first, last = _sentence(words, start, end)
    if WOULD.isdisjoint(words[first:last]):
        return None
    for position in range(first, last):
        verb = _unreal_verb(words, position, {first, end})
        if not verb:
            continue
        if verb < start and _is_in_condition(words, verb, start):
            is_unreal = _has_would(words, end, first, position, last)
            return _denial(words, position, verb, start) if is_unreal else None
        if not _DID_NOT.isdisjoint(words[verb + 1 : verb + 2]):
            return None  # "if they didn't come she would be angry" may be of what is to come
        return _consequence(words, start, position, verb)
    return None


def _sentence(words: list[str], start: int, end: int) -> tuple[int, int]:
    first, lowest = start, max(0, start - REACH)
    while first > lowest and words[first - 1] not in _ENDS:
        first -= 1
    last, highest = end, min(len(words), end + REACH)
    while last < highest and words[last] not in _ENDS:
        last += 1
    return first, last


def _unreal_verb(words: list[str], position: int, opening: set[int]) -> int:
    """Return where the verb of a condition contrary to fact stands, 0 if none begins at a position."""
    word = words[position]
    if word == "if":
        is_as_if = position > 0 and words[position - 1] in {"as", "even", "only"}
        return 0 if is_as_if else _verb_behind(words, position)
    if word == "were" and position in opening:
        is_future = "to" in words[position + 1 : position + 5]
        return 0 if is_future else position + 1
    if word == "had" and position + 1 < len(words):
        opens = position in opening or words[position - 1] == ","
        is_inverted = opens and words[position + 1] in _PERSONS
        return position + 1 if is_inverted and _is_perfect(words, position + 1) else 0
    return 0


def _verb_behind(words: list[str], position: int) -> int:
    """Return where "had" stands before a participle behind "if", 0 if it is no such condition."""
    for index in range(position + 1, min(len(words), position + 6)):
        word = words[index]
        if word in _WERE_NOT or words[index : index + 2] == ["were", "not"]:
            return index - 1  # "if I weren't afraid": so I am
        if word in {"had", "hadn't", "hadnt"}:
            return index if _is_perfect(words, index) else 0
        if word.endswith("'d") and words[index + 1 : index + 2] in (["been"], ["felt"], ["not"]):
            return index
        if word == "," or word in _ENDS:
            return 0
    return 0


def _is_in_condition(words: list[str], verb: int, start: int) -> bool:
    """Return whether a mention belongs to the clause of a verb, not to one in it or behind it."""
    between = words[verb + 1 : start]
    return "," not in between and _EMBEDDING.isdisjoint(between) and WOULD.isdisjoint(between)


def _has_would(words: list[str], end: int, first: int, position: int, last: int) -> bool:
    return not WOULD.isdisjoint(words[end:last]) or not WOULD.isdisjoint(words[first:position])


def _denial(words: list[str], position: int, verb: int, start: int) -> Denial:
    negators = sum(map(is_negator, words[position + 1 : start]))
    return Denial(negators % 2 == 0, position, verb)


def _consequence(words: list[str], start: int, position: int, verb: int) -> Denial | None:
    """Return what "would" in the clause beside the condition says of a mention behind it."""
    lowest = verb if position < start else max(-1, start - 8)
    for index in range(start - 1, lowest, -1):
        if words[index] in WOULD:
            return _would(words, start, index)
        if words[index] in _OPENING or words[index] == ",":
            return None
    return None


def _is_perfect(words: list[str], verb: int) -> bool:
    """Return whether a participle stands behind "had", with at most two words between."""
    return any(w.endswith(("ed", "en")) or w in _PARTICIPLES for w in words[verb + 1 : verb + 4])


_OPENING = _EMBEDDING - _PERSONS
_PARTICIPLES = frozenset(
    "been known done gone lost won left told said come made met heard got had felt kept won come".split()
)


def _would(words: list[str], start: int, index: int) -> Denial | None:
    if not _SAYING.isdisjoint(words[index + 1 : start]):
        return None
    negators = sum(map(is_negator, words[index:start]))
    return Denial(negators % 2 == 0, index, index)
