"""Finds emotion words in running text: longest match, exact offsets, every occurrence."""

import re
from dataclasses import dataclass

from affectgraph.kg.model import Concept
from affectgraph.linkers.lexicon import Lexicon

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Mention:
    """An emotion word in a text.

    :param start, end: code points, half open: ``text[start:end] == quote``.
    :param concepts: what the word may mean, the likeliest first.
    :param role: ``state`` (the feeler), ``stimulus``, ``act``, ... of the first reading.
    """

    start: int
    end: int
    quote: str
    concepts: tuple[Concept, ...]
    role: str

    @property
    def concept(self) -> Concept:
        """The likeliest concept."""
        return self.concepts[0]


def find_mentions(text: str, lexicon: Lexicon, *, weak: bool = False) -> list[Mention]:
    """Return the emotion words of a text in order; they do not overlap, the longest match wins.

    Costs about 1 µs a word. Whether a mention is denied or hedged is not decided here.

    :param weak: also words whose common meaning is another ("active", "content").
    """
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    position = 0
    while position < len(words):
        mention, used = _longest(text, words, position, lexicon, weak)
        if mention is not None:
            found.append(mention)
        position += used
    return found


def _longest(
    text: str, words: list[re.Match[str]], position: int, lexicon: Lexicon, weak: bool
) -> tuple[Mention | None, int]:
    for count in range(min(lexicon.longest, len(words) - position), 0, -1):
        start, end = words[position].start(), words[position + count - 1].end()
        quote = text[start:end]
        form = re.sub(r"\s+", " ", quote.casefold().replace("\u2019", "'"))
        entries, _ = lexicon.look_up(form)
        if not entries and count == 1 and "-" in form:
            entries, _ = lexicon.look_up(form.replace("-", " "))
        entries = tuple(entry for entry in entries if weak or not entry.is_weak)
        if entries:
            concepts = tuple(entry.concept for entry in entries)
            return Mention(start, end, quote, concepts, entries[0].role), count
    return None, 1
