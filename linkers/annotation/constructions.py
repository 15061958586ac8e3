"""Constructions that deny an emotion without a negator: "got over her fear", "I wish I were glad"."""

from typing import Literal, NamedTuple

from affectgraph.linkers.annotation.cues import (
    AFTER_STATE_PARTICLE,
    ALONE,
    BE,
    BEING,
    CALLING,
    DENYING,
    DOUBT,
    ENDING,
    ENDING_TO,
    FEW_FROM,
    FINITE,
    HARD,
    LACKING,
    LITTLE,
    LITTLE_OF,
    NEGATORS,
    PAIRS,
    PARTICLES,
    PRETENDING,
    PREVENTING,
    RIDDING,
    STOPS,
    SUBJECTS,
    TRYING,
    UNREAL,
    UNTRUE,
)

Kind = Literal["noun", "clause", "sure"]
"""What a cue reaches over: one noun phrase, the rest of the clause, or that with nothing to undo it."""

WIDE = ALONE | {"far from", "less than", "much less"}
"""Pairs that reach over more than a noun phrase."""

_PARTICLES = {
    particle: frozenset(verbs.split("|")) | ({"out of"} if particle == "of" else frozenset())
    for particle, verbs in PARTICLES.items()
}
_COMPARING = frozenset("more better rather sooner".split())
_LINKS = frozenset("with of by in a an from out for at any real".split())
_THINGS = frozenset("thing word emotion feeling term adjective".split())
_COPULAS = frozenset("is was are were be".split())
_THAT = SUBJECTS | {"that", "it", "her", "his", "their", "there"}


LONGEST_MENTION = 16
"""Words of the longest mention that is looked for behind "less X than"."""


class Cue(NamedTuple):
    """Words that deny, as positions, and what they reach over."""

    first: int
    last: int
    kind: Kind


def find_construction(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Return the construction that ends at a position before a mention, None if there is none.

    :param start, end: the mention's words.
    :param heads: starts of mentions by their ends, of the whole text.
    """
    word = words[position]
    if word not in LAST_WORDS:
        return None
    maker = _MAKERS.get(word)
    if maker is not None:
        found = maker(words, position, start, end, heads)
        if found is not None:
            return found
    if position and f"{words[position - 1]} {word}" in PAIRS:
        pair = f"{words[position - 1]} {word}"
        return Cue(position - 1, position, "clause" if pair in WIDE else "noun")
    return _single(words, position, start)


def _single(words: list[str], position: int, start: int) -> Cue | None:
    word = words[position]
    following = words[position + 1] if position + 1 < len(words) else ""
    if word in ENDING_TO and following == "to":
        return Cue(position, position, "clause")
    if word in DENYING and following in _THAT:
        return Cue(position, position, "clause")
    if word in LACKING or (word in ENDING and position + 1 >= start - 3):
        return None if _is_tried(words, position) else Cue(position, position, "noun")
    if word in PRETENDING:
        return Cue(position, position, "sure")
    if word in DOUBT and (word != "wrong" or following == "to"):
        return Cue(position, position, "sure")
    if word in HARD and following == "to" and all(w in BEING for w in words[position + 1 : start]):
        return Cue(position, position, "clause")
    if word in UNTRUE and following == "to" and words[position + 2 : position + 3] != []:
        return Cue(position, position, "clause") if words[position + 2] in CALLING else None
    if word in LITTLE and (not position or words[position - 1] not in FEW_FROM):
        return _little(words, position, start, following)
    return None


def _little(words: list[str], position: int, start: int, following: str) -> Cue | None:
    """Read "little" and "few": "few residents were alarmed", "little joy"."""
    if position == start - 1 or following in LITTLE_OF:
        return Cue(position, position, "sure")
    if words[position] == "few" and FINITE & set(words[position + 2 : min(start, position + 6)]):
        return Cue(position, position, "sure")
    return None


def _is_tried(words: list[str], position: int) -> bool:
    """Return whether a verb of ending is only tried or wanted: "help you overcome fear"."""
    before = words[max(0, position - 4) : position]
    if not before or _DONE & set(before) or not NEGATORS.isdisjoint(before):
        return False
    return not TRYING.isdisjoint(before) and before[-1] not in SUBJECTS


_DONE = frozenset("managed able manages".split())


def _particle(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read a verb and its particle: "got over", "ran out of", "took away"."""
    word, verbs = words[position], _PARTICLES[words[position]]
    if not position:
        return None
    previous = words[position - 1]
    if word == "of":
        pair = " ".join(words[max(0, position - 2) : position])
        if pair not in verbs:
            return _prevented(words, position, start, end, heads)
        return None if _is_tried(words, position - 2) else Cue(position - 2, position, "noun")
    if previous not in verbs:
        return _prevented(words, position, start, end, heads) if word == "from" else None
    if previous in BE and word in {"over", "past"}:
        following = words[position + 1]
        if position + 1 != start and following not in AFTER_STATE_PARTICLE:
            return None
    if _is_tried(words, position - 1):
        return None
    return Cue(position - 1, position, "noun")


def _prevented(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "kept him from", "prevented me from", "rid her of"."""
    for first in range(position - 1, max(-1, position - 5), -1):
        if words[first] in STOPS:
            return None
        if words[position] == "of":
            if words[first] in RIDDING:
                return None if _is_tried(words, first) else Cue(first, position, "noun")
        elif words[first] in PREVENTING:
            return Cue(first, position, "clause")
    return None


def _wish(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "I wish I were", "if only she felt"."""
    last = position
    first = position
    if words[position] == "only":
        if not position or words[position - 1] != "if":
            return None
        first = position - 1
    following = words[position + 1 : min(start, position + 5)]
    is_unreal = UNREAL & set(following) or any(word.endswith("'d") for word in following[:2])
    return Cue(first, last, "clause") if is_unreal else None


def _lying(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    is_if = words[position + 1 : position + 2] in (["if"], ["to"])
    return Cue(position, position, "clause") if is_if else None


def _last_thing(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "the last thing I felt was", "the last word I'd use is"."""
    is_last = position and words[position - 1] in {"last", "least"}
    return Cue(position - 1, position, "sure") if is_last and words[start - 1] in _OPENS else None


_OPENS = _COPULAS | frozenset("being feeling a the any my her his their so with".split())


def _more_than(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "more amused than offended", "relieved more than glad", "surprise better than fear"."""
    between = words[position + 1 : start]
    if any(word not in _LINKS for word in between) or len(between) > 2:
        return None
    for first in range(position - 1, max(-1, position - 5), -1):
        word = words[first]
        if word in STOPS or word in {"no", "never", "nothing", "nobody", "not"}:
            return None
        if word in _COMPARING:
            is_before = first == position - 1 and first in heads
            is_framing = 1 <= position - first - 1 <= 3
            return Cue(first, position, "sure") if is_before or is_framing else None
    return None


def _less(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "less angry than heartbroken"."""
    if start - position > 2 or "than" not in words[end : end + 2]:
        return None
    than = words.index("than", end)
    starts = {heads.get(stop) for stop in range(than + 2, than + LONGEST_MENTION + 2)}
    is_mention = not starts.isdisjoint({than + 1, than + 2})
    is_framed = than == end and position > 0 and words[position - 1] in _COPULAS
    is_mention = is_mention or (is_framed and _COMPARED.isdisjoint(words[than + 1 : than + 2]))
    return Cue(position, position, "sure") if is_mention else None


_COMPARED = SUBJECTS | frozenset(
    "before ever usual me him her us them you yesterday last expected normal most many when".split()
)


def _takes_more(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "it takes more than a spider to make me panic"."""
    for first in range(position - 1, max(-1, position - 9), -1):
        if words[first] in STOPS:
            return None
        if words[first] in {"takes", "take", "took", "needs"}:
            is_more = words[first + 1 : first + 3] in (["more", "than"], ["a", "lot"])
            return Cue(first, position, "sure") if is_more else None
    return None


def _too(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "too tired to feel proud"."""
    is_too = "to" in words[position + 2 : start] and start - position < 7
    return Cue(position, position, "sure") if is_too else None


def _as_if_i_would(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read an answer that begins "like I'd"."""
    opens = not position or words[position - 1] in STOPS
    is_would = words[position + 1 : position + 2] in (["i'd"], ["i'll"])
    return Cue(position, position, "sure") if opens and is_would else None


def _used(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "used to love it; now" and "once furious, now"."""
    word = words[position]
    if word == "used" and words[position + 1 : position + 2] != ["to"]:
        return None
    if word == "once" and position and words[position - 1] not in {*STOPS, ",", "was", "were"}:
        return None
    if word == "once" and start - position > 2:
        return None
    behind = words[end : end + 9]
    is_over = "now" in behind and "not" not in behind
    if word == "used":
        is_over = is_over or _is_over_behind(words, end)
    return Cue(position, position, "sure") if is_over else None


def _is_over_behind(words: list[str], end: int) -> bool:
    """Return whether a clause behind says in short that it is so no more: "she isn't"."""
    for position in range(end, min(len(words) - 1, end + 12)):
        closes = position + 2 >= len(words) or words[position + 2] in STOPS
        if words[position] in SUBJECTS and words[position + 1] in NEGATORS and closes:
            return True
    return False


def _would_have(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "I would have been glad if you had rung"."""
    before = words[max(0, position - 2) : position]
    is_would = before == ["would", "have"] or (before[1:] == ["have"] and before[0].endswith("'d"))
    if not is_would or start - position > 4:
        return None
    around = words[max(0, position - 12) : position] + words[end : end + 9]
    return Cue(position - 2, position, "sure") if {"if", "had"} <= set(around) else None


def _gone(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "gone is the fear"."""
    is_verb = words[position + 1 : position + 2] != [] and words[position + 1] in _COPULAS
    opens = not position or words[position - 1] in STOPS
    return Cue(position, position, "noun") if is_verb and opens else None


def _rhetorical(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "why would I be ashamed of that?", "how could anyone be happy here?"."""
    is_why = words[position] == "why"
    verbs = {"would", "should", "be", "feel", "get"} if is_why else {"could", "can"}
    is_asked = words[position + 1 : position + 2] != [] and words[position + 1] in verbs
    if not is_asked or "not" in words[position + 2 : start]:
        return None
    mark = next((word for word in words[end : end + 12] if word in STOPS), "")
    return Cue(position, position, "sure") if mark == "?" else None


def _yet(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "has yet to show remorse" and "I'm done being scared"."""
    following = words[position + 1 : position + 2]
    if words[position] == "done":
        return Cue(position, position, "clause") if following == ["being"] else None
    is_open = following == ["to"] and position > 0 and words[position - 1] in _HAVE
    return Cue(position, position, "clause") if is_open else None


def _since(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "it's been years since I was last nervous"."""
    middle = words[position + 1 : start]
    is_while = "been" in words[max(0, position - 5) : position]
    is_clause = middle[:1] != [] and middle[0] in SUBJECTS and middle[1:2] != []
    if not is_while or not is_clause or len(middle) > 5 or middle[1] not in FINITE:
        return None
    return (
        None
        if {"this", "so", "such", "died", "left"} & set(middle)
        else Cue(position, position, "sure")
    )


def _expected(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "you'd have expected her to be elated", "I expected him to be annoyed; he was amused"."""
    before, middle = words[max(0, position - 2) : position], words[position + 1 : start]
    if "to" not in middle and not SUBJECTS & set(middle):
        return None
    if before == ["would", "have"] or (before[1:] == ["have"] and before[0].endswith("'d")):
        return Cue(position, position, "sure")
    if words[position] != "expected" or "not" in before or "to" not in middle:
        return None
    behind = words[end : end + 6]
    mark = behind[0] if behind else ""
    is_contrast = mark in {";", ",", "but", ".", "\u2014"} and SUBJECTS & set(behind[1:3])
    says = any(end + index in heads for index in range(2, 6)) or NEGATORS & set(behind[2:])
    return Cue(position, position, "sure") if is_contrast and says else None


_HAVE = frozenset("has have had i've we've they've you've he's she's".split())
_MAKERS = {
    **dict.fromkeys(_PARTICLES, _particle),
    **dict.fromkeys(_THINGS, _last_thing),
    "wish": _wish,
    "why": _rhetorical,
    "how": _rhetorical,
    "wishes": _wish,
    "only": _wish,
    "lying": _lying,
    "than": _more_than,
    "less": _less,
    "to": _takes_more,
    "too": _too,
    "like": _as_if_i_would,
    "used": _used,
    "once": _used,
    "gone": _gone,
    "yet": _yet,
    "done": _yet,
    "been": _would_have,
    "since": _since,
    "expected": _expected,
    "thought": _expected,
    "imagined": _expected,
}
LAST_WORDS = (
    frozenset(_MAKERS)
    | {pair.split()[1] for pair in PAIRS}
    | LACKING
    | ENDING
    | ENDING_TO
    | PRETENDING
    | DOUBT
    | HARD
    | UNTRUE
    | LITTLE
)
"""Words that a construction may end with."""
