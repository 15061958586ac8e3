"""The description-logic layer read by three parsers of their own: all find the same axioms in it.

horned-owl (Rust) shares no code with owlready2, rdflib and the OWL API. What one parser drops without a
word, another counts.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

pyhornedowl = pytest.importorskip("pyhornedowl", reason="needs py-horned-owl")
owlready2 = pytest.importorskip("owlready2", reason="needs owlready2")

FILE = Path(__file__).parent.parent.parent / "ontology" / "built" / "affectgraph-dl.rdf"

Pair = frozenset[str]


@pytest.fixture(scope="module")
def horned() -> Counter[str]:
    """Axioms by kind, as horned-owl reads them."""
    ontology = pyhornedowl.open_ontology(str(FILE), "rdf")
    return Counter(type(axiom.component).__name__ for axiom in ontology.get_axioms())


@pytest.fixture(scope="module")
def triples() -> rdflib.Graph:
    return rdflib.Graph().parse(FILE, format="xml")


@pytest.fixture(scope="module")
def world() -> Iterator[Any]:
    found = owlready2.World()
    found.get_ontology(FILE.as_uri()).load()
    yield found
    found.close()


def named(nodes: Iterator[rdflib.term.Node]) -> int:
    return sum(isinstance(node, rdflib.URIRef) for node in nodes)


def test_parsers_find_the_same_classes(
    horned: Counter[str], triples: rdflib.Graph, world: Any
) -> None:
    declared = named(triples.subjects(RDF.type, OWL.Class))

    assert horned["DeclareClass"] == declared == len(list(world.classes()))


def test_parsers_find_the_same_subclass_axioms(
    horned: Counter[str], triples: rdflib.Graph, world: Any
) -> None:
    stated = len(list(triples.subject_objects(RDFS.subClassOf)))
    parents = sum(
        parent is not owlready2.Thing for class_ in world.classes() for parent in class_.is_a
    )

    assert horned["SubClassOf"] == stated == parents > 200


def test_parsers_find_the_same_disjoint_pairs(
    horned: Counter[str], triples: rdflib.Graph, world: Any
) -> None:
    pairs: set[Pair] = {
        frozenset(map(str, pair)) for pair in triples.subject_objects(OWL.disjointWith)
    }
    disjoints = list(world.disjoint_classes())

    # Six roots and six primaries, pair by pair. horned-owl drops owl:AllDisjointClasses.
    assert horned["DisjointClasses"] == len(pairs) == len(disjoints) == 30


def test_parsers_find_the_same_definitions(horned: Counter[str], triples: rdflib.Graph) -> None:
    defined = len(list(triples.subject_objects(OWL.equivalentClass)))

    assert horned["EquivalentClasses"] == defined > 100


def test_parsers_find_the_same_properties(
    horned: Counter[str], triples: rdflib.Graph, world: Any
) -> None:
    links = named(triples.subjects(RDF.type, OWL.ObjectProperty))
    values = named(triples.subjects(RDF.type, OWL.DatatypeProperty))

    assert horned["DeclareObjectProperty"] == links == len(list(world.object_properties())) == 5
    assert horned["DeclareDataProperty"] == values == len(list(world.data_properties())) == 3
