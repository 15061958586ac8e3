"""Which words are English: SCOWL's list up to size 70, read when first asked for."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
"""Where word lists lie."""


class EnglishWords(NamedTuple):
    """Words of plain lower-case letters.

    :param common: the 41,000 words of size 35, with inflections.
    :param every: those and the rest up to size 70; 118,000 in all.
    """

    common: frozenset[str]
    every: frozenset[str]


@cache
def english_words() -> EnglishWords:
    """Return the words; reading costs about 30 ms and 12 MB, once.

    >>> words = english_words()
    >>> "monring" in words.every, "morning" in words.common
    (False, True)
    """
    import gzip

    packed = (DATA / "english.txt.gz").read_bytes()
    common, _, rest = gzip.decompress(packed).decode("ascii").partition("\n\n")
    first = frozenset(common.split("\n"))
    return EnglishWords(first, first.union(rest.split()))


def is_english(word: str) -> bool:
    """Return whether a word of lower-case letters stands in the list, short ones included.

    >>> is_english("table"), is_english("tabel")
    (True, False)
    """
    return len(word) < 3 or word in english_words().every
