"""Whether a second denial undoes a negator: "not without joy", "I don't think he isn't glad"."""

from affectgraph.linkers.annotation.cues import (
    ABLE,
    ASKED,
    BELIEVING,
    CONTRAST,
    FINITE,
    INSTANTS,
    NEGATORS,
    STOPS,
    SUBJECTS,
    UNTRUE,
)


def is_doubled(words: list[str], first: int, cue: str) -> bool:
    """Return whether another denial undoes this one: "not without joy", "don't think he isn't"."""
    if cue not in {"without", "not", "never"} and not cue.endswith(("n't", "nt")):
        return False
    previous = words[first - 1] if first else ""
    if cue == "not" and previous in NEGATORS:
        return True  # "never not", "can't not"
    if (
        cue == "not"
        and previous == "and"
        and not _UNABLE.isdisjoint(words[max(0, first - 9) : first])
    ):
        return True  # "you can't read it and not feel"
    if not INSTANTS.isdisjoint(words[max(0, first - 9) : first]) and _is_hardly(words, first):
        return True
    reach = 9 if cue == "without" else 7
    for position in range(first - 1, max(-1, first - reach - 1), -1):
        word = words[position]
        if word in _CLOSING and not (word == "when" and words[position - 1] == "lied"):
            return False
        if word in _UNREAL and cue not in {"without"}:
            return True
        if word in UNTRUE and words[position + 1] == "to":
            return True  # "it would be wrong to say they did not feel it"
        if cue == "without" and word in {"and", "or", "without", "no", "nor"}:
            return False
        if (
            word in _NOTHING
            and previous in SUBJECTS
            and _is_noun_phrase(words[position + 1 : first - 1])
        ):
            return True  # "nothing about it I don't love"
        if word in NEGATORS:
            if words[position + 1] in ASKED and (not position or words[position - 1] in STOPS):
                return False  # "aren't you the one who said you weren't sad"
            is_relative = previous in {"who", "that"}
            return cue == "without" or is_relative or _believes(words[position:first])
    return False


_NOTHING = frozenset("nothing nobody none not".split())


def _is_noun_phrase(between: list[str]) -> bool:
    """Return whether words between a denied noun and its relative clause have no verb."""
    return "and" not in between and FINITE.isdisjoint(between) and len(between) != 1


def _is_hardly(words: list[str], first: int) -> bool:
    """Return whether hardly an instant is spoken of: "hardly a day when I'm not"."""
    for position in range(first - 1, max(1, first - 9), -1):
        is_instant = words[position] in INSTANTS and words[position - 1] in {"a", "one"}
        if is_instant and words[position - 2] in NEGATORS:
            return True
    return False


_CLOSING = STOPS | {","} | (CONTRAST - {"if"})
_UNABLE = ABLE | {"impossible"}
_UNREAL = frozenset("wish wishes lying lied pretend pretended pretending pretends".split())


def _believes(between: list[str]) -> bool:
    """Return whether a denied clause of belief leads up to the next negator."""
    return len(between) < 8 and not BELIEVING.isdisjoint(between)
