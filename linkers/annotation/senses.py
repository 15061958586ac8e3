"""Decides whether a form means an emotion where it stands, or something ordinary."""

import re

from affectgraph.linkers.annotation.circumstance import DEGREES, LINKING, OWNERS
from affectgraph.linkers.annotation.cues import (
    CONTRACTED_SUBJECTS,
    ENDING,
    STOPS,
    SUBJECTS,
)
from affectgraph.linkers.annotation.matcher import Form, Matcher
from affectgraph.linkers.annotation.ordinary import (
    AFRAID_THAT,
    FEELING,
    FORMULAS,
    FORMULAS_BEFORE,
    LICENSED,
    NEVER,
    PERSONS,
    PHRASES_NEVER,
    POLITE,
    POLITE_VERBS,
    SORRY_FOR,
    SORRY_TO,
    WEAK_ANYWHERE,
    WEAK_STATES,
)
from affectgraph.linkers.annotation.scope import is_negator

LEAST = 0.6
"""Words of a lower strength only suggest their concept, and are not marked."""

_NEXT = {word: frozenset(text.split()) for word, text in FORMULAS.items()}
_PREVIOUS = {word: frozenset(text.split()) for word, text in FORMULAS_BEFORE.items()}
_NAME = re.compile(r" (?!I\b)[A-Z][a-z]")
_ADVERBS = frozenset(
    """so very quite rather really too a bit little pretty extremely absolutely not never still always all
    totally completely just more truly deeply somewhat slightly also no longer being be been feeling
    anything but far from utterly kind of sort incredibly most less how that ever hardly barely
    genuinely terribly visibly obviously clearly equally super as such neither nor even""".split()
)
_FOLLOWS = STOPS | frozenset(
    """, and or but with at about that when because by for to over as in of if nor after since right now again
    today all anymore instead rather better lol tbh ngl rn though too haha here there tonight lately
    sometimes how whenever every before until while""".split()
)
_LIKING = SUBJECTS | frozenset("you really don't doesn't didn't also who neither".split())
_CAUSING = frozenset(
    "make makes made making leave leaves left get gets got keep kept drive".split()
)
_OBJECTS = frozenset("me him her us them you everyone people myself".split())


def is_meant(words: list[str], start: int, end: int, form: Form) -> bool:
    """Return whether a form means an emotion where it stands.

    :param start, end: its words.
    """
    if end - start > 1:
        return _is_phrase_meant(words, start, end, form)
    word = words[start]
    if word in NEVER or form.form in NEVER or form.first.is_rare:
        return False
    previous = words[start - 1] if start else ""
    following = words[end] if end < len(words) else ""
    if _is_formula(words, start, word, previous, following):
        return False
    entry = form.first
    if entry.is_weak:
        if word in WEAK_ANYWHERE or form.form in WEAK_ANYWHERE:
            return True
        return _is_weak_meant(words, start, end, word, form)
    if entry.strength < LEAST:
        return False
    if word in LICENSED or form.form in LICENSED or not _is_felt(form):
        return _has_feeler(words, start, end)
    return True


def _is_phrase_meant(words: list[str], start: int, end: int, form: Form) -> bool:
    entry = form.first
    if entry.strength < LEAST or form.form in PHRASES_NEVER:
        return False
    if not entry.is_weak:
        return True
    if not form.is_figurative or entry.strength < 0.7:
        return False
    previous = words[start - 1] if start else ""
    if end - start == 2 and words[start] not in _POSITIONS:
        return previous in OWNERS
    near = words[max(0, start - 3) : end]
    return any(word in PERSONS or word in OWNERS for word in near)


_POSITIONS = frozenset("on in at out over under".split())


def hides_word(words: list[str], start: int, end: int, form: Form, matcher: Matcher) -> bool:
    """Return whether a phrase is a word of emotion with a denial or degree: "not amused", "worry free".

    Then the word is marked, with the rest as its cue: a denied emotion is no other one, and a degree is no
    part of a name. "Lost his temper" stays whole, as its word means the same.
    """
    if words[end - 1] == "free":
        inner = words[start : end - 1]
    elif _is_cue(words[start]):
        inner = words[start + 1 : end]
    else:
        return False
    for word in inner:
        known = matcher[word]
        if known is None or known.form is None or known.form.form in NEVER:
            continue
        entry = known.form.first
        is_same = entry.concept.primary == form.first.concept.primary
        is_degree = words[start] in DEGREES
        if entry.strength >= NAMING and entry.concept.is_emotion and is_same == is_degree:
            return True
    return False


def _is_cue(word: str) -> bool:
    return is_negator(word) or word in ENDING or word == "less" or word in DEGREES


NAMING = 0.8
"""Words in phrases that name an emotion by themselves have at least this strength."""


def _is_felt(form: Form) -> bool:
    """Return whether a form names an emotion of the tree, or a state that is hardly ever ordinary."""
    concept = form.first.concept
    return concept.is_emotion or form.first.strength >= 0.9


def _is_formula(words: list[str], start: int, word: str, previous: str, following: str) -> bool:
    if following in _NEXT.get(word, ()) or previous in _PREVIOUS.get(word, ()):
        return True
    if word in POLITE and following == "to" and words[start + 2 : start + 3]:
        return words[start + 2] in POLITE_VERBS
    if word == "sorry":
        if not start or previous in STOPS:
            return following in SORRY_FOR or not following
        return (
            following in {"to", "for"}
            and words[start + 2 : start + 3] != []
            and (words[start + 2] in SORRY_TO)
        )
    if word == "afraid":
        is_own = previous in {"i'm", "am", "we're", "are"}
        return is_own and (following in AFRAID_THAT or following in CONTRACTED_SUBJECTS)
    if word == "thank":
        return (
            words[start + 1 : start + 3] == ["you", "for"]
            and words[start + 3 : start + 4] != []
            and (words[start + 3] in _BUSINESS)
        )
    if word in {"hope", "hopes", "hoping"}:
        return not (start and (previous in PERSONS or previous in FEELING or previous in _ADVERBS))
    if word in {"like", "likes"}:
        return not (previous in _LIKING and following not in {"a", "that", "so", "this", ",", "-"})
    return False


def _is_weak_meant(words: list[str], start: int, end: int, word: str, form: Form) -> bool:
    """Return whether a word with an ordinary sense is said of a feeler: "she is content", "I miss you"."""
    position = start - 1
    while position >= 0 and words[position] in _ADVERBS:
        position -= 1
    before = words[position] if position >= 0 else ""
    following = words[end] if end < len(words) else ""
    entry = form.first
    if entry.strength < 0.7 and word not in WEAK_STATES:
        return False
    if "interjection" in entry.parts_of_speech and entry.strength >= 0.8:
        return (not before or before in _CUT) and (not following or following in _CUT)
    if "verb" in entry.parts_of_speech and _is_verb(before, following, word, form):
        return True
    if not _is_adjective(form) or not _is_predicate_end(word, following):
        return False
    if before in _FEEL or (following in _PEOPLE and word in WEAK_STATES):
        return True
    if entry.role == "stimulus" and word not in WEAK_STATES:
        return False
    if before in PERSONS and ("'" in before or before == "im"):
        return True
    if before in _OBJECTS and position and words[position - 1] in _CAUSING:
        return True
    return before in LINKING and _is_person(words, position - 1)


def _is_adjective(form: Form) -> bool:
    return any("adjective" in entry.parts_of_speech for entry in form.entries)


def _is_verb(before: str, following: str, word: str, form: Form) -> bool:
    """Return whether a verb has a feeler as its subject, or a person as the object that it moves."""
    if form.first.role == "stimulus":
        return following in _OBJECTS
    if word == "miss" or form.form == "miss":
        return before in SUBJECTS | {"you"} and following in _OBJECTS | _MISSED
    is_subject = before in SUBJECTS or before in {"you", "who", "everyone", "everybody"}
    is_named = form.first.role in {"expression", "act"} and before in PERSONS and "'" not in before
    return (is_subject or is_named) and form.first.concept.is_emotion


def _is_predicate_end(word: str, following: str) -> bool:
    """Return whether a word ends what is said, so that it describes no noun but a person."""
    if word == "mad" and following == "about":
        return False
    return (
        not following
        or following in _FOLLOWS
        or following in PERSONS
        or following in CONTRACTED_SUBJECTS
    )


_PEOPLE = frozenset("man woman men women boy girl child kid person people".split())
_BUSINESS = frozenset("calling contacting visiting choosing your waiting reaching holding".split())
_CUT = STOPS | {","}
_FEEL = frozenset("feel feels felt feeling".split())
_MISSED = frozenset("my his her our their home having being".split())


def _is_person(words: list[str], position: int) -> bool:
    while position >= 0 and words[position] in _ADVERBS:
        position -= 1
    for index in range(position, max(-1, position - 4), -1):
        if words[index] in STOPS or words[index] == ",":
            return False
        if words[index] in PERSONS or words[index] in LINKING:
            return True
    return False


def _has_feeler(words: list[str], start: int, end: int) -> bool:
    """Return whether a person or a word of feeling goes with a word that has a use of its own."""
    for position in range(start - 1, max(-1, start - 4), -1):
        word = words[position]
        if word in STOPS:
            break
        if word in FEELING or word in PERSONS or is_negator(word):
            return _is_open(words, end)
    following = words[end : end + 2]
    return bool(following) and (following[0] in _OBJECTS or _says_of(words, start, end))


def _is_open(words: list[str], end: int) -> bool:
    """Return whether what follows is no noun that the word would describe: "her stress test"."""
    if end >= len(words):
        return True
    following = words[end]
    return (
        following in _FOLLOWS or following in _OBJECTS or following in LINKING or len(following) < 5
    )


def _says_of(words: list[str], start: int, end: int) -> bool:
    return start > 0 and words[start - 1] in LINKING and words[end] in _FOLLOWS


def is_title(text: str, start: int, end: int) -> bool:
    """Return whether a phrase is a title: its last word has a capital, and the text around has few."""
    last = text.rfind(" ", start, end) + 1
    return last > start and is_name(text, last, end)


def is_name(text: str, start: int, end: int) -> bool:
    """Return whether a word with a capital is part of a name: "The Passion", "in Hope".

    At the start of a sentence, in titles and in texts in capitals, capitals say nothing.
    """
    first = text[start]
    if not first.isupper() or text[start:end].isupper():
        return False
    if start and text[start - 1].isalnum():
        return False  # a word of a hashtag in capitals
    before = text[max(0, start - 8) : start].rstrip(" \"'(\u201c\u2018*")
    is_opening = not before or before[-1] in ".!?:;\n#\u2026-"
    if is_opening and not _NAME.match(text, end):
        return False
    near = text[max(0, start - 60) : end + 60].split()
    capitals = sum(word[:1].isupper() for word in near)
    return capitals * 5 < len(near) * 4
