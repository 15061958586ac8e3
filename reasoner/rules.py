"""Which rule judges which claim.

A rule gives ``supported`` or ``contradicted`` only with a triple in hand. Rule ids are stable; they are
listed in ``docs/checking.md``.
"""

from collections.abc import Callable

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_columns import Readings
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner.emotion_rules import EmotionRules
from affectgraph.reasoner.face_rules import FaceRules, leaves_room
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim
from affectgraph.reasoner.name_rules import NameRules
from affectgraph.reasoner.relation_rules import RelationRules
from affectgraph.reasoner.source_policy import SourcePolicy, by_majority, dissenting

REMEMBERED = 10_000
"""Findings remembered before the memory is emptied; rationales repeat each other's claims."""

_NOTHING_TO_HOLD = {
    "elicited_by": "No table here says what brings a feeling about in this case.",
    "masks": "No table here says what an expression hides.",
    "modal_agreement": "No table here compares channels.",
    "modal_conflict": "No table here compares channels.",
}


_ANY = SourcePolicy("any")
_UNCONTESTED = frozenset({"au-in-pattern", "au-in-no-pattern", "excluded-by-none", "au-not-always"})
"""Rules on facial actions from which no source alone departs: what excludes an emotion comes before them."""


class Rules:
    """The rules on single claims over one graph. Threads may share one.

    :param lexicon: words of the graph, for what they are said to mean.
    :param policy: whose word counts where sources disagree.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon, policy: SourcePolicy = _ANY) -> None:
        self._graph = graph
        self._lexicon = lexicon
        self._policy = policy
        self._known: dict[tuple[object, ...], Finding] = {}
        self._alone: dict[str, _SourceRules] = {}
        names = NameRules(graph)
        own = _SourceRules(graph, lexicon, policy.only)
        faces, emotions, relations = own.faces, own.emotions, own.relations
        self._everyone = _SourceRules(graph, lexicon) if policy.only else own
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
            claim.type == "expresses" and leaves_room(claim),
        )
        finding = self._known.get(key)
        if finding is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            finding = self._known[key] = self._by_policy(claim)
        return finding

    def _by_policy(self, claim: Claim) -> Finding:
        """Return what the sources that count say, and which others say otherwise."""
        found = self._by_type[claim.type](claim)
        speaking = self._everyone.speaking.get(claim.type)
        if speaking is None or (found.verdict == "not_checkable" and not self._policy.only):
            return found
        is_vote = self._policy.kind == "majority"
        if not is_vote and not self._policy.only and found.rule in _UNCONTESTED:
            return found
        alone = {source: self._of(source, claim) for source in sorted(speaking(claim))}
        if is_vote:
            found = by_majority(found, alone)
        elif self._policy.only:
            found = found._replace(sentence=f"{found.sentence} Only {self._policy.only} counts.")
        others = dissenting(found.verdict, alone)
        return found._replace(dissent=tuple(dict.fromkeys((*found.dissent, *others))))

    def _of(self, source: str, claim: Claim) -> Finding:
        """Return what follows from a source alone."""
        rules = self._alone.get(source)
        if rules is None:
            rules = self._alone[source] = _SourceRules(self._graph, self._lexicon, source)
        return rules.by_type[claim.type](claim)


class _SourceRules:
    """The rules in which sources can differ.

    :param only: source whose word counts, all if None.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon, only: str | None = None) -> None:
        self.faces = faces = FaceRules(graph, only)
        self.emotions = emotions = EmotionRules(graph, only)
        self.relations = relations = RelationRules(graph, lexicon, only)
        self.by_type: dict[str, Callable[[Claim], Finding]] = {
            "blend_of": relations.blend_of,
            "co_occurs": relations.co_occurs,
            "excludes": faces.excludes,
            "exclusive": relations.exclusive,
            "expresses": faces.expresses,
            "opposite_of": emotions.opposite_of,
            "stronger_than": relations.stronger_than,
            "transition": relations.transition,
            "vad_level": emotions.vad_level,
        }
        self.speaking: dict[str, Callable[[Claim], frozenset[str]]] = {
            "blend_of": relations.component_sources,
            "co_occurs": relations.count_sources,
            "excludes": faces.pattern_sources,
            "exclusive": relations.joining_sources,
            "expresses": faces.pattern_sources,
            "opposite_of": emotions.opposite_sources,
            "stronger_than": relations.order_sources,
            "transition": relations.transition_sources,
            "vad_level": emotions.value_sources,
        }
