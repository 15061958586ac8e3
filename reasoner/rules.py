"""Which rule judges which claim.

A rule gives ``supported`` or ``contradicted`` only with a triple in hand. Rule ids are stable; they are
listed in ``docs/checking.md``.
"""

from collections.abc import Callable

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.emotion_rules import EmotionRules
from affectgraph.reasoner.face_rules import FaceRules
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim


class Rules:
    """The rules on single claims over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        faces, emotions = FaceRules(graph), EmotionRules(graph)
        self._observes = faces.observes
        self._by_type: dict[str, Callable[[Claim], Finding]] = {
            "au_identity": faces.au_identity,
            "expresses": faces.expresses,
            "in_tier": emotions.in_tier,
            "subsumed_by": emotions.subsumed_by,
            "opposite_of": emotions.opposite_of,
            "vad_level": emotions.vad_level,
            "label_in_scheme": emotions.label_in_scheme,
        }

    def judge(self, claim: Claim, readings: Readings | None) -> Finding:
        """Return what the rule for a claim's type says, before hedging is taken into account.

        :param claim: of any type but ``concludes``.
        :param readings: what a detector reported, for sightings.
        """
        if claim.type == "observes":
            return self._observes(claim, readings)
        return self._by_type[claim.type](claim)
