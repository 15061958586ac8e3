"""Constructions that deny an emotion without a negator: "got over her fear", "I wish I were glad"."""

from affectgraph.linkers.annotation.clefts import MISTAKING, mistaken, others, what
from affectgraph.linkers.annotation.cue import Cue
from affectgraph.linkers.annotation.cues import (
    AFTER_STATE_PARTICLE,
    ALONE,
    BE,
    BEING,
    CALLING,
    DENYING,
    DOUBT,
    EASING,
    ENDING,
    ENDING_TO,
    FEW_FROM,
    FINITE,
    HARD,
    HIDDEN,
    JUDGING,
    LACKING,
    LITTLE,
    LITTLE_OF,
    NEGATORS,
    PAIRS,
    PARTICLES,
    PRETENDING,
    PREVENTING,
    REJECTING,
    REPORTS,
    RIDDING,
    STOPS,
    SUBJECTS,
    TRYING,
    UNTRUE,
)
from affectgraph.linkers.annotation.unreal import (
    as_if_i_would,
    braced,
    expect,
    expected,
    lying,
    rhetorical,
    should_have,
    since,
    used,
    wish,
    would_have,
)

WIDE = ALONE | {"far from", "less than", "much less"}
"""Pairs that reach over more than a noun phrase."""

_PARTICLES = {
    particle: frozenset(verbs.split("|")) | ({"out of"} if particle == "of" else frozenset())
    for particle, verbs in PARTICLES.items()
}
_COMPARING = frozenset("closer nearer more better rather sooner".split())
_LINKS = frozenset("to with of by in a an from out for at any real".split())
_THINGS = frozenset("thing word emotion feeling term adjective".split())
_COPULAS = frozenset("is was are were be".split())
_THAT = SUBJECTS | {"that", "it", "her", "his", "their", "there"}


LONGEST_MENTION = 16
"""Words of the longest mention that is looked for behind "less X than"."""


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
    if word in REJECTING and _is_report(words[position + 1 : min(start, position + 7)]):
        return Cue(position, position, "clause")
    if word in _MYTHS and following == "that":
        return Cue(position, position, "clause")
    if word in DENYING and following in _THAT:
        return Cue(position, position, "clause")
    if word in LACKING or (word in ENDING and _is_near(words, position, start)):
        return None if _is_tried(words, position) else Cue(position, position, "noun")
    if word in PRETENDING:
        return Cue(position, position, "sure")
    if word in DOUBT and (word != "wrong" or following == "to"):
        return Cue(position, position, "sure")
    if word in HARD and following == "to" and all(w in BEING for w in words[position + 1 : start]):
        return Cue(position, position, "clause")
    if word in UNTRUE and following in {"to", "of"}:
        to = position + (1 if following == "to" else 3)  # "dishonest of me to say"
        is_call = words[to : to + 1] == ["to"] and words[to + 1 : to + 2] != []
        return Cue(position, position, "clause") if is_call and words[to + 1] in CALLING else None
    if word in LITTLE and (not position or words[position - 1] not in FEW_FROM):
        return _little(words, position, start, following)
    return None


_MYTHS = frozenset("myth lie fallacy misconception fiction nonsense rubbish".split())


def _is_near(words: list[str], position: int, start: int) -> bool:
    """Return whether a mention is near enough to a verb of ending, or in a list behind one of denying."""
    return position + 1 >= start - 3 or (
        words[position] in DENYING and "," in words[position + 1 : start]
    )


def _is_report(behind: list[str]) -> bool:
    """Return whether words lead up to what a report says: "all rumours that"."""
    for index, word in enumerate(behind[:-1]):
        if word in REPORTS:
            return behind[index + 1] in {"that", "of", "about"}
    return False


_KEEPING = HIDDEN | EASING


def _little(words: list[str], position: int, start: int, following: str) -> Cue | None:
    """Read "little" and "few": "few residents were alarmed", "little joy"."""
    if not _KEEPING.isdisjoint(words[position + 1 : start]):
        return None  # "did little to hide her anger"
    if position == start - 1 or following in LITTLE_OF:
        return Cue(position, position, "sure")
    if words[position] == "few" and FINITE & set(words[position + 1 : min(start, position + 6)]):
        return Cue(position, position, "sure")
    return None


def _is_tried(words: list[str], position: int) -> bool:
    """Return whether a verb of ending is only tried or wanted: "help you overcome fear"."""
    before = words[max(0, position - 4) : position]
    if not before or _DONE & set(before) or not NEGATORS.isdisjoint(before):
        return False
    trying = TRYING - _POLITE if words[position] in JUDGING else TRYING
    return not trying.isdisjoint(before) and before[-1] not in SUBJECTS


_POLITE = frozenset("can could would will must should".split())


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
        if words[position - 1] in _SHOWS and "on" in words[max(0, position - 4) : position]:
            return _put_on(words, position)
        if pair == "all out" and words[max(0, position - 3)] in BE:
            return Cue(position - 2, position, "noun")  # "I'm all out of sympathy"
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


_SHOWS = frozenset("show display act performance".split())


def _put_on(words: list[str], position: int) -> Cue | None:
    """Read "put on a great show of grief"."""
    for first in range(position - 2, max(-1, position - 6), -1):
        if words[first] == "on" and words[first - 1] in {"put", "puts", "putting"}:
            return Cue(first - 1, position, "sure")
    return None


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
            is_before = first == position - 1 and (first in heads or words[first - 1] in _FITTING)
            is_framing = 1 <= position - first - 1 <= 3
            return Cue(first, position, "sure") if is_before or is_framing else None
    return None


def _less(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "less angry than heartbroken", "less out of spite than of fear"."""
    if words[end : end + 1] == ["more"] or words[end : end + 2] == [",", "more"]:
        return Cue(position, position, "sure") if position + 1 == start else None
    if "than" not in words[end : end + 2]:
        return None
    than = words.index("than", end)
    if than + 1 == len(words):
        return None
    framing = words[position + 1 : start + 1]
    if len(framing) < 7 and words[than + 1] in _LINKS & set(framing):
        return Cue(position, position, "sure")
    if start - position > 2:
        return None
    starts = {heads.get(stop) for stop in range(than + 2, than + LONGEST_MENTION + 2)}
    is_mention = not starts.isdisjoint({than + 1, than + 2})
    is_framed = than == end and position > 0 and words[position - 1] in _COPULAS
    is_mention = is_mention or (is_framed and _COMPARED.isdisjoint(words[than + 1 : than + 2]))
    return Cue(position, position, "sure") if is_mention else None


_FITTING = frozenset("fits fit matches match suits".split())
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
    is_too = "to" in words[position + 2 : start] or words[start - 1] == "for"
    is_too = is_too and 1 < start - position < 7
    is_too = is_too and NEGATORS.isdisjoint(words[max(0, position - 1) : position])
    return Cue(position, position, "sure") if is_too else None


def _gone(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "gone is the fear"."""
    is_verb = words[position + 1 : position + 2] != [] and words[position + 1] in _COPULAS
    opens = not position or words[position - 1] in STOPS
    return Cue(position, position + 1, "noun") if is_verb and opens else None


def _yet(
    words: list[str], position: int, start: int, end: int, heads: dict[int, int]
) -> Cue | None:
    """Read "has yet to show remorse" and "I'm done being scared"."""
    following = words[position + 1 : position + 2]
    if words[position] == "done":
        return Cue(position, position, "clause") if following == ["being"] else None
    is_open = following == ["to"] and position > 0 and words[position - 1] in _HAVE
    return Cue(position, position, "clause") if is_open else None


_HAVE = frozenset("has have had i've we've they've you've he's she's".split())
_MAKERS = {
    **dict.fromkeys(_PARTICLES, _particle),
    **dict.fromkeys(_THINGS, _last_thing),
    "wish": wish,
    "why": rhetorical,
    "how": rhetorical,
    "wishes": wish,
    "only": wish,
    "lying": lying,
    "lied": lying,
    "than": _more_than,
    "less": _less,
    "to": _takes_more,
    "too": _too,
    "like": as_if_i_would,
    "used": used,
    "once": used,
    "gone": _gone,
    "yet": _yet,
    "done": _yet,
    "been": would_have,
    "should": should_have,
    "should've": should_have,
    "ought": should_have,
    **dict.fromkeys(MISTAKING, mistaken),
    "what": what,
    "where": others,
    "since": since,
    "expected": expected,
    "expect": expect,
    "expecting": braced,
    "prepared": braced,
    "braced": braced,
    "thought": expected,
    "imagined": expected,
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
    | REJECTING
    | _MYTHS
)
"""Words that a construction may end with."""

_BY_PARTNER = (
    (frozenset(_PARTICLES) - {"over", "past"})
    | ({pair.split()[1] for pair in PAIRS} - frozenset(_MAKERS))
    | {"to", "like"}
)
"""Last words that are common, and deny nothing without a partner that is not."""

TELLING = (
    (LAST_WORDS - _BY_PARTNER)
    | {pair.split()[0] for pair in PAIRS}
    | {verb.split()[0] for particle in _BY_PARTNER for verb in _PARTICLES.get(particle, ())}
    | LACKING
    | ENDING
    | ENDING_TO
    | PREVENTING
    | RIDDING
    | frozenset("put puts putting takes take took needs i'd i'll all".split())
)
"""Words one of which stands in every construction."""

LONGEST = 9
"""Words from the first to the last of the longest construction."""
