"""Every word and label the graph knows, by normalised form."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from typing import Any, Generic, TypeVar

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.grouped import GroupedRows, Rows
from affectgraph.kg.model import Concept, SchemeLabel
from affectgraph.kg.words import source_id
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.inflection import base_forms
from affectgraph.linkers.letters import LetterSets
from affectgraph.linkers.lexicon_rows import entry_of, is_figurative_row
from affectgraph.linkers.normalise import normalise, plain_spelling
from affectgraph.linkers.own_names import own_entries, own_forms
from affectgraph.linkers.prepared import Lists, kept_entries

_PLAIN = re.compile(r"^[a-z]+(?:[ '-][a-z]+)*$", re.MULTILINE)
"""A line that is a normalised form as it stands: nearly all forms of a lexicon are."""

SUGGESTING = 0.6
"""Words of a lower strength suggest their concept and do not name it."""

RARE = "rare"
"""Why a form is rejected that may still be an inflection of a word that is not: "apologised"."""

VERB = frozenset({"verb"})

REMEMBERED = 8192
"""Number of forms that the lexicon lacks whose bases are remembered; texts repeat their words."""

ALIKE = 0.8
"""Least share of letters in common, as difflib counts them, of words spelled alike."""

STRONG_ANCHORS = frozenset({"exact", "close", "narrower"})


Held = TypeVar("Held")

CELLS = tuple("pos concept relation role strength weight ambiguous confidence sense source".split())
"""Variables of the query ``forms`` that an entry is made of."""


@cache
def _part_of_speech(iri: str) -> frozenset[str]:
    return frozenset({iri.rpartition("#")[2]})


def plain_sign(text: str) -> str:
    """Return an emoji or emoticon without white space around it and without variation selectors.

    >>> plain_sign(" :) ")
    ':)'
    """
    sign = text.strip()
    return sign if sign.isascii() else sign.replace("\ufe0f", "").replace("\ufe0e", "")


def _add(entries: list[Entry], entry: Entry) -> None:
    """Add an entry, or what it adds to the one that names the same concept already."""
    for index, other in enumerate(entries):
        if other.concept is entry.concept:
            entries[index] = replace(
                other,
                parts_of_speech=other.parts_of_speech | entry.parts_of_speech,
                is_weak=other.is_weak and entry.is_weak,
                is_rare=other.is_rare and entry.is_rare,
                share=max(other.share, entry.share),
                role=entry.role if entry.strength > other.strength else other.role,
                strength=max(other.strength, entry.strength),
                is_divided=other.is_divided and entry.is_divided,
            )
            return
    entries.append(entry)


def _with_share(entry: Entry, share: float) -> Entry:
    """Return an entry with another share; ``replace`` would take five times as long."""
    if entry.share == share:
        return entry
    return Entry(
        entry.form,
        entry.concept,
        entry.kind,
        entry.parts_of_speech,
        entry.role,
        entry.iri,
        entry.source,
        entry.is_weak,
        share,
        entry.is_rare,
        entry.strength,
        entry.is_divided,
    )


def _ranked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries of a form, the strongest first, with shares relative to it.

    The name of a packaged concept is that concept, whatever else the word may connote; a concept of a
    user's own neither hides others nor is hidden.
    """
    if len(entries) == 1:
        return (_with_share(entries[0], 1.0),)
    named = [e for e in entries if e.kind == "label" and not e.concept.is_own]
    chosen = [*named, *(e for e in entries if e.concept.is_own)] if named else entries
    top = max(entry.share for entry in chosen)
    shared = [_with_share(entry, round(entry.share / top, 4)) for entry in chosen]
    if len(shared) == 1:
        return (shared[0],)
    return tuple(sorted(shared, key=_by_strength))


def _by_strength(entry: Entry) -> tuple[float, bool, bool, str]:
    return (-entry.share, entry.is_weak, entry.kind != "label", entry.concept.slug)


def lexicon_forms(graph: EmotionGraph) -> Lists:
    """Return the written forms of a graph's words and names by normalised form, signs left out.

    A concept's name may have no word. Forms with hyphens or marks on letters stand under their plain spelling
    too. Costs some ten milliseconds.
    """
    words, signs = graph.index.words, graph.index.signs
    plain = set(_PLAIN.findall("\n".join(words)))
    names = [*(name for name, _ in _named_concepts(graph)), *own_forms(graph)]
    forms: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    for form in words:
        if form not in signs:
            key = form if form in plain else normalise(form)
            forms[key] = (*forms[key], form) if key in forms else (form,)
    marked = [form for form in forms if "-" in form or not form.isascii()]
    for form in marked:
        forms.setdefault(plain_spelling(form), forms[form])
    return forms


def _named_concepts(graph: EmotionGraph) -> Iterator[tuple[str, Concept]]:
    """Yield packaged concepts with normalised labels; where one label names two tiers, the higher."""
    for concept in graph.index.concepts.values():
        if not concept.is_own and graph.get_concept(concept.label) == concept:
            yield normalise(concept.label), concept


class Entries(Mapping[str, tuple[Entry, ...]], Generic[Held]):
    """Entries by normalised form, made when a form is first asked for.

    :param forms: what entries are made of by normalised form: written forms, or kept rows.
    :param make: the entries under one normalised form.
    """

    def __init__(
        self, forms: Mapping[str, Held], make: Callable[[str, Held], tuple[Entry, ...]]
    ) -> None:
        self._forms = forms
        self._make = make
        self._made: dict[str, tuple[Entry, ...]] = {}

    def __getitem__(self, form: str) -> tuple[Entry, ...]:
        made = self.find(form)
        if made is None:
            raise KeyError(form)
        return made

    def find(self, form: str) -> tuple[Entry, ...] | None:
        """Return the entries of a form, None if there is none; ``get`` takes longer."""
        made = self._made.get(form)
        if made is None and form in self._forms:
            made = self._made[form] = self._make(form, self._forms[form])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def __contains__(self, form: object) -> bool:
        return form in self._forms

    def keys(self) -> KeysView[str]:
        """Return the forms; what is common to them and a set is found without a look at all of them."""
        return self._forms.keys()


class Lexicon:
    """The words of a graph. It cannot be changed, and threads may share it.

    Reading the forms takes a few milliseconds, once; a word's first look-up costs microseconds more
    than the next.

    :param graph: where the words come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self._made: dict[str, LetterSets] = {}
        self._found = lru_cache(maxsize=REMEMBERED)(self._inflected)

    @cached_property
    def words(self) -> Entries[Any]:
        """Entries by form, without emoji and emoticons: the strongest first, a concept's name alone.

        Forms with hyphens or marks on letters stand under their plain spelling too.
        """
        kept = self._kept
        return Entries(kept, self._read) if kept else Entries(lexicon_forms(self.graph), self._make)

    @cached_property
    def _kept(self) -> GroupedRows | None:
        return kept_entries(self.graph)

    def _read(self, form: str, rows: Rows) -> tuple[Entry, ...]:
        concepts = self.graph.index.concepts
        return tuple([entry_of(row, concepts) for row in rows])

    def is_figurative(self, form: str) -> bool:
        """Return whether a form, as it is written, means an emotion by an image in one of its senses."""
        if self._kept is not None and form in self._kept:
            return is_figurative_row(self._kept[form][0])
        return any(sense.is_figurative for sense in self.graph.index.words.get(form, ()))

    @cached_property
    def signs(self) -> Entries[list[str]]:
        """Entries of emoji and emoticons, by the sign without white space and variation selectors."""
        forms: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self.graph.index.signs):
            forms[plain_sign(form)].append(form)
        return Entries(dict(forms), self._make_sign)

    def look_up_sign(self, text: str) -> tuple[Entry, ...]:
        """Return the entries of a text that is one emoji or emoticon; empty if it is none."""
        return self.signs.find(plain_sign(text)) or ()

    @cached_property
    def _names(self) -> dict[str, Entry]:
        """Entries of the names of concepts; where one word names two tiers, of the higher."""
        return {
            form: Entry(
                form,
                concept,
                "label",
                frozenset({"noun"}),
                "state",
                concept.iri,
                "parrott-2001" if concept.is_emotion else concept.source,
                False,
            )
            for form, concept in _named_concepts(self.graph)
        }

    @cached_property
    def _own(self) -> Mapping[str, list[Entry]]:
        return own_entries(self.graph)

    def _make(self, form: str, written: Sequence[str]) -> tuple[Entry, ...]:
        is_plain = not written or written[0] == form
        named = self._names.get(form if is_plain else normalise(written[0]))
        found = [named] if named is not None else []
        for entry in self._own.get(form, ()):
            _add(found, entry)
        return self._entries(form, written, found)

    def _make_sign(self, form: str, written: Sequence[str]) -> tuple[Entry, ...]:
        return self._entries(form, written, [])

    def _entries(self, form: str, written: Sequence[str], found: list[Entry]) -> tuple[Entry, ...]:
        """Return the entries found and those of all senses of written forms, ranked."""
        senses = [row for name in written for row in self._cells(name)]
        if len(senses) == 1 and not found:
            return (self._entry(form, senses[0], share=1.0),)
        for sense in senses:
            _add(found, self._entry(form, sense))
        return _ranked(found)

    def _entry(self, form: str, sense: tuple[str, ...], share: float | None = None) -> Entry:
        """Return the entry of a sense, from the cells as they are kept: a ``WordForm`` would cost as much.

        :param share: how it compares, if that is known; else its strength times its weight.
        """
        pos, concept, relation, role, strength, weight, ambiguous, confidence, iri, source = sense
        how_directly = float(strength)
        is_rare = confidence == "low"
        return Entry(
            form,
            self._concepts[concept],
            "derivation" if relation == "derivation" else "lexical",
            _part_of_speech(pos),
            role,
            iri,
            source_id(source),
            ambiguous == "true" or how_directly < SUGGESTING or is_rare,
            share or how_directly * (float(weight) if weight else 1),
            is_rare,
            how_directly,
            bool(weight) and float(weight) < 1,
        )

    @cached_property
    def _cells(self) -> Callable[[str], list[tuple[str, ...]]]:
        return self.graph.index.words.reader(*CELLS)

    @cached_property
    def _concepts(self) -> Mapping[str, Concept]:
        return {concept.iri: concept for concept in self.graph.index.concepts.values()}

    def look_up(self, form: str) -> tuple[tuple[Entry, ...], bool]:
        """Return the entries of a normalised form, and whether it took an inflection rule.

        The word itself comes first; failing that, base forms whose part of speech fits the ending. A
        word that was read and rejected comes from a verb that is plain, or from nothing ("number" is not
        from "numb"), and so does a word in -er from one whose common meaning is another.

        >>> entries, inflected = Lexicon(EmotionGraph.load()).look_up("fears")
        >>> entries[0].concept.slug, inflected
        ('fear', True)
        """
        entries = self.words.find(form)
        return self._found(form) if entries is None else (entries, False)

    def _inflected(self, form: str) -> tuple[tuple[Entry, ...], bool]:
        """Return the entries of the base of a form that the lexicon lacks."""
        head, space, last = form.rpartition(" ")
        for base in base_forms(last):
            entries = self.words.find(head + space + base.form) or ()
            fitting = tuple(e for e in entries if self._is_base(form, e, base.parts_of_speech))
            if fitting:
                return fitting, True
        return (), False

    def _is_base(self, form: str, entry: Entry, parts_of_speech: frozenset[str]) -> bool:
        """Return whether a form may be an inflection of an entry, given the parts of speech it fits."""
        if not entry.parts_of_speech & parts_of_speech:
            return False
        if self.graph.index.rejected_forms.get(form, RARE) != RARE:
            return not entry.is_weak and parts_of_speech == VERB
        return not (entry.is_weak and form.endswith("er") and not form.endswith("ier"))

    @cached_property
    def _initials(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for form in self.words:
            found[form[:1]].append(form)
        return dict(found)

    def _letters(self, initial: str) -> LetterSets:
        """Return the words with a first letter by their letters, made when a letter is first asked for."""
        found = self._made.get(initial)
        if found is None:
            found = LetterSets(self._initials.get(initial, ()))
            if initial in self._initials:
                self._made[initial] = found
        return found

    def alike(self, form: str) -> list[str]:
        """Return up to three words spelled like a form, best first, of those with its first letter.

        >>> Lexicon(EmotionGraph.load()).alike("angryy")[0]
        'angry'
        """
        likely = self._letters(form[:1]).sharing(form, ALIKE)
        return get_close_matches(form, likely, n=3, cutoff=ALIKE)

    @cached_property
    def scheme_labels(self) -> Mapping[str, tuple[SchemeLabel, ...]]:
        """Labels of all schemes by normalised name."""
        found: dict[str, list[SchemeLabel]] = defaultdict(list)
        for scheme in self.graph.schemes():
            for label in scheme.labels:
                found[normalise(label.name)].append(label)
        return {name: tuple(labels) for name, labels in found.items()}

    @cached_property
    def scheme_aliases(self) -> Mapping[tuple[str, str], tuple[SchemeLabel, ...]]:
        """Labels by their scheme's name and a normalised alias; an alias means nothing elsewhere."""
        found: dict[tuple[str, str], list[SchemeLabel]] = defaultdict(list)
        for scheme in self.graph.schemes():
            for label in scheme.labels:
                for form in dict.fromkeys(normalise(alias) for alias in label.aliases):
                    found[scheme.name, form].append(label)
        return {key: tuple(labels) for key, labels in found.items()}

    @cached_property
    def longest(self) -> int:
        """Number of words of the longest form."""
        return max(self.reach.values())

    @cached_property
    def reach(self) -> Mapping[str, int]:
        """Number of words of the longest form by the first word of all forms."""
        found: dict[str, int] = {}
        for form in self.words:
            first, _, _ = form.partition(" ")
            found[first] = max(found.get(first, 1), form.count(" ") + 1)
        return found
