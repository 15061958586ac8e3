"""Emotion words of a sentence, with all that is known of a word remembered."""

import re

from affectgraph.linkers.entry import Entry
from affectgraph.linkers.inflection import base_forms
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention, names_feeling

REMEMBERED = 100_000
"""Words and phrases remembered before the memory is emptied, so that strange texts cannot fill it."""

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
_SPACE = re.compile(r"\s+")

Found = tuple[Entry, ...]


class EmotionWords:
    """Finds words that name a feeling. Threads may share one.

    :param lexicon: the words of a graph.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forms: dict[str, Found] = {}
        self._starts: dict[str, tuple[int, frozenset[str]]] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """Return the emotion words of ``text[start:end]`` in order, the longest at each place.

        Words whose common meaning is another are among them, marked weak, if they can be adjectives.
        """
        words = list(_WORD.finditer(text, start, end))
        lower = [_plain(match[0]) for match in words]
        forms = self._forms
        found: list[Mention] = []
        position = 0
        last = len(words)
        while position < last:
            word = lower[position]
            if position + 1 < last:
                longest = self._longest(word, lower[position + 1])
                if longest > 1:
                    used = self._phrase(text, words, position, longest, found)
                    if used:
                        position += used
                        continue
            entries = forms.get(word)
            if entries is None:
                entries = self._entries(word)
            if entries:
                found.append(
                    _mention(text, words[position].start(), words[position].end(), entries)
                )
            position += 1
        return found

    def _phrase(
        self,
        text: str,
        words: list[re.Match[str]],
        position: int,
        longest: int,
        found: list[Mention],
    ) -> int:
        """Add the longest phrase of several words at a position; return its number of words."""
        start = words[position].start()
        for count in range(min(longest, len(words) - position), 1, -1):
            end = words[position + count - 1].end()
            form = _SPACE.sub(" ", _plain(text[start:end]))
            entries = self._forms.get(form)
            if entries is None:
                entries = self._entries(form)
            if entries:
                found.append(_mention(text, start, end, entries))
                return count
        return 0

    def _longest(self, word: str, following: str) -> int:
        """Return how many words a phrase may have that begins with these two, 1 if none does."""
        known = self._starts.get(word)
        if known is None:
            return (
                self._seconds.get(word, (1, frozenset()))[0] if self._fits(word, following) else 1
            )
        return known[0] if self._fits(word, following) else 1

    def _fits(self, word: str, following: str) -> bool:
        pair = (word, following)
        fits = self._pairs.get(pair)
        if fits is None:
            if len(self._pairs) >= REMEMBERED:
                self._pairs.clear()
            seconds = self._seconds.get(word, (1, frozenset()))[1]
            fits = bool(seconds) and (
                following in seconds or any(b.form in seconds for b in base_forms(following))
            )
            self._pairs[pair] = fits
        return fits

    @property
    def _seconds(self) -> dict[str, tuple[int, frozenset[str]]]:
        """Longest phrase and second words of phrases by their first word."""
        if not self._starts:
            lengths: dict[str, int] = {}
            seconds: dict[str, set[str]] = {}
            for form in self._lexicon.words:
                first, space, rest = form.partition(" ")
                if space:
                    lengths[first] = max(lengths.get(first, 1), form.count(" ") + 1)
                    seconds.setdefault(first, set()).add(rest.partition(" ")[0])
            self._starts = {w: (n, frozenset(seconds[w])) for w, n in lengths.items()}
        return self._starts

    def _entries(self, form: str) -> Found:
        if len(self._forms) >= REMEMBERED:
            self._forms.clear()
        entries, _ = self._lexicon.look_up(form)
        if not entries and "-" in form:
            entries, _ = self._lexicon.look_up(form.replace("-", " "))
        kept = tuple(entry for entry in entries if is_read(entry))
        self._forms[form] = kept
        return kept


def is_read(entry: Entry) -> bool:
    """Return whether a reading of a word counts: it names a feeling, and if weak, as an adjective.

    Only an adjective can be said of a person behind "feels" and "looks": "content", but not "like".
    """
    return names_feeling(entry) and (not entry.is_weak or "adjective" in entry.parts_of_speech)


def _plain(word: str) -> str:
    return word.casefold().replace("\u2019", "'")


def _mention(text: str, start: int, end: int, entries: Found) -> Mention:
    concepts = tuple(entry.concept for entry in entries)
    return Mention(start, end, text[start:end], concepts, entries[0].role, entries[0].is_weak)
