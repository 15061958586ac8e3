"""Judges what a rationale concludes by the rationale's own evidence."""

from collections.abc import Sequence
from functools import cached_property

from affectgraph.kg.faces import usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Pattern
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.conclusion_evidence import Evidence, Piece, agrees, branch
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim

Groups = tuple[frozenset[str], ...]

REMEMBERED = 10_000
"""Sets of codes whose evidence is remembered before the memory is emptied."""


class ConclusionJudge:
    """Judges conclusions over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._facts = Facts(graph)
        self._known: dict[tuple[object, ...], tuple[list[Piece], list[Piece]]] = {}

    @cached_property
    def _patterns(self) -> tuple[tuple[Pattern, Groups], ...]:
        """The usable patterns with the codes of their required groups."""
        return tuple(
            (p, tuple(frozenset(action.code for action in group) for group in p.required))
            for p in usable_patterns(self._graph.index)
        )

    def judge(
        self,
        claim: Claim,
        label: Concept | None,
        readings: Readings | None,
        evidence: Evidence,
    ) -> Finding:
        """Return the verdict on a ``concludes`` claim.

        A label of another primary contradicts it, and so does evidence that all points elsewhere. Else
        the readings decide if there are any, then the label, then the text's own evidence.

        :param label: concept of the record's label; None if it has none or it does not ground.
        :param evidence: what :meth:`gather` found in the text.
        """
        if not claim.subject:
            return _not_checkable(
                "no-conclusion", "No conclusion that the graph knows is stated or given."
            )
        concept = self._graph.concept(claim.subject[0])
        is_stated = claim.source == "text"
        if claim.is_denied:
            return self._denied(concept, label, readings)
        if is_stated and label is not None and not agrees(label, concept):
            return self._other_than_label(concept, label)
        if is_stated and readings is not None:
            return self._by_readings(concept, readings)
        own, other = self._evidence(claim, concept, evidence)
        if other and not own:
            against = self._against(concept, other)
            if against.verdict == "contradicted" or not (is_stated and label):
                return against
        weighed = self._weigh(concept, own, other) if own or other else None
        if is_stated and label is not None:
            by_label = self._by_label(concept, label)
            is_backed = weighed is not None and weighed.verdict == by_label.verdict == "supported"
            return weighed if weighed is not None and is_backed else by_label
        if weighed is not None:
            return weighed
        return self._without_evidence(concept, evidence, is_stated=is_stated)

    def consistency(self, claim: Claim, concept: Concept, evidence: Evidence) -> float | None:
        """Return how well a text's own evidence fits what a claim concludes, 0..1; None without evidence.

        The weight of the strongest piece that points to the concept over that of the strongest piece of
        all that point to it or to another of the six primaries: 1 where :meth:`judge` finds that
        ``evidence-agrees``, less where it is ``evidence-divided``, 0 where all points elsewhere.
        """
        own, other = self._evidence(claim, concept, evidence)
        if not own:
            return 0.0 if other else None
        best = max(piece.weight for piece in own)
        rivals = [p.weight for p in other if p.concept.is_emotion and concept.is_emotion]
        return best / max(best, *rivals) if rivals else 1.0

    def _denied(
        self, concept: Concept, label: Concept | None, readings: Readings | None
    ) -> Finding:
        """Judge that an emotion is said not to be there."""
        if label is not None and readings is None:
            if self._graph.is_a(label.slug, concept.slug):
                return Finding(
                    "contradicted",
                    "conclusion-denies-label",
                    1.0,
                    f"The text denies {concept.slug}, the record's label means {label.slug}.",
                    (self._facts.branch(concept),),
                    "Leave out the denial, or give another label.",
                )
            if concept.is_emotion and label.is_emotion and not agrees(label, concept):
                return Finding(
                    "supported",
                    "conclusion-denies-other",
                    1.0,
                    f"The record's label means {label.slug}, which excludes {concept.slug}.",
                    tuple(self._facts.disjoint(concept, label)),
                )
            return Finding(
                "unsupported", "conclusion-besides-label", 0.0, f"The label is {label.slug}."
            )
        if readings is not None:
            found = self._by_readings(concept, readings)
            if found.verdict == "supported":
                hint = "Leave out the denial."
                return found._replace(verdict="contradicted", hint=hint)
            return found
        return _not_checkable(
            "nothing-to-deny", f"There is nothing to hold the absence of {concept.slug} against."
        )

    def _by_readings(self, concept: Concept, readings: Readings) -> Finding:
        """Judge an emotion by what the detector saw: a pattern of it, or of a kind of it, is met."""
        shown = frozenset(code for code, is_shown in readings.shown.items() if is_shown)
        for pattern, groups in self._patterns:
            if (
                pattern.kind != "necessary-condition"
                and is_kind(self._graph, pattern.concepts[0], concept.slug)
                and share(groups, shown) == 1.0
            ):
                codes = "+".join(sorted(pattern.codes & shown))
                return Finding(
                    "supported",
                    "reading-meets-pattern",
                    1.0,
                    f"The readings show {codes}: the {pattern.kind} of {pattern.concepts[0]} in "
                    f"{pattern.source}.",
                    tuple(self._facts.pattern(pattern, shown)),
                )
        return Finding(
            "unsupported",
            "reading-meets-no-pattern",
            0.0,
            f"The readings meet no pattern of {concept.slug}.",
        )

    def _by_label(self, concept: Concept, label: Concept) -> Finding:
        """Judge an emotion by a label of its own branch."""
        if is_kind(self._graph, label.slug, concept.slug):
            return Finding(
                "supported",
                "conclusion-is-label",
                1.0,
                f"The record's label means {label.slug}.",
                (self._facts.branch(label),),
            )
        return Finding(
            "unsupported",
            "conclusion-besides-label",
            0.0,
            f"The record's label means {label.slug}, which does not entail {concept.slug}.",
        )

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

    def _without_evidence(
        self, concept: Concept, evidence: Evidence, *, is_stated: bool
    ) -> Finding:
        if evidence.is_empty:
            return _not_checkable(
                "no-text", "There is no rationale, so nothing speaks for the label."
            )
        if concept.branch == "NeutralState":
            return _not_checkable("no-emotion-concluded", "No emotion is concluded.")
        sentence = f"Nothing here that the graph can read points to {concept.slug} or away from it."
        if is_stated:
            return _not_checkable("evidence-unknown", sentence)
        return Finding("unsupported", "evidence-unknown", 0.0, sentence)

    # --- evidence ----------------------------------------------------------------------------------

    def _evidence(
        self, claim: Claim, concept: Concept, evidence: Evidence
    ) -> tuple[list[Piece], list[Piece]]:
        words = [
            piece
            for piece, places in evidence.words
            if any(not claim.start <= place < claim.end for place in places)
        ]
        pieces = [*words, *evidence.inferences]
        own = [p for p in pieces if agrees(p.concept, concept)]
        other = [p for p in pieces if not agrees(p.concept, concept) and p.may_oppose]
        fitting, rivals = self._by_codes(concept, evidence.sure, evidence.possible)
        return [*own, *fitting], [*other, *rivals]

    def _by_codes(
        self, concept: Concept, sure: frozenset[str], possible: frozenset[str]
    ) -> tuple[list[Piece], list[Piece]]:
        """Return what codes say for a conclusion and against it; texts repeat each other's codes."""
        key = (concept.slug, sure, possible)
        found = self._known.get(key)
        if found is None:
            rivals = self._complete_patterns(concept, sure)
            found = self._partial_patterns(concept, sure | possible, rivals), rivals
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return found

    def _partial_patterns(
        self, concept: Concept, codes: frozenset[str], rivals: Sequence[Piece]
    ) -> list[Piece]:
        """Return the best pattern of the conclusion's branch that the codes speak for, if any.

        Codes that complete a pattern of another primary speak for that one, and for the conclusion
        only if they complete a pattern of its own.
        """
        if not codes:
            return []
        explained = {f.object for piece in rivals for f in piece.facts}
        free = {code for code in codes if self._graph.index.units[code].iri not in explained}
        best: tuple[float, Pattern] | None = None
        for pattern, groups in self._patterns:
            if branch(self._graph.index.concepts[pattern.concepts[0]]) != branch(concept):
                continue
            met = share(groups, codes)
            is_complete = met == 1.0 and pattern.kind != "necessary-condition"
            speaks = is_complete or pattern.codes & free
            if speaks and pattern.codes & codes and (best is None or met > best[0]):
                best = (met, pattern)
        return [self._piece(best[1], best[0], codes)] if best else []

    def _complete_patterns(self, concept: Concept, codes: frozenset[str]) -> list[Piece]:
        """Return the largest pattern that the codes complete of every concept of another branch."""
        if not codes:
            return []
        largest: dict[str, Pattern] = {}
        for pattern, groups in self._patterns:
            if groups[0].isdisjoint(codes):
                continue
            slug = pattern.concepts[0]
            if (
                share(groups, codes) == 1.0
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


def share(groups: Groups, codes: frozenset[str]) -> float:
    """Return the share of a pattern's required groups that the codes meet."""
    return sum(not group.isdisjoint(codes) for group in groups) / len(groups)


def is_kind(graph: EmotionGraph, slug: str, other: str) -> bool:
    """Return whether a concept is another or a kind of it; happiness counts as joy."""
    alike = {"happiness": "joy"}
    slug, other = alike.get(slug, slug), alike.get(other, other)
    return slug == other or graph.is_a(slug, other)


def _not_checkable(rule: str, sentence: str) -> Finding:
    return Finding("not_checkable", rule, 0.0, sentence)
