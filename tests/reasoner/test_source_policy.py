"""Whose word counts when sources disagree, and who says otherwise.

Expected verdicts follow from the tables: au_patterns.tsv has one source each that excludes AU12 from shame
and AU15 from worry; cooccurrence.tsv has lifts of fear and surprise of .64 to 1.95.
"""

from dataclasses import replace

import pytest

import affectgraph
from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner import Checker, Judgement
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.source_policy import SourcePolicy, by_majority, dissenting, read_policy

PAIR = "Fear and surprise often go together."


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def first(checker: Checker, text: str, sources: str) -> Judgement:
    return checker.with_sources(sources).check(text).judgements[0]


def said(verdict: str, strength: float = 1.0) -> Finding:
    return Finding(verdict, "rule", strength, "It is said.")  # type: ignore[arg-type]


def test_a_policy_is_frozen_and_can_be_a_key(graph: EmotionGraph) -> None:
    one, other = read_policy(graph, "emfacs"), read_policy(graph, "emfacs")
    assert {one: 1}[other] == 1
    assert one == SourcePolicy("named", "emfacs")
    with pytest.raises(AttributeError):
        one.source = "ck-plus"  # type: ignore[misc]


def test_an_unknown_source_is_refused_with_those_that_look_alike(checker: Checker) -> None:
    with pytest.raises(UnknownTermError, match="emfacs") as caught:
        checker.with_sources("emfac")
    assert "emfacs" in caught.value.nearest
    with pytest.raises(UnknownTermError):
        affectgraph.check("AU4 suggests anger.", sources="")
    with pytest.raises(InputError, match="majority"):
        checker.with_sources(3)  # type: ignore[arg-type]


def test_the_default_is_any(checker: Checker) -> None:
    for text in (PAIR, "AU12 suggests shame.", "AU6 and AU12 are visible. She is happy."):
        assert checker.check(text) == checker.with_sources("any").check(text)
        assert affectgraph.check(text) == affectgraph.check(text, sources="any")


@pytest.mark.parametrize(
    ("text", "any_", "majority", "source", "alone"),
    [
        (PAIR, "supported", "supported", "goemotions", "contradicted"),
        ("Anger and sadness often go together.", "unsupported", "contradicted", "msp-improv", "unsupported"),
        ("AU12 suggests shame.", "contradicted", "unsupported", "tracy-matsumoto-2008", "contradicted"),
        ("AU5 suggests fear.", "supported", "supported", "rozin-cohen-2003", "unsupported"),
        ("Anger is the opposite of fear.", "supported", "unsupported", "plutchik-1980", "supported"),
        ("Rage is stronger than anger.", "supported", "supported", "scott-2019", "supported"),
        ("Joy is unpleasant.", "contradicted", "contradicted", "emfacs", "not_checkable"),
        ("Optimism is a blend of anticipation and joy.", "supported", "supported", "raf-db", "unsupported"),
        ("Joy and anger cannot be felt together.", "contradicted", "contradicted", "emfacs", "unsupported"),
    ],
)  # fmt: skip
def test_each_policy_has_its_verdict(
    checker: Checker, text: str, any_: str, majority: str, source: str, alone: str
) -> None:
    found = [first(checker, text, name).verdict for name in ("any", "majority", source)]
    assert found == [any_, majority, alone]


def test_data_sets_that_say_otherwise_dissent_by_their_source(checker: Checker) -> None:
    assert first(checker, PAIR, "any").dissent == ("goemotions", "xed")
    assert first(checker, PAIR, "goemotions").dissent == ("iemocap", "msp-improv", "nnime")
    assert first(checker, PAIR, "majority").dissent == ("goemotions", "xed")


def test_a_source_that_alone_excludes_dissents_from_a_majority(checker: Checker) -> None:
    found = first(checker, "AU12 suggests shame.", "majority")
    assert (found.rule, found.dissent) == ("no-majority", ("tracy-matsumoto-2008",))


def test_the_facts_of_a_majority_stand_in_the_order_of_its_sources(checker: Checker) -> None:
    found = first(checker, "AU6 suggests happiness.", "majority")
    sources = list(dict.fromkeys(fact.source for fact in found.facts))
    assert len(sources) > 3  # in another order, the same in no two processes
    assert sources == sorted(sources)


@pytest.mark.parametrize("sources", ["majority", "emfacs"])
@pytest.mark.parametrize(
    "text", ["Rage is a kind of anger.", "AU6 is the cheek raiser.", "Joy is primary."]
)
def test_what_has_one_source_knows_no_policy(checker: Checker, text: str, sources: str) -> None:
    found = checker.with_sources(sources).check(text)
    assert found.sources == sources
    assert replace(found, sources="any") == checker.check(text)


def test_every_fact_of_a_named_source_is_its_own(checker: Checker) -> None:
    found = first(checker, "AU5 suggests fear.", "emfacs")
    assert {fact.source for fact in found.facts} == {"emfacs"}
    assert found.strength == pytest.approx(1 / 7, abs=1e-4)  # fear of EMFACS asks for seven actions
    assert found.sentence.endswith("Only emfacs counts.")


def test_a_conclusion_is_judged_by_the_patterns_that_count(checker: Checker) -> None:
    text = "AU1, AU2, AU5 and AU20 are visible. Overall, she is afraid."
    found = {
        s: checker.with_sources(s).check(text).judgements[-1] for s in ("emfacs", "goemotions")
    }
    assert found["emfacs"].verdict == "supported"
    assert found["emfacs"].strength == pytest.approx(4 / 7, abs=1e-4)
    assert found["goemotions"].verdict == "not_checkable"  # the data set publishes no pattern
    assert "emfacs" in found["goemotions"].dissent


def test_half_is_no_majority() -> None:
    alone = {"a": said("supported"), "b": said("unsupported")}
    found = by_majority(said("supported"), alone)
    assert (found.verdict, found.rule, found.strength) == ("unsupported", "no-majority", 0.0)
    assert dissenting(found.verdict, alone) == ("a",)


def test_a_majority_speaks_by_the_strongest_of_it() -> None:
    alone = {"a": said("supported", 0.2), "b": said("supported", 0.7), "c": said("contradicted")}
    found = by_majority(said("contradicted"), alone)
    assert (found.verdict, found.strength) == ("supported", 0.7)
    assert "2 of 3" in found.sentence
    assert dissenting(found.verdict, alone) == ("c",)


def test_where_no_source_speaks_what_all_say_stays() -> None:
    assert by_majority(said("contradicted"), {}) == said("contradicted")
    assert by_majority(said("unsupported"), {"a": said("unsupported")}) == said("unsupported")


# --- what carries a conclusion --------------------------------------------------------------------


def carried(checker: Checker, text: str, **fields: str) -> tuple[str, ...]:
    report = checker.check(text, **fields)  # type: ignore[arg-type]
    return next(j.carried_by for j in report.judgements if j.claim.id == report.conclusion)


def test_the_one_sighting_carries_the_conclusion(checker: Checker) -> None:
    assert carried(checker, "AU12 is visible. AU39 is visible. She is happy.") == ("c1",)


def test_claims_that_say_the_same_carry_nothing_alone(checker: Checker) -> None:
    assert carried(checker, "AU12 is visible. The lip corners are pulled up. She is happy.") == ()


def test_words_concluded_before_carry_a_conclusion(checker: Checker) -> None:
    text = "She is sad. Overall, the person is in grief."
    report = checker.check(text)
    assert [j.claim.type for j in report.judgements] == ["concludes", "concludes"]
    assert report.judgements[1].carried_by == ("c1",)


def test_a_conclusion_that_the_label_decides_is_carried_by_no_claim(checker: Checker) -> None:
    assert carried(checker, "AU4 is visible. She is happy.", label="anger") == ()


def test_dropping_the_sentence_of_a_carrier_changes_the_verdict(checker: Checker) -> None:
    sentences = ["AU4 is visible.", "AU12 is visible.", "AU39 is visible.", "Overall, he is angry."]
    report = checker.check(" ".join(sentences))
    final = report.judgements[-1]
    for number in range(3):
        rest = [s for place, s in enumerate(sentences) if place != number]
        left = checker.check(" ".join(rest)).judgements[-1]
        is_other = (left.verdict, left.strength) != (final.verdict, final.strength)
        assert is_other == (f"c{number + 1}" in final.carried_by)


def test_many_claims_are_dropped_in_turn_up_to_a_number(checker: Checker) -> None:
    names = [f"{a} and {b} suggest anger." for a in range(1, 28) for b in range(1, 28)]
    assert len(carried(checker, " ".join(names) + " So he is angry.")) <= 64
