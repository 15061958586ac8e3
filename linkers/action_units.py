"""Grounds facial actions: codes, names, aliases, cue phrases and descriptions in prose -> FACS codes."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from affectgraph.kg.faces import find_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import ActionUnit
from affectgraph.linkers.face_codes import Code, find_codes, whole_code
from affectgraph.linkers.face_denial import find_denial
from affectgraph.linkers.face_grammar import Description, find_descriptions
from affectgraph.linkers.face_model import (
    UNIT_P_RIGHT,
    Says,
    UnitCandidate,
    UnitEvidence,
    UnitEvidenceKind,
    UnitGrounding,
    UnitMention,
    UnitNilReason,
)
from affectgraph.linkers.face_phrases import Meaning, PhraseBook, PhraseMatch, stem
from affectgraph.linkers.normalise import is_foreign_script
from affectgraph.ontology.errors import InputError

MAX_PHRASE = 400
"""Longest phrase in characters for :meth:`ActionUnitLinker.ground`; prose goes to ``find``."""

MAX_TEXT = 1_000_000
"""Longest text in characters for :meth:`ActionUnitLinker.find`."""

GRAMMAR_SOURCE = "affectgraph"
"""Source of the rules of descriptions."""

_FACIAL = re.compile(
    r"\b(?:eye\w*|brows?|lips?|mouth|cheeks?|chin|jaws?|nose|nostrils?|fac(?:e|es|ial)|expressions?"
    r"|forehead|teeth|tongue|lids?|smil\w+|frown\w*|aus?|action\s+units?|facs)\b|\bau\s?\d",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:i|he|she|they|you|we|who|person|people|man|men|woman|women|boy|girl|child|baby|speaker"
    r"|subject|participant|patient|actor|viewer)\b",
    re.IGNORECASE,
)
_OTHER_SENSE = frozenset(
    map(stem, "bite blow bulge puff pucker slit strabismus sniff wink blink squint".split())
)
_OF_PERSONS = frozenset(map(stem, "sniff wink blink squint".split()))
"""Names of one word that often mean something else: they count where a face is spoken of, those that only
somebody with a face does also where a person is."""

_IDIOM = re.compile(r"\bkeep\w*\s+\w+\s+chins?\s+up\b|\blips\s+(?:are|were)\s+sealed\b", re.I)
"""Figures of speech in prose: they show nothing."""

_SIDE = re.compile(
    r"\b(?P<word>left|right|one|single|unilateral(?:ly)?|one-sided|asymmetric(?:al|ally)?|lopsided"
    r"|crooked)\b",
    re.IGNORECASE,
)
_SIDE_BEFORE = re.compile(
    r"\b(?:(?:left|right|one)\s+(?:side|half)\s+of\s+(?:the|his|her|their|its)"
    r"|left|right|one|a\s+single|unilateral|one-sided|asymmetric(?:al)?)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"\s+(?:to\b(?!\s+(?:the\s+)?(?:left|right|side|one))|the|into|home|over|a|an|this|that|our|your"
    r"|for|through|there|here|off)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(r"head(?:ed|ing)\b", re.IGNORECASE)
_MOVER = re.compile(r"\b(?:to|will|we|they|i|you|let's|should|must|can|please|then|and)\s+$", re.I)
_TURNED = frozenset({"head-position", "head-movement", "eye-position", "eye-movement"})
"""Kinds of codes that have no side: "left" is the movement."""


class ActionUnitLinker:
    """Grounds what people and models say of a face to FACS codes. Threads may share one.

    :param graph: where codes, names, aliases and cue phrases come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self._book = PhraseBook(graph)

    def ground(self, phrase: object) -> UnitGrounding:
        """Return what one phrase, name or code stands for.

        ``linked``: all of ``codes``; ``ambiguous``: the words leave open which of several; ``nil``: no
        facial action, with a reason. Numbers need no prefix here ("12", "6+12B"). Costs some tens of
        microseconds.

        :param phrase: the phrase; anything but text gives ``nil`` with reason ``not_text``.

        >>> linker = ActionUnitLinker(EmotionGraph.load())
        >>> linker.ground("corners of the mouth pulled up").codes
        ('AU12',)
        >>> linker.ground("AU99").reason
        'no_such_unit'
        """
        if not isinstance(phrase, str):
            kind = "nothing" if phrase is None else f"a value of type {type(phrase).__name__}"
            return _nil(str(phrase)[:60], "not_text", f"Expected text, got {kind}.")
        if len(phrase) > MAX_PHRASE:
            message = (
                f"Expected a phrase of at most {MAX_PHRASE} characters, got {len(phrase)}. "
                "Search prose with find() instead."
            )
            return _nil(phrase[:60] + "...", "too_long", message)
        if not phrase.strip():
            return _nil(phrase, "empty", "Expected a phrase or code, got nothing but space.")
        found = self._mentions(phrase, is_facial=True)
        return _decide(phrase, found)

    def ground_many(self, phrases: Iterable[object]) -> list[UnitGrounding]:
        """Return what each phrase stands for, in order; each answer equals that of :meth:`ground`."""
        return [self.ground(phrase) for phrase in phrases]

    def find(self, text: str) -> list[UnitMention]:
        """Return the facial actions said in prose, in order; they do not overlap.

        Numbers that FACS does not have are mentions too, without codes and with a ``reason``. Costs some
        ten microseconds a word.

        :raises InputError: if ``text`` is no text or longer than :data:`MAX_TEXT`.

        >>> linker = ActionUnitLinker(EmotionGraph.load())
        >>> [(m.quote, m.codes, m.says) for m in linker.find("He shows AU6+12 and no nose wrinkle.")]
        [('AU6', ('AU6',), 'shown'), ('12', ('AU12',), 'shown'), ('nose wrinkle', ('AU9',), 'absent')]
        """
        if not isinstance(text, str):
            raise InputError(f"Expected text, got {type(text).__name__}.")
        if len(text) > MAX_TEXT:
            raise InputError(
                f"Expected a text of at most {MAX_TEXT} characters, got {len(text)}. Split it."
            )
        return self._mentions(text, is_facial=False)

    # --- finding ---------------------------------------------------------------------------------

    def _mentions(self, text: str, *, is_facial: bool) -> list[UnitMention]:
        idioms = [] if is_facial else [m.span() for m in _IDIOM.finditer(text)]
        is_facial = is_facial or bool(_FACIAL.search(text))
        codes = self._from_codes(text, is_facial)
        described = [self._from_description(text, d) for d in find_descriptions(text)]
        phrases = [
            self._from_phrase(text, match)
            for match in self._book.find(text)
            if is_facial or _is_facial_sense(text, match)
        ]
        worded = [m for m in (*phrases, *described) if not self._goes(text, m)]
        if idioms:
            worded = [m for m in worded if not any(a < m.end and m.start < b for a, b in idioms)]
        kept = _clear(len(text), [*codes, *sorted(worded, key=lambda m: m.start - m.end)])
        return sorted(kept, key=lambda m: m.start)

    def _from_codes(self, text: str, is_facial: bool) -> list[UnitMention]:
        codes = find_codes(text, bare=is_facial) or (whole_code(text) if is_facial else [])
        found: list[UnitMention] = []
        for code in codes:
            mention = self._from_code(text, code)
            is_choice = (
                code.is_alternative and mention.says == "shown"
            )  # "no AU1 or AU2" denies both
            if is_choice and found and found[-1].candidates and mention.codes:
                mention = _either(text, found.pop(), mention)
            found.append(mention)
        return found

    def _from_code(self, text: str, code: Code) -> UnitMention:
        unit = find_unit(self.graph.index, code.name)
        quote = text[code.start : code.end]
        if unit is None:
            message = (
                f"FACS has no action unit {code.number}; it has AU1 to AU46 without AU3, AU51 to AU69 "
                "without AU59, AU60, AU67 and AU68."
            )
            return UnitMention(
                code.start,
                code.end,
                quote,
                (),
                (),
                (),
                "",
                "",
                "unclear",
                None,
                "no_such_unit",
                message,
            )
        evidence = UnitEvidence(
            "code", quote, unit.code, unit.iri, unit.source, UNIT_P_RIGHT["code"]
        )
        return _mention(
            text,
            (code.start, code.end),
            [unit],
            [],
            evidence,
            side="" if unit.kind in _TURNED else code.side,
            grade=code.grade,
        )

    def _from_phrase(self, text: str, match: PhraseMatch) -> UnitMention:
        meaning = match.meaning
        kind = self._kind(meaning)
        start, end = match.start, match.end
        evidence = UnitEvidence(
            kind, text[start:end], meaning.phrase, meaning.iri, meaning.source, UNIT_P_RIGHT[kind]
        )
        return self._worded(
            text, (start, end), meaning.codes, meaning.any_of, meaning.is_present, evidence
        )

    def _from_description(self, text: str, found: Description) -> UnitMention:
        rule = found.rule
        first = self.graph.index.units[(rule.codes + rule.any_of)[0]]
        quote = text[found.start : found.end]
        matched = f"{found.part.replace('_', ' ')}: {first.name.lower()}"
        value = UNIT_P_RIGHT["description"]
        evidence = UnitEvidence("description", quote, matched, first.iri, GRAMMAR_SOURCE, value)
        span = (found.start, found.end)
        return self._worded(text, span, rule.codes, rule.any_of, rule.is_present, evidence)

    def _worded(
        self,
        text: str,
        span: tuple[int, int],
        codes: Sequence[str],
        any_of: Sequence[str],
        is_present: bool,
        evidence: UnitEvidence,
    ) -> UnitMention:
        units = self.graph.index.units
        meant, choices = [units[c] for c in codes], [units[c] for c in any_of]
        if len(choices) == 1:  # "one corner of the mouth": a choice of sides, not of units
            meant, choices = meant + choices, []
        start, side = _side(text, *span)
        has_side = not any(u.kind in _TURNED for u in (*meant, *choices))
        return _mention(
            text,
            (start if has_side else span[0], span[1]),
            meant,
            choices,
            evidence,
            side=side if has_side else "",
            is_present=is_present,
        )

    def _kind(self, meaning: Meaning) -> UnitEvidenceKind:
        if not meaning.is_name:
            return "weak-cue" if meaning.iri in self._weak_cues else "cue"
        return "name" if meaning.predicate == "skos:prefLabel" else "alias"

    @cached_property
    def _weak_cues(self) -> frozenset[str]:
        """Cue phrases of low confidence: their words often mean something else."""
        return frozenset(cue.iri for cue in self.graph.index.cues if cue.confidence == "low")

    def _goes(self, text: str, mention: UnitMention) -> bool:
        """Return whether "head" or "look" is the verb: "head back to the office"."""
        if not any(c.unit.kind in _TURNED for c in mention.candidates):
            return False
        if _HEADED.match(mention.quote):
            return True
        before = text[max(0, mention.start - 12) : mention.start]
        is_verb = not before.strip() or _MOVER.search(before)
        goes = _GOING.match(text, mention.end)
        return bool(is_verb and goes) and mention.quote.lower().startswith(("head", "look"))


def _is_facial_sense(text: str, match: PhraseMatch) -> bool:
    """Return whether a phrase in a text that names no part of a face still means a facial action."""
    words = match.meaning.phrase.split()
    if len(words) > 1 or stem(words[0]) not in _OTHER_SENSE:
        return True
    return stem(words[0]) in _OF_PERSONS and bool(_PERSON.search(text))


def _mention(
    text: str,
    span: tuple[int, int],
    meant: list[ActionUnit],
    choices: list[ActionUnit],
    evidence: UnitEvidence,
    *,
    side: str = "",
    grade: str = "",
    is_present: bool = True,
) -> UnitMention:
    start, end = span
    denial = find_denial(text, start, end)
    candidates = [UnitCandidate(unit, evidence.value, (evidence,)) for unit in meant]
    shared = round(evidence.value / max(len(choices), 1), 4)
    candidates += [UnitCandidate(unit, shared, (evidence,)) for unit in choices]
    return UnitMention(
        start,
        end,
        text[start:end],
        tuple(unit.code for unit in meant),
        tuple(unit.code for unit in choices),
        tuple(candidates),
        side,
        grade,
        _says(is_present, denial is not None),
        denial,
    )


def _says(is_present: bool, is_denied: bool) -> Says:
    """A denied phrase for a missing action ("the brow is not relaxed") does not say what is shown."""
    if not is_present:
        return "unclear" if is_denied else "absent"
    return "absent" if is_denied else "shown"


def _either(text: str, first: UnitMention, second: UnitMention) -> UnitMention:
    candidates = (*first.candidates, *second.candidates)
    shared = tuple(
        UnitCandidate(c.unit, round(c.evidence[0].value / len(candidates), 4), c.evidence)
        for c in candidates
    )
    return UnitMention(
        first.start,
        second.end,
        text[first.start : second.end],
        (),
        (*first.codes, *first.any_of, *second.codes),
        shared,
        first.side or second.side,
        first.grade or second.grade,
        first.says,
        first.denial,
    )


def _side(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where a worded mention starts with its side, and the side."""
    before = _SIDE_BEFORE.search(text[max(0, start - 40) : start])
    first = start - len(before[0]) if before else start
    match = _SIDE.search(text, first, end)
    if match is None:
        return start, ""
    return first, {"left": "L", "right": "R"}.get(match["word"].lower(), "one")


def _clear(length: int, mentions: Iterable[UnitMention]) -> list[UnitMention]:
    """Return the mentions that overlap none before them in the list; costs time linear in the text."""
    taken = bytearray(length)
    kept: list[UnitMention] = []
    for mention in mentions:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            kept.append(mention)
    return kept


def _decide(phrase: str, mentions: list[UnitMention]) -> UnitGrounding:
    known = [m for m in mentions if m.candidates]
    if not known:
        if mentions:
            return UnitGrounding(
                phrase, "nil", tuple(mentions), "no_such_unit", mentions[0].message
            )
        if is_foreign_script(phrase):
            return _nil(phrase, "language", "Expected English words or FACS codes.")
        return _nil(phrase, "unknown", f"{phrase!r} names no facial action that the graph knows.")
    open_ones = [m for m in known if m.any_of]
    if open_ones:
        names = " or ".join(open_ones[0].any_of)
        return UnitGrounding(
            phrase, "ambiguous", tuple(mentions), None, f"The words leave open: {names}."
        )
    names = ", ".join(f"{c.unit.code} {c.unit.name.lower()}" for m in known for c in m.candidates)
    return UnitGrounding(phrase, "linked", tuple(mentions), None, f"Means {names}.")


def _nil(phrase: str, reason: UnitNilReason, message: str) -> UnitGrounding:
    return UnitGrounding(phrase, "nil", (), reason, message)
