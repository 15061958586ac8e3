"""Finds phrases of the lexicon in other words for who, when and what: "blew his top at me".

A phrase is a pattern (:mod:`affectgraph.linkers.phrase_patterns`). A label matches if it has the pattern's
words in order, before them nothing but persons and light verbs, and after them nothing but adverbs, what a
preposition brings in, or the object that the phrase asks for. So "had a crush on his teacher" is "have a
crush on", and "crushed grapes" is not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from affectgraph.linkers.annotation.uses import is_seldom_felt
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.phrase_patterns import (
    UNMISTAKABLE,
    Part,
    Pattern,
    key_of,
    patterns,
    stem,
    stems_of,
    tokens,
)
from affectgraph.linkers.phrase_words import (
    ADVERBS,
    CAUSING,
    CONJUNCTIONS,
    LEADING,
    LIGHT,
    NEGATIVE,
    PEOPLE,
    PERSONS,
    POSSESSIVES,
    PREPOSITIONS,
    QUANTITIES,
    SELVES,
)
from affectgraph.linkers.prepared import Lists, prepared

LONGEST = 16
"""Words of the longest label that is compared with phrases."""

LONGEST_OBJECT = 4
"""Words of the longest noun phrase in a place for a person or thing."""

LONG = 4
"""Parts of a phrase that may stand behind any verb: "saw light at the end of the tunnel"."""

SHORT_LEAD = 2

_LIGHT, _LEADING, _CAUSING = map(stems_of, (LIGHT, LEADING, CAUSING))


@dataclass(frozen=True, slots=True)
class IdiomMatch:
    """Phrases that a label puts in other words.

    :param entries: what they denote, strongest first, one for each concept; rare senses are left out.
    :param is_whole: whether the label has nothing else than words for who and when.
    :param rest: the words that follow the phrase.
    """

    entries: tuple[Entry, ...]
    is_whole: bool
    rest: tuple[str, ...] = ()


def phrase_keys(forms: Iterable[str]) -> Lists:
    """Return the phrases among forms by the stem of their longest word of content."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        key = key_of(form) if " " in form and form.isascii() else None
        if key is not None:
            found[key].append(form)
    return {key: tuple(phrases) for key, phrases in found.items()}


class Idioms:
    """The phrases of a lexicon as patterns. Threads may share one.

    The first look-up takes some milliseconds more than the next; what is made of a phrase is kept.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._made: dict[str, list[Pattern]] = {}

    @cached_property
    def _forms(self) -> Lists:
        """Phrases by their longest word of content, which a label must have."""
        words = self._lexicon.words
        return prepared(self._lexicon.graph, "phrase_keys", lambda: phrase_keys(words))

    def _patterns(self, key: str) -> list[Pattern]:
        made = self._made.get(key)
        if made is None:
            forms = self._forms.get(key, ())
            made = [pattern for form in forms for pattern in self._shown(form)]
            self._made[key] = made
        return made

    def _shown(self, form: str) -> Iterator[Pattern]:
        if form.replace(" ", "-") in self._lexicon.words:  # "hands-on" is no "hands on the wheel"
            return iter(())
        entries = self._lexicon.words[form]
        return patterns(form, frozenset().union(*(entry.parts_of_speech for entry in entries)))

    def look_up(self, form: str, *, without: str = "") -> IdiomMatch | None:
        """Return what phrases a form puts in other words; the ones that leave the fewest words over.

        :param without: a phrase that is not looked at; for measuring.
        """
        words = tokens(form)
        if not 1 < len(words) <= LONGEST:
            return None
        stems = [stem(word) for word in words]
        for order in _orders(words, stems):
            found = self._best([words[i] for i in order], [stems[i] for i in order], without)
            if found is not None:
                return found
        return None

    def _best(self, words: Sequence[str], stems: Sequence[str], without: str) -> IdiomMatch | None:
        """Return the match that leaves the fewest words over; of such, the one with most own words."""
        fits = [
            (left, -len(pattern.words), end, pattern)
            for pattern in self._likely(stems, without)
            for left, end in _left_over(pattern, words, stems)
        ]
        if not fits:
            return None
        least = min(fit[:2] for fit in fits)
        best = [fit for fit in fits if fit[:2] == least]
        return self._match([fit[3] for fit in best], least[0], tuple(words[best[0][2] :]))

    def _likely(self, stems: Sequence[str], without: str) -> Iterator[Pattern]:
        for word in dict.fromkeys(stems):
            if word in self._forms:
                yield from (p for p in self._patterns(word) if p.form != without)

    def _match(
        self, best: Sequence[Pattern], left: int, rest: tuple[str, ...]
    ) -> IdiomMatch | None:
        if left and all(is_seldom_felt(pattern.form) for pattern in best):
            return None
        forms = sorted({pattern.form for pattern in best})
        if rest:  # "looked down on" is said of who is, "looked down on her" of who does
            forms = [form for form in forms if self._is_verb(form)] or forms
        entries = (e for form in forms for e in self._lexicon.words[form] if not e.is_rare)
        found: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda e: (-e.share, e.is_weak, e.form)):
            found.setdefault(entry.concept.slug, entry)
        return IdiomMatch(tuple(found.values()), left == 0, rest) if found else None

    def _is_verb(self, form: str) -> bool:
        return any("verb" in entry.parts_of_speech for entry in self._lexicon.words[form])


def _orders(words: Sequence[str], stems: Sequence[str]) -> Iterator[list[int]]:
    """Yield the words as they stand, then with a participle in front: "had his feathers ruffled"."""
    usual = list(range(len(words)))
    yield usual
    if stems[0] in _LIGHT:
        del usual[0]
    for place in range(1, min(len(words), LONGEST_OBJECT + 2)):
        if words[place] != stems[place] and words[place].endswith(("ed", "en", "n", "t", "d")):
            yield [place, *(n for n in usual if n != place)]


def _left_over(
    pattern: Pattern, words: Sequence[str], stems: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yield how many words a label has beside a pattern and words for who and when, and where it ends.

    Nothing is yielded if the label does not match.
    """
    index = next(i for i, part in enumerate(pattern.parts) if part.kind == "word")
    first = pattern.parts[index]
    for start, found in enumerate(stems):
        if not first.fits(words[start], found):
            continue
        lead = _lead(pattern, words[:start])
        if lead is None:
            return
        end = _end(pattern.parts, index, words, stems, start)
        if end is not None and _may_follow(pattern, words[end:]):
            yield lead + sum(word not in PERSONS for word in words[end:]), end
            return


def _lead(pattern: Pattern, words: Sequence[str]) -> int | None:
    """Return how many words before a pattern say more than who and when; None if they may not be there."""
    if any(word in NEGATIVE or word in CONJUNCTIONS for word in words):
        return None
    told = [w for w in words if w not in PEOPLE and w not in POSSESSIVES and w not in QUANTITIES]
    if all(stem(word) in _LEADING for word in told):
        return 0
    if stem(told[0]) in _CAUSING and len(told) <= SHORT_LEAD + 1:
        return len(told)
    is_long = pattern.content >= UNMISTAKABLE or (
        pattern.content > 1 and len(pattern.parts) >= LONG
    )
    return len(told) if is_long and len(told) <= SHORT_LEAD else None


def _end(
    parts: Sequence[Part], part: int, words: Sequence[str], stems: Sequence[str], place: int
) -> int | None:
    """Return where a pattern ends that goes on with a part at a place; None if it does not fit."""
    if part == len(parts):
        return place
    kind = parts[part].kind
    if kind == "word":
        if place < len(words) and parts[part].fits(words[place], stems[place]):
            return _end(parts, part + 1, words, stems, place + 1)
        if place < len(words) and part and (words[place] in PERSONS or words[place] in POSSESSIVES):
            return _end(parts, part, words, stems, place + 1)
        return None
    if kind == "self":
        fits = place < len(words) and words[place] in SELVES
        return _end(parts, part + 1, words, stems, place + 1) if fits else None
    for end in _ends_of_place(parts[part], words, place):
        found = _end(parts, part + 1, words, stems, end)
        if found is not None:
            return found
    return None


def _ends_of_place(part: Part, words: Sequence[str], place: int) -> Iterator[int]:
    """Yield where an owner or object that begins at a place may end; it may be missing."""
    if not part.is_required:
        yield place
    most = min(len(words), place + LONGEST_OBJECT)
    for end in range(place + 1, most + 1):
        last = words[end - 1]
        if last in PREPOSITIONS or last in CONJUNCTIONS:
            return
        if part.kind == "object":
            fits = not part.is_required or last in PEOPLE
        else:
            fits = last in POSSESSIVES or last.endswith(("'s", "s'"))
            fits = fits or (last in QUANTITIES and not part.is_required)
        if fits:
            yield end


def _may_follow(pattern: Pattern, words: Sequence[str]) -> bool:
    if not words:
        return True
    if any(word in CONJUNCTIONS for word in words):
        return False
    if pattern.is_open or (words[0] in PREPOSITIONS and words[0] != "of"):
        return True
    return all(w in ADVERBS or w in PERSONS or w.endswith("ly") for w in words)
