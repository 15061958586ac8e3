"""REST: readings of detectors and words of faces, and what they are evidence for."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import errors, get, post, post_raw, problem

OPENFACE = (
    "frame, face_id, timestamp, confidence, success, AU12_r, AU12_c\n"
    "1, 0, 0.00, 0.98, 1, 2.0, 1\n"
    "2, 0, 0.03, 0.97, 1, 4.0, 1\n"
    "3, 0, 0.06, 0.41, 1, 0.0, 0\n"
    "4, 0, 0.09, 0.00, 0, 0.0, 0\n"
)


def units(answer: dict[str, Any]) -> dict[str, Any]:
    return {unit["code"]: unit for unit in answer["readings"]["segments"][0]["units"]}


# --- one face -------------------------------------------------------------------------------------


def test_occurrence_and_intensity_stand_apart(client: TestClient) -> None:
    body = {"actions": {"AU12_r": 0.4, "AU12_c": 1, "AU06_r": 2.1}}
    found = post(client, "/v1/faces", body)
    assert units(found)["AU12"]["occurrence_share"] == 1
    assert units(found)["AU12"]["mean_intensity"] == 0.4
    assert units(found)["AU6"]["occurrence_share"] is None
    assert found["readings"]["tool"] == "openface"
    # OpenFace reports neither AU7 nor AU25 here, so they cannot be missed.
    assert found["readings"]["can_see"] == ["AU6", "AU12"]


def test_thresholds_decide_what_is_shown_and_are_repeated(client: TestClient) -> None:
    body = {"actions": {"AU12_r": 1.5}, "thresholds": {"intensity": 2}}
    found = post(client, "/v1/faces", body)
    assert found["readings"]["segments"][0]["shown"] == []
    assert found["evidence"] is None
    assert found["readings"]["thresholds"]["intensity"] == 2
    assert "do not establish what a person feels" in found["caveat"]


def test_one_output_can_decide_alone(client: TestClient) -> None:
    body = {"actions": {"AU12_r": 0.4, "AU12_c": 1}, "thresholds": {"shown_by": "intensity"}}
    assert post(client, "/v1/faces", body)["evidence"] is None
    body["thresholds"] = {"shown_by": "occurrence"}
    assert post(client, "/v1/faces", body)["evidence"]["shown"] == ["AU12"]


def test_evidence_ranks_and_says_what_would_decide(client: TestClient) -> None:
    # The example of docs/action-units.md: fear and surprise fit alike, and AU4 would tell.
    body = {"actions": "AU1+AU2+AU5+AU26", "detector": "disfa", "limit": 2}
    found = post(client, "/v1/faces", body)["evidence"]
    assert [x["concept"]["slug"] for x in found["ranked"]] == ["fear", "surprise"]
    assert [x["percent_coverage"] for x in found["ranked"]] == [0.6143, 0.7977]
    assert [(d["code"], d["state"]) for d in found["deciding"]] == [("AU4", "not-shown")]
    assert found["cannot_see"] == ["AU20", "AU7"]
    assert len(found["ranked"][0]["by_source"]) == 7


@pytest.mark.parametrize(
    "actions", ["AU6+AU12", ["AU6", 12], {"AU6": True, "AU12": True, "AU1": False}]
)
def test_actions_are_taken_as_text_list_or_truth_values(client: TestClient, actions: Any) -> None:
    found = post(client, "/v1/faces", {"actions": actions})["evidence"]
    assert found["shown"] == ["AU6", "AU12"]
    assert found["ranked"][0]["concept"]["slug"] == "joy"


def test_whole_numbers_are_probabilities_and_no_truth_values(client: TestClient) -> None:
    found = post(client, "/v1/faces", {"actions": {"AU12": 1, "AU6": 0}})
    assert units(found)["AU12"]["mean_probability"] == 1
    assert found["evidence"]["shown"] == ["AU12"]


def test_own_base_rates_are_taken(client: TestClient) -> None:
    body = {"actions": "AU12", "by": "discounted", "base_rates": {"AU12": 0.5, "AU6": 0.1}}
    found = post(client, "/v1/faces", body)["evidence"]
    assert (found["base_rates"], found["by"], found["unrated"]) == ("given", "discounted", [])


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"actions": {"AU12_r": 9}}, 422, "input"),
        ({"actions": {"AU12": 1.5}}, 422, "input"),
        ({"actions": {"smile": 0.5}}, 422, "input"),
        ({"actions": {}}, 422, "input"),
        ({"actions": []}, 422, "input"),
        ({"actions": ""}, 422, "input"),
        ({"actions": ["AU999"]}, 404, "unknown-term"),
        ({"actions": "AU12", "detector": "nobody"}, 404, "unknown-term"),
        ({"actions": {"AU12_r": 0}, "detector": "nobody"}, 404, "unknown-term"),
        ({"actions": "AU12", "base_rates": "nowhere"}, 404, "unknown-term"),
        ({"actions": {"AU12_r": 0}, "base_rates": "nowhere"}, 404, "unknown-term"),
        ({"actions": {"AU12_r": 0}, "base_rates": {"AU12": 3}}, 422, "input"),
        ({"actions": "AU12", "base_rates": {"AU12": 3}}, 422, "input"),
        ({"actions": "AU12", "base_rates": {"AU12": True, "AU6": 0.1}}, 422, "validation"),
        ({"actions": {"AU12_r": "much"}}, 422, "input"),
        ({"actions": {"AU12_r": [1]}}, 422, "input"),
        ({"actions": {"AU12_r": None}}, 422, "input"),
        ({"actions": ["AU12", 1.5]}, 422, "input"),
        ({"actions": [["AU12"]]}, 422, "input"),
        ({"actions": "AU12 " * 201}, 422, "input"),
        ({"actions": 12}, 422, "input"),
        ({"actions": None}, 422, "input"),
        ({"actions": "AU12", "by": "taste"}, 422, "validation"),
        ({"actions": "AU12", "thresholds": {"intensity": 6}}, 422, "validation"),
        ({"actions": "AU12", "thresholds": {"share": 1}}, 422, "validation"),
        ({"actions": "AU12", "limit": 0}, 422, "validation"),
        ({"aus": "AU12"}, 422, "validation"),
        ({}, 422, "validation"),
    ],
)
def test_bad_face_is_refused(client: TestClient, body: Any, status: int, kind: str) -> None:
    problem(client.post("/v1/faces", json=body), status, kind)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1"])
def test_value_that_is_no_reading_is_named_with_its_column(client: TestClient, value: str) -> None:
    response = post_raw(client, "/v1/faces", f'{{"actions": {{"AU12_r": {value}}}}}')
    assert "AU12_r" in problem(response, 422, "input")["detail"]


# --- many faces, and files ------------------------------------------------------------------------


def test_batch_keeps_good_faces_beside_bad_ones(client: TestClient) -> None:
    faces = [{"actions": "AU12"}, {"actions": {"AU12": 2}}, 5, {"actions": "AU12", "by": "x"}, {}]
    found = post(client, "/v1/faces/batch", {"faces": faces})
    said = errors(found)
    assert found["items"][0]["answer"] == post(client, "/v1/faces", faces[0])
    assert "AU12" in str(said[1])
    assert "the item: Input should be a valid dictionary" in str(said[2])
    assert "by: Input should be 'score', 'percent' or 'discounted', got 'x'" in str(said[3])
    assert "actions: Field required" in str(said[4])


def test_reading_of_401_digits_costs_no_other_face_its_answer(client: TestClient) -> None:
    content = (
        f'{{"faces": [{{"actions": {{"AU12_r": {10**400}}}}}, {{"actions": {{"AU12_r": 2}}}}]}}'
    )
    response = post_raw(client, "/v1/faces/batch", content)
    said = errors(response.json())
    assert "Expected a finite number in column 'AU12_r', got 1000" in str(said[0])
    assert said[1] is None


def test_file_is_read_with_its_tracking(client: TestClient) -> None:
    found = post(client, "/v1/faces/file", {"content": OPENFACE})
    assert found["readings"]["counts"] == {
        "total": 4,
        "used": 2,
        "failed": 1,
        "low_confidence": 1,
        "other_faces": 0,
    }
    # The mean of 2.0 and 4.0.
    assert units(found)["AU12"]["mean_intensity"] == 3
    assert found["evidence"]["shown"] == ["AU12"]


def test_file_is_summed_up_by_segment(client: TestClient) -> None:
    body = {"content": OPENFACE, "segment_s": 0.03, "thresholds": {"confidence": 0.9}}
    segments = post(client, "/v1/faces/file", body)["readings"]["segments"]
    assert [(s["frames"], s["shown"]) for s in segments[:2]] == [(1, ["AU12"]), (1, ["AU12"])]


def test_file_may_have_five_hundred_segments_and_no_more(client: TestClient) -> None:
    def content(rows: int) -> str:
        lines = (f"{i},{i},0.9,1,2.0" for i in range(rows))
        return "\n".join(["frame,timestamp,confidence,success,AU12_r", *lines])

    body = {"content": content(500), "segment_s": 1}
    assert len(post(client, "/v1/faces/file", body)["readings"]["segments"]) == 500
    body["content"] = content(501)
    detail = problem(client.post("/v1/faces/file", json=body), 422, "input")["detail"]
    assert detail.startswith("Expected at most 500 segments, got 501 of 1 s. Ask for longer ones")


def test_text_of_actions_may_have_a_thousand_characters(client: TestClient) -> None:
    faces = [{"actions": "AU12 " * 200}, {"actions": "AU12 " * 200 + "."}]
    said = errors(post(client, "/v1/faces/batch", {"faces": faces}))
    assert said[0] is None
    assert said[1] == "Expected a text of at most 1,000 characters, got 1,001. Split it."


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_sign_that_ends_no_line_of_csv_is_part_of_its_cell(client: TestClient, sign: str) -> None:
    content = f"frame,FaceScore,Identity,AU12\n0,0.9,Ann{sign}B,0.8\n"
    found = post(client, "/v1/faces/file", {"content": content, "tool": "py-feat"})
    assert (found["readings"]["counts"]["total"], found["evidence"]["shown"]) == (1, ["AU12"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_file_may_end_as_on_any_system(client: TestClient, end: str) -> None:
    found = post(client, "/v1/faces/file", {"content": OPENFACE.replace("\n", end)})
    assert found == post(client, "/v1/faces/file", {"content": OPENFACE})


def test_line_end_within_quotes_is_part_of_its_cell(client: TestClient) -> None:
    content = 'frame,FaceScore,Identity,AU12\n0,0.9,"Ann\nB",0.8\n1,0.9,"Ann\nB",0.8\n'
    body = {"content": content, "tool": "py-feat", "face": "Ann\nB"}
    found = post(client, "/v1/faces/file", body)
    assert found["readings"]["counts"]["used"] == 2


def test_file_of_py_feat_is_read_as_probabilities(client: TestClient) -> None:
    body = {"content": "frame,FaceScore,AU06,AU12\n0,0.9,0.2,0.8\n", "tool": "py-feat"}
    found = post(client, "/v1/faces/file", body)
    assert units(found)["AU6"]["mean_probability"] == 0.2
    assert found["evidence"]["shown"] == ["AU12"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"content": ""}, "found none"),
        ({"content": "frame, AU12_r\n1, 2\n"}, "Expected columns of openface such as confidence"),
        ({"content": OPENFACE, "tool": "py-feat"}, "Expected columns of py-feat"),
        ({"content": OPENFACE + "5, 0, 0.1, 0.9, 1, nan, 1\n"}, "Line 6, column AU12_r"),
        ({"content": OPENFACE + "5, 1, 0.1, 0.9, 1, 1.0, 1\n"}, "found faces 0, 1"),
        ({"content": OPENFACE, "face": 7}, "Expected one of the faces 0"),
        ({"content": OPENFACE + "5" * 200_000}, "field larger than field limit"),
        ({"content": "au_1\n1\n", "tool": "libreface", "face": "best"}, "Its files have one"),
    ],
)
def test_bad_file_is_refused_with_place(client: TestClient, body: Any, said: str) -> None:
    found = problem(client.post("/v1/faces/file", json=body), 422, "input")
    assert said in found["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"content": OPENFACE, "tool": "webcam"},
        {"content": OPENFACE, "segment_s": 0},
        {"content": OPENFACE, "thresholds": {"confidence": "high"}},
        {"content": 5},
        {},
    ],
)
def test_bad_file_request_is_refused(client: TestClient, body: Any) -> None:
    problem(client.post("/v1/faces/file", json=body), 422, "validation")


# --- words ----------------------------------------------------------------------------------------


def test_phrase_is_grounded_with_evidence(client: TestClient) -> None:
    found = get(client, "/v1/faces/phrases", phrase="corners of the mouth pulled up")
    assert (found["status"], found["codes"]) == ("linked", ["AU12"])
    best = found["mentions"][0]["candidates"][0]
    assert (best["unit"]["name"], best["evidence"][0]["kind"]) == ("Lip corner puller", "cue")


def test_phrases_answer_each_as_alone_and_refuse_none(client: TestClient) -> None:
    phrases = ["furrowed brow", "AU99", "table", ""]
    alone = [get(client, "/v1/faces/phrases", phrase=phrase) for phrase in phrases]
    found = post(client, "/v1/faces/phrases", {"phrases": [*phrases, None, 3, "x" * 500]})["items"]
    assert found[:4] == alone
    assert [x["reason"] for x in found] == [
        None,
        "no_such_unit",
        "unknown",
        "empty",
        "not_text",
        "not_text",
        "too_long",
    ]


def test_actions_of_prose_come_with_place_side_and_denial(client: TestClient) -> None:
    text = "Unilateral AU14B, furrowed brows, no nose wrinkle."
    found = post(client, "/v1/faces/texts", {"texts": [text, 5]})
    first, second, third = found["items"][0]["answer"]["mentions"]
    assert (first["codes"], first["side"], first["grade"]) == (["AU14"], "one", "B")
    assert second["codes"] == ["AU4"]
    assert (third["says"], third["denial"]["quote"]) == ("absent", "no")
    assert text[third["start"] : third["end"]] == "nose wrinkle"
    assert errors(found)[1] == "Expected a text, got int. Leave it out, or give an empty text."


@pytest.mark.parametrize("path", ["/v1/faces/phrases", "/v1/faces/texts", "/v1/faces/batch"])
def test_bad_batch_of_words_or_faces_is_refused(client: TestClient, path: str) -> None:
    field = {"phrases": "phrases", "texts": "texts", "batch": "faces"}[path.rpartition("/")[2]]
    bodies: list[Any] = [{field: "AU12"}, {field: ["AU12"] * 1001}, {"others": []}, None]
    for body in bodies:
        problem(client.post(path, json=body), 422, "validation")
