"""The rules that judge claims on facial actions: names, sightings, and what they are said to express."""

from affectgraph.kg.faces import find_unit, rivals, usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import ActionUnit, Concept, Pattern
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.claims import ABSENT
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact


class FaceRules:
    """Rules on facial actions over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self.facts = Facts(graph)

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

    def _branch_patterns(self, concept: Concept) -> list[Pattern]:
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
        for pattern in self._branch_patterns(concept):
            if not all(any(code in pattern.codes for code in group) for group in groups):
                continue
            met = sum(any(a.code in said for a in group) for group in pattern.required)
            support = min(met, len(groups)) / len(pattern.required)
            if best is None or support > best[1]:
                best = (pattern, support)
        return best
