"""The rules that judge statements about emotions: tier, kind, opposite, valence, label of a scheme."""

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, Scheme, SchemeLabel, VadValue
from affectgraph.linkers.normalise import normalise
from affectgraph.ontology.iris import AG, SKOS
from affectgraph.reasoner.alike import joined
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact
from affectgraph.reasoner.relation_rules import denied
from affectgraph.reasoner.source_policy import counts

VALENCE_BAND = 0.2
"""A mean this far on the other side of 0 contradicts a valence statement; norms differ by .13 to .23 on
average (mean absolute differences between four norms), so a smaller distance proves nothing."""

OTHER_BAND = 0.3
"""The same for arousal and dominance, on which norms agree less."""

NEUTRAL_BAND = 0.1
"""A valence nearer to 0 than this takes no side."""


class EmotionRules:
    """Rules on emotions over one graph. Threads may share one.

    :param only: source whose opposites and values count, all if None.
    """

    def __init__(self, graph: EmotionGraph, only: str | None = None) -> None:
        self._only = only
        self.graph = graph
        self.facts = Facts(graph)

    def in_tier(self, claim: Claim) -> Finding:
        """Judge which tier an emotion is said to be in."""
        concept = self.graph.concept(claim.subject[0])
        tier = claim.object[0]
        if concept.tier is None or concept.is_own:
            return Finding(
                "unsupported",
                "outside-the-tree",
                0.0,
                f"{concept.slug} is not in Parrott's tree, which alone has tiers.",
            )
        is_true = (tier == concept.tier) != claim.is_denied
        said = f"not {tier}" if claim.is_denied else tier
        sentence = (
            f"{concept.slug} is {concept.tier} in Parrott's tree ({' > '.join(concept.path)})."
        )
        if is_true:
            facts = self._tier_facts(concept, concept.tier if claim.is_denied else tier)
            return Finding("supported", "tier", 1.0, sentence, facts)
        return Finding(
            "contradicted",
            "tier",
            1.0,
            sentence + f" The text says {said}.",
            tuple(self.facts.tier(concept)),
            f"Say that {concept.label} is a {concept.tier} emotion.",
        )

    def _tier_facts(self, concept: Concept, tier: str) -> tuple[Fact, ...]:
        if tier == concept.tier:
            return tuple(self.facts.tier(concept))
        entries = self.graph.tree_entries(concept.label)
        return tuple(fact for e in entries if e.tier == tier for fact in self.facts.entry(e))

    def subsumed_by(self, claim: Claim) -> Finding:
        """Judge whether an emotion is said to be a kind of another."""
        child, parent = self.graph.concept(claim.subject[0]), self.graph.concept(claim.object[0])
        if self._is_kind(child, parent):
            facts = tuple(
                self.facts.ancestor(child, parent) if child != parent else self.facts.tier(child)
            )
            finding = Finding(
                "supported", "ancestor", 1.0, f"{child.slug}: {' > '.join(child.path)}.", facts
            )
        elif child.is_emotion and parent.is_emotion and self.graph.is_a(parent.slug, child.slug):
            finding = Finding(
                "contradicted",
                "descendant",
                1.0,
                f"It is the other way round: {' > '.join(parent.path)}.",
                tuple(self.facts.ancestor(parent, child)),
                f"Say that {parent.label} is a kind of {child.label}.",
            )
        elif child.primary and parent.primary and child.primary != parent.primary:
            finding = Finding(
                "contradicted",
                "other-primary",
                1.0,
                f"{child.slug} belongs to {child.primary}, {parent.slug} to {parent.primary}.",
                tuple(self.facts.disjoint(child, parent)),
                f"Say that {child.label} is a kind of {child.path[-2]}."
                if len(child.path) > 1
                else f"Say that {child.label} is a primary emotion of its own.",
            )
        else:
            return Finding(
                "unsupported", "no-ancestor", 0.0, f"{child.slug} does not lie below {parent.slug}."
            )
        return denied(finding) if claim.is_denied else finding

    def _is_kind(self, child: Concept, parent: Concept) -> bool:
        return child.slug == parent.slug or parent.slug in child.path

    def opposite_of(self, claim: Claim) -> Finding:
        """Judge whether two emotions are said to be opposites."""
        first, second = self.graph.concept(claim.subject[0]), self.graph.concept(claim.object[0])
        links = [link for link in self._opposites(first.slug) if link.end == second.slug]
        if links:
            theories = ", ".join(sorted({link.theory for link in links}))
            finding = Finding(
                "supported",
                "opposite",
                1.0,
                f"{first.slug} and {second.slug} are opposites in {theories}.",
                tuple(self.facts.association(link) for link in links),
            )
        elif inherited := self._inherited_opposites(first, second):
            link = inherited[0]
            finding = Finding(
                "supported",
                "opposite-inherited",
                0.5,
                f"{first.slug} lies under {link.start}, {second.slug} under {link.end}, "
                f"which are opposites in {link.theory}.",
                tuple(self._inherited_facts(first, second, link)),
            )
        elif self._is_kind(first, second) or self._is_kind(second, first):
            low, high = (first, second) if self._is_kind(first, second) else (second, first)
            facts = self.facts.ancestor(low, high) if low != high else self.facts.primary(low)
            kind = "are one concept" if low == high else f"is a kind of {high.slug}"
            finding = Finding(
                "contradicted",
                "opposite-of-own-kind",
                1.0,
                f"{low.slug} {kind}; a kind is no opposite.",
                tuple(facts),
                "Name an emotion that some theory pairs with it.",
            )
        else:
            return Finding(
                "unsupported",
                "no-opposite",
                0.0,
                f"No theory here pairs {first.slug} and {second.slug}.",
            )
        return denied(finding) if claim.is_denied else finding

    def _opposites(self, slug: str) -> list[Association]:
        return [li for li in self.graph.opposites(slug) if counts(li.source, self._only)]

    def opposite_sources(self, claim: Claim) -> frozenset[str]:
        """Return the sources that give one of the two emotions, or one above it, an opposite."""
        pair = (self.graph.concept(slug) for slug in (claim.subject[0], claim.object[0]))
        slugs = {slug for concept in pair for slug in (concept.slug, *concept.path)}
        return frozenset(link.source for slug in slugs for link in self._opposites(slug))

    def _inherited_opposites(self, first: Concept, second: Concept) -> list[Association]:
        above = {slug for slug in first.path if slug not in second.path}
        beside = {slug for slug in second.path if slug not in first.path}
        return [
            link
            for start in reversed(first.path)
            if start in above
            for link in self._opposites(start)
            if link.end in beside
        ]

    def _inherited_facts(self, first: Concept, second: Concept, link: Association) -> list[Fact]:
        found = [self.facts.association(link)]
        for concept, top in ((first, link.start), (second, link.end)):
            if concept.slug != top:
                found += self.facts.ancestor(concept, self.graph.index.concepts[top])
        return found

    def vad_level(self, claim: Claim) -> Finding:
        """Judge a statement on valence, arousal or dominance, or the record's own valence."""
        concept = self.graph.concept(claim.subject[0])
        dimension, sign = _level(claim.object[0])
        values = self._values(concept)
        if not values:
            return Finding("not_checkable", "no-vad", 0.0, f"No source here rates {concept.slug}.")
        if sign == 0:
            return Finding(
                "not_checkable", "no-side", 0.0, f"{claim.object[0]} takes no side of 0."
            )
        side = -sign if claim.is_denied else sign
        means = {v.iri: getattr(v.mean, dimension) * side for v in values}
        facts = tuple(self.facts.vad(v, dimension) for v in values)
        shown = ", ".join(f"{getattr(v.mean, dimension):+.2f} ({_kind(v)})" for v in values)
        sentence = f"{dimension} of {concept.slug}: {shown}."
        measured = [v for v in values if v.is_measured]
        band = VALENCE_BAND if dimension == "valence" else OTHER_BAND
        if all(mean > NEUTRAL_BAND for mean in means.values()):
            strength = round(min(1.0, min(means.values()) / 0.5), 4)
            return Finding("supported", "vad-same-side", strength, sentence, facts)
        if measured and all(means[v.iri] < -band for v in measured):
            rule = f"{dimension}-other-side"
            hint = f"{concept.label} is rated {_side(dimension, -side)}."
            return Finding("contradicted", rule, 1.0, sentence, facts, hint)
        dissent = tuple(v.source for v in values if means[v.iri] < 0)
        return Finding("unsupported", "vad-not-on-this-side", 0.0, sentence, facts, dissent=dissent)

    def _values(self, concept: Concept) -> tuple[VadValue, ...]:
        """Return what counts; a lexicon the user laid over the graph does not, it is no triple of it."""
        values = self.graph.vad(concept.slug)
        return tuple(v for v in values if v.kind != "imported" and counts(v.source, self._only))

    def value_sources(self, claim: Claim) -> frozenset[str]:
        """Return the sources that rate the emotion of a claim."""
        return frozenset(v.source for v in self._values(self.graph.concept(claim.subject[0])))

    def label_in_scheme(self, claim: Claim) -> Finding:
        """Judge whether a label belongs to the closed set of its scheme."""
        scheme = self.graph.scheme(claim.object[0])
        wanted = claim.subject[0]
        label = self._label(scheme, wanted)
        if label is not None:
            fact = self.facts.fact(scheme.iri, AG + "hasLabel", label.iri, label.source)
            sentence = f"{label.name!r} is a label of {scheme.name}."
            finding = Finding("supported", "label-in-scheme", 1.0, sentence, (fact,))
            return denied(finding) if claim.is_denied else finding
        names = ", ".join(label.name for label in scheme.labels)
        fact = self.facts.fact(scheme.iri, SKOS + "notation", scheme.name, scheme.source)
        finding = Finding(
            "contradicted",
            "label-not-in-scheme",
            1.0,
            f"{scheme.name} has {len(scheme.labels)} labels and {wanted!r} is none of them.",
            (fact,),
            f"Use one of: {names}.",
        )
        return denied(finding) if claim.is_denied else finding

    def _label(self, scheme: Scheme, wanted: str) -> SchemeLabel | None:
        """Return the label that a word names: by its name or alias, else by the concept it names."""
        word = normalise(wanted)
        for label in scheme.labels:
            if word in {normalise(label.name), *map(normalise, label.aliases)}:
                return label
        concept = self.graph.get_concept(word)
        if concept is None:
            return None
        slugs = {concept.slug, joined(concept.slug)}
        for label in scheme.labels:
            if any(a.relation == "exact" and a.concept in slugs for a in label.anchors):
                return label
        return None


def _level(value: str) -> tuple[str, int]:
    if "=" in value:
        dimension, _, number = value.partition("=")
        return dimension, 0 if abs(float(number)) < NEUTRAL_BAND else (
            1 if float(number) > 0 else -1
        )
    dimension, _, side = value.partition(":")
    return dimension, 1 if side in {"positive", "high"} else -1


def _side(dimension: str, sign: int) -> str:
    if dimension == "valence":
        return "pleasant" if sign > 0 else "unpleasant"
    return f"{'high' if sign > 0 else 'low'} in {dimension}"


def _kind(value: VadValue) -> str:
    return value.source if value.is_measured else f"derived, {value.match}"
