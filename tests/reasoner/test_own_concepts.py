"""The checker on concepts of a user's own: their place is told by triples of the user's graph."""

import pytest
from pyoxigraph import NamedNode

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_concept_table import read_concept_table
from affectgraph.kg.user_store import UserStore
from affectgraph.ontology.iris import AG, EMOTION, SKOS
from affectgraph.reasoner import Checker
from affectgraph.reasoner.citable import citable_facts
from affectgraph.reasoner.facts import Facts

IRI = "https://w3id.org/affectgraph/graph/user/mine"
ROWS = [
    {
        "concept": "eco-grief",
        "label": "eco-grief",
        "broader": "grief",
        "valence": "-0.75",
        "arousal": "0.1",
        "dominance": "-0.5",
    },
    {"concept": "reef-grief", "label": "reef grief", "broader": "eco-grief"},
    {"concept": "hush", "label": "numinous hush", "branch": "AestheticState"},
]
ECO, REEF = IRI + "/eco-grief", IRI + "/reef-grief"
UP = (REEF, SKOS + "broader", ECO, IRI), (ECO, SKOS + "broader", EMOTION + "grief", IRI)
"""What the user's graph says stands above reef grief."""


@pytest.fixture(scope="module")
def store(graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> UserStore:
    reading = read_concept_table(graph, list(enumerate(ROWS, start=2)), iri=IRI)
    made = UserStore.open(tmp_path_factory.mktemp("own"))
    made.put(IRI, reading.triples, About("concepts", licence="CC0"))
    return made


@pytest.fixture(scope="module")
def over(graph: EmotionGraph, store: UserStore) -> EmotionGraph:
    return graph.with_user_data(store)


@pytest.fixture(scope="module")
def checker(over: EmotionGraph) -> Checker:
    return Checker(over)


@pytest.mark.parametrize(
    ("text", "verdict", "facts"),
    [
        ("Reef grief is a kind of eco-grief.", "supported", [UP[0]]),
        ("Reef grief is a kind of grief.", "supported", [*UP]),
        (
            "Reef grief is a kind of sadness.",
            "supported",
            [
                *UP,
                (
                    EMOTION + "grief",
                    SKOS + "broaderTransitive",
                    EMOTION + "sadness",
                    "parrott-2001",
                ),
            ],
        ),
        ("Eco-grief is not a kind of grief.", "contradicted", [UP[1]]),
        (
            "Eco-grief is a kind of anger.",
            "contradicted",
            [UP[1], (EMOTION + "grief", AG + "primary", EMOTION + "sadness", "parrott-2001")],
        ),
        ("Grief is a kind of eco-grief.", "contradicted", [UP[1]]),
        ("Eco-grief is a tertiary emotion.", "unsupported", []),
        ("Eco-grief has negative valence.", "not_checkable", []),
    ],
)
def test_place_of_a_concept_is_told_by_the_graph_that_says_so(
    text: str, verdict: str, facts: list[tuple[str, str, str, str]], checker: Checker
) -> None:
    (found,) = checker.check(text).judgements

    assert found.verdict == verdict
    shown = [(f.subject, f.predicate, f.object, f.source) for f in found.facts]
    assert shown[: len(facts)] == facts
    assert facts or not shown
    assert {f.graph for f in found.facts if f.source == IRI} <= {IRI}
    assert {f.licence for f in found.facts if f.source == IRI} <= {"CC0"}


def test_every_triple_of_a_users_own_stands_in_the_users_graph(
    over: EmotionGraph, store: UserStore
) -> None:
    facts = Facts(over)
    reef, hush, grief = (
        over.concept("reef grief"),
        over.concept("numinous hush"),
        over.concept("grief"),
    )
    found = [
        *facts.tier(reef),
        *facts.primary(reef),
        *facts.branch(hush),
        *facts.ancestor(reef, grief),
        *facts.disjoint(reef, over.concept("joy")),
    ]

    own = {(f.subject, f.predicate, f.object) for f in found if f.graph}
    held = {
        (t.subject.value, t.predicate.value, t.object.value)
        for t in store.triples(IRI)
        if isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode)
    }
    assert len(own) == 3
    assert own <= held
    for fact in (f for f in found if not f.graph):
        s, p, o = fact.subject, fact.predicate, fact.object
        assert over.sparql(f"ASK {{ <{s}> <{p}> <{o}> }}") or p.endswith("disjointWith")


def test_conclusion_of_ones_own_concept_is_held_against_the_face(checker: Checker) -> None:
    text = "Her cheeks are raised (AU6) and her lip corners are pulled up (AU12). So she feels reef grief."

    found = [j for j in checker.check(text).judgements if j.claim.type == "concludes"]

    assert [(j.claim.subject, j.verdict) for j in found] == [
        (("user/mine/reef-grief",), "contradicted")
    ]


def test_what_a_model_may_cite_of_a_concept_of_ones_own_is_the_users(over: EmotionGraph) -> None:
    found = [f for f in citable_facts(over) if f.text.startswith("user/mine/reef-grief ")]

    assert [f.text for f in found] == [
        "user/mine/reef-grief is a kind of sadness",
        "user/mine/reef-grief is a kind of sadness-secondary",
        "user/mine/reef-grief is a kind of grief",
        "user/mine/reef-grief is a kind of user/mine/eco-grief",
    ]
    assert {t.source for f in found for t in f.triples if t.subject.startswith(IRI)} == {IRI}
