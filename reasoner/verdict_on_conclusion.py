"""Judges what a rationale concludes by the rationale's own evidence."""

from collections.abc import Sequence
from functools import lru_cache, partial

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import Readings
from affectgraph.ontology.iris import AG
from affectgraph.reasoner.alike import is_kind
from affectgraph.reasoner.conclusion_evidence import (
    Evidence,
    Piece,
    PieceKind,
    agrees,
    branch,
)
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim
from affectgraph.reasoner.published import Groups, Published, PublishedPatterns
from affectgraph.reasoner.score import nearness

_EXPRESSES = AG + "expresses"

LEAST = 0.01
"""Weight that a piece of evidence has at least, whatever share of a pattern it is."""

REMEMBERED = 4096
"""Sets of actions whose patterns are remembered, the last used."""


class ConclusionJudge:
    """Judges conclusions over one graph. Threads may share one.

    :param only: source whose patterns count, all if None.
    """

    def __init__(self, graph: EmotionGraph, only: str | None = None) -> None:
        self._graph = graph
        self._facts = Facts(graph)
        self._published = PublishedPatterns(graph, only)
        self._completed = lru_cache(maxsize=REMEMBERED)(self._complete)
        self._shown = lru_cache(maxsize=REMEMBERED)(self._patterns)
        self._best = lru_cache(maxsize=REMEMBERED)(self._best_pattern)
        self._met = lru_cache(maxsize=REMEMBERED)(self._met_pattern)
        self._piece = lru_cache(maxsize=REMEMBERED)(self._make_piece)
        self._nearness = lru_cache(maxsize=REMEMBERED)(partial(nearness, graph))

    def speaking(self, claim: Claim) -> frozenset[str]:
        """Return the sources with patterns of the primary or state that a claim concludes."""
        if not claim.subject:
            return frozenset()
        name = branch(self._graph.concept(claim.subject[0]))
        return frozenset(p.pattern.source for p in self._published.by_branch.get(name, ()))

    def judge(
        self,
        claim: Claim,
        label: Concept | None,
        readings: Readings | None,
        evidence: Evidence,
    ) -> Finding:
        """Return the verdict on a ``concludes`` claim.

        Readings that meet a pattern of it support it. Else a label of another primary contradicts it; else
        readings leave it open, if there are any; else evidence that all points elsewhere contradicts it if it
        holds more than words in passing and single actions, then the label decides, then the text's own
        evidence. Words of other sentences that all point elsewhere leave it open whatever the label.

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
        is_other = is_stated and label is not None and not agrees(label, concept)
        if is_stated and readings is not None:
            met = self._by_readings(concept, readings)
            if met.verdict == "supported" or not is_other:
                return met
        if is_other and label is not None:
            return self._other_than_label(concept, label)
        own, other = self._evidence(claim, concept, evidence)
        if other and not own:
            against = self._against(concept, other)
            if against.verdict == "contradicted" or not (is_stated and label) or _are_words(other):
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

        The strength of what points to the concept, by its nearness in the tree, over the weight of the
        strongest piece of all that point to its branch or to another of the six primaries: 1 where the
        strongest is evidence of the concept itself or of a kind of it, less where it is evidence of what
        lies above or beside it or of another primary, 0 where all points to other primaries.
        """
        own, other = self._evidence(claim, concept, evidence)
        if not own:
            return 0.0 if other else None
        rivals = [p.weight for p in other if p.concept.is_emotion and concept.is_emotion]
        strength = max(self._strength(piece, concept) for piece in own)
        return strength / max(*rivals, *(piece.weight for piece in own), LEAST)

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
                    tuple(self._facts.branch(concept)),
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
        return self._met(concept.slug, frozenset(c for c, is_on in readings.shown.items() if is_on))

    def _met_pattern(self, slug: str, shown: frozenset[str]) -> Finding:
        for _, pattern, groups, known, *_ in self._published.all:
            if (
                pattern.kind != "necessary-condition"
                and share(groups, shown) == 1.0
                and is_kind(self._graph, pattern.concepts[0], slug)
            ):
                codes = "+".join(sorted(known & shown))
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
            f"The readings meet no pattern of {slug}.",
        )

    def _by_label(self, concept: Concept, label: Concept) -> Finding:
        """Judge an emotion by a label of its own branch."""
        if is_kind(self._graph, label.slug, concept.slug):
            return Finding(
                "supported",
                "conclusion-is-label",
                1.0,
                f"The record's label means {label.slug}.",
                tuple(self._facts.branch(label)),
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
        """Return the pieces that speak for a conclusion, and those that speak against it."""
        start, end = claim.span
        pieces = [p for p, places in evidence.words if not all(start <= x < end for x in places)]
        pieces += evidence.inferences
        own: list[Piece] = []
        other: list[Piece] = []
        for piece in pieces:
            if agrees(piece.concept, concept):
                own.append(piece)
            elif piece.may_oppose:
                other.append(piece)
        fitting, rivals = self._shown(concept.slug, evidence.sure, evidence.possible)
        return [*own, *fitting], evidence.unrefuting([*other, *rivals])

    def _patterns(
        self, slug: str, sure: frozenset[str], possible: frozenset[str]
    ) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return the patterns, as pieces, that codes speak for: of a conclusion, and of other primaries."""
        concept = self._graph.index.concepts[slug]
        rivals = self._complete_patterns(concept, sure)
        return self._partial_patterns(concept, sure | possible, rivals), rivals

    def _partial_patterns(
        self, concept: Concept, codes: frozenset[str], rivals: Sequence[Piece]
    ) -> tuple[Piece, ...]:
        """Return the best pattern of the conclusion's branch that the codes speak for, if any.

        Codes that complete a pattern of another primary speak for that one, and for the conclusion
        only if they complete a pattern of its own.
        """
        if not codes:
            return ()
        free = codes
        if rivals:
            explained = {f.object for piece in rivals for f in piece.facts}
            units = self._graph.index.units
            free = frozenset(code for code in codes if units[code].iri not in explained)
        best = self._best(branch(concept), codes, free)
        return (self._of_codes(best[1], best[0], codes),) if best else ()

    def _best_pattern(
        self, name: str, codes: frozenset[str], free: frozenset[str]
    ) -> tuple[float, Published] | None:
        best: tuple[float, Published] | None = None
        for published in self._published.by_branch.get(name, ()):
            _, pattern, groups, known, *_ = published
            if known.isdisjoint(codes):
                continue
            met = share(groups, codes)
            is_complete = met == 1.0 and pattern.kind != "necessary-condition"
            if (is_complete or not known.isdisjoint(free)) and (best is None or met > best[0]):
                best = (met, published)
        return best

    def _complete_patterns(self, concept: Concept, codes: frozenset[str]) -> tuple[Piece, ...]:
        """Return the largest pattern that the codes complete of every concept of another branch."""
        if not codes:
            return ()
        return tuple(
            self._of_codes(published, 1.0, codes)
            for published in self._completed(codes)
            if not agrees(published.concept, concept)
        )

    def _complete(self, codes: frozenset[str]) -> tuple[Published, ...]:
        """Return the largest pattern that the codes complete of every concept."""
        largest: dict[str, Published] = {}
        for published in self._published.all:
            _, pattern, groups, known, _, concept = published
            if groups[0].isdisjoint(codes) or pattern.kind == "necessary-condition":
                continue  # the latter is needed for the emotion, not enough for it
            is_larger = concept.slug not in largest or len(known) > len(largest[concept.slug].codes)
            if is_larger and share(groups, codes) == 1.0:
                largest[concept.slug] = published
        return tuple(largest.values())

    def _of_codes(self, published: Published, weight: float, codes: frozenset[str]) -> Piece:
        """Return what codes, those that a pattern does not name among them, say by it."""
        return self._piece(published.number, weight, codes & published.named)

    def _make_piece(self, number: int, weight: float, codes: frozenset[str]) -> Piece:
        published = self._published.all[number]
        shown = "+".join(sorted(published.codes & codes))
        facts = tuple(self._facts.pattern(published.pattern, codes))
        kind: PieceKind = "actions" if len(published.groups) > 1 else "action"
        return Piece(published.concept, weight, shown, facts, kind=kind)

    # --- decision ----------------------------------------------------------------------------------

    def _strength(self, piece: Piece, concept: Concept) -> float:
        """Return how much a piece speaks for a concept of its branch: its weight times their nearness."""
        near = self._nearness(piece.concept.slug, concept.slug)
        return max(piece.weight, LEAST) * near

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
                dissent=_pattern_sources(own, but=other),
            )
        pieces = ", ".join(dict.fromkeys(p.shown for p in own))
        facts = tuple(dict.fromkeys(fact for p in own for fact in p.facts))
        nearest = max(own, key=lambda p: self._strength(p, concept))
        near = self._nearness(nearest.concept.slug, concept.slug)
        pair = f"{nearest.concept.slug} and {concept.slug}"
        distance = f"; the nearness of {pair} in the tree is {near:.2f}" if near < 1 else ""
        return Finding(
            "supported",
            "evidence-agrees",
            round(self._strength(nearest, concept), 4),
            f"{pieces} point{'s' if len(own) == 1 else ''} to {branch(concept)}{distance}.",
            facts,
            rivals=names,
            dissent=_pattern_sources(other, but=own),
        )

    def _against(self, concept: Concept, other: list[Piece]) -> Finding:
        strongest = max(other, key=lambda p: p.weight)
        pieces = ", ".join(dict.fromkeys(f"{p.shown} ({p.concept.slug})" for p in other))
        names = tuple(sorted({branch(p.concept) for p in other}))
        refuting = [p for p in other if p.concept.is_emotion and p.may_refute]
        if not (concept.is_emotion and refuting):
            return Finding(
                "unsupported",
                "evidence-besides",
                0.0,
                f"The evidence points elsewhere: {pieces}.",
                strongest.facts,
                rivals=names,
            )
        emotion = refuting[0]
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


def _are_words(pieces: Sequence[Piece]) -> bool:
    """Return whether words outside the final sentence name an emotion: no label alone outweighs that."""
    return any(piece.kind in {"word", "state"} and piece.concept.is_emotion for piece in pieces)


def _pattern_sources(pieces: Sequence[Piece], *, but: Sequence[Piece]) -> tuple[str, ...]:
    """Return the sources, sorted, whose patterns some pieces of evidence meet and others do not."""
    found = {f.source for p in pieces for f in p.facts if f.predicate == _EXPRESSES}
    if not found:
        return ()
    return tuple(sorted(found - {f.source for p in but for f in p.facts}))


def share(groups: Groups, codes: frozenset[str]) -> float:
    """Return the share of a pattern's required groups that the codes meet."""
    met = 0
    for group in groups:
        met += not group.isdisjoint(codes)
    return met / len(groups)


def _not_checkable(rule: str, sentence: str) -> Finding:
    return Finding("not_checkable", rule, 0.0, sentence)
