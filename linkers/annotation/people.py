"""Which words name persons, and which name things: nouns of WordNet, pronouns and a few by hand."""

from functools import cache
from typing import NamedTuple

from affectgraph.linkers.annotation.remembered import remembered
from affectgraph.linkers.english import DATA

SUBJECT_PRONOUNS = frozenset("i he she we they you who everyone everybody someone somebody".split())
SELVES = frozenset("myself himself herself themselves ourselves yourself yourselves".split())
OBJECT_PRONOUNS = frozenset("me him her us them you everyone everybody someone anyone".split())
OWNERS = frozenset("my his her our their your mine ours".split())
PRONOUNS = (
    SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | OWNERS
    | SELVES
    | frozenset("nobody anybody whoever whom whose u ur im ive id y'all yall ya dont".split())
) - {"dont"}
"""Words that stand for persons, "you" included."""

_CONTRACTED = ("'m", "'re", "'ve", "'ll", "'d", "'s")
_STANDING = frozenset("i he she we they you who everyone everybody someone somebody".split())

BY_HAND = frozenset(
    """mum mom mam mummy mommy mama dad daddy papa bro bros sis bestie dude dudes guys folks human humans nan
    gran granny grandma grandpa granddad kiddo gf bf hubby wifey missus mate mates neighbour neighbours
    nurse nurses cook cooks guard guards guide guides judge judges coach coaches host hosts pilot intern
    interns scout partner partners witness tourists premier ceo cfo cto gp mp prof dr mr mrs ms miss sir
    reviewer speaker speakers commenter redditor gamer gamers streamer dev devs admin mod mods op roommate
    caller callers team teams crowd crowds audience audiences crew family families fan fans people public
    staff jury board committee class couple everyone nation village town city country world community
    residents voters passengers police person persons commuter commuters children men women colleague
    colleagues employees staff twin twins side sides subject subjects thousands hundreds dozens millions
    cops choir squad troops band parliament king kings queen queens agent agents producer presenter
    operator sponsor recruit dean soul souls elderly homeless poor youngest eldest latter others both all
    most many none nobody ones dog dogs cat cats puppy puppies pup kitten kittens horse horses pony mare
    cow cows hen hens rabbit parrot pet pets animal animals elephant monkey creature creatures""".split()
)
"""Persons, groups of persons and animals that feel, which the lists lack."""


FUNCTION = frozenset(
    """a an the am is are was were be been being has have had having do does did doing done will would shall
    should can could may might must in at as by to of on off up down out over under for from with without
    about into onto than then that this these those there here where when while who whom whose which what
    why how if or and but nor so yet not no yes it its he she they them his her him i me my we us our you
    your like well just only even still also too very much many more most less least few all any some each
    every both either neither other another such same own one two three felt left found saw thought made
    gave got went came took kept lost said told let put set cut hit hurt shut see does goes says makes
    takes gets looks feels seems means wants needs shows lets his hers ours theirs us now once again ever
    never always often ok oh per via plus after before since until during through between among against
    toward towards above below because although though unless whether""".split()
)
"""Words of closed classes and everyday verb forms, some of which WordNet has as nouns."""


_AMOUNTS = frozenset("all both most many none nobody everyone ones others latter".split())


class Nouns(NamedTuple):
    """Nouns by what their first sense is.

    :param persons: persons.
    :param things: artifacts, food, natural objects, plants, substances, shapes, amounts.
    :param others: acts, groups, parts of the body, news, places, times and the rest.
    """

    persons: frozenset[str]
    things: frozenset[str]
    others: frozenset[str]


@cache
def nouns() -> Nouns:
    """Return the nouns; reading costs a millisecond or two, once.

    >>> "nurse" in BY_HAND, "widow" in nouns().persons, "bottle" in nouns().things
    (True, True, True)
    """
    persons, things, others = (DATA / "nouns.txt").read_text("ascii").split("\n\n")
    return Nouns(frozenset(persons.split()), frozenset(things.split()), frozenset(others.split()))


def singulars(word: str) -> tuple[str, ...]:
    """Return a word and what it may be the plural or the owner's form of.

    >>> singulars("ladies")
    ('ladies', 'ladie', 'lady')
    """
    word = word.removesuffix("'s")
    if word.endswith("ies"):
        return word, word[:-1], word[:-3] + "y"
    if word.endswith("es"):
        return word, word[:-1], word[:-2]
    if word.endswith("men"):
        return word, word[:-3] + "man"
    if word.endswith("s") and not word.endswith("ss"):
        return word, word[:-1]
    return (word,)


@remembered
def names_person(word: str) -> bool:
    """Return whether a word in lower case names a person, stands for one or belongs to one.

    >>> [word for word in ("i'm", "widow's", "engineers", "bottle") if names_person(word)]
    ["i'm", "widow's", 'engineers']
    """
    if word in PRONOUNS or word in BY_HAND:
        return True
    if word in FUNCTION:
        return False
    stem, mark, _ = word.partition("'")
    if mark and (stem in PRONOUNS or stem in BY_HAND):
        return True
    return any(form in nouns().persons for form in singulars(word))


@remembered
def is_noun_of_person(word: str) -> bool:
    """Return whether a word in lower case is a noun of persons, and no pronoun."""
    if word in FUNCTION or word in PRONOUNS or "'" in word or word in _AMOUNTS:
        return False
    if word in BY_HAND:
        return True
    return any(form in nouns().persons for form in singulars(word))


@remembered
def names_thing(word: str) -> bool:
    """Return whether a word in lower case names a thing that has no feelings."""
    if word in BY_HAND or word in FUNCTION:
        return False
    return any(form in nouns().things for form in singulars(word))


@remembered
def is_noun(word: str) -> bool:
    """Return whether a word in lower case is mostly a noun, and names no person."""
    if word in BY_HAND or word in FUNCTION:
        return False
    lists = nouns()
    return any(form in lists.things or form in lists.others for form in singulars(word))


@remembered
def is_idea(word: str) -> bool:
    """Return whether a word in lower case is a noun of neither persons nor things: "life"."""
    return word in FUNCTION or any(form in nouns().others for form in singulars(word))


@remembered
def is_contracted_person(word: str) -> bool:
    """Return whether a word is a pronoun with a verb: "I'm", "she's", "im".

    >>> is_contracted_person("she's"), is_contracted_person("it's")
    (True, False)
    """
    if word in {"im", "ive"}:
        return True
    stem, mark, ending = word.partition("'")
    return bool(mark) and stem in _STANDING and "'" + ending in _CONTRACTED
