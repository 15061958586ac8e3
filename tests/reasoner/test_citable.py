"""The graph's facts in words: each one's triples stand in the graph."""

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.iris import AG, BASE, SKOS
from affectgraph.reasoner.citable import citable_facts, fact_index
from affectgraph.reasoner.constrain import CitableFact


@pytest.fixture(scope="module")
def facts(graph: EmotionGraph) -> dict[str, CitableFact]:
    return {fact.text: fact for fact in citable_facts(graph)}


def test_no_two_facts_share_their_words(graph: EmotionGraph, facts: dict[str, CitableFact]) -> None:
    assert len(facts) == len(citable_facts(graph)) > 1500


def test_every_triple_of_every_fact_stands_in_the_graph(
    graph: EmotionGraph, facts: dict[str, CitableFact]
) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(STRSTARTS(STR(?s), '" + BASE + "')) }"
    result = graph.store.query(query)
    stored = {(s[0].value, s[1].value, s[2].value) for s in result}  # type: ignore[union-attr]

    missing = [
        (fact.text, t)
        for fact in facts.values()
        for t in fact.triples
        if (t.subject, t.predicate, t.object) not in stored
    ]
    assert missing == []
    assert all(fact.triples for fact in facts.values())


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("dread is a kind of fear", ("emotion/dread", SKOS + "broaderTransitive", "emotion/fear")),
        ("joy is a primary emotion", ("emotion/joy", AG + "tier", "")),
        ("AU12 is the lip corner puller", ("au/AU12", SKOS + "prefLabel", "")),
        (
            "joy is the opposite of sadness, by plutchik-1980",
            ("emotion/joy", AG + "oppositeOf", "emotion/sadness"),
        ),
    ],
)
def test_fact_in_words_has_its_triple(
    facts: dict[str, CitableFact], text: str, triple: tuple[str, str, str]
) -> None:
    found = facts[text].triples[0]

    assert (found.subject, found.predicate) == (BASE + triple[0], triple[1])
    assert not triple[2] or found.object == BASE + triple[2]
    assert found.source


def test_words_are_the_same_on_repeat(graph: EmotionGraph, facts: dict[str, CitableFact]) -> None:
    fact_index.cache_clear()

    assert [fact.text for fact in citable_facts(graph)] == list(facts)
