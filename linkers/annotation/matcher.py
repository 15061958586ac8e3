"""Finds the forms of the lexicon among the words of a text: one dictionary look-up a word.

What a word may mean, alone or as the first of a phrase, is worked out when it is first met and then
remembered, so a text of known words costs little more than splitting it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import itemgetter

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotation.people import names_person
from affectgraph.linkers.annotation.remembered import LONGEST, Remembered
from affectgraph.linkers.annotation.stems import IRREGULAR, STEMS, stem
from affectgraph.linkers.annotation.tokens import WORD
from affectgraph.linkers.annotation.uses import Use, Usual, use_of
from affectgraph.linkers.english import is_english
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.inflection import base_forms
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.model import Candidate, Evidence, EvidenceKind
from affectgraph.linkers.prepared import Lists, prepared
from affectgraph.linkers.scores import P_RIGHT

REMEMBERED = 100_000
"""Words whose meaning is remembered before the memory is emptied."""

LEAST = 0.6
"""Words of a lower strength only suggest their concept, and are not marked."""

FIGURATIVE = 0.7
"""Least strength of phrases that mean an emotion by an image and have an ordinary sense."""

_LONG = re.compile(r"(.)\1{2,}")
_POSSESSIVES = frozenset("my your his her its our their one's whose".split())
_SELVES = frozenset(
    "myself yourself himself herself itself ourselves yourselves themselves oneself".split()
)
SKIPPED = frozenset(
    """is are was were am be been being has have had so just really all absolutely completely totally always
    still almost literally practically fucking quite very""".split()
)
"""Words that may stand inside a phrase without being part of it."""
MOST_SKIPPED = 8
"""How many of them in a row; a text of nothing else is walked at each of its words."""

_SKIPPED_STEMS = frozenset(map(stem, SKIPPED))
_DETERMINERS = frozenset("the a an my your his her its our their this that every each".split())
_OWNER = 1
_SELF = 2
_SOMEBODY = 4
_PLACES = {"one's": _OWNER, "someone's": _OWNER, "somebody's": _OWNER, "oneself": _SELF}
_PLACES |= {"someone": _SOMEBODY, "somebody": _SOMEBODY}


class Node:
    """What may follow the first words of phrases.

    :ivar following: by the stem of the next word.
    :ivar placed: by the kind of owner, self or person that may follow and that the phrase does not name.
    :ivar places: these kinds, joined by ``|``.
    :ivar form: the phrase that ends here, None if none does.
    """

    __slots__ = ("following", "form", "placed", "places")

    def __init__(self) -> None:
        self.following: dict[str, Node] = {}
        self.placed: dict[int, Node] = {}
        self.places = 0
        self.form: str | None = None

    def then(self, word: str) -> "Node":
        """Return what follows a word of a phrase, made if need be."""
        place = _PLACES.get(word)
        if place is None:
            return self.following.setdefault(stem(word), Node())
        self.places |= place
        return self.placed.setdefault(place, Node())


def _fills(word: str) -> int:
    """Return the kinds of places that a word may fill or begin to fill, joined by ``|``."""
    fills = _OWNER if word in _POSSESSIVES or word.endswith("'s") else 0
    if word in _SELVES:
        fills |= _SELF
    if word.isalpha() and (word in _DETERMINERS or _is_somebody(word)):
        fills |= _SOMEBODY
    return fills


def _is_somebody(word: str) -> bool:
    return names_person(word) or not is_english(word)


FILLS = Remembered(_fills)
_IS_SOMEBODY = Remembered(_is_somebody)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the lexicon as it is used in texts.

    :param is_inflected: whether an ending was taken off to find it.
    :param is_figurative: whether it means its concept by an image.
    :param parts_of_speech: of all its entries.
    :param use: how it is used, by the table of uses; None if that lacks it and what it comes from.
    :param usual: how often it means a feeling, by that table or else by the lexicon.
    :param is_never: whether it is too weak or rare to be marked anywhere.
    :ivar first: the strongest entry.
    :ivar is_open: whether ``usual`` says that it mostly means something else.
    :ivar is_noun, is_adjective, is_verb, is_interjection: whether its parts of speech have it.
    """

    form: str
    entries: tuple[Entry, ...]
    candidates: tuple[Candidate, ...]
    is_inflected: bool
    is_figurative: bool
    use: Use | None
    parts_of_speech: frozenset[str]
    usual: Usual
    is_never: bool
    first: Entry = field(init=False)
    is_open: bool = field(init=False)
    is_noun: bool = field(init=False)
    is_adjective: bool = field(init=False)
    is_verb: bool = field(init=False)
    is_interjection: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out what the rules ask most."""
        put = partial(object.__setattr__, self)
        put("first", self.entries[0])
        put("is_open", self.usual in {"sometimes", "seldom"})
        put("is_noun", "noun" in self.parts_of_speech)
        put("is_adjective", "adjective" in self.parts_of_speech)
        put("is_verb", "verb" in self.parts_of_speech)
        put("is_interjection", "interjection" in self.parts_of_speech)


@dataclass(frozen=True, slots=True)
class Known:
    """What a word is: a form of its own, the first of phrases, or both.

    :param opens: stems of words that may follow in a phrase.
    :param places: kinds of places that may follow in a phrase, as of a node.
    """

    form: Form | None
    node: Node | None
    opens: frozenset[str]
    places: int


class Matcher(dict[str, Known | None]):
    """Words of texts and what they are. Threads may share one.

    :param graph: where words come from.
    :param lexicon: the same, by form.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        super().__init__()
        self._graph = graph
        self._lexicon = lexicon
        self.stems = STEMS

    def __missing__(self, word: str) -> Known | None:
        """Work out what a word is."""
        node = self._root(self.stems[word])
        form = self._single(word)
        known = None
        if node is not None:
            known = Known(form, node, frozenset(node.following) | _SKIPPED_STEMS, node.places)
        elif form is not None:
            known = Known(form, None, frozenset(), 0)
        if len(word) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[word] = known
        return known

    def _single(self, word: str) -> Form | None:
        if len(word) < 2 or len(word) > LONGEST or not word.isascii():
            return None
        for spelled in _spellings(word):
            entries, is_inflected = self._lexicon.look_up(spelled)
            if any(not entry.is_rare for entry in entries):
                return self._form(spelled, entries, is_inflected, spelled)
            if entries and use_of(spelled) is not None:
                return self._form(spelled, entries, is_inflected, spelled)
            form = self._verb(spelled)
            if form is not None:
                return form
            if entries:
                return self._form(spelled, entries, is_inflected)
        return None

    def _verb(self, word: str) -> Form | None:
        """Return the verb that a word is a form of, also where its adjective was rejected: "hugged"."""
        bases = [IRREGULAR[word]] if word in IRREGULAR else []
        bases += [base.form for base in base_forms(word) if "verb" in base.parts_of_speech]
        for base in bases:
            found = self._lexicon.words.get(base, ())
            verbs = tuple(e for e in found if "verb" in e.parts_of_speech and not e.is_rare)
            use = use_of(base) if found else None
            if verbs or (use is not None and use.usual in {"feeling", "mostly", "sometimes"}):
                return self._form(base, verbs or found, True, word)
        return None

    def _form(
        self, form: str, entries: tuple[Entry, ...], is_inflected: bool, word: str = ""
    ) -> Form:
        kept = tuple(e for e in entries if not e.is_rare) or entries
        is_figurative = self._lexicon.is_figurative(form)
        use = use_of(word) or use_of(form) or _use_of_base(form)
        usual = use.usual if use is not None else _usual(kept[0], form, is_figurative)
        is_open = usual not in {"feeling", "mostly"}
        is_rare = kept[0].is_rare and is_open
        return Form(
            form,
            kept,
            tuple(_candidate(entry, form, is_inflected) for entry in kept),
            is_inflected,
            is_figurative,
            use,
            frozenset().union(*(entry.parts_of_speech for entry in kept)),
            usual,
            is_rare or (kept[0].strength < LEAST and (use is None or is_open)),
        )

    def sign(self, text: str) -> Form | None:
        """Return what an emoji or emoticon means, None if it is none."""
        entries = self._lexicon.look_up_sign(text)
        return self._form(text, entries, False) if entries else None

    def phrases(self, words: list[str], position: int, known: Known) -> list[tuple[int, Form]]:
        """Return the phrases at a position as (end, form), the longest first."""
        found: list[tuple[int, str]] = []
        node = known.node
        if node is not None and not self._breaks_off(words, position, node):
            self._walk(words, position + 1, node, found)
        if not found:
            return []
        if len(found) > 1:
            found.sort(key=itemgetter(0), reverse=True)
        return [(end, self._phrase(form)) for end, form in found]

    def _breaks_off(self, words: list[str], position: int, node: Node) -> bool:
        """Return whether no phrase goes on behind its first two words: a look that spares most walks."""
        if node.places:
            return False
        second = node.following.get(
            self.stems[words[position + 1]], node
        )  # itself if it is skipped
        if second.form is not None or second.places:
            return False
        third = words[position + 2] if position + 2 < len(words) else ""
        return self.stems[third] not in second.following and third not in SKIPPED

    def _walk(
        self, words: list[str], position: int, node: Node, found: list[tuple[int, str]]
    ) -> None:
        """Collect the phrases that go on at a position with their ends."""
        last = len(words)
        stems = self.stems
        skipped = 0
        while True:
            form = node.form
            if form is not None:
                found.append((position, form))
            if position >= last:
                return
            word = words[position]
            if node.places and node.places & FILLS[word]:
                self._walk_place(words, position, node, found)
            following = node.following.get(stems[word])
            position += 1
            if following is not None:
                node, skipped = following, 0
            elif word not in SKIPPED or form is not None or skipped == MOST_SKIPPED:
                return
            else:
                skipped += 1

    def _walk_place(
        self, words: list[str], position: int, node: Node, found: list[tuple[int, str]]
    ) -> None:
        """Walk on behind an owner, a person or a self that stands where a phrase has a place for it."""
        word = words[position]
        filled = node.places & FILLS[word]
        for place, behind in node.placed.items():
            if place != _SOMEBODY and place & filled:
                self._walk(words, position + 1, behind, found)
        if filled & _SOMEBODY:
            if word in _DETERMINERS and position + 1 < len(words):
                position += 1
            if _IS_SOMEBODY[words[position]]:
                self._walk(words, position + 1, node.placed[_SOMEBODY], found)

    def _phrase(self, form: str) -> Form:
        found = self._made.get(form)
        if found is None:
            found = self._made[form] = self._form(form, self._lexicon.words[form], False)
        return found

    @cached_property
    def _made(self) -> dict[str, Form]:
        return {}

    def _root(self, first: str) -> Node | None:
        """Return what may follow a first word, by stem; None if no phrase begins with it."""
        root = self._roots.get(first)
        if root is None and first in self._forms_by_first:
            root = Node()
            for form in self._forms_by_first[first]:
                _insert(root, WORD.findall(form)[1:], form)
            self._roots[first] = root
        return root

    @cached_property
    def _roots(self) -> dict[str, Node]:
        return {}

    @cached_property
    def _forms_by_first(self) -> Lists:
        """Phrases of the lexicon by the stem of their first word."""
        words = self._lexicon.words
        return prepared(self._graph, "phrase_starts", lambda: phrase_starts(words))


def phrase_starts(forms: Iterable[str]) -> Lists:
    """Return the phrases among forms by the stem of their first word."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        start = None if form.isalpha() else WORD.search(form)
        if start is not None and start.end() < len(form):
            for first in _firsts([start[0], form]):
                found[stem(first)].append(form)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _spellings(word: str) -> Iterator[str]:
    """Yield a word as written, then with drawn-out letters shortened: "sooo", "happyyy"."""
    yield word
    if _LONG.search(word):
        yield _LONG.sub(r"\1\1", word)
        yield _LONG.sub(r"\1", word)
    elif word.endswith("'s"):
        yield word[:-2]


def _firsts(words: list[str]) -> list[str]:
    """Return the first words of a phrase in texts; none for single words and unknown persons."""
    if len(words) < 2 or words[:1] == ["be"] or _PLACES.get(words[0]) in {_SOMEBODY, _SELF}:
        return []
    return sorted(_POSSESSIVES) if words[0] in _PLACES else [words[0]]


def _insert(node: Node, words: list[str], form: str) -> None:
    """Add a phrase behind the node of its first word."""
    for word in words:
        node = node.then(word)
    node.form = node.form or form


def _usual(entry: Entry, form: str, is_figurative: bool) -> Usual:
    """Return how often a form that the table of uses lacks means a feeling, by what the lexicon says.

    Such forms are rare, and most of them mean nothing else.
    """
    if entry.is_rare:
        return "seldom"
    if not entry.is_weak:
        return "feeling"
    if " " in form:
        return "sometimes" if is_figurative and entry.strength >= FIGURATIVE else "seldom"
    return "sometimes"


def _use_of_base(form: str) -> Use | None:
    """Return how the word is used that a form without a row of its own comes from."""
    bases = [IRREGULAR[form]] if form in IRREGULAR else []
    for base in (*bases, *(base.form for base in base_forms(form))):
        use = use_of(base)
        if use is not None:
            return use
    return None


def _candidate(entry: Entry, query: str, is_inflected: bool) -> Candidate:
    kind: EvidenceKind = "weak" if entry.is_weak else "inflection" if is_inflected else entry.kind
    value = P_RIGHT[kind]
    evidence = Evidence(kind, query, entry.form, entry.iri, entry.source, value)
    return Candidate(entry.concept, round(value * entry.share, 4), (evidence,))
