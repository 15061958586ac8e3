"""The immutable emotion graph: typed lookups in microseconds, SPARQL for everything else."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from affectgraph.kg import crosswalk as crossing
from affectgraph.kg import faces, vad_lookup, views
from affectgraph.kg.answers import Answer, to_answer
from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import (
    ActionUnit,
    Association,
    Concept,
    Crossing,
    Detector,
    FacialEvidence,
    Neighbour,
    Pattern,
    Scheme,
    SchemeLabel,
    Source,
    TreeEntry,
    Vad,
    VadValue,
)
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.iris import BASE
from affectgraph.ontology.layers.tree import TIERS

if TYPE_CHECKING:
    import networkx
    import rdflib

    from affectgraph.kg.vad_lexicon import VadLexicon


_ANY_WORD = "For words, inflected or not, use affectgraph.ground() or GET /v1/ground."


class EmotionGraph:
    """An emotion graph over a store. It cannot be changed, and threads may share it.

    A name of a concept may be its slug (``anger``, ``sadness-secondary``, ``state/trust``), its label
    in any case, its CURIE (``emotion:anger``), its path below the project's base (``emotion/anger``)
    or its IRI. Where a word names nodes at two tiers, the higher one is meant.

    :param store: where the triples are.
    :raises BackendError: if the store holds no AffectGraph.

    >>> graph = EmotionGraph.load()
    >>> [step.label for step in graph.path("resentment")]
    ['anger', 'rage', 'resentment']
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.index = GraphIndex(store)

    @classmethod
    def load(cls, location: str | Path | None = None) -> "EmotionGraph":
        """Return the packaged graph, or one from an RDF file, an Oxigraph directory or a server.

        :param location: a path; an ``http(s)://`` URL of a SPARQL endpoint; the packaged graph, in
            memory, if left out.
        :raises BackendError: if there is no AffectGraph at the place.
        """
        if location is None:
            return cls(OxigraphStore.packaged())
        if str(location).startswith(("http://", "https://")):
            return cls(RemoteStore(str(location)))
        return cls(OxigraphStore.open(Path(location)))

    @property
    def version(self) -> str:
        """Version of the ontology the store holds."""
        return self.index.version

    # --- concepts -------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, Concept]:
        names: dict[str, Concept] = {}
        ranked = sorted(self.index.concepts.values(), key=lambda c: (_rank(c.tier), c.slug))
        for concept in ranked:
            curie = concept.iri.removeprefix(BASE).replace("/", ":", 1)
            for name in (concept.slug, concept.iri, curie, concept.iri.removeprefix(BASE)):
                names[name] = concept
            names.setdefault(concept.label, concept)
        return names

    def get_concept(self, name: str) -> Concept | None:
        """Return a concept by name, None if the graph has none of that name. Costs under 1 µs.

        >>> graph = EmotionGraph.load()
        >>> graph.get_concept("Sadness").tier, graph.get_concept("table")
        ('primary', None)
        """
        found = self._names.get(name)
        return found if found is not None else self._names.get(name.strip().lower())

    def concept(self, name: str) -> Concept:
        """Return a concept by name.

        :raises UnknownTermError: if the graph has none of that name; it lists the nearest names.
        """
        found = self.get_concept(name)
        if found is None:
            raise UnknownTermError(
                name, kind="an emotion or state", nearest=self.nearest_names(name), hint=_ANY_WORD
            )
        return found

    def nearest_names(self, name: str) -> tuple[str, ...]:
        """Return up to three slugs spelled like a name, best first."""
        return tuple(get_close_matches(name.lower(), self.index.concepts, n=3, cutoff=0.6))

    def emotions(
        self, *, tier: str | None = None, primary: str | None = None
    ) -> tuple[Concept, ...]:
        """Return the emotions of the tree, sorted by path.

        :param tier: only ``primary``, ``secondary`` or ``tertiary``.
        :param primary: only those in this primary's branch, itself included.
        :raises InputError: if there is no such tier.
        :raises UnknownTermError: if there is no such primary.
        """
        if tier is not None and tier not in TIERS:
            raise InputError(f"Expected a tier of {', '.join(TIERS)}, got {tier!r}.")
        top = self.concept(primary).slug if primary is not None else None
        found = (
            concept
            for concept in self.index.concepts.values()
            if concept.is_emotion
            and tier in {None, concept.tier}
            and top in {None, concept.primary}
        )
        return tuple(sorted(found, key=lambda concept: concept.path))

    def states(self) -> tuple[Concept, ...]:
        """Return the states outside the tree, sorted by slug."""
        return tuple(c for c in self.index.concepts.values() if not c.is_emotion)

    def path(self, name: str) -> tuple[Concept, ...]:
        """Return the concepts from the primary down to the one named; empty for a state."""
        return tuple(self.index.concepts[slug] for slug in self.concept(name).path)

    def broader(self, name: str) -> Concept | None:
        """Return the parent, None for a primary or a state."""
        path = self.path(name)
        return path[-2] if len(path) > 1 else None

    def narrower(self, name: str) -> tuple[Concept, ...]:
        """Return the children, sorted by slug."""
        return self._children.get(self.concept(name).slug, ())

    @cached_property
    def _children(self) -> dict[str, tuple[Concept, ...]]:
        children: dict[str, list[Concept]] = {}
        for concept in self.index.concepts.values():
            if len(concept.path) > 1:
                children.setdefault(concept.path[-2], []).append(concept)
        return {parent: tuple(found) for parent, found in children.items()}

    def is_a(self, name: str, other: str) -> bool:
        """Return whether a concept equals another or lies below it.

        >>> EmotionGraph.load().is_a("irritation", "anger")
        True
        """
        concept, ancestor = self.concept(name), self.concept(other)
        return concept.slug == ancestor.slug or ancestor.slug in concept.path

    def common_ancestor(self, name: str, other: str) -> Concept | None:
        """Return the lowest concept that both lie below or equal; None if they share no branch."""
        first, second = self.concept(name).path, self.concept(other).path
        shared = [a for a, b in zip(first, second, strict=False) if a == b]
        return self.index.concepts[shared[-1]] if shared else None

    def tree_distance(self, name: str, other: str) -> int | None:
        """Return the number of steps between two emotions, over a common root if need be (0 to 6).

        None if one of them is a state.
        """
        first, second = self.concept(name).path, self.concept(other).path
        if not first or not second:
            return None
        shared = sum(a == b for a, b in zip(first, second, strict=False))
        return len(first) + len(second) - 2 * shared

    def tree_entries(self, label: str) -> tuple[TreeEntry, ...]:
        """Return the published tree's lines with this word, highest tier first."""
        found = [e for e in self.index.entries if e.label == label.strip().lower()]
        return tuple(sorted(found, key=lambda entry: _rank(entry.tier)))

    def opposites(self, name: str) -> tuple[Association, ...]:
        """Return the opposites of a concept, one per theory and pair.

        Opposites are what a theory says; they are not disjoint, and both may be felt together.
        """
        return self._associations("oppositeOf", self.concept(name).slug)

    def components(self, name: str) -> tuple[Association, ...]:
        """Return what a theory says a concept is blended from."""
        return self._associations("composedOf", self.concept(name).slug)

    def _associations(self, relation: str, start: str) -> tuple[Association, ...]:
        return tuple(
            link
            for link in self.index.associations
            if (link.relation, link.start) == (relation, start)
        )

    # --- valence, arousal, dominance ------------------------------------------------------------

    def vad(self, name: str, *, sources: Sequence[str] | None = None) -> tuple[VadValue, ...]:
        """Return the VAD values of a concept, measured ones first; empty if there are none.

        :param sources: origins, in the order wanted; see :func:`affectgraph.kg.vad_lookup.concept_vad`.
        :raises UnknownTermError: if there is no such concept or origin.

        >>> graph = EmotionGraph.load()
        >>> [v.match for v in graph.vad("state/distrust", sources=["estimated"])]
        ['estimated']
        """
        return vad_lookup.concept_vad(self.index, self.concept(name), sources)

    def vad_of_word(
        self, word: str, *, sense: str | None = None, sources: Sequence[str] | None = None
    ) -> tuple[VadValue, ...]:
        """Return the VAD values of a word, whether or not it names an emotion; empty if there are none.

        :param sense: only the rating of this sense, as raters were shown it in brackets.
        :param sources: origins, in the order wanted; see :func:`affectgraph.kg.vad_lookup.word_vad`.
        :raises UnknownTermError: if there is no such origin.

        >>> graph = EmotionGraph.load()
        >>> [v.mean.valence for v in graph.vad_of_word("upset", sense="sad")]
        [-0.765]
        >>> graph.vad_of_word("admirable"), graph.vad_of_word("admirable", sources=["estimated"])[0].kind
        ((), 'estimated')
        """
        return vad_lookup.word_vad(self.index, word, sense, sources)

    def with_vad(self, lexicon: "VadLexicon") -> "EmotionGraph":
        """Return a graph whose VAD values come from an imported lexicon as well; this one stays as it is.

        Words and concepts of the lexicon's words get its values after those of the Glasgow Norms. The
        store is shared and holds none of them, so neither SPARQL nor an export shows any.

        :raises InputError: if a lexicon of that name already lies over the graph.
        """
        other = EmotionGraph.__new__(EmotionGraph)
        other.store = self.store
        other.index = vad_lookup.with_lexicon(self.index, lexicon)
        return other

    def nearest(
        self,
        valence: float,
        arousal: float,
        dominance: float,
        *,
        limit: int = 5,
        measured_only: bool = True,
    ) -> tuple[Neighbour, ...]:
        """Return the concepts nearest to a point, by Euclidean distance over their first value.

        Costs about 0.1 ms. Norms agree on valence (r >= .95) and much less on arousal (.43-.71) and
        dominance (.70-.89): a near neighbour is a suggestion.

        :param valence, arousal, dominance: each in -1..1.
        :param measured_only: leave out values derived from a branch's mean.
        :raises InputError: if a coordinate is NaN or out of range, or ``limit`` is below 1.

        >>> graph = EmotionGraph.load()
        >>> graph.nearest(-0.4, 0.7, -0.3, limit=1)[0].concept.slug
        'fright'
        """
        return vad_lookup.nearest(
            self.index, Vad(valence, arousal, dominance), limit, measured_only=measured_only
        )

    # --- faces ----------------------------------------------------------------------------------

    def action_units(self) -> tuple[ActionUnit, ...]:
        """Return every FACS code, sorted by number."""
        units = self.index.units.values()
        return tuple(sorted(units, key=lambda u: (int(u.number.lstrip("M")), u.code)))

    def get_action_unit(self, name: str | int) -> ActionUnit | None:
        """Return a FACS code by number or code (``12``, ``"AU12"``, ``"AU06"``), None if there is none."""
        return faces.find_unit(self.index, name)

    def action_unit(self, name: str | int) -> ActionUnit:
        """Return a FACS code by number or code.

        :raises UnknownTermError: if FACS has no such code.
        """
        return faces.require_unit(self.index, name)

    def patterns(self, name: str) -> tuple[Pattern, ...]:
        """Return the published facial patterns of a concept, by source; empty if there are none."""
        slug = self.concept(name).slug
        return tuple(p for p in self.index.patterns if p.concepts == (slug,) and not p.is_blend)

    def detector(self, name: str) -> Detector:
        """Return a detector by the start of its name, in any case (``openface``, ``py-feat``).

        Where a tool has several outputs, the one that reports most is meant.

        :raises UnknownTermError: if no detector's name starts so.
        """
        wanted = name.strip().lower()
        found = (
            [d for d in self.index.detectors if d.name.lower().startswith(wanted)] if wanted else []
        )
        if not found:
            names = tuple(sorted({d.name for d in self.index.detectors}))
            raise UnknownTermError(name, kind="a detector", nearest=names)
        return max(found, key=lambda d: (len(d.codes), d.iri))

    def emotions_by_action_units(
        self, actions: Iterable[str | int], *, detector: str | None = None, limit: int | None = None
    ) -> list[FacialEvidence]:
        """Return concepts ranked by facial actions; see :func:`affectgraph.kg.faces.rank_emotions`.

        :param detector: name of the tool that reported them, so that what it cannot see does not
            count as missing.

        >>> graph = EmotionGraph.load()
        >>> graph.emotions_by_action_units(["AU6", "AU12"])[0].concept.slug
        'joy'
        """
        tool = self.detector(detector) if detector is not None else None
        return faces.rank_emotions(self.index, actions, detector=tool, limit=limit)

    # --- schemes --------------------------------------------------------------------------------

    def schemes(self) -> tuple[Scheme, ...]:
        """Return the label schemes, sorted by name."""
        return tuple(self.index.schemes.values())

    def scheme(self, name: str) -> Scheme:
        """Return a label scheme by name.

        :raises UnknownTermError: if there is no such scheme.
        """
        found = self.index.schemes.get(name.strip().lower())
        if found is None:
            close = get_close_matches(name.lower(), self.index.schemes, n=3, cutoff=0.4)
            raise UnknownTermError(
                name,
                kind="a label scheme",
                nearest=tuple(close),
                hint=f"There are: {', '.join(self.index.schemes)}.",
            )
        return found

    def labels(self, scheme: str) -> tuple[SchemeLabel, ...]:
        """Return the labels of a scheme in its own order."""
        return self.scheme(scheme).labels

    def crosswalk(self, source: str, target: str) -> tuple[Crossing, ...]:
        """Return how each label of a scheme can be said in another.

        See :func:`affectgraph.kg.crosswalk.crosswalk`.
        """
        return crossing.crosswalk(self.index, self.scheme(source), self.scheme(target))

    # --- sources, SPARQL, other libraries ---------------------------------------------------------

    def sources(self) -> tuple[Source, ...]:
        """Return the sources of the graph's facts, sorted by id."""
        return tuple(self.index.sources.values())

    def source(self, id_: str) -> Source:
        """Return a source by id.

        :raises UnknownTermError: if there is no such source.
        """
        found = self.index.sources.get(id_)
        if found is None:
            close = get_close_matches(id_, self.index.sources, n=3, cutoff=0.4)
            raise UnknownTermError(id_, kind="a source", nearest=tuple(close))
        return found

    def sparql(
        self,
        query: str,
        *,
        bindings: dict[str, NamedNode | Literal] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Return the answer of a SPARQL 1.1 query: a table, a truth, or triples.

        The query's own text is sent; prefixes are declared in it. Not for text of strangers: the
        embedded engine cannot stop a query that runs away.

        :param bindings: values for variables, by name; never put values into the text.
        :raises QueryError: if the query is malformed.

        >>> graph = EmotionGraph.load()
        >>> graph.sparql("ASK { <https://w3id.org/affectgraph/emotion/dread> ?p ?o }")
        True
        """
        return to_answer(
            self.store.query(
                query, bindings=bindings, default_graphs=default_graphs, named_graphs=named_graphs
            )
        )

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return the concepts as a networkx graph; see :func:`affectgraph.kg.views.to_networkx`."""
        return views.to_networkx(self.index)

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the default graph in rdflib; see :func:`affectgraph.kg.views.to_rdflib`."""
        return views.to_rdflib(self.store)

    def close(self) -> None:
        """Give back what the store holds."""
        self.store.close()


def _rank(tier: str | None) -> int:
    return TIERS.index(tier) if tier in TIERS else len(TIERS)
