"""What denies an emotion behind its mention: "Happy? Hardly.", "the fear is gone", "worry-free"."""

from affectgraph.linkers.annotation.absences import CAME, RULING
from affectgraph.linkers.annotation.answers import find_told
from affectgraph.linkers.annotation.cues import (
    CALLING,
    NEGATORS,
    PRETENDING,
    REFUTED,
    REPORTS,
    STOPS,
    SUBJECTS,
    TAKING,
    UNTRUE,
)
from affectgraph.linkers.annotation.judging import Denial, is_negator
from affectgraph.linkers.annotation.later_cues import (
    AFTER_NOT,
    BRINGS_END,
    CLOSED,
    DOES_NOT,
    ENDED,
    FADING,
    FITTING,
    GIVING_WAY,
)
from affectgraph.linkers.annotation.rejoinders import find_rejoinder

_COPULAS = frozenset("is was are were isn't wasn't aren't weren't proved proves".split())
_WHAT = frozenset("what how the a".split())
_SUPPORTED = frozenset(
    """supported observed present detected evident indicated justified warranted found reported there
    seen endorsed elicited noted""".split()
)
"""What is said under "not" of a feeling that nobody saw."""


REACH = 18
"""Words behind a mention that are read."""

_SCORN = frozenset("foot arse ass backside".split())
_FALSE = (
    REFUTED | UNTRUE | {"made"} | frozenset("lying mistaken wrong kidding fooling bluffing".split())
)

TELLING = (
    NEGATORS
    | AFTER_NOT
    | FADING
    | ENDED
    | _FALSE
    | PRETENDING
    | UNTRUE
    | RULING
    | _SCORN
    | frozenset(
        """? nope anymore free away aside behind last one only way replaced off down left out act lie show
        front joke past please lost nil failed work remission instead negative again shook shakes
        denied""".split()
    )
)
"""Words one of which stands in whatever denies an emotion behind its mention."""


def find_behind(words: list[str], start: int, end: int, heads: dict[int, int]) -> Denial | None:
    """Return what denies a mention behind it, None if nothing does."""
    behind = words[end : end + REACH]
    if TELLING.isdisjoint(behind):
        return None
    return (
        find_told(words, start, end)
        or find_rejoinder(words, start, end, heads)
        or _fading(words, start, end)
        or _refuted(words, start, end)
        or (_copula(words, end) if words[end] in _COPULAS else None)
        or _plain(words, start, end, words[end : end + 5])
        or _behind_remark(words, start, end)
    )


def _behind_remark(words: list[str], start: int, end: int) -> Denial | None:
    """Read "fear, which the label names, is absent", "grief (2018) is gone", "a grief reaction is gone"."""
    closing = {",": ",", "(": ")", "\u2014": "\u2014", "\u2013": "\u2013"}.get(words[end])
    at = end + 1
    if closing is not None and words[at : at + 1] != [] and words[at] not in _NO_REMARK:
        for index in range(at + 1, min(len(words) - 2, end + 12)):
            if words[index] == closing:
                at = index + 1
                break
            if words[index] in STOPS:
                return None
        else:
            return None
    elif words[end] not in REACTIONS or at + 2 > len(words):
        return None
    if words[at] in _COPULAS:
        return _gone(words, at) or _copula(words, at)
    return _fading(words, start, at) if words[at] in FADING else None


_NO_REMARK = frozenset("and but or nor so yet not".split())
REACTIONS = frozenset("reaction reactions response responses episode episodes symptoms".split())
"""Nouns that an emotion in front of them says the kind of."""


def _fading(words: list[str], start: int, end: int) -> Denial | None:
    """Read "her fear faded", "rage gave way to sorrow", "took my fear away"."""
    position = _behind_object(words, end)
    while position < len(words) and words[position] in _SOON:
        position += 1
    if position < len(words) and words[position] in FADING:
        return (
            None if _opens_denied(words, start) else Denial(True, position, position, is_past=True)
        )
    for phrase in _GIVING_WAY.get(words[position], ()) if position < len(words) else ():
        if words[position : position + len(phrase)] == phrase:
            last = position + len(phrase) - 1
            return (
                None if _opens_denied(words, start) else Denial(True, position, last, is_past=True)
            )
    before = words[max(0, start - 4) : start]
    if start and words[start - 1] == "all" and words[end] in ENDED:
        return Denial(True, end, end, is_past=True)
    if words[end : end + 2] == ["out", "of"] and not _EMPTYING.isdisjoint(before):
        return Denial(True, end, end + 1, is_past=True)
    for position, particle in enumerate(words[end : end + 2], start=end):
        verbs = TAKING.get(particle)
        if verbs is not None and not verbs.isdisjoint(before):
            return Denial(True, position, position, is_past=True)
    return None


def _behind_object(words: list[str], end: int) -> int:
    """Return where a verb of fading stands behind what tells more: "any hope of rain faded"."""
    is_relative = words[end] in {"that", "which"} or words[end] in SUBJECTS
    if words[end] not in _ABOUT and not is_relative:
        return end
    for position in range(end + 2, min(len(words), end + (11 if is_relative else 7))):
        if words[position] in _UNFADING:
            return end
        if words[position] in FADING or _gives_way(words, position):
            return position
    return end


def _gives_way(words: list[str], position: int) -> bool:
    return any(
        words[position : position + len(phrase)] == phrase
        for phrase in _GIVING_WAY.get(words[position], ())
    )


_GIVING_WAY: dict[str, list[list[str]]] = {}
for _phrase in GIVING_WAY:
    _GIVING_WAY.setdefault(_phrase[0], []).append(_phrase)

_CLOSING = STOPS | {",", "anymore", "now", "really"}
_UNFADING = _CLOSING | SUBJECTS | NEGATORS | frozenset("who that which and but".split())
_ABOUT = frozenset("among between within in about of for in over at towards toward".split())
_EMPTYING = frozenset("took take takes taking sucked sucks sucking drained drains knocked".split())
_SOON = frozenset(
    "soon quickly slowly finally eventually gradually suddenly just all then simply had has have".split()
)


def _opens_denied(words: list[str], start: int) -> bool:
    return any(map(is_negator, words[max(0, start - 3) : start]))


def _refuted(words: list[str], start: int, end: int) -> Denial | None:
    """Read "the rumour that she was angry is untrue"."""
    if _FALSE.isdisjoint(words[end : end + REACH + 1]):
        return None
    before = words[max(0, start - 10) : start]
    is_told = not _WHOEVER.isdisjoint(before) and not _TELLERS.isdisjoint(before)
    for position in range(end, min(len(words) - 1, end + 9)):
        if words[position] in STOPS:
            return None
        if is_told and words[position] in _IS_LYING and words[position + 1] in _LYING:
            return Denial(True, position, position + 1)
        if words[position : position + 2] == ["which", "is"] or words[position : position + 2] == [
            "which",
            "was",
        ]:
            is_refuted = not REFUTED.isdisjoint(words[position + 2 : position + 4])
            return (
                Denial(True, position, position + 2) if is_refuted and position <= end + 1 else None
            )
        if words[position : position + 2] == ["would", "be"]:
            is_refuted = not _FALSE.isdisjoint(words[position + 2 : position + 5])
            is_called = not CALLING.isdisjoint(words[max(0, start - 8) : start])
            is_called = is_called or (position == end and (not start or words[start - 1] in STOPS))
            return Denial(True, position, position + 1) if is_refuted and is_called else None
        following = words[position + 1 : position + 4]
        is_turned = words[position - 1 : position + 1] == ["turned", "out"]
        is_false = not REFUTED.isdisjoint(following) or following[:2] == ["made", "up"]
        if (words[position] in _COPULAS or is_turned) and is_false:
            before = words[max(0, start - 10) : start]
            is_report = "that" in before and not REPORTS.isdisjoint(before)
            return Denial(True, position, position + 1) if is_report else None
    return None


_OF_WHICH = frozenset("them those these the my your his her our their".split())
_TOO_WEAK = frozenset("strong enough half".split())


def _copula(words: list[str], end: int) -> Denial | None:
    """Read "Anger is not supported", "Hate is not what I feel", "Angry is the one thing she was not"."""
    if end + 2 >= len(words):
        return None
    rest = words[end + 1 : end + 9]
    if not _TOO_WEAK.isdisjoint(rest[:6]):
        return None  # "angry is not a strong enough word"
    shift = 0 if words[end].endswith("n't") else 1 if rest[:1] in (["not"], ["never"]) else -1
    if rest[:2] == ["no", "longer"] and not _SUPPORTED.isdisjoint(rest[2:3]):
        return Denial(True, end + 1, end + 2, is_past=True)
    if shift >= 0 and rest[shift : shift + 1] != [] and rest[shift] in _SUPPORTED:
        return Denial(True, end, end + shift)
    if rest[:3] == ["not", "one", "of"] and not _OF_WHICH.isdisjoint(rest[3:4]):
        return Denial(True, end + 1, end + 1)  # "jealous is not one of them"
    if rest[:2] == ["the", "last"] and rest[2:3]:
        return Denial(True, end + 1, end + 2)
    if rest[:1] in (["not"], ["never"], ["hardly"], ["scarcely"]) and rest[1:2] != []:
        return Denial(True, end + 1, end + 1) if rest[1] in _WHAT else None
    if words[end].endswith("n't") and rest[0] in _WHAT:
        return Denial(True, end, end)
    if rest[:2] == ["the", "one"] or rest[:2] == ["the", "only"] or rest[:2] == ["one", "thing"]:
        for index, word in enumerate(rest):
            if word in STOPS:
                break
            if is_negator(word):
                return Denial(True, end + 1 + index, end + 1 + index)
    return None


def _plain(words: list[str], start: int, end: int, following: list[str]) -> Denial | None:
    if following[0] == ":" and following[1:2] != [] and following[1] in _FIELD:
        return Denial(True, end + 1, end + 1)  # "Fear: none."
    if following[0] == "," and following[1:2] == ["no"] and words[end + 2 : end + 3] in CLOSED:
        return Denial(True, end + 1, end + 1)
    if "anymore" in words[end : end + 8] and "but" in words[end : end + 5]:
        return Denial(True, words.index("anymore", end), words.index("anymore", end), is_past=True)
    if "my" in following[:2] and following[following.index("my") + 1 : 3] != []:
        last = end + following.index("my") + 1
        if words[last] in _SCORN:
            return Denial(True, last - 1, last)  # "Afraid, my foot!"
    if following[0] in _LOST and _CLOSING.issuperset(following[1:2]):
        return Denial(True, end, end)  # "with hope gone", "sadness yes, anger no"
    if following[0] in _HAVING_NONE and following[2:3] == ["none"]:
        return Denial(True, end + 2, end + 2)  # "hatred she had none"
    for index, word in enumerate(() if _NEVER.isdisjoint(following) else following[:4]):
        if word == "never" and not CAME.isdisjoint(following[index + 1 : index + 2]):
            return Denial(True, end + index, end + index + 1)  # "the fear never came"
        if word == "failed" and not CAME.isdisjoint(words[end + index + 2 : end + index + 3]):
            return Denial(True, end + index, end + index + 2)
        if word in STOPS or word in SUBJECTS:
            break
    if following[0] == "free" and following[1:2] != ["to"]:
        return Denial(True, end, end)
    gone = _gone(words, end)
    if gone is not None:
        return gone
    for index, word in enumerate(following[:4]):
        if word in SUBJECTS and index + 1 < len(following) and following[index + 1] in DOES_NOT:
            return None
        if word in {'"', "'"}:
            continue
        if word in DOES_NOT and _fits(words, end + index) and following[0] not in SUBJECTS:
            return Denial(True, end + index, end + index)
        if word in STOPS or word in {",", "and", "but"}:
            return None
        if word in {"not", "isn't", "wasn't"} and _ends(following, index):
            if index and not _is_inverted(words, start, following[0], word):
                return None
            return Denial(True, end + index, end + index)
    return None


def _gone(words: list[str], end: int) -> Denial | None:
    """Read "the fear is gone", "the fear I once had at night is long gone", "fear ruled out"."""
    if words[end] in _VERDICTS:
        last = end + (words[end] in {"ruled", "not"})
        is_said = last == end or words[end : last + 1] == ["ruled", "out"]
        is_said = is_said or (
            words[end] == "not" and not _SUPPORTED.isdisjoint(words[last : last + 1])
        )
        closes = last + 1 >= len(words) or words[last + 1] in _BEHIND_VERDICTS
        return Denial(True, end, last) if is_said and closes else None
    is_relative = words[end] in SUBJECTS or words[end] in {"you", "there"}
    for index, word in enumerate(words[end : end + (12 if is_relative else 8)]):
        previous = words[end + index - 1]
        if word == "left" and previous in _COPULAS:
            return None  # "only fear was left"
        if index and previous in BRINGS_END and word in ENDED:
            return Denial(True, end, end + index, is_past=True)
        if index and previous in _COPULAS and (word in PRETENDING or word == "lost"):
            return Denial(True, end, end + index, is_past=word == "lost")
        if index and word in _ENDING and _is_of_the_past(words[end + index : end + index + 5]):
            return Denial(True, end, end + index, is_past=True)
        if is_relative and index and word not in _UNFADING:
            continue
        if word in _WEIGHED and previous in _COPULAS:
            return _weighed(words, end + index)
        if word not in BRINGS_END and word not in _ONCE_HAD:
            return None
    return None


_WEIGHED = frozenset("considered suspected queried discussed raised proposed".split())


def _weighed(words: list[str], position: int) -> Denial | None:
    """Read "was considered and ruled out"."""
    if words[position + 1 : position + 2] not in (["and"], ["but"]):
        return None
    for last in range(position + 2, min(len(words), position + 4)):
        if words[last] in _REJECTED:
            return Denial(True, position - 1, last)
    return None


_REJECTED = frozenset("ruled rejected dismissed excluded discarded".split())


_HAVING_NONE = SUBJECTS | {"there"}
_NEVER = frozenset({"never", "failed"})
_LOST = frozenset("gone vanished forgotten spent no none nil".split())
_FIELD = frozenset("none nil absent denied negative no not zero".split())
_ENDING = frozenset({"a", "in"})


def _is_of_the_past(behind: list[str]) -> bool:
    return behind == ["a", "thing", "of", "the", "past"] or behind[:2] == ["in", "remission"]


_VERDICTS = frozenset("ruled excluded absent denied not".split())
_BEHIND_VERDICTS = STOPS | frozenset(", at on by in during and after throughout".split())


_WHOEVER = frozenset("whoever anyone anybody everyone those if".split())
_TELLERS = CALLING | frozenset(
    "tells says thinks said told thinking believes claims suggests think".split()
)
_IS_LYING = _COPULAS | {"ur", "youre", "you're", "they're", "he's", "she's", "is", "be"}
_LYING = frozenset("lying mistaken wrong kidding fooling bluffing".split())
_ONCE_HAD = SUBJECTS | frozenset("there you that which once had felt always used to feel".split())


def _is_inverted(words: list[str], start: int, subject: str, negator: str) -> bool:
    """Return whether a subject behind an emotion is that of its own clause: not so in "glad it wasn't"."""
    if negator == "not":
        return subject in SUBJECTS or subject in {"it", "is", "was"}
    return subject in SUBJECTS and (not start or words[start - 1] in STOPS)


def _ends(following: list[str], index: int) -> bool:
    ends: tuple[list[str], ...] = ([], ["."], ["!"], [","], [";"])
    return following[index + 1 : index + 2] in ends + ((["the"],) if not index else ())


def _fits(words: list[str], position: int) -> bool:
    """Return whether a negator denies that a label fits: "anger does not fit"."""
    return words[position + 1 : position + 2] != [] and words[position + 1] in FITTING
