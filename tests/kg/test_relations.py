"""Lookups of sourced relations, of labels given together, and what they leave alone."""

import math

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.relations import RELATIONS
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.ranks import GRADES

# --- sourced relations ----------------------------------------------------------------------------


def test_what_worry_leads_to_is_the_row_of_the_table(graph: EmotionGraph) -> None:
    (link,) = graph.associations("worry", relation="leadsTo")

    assert (link.end, link.evidence, link.grade) == ("anxiety", "experiment", "moderate")
    assert link.source == "mclaughlin-2007"
    assert link.claim.startswith("Participants led to worry reported more anxiety")
    assert link.derived_by is None


def test_incoming_relations_end_at_the_concept(graph: EmotionGraph) -> None:
    found = graph.associations("anxiety", relation="leadsTo", incoming=True)

    assert {link.end for link in found} == {"anxiety"}
    assert [link.start for link in found] == ["depression", "depression", "irritation", "worry"]


def test_relations_of_one_source_only(graph: EmotionGraph) -> None:
    found = graph.associations("depression", sources=["jacobson-newman-2017"])

    assert [(link.relation, link.end) for link in found] == [("leadsTo", "anxiety")]


def test_no_source_wanted_gives_no_relation(graph: EmotionGraph) -> None:
    assert graph.associations("depression", sources=[]) == ()


def test_grade_keeps_what_is_as_good_or_better(graph: EmotionGraph) -> None:
    counts = [len(graph.associations("joy", at_least=grade)) for grade in GRADES]

    assert counts == sorted(counts)
    assert {link.grade for link in graph.associations("joy", at_least="strong")} == {"strong"}


def test_every_opposite_and_sequence_and_count_is_graded(graph: EmotionGraph) -> None:
    for link in graph.index.associations:
        if link.relation != "composedOf":
            assert link.grade in GRADES, link
            assert link.evidence, link


@pytest.mark.parametrize("relation", ["opposite", "exactMatch", ""])
def test_unknown_relation_is_refused_with_the_known_ones(
    relation: str, graph: EmotionGraph
) -> None:
    with pytest.raises(InputError, match=", ".join(RELATIONS)):
        graph.associations("joy", relation=relation)


def test_unknown_grade_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="strong, moderate, weak"):
        graph.associations("joy", at_least="good")


def test_unknown_source_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="hearsay"):
        graph.associations("joy", sources=["hearsay"])


def test_one_string_for_sources_is_refused_rather_than_read_letter_by_letter(
    graph: EmotionGraph,
) -> None:
    with pytest.raises(InputError, match="list of source ids"):
        graph.associations("joy", sources="plutchik-1980")


def test_unknown_concept_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError):
        graph.associations("jooy")


# --- opposites: theory first, antonyms only if asked ----------------------------------------------


def test_antonyms_are_no_opposites_unless_asked_for(graph: EmotionGraph) -> None:
    assert graph.opposites("sorrow") == ()

    (link,) = graph.opposites("sorrow", lexical=True)

    assert (link.end, link.evidence, link.grade) == ("joy", "lexicon", "weak")
    assert (link.source, link.theory) == ("wordnet-3.0", "")


def test_published_opposites_are_graded_by_their_rated_values(graph: EmotionGraph) -> None:
    # joy and sadness mirror each other; fear and anger are both unpleasant; terror and rage are
    # unconfirmed (confidence low).
    grades = {
        (start, link.end): link.grade
        for start in ("joy", "anger", "rage")
        for link in graph.opposites(start)
    }

    assert grades[("joy", "sadness")] == "strong"
    assert grades[("anger", "fear")] == "moderate"
    assert grades[("rage", "terror")] == "weak"


def test_rejected_antonym_is_not_linked(graph: EmotionGraph) -> None:
    # repulsion and attraction: a physical force.
    assert graph.opposites("attraction", lexical=True) == ()


# --- labels given together ------------------------------------------------------------------------


def test_counts_of_joy_and_sadness_are_those_of_the_table(graph: EmotionGraph) -> None:
    # XED: 2833 and 2464 of 17528 lines, 48 with both; 2833 * 2464 / 17528 = 398.25.
    (pair,) = (p for p in graph.cooccurrences("xed") if {p.first, p.second} == {"joy", "sadness"})

    assert (pair.first_count, pair.second_count, pair.count, pair.total) == (2833, 2464, 48, 17528)
    assert pair.expected == pytest.approx(398.25, abs=0.005)
    assert pair.lift == pytest.approx(48 / 398.25, abs=1e-4)
    assert (pair.relation, pair.grade) == ("rarelyCoOccursWith", "strong")


def test_penalty_is_the_shortfall_that_is_sure(graph: EmotionGraph) -> None:
    # 28 pairs of XED are judged: z of 1 - .05 / 56 is 3.125. Upper bound of 48 is
    # 49 * (1 - 1 / 441 + 3.125 / 21) ** 3 = 49 * 1.14654 ** 3 = 73.85; the penalty is what this lacks
    # of the smaller baseline.
    (pair,) = (p for p in graph.unlikely_pairs("xed") if {p.first, p.second} == {"joy", "sadness"})

    smaller = min(pair.expected, pair.competing)
    assert pair.penalty == pytest.approx(1 - 73.85 / smaller, abs=2e-4)
    assert pair.lift_bounds[1] * pair.expected == pytest.approx(73.85, abs=0.03)


def test_unlikely_pairs_come_most_unlikely_first(graph: EmotionGraph) -> None:
    found = graph.unlikely_pairs("goemotions")

    penalties = [pair.penalty for pair in found]
    assert penalties == sorted(penalties, reverse=True)
    assert all(pair.expected >= 5 and pair.competing >= 5 for pair in found)
    assert all(pair.count < min(pair.expected, pair.competing) for pair in found)


def test_pair_of_kin_that_only_independence_calls_rare_has_no_penalty(graph: EmotionGraph) -> None:
    # Fear and surprise meet in XED less often than independence expects, since most lines have one
    # label; among the pairs they are frequent.
    (pair,) = (p for p in graph.cooccurrences("xed") if {p.first, p.second} == {"fear", "surprise"})

    assert pair.lift < 1
    assert pair.count > pair.competing
    assert (pair.relation, pair.penalty) == (None, 0.0)


def test_pair_that_never_occurs_but_was_hardly_expected_has_no_penalty(graph: EmotionGraph) -> None:
    # GoEmotions: grief (96) and pride (142) of 54263: 0.25 expected, none found.
    (pair,) = (
        p for p in graph.cooccurrences("goemotions") if (p.first, p.second) == ("grief", "pride")
    )

    assert pair.count == 0
    assert pair.expected == pytest.approx(96 * 142 / 54263, abs=0.005)
    assert pair.penalty == 0


def test_matrix_has_the_scheme_s_labels_and_is_symmetric(graph: EmotionGraph) -> None:
    labels, values = graph.penalty_matrix("goemotions")

    assert labels == tuple(label.name for label in graph.labels("goemotions"))
    assert len(labels) == len(values) == 28
    for i, row in enumerate(values):
        assert row[i] == 0
        assert all(0 <= value < 1 for value in row)
        assert [values[j][i] for j in range(28)] == list(row)


def test_matrix_holds_the_penalties_of_the_unlikely_pairs_and_no_others(
    graph: EmotionGraph,
) -> None:
    labels, values = graph.penalty_matrix("goemotions")
    pairs = graph.unlikely_pairs("goemotions")

    cells = {
        frozenset((labels[i], labels[j])): values[i][j]
        for i in range(28)
        for j in range(i)
        if values[i][j]
    }
    assert cells == {frozenset((p.first, p.second)): p.penalty for p in pairs}


def test_scheme_whose_pairs_were_not_counted_is_refused_with_those_that_were(
    graph: EmotionGraph,
) -> None:
    counted = "crema-d, goemotions, iemocap-9, msp-improv, nnime, xed"
    with pytest.raises(InputError, match=rf"{counted}.*'ekman-6'"):
        graph.penalty_matrix("ekman-6")


def test_unknown_scheme_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="goemotion"):
        graph.unlikely_pairs("goemotion")


def test_relation_between_concepts_follows_exact_anchors_both_ways(graph: EmotionGraph) -> None:
    # GoEmotions labels fear and nervousness, both anchored exactly; 43 of 54263 have both.
    (link,) = graph.associations("fear", relation="coOccursWith", sources=["goemotions"])
    (back,) = graph.associations("nervousness", relation="coOccursWith", sources=["goemotions"])

    assert (link.end, link.count, link.corpus) == ("nervousness", 43, "goemotions")
    assert (back.end, back.count) == ("fear", 43)
    assert link.derived_by == "exact anchors of the labels counted together"
    assert math.isclose(link.lift or 0, 43 / (764 * 208 / 54263), rel_tol=1e-4)


def test_label_anchored_closely_gives_its_concept_no_relation(graph: EmotionGraph) -> None:
    # GoEmotions' disapproval is anchored close to dislike; disapproval and joy are rarely together.
    rare = {(p.first, p.second) for p in graph.unlikely_pairs("goemotions")}

    assert ("disapproval", "joy") in rare
    assert graph.associations("dislike", relation="rarelyCoOccursWith") == ()
