"""REST: what each route answers, and how it refuses."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.limits import BODY_LIMIT
from affectgraph.api.representations import LOSSES
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import PROBLEM, get, post, post_raw, problem

# --- emotions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tier", "total"), [("primary", 6), ("secondary", 25), ("tertiary", 106)])
def test_each_tier_has_as_many_emotions_as_parrott_lists(
    client: TestClient, tier: str, total: int
) -> None:
    assert get(client, "/v1/emotions", tier=tier)["total"] == total


def test_pages_join_to_the_whole_list(client: TestClient) -> None:
    whole = get(client, "/v1/emotions", limit=1000)
    pages = [get(client, "/v1/emotions", limit=50, offset=n) for n in (0, 50, 100)]
    assert [x for page in pages for x in page["items"]] == whole["items"]
    assert whole["total"] == 137


def test_offset_behind_the_end_gives_an_empty_page(client: TestClient) -> None:
    page = get(client, "/v1/emotions", offset=500)
    assert (page["items"], page["total"]) == ([], 137)


def test_branch_of_a_primary_holds_only_its_descendants(client: TestClient) -> None:
    items = get(client, "/v1/emotions", primary="fear", limit=1000)["items"]
    assert {item["primary"] for item in items} == {"fear"}
    assert "dread" in [item["slug"] for item in items]


@pytest.mark.parametrize(
    "name",
    [
        "dread",
        "Dread",
        "emotion:dread",
        "emotion/dread",
        "https://w3id.org/affectgraph/emotion/dread",
    ],
)
def test_concept_is_found_by_every_kind_of_name(client: TestClient, name: str) -> None:
    assert get(client, f"/v1/emotions/{name}")["slug"] == "dread"


def test_path_runs_from_the_primary_down(client: TestClient) -> None:
    path = get(client, "/v1/emotions/dread/path")
    assert [concept["slug"] for concept in path] == ["fear", "nervousness", "dread"]


def test_state_has_a_slash_in_its_name_and_no_path(client: TestClient) -> None:
    assert get(client, "/v1/emotions/state/trust")["branch"] == "SocialAttitude"
    assert get(client, "/v1/emotions/state/trust/path") == []


def test_broader_and_narrower_are_inverse(client: TestClient) -> None:
    assert get(client, "/v1/emotions/dread/broader")["slug"] == "nervousness"
    assert "dread" in [c["slug"] for c in get(client, "/v1/emotions/nervousness/narrower")]
    assert get(client, "/v1/emotions/joy/broader") is None


def test_opposite_says_which_theory_says_so(client: TestClient) -> None:
    found = get(client, "/v1/emotions/joy/opposites")
    assert ("sadness", "plutchik-1980") in {(x["end"], x["source"]) for x in found}


def test_vad_of_dread_is_that_of_the_glasgow_norms(client: TestClient) -> None:
    value = get(client, "/v1/emotions/dread/vad")[0]
    assert value["source"] == "scott-2019"
    assert value["mean"]["valence"] == pytest.approx(-0.734)


def test_patterns_of_joy_hold_cheek_raiser_and_lip_corner_puller(client: TestClient) -> None:
    patterns = get(client, "/v1/emotions/joy/action-units")
    required = [{a["code"] for g in p["required"] for a in g} for p in patterns]
    assert {"AU6", "AU12"} in required


def test_neutral_is_a_state_outside_the_tree(client: TestClient) -> None:
    states = get(client, "/v1/states")
    assert "state/neutral" in [item["slug"] for item in states["items"]]


def test_unknown_emotion_names_the_nearest(client: TestClient) -> None:
    found = problem(client.get("/v1/emotions/angr"), 404, "unknown-term")
    assert "anger" in found["nearest"]
    assert found["instance"] == "/v1/emotions/angr"


@pytest.mark.parametrize(
    "query", ["tier=quaternary", "limit=0", "limit=1001", "offset=-1", "limit=x"]
)
def test_bad_parameter_is_named(client: TestClient, query: str) -> None:
    found = problem(client.get(f"/v1/emotions?{query}"), 422, "validation")
    assert found["errors"][0]["location"] == f"query.{query.partition('=')[0]}"


# --- faces ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["AU6", "6", "AU06", "au 6"])
def test_action_unit_is_found_as_tools_write_it(client: TestClient, name: str) -> None:
    assert get(client, f"/v1/action-units/{name}")["name"] == "Cheek raiser"


def test_list_of_action_units_starts_with_the_lowest(client: TestClient) -> None:
    assert get(client, "/v1/action-units", limit=1)["items"][0]["code"] == "AU1"


@pytest.mark.parametrize("name", ["AU999", "smile", "-1"])
def test_unknown_action_unit_is_not_found(client: TestClient, name: str) -> None:
    problem(client.get(f"/v1/action-units/{name}"), 404, "unknown-term")


def test_smile_with_raised_cheeks_ranks_joy_first_and_carries_the_caveat(
    client: TestClient,
) -> None:
    found = post(client, "/v1/action-units/emotions", {"actions": ["AU6", 12], "limit": 3})
    assert found["actions"] == ["AU6", "AU12"]
    assert found["ranking"][0]["concept"]["slug"] == "joy"
    assert len(found["ranking"]) == 3
    assert "do not establish what a person feels" in found["caveat"]


def test_detector_is_answered_by_its_full_name(client: TestClient) -> None:
    body = {"actions": ["AU12"], "detector": "OpenFace"}
    assert post(client, "/v1/action-units/emotions", body)["detector"] == "openface"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"actions": ["AU999"]}, 404, "unknown-term"),
        ({"actions": ["AU12"], "detector": "nobody"}, 404, "unknown-term"),
        ({"actions": []}, 422, "validation"),
        ({"actions": "AU12"}, 422, "validation"),
        ({"actions": ["AU12"], "limit": 0}, 422, "validation"),
        ({"actions": [True]}, 422, "validation"),
        ({"action": ["AU12"]}, 422, "validation"),
        ({"actions": ["AU12"] * 1001}, 422, "validation"),
    ],
)
def test_bad_ranking_request_is_refused(
    client: TestClient, body: Any, status: int, kind: str
) -> None:
    problem(client.post("/v1/action-units/emotions", json=body), status, kind)


# --- schemes and sources --------------------------------------------------------------------------


def test_goemotions_has_28_labels_in_its_own_order(client: TestClient) -> None:
    labels = get(client, "/v1/schemes/goemotions")["labels"]
    assert len(labels) == 28
    assert [label["position"] for label in labels] == list(range(28))
    assert labels[0]["name"] == "admiration"


def test_crosswalk_says_meld_joy_as_happiness(client: TestClient) -> None:
    found = get(client, "/v1/crosswalk", source="meld", target="ekman-6")
    joy = next(c for c in found["crossings"] if c["label"]["name"] == "joy")
    assert ([t["name"] for t in joy["targets"]], joy["relation"]) == (["happiness"], "exact")
    assert joy["loss"] == {
        "sentence": "Nothing is lost: both mean joy.",
        "distance": 0,
        "merged": [],
        "dropped": [],
    }


def test_crosswalk_sums_up_what_it_loses(client: TestClient) -> None:
    # MELD is Ekman's six and neutral, which Ekman's set does not have.
    found = get(client, "/v1/crosswalk", source="meld", target="ekman-6")["summary"]
    assert (found["labels"], found["lossless"], found["distinctions_lost"]) == (7, 6, 0)
    assert found["counts"] == {
        "exact": 6,
        "close": 0,
        "coarser": 0,
        "finer": 0,
        "fallback": 0,
        "none": 1,
    }
    assert found["shares"]["exact"] == round(6 / 7, 4)
    assert (found["unmappable"], found["unreached"]) == (["neutral"], [])


def test_label_is_sent_with_its_polarity_and_aliases(client: TestClient) -> None:
    labels = {x["name"]: x for x in get(client, "/v1/schemes/ravdess")["labels"]}
    assert labels["happy"]["aliases"] == ["03"]
    assert (labels["happy"]["polarity"], labels["happy"]["polarity_is_derived"]) == (
        "positive",
        True,
    )
    assert get(client, "/v1/schemes/mintrec2")["kind"] == "intent"


def test_list_of_schemes_leaves_the_labels_out(client: TestClient) -> None:
    page = get(client, "/v1/schemes", limit=1)
    assert "labels" not in page["items"][0]


def test_source_has_citation_and_licence(client: TestClient) -> None:
    found = get(client, "/v1/sources/scott-2019")
    assert "Glasgow" in found["citation"]
    assert found["licence"]
    assert get(client, "/v1/sources")["total"] >= 50


@pytest.mark.parametrize(
    "path",
    ["/v1/schemes/nope", "/v1/sources/nope", "/v1/crosswalk?source=nope&target=meld"],
)
def test_unknown_scheme_or_source_is_not_found(client: TestClient, path: str) -> None:
    problem(client.get(path), 404, "unknown-term")


# --- VAD space ------------------------------------------------------------------------------------


def test_concepts_near_an_unpleasant_point_come_nearest_first(client: TestClient) -> None:
    found = get(client, "/v1/nearest", valence=-0.8, arousal=0.4, dominance=-0.5, limit=3)
    distances = [item["distance"] for item in found]
    assert distances == sorted(distances)
    assert len(found) == 3


def test_batch_of_points_answers_each_as_alone(client: TestClient) -> None:
    point = {"valence": -0.8, "arousal": 0.4, "dominance": -0.5}
    alone = get(client, "/v1/nearest", **point)
    assert post(client, "/v1/nearest", {"points": [point, point]})["items"] == [alone, alone]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1.01", "9", "high", ""])
def test_coordinate_out_of_range_is_refused(client: TestClient, value: str) -> None:
    params = {"valence": value, "arousal": "0", "dominance": "0"}
    found = problem(client.get("/v1/nearest", params=params), 422, "validation")
    assert found["errors"][0]["location"] == "query.valence"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "2", "null", "true", '"0.5"'])
def test_json_number_out_of_range_is_refused(client: TestClient, value: str) -> None:
    body = f'{{"points": [{{"valence": {value}, "arousal": 0, "dominance": 0}}]}}'
    response = post_raw(client, "/v1/nearest", body)
    found = problem(response, 422, "validation")
    assert found["errors"][0]["location"] == "body.points.0.valence"


# --- grounding ------------------------------------------------------------------------------------


def test_label_is_grounded_with_evidence(client: TestClient) -> None:
    found = get(client, "/v1/ground", label="Annoyed")
    assert found["status"] == "linked"
    best = found["candidates"][0]
    assert best["concept"]["path"] == ["anger", "irritation", "annoyance"]
    assert best["evidence"][0]["source"]


def test_nil_is_an_answer_with_a_reason(client: TestClient) -> None:
    found = get(client, "/v1/ground", label="table")
    assert (found["status"], found["reason"], found["candidates"]) == ("nil", "not_an_emotion", [])


def test_batch_answers_each_label_as_alone_and_counts(client: TestClient) -> None:
    labels = ["joy", "qwxyz", "🚗", ""]
    alone = [get(client, "/v1/ground", label=label) for label in labels]
    found = post(client, "/v1/ground", {"labels": labels})
    assert found["items"] == alone
    assert found["counts"] == {"linked": 1, "ambiguous": 0, "neutral": 0, "nil": 3}


def test_what_is_no_text_is_nil(client: TestClient) -> None:
    found = post(client, "/v1/ground", {"labels": [None, 3, True, ["joy"], {"a": 1}]})
    assert {item["reason"] for item in found["items"]} == {"not_text"}


def test_label_of_a_megabyte_is_nil_and_not_sent_back(client: TestClient) -> None:
    response = client.post("/v1/ground", json={"labels": ["a" * 1_000_000]})
    assert response.json()["items"][0]["reason"] == "too_long"
    assert len(response.content) < 10_000


def test_lone_surrogate_is_answered(client: TestClient) -> None:
    response = post_raw(client, "/v1/ground", rb'{"labels": ["\ud800", "joy"]}')
    assert [item["status"] for item in response.json()["items"]] == ["nil", "linked"]


def test_empty_batch_is_answered_empty(client: TestClient) -> None:
    assert post(client, "/v1/ground", {"labels": []})["items"] == []


def test_scheme_decides_what_its_label_means(client: TestClient) -> None:
    found = get(client, "/v1/ground", label="hap", scheme="iemocap-6")
    assert found["candidates"][0]["concept"]["slug"] == "joy"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"labels": ["joy"], "scheme": "nope"}, 404, "unknown-term"),
        ({"labels": ["joy"] * 1001}, 422, "validation"),
        ({"labels": "joy"}, 422, "validation"),
        ({"label": ["joy"]}, 422, "validation"),
        (["joy"], 422, "validation"),
        (None, 422, "validation"),
    ],
)
def test_bad_batch_is_refused(client: TestClient, body: Any, status: int, kind: str) -> None:
    problem(client.post("/v1/ground", json=body), status, kind)


# --- checking -------------------------------------------------------------------------------------


def test_wrong_name_of_an_action_unit_is_contradicted_by_facts(client: TestClient) -> None:
    report = post(client, "/v1/check", {"rationale": "AU20 is the nostril flare."})
    judgement = report["judgements"][0]
    assert (judgement["verdict"], report["counts"]["contradicted"]) == ("contradicted", 1)
    assert judgement["facts"][0]["subject"].startswith("https://w3id.org/affectgraph/au/")
    assert "AU38" in judgement["hint"]


def test_quote_stands_where_the_claim_says(client: TestClient) -> None:
    text = "😀 AU12 is the lip corner puller."
    claim = post(client, "/v1/check", {"rationale": text})["judgements"][0]["claim"]
    assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_batch_keeps_good_records_beside_bad_ones(client: TestClient) -> None:
    records = [
        {"rationale": "AU12 is the lip corner puller."},
        5,
        {"label": 3},
        {},
        {"rationale": "x" * 100_001},
        {"rationale": "Joy.", "vad": [10**400, 0, 0]},
        {"rationale": "AU12 is the lip corner puller.", "id": "kept out"},
    ]
    found = post(client, "/v1/check/batch", {"records": records})
    assert [item["index"] for item in found["items"]] == list(range(7))
    assert [item["report"] is not None for item in found["items"]] == [True, *[False] * 5, True]
    assert (found["checked"], found["failed"]) == (2, 5)
    assert found["items"][0]["report"] == found["items"][6]["report"]
    assert all(item["error"]["status"] == 422 for item in found["items"][1:6])


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({}, 422, "claim"),
        ({"rationale": "x" * 100_001}, 422, "claim"),
        ({"rationale": "Joy.", "vad": [2, 0, 0]}, 422, "input"),
        ({"rationale": "Joy.", "vad": [0, 0]}, 422, "input"),
        ({"rationale": "Joy.", "vad": [10**400, 0, 0]}, 422, "validation"),
        ({"rationale": "Joy.", "aus": {"AU12_r": 99}}, 422, "input"),
        ({"rationale": "Joy.", "aus": {"AU12_r": "much"}}, 422, "validation"),
        ({"rationale": "Joy.", "label": "joy", "scheme": "nope"}, 404, "unknown-term"),
        ({"rationale": 3}, 422, "validation"),
        ({"text": "Joy."}, 422, "validation"),
    ],
)
def test_bad_record_is_refused(client: TestClient, body: Any, status: int, kind: str) -> None:
    problem(client.post("/v1/check", json=body), status, kind)


# --- the service ----------------------------------------------------------------------------------


def test_version_and_health_answer(client: TestClient, graph: EmotionGraph) -> None:
    assert get(client, "/v1/version")["graph"] == graph.version
    assert get(client, "/healthz") == {"status": "ok", "graph": graph.version, "model": None}


def test_unknown_route_and_wrong_method_are_problems(client: TestClient) -> None:
    problem(client.get("/v1/nothing"), 404, "no-such-route")
    found = client.delete("/v1/version")
    problem(found, 405, "method")
    assert "GET" in found.headers["allow"]


def test_get_on_a_path_that_has_post_alone_is_no_look_up(client: TestClient) -> None:
    paths = get(client, "/openapi.json")["paths"]
    post_alone = [path.replace("{name}", "meld") for path in paths if set(paths[path]) == {"post"}]
    assert {"/v1/schemes/detect", "/v1/schemes/meld/map", "/v1/action-units/emotions"} < set(
        post_alone
    )
    for path in post_alone:
        found = client.get(path)
        problem(found, 405, "method")
        assert found.headers["allow"] == "POST"


@pytest.mark.parametrize("body", [b'{"labels": [', b"\xff\xfe", b"", b"[" * 100_000])
def test_broken_json_is_refused(client: TestClient, body: bytes) -> None:
    response = post_raw(client, "/v1/ground", body)
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == PROBLEM


def test_refused_value_is_shortened(client: TestClient) -> None:
    response = client.post("/v1/ground", json={"labels": ["joy"], "scheme": ["x" * 1_000_000]})
    assert len(problem(response, 422, "validation")["errors"][0]["value"]) < 200


def test_declared_body_over_the_limit_is_refused(client: TestClient) -> None:
    response = post_raw(client, "/v1/ground", b" " * (BODY_LIMIT + 1))
    problem(response, 413, "too-large")


def test_chunked_body_over_the_limit_is_refused(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(BODY_LIMIT // 65536 + 1):
            yield b" " * 65536

    response = post_raw(client, "/v1/ground", chunks())
    problem(response, 413, "too-large")


def test_body_just_under_the_limit_is_read(client: TestClient) -> None:
    body = json.dumps({"labels": ["joy"]}).encode()
    response = post_raw(client, "/v1/ground", body + b" " * (BODY_LIMIT - len(body)))
    assert response.status_code == 200


def test_other_sites_may_read_answers(client: TestClient) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert client.get("/v1/version", headers=headers).headers["access-control-allow-origin"] == "*"
    assert client.options("/v1/ground", headers=headers).status_code == 200


def test_other_sites_may_read_when_to_come_back_and_what_was_lost(client: TestClient) -> None:
    response = client.get("/v1/version", headers={"Origin": "https://example.org"})

    found = response.headers["access-control-expose-headers"].split(", ")
    assert found == [
        *("X-Request-Id", "Link", LOSSES, "X-Total-Count", "ETag", "Location", "Allow"),
        *("Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate"),
    ]


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, head = client.get("/v1/version"), client.head("/v1/version")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


def test_programming_error_is_a_problem_without_details(graph: EmotionGraph) -> None:
    app = create_app(graph)

    def broken() -> None:
        raise RuntimeError("secret")

    app.router.routes.clear()
    app.add_api_route("/broken", broken)
    response = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert "secret" not in response.text
    problem(response, 500, "internal")


# --- the description ------------------------------------------------------------------------------


def operations(client: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [(path, method, op) for path, found in paths.items() for method, op in found.items()]


def test_every_route_is_described(client: TestClient) -> None:
    for path, method, operation in operations(client):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["description"], where
        assert operation["tags"], where
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{where} {parameter['name']}"


def test_every_error_of_a_route_is_described_as_a_problem(client: TestClient) -> None:
    for path, method, operation in operations(client):
        errors = {s: r for s, r in operation["responses"].items() if int(s) >= 400}
        assert {"422", "502", "503"} <= set(errors), f"{method} {path}"
        for response in errors.values():
            schema = response["content"][PROBLEM]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}


def test_every_json_answer_has_an_example_that_can_be_tried(client: TestClient) -> None:
    for path, method, operation in operations(client):
        if path in {"/sparql", "/.well-known/void"}:  # answers in RDF
            continue
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        response = try_example(client, path, method, operation)
        assert response.status_code == 200, f"{method} {path}: {response.text}"
        assert cut(response.json()) == cut(example), f"{method} {path}"


def try_example(client: TestClient, path: str, method: str, operation: dict[str, Any]) -> Any:
    params = {}
    for parameter in operation.get("parameters", []):
        for value in parameter["schema"].get("examples", [])[:1]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(value))
            else:
                params[parameter["name"]] = value
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return client.request(method, path, params=params, json=body.get("example"))


def cut(value: Any) -> Any:
    """Return an answer as an example shows it, without times, which are no other run's."""
    if isinstance(value, list):
        return [cut(item) for item in value[:2]]
    if isinstance(value, dict):
        return {key: cut(item) for key, item in value.items() if key != "seconds"}
    return value


def test_every_reference_of_the_description_leads_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    schemas = json.loads(text)["components"]["schemas"]
    names = {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= set(schemas)
