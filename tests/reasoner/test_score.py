"""The scores of a report: formulas by hand, and a reason for each that is undefined."""

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Checker, read_readings
from affectgraph.reasoner.model import Claim, Commitment
from affectgraph.reasoner.score import (
    harmonic_mean,
    named_units,
    nearness,
    tree_score,
    unit_agreement,
    unit_recall,
)

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU25_r": 1.5}
NAMES = (
    "checkability",
    "grounded_precision",
    "contradiction_rate",
    "evidence_recall",
    "faithfulness_f1",
    "label_score",
    "consistency",
    "au_agreement",
)


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def sighting(*codes: str, commitment: Commitment = "plain") -> Claim:
    return Claim(
        "c1", "observes", codes, ("shown",), "affirmed", commitment, "plain", "", "face",
        (0, 3), "AU6", "text",
    )  # fmt: skip


def test_all_scores_are_reported_together_and_in_order(checker: Checker) -> None:
    scores = checker.check("AU6 and AU12 are visible.").scores

    assert tuple(scores.values()) == NAMES


def test_rationale_that_names_all_that_is_shown_and_concludes_the_label_scores_full(
    checker: Checker,
) -> None:
    report = checker.check(
        "AU6, AU12 and AU25 are visible. AU6 and AU12 suggest happiness. She is happy.",
        label="happiness",
        aus=SMILE,
    )

    assert set(report.scores.values().values()) == {1.0, 0.0}
    assert report.scores.contradiction_rate == 0.0
    assert report.scores.undefined == ()


def test_claims_from_the_fields_take_no_part(checker: Checker) -> None:
    text = "AU6 (cheek raiser) and AU12 (brow lowerer)."
    alone = checker.check(text)
    beside = checker.check(text, label="happiness", scheme="ekman-6", vad=[0.8, 0.2, 0.1])

    assert {j.claim.source for j in beside.judgements} == {"text", "input"}
    assert beside.scores.grounded_precision == alone.scores.grounded_precision
    assert beside.scores.checkability == alone.scores.checkability


def test_record_without_a_text_has_no_scores(checker: Checker) -> None:
    scores = checker.check(None, label="happiness", scheme="ekman-6").scores

    assert set(scores.values().values()) == {None}


def test_evidence_recall_and_agreement_are_those_of_the_actions_named(checker: Checker) -> None:
    # Shown: 6, 12, 25; named: 12 and 4. Recall 1/3, agreement 2*1/(2+3), precision 0 of 1 claims.
    scores = checker.check("AU4 and AU12 are visible.", aus=SMILE).scores

    assert scores.evidence_recall == pytest.approx(1 / 3, abs=1e-4)
    assert scores.au_agreement == 0.4
    assert scores.faithfulness_f1 == 0.0


def test_faithfulness_is_the_harmonic_mean_of_precision_and_recall(checker: Checker) -> None:
    # One of two sightings holds; one of three units is named: 2 * 1/2 * 1/3 / (1/2 + 1/3) = 0.4
    scores = checker.check("AU12 is visible. AU4 is visible.", aus=SMILE).scores

    assert (scores.grounded_precision, scores.faithfulness_f1) == (0.5, 0.4)


def test_action_that_the_detector_does_not_report_is_left_out_of_the_agreement(
    checker: Checker,
) -> None:
    plain = checker.check("AU6, AU12 and AU25 are visible.", aus=SMILE)
    more = checker.check("AU6, AU12, AU25 and AU38 are visible.", aus=SMILE)

    assert plain.scores.au_agreement == more.scores.au_agreement == 1.0


def test_hedged_sighting_counts_half_and_alternatives_share() -> None:
    assert named_units([sighting("AU6", commitment="hedged"), sighting("AU12|AU13")]) == {
        "AU6": 0.5,
        "AU12": 0.5,
        "AU13": 0.5,
    }


def test_action_named_twice_counts_once_with_its_surer_mention() -> None:
    assert named_units([sighting("AU6", commitment="hedged"), sighting("AU6")]) == {"AU6": 1.0}


def test_sighting_whose_number_and_name_disagree_names_no_action(checker: Checker) -> None:
    scores = checker.check("AU12 (brow lowerer) is visible.", aus=SMILE).scores

    assert (scores.evidence_recall, scores.au_agreement) == (0.0, 0.0)


def test_denied_action_is_not_named_as_shown(checker: Checker) -> None:
    assert checker.check("AU12 is absent.", aus=SMILE).scores.evidence_recall == 0.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU6 and AU12 suggest happiness. She is happy.", 1.0),
        ("AU6 and AU12 suggest happiness. She is afraid.", 0.0),
        ("He sounds furious. He is angry.", 1.0),
    ],
)
def test_consistency_is_one_if_the_strongest_evidence_is_for_the_conclusion(
    checker: Checker, text: str, expected: float
) -> None:
    assert checker.check(text).scores.consistency == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was furious. Overall, the label is anger.", 1.0),  # a kind of it
        ("She was angry. Overall, the label is rage.", 0.6667),  # above it: 2 x 1 / (1 + 2)
        ("She was annoyed. Overall, the label is rage.", 0.4),  # beside it: 2 x 1 / (3 + 2)
        ("AU6 and AU12 are visible. Overall, she feels contentment.", 0.6667),
        ("AU6 and AU12 are visible. She was annoyed. Overall, the label is rage.", 0.4),
        ("She was annoyed and furious. Overall, the label is rage.", 1.0),  # the nearest counts
    ],
)
def test_evidence_beside_the_conclusion_counts_by_its_nearness_in_the_tree(
    checker: Checker, text: str, expected: float
) -> None:
    report = checker.check(text)
    (conclusion,) = (j for j in report.judgements if j.claim.id == report.conclusion)

    assert report.scores.consistency == expected
    assert (conclusion.rule, conclusion.strength) == ("evidence-agrees", expected)


def test_state_is_near_to_itself_and_half_to_the_emotion_it_comes_near(graph: EmotionGraph) -> None:
    assert nearness(graph, "state/awe", "state/awe") == 1.0
    assert nearness(graph, "amazement", "state/awe") == 0.5
    assert nearness(graph, "anger", "state/awe") == 0.0


def test_consistency_does_not_depend_on_readings_or_label(checker: Checker) -> None:
    text = "AU6 and AU12 suggest happiness. She is happy."
    blank = {"AU06_r": 0.0, "AU12_r": 0.0}

    assert checker.check(text, aus=blank, label="anger").scores.consistency == 1.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("anger", "anger", 1.0),
        ("anger", "rage", 2 / 3),  # depths 1 and 2, one step
        ("anger", "hate", 2 / 4),  # depths 1 and 3, two steps: anger, rage, hate
        ("fury", "hate", 4 / 6),  # both under rage
        ("anger", "fear", 0.0),
        ("joy", "happiness", 1.0),
        ("state/neutral", "state/neutral", 1.0),
        ("state/neutral", "joy", 0.0),
    ],
)
def test_tree_score_is_one_less_the_steps_over_the_depths(
    graph: EmotionGraph, first: str, second: str, expected: float
) -> None:
    concepts = graph.concept(first), graph.concept(second)

    assert tree_score(*concepts) == pytest.approx(expected)
    assert tree_score(*reversed(concepts)) == pytest.approx(expected)


def test_tree_score_is_one_less_the_trees_distance_over_the_sum_of_depths(
    graph: EmotionGraph,
) -> None:
    emotions = [*graph.emotions(primary="anger"), graph.concept("fear")]
    for first in emotions:
        for second in emotions:
            steps = graph.tree_distance(first.slug, second.slug)
            assert steps is not None
            depths = len(first.path) + len(second.path)
            assert tree_score(first, second) == pytest.approx(1 - steps / depths)


def test_state_scores_half_against_the_emotion_nearest_to_it(graph: EmotionGraph) -> None:
    state = next(state for state in graph.states() if state.related)

    assert tree_score(state, graph.concept(str(state.related))) == 0.5


@pytest.mark.parametrize(
    ("rationale", "fields", "expected"),
    [
        ("It rains.", {}, dict.fromkeys(("checkability",), "no claim was read")),
        ("It rains.", {}, {"grounded_precision": "no claim could be judged"}),
        ("AU6 is visible.", {}, {"evidence_recall": "no readings were given"}),
        ("AU6 is visible.", {}, {"au_agreement": "no readings were given"}),
        ("It rains.", {"aus": {"AU12": 0.1}}, {"evidence_recall": "the readings show no action"}),
        (
            "It rains.",
            {"aus": {"AU12": 0.1}},
            {"au_agreement": "neither the text nor the readings show an action"},
        ),
        ("She is happy.", {}, {"label_score": "no label was given"}),
        ("She is happy.", {"label": "zorp"}, {"label_score": "the label names no single concept"}),
        ("AU6 is visible.", {"label": "joy"}, {"label_score": "the text concludes nothing"}),
        ("AU6 is visible.", {"label": "joy"}, {"consistency": "the text concludes nothing"}),
        (
            "She is happy.",
            {},
            {"consistency": "the text gives no evidence that the graph can read"},
        ),
    ],
)
def test_score_that_is_undefined_is_none_with_its_reason(
    checker: Checker, rationale: str, fields: dict[str, object], expected: dict[str, str]
) -> None:
    scores = checker.check(rationale, **fields).scores  # type: ignore[arg-type]

    assert expected.items() <= dict(scores.undefined).items()
    assert [name for name in expected if scores.values()[name] is not None] == []


def test_units_of_a_face_that_shows_none_are_recalled_and_agreed_on(graph: EmotionGraph) -> None:
    blank = read_readings(graph, {"AU12": 0.1})

    assert unit_recall({}, blank) == 1.0
    assert unit_agreement({}, blank) is None
    assert unit_agreement({"AU12": 1.0}, blank) == 0.0


def test_harmonic_mean_of_nothing_is_nothing() -> None:
    assert harmonic_mean(0.0, 0.0) == 0.0
