"""What a sentence says by itself, whatever stands before it, remembered by its words.

Rationales of one model repeat sentences, and the answers to one prompt share many. Marks, statements on
emotions, ties and inferences follow from the words of a sentence and from very little else
(:class:`Setting`), so that a sentence met twice before costs only what its place in the text decides.
"""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract.blends import blend_claims
from affectgraph.reasoner.extract.concepts import concept_claims
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.events import event_claims
from affectgraph.reasoner.extract.faces import sightings
from affectgraph.reasoner.extract.falsehoods import MAY_BE_FALSE
from affectgraph.reasoner.extract.finder import MarkFinder
from affectgraph.reasoner.extract.inferences import Inference, find_inferences
from affectgraph.reasoner.extract.levels import level_claims, meaning_claims, scheme_claims
from affectgraph.reasoner.extract.marks import CODE, CUE, EMOTION, PHRASE, View
from affectgraph.reasoner.extract.namings import namings
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.text import Sentence
from affectgraph.reasoner.extract.ties import Tie, find_ties
from affectgraph.reasoner.extract.triggers import LEVEL
from affectgraph.reasoner.extract.wordings import worded_claims

REMEMBERED = 4096
"""Sentences of one generation of the memory: the last so many are remembered, and up to so many before
them. One takes some 5 kB."""

_CUES = frozenset({PHRASE, CODE, CUE})
_PAIRED = frozenset({"masks", "transition"})
_MET = 65_536
"""Sentences of which is known that they were met."""

_HEAD = 14
"""Characters in front of a sentence that are looked at if a tag such as ``<answer>`` ends there."""

_MOST = 16
"""Sets of known actions by which the sightings of one sentence are remembered."""

_READINGS = 4
"""Readings of one sentence that are remembered, by the emotion that stands before it."""


class Setting(NamedTuple):
    """What the reading of a sentence takes from outside.

    :param is_transcript: whether it stands where words are given.
    :param least: value from which an action counts as shown.
    :param label: the record's label, with ``extra`` a mention that carries its concept.
    :param before: slug of the last emotion of the sentences before.
    :param is_absent: whether it stands in a list of what is absent.
    """

    is_transcript: bool = False
    least: float = 0.5
    label: str = ""
    extra: Mention | None = None
    before: str = ""
    is_absent: bool = False


class Outline:
    """A sentence with its marks and what they say. Threads may share one.

    :param view: the sentence.
    :param names: what each FACS code is called, in lower case.
    :param before: slug of the last emotion of the sentences before.
    """

    __slots__ = (
        "_inferences",
        "_sighted",
        "_ties",
        "has_cue",
        "letters",
        "namings",
        "scope",
        "stated",
        "used",
        "view",
    )

    def __init__(self, view: View, names: Mapping[str, frozenset[str]], before: str) -> None:
        self.view = view
        self.scope = scope = Scope(view)
        self.letters = frozenset(mark.letter for mark in view.marks)
        self.has_cue = not _CUES.isdisjoint(self.letters)
        can_state = view.marks or before  # "it is a negative feeling" names nothing itself
        self.stated = tuple(_on_emotions(view, scope, before, self.letters)) if can_state else ()
        """Statements on emotions themselves with the marks they use."""
        self.used = frozenset(mark for _, marks in self.stated for mark in marks)
        self._ties: list[Tie] = []
        if CODE in self.letters:
            self._ties = ties = find_ties(view)
            scope.partners = {t.code: t.phrase for t in ties} | {t.phrase: t.code for t in ties}
        named = namings(view, scope, self._ties, names) if self.has_cue else ()
        self.namings = tuple(turned(scope, named))
        self._inferences: dict[bool, tuple[Inference, ...]] = {}
        self._sighted: dict[tuple[bool, frozenset[str]], tuple[Draft, ...]] = {}

    def inferences(self, *, has_earlier: bool) -> tuple[Inference, ...]:
        """Return what cues are said to show or rule out, but for what a statement pairs.

        :param has_earlier: whether sentences before have cues that may be meant.
        """
        found = self._inferences.get(has_earlier)
        if found is None:
            found = self._inferences[has_earlier] = self._drawn(has_earlier=has_earlier)
        return found

    def _drawn(self, *, has_earlier: bool) -> tuple[Inference, ...]:
        if EMOTION not in self.letters or not (self.has_cue or has_earlier):
            return ()
        paired = {
            mark
            for draft, marks in self.stated
            if len(marks) > 1 or draft.type in _PAIRED
            for mark in marks
        }
        drawn = find_inferences(self.view, self.scope, self._ties, has_earlier=has_earlier)
        return tuple(i for i in drawn if i.target not in paired)

    def sightings(self, known: Container[str], *, has_earlier: bool) -> tuple[Draft, ...]:
        """Return the claims that actions and other cues are there, or are not.

        :param known: actions that sentences before say are there.
        """
        if not self.has_cue:
            return ()
        view, inferences = self.view, self.inferences(has_earlier=has_earlier)
        premises = {n for i in inferences for n in i.evidence}
        again = frozenset(g for n in premises for g in view.marks[n].groups if g in known)
        key = (has_earlier, again)
        found = self._sighted.get(key)
        if found is None:
            if len(self._sighted) >= _MOST:
                self._sighted.clear()
            seen = sightings(view, self.scope, self._ties, inferences, again)
            found = tuple(turned(self.scope, seen, premises))
            self._sighted[key] = found
        return found


def turned(scope: Scope, drafts: Iterable[Draft], but: Container[int] = ()) -> list[Draft]:
    """Return drafts with those turned round that the sentence says are false.

    :param but: marks that serve an inference: it is false, not what it rests on.
    """
    if not scope.view.triggers & MAY_BE_FALSE:
        return list(drafts)
    return [
        d._replace(is_denied=not d.is_denied)
        if scope.is_false(scope.view.position(d.start)) and not any(n in but for n in d.marks)
        else d
        for d in drafts
    ]


def _on_emotions(
    view: View, scope: Scope, before: str, letters: frozenset[str]
) -> list[tuple[Draft, frozenset[int]]]:
    """Return the statements of a sentence on emotions themselves with the marks they use."""
    if EMOTION not in letters:
        return [*level_claims(view, scope, before), *scheme_claims(view, scope)]
    return [
        *meaning_claims(view, scope),
        *concept_claims(view, scope),
        *blend_claims(view, scope),
        *level_claims(view, scope, before),
        *scheme_claims(view, scope),
        *event_claims(view, scope),
        *worded_claims(view, scope),
    ]


class Outlines:
    """Outlines of sentences by the words of a graph. Threads may share one.

    :param graph: where emotion words and names of facial actions come from.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        self._finder = MarkFinder(graph, lexicon)
        self._names = {
            unit.code: frozenset(n.lower() for n in (unit.name, *unit.aliases))
            for unit in graph.index.units.values()
        }
        self._known: dict[tuple[object, ...], tuple[View, dict[str, Outline]]] = {}
        self._before: dict[tuple[object, ...], tuple[View, dict[str, Outline]]] = {}
        self._met: set[int] = set()

    def __len__(self) -> int:
        """Return how many sentences are remembered."""
        return len(self._known) + len(self._before)

    def of(self, text: str, sentence: Sentence, setting: Setting) -> tuple[Outline, int]:
        """Return the outline of a sentence of a text, and where its view begins in the text.

        The view holds the sentence with the sign before it and the one behind it, and a tag that ends there.
        """
        first = max(0, sentence.start - _HEAD)
        if ">" not in text[first : sentence.start]:
            first = max(0, sentence.start - 1)
        words = text[first : sentence.end + 1]
        start, end = sentence.start - first, sentence.end - first
        extra = setting.extra
        label = (setting.label, extra.concept.slug) if extra is not None else ()  # else of no use
        key = (
            words,
            start,
            end,
            setting.is_transcript,
            setting.least,
            label,
            setting.is_absent,
        )
        known = self._known.get(key) or self._before.get(key)
        if known is None:
            known = (self._view(words, Sentence(start, end, sentence.text), setting), {})
        view, outlines = known
        before = setting.before if view.triggers & LEVEL else ""
        outline = outlines.get(before)
        if outline is None:
            if len(outlines) >= _READINGS:
                outlines.clear()
            outline = outlines[before] = Outline(view, self._names, before)
        if key not in self._known:
            self._remember(key, known)
        return outline, first

    def _remember(self, key: tuple[object, ...], known: tuple[View, dict[str, Outline]]) -> None:
        """Remember a sentence that was met before; those that never come again would burden the process."""
        number = hash(key)
        if number not in self._met:
            if len(self._met) >= _MET:
                self._met.clear()
            self._met.add(number)
            return
        if len(self._known) >= REMEMBERED:
            self._before, self._known = self._known, {}
        self._known[key] = known

    def _view(self, words: str, sentence: Sentence, setting: Setting) -> View:
        scan = self._finder.scan(words, sentence)
        marks = self._finder.find(
            words,
            sentence,
            scan,
            extra=setting.extra,
            label=setting.label,
            is_transcript=setting.is_transcript,
        )
        return View(
            words,
            sentence,
            marks,
            setting.least,
            scan.triggers,
            is_absent=setting.is_absent,
        )
