"""Short clauses that deny what was asked, said or supposed before: "You'd think she was sad. She isn't.".

What a text asserts, it does not take back; so a later "I wasn't" denies an emotion only where the clause of
the emotion left its truth open: a question, a report, an appearance, a modal, a condition (Giannakidou
1998, Polarity Sensitivity as (Non)Veridical Dependency). Behind a plain assertion it is of another person
("You were sad. I wasn't.") or of another time ("but I'm not any more").
"""

from typing import NamedTuple

from affectgraph.linkers.annotation.absences import (
    LEFT_OPEN,
    PLAYED,
    RULING,
    find_absence,
    find_elided,
    find_verdict,
)
from affectgraph.linkers.annotation.clauses import (
    AUXILIARY_OF,
    ENDS,
    GOING_ON,
    MARKS,
    OPEN,
    PRONOUNS,
    QUOTES,
    SUPPOSED,
    sentence_start,
)
from affectgraph.linkers.annotation.cues import (
    NEGATORS,
)
from affectgraph.linkers.annotation.judging import Denial, is_negator

REACH = 18
"""Words behind a mention that are read for such a clause."""


_OPENERS = (
    QUOTES
    | frozenset({"\n", "(", "-", " - ", "--", "\u2013", "\u2014", ","})
    | frozenset(
        """but yet and so though although however well oh honestly frankly truth is the in fact truthfully
        actually turns turned out really only except still lol tbh nah no nope""".split()
    )
)
"""What may stand before a short denial."""


class Short(NamedTuple):
    """A short clause that denies.

    :param last: its last word, as a position.
    :param person: its subject.
    :param verb: what its verb is a form of: ``be``, ``do`` or ``other``.
    :param is_over: whether it says that something is so no more.
    """

    last: int
    person: str
    verb: str
    is_over: bool


_BE = {"isn't", "isnt", "wasn't", "wasnt", "aren't", "arent", "weren't", "werent", "ain't", "aint"}
_DO = {"don't", "dont", "didn't", "didnt", "doesn't", "doesnt"}
_PRESENT = {"isn't", "isnt", "aren't", "arent", "ain't", "don't", "dont", "doesn't", "doesnt"}
_CONTRACTED = {
    "i'm": "i",
    **{f"{p}'re": p for p in ("you", "we", "they")},
    **{f"{p}'s": p for p in ("he", "she", "it")},
    "im": "i",
    "hes": "he",
    "shes": "she",
    "theyre": "they",
    "youre": "you",
}
_PERSONS = {
    **dict.fromkeys("i me im i'm i'd id i've i'll ive myself".split(), "i"),
    **dict.fromkeys("you u ur you're you'd you've youre yourself ya".split(), "you"),
    **dict.fromkeys("he him he's he'd hes himself".split(), "he"),
    **dict.fromkeys("she her she's she'd shes herself".split(), "she"),
    **dict.fromkeys("we us we're we'd we've ourselves".split(), "we"),
    **dict.fromkeys("they them they're they'd they've theyre themselves".split(), "they"),
    **dict.fromkeys("it it's it'd itself".split(), "it"),
}
_ADVERBS = frozenset(
    """really just honestly actually simply certainly definitely still clearly obviously quite truly
    most""".split()
)
_TAILS = (
    ("at", "all"),
    ("any", "more"),
    ("one", "bit"),
    ("a", "bit"),
    ("in", "the", "least"),
    ("in", "the", "slightest"),
    ("any", "longer"),
    *(
        (word,)
        for word in "anymore now today though tbh really actually lol yet even remotely".split()
    ),
)

OVER = frozenset("anymore more longer now today".split())


def find_rejoinder(words: list[str], start: int, end: int, heads: dict[int, int]) -> Denial | None:
    """Return the short clause behind a mention that denies it, None if there is none.

    :param start, end: the mention's words.
    :param heads: starts of mentions by their ends, of the whole text.
    """
    behind = words[end : end + REACH]
    if _REJOINING.isdisjoint(behind):
        return None
    before = words[sentence_start(words, start) : start]
    is_open = not LEFT_OPEN.isdisjoint(before)
    if not is_open and _TURNING.isdisjoint(behind):
        return None
    is_open = is_open and not any(map(is_negator, before))
    sentences = 0
    for position in range(end, min(len(words) - 1, end + REACH)):
        word = words[position]
        if word not in _BOUNDARIES:
            continue
        if word in ENDS:
            if sentences and (position in heads or _has_mention(heads, end, position)):
                return None
            sentences += word != words[position - 1]
        first = _skip_openers(words, position + 1)
        denial = _shortly(words, start, end, position, first)
        if denial is None and is_open and sentences < 2:
            denial = _open(words, start, position, first)
        if denial is not None:
            return denial
    return None


_BOUNDARIES = ENDS | MARKS | frozenset("but yet except so and".split())
_REJOINING = (
    NEGATORS
    | PLAYED
    | RULING
    | frozenset("nope nah instead failed wrong mistaken again true".split())
)
"""Words one of which stands in whatever denies an emotion in a later clause."""


_TURNING = QUOTES | OVER | frozenset("? said says but".split())
"""Words one of which stands where a later clause denies what an earlier one asserts or asks."""


def _shortly(words: list[str], start: int, end: int, position: int, first: int) -> Denial | None:
    """Read "I'm not" and "not any more" at the beginning of a clause."""
    short = read_short(words, first)
    if short is not None:
        is_denied = _denies(words, start, end, position, short)
        return Denial(True, first, short.last, is_past=short.is_over) if is_denied else None
    if words[first : first + 1] == ["not"]:
        last, is_over = _tail(words, first)
        if is_over and (last + 1 >= len(words) or words[last + 1] in MARKS):
            return Denial(True, first, last, is_past=True)
    return None


def _open(words: list[str], start: int, position: int, first: int) -> Denial | None:
    """Read a clause that settles what was left open."""
    if words[first : first + 1] == ["instead"] and words[first + 1 : first + 2] != ["of"]:
        instead = _if_supposed(words, start, first)
        if instead is not None:
            return instead
    if words[first : first + 1] == ["what"] and "instead" in words[first + 1 : first + 5]:
        at = words.index("instead", first)
        return _if_supposed(words, start, at) if words[at + 1 : at + 2] != ["of"] else None
    return (
        _no(words, start, position)
        or find_elided(words, first)
        or find_absence(words, start, first)
        or find_verdict(words, first)
    )


def _no(words: list[str], start: int, position: int) -> Denial | None:
    """Read "everyone thinks I'm angry but nah, just tired", "I expected fear, but no"."""
    position += 1
    while position < len(words) and words[position] in _BEFORE_NO:
        position += 1
    if position >= len(words) or words[position] not in _NOES:
        return None
    if words[position + 1 : position + 2] != [] and words[position + 1] in _OTHERS:
        behind = words[position + 2 : position + 3]
        return _if_supposed(words, start, position) if not behind or behind[0] in MARKS else None
    behind = words[position + 1 : position + 2]
    if words[position] == "not":
        return None
    closes = not behind or behind[0] in MARKS or words[position] in {"nah", "nope"}
    closes = closes or behind[0] in _PERSONS
    if not closes or words[position + 1 : position + 3] == [",", "really"]:
        return None
    return _if_supposed(words, start, position)


def _if_supposed(words: list[str], start: int, position: int) -> Denial | None:
    before = words[sentence_start(words, start) : start]
    is_open = not SUPPOSED.isdisjoint(before) and not any(map(is_negator, before))
    return Denial(True, position, position) if is_open else None


_OTHERS = frozenset("me him her us them".split())


_NOES = frozenset("no nope nah not".split())
_BEFORE_NO = QUOTES | frozenset("but yet and well oh ,".split())


def _has_mention(heads: dict[int, int], end: int, position: int) -> bool:
    """Return whether another mention ends between."""
    return any(place in heads for place in range(end + 2, position + 1))


def _skip_openers(words: list[str], position: int) -> int:
    while position < len(words) and words[position] in _OPENERS:
        position += 1
    return position


def read_short(words: list[str], first: int) -> Short | None:
    """Return the short denial that begins at a position: "I'm not", "she really wasn't", "he did not"."""
    if first + 1 >= len(words):
        return None
    word = words[first]
    if word in _CONTRACTED:
        person, position, verb, is_present = _CONTRACTED[word], first + 1, "be", True
    elif word in PRONOUNS:
        person, position, verb, is_present = word, first + 1, "", False
    else:
        return None
    position = _skip_adverbs(words, position)
    if position >= len(words):
        return None
    if not verb and words[position] in AUXILIARY_OF:
        verb = AUXILIARY_OF[words[position]]
        is_present = words[position] in {"is", "are", "am"}
        position = _skip_adverbs(words, position + 1)
        if position >= len(words) or words[position] not in {"not", "never"}:
            return None
    elif verb:
        if words[position] not in {"not", "never"}:
            return None
    else:
        negator = words[position]
        if negator not in NEGATORS or not negator.endswith(("nt", "n't")):
            return None
        verb = "be" if negator in _BE else "do" if negator in _DO else "other"
        is_present = negator in _PRESENT
    if verb == "other" and words[position + 1 : position + 2] in (["be"], ["been"]):
        position, verb = position + 1, "be"
    last, is_over = _tail(words, position)
    closes = last + 1 >= len(words) or words[last + 1] in MARKS or words[last + 1] in GOING_ON
    return Short(last, person, verb, is_over and is_present) if closes else None


def _skip_adverbs(words: list[str], position: int) -> int:
    while position < len(words) and words[position] in _ADVERBS:
        position += 1
    return position


def _tail(words: list[str], last: int) -> tuple[int, bool]:
    """Return the last word of what may close a short denial, and whether it says that it is over."""
    for tail in _TAILS:
        if tuple(words[last + 1 : last + 1 + len(tail)]) == tail:
            return last + len(tail), tail[-1] in OVER and tail != ("at", "all")
    return last, False


def _denies(words: list[str], start: int, end: int, position: int, short: Short) -> bool:
    """Return whether a short denial is of the clause of a mention."""
    first = sentence_start(words, start)
    before = words[first:start]
    if short.verb == "do" and _is_said_to_be(words, start):
        return False
    if end < len(words) and words[end] in AUXILIARY_OF:
        return False  # "They say love is blind. It isn't."
    person = _person_before(before)
    is_asked = _is_asked(words, end, position)
    is_spoken = not _SPOKEN.isdisjoint(words[end : position + 2])
    if not _is_same(
        person, short.person, is_shifted=is_asked or is_spoken, is_bare=len(before) < 3
    ):
        return False
    if is_asked or is_spoken or short.is_over or not OPEN.isdisjoint(before):
        return not any(is_negator(word) for word in before[-4:])
    return person == short.person and "but" in words[position : position + 1]


_SPOKEN = QUOTES | frozenset("said says".split())
"""What shows that a later clause is another line of a dialogue."""


def _is_said_to_be(words: list[str], start: int) -> bool:
    """Return whether the mention is a predicate of "be", which "didn't" does not take up."""
    position = start - 1
    while position >= 0 and words[position] in _DEGREES:
        position -= 1
    return position >= 0 and (words[position] in AUXILIARY_OF or words[position] in _CONTRACTED)


_DEGREES = frozenset("so very really too quite a bit all that".split())


def _person_before(before: list[str]) -> str | None:
    """Return whom the nearest pronoun before a mention stands for, None if there is none."""
    for index in range(len(before) - 1, -1, -1):
        person = _PERSONS.get(before[index])
        if person is not None and (
            person != "she" or before[index] != "her" or _is_object(before, index)
        ):
            return person
    return None


def _is_object(before: list[str], index: int) -> bool:
    """Return whether "her" is no possessive: "expect her to be sad"."""
    return before[index + 1 : index + 2] in (
        ["to"],
        ["as"],
        ["of"],
        ["feel"],
        ["being"],
        ["for"],
        [],
    )


def _is_asked(words: list[str], end: int, position: int) -> bool:
    """Return whether the sentence of a mention, which ends by a position, is a question."""
    for word in words[end : position + 1]:
        if word in ENDS:
            return word == "?"
    return False


def _is_same(person: str | None, other: str, *, is_shifted: bool, is_bare: bool) -> bool:
    """Return whether a subject of a later clause may be the feeler of an earlier one.

    :param person: the feeler as far as a pronoun tells.
    :param is_shifted: whether the later clause may be somebody else's: an answer, a line of dialogue.
    :param is_bare: whether the earlier clause is too short to have a subject.
    """
    if person is None:
        return is_bare or other in {"he", "she", "they", "it"}
    if person == "you":
        return other in {"i", "we"} if is_shifted else other == "you"
    if person == "i" and is_shifted and other == "you":
        return True
    return person == other or (person == "it" and other == "they")
