"""The immutable emotion graph: typed lookups in microseconds, SPARQL for everything else."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from affectgraph.kg import vad_lookup
from affectgraph.kg.alignments import find_mappings
from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.deprecated import unknown_term
from affectgraph.kg.facial import FacialLookups
from affectgraph.kg.index import GraphIndex
from affectgraph.kg.labels import LabelLookups
from affectgraph.kg.model import (
    Concept,
    Mapping,
    Neighbour,
    Source,
    Vad,
    VadValue,
)
from affectgraph.kg.relations import RelationLookups
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.kg.tree import TreeLookups, tier_rank
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import BASE

if TYPE_CHECKING:
    import networkx
    import rdflib

    from affectgraph.kg.answers import Answer
    from affectgraph.kg.around import Around
    from affectgraph.kg.user_store import UserStore
    from affectgraph.kg.vad_lexicon import VadLexicon


_ANY_WORD = "For words, inflected or not, use affectgraph.ground() or GET /v1/ground."


class EmotionGraph(TreeLookups, LabelLookups, FacialLookups, RelationLookups):
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

        Over an endpoint, SPARQL is asked there, and lookups are read from the package if the endpoint
        holds the same graph; ``AFFECTGRAPH_STORE_LOOKUPS=store`` reads them from there, whatever graph it
        holds (``docs/stores.md``).

        :param location: a path; an ``http(s)://`` URL of a SPARQL endpoint; the packaged graph if
            left out.
        :raises BackendError: if there is no AffectGraph at the place, or an endpoint has another one.
        """
        if location is None:
            return cls(PackagedStore())
        if str(location).startswith(("http://", "https://")):
            from affectgraph.kg.remote_graph import open_remote

            return cls(open_remote(str(location)))
        return cls(OxigraphStore.open(Path(location)))

    @property
    def version(self) -> str:
        """Version of the ontology the store holds."""
        return self.index.version

    # --- concepts -------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, Concept]:
        names: dict[str, Concept] = {}
        ranked = sorted(self.index.concepts.values(), key=lambda c: (tier_rank(c.tier), c.slug))
        for concept in ranked:
            if concept.is_own:
                names[concept.slug] = names[concept.iri] = concept
                continue
            curie = concept.iri.removeprefix(BASE).replace("/", ":", 1)
            for name in (concept.slug, concept.iri, curie, concept.iri.removeprefix(BASE)):
                names[name] = concept
            names.setdefault(concept.label, concept)
        for own in self.index.own_labels:
            if own.is_preferred:
                names.setdefault(own.text.lower(), self.index.concepts[own.concept])
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
            kind = "an emotion or state"
            raise unknown_term(self.index, name, self.index.concepts, kind=kind, hint=_ANY_WORD)
        return found

    def nearest_names(self, name: str) -> tuple[str, ...]:
        """Return up to three slugs spelled like a name, best first."""
        return tuple(get_close_matches(name.lower(), self.index.concepts, n=3, cutoff=0.6))

    def alignments(
        self, name: str, *, resource: str | None = None, with_rejected: bool = False
    ) -> tuple[Mapping, ...]:
        """Return what a concept is in other vocabularies, nearest match first.

        :param resource: only this one, such as ``cili`` or ``mfoem``.
        :param with_rejected: also, at the end, the senses that were looked at and rejected.
        :raises UnknownTermError: if there is no such concept or resource.

        >>> found = EmotionGraph.load().alignments("jealousy", resource="mfoem")
        >>> [(match.predicate, match.term) for match in found]
        [('exactMatch', 'http://purl.obolibrary.org/obo/MFOEM_000025')]
        """
        slug = self.concept(name).slug
        return find_mappings(
            self.index.mappings, slug, resource=resource, with_rejected=with_rejected
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
        :raises UnknownTermError: if there is no such origin, or the word was rated and not in this sense.

        >>> graph = EmotionGraph.load()
        >>> [v.mean.valence for v in graph.vad_of_word("upset", sense="sad")]
        [-0.765]
        >>> graph.vad_of_word("admirable"), graph.vad_of_word("admirable", sources=["estimated"])[0].kind
        ((), 'estimated')
        """
        return vad_lookup.word_vad(self.index, word, sense, sources)

    def vad_disagreements(
        self, beyond: float = 0.3, *, sources: Sequence[str] | None = None
    ) -> tuple[vad_lookup.VadDisagreement, ...]:
        """Return the concepts that two sources place further apart than ``beyond``, widest gap first.

        :param beyond: gap in any one of the dimensions, where 2 lies between -1 and 1.
        :param sources: origins to compare; by default the ratings of the graph and every imported
            lexicon. The graph carries one norm, so without a lexicon nothing can disagree.
        :raises InputError: if ``beyond`` is not in 0..2.
        :raises UnknownTermError: if an origin is unknown.

        >>> graph = EmotionGraph.load()
        >>> graph.vad_disagreements()
        ()
        >>> graph.vad_disagreements(sources=["glasgow", "glasgow-adjusted"])[0].gaps
        (0.0, -0.324, 0.0)
        """
        return vad_lookup.disagreements(self.index, beyond, sources)

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

    def with_user_data(
        self, store: "UserStore", *, kinds: Collection[str] | None = None
    ) -> "EmotionGraph":
        """Return a graph with a user's own concepts, schemes, words and lexicons over it; this one stays.

        Lookups and linkers made on it find them, with the user's graph as their source; its SPARQL does not.
        What is written to the store later is not seen. A label or word for a concept that no graph has any
        more means nothing.

        :param kinds: only graphs of these kinds, all of them if left out.
        :raises InputError: if a concept, or a scheme or lexicon of a name, is there already.
        :raises BackendError: if the store fails.
        """
        from affectgraph.kg.user_overlay import KINDS, laid_over

        other = EmotionGraph.__new__(EmotionGraph)
        other.store = self.store
        other.index = laid_over(self.index, store, KINDS if kinds is None else kinds)
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

    @cached_property
    def around(self) -> "Around":
        """Modalities, kinds of cues and causes, and the vocabularies of EmotionML; read when asked for."""
        from affectgraph.kg.around import read_around

        return read_around(self.store)

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
    ) -> "Answer":
        """Return the answer of a SPARQL 1.1 query: a table, a truth, or triples.

        The query's own text is sent; prefixes are declared in it. Not for text of strangers: the
        embedded engine cannot stop a query that runs away.

        :param bindings: values for variables, by name; never put values into the text.
        :raises QueryError: if the query is malformed.

        >>> graph = EmotionGraph.load()
        >>> graph.sparql("ASK { <https://w3id.org/affectgraph/emotion/dread> ?p ?o }")
        True
        """
        from affectgraph.kg.answers import to_answer

        return to_answer(
            self.store.query(
                query, bindings=bindings, default_graphs=default_graphs, named_graphs=named_graphs
            )
        )

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return the concepts as a networkx graph; see :func:`affectgraph.kg.views.to_networkx`."""
        from affectgraph.kg import views

        return views.to_networkx(self.index)

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the default graph in rdflib; see :func:`affectgraph.kg.views.to_rdflib`."""
        from affectgraph.kg import views

        return views.to_rdflib(self.store)

    def close(self) -> None:
        """Give back what the store holds."""
        self.store.close()
