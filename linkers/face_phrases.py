"""Finds names of facial actions and everyday phrases for them in running text.

A phrase matches however it is inflected and whatever auxiliaries, articles and adverbs of degree stand
in it: "the inner brows are slightly raised" and "inner brow raised" are one phrase.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

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


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase in a text: ``text[start:end]``, and what it stands for."""

    start: int
    end: int
    meaning: Meaning


def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry a phrase's meaning."""
    return tuple(stem(m[0]) for m in _TOKEN.finditer(text) if m[0].lower() not in _SKIPPED)


class PhraseBook:
    """The phrases of a graph: FACS names, their aliases and cue phrases. Cannot be changed.

    :param graph: where the phrases come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph

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
        return max(found, key=lambda meaning: _likeness(words, meaning))

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
    def _reach(self) -> dict[str, int]:
        """Number of stems of the longest phrase by its first stem."""
        found: dict[str, int] = {}
        for stems in self._phrases:
            found[stems[0]] = max(found.get(stems[0], 0), len(stems))
        return found

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[PhraseMatch]:
        """Return the phrases in ``text[start:end]``, longest first at each place, not overlapping."""
        stop = len(text) if end is None else end
        words = list(_TOKEN.finditer(text, start, stop))
        found: list[PhraseMatch] = []
        position = 0
        while position < len(words):
            match, position = self._match_at(text, words, position)
            if match is not None:
                found.append(match)
        return found

    def _match_at(
        self, text: str, words: list[re.Match[str]], position: int
    ) -> tuple[PhraseMatch | None, int]:
        longest = self._reach.get(stem(words[position][0]), 0)
        if words[position][0].lower() in _SKIPPED or not longest:
            return None, position + 1
        stems: list[str] = []
        best: tuple[PhraseMatch, int] | None = None
        for index in range(position, len(words)):
            if index > position and _is_apart(text, words[index - 1], words[index]):
                break
            if words[index][0].lower() in _SKIPPED:
                continue
            stems.append(stem(words[index][0]))
            if len(stems) > longest:
                break
            span = text[words[position].start() : words[index].end()]
            meaning = self._meaning(tuple(stems), span) if tuple(stems) in self._phrases else None
            if meaning is not None and (len(stems) > 1 or _is_same_word(words[index][0], meaning)):
                start, meaning = self._narrowed(text, words[position].start(), meaning)
                found = PhraseMatch(start, words[index].end(), meaning)
                best = (found, index + 1)
        return best if best is not None else (None, position + 1)

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
    return tuple(m[0].lower() for m in _TOKEN.finditer(text) if m[0].lower() not in _GRAMMAR)


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
    return bool(re.search(r"[^\s'\u2019_-]", between))
