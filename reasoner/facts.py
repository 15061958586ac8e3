"""Words a verdict's triples: from lookups back to subject, predicate, object and source."""

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, Pattern, TreeEntry, VadValue
from affectgraph.ontology.iris import AG, EMOTION, SKOS
from affectgraph.ontology.layers.tree import tier_iri
from affectgraph.reasoner.model import Fact


class Facts:
    """Makes facts of one graph. Every fact made here is a triple of its default graph."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph

    def fact(
        self, subject: str, predicate: str, object_: str, source: str, graph: str = ""
    ) -> Fact:
        """Return a triple with its source's licence."""
        return Fact(subject, predicate, object_, source, self._graph.source(source).licence, graph)

    def unit_name(self, code: str) -> Fact:
        """Return the name of a FACS code."""
        unit = self._graph.index.units[code]
        return self.fact(unit.iri, SKOS + "prefLabel", unit.name, unit.source)

    def unit_alias(self, code: str, alias: str) -> Fact:
        """Return another name of a FACS code."""
        unit = self._graph.index.units[code]
        return self.fact(unit.iri, SKOS + "altLabel", alias, unit.source)

    def pattern(self, pattern: Pattern, codes: frozenset[str]) -> list[Fact]:
        """Return what a pattern expresses and which of the codes it names."""
        concept = self._graph.index.concepts[pattern.concepts[0]]
        found = [self.fact(pattern.iri, AG + "expresses", concept.iri, pattern.source)]
        roles = (
            ("required", pattern.required),
            ("optional", pattern.optional),
            ("excluded", pattern.excluded),
        )
        for role, groups in roles:
            for group in groups:
                predicate = AG + (f"{role}Unit" if len(group) == 1 else f"{role}AnyOf")
                for code in sorted({action.code for action in group} & codes):
                    unit = self._graph.index.units[code]
                    found.append(self.fact(pattern.iri, predicate, unit.iri, pattern.source))
        return found

    def tier(self, concept: Concept) -> Fact:
        """Return the tier of an emotion."""
        return self.fact(concept.iri, AG + "tier", tier_iri(concept.tier or ""), "parrott-2001")

    def entry(self, entry: TreeEntry) -> list[Fact]:
        """Return a line of the published tree: its tier and the concept it denotes."""
        concept = self._graph.index.concepts[entry.concept]
        return [
            self.fact(entry.iri, AG + "tier", tier_iri(entry.tier), "parrott-2001"),
            self.fact(entry.iri, AG + "denotesConcept", concept.iri, "parrott-2001"),
        ]

    def branch(self, concept: Concept) -> Fact:
        """Return the primary of an emotion, or the branch of a state."""
        if concept.is_emotion:
            return self.primary(concept)
        branch = AG + (concept.branch or "")
        return self.fact(concept.iri, AG + "stateBranch", branch, concept.source)

    def primary(self, concept: Concept) -> Fact:
        """Return the primary of an emotion."""
        return self.fact(
            concept.iri, AG + "primary", EMOTION + (concept.primary or ""), "parrott-2001"
        )

    def ancestor(self, concept: Concept, ancestor: Concept) -> Fact:
        """Return that a concept lies below another."""
        return self.fact(concept.iri, SKOS + "broaderTransitive", ancestor.iri, "parrott-2001")

    def disjoint(self, first: Concept, second: Concept) -> list[Fact]:
        """Return the primaries of two emotions and that their episodes exclude each other."""
        tops = [self._graph.index.concepts[c.primary or c.slug] for c in (first, second)]
        disjoint = "http://www.w3.org/2002/07/owl#disjointWith"
        return [
            self.primary(first),
            self.primary(second),
            self.fact(tops[0].class_iri, disjoint, tops[1].class_iri, "affectgraph"),
        ]

    def vad(self, value: VadValue, dimension: str) -> Fact:
        """Return one dimension of a VAD value."""
        number = f"{getattr(value.mean, dimension):g}"
        return self.fact(value.iri, AG + dimension, number, value.source, value.graph)

    def association(self, link: Association) -> Fact:
        """Return a sourced relation."""
        index = self._graph.index.concepts
        start, end = (index[x].iri if x in index else x for x in (link.start, link.end))
        return self.fact(start, AG + link.relation, end, link.source)
