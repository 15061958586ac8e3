"""Turns a reading into typed claims with exact spans."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from affectgraph.kg.model import Concept
from affectgraph.reasoner.face_mentions import FaceMention
from affectgraph.reasoner.model import Claim, ClaimType
from affectgraph.reasoner.reading import Reading, SentenceReading
from affectgraph.reasoner.text import clause_after, clause_before, is_denied, is_hedged

ABSENT = "not "
"""Stands before a code in the object of a claim if a phrase says that the action is missing."""


@dataclass(frozen=True, slots=True)
class ClaimMaker:
    """Makes the claims of a text; ids are given when all are there and in order."""

    text: str

    def from_text(
        self,
        type_: ClaimType,
        start: int,
        end: int,
        *,
        subject: tuple[str, ...],
        object_: tuple[str, ...],
        is_denied: bool = False,
        is_hedged: bool = False,
    ) -> Claim:
        """Return a claim on ``text[start:end]``."""
        return self._make(
            type_,
            self.text[start:end],
            (start, end),
            "text",
            subject,
            object_,
            is_denied,
            is_hedged,
        )

    def from_input(
        self, type_: ClaimType, quote: str, *, subject: tuple[str, ...], object_: tuple[str, ...]
    ) -> Claim:
        """Return a claim that a field of the record makes."""
        return self._make(type_, quote, (-1, -1), "input", subject, object_, False, False)

    def _make(
        self,
        type_: ClaimType,
        quote: str,
        span: tuple[int, int],
        origin: Literal["text", "input"],
        subject: tuple[str, ...],
        object_: tuple[str, ...],
        denied: bool,
        hedged: bool,
    ) -> Claim:
        return Claim("", type_, quote, *span, origin, subject, object_, denied, hedged)


def groups(mention: FaceMention) -> tuple[str, ...]:
    """Return a mention's actions: one string per action meant, alternatives joined by ``|``."""
    return mention.codes + (("|".join(mention.any_of),) if mention.any_of else ())


def claims_of(reading: Reading, maker: ClaimMaker) -> list[Claim]:
    """Return every claim of a text except its conclusion, in the order of the text."""
    return [claim for part in reading.sentences for claim in _sentence_claims(reading, part, maker)]


def _sentence_claims(reading: Reading, part: SentenceReading, maker: ClaimMaker) -> list[Claim]:
    found = [
        *_namings(part, maker),
        *_observations(reading, part, maker),
        *_inferences(reading, part, maker),
        *_statements(part, maker),
    ]
    return sorted(found, key=lambda claim: (claim.start, claim.end))


def _namings(part: SentenceReading, maker: ClaimMaker) -> Iterator[Claim]:
    for naming in part.namings:
        codes = naming.meaning.all_codes if naming.meaning else ()
        if naming.meaning and not naming.meaning.is_present:
            codes = tuple(f"{ABSENT}{code}" for code in codes)
        yield maker.from_text(
            "au_identity",
            naming.start,
            naming.end,
            subject=(naming.number,),
            object_=(naming.name, *codes),
        )


def _observations(reading: Reading, part: SentenceReading, maker: ClaimMaker) -> Iterator[Claim]:
    reasoned = {f.start for inference in part.inferences for f in inference.faces}
    copulas = {n.start for n in part.namings if " is " in reading.text[n.start : n.end]}
    for face in part.faces:
        if face.start in reasoned or face.start in copulas or not face.all_codes:
            continue
        denied = is_denied(reading.text, part.sentence, face.start, face.end)
        yield maker.from_text(
            "observes",
            face.start,
            face.end,
            subject=groups(face),
            object_=("shown",),
            is_denied=denied if face.is_present else not denied,
            is_hedged=_hedged_around(reading, part, face.start, face.end),
        )


def _inferences(reading: Reading, part: SentenceReading, maker: ClaimMaker) -> Iterator[Claim]:
    for inference in part.inferences:
        actions = [group for face in inference.faces for group in groups(face)]
        yield maker.from_text(
            "expresses",
            inference.start,
            inference.end,
            subject=tuple(dict.fromkeys(actions)),
            object_=(inference.mention.concept.slug,),
            is_hedged=is_hedged(reading.text[inference.start : inference.end]),
        )


def _statements(part: SentenceReading, maker: ClaimMaker) -> Iterator[Claim]:
    for statement in part.statements:
        yield maker.from_text(
            statement.type,
            statement.start,
            statement.end,
            subject=(statement.mentions[0].concept.slug,),
            object_=(statement.value,),
            is_denied=statement.is_denied,
        )


def _hedged_around(reading: Reading, part: SentenceReading, start: int, end: int) -> bool:
    before = clause_before(reading.text, part.sentence, start)
    return is_hedged(
        before + reading.text[start:end] + clause_after(reading.text, part.sentence, end)
    )


def conclusion_claim(
    reading: Reading, label: Concept | None, shown: str, maker: ClaimMaker
) -> Claim:
    """Return the claim of what a rationale concludes: what it states, else what its label says.

    :param label: the label's concept, None if it does not ground.
    :param shown: the label as given.
    """
    if reading.conclusion is None:
        subject = (label.slug,) if label else ()
        return maker.from_input("concludes", shown, subject=subject, object_=("from the label",))
    sentence, mention = reading.conclusion
    return maker.from_text(
        "concludes",
        sentence.start,
        sentence.end,
        subject=(mention.concept.slug,),
        object_=("stated",),
        is_hedged=is_hedged(sentence.text),
    )
