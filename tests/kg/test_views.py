"""The graph in networkx and rdflib."""

import networkx
import pytest
import rdflib
from rdflib.namespace import SKOS

from affectgraph.kg import EmotionGraph, OxigraphStore
from affectgraph.kg.views import to_rdflib
from affectgraph.ontology.build import build_core, default_triples
from affectgraph.ontology.iris import AG, EMOTION, PREFIXES


@pytest.fixture(scope="module")
def network(graph: EmotionGraph) -> "networkx.MultiDiGraph[str]":
    return graph.to_networkx()


@pytest.fixture(scope="module")
def rdf(small: EmotionGraph) -> rdflib.Graph:
    return small.to_rdflib()


def test_nodes_are_all_concepts(network: "networkx.MultiDiGraph[str]", graph: EmotionGraph) -> None:
    concepts = (*graph.emotions(), *graph.states())

    assert set(network) == {concept.slug for concept in concepts}
    assert network.graph["version"] == graph.version


def test_node_carries_its_label_tier_iri_and_value(network: "networkx.MultiDiGraph[str]") -> None:
    # valence, arousal and dominance: row of ontology/tables/vad_glasgow.tsv
    assert network.nodes["dread"] == {
        "label": "dread",
        "tier": "tertiary",
        "primary": "fear",
        "iri": EMOTION + "dread",
        "valence": -0.734,
        "arousal": 0.137,
        "dominance": -0.5,
    }


def test_state_nobody_rated_has_no_coordinates(network: "networkx.MultiDiGraph[str]") -> None:
    assert "valence" not in network.nodes["state/frozenness"]
    assert network.nodes["state/frozenness"]["tier"] is None


def test_broader_edges_are_a_forest_of_the_six_primaries(
    network: "networkx.MultiDiGraph[str]",
) -> None:
    edges = [(start, end) for start, end, key in network.edges(keys=True) if key == "broader"]
    tree: networkx.DiGraph[str] = networkx.DiGraph(edges)

    assert len(edges) == 131
    assert networkx.is_forest(tree.to_undirected())
    assert sorted(node for node in tree if not tree.out_degree(node)) == [
        "anger",
        "fear",
        "joy",
        "love",
        "sadness",
        "surprise",
    ]


def test_paths_are_those_of_the_lookups(
    network: "networkx.MultiDiGraph[str]", graph: EmotionGraph
) -> None:
    edges = [(start, end) for start, end, key in network.edges(keys=True) if key == "broader"]
    up: networkx.DiGraph[str] = networkx.DiGraph(edges)

    for concept in graph.emotions():
        found = (
            networkx.shortest_path(up, concept.slug, concept.path[0]) if concept.path[1:] else ()
        )
        assert tuple(reversed(found or [concept.slug])) == concept.path


def test_opposites_and_blends_are_edges_with_their_source(
    network: "networkx.MultiDiGraph[str]",
) -> None:
    assert network.edges["anger", "fear", "oppositeOf"]["source"] == "plutchik-1980"
    assert network.edges["state/awe", "fear", "composedOf"]["source"] == "plutchik-1980"


def test_each_call_gives_a_graph_of_its_own(graph: EmotionGraph) -> None:
    first = graph.to_networkx()
    first.remove_node("dread")

    assert "dread" in graph.to_networkx()
    assert graph.concept("dread").slug == "dread"


@pytest.mark.slow
def test_rdflib_has_every_triple_of_the_default_graph(graph: EmotionGraph) -> None:
    assert len(graph.to_rdflib()) == len(set(default_triples(build_core())))


def test_rdflib_answers_with_the_projects_prefixes(rdf: rdflib.Graph) -> None:
    rows = rdf.query("SELECT ?o WHERE { emotion:resentment skos:broader+ ?o ; ag:tier ?t }")

    found = {str(row[0]) for row in rows}  # type: ignore[index]
    assert found == {EMOTION + "rage", EMOTION + "anger"}
    bound = {prefix: str(space) for prefix, space in rdf.namespaces()}
    assert {prefix: bound[prefix] for prefix in PREFIXES} == PREFIXES


def test_rdflib_keeps_languages_and_datatypes(rdf: rdflib.Graph) -> None:
    dread = rdflib.URIRef(EMOTION + "dread")

    assert rdf.value(dread, SKOS.prefLabel) == rdflib.Literal("dread", lang="en")
    valence = rdf.value(dread, rdflib.URIRef(AG + "valence"))
    assert isinstance(valence, rdflib.Literal)
    assert valence.datatype == rdflib.XSD.decimal
    assert str(valence) == "-0.734"


def test_empty_store_gives_an_empty_rdflib_graph() -> None:
    assert len(to_rdflib(OxigraphStore.from_bytes(b""))) == 0
