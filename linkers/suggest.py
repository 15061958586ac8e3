"""What somebody who types may mean: concepts, labels of schemes and words, by how they begin."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, get_args

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import SchemeLabel
from affectgraph.kg.words import concept_slug
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG

SuggestionKind = Literal["concept", "label", "word"]
"""A concept of the graph, a label of one or more schemes, a word of the vocabulary."""

SuggestionMatch = Literal["exact", "prefix", "word_prefix"]
"""The whole text, its beginning, the beginning of a word inside it."""

KINDS: Final[tuple[SuggestionKind, ...]] = get_args(SuggestionKind)

_JOINT: Final = re.compile(r"(?<=[^\W_])[-_/]+")
"""What joins words in labels, and stands in emoticons otherwise."""
_UNSEEN: Final = frozenset({"Mn", "Cf"})
_LAST: Final = "\U0010ffff"
MISSPELLING: Final = AG + "Misspelling"
"""Class of the entries that are never suggested."""

_Meaning = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Concepts, schemes and IRIs."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that begins as was asked.

    :param text: as the graph writes it; a label as most of its schemes do.
    :param match: where it begins so.
    :param concepts: slugs of what it stands for, in the order of the graph; empty for a label without a home.
    :param schemes: for a label the names of its schemes, sorted; empty otherwise.
    :param iris: of the concept; of the label in each of ``schemes``, in their order; of the word's senses.
    """

    text: str
    kind: SuggestionKind
    match: SuggestionMatch
    concepts: tuple[str, ...]
    schemes: tuple[str, ...]
    iris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What may be suggested; what it stands for is looked up when it is.

    :param name: slug of a concept; of labels and words the text.
    """

    kind: SuggestionKind
    key: str
    text: str
    name: str


def suggestion_key(text: str) -> str:
    """Return a text as suggestions compare it: folded, without accents, with spaces between words.

    >>> suggestion_key("  D\u00e9j\u00e0-vu "), suggestion_key("STRASSE") == suggestion_key("stra\u00dfe")
    ('deja vu', True)
    """
    folded = unicodedata.normalize("NFKD", text.replace("\u2019", "'").casefold())
    if not folded.isascii():
        folded = "".join(c for c in folded if unicodedata.category(c) not in _UNSEEN)
    return " ".join(_JOINT.sub(" ", folded).split())


class _Beginnings:
    """Texts with the numbers of what they lead to, sorted, so that a beginning is a range."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self._texts = [text for text, _ in ordered]
        self._numbers = [number for _, number in ordered]

    def equal(self, text: str) -> Sequence[int]:
        """Return the numbers of a text."""
        low = bisect_left(self._texts, text)
        return self._numbers[low : bisect_right(self._texts, text, lo=low)]

    def beginning(self, text: str) -> Sequence[int]:
        """Return the numbers of texts that begin with one."""
        low = bisect_left(self._texts, text)
        return self._numbers[low : bisect_right(self._texts, text + _LAST, lo=low)]


class Suggester:
    """Completes what is typed from a graph's names, by sorted lists. Threads may share one.

    Making one reads all names, some 0.1 s; a question then costs tens of microseconds, and for one letter a
    hundred or two. Misspellings are not suggested. Writings of a label that differ in case,
    accents or hyphens alone are one label.

    :param graph: the graph whose names are suggested.

    >>> found = Suggester(EmotionGraph.load()).suggest("Dre", limit=2)
    >>> [(s.text, s.kind, s.match, s.concepts) for s in found]
    [('dread', 'concept', 'prefix', ('dread',)), ('dread', 'word', 'prefix', ('dread',))]
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self._concepts = graph.index.concepts
        self._labels = _labels(graph)
        self._senses = graph.index.words.reader("kind", "concept", "sense")
        # The number of an entry is its rank among equal matches: by kind, then short before long.
        self._entries = sorted(
            (*_concept_entries(graph), *_label_entries(self._labels), *_word_entries(graph)),
            key=lambda e: (KINDS.index(e.kind), len(e.key), e.key, e.name),
        )
        self._wholes = _Beginnings((e.key, n) for n, e in enumerate(self._entries))
        self._inners = _Beginnings(
            (inner, n) for n, e in enumerate(self._entries) for inner in _inner_words(e.key)
        )

    def suggest(
        self, text: str, *, limit: int = 10, kinds: Collection[SuggestionKind] = KINDS
    ) -> tuple[Suggestion, ...]:
        """Return what begins with a text, best first; empty for one without letters or signs.

        Whole matches come before beginnings, and those before beginnings of words inside; then concepts
        before labels before words, short before long, and by the alphabet. Case, accents and hyphens do not
        count. The first suggestions of a larger ``limit`` are those of a smaller one.

        :param text: what has been typed so far.
        :param kinds: what to suggest.
        :raises InputError: if ``text`` is no text, ``limit`` is below 1, or a kind is none of
            :data:`SuggestionKind`.
        """
        _require(text, limit, kinds)
        key = suggestion_key(text)
        return tuple(islice(self._matches(key, frozenset(kinds)), limit)) if key else ()

    def _matches(self, key: str, kinds: frozenset[SuggestionKind]) -> Iterator[Suggestion]:
        """Yield all suggestions for a key, best first."""
        seen: set[int] = set()
        steps: tuple[tuple[SuggestionMatch, Callable[[str], Sequence[int]]], ...] = (
            ("exact", self._wholes.equal),
            ("prefix", self._wholes.beginning),
            ("word_prefix", self._inners.beginning),
        )
        for match, numbers in steps:
            new = {n for n in numbers(key) if self._entries[n].kind in kinds} - seen
            seen |= new
            for entry in map(self._entries.__getitem__, sorted(new)):
                meaning = self._meaning(entry)
                if meaning is not None:
                    yield Suggestion(entry.text, entry.kind, match, *meaning)

    def _meaning(self, entry: _Entry) -> _Meaning | None:
        """Return concepts, schemes and IRIs of an entry, None for a misspelling."""
        if entry.kind == "concept":
            return (entry.name,), (), (self._concepts[entry.name].iri,)
        if entry.kind == "label":
            labels = self._labels[entry.key]
            concepts = _once(anchor.concept for label in labels for anchor in label.anchors)
            return concepts, tuple(x.scheme for x in labels), tuple(x.iri for x in labels)
        senses = [row for row in self._senses(entry.name) if row[0] != MISSPELLING]
        if not senses:
            return None
        concepts = _once(concept_slug(concept) for _, concept, _ in senses)
        return concepts, (), tuple(sense for _, _, sense in senses)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _labels(graph: EmotionGraph) -> dict[str, list[SchemeLabel]]:
    """Return the labels of all schemes by key, in the order of the schemes' names."""
    found: defaultdict[str, list[SchemeLabel]] = defaultdict(list)
    for scheme in graph.schemes():
        for label in scheme.labels:
            found[suggestion_key(label.name)].append(label)
    return found


def _concept_entries(graph: EmotionGraph) -> Iterator[_Entry]:
    for concept in graph.index.concepts.values():
        if not concept.is_own:
            yield _Entry("concept", suggestion_key(concept.label), concept.label, concept.slug)
    for own in graph.index.own_labels:
        yield _Entry("concept", suggestion_key(own.text), own.text, own.concept)


def _label_entries(labels: Mapping[str, Sequence[SchemeLabel]]) -> Iterator[_Entry]:
    """Yield labels as most schemes write them, the first by code point where as many do."""
    for key, same in labels.items():
        counts = Counter(label.name for label in same)
        text = min(counts, key=lambda name: (-counts[name], name))
        yield _Entry("label", key, text, text)


def _word_entries(graph: EmotionGraph) -> Iterator[_Entry]:
    return (_Entry("word", suggestion_key(form), form, form) for form in graph.index.words)


def _inner_words(key: str) -> Iterator[str]:
    """Yield a key from each of its words on but the first."""
    return (key[place + 1 :] for place, char in enumerate(key) if char == " ")


def _require(text: object, limit: int, kinds: Collection[str]) -> None:
    if not isinstance(text, str):
        raise InputError(f"Expected text, got {type(text).__name__}.")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InputError(f"Expected a limit of 1 or more, got {limit!r}.")
    is_list = isinstance(kinds, Collection) and not isinstance(kinds, str)
    if not is_list or not kinds or any(kind not in KINDS for kind in kinds):
        raise InputError(
            f"Expected kinds of suggestions, some of {', '.join(KINDS)}, got {kinds!r}. "
            "Give them as a list; leave them out for all."
        )
