"""Constructions that say of an emotion that it is not so: "I wish I were glad", "why would I be sad?"."""

from affectgraph.linkers.annotation.cue import Cue
from affectgraph.linkers.annotation.cues import (
    NEGATORS,
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
        is_over = is_over or _is_over_behind(words, end)
    return Cue(position, position, "sure") if is_over else None


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


def expected(
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
