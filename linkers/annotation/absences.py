"""Clauses behind a feeling that say it was not there, or not real: "none came", "it was all an act"."""

from affectgraph.linkers.annotation.clauses import (
    AUXILIARY_OF,
    GOING_ON,
    MARKS,
    OPEN,
    PRONOUNS,
    SUPPOSED,
    sentence_start,
)
from affectgraph.linkers.annotation.cues import EASING, ENDING, HIDING
from affectgraph.linkers.annotation.judging import Denial, is_negator


def find_absence(words: list[str], start: int, first: int) -> Denial | None:
    """Return the clause that says of what was left open that it is not there, or only played."""
    behind = words[first : first + 8]
    last = _none(behind) or _never_came(behind) or _an_act(behind) or _failed(words, start, behind)
    last = last or _there_was_not(behind) or _wrong(words, start, behind)
    if behind[1:3] == ["be", "me"] and is_negator(behind[0]):
        last = 3  # "imagine being that jealous, couldn't be me"
    if not last:
        return None
    return Denial(True, first, first + last - 1)


SEEKING = frozenset(
    """looked searched search searching searches scanned scan scanning sought seek seeks seeking check checked
    listened listening listen waits""".split()
)
"""Verbs of looking for something, which leave open whether it is there (Quine 1956 on "seek")."""

LEFT_OPEN = OPEN | SEEKING


_FOUND = frozenset(
    """find found finds see saw sees feel felt feels had have has detect detected detects hear heard sense
    sensed show showed shows notice noticed spot spotted muster summon got get""".split()
)


_THERE = frozenset(
    """visible there present found seen apparent shown evident detected heard felt to forthcoming offered
    reported noted discernible observed""".split()
)


CAME = frozenset(
    """come came arrive arrived appear appeared happen happened materialise materialised materialize
    materialized surface surfaced follow followed show showed""".split()
)


PLAYED = frozenset(
    """act lie show front pose performance facade fa\u00e7ade pretence pretense sham joke mask bluff rubbish
    nonsense untrue false""".split()
)


def _wrong(words: list[str], start: int, behind: list[str]) -> int:
    """Return how many words say that a report was false: "they were wrong", "think again"; 0 if none."""
    if SUPPOSED.isdisjoint(words[sentence_start(words, start) : start]):
        return 0
    if behind[:2] == ["think", "again"]:
        return 2
    is_said = (
        behind[:1] != []
        and behind[0] in PRONOUNS
        and behind[1:2] != []
        and behind[1] in AUXILIARY_OF
    )
    return 3 if is_said and behind[2:3] in (["wrong"], ["mistaken"]) and _closes(behind, 3) else 0


def find_verdict(words: list[str], first: int) -> Denial | None:
    """Return the clause that gives a verdict on what was possible: "but the smile rules it out"."""
    behind = words[first : first + 10]
    for index, word in enumerate(behind):
        if word in MARKS or is_negator(word):
            return None
        if word in RULING and behind[index + 1 : index + 2] != []:
            last = 3 if word in _OUT else 2
            following = behind[index + 1 : index + last]
            is_it = not _ITSELF.isdisjoint(following)
            is_whole = word not in _OUT or not _PARTICLE.isdisjoint(following)
            return (
                Denial(True, first + index, first + index + last - 1)
                if is_it and is_whole
                else None
            )
    return None


_OUT = frozenset("rules ruled rule argues argued speaks spoke counts counted".split())
RULING = _OUT | frozenset(
    """contradicts contradict contradicted excludes exclude excluded refutes refute refuted belies belie
    belied disproves""".split()
)
"""Verbs that give a verdict on what was said before."""

_ITSELF = frozenset("it this that".split())
_PARTICLE = frozenset("out against".split())


def find_elided(words: list[str], first: int) -> Denial | None:
    """Return the denial without a subject that takes up what was left open: "expected joy and wasn't"."""
    if first < 1 or words[first - 1] not in {"and", "but", "yet"}:
        return None
    behind = words[first : first + 4]
    last = 1 if behind[0] in _ELIDED else 0
    if behind[1:2] in (["not"], ["never"]) and behind[0] in AUXILIARY_OF:
        last = 2
    return Denial(True, first, first + last - 1) if last and _closes(behind, last) else None


_ELIDED = frozenset(
    """wasn't wasnt weren't werent isn't isnt aren't didn't didnt don't doesn't couldn't couldnt haven't
    hasn't hadn't""".split()
)


def _closes(behind: list[str], index: int) -> bool:
    """Return whether a clause ends at a place, or goes on with words that add nothing."""
    rest = behind[index : index + 1]
    if rest == ["of"] and behind[index - 1] == "none":
        return behind[index + 1 : index + 2] in (["it"], ["that"], ["this"])
    return not rest or rest[0] in MARKS or rest[0] in GOING_ON or rest[0] in _ADDING


_ADDING = frozenset("at there in anywhere here of so anymore either".split())


def _there_was_not(behind: list[str]) -> int:
    """Return how many words say "there was not", "there isn't one"; 0 if they do not."""
    if behind[:1] != ["there"] or behind[1:2] == []:
        return 0
    index = 1 + (behind[1] in AUXILIARY_OF)
    if behind[index : index + 1] == [] or behind[index] == "no" or not is_negator(behind[index]):
        return 0
    last = index + 1 + (behind[index + 1 : index + 2] in (["any"], ["one"]))
    return last if _closes(behind, last) else 0


def _none(behind: list[str]) -> int:
    """Return how many words say "none was there", "I found none", "could not find any"; 0 if they do not."""
    for index, word in enumerate(behind[:4]):
        if word in MARKS:
            return 0
        previous = behind[index - 1] if index else ""
        if word == "none":
            is_object = previous in _FOUND or previous in AUXILIARY_OF
            is_subject = not index and behind[1:2] != [] and _is_said_there(behind[1:])
            closes = _closes(behind, index + 1) and (is_object or not index)
            return index + 1 if closes or is_subject else 0
        if is_negator(word) and word != "no":
            is_there = behind[index - 1 : index] == ["there"] and behind[index + 1 : index + 2] == [
                "any"
            ]
            is_found = behind[index + 1 : index + 2] != [] and behind[index + 1] in _FOUND
            is_it = behind[index + 2 : index + 3] in (["any"], ["it"])
            if is_there:
                return index + 2 if _closes(behind, index + 2) else 0
            return index + 3 if is_found and is_it and _closes(behind, index + 3) else 0
    return 0


def _is_said_there(behind: list[str]) -> bool:
    if behind[0] in CAME:
        return True
    return behind[0] in AUXILIARY_OF and any(word in _THERE for word in behind[1:3])


def _never_came(behind: list[str]) -> int:
    """Return how many words say "it never came", "it did not come"; 0 if they do not."""
    if behind[:1] not in (["it"], ["they"], ["none"]):
        return 0
    index = 1 + (behind[1:2] != [] and behind[1] in AUXILIARY_OF)
    if not (behind[index : index + 1] and is_negator(behind[index])):
        return 0
    comes = behind[index + 1 : index + 2] != [] and behind[index + 1] in CAME | {"there", "work"}
    if comes and _closes(behind, index + 2):
        return index + 2
    if behind[index] == "never" and behind[index + 1 : index + 2] in (["did"], ["has"], ["does"]):
        return index + 2 if _closes(behind, index + 2) else 0  # "it never did"
    is_short = behind[index] in _PERFECT or behind[index - 1] in {"did", "does", "has", "had"}
    return index + 1 if is_short and _closes(behind, index + 1) else 0


def _an_act(behind: list[str]) -> int:
    """Return how many words say "it's all an act", "that was a lie", "it isn't true"; 0 if they do not."""
    if behind[:2] in (["not", "true"], ["not", "so"]):
        return 2 if _closes(behind, 2) else 0
    if behind[:1] in (["it's"], ["that's"], ["its"], ["thats"]):
        index = 1
    elif behind[:1] in (["it"], ["that"], ["this"]) and behind[1:2] != []:
        if behind[1] in {"isn't", "isnt", "wasn't", "wasnt"}:
            return 3 if behind[2:3] in (["true"], ["real"]) and _closes(behind, 3) else 0
        index = 2 if behind[1] in {"is", "was"} else 0
    else:
        return 0
    if index and behind[index : index + 1] == ["not"]:
        return index + 2 if behind[index + 1 : index + 2] in (["true"], ["real"]) else 0
    while index and behind[index : index + 1] and behind[index] in _ONLY:
        index += 1
    return index + 1 if index and behind[index : index + 1] and behind[index] in PLAYED else 0


_ONLY = frozenset("all just only purely merely simply a an".split())


def _failed(words: list[str], start: int, behind: list[str]) -> int:
    """Return how many words say that somebody could not feel what they tried to; 0 if they do not."""
    before = words[max(0, start - 6) : start]
    if "to" not in before or TRYING.isdisjoint(before) or not _HIDING.isdisjoint(before):
        return 0
    subject = int(behind[:1] != [] and behind[0] in PRONOUNS)
    verb = behind[subject : subject + 1]
    if verb in (["failed"], ["couldn't"], ["couldnt"], ["can't"], ["cant"], ["cannot"]):
        return subject + 1 if _closes(behind, subject + 1) else 0
    if behind[subject : subject + 2] in (["could", "not"], ["felt", "nothing"]):
        return subject + 2 if _closes(behind, subject + 2) else 0
    is_nothing = verb == ["nothing"] and behind[subject + 1 : subject + 2] != []
    return subject + 2 if is_nothing and behind[subject + 1] in _STIRS else 0


_HIDING = HIDING | EASING | ENDING
_PERFECT = frozenset("hasn't haven't hadn't hasnt didn't didnt".split())
TRYING = frozenset("want wanted wants try tried tries trying hoped longed meant".split())


_STIRS = CAME | frozenset("stirred stirs moved worked helped".split())
