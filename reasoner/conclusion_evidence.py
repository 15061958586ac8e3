"""What a rationale holds that may speak for its conclusion or against it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract.marks import CUE
from affectgraph.reasoner.extract.reading import Reading
from affectgraph.reasoner.extract.spans import overlaps
from affectgraph.reasoner.extract.supposed import is_supposed
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact, Verdict

MOST_DROPPED = 64
"""Claims of a text that are dropped in turn, at most, so that a long text takes no time by its square."""

_SUPPOSED = re.compile(
    r"\b(?:would|could|might|if|alone|typical(?:ly)?|usual(?:ly)?|normally|generally|classic(?:ally)?"
    r"|often|common(?:ly)?|sometimes)\b",
    re.IGNORECASE,
)

_IN_GENERAL = re.compile(
    r"\b(?:would|often|usual(?:ly)?|common(?:ly)?|frequent(?:ly)?|sometimes|generally|normally|occurs?|found\s+in)\b",
    re.IGNORECASE,
)
"""Words of statements on faces in general, which are evidence only where the face shows the actions."""

_INFERS = re.compile(
    r"\b(?:means?|indicat\w+|suggest\w*|impl(?:y|ies)|points?\s+to|signals?|signif\w+|consistent\s+with"
    r"|evidence\s+(?:of|for)|signs?\s+of)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_GIVES_REASON = re.compile(r"\s?,?\s?(?:because|since|as\s+shown|given|due\s+to)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\s+(?:him|her|them|me|us|you|it|his|their|my|our|the|a|an)\b", re.IGNORECASE)
"""What follows a verb with an object: "insulted him"."""

_EARLIER_OR_OTHER = re.compile(
    r"\b(?:at\s+first|first|initially|earlier|previously|before|once|until|began|started"
    r"|others?|another|friends?|partner|wife|husband|colleagues?|brother|sister|neighbou?rs?|opponents?"
    r"|audience|crowd)\b",
    re.IGNORECASE,
)
"""Words of sentences that may speak of an earlier state, or of somebody else."""

_OF_ONESELF = re.compile(
    r"\bI(?:['\u2019]m|\s+am|\s+feel|\s+felt)\s+(?:(?!not\b|no\b|never\b|less\b)\w+\s+){0,3}$",
    re.IGNORECASE,
)

_EXPLICIT = 3
"""Rank from which on a conclusion is marked as one: "overall", "the final label is"."""

PieceKind = Literal["companion", "word", "state", "inference", "action", "actions"]


_WORD_KINDS: tuple[PieceKind, ...] = ("companion", "word", "state")
"""From the weakest on."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a rationale's evidence.

    :param concept: the emotion it points to.
    :param weight: 0..1.
    :param shown: it in words.
    :param may_oppose: whether it can speak against a conclusion. Verbs cannot: "insulted him" may be
        said of somebody else.
    :param kind: an emotion word in the sentence of the final conclusion ("companion") or in another one
        ("word"), a word there that states an emotion of the person ("state"), an inference that holds,
        or the actions that meet a pattern: one of them, or several.
    """

    concept: Concept
    weight: float
    shown: str
    facts: tuple[Fact, ...]
    may_oppose: bool = True
    kind: PieceKind = "inference"

    @property
    def may_refute(self) -> bool:
        """Whether it alone can contradict a conclusion.

        Words as such cannot, since emotions may be felt together or in turn, and said of others; nor can
        one action. What is stated of the person in another sentence than an explicit conclusion can.
        """
        return self.kind in {"state", "inference", "actions"}


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text holds that may speak for a conclusion.

    :param is_empty: whether there is no text.
    :param words: emotion words it affirms, with the places of each.
    :param inferences: what actions are rightly said to express.
    :param sure: codes said to be shown; ``possible``: those of which one is.
    :param of_others: emotions that the same sentence states of somebody else.
    """

    is_empty: bool
    words: tuple[tuple[Piece, tuple[int, ...]], ...]
    inferences: tuple[Piece, ...]
    sure: frozenset[str]
    possible: frozenset[str]
    of_others: tuple[Concept, ...] = ()

    def unrefuting(self, pieces: list[Piece]) -> list[Piece]:
        """Return pieces so that none refutes, if one shows what the sentence states of somebody else."""
        shown = [p.concept for p in pieces if p.may_refute]
        if not any(agrees(concept, felt) for concept in shown for felt in self.of_others):
            return pieces
        return [replace(piece, kind="companion") for piece in pieces]


def branch(concept: Concept) -> str:
    """Return the primary of an emotion, or the state itself: what must agree."""
    return concept.path[0] if concept.path else concept.slug


def agrees(first: Concept, second: Concept) -> bool:
    """Return whether two concepts share a primary, are one state, or are a state and its nearest emotion."""
    if branch(first) == branch(second):
        return True
    slugs = (first.slug, second.slug)
    return first.related in slugs or second.related in slugs


class EvidenceReader:
    """Gathers evidence over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._facts = Facts(graph)
        self._branches: dict[str, tuple[Fact, ...]] = {}

    def gather(self, reading: Reading, judged: Sequence[tuple[Claim, Finding]]) -> Evidence:
        """Return what a text holds that may speak for a conclusion or against it.

        :param judged: the claims of the text, without what it concludes, with their findings.
        """
        sure, possible = seen_codes(sightings((claim, f.verdict) for claim, f in judged))
        return Evidence(
            not reading.text.strip(),
            self._words(reading),
            tuple(dict(self._inferred(judged).values()).values()),
            sure,
            possible,
        )

    def without_each(
        self, judged: Sequence[tuple[Claim, Finding]], evidence: Evidence
    ) -> list[tuple[Claim, Evidence]]:
        """Return the claims without which there is other evidence, in order, each with what is left then.

        No text is read again. At most :data:`MOST_DROPPED` claims are tried, the first ones.

        :param judged: what :meth:`gather` was given for this evidence.
        """
        tellings = [_told(claim, f) for claim, f in judged]
        told = Counter(thing for things in tellings for thing in things)
        single = [n for n, things in enumerate(tellings) if any(told[t] == 1 for t in things)]
        if not single:
            return []
        whole = _Whole(judged, self._inferred(judged))
        left = ((judged[n][0], self._left(whole, n, evidence)) for n in single[:MOST_DROPPED])
        return [(claim, other) for claim, other in left if other is not None]

    def _left(self, whole: "_Whole", number: int, evidence: Evidence) -> Evidence | None:
        """Return what is left of evidence without a claim, None if all is."""
        claim, finding = whole.judged[number]
        if _is_confused(claim, finding.verdict):
            rest = [*whole.judged[:number], *whole.judged[number + 1 :]]
            sure, possible = seen_codes(sightings((c, f.verdict) for c, f in rest))
        elif lost := whole.told_by(number):
            sure, possible = _codes(group for group in whole.groups if group not in lost)
        else:
            sure, possible = evidence.sure, evidence.possible
        inferences = evidence.inferences
        if number in whole.inferred:
            kept = (pair for n, pair in whole.inferred.items() if n != number)
            inferences = tuple(dict(kept).values())
        left = Evidence(evidence.is_empty, evidence.words, inferences, sure, possible)
        return left if left != evidence else None

    def _words(self, reading: Reading) -> tuple[tuple[Piece, tuple[int, ...]], ...]:
        """Return emotion words that are affirmed, each once, with the first three places of it."""
        found: dict[tuple[str, str, bool], tuple[Mention, list[int], list[PieceKind]]] = {}
        text = reading.text
        states = _states(reading)
        for index, part in enumerate(reading.sentences):
            taken = part.used | part.inferred()
            is_final = reading.conclusion is not None and reading.conclusion.view == index
            for number, mark in enumerate(part.view.marks):
                mention = mark.mention
                if mention is None or number in taken or mention.role == "stimulus":
                    continue
                start, end = part.offset + mention.start, part.offset + mention.end
                if (
                    _is_conclusion(index, number, reading)
                    or is_supposed(part.view, part.view.places[number])
                    or part.scope.denied(number) != part.scope.is_false(part.view.places[number])
                    or _is_asserted(text, start, end)
                ):
                    continue
                has_object = _OBJECT.match(text, end, end + 12) is not None
                key = (mention.concept.slug, mention.quote.lower(), has_object)
                _, places, kinds = found.setdefault(key, (mention, [], []))
                if len(places) < 3:
                    places.append(part.offset + mark.start)
                    kinds.append(
                        "companion"
                        if is_final
                        else "state"
                        if (index, number) in states
                        else "word"
                    )
        return tuple(
            (
                self._word(mention, max(kinds, key=_WORD_KINDS.index), has_object=key[2]),
                tuple(places),
            )
            for key, (mention, places, kinds) in found.items()
        )

    def _word(self, mention: Mention, kind: PieceKind, *, has_object: bool) -> Piece:
        concept = mention.concept
        is_verb = mention.role == "act" or has_object
        facts = self._branches.get(concept.slug)
        if facts is None:
            facts = self._branches[concept.slug] = tuple(self._facts.branch(concept))
        return Piece(concept, 1.0, f"{mention.quote!r}", facts, not is_verb, kind)

    def _inferred(self, judged: Sequence[tuple[Claim, Finding]]) -> dict[int, tuple[object, Piece]]:
        """Return what claims are rightly said to express by their numbers, each with what it says.

        Not what is only said in general: "AU4 often occurs in anger" where nobody sees AU4.
        """
        found: dict[int, tuple[object, Piece]] = {
            number: (
                (c.subject, c.object),
                Piece(self._graph.concept(c.object[0]), f.strength, f"{c.quote!r}", f.facts),
            )
            for number, (c, f) in enumerate(judged)
            if c.type == "expresses" and f.verdict == "supported" and not c.is_denied
        }
        general = {n for n in found if _IN_GENERAL.search(judged[n][0].quote)}
        if not general:
            return found
        _, seen = seen_codes(sightings((claim, f.verdict) for claim, f in judged))
        unseen = {n for n in general if any(map(seen.isdisjoint, facial_groups(judged[n][0])))}
        return {number: pair for number, pair in found.items() if number not in unseen}


class _Whole:
    """All claims of a text but what it concludes, with what each of them tells."""

    def __init__(
        self,
        judged: Sequence[tuple[Claim, Finding]],
        inferred: dict[int, tuple[object, Piece]],
    ) -> None:
        self.judged = judged
        self.inferred = inferred
        found = _sightings((claim, f.verdict) for claim, f in judged)
        self._groups = {number: set(facial_groups(claim)) for number, claim in found.items()}
        self.groups = Counter(group for groups in self._groups.values() for group in groups)

    def told_by(self, number: int) -> set[tuple[str, ...]]:
        """Return the groups of actions that no claim but this one says are shown."""
        return {group for group in self._groups.get(number, ()) if self.groups[group] == 1}


def without_words(evidence: Evidence, claim: Claim) -> Evidence:
    """Return what is left of evidence without the emotion words of a claim."""
    words = tuple(
        (piece, left)
        for piece, places in evidence.words
        if (left := tuple(p for p in places if not claim.start <= p < claim.end))
    )
    return replace(evidence, words=words)


def _told(claim: Claim, finding: Finding) -> set[object]:
    """Return what a claim may add to the evidence: actions, an inference, a doubt about a sighting."""
    if _is_confused(claim, finding.verdict):
        return {claim.span}
    if claim.is_denied or claim.type not in {"observes", "expresses"}:
        return set()
    told: set[object] = set(facial_groups(claim))
    if claim.type == "expresses" and finding.verdict == "supported":
        told.add((claim.subject, claim.object))
    return told


def sightings(judged: Iterable[tuple[Claim, Verdict]]) -> list[Claim]:
    """Return the claims that say actions are shown: sightings and premises of inferences.

    Left out are denials, what is only supposed ("would fit", "typically signals"), cues of other
    channels, and actions whose number and name disagree: nobody knows which of the two was seen.
    """
    return list(_sightings(judged).values())


def _sightings(judged: Iterable[tuple[Claim, Verdict]]) -> dict[int, Claim]:
    """Return the claims that say actions are shown by their numbers."""
    pairs = list(judged)
    confused = [c for c, v in pairs if _is_confused(c, v)]
    found = ((n, _without(c, confused)) for n, (c, _) in enumerate(pairs) if _is_sighting(c))
    return {number: claim for number, claim in found if claim is not None}


def _is_confused(claim: Claim, verdict: Verdict) -> bool:
    """Return whether the number and the name of an action disagree."""
    return claim.type == "au_identity" and verdict == "contradicted"


def _without(claim: Claim, confused: Sequence[Claim]) -> Claim | None:
    """Return a sighting without the actions that are confused within it, None if nothing else is left."""
    if not confused or not overlaps(claim.start, claim.end, confused):
        return claim
    wrong = {f"AU{n}" for c in confused if overlaps(c.start, c.end, [claim]) for n in c.subject}
    left = tuple(group for group in claim.subject if wrong.isdisjoint(group.split("|")))
    return replace(claim, subject=left) if left and left != claim.subject else None


def facial_groups(claim: Claim) -> list[tuple[str, ...]]:
    """Return the actions of a claim, alternatives together: ("AU6|AU7", "AU12") gives two groups."""
    return [tuple(group.split("|")) for group in claim.subject if ":" not in group]


def seen_codes(claims: Iterable[Claim]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes that sightings say are shown, and those they may mean: one of several."""
    return _codes(group for claim in claims for group in facial_groups(claim))


def _codes(groups: Iterable[tuple[str, ...]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes that stand alone in groups of alternatives, and all codes."""
    groups = set(groups)
    sure = frozenset(group[0] for group in groups if len(group) == 1)
    return sure, frozenset(code for group in groups for code in group)


def _is_sighting(claim: Claim) -> bool:
    if claim.is_denied or claim.type not in {"observes", "expresses"}:
        return False
    return claim.type == "observes" or not _SUPPOSED.search(claim.quote)


def _is_asserted(text: str, start: int, end: int) -> bool:
    """Return whether a word is what is to be shown, not what shows it: "this means joy"."""
    before = text[max(0, start - 60) : start]
    return bool(_INFERS.search(before)) or bool(_GIVES_REASON.match(text, end))


def _states(reading: Reading) -> frozenset[tuple[int, int]]:
    """Return the marks, by sentence and number, that state an emotion of the person beside the conclusion.

    What the person says of himself does too: "I feel hopeless"; what others are said to state does not.
    None if the conclusion is not marked as one: of two plain states neither refutes the other.
    """
    final = reading.conclusion
    if final is None or final.rank < _EXPLICIT:
        return frozenset()
    marks = {
        (item.view, item.mark)
        for item in reading.stated
        if not item.is_denied and not item.attributed_to
    }
    for index, part in enumerate(reading.sentences):
        for number, mark in enumerate(part.view.marks):
            if mark.letter == CUE and mark.mention is not None:
                said = part.view.text[mark.start : mark.mention.start]
                if _OF_ONESELF.search(said):
                    marks.add((index, number))
    return frozenset(
        (index, number)
        for index, number in marks
        if index != final.view and not _EARLIER_OR_OTHER.search(reading.sentences[index].view.mask)
    )


def _is_conclusion(sentence: int, mark: int, reading: Reading) -> bool:
    final = reading.conclusion
    return final is not None and (final.view, final.mark) == (sentence, mark)
