"""Clefts and their kin: "it wasn't the dog that frightened her", "what looks like anger is effort".

A cleft denies its focus and takes the clause behind it for granted: if it was not the dog that frightened
her, something did (Prince 1978, A Comparison of Wh-Clefts and It-Clefts in Discourse). A free relative of
seeming, set equal to another thing, says that what seems is not so.
"""

from affectgraph.linkers.annotation.cue import Cue
from affectgraph.linkers.annotation.cues import INSTANTS, NEGATORS, POSSESSIVES, STOPS

_RELATIVE = frozenset("that who which".split())
_IT = frozenset("it it's its that that's".split())
_BE = frozenset("is was isn't wasn't isnt wasnt are were be".split())
_DEFINITE = (POSSESSIVES - {"a", "an", "that"}) | frozenset(
    "him me them us you these those".split()
)
_KINDS = frozenset(
    """kind sort type way fact idea thought case point least first only last truth news time place word
    person one thing""".split()
)
"""Nouns that a relative clause behind them tells apart, so that it is no cleft's."""


def is_cleft(words: list[str], position: int, middle: list[str]) -> bool:
    """Return whether a negator denies the focus of a cleft: "it wasn't the dog that frightened her".

    :param position: the negator's.
    :param middle: the words between it and the mention.
    """
    if _RELATIVE.isdisjoint(middle[1:]) or middle[0] not in _DEFINITE:
        return False
    before = words[max(0, position - 2) : position]
    is_it = not _IT.isdisjoint(before) and (
        words[position] in _BE or before[-1] in {"it's", "its", "that's"} or before[-1] in _BE
    )
    if not is_it:
        return False
    last = max(index for index, word in enumerate(middle) if word in _RELATIVE)
    return last > 0 and _KINDS.isdisjoint(middle[1:3]) and "of" not in middle[last - 1 : last]


def find_last_thing(words: list[str], position: int, start: int) -> Cue | None:
    """Read "the last thing I felt when it rang was joy", from the conjunction at a position on.

    :param start: where the mention begins.
    """
    if words[start - 1] not in _BE and words[start - 2] not in _BE:
        return None
    for first in range(position - 1, max(0, position - 8), -1):
        if words[first] in STOPS:
            return None
        if words[first] in _THINGS and words[first - 1] in {"last", "least"}:
            return Cue(first - 1, first, "sure")
    return None


_THINGS = frozenset("thing word emotion feeling term adjective".split())


def find_no_time(words: list[str], position: int) -> Cue | None:
    """Read "can't recall a day when", "never had a moment that": no time at which it was so."""
    for first in range(position - 1, max(1, position - 6), -1):
        word = words[first]
        if word in STOPS or word == ",":
            return None
        if word not in _TIMES:
            continue
        before = words[max(0, first - 6) : first]
        if _ANY_ONE.isdisjoint(before[-2:]):
            return None
        negators = [i for i, previous in enumerate(before) if previous in NEGATORS]
        if not negators or not (STOPS | {","}).isdisjoint(before[negators[-1] :]):
            return None
        at = first - len(before) + negators[-1]
        return Cue(at, at, "sure")
    return None


_TIMES = INSTANTS | {"time", "instant", "occasion"}
_ANY_ONE = frozenset("a one any single".split())


def what(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "what looks like anger is in fact effort" and "what is there to be happy about?"."""
    if words[start - 2 : start] == ["to", "be"] and words[position + 1] in _HAVING:
        mark = next((word for word in words[end : end + 8] if word in STOPS), "")
        return Cue(position, position, "sure") if mark == "?" else None
    return _seeming(words, position, start, end)


_HAVING = frozenset("have has is do does did had".split())


def _seeming(words: list[str], position: int, start: int, end: int) -> Cue | None:
    if words[position + 1 : position + 2] == [] or words[position + 1] not in _SEEMS:
        return None
    if position + 1 >= start or not STOPS.isdisjoint(words[position:start]):
        return None
    for index in range(end, min(len(words) - 1, end + 6)):
        if words[index] in STOPS or words[index] in {",", "and", "but", "to"}:
            return None
        if words[index] in _BE:
            is_other = words[index + 1] in _REALLY or words[index + 1 : index + 3] == ["in", "fact"]
            return Cue(position, position + 1, "sure") if is_other else None
    return None


_SEEMS = frozenset(
    """looks looked look seems seemed seem sounds sounded sound appears appeared passes passed reads
    read""".split()
)
_REALLY = frozenset("actually really only just merely simply mostly often usually a an".split())


def mistaken(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "mistook his shyness for contempt", "often mistaken for anger"."""
    nearest = position + (1 if words[position] == "mistaken" else 2)
    for last in range(nearest, min(start, position + 7)):
        if words[last] in STOPS or words[last] == ",":
            return None
        if words[last] == "for":
            return Cue(position, last, "sure") if start - last < 5 else None
    return None


MISTAKING = frozenset("mistook mistake mistakes mistaking mistaken".split())


def others(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "where others might have felt fear, she saw a game"."""
    middle = words[position + 1 : start]
    is_others = not _OTHERS.isdisjoint(middle[:2]) and not _MIGHT.isdisjoint(middle)
    behind = words[end : end + 8]
    if not is_others or "," in middle or "," not in behind:
        return None
    return Cue(position, position, "sure")


_OTHERS = frozenset("others other another most many anyone lesser".split())
_MIGHT = frozenset("would might could may".split())
