"""Look-alike faces and the actions that decide, over the packaged patterns."""

import networkx
import pytest
from pyoxigraph import QuerySolutions

from affectgraph.kg import CAVEAT, EmotionGraph
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.iris import PATTERN


def test_surprise_lies_inside_fear_in_the_short_table_of_emfacs(graph: EmotionGraph) -> None:
    # 1 2 5 26 and 1 2 4 5 7 20 26
    (found,) = (c for c in graph.confusable("surprise") if c.second == "fear")

    inside = {(o.smaller, o.larger) for o in found.orders if not o.is_equal}
    assert (f"{PATTERN}emfacs-surprise-proto-1", f"{PATTERN}emfacs-fear-proto-1") in inside


def test_brow_lowerer_decides_for_fear_against_surprise(graph: EmotionGraph) -> None:
    # Of the 12 patterns of fear that are no tool's rule 8 ask for AU4 (EMFACS, two prototypes and two
    # variants of FACS 2002, Du, EmotioNet, one rule of CK+); no pattern of surprise names it.
    (unit,) = graph.deciding_units("fear", "surprise").units

    assert (unit.code, unit.favours, unit.share) == ("AU4", "fear", 0.6667)
    assert unit.is_observable is None


def test_dimple_decides_for_contempt_against_joy(graph: EmotionGraph) -> None:
    # 12 14, 4 14 25 and 14: all three patterns of contempt; joy's are 6 12, 12, 12 25.
    found = graph.deciding_units("joy", "contempt")
    weak = graph.deciding_units("joy", "contempt", more_than=0)

    assert [(u.code, u.favours, u.share) for u in found.units] == [("AU14", "contempt", 1.0)]
    assert ("AU6", "joy", 0.3333) in [(u.code, u.favours, u.share) for u in weak.units]


def test_order_of_the_two_concepts_does_not_matter(graph: EmotionGraph) -> None:
    one, other = graph.deciding_units("fear", "anger"), graph.deciding_units("anger", "fear")

    assert one.units == other.units
    assert (one.first, other.first) == ("fear", "anger")


def test_what_a_detector_cannot_report_is_said(graph: EmotionGraph) -> None:
    # Contentment is told from joy by closed eyes (AU43), which py-feat reports and OpenFace does not.
    observable = {
        name: graph.deciding_units("contentment", "joy", detector=name).units[0].is_observable
        for name in ("py-feat", "openface")
    }

    assert observable == {"py-feat": True, "openface": False}


def test_concept_without_patterns_is_named_and_nothing_decides(graph: EmotionGraph) -> None:
    found = graph.deciding_units("joy", "dread")

    assert found.units == ()
    assert found.without_patterns == ("dread",)


def test_every_answer_carries_the_caveat(graph: EmotionGraph) -> None:
    assert graph.deciding_units("fear", "surprise").caveat == CAVEAT
    assert {confusion.caveat for confusion in graph.confusable()} == {CAVEAT}
    assert graph.pattern_lattice().graph["caveat"] == CAVEAT


def test_confusable_pairs_of_a_concept_are_those_of_all_pairs(graph: EmotionGraph) -> None:
    pairs = {frozenset((c.first, c.second)) for c in graph.confusable()}
    of_joy = graph.confusable("joy")

    assert {c.first for c in of_joy} == {"joy"}
    assert {frozenset((c.first, c.second)) for c in of_joy} == {p for p in pairs if "joy" in p}


def test_concept_without_patterns_is_confused_with_nothing(graph: EmotionGraph) -> None:
    assert graph.patterns("dread") == ()
    assert graph.confusable("dread") == ()


def test_lookups_say_what_the_graph_holds(graph: EmotionGraph) -> None:
    answer = graph.store.query(
        """PREFIX ag: <https://w3id.org/affectgraph/ontology#>
           PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
           SELECT ?from ?to ?code WHERE {
             ?a ag:associationRelation ag:confusableWith ; ag:associationFrom ?from ;
               ag:associationTo ?to .
             OPTIONAL { ?a ag:decidingUnit/skos:notation ?code }
           }"""
    )
    assert isinstance(answer, QuerySolutions)
    held = {(r["from"].value, r["to"].value, r["code"].value if r["code"] else "") for r in answer}

    iri = {concept.slug: concept.iri for concept in (*graph.emotions(), *graph.states())}
    said = set()
    for pair in graph.confusable():
        for start, end in ((pair.first, pair.second), (pair.second, pair.first)):
            codes = [unit.code for unit in pair.units if unit.favours == start] or [""]
            said |= {(iri[start], iri[end], code) for code in codes}
    assert said == held


def test_lattice_is_reduced_and_closes_to_all_nestings(graph: EmotionGraph) -> None:
    answer = graph.store.query(
        "SELECT ?a ?b WHERE { ?a <https://w3id.org/affectgraph/ontology#nestedIn> ?b }"
    )
    assert isinstance(answer, QuerySolutions)
    nested = {(row["a"].value, row["b"].value) for row in answer}

    found = graph.pattern_lattice()

    assert networkx.is_directed_acyclic_graph(found)
    assert set(networkx.transitive_closure(found).edges) == nested
    assert found.number_of_edges() < len(nested)


def test_lattice_holds_every_pattern_that_asks_for_anything(graph: EmotionGraph) -> None:
    found = graph.pattern_lattice()

    assert set(found) == {p.iri for p in graph.index.patterns if p.required}
    assert found.nodes[f"{PATTERN}emfacs-fear-proto-1"] == {
        "concepts": ("fear",),
        "kind": "prototype",
        "source": "emfacs",
    }


def test_one_concept_twice_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="two concepts to tell apart, got 'fear' twice"):
        graph.deciding_units("fear", "emotion:fear")


@pytest.mark.parametrize("more_than", [-0.1, 1.0, float("nan")])
def test_share_out_of_range_is_refused(more_than: float, graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="more_than from 0 to below 1"):
        graph.deciding_units("fear", "surprise", more_than=more_than)


@pytest.mark.parametrize(("name", "other"), [("feer", "surprise"), ("fear", "suprise")])
def test_unknown_concept_is_refused(name: str, other: str, graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError):
        graph.deciding_units(name, other)


def test_unknown_detector_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="a detector"):
        graph.deciding_units("fear", "surprise", detector="mirror")
