"""Finds names of facial actions and everyday phrases for them in running text.

A phrase matches however it is inflected and whatever auxiliaries, articles and adverbs of degree stand
in it: "the inner brows are slightly raised" and "inner brow raised" are one phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.graph import EmotionGraph

_TOKEN = re.compile(r"[A-Za-z]+(?:['\u2019]s)?")
_GRAMMAR = frozenset(
    """a an the this that his her its their him she he they it there is are was were be been being am has
    have had appears appear seems seem looks look becomes become stays stay remains remain to both all
    also still just rather not of in with at person's man's woman's speaker's subject's""".split()
)
_DEGREE = frozenset(
    """very so quite slightly clearly strongly somewhat noticeably notably visibly tightly firmly gently
    softly subtly mildly markedly widely broadly fully partly partially almost distinctly deeply""".split()
)
_SKIPPED = _GRAMMAR | _DEGREE
"""Words that may stand in a phrase or not; words of degree decide between phrases alike otherwise."""

REMEMBERED = 8192
"""Wordings of phrases remembered before the memory is emptied; texts repeat them."""

_BROW_SIDE = re.compile(
    r"\b(?:(?P<other>inner|outer)\s*(?:and|or|&|/|,)\s*(?:the\s+)?)?(?P<side>inner|outer)\s+$", re.I
)
_OTHER_SIDE = re.compile(r"\b(?P<other>inner|outer)\s*(?:and|or|&|/|,)\s*(?:the\s+)?$", re.I)
_RAISERS = {"AU1", "AU2"}
_SYNONYMS = {"eyebrow": "brow", "eyelid": "lid", "upward": "up", "downward": "down"}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a crude stem that maps inflected forms of one word to one string.

    >>> stem("raised") == stem("raises") == stem("raising")
    True
    """
    word = word.lower().removesuffix("'s").removesuffix("\u2019s")
    for ending in ("ing", "ed", "ers", "er", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return _SYNONYMS.get(word, word)


@quickly_made
@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for.

    :param codes: FACS codes, all of them; ``any_of``: one of them.
    :param is_present: False for phrases that say the action is missing.
    :param iri: the resource that carries the phrase, ``predicate`` the property, ``source`` its id.
    :param is_name: whether it is a name of the unit in FACS or a manual, rather than a folk phrase.
    """

    phrase: str
    codes: tuple[str, ...]
    any_of: tuple[str, ...]
    is_present: bool
    iri: str
    predicate: str
    source: str
    is_name: bool

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Every code the phrase may stand for."""
        return self.codes + self.any_of


@quickly_made
@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase in a text: ``text[start:end]``, and what it stands for."""

    start: int
    end: int
    meaning: Meaning


@lru_cache(maxsize=8192)
def content_stem(word: str) -> str:
    """Return the stem of a word that carries a phrase's meaning, empty for other words.

    >>> content_stem("Raises"), content_stem("the")
    ('rais', '')
    """
    return "" if word.lower() in _SKIPPED else stem(word)


def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry a phrase's meaning."""
    return tuple(found for word in _TOKEN.findall(text) if (found := content_stem(word)))


class PhraseBook:
    """The phrases of a graph: FACS names, their aliases and cue phrases. Threads may share them.

    :param graph: where the phrases come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._chosen: dict[tuple[tuple[str, ...], tuple[str, ...]], Meaning] = {}

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], list[Meaning]]:
        book: dict[tuple[str, ...], list[Meaning]] = {}
        for meaning in (*self._names(), *self._cues()):
            stems = content_stems(meaning.phrase)
            if stems:
                book.setdefault(stems, []).append(meaning)
        return book

    def _meaning(self, stems: tuple[str, ...], text: str) -> Meaning | None:
        """Return what stems stand for; of several phrases the one that is worded like the text."""
        found = self._phrases.get(stems, [])
        if len(found) < 2:
            return found[0] if found else None
        words = _words(text)
        chosen = self._chosen.get((stems, words))
        if chosen is None:
            if len(self._chosen) >= REMEMBERED:
                self._chosen.clear()
            chosen = max(found, key=lambda meaning: _likeness(words, meaning))
            self._chosen[stems, words] = chosen
        return chosen

    def _names(self) -> Iterator[Meaning]:
        for unit in self._graph.index.units.values():
            for name in (unit.name, *unit.aliases):
                predicate = "skos:prefLabel" if name == unit.name else "skos:altLabel"
                yield Meaning(
                    name, (unit.code,), (), True, unit.iri, predicate, unit.source, is_name=True
                )

    def _cues(self) -> Iterator[Meaning]:
        for cue in self._graph.index.cues:
            yield Meaning(
                cue.phrase,
                cue.codes,
                cue.any_of,
                cue.is_present,
                cue.iri,
                "skos:prefLabel",
                cue.source,
                is_name=False,
            )

    @cached_property
    def _begun(self) -> frozenset[tuple[str, ...]]:
        """Stems that a phrase begins with, from one stem to all of them."""
        return frozenset(stems[:n] for stems in self._phrases for n in range(1, len(stems) + 1))

    @cached_property
    def _first(self) -> frozenset[str]:
        """First stems of phrases."""
        return frozenset(stems[0] for stems in self._phrases)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[PhraseMatch]:
        """Return the phrases in ``text[start:end]``, longest first at each place, not overlapping.

        Costs about half a microsecond a word that begins no phrase.
        """
        stop = len(text) if end is None else end
        words = list(_TOKEN.finditer(text, start, stop))
        known = self._first
        first = [n for n, word in enumerate(words) if content_stem(word[0]) in known]
        return self.read(text, words, first)

    def read(
        self, text: str, words: Sequence[re.Match[str]], first: Iterable[int]
    ) -> list[PhraseMatch]:
        """Return the phrases in a stretch of text whose words are known, as :meth:`find` does.

        :param words: its words, with the ending ``'s`` in their word and no other sign.
        :param first: numbers of those with which a phrase begins, see :meth:`begins`.
        """
        found: list[PhraseMatch] = []
        free = 0
        for position in first:
            if position >= free:
                match, free = self._match_at(text, words, position)
                if match is not None:
                    found.append(match)
        return found

    def begins(self, word: str) -> bool:
        """Return whether some phrase begins with a word, however it is inflected.

        >>> book = PhraseBook(EmotionGraph.load())
        >>> book.begins("frowning"), book.begins("the")
        (True, False)
        """
        return content_stem(word) in self._first

    def _match_at(
        self, text: str, words: Sequence[re.Match[str]], position: int
    ) -> tuple[PhraseMatch | None, int]:
        """Return the longest phrase that begins with a word, and the place to go on from."""
        first = words[position].start()
        begun = self._begun
        stems: tuple[str, ...] = ()
        best: tuple[PhraseMatch | None, int] = (None, position + 1)
        for index in range(position, len(words)):
            word = words[index]
            if index > position and _is_apart(text, words[index - 1], word):
                break
            stem_ = content_stem(word[0])
            if not stem_:
                continue
            stems = (*stems, stem_)
            if stems not in begun:
                break
            if stems not in self._phrases:
                continue
            meaning = self._meaning(stems, text[first : word.end()])
            if meaning is not None and (len(stems) > 1 or _is_same_word(word[0], meaning)):
                start, meaning = self._narrowed(text, first, meaning)
                best = (PhraseMatch(start, word.end(), meaning), index + 1)
        return best

    def _narrowed(self, text: str, start: int, meaning: Meaning) -> tuple[int, Meaning]:
        """Read "inner" or "outer" before a phrase for the brow raisers as the one that is meant, or both.

        "inner and outer brow raiser" names AU1 and AU2, "inner brows raised" AU1 alone.
        """
        if not _RAISERS.issuperset(meaning.codes) or meaning.any_of:
            return start, meaning
        before = text[max(0, start - 24) : start]
        if len(meaning.codes) == 2:
            side = _BROW_SIDE.search(before)
            if side is None:
                return start, meaning
            code = "AU1" if side["side"].lower() == "inner" else "AU2"
            codes = meaning.codes if side["other"] else (code,)
            return start - len(side[0]), replace(meaning, codes=codes)
        other = _OTHER_SIDE.search(before)
        if other is None or text[start:].lower().startswith(other["other"].lower()):
            return start, meaning
        return start - len(other[0]), replace(meaning, codes=("AU1", "AU2"))

    def name(self, text: str) -> Meaning | None:
        """Return what a text names if a phrase covers all of its content words, None otherwise."""
        return self._meaning(content_stems(text), text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(low for word in _TOKEN.findall(text) if (low := word.lower()) not in _GRAMMAR)


def _likeness(words: tuple[str, ...], meaning: Meaning) -> tuple[bool, int, int, int]:
    """Order phrases: worded the same, most words in common, fewest beyond them, widest in meaning."""
    phrase = _words(meaning.phrase)
    shared = len(set(words) & set(phrase))
    beyond = len(set(phrase) - set(words))
    return (words == phrase, shared, -beyond, len(meaning.all_codes))


def _is_same_word(word: str, meaning: Meaning) -> bool:
    """Keep "bitter" from "bite": of single words only those in -er match names in -er."""
    return word.lower().endswith("er") == meaning.phrase.lower().endswith("er")


def _is_apart(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    between = text[first.end() : second.start()]
    return between != " " and bool(re.search(r"[^\s'\u2019_-]", between))
