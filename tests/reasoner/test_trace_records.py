"""A run of reasoning as one JSON record: whole, stable, checkable again, and without words if asked."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import (
    Cause,
    ConceptReading,
    CueReading,
    Episode,
    Observation,
    Referent,
    Span,
)
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.reasoner import Checker, Reasoner, trace_record
from affectgraph.reasoner.trace_records import reasoning_iri
from tests.reasoner.traced import (
    AT,
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

DOWN = BackendError("Frank's server is down.", backend="scripted", retryable=True)

TOP = {
    "id",
    "trace_version",
    "software",
    "graph_version",
    "started_at",
    "observation",
    "evidence",
    "model",
    "settings",
    "rounds",
    "kept",
    "emotion",
    "abstains",
    "score",
    "rationale",
    "statements",
    "report",
    "stopped",
    "error",
    "notes",
    "usage",
    "seconds",
    "retrieval_seconds",
}


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_of(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    return [value] if isinstance(value, str) else []


def test_record_says_what_was_asked_answered_judged_and_kept(graph: EmotionGraph) -> None:
    found = trace_record(run(graph, [WRONG, GOOD], SAID, style="three-hop", feedback="affective"))

    assert set(found) == TOP
    assert found["started_at"] == "2026-11-26T08:00:00+00:00"
    assert (found["model"], found["stopped"], found["emotion"]) == ("scripted", "clean", "joy")
    assert (found["seconds"], found["retrieval_seconds"]) == (1.5, 0.25)
    assert found["settings"] == {
        "style": "three-hop",
        "answer": "free",
        "feedback": ["joy", "love", "surprise", "fear", "sadness", "anger"],
        "seed": 0,
        "effort": {"rounds": 3, "drafts": 1, "facts": 40, "steps": 6, "max_tokens": 400},
    }
    first, second = found["rounds"]
    assert [one["role"] for one in second["messages"]] == ["system", "user", "assistant", "user"]
    assert (first["tone"], second["tone"]) == ("", "joy")
    assert first["drafts"][0]["answer"] == WRONG
    assert first["drafts"][0]["report"]["counts"]["contradicted"] == 1
    (wrong,) = (
        one
        for one in first["drafts"][0]["report"]["judgements"]
        if one["verdict"] == "contradicted"
    )
    assert wrong["claim"]["quote"] == "AU20 is the nostril flare"
    assert WRONG[wrong["claim"]["start"] : wrong["claim"]["end"]] == wrong["claim"]["quote"]
    assert wrong["rule"] == "au-name-of-another-unit"
    # F1 of precision 2/3 and recall 1 is 0.8; one contradicted claim costs 1 / (1 + 2)
    assert [one["drafts"][0]["score"] for one in found["rounds"]] == [0.4667, 1.0]
    assert found["kept"] == {"round": 2, "draft": 0}
    assert found["rationale"] == GOOD


def test_record_has_seeds_temperatures_and_tokens_of_every_draft(graph: EmotionGraph) -> None:
    found = trace_record(
        run(graph, [WORSE, GOOD, WRONG], effort=effort(rounds=1, drafts=3), seed=7)
    )

    (one,) = found["rounds"]
    assert [(d["seed"], d["temperature"]) for d in one["drafts"]] == [(None, 0), (8, 0.8), (9, 0.8)]
    assert found["kept"] == {"round": 1, "draft": 1}
    words = [len(text.split()) for text in (WORSE, GOOD, WRONG)]
    assert [d["usage"]["completion_tokens"] for d in one["drafts"]] == words
    assert found["usage"]["completion_tokens"] == sum(words)


def test_record_comes_back_from_json_as_it_was(graph: EmotionGraph) -> None:
    cited = json_answer("AU12 pulls the lip corners.", fact=FACT)
    found = trace_record(run(graph, [cited], SAID, answer="json"))

    assert json.loads(json.dumps(found)) == found
    (statement,) = found["statements"]
    assert statement["fact"]["text"] == FACT
    assert statement["fact"]["triples"][0]["object"] == "Lip corner puller"


def test_verdicts_of_a_record_can_be_checked_again(graph: EmotionGraph) -> None:
    record = json.loads(json.dumps(trace_record(run(graph, [WRONG, WORSE, GOOD], SAID))))
    columns = dict(
        pair for pairs in record["evidence"]["readings"]["values"].values() for pair in pairs
    )

    for draft in (draft for one in record["rounds"] for draft in one["drafts"]):
        label = draft["report"]["label"]
        again = Checker(graph).check(draft["rationale"], label=label, aus=columns)
        assert [(j["claim"]["id"], j["verdict"]) for j in draft["report"]["judgements"]] == [
            (j.claim.id, j.verdict) for j in again.judgements
        ]
        assert draft["report"]["scores"] == again.scores.values()


def test_run_without_a_model_has_no_rounds_and_its_own_rationale(graph: EmotionGraph) -> None:
    found = trace_record(Reasoner(graph).reason(SMILE))

    assert set(found) == TOP
    assert (found["rounds"], found["kept"], found["settings"]) == ([], None, None)
    assert found["rationale"].endswith("Overall, this is joy.")
    assert found["report"]["counts"]["contradicted"] == 0


def test_error_in_place_of_a_run_keeps_its_line(graph: EmotionGraph) -> None:
    rows = Reasoner(graph).reason_many([SMILE, {"mood": "good"}, SMILE])
    records = [trace_record(row) for row in rows]

    assert [record["error"] is None for record in records] == [True, False, True]
    assert records[1]["id"] is None
    assert records[1]["error"]["type"] == "InputError"
    assert "rounds" not in records[1]
    assert trace_record(InputError("Frank"), texts=False)["error"]["message"] == ""


def test_error_that_ended_a_run_is_said_with_what_came_before(graph: EmotionGraph) -> None:
    found = trace_record(run(graph, [WRONG, DOWN]))

    assert (found["stopped"], len(found["rounds"])) == ("model_failed", 1)
    assert found["error"]["type"] == "BackendError"
    assert "server is down" in found["error"]["message"]


def test_equal_runs_have_equal_iris_and_other_ones_others(graph: EmotionGraph) -> None:
    one, same, other = (reasoning_iri(run(graph, [text, GOOD])) for text in (WRONG, WRONG, WORSE))

    assert one == same != other
    again = replace(run(graph, [WRONG, GOOD]), started_at=None)
    assert reasoning_iri(again) != one


# --- without words --------------------------------------------------------------------------------


def private(graph: EmotionGraph) -> Any:
    """Return a run in which the name stands wherever a text can hold it."""
    quote = "Her voice trembles at Frank Ogilvy. She is sad because of Frank. AU12 is the nostril flare."
    revised = f"{GOOD} Frank Ogilvy smiles because of Frank."
    found = run(graph, [quote, revised, DOWN], SAID)
    found = with_answers(found, reasoning="Frank thinks", notes=("about Frank",))
    return replace(found, error=DOWN, notes=("Frank",))


def test_no_word_is_left_where_texts_are_left_out(graph: EmotionGraph) -> None:
    reasoning = private(graph)
    full = json.dumps(trace_record(reasoning))
    bare = json.dumps(trace_record(reasoning, texts=False))

    assert full.count("Frank") > 10
    for word in ("Frank", "Ogilvy", "boss", "trembles", "laugh", "nostril flare"):
        assert word not in bare


def test_whole_texts_become_their_digest_and_the_figures_stay(graph: EmotionGraph) -> None:
    reasoning = private(graph)
    full, bare = trace_record(reasoning), trace_record(reasoning, texts=False)

    digest = sha256(SAID["text"].encode()).hexdigest()  # type: ignore[attr-defined]  # is a text
    assert bare["observation"]["text"] == bare["evidence"]["text"] == f"sha256:{digest}"
    answer = sha256(full["rounds"][0]["drafts"][0]["answer"].encode()).hexdigest()
    assert bare["rounds"][0]["drafts"][0]["answer"] == f"sha256:{answer}"
    assert bare["id"] == full["id"]
    assert bare["observation"]["item"] == "clip-7"
    for record in (full, bare):
        del record["report"]["notes"]
    same = ["kept", "emotion", "score", "usage", "settings", "stopped", "seconds"]
    assert [bare[name] for name in same] == [full[name] for name in same]
    for with_words, without in zip(full["rounds"], bare["rounds"], strict=True):
        for one, other in zip(with_words["drafts"], without["drafts"], strict=True):
            assert one["report"]["counts"] == other["report"]["counts"]
            assert one["report"]["scores"] == other["report"]["scores"]
            assert one["score"] == other["score"]


def test_codes_of_a_claim_stay_and_its_words_go(graph: EmotionGraph) -> None:
    said = "AU12 is the nostril flare. Joy is a primary emotion. Joy is positive. AU6 and AU12 suggest joy."
    record = trace_record(run(graph, [said]), texts=False)

    judgements = record["rounds"][0]["drafts"][0]["report"]["judgements"]
    claims = {j["claim"]["type"]: j["claim"] for j in judgements}
    assert (claims["au_identity"]["subject"], claims["au_identity"]["object"]) == (["12"], ["AU38"])
    assert claims["in_tier"]["object"] == ["primary"]
    assert claims["vad_level"]["object"] == ["valence:positive"]
    assert claims["expresses"]["subject"] == ["AU6", "AU12"]
    assert all(claim["quote"] == "" for claim in claims.values())


def test_who_is_said_to_say_a_claim_is_kept_and_goes_with_the_words(graph: EmotionGraph) -> None:
    reasoning = run(graph, [f"Rater 17 says that AU12 is visible. {GOOD}"])

    def said_by(record: dict[str, Any]) -> set[str]:
        judgements = record["rounds"][0]["drafts"][0]["report"]["judgements"]
        return {j["claim"]["attributed_to"] for j in judgements}

    assert said_by(trace_record(reasoning)) == {"Rater 17", ""}
    assert said_by(trace_record(reasoning, texts=False)) == {""}


def test_draft_out_of_form_stays_out_of_form_without_its_words(graph: EmotionGraph) -> None:
    found = run(graph, ["Frank", "Frank!", "Frank?"], answer="json")
    record = trace_record(found, texts=False)

    drafts = [draft for one in record["rounds"] for draft in one["drafts"]]
    assert [(d["score"], d["problem"]) for d in drafts] == [(-1.0, "not in form")] * 3
    assert record["score"] == -1.0
    assert "Frank" not in json.dumps(record)


def test_words_of_an_observation_go_and_its_names_stay(graph: EmotionGraph) -> None:
    text = "Frank shouted at Ann because the Ogilvy deal fell through."
    seen = Observation(
        (
            Episode(
                (ConceptReading("anger", 0.9, "Frank fury"),),
                cues=(CueReading("wording", "shouted"),),
                experiencer=Referent("person-1", Span("Frank", 0, 5)),
                target=Referent(span=Span("Ann", 17, 20)),
                cause=Cause("inter-personal", Span("the Ogilvy deal", 29, 44)),
            ),
            Episode((ConceptReading("anger", 0.5, "anger", "ekman-6"),)),
        ),
        text=text,
        item="mail-3",
    )
    record = trace_record(run(graph, [GOOD], seen), texts=False)

    first, second = record["observation"]["episodes"]
    assert first["experiencer"] == {"id": "person-1"}
    assert first["cause"] == {"type": "inter-personal"}
    assert first["cues"] == [{"type": "wording"}]
    assert "target" not in first
    assert first["concepts"] == [{"concept": "anger", "score": 0.9}]
    assert second["concepts"][0]["label"] == "anger"
    assert record["observation"]["item"] == "mail-3"
    assert not [text for text in texts_of(record) if "Frank" in text or "Ogilvy" in text]


@pytest.mark.parametrize("answer", ["", "\ud800 AU12 is shown.", "x" * 100_001, "{" * 500])
def test_any_answer_makes_a_record(graph: EmotionGraph, answer: str) -> None:
    found = run(graph, [answer, GOOD])

    for texts in (True, False):
        record = trace_record(found, texts=texts)
        assert json.loads(json.dumps(record)) == record
    assert trace_record(found)["rounds"][0]["drafts"][0]["answer"] == answer


def test_start_of_a_run_is_said_in_utc(graph: EmotionGraph) -> None:
    found = Reasoner(graph).reason(SMILE)

    assert found.started_at is not None
    assert found.started_at.utcoffset() == AT.utcoffset()
