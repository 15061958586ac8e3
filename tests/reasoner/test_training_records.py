"""Training data of runs: what is accepted, what makes a pair, what would teach the wrong thing."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.reasoner import Reasoner, Reasoning, TrainingData, training_data
from tests.reasoner.traced import (
    FACT,
    GOOD,
    SAID,
    SMILE,
    WORSE,
    WRONG,
    effort,
    json_answer,
    run,
    with_answers,
)

# With SMILE: GOOD scores 1 (precision 1, recall 1), WRONG .8 - 1/3 = .4667 (precision 2/3, recall 1),
# HALF .6667 (precision 1; of the two actions shown it names one: recall 1/2).
HALF = "AU12 suggests joy. Overall, this is joy."
OPEN = {"text": "Hm."}
"""An observation of which the graph knows nothing."""


def pairs(found: TrainingData) -> list[tuple[str, str, str]]:
    return [
        (pair["step"], pair["chosen"][0]["content"], pair["rejected"][0]["content"])
        for pair in found.pairs
    ]


def one_round(graph: EmotionGraph, *replies: str, **chosen: Any) -> Reasoning:
    return run(graph, replies, effort=effort(rounds=1, drafts=len(replies)), **chosen)


# --- what a record is -----------------------------------------------------------------------------


def test_kept_draft_of_a_revision_answers_the_first_prompt(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, GOOD], SAID)
    (record,) = training_data([reasoning]).accepted

    assert [one["role"] for one in record["prompt"]] == ["system", "user"]
    assert [one["content"] for one in record["prompt"]] == [
        message.content for message in reasoning.rounds[0].messages
    ]
    assert record["completion"] == [{"role": "assistant", "content": GOOD}]
    assert {k: v for k, v in record.items() if k not in {"prompt", "completion"}} == {
        "graph_version": graph.version,
        "model": "scripted",
        "style": "three-section",
        "emotion": "joy",
        "score": 1.0,
        "round": 2,
    }


def test_draft_and_its_revision_are_a_pair_with_the_claims_mended(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, GOOD])
    (pair,) = training_data([reasoning]).pairs

    assert pair["prompt"] == training_data([reasoning]).accepted[0]["prompt"]
    assert pair["chosen"] == [{"role": "assistant", "content": GOOD}]
    assert pair["rejected"] == [{"role": "assistant", "content": WRONG}]
    assert (pair["step"], pair["chosen_round"], pair["rejected_round"]) == ("revision", 2, 1)
    assert (pair["chosen_score"], pair["rejected_score"]) == (1.0, 0.4667)
    (mended,) = pair["mended"]
    assert mended["type"] == "au_identity"
    assert mended["quote"] == "AU20 is the nostril flare"
    assert mended["rule"] == "au-name-of-another-unit"


def test_best_draft_of_a_round_is_paired_with_each_other_one(graph: EmotionGraph) -> None:
    found = training_data([one_round(graph, WRONG, GOOD, HALF)])

    assert pairs(found) == [("drafts", GOOD, WRONG), ("drafts", GOOD, HALF)]
    assert found.pairs[1]["mended"] == []
    assert found.left_out == {}


def test_answer_is_kept_in_its_form_and_without_thoughts(graph: EmotionGraph) -> None:
    answer = json_answer("AU6 and AU12 suggest joy.", fact=FACT)
    found = with_answers(run(graph, [answer], answer="json"), reasoning="Let me think.")

    (record,) = training_data([found]).accepted
    assert record["completion"] == [{"role": "assistant", "content": answer}]
    assert "Let me think" not in json.dumps(record)


def test_equal_runs_give_equal_records_that_json_can_hold(graph: EmotionGraph) -> None:
    first, second = (training_data([run(graph, [WRONG, HALF, GOOD])]) for _ in range(2))

    assert first == second
    for record in (*first.accepted, *first.pairs):
        assert json.loads(json.dumps(record)) == record


def test_all_records_of_a_kind_have_the_same_columns(graph: EmotionGraph) -> None:
    runs = [run(graph, [WRONG, GOOD]), one_round(graph, GOOD, HALF), one_round(graph, WORSE, HALF)]
    found = training_data(runs)

    assert [record["completion"][0]["content"] for record in found.accepted] == [GOOD, HALF]
    assert len({tuple(record) for record in found.accepted}) == 1
    assert len({tuple(record) for record in found.pairs}) == 1


# --- what is accepted -----------------------------------------------------------------------------


def accepted(reasoning: Reasoning, **bounds: float) -> str:
    """Return why the kept draft of a run is left out; empty if it is accepted."""
    found = training_data([reasoning], **bounds)
    reasons = [name for name in found.left_out if name.startswith("accepted: ")]
    assert len(found.accepted) + len(reasons) == 1
    return reasons[0].removeprefix("accepted: ") if reasons else ""


def test_draft_with_a_contradiction_is_not_accepted(graph: EmotionGraph) -> None:
    assert accepted(run(graph, [WRONG] * 2)) == "contradicted"


def test_draft_out_of_form_is_not_accepted(graph: EmotionGraph) -> None:
    assert accepted(run(graph, [GOOD, GOOD], answer="json")) == "not in form"


@pytest.mark.parametrize("reason", ["length", "cancelled"])
def test_draft_that_was_broken_off_is_not_accepted(graph: EmotionGraph, reason: str) -> None:
    found = with_answers(run(graph, [GOOD]), finish_reason=reason)

    assert accepted(found) == "broken off"


@pytest.mark.parametrize("reply", ["Nothing is certain.", "I cannot help with that.", "AU6. AU12."])
def test_draft_that_wins_by_concluding_nothing_is_not_accepted(
    graph: EmotionGraph, reply: str
) -> None:
    assert accepted(run(graph, [reply])) == "abstains"


def test_abstaining_where_the_evidence_decides_is_not_accepted(graph: EmotionGraph) -> None:
    reply = json_answer(f"{FACT}. AU6 is the cheek raiser.", emotion="undetermined")
    found = run(graph, [reply], answer="json")

    assert found.stopped == "clean"
    assert accepted(found) == "abstains"


def test_abstaining_where_nothing_decides_is_accepted_if_the_answer_says_so(
    graph: EmotionGraph,
) -> None:
    said = "Joy is a primary emotion."
    found = run(graph, [json_answer(said, emotion="undetermined", units=())], OPEN, answer="json")
    assert accepted(found) == ""
    assert training_data([found]).accepted[0]["emotion"] == ""

    assert accepted(run(graph, [said], OPEN)) == "abstains"


def test_conclusion_that_nothing_backs_is_not_accepted(graph: EmotionGraph) -> None:
    found = run(graph, ["AU6 and AU12 suggest joy. Overall, this is pride."])

    (conclusion,) = (j for j in found.report.judgements if j.claim.id == found.report.conclusion)
    assert (found.stopped, conclusion.verdict) == ("clean", "unsupported")
    assert accepted(found) == "unsupported conclusion"


def test_accepted_score_has_a_bound_of_ones_own(graph: EmotionGraph) -> None:
    found = run(graph, [HALF])

    assert found.score == 0.6667
    assert accepted(found, least_score=0.6667) == ""
    assert accepted(found, least_score=0.67) == "low score"


def test_run_that_the_model_broke_off_gives_what_it_had(graph: EmotionGraph) -> None:
    down = BackendError("server down.", backend="scripted", retryable=True)
    found = training_data([run(graph, [WRONG, down])])

    assert (found.accepted, found.pairs) == ((), ())
    assert found.left_out == {"accepted: contradicted": 1}


# --- what makes a pair ----------------------------------------------------------------------------


def test_worse_revision_is_rejected_and_never_chosen(graph: EmotionGraph) -> None:
    found = training_data([run(graph, [WRONG, WORSE, WORSE + " No more."])])

    assert pairs(found)[0] == ("revision", WRONG, WORSE)
    for pair in found.pairs:
        assert pair["chosen_score"] > pair["rejected_score"]


@pytest.mark.parametrize(("gap", "count"), [(0.5333, 1), (0.5334, 0), (2, 0)])
def test_pair_needs_the_gap_and_no_more(graph: EmotionGraph, gap: float, count: int) -> None:
    found = training_data([run(graph, [WRONG, GOOD])], least_gap=gap)  # 1 - .4667 = .5333

    assert len(found.pairs) == count
    assert found.left_out == ({} if count else {"pair: small gap": 1})


def test_equal_texts_are_no_pair_whatever_their_spaces(graph: EmotionGraph) -> None:
    spaced = GOOD.replace(" ", "\n ")
    found = training_data([one_round(graph, GOOD, GOOD, spaced)])

    assert found.pairs == ()
    assert found.left_out == {"pair: same text": 2}


def test_same_sentences_with_other_citations_are_no_pair(graph: EmotionGraph) -> None:
    replies = [json_answer("AU6 and AU12 suggest joy.", fact=f) for f in (FACT, "no fact")]
    found = training_data([one_round(graph, *replies, answer="json")])

    assert found.left_out == {"pair: same text": 1}


def test_empty_answer_is_no_rejected_one(graph: EmotionGraph) -> None:
    found = training_data([one_round(graph, GOOD, " ")])

    assert found.pairs == ()
    assert found.left_out == {"pair: empty or broken off": 1}


def test_answer_out_of_form_is_rejected_and_never_chosen(graph: EmotionGraph) -> None:
    good, bad = json_answer("AU6 and AU12 suggest joy."), "It is joy."
    assert pairs(training_data([one_round(graph, bad, good, answer="json")])) == [
        ("drafts", good, bad)
    ]
    assert training_data([one_round(graph, bad, "Joy!", answer="json")]).pairs == ()


def test_more_contradictions_are_never_chosen_whatever_the_score(graph: EmotionGraph) -> None:
    reasoning = one_round(graph, WRONG, "AU12 is the lip corner puller.")
    (one,) = reasoning.rounds
    scores = [draft.score for draft in one.drafts]
    assert scores == [0.4667, 0.0]  # the second names no action as shown: recall 0

    found = training_data([reasoning])
    assert found.pairs == ()
    assert found.left_out["pair: more contradicted"] == 1


def test_worse_conclusion_is_never_chosen_whatever_the_score(graph: EmotionGraph) -> None:
    unsupported = "AU6 and AU12 are visible. AU6 and AU12 suggest joy. Overall, this is pride."
    reasoning = one_round(graph, unsupported, HALF)
    assert [draft.score > 0.6667 for draft in reasoning.rounds[0].drafts] == [True, False]

    assert training_data([reasoning]).left_out["pair: worse conclusion"] == 1


def test_abstaining_is_not_chosen_where_the_evidence_decides(graph: EmotionGraph) -> None:
    abstaining = json_answer("AU6 and AU12 are visible.", emotion="undetermined")
    wrong = json_answer("AU6 is the nose wrinkler. AU12 is the jaw drop.")
    found = training_data([one_round(graph, abstaining, wrong, answer="json")])

    assert found.pairs == ()
    assert found.left_out["pair: abstains"] == 1


def test_broken_off_answer_may_be_rejected_and_is_not_chosen(graph: EmotionGraph) -> None:
    reasoning = one_round(graph, WRONG, GOOD)
    (one,) = reasoning.rounds

    def cut(*reasons: Any) -> Reasoning:
        drafts = tuple(
            replace(d, generation=replace(d.generation, finish_reason=reason))
            for d, reason in zip(one.drafts, reasons, strict=True)
        )
        return replace(reasoning, rounds=(replace(one, drafts=drafts),))

    assert len(training_data([cut("length", "stop")]).pairs) == 1
    for reasons in (("stop", "length"), ("cancelled", "stop")):
        assert training_data([cut(*reasons)]).pairs == ()


# --- lists ----------------------------------------------------------------------------------------


def test_what_came_before_is_given_once_and_counted(graph: EmotionGraph) -> None:
    found = training_data([run(graph, [WRONG, GOOD], model=name) for name in ("a", "b")])

    assert [pair["model"] for pair in found.pairs] == ["a"]
    assert found.left_out == {"accepted: came before": 1, "pair: came before": 1}


def test_errors_and_runs_without_a_model_are_counted(graph: EmotionGraph) -> None:
    rows = Reasoner(graph).reason_many([SMILE, {"mood": "good"}])
    found = training_data([*rows, run(graph, [GOOD])])

    assert found.left_out == {"run: error": 1, "run: no model": 1}
    assert len(found.accepted) == 1
    assert training_data([]) == TrainingData((), (), {})


@pytest.mark.parametrize("gap", [0, -0.1, 2.1, math.nan, math.inf, "0.1", None, True])
def test_gap_out_of_range_is_refused(gap: Any) -> None:
    with pytest.raises(InputError, match="least_gap above 0 to 2"):
        training_data([], least_gap=gap)


@pytest.mark.parametrize("score", [-1.1, 1.1, math.nan, "1", None])
def test_score_out_of_range_is_refused(score: Any) -> None:
    with pytest.raises(InputError, match=r"least_score in -1\.\.1"):
        training_data([], least_score=score)


def test_single_run_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="several reasonings, got one Reasoning"):
        training_data(run(graph, [GOOD]))  # type: ignore[arg-type]


def test_answer_with_half_a_character_is_neither_accepted_nor_in_a_pair(
    graph: EmotionGraph,
) -> None:
    broken = f"{GOOD[:-1]} \ud83d."
    found = training_data([one_round(graph, broken, WORSE)])
    assert (found.pairs, found.accepted) == ((), ())
    assert found.left_out == {"accepted: no Unicode text": 1, "pair: no Unicode text": 1}


@pytest.mark.parametrize("given", ["abc", {"a": 1}, [1], [None]])
def test_what_is_no_run_is_refused_with_its_place(given: Any) -> None:
    with pytest.raises(InputError, match="Expected a Reasoning or its error at place 0, got"):
        training_data(given)


def test_what_is_no_list_is_refused() -> None:
    with pytest.raises(InputError, match="Expected several reasonings, got one NoneType"):
        training_data(None)  # type: ignore[arg-type]
