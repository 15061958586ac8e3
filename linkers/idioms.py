"""Finds phrases of the lexicon in other words for who and when: "blew his top" is "blow one's top"."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from affectgraph.linkers.lexicon import Entry, Lexicon

_PERSONS = frozenset(
    "my your his her its our their one's ones someone's somebody's me you him us them it someone "
    "somebody one oneself myself yourself himself herself itself ourselves themselves i he she we they "
    "the a an this that some so really just all".split()
)
"""Words that stand for a person or only point; phrases are compared without them."""

_LIGHT = frozenset("be have get feel".split())
"""Verbs that a phrase may or may not begin with."""

_IRREGULAR: Final[Mapping[str, str]] = {
    form: forms.split()[0]
    for forms in (
        "be am is are was were been being 's 're 'm i'm he's she's it's we're they're you're",
        "have has had having i've",
        "get gets got gotten getting",
        "feel feels felt feeling",
        "go goes went gone going",
        "see saw seen",
        "blow blew blown",
        "fly flew flown flies",
        "fall fell fallen",
        "take took taken",
        "make made",
        "give gave given",
        "send sent",
        "break broke broken",
        "lose lost losing",
        "keep kept",
        "sink sank sunk",
        "hang hung",
        "drive drove driven",
        "sweep swept",
        "stand stood",
        "bite bit bitten",
        "shake shook shaken",
        "throw threw thrown",
        "hold held",
        "burst bursts",
        "weep wept",
        "eat ate eaten",
        "run ran",
        "rise rose risen",
        "tear tore torn",
        "freeze froze frozen",
        "come came",
        "lie lay lain",
        "bring brought",
        "catch caught",
        "leave left",
        "strike struck",
        "tell told",
        "think thought",
        "find found",
        "spit spat",
        "stick stuck",
        "can't cannot couldn't",
        "don't didn't doesn't",
        "won't wouldn't",
    )
    for form in forms.split()
}
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))

LEAST = 2
"""Words that a phrase must have beside persons and light verbs."""


def stem(word: str) -> str:
    """Return what the forms of a word share; only for comparing.

    >>> stem("blew") == stem("blowing"), stem("dropped") == stem("drops"), stem("drive") == stem("driving")
    (True, True, True)
    """
    word = _IRREGULAR.get(word, word)
    for ending, put in _ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) + len(put) > 2
            and not word.endswith("ss")
        ):
            word = word[: -len(ending)] + put
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def idiom_key(form: str) -> tuple[str, ...]:
    """Return the words by which phrases are compared; empty if too few are left.

    >>> idiom_key("blew his top") == idiom_key("blow one's top")
    True
    """
    words = [_IRREGULAR.get(word, word) for word in form.replace("-", " ").split()]
    words = [word for word in words if word not in _PERSONS and word != "be"]
    while words and words[0] in _LIGHT:
        del words[0]
    return tuple(map(stem, words)) if len(words) >= LEAST else ()


class Idioms:
    """The phrases of a lexicon by key. Made when first asked for, in some 60 ms."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _forms(self) -> Mapping[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for form in self._lexicon.words:
            if " " in form and (key := idiom_key(form)):
                found[key].append(form)
        return found

    def look_up(self, form: str) -> tuple[Entry, ...]:
        """Return the entries of the phrases that a form puts in other words; rare senses are left out."""
        forms = self._forms.get(idiom_key(form), ())
        entries = (e for held in forms for e in self._lexicon.words[held] if not e.is_rare)
        found: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda e: (-e.share, e.is_weak, e.form)):
            found.setdefault(entry.concept.slug, entry)
        return tuple(found.values())
