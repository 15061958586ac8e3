"""Which rule judges which claim.

A rule gives ``supported`` or ``contradicted`` only with a triple in hand. Rule ids are stable; they are
listed in ``docs/checking.md``.
"""

from collections.abc import Callable

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_columns import Readings
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner.emotion_rules import EmotionRules
from affectgraph.reasoner.face_rules import FaceRules
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim
from affectgraph.reasoner.name_rules import NameRules
from affectgraph.reasoner.relation_rules import RelationRules

REMEMBERED = 10_000
"""Findings remembered before the memory is emptied; rationales repeat each other's claims."""

_NOTHING_TO_HOLD = {
    "elicited_by": "No table here says what brings a feeling about in this case.",
    "masks": "No table here says what an expression hides.",
    "modal_agreement": "No table here compares channels.",
    "modal_conflict": "No table here compares channels.",
}


class Rules:
    """The rules on single claims over one graph. Threads may share one.

    :param lexicon: words of the graph, for what they are said to mean.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon) -> None:
        self._known: dict[tuple[object, ...], Finding] = {}
        faces, names, emotions = FaceRules(graph), NameRules(graph), EmotionRules(graph)
        relations = RelationRules(graph, lexicon)
        self._with_readings: dict[str, Callable[[Claim, Readings | None], Finding]] = {
            "observes": faces.observes,
            "genuine": faces.genuine,
        }
        self._by_type: dict[str, Callable[[Claim], Finding]] = {
            "observes": lambda claim: faces.observes(claim, None),
            "genuine": lambda claim: faces.genuine(claim, None),
            "au_identity": names.au_identity,
            "cue_denotes": names.cue_denotes,
            "expresses": faces.expresses,
            "excludes": faces.excludes,
            "in_tier": emotions.in_tier,
            "subsumed_by": emotions.subsumed_by,
            "opposite_of": emotions.opposite_of,
            "vad_level": emotions.vad_level,
            "label_in_scheme": emotions.label_in_scheme,
            "stronger_than": relations.stronger_than,
            "exclusive": relations.exclusive,
            "co_occurs": relations.co_occurs,
            "blend_of": relations.blend_of,
            "transition": relations.transition,
            "denotes": relations.denotes,
        }

    def judge(self, claim: Claim, readings: Readings | None) -> Finding:
        """Return what the rule for a claim's type says, before hedging is taken into account.

        :param claim: of any type but ``concludes``.
        :param readings: what a detector reported, for sightings.
        """
        reason = _NOTHING_TO_HOLD.get(claim.type)
        if reason is not None:
            return Finding("not_checkable", "nothing-to-hold-against", 0.0, reason)
        if readings is not None and claim.type in self._with_readings:
            return self._with_readings[claim.type](claim, readings)
        key = (
            claim.type,
            claim.subject,
            claim.object,
            claim.polarity,
            claim.commitment,
            claim.modality,
        )
        finding = self._known.get(key)
        if finding is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            finding = self._known[key] = self._by_type[claim.type](claim)
        return finding
