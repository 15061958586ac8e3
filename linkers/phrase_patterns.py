"""What phrases of the lexicon look like in labels: stems of words, places for persons and things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from affectgraph.linkers.annotation.stems import stem as text_stem
from affectgraph.linkers.phrase_words import (
    ARTICLES,
    BE,
    DENIALS,
    FUNCTION,
    IRREGULAR,
    LIGHT,
    PARTICLES,
    PERSONS,
    POSSESSIVES,
    PREPOSITIONS,
    SELVES,
    SKIPPED,
    SUBJECTS,
    UNKNOWN_OBJECTS,
    UNKNOWN_OWNERS,
    VARIANTS,
)

UNMISTAKABLE = 3
"""Words of content from which on a phrase is no chance: a saying may be put in other words."""

VERB = frozenset({"verb"})
SAYING = frozenset({"interjection"})

_LIGHT_FORMS = frozenset("has had having got gets getting felt feels feeling".split())
_NO_KEY = (
    FUNCTION
    | POSSESSIVES
    | SELVES
    | ARTICLES
    | BE
    | SKIPPED
    | LIGHT
    | _LIGHT_FORMS
    | SUBJECTS.keys()
    | DENIALS.keys()
    | {"as"}
)

_PARTICIPLES = ("ed", "en", "wn", "rn")

Kind = Literal["word", "owner", "object", "self"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: a word by its stem, or a place for an owner, a person or thing, or a self.

    :param written: how the word must be written, if not in any of its forms ("broken" in "broken heart").
    :param is_content: whether it is more than a preposition, particle, light verb or person.
    :param is_required: whether a place must be filled: an object by a person, an owner by a possessive.
    """

    kind: Kind
    stem: str = ""
    written: str = ""
    is_content: bool = False
    is_required: bool = False

    def fits(self, word: str, shared: str) -> bool:
        """Return whether a word of a label, given with its stem, is this word."""
        return shared == self.stem and (not self.written or word == self.written)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as a label may put it.

    :param content: number of words that are no prepositions, particles or light verbs.
    :param is_open: whether an object may follow: its last word is a preposition, or its last part a place.
    """

    form: str
    parts: tuple[Part, ...]
    content: int
    is_open: bool

    @property
    def words(self) -> list[str]:
        """Stems of its words."""
        return [part.stem for part in self.parts if part.kind == "word"]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what the forms of a word share; only for comparing.

    >>> stem("blew") == stem("blowing"), stem("slept") == stem("sleeps"), stem("wits'") == stem("wit's")
    (True, True, True)
    """
    word = word.replace("'", "") if word.endswith(("'s", "s'")) else word
    return VARIANTS.get(word) or text_stem(IRREGULAR.get(word, word))


def stems_of(words: frozenset[str]) -> frozenset[str]:
    """Return the stems of words."""
    return frozenset(map(stem, words))


_LIGHT, _PREPOSITIONS, _PARTICLES = map(stems_of, (LIGHT, PREPOSITIONS, PARTICLES))


def tokens(form: str) -> list[str]:
    """Return the words of a form that count: no articles, forms of "be" or words of degree.

    >>> tokens("she's really at the end of her tether"), tokens("didn't give a monkey's")
    (['she', 'at', 'end', 'of', 'her', 'tether'], ['not', 'give', "monkey's"])
    """
    found: list[str] = []
    for written in form.replace("-", " ").replace(",", " ").split():
        word = written.strip('.!?;:"')
        if word in SUBJECTS:
            found.append(SUBJECTS[word])
        elif word not in ARTICLES and word not in BE and word not in SKIPPED:
            found.append(DENIALS.get(word, word))
    return [word for word in found if word]


def patterns(form: str, parts_of_speech: frozenset[str] = VERB) -> Iterator[Pattern]:
    """Yield what a phrase looks like in labels; nothing for a phrase of too few words.

    What is said ("good for you") stays as it is unless it is long, and participles stay participles in
    phrases that are no verbs.

    >>> next(patterns("look down one's nose at")).words == ["look", "down", "nos", "at"]
    True
    >>> list(patterns("feel it"))
    []
    """
    parts = _parts(tokens(form), "verb" not in parts_of_speech)
    if len(parts) > 1 and parts[0].stem == "as":
        parts = parts[1:]
    content = sum(part.is_content for part in parts)
    if parts_of_speech == SAYING and content < UNMISTAKABLE:
        return
    counted = [part for part in parts if part.kind in {"word", "self"}]
    if len(counted) < 2 or not content:
        return
    for shown in (parts, *_without_last(parts, content)):
        yield Pattern(form, shown, content, _is_open(shown))
        rest = _without_lead(shown)
        if (
            rest
            and sum(part.is_content for part in rest) > 1
            and rest[-1].stem not in _PREPOSITIONS
        ):
            yield Pattern(form, rest, content, _is_open(rest))


def _is_open(parts: tuple[Part, ...]) -> bool:
    return parts[-1].kind == "object" or parts[-1].stem in _PREPOSITIONS


def _without_last(parts: tuple[Part, ...], content: int) -> Iterator[tuple[Part, ...]]:
    """Yield a phrase without the preposition or particle at its end that labels may leave out."""
    last, before = parts[-1].stem, parts[:-1]
    if last in _PREPOSITIONS and before[-1].stem not in _PREPOSITIONS | _PARTICLES:
        if len(before) > 2:
            yield before
    elif last in _PARTICLES and content > 2:
        yield before


def _without_lead(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return a phrase without the light verbs or the preposition that it begins with, if it does."""
    rest = parts
    while rest and rest[0].stem in _LIGHT:
        rest = rest[1:]
    if rest is not parts:
        return rest
    if parts[0].stem == "at":  # "at the end of a rope" is no place to be if the rope is nobody's
        return tuple(replace(p, is_required=p.kind == "owner") for p in parts[1:])
    return parts[1:] if parts[0].stem == "like" else ()


def _parts(words: Sequence[str], keeps_participles: bool) -> tuple[Part, ...]:
    others = sum(_is_content(word) for word in words)
    found: list[Part] = []
    for index, word in enumerate(words):
        if word in UNKNOWN_OWNERS or (word in POSSESSIVES and others > 1):
            found.append(Part("owner", is_required=others < 2))
        elif word in SELVES:
            found.append(Part("self", is_content=True))
        elif word in UNKNOWN_OBJECTS and index:
            found.append(Part("object", is_required=others < 2))
        elif word not in PERSONS or others < 2:  # a person among other words may be any
            written = word if keeps_participles and word.endswith(_PARTICIPLES) else ""
            found.append(Part("word", stem(word), written, _is_content(word)))
    return tuple(found)


def _is_content(word: str) -> bool:
    return word not in FUNCTION and word not in POSSESSIVES and stem(word) not in _LIGHT


def key_of(form: str) -> str | None:
    """Return the stem of the longest word of content of a phrase; None if it has none."""
    words = form.replace("-", " ").replace(",", " ").split()
    longest = max((word for word in words if word not in _NO_KEY), key=len, default="")
    return stem(longest.strip('.!?;:"')) if longest else None
