"""The graph's description of itself: VoID counts, DCAT files, named graphs, links to other data sets.

The description stands in the default graph it counts, so its own triples are part of its numbers: it is
computed again from the graph with itself inside until it no longer changes, which takes four rounds, as
only the set of classes and properties it uses matters and no number of it. ``void:distinctObjects`` is
left out: that number would be an object of the graph itself, and need not settle.

``void.ttl`` of a release holds the description alone; ``checks/dataset-counts`` compares every number
with the graph.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad

from affectgraph.ontology.dl import DL_ONTOLOGY, dl_quads
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.iris import (
    BASE,
    DATASET,
    DCAT,
    DCT,
    EMOTION,
    RDF,
    RDFS,
    SD,
    SKOS,
    VOID,
    curie,
)
from affectgraph.ontology.layers.schema import ONTOLOGY
from affectgraph.ontology.triples import A, Object, describe, integer, slug, string, text
from affectgraph.ontology.version import VERSION

MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".rdf": "application/rdf+xml",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
}
"""Ending of a release file -> its media type; the last two hold the named graphs as well."""

QUADS_ONLY = (".trig", ".nq")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OWL_PROFILE = "http://www.w3.org/ns/owl-profile/"
DL_DATASET = f"{DATASET}/dl"
LINKS = tuple(
    SKOS + name
    for name in ("broadMatch", "closeMatch", "exactMatch", "narrowMatch", "relatedMatch")
)
_ROUNDS = 8


@dataclass(slots=True)
class Counts:
    """What VoID counts of a graph, and can be added up.

    :param triples: triples of the default graph.
    :param subjects: IRIs that have triples in it.
    :param members: number of resources by class.
    :param uses: number of triples by property.
    :param graphs: number of triples by named graph.
    :param links: number of mapping triples that leave the project, by (property, namespace).
    """

    triples: int = 0
    subjects: set[str] = field(default_factory=set)
    members: Counter[str] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.triples + other.triples,
            self.subjects | other.subjects,
            self.members + other.members,
            self.uses + other.uses,
            self.graphs + other.graphs,
            self.links + other.links,
        )


def count(quads: Iterable[Quad]) -> Counts:
    """Return the counts of quads, each of which is given once."""
    found = Counts()
    for quad in quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            found.graphs[str(quad.graph_name).strip("<>")] += 1
            continue
        predicate = quad.predicate.value
        found.triples += 1
        found.uses[predicate] += 1
        found.subjects.add(str(quad.subject).strip("<>"))
        if isinstance(quad.object, NamedNode):
            if predicate == RDF + "type":
                found.members[quad.object.value] += 1
            elif predicate in LINKS and not quad.object.value.startswith(BASE):
                found.links[predicate, namespace(quad.object.value)] += 1
    return found


def namespace(iri: str) -> str:
    """Return an IRI up to its last ``#`` or ``/``.

    >>> namespace("http://www.wikidata.org/entity/Q8")
    'http://www.wikidata.org/entity/'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def describe_dataset(quads: Iterable[Quad]) -> list[Quad]:
    """Return the description of a graph, counted with the description inside.

    :param quads: the graph without its description, each quad once.
    :raises OntologyError: if the numbers do not settle.
    """
    graph = count(quads)
    logic = len(set(dl_quads()))
    said: set[Quad] = set()
    for _ in range(_ROUNDS):
        found = set(_description(graph + count(said), logic))
        if found == said:
            return sorted(said, key=str)
        said = found
    raise OntologyError(
        f"expected the counts of the description to settle within {_ROUNDS} rounds, they did not.",
        file="ontology/void.py",
        repair="leave the number out that changes with every round",
    )


def _description(counts: Counts, logic: int) -> Iterator[Quad]:
    yield from describe(DATASET, _dataset(counts))
    yield from _files(DATASET, "affectgraph", tuple(MEDIA_TYPES))
    yield from describe(DL_DATASET, _logic_layer(logic))
    triples_only = tuple(ending for ending in MEDIA_TYPES if ending not in QUADS_ONLY)
    yield from _files(DL_DATASET, "affectgraph-dl", triples_only)
    yield from _partitions(counts)
    yield from _graphs(counts)
    yield from _linksets(counts)


def _dataset(counts: Counts) -> Iterator[tuple[str, Object]]:
    yield from _frame("AffectGraph: an open knowledge graph of emotions", ONTOLOGY)
    yield A, SD + "Dataset"
    yield DCT + "description", text("The core graph: what users query, fully materialised.")
    yield DCT + "conformsTo", OWL_PROFILE + "RL"
    yield DCT + "conformsTo", OWL_PROFILE + "DL"
    yield DCT + "relation", DL_DATASET
    yield VOID + "uriSpace", string(BASE)
    yield VOID + "exampleResource", EMOTION + "anger"
    yield VOID + "triples", integer(counts.triples)
    yield VOID + "entities", integer(sum(iri.startswith(BASE) for iri in counts.subjects))
    yield VOID + "distinctSubjects", integer(len(counts.subjects))
    yield VOID + "classes", integer(len(counts.members))
    yield VOID + "properties", integer(len(counts.uses))
    for vocabulary in sorted({namespace(iri) for iri in counts.uses}):
        yield VOID + "vocabulary", vocabulary.removesuffix("#")


def _logic_layer(triples: int) -> Iterator[tuple[str, Object]]:
    yield from _frame("AffectGraph, description-logic layer", DL_ONTOLOGY)
    yield DCT + "description", text("Classes of episodes, states and displays, for OWL reasoners.")
    yield DCT + "conformsTo", OWL_PROFILE + "DL"
    yield DCT + "relation", DATASET
    yield VOID + "triples", integer(triples)


def _frame(title: str, ontology: str) -> Iterator[tuple[str, Object]]:
    yield A, VOID + "Dataset"
    yield A, DCAT + "Dataset"
    yield DCT + "title", text(title)
    yield DCT + "creator", text("AffectGraph")
    yield DCT + "license", LICENCE
    yield DCT + "language", string("en")
    yield DCAT + "version", string(VERSION)
    yield RDFS + "seeAlso", ontology


def _files(dataset: str, stem: str, endings: Iterable[str]) -> Iterator[Quad]:
    for ending in endings:
        iri = f"{DATASET}/file/{slug(stem + ending)}"
        pairs: list[tuple[str, Object]] = [
            (A, DCAT + "Distribution"),
            (DCT + "title", text(stem + ending)),
            (DCT + "license", LICENCE),
            (
                DCAT + "mediaType",
                f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[ending]}",
            ),
        ]
        yield from describe(dataset, [(DCAT + "distribution", iri)])
        yield from describe(iri, pairs)


def _partitions(counts: Counts) -> Iterator[Quad]:
    for iri, number in counts.members.items():
        part = f"{DATASET}/class/{_name(iri)}"
        yield from describe(DATASET, [(VOID + "classPartition", part)])
        yield from describe(
            part,
            [(A, VOID + "Dataset"), (VOID + "class", iri), (VOID + "entities", integer(number))],
        )
    for iri, number in counts.uses.items():
        part = f"{DATASET}/property/{_name(iri)}"
        yield from describe(DATASET, [(VOID + "propertyPartition", part)])
        yield from describe(
            part,
            [(A, VOID + "Dataset"), (VOID + "property", iri), (VOID + "triples", integer(number))],
        )


def _name(iri: str) -> str:
    """Return the last step of a part's IRI, such as ``ag-Tier`` for ``ag:Tier``."""
    short = curie(iri)
    return slug(iri.partition("://")[2]) if short == iri else short.replace(":", "-", 1)


def _graphs(counts: Counts) -> Iterator[Quad]:
    for graph, number in counts.graphs.items():
        yield from describe(DATASET, [(VOID + "subset", graph), (SD + "namedGraph", graph)])
        pairs: list[tuple[str, Object]] = [
            (A, SD + "NamedGraph"),
            (A, VOID + "Dataset"),
            (SD + "name", graph),
            (VOID + "triples", integer(number)),
        ]
        yield from describe(graph, pairs)


def _linksets(counts: Counts) -> Iterator[Quad]:
    for (predicate, space), number in counts.links.items():
        name = slug(space.partition("://")[2])
        target = f"{DATASET}/target/{name}"
        linkset = f"{DATASET}/linkset/{name}/{_name(predicate)}"
        yield from describe(target, [(A, VOID + "Dataset"), (VOID + "uriSpace", string(space))])
        yield from describe(DATASET, [(VOID + "subset", linkset)])
        pairs: list[tuple[str, Object]] = [
            (A, VOID + "Linkset"),
            (VOID + "linkPredicate", predicate),
            (VOID + "subjectsTarget", DATASET),
            (VOID + "objectsTarget", target),
            (VOID + "triples", integer(number)),
        ]
        yield from describe(linkset, pairs)
