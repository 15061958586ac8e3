"""What a negator does to a mention that it reaches: deny it, leave it, or say that nothing is more so."""

from typing import NamedTuple

from affectgraph.linkers.annotation.clefts import is_cleft
from affectgraph.linkers.annotation.cue import Cue
from affectgraph.linkers.annotation.cues import (
    ABLE,
    ADVERBS,
    ALONE,
    BELIEVING,
    CONFIDING,
    DENYING,
    DOUBT,
    EASING,
    ENDING,
    ENDING_TO,
    FINITE,
    HIDDEN,
    HIDING,
    HOW,
    IMPOSSIBLE,
    KNOWING,
    LACKING,
    LEADING,
    LIKING,
    MORE,
    NEGATORS,
    NEVER,
    NOUN_REACH,
    ONLY,
    POINTLESS,
    POSSESSIVES,
    PSEUDO,
    QUESTION,
    SO,
    STOPPED_BY,
    STOPS,
    SUBJECTS,
)
from affectgraph.linkers.annotation.doubled import is_doubled
from affectgraph.linkers.annotation.formulas import is_formula
from affectgraph.linkers.annotation.kept import (
    is_caused,
    is_in_subject,
    is_judged,
    is_kept_in,
    is_of_change,
    is_presupposed,
    is_still_there,
)
from affectgraph.linkers.annotation.unreal import is_rhetorical


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


def is_negator(word: str) -> bool:
    """Return whether a word alone denies."""
    return word in NEGATORS


def judge(
    words: list[str],
    position: int,
    start: int,
    end: int,
    has_subject: bool,
    is_comparative: bool,
) -> Denial | None:
    """Return what the negator at a position does to the mention at ``start``; None if it ends before."""
    cue, middle = words[position], words[position + 1 : start]
    affirmed = Denial(False, position, position)
    if is_formula(words, position) or is_cleft(words, position, middle):
        return affirmed
    if is_kept_in(words, position, middle):
        return affirmed
    if _has_more(words, cue, position, middle, is_comparative):
        return Denial(False, position, position, is_stronger=True)
    following = words[position + 1] if position + 1 < len(words) else ""
    if _is_pseudo(words, cue, position, following) or is_rhetorical(words, position, end):
        return affirmed
    if is_still_there(words, middle, start, end, cue):
        return affirmed
    verb = "cannot" if cue == "not" and words[max(position - 1, 0)] in {"can", "could"} else cue
    if _is_other(words, position, middle, end, cue) or _leaves(
        verb, middle, following, has_subject
    ):
        return affirmed
    if has_subject and not _is_own(cue, middle):
        return None
    if is_in_subject(words, position, middle, end):
        return None
    if (
        is_presupposed(cue, middle)
        or ("that" in middle and is_judged(middle))
        or (cue == "no" and is_of_change(middle))
    ):
        return affirmed
    is_unable = cue in ABLE or (cue in _HARDLY and words[position - 1] in {"could", "can"})
    if is_unable and middle and middle[-1] in {"from", "with", "for"} and len(middle) > 1:
        return affirmed
    if cue == "no" and position and words[position - 1] == "at" and following in _POINTS:
        return Denial(True, position - 1, position + 1)
    if not _reaches(cue, middle) or is_caused(cue, middle):
        return None
    if is_doubled(words, position, cue):
        return affirmed
    return Denial(True, position, position, is_past="anymore" in words[end : end + 5])


_POINTS = frozenset("point time stage moment".split())


_HARDLY = frozenset("barely hardly scarcely not".split())


def _is_own(cue: str, middle: list[str]) -> bool:
    """Return whether a clause between negator and mention leaves the mention within reach."""
    if middle[:1] == ["call"] and middle[1:2] != [] and middle[1] in _CALLED:
        return False  # "don't call me now I'm furious"
    return not BELIEVING.isdisjoint(middle[:4]) or _is_of_anyone(middle) or _is_subject(cue, middle)


_CALLED = frozenset("me him her us them back now again".split())


def _is_of_anyone(middle: list[str]) -> bool:
    """Return whether a clause tells more of somebody who is denied: "isn't anyone who is glad"."""
    return "who" in middle and not _ANYONE.isdisjoint(middle[: middle.index("who")])


def _is_subject(cue: str, middle: list[str]) -> bool:
    """Return whether nobody, told more of, is the subject: "no one I commute with was glad"."""
    is_nobody = cue in {"nobody", "none", "neither"} or (cue == "no" and middle[:1] == ["one"])
    relative = middle[1:] if middle[:1] == ["one"] else middle
    if not is_nobody or not relative or relative[0] not in _TELLING_MORE:
        return False
    if not _SAYING.isdisjoint(middle):
        return True
    verbs = [index for index, word in enumerate(relative) if word in FINITE]
    last = verbs[-1] if verbs else 0
    is_verb = last > 1 and relative[last - 1] not in _TELLING
    return is_verb and all(word in ADVERBS for word in relative[last + 1 :])


_SAYING = frozenset("say says said think thought believe believed claimed admitted".split())
_TELLING = frozenset("i he she we you they".split())
_TELLING_MORE = _TELLING | {"of"}
_ANYONE = frozenset("anyone anybody one person man woman soul people".split())


def _leaves(cue: str, middle: list[str], following: str, has_subject: bool) -> bool:
    """Return whether a negator leaves what follows as it is: "could not hide", "not only"."""
    if not _UNSAID.isdisjoint(middle) and not _is_reason_why(middle):
        return True
    if cue != "no" and following in ONLY:
        return True
    content = [word for word in middle if word not in ADVERBS]
    verb = content[0] if content else ""
    if verb in LIKING and _is_of_fact(middle[middle.index(verb) + 1 :]):
        return True
    if verb in HIDING and "as" not in middle and _is_hidden(cue, verb, middle, has_subject):
        return True
    if verb == "let" and "on" in content[1:2]:
        return True
    if verb in CONFIDING and "that" in middle:
        return True
    if verb not in KNOWING:
        return False
    return not QUESTION.isdisjoint(middle) or (has_subject and verb not in BELIEVING)


def _is_of_fact(behind: list[str]) -> bool:
    """Return whether a liking is of what is so: "doesn't like being sad", "hates it when"."""
    return behind[:1] != [] and (behind[0].endswith("ing") or behind[0] in {"if", "when"})


_UNSAID = HOW | HIDDEN


def _is_reason_why(middle: list[str]) -> bool:
    """Return whether "why" only tells what a reason would be of: "no reason why she should be upset"."""
    return "why" in middle[1:] and middle[middle.index("why") - 1] in {"reason", "cause", "grounds"}


def _reaches(cue: str, middle: list[str]) -> bool:
    """Return whether "no" and "without" reach as far as the mention."""
    if cue == "no" and middle[1:2] in (["in"], ["to"], ["for"]) and middle[0] not in POINTLESS:
        return middle[0] not in _EXCUSED and "and" not in middle
    if cue == "without" and any(
        (word in _DETERMINERS or word in SUBJECTS) and middle[index] not in _BEFORE_NOUNS
        for index, word in enumerate(middle[1:])
    ):
        return False  # "without warning the grief comes back"
    return cue not in {"no", "without", "zero", "nil"} or len(middle) <= NOUN_REACH


_DETERMINERS = frozenset("the my his our their".split())
_BEFORE_NOUNS = LEADING | _DETERMINERS


_EXCUSED = frozenset("shame harm crime sin disgrace embarrassment".split())
"""Nouns that "no" denies and nothing behind: "no shame in being scared"."""


def _is_left(middle: list[str]) -> bool:
    """Return whether a verb behind "refused to" leaves its clause or object: "refused to admit that"."""
    verb = middle[1] if len(middle) > 1 else ""
    if verb in HIDDEN or verb in EASING or verb in ENDING:
        return True
    is_clause = not (SUBJECTS | QUESTION | {"that"}).isdisjoint(middle)
    return is_clause and (verb in CONFIDING or verb in KNOWING)


_PARTING = frozenset({"to", "out"})


def judge_construction(
    words: list[str], cue: Cue, start: int, heads: dict[int, int], has_subject: bool
) -> Denial | None:
    """Return what a construction does to the mention at ``start``; an earlier negator undoes it."""
    first, last, kind = cue
    middle = words[last + 1 : start]
    pair = f"{words[first]} {words[last]}"
    is_past = pair == "no longer" or words[last] in ENDING
    if kind == "sure":
        is_undone = any(is_negator(word) for word in words[max(0, first - 2) : first])
        return Denial(not (is_undone and words[last] in DOUBT), first, last)
    if pair == "less than" and len(middle) > 1:
        return None
    if words[last] in ENDING_TO and _is_left(middle):
        return Denial(False, first, last)
    if kind == "noun" and not _PARTING.isdisjoint(middle[1:]):
        return None  # "lost his voice to grief", "gave up smoking out of anger"
    if pair == "no longer" and has_subject and BELIEVING.isdisjoint(middle):
        return None  # "since he no longer works he is sad"
    if kind == "noun" and not _is_phrase(middle, last + 1, heads):
        return None
    is_list = words[last] in DENYING and "," in middle
    if (
        pair != "no longer"
        and "and" in middle
        and not is_list
        and not _is_joined(middle, last + 1, heads)
    ):
        return None
    before = words[max(0, first - 3) : first]
    if pair == "anything but" and any(map(is_negator, before)) and _MARKS.isdisjoint(before):
        return Denial(False, first, last)
    if pair not in ALONE and (not first or words[first - 1] != "so"):
        before = words[max(0, first - 4) : first]
        is_undone = not NEGATORS.isdisjoint(before) or (
            before[-1:] == ["to"] and not ENDING_TO.isdisjoint(before)
        )
        if is_undone and _MARKS.isdisjoint(before):
            return Denial(False, first, last)
    return Denial(True, first, last, is_past=is_past)


_MARKS = STOPS | {","}


def _is_phrase(middle: list[str], first: int, heads: dict[int, int]) -> bool:
    """Return whether words from ``first`` on lead up to a noun without a verb of their own."""
    if len(middle) > NOUN_REACH:
        return False
    ends = [index for index in range(1, len(middle)) if first + index in heads]
    if any(middle[index] not in _CHAINING for index in ends):
        return False  # "the absence of anger in her voice surprised me"
    for index, word in enumerate(middle):
        if word in STOPPED_BY and not (word in {"her", "that"} and not index):
            return False
        if index and word in POSSESSIVES and middle[index - 1] not in LEADING:
            return False
    return True


_CHAINING = frozenset("and or nor ,".split())


def _is_joined(middle: list[str], first: int, heads: dict[int, int]) -> bool:
    """Return whether "and" joins two nouns that one cue reaches: "free of fear and doubt"."""
    joint = middle.index("and")
    return first + joint in heads and all(word in _JOINING for word in middle[joint + 1 :])


_JOINING = POSSESSIVES | frozenset("of any all from".split())


def _is_other(words: list[str], first: int, middle: list[str], end: int, cue: str) -> bool:
    """Return whether a negator denies another thing: "not so much sad as tired", "not the first to"."""
    if "much" in middle and middle[-1] == "as":
        joint = middle.index("much")
        return middle[joint:] != ["much", "as"] or any(w not in ADVERBS for w in middle[:joint])
    if middle[:1] == ["other"] and middle[-1] == "than":
        return True  # "no other label than fear"
    if middle[:2] == ["alone", "in"] or (middle[:1] == ["too"] and "to" in middle[2:]):
        return True  # "wasn't alone in being angry", "not too tired to be angry"
    if middle[:1] == ["the"] and middle[1:2] and middle[1] in {"first", "only", "last"}:
        return True
    is_nobody = cue in {"nobody", "none", "nothing"} or middle[:1] == ["one"]
    if is_nobody and ["more", "than"] in (words[end + i : end + i + 2] for i in range(6)):
        return True
    before = words[max(0, first - 3) : first]
    if cue == "not" and before and before[-1] in IMPOSSIBLE:
        return before[-1] != "could"
    if cue == "not" and before and before[-1] == "but":
        return any(word in LACKING for word in words[max(0, first - 6) : first])
    return False


def _has_more(
    words: list[str], cue: str, last: int, middle: list[str], is_comparative: bool
) -> bool:
    """Return whether the cue says that nothing is more so: "never been happier", "never so sad"."""
    before_mention = middle[-2:]
    is_more = is_comparative or not MORE.isdisjoint(before_mention)
    if "less" in before_mention:
        return False
    if not _EXPECTING.isdisjoint(middle) and middle[-1:] == ["this"]:
        return True  # "never thought I'd be this glad"
    if cue == "no" and middle[:1] == ["other"] and not _SO_MUCH.isdisjoint(before_mention):
        return True  # "no other song makes me so sad"
    is_nobody = cue in {"nothing", "nobody", "none", "never"} or middle[:1] == ["one"]
    if is_more and "get" in middle and cue in {"doesn't", "doesnt", "didn't"}:
        return True  # "it doesn't get better"
    if is_more and (cue in ABLE or is_nobody):
        return True
    if is_more and cue in {"not", "never"} and last and words[last - 1] in {"could", "can"}:
        return True
    is_perfect = not _PERFECT.isdisjoint(middle)
    if is_more and is_perfect:
        return True
    if is_perfect and ("ever" in middle or cue in NEVER or cue in {"haven't", "hasn't", "hadn't"}):
        return not SO.isdisjoint(before_mention)
    if cue in NEVER and not _THIS_SO.isdisjoint(before_mention):
        return not _HAVE.isdisjoint(words[max(0, last - 1) : last] + middle[:2])
    return cue == "not" and "been" in middle and not _THIS_SO.isdisjoint(before_mention)


_PERFECT = frozenset("been felt seen ever known had".split())
_HAVE = frozenset("have has had i've he's she's we've they've".split())
_EXPECTING = frozenset(
    "expect expected think thought imagine imagined know knew dreamt believe".split()
)
_SO_MUCH = frozenset("so such as this".split())
_THIS_SO = frozenset({"this", "so"})


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
        return "enough" in middle or "over" in middle or "past" in middle
    if verb == "manage":
        return "to" not in middle  # "did not manage to be happy"
    if verb == "imagine":
        return cue in ABLE
    if verb in {"tell", "believe"}:
        return "how" in middle or cue in ABLE
    if verb in {"hold", "keep"}:
        return "back" in middle or "from" in middle or "in" in middle
    if verb in {"bear", "stand"}:
        return cue in ABLE
    if verb in {"express", "describe", "explain"}:
        return cue in ABLE or has_subject or "impossible" in middle
    return True
