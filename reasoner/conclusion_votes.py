"""Judges conclusions under a policy on sources, and finds the claims that carry them."""

from collections.abc import Mapping, Sequence
from statistics import median_low

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.conclusion_evidence import Evidence
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim
from affectgraph.reasoner.source_policy import SourcePolicy, by_majority, dissenting
from affectgraph.reasoner.verdict_on_conclusion import ConclusionJudge

BY_EVIDENCE = frozenset(
    {"evidence-agrees", "evidence-against", "evidence-besides", "evidence-divided", "no-majority"}
)
"""Rules by which the claims of the text itself decide on its conclusion."""

Lacking = Sequence[tuple[Claim, Evidence]]
"""Claims of a text, each with the evidence that is left without it."""


class ConclusionVotes:
    """Judges conclusions by the patterns of the sources that count. Threads may share one.

    :param policy: whose patterns count where sources disagree.
    """

    def __init__(self, graph: EmotionGraph, policy: SourcePolicy) -> None:
        self._graph = graph
        self._policy = policy
        self._all = ConclusionJudge(graph)
        self._alone: dict[str, ConclusionJudge] = {}

    def judge(
        self,
        claim: Claim,
        label: Concept | None,
        readings: Readings | None,
        evidence: Evidence,
        lacking: Lacking = (),
    ) -> Finding:
        """Return the verdict on a ``concludes`` claim, as :meth:`ConclusionJudge.judge` does.

        A finding by the text's own claims names its carriers: those without which verdict or strength
        would be another.

        :param lacking: the claims to drop in turn.
        """
        found = self._judge(claim, label, readings, evidence)
        if found.rule not in BY_EVIDENCE:
            return found
        carriers = tuple(
            dropped
            for dropped, rest in lacking
            if dropped is not claim
            and _outcome(self._judge(claim, label, readings, rest)) != _outcome(found)
        )
        return found._replace(carriers=carriers)

    def consistency(self, claim: Claim, concept: Concept, evidence: Evidence) -> float | None:
        """Return how well a text's evidence fits what it concludes, as :meth:`ConclusionJudge.consistency`.

        Under ``majority`` it is the lower median of what the sources that speak of the emotion give.
        """
        if self._policy.kind != "majority":
            return self._main.consistency(claim, concept, evidence)
        found = [
            self._of(source).consistency(claim, concept, evidence)
            for source in self._all.speaking(claim)
        ]
        known = [value for value in found if value is not None]
        return median_low(known) if known else self._all.consistency(claim, concept, evidence)

    @property
    def _main(self) -> ConclusionJudge:
        return self._of(self._policy.only) if self._policy.only else self._all

    def _of(self, source: str) -> ConclusionJudge:
        judge = self._alone.get(source)
        if judge is None:
            judge = self._alone[source] = ConclusionJudge(self._graph, source)
        return judge

    def _judge(
        self,
        claim: Claim,
        label: Concept | None,
        readings: Readings | None,
        evidence: Evidence,
    ) -> Finding:
        found = self._main.judge(claim, label, readings, evidence)
        if self._policy.kind == "any":
            return found
        alone: Mapping[str, Finding] = {
            source: self._of(source).judge(claim, label, readings, evidence)
            for source in sorted(self._all.speaking(claim))
        }
        if self._policy.kind == "majority":
            found = by_majority(found, alone)
        return found._replace(dissent=dissenting(found.verdict, alone))


def _outcome(finding: Finding) -> tuple[str, float]:
    return finding.verdict, finding.strength
