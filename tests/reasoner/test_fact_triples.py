"""Every fact a verdict rests on is a triple of the graph, with a source that says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Fact, Judgement
from affectgraph.reasoner.checker import FIELDS

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "predictions.jsonl"
GOLD = ROOT / "benchmarks" / "data" / "gold"

TEXTS = [
    "AU38, the nostril flare, and AU20, the nostril flare.",
    "AU 999 (cheek raiser).",
    "AU12 (nose wrinkle) is on.",
    "Resentment is a tertiary emotion. Anger is not a basic emotion.",
    "Irritation is a kind of anger. Anger is a kind of irritation. Guilt belongs to fear.",
    "Fear is a type of fear. Joy is the opposite of joy.",
    "Joy is the opposite of sadness. Love is the opposite of hate. Joy and distress are opposites.",
    "Bliss is the opposite of joy. Trust is the opposite of disgust.",
    "Fear is a negative emotion. Rage has high arousal. Trust is a positive state.",
    "AU12 expresses shame. AU4 expresses resentment. AU1 and AU2 express awe.",
    "The open mouth expresses surprise. AU12C expresses joy. AU14 expresses contempt.",
    "She feels hopeless. Overall, joy.",
    "AU6 and AU12 are visible. Overall, fear.",
]


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.fixture(scope="module")
def judgements(checker: Checker) -> list[Judgement]:
    return [*_of_examples(checker), *_of_texts(checker)]


def _of_examples(checker: Checker) -> Iterator[Judgement]:
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield from checker.check_record({field: record[field] for field in FIELDS}).judgements


def _of_texts(checker: Checker) -> Iterator[Judgement]:
    for text in TEXTS:
        yield from checker.check(text).judgements


@pytest.fixture(scope="module")
def gold_facts(checker: Checker) -> set[Fact]:
    """Return the facts of every verdict on the gold set."""
    found: set[Fact] = set()
    for name in ("sentences", "rationales"):
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            seen = {f"{code}_r": value for code, value in (record["aus"] or {}).items()}
            report = checker.check(
                record["text"], label=record["label"], scheme=record["scheme"], aus=seen or None
            )
            found |= facts_of(list(report.judgements))
    return found


def is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def objects(graph: EmotionGraph, fact: Fact) -> list[NamedNode | Literal]:
    """Return what the default graph holds for the fact's subject and predicate."""
    rows = graph.store.query(
        "SELECT ?s ?p ?o WHERE { ?s ?p ?o }",
        bindings={"s": NamedNode(fact.subject), "p": NamedNode(fact.predicate)},
    )
    return [row["o"] for row in rows]  # type: ignore[union-attr]


def named_graphs(graph: EmotionGraph, fact: Fact) -> set[str]:
    """Return the named graphs in which a fact's triple stands."""
    rows = graph.store.query(
        "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }",
        bindings={"s": NamedNode(fact.subject), "p": NamedNode(fact.predicate)},
    )
    return {row["g"].value for row in rows if is_same(fact, row["o"])}  # type: ignore[union-attr]


def is_same(fact: Fact, term: NamedNode | Literal) -> bool:
    if isinstance(term, NamedNode):
        return term.value == fact.object
    if term.datatype.value.endswith(("decimal", "double", "float", "integer")):
        return not is_iri(fact.object) and float(term.value) == float(fact.object)
    return term.value == fact.object


def facts_of(judgements: list[Judgement]) -> set[Fact]:
    return {fact for judgement in judgements for fact in judgement.facts}


def test_every_fact_is_a_triple_of_the_default_graph(
    graph: EmotionGraph, judgements: list[Judgement]
) -> None:
    facts = facts_of(judgements)

    made_up = [
        fact for fact in facts if not any(is_same(fact, term) for term in objects(graph, fact))
    ]

    assert len(facts) > 100
    assert made_up == []


def test_every_fact_on_the_gold_set_stands_in_the_graph_it_names(
    graph: EmotionGraph, gold_facts: set[Fact]
) -> None:
    wrong = [
        fact
        for fact in gold_facts
        if named_graphs(graph, fact) != ({fact.graph} if fact.graph else set())
        or not any(is_same(fact, term) for term in objects(graph, fact))
    ]

    assert len(gold_facts) > 300
    assert wrong == []


def test_measured_and_derived_values_stand_in_graphs_of_their_own(checker: Checker) -> None:
    rated = checker.check("Fear is a negative emotion.").judgements[0]
    derived = checker.check("Grouchiness is a negative emotion.").judgements[0]

    assert [f.graph for f in rated.facts] == ["https://w3id.org/affectgraph/graph/vad-glasgow"]
    assert [f.graph for f in derived.facts] == [
        "https://w3id.org/affectgraph/graph/vad-branch-mean"
    ]


def test_facts_of_the_tree_and_of_faces_stand_in_the_default_graph_alone(checker: Checker) -> None:
    judgements = checker.check("AU4 is the brow lowerer. Irritation is a kind of anger.").judgements

    assert [f.graph for j in judgements for f in j.facts] == [""] * 2


def test_source_of_every_fact_resolves_with_its_licence(
    graph: EmotionGraph, judgements: list[Judgement]
) -> None:
    for fact in facts_of(judgements):
        assert graph.source(fact.source).licence == fact.licence


def bare(judgements: list[Judgement]) -> list[Judgement]:
    return [
        j
        for j in judgements
        if j.verdict in {"supported", "contradicted"} and not j.facts
        if j.rule != "au-unknown-number"  # nothing in the graph has that number
    ]


def is_on_a_state(judgement: Judgement) -> bool:
    return any(slug.startswith("state/") for slug in judgement.claim.subject)


def test_supported_or_contradicted_claim_rests_on_a_fact(judgements: list[Judgement]) -> None:
    assert [j.claim.quote for j in bare(judgements) if not is_on_a_state(j)] == []


def test_claim_on_a_state_rests_on_a_fact_too(judgements: list[Judgement]) -> None:
    assert [j.claim.quote for j in bare(judgements) if is_on_a_state(j)] == []


def test_claim_that_nothing_was_found_on_rests_on_no_fact(judgements: list[Judgement]) -> None:
    assert all(not j.facts for j in judgements if j.verdict == "not_checkable")


def test_every_contradicted_claim_says_how_to_mend_it(judgements: list[Judgement]) -> None:
    assert [j.claim.quote for j in judgements if j.verdict == "contradicted" and not j.hint] == []


def test_only_contradicted_claims_have_a_hint(judgements: list[Judgement]) -> None:
    assert [j.claim.quote for j in judgements if j.verdict != "contradicted" and j.hint] == []


def test_every_judgement_says_its_rule_and_a_sentence(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        assert judgement.rule == judgement.rule.lower().replace(" ", "-") != ""
        assert judgement.sentence.endswith((".", "?", "!"))


def test_rivals_are_concepts(graph: EmotionGraph, judgements: list[Judgement]) -> None:
    slugs = {slug for judgement in judgements for slug in judgement.rivals}

    assert slugs <= set(graph.index.concepts)
