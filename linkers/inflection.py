"""The base forms an English word may be inflected from.

Rules propose, the lexicon disposes: a proposal counts only if the lexicon has it with a part of speech
that the ending fits, so wrong proposals cost nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

VOWELS = set("aeiou")


class Base(NamedTuple):
    """A proposed base form, and the parts of speech the removed ending fits."""

    form: str
    parts_of_speech: frozenset[str]


_NOUN_OR_VERB = frozenset({"noun", "verb"})
_VERB = frozenset({"verb"})
_ADJECTIVE = frozenset({"adjective", "adverb"})

_ENDINGS: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = (
    ("ies", ("y", "ie"), _NOUN_OR_VERB),
    ("es", ("", "e"), _NOUN_OR_VERB),
    ("s", ("",), _NOUN_OR_VERB),
    ("ied", ("y", "ie"), _VERB),
    ("ed", ("", "e"), _VERB),
    ("ying", ("ie", "y"), _VERB),
    ("ing", ("", "e"), _VERB),
    ("iest", ("y",), _ADJECTIVE),
    ("est", ("", "e"), _ADJECTIVE),
    ("ier", ("y",), _ADJECTIVE),
    ("er", ("", "e"), _ADJECTIVE),
)


def base_forms(word: str) -> Iterator[Base]:
    """Yield the forms a word may come from, likeliest first; not the word itself.

    >>> [base.form for base in base_forms("worries")]
    ['worry', 'worrie', 'worri', 'worrie', 'worrie']
    """
    for ending, replacements, parts in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or (ending == "s" and stem.endswith("s")):
            continue
        for replacement in replacements:
            yield Base(stem + replacement, parts)
        if _is_doubled(stem) and ending in {"ed", "ing", "er", "est"}:
            yield Base(stem[:-1], parts)


def _is_doubled(stem: str) -> bool:
    return len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS
