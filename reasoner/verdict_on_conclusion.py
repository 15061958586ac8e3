"""Judges what a rationale concludes by the rationale's own evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from affectgraph.kg.faces import usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Pattern
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact
from affectgraph.reasoner.reading import Reading
from affectgraph.reasoner.spans import overlaps
from affectgraph.reasoner.text import is_denied

_SUPPOSED = re.compile(
    r"\b(?:would|could|might|if|alone|typical(?:ly)?|usual(?:ly)?|normally|generally|classic(?:ally)?"
    r"|often|common(?:ly)?|sometimes)\b",
    re.IGNORECASE,
)


_INFERS = re.compile(
    r"\b(?:means?|indicat\w+|suggest\w*|impl(?:y|ies)|points?\s+to|signals?|signif\w+|consistent\s+with"
    r"|evidence\s+(?:of|for)|signs?\s+of)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_GIVES_REASON = re.compile(r"\s?,?\s?(?:because|since|as\s+shown|given|due\s+to)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\s+(?:him|her|them|me|us|you|it|his|their|my|our|the|a|an)\b", re.IGNORECASE)
"""What follows a verb with an object: "insulted him"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a rationale's evidence.

    :param concept: the emotion it points to.
    :param weight: 0..1.
    :param shown: it in words.
    :param may_oppose: whether it can speak against a conclusion. Verbs cannot: "insulted him" may be
        said of somebody else.
    """

    concept: Concept
    weight: float
    shown: str
    facts: tuple[Fact, ...]
    may_oppose: bool = True


def branch(concept: Concept) -> str:
    """Return the primary of an emotion, or the state itself: what must agree."""
    return concept.primary or concept.slug


def agrees(first: Concept, second: Concept) -> bool:
    """Return whether two concepts share a primary, are one state, or are a state and its nearest emotion."""
    near = {first.related, second.related} & {first.slug, second.slug}
    return branch(first) == branch(second) or bool(near)


class ConclusionJudge:
    """Judges conclusions over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._facts = Facts(graph)

    def judge(
        self,
        claim: Claim,
        label: Concept | None,
        reading: Reading,
        judged: Sequence[tuple[Claim, Finding]],
    ) -> Finding:
        """Return the verdict on a ``concludes`` claim.

        :param label: concept of the record's label; None if it has none or it does not ground.
        :param judged: the other claims of the text with their findings.
        """
        if not claim.subject:
            return _not_checkable(
                "no-conclusion", "No conclusion that the graph knows is stated or given."
            )
        concept = self._graph.concept(claim.subject[0])
        if claim.origin == "text" and label is not None and not agrees(label, concept):
            return self._other_than_label(concept, label)
        own, other = self._evidence(claim, concept, reading, judged)
        if not own and not other:
            return self._without_evidence(concept, reading)
        return self._weigh(concept, own, other)

    def _other_than_label(self, concept: Concept, label: Concept) -> Finding:
        sentence = f"The text concludes {concept.slug}, the record's label means {label.slug}."
        if concept.is_emotion and label.is_emotion:
            return Finding(
                "contradicted",
                "conclusion-against-label",
                1.0,
                sentence,
                tuple(self._facts.disjoint(concept, label)),
                f"Conclude {label.label}, or give the label {concept.label}.",
            )
        return Finding("unsupported", "conclusion-besides-label", 0.0, sentence)

    def _without_evidence(self, concept: Concept, reading: Reading) -> Finding:
        if not reading.text.strip():
            return _not_checkable(
                "no-text", "There is no rationale, so nothing speaks for the label."
            )
        if concept.branch == "NeutralState":
            return _not_checkable("no-emotion-concluded", "No emotion is concluded.")
        return Finding(
            "unsupported",
            "evidence-unknown",
            0.0,
            f"Nothing in the text that the graph can read points to {concept.slug} or away from it.",
        )

    # --- evidence ----------------------------------------------------------------------------------

    def _evidence(
        self,
        claim: Claim,
        concept: Concept,
        reading: Reading,
        judged: Sequence[tuple[Claim, Finding]],
    ) -> tuple[list[Piece], list[Piece]]:
        pieces = [*self._words(claim, reading), *self._inferences(judged)]
        own = [p for p in pieces if agrees(p.concept, concept)]
        other = [p for p in pieces if not agrees(p.concept, concept) and p.may_oppose]
        sure, possible = _seen_codes(judged)
        rivals = self._complete_patterns(concept, sure)
        own += self._partial_patterns(concept, sure | possible, rivals)
        return own, other + rivals

    def _words(self, claim: Claim, reading: Reading) -> list[Piece]:
        found: list[Piece] = []
        for part in reading.sentences:
            targets = part.inferred()
            for mention in part.free_mentions():
                if mention.start in targets or _is_conclusion(mention, reading):
                    continue
                if _is_asserted(reading.text, mention):
                    continue
                if mention.role == "stimulus" or is_denied(
                    reading.text, part.sentence, mention.start, mention.end
                ):
                    continue
                found.append(self._word(mention, reading.text[mention.end : mention.end + 12]))
        return found

    def _word(self, mention: Mention, after: str) -> Piece:
        concept = mention.concept
        is_verb = mention.role == "act" or _OBJECT.match(after) is not None
        facts = (self._facts.branch(concept),)
        return Piece(concept, 1.0, f"{mention.quote!r}", facts, not is_verb)

    def _inferences(self, judged: Sequence[tuple[Claim, Finding]]) -> list[Piece]:
        return [
            Piece(self._graph.concept(c.object[0]), f.strength, f"{c.quote!r}", f.facts)
            for c, f in judged
            if c.type == "expresses" and f.verdict == "supported"
        ]

    def _partial_patterns(
        self, concept: Concept, codes: frozenset[str], rivals: Sequence[Piece]
    ) -> list[Piece]:
        """Return the best pattern of the conclusion's branch that the codes speak for, if any.

        Codes that complete a pattern of another primary speak for that one, and for the conclusion
        only if they complete a pattern of its own.
        """
        explained = {f.object for piece in rivals for f in piece.facts}
        free = {code for code in codes if self._graph.index.units[code].iri not in explained}
        best: tuple[float, Pattern] | None = None
        for pattern in usable_patterns(self._graph.index):
            if branch(self._graph.index.concepts[pattern.concepts[0]]) != branch(concept):
                continue
            share = _share(pattern, codes)
            is_complete = share == 1.0 and pattern.kind != "necessary-condition"
            speaks = is_complete or pattern.codes & free
            if speaks and pattern.codes & codes and (best is None or share > best[0]):
                best = (share, pattern)
        return [self._piece(best[1], best[0], codes)] if best else []

    def _complete_patterns(self, concept: Concept, codes: frozenset[str]) -> list[Piece]:
        """Return the largest pattern that the codes complete of every concept of another branch."""
        largest: dict[str, Pattern] = {}
        for pattern in usable_patterns(self._graph.index):
            slug = pattern.concepts[0]
            if (
                _share(pattern, codes) == 1.0
                and pattern.kind
                != "necessary-condition"  # needed for the emotion, not enough for it
                and not agrees(self._graph.index.concepts[slug], concept)
                and (slug not in largest or len(pattern.codes) > len(largest[slug].codes))
            ):
                largest[slug] = pattern
        return [self._piece(pattern, 1.0, codes) for pattern in largest.values()]

    def _piece(self, pattern: Pattern, weight: float, codes: frozenset[str]) -> Piece:
        shown = "+".join(sorted(pattern.codes & codes))
        facts = tuple(self._facts.pattern(pattern, codes))
        return Piece(self._graph.index.concepts[pattern.concepts[0]], weight, shown, facts)

    # --- decision ----------------------------------------------------------------------------------

    def _weigh(self, concept: Concept, own: list[Piece], other: list[Piece]) -> Finding:
        if not own:
            return self._against(concept, other)
        best = max(own, key=lambda p: p.weight)
        disjoint = [p for p in other if p.concept.is_emotion and concept.is_emotion]
        rival = max(disjoint, key=lambda p: p.weight, default=None)
        names = tuple(sorted({branch(p.concept) for p in other}))
        if rival is not None and rival.weight > best.weight:
            return Finding(
                "unsupported",
                "evidence-divided",
                0.0,
                f"{rival.shown} points to {rival.concept.slug}, more strongly than anything points to "
                f"{concept.slug}.",
                rival.facts,
                rivals=names,
            )
        pieces = ", ".join(dict.fromkeys(p.shown for p in own))
        facts = tuple(dict.fromkeys(fact for p in own for fact in p.facts))
        return Finding(
            "supported",
            "evidence-agrees",
            round(max(best.weight, 0.01), 4),
            f"{pieces} point{'s' if len(own) == 1 else ''} to {branch(concept)}.",
            facts,
            rivals=names,
        )

    def _against(self, concept: Concept, other: list[Piece]) -> Finding:
        strongest = max(other, key=lambda p: p.weight)
        pieces = ", ".join(dict.fromkeys(f"{p.shown} ({p.concept.slug})" for p in other))
        names = tuple(sorted({branch(p.concept) for p in other}))
        if not (concept.is_emotion and any(p.concept.is_emotion for p in other)):
            return Finding(
                "unsupported",
                "evidence-besides",
                0.0,
                f"The evidence points elsewhere: {pieces}.",
                strongest.facts,
                rivals=names,
            )
        emotion = next(p for p in other if p.concept.is_emotion)
        facts = (*emotion.facts, *self._facts.disjoint(concept, emotion.concept))
        return Finding(
            "contradicted",
            "evidence-against",
            1.0,
            f"All stated evidence points away from {concept.slug}: {pieces}.",
            tuple(dict.fromkeys(facts)),
            f"Conclude {emotion.concept.label}, or state evidence for {concept.label}.",
            names,
        )


def _seen_codes(
    judged: Sequence[tuple[Claim, Finding]],
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes a text says are shown, and those it may mean: one of several.

    They come from its sightings and the premises of its inferences, without those of what is only
    supposed ("would fit", "typically signals"). A sighting whose number and name disagree is left out:
    nobody knows which of the two was seen.
    """
    confused = [
        claim for claim, f in judged if claim.type == "au_identity" and f.verdict == "contradicted"
    ]
    groups = {
        group
        for claim, _ in judged
        if _is_sighting(claim) and not overlaps(claim.start, claim.end, confused)
        for group in claim.subject
    }
    sure = frozenset(group for group in groups if "|" not in group)
    return sure, frozenset(code for group in groups for code in group.split("|"))


def _is_sighting(claim: Claim) -> bool:
    if claim.type == "observes":
        return not claim.is_denied
    return claim.type == "expresses" and not _SUPPOSED.search(claim.quote)


def _share(pattern: Pattern, codes: frozenset[str]) -> float:
    met = sum(any(action.code in codes for action in group) for group in pattern.required)
    return met / len(pattern.required)


def _is_asserted(text: str, mention: Mention) -> bool:
    """Return whether a mention is what is to be shown, not what shows it: "this means joy", "joy,
    because ...".
    """
    before = text[max(0, mention.start - 60) : mention.start]
    return bool(_INFERS.search(before)) or bool(_GIVES_REASON.match(text, mention.end))


def _is_conclusion(mention: Mention, reading: Reading) -> bool:
    return reading.conclusion is not None and reading.conclusion[1].start == mention.start


def _not_checkable(rule: str, sentence: str) -> Finding:
    return Finding("not_checkable", rule, 0.0, sentence)
