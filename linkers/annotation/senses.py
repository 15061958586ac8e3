"""Decides whether a form means an emotion where it stands, or something ordinary.

How a word is mostly used comes from the table ``word_uses.tsv``
(:mod:`affectgraph.linkers.annotation.uses`); what stands around it decides the rest.
"""

from affectgraph.linkers.annotation.circumstance import DEGREES
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.cues import ENDING
from affectgraph.linkers.annotation.feelers import (
    is_expressive,
    is_felt,
    is_framed,
    is_of_thing,
)
from affectgraph.linkers.annotation.grammar import DETERMINERS
from affectgraph.linkers.annotation.judging import is_negator
from affectgraph.linkers.annotation.literal import is_mentioned
from affectgraph.linkers.annotation.matcher import Form, Matcher
from affectgraph.linkers.annotation.names import is_named
from affectgraph.linkers.annotation.people import OWNERS, names_person
from affectgraph.linkers.annotation.stems import inflects
from affectgraph.linkers.annotation.tokens import WORD
from affectgraph.linkers.annotation.uses import (
    FEELING,
    MAY_BE_FEELING,
    OTHER,
    OTHER_BEFORE,
    Use,
    Usual,
)

NAMING = 0.8
"""Words in phrases that name an emotion by themselves have at least this strength."""

_POSITIONS = frozenset("on in at out over under".split())


def is_meant(context: Context, start: int, end: int, form: Form) -> bool:
    """Return whether a form means an emotion where it stands.

    :param start, end: its words.
    """
    if form.is_never or not _is_used(context, start, end, form, form.use, form.usual):
        return False
    if context.words[start] in _GLAD and _is_offer(context, start, end):
        return False
    place = context.place(start, end)
    return not is_mentioned(context, start, end, place) and not is_named(context, start, end, place)


def _is_used(
    context: Context, start: int, end: int, form: Form, use: Use | None, usual: Usual
) -> bool:
    """Return whether a form is used of a feeling, given how often it is."""
    if end > start + 1:
        return _is_phrase_used(context, start, end, form, use, usual)
    if context.words[start] in DEGREES and _is_degree(context, start):
        return False
    said = 0 if use is None else use.combinations(context.words, start, end)
    if not form.is_open:
        is_out = said & (OTHER | OTHER_BEFORE) or is_of_thing(context, start, end, form, usual)
        return not is_out or is_framed(context, start, end, form)
    if said & OTHER:
        return False
    if said & MAY_BE_FEELING and _is_combined(context, start, said):
        return True
    if is_framed(context, start, end, form):
        return True
    if usual == "seldom" or said & OTHER_BEFORE:
        return False
    return is_felt(context, start, end, form)


def _is_combined(context: Context, start: int, said: int) -> bool:
    """Return whether a word stands in a combination in which the table says that it is a feeling."""
    if said & FEELING:
        return True
    return context.has_person(start) or is_expressive(context, start)


def _is_degree(context: Context, start: int) -> bool:
    """Return whether a word only grades the word of emotion behind it: "terribly sorry"."""
    words = context.words
    if start + 1 >= len(words):
        return False
    known = context.matcher[words[start + 1]]
    if known is None or known.form is None:
        return False
    return any(
        e.parts_of_speech & {"adjective", "noun", "adverb"} for e in known.form.entries
    ) and (words[start].endswith("ly") or not known.form.is_interjection)


def _is_offer(context: Context, start: int, end: int) -> bool:
    """Return whether a word of gladness is a formula of the writer: "happy to help", "I'd be glad to"."""
    words = context.words
    if words[end : end + 1] != ["to"]:
        return False
    if words[end + 1 : end + 2] == [] or words[end + 1] not in _OFFERED:
        return False
    first, _ = context.sentence(start)
    before = {word.partition("'")[0] for word in words[first:start]}
    return not before or bool(before & {"i", "we", "im"})


_GLAD = frozenset("happy glad pleased delighted honoured honored pleasure thrilled excited".split())
_OFFERED = frozenset(
    """help assist answer discuss send share provide explain take chat talk offer confirm inform announce
    hear invite accept arrange clarify oblige respond report introduce""".split()
)


def _is_as_listed(words: list[str], start: int, end: int, form: Form) -> bool:
    """Return whether a phrase that is no verb stands as the lexicon has it: "the hots", "done in"."""
    listed = WORD.findall(form.form)
    if "verb" in form.parts_of_speech:
        is_noun = start > 0 and words[start - 1] in DETERMINERS  # "an object to"
        return not is_noun and inflects(words[start], listed[0])
    if len(listed) != end - start or form.entries[0].parts_of_speech == {"interjection"}:
        return True  # with words put in between, or called out
    return words[start:end] == listed or listed[0] not in _FIXED


_FIXED = frozenset("the being done do be".split())


def _is_phrase_used(
    context: Context, start: int, end: int, form: Form, use: Use | None, usual: Usual
) -> bool:
    words = context.words
    said = 0 if use is None else use.combinations(words, start, end)
    if said & OTHER:
        return False
    if said & MAY_BE_FEELING and form.is_open and _is_combined(context, start, said):
        return True
    if said & OTHER_BEFORE:
        return False
    if not _is_as_listed(words, start, end, form):
        return False
    if usual in {"feeling", "mostly"}:
        return True
    if usual == "seldom":
        return False
    if end - start == 2 and words[start] not in _POSITIONS:
        return bool(start) and words[start - 1] in OWNERS
    return any(names_person(word) for word in words[max(0, start - 3) : end])


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
        if known is None or known.form is None or _is_seldom(known.form):
            continue
        entry = known.form.first
        is_same = entry.concept.primary == form.first.concept.primary
        is_degree = words[start] in DEGREES
        if entry.strength >= NAMING and entry.concept.is_emotion and is_same == is_degree:
            return True
    return False


def _is_seldom(form: Form) -> bool:
    return form.use is not None and form.use.usual == "seldom"


def _is_cue(word: str) -> bool:
    return is_negator(word) or word in ENDING or word == "less" or word in DEGREES
