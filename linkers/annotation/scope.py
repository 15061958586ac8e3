"""Decides whether a mention is denied: negators, what undoes them, and where their clause ends.

The words before a mention are read backwards until a mark or conjunction closes the clause. The first
negator met decides; some are no denial after all ("not only angry", "couldn't be happier").
"""

from typing import NamedTuple

from affectgraph.linkers.annotation.cues import (
    ABLE,
    ADVERBS,
    AFTER_NOT,
    ALONE,
    AUXILIARIES,
    BELIEVING,
    BRINGS_END,
    CLOSED,
    CONTRACTED_SUBJECTS,
    CONTRAST,
    DOES_NOT,
    DOUBT,
    ENDED,
    ENDING,
    ENDING_TO,
    FINITE,
    FITTING,
    HIDDEN,
    HIDING,
    HOW,
    IMPOSSIBLE,
    KNOWING,
    LACKING,
    LITTLE,
    LITTLE_OF,
    MAYBE_SUBJECTS,
    MORE,
    NEVER,
    NOT,
    NOUN_REACH,
    ONLY,
    PAIRS,
    PSEUDO,
    QUESTION,
    REACH,
    SENTENCE,
    SO,
    STOPS,
    SUBJECTS,
)


class Denial(NamedTuple):
    """What negators do to a mention.

    :param is_negated: whether it is denied.
    :param first, last: first and last word of the cue, as positions.
    :param is_stronger: whether the cue says that nothing could be more so.
    :param is_past: whether the emotion was there before.
    """

    is_negated: bool
    first: int
    last: int
    is_stronger: bool = False
    is_past: bool = False


def find_denial(
    words: list[str], start: int, end: int, heads: dict[int, int], is_comparative: bool
) -> Denial | None:
    """Return what denies a mention, or looks as if it did; None if nothing does.

    :param start, end: the mention's words.
    :param heads: starts of mentions by their ends, of the whole text.
    :param is_comparative: whether its word is in -er ("happier").
    """
    return _before(words, start, end, heads, is_comparative) or _after(words, start, end)


def _before(
    words: list[str], start: int, end: int, heads: dict[int, int], is_comparative: bool
) -> Denial | None:
    position = start - 1
    has_subject = False
    lowest = max(-1, start - REACH - 1)
    while position > lowest:
        word = words[position]
        if word in STOPS:
            return None
        if word == ",":
            before = _list_item(words, position, start, end, heads)
            if before is None:
                return None
            position = before
            continue
        negator = _negator(words, position, start)
        if negator is not None:
            if has_subject and _has_head(words, heads, position, start):
                return None
            return _judge(words, negator, position, start, end, has_subject, is_comparative)
        if word == "if" and position and words[position - 1] == "as":
            if position < 2 or words[position - 2] in STOPS:
                return Denial(True, position - 1, position)
            position -= 2
            continue
        if word in CONTRAST:
            if word == "because" and position and words[position - 1] == "not":
                return Denial(True, position - 1, position - 1)
            return None
        if word == "and" and _opens_clause(words, position + 1, start):
            return None
        has_subject = has_subject or _is_subject(words, position)
        position -= 1
    return None


def _has_head(words: list[str], heads: dict[int, int], first: int, start: int) -> bool:
    """Return whether another mention stands between, and a clause of its own follows it."""
    return any(end in heads for end in range(first + 1, start)) and bool(
        {"that", "because", "when"} & set(words[first:start])
    )


def is_negator(word: str) -> bool:
    """Return whether a word alone denies."""
    return word in NOT or word.endswith("n't")


def _negator(words: list[str], position: int, start: int) -> int | None:
    """Return the position where a negator that ends here begins, None if there is none."""
    word = words[position]
    if position and f"{words[position - 1]} {word}" in PAIRS:
        return position - 1
    if is_negator(word):
        return position
    following = words[position + 1] if position + 1 < len(words) else ""
    if word in LACKING or (word in ENDING and position + 1 >= start - 3):
        return position
    if word in ENDING_TO and following == "to":
        return position
    if word in DOUBT and (word != "wrong" or following == "to"):
        return position
    if word in LITTLE and (not position or words[position - 1] not in {"a", "very"}):
        return position if position == start - 1 or following in LITTLE_OF else None
    if word == "too" and "to" in words[position + 2 : start] and start - position < 7:
        return position
    if (
        word == "like"
        and following in {"i'd", "i'll"}
        and (not position or words[position - 1] in STOPS)
    ):
        return position
    return None


def _opens_clause(words: list[str], position: int, start: int) -> bool:
    """Return whether "and" is followed by a subject or a finite verb, so that a clause begins."""
    if position >= start:
        return False
    word = words[position]
    return (
        bool(FINITE & set(words[position : min(position + 3, start)]))
        or word in SUBJECTS
        or word in CONTRACTED_SUBJECTS
        or word in {"it", "this", "that", "my", "his", "her", "the", "now"}
    )


def _is_subject(words: list[str], position: int) -> bool:
    word = words[position]
    if position and (words[position - 1] in AUXILIARIES or words[position - 1].endswith("n't")):
        return False  # "nor was she": the subject of the same clause
    if word in SUBJECTS or word in CONTRACTED_SUBJECTS:
        return True
    following = words[position + 1] if position + 1 < len(words) else ""
    return word in MAYBE_SUBJECTS and following in FINITE


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


def _judge(
    words: list[str],
    first: int,
    last: int,
    start: int,
    end: int,
    has_subject: bool,
    is_comparative: bool,
) -> Denial | None:
    """Return what a negator at ``first..last`` does to the mention at ``start``."""
    cue, middle = words[last], words[last + 1 : start]
    affirmed = Denial(False, first, last)
    if cue in DOUBT or cue in LITTLE or cue in {"too", "like"}:
        is_undone = any(is_negator(word) for word in words[max(0, first - 2) : first])
        return affirmed if is_undone and cue in DOUBT else Denial(True, first, last)
    if first != last or cue in LACKING or cue in ENDING or cue in ENDING_TO:
        return _judge_long(words, first, last, middle)
    following = words[last + 1] if last + 1 < len(words) else ""
    if is_negator(cue) and _has_more(words, cue, last, middle, is_comparative):
        return Denial(False, first, last, is_stronger=True)
    if _is_pseudo(words, cue, last, following) or _is_rhetorical(words, first, end):
        return affirmed
    if _is_other(words, first, middle, end, cue):
        return affirmed
    if HOW & set(middle) or HIDDEN & set(middle):
        return affirmed
    if cue != "no" and following in ONLY:
        return affirmed
    verb = next((word for word in middle if word not in ADVERBS), "")
    if verb in HIDING and "as" not in middle and _is_hidden(cue, verb, middle, has_subject):
        return affirmed
    if verb in KNOWING and (QUESTION & set(middle) or (has_subject and verb not in BELIEVING)):
        return affirmed
    if has_subject and not BELIEVING & set(middle[:4]):
        return None
    if cue in ABLE and middle and middle[-1] in {"from", "with", "for"} and len(middle) > 1:
        return affirmed
    if cue in {"no", "without", "zero"} and len(middle) > NOUN_REACH:
        return None
    if _is_doubled(words, first, cue):
        return affirmed
    return Denial(True, first, last, is_past="anymore" in words[end : end + 5])


def _judge_long(words: list[str], first: int, last: int, middle: list[str]) -> Denial | None:
    """Judge pairs ("far from") and verbs ("lacks"), which an earlier negator undoes."""
    pair = f"{words[first]} {words[last]}"
    if len(middle) > NOUN_REACH or (pair == "less than" and len(middle) > 1):
        return None
    if "and" in middle and pair != "no longer":
        return None
    if pair not in ALONE and (not first or words[first - 1] != "so"):
        before = words[max(0, first - 3) : first]
        if any(map(is_negator, before)) and not {*STOPS, ","} & set(before):
            return Denial(False, first, last)
    return Denial(True, first, last, is_past=pair == "no longer" or words[last] in ENDING)


def _is_rhetorical(words: list[str], first: int, end: int) -> bool:
    """Return whether a question asks by a negator for what it takes as given: "Aren't you glad?"."""
    cue, previous = words[first], words[first - 1] if first else "."
    is_who = previous == "who" and cue.endswith("n't")
    is_how = cue == "not" and {"how", "could"} <= set(words[max(0, first - 4) : first])
    following = words[first + 1] if first + 1 < len(words) else ""
    is_opening = previous in STOPS and cue.endswith("n't") and following in _ASKED
    if previous == "why" and cue in {"wouldn't", "shouldn't"}:
        return True
    if not (is_who or is_how or is_opening):
        return False
    ending = next((word for word in words[end : end + SENTENCE] if word in {"?", ".", "!"}), "")
    return ending == "?" or is_how


_ASKED = frozenset("i you he she it they we that this".split())


def _is_other(words: list[str], first: int, middle: list[str], end: int, cue: str) -> bool:
    """Return whether a negator denies another thing: "not so much sad as tired", "not the first to"."""
    if "much" in middle and middle[-1] == "as":
        return True
    if middle[:1] == ["the"] and middle[1:2] and middle[1] in {"first", "only", "last"}:
        return True
    if cue in {"nobody", "none", "nothing"} and ["more", "than"] in (
        words[end + i : end + i + 2] for i in range(6)
    ):
        return True
    before = words[max(0, first - 3) : first]
    if cue == "not" and before and IMPOSSIBLE & set(before[-1:]):
        return before[-1] != "could"
    if cue == "not" and before and before[-1] == "but":
        return any(word in LACKING for word in words[max(0, first - 6) : first])
    return False


def _has_more(
    words: list[str], cue: str, last: int, middle: list[str], is_comparative: bool
) -> bool:
    """Return whether the cue says that nothing is more so: "never been happier", "never so sad"."""
    before_mention = set(middle[-2:])
    is_more = is_comparative or bool(MORE & before_mention)
    if "less" in before_mention:
        return False
    if is_more and (cue in ABLE or cue in {"nothing", "nobody", "none", "never"}):
        return True
    if is_more and cue in {"not", "never"} and last and words[last - 1] in {"could", "can"}:
        return True
    is_perfect = bool({"been", "felt", "seen", "ever", "known", "had"} & set(middle))
    if is_more and is_perfect:
        return True
    if "ever" in middle or cue in NEVER or cue in {"haven't", "hasn't", "hadn't"}:
        return is_perfect and bool(SO & before_mention)
    return False


def _is_pseudo(words: list[str], cue: str, last: int, following: str) -> bool:
    """Return whether a negator belongs to a phrase that denies nothing: "no wonder", "nothing but"."""
    if cue == "no":
        return following in PSEUDO or following in {"sooner", "less", "wonder"}
    if words[max(0, last - 2) : last] == ["not", "for"]:
        return True
    if cue in {"nothing", "none", "nobody"}:
        return following in {"but", "short"} or words[last + 1 : last + 3] == ["less", "than"]
    if cue == "without":
        return following in {"doubt", "question"} or words[last + 1 : last + 3] == ["a", "doubt"]
    if words[last + 1 : last + 4] == ["tell", "me", "you're"]:
        return True
    if cue == "not":
        previous = words[last - 1] if last else ""
        return previous in {"why", "if", "or"} or following in {"until", "since", "gonna", "long"}
    return False


def _is_hidden(cue: str, verb: str, middle: list[str], has_subject: bool) -> bool:
    """Return whether a verb under a negator leaves its object there."""
    if verb == "get":
        return bool({"enough", "over", "past"} & set(middle))
    if verb in {"tell", "believe"}:
        return "how" in middle or cue in ABLE
    if verb in {"hold", "keep"}:
        return "back" in middle or "from" in middle or "in" in middle
    if verb in {"bear", "stand"}:
        return cue in ABLE
    return True


def _is_doubled(words: list[str], first: int, cue: str) -> bool:
    """Return whether another negator undoes this one: "not without joy", "don't think he isn't"."""
    if cue not in {"without", "not"} and not cue.endswith("n't"):
        return False
    reach = 2 if cue == "without" else 5
    for position in range(first - 1, max(-1, first - reach - 1), -1):
        word = words[position]
        if word in STOPS or word == "," or word in CONTRAST:
            return False
        if is_negator(word):
            return cue == "without" or bool(BELIEVING & set(words[position:first]))
    return False


def _after(words: list[str], start: int, end: int) -> Denial | None:
    """Find what denies a mention behind it: "happy I am not", "the fear is gone", "worry-free"."""
    following = words[end : end + 4]
    if not following:
        return None
    if following[0] == "," and following[1:2] == ["no"] and words[end + 2 : end + 3] in CLOSED:
        return Denial(True, end + 1, end + 1)
    if "anymore" in words[end : end + 8] and "but" in words[end : end + 5]:
        return Denial(True, words.index("anymore", end), words.index("anymore", end), is_past=True)
    if following[0] == "free" and following[1:2] != ["to"]:
        return Denial(True, end, end)
    if following[0] == "?" and len(following) > 1 and following[1] in AFTER_NOT:
        return Denial(True, end + 1, end + 1)
    for index, word in enumerate(following):
        if word == '"' or word == "'":
            continue
        if word in DOES_NOT and _fits(words, end + index):
            return Denial(True, end + index, end + index)
        if word in STOPS or word in {",", "and", "but"}:
            return None
        if word in ENDED and index and all(w in BRINGS_END for w in following[:index]):
            return Denial(True, end, end + index, is_past=True)
        if word in {"not", "isn't", "wasn't"} and following[index + 1 : index + 2] in (
            [],
            ["."],
            ["!"],
            ["the"],
            [","],
        ):
            if index and following[0] not in SUBJECTS | {"it", "is", "was"}:
                return None
            return Denial(True, end + index, end + index)
    return None


def _fits(words: list[str], position: int) -> bool:
    """Return whether a negator denies that a label fits: "anger does not fit"."""
    return words[position + 1 : position + 2] != [] and words[position + 1] in FITTING
