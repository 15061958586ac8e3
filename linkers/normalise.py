"""Brings labels and words into the one form in which they are compared."""

import re
import unicodedata

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-"})
_EDGES = " \t\r\n\"'`#*.,;:!?()[]{}<>"


def normalise(label: str) -> str:
    """Return a label in lower case, single-spaced, without quotes, marks and underscores at its edges.

    Hyphens, underscores and slashes inside stay hyphens, spaces and slashes: ``happy-for`` and
    ``aesthetic appreciation`` are labels of schemes.

    >>> normalise("  #Deep_Sadness! ")
    'deep sadness'
    """
    text = unicodedata.normalize("NFKC", label).translate(_QUOTES).casefold().replace("_", " ")
    return re.sub(r"\s+", " ", text).strip(_EDGES)


def is_foreign_script(text: str) -> bool:
    """Return whether a text has a letter that English words do not have.

    Letters of other scripts and Latin letters with marks count; English loans that keep their marks
    ("na\u00efve") are looked up before this is asked.

    >>> is_foreign_script("alegr\u00eda"), is_foreign_script("joy")
    (True, False)
    """
    return any(char.isalpha() and not char.isascii() for char in text)
