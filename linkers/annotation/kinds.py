"""What a word is for the rules that look for feelers, as bits of one number: one look-up answers them all."""

from affectgraph.linkers.annotation.circumstance import AUXILIARY, LINKING
from affectgraph.linkers.annotation.cues import CONTRAST, STOPS
from affectgraph.linkers.annotation.grammar import ADVERBS, is_adverb
from affectgraph.linkers.annotation.people import (
    FUNCTION,
    SUBJECT_PRONOUNS,
    is_contracted_person,
    is_noun,
    names_person,
)
from affectgraph.linkers.annotation.remembered import Remembered

PREPOSITIONS = frozenset(
    "in on of at with behind from near under by beside inside across for".split()
)
HEADS = frozenset(
    "nobody none everyone everybody someone somebody anyone whoever one people".split()
)
PAST = frozenset(
    """used felt had got grew made went left gave kept found came saw lost broke wept spoke told said stood
    sat ran took brought began swore shut slept threw hid met cut hit let put read""".split()
)
MODALS = frozenset(
    "will would can could may might must should has have had do does did don't doesn't didn't".split()
)
SHOWING = frozenset("suggest show indicate convey express hint mean signal betray".split())
"""Verbs of faces and voices in the form that goes with plurals."""

_BITS = frozenset("bit tad lot little touch".split())

CLOSING = 1
"""Marks and conjunctions that end a clause."""

CONTRACTED = 2
"""Pronouns with a verb: "I'm"."""

ENDING = 4
"""Words that a noun phrase may end with: pronouns, names and nouns."""

ADVERB = 8
VERB = 16
"""Words that look like a verb with a subject before it."""

VERB_IF_SMALL = 32
"""The same, unless written with a capital."""


def _kinds(word: str) -> int:
    kinds = CONTRACTED if is_contracted_person(word) else 0
    if word in STOPS or (word in CONTRAST and word not in {"if", "when"}):
        kinds |= CLOSING
    if _ends_phrase(word):
        kinds |= ENDING
    if is_adverb(word):
        kinds |= ADVERB
    if _is_sure_verb(word):
        kinds |= VERB
    elif _may_be_verb(word):
        kinds |= VERB_IF_SMALL
    return kinds


def _ends_phrase(word: str) -> bool:
    if word in SUBJECT_PRONOUNS or word in HEADS or is_contracted_person(word):
        return True
    if (
        word in _BITS
        or not word[:1].isalnum()
        or word in STOPS
        or word in ADVERBS
        or word in AUXILIARY
    ):
        return False
    if word in FUNCTION or word in PREPOSITIONS or word in CONTRAST or word.endswith("ly"):
        return word.isdigit()
    return True


def _is_sure_verb(word: str) -> bool:
    if word in LINKING or word in MODALS or word in PAST or word.endswith("n't"):
        return True
    return word in SHOWING or (len(word) > 4 and word.endswith("ed"))


def _may_be_verb(word: str) -> bool:
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "'s")):
        return False
    return not (is_noun(word) or names_person(word))


KINDS = Remembered(_kinds)
"""The kinds of each word in lower case, joined by ``|``."""
