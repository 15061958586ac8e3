"""The graph as objects of other libraries: networkx and rdflib."""

from typing import TYPE_CHECKING

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Association
from affectgraph.kg.store import GraphStore
from affectgraph.ontology.ranks import GRADES

if TYPE_CHECKING:
    import networkx
    import rdflib


def to_networkx(index: GraphIndex) -> "networkx.MultiDiGraph[str]":
    """Return concepts as nodes and their links as keyed edges, a new graph on each call.

    Nodes are slugs with ``label``, ``tier``, ``primary``, ``iri`` and, where known, ``valence``,
    ``arousal``, ``dominance``. Edge keys are ``broader`` and the relations of
    :data:`affectgraph.kg.relations.RELATIONS`; the latter carry ``source`` and ``grade`` of the best
    graded association, and ``sources`` of all. Opposites that only antonyms give are left out. Costs a
    few milliseconds, and the import of networkx.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(version=index.version)
    for concept in index.concepts.values():
        values = index.vad.get(concept.slug, ())
        point = values[0].mean if values else None
        graph.add_node(
            concept.slug,
            label=concept.label,
            tier=concept.tier,
            primary=concept.primary,
            iri=concept.iri,
            **(
                {
                    "valence": point.valence,
                    "arousal": point.arousal,
                    "dominance": point.dominance,
                }
                if point
                else {}
            ),
        )
        if len(concept.path) > 1:
            graph.add_edge(concept.slug, concept.path[-2], key="broader")
    for (start, relation, end), links in _between_concepts(index).items():
        best = min(links, key=lambda link: GRADES.index(link.grade or GRADES[-1]))
        graph.add_edge(
            start,
            end,
            key=relation,
            source=best.source,
            grade=best.grade,
            sources=tuple(link.source for link in links),
        )
    return graph


def _between_concepts(index: GraphIndex) -> dict[tuple[str, str, str], list[Association]]:
    found: dict[tuple[str, str, str], list[Association]] = {}
    for link in index.associations:
        if {link.start, link.end} <= index.concepts.keys() and link.evidence != "lexicon":
            found.setdefault((link.start, link.relation, link.end), []).append(link)
    return found


def to_rdflib(store: GraphStore) -> "rdflib.Graph":
    """Return the default graph as an rdflib graph, a new one on each call.

    Takes about a second for the packaged graph; rdflib is imported here and nowhere else.
    """
    import rdflib
    from pyoxigraph import QueryTriples, RdfFormat

    from affectgraph.ontology.iris import PREFIXES

    result = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    if not isinstance(result, QueryTriples):
        raise TypeError("Expected a CONSTRUCT query to give triples.")
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    content = result.serialize(format=RdfFormat.N_TRIPLES)
    graph.parse(data=content.decode() if content else "", format="nt")
    return graph
