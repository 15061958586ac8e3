"""Words of a family that the vocabulary has another member of: "ennui-ridden", "griefstricken".

A rule says what the word is made of; it counts only if the vocabulary has that part with the part of speech
that the rule asks for and without a common meaning that is no emotion.
"""

import re
from collections.abc import Iterator

from affectgraph.linkers.entry import Entry
from affectgraph.linkers.lexicon import Lexicon

_FULL = re.compile(
    r"(?P<noun>[a-z]{3,})[ -]?(?:ridden|laden|stricken|struck|filled|fuel+ed|stained|soaked|"
    r"drenched|streaked|wracked|racked|crazed|tinged|inducing|provoking|inspiring|plagued|consumed)"
)
"""A noun of feeling with what it fills or brings: the whole is of the noun's concept."""

_TAKEN_OFF = (("iness", "y"), ("ness", ""), ("ily", "y"), ("ly", ""))
"""Endings that make a noun or adverb of an adjective or participle, and what stands there before."""

SHORTEST = 4
"""Letters of the shortest adjective that is found so."""


def relatives(form: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Return the entries of the word that a form is made of; empty if the vocabulary has none.

    >>> from affectgraph.kg import EmotionGraph
    >>> lexicon = Lexicon(EmotionGraph.load())
    >>> [e.concept.slug for e in relatives("envy-ridden", lexicon)], relatives("debt-ridden", lexicon)
    (['envy'], ())
    """
    full = _FULL.fullmatch(form)
    if full is not None:
        nouns = (full["noun"], f"{full['noun']}s")
        return next((found for noun in nouns if (found := _named(noun, "noun", lexicon))), ())
    if not form.isalpha():
        return ()
    adjectives = (_named(base, "adjective", lexicon) for base in _adjectives(form))
    return next((entries for entries in adjectives if entries), ())


def _adjectives(form: str) -> Iterator[str]:
    for ending, put in _TAKEN_OFF:
        base = form.removesuffix(ending)
        if base != form and len(base) >= SHORTEST:
            yield base + put


def _named(form: str, part_of_speech: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Return the entries of a form that name a feeling; of a participle, also those of its verb."""
    entries, is_inflected = lexicon.look_up(form)
    is_participle = is_inflected and form.endswith(("ed", "ing"))
    return tuple(
        entry
        for entry in entries
        if not entry.is_weak
        and (part_of_speech in entry.parts_of_speech if not is_participle else True)
    )
