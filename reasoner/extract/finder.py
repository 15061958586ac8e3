"""Finds the marks of a sentence: codes, phrases for facial actions, emotion words, other cues, schemes."""

import re
from operator import attrgetter

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_grammar import (
    Description,
    begins_part,
    describe,
    find_descriptions,
)
from affectgraph.linkers.face_phrases import PhraseBook, PhraseMatch, stem
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract.channel_cues import find_channel_cues, trigger_words
from affectgraph.reasoner.extract.codes import find_units
from affectgraph.reasoner.extract.marks import CODE, CUE, EMOTION, PHRASE, SCHEME, Mark
from affectgraph.reasoner.extract.muscles import Muscles
from affectgraph.reasoner.extract.scheme_names import SchemeNames
from affectgraph.reasoner.extract.spans import clear_of, within
from affectgraph.reasoner.extract.text import Sentence
from affectgraph.reasoner.extract.triggers import (
    CHANNEL,
    FACE,
    JOINED,
    MUSCLE,
    PART_START,
    PHRASE_START,
    POSITION,
    SCHEME_NAME,
    SIDE,
    STATE,
    UNIT,
)
from affectgraph.reasoner.extract.words import EmotionWords, Scan

_SIDE = late_pattern(
    r"\b(?:(?P<both>both|either)\b|(?P<side>left|right)(?=\W|-hand))", re.IGNORECASE
)
_SIDE_BEFORE = late_pattern(
    r"\b(?:(?P<both>both)|(?:(?:the|his|her|on)\s+)?(?P<side>left|right))(?:\s+(?:side"
    r"|half)\s+of\s+(?:the|his|her))?\s+$",
    re.IGNORECASE,
)
_WHO_IS_THERE = late_pattern(
    r"\b(?:person|man|woman|boy|girl|child|lady|guy|one|actor|actress|speaker|player|guest|host|figure|people|men"
    r"|women|children|kid|teacher|student|doctor|patient)\s+(?:\w+ing\s+|who\s+is\s+)?(?:on|to|at)\s+(?:the|his|her)"
    r"\s+(?:far\s+)?(?:left|right)\s+$",
    re.IGNORECASE,
)
"""Where a person stands in a picture, which is no side of the face: "the man on the left smiles"."""

_SIDE_AFTER = late_pattern(
    r"(?:\s+\w+){0,2}?,?\s+(?:(?:more\s+so\s+)?(?:on|at)\s+(?:(?:the|his|her|just\s+the)\s+)?)?"
    r"(?:(?P<both>both\s+sides)|(?P<side>left|right)(?=\s+side|\s*[.,;)]|\s+only|\s*$))",
    re.IGNORECASE,
)
_ONE_BROW = late_pattern(
    r"\b(?:one|an?|single|left|right)\s+(?:\w+ly\s+)?(?:raised\s+|arched\s+|lifted\s+|outer\s+)?(?:eye)?brow\b"
    r"|\b(?:rais|lift|arch)\w+\s+(?:(?:his|her|their)\s+)?(?:one|an|left|right)\s+(?:eye)?brow\b",
    re.IGNORECASE,
)
"""One brow, which AU2 raises by itself (notes of ``action_units.tsv``)."""

_ASCRIBES = late_pattern(
    r"(?:\b(?:feel|feels|felt|feeling|sounds?|sounded|looks?|looked|seems?|seemed|appears?|appeared)\s+"
    r"|\b(?:he|she|they|we|i|you|who|person|man|woman|girl|boy|child|speaker|writer|author|user|customer"
    r"|subject|patient|student|player|host|guest)\s+(?:am|is|are|was|were)\s+)"
    r"(?:so\s+|very\s+|quite\s+|rather\s+|a\s+bit\s+|to\s+be\s+|\w+ly\s+)?$",
    re.IGNORECASE,
)
"""A state said of a person, in front of a word whose common meaning is another: "feels content"."""

PARTS = late_pattern(
    r"brow|eye|lid|lip|mouth|cheek|nose|nostril|chin|jaw|teeth|tongue|face|head|smil|frown|grin"
    r"|forehead|crow|gaze|glance"
    r"|blink|wink|squint|scowl|smirk|sneer|pout|grimac|dimple|nasolabial|neck|look|tooth|glar|snarl"
    r"|wince|au",
    re.IGNORECASE,
)
_OTHER_SENSE = frozenset(map(stem, "bite blow bulge puff pucker slit strabismus sniff".split()))
"""Names of one word that mean something else in a text without codes: "a bit"."""

_CONFIDENCE = late_pattern(
    r"(?<!self-)confidence\b|confident\s+(?:that|in\s+th(?:is|e)|about\s+th(?:is|e))\b",
    re.IGNORECASE,
)
"""How sure the writer is, which is no feeling of the person."""

_THE_WORD = late_pattern(r"\b(?:word|term|adjective|noun|verb)\s+[\"'\u2018\u201c]$", re.IGNORECASE)
_MEANS = late_pattern(
    r"[,.]?[\"'\u2019\u201d],?\s+(?:which|that)\s+(?:\w+ly\s+)?(?:means?|denotes?|stands\s+for|refers\s+to)\b"
)
_TRYING_TO = late_pattern(
    r"trying\s+(?:(?:so\s+|very\s+)?hard\s+|(?:his|her|their)\s+best\s+)?(?:not\s+)?to\b", re.I
)
"""What somebody tries to do, which tries nobody."""

_COLON = late_pattern(r"\s?:")
_LETTERS = late_pattern(r"[a-z]+")
_START = attrgetter("start")
_BROWS = ("AU1", "AU2")
_MARKS = frozenset("'\"\u2018\u2019\u201c\u201d")

_DIMENSIONS = frozenset({"arousal", "dominance", "arousing"})
_NO_FEELING = frozenset({"state/pleasantness", "state/unpleasantness"})
"""Concepts that are a side of valence, as a word of statements on valence."""

CODED, NAMED, PHRASED, DESCRIBED = 1.0, 0.98, 0.95, 0.9
"""Confidence of a reading by what it was read from. Set by judgement."""


class MarkFinder:
    """Finds marks with the words of a graph. Threads may share one.

    :param graph: where codes, phrases, schemes come from.
    :param lexicon: its emotion words.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        self._graph = graph
        self._words = EmotionWords(lexicon, self._triggers)
        self._book = PhraseBook(graph)
        self._schemes = SchemeNames(graph)
        self._muscles = Muscles(graph)

    def scan(self, text: str, sentence: Sentence) -> Scan:
        """Return the words of a sentence."""
        return self._words.scan(text, sentence.start, sentence.end)

    def _triggers(self, word: str) -> int:
        """Return the triggers of a word in lower case that stand for marks."""
        letters = _LETTERS.findall(word)
        return (
            (FACE if PARTS.search(word) else 0)
            | (PHRASE_START if any(map(self._book.begins, letters)) else 0)
            | (PART_START if any(map(begins_part, letters)) else 0)
            | (JOINED if len(letters) > 1 else 0)
            | (0 if trigger_words().isdisjoint(letters) else CHANNEL)
            | (0 if self._muscles.words.isdisjoint(letters) else MUSCLE)
            | (0 if self._schemes.words.isdisjoint(letters) else SCHEME_NAME)
        )

    def find(
        self,
        text: str,
        sentence: Sentence,
        scan: Scan,
        *,
        extra: Mention | None,
        label: str,
        is_transcript: bool,
    ) -> tuple[Mark, ...]:
        """Return the marks of a sentence in order, without overlaps.

        :param scan: its words.
        :param extra: a mention that carries the concept of the record's ``label``.
        :param is_transcript: whether the sentence stands where words are given.
        """
        can = scan.triggers
        faces = find_units(self._graph, text, sentence, can) if can & (UNIT | POSITION) else []
        if can & FACE and can & (PHRASE_START | PART_START):
            phrases = self._phrases(text, sentence, faces, scan)
            faces = sorted([*faces, *phrases], key=_START) if phrases else faces
        if can & MUSCLE and not any(mark.letter == CODE or mark.is_name for mark in faces):
            named = list(
                self._muscles.find(text, sentence.start, sentence.end)
            )  # else they explain
            faces = sorted([*named, *clear_of(faces, named)], key=_START)
        taken = faces
        cues = _channel_marks(text, sentence, can, is_transcript=is_transcript)
        if cues:
            taken = sorted([*taken, *clear_of(cues, faces)], key=_START)
        if can & SCHEME_NAME:
            taken = sorted([*taken, *self._scheme_marks(text, sentence)], key=_START)
        emotions, taken = self._emotions(text, sentence, scan, faces, taken, extra, label)
        return tuple(sorted([*taken, *emotions], key=_START) if emotions else taken)

    def _named(self, text: str, sentence: Sentence, scan: Scan) -> list[PhraseMatch]:
        if scan.triggers & JOINED:  # hyphens and apostrophes: the book has words of its own
            return self._book.find(text, sentence.start, sentence.end)
        first = [n for n, word in enumerate(scan.words) if word.triggers & PHRASE_START]
        return self._book.read(text, scan.matches, first)

    def _phrases(self, text: str, sentence: Sentence, codes: list[Mark], scan: Scan) -> list[Mark]:
        phrases = [
            Mark(
                m.start,
                m.end,
                PHRASE,
                m.meaning.codes,
                m.meaning.any_of,
                m.meaning.is_present,
                m.meaning.phrase,
                m.meaning.is_name,
                confidence=NAMED if m.meaning.is_name else PHRASED,
            )
            for m in self._named(text, sentence, scan)
            if (codes and text[m.start - 2 : m.start] != "a ")
            or " " in m.meaning.phrase
            or stem(m.meaning.phrase) not in _OTHER_SENSE
        ]
        described = [
            Mark(
                d.start,
                d.end,
                PHRASE,
                d.rule.codes,
                d.rule.any_of if len(d.rule.any_of) > 1 else (),
                d.rule.is_present,
                confidence=DESCRIBED,
            )
            for d in _described(text, sentence, scan)
            if d.rule.codes or len(d.rule.any_of) > 1
        ]
        described = [d for d in described if not _cuts_name(text, d, phrases)]
        said = [m for m in (*phrases, *described) if not _is_with(text, m)]
        kept = _longest(clear_of(said, codes))
        if scan.triggers & SIDE:
            kept = [_with_side(text, sentence, mark) for mark in kept]
        return [_one_brow(text, mark) if mark.codes == _BROWS else mark for mark in kept]

    def _scheme_marks(self, text: str, sentence: Sentence) -> list[Mark]:
        found = []
        for match in self._schemes.pattern.finditer(text, sentence.start, sentence.end):
            name = self._schemes.scheme(match[0], sentence.text)
            if name is not None:
                found.append(Mark(match.start(), match.end(), SCHEME, value=name))
        return found

    def _emotions(
        self,
        text: str,
        sentence: Sentence,
        scan: Scan,
        faces: list[Mark],
        taken: list[Mark],
        extra: Mention | None,
        label: str,
    ) -> tuple[list[Mark], list[Mark]]:
        """Return the marks of emotion words, and the other marks with the emotion words in them."""
        found = [
            m
            for m in self._words.find(text, scan)
            if not _is_dimension(text, m)
            and not _TRYING_TO.match(text, m.start)
            and (
                not m.is_weak
                or _is_quoted(text, m)
                or (scan.triggers & STATE and _is_ascribed(text, sentence, m, faces))
            )
        ]
        if not found and extra is None:
            return [], taken
        taken = list(taken)
        for number, cue in enumerate(taken):
            if cue.letter == CUE and cue.value == "text":
                inside = within(found, cue.start, cue.end)
                if inside:
                    taken[number] = cue._replace(mention=inside[0])
        found = clear_of(found, taken)
        if extra is not None:
            found += _label_mentions(text, sentence, label, extra, [*found, *taken])
        return [Mark(m.start, m.end, EMOTION, mention=m) for m in found], taken


def _described(text: str, sentence: Sentence, scan: Scan) -> list[Description]:
    if not scan.triggers & PART_START:
        return []
    if not scan.triggers & JOINED:
        return describe(text, scan.matches)
    start = sentence.start
    return [
        Description(start + d.start, start + d.end, d.part, d.rule)
        for d in find_descriptions(sentence.text)
    ]


def _channel_marks(text: str, sentence: Sentence, can: int, *, is_transcript: bool) -> list[Mark]:
    quoted = sentence.text
    if not (can & CHANNEL or '"' in quoted or "'" in quoted or "\u201c" in quoted):
        return []
    start, end = sentence.start, sentence.end
    return [
        Mark(c.start, c.end, CUE, value=c.channel, confidence=DESCRIBED)
        for c in find_channel_cues(text, start, end, is_transcript=is_transcript)
        if c.channel != "text" or not _is_explained(text, c.start, c.end)
    ]


def _is_explained(text: str, start: int, end: int) -> bool:
    """Return whether a text says what a word means that it quotes: 'the word "livid", which means ...'."""
    return (
        _THE_WORD.search(text, max(0, start - 16), start) is not None
        and _MEANS.match(text, end) is not None
    )


def _cuts_name(text: str, mark: Mark, phrases: list[Mark]) -> bool:
    """Return whether a description takes a FACS name apart, or runs on behind it by more than a word.

    "lip corner puller and cheek raiser" is two names, whatever is said of the cheek.
    """
    for name in phrases:
        if not name.is_name or mark.end <= name.start or name.end <= mark.start:
            continue
        length = name.value.count(" ") + 1
        is_inflected = len(text[name.start : name.end].split()) != length  # "lip corner is pulled"
        if length == 1 or is_inflected or (name.start <= mark.start and mark.end <= name.end):
            continue
        if mark.start > name.start or mark.end < name.end:
            return True
        if len(text[mark.start : mark.end].split()) > length + 1:
            return True
    return False


def _is_with(text: str, mark: Mark) -> bool:
    """Return whether the last word belongs to "together with"."""
    is_together = text[mark.start : mark.end].lower().endswith("together")
    return is_together and text[mark.end : mark.end + 5] == " with"


def _longest(marks: list[Mark]) -> list[Mark]:
    """Return marks that do not overlap, in order; of two that do the longer, of equals the first."""
    if len(marks) < 2:
        return marks
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start - m.end, -m.confidence)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)


def _with_side(text: str, sentence: Sentence, mark: Mark) -> Mark:
    before = text[max(sentence.start, mark.start - 30) : mark.start]
    match = (
        _SIDE.search(text, mark.start, mark.end)
        or (None if _WHO_IS_THERE.search(before) else _SIDE_BEFORE.search(before))
        or _SIDE_AFTER.match(text, mark.end, sentence.end)
    )
    if match is None:
        return mark
    return mark._replace(side="both" if match["both"] else match["side"].lower())


def _one_brow(text: str, mark: Mark) -> Mark:
    """Return what raises a brow where one brow is spoken of: "the left brow is raised" is AU2."""
    if not _ONE_BROW.search(text, max(0, mark.start - 12), mark.end):
        return mark
    return mark._replace(codes=("AU2",))


def _is_ascribed(text: str, sentence: Sentence, mention: Mention, faces: list[Mark]) -> bool:
    """Return whether a word with another common meaning is said of a person: "feels content".

    Not of a facial action: "AU12 is active".
    """
    start = mention.start
    ascribes = _ASCRIBES.search(text[max(sentence.start, start - 40) : start])
    return bool(ascribes) and not within(faces, start - 60, start)


def _is_dimension(text: str, mention: Mention) -> bool:
    """Return whether a word names a dimension, as "arousal" does unless it is sexual."""
    word = mention.quote.lower()
    if mention.concept.slug in _NO_FEELING:
        return True
    if word in _DIMENSIONS:
        return "sexual" not in text[max(0, mention.start - 12) : mention.start].casefold()
    return word.startswith("confiden") and _CONFIDENCE.match(text, mention.start) is not None


def _is_quoted(text: str, mention: Mention) -> bool:
    """Return whether a word stands in quotation marks, and is no key: '"absent": ["AU1"]'."""
    start, end = mention.start, mention.end
    is_quoted = text[start - 1 : start] in _MARKS and text[end : end + 1] in _MARKS
    return is_quoted and not _COLON.match(text, end + 1)


def _label_mentions(
    text: str, sentence: Sentence, label: str, extra: Mention, taken: list[Mention | Mark]
) -> list[Mention]:
    pattern = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
    spans = [m.span() for m in pattern.finditer(text, sentence.start, sentence.end)]
    return [
        Mention(start, end, text[start:end], extra.concepts, extra.role)
        for start, end in spans
        if not any(t.start < end and start < t.end for t in taken)
    ]
