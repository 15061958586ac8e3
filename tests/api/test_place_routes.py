"""REST: places in VAD space, the places of labels, rating scales, and values over time."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import errors, get, post, post_raw, problem

LINK = "/v1/vad/link"


def slugs(item: dict[str, Any]) -> list[str]:
    return [match["concept"]["slug"] for match in item["answer"]["matches"]]


# --- places ---------------------------------------------------------------------------------------


def test_point_box_and_ellipsoid_are_answered_side_by_side(client: TestClient) -> None:
    # The examples of docs/vad.md.
    places = [
        {"valence": -0.4, "arousal": 0.7, "dominance": -0.3},
        {"kind": "box", "valence": [-1, -0.6], "dominance": [0.2, 1]},
        {"kind": "ellipsoid", "valence": [-0.6, 0.2], "arousal": [0.4, 0.3]},
    ]
    found = post(client, LINK, {"places": places, "limit": 2})
    assert errors(found) == [None] * 3
    point, box, ellipsoid = found["items"]
    assert slugs(point) == ["fright", "horror"]
    assert slugs(box) == ["rage", "fury"]
    assert [match["is_inside"] for match in box["answer"]["matches"]] == [True, True]
    assert ellipsoid["answer"]["matches"][0]["is_inside"]


def test_place_may_be_given_in_ratings_of_a_data_set(client: TestClient) -> None:
    places = [
        {"valence": 8, "arousal": -3, "scale": "afew-va"},
        {"valence": 0.8, "arousal": -0.3},
    ]
    first, second = post(client, LINK, {"places": places})["items"]
    assert first["answer"] == second["answer"]


def test_dimension_that_is_left_out_has_no_deviation(client: TestClient) -> None:
    found = post(client, LINK, {"places": [{"valence": 0.1, "arousal": None}], "limit": 1})
    deviations = found["items"][0]["answer"]["matches"][0]["deviations"]
    assert (deviations["arousal"], deviations["dominance"]) == (None, None)
    assert isinstance(deviations["valence"], float)


def test_plain_distance_is_that_of_nearest(client: TestClient) -> None:
    point = {"valence": -0.8, "arousal": 0.4, "dominance": -0.5}
    found = post(client, LINK, {"places": [point], "by": "plain", "limit": 3})["items"][0]
    near = get(client, "/v1/nearest", limit=3, **point)
    assert [m["distance"] for m in found["answer"]["matches"]] == [n["distance"] for n in near]


def test_batch_keeps_good_places_beside_bad_ones(client: TestClient) -> None:
    places = [
        {"valence": 0.5},
        {},
        {"valence": 2},
        {"kind": "box", "valence": 0.5},
        {"valence": [0, 1]},
        {"kind": "box", "valence": [1, 0]},
        {"kind": "ellipsoid", "valence": [0, 0]},
        {"valence": 5, "scale": "nowhere"},
        {"kind": "sphere", "valence": 0},
        {"valenz": 0},
        "joy",
        {"valence": True},
        {"kind": "box", "valence": [0, "1"]},
    ]
    said = errors(post(client, LINK, {"places": places}))
    assert said[0] is None
    assert "at least one of valence, arousal, dominance" in str(said[1])
    assert "-1..1" in str(said[2])
    assert said[3] == "Expected two numbers for valence of a box, got 0.5."
    assert said[4] == "Expected a number for valence of a point, got [0, 1]."
    assert "low and high, in this order" in str(said[5])
    assert "a radius above 0" in str(said[6])
    assert "a scale" in str(said[7])
    assert "kind: Input should be" in str(said[8])
    assert "valenz: Extra inputs are not permitted" in str(said[9])
    assert "Input should be a valid dictionary" in str(said[10])
    assert said[11] == "Expected a number for valence of a point, got True."
    assert said[12] == "Expected two numbers for valence of a box, got [0, '1']."


def test_too_many_ellipsoids_are_refused(client: TestClient) -> None:
    places = [{"kind": "ellipsoid", "valence": [0, 0.5]}] * 101
    found = problem(client.post(LINK, json={"places": places}), 422, "input")
    assert "at most 100 ellipsoids, got 101" in found["detail"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"much"'])
def test_coordinate_that_is_no_number_is_named(client: TestClient, value: str) -> None:
    content = f'{{"places": [{{"valence": {value}}}, {{"valence": 0}}]}}'
    response = post_raw(client, LINK, content)
    said = errors(response.json())
    assert "valence" in str(said[0])
    assert said[1] is None


def test_number_of_401_digits_costs_no_other_place_its_answer(client: TestClient) -> None:
    content = (
        f'{{"places": [{{"valence": {10**400}}}, {{"kind": "box", "valence": [0, {10**400}]}}, '
        '{"valence": 0}]}'
    )
    response = post_raw(client, LINK, content)
    said = errors(response.json())
    assert "Expected a number for valence of a point, got 1000" in str(said[0])
    assert "Expected two numbers for valence of a box, got [0, 1000" in str(said[1])
    assert said[2] is None


# --- labels ---------------------------------------------------------------------------------------


def test_label_lies_where_its_word_was_rated(client: TestClient) -> None:
    found = get(client, "/v1/vad/place", label="furious")
    assert found["basis"] == "word"
    assert found["mean"] == {"valence": -0.801, "arousal": 0.357, "dominance": 0.286}
    assert found["grounding"]["candidates"][0]["concept"]["slug"] == "fury"


def test_places_of_labels_answer_each_as_alone(client: TestClient) -> None:
    labels = ["furious", "xenophobia", "table", ""]
    found = post(client, "/v1/vad/place", {"labels": [*labels, None, 3]})["items"]
    assert found[:4] == [get(client, "/v1/vad/place", label=label) for label in labels]
    assert [x["basis"] for x in found] == ["word", "mixture", None, None, None, None]
    assert [p["weight"] for p in found[1]["parts"]] == [0.5, 0.5]


def test_scheme_decides_where_its_label_lies(client: TestClient) -> None:
    found = get(client, "/v1/vad/place", label="hap", scheme="iemocap-6")
    assert (found["basis"], found["parts"][0]["concept"]["slug"]) == ("concept", "joy")


@pytest.mark.parametrize(
    "body", [{"labels": ["joy"], "scheme": "nope"}, {"labels": [], "scheme": "nope"}]
)
def test_unknown_scheme_of_labels_is_not_found(client: TestClient, body: Any) -> None:
    problem(client.post("/v1/vad/place", json=body), 404, "unknown-term")


# --- scales ---------------------------------------------------------------------------------------


def test_scales_name_the_data_sets_that_use_them(client: TestClient) -> None:
    scales = {scale["name"]: scale for scale in get(client, "/v1/vad/scales")}
    assert "deap" in scales["1..9"]["datasets"]
    assert scales["1..5-flipped-arousal"]["arousal_flipped"]


def test_ratings_are_said_on_another_scale(client: TestClient) -> None:
    # 7 of 1..9 is three quarters of the way; IEMOCAP's 4 of 1..5 as well.
    body = {"points": [{"valence": 7, "arousal": 5}], "source": "1..9", "target": "0..1"}
    (item,) = post(client, "/v1/vad/rescale", body)["items"]
    assert item["answer"] == {"valence": 0.75, "arousal": 0.5, "dominance": None}


def test_flipped_arousal_is_turned_round_and_back(client: TestClient) -> None:
    # In MSP-IMPROV 1 is the most excited.
    body = {"points": [{"arousal": 1, "valence": 5}], "source": "msp-improv", "target": "1..9"}
    (item,) = post(client, "/v1/vad/rescale", body)["items"]
    assert (item["answer"]["arousal"], item["answer"]["valence"]) == (9, 9)
    body = {"points": [{"arousal": 9}], "source": "1..9", "target": "msp-improv"}
    assert post(client, "/v1/vad/rescale", body)["items"][0]["answer"]["arousal"] == 1


def test_ratings_off_the_scale_are_named_at_their_place(client: TestClient) -> None:
    points = [
        {"valence": 7},
        {"valence": 12},
        {},
        {"valence": "x"},
        None,
        {"valence": True},
        {"valence": "7"},
    ]
    said = errors(post(client, "/v1/vad/rescale", {"points": points, "source": "1..9"}))
    assert said[0] is None
    assert "1..9" in str(said[1])
    assert "at least one of" in str(said[2])
    assert "valence: Input should be a valid number" in str(said[3])
    assert "Input should be a valid dictionary" in str(said[4])
    assert "valence: Input should be a valid number, got True" in str(said[5])
    assert "valence: Input should be a valid number, got '7'" in str(said[6])


@pytest.mark.parametrize("body", [{"source": "nope"}, {"source": "1..9", "target": "nope"}])
def test_unknown_scale_is_not_found(client: TestClient, body: Any) -> None:
    problem(client.post("/v1/vad/rescale", json={"points": [], **body}), 404, "unknown-term")


# --- over time ------------------------------------------------------------------------------------


def test_series_is_summed_up_and_its_segments_are_linked(client: TestClient) -> None:
    # The example of docs/vad.md: 8, 7, 2, 3 of 1..9 are 0.75, 0.5, -0.75, -0.5, whose mean is 0.
    body = {
        "valence": [8, 7, 2, 3],
        "arousal": [6, 6, 7, 8],
        "times": [0, 1, 2, 3],
        "scale": "deap",
        "segment": 2,
    }
    found = post(client, "/v1/vad/series", body)
    valence = found["dimensions"][0]
    assert (valence["mean"], valence["slope"], valence["low_time"]) == (0, -0.5, 2)
    assert [(d["octant"], d["share"]) for d in found["dwell"]] == [("V+ A+", 0.5), ("V- A+", 0.5)]
    assert [s["nearest"]["concept"]["slug"] for s in found["segments"]] == ["glee", "horror"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"valence": [1, 2], "scale": "-1..1"}, "-1..1"),
        ({"valence": [0, 0.5], "times": [1, 1]}, "times"),
        ({"valence": [0, 0.5], "arousal": [0]}, "arousal"),
        ({"valence": [0, 0.5] * 300, "segment": 0.5}, "at most 500 segments"),
        ({"valence": [0, 0.5], "times": [0, 1e308]}, "Give them in a larger unit"),
        (
            {"valence": [0, 0.5], "times": [1e16, 1e16 + 2], "segment": 0.5},
            "Expected times at least 20000 from first to last",
        ),
    ],
)
def test_bad_series_is_refused(client: TestClient, body: Any, said: str) -> None:
    assert said in problem(client.post("/v1/vad/series", json=body), 422, "input")["detail"]


@pytest.mark.parametrize(
    "content",
    [
        '{"valence": [0, NaN]}',
        '{"valence": [0, true]}',
        '{"valence": [0, "1"]}',
        '{"valence": [0]}',
        '{"valence": [0, 1], "segment": 0}',
        "{}",
    ],
)
def test_series_of_the_wrong_form_is_refused(client: TestClient, content: str) -> None:
    problem(post_raw(client, "/v1/vad/series", content), 422, "validation")


def test_agreement_is_the_mean_over_all_pairs(client: TestClient) -> None:
    # Lin's CCC of (1, 2, 3) and (2, 3, 4) is 2 * 2/3 / (2/3 + 2/3 + 1) = 4/7.
    ratings = {"ann": [1, 2, 3], "bob": [1, 2, 3], "cy": [2, 3, 4]}
    found = post(client, "/v1/vad/agreement", {"ratings": ratings})
    assert found["ccc"] == pytest.approx((1 + 4 / 7 + 4 / 7) / 3)
    assert found["pairs"][1]["ccc"] == pytest.approx(4 / 7)


def test_agreement_that_is_not_defined_is_null(client: TestClient) -> None:
    found = post(client, "/v1/vad/agreement", {"ratings": {"ann": [1, 1], "bob": [1, 1]}})
    assert (found["ccc"], found["pearson"], found["rmse"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("ratings", "kind"),
    [
        ({"ann": [1, 2]}, "validation"),
        ({"ann": [1, 2], "bob": ["x", 1]}, "validation"),
        ({"ann": [1, 2], "bob": ["2", 1]}, "validation"),
        ({"ann": [1, 2], "bob": [True, 1]}, "validation"),
        ({"ann": [1, 2], "bob": [1]}, "input"),
        ({"ann": [1e200, -1e200], "bob": [-1e200, 1e200]}, "input"),
        ({"ann": [1.0] * 60_000, "bob": [1.0] * 60_000}, "input"),
    ],
)
def test_bad_ratings_are_refused(client: TestClient, ratings: Any, kind: str) -> None:
    problem(client.post("/v1/vad/agreement", json={"ratings": ratings}), 422, kind)
