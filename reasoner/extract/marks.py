"""The marks of a sentence: what it names that the graph knows, and the sentence with them masked.

Claims are read off the masked sentence, in which every mark is one capital letter and all else is lower
case: "AU6 (cheek raiser) suggests joy" reads "U (F) suggests E". Patterns over it stay short, and a name
with a comma or a negation in it cannot mislead them.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from affectgraph.linkers.annotation.tokens import lowered
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract.text import Sentence
from affectgraph.reasoner.extract.triggers import ALL

_MARKUP = str.maketrans(
    "*_\u201c\u201d\uff08\uff09\uff1a\uff0c\uff1b\u2010\u2011\u2212", '  ""():,;---'
)
"""Markdown and the underscores of keys are space; quotation marks, brackets and hyphens are plain."""

_TAG = late_pattern(r"</?(?:b|i|u|em|strong|code|mark|span)>")

EMOTION, PHRASE, CODE, CUE, SCHEME, CHANNEL = "E", "F", "U", "C", "S", "M"
"""Letters of the marks: an emotion word, a phrase for facial actions, a FACS code, a cue of another
channel, a label scheme, a word for a channel ("voice")."""


class Mark(NamedTuple):
    """Something named in a text: ``text[start:end]``.

    :param letter: what it is in the masked sentence.
    :param codes: FACS codes it stands for; ``any_of``: codes of which one is meant.
    :param is_present: False for phrases that say the action is missing ("relaxed brow").
    :param value: number of a code, channel of a cue, name of a scheme.
    :param is_name: whether it is a name of a unit in FACS.
    :param side: of the face.
    :param mention: the emotion word.
    :param confidence: 0..1.
    """

    start: int
    end: int
    letter: str
    codes: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    is_present: bool = True
    value: str = ""
    is_name: bool = False
    side: str = ""
    mention: Mention | None = None
    confidence: float = 1.0

    @property
    def groups(self) -> tuple[str, ...]:
        """Its actions: one string per action meant, alternatives joined by ``|``."""
        return self.codes + (("|".join(self.any_of),) if self.any_of else ())

    @property
    def slug(self) -> str:
        """Slug of the concept that an emotion word means."""
        return self.mention.concept.slug if self.mention is not None else ""


class View:
    """A sentence with its marks masked.

    :param text: the text that holds it, as far as it is of use.
    :param sentence: the sentence, by its place in that.
    :param marks: its marks in order, without overlaps.
    :param least: value from which an action counts as shown, on the scale of the text's figures.
    :param triggers: which kinds of claims its words can make.
    :param is_absent: whether a heading above denies it: "Not observed:".
    """

    __slots__ = (
        "_ends",
        "_starts",
        "is_absent",
        "least",
        "marks",
        "mask",
        "places",
        "sentence",
        "text",
        "triggers",
    )

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        marks: tuple[Mark, ...],
        least: float = 0.5,
        triggers: int = ALL,
        *,
        is_absent: bool = False,
    ) -> None:
        self.text = text
        self.sentence = sentence
        self.marks = marks
        self.least = least
        self.triggers = triggers
        self.is_absent = is_absent
        low = lowered(sentence.text)
        if "_" in low or "*" in low or not low.isascii():
            low = low.translate(_MARKUP)
        if "</" in low or "<b>" in low:
            low = _TAG.sub(lambda tag: " " * len(tag[0]), low)
        first = sentence.start
        pieces: list[str] = []
        self.places: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        position = length = 0
        for mark in marks:
            plain = low[position : mark.start - first]
            pieces.append(plain)
            pieces.append(mark.letter)
            length += len(plain)
            self.places.append(length)
            self._starts.append(mark.start)
            self._ends.append(mark.end)
            length += 1
            position = mark.end - first
        pieces.append(low[position:])
        self.mask = "".join(pieces)

    def start(self, position: int) -> int:
        """Return where a position of the mask lies in the text."""
        behind = bisect_left(self.places, position)
        if behind < len(self.places) and self.places[behind] == position:
            return self._starts[behind]
        if not behind:
            return self.sentence.start + position
        return self._ends[behind - 1] + position - self.places[behind - 1] - 1

    def end(self, position: int) -> int:
        """Return where a piece of the mask that ends at a position ends in the text."""
        behind = bisect_left(self.places, position)
        if not behind:
            return self.sentence.start + position
        return self._ends[behind - 1] + position - self.places[behind - 1] - 1

    def position(self, place: int) -> int:
        """Return where a place of the text lies in the mask; of one within a mark, the mark's."""
        behind = bisect_right(self._starts, place)
        if not behind:
            return place - self.sentence.start
        return self.places[behind - 1] + max(0, place - self._ends[behind - 1] + 1)

    def index(self, position: int) -> int:
        """Return the number of the mark at a position of the mask."""
        return bisect_left(self.places, position)

    def at(self, position: int) -> Mark:
        """Return the mark at a position of the mask."""
        return self.marks[bisect_left(self.places, position)]

    def within(self, start: int, end: int, letters: str) -> list[int]:
        """Return the numbers of the marks of some kinds in ``mask[start:end]``."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        return [n for n in range(first, last) if self.marks[n].letter in letters]
