"""Finds noun phrases by surface rules, and says whether they name a person."""

from typing import NamedTuple

from affectgraph.linkers.annotation.circumstance import LINKING
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.grammar import ADVERBS, EXPRESSIVE
from affectgraph.linkers.annotation.kinds import (
    ENDING,
    HEADS,
    KINDS,
    PREPOSITIONS,
    VERB,
    VERB_IF_SMALL,
)
from affectgraph.linkers.annotation.people import (
    FUNCTION,
    OBJECT_PRONOUNS,
    OWNERS,
    SUBJECT_PRONOUNS,
    is_contracted_person,
    is_idea,
    is_noun,
    names_person,
    names_thing,
)

ARTICLES = frozenset(
    "the a an this that these those each every some many no most few several any two".split()
)
OPENING = ARTICLES | OWNERS
"""Words that a noun phrase with an owner may begin with."""

LONGEST = 5
"""Words of a noun phrase without what follows its noun."""

SHOWN = EXPRESSIVE | frozenset(
    """nod reply answer wave laugh laughter sigh shrug letter remark comment email gesture word words text
    review message note poem prose memo body posture shoulders hands fists tears picture photo image video
    clip film song story article""".split()
)
"""Nouns that an attribute makes the expression of a feeling: "a friendly nod"."""


class Phrase(NamedTuple):
    """A noun phrase as words ``first..end``, and where its head stands."""

    first: int
    end: int
    head: int


def ends_phrase(context: Context, position: int) -> bool:
    """Return whether a noun phrase may end at a word: a pronoun, a name or a noun."""
    return KINDS[context.words[position]] & ENDING > 0


def phrase_before(context: Context, position: int) -> Phrase | None:
    """Return the noun phrase that ends with a word, with what it belongs to: "the woman in the photo"."""
    if position < 0 or not ends_phrase(context, position):
        return None
    phrase = _simple(context, position)
    before = phrase.first - 1
    while before > 0 and context.words[before] in PREPOSITIONS and ends_phrase(context, before - 1):
        owner = _simple(context, before - 1)
        phrase = Phrase(owner.first, phrase.end, owner.head)
        before = owner.first - 1
    return phrase


def _simple(context: Context, position: int) -> Phrase:
    words = context.words
    if words[position] in SUBJECT_PRONOUNS or is_contracted_person(words[position]):
        return Phrase(position, position + 1, position)
    head = position
    if words[position].isdigit() and position:
        head = position - 1
    first = head
    for index in range(head - 1, max(-1, head - LONGEST), -1):
        word = words[index]
        if word in {"that", "this"} and context.is_name(head):
            break
        if word in OWNERS or word in ARTICLES:
            return Phrase(index, position + 1, head)
        if word.endswith("'s") and not is_contracted_person(word):
            has_article = index > 0 and words[index - 1] in OPENING
            return Phrase(index - 1 if has_article else index, position + 1, head)
        if not word.isalnum() or word in FUNCTION or word in PREPOSITIONS or word in LINKING:
            break
        if (word in ADVERBS and word not in _SIZES) or is_verb(context, index):
            break
        if context.is_name(head) and not has_capital(context, index):
            break
        first = index
    return Phrase(first, position + 1, head)


_SIZES = frozenset("little pretty most more".split())


def has_capital(context: Context, position: int) -> bool:
    """Return whether a word is written with a capital."""
    start, _ = context.place(position, position + 1)
    return context.text[start].isupper()


def is_verb(context: Context, position: int) -> bool:
    """Return whether a word looks like a verb with a subject before it."""
    kinds = KINDS[context.words[position]]
    return kinds & VERB > 0 or (kinds & VERB_IF_SMALL > 0 and not has_capital(context, position))


def is_person(context: Context, phrase: Phrase) -> bool:
    """Return whether a phrase names a person, or something unknown that has a name."""
    word = context.words[phrase.head]
    if names_person(word) or word in HEADS or context.is_name(phrase.head):
        return True
    if word in SHOWN:
        return False
    is_bare = phrase.head == phrase.first
    opens = context.sentence(phrase.head)[0] == phrase.head
    if has_capital(context, phrase.head) and (not opens or (is_bare and not is_idea(word))):
        return True
    return not (is_bare or names_thing(word) or is_noun(word))


def owner_of(context: Context, phrase: Phrase) -> tuple[int, int] | None:
    """Return who has what a phrase names: "his" of "his tone", "the child's" of "the child's wide eyes"."""
    words = context.words
    for index in range(phrase.first, phrase.head):
        word = words[index]
        if word in OWNERS:
            return index, index + 1
        if word.endswith("'s") and not is_contracted_person(word):
            is_one = names_person(word) or context.is_name(index) or not is_noun(word[:-2])
            return (phrase.first, index + 1) if is_one else None
    return None


def phrase_behind(context: Context, position: int) -> Phrase | None:
    """Return the noun phrase that begins with a word: "me", "the old man", "dozens of students"."""
    words = context.words
    if position >= len(words):
        return None
    word = words[position]
    if word in OBJECT_PRONOUNS and word not in {"her"}:
        return Phrase(position, position + 1, position)
    has_start = word in ARTICLES or word in OWNERS or word.endswith("'s")
    if word == "her" and (position + 1 >= len(words) or not ends_phrase(context, position + 1)):
        return Phrase(position, position + 1, position)
    head = None
    for index in range(position + has_start, min(len(words), position + LONGEST)):
        following = words[index]
        if not ends_phrase(context, index) or (head is not None and is_verb(context, index)):
            break
        head = index
        if context.is_name(index) or names_person(following):
            nxt = index + 1
            if nxt >= len(words) or not context.is_name(nxt):
                break
    if head is None:
        return None
    if (
        words[head + 1 : head + 2] == ["of"]
        and head + 2 < len(words)
        and names_person(words[head + 2])
    ):
        return Phrase(position, head + 3, head + 2)
    return Phrase(position, head + 1, head)
