"""Deprecation instead of deletion: no released term vanishes, and what went says what replaces it."""

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology import release_checks
from affectgraph.ontology.build import LAYERS, described
from affectgraph.ontology.errors import InputError, OntologyError, UnknownTermError
from affectgraph.ontology.graph_checks import run_checks
from affectgraph.ontology.iris import EMOTION, OWL, expand
from affectgraph.ontology.layers import deprecated
from affectgraph.ontology.layers.vad_datasets import dataset_quads
from affectgraph.ontology.rows import Row, parse_table, read_table
from affectgraph.ontology.terms import (
    KINDS,
    check_released,
    released_terms,
    released_versions,
    terms_of,
)
from affectgraph.ontology.void import describe_dataset

HEADER = (
    "term kind label replaced_by reason version source locator curator date confidence"
).replace(" ", "\t")
TAIL = "affectgraph\t\tAffectGraph\t2026-11-25\thigh"
GLUMNESS = f"emotion:doom\tconcept\tdoom\temotion:gloom\ta second name of gloom\t0.2.0\t{TAIL}"
COLOUR = f"ag:colour\tproperty\tcolour\t\tnobody used it\t0.2.0\t{TAIL}"


def rows(*lines: str) -> tuple[Row, ...]:
    return parse_table("\n".join((HEADER, *lines)) + "\n", file="deprecated.tsv")


@pytest.fixture
def with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tables hold a concept that has a replacement and a property that has none."""
    found = rows(GLUMNESS, COLOUR)
    for module in (deprecated, release_checks):
        monkeypatch.setattr(
            module, "read_table", lambda name: found if name == "deprecated" else read_table(name)
        )


@pytest.fixture(scope="module")
def store_with_two(core: list[Quad]) -> Store:
    """The graph as the tables would give it with the two rows, counts of its description included."""
    found = rows(GLUMNESS, COLOUR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deprecated, "read_table", lambda name: found)
        plain = (set(core) - set(described(core))) | set(dataset_quads())
        quads = {*plain, *deprecated.deprecated_quads()}
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend(describe_dataset(quads))
    return store


@pytest.fixture
def graph_with_two(store_with_two: Store) -> EmotionGraph:
    return EmotionGraph(OxigraphStore(store_with_two))


def test_every_released_term_is_in_the_graph(core: list[Quad]) -> None:
    assert [str(fault) for fault in check_released(core)] == []


def test_list_of_the_first_release_holds_every_kind() -> None:
    terms = released_terms("0.1.0")

    assert "0.1.0" in released_versions()
    assert len(set(terms)) == len(terms) == 1210
    assert expand("emotion:anger") in terms
    assert expand("ag:valence") in terms
    assert expand("scheme:goemotions/admiration") in terms
    assert not [iri for iri in terms if "/lex/" in iri]


def test_term_that_vanishes_is_named_with_its_release(core: list[Quad]) -> None:
    without = [quad for quad in core if quad.subject != NamedNode(EMOTION + "dread")]

    (fault,) = check_released(without)
    assert "expected emotion:dread of release 0.1.0 to be in the graph" in str(fault)
    assert "deprecated.tsv" in str(fault)


def test_unknown_version_has_no_list() -> None:
    with pytest.raises(InputError, match=r"0\.1\.0.*got '9\.9\.9'"):
        released_terms("9.9.9")


def test_label_counts_as_a_label_and_not_as_a_concept(core: list[Quad]) -> None:
    found = terms_of(core)

    assert found[expand("scheme:goemotions/admiration")] == "label"
    assert found[expand("emotion:anger")] == "concept"
    assert found[expand("scheme:goemotions")] == "scheme"
    assert found[expand("ag:Anger")] == "class"
    assert set(found.values()) == set(KINDS.values())


def test_terms_of_other_namespaces_and_named_graphs_are_not_kept() -> None:
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    class_ = NamedNode(OWL + "Class")
    elsewhere = Quad(NamedNode("https://example.org/A"), type_, class_, DefaultGraph())
    named = Quad(NamedNode(expand("ag:A")), type_, class_, NamedNode("urn:g"))

    assert terms_of([elsewhere, named]) == {}


@pytest.mark.slow
def test_deprecated_terms_break_no_rule_of_the_graph(store_with_two: Store, with_two: None) -> None:
    assert deprecated.deprecated_quads in LAYERS
    assert [str(failure) for failure in run_checks(store_with_two)] == []
    assert [str(fault) for fault in release_checks.check_deprecated()] == []


def test_deprecated_term_says_so_and_what_replaces_it(store_with_two: Store) -> None:
    query = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?note { <https://w3id.org/affectgraph/emotion/doom> a skos:Concept ; owl:deprecated true ;
      dct:isReplacedBy <https://w3id.org/affectgraph/emotion/gloom> ; skos:historyNote ?note }"""

    (row,) = store_with_two.query(query)  # type: ignore[misc]
    assert row["note"].value == "Deprecated in 0.2.0: a second name of gloom"


@pytest.mark.parametrize("name", ["doom", "Doom", "emotion:doom", "emotion/doom", EMOTION + "doom"])
def test_lookup_of_a_deprecated_concept_names_its_replacement(
    name: str, graph_with_two: EmotionGraph
) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph_with_two.concept(name)

    assert caught.value.nearest == ("gloom",)
    assert str(caught.value).endswith("Deprecated in 0.2.0: a second name of gloom. Use 'gloom'.")
    assert graph_with_two.get_concept(name) is None


def test_lookup_of_what_nothing_replaces_says_that(graph_with_two: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match=r"nobody used it\. Nothing takes its place\."):
        graph_with_two.concept("colour")


def test_lookup_of_what_never_was_names_the_nearest(graph_with_two: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="Nearest: dread"):
        graph_with_two.concept("dred")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GLUMNESS.replace("emotion:doom", "doom"), "term: expected a CURIE of the project's"),
        (GLUMNESS.replace("emotion:doom", "nope:doom"), "term: Expected a CURIE with one of"),
        (GLUMNESS.replace("emotion:gloom", "skos:Concept"), "replaced_by: expected a CURIE of the"),
        (GLUMNESS.replace("\tconcept", "\tfeeling"), "expected a kind of"),
        (GLUMNESS.replace("a second name of gloom", ""), "expected a label and a reason"),
        (GLUMNESS.replace("0.2.0", "soon"), "expected a version such as 0.2.0, got 'soon'"),
        (GLUMNESS.replace("emotion:gloom", "emotion:doom"), "expected a living term"),
    ],
)
def test_row_that_is_wrong_is_named_with_its_line(
    line: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_checks, "read_table", lambda name: rows(line))

    faults = [str(fault) for fault in release_checks.check_deprecated()]
    assert any(words in fault and fault.startswith("deprecated.tsv:2: ") for fault in faults)


def test_row_with_a_prefix_nobody_knows_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    line = GLUMNESS.replace("emotion:doom", "nope:doom")
    monkeypatch.setattr(deprecated, "read_table", lambda name: rows(line))

    with pytest.raises(OntologyError, match=r"^deprecated\.tsv:2: .*nope:doom"):
        list(deprecated.deprecated_quads())
