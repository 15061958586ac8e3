"""The reward of single texts: its parts by hand, its weights, and what it refuses."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import ClaimError, InputError, UnknownTermError
from affectgraph.reasoner import RewardBreakdown, Weights, rationale_reward, read_readings
from affectgraph.reasoner.reward_parts import has_format, repeated_runs, saturating

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9}
BLANK = {"AU04_r": 0.0, "AU06_r": 0.0, "AU12_r": 0.0}
HONEST = (
    "<think>The cheeks are raised (AU6) and the lip corners are pulled up (AU12), which together "
    "suggest happiness. There is no brow lowering (AU4).</think><answer>happiness</answer>"
)


def reward(
    graph: EmotionGraph,
    text: str,
    observed: dict[str, float] | None = SMILE,
    label: str | None = "happiness",
) -> RewardBreakdown:
    return rationale_reward(text, observed=observed, label=label, graph=graph)


def test_honest_rationale_has_the_highest_reward(graph: EmotionGraph) -> None:
    found = reward(graph, HONEST)

    assert found.total == 1.0
    assert found.parts.values() == {
        "au": 1.0,
        "label": 1.0,
        "format": 1.0,
        "faithfulness": 1.0,
        "consistency": 1.0,
        "contradiction": 0.0,
        "duplicates": 0.0,
    }
    assert {judgement.verdict for judgement in found.verdicts} == {"supported"}
    assert found.notes == ()


def test_silence_loses_the_part_of_actions_and_gains_none(graph: EmotionGraph) -> None:
    # au -1 of weights 1 + 1 + 0.25 + 1 + 0.5
    assert reward(graph, "").total == round(-1 / 3.75, 4)


def test_au_is_twice_the_agreement_less_one(graph: EmotionGraph) -> None:
    # named 4 and 12, shown 6 and 12: F1 = 1/2
    assert reward(graph, "AU4 and AU12 are visible.").parts.au == 0.0


def test_action_that_is_only_listed_counts_half_where_it_could_be_explained(
    graph: EmotionGraph,
) -> None:
    # precision 1, recall 1/2: F1 = 2/3; both are in patterns of joy
    found = reward(graph, "AU6 and AU12 are visible. She is happy.")

    assert found.parts.faithfulness == round(2 / 3, 4)


def test_link_to_another_emotion_than_the_conclusion_earns_nothing(graph: EmotionGraph) -> None:
    plain = reward(graph, "AU6 and AU12 are visible. She is happy.")
    more = reward(graph, "AU6 and AU12 are visible. AU12 suggests contempt. She is happy.")

    assert more.parts.faithfulness == plain.parts.faithfulness


def test_link_that_no_source_has_costs_precision(graph: EmotionGraph) -> None:
    # right 6, 12 and both linked, wrong 6 -> fear: precision 4/5, recall 1
    found = reward(graph, f"AU6 suggests fear. {HONEST}")

    assert found.parts.faithfulness == round(2 * 0.8 / 1.8, 4)


def test_label_is_the_mean_over_the_emotions_that_are_concluded(graph: EmotionGraph) -> None:
    assert reward(graph, "She is happy.").parts.label == 1.0
    assert reward(graph, "She is happy. She is afraid.").parts.label == 0.5
    assert reward(graph, "She is amused.").parts.label == 0.5  # joy, cheerfulness, amusement
    assert reward(graph, "She is afraid.").parts.label == 0.0


def test_emotion_that_is_denied_is_not_concluded(graph: EmotionGraph) -> None:
    assert reward(graph, "She is happy. She is not afraid.").parts.label == 1.0


def test_inferred_emotion_counts_if_none_is_stated(graph: EmotionGraph) -> None:
    assert reward(graph, "AU6 and AU12 suggest happiness.").parts.label == 1.0


@pytest.mark.parametrize(
    "answer", ["emotion", "not sadness, not fear", "It is unclear whether she is sad or afraid."]
)
def test_answer_that_names_no_emotion_is_not_filled_up_from_the_reasoning(
    graph: EmotionGraph, answer: str
) -> None:
    text = f"<think>AU6 and AU12 suggest happiness.</think><answer>{answer}</answer>"

    assert reward(graph, text).parts.label == 0.0


def test_contradictions_are_counted_once_each_and_not_as_a_share(graph: EmotionGraph) -> None:
    # AU20 is the lip stretcher: one wrong statement, 1 / (1 + 2)
    wrong = "AU20 is the nostril flare."
    facts = " Irritation is a kind of anger. AU4 is the brow lowerer. Joy is a primary emotion."

    for text in (wrong, f"{wrong} {wrong}", wrong + facts):
        assert reward(graph, text).parts.contradiction == round(1 / 3, 4)


def test_every_action_of_a_list_that_is_not_shown_is_a_contradiction(graph: EmotionGraph) -> None:
    observed = {**SMILE, "AU01_r": 0.0, "AU02_r": 0.0}

    found = reward(graph, "AU1, AU2, AU4 and AU6 are visible.", observed)
    assert found.parts.contradiction == 3 / 5


def test_denial_of_what_is_shown_is_a_contradiction(graph: EmotionGraph) -> None:
    assert reward(graph, "AU12 is absent.").parts.contradiction == round(1 / 3, 4)


def test_denial_is_the_whole_truth_of_a_face_that_shows_nothing(graph: EmotionGraph) -> None:
    said = reward(graph, "AU12 is absent.", BLANK, "neutral").parts
    silent = reward(graph, "", BLANK, "neutral").parts

    assert (said.au, said.faithfulness) == (1.0, 1.0)
    assert (silent.au, silent.faithfulness) == (0.0, 0.0)


def test_denial_earns_nothing_on_a_face_that_shows_something(graph: EmotionGraph) -> None:
    assert reward(graph, "AU4 is absent.").parts == reward(graph, "").parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("The brows are lowered.", 0),
        ("The brows are lowered. The brows are LOWERED!", 1),
        ("He frowns. He frowns. He frowns.", 2),
        ("the brows are lowered and then the brows are lowered again", 1),
        ("<think>He frowns</think><answer>He frowns</answer>", 1),
    ],
)
def test_repeated_runs_are_counted_within_sentences(text: str, expected: int) -> None:
    assert repeated_runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>a</think><answer>b</answer>", True),
        ("  <think>a\nb</think>\n\n<answer> b </answer>\n", True),
        ("<think></think><answer>b</answer>", False),
        ("<think>a</think><answer> </answer>", False),
        ("<answer>b</answer><think>a</think>", False),
        ("<think>a</think><answer>b</answer> more", False),
        ("<think>a<think>b</think></think><answer>b</answer>", False),
        ("<think>a</think><answer>b</answer><answer>c</answer>", False),
        ("a", False),
    ],
)
def test_format_is_one_filled_block_of_each_kind(text: str, expected: bool) -> None:
    assert has_format(text) is expected


def test_saturating_grows_and_stays_below_one() -> None:
    values = [saturating(n, 2.0) for n in (0, 1, 2, 100)]

    assert values == [0.0, 1 / 3, 0.5, 100 / 102]


def test_part_that_the_input_leaves_undefined_is_left_out_with_a_note(graph: EmotionGraph) -> None:
    blind = reward(graph, HONEST, None)
    unlabelled = reward(graph, HONEST, label=None)
    unknown = reward(graph, HONEST, label="zorp")

    assert (blind.parts.au, blind.total) == (None, 1.0)
    assert (unlabelled.parts.label, unlabelled.total) == (None, 1.0)
    assert unknown.parts.label is None
    assert [len(found.notes) for found in (blind, unlabelled, unknown)] == [1, 1, 1]
    assert "'zorp'" in unknown.notes[0]


def test_without_readings_a_prototype_recited_earns_all(graph: EmotionGraph) -> None:
    # nothing tells what the face shows; docs/reward.md warns of it
    recited = HONEST.replace(" There is no brow lowering (AU4).", "")

    assert reward(graph, recited, None).total == 1.0
    assert reward(graph, recited, BLANK).total < 0.6


def test_readings_may_be_given_as_such(graph: EmotionGraph) -> None:
    readings = read_readings(graph, SMILE)

    assert rationale_reward(HONEST, observed=readings, graph=graph).parts.au == 1.0


def test_label_is_read_in_its_scheme(graph: EmotionGraph) -> None:
    found = rationale_reward(
        "She is happy.", observed=None, label="happiness", scheme="ekman-6", graph=graph
    )

    assert found.parts.label == 1.0


def test_weights_decide_what_a_part_counts(graph: EmotionGraph) -> None:
    only_label = Weights(
        au=0, label=2, format=0, faithfulness=0, consistency=0, contradiction=0, duplicates=0
    )

    found = rationale_reward(
        "She is happy. AU20 is the nostril flare.",
        observed=SMILE,
        label="happiness",
        graph=graph,
        weights=only_label,
    )
    assert found.total == 1.0


@pytest.mark.parametrize(
    "value", [-0.1, float("nan"), float("inf"), True, "1", None, 1e308, 1_000_001, [10**5000]]
)
def test_weight_that_is_no_finite_number_from_zero_up_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="weight 'label' as a finite number of 0 or more"):
        Weights(label=value)  # type: ignore[arg-type]


def test_highest_weights_give_a_finite_total(graph: EmotionGraph) -> None:
    weights = Weights(au=1_000_000, label=1_000_000)

    found = rationale_reward(
        "She is happy.", observed={"AU12": 0.9}, label="joy", graph=graph, weights=weights
    )

    assert found.total == 0.0  # AU12 is left out, -1; the label is right, 1


@pytest.mark.parametrize("weights", [{"au": 1}, None, 1, "au"])
def test_what_is_no_weights_is_refused(graph: EmotionGraph, weights: Any) -> None:
    with pytest.raises(InputError, match="Expected weights as Weights"):
        rationale_reward("Joy.", observed=None, label="joy", graph=graph, weights=weights)


def test_weights_without_any_part_to_earn_are_refused() -> None:
    with pytest.raises(InputError, match="a part that is no penalty"):
        Weights(au=0, label=0, format=0, faithfulness=0, consistency=0)


def test_weights_whose_parts_the_input_leaves_undefined_are_refused(graph: EmotionGraph) -> None:
    weights = Weights(au=1, label=1, format=0, faithfulness=0, consistency=0)

    with pytest.raises(InputError, match="Expected readings or a label"):
        rationale_reward(HONEST, observed=None, graph=graph, weights=weights)


def test_weights_and_breakdown_cannot_be_changed(graph: EmotionGraph) -> None:
    for value, field in ((Weights(), "au"), (reward(graph, ""), "total")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field, 2.0)


def test_breakdown_survives_a_process_boundary(graph: EmotionGraph) -> None:
    found = reward(graph, HONEST)

    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


def test_threads_get_the_rewards_that_one_gets(graph: EmotionGraph) -> None:
    texts = [HONEST, "", "She is afraid.", "AU4 is visible."] * 8
    alone = [reward(graph, text) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: reward(graph, text), texts)) == alone


@pytest.mark.parametrize("text", [None, 3, b"AU6", ["AU6"]])
def test_rationale_that_is_no_text_is_refused(graph: EmotionGraph, text: object) -> None:
    with pytest.raises(ClaimError, match="Expected the rationale as text"):
        reward(graph, text)  # type: ignore[arg-type]


def test_rationale_that_is_too_long_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(ClaimError, match="at most 100,000 characters"):
        reward(graph, "a" * 100_001)


@pytest.mark.parametrize(
    "observed", [{"AU12_r": float("nan")}, {"AU12_r": 7.0}, {"AU99_r": 1.0}, {}, [("AU12", 1.0)]]
)
def test_readings_that_cannot_be_used_are_refused(graph: EmotionGraph, observed: object) -> None:
    with pytest.raises(InputError, match="Expected"):
        reward(graph, HONEST, observed)  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["happiness", None])
def test_unknown_scheme_is_refused(graph: EmotionGraph, label: str | None) -> None:
    with pytest.raises(UnknownTermError, match="zorp"):
        rationale_reward(HONEST, observed=SMILE, label=label, scheme="zorp", graph=graph)
