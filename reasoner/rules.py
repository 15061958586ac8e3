"""The rules that judge single claims: each is a function from a claim to a verdict with its triples.

A rule gives ``supported`` or ``contradicted`` only with a triple in hand. Rule ids are stable.
"""

from collections.abc import Callable
from typing import NamedTuple

from affectgraph.kg.faces import find_unit, rivals, usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import ActionUnit, Association, Concept, Pattern, VadValue
from affectgraph.linkers.normalise import normalise
from affectgraph.ontology.iris import AG, SKOS
from affectgraph.reasoner.claims import ABSENT
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.model import Claim, Fact, Verdict
from affectgraph.reasoner.readings import Readings

VALENCE_BAND = 0.2
"""A mean this far on the other side of 0 contradicts a valence statement; norms differ by .13 to .23 on
average (mean absolute differences between four norms), so a smaller distance proves nothing."""

NEUTRAL_BAND = 0.1
"""A valence nearer to 0 than this takes no side."""


class Finding(NamedTuple):
    """What a rule says of a claim, before hedging is taken into account."""

    verdict: Verdict
    rule: str
    strength: float
    sentence: str
    facts: tuple[Fact, ...] = ()
    hint: str = ""
    rivals: tuple[str, ...] = ()


class Rules:
    """The rules over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self.facts = Facts(graph)
        self.by_type: dict[str, Callable[[Claim], Finding]] = {
            "au_identity": self.au_identity,
            "expresses": self.expresses,
            "in_tier": self.in_tier,
            "subsumed_by": self.subsumed_by,
            "opposite_of": self.opposite_of,
            "vad_level": self.vad_level,
            "label_in_scheme": self.label_in_scheme,
        }

    # --- facial actions ----------------------------------------------------------------------------

    def au_identity(self, claim: Claim) -> Finding:
        """Judge a number tied to a name."""
        number, name = claim.subject[0], claim.object[0]
        named = claim.object[1:]
        unit = find_unit(self.graph.index, number)
        if unit is None:
            return self._no_such_unit(number, name, named)
        if any(code.startswith(ABSENT) for code in named):
            return self._named_absence(unit, name, named)
        names = " or ".join(f"{code} {self.graph.index.units[code].name.lower()}" for code in named)
        fact = self.facts.unit_name(unit.code)
        if unit.code in named:
            return Finding(
                "supported",
                "au-name",
                1.0,
                f"{unit.code} is the {unit.name.lower()}; {name!r} names it.",
                (fact, *self._alias_fact(unit.code, name)),
            )
        wanted = ", ".join(named)
        return Finding(
            "contradicted",
            "au-name-of-another-unit",
            1.0,
            f"{unit.code} is the {unit.name.lower()}, but {name!r} names {names}.",
            (fact, *(self.facts.unit_name(code) for code in named)),
            f"{unit.code} is the {unit.name.lower()}; {name} is {wanted}.",
        )

    def _named_absence(self, unit: ActionUnit, name: str, named: tuple[str, ...]) -> Finding:
        missing = " or ".join(code.removeprefix(ABSENT) for code in named)
        return Finding(
            "contradicted",
            "au-name-of-absence",
            1.0,
            f"{unit.code} is the {unit.name.lower()}, but {name!r} says that {missing} is missing.",
            (self.facts.unit_name(unit.code),),
            f"{unit.code} is the {unit.name.lower()}; name what is shown.",
        )

    def _alias_fact(self, code: str, name: str) -> list[Fact]:
        unit = self.graph.index.units[code]
        return [self.facts.unit_alias(code, a) for a in unit.aliases if a.lower() == name.lower()]

    def _no_such_unit(self, number: str, name: str, named: tuple[str, ...]) -> Finding:
        hint = (
            f"{name} is {', '.join(named)}."
            if named
            else "FACS numbers its action units 1 to 46, head and eye positions 51 to 69."
        )
        facts = tuple(self.facts.unit_name(code) for code in named)
        return Finding(
            "contradicted",
            "au-unknown-number",
            1.0,
            f"FACS has no action unit {number}.",
            facts,
            hint,
        )

    def observes(self, claim: Claim, readings: Readings | None) -> Finding:
        """Judge a sighting against what the detector reported."""
        said = "absent" if claim.is_denied else "shown"
        actions = ", ".join(claim.subject)
        if readings is None:
            return Finding(
                "not_checkable",
                "no-readings",
                0.0,
                f"No readings were given to hold {actions} against.",
            )
        groups = [group.split("|") for group in claim.subject]
        known = [[code for code in group if code in readings.shown] for group in groups]
        if not all(known):
            unseen = ", ".join(g for g, k in zip(claim.subject, known, strict=True) if not k)
            return Finding(
                "not_checkable",
                "detector-cannot-see",
                0.0,
                f"{readings.detector.name} readings hold nothing on {unseen}.",
            )
        present = [any(readings.shown[code] for code in group) for group in known]
        agrees = not any(present) if claim.is_denied else all(present)
        values = "; ".join(
            f"{column} {value:g}"
            for group in known
            for code in group
            for column, value in readings.values[code]
        )
        facts = tuple(self.facts.unit_name(code) for group in known for code in group)
        if agrees:
            return Finding(
                "supported", "reading-agrees", 1.0, f"{actions} {said}: {values}.", facts
            )
        return Finding(
            "contradicted",
            "reading-disagrees",
            1.0,
            f"The text says {actions} is {said}, the readings say otherwise: {values}.",
            facts,
            f"Say that {actions} is {'shown' if claim.is_denied else 'absent'}, or leave it out.",
        )

    def expresses(self, claim: Claim) -> Finding:
        """Judge facial actions said to express an emotion, against every published pattern."""
        concept = self.graph.concept(claim.object[0])
        groups = [group.split("|") for group in claim.subject]
        actions = ", ".join(claim.subject)
        excluding = self._excluding(concept, groups)
        if excluding is not None:
            pattern, codes = excluding
            return Finding(
                "contradicted",
                "au-excluded",
                1.0,
                f"{pattern.source} names {', '.join(sorted(codes))} as arguing against {concept.slug}.",
                tuple(self.facts.pattern(pattern, codes)),
                f"Leave {', '.join(sorted(codes))} out of the evidence for {concept.slug}.",
            )
        best = self._best_pattern(concept, groups)
        codes = frozenset(code for group in groups for code in group)
        others = rivals(self.graph.index, codes, concept.slug)
        if best is None:
            return Finding(
                "unsupported",
                "au-in-no-pattern",
                0.0,
                f"No published pattern of {concept.slug} names all of {actions}.",
                rivals=others,
            )
        pattern, support = best
        share = f"{support:.0%} of its required actions"
        return Finding(
            "supported",
            "au-in-pattern",
            round(support, 4),
            f"{actions}: part of the {pattern.kind} of {pattern.concepts[0]} in {pattern.source} ({share}).",
            tuple(self.facts.pattern(pattern, codes)),
            rivals=others,
        )

    def branch_patterns(self, concept: Concept) -> list[Pattern]:
        """Return the usable patterns of a concept and of everything above and below it."""
        return [
            pattern
            for pattern in usable_patterns(self.graph.index)
            if self.graph.is_a(pattern.concepts[0], concept.slug)
            or self.graph.is_a(concept.slug, pattern.concepts[0])
        ]

    def _excluding(
        self, concept: Concept, groups: list[list[str]]
    ) -> tuple[Pattern, frozenset[str]] | None:
        said = {group[0] for group in groups if len(group) == 1}
        for pattern in self.graph.index.patterns:
            if pattern.concepts != (concept.slug,):
                continue
            codes = {a.code for group in pattern.excluded for a in group if not a.grade} & said
            if codes:
                return pattern, frozenset(codes)
        return None

    def _best_pattern(
        self, concept: Concept, groups: list[list[str]]
    ) -> tuple[Pattern, float] | None:
        best: tuple[Pattern, float] | None = None
        said = {code for group in groups for code in group}
        for pattern in self.branch_patterns(concept):
            if not all(any(code in pattern.codes for code in group) for group in groups):
                continue
            met = sum(any(a.code in said for a in group) for group in pattern.required)
            support = min(met, len(groups)) / len(pattern.required)
            if best is None or support > best[1]:
                best = (pattern, support)
        return best

    # --- emotions ----------------------------------------------------------------------------------

    def in_tier(self, claim: Claim) -> Finding:
        """Judge which tier an emotion is said to be in."""
        concept = self.graph.concept(claim.subject[0])
        tier = claim.object[0]
        if concept.tier is None:
            return Finding(
                "unsupported",
                "outside-the-tree",
                0.0,
                f"{concept.slug} stands outside Parrott's tree, which alone has tiers.",
            )
        tiers = {entry.tier for entry in self.graph.tree_entries(concept.label)} | {concept.tier}
        is_true = (tier in tiers) != claim.is_denied
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
            (self.facts.tier(concept),),
            f"Say that {concept.label} is a {concept.tier} emotion.",
        )

    def _tier_facts(self, concept: Concept, tier: str) -> tuple[Fact, ...]:
        if tier == concept.tier:
            return (self.facts.tier(concept),)
        entries = self.graph.tree_entries(concept.label)
        return tuple(fact for e in entries if e.tier == tier for fact in self.facts.entry(e))

    def subsumed_by(self, claim: Claim) -> Finding:
        """Judge whether an emotion is said to be a kind of another."""
        child, parent = self.graph.concept(claim.subject[0]), self.graph.concept(claim.object[0])
        if self._is_kind(child, parent):
            facts = (
                (self.facts.ancestor(child, parent),)
                if child != parent
                else (self.facts.tier(child),)
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
                (self.facts.ancestor(parent, child),),
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
        return _denied(finding) if claim.is_denied else finding

    def _is_kind(self, child: Concept, parent: Concept) -> bool:
        return child.slug == parent.slug or parent.slug in child.path

    def opposite_of(self, claim: Claim) -> Finding:
        """Judge whether two emotions are said to be opposites."""
        first, second = self.graph.concept(claim.subject[0]), self.graph.concept(claim.object[0])
        links = [link for link in self.graph.opposites(first.slug) if link.end == second.slug]
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
            fact = self.facts.ancestor(low, high) if low != high else self.facts.primary(low)
            kind = "are one concept" if low == high else f"is a kind of {high.slug}"
            finding = Finding(
                "contradicted",
                "opposite-of-own-kind",
                1.0,
                f"{low.slug} {kind}; a kind is no opposite.",
                (fact,),
                "Name an emotion that some theory pairs with it.",
            )
        else:
            return Finding(
                "unsupported",
                "no-opposite",
                0.0,
                f"No theory here pairs {first.slug} and {second.slug}.",
            )
        return _denied(finding) if claim.is_denied else finding

    def _inherited_opposites(self, first: Concept, second: Concept) -> list[Association]:
        above = {slug for slug in first.path if slug not in second.path}
        beside = {slug for slug in second.path if slug not in first.path}
        return [
            link
            for start in reversed(first.path)
            if start in above
            for link in self.graph.opposites(start)
            if link.end in beside
        ]

    def _inherited_facts(self, first: Concept, second: Concept, link: Association) -> list[Fact]:
        found = [self.facts.association(link)]
        for concept, top in ((first, link.start), (second, link.end)):
            if concept.slug != top:
                found.append(self.facts.ancestor(concept, self.graph.index.concepts[top]))
        return found

    def vad_level(self, claim: Claim) -> Finding:
        """Judge a statement on valence, arousal or dominance, or the record's own valence."""
        concept = self.graph.concept(claim.subject[0])
        dimension, sign = _level(claim.object[0])
        values = self.graph.vad(concept.slug)
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
        if all(mean > 0 for mean in means.values()):
            strength = min(1.0, min(means.values()) / 0.5)
            return Finding("supported", "vad-same-side", round(strength, 4), sentence, facts)
        measured = [v for v in values if v.is_measured]
        if (
            dimension == "valence"
            and measured
            and all(means[v.iri] < -VALENCE_BAND for v in measured)
        ):
            word = "unpleasant" if measured[0].mean.valence < 0 else "pleasant"
            return Finding(
                "contradicted",
                "valence-other-side",
                1.0,
                sentence,
                facts,
                f"{concept.label} is rated {word}.",
            )
        return Finding("unsupported", "vad-not-on-this-side", 0.0, sentence, facts)

    def label_in_scheme(self, claim: Claim) -> Finding:
        """Judge whether a label belongs to the closed set of its scheme."""
        scheme = self.graph.scheme(claim.object[0])
        wanted = claim.subject[0]
        for label in scheme.labels:
            if normalise(label.name) == normalise(wanted):
                fact = self.facts.fact(scheme.iri, AG + "hasLabel", label.iri, label.source)
                return Finding(
                    "supported",
                    "label-in-scheme",
                    1.0,
                    f"{label.name!r} is a label of {scheme.name}.",
                    (fact,),
                )
        names = ", ".join(label.name for label in scheme.labels)
        fact = self.facts.fact(scheme.iri, SKOS + "notation", scheme.name, scheme.source)
        return Finding(
            "contradicted",
            "label-not-in-scheme",
            1.0,
            f"{scheme.name} has {len(scheme.labels)} labels and {wanted!r} is none of them.",
            (fact,),
            f"Use one of: {names}.",
        )


def _denied(finding: Finding) -> Finding:
    """Turn a finding on a statement into the one on its denial."""
    flipped: dict[Verdict, Verdict] = {"supported": "contradicted", "contradicted": "supported"}
    hint = "Leave out the denial." if finding.verdict == "supported" else ""
    return finding._replace(verdict=flipped.get(finding.verdict, finding.verdict), hint=hint)


def _level(value: str) -> tuple[str, int]:
    if "=" in value:
        dimension, _, number = value.partition("=")
        return dimension, 0 if abs(float(number)) < NEUTRAL_BAND else (
            1 if float(number) > 0 else -1
        )
    dimension, _, sign = value.partition(":")
    return dimension, 1 if sign == "+" else -1


def _kind(value: VadValue) -> str:
    return value.source if value.is_measured else f"derived, {value.match}"
