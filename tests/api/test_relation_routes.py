"""REST on relations, look-alike faces, corpora, words and what stands around an emotion."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import errors, get, post, problem

# --- relations of concepts ------------------------------------------------------------------------


def test_worry_leads_to_anxiety_by_mclaughlin(client: TestClient) -> None:
    found = get(client, "/v1/emotions/worry/associations", relation="leadsTo")
    (link,) = found["items"]
    assert (link["end"], link["grade"], link["source"]) == (
        "anxiety",
        "moderate",
        "mclaughlin-2007",
    )


def test_relations_that_end_at_a_concept_are_those_that_start_elsewhere(
    client: TestClient,
) -> None:
    found = get(client, "/v1/emotions/anxiety/associations", relation="leadsTo", incoming=True)
    assert "worry" in {link["start"] for link in found["items"]}


def test_better_grades_leave_fewer_relations(client: TestClient) -> None:
    path = "/v1/emotions/joy/associations"
    strong, all_ = (get(client, path, **query)["total"] for query in ({"at_least": "strong"}, {}))
    assert 0 < strong < all_


def test_components_of_a_blend_are_those_of_its_theory(client: TestClient) -> None:
    found = get(client, "/v1/emotions/love/components")["items"]
    assert {link["relation"] for link in found} == {"composedOf"}
    assert {"joy", "state/trust"} <= {link["end"] for link in found}


def test_jealousy_is_that_of_the_emotion_ontology(client: TestClient) -> None:
    (match,) = get(client, "/v1/emotions/jealousy/alignments", resource="mfoem")["items"]
    assert match["predicate"] == "exactMatch"
    assert match["term"] == "http://purl.obolibrary.org/obo/MFOEM_000025"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v1/emotions/angr/associations", 404, "unknown-term"),
        ("/v1/emotions/joy/associations?source=nobody", 404, "unknown-term"),
        ("/v1/emotions/joy/associations?relation=likes", 422, "validation"),
        ("/v1/emotions/joy/associations?at_least=sure", 422, "validation"),
        ("/v1/emotions/joy/alignments?resource=nothing", 404, "unknown-term"),
        ("/v1/emotions/angr/components", 404, "unknown-term"),
        ("/v1/emotions/joy/vad?source=nobody", 404, "unknown-term"),
        ("/v1/emotions/batch", 405, "method"),
    ],
)
def test_relations_of_nothing_are_refused(
    client: TestClient, path: str, status: int, kind: str
) -> None:
    problem(client.get(path), status, kind)


def test_estimates_come_if_they_are_asked_for(client: TestClient) -> None:
    (value,) = get(client, "/v1/emotions/state/distrust/vad", source="estimated")
    assert (value["kind"], value["origin"]) == ("estimated", "estimated")


# --- the tree -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "is_a", "ancestor", "distance"),
    [
        ("dread", "fear", (True, False), "fear", 2),
        ("fear", "dread", (False, True), "fear", 2),
        ("dread", "dread", (True, True), "dread", 0),
        ("dread", "worry", (False, False), "nervousness", 2),
        ("dread", "joy", (False, False), None, 4),
        ("dread", "state/trust", (False, False), None, None),
    ],
)
def test_tree_relation_is_the_same_alone_and_in_a_batch(
    client: TestClient,
    first: str,
    second: str,
    is_a: tuple[bool, bool],
    ancestor: str | None,
    distance: int | None,
) -> None:
    """Distances by hand: fear > nervousness > dread, worry; joy has its own root, one step further."""
    found = get(client, "/v1/tree/relation", first=first, second=second)
    assert (found["first_is_second"], found["second_is_first"]) == is_a
    assert (found["common_ancestor"], found["distance"]) == (ancestor, distance)
    batch = post(client, "/v1/tree/relation", {"pairs": [[first, second]]})
    assert batch["items"][0]["answer"] == found


def test_bad_pairs_never_cost_the_good_ones_their_answers(client: TestClient) -> None:
    pairs: list[Any] = [
        ["dread", "fear"],
        ["dread"],
        ["dread", 3],
        "dread",
        None,
        ["dread", "angr"],
    ]
    answer = post(client, "/v1/tree/relation", {"pairs": pairs})
    first, *rest = errors(answer)
    assert first is None
    assert all("Expected a list of two names" in str(error) for error in rest[:4])
    assert "angr" in str(rest[4])


def test_surprise_stands_at_every_tier_of_the_published_tree(client: TestClient) -> None:
    items = get(client, "/v1/tree/entries", label="Surprise")["items"]
    assert [item["tier"] for item in items] == ["primary", "secondary", "tertiary"]
    assert items[1]["parent"] == items[0]["concept"] == "surprise"


# --- many concepts --------------------------------------------------------------------------------


def test_concepts_of_a_batch_are_those_of_the_single_routes(client: TestClient) -> None:
    body = {"names": ["dread"], "include": ["path", "vad", "patterns", "opposites", "alignments"]}
    (item,) = post(client, "/v1/emotions/batch", body)["items"]
    record = item["answer"]
    assert record["concept"] == get(client, "/v1/emotions/dread")
    assert [step["slug"] for step in record["path"]] == ["fear", "nervousness", "dread"]
    assert record["vad"] == get(client, "/v1/emotions/dread/vad")
    assert record["patterns"] == get(client, "/v1/emotions/dread/action-units")
    assert record["alignments"] == get(client, "/v1/emotions/dread/alignments")["items"]
    assert record["narrower"] is None


@pytest.mark.parametrize(
    "part",
    "path broader narrower opposites components associations alignments vad patterns".split(),
)
def test_every_part_of_a_concept_can_be_asked_for(client: TestClient, part: str) -> None:
    body = {"names": ["love", "annoyance", "joy"], "include": [part]}
    found = [item["answer"][part] for item in post(client, "/v1/emotions/batch", body)["items"]]
    assert any(found)


def test_unknown_and_odd_names_have_their_errors_at_their_places(client: TestClient) -> None:
    names: list[Any] = ["Dread", "angr", 3, None, "state/trust"]
    found = errors(post(client, "/v1/emotions/batch", {"names": names}))
    assert [error is None for error in found] == [True, False, False, False, True]
    assert "anger" in str(found[1])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"names": "dread"},
        {"names": ["dread"], "include": ["colour"]},
        {"names": ["dread"] * 1001},
        {"names": ["dread"], "sources": []},
    ],
)
def test_batch_of_the_wrong_form_is_refused(client: TestClient, body: Any) -> None:
    problem(client.post("/v1/emotions/batch", json=body), 422, "validation")


# --- faces ----------------------------------------------------------------------------------------


def test_contempt_looks_like_joy_and_concentration(client: TestClient) -> None:
    items = get(client, "/v1/faces/confusable", concept="contempt")["items"]
    assert [item["second"] for item in items] == ["joy", "state/concentration"]
    assert "do not establish" in items[0]["caveat"]


def test_brow_lowerer_tells_fear_from_surprise(client: TestClient) -> None:
    found = get(client, "/v1/faces/deciding", first="fear", second="surprise", detector="disfa")
    assert [(u["code"], u["favours"], u["is_observable"]) for u in found["units"]] == [
        ("AU4", "fear", True)
    ]


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("first=fear&second=fear", 422, "input"),
        ("first=fear", 422, "validation"),
        ("first=fear&second=nope", 404, "unknown-term"),
        ("first=fear&second=joy&detector=nobody", 404, "unknown-term"),
        ("first=fear&second=joy&more_than=1", 422, "validation"),
    ],
)
def test_bad_comparison_is_refused(client: TestClient, query: str, status: int, kind: str) -> None:
    problem(client.get(f"/v1/faces/deciding?{query}"), status, kind)


def test_codes_of_a_batch_are_read_as_tools_write_them(client: TestClient) -> None:
    answer = post(client, "/v1/action-units/batch", {"codes": ["AU06", 12, True, 999, 1.5]})
    assert [error is None for error in errors(answer)] == [True, True, False, False, False]
    assert [item["answer"]["code"] for item in answer["items"][:2]] == ["AU6", "AU12"]


def test_detectors_say_what_they_can_report(client: TestClient, graph: EmotionGraph) -> None:
    found = get(client, "/v1/detectors/OpenFace")
    assert set(found["codes"]) == graph.detector("openface").codes
    problem(client.get("/v1/detectors/nobody"), 404, "unknown-term")


# --- corpora, wheels, words -----------------------------------------------------------------------


def test_labels_of_a_scheme_are_its_labels_in_order(client: TestClient) -> None:
    labels = get(client, "/v1/schemes/ekman-6/labels")["items"]
    assert labels == get(client, "/v1/schemes/ekman-6")["labels"]


def test_disgust_with_joy_is_the_most_unlikely_pair_of_xed(client: TestClient) -> None:
    pair = get(client, "/v1/schemes/xed/co-occurrences", unlikely=True)["items"][0]
    assert (pair["first"], pair["second"], pair["count"]) == ("disgust", "joy", 28)
    matrix = get(client, "/v1/schemes/xed/penalties")
    first, second = (matrix["labels"].index(name) for name in ("disgust", "joy"))
    assert matrix["values"][first][second] == matrix["values"][second][first] == pair["penalty"]


@pytest.mark.parametrize("path", ["co-occurrences", "penalties"])
def test_corpus_that_was_not_counted_is_said(client: TestClient, path: str) -> None:
    found = problem(client.get(f"/v1/schemes/meld/{path}"), 422, "input")
    assert "xed" in found["detail"]
    problem(client.get(f"/v1/schemes/nope/{path}"), 404, "unknown-term")


def test_wheels_score_by_hand(client: TestClient) -> None:
    """Sample 1 is right; of 2 one of two groups is right: precision (1 + 0.5) / 2, recall 1."""
    body = {
        "references": {"1": ["fury"], "2": ["joy", "pride"]},
        "predictions": {"1": ["rage"], "2": "[joy, fear]", "3": ["joy"]},
        "tiers": ["primary"],
    }
    found = post(client, "/v1/wheels", body)
    assert (found["precision"], found["recall"]) == (0.75, 1.0)
    assert found["f_score"] == pytest.approx(2 * 0.75 / 1.75)
    assert found["extra"] == ["3"]
    assert found["groupings"][0]["samples"] is None
    samples = post(client, "/v1/wheels", {**body, "samples": True})["groupings"][0]["samples"]
    assert [sample["precision"] for sample in samples] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"references": {}, "predictions": {}}, "validation"),
        ({"references": {"1": ["qwxyz"]}, "predictions": {}}, "input"),
        ({"references": {"1": 3}, "predictions": {}}, "validation"),
        ({"references": {"1": ["joy"]}, "predictions": {}, "tiers": []}, "validation"),
        ({"references": {"1": ["joy"]}, "predictions": {}, "tiers": ["fourth"]}, "validation"),
        (
            {"references": {"1": ["joy " * 80_000]}, "predictions": {"1": ["a" * 99_000] * 3}},
            "input",
        ),
    ],
)
def test_bad_wheels_are_refused(client: TestClient, body: Any, kind: str) -> None:
    problem(client.post("/v1/wheels", json=body), 422, kind)


def test_sense_of_a_word_has_its_own_rating(client: TestClient) -> None:
    (value,) = get(client, "/v1/vad/words", word="upset", sense="sad")["items"]
    assert value["mean"]["valence"] == -0.765


def test_words_of_a_batch_are_those_of_the_single_route(client: TestClient) -> None:
    answer = post(client, "/v1/vad/words", {"words": ["upset", "qwxyz", 3]})
    assert [error is None for error in errors(answer)] == [True, True, False]
    single = get(client, "/v1/vad/words", word="upset")["items"]
    assert answer["items"][0]["answer"] == {"word": "upset", "values": single}
    assert answer["items"][1]["answer"]["values"] == []


def test_adjusted_values_differ_from_the_ratings_in_arousal(client: TestClient) -> None:
    query = {"source": ["glasgow", "glasgow-adjusted"]}
    found = get(client, "/v1/vad/disagreements", **query)["items"]
    assert found[0]["gaps"] == [0.0, -0.324, 0.0]
    assert found[0]["widest"] == 0.324
    assert get(client, "/v1/vad/disagreements")["total"] == 0
    problem(client.get("/v1/vad/disagreements?source=nobody"), 404, "unknown-term")


# --- around ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("modalities", "voice"),
        ("cue-types", "wording"),
        ("cause-types", "latent"),
        ("vocabularies", "big6"),
    ],
)
def test_what_stands_around_is_listed_and_found_by_name(
    client: TestClient, kind: str, name: str
) -> None:
    items = get(client, f"/v1/{kind}")["items"]
    names = [item["name"] for item in items]
    assert names == sorted(names)
    one = get(client, f"/v1/{kind}/{name}")
    assert {key: one[key] for key in items[0]} == items[names.index(name)]
    problem(client.get(f"/v1/{kind}/nope"), 404, "unknown-term")


def test_appraisals_of_scherer_come_with_their_items(client: TestClient) -> None:
    found = get(client, "/v1/vocabularies/scherer-appraisals")
    assert found["kind"] == "appraisal"
    assert "self-compatibility" in {item["name"] for item in found["items"]}


# --- batches of old routes ------------------------------------------------------------------------


def test_beginnings_of_a_batch_are_completed_as_alone(client: TestClient) -> None:
    body = {"texts": ["dre", "", 3, "x" * 201], "limit": 3, "kinds": ["concept"]}
    answer = post(client, "/v1/suggest", body)
    assert [error is None for error in errors(answer)] == [True, True, False, False]
    alone = get(client, "/v1/suggest", q="dre", limit=3, kinds="concept")
    assert answer["items"][0]["answer"] == {"text": "dre", "suggestions": alone}


def test_crosswalks_of_a_batch_are_those_of_the_single_route(client: TestClient) -> None:
    answer = post(client, "/v1/crosswalk", {"source": "meld", "targets": ["ekman-6", "nope", 3]})
    assert [error is None for error in errors(answer)] == [True, False, False]
    alone = get(client, "/v1/crosswalk", source="meld", target="ekman-6")
    assert answer["items"][0]["answer"] == alone
    body = {"source": "nope", "targets": ["ekman-6"]}
    problem(client.post("/v1/crosswalk", json=body), 404, "unknown-term")


def test_clear_label_would_take_one_call(client: TestClient) -> None:
    found = post(client, "/v1/reason/estimate", {"label": "joy"})
    assert found["ambiguity"] == "clear"
    assert found["least"] == found["most"]
    assert found["least"]["calls"] == 1


def test_estimates_of_a_batch_are_those_of_the_single_route(client: TestClient) -> None:
    records: list[Any] = [{"label": "joy"}, {"label": 3}, {}]
    answer = post(client, "/v1/reason/estimate/batch", {"records": records})
    assert [error is None for error in errors(answer)] == [True, False, False]
    assert answer["items"][0]["answer"] == post(client, "/v1/reason/estimate", records[0])


def test_effort_bounds_what_a_run_would_take(client: TestClient) -> None:
    effort = {"rounds": 4, "drafts": 1, "max_tokens": 300}
    found = post(client, "/v1/reason/estimate", {"label": "joy", "effort": effort})
    assert (found["least"]["calls"], found["most"]["calls"]) == (1, 4)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/v1/emotions?primary=dread", "a primary emotion in the graph, got 'dread'"),
        ("/v1/emotions?primary=state/trust", "a primary emotion in the graph, got 'state/trust'"),
        ("/v1/tree/entries?label=table", "a word of the tree in the graph, got 'table'"),
        ("/v1/vad/words?word=upset&sense=old", "a rated sense of 'upset' in the graph, got 'old'"),
        ("/v1/faces/confusable?concept=table", "an emotion or state in the graph, got 'table'"),
        ("/v1/emotions/joy/alignments?resource=table", "a mapped resource in the graph"),
        ("/v1/emotions/joy/associations?source=table", "a source in the graph, got 'table'"),
        ("/v1/emotions/joy/vad?source=table", "an origin of VAD values in the graph"),
    ],
)
def test_value_that_no_filter_has_is_named_and_gives_no_empty_list(
    client: TestClient, address: str, expected: str
) -> None:
    found = problem(client.get(address), 404, "unknown-term")

    assert found["detail"].startswith(f"Expected the name of {expected}")


def test_word_that_nobody_rated_has_an_empty_list(client: TestClient) -> None:
    assert get(client, "/v1/vad/words", word="zzz", sense="old")["total"] == 0
