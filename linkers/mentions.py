"""Finds emotion words in running text: longest match, exact offsets, every occurrence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import Concept
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.lexicon import Lexicon

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
_SPACE = re.compile(r"\s+")

FELT = frozenset({"state", "disposition", "stimulus"})
"""Roles of words that say what somebody feels, tends to feel, or is made to feel."""

NAMING = 0.7
"""Words of a lower strength connote a feeling, and do not name it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """An emotion word in a text.

    :param start, end: code points, half open: ``text[start:end] == quote``.
    :param concepts: what the word may mean, the likeliest first.
    :param role: ``state`` (the feeler), ``stimulus``, ``act``, ... of the first reading.
    :param is_weak: whether the word's common meaning is another, or it only suggests the concept.
    """

    start: int
    end: int
    quote: str
    concepts: tuple[Concept, ...]
    role: str
    is_weak: bool = False

    @property
    def concept(self) -> Concept:
        """The likeliest concept."""
        return self.concepts[0]


Keep = Callable[[Entry], bool]
"""Whether a word counts in one of its readings."""


def names_feeling(entry: Entry) -> bool:
    """Return whether a word names a feeling rather than an act or expression that goes with one.

    Verbs of the same family as the concept's name do ("adores"); "laugh" and "smile" do not.

    >>> from affectgraph.kg import EmotionGraph
    >>> words = Lexicon(EmotionGraph.load()).words
    >>> [word for word in ("afraid", "adore", "smile") if any(map(names_feeling, words[word]))]
    ['afraid', 'adore']
    """
    is_felt = entry.role in FELT or (entry.role == "act" and entry.kind == "derivation")
    return is_felt and entry.strength >= NAMING


def find_mentions(
    text: str, lexicon: Lexicon, *, weak: bool = False, keep: Keep | None = None
) -> list[Mention]:
    """Return the emotion words of a text in order; they do not overlap, the longest match wins.

    Costs some microseconds a word. Whether a mention is denied or hedged is not decided here.

    :param weak: also words whose common meaning is another ("active", "content").
    :param keep: which readings of a word count, as :func:`names_feeling` does; all if not given.
    """
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    position = 0
    while position < len(words):
        used = 1
        for count in _lengths(words, position, lexicon):
            last = words[position + count - 1]
            mention = _mention(text, words[position].start(), last.end(), lexicon, keep, weak)
            if mention is not None:
                found.append(mention)
                used = count
                break
        position += used
    return found


def _lengths(words: list[re.Match[str]], position: int, lexicon: Lexicon) -> range:
    """Return the numbers of words worth a look at a position, the longest first."""
    longest = lexicon.reach.get(_form(words[position][0]), 1)
    return range(min(longest, len(words) - position), 0, -1)


def _form(quote: str) -> str:
    return _SPACE.sub(" ", quote.casefold().replace("\u2019", "'"))


def _mention(
    text: str, start: int, end: int, lexicon: Lexicon, keep: Keep | None, weak: bool
) -> Mention | None:
    quote = text[start:end]
    form = _form(quote)
    entries, _ = lexicon.look_up(form)
    if not entries and "-" in form:
        entries, _ = lexicon.look_up(form.replace("-", " "))
    entries = tuple(e for e in entries if (weak or not e.is_weak) and (keep is None or keep(e)))
    if not entries:
        return None
    concepts = tuple(entry.concept for entry in entries)
    return Mention(start, end, quote, concepts, entries[0].role, entries[0].is_weak)
