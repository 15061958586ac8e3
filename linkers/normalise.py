"""Brings labels and words into the one form in which they are compared."""

import re
import unicodedata
from typing import Final

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Soft hyphens, zero-width characters and marks of direction: they are not seen and change no word."""

EDGES: Final = " \t\r\n\"'`#*.,;:!?()[]{}<>"


def normalise(label: str) -> str:
    """Return a label in lower case, single-spaced, without quotes, marks and underscores at its edges.

    Invisible characters are taken out.

    Hyphens, underscores and slashes inside stay hyphens, spaces and slashes: ``happy-for`` and
    ``aesthetic appreciation`` are labels of schemes.

    >>> normalise("  #Deep_Sadness! ")
    'deep sadness'
    """
    if label.isascii():
        if label.isalpha():
            return label.lower()
        return " ".join(label.lower().replace("_", " ").split()).strip(EDGES)
    seen = _INVISIBLE.sub("", label)
    text = unicodedata.normalize("NFKC", seen).translate(_QUOTES).casefold().replace("_", " ")
    return " ".join(text.split()).strip(EDGES)


def plain_spelling(form: str) -> str:
    """Return a form without the marks of its letters, with spaces for hyphens; signs stay as they are.

    >>> plain_spelling("d\u00e9j\u00e0-vu")
    'deja vu'
    """
    if not any(char.isalpha() and char.isascii() for char in form):
        return form
    letters = unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode()
    return letters.replace("-", " ").strip() or form


def is_foreign_script(text: str) -> bool:
    """Return whether a text has a letter that English words do not have.

    Letters of other scripts and Latin letters with marks count; English loans that keep their marks
    ("na\u00efve") are looked up before this is asked.

    >>> is_foreign_script("alegr\u00eda"), is_foreign_script("joy")
    (True, False)
    """
    return any(char.isalpha() and not char.isascii() for char in text)
