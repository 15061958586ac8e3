"""The rules on two emotions: which is stronger, whether they go together, blend, change; and on words."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, CoOccurrence, SchemeLabel, VadValue
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.normalise import normalise
from affectgraph.ontology.iris import AG, SKOS
from affectgraph.reasoner.alike import joined
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact, Verdict
from affectgraph.reasoner.source_policy import counts

OFTEN, SELDOM = 1.2, 0.8
"""Lifts from which a data set speaks for two emotions going together, and below which against it."""

AROUSAL_STEP = 0.1
"""Difference in arousal (-1..1) from which one of two kinds of one emotion is the stronger."""

_ORDERED = "plutchik-24"
"""Scheme whose labels stand in threes, the strongest first."""

_ANCHORED = frozenset({"exact", "close"})


class RelationRules:
    """Rules on pairs of emotions over one graph. Threads may share one.

    :param only: source whose orders, values, counts and relations count, all if None.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon, only: str | None = None) -> None:
        self._only = only
        self.graph = graph
        self.facts = Facts(graph)
        self._lexicon = lexicon

    # --- strength --------------------------------------------------------------------------------

    def stronger_than(self, claim: Claim) -> Finding:
        """Judge which of two emotions is said to be the stronger."""
        first, second = self._pair(claim)
        finding = self._by_scheme(first, second) or self._by_arousal(first, second)
        if finding is None:
            finding = Finding(
                "unsupported",
                "no-order",
                0.0,
                f"Nothing here orders {first.slug} and {second.slug} by strength.",
            )
        return denied(finding) if claim.is_denied else finding

    @cached_property
    def _levels(self) -> Mapping[str, tuple[int, int, SchemeLabel]]:
        """Family, rank (0 is the strongest) and label by the slug that a label of the wheel means."""
        found: dict[str, tuple[int, int, SchemeLabel]] = {}
        labels = self.graph.scheme(_ORDERED).labels
        for label in (x for x in labels if counts(x.source, self._only)):
            for anchor in label.anchors:
                if anchor.relation in _ANCHORED:
                    found.setdefault(
                        anchor.concept, (label.position // 3, label.position % 3, label)
                    )
        return found

    def _by_scheme(self, first: Concept, second: Concept) -> Finding | None:
        one, other = self._levels.get(first.slug), self._levels.get(second.slug)
        if one is None or other is None or one[0] != other[0] or one[1] == other[1]:
            return None
        facts = tuple(
            self.facts.fact(label.iri, AG + "position", str(label.position), label.source)
            for label in (one[2], other[2])
        )
        is_stronger = one[1] < other[1]
        order = f"{first.slug} {'above' if is_stronger else 'below'} {second.slug}"
        return _ordered(
            is_stronger, "order-of-scheme", 1.0, f"{_ORDERED} has {order}.", facts, first, second
        )

    def _by_arousal(self, first: Concept, second: Concept) -> Finding | None:
        one, other = self._arousal(first), self._arousal(second)
        if one is None or other is None or first.primary != second.primary or not first.primary:
            return None
        difference = one.mean.arousal - other.mean.arousal
        if abs(difference) < AROUSAL_STEP:
            return None
        facts = (self.facts.vad(one, "arousal"), self.facts.vad(other, "arousal"))
        sentence = (
            f"Both are kinds of {first.primary}; arousal of {first.slug} {one.mean.arousal:+.2f}, of "
            f"{second.slug} {other.mean.arousal:+.2f}."
        )
        strength = min(1.0, abs(difference) / 0.5)
        return _ordered(
            difference > 0, "order-of-arousal", strength, sentence, facts, first, second
        )

    def _arousal(self, concept: Concept) -> VadValue | None:
        values = self.graph.vad(concept.slug)
        own = (v for v in values if v.kind != "imported" and counts(v.source, self._only))
        return next(own, None)

    def order_sources(self, claim: Claim) -> frozenset[str]:
        """Return the sources that order the two emotions by strength, or rate both."""
        first, second = self._pair(claim)
        rated = [{v.source for v in self.graph.vad(c.slug)} for c in (first, second)]
        levels = [self._levels[c.slug] for c in (first, second) if c.slug in self._levels]
        is_ordered = len(levels) == 2 and levels[0][0] == levels[1][0]
        return frozenset((rated[0] & rated[1]) | {levels[0][2].source if is_ordered else ""} - {""})

    # --- going together ----------------------------------------------------------------------------

    def exclusive(self, claim: Claim) -> Finding:
        """Judge whether two emotions are said not to be felt together."""
        first, second = self._pair(claim)
        facts: list[Fact] = []
        reasons: list[str] = []
        if self._lies_under(first, second) or self._lies_under(second, first):
            low, high = (first, second) if self._lies_under(first, second) else (second, first)
            if low.slug != high.slug:
                facts += self.facts.ancestor(low, high)
            reasons.append(f"{low.slug} is a kind of {high.slug}")
        for slug in sorted(self._blends.get(frozenset({first.slug, second.slug}), ())):
            blend = self.graph.concept(slug)
            facts += self._component_facts(blend, {first.slug, second.slug})
            reasons.append(f"{slug} is composed of both")
        for pair in self._counted(first, second):
            if pair.count:
                facts.append(self._count_fact(pair))
                reasons.append(f"{pair.scheme} has both on {pair.count} items")
        if not reasons:
            finding = Finding(
                "unsupported",
                "no-joint-evidence",
                0.0,
                f"Nothing here joins {first.slug} and {second.slug}, or keeps them apart.",
            )
        else:
            finding = Finding(
                "contradicted",
                "felt-together",
                1.0,
                f"{'; '.join(reasons)}.",
                tuple(facts),
                f"Say that {first.label} and {second.label} can go together.",
            )
        return denied(finding) if claim.is_denied else finding

    def co_occurs(self, claim: Claim) -> Finding:
        """Judge whether two emotions are said to go together often."""
        first, second = self._pair(claim)
        counted = [p for p in self._counted(first, second) if p.expected]
        if not counted:
            return Finding(
                "unsupported",
                "not-counted",
                0.0,
                f"No data set here counts {first.slug} and {second.slug}.",
            )
        lifts = {pair.scheme: pair.count / pair.expected for pair in counted}
        sentence = "Lift: " + ", ".join(f"{name} {lift:.2f}" for name, lift in lifts.items()) + "."
        facts = tuple(self._count_fact(pair) for pair in counted)
        if max(lifts.values()) >= OFTEN:
            strength = round(min(1.0, max(lifts.values()) / 3), 4)
            finding = Finding("supported", "given-together", strength, sentence, facts)
        elif max(lifts.values()) < SELDOM:
            hint = f"Say that {first.label} and {second.label} seldom go together."
            finding = Finding("contradicted", "seldom-together", 1.0, sentence, facts, hint)
        else:
            return Finding("unsupported", "no-clear-lift", 0.0, sentence, facts)
        return denied(finding) if claim.is_denied else finding

    @cached_property
    def _counts(self) -> Mapping[frozenset[str], tuple[CoOccurrence, ...]]:
        found: dict[frozenset[str], list[CoOccurrence]] = defaultdict(list)
        for name, pairs in self.graph.index.cooccurrences.items():
            if not counts(self.graph.scheme(name).source, self._only):
                continue
            meaning = {
                label.name: [a.concept for a in label.anchors if a.relation in _ANCHORED]
                for label in self.graph.scheme(name).labels
            }
            for pair in pairs:
                for one in meaning.get(pair.first, ()):
                    for other in meaning.get(pair.second, ()):
                        found[frozenset({one, other})].append(pair)
        return {key: tuple(pairs) for key, pairs in found.items()}

    def _counted(self, first: Concept, second: Concept) -> tuple[CoOccurrence, ...]:
        slugs = (joined(first.slug), joined(second.slug))
        return self._counts.get(frozenset(slugs), ())

    def count_sources(self, claim: Claim) -> frozenset[str]:
        """Return the data sets, by their sources, that count how often two emotions are given together."""
        pairs = self._counted(*self._pair(claim))
        return frozenset(self.graph.scheme(p.scheme).source for p in pairs if p.expected)

    def joining_sources(self, claim: Claim) -> frozenset[str]:
        """Return the data sets that count two emotions, and the theories with a blend of both."""
        first, second = self._pair(claim)
        blends = self._blends.get(frozenset({first.slug, second.slug}), ())
        links = [link for slug in blends for link in self._components(self.graph.concept(slug))]
        theories = {link.source for link in links if link.end in {first.slug, second.slug}}
        return self.count_sources(claim) | theories

    def _count_fact(self, pair: CoOccurrence) -> Fact:
        scheme = self.graph.scheme(pair.scheme)
        return self.facts.fact(scheme.iri, SKOS + "notation", scheme.name, scheme.source)

    # --- blends and change -------------------------------------------------------------------------

    def blend_of(self, claim: Claim) -> Finding:
        """Judge what an emotion is said to be a mixture of."""
        concept = self.graph.concept(claim.subject[0])
        parts = {joined(slug) for slug in claim.object}
        links = [link for link in self._components(concept) if link.evidence == "theory"]
        known = {joined(link.end) for link in links}
        if parts <= known:
            finding = Finding(
                "supported",
                "components",
                1.0,
                f"{concept.slug} is composed of {', '.join(sorted(known))}.",
                tuple(self.facts.association(li) for li in links if joined(li.end) in parts),
            )
            return denied(finding) if claim.is_denied else finding
        said = f"{concept.slug} is composed of {', '.join(sorted(known))}" if known else "No theory"
        sentence = f"{said}; {', '.join(sorted(parts))} is not among what theories say."
        return Finding("unsupported", "no-such-components", 0.0, sentence)

    @cached_property
    def _blends(self) -> Mapping[frozenset[str], frozenset[str]]:
        parts: dict[str, set[str]] = defaultdict(set)
        for link in self.graph.index.associations:
            if (
                link.relation == "composedOf"
                and link.start in self.graph.index.concepts
                and counts(link.source, self._only)
            ):
                parts[link.start].add(link.end)
        found: dict[frozenset[str], set[str]] = defaultdict(set)
        for blend, ends in parts.items():
            for one in ends:
                for other in ends - {one}:
                    found[frozenset({one, other})].add(blend)
        return {pair: frozenset(blends) for pair, blends in found.items()}

    def _component_facts(self, blend: Concept, slugs: set[str]) -> list[Fact]:
        links = self._components(blend)
        return [self.facts.association(link) for link in links if link.end in slugs]

    def _components(self, blend: Concept) -> list[Association]:
        return [li for li in self.graph.components(blend.slug) if counts(li.source, self._only)]

    def component_sources(self, claim: Claim) -> frozenset[str]:
        """Return the theories that say what an emotion is composed of."""
        links = self._components(self.graph.concept(claim.subject[0]))
        return frozenset(link.source for link in links if link.evidence == "theory")

    def _transitions(self, first: Concept, second: Concept) -> list[Association]:
        return [
            link
            for link in self.graph.index.associations
            if link.relation == "leadsTo"
            and joined(link.start) == joined(first.slug)
            and joined(link.end) == joined(second.slug)
            and counts(link.source, self._only)
        ]

    def transition_sources(self, claim: Claim) -> frozenset[str]:
        """Return the studies of how an emotion turns into another."""
        return frozenset(link.source for link in self._transitions(*self._pair(claim)))

    def transition(self, claim: Claim) -> Finding:
        """Judge whether an emotion is said to turn into another."""
        first, second = self._pair(claim)
        links = self._transitions(first, second)
        if not links:
            return Finding(
                "unsupported",
                "no-transition",
                0.0,
                f"No study here has {first.slug} lead to {second.slug}.",
            )
        finding = Finding(
            "supported",
            "leads-to",
            {"strong": 1.0, "moderate": 0.7}.get(links[0].grade or "", 0.4),
            links[0].claim,
            tuple(self.facts.association(link) for link in links),
        )
        return denied(finding) if claim.is_denied else finding

    # --- words -------------------------------------------------------------------------------------

    def denotes(self, claim: Claim) -> Finding:
        """Judge what a word is said to mean."""
        word, concept = normalise(claim.subject[0]), self.graph.concept(claim.object[0])
        entries, _ = self._lexicon.look_up(word)
        if not entries:
            return Finding(
                "not_checkable", "unknown-word", 0.0, f"The vocabulary does not have {word!r}."
            )
        fitting = [e for e in entries if self._lies_under(e.concept, concept)]
        names = ", ".join(dict.fromkeys(e.concept.slug for e in entries))
        sentence = f"{word!r} means {names}."
        facts = tuple(fact for e in fitting or entries for fact in self._sense(e.concept))
        if fitting:
            finding = Finding("supported", "meaning-of-word", fitting[0].strength, sentence, facts)
        elif all(_apart(e.concept, concept) for e in entries):
            hint = f"{word} means {entries[0].concept.label}."
            finding = Finding("contradicted", "other-meaning", 1.0, sentence, facts, hint)
        else:
            return Finding("unsupported", "near-meaning", 0.0, sentence, facts)
        return denied(finding) if claim.is_denied else finding

    def _sense(self, concept: Concept) -> list[Fact]:
        return self.facts.branch(concept)

    # --- helpers -----------------------------------------------------------------------------------

    def _pair(self, claim: Claim) -> tuple[Concept, Concept]:
        return self.graph.concept(claim.subject[0]), self.graph.concept(claim.object[0])

    def _lies_under(self, concept: Concept, other: Concept) -> bool:
        return joined(concept.slug) == joined(other.slug) or joined(other.slug) in concept.path


def denied(finding: Finding) -> Finding:
    """Turn a finding on a statement into the one on its denial."""
    flipped: dict[Verdict, Verdict] = {"supported": "contradicted", "contradicted": "supported"}
    hint = "Leave out the denial." if finding.verdict == "supported" else ""
    return finding._replace(verdict=flipped.get(finding.verdict, finding.verdict), hint=hint)


def _apart(first: Concept, second: Concept) -> bool:
    return (first.primary or first.slug) != (second.primary or second.slug)


def _ordered(
    is_stronger: bool,
    rule: str,
    strength: float,
    sentence: str,
    facts: tuple[Fact, ...],
    first: Concept,
    second: Concept,
) -> Finding:
    if is_stronger:
        return Finding("supported", rule, round(strength, 4), sentence, facts)
    hint = f"{second.label} is the stronger of the two."
    return Finding("contradicted", rule, 1.0, sentence, facts, hint)
