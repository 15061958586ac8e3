"""Reads a rationale once: its sentences with their marks, and every claim they make."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import INTENSITY_THRESHOLD, PROBABILITY_THRESHOLD
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract.attributions import Attribution, attributions, goes_on, said_by
from affectgraph.reasoner.extract.channel_cues import PREFIX
from affectgraph.reasoner.extract.conclusions import Stated, final, find_stated
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.events import channel_claims
from affectgraph.reasoner.extract.faces import smiles
from affectgraph.reasoner.extract.inferences import Inference
from affectgraph.reasoner.extract.layout import AbsentList, topic
from affectgraph.reasoner.extract.marks import CUE, EMOTION, View
from affectgraph.reasoner.extract.outlines import Outline, Outlines, Setting, turned
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.text import sentences
from affectgraph.reasoner.extract.triggers import LEVEL

_ITEM = late_pattern(r"\s*(?:[-*+|\u2022\u2013]|\d{1,2}[.)])\s")
"""Opens a line of a list or a table."""

_THINGS = r"(?:aus?|units|actions|cues|signs|movements|features|indicators|codes|changes)"
_TAKEN_TOGETHER = late_pattern(
    rf"\b(?:these|those|all|both)\s+(?:of\s+)?(?:these\s+|the\s+)?(?:\w+\s+)?{_THINGS}\b"
    r"|\b(?:this|that|the)\s+(?:\w+\s+)?(?:pattern|combination|configuration|constellation|set|cluster)\b"
    r"|\btogether\b"
)
"""Words that take up a whole list of cues and not its last item alone."""

_SOME = late_pattern(
    rf"\b(?P<end>first|last)\s+(?P<count>two|three|four|[2-9])\s+(?:\w+\s+)?{_THINGS}\b"
)
_COUNTS = {"two": 2, "three": 3, "four": 4}

_LONGEST_NUMBER = 16
"""Characters of an item's number with the blanks around it."""

_NONE: frozenset[int] = frozenset()
_PLACE = attrgetter("start", "end")
_UNBROKEN = "\u2010\u2011\u00a0\u2007\u202f"
_SIGNS = str.maketrans(_UNBROKEN, "--   ")
"""Hyphens and blanks at which no line may break, which language models write in "AU\u201112"."""

_FIGURE = late_pattern(r"[1-5]\.\d")
_INTENSITY = late_pattern(r"\bAU\s?\d{1,2}[^\d\n]{1,16}[1-5]\.\d", re.IGNORECASE)
"""A value above 1: the text's figures are intensities and no probabilities."""


@quickly_made
@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What one sentence holds; its places count within the view.

    :param offset: where the view begins in the text.
    :param drafts: its claims, without what it states of a person.
    :param used: marks that serve statements on emotions themselves.
    :param inferences: what cues are said to show or rule out.
    :param attributions: what of it is said to be said by others.
    """

    offset: int
    view: View
    scope: Scope
    drafts: tuple[Draft, ...]
    used: frozenset[int]
    inferences: tuple[Inference, ...]
    attributions: tuple[Attribution, ...] = ()

    def attributed_to(self, end: int) -> str:
        """Return who is said to say the words that end at a place of the text, empty for the text itself."""
        return said_by(self.attributions, end)

    def inferred(self) -> frozenset[int]:
        """Return the emotion marks that cues are said to show or rule out."""
        if not self.inferences:
            return _NONE
        return frozenset(inference.target for inference in self.inferences)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rationale as read.

    :param stated: emotions stated of a person, in order.
    :param conclusion: the one that the text finally concludes, None if there is none.
    """

    text: str
    sentences: tuple[SentenceReading, ...]
    stated: tuple[Stated, ...]
    conclusion: Stated | None

    def concept(self, sentence: int, mark: int) -> Concept:
        """Return what the emotion mark of a sentence means, both by number."""
        mention = self.sentences[sentence].view.marks[mark].mention
        if mention is None:
            raise TypeError("Expected an emotion mark.")
        return mention.concept


class Reader:
    """Reads rationales with the words of a graph. Threads may share one.

    :param graph: where emotion words and names of facial actions come from.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        self._outlines = Outlines(graph, lexicon)

    def read(
        self,
        text: str,
        *,
        extra: Mention | None = None,
        label: str = "",
        is_intensity: bool = False,
    ) -> Reading:
        """Return what a rationale holds.

        :param label: the record's label, if its word is to be known beyond the lexicon, with ``extra``
            a mention that carries its concept.
        :param is_intensity: whether figures are known to be intensities on 0..5. Else the text tells: one
            above 1 is an intensity.
        """
        whole, text = text, _plain(text)
        readings: list[SentenceReading] = []
        state = _State()
        if not is_intensity and _FIGURE.search(text):
            is_intensity = _INTENSITY.search(text) is not None
        least = INTENSITY_THRESHOLD if is_intensity else PROBABILITY_THRESHOLD
        for sentence in sentences(text):
            state.enter(text, sentence.start)
            setting = Setting(
                state.topic == "text",
                least,
                label,
                extra,
                state.last_emotion,
                is_absent=state.is_absent,
            )
            outline, offset = self._outlines.of(text, sentence, setting)
            readings.append(_attributed(_read(outline, offset, state), state))
        views = [r.view for r in readings]
        found = find_stated(
            views,
            [r.scope for r in readings],
            [r.used for r in readings],
            [r.inferred() for r in readings],
        )
        stated = [
            replace(s, attributed_to=readings[s.view].attributed_to(s.end))
            if readings[s.view].attributions
            else s
            for s in found
        ]
        stated = [_placed(item, readings[item.view].offset) for item in stated]
        return Reading(whole, tuple(readings), tuple(stated), final(stated))


def _plain(text: str) -> str:
    """Return a text with plain hyphens and blanks, each sign where it was: "AU\u201112" is "AU-12"."""
    return text.translate(_SIGNS) if any(map(text.__contains__, _UNBROKEN)) else text


def _placed(stated: Stated, offset: int) -> Stated:
    """Return what a sentence states with its place in the text."""
    return replace(stated, start=offset + stated.start, end=offset + stated.end)


class _State:
    """What earlier sentences leave behind for the next one."""

    def __init__(self) -> None:
        self.topic = ""
        self.earlier: tuple[str, ...] = ()
        self.run: tuple[str, ...] = ()
        self.was_smile = False
        self.channels: tuple[str, ...] = ()
        self.shown: dict[str, list[str]] = {}
        self.known: set[str] = set()
        self.last_emotion = ""
        self.is_absent = False
        self.is_item = False
        self.speaker = ""
        self._absent = AbsentList()
        self._line = -1

    def enter(self, text: str, start: int) -> None:
        """Go on to a sentence; a heading changes the channel spoken of, or denies the list below it."""
        line = text.rfind("\n", 0, start) + 1
        if line == self._line:
            self.is_absent = self.is_absent and _is_number(text, line, start)
            return
        self._line = line
        stop = text.find("\n", start)
        written = text[line : stop if stop >= 0 else len(text)]
        self.is_item = _ITEM.match(written) is not None
        is_apart = text.endswith("\n\n", 0, line)
        self.is_absent = self._absent.enter(written, is_apart=is_apart)
        self.speaker = "" if is_apart else self.speaker
        found = topic(written)
        if found is not None:
            self.topic = found
        if found == "" and self.shown.get("face"):  # an interpretation takes up all cues
            self.earlier = tuple(dict.fromkeys(self.shown["face"]))


def _is_number(text: str, start: int, end: int) -> bool:
    """Return whether a piece of a line is the number of a list's item, "1." or "12) "."""
    return end - start <= _LONGEST_NUMBER and text[start:end].strip(" .)").isdigit()


def _read(outline: Outline, offset: int, state: _State) -> SentenceReading:
    view, scope, letters = outline.view, outline.scope, outline.letters
    if EMOTION not in letters and not view.triggers & LEVEL:
        state.last_emotion = ""  # "it" is something else by now
    if not letters:
        stated = (draft for draft, _ in outline.stated)
        found = (*channel_claims(view, scope, state.channels), *stated)
        return SentenceReading(offset, view, scope, found, _NONE, ())
    has_earlier = bool(state.earlier)
    inferences = outline.inferences(has_earlier=has_earlier)
    sighted = outline.sightings(state.known, has_earlier=has_earlier)
    others = [
        *(_inferred(view, scope, inferences, state) if inferences else ()),
        *smiles(view, scope, was_smile=state.was_smile),
        *channel_claims(view, scope, state.channels),
        *(draft for draft, _ in outline.stated),
    ]
    drafts = _distinct(
        [
            *outline.namings,
            *sighted,
            *turned(scope, others),
        ]
    )
    if inferences and not sighted:
        state.run = ()  # what is drawn from cues closes their list
    _leave(state, sighted)
    if EMOTION in letters:
        state.last_emotion = next(mark.slug for mark in view.marks if mark.letter == EMOTION)
    return SentenceReading(offset, view, scope, tuple(drafts), outline.used, inferences)


def _attributed(reading: SentenceReading, state: _State) -> SentenceReading:
    """Return a reading whose drafts say who is said to say them."""
    found = tuple(attributions(reading.view))
    if not found and state.speaker:
        found = tuple(goes_on(reading.view, state.speaker))
    if not found:
        if state.speaker and any(m.letter == CUE and m.value == "text" for m in reading.view.marks):
            state.speaker = ""  # "she" may now be who has just spoken
        return reading
    state.speaker = found[-1].who
    reading = replace(reading, attributions=found)
    drafts = [d._replace(attributed_to=reading.attributed_to(d.end)) for d in reading.drafts]
    return replace(reading, drafts=tuple(drafts))


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts by their place, without those that say the same of the same words as an earlier one."""
    found: dict[tuple[object, ...], Draft] = {}
    for draft in sorted(drafts, key=_PLACE):
        key = (draft.type, draft.subject, draft.object, draft.is_denied, draft.start, draft.end)
        found.setdefault(key, draft)
    return list(found.values())


def _leave(state: _State, sighted: Sequence[Draft]) -> None:
    """Leave the sightings of a sentence to the next one."""
    if not sighted:
        return
    for draft in sighted:
        if not draft.is_denied:
            state.known.update(draft.subject)
            state.shown.setdefault(draft.modality, []).extend(draft.subject)
    shown = [s for d in sighted if not d.is_denied for s in d.subject]
    everything = [s for d in sighted for s in d.subject]
    state.earlier = tuple(dict.fromkeys(shown or [f"not {s}" for s in everything]))
    state.run = tuple(dict.fromkeys((*state.run, *shown))) if state.is_item else ()
    if any("AU12" in s for s in everything):
        state.was_smile = True
    state.channels = _channels(state.channels, sighted)


def _channels(known: tuple[str, ...], drafts: Iterable[Draft]) -> tuple[str, ...]:
    new = {d.modality: None for d in drafts if d.modality and d.modality not in known}
    return (*known, *new) if new else known


def _inferred(
    view: View, scope: Scope, inferences: Iterable[Inference], state: _State
) -> Iterable[Draft]:
    for inference in inferences:
        subject = _subject(view, scope, inference) or _not_denied(
            view, scope, _before(view, inference, state)
        )
        if not subject:
            continue
        start, end = inference.start, inference.end
        target = view.marks[inference.target]
        channels = [s.split(":")[0] for s in subject if ":" in s]
        first = (
            {"words": "text"}.get(channels[0], channels[0])
            if len(channels) == len(subject)
            else "face"
        )
        yield Draft(
            "excludes" if inference.is_out else "expresses",
            view.start(start),
            view.end(end),
            subject,
            (target.slug,),
            inference.is_denied,
            scope.commitment(start, max(end, scope.clause(end - 1).end)),
            scope.degree(max([view.places[n] + 1 for n in inference.evidence], default=start), end),
            modality=first,  # type: ignore[arg-type]  # one of the channels
            confidence=min([view.marks[n].confidence for n in inference.evidence], default=0.9),
            marks=inference.evidence,
        )


def _not_denied(view: View, scope: Scope, cues: tuple[str, ...]) -> tuple[str, ...]:
    """Return earlier cues but for those that the sentence takes away: "without AU4 the face suggests"."""
    denied = {
        group
        for number, mark in enumerate(view.marks)
        if mark.letter in "UF" and scope.denied(number)
        for group in mark.groups
    }
    return tuple(cue for cue in cues if cue not in denied)


def _subject(view: View, scope: Scope, inference: Inference) -> tuple[str, ...]:
    found: list[str] = []
    for number in inference.evidence:
        mark = view.marks[number]
        absent = (
            "not " if inference.is_out and (scope.denied(number) or not mark.is_present) else ""
        )
        if mark.letter == "C":
            found.append(absent + PREFIX[mark.value] + view.text[mark.start : mark.end])
        else:
            found += [absent + group for group in mark.groups]
    return tuple(dict.fromkeys(found))


def _taken_together(run: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Return the cues of a list that words take up: all, "the first two units", or none."""
    some = _SOME.search(words) if run else None
    if some is not None:
        count = _COUNTS.get(some["count"]) or int(some["count"])
        return run[:count] if some["end"] == "first" else run[-count:]
    return run if run and _TAKEN_TOGETHER.search(words) else ()


def _before(view: View, inference: Inference, state: _State) -> tuple[str, ...]:
    """Return the cues of earlier sentences that an inference rests on.

    Of its channels, or of a list whose items are taken together ("these units", "this pattern"), else the
    last.
    """
    if inference.is_out:
        return state.earlier
    if inference.channels:
        found: list[str] = []
        for channel in inference.channels:
            own = state.shown.get(channel, [])
            found += own or (
                [] if channel == "face" else [PREFIX.get(channel, "context:") + channel]
            )
        return tuple(dict.fromkeys(found))
    taken = _taken_together(state.run, view.mask[: view.places[inference.target]])
    if taken:
        return taken
    return tuple(s for s in state.earlier if not s.startswith("not "))


def with_conclusion(reading: Reading, stated: Stated) -> Reading:
    """Return a reading that states and concludes something more."""
    return replace(reading, stated=(*reading.stated, stated), conclusion=stated)
