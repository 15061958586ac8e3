"""The graph's description of itself: its numbers are those of the graph, counted here by other means."""

from collections import Counter
from collections.abc import Callable

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from affectgraph.ontology import build, void
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.iris import AG, BASE, DATASET, DCAT, DCT, RDF, SD, SKOS, VOID
from affectgraph.ontology.layers.vad_datasets import dataset_quads
from affectgraph.ontology.void import Counts, count, describe_dataset, namespace

DESCRIBING = (VOID, SD, DCAT, DCT)
Value = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def default(core: list[Quad]) -> list[Quad]:
    return [quad for quad in core if isinstance(quad.graph_name, DefaultGraph)]


@pytest.fixture(scope="module")
def said(default: list[Quad]) -> Value:
    """The values of a subject and property in the graph, sorted."""
    found: dict[tuple[str, str], list[str]] = {}
    for quad in default:
        if quad.predicate.value.startswith(DESCRIBING):
            key = (getattr(quad.subject, "value", ""), quad.predicate.value)
            found.setdefault(key, []).append(getattr(quad.object, "value", ""))

    return lambda subject, predicate: sorted(found.get((subject, predicate), []))


def example(subject: str, predicate: str, object_: str, graph: str | None = None) -> Quad:
    where = NamedNode(graph) if graph else DefaultGraph()
    return Quad(NamedNode(subject), NamedNode(predicate), NamedNode(object_), where)


def test_number_of_triples_is_that_of_the_default_graph(default: list[Quad], said: Value) -> None:
    assert said(DATASET, VOID + "triples") == [str(len(default))]


def test_subjects_classes_and_properties_are_those_of_the_default_graph(
    default: list[Quad], said: Value
) -> None:
    subjects = {quad.subject for quad in default}
    own = {subject for subject in subjects if str(subject).startswith(f"<{BASE}")}
    classes = {quad.object for quad in default if quad.predicate.value == RDF + "type"}

    assert said(DATASET, VOID + "distinctSubjects") == [str(len(subjects))]
    assert said(DATASET, VOID + "entities") == [str(len(own))]
    assert said(DATASET, VOID + "classes") == [str(len(classes))]
    assert said(DATASET, VOID + "properties") == [str(len({q.predicate for q in default}))]


def test_every_class_has_a_part_with_its_number(default: list[Quad], said: Value) -> None:
    types = (quad.object for quad in default if quad.predicate.value == RDF + "type")
    counts = Counter(str(class_).strip("<>") for class_ in types)
    parts = said(DATASET, VOID + "classPartition")

    found = {said(part, VOID + "class")[0]: said(part, VOID + "entities") for part in parts}
    assert found == {iri: [str(number)] for iri, number in counts.items()}
    assert found[AG + "EmotionConcept"] == ["137"]


def test_every_property_has_a_part_with_its_number(default: list[Quad], said: Value) -> None:
    counts = Counter(quad.predicate.value for quad in default)
    parts = said(DATASET, VOID + "propertyPartition")

    found = {said(part, VOID + "property")[0]: said(part, VOID + "triples") for part in parts}
    assert found == {iri: [str(number)] for iri, number in counts.items()}
    assert found[SKOS + "broader"] == ["131"]  # 137 concepts, 6 of them primaries


def test_every_named_graph_is_described_with_its_number(core: list[Quad], said: Value) -> None:
    counts = Counter(str(q.graph_name).strip("<>") for q in core)
    del counts["DEFAULT"]

    assert said(DATASET, SD + "namedGraph") == sorted(counts)
    assert {graph: said(graph, VOID + "triples") for graph in counts} == {
        graph: [str(number)] for graph, number in counts.items()
    }


def test_number_of_the_layer_is_that_of_its_file(said: Value) -> None:
    assert said(f"{DATASET}/dl", VOID + "triples") == [str(len(build.build_dl()))]


def test_files_are_those_the_build_writes(said: Value, contents: dict[str, bytes]) -> None:
    names = [
        title
        for dataset in (DATASET, f"{DATASET}/dl")
        for file in said(dataset, DCAT + "distribution")
        for title in said(file, DCT + "title")
    ]

    assert sorted(names) == sorted(set(contents) - {build.VOID_FILE})
    assert set(void.MEDIA_TYPES) == {*build.TRIPLE_FORMATS, *build.QUAD_FORMATS}
    for ending, format_ in {**build.TRIPLE_FORMATS, **build.QUAD_FORMATS}.items():
        assert format_.media_type == void.MEDIA_TYPES[ending]


def test_void_file_holds_the_description_and_nothing_else(
    core: list[Quad], contents: dict[str, bytes]
) -> None:
    triples = {quad.triple for quad in parse(contents["void.ttl"], RdfFormat.TURTLE)}
    # What a layer says of the origins of VAD values stands on the nodes of their graphs, and so here too.
    origins = {quad.triple for quad in dataset_quads()}
    counted = triples - origins
    without = [quad for quad in core if quad.triple not in counted]

    assert {str(t.subject).strip("<>").removeprefix(BASE).split("/")[0] for t in triples} == {
        "dataset",
        "graph",
    }
    assert origins < triples
    assert {quad.triple for quad in describe_dataset(without)} == counted


def test_description_counts_itself() -> None:
    one = [example(BASE + "emotion/joy", SKOS + "related", BASE + "emotion/zest")]

    found = describe_dataset(one)
    totals = [
        getattr(quad.object, "value", None)
        for quad in found
        if quad.subject == NamedNode(DATASET) and quad.predicate.value == VOID + "triples"
    ]
    assert totals == [str(len(found) + 1)]


def test_mappings_that_leave_the_project_become_a_linkset() -> None:
    joy = BASE + "emotion/joy"
    quads = [
        example(joy, SKOS + "exactMatch", "http://www.wikidata.org/entity/Q935526"),
        example(joy, SKOS + "closeMatch", "http://www.wikidata.org/entity/Q8"),
        example(joy, SKOS + "exactMatch", BASE + "scheme/ekman-6/joy"),
    ]

    counts = count(quads)
    links = [
        quad
        for quad in describe_dataset(quads)
        if quad.predicate.value == RDF + "type" and quad.object == NamedNode(VOID + "Linkset")
    ]
    assert counts.links == {
        (SKOS + "exactMatch", "http://www.wikidata.org/entity/"): 1,
        (SKOS + "closeMatch", "http://www.wikidata.org/entity/"): 1,
    }
    assert sorted(str(q.subject) for q in links) == [
        f"<{DATASET}/linkset/www-wikidata-org-entity/skos-closeMatch>",
        f"<{DATASET}/linkset/www-wikidata-org-entity/skos-exactMatch>",
    ]


def test_counts_add_up() -> None:
    first = [example("urn:a", RDF + "type", "urn:A")]
    second = [example("urn:a", "urn:p", "urn:b"), example("urn:b", "urn:p", "urn:c", "urn:g")]

    both = count(first) + count(second)
    assert both == count([*first, *second])
    assert both.triples == 2
    assert both.graphs == {"urn:g": 1}
    assert both + Counts() == both


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://a.org/b#c", "https://a.org/b#"),
        ("urn:isbn:1", ""),
        ("https://a.org/", "https://a.org/"),
    ],
)
def test_namespace_ends_at_the_last_separator(iri: str, expected: str) -> None:
    assert namespace(iri) == expected


def test_numbers_that_do_not_settle_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(void, "_ROUNDS", 1)

    with pytest.raises(OntologyError, match="settle within 1 rounds"):
        describe_dataset([])
