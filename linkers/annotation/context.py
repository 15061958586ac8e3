"""The surroundings of a mention: its sentence, who is in it, and how its words are written."""

import re

from affectgraph.linkers.annotation.matcher import Matcher
from affectgraph.linkers.annotation.people import is_noun, names_person
from affectgraph.linkers.annotation.tokens import Tokens
from affectgraph.linkers.english import is_english

ENDS = frozenset([*".!?;\n", "\u2026"])
"""Marks that end a sentence."""

_MARKS = re.compile(r"[-`\\@{}$_=<>(/]|\w\.\w|::")
REACH = 40
"""Words that are read on either side for the ends of a sentence."""

_FINITE = frozenset(
    """is was has had does did will would can could may might must should and isn't wasn't doesn't didn't
    won't can't felt went came said got made looked kept left took told ran sat stood wept never always
    still""".split()
)
_YEAR = re.compile(r"(1[4-9]|20)\d\d")


class Context:
    """A text with what senses ask of it, worked out when first asked for.

    :param text: the text as written.
    :param tokenised: its words.
    :param matcher: what else its words may be.
    :ivar place: gives where words (first, end) stand in the text, in code points.
    :ivar tells: whether the text has words that speak of words, None if not yet asked.
    """

    __slots__ = (
        "_has_capitals",
        "_has_code",
        "_letters",
        "_sentences",
        "matcher",
        "place",
        "tells",
        "text",
        "words",
    )

    def __init__(self, text: str, tokenised: Tokens, matcher: Matcher) -> None:
        self.matcher = matcher
        self.text = text
        self.place = tokenised.place
        self.words = tokenised.words
        self.tells: bool | None = None
        self._sentences: dict[tuple[int, int], bool] | None = None
        self._has_code: bool | None = None
        self._has_capitals: bool | None = None
        self._letters: tuple[int, int] | None = None

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the first word and the end of the sentence around a word, at most ``REACH`` words away."""
        words = self.words
        first, lowest = position, max(0, position - REACH)
        while first > lowest and words[first - 1] not in ENDS:
            first -= 1
        end, highest = position, min(len(words), position + REACH)
        while end < highest and words[end] not in ENDS:
            end += 1
        return first, end

    def has_person(self, position: int) -> bool:
        """Return whether the sentence around a word has a pronoun, a noun or a name of a person."""
        first, end = self.sentence(position)
        if self._sentences is None:
            self._sentences = {}
        found = self._sentences.get((first, end))
        if found is None:
            found = any(map(names_person, self.words[first:end])) or any(
                map(self._acts, range(first, end))
            )
            found = found or self._has_no_one(first, end)
            self._sentences[first, end] = found
        return found

    def _has_no_one(self, first: int, end: int) -> bool:
        """Return whether "no one" stands in some words: a person who is denied."""
        words = self.words
        return any(words[i] == "no" and words[i + 1] == "one" for i in range(first, end - 1))

    def _acts(self, position: int) -> bool:
        """Return whether a word is a name with a verb or a possession behind it: a person, likely."""
        words = self.words
        if words[position].endswith("'s"):
            return self.is_name(position)
        if position + 1 >= len(words):
            return False
        following = words[position + 1]
        is_verb = following in _FINITE or (following[-2:] == "ed" or following[-1:] == "s")
        return is_verb and not is_noun(following) and self.is_name(position)

    def is_name(self, position: int) -> bool:
        """Return whether a word is written like a name: a capital, and no English word without it."""
        word = self.words[position]
        if not word[:1].isalpha() or not self.has_capitals:
            return False
        start, end = self.place(position, position + 1)
        written = self.text[start:end]
        if not written[0].isupper() or (len(written) > 1 and written.isupper()):
            return False
        return not is_english(word.removesuffix("'s"))

    def has_year(self, position: int) -> bool:
        """Return whether the sentence around a word has the number of a year."""
        first, end = self.sentence(position)
        return any(_YEAR.fullmatch(word) for word in self.words[first:end])

    @property
    def has_code(self) -> bool:
        """Whether the text has marks that code, paths, addresses and compounds have."""
        if self._has_code is None:
            self._has_code = _MARKS.search(self.text) is not None
        return self._has_code

    @property
    def letters(self) -> tuple[int, int]:
        """How many letters the text has, and how many of them are capitals."""
        if self._letters is None:
            letters = [char for char in self.text if char.isalpha()]
            self._letters = len(letters), sum(map(str.isupper, letters))
        return self._letters

    @property
    def has_capitals(self) -> bool:
        """Whether capitals say something: the text has words without them as well."""
        if self._has_capitals is None:
            self._has_capitals = not self.text.isupper() and not self.text.islower()
        return self._has_capitals
