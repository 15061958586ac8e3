"""Which words are English: SCOWL's list up to size 70, read when first asked for."""

from functools import cache, cached_property
from pathlib import Path

from affectgraph.linkers.annotation.remembered import remembered
from affectgraph.linkers.sorted_lines import SortedWords

DATA = Path(__file__).parent / "data"
"""Where word lists lie."""


class EnglishWords:
    """Words of plain lower-case letters. Threads may share one.

    :ivar common_list: the 41,000 words of size 35, with inflections.
    :ivar rest_list: the rest up to size 70; 118,000 in all.
    """

    def __init__(self, text: str) -> None:
        common, _, rest = text.partition("\n\n")
        self.common_list = SortedWords(common + "\n")
        self.rest_list = SortedWords(rest)

    @cached_property
    def common(self) -> frozenset[str]:
        """The common words as a set; some milliseconds and 4 MB, once."""
        return frozenset(self.common_list.lines.text.split())

    @cached_property
    def every(self) -> frozenset[str]:
        """All words as a set; about 30 ms and 12 MB, once."""
        return self.common.union(self.rest_list.lines.text.split())


@cache
def english_words() -> EnglishWords:
    """Return the words, read once.

    >>> words = english_words()
    >>> "monring" in words.every, "morning" in words.common
    (False, True)
    """
    return EnglishWords((DATA / "english.txt").read_text("ascii"))


def is_common(word: str) -> bool:
    """Return whether a word of lower-case letters is one of the common words.

    >>> is_common("table"), is_common("aardvark"), is_common("aalii")
    (True, True, False)
    """
    return word in english_words().common_list


@remembered
def is_english(word: str) -> bool:
    """Return whether a word of lower-case letters stands in the list, short ones included.

    >>> is_english("table"), is_english("tabel")
    (True, False)
    """
    words = english_words()
    return len(word) < 3 or word in words.common_list or word in words.rest_list
