"""REST: texts with their mentions of emotion, as JSON and as NIF, and presets of grounding."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from affectgraph.api.annotations import TEXT_LIMIT, TOTAL_LIMIT
from tests.api.asking import errors, get, post, post_raw, problem

TEXT = "Maybe she is not angry, but I was absolutely terrified."


def test_mention_says_where_what_and_how(client: TestClient) -> None:
    angry, terrified = get(client, "/v1/annotate", text=TEXT)["mentions"]
    assert (angry["start"], angry["end"], angry["quote"]) == (17, 22, "angry")
    assert (angry["polarity"], angry["polarity_cue"]["quote"]) == ("negated", "not")
    assert (angry["certainty"], angry["experiencer"]["quote"]) == ("hedged", "she")
    assert angry["candidates"][0]["concept"]["path"] == ["anger"]
    assert (terrified["grade"], terrified["intensity_cue"]["quote"]) == ("extreme", "absolutely")
    assert (terrified["certainty"], terrified["role"]) == ("past", "state")


def test_text_sums_up_to_its_affirmed_mentions_alone(client: TestClient) -> None:
    # Only "terrified" is affirmed, so all mass and all weight is its own.
    found = get(client, "/v1/annotate", text=TEXT)
    assert found["emotions"]["top"] == "fear"
    assert found["emotions"]["shares"]["fear"] == 1
    assert [(p["mention"], p["weight"]) for p in found["vad"]["parts"]] == [(1, 1.0)]
    assert found["vad"]["parts"][0]["value"]["source"] == "scott-2019"


def test_places_count_code_points_behind_an_emoji(client: TestClient) -> None:
    text = "🎉🎉 so sad"
    (mention,) = [
        m for m in get(client, "/v1/annotate", text=text)["mentions"] if m["quote"] == "sad"
    ]
    assert text[mention["start"] : mention["end"]] == "sad"


def test_text_without_an_emotion_is_neutral(client: TestClient) -> None:
    found = get(client, "/v1/annotate", text="The bus is late.")
    assert (found["mentions"], found["vad"], found["emotions"]["top"]) == ([], None, "neutral")


def test_ambiguous_words_are_given_if_asked_for(client: TestClient) -> None:
    text = "The content of the page"
    assert get(client, "/v1/annotate", text=text)["mentions"] == []
    (found,) = get(client, "/v1/annotate", text=text, ambiguous=True)["mentions"]
    assert (found["quote"], found["is_ambiguous"]) == ("content", True)


def test_shorter_mentions_are_given_if_asked_for(client: TestClient) -> None:
    text = "He fell in love with her."
    plain = [m["quote"] for m in get(client, "/v1/annotate", text=text)["mentions"]]
    every = [
        m["quote"] for m in get(client, "/v1/annotate", text=text, overlapping=True)["mentions"]
    ]
    assert "love" in every
    assert set(plain) < set(every)


def test_batch_answers_each_text_as_alone(client: TestClient) -> None:
    texts = [TEXT, "", "The bus is late."]
    found = post(client, "/v1/annotate", {"texts": texts})
    alone = [get(client, "/v1/annotate", text=text) for text in texts]
    assert [item["answer"] for item in found["items"]] == alone
    assert errors(found) == [None] * 3


def test_batch_keeps_good_texts_beside_bad_ones(client: TestClient) -> None:
    texts = ["so sad", None, 3, ["sad"], "x" * (TEXT_LIMIT + 1), "so happy"]
    found = post(client, "/v1/annotate", {"texts": texts})
    assert errors(found) == [
        None,
        "Expected a text, got null. Leave it out, or give an empty text.",
        "Expected a text, got int. Leave it out, or give an empty text.",
        "Expected a text, got list. Leave it out, or give an empty text.",
        "Expected a text of at most 100,000 characters, got 100,001. Split it.",
        None,
    ]
    assert found["items"][5]["answer"]["emotions"]["top"] == "joy"


def test_empty_batch_of_texts_is_answered_empty(client: TestClient) -> None:
    assert post(client, "/v1/annotate", {"texts": []})["items"] == []


def test_texts_that_are_too_long_together_are_refused(client: TestClient) -> None:
    texts = ["x" * TEXT_LIMIT] * (TOTAL_LIMIT // TEXT_LIMIT) + ["x"]
    found = problem(client.post("/v1/annotate", json={"texts": texts}), 422, "input")
    assert "at most 300,000 characters together, got 300,001" in found["detail"]


def test_lone_surrogate_is_replaced_and_moves_nothing(client: TestClient) -> None:
    response = post_raw(client, "/v1/annotate", rb'{"texts": ["\ud800 sad"]}')
    (item,) = response.json()["items"]
    assert item["answer"]["text"] == "\ufffd sad"
    assert item["answer"]["mentions"][0]["start"] == 2


def test_right_to_left_text_and_joiners_are_answered(client: TestClient) -> None:
    found = post(client, "/v1/annotate", {"texts": ["أنا سعيد", "👨‍👩‍👧 sad"]})
    assert errors(found) == [None, None]
    assert found["items"][1]["answer"]["mentions"][-1]["quote"] == "sad"


@pytest.mark.parametrize(
    "body",
    [
        {"texts": "sad"},
        {"text": "sad"},
        {"texts": ["sad"], "overlapping": "perhaps"},
        {"texts": ["sad"] * 1001},
        {"texts": ["sad"], "nif": "rdfxml"},
        ["sad"],
        None,
    ],
)
def test_bad_annotation_request_is_refused(client: TestClient, body: Any) -> None:
    problem(client.post("/v1/annotate", json=body), 422, "validation")


def test_missing_text_is_named(client: TestClient) -> None:
    found = problem(client.get("/v1/annotate"), 422, "validation")
    assert found["errors"][0]["location"] == "query.text"


# --- NIF ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "params", "media_type"),
    [
        ("text/turtle", {}, "text/turtle"),
        ("application/ld+json", {}, "application/ld+json"),
        ("application/json", {"format": "ntriples"}, "application/n-triples"),
        ("text/turtle", {"format": "json"}, "application/json"),
        ("*/*", {}, "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", {}, "application/json"),
    ],
)
def test_header_or_format_chooses_the_representation(
    client: TestClient, accept: str, params: dict[str, str], media_type: str
) -> None:
    response = client.get(
        "/v1/annotate", params={"text": "so sad", **params}, headers={"accept": accept}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type


def test_nif_holds_the_affirmed_mentions_alone(client: TestClient) -> None:
    response = client.get(
        "/v1/annotate", params={"text": "so sad, not happy"}, headers={"accept": "text/turtle"}
    )
    assert response.headers["affectgraph-losses"] == "0"
    assert "Accept" in response.headers["vary"]
    assert 'nif:anchorOf "sad"' in response.text
    assert "emotion:sadness" in response.text
    assert "happiness" not in response.text


def test_nif_of_each_text_of_a_batch_comes_if_asked_for(client: TestClient) -> None:
    found = post(client, "/v1/annotate", {"texts": ["so sad", 3], "nif": "jsonld"})
    document = found["items"][0]["answer"]["nif"]
    assert document["media_type"] == "application/ld+json"
    assert "sadness" in json.dumps(json.loads(document["content"]))
    assert found["items"][1]["answer"] is None


def test_type_that_nobody_offers_is_not_acceptable(client: TestClient) -> None:
    response = client.get("/v1/annotate", params={"text": "sad"}, headers={"accept": "image/png"})
    found = problem(response, 406, "not-acceptable")
    assert found["offered"][:2] == ["application/json", "application/ld+json"]


# --- presets --------------------------------------------------------------------------------------


def test_json_says_that_the_header_chose_it(client: TestClient) -> None:
    assert "Accept" in client.get("/v1/annotate", params={"text": "sad"}).headers["vary"]


def test_strict_preset_refuses_a_phrase_that_the_default_takes(client: TestClient) -> None:
    assert get(client, "/v1/ground", label="public outrage")["status"] == "linked"
    found = get(client, "/v1/ground", label="public outrage", preset="strict")
    assert (found["status"], found["reason"]) == ("nil", "unsure")


def test_preset_holds_for_a_batch(client: TestClient) -> None:
    labels = ["impatient", "joy"]
    default = post(client, "/v1/ground", {"labels": labels})
    always = post(client, "/v1/ground", {"labels": labels, "preset": "always"})
    assert [item["status"] for item in default["items"]] == ["ambiguous", "linked"]
    assert [item["status"] for item in always["items"]] == ["linked", "linked"]


def test_output_without_a_name_is_the_label_at_its_place_of_the_scheme(client: TestClient) -> None:
    # GoEmotions lists 28 labels, neutral last.
    found = get(client, "/v1/ground", label="LABEL_27", scheme="goemotions")
    assert found["status"] == "neutral"
    assert get(client, "/v1/ground", label="LABEL_28", scheme="goemotions")["status"] == "nil"
    assert get(client, "/v1/ground", label="LABEL_27")["status"] == "nil"


def test_unknown_preset_is_refused(client: TestClient) -> None:
    response = client.get("/v1/ground", params={"label": "joy", "preset": "loose"})
    found = problem(response, 422, "validation")
    assert found["errors"][0]["location"] == "query.preset"
    problem(client.post("/v1/ground", json={"labels": [], "preset": 1}), 422, "validation")
