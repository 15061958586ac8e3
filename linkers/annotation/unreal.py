"""Constructions that say of an emotion that it is not so: "I wish I were glad", "why would I be sad?"."""

from affectgraph.linkers.annotation.cue import Cue
from affectgraph.linkers.annotation.cues import (
    ASKED,
    FINITE,
    NEGATORS,
    SENTENCE,
    STOPS,
    SUBJECTS,
    UNREAL,
)


def wish(
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


def lying(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "lying if I said I was glad", "lied when I said"."""
    is_if = words[position + 1 : position + 2] in (["if"], ["to"], ["when"])
    return Cue(position, position, "clause") if is_if else None


def as_if_i_would(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read an answer that begins "like I'd"."""
    opens = not position or words[position - 1] in STOPS
    is_would = words[position + 1 : position + 2] in (["i'd"], ["i'll"])
    return Cue(position, position, "sure") if opens and is_would else None


def used(
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
        is_over = is_over or not _CURED.isdisjoint(words[end : end + 14])
        is_over = is_over or _is_over_behind(words, end)
    return Cue(position, position, "sure") if is_over else None


_CURED = frozenset("cured overcame outgrew conquered".split())


def _is_over_behind(words: list[str], end: int) -> bool:
    """Return whether a clause behind says in short that it is so no more: "she isn't"."""
    for position in range(end, min(len(words) - 1, end + 12)):
        closes = position + 2 >= len(words) or words[position + 2] in STOPS
        if words[position] in SUBJECTS and words[position + 1] in NEGATORS and closes:
            return True
    return False


def would_have(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "I would have been glad if you had rung"."""
    before = words[max(0, position - 2) : position]
    is_would = before == ["would", "have"] or (before[1:] == ["have"] and before[0].endswith("'d"))
    if not is_would or start - position > 4:
        return None
    around = words[max(0, position - 12) : position] + words[end : end + 9]
    is_unreal = "if" in around and not {"had", "were"}.isdisjoint(around)
    return Cue(position - 2, position, "sure") if is_unreal else None


def should_have(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "should have been ashamed", "ought to have felt guilt": what was due, and was not."""
    last = position + 1 + _HAVING[words[position]]
    if last >= start or start - last > 4 or words[last] not in {"been", "felt"}:
        return None
    if words[last - 1] not in {"have", "should've"}:
        return None
    is_compared = not _COMPARED.isdisjoint(words[max(0, position - 6) : position])
    return None if is_compared else Cue(position, last, "sure")


_HAVING = {"should've": 0, "should": 1, "ought": 2}
"""How many words stand between such a verb and its participle: "should have been"."""


_COMPARED = frozenset("than as what how if".split())


def rhetorical(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "why would I be ashamed of that?", "how could anyone be happy here?"."""
    is_why = words[position] == "why"
    verbs = {"would", "should", "be", "feel", "get"} if is_why else {"could", "can"}
    is_asked = words[position + 1 : position + 2] != [] and words[position + 1] in verbs
    if not is_asked or "not" in words[position + 2 : start]:
        return None
    mark = next((word for word in words[end : end + 12] if word in STOPS), "")
    return Cue(position, position, "sure") if mark in {"?", ""} else None


def expect(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "you'd expect him to be angry but he sings"."""
    is_would = not _WOULD.isdisjoint(words[max(0, position - 2) : position])
    if not is_would or "to" not in words[position + 1 : start]:
        return None
    for index in range(end, min(len(words) - 1, end + 8)):
        if words[index] == "but":
            return Cue(position, position, "sure") if words[index + 1] != "not" else None
        if words[index] in STOPS:
            return None
    return None


def braced(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "prepared to be bored, I loved it", "braced for fear but laughed"."""
    if words[position + 1] not in {"to", "for"} or start - position > 5:
        return None
    for index in range(end, min(len(words) - 2, end + 5)):
        if words[index] == "but":
            return Cue(position, position, "sure") if words[index + 1] != "not" else None
        if words[index] == ",":
            is_new = words[index + 1] in SUBJECTS and words[index + 2] not in NEGATORS
            is_other = any(place in heads for place in range(index + 3, index + 9))
            return Cue(position, position, "sure") if is_new and is_other else None
        if words[index] in STOPS or words[index] == "and":
            return None
    return None


_WOULD = frozenset("would might you'd i'd one'd".split())


def _is_would(middle: list[str]) -> bool:
    """Return whether "thought" is of what was to come: "I thought I'd be sad"."""
    return any(word in {"would", "id"} or word.endswith("'d") for word in middle[:3])


def expected(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "you'd have expected her to be elated", "I expected him to be annoyed; he was amused"."""
    before, middle = words[max(0, position - 2) : position], words[position + 1 : start]
    if "to" not in middle and not SUBJECTS & set(middle) and not _is_would(middle):
        return None
    if before == ["would", "have"] or (before[1:] == ["have"] and before[0].endswith("'d")):
        return Cue(position, position, "sure")
    is_supposed = "to" in middle if words[position] == "expected" else _is_would(middle)
    if not is_supposed or "not" in before:
        return None
    behind = words[end : end + 6]
    mark = behind[0] if behind else ""
    if behind[1:2] == ["and"]:
        return None  # "I thought I'd be sad, and I was heartbroken"
    is_contrast = mark in {";", ",", "but", ".", "\u2014"} and SUBJECTS & set(behind[1:3])
    says = any(end + index in heads for index in range(2, 6)) or NEGATORS & set(behind[2:])
    return Cue(position, position, "sure") if is_contrast and says else None


def is_rhetorical(words: list[str], first: int, end: int) -> bool:
    """Return whether a question asks by a negator for what it takes as given: "Aren't you glad?"."""
    cue, previous = words[first], words[first - 1] if first else "."
    is_who = previous == "who" and cue.endswith("n't")
    is_how = cue == "not" and _HOW_COULD.issubset(words[max(0, first - 4) : first])
    following = words[first + 1] if first + 1 < len(words) else ""
    is_opening = previous in STOPS and cue.endswith("n't") and following in ASKED
    if previous == "why" and cue in {"wouldn't", "shouldn't"}:
        return True
    if not (is_who or is_how or is_opening):
        return False
    ending = next((word for word in words[end : end + SENTENCE] if word in {"?", ".", "!"}), "")
    return ending == "?" or is_how


_HOW_COULD = frozenset({"how", "could"})


def since(
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
