"""Words a verdict's triples: from lookups back to subject, predicate, object and source."""

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Association, Concept, Pattern, TreeEntry, VadValue
from affectgraph.ontology.iris import AG, EMOTION, SKOS
from affectgraph.ontology.layers.tree import tier_iri
from affectgraph.reasoner.model import Fact


class Facts:
    """Makes facts of one graph, each a triple of its default graph.

    Where a concept of a user's own stands is told by triples of the user's graph, up to the first packaged
    concept above it, and by those of the default graph from there on.
    """

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

    def tier(self, concept: Concept) -> list[Fact]:
        """Return the tier of an emotion; for a user's own, which has none in the tree, where it stands."""
        own, above = self._own_steps(concept)
        if own:
            return own
        return [self.fact(above.iri, AG + "tier", tier_iri(above.tier or ""), "parrott-2001")]

    def _own_steps(self, concept: Concept) -> tuple[list[Fact], Concept]:
        """Return what users' graphs say stands above a concept, and the packaged one that it ends at."""
        found = []
        while concept.is_own and concept.path:
            above = self._graph.index.concepts[concept.path[-2]]
            found.append(self._own(concept, SKOS + "broader", above.iri))
            concept = above
        return found, concept

    def _own(self, concept: Concept, predicate: str, object_: str) -> Fact:
        return self.fact(concept.iri, predicate, object_, concept.source, concept.source)

    def entry(self, entry: TreeEntry) -> list[Fact]:
        """Return a line of the published tree: its tier and the concept it denotes."""
        concept = self._graph.index.concepts[entry.concept]
        return [
            self.fact(entry.iri, AG + "tier", tier_iri(entry.tier), "parrott-2001"),
            self.fact(entry.iri, AG + "denotesConcept", concept.iri, "parrott-2001"),
        ]

    def branch(self, concept: Concept) -> list[Fact]:
        """Return the primary of an emotion, or the branch of a state."""
        if concept.is_emotion:
            return self.primary(concept)
        branch = AG + (concept.branch or "")
        if concept.is_own:
            return [self._own(concept, AG + "stateBranch", branch)]
        return [self.fact(concept.iri, AG + "stateBranch", branch, concept.source)]

    def primary(self, concept: Concept) -> list[Fact]:
        """Return the primary of an emotion."""
        own, above = self._own_steps(concept)
        top = EMOTION + (above.primary or "")
        return [*own, self.fact(above.iri, AG + "primary", top, "parrott-2001")]

    def ancestor(self, concept: Concept, ancestor: Concept) -> list[Fact]:
        """Return that a concept lies below another."""
        own, above = self._own_steps(concept)
        if ancestor.is_own or above == ancestor:
            steps = len(concept.path) - 1 - concept.path.index(ancestor.slug)
            return own[:steps]
        transitive = SKOS + "broaderTransitive"
        return [*own, self.fact(above.iri, transitive, ancestor.iri, "parrott-2001")]

    def disjoint(self, first: Concept, second: Concept) -> list[Fact]:
        """Return the primaries of two emotions and that their episodes exclude each other."""
        tops = [self._graph.index.concepts[c.primary or c.slug] for c in (first, second)]
        disjoint = "http://www.w3.org/2002/07/owl#disjointWith"
        return [
            *self.primary(first),
            *self.primary(second),
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
