"""REST: label columns of data sets and the votes of raters."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import errors, post, post_raw, problem

SOFT = "/v1/schemes/ferplus/soft-labels"
FACE = {"counts": {"neutral": 4, "happiness": 3, "contempt": 1, "NF": 2}, "item": "face-7"}


# --- columns --------------------------------------------------------------------------------------


def test_scheme_of_a_column_is_found_with_what_does_not_fit(client: TestClient) -> None:
    # Four of the five rows with a label are labels of IEMOCAP.
    labels = ["hap", "neu", "fru", "hap", "oth", None]
    first, second = post(client, "/v1/schemes/detect", {"labels": labels, "limit": 2})["fits"]
    assert (first["scheme"], first["coverage"], first["rows"]) == ("iemocap-6", 0.8, 5)
    assert (first["used"], second["scheme"]) == (0.5, "iemocap-9")
    assert first["unknown"] == [{"text": "oth", "count": 1, "rows": [4], "nearest": None}]


def test_column_of_no_scheme_fits_none(client: TestClient) -> None:
    body = {"labels": [None, "qwxyz", ["joy"], {"a": 1}, True]}
    assert post(client, "/v1/schemes/detect", body) == {"fits": []}


def test_column_is_read_with_rows_meanings_and_unknown_cells(client: TestClient) -> None:
    body = {"labels": ["joy", "joyy", None, "fear", " ", "joy"]}
    found = post(client, "/v1/schemes/goemotions/read", body)
    assert found["names"] == ["joy", None, None, "fear", None, "joy"]
    assert (found["counts"]["joy"], found["counts"]["love"], found["missing"]) == (2, 0, 2)
    assert found["meanings"]["joy"]["candidates"][0]["concept"]["slug"] == "joy"
    assert found["unknown"] == [{"text": "joyy", "count": 1, "rows": [1], "nearest": "joy"}]


def test_codes_of_data_files_are_read_as_text_and_as_numbers(client: TestClient) -> None:
    found = post(client, "/v1/schemes/ravdess/read", {"labels": ["03", 3, 3.0, 3.5, True]})
    # RAVDESS writes "03" for happy; a whole number stands for its digits, "3".
    assert found["names"][0] == "happy"
    assert found["names"][3:] == [None, None]


def test_column_is_said_in_another_scheme_with_its_loss(client: TestClient) -> None:
    # The example of docs/data-sets.md.
    body = {"labels": ["joy", "nervousness", "fear", "love", "joyy"], "target": "ekman-6"}
    found = post(client, "/v1/schemes/goemotions/map", body)
    assert found["labels"] == [["happiness"], ["fear"], ["fear"], [], []]
    assert found["relations"] == {"exact": 2, "coarser": 1, "none": 1}
    assert found["lossless"] == 1
    assert found["losses"][-1] == "'joyy' (1 row): no label of goemotions. Nearest: joy."
    assert len(found["losses"]) == 4


def test_empty_column_is_read_empty(client: TestClient) -> None:
    assert post(client, "/v1/schemes/meld/read", {"labels": []})["names"] == []


@pytest.mark.parametrize(
    ("path", "body", "status", "kind"),
    [
        ("nope/read", {"labels": ["joy"]}, 404, "unknown-term"),
        ("meld/map", {"labels": ["joy"], "target": "nope"}, 404, "unknown-term"),
        ("nope/map", {"labels": ["joy"], "target": "meld"}, 404, "unknown-term"),
        ("nope/soft-labels", {"items": [FACE]}, 404, "unknown-term"),
        ("ferplus/soft-labels", {"items": [FACE], "target": "nope"}, 404, "unknown-term"),
        ("meld/map", {"labels": ["joy"]}, 422, "validation"),
        ("meld/read", {"labels": "joy"}, 422, "validation"),
        ("meld/read", {"labels": ["joy"] * 10_001}, 422, "validation"),
        ("detect", {"labels": []}, 422, "validation"),
        ("detect", {"labels": ["joy"], "limit": 0}, 422, "validation"),
        ("ferplus/soft-labels", {"items": []}, 422, "validation"),
        ("ferplus/soft-labels", {"items": [FACE], "tier": "fourth"}, 422, "validation"),
        ("ferplus/soft-labels", {"items": [FACE], "format": "turtle"}, 422, "input"),
        ("ferplus/soft-labels", {"items": [FACE], "to": "word"}, 422, "validation"),
        (
            "ferplus/soft-labels",
            {"items": [FACE], "to": "emotionml", "format": "turtle"},
            422,
            "input",
        ),
    ],
)
def test_bad_column_request_is_refused(
    client: TestClient, path: str, body: Any, status: int, kind: str
) -> None:
    problem(client.post(f"/v1/schemes/{path}", json=body), status, kind)


# --- soft labels ----------------------------------------------------------------------------------


def test_rater_counts_become_distributions_and_no_vote_is_lost(client: TestClient) -> None:
    # 4, 3 and 1 of 10 votes, and 2 for what is no label; Fleiss: (12 + 6 + 0 + 2) / 90 pairs agree.
    found = post(client, SOFT, {"items": [FACE], "target": "ekman-6"})["items"][0]["answer"]
    labels = found["labels"]
    assert labels["mass"] == {"neutral": 0.4, "happiness": 0.3, "contempt": 0.1}
    assert labels["homeless"] == {"not_in_scheme": 0.2}
    assert (labels["raters"], labels["agreement"], labels["top"]) == (10, 0.2222, ["neutral"])
    assert labels["counts"]["happiness"] == 3
    assert found["concepts"]["mass"] == {"state/neutral": 0.4, "joy": 0.3, "contempt": 0.1}
    assert found["tier"]["mass"] == {"joy": 0.3, "anger": 0.1}
    assert found["target"]["homeless"] == {"cannot_be_said": 0.4, "not_in_scheme": 0.2}


def test_votes_and_weights_are_taken_as_well(client: TestClient) -> None:
    items = [{"votes": ["happiness", "surprise", None, True]}, {"weights": {"anger": 2, "fear": 6}}]
    votes, weights = (
        item["answer"]["labels"] for item in post(client, SOFT, {"items": items})["items"]
    )
    assert votes["counts"] == {"happiness": 1, "surprise": 1, "missing": 1, "not_in_scheme": 1}
    assert weights["mass"] == {"fear": 0.75, "anger": 0.25}
    assert (weights["raters"], weights["counts"], weights["agreement"]) == (None, None, None)


def test_agreement_of_all_items_is_fleiss_kappa(client: TestClient) -> None:
    # Both items unanimous for different labels: observed 1, chance 1/2, kappa 1.
    items = [{"counts": {"anger": 3}}, {"counts": {"fear": 3}}]
    found = post(client, SOFT, {"items": items})
    assert (found["fleiss_kappa"], found["fleiss_kappa_note"]) == (1, "")


@pytest.mark.parametrize(
    ("items", "note"),
    [
        ([{"counts": {"anger": 3}}, {"counts": {"fear": 2}}], "equally many raters"),
        ([{"counts": {"anger": 3}}], "All votes are for one name."),
        ([{"weights": {"anger": 3}}], "some items have weights"),
        ([5], "No item is good."),
    ],
)
def test_agreement_that_is_not_defined_says_why(client: TestClient, items: Any, note: str) -> None:
    found = post(client, SOFT, {"items": items})
    assert found["fleiss_kappa"] is None
    assert note in found["fleiss_kappa_note"]


def test_bad_items_are_named_at_their_place(client: TestClient) -> None:
    items = [
        FACE,
        {},
        {"counts": {"anger": 1}, "votes": ["anger"]},
        {"counts": {"anger": 1.5}},
        {"counts": {"anger": -1}},
        {"counts": {"anger": 0}},
        {"votes": [["anger"]]},
        {"weights": {"anger": "much"}},
        {"counts": {"anger": 1}, "rater": "ann"},
        None,
        {"counts": {"anger": True}},
        {"counts": {"anger": "3"}},
        {"weights": {"anger": True}},
    ]
    said = errors(post(client, SOFT, {"items": items}))
    assert said[0] is None
    assert said[1] == "Expected exactly one of counts, votes and weights, got none of them."
    assert said[2] == "Expected exactly one of counts, votes and weights, got counts and votes."
    assert "got 1.5 for 'anger'" in str(said[3])
    assert "got -1.0 for 'anger'" in str(said[4])
    assert "at least one vote" in str(said[5])
    assert "one label a rater" in str(said[6])
    assert "weights.anger: Input should be a valid number" in str(said[7])
    assert "rater: Extra inputs are not permitted, got 'ann'" in str(said[8])
    assert "the item: Input should be a valid dictionary" in str(said[9])
    assert "counts.anger: Input should be a valid number, got True" in str(said[10])
    assert "counts.anger: Input should be a valid number, got '3'" in str(said[11])
    assert "weights.anger: Input should be a valid number, got True" in str(said[12])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400"])
def test_weight_that_is_no_number_is_named(client: TestClient, value: str) -> None:
    content = f'{{"items": [{{"weights": {{"anger": {value}}}}}, {{"weights": {{"anger": 1}}}}]}}'
    response = post_raw(client, SOFT, content)
    said = errors(response.json())
    assert "for 'anger'" in str(said[0])
    assert said[1] is None


def test_numbers_beyond_what_a_float_holds_cost_no_other_item_its_answer(
    client: TestClient,
) -> None:
    items = [
        '{"counts": {"neutral": 1e308, "happiness": 1e308}}',
        '{"weights": {"neutral": 1e308, "happiness": 1e308}}',
        f'{{"counts": {{"neutral": {10**400}}}}}',
        f'{{"weights": {{"neutral": {10**400}}}}}',
        '{"counts": {"neutral": 1}}',
    ]
    content = f'{{"items": [{", ".join(items)}]}}'
    response = post_raw(client, SOFT, content)
    said = errors(response.json())
    assert "Expected at most 9,007,199,254,740,992 raters" in str(said[0])
    assert "counts.neutral: Input should be a valid number" in str(said[2])
    assert "weights.neutral: Input should be a valid number" in str(said[3])
    assert (said[1], said[4]) == (None, None)
    mass = response.json()["items"][1]["answer"]["labels"]["mass"]
    assert mass == {"happiness": 0.5, "neutral": 0.5}


# --- documents ------------------------------------------------------------------------------------


def test_document_of_the_good_items_comes_with_what_it_lost(client: TestClient) -> None:
    found = post(client, SOFT, {"items": [FACE, 5], "to": "emotionml"})
    document = found["document"]
    assert document["media_type"] == "application/emotionml+xml"
    assert document["content"].count("<emotion ") == 3
    assert document["losses"][0] == {
        "place": "observations[0]",
        "field": "episodes",
        "message": "0.2 of the mass lies on no concept (not_in_scheme) and is not written.",
    }
    assert found["failed"] == 1


@pytest.mark.parametrize(
    ("accept", "sign"),
    [
        ("application/emotionml+xml", "<emotionml"),
        ("application/ld+json", '"@id"'),
        ("text/turtle", "onyx:hasEmotionCategory"),
        ("application/n-triples", "<https://w3id.org/affectgraph/emotion/joy>"),
    ],
)
def test_header_asks_for_a_document_alone(client: TestClient, accept: str, sign: str) -> None:
    response = client.post(SOFT, json={"items": [FACE]}, headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == accept
    assert int(response.headers["affectgraph-losses"]) >= 1
    assert sign in response.text


def test_document_alone_has_no_place_for_bad_items(client: TestClient) -> None:
    response = client.post(SOFT, json={"items": [FACE, {}]}, headers={"accept": "text/turtle"})
    detail = problem(response, 422, "input")["detail"]
    assert "got 1 bad. items.1: Expected exactly one of counts, votes and weights" in detail
    assert "Ask for JSON" in detail


def test_soft_labels_in_a_type_nobody_offers_are_not_acceptable(client: TestClient) -> None:
    response = client.post(SOFT, json={"items": [FACE]}, headers={"accept": "text/csv"})
    problem(response, 406, "not-acceptable")


def test_names_that_lone_surrogates_alone_tell_apart_are_refused_at_their_place(
    client: TestClient,
) -> None:
    content = rb'{"items": [{"weights": {"\ud800": 1, "\ud801": 2}}, {"weights": {"anger": 1}}]}'
    response = post_raw(client, SOFT, content)
    said = errors(response.json())
    assert "Rename them" in str(said[0])
    assert said[1] is None


def test_names_of_one_face_that_lone_surrogates_alone_tell_apart_are_refused(
    client: TestClient,
) -> None:
    content = rb'{"actions": {"\ud800": 1, "\ud801": 2}}'
    problem(post_raw(client, "/v1/faces", content), 422, "validation")
