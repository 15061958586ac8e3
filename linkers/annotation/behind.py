"""What denies an emotion behind its mention: "Happy? Hardly.", "the fear is gone", "worry-free"."""

from affectgraph.linkers.annotation.cues import (
    AFTER_NOT,
    BRINGS_END,
    CALLING,
    CLOSED,
    DENYING_ANSWERS,
    DENYING_PHRASES,
    DOES_NOT,
    ENDED,
    FADING,
    FITTING,
    GIVING_WAY,
    NEGATORS,
    REFUTED,
    REPORTS,
    STOPS,
    SUBJECTS,
    TAKING,
    UNTRUE,
)
from affectgraph.linkers.annotation.judging import Denial, is_negator

_QUOTES = frozenset(
    {'"', "'", "\u201c", "\u201d", "\n", "(", ")", "-", " - ", "--", "\u2013", "\u2014"}
)
_COPULAS = frozenset("is was are were isn't wasn't aren't weren't proved proves".split())
_WHAT = frozenset("what how the a".split())


REACH = 12
"""Words behind a mention that are read."""

_TELLING = (
    NEGATORS
    | FADING
    | ENDED
    | REFUTED
    | UNTRUE
    | frozenset(
        "? nope anymore free away aside behind last one only way replaced off down left out".split()
    )
)
"""Words one of which stands in whatever denies an emotion behind its mention."""

_ADVERSE = frozenset(". ; but yet except".split())
_FALSE = REFUTED | UNTRUE


def find_behind(words: list[str], start: int, end: int) -> Denial | None:
    """Return what denies a mention behind it, None if nothing does."""
    behind = words[end : end + REACH]
    if _TELLING.isdisjoint(behind):
        return None
    return (
        (_answer(words, end) if "?" in behind else None)
        or (_but_was_not(words, start, end) if not _ADVERSE.isdisjoint(behind) else None)
        or _fading(words, start, end)
        or _refuted(words, start, end)
        or (_copula(words, end) if words[end] in _COPULAS else None)
        or _plain(words, start, end, words[end : end + 4])
    )


def _answer(words: list[str], end: int) -> Denial | None:
    """Read the answer to a question: "Are you angry?" "No.", "Jealous? Me? Never."."""
    for position in range(end, min(len(words), end + 12)):
        if words[position] == "?":
            return _denying(words, position + 1)
        if words[position] in STOPS and words[position] not in _QUOTES:
            return None
    return None


def _denying(words: list[str], position: int) -> Denial | None:
    while position < len(words) and words[position] in _QUOTES:
        position += 1
    if "?" in words[position + 1 : position + 3]:  # "Me?"
        position = words.index("?", position) + 1
    while position < len(words) and words[position] in _BEFORE_ANSWERS:
        position += 1
    if position >= len(words):
        return None
    word = words[position]
    closes = position + 1 == len(words) or words[position + 1] in _MARKS
    if word in DENYING_ANSWERS and closes:
        return Denial(True, position, position)
    if word in AFTER_NOT and word != "no" and word != "not":
        return Denial(True, position, position)
    for phrase in DENYING_PHRASES:
        if words[position : position + len(phrase)] == phrase:
            return Denial(True, position, position + len(phrase) - 1)
    return None


_BEFORE_ANSWERS = _QUOTES | {"oh", "well", "him", "her", "us"}
_MARKS = STOPS | {","}


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
    """Return where a verb of fading stands behind what an emotion is about: "any hope of rain faded"."""
    if words[end] not in _ABOUT:
        return end
    for position in range(end + 2, min(len(words), end + 7)):
        if words[position] in _UNFADING:
            return end
        if words[position] in FADING:
            return position
    return end


_GIVING_WAY: dict[str, list[list[str]]] = {}
for _phrase in GIVING_WAY:
    _GIVING_WAY.setdefault(_phrase[0], []).append(_phrase)

_CLOSING = STOPS | {",", "anymore", "now", "really"}
_UNFADING = _CLOSING | SUBJECTS | NEGATORS | frozenset("who that which and but".split())
_ABOUT = frozenset("about of for in over at towards toward".split())
_EMPTYING = frozenset("took take takes taking sucked sucks sucking drained drains knocked".split())
_SOON = frozenset(
    "soon quickly slowly finally eventually gradually suddenly just all then simply had has have".split()
)


def _but_was_not(words: list[str], start: int, end: int) -> Denial | None:
    """Read "I thought he'd be furious but he wasn't", "You thought I'd be sad. I wasn't"."""
    if words[end] in {".", ";"} and not _THOUGHT.isdisjoint(words[max(0, start - 8) : start]):
        closes = end + 3 == len(words) or (end + 3 < len(words) and words[end + 3] in _CLOSING)
        if closes and words[end + 1] in SUBJECTS and is_negator(words[end + 2]):
            return Denial(True, end + 2, end + 2)
    for position in range(end, min(len(words) - 1, end + 8)):
        word, after = words[position], words[position + 2 : position + 3]
        if word in STOPS:
            return None
        if word == "but" and words[position + 1] in _NOES and _CLOSING.issuperset(after):
            return Denial(True, position + 1, position + 1)
        if not after:
            return None
        if word in {"but", "yet", "except"} and words[position + 1] in _SOMEBODY:
            last = position + 2
            is_long = last + 1 < len(words) and words[last] in _COPULAS and words[last + 1] == "not"
            last += is_long
            closes = last + 1 == len(words) or words[last + 1] in _CLOSING
            closes = closes or words[last + 1 : last + 3] in (["any", "more"], ["at", "all"])
            if closes and is_negator(words[last]):
                return Denial(True, last, last)
    return None


_THOUGHT = frozenset("thought expected supposed assumed imagined used believed".split())
_NOES = frozenset("no nope not never".split())
_SOMEBODY = SUBJECTS | frozenset("i'm he's she's we're they're you're you it".split())


def _opens_denied(words: list[str], start: int) -> bool:
    return any(map(is_negator, words[max(0, start - 3) : start]))


def _refuted(words: list[str], start: int, end: int) -> Denial | None:
    """Read "the rumour that she was angry is untrue"."""
    if _FALSE.isdisjoint(words[end : end + REACH + 1]):
        return None
    for position in range(end, min(len(words) - 1, end + 9)):
        if words[position] in STOPS:
            return None
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
            return Denial(True, position, position + 1) if is_refuted and is_called else None
        following = words[position + 1 : position + 4]
        if words[position] in _COPULAS and not REFUTED.isdisjoint(following):
            before = words[max(0, start - 10) : start]
            is_report = "that" in before and not REPORTS.isdisjoint(before)
            return Denial(True, position, position + 1) if is_report else None
    return None


def _copula(words: list[str], end: int) -> Denial | None:
    """Read "Hate is not what I feel", "Angry is the one thing she was not"."""
    if end + 2 >= len(words):
        return None
    rest = words[end + 1 : end + 9]
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
    if following[0] == "," and following[1:2] == ["no"] and words[end + 2 : end + 3] in CLOSED:
        return Denial(True, end + 1, end + 1)
    if "anymore" in words[end : end + 8] and "but" in words[end : end + 5]:
        return Denial(True, words.index("anymore", end), words.index("anymore", end), is_past=True)
    if following[0] == "free" and following[1:2] != ["to"]:
        return Denial(True, end, end)
    gone = _gone(words, end)
    if gone is not None:
        return gone
    for index, word in enumerate(following):
        if word in SUBJECTS and index + 1 < len(following) and following[index + 1] in DOES_NOT:
            return None
        if word in {'"', "'"}:
            continue
        if word in DOES_NOT and _fits(words, end + index):
            return Denial(True, end + index, end + index)
        if word in STOPS or word in {",", "and", "but"}:
            return None
        if word in {"not", "isn't", "wasn't"} and _ends(following, index):
            if index and not _is_inverted(words, start, following[0], word):
                return None
            return Denial(True, end + index, end + index)
    return None


def _gone(words: list[str], end: int) -> Denial | None:
    """Read "the fear is gone", "the fear I once had is long gone"."""
    for index, word in enumerate(words[end : end + 8]):
        if word in ENDED and index and words[end + index - 1] in BRINGS_END:
            return Denial(True, end, end + index, is_past=True)
        if word not in BRINGS_END and word not in _ONCE_HAD:
            return None
    return None


_ONCE_HAD = SUBJECTS | frozenset("you that which once had felt always used to feel".split())


def _is_inverted(words: list[str], start: int, subject: str, negator: str) -> bool:
    """Return whether a subject behind an emotion is that of its own clause: not so in "glad it wasn't"."""
    if negator == "not":
        return subject in SUBJECTS or subject in {"it", "is", "was"}
    return subject in SUBJECTS and (not start or words[start - 1] in STOPS)


def _ends(following: list[str], index: int) -> bool:
    ends: tuple[list[str], ...] = ([], ["."], ["!"], [","])
    return following[index + 1 : index + 2] in ends + ((["the"],) if not index else ())


def _fits(words: list[str], position: int) -> bool:
    """Return whether a negator denies that a label fits: "anger does not fit"."""
    return words[position + 1 : position + 2] != [] and words[position + 1] in FITTING
