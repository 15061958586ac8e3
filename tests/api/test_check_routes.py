"""REST: rationales checked and statements answered, alone and in batches, and what bad input is told."""

from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse
from starlette.testclient import TestClient

from affectgraph.api.annotations import TOTAL_LIMIT
from affectgraph.ontology.iris import AG, AU, DCT
from tests.api.asking import errors, post, post_raw, problem

RIGHT = "AU12 is the lip corner puller."
SMILE = {"AU06_r": 2.0, "AU12_r": 3.0, "AU04_r": 0.0}
ROUTES = [("check", "rationale"), ("ask", "statement")]


# --- statements -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "truth", "reason"),
    [
        ({"statement": "The person smiles.", "aus": SMILE}, "true", "all-supported"),
        ({"statement": "AU12 and AU4 are shown.", "aus": SMILE}, "false", "contradicted"),
        ({"statement": "The person smiles."}, "unknown", "not-checkable"),
        ({"statement": "She is happy.", "label": "joy"}, "true", "all-supported"),
        ({"statement": "The bus is late.", "aus": None}, "unknown", "no-claim"),
    ],
)
def test_statement_is_answered_with_its_evidence(
    client: TestClient, body: dict[str, Any], truth: str, reason: str
) -> None:
    found = post(client, "/v1/ask", body)

    assert (found["truth"], found["reason"]) == (truth, reason)
    assert set(found["deciding"]) <= {j["claim"]["id"] for j in found["judgements"]}
    assert "do not establish what a person feels" in found["caveat"]


def test_batch_of_statements_keeps_its_good_items(client: TestClient) -> None:
    records = [{"statement": "AU12 is shown.", "aus": SMILE}, 5, {"statement": ""}, {}]

    found = post(client, "/v1/ask/batch", {"records": records})

    alone = post(client, "/v1/ask", records[0])
    assert found["items"][0]["answer"] == alone
    assert [error is None for error in errors(found)] == [True, False, False, False]


# --- RDF ------------------------------------------------------------------------------------------

MEDIA = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/trig": RdfFormat.TRIG,
}
CITED = f"SELECT ?id {{ ?c <{AG}claimSubject> <{AU}AU4> ; <{AG}claimOf> ?r . ?r <{DCT}identifier> ?id }}"


def ids(response: Any) -> list[str]:
    """Return the names of the rationales that cite AU4, whatever graph they stand in."""
    store = Store()
    store.load(response.content, format=MEDIA[response.headers["content-type"].split(";")[0]])
    found = store.query(CITED, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return sorted(row["id"].value for row in found)


@pytest.mark.parametrize("accept", MEDIA)
def test_header_chooses_the_document_of_one_and_of_many(client: TestClient, accept: str) -> None:
    record = {"rationale": "AU4 suggests joy.", "id": "r1", "agent": "model-7"}
    batch = [record, {"rationale": 3}, {"rationale": "AU4 shows anger.", "id": "r2"}, {}]

    one = client.post("/v1/check", json=record, headers={"accept": accept})
    many = client.post("/v1/check/batch", json={"records": batch}, headers={"accept": accept})

    assert (ids(one), ids(many)) == (["r1"], ["r1", "r2"])
    for response, losses in ((one, "0"), (many, "2")):
        assert response.headers["content-type"].startswith(accept)
        assert "Accept" in response.headers["vary"]
        assert response.headers["affectgraph-losses"] == losses


def test_format_wins_over_the_header_and_names_the_graph(client: TestClient) -> None:
    response = client.post(
        "/v1/check",
        params={"format": "trig", "graph": "run-1"},
        json={"rationale": "AU4 suggests joy.", "id": "r1"},
        headers={"accept": "text/turtle"},
    )

    assert response.headers["content-type"].startswith("application/trig")
    graphs = {quad.graph_name for quad in parse(response.content, format=RdfFormat.TRIG)}
    assert graphs == {NamedNode("https://w3id.org/affectgraph/graph/user/run-1")}
    assert ids(response) == ["r1"]


def test_json_is_sent_unless_rdf_is_asked_for(client: TestClient) -> None:
    for accept in ("*/*", "application/json", ""):
        response = client.post("/v1/check", json={"rationale": RIGHT}, headers={"accept": accept})
        assert response.json()["counts"]["supported"] == 1
        assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    ("params", "accept", "status", "kind"),
    [
        ({}, "image/png", 406, "not-acceptable"),
        ({"format": "html"}, "*/*", 422, "validation"),
        ({"format": "turtle", "graph": "x"}, "*/*", 422, "input"),
        ({"format": "trig", "graph": "../core"}, "*/*", 422, "input"),
        ({"graph": "X Y"}, "application/json", 422, "input"),
        ({"graph": "run-1"}, "*/*", 422, "input"),
        ({"format": "json", "graph": "run-1"}, "application/trig", 422, "input"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/check", "/v1/check/batch"])
def test_document_that_cannot_be_is_refused(
    client: TestClient, path: str, params: dict[str, str], accept: str, status: int, kind: str
) -> None:
    body: dict[str, Any] = {"records": []} if path.endswith("batch") else {"rationale": RIGHT}
    response = client.post(path, params=params, json=body, headers={"accept": accept})
    problem(response, status, kind)


def test_bad_rationale_is_a_problem_whatever_is_accepted(client: TestClient) -> None:
    response = client.post("/v1/check", json={}, headers={"accept": "text/turtle"})
    problem(response, 422, "claim")


# --- bad input ------------------------------------------------------------------------------------

BAD: list[tuple[Any, dict[str, Any], int, str]] = [
    ("x" * 1_000_000, {}, 422, "at most 100,000 characters"),
    (RIGHT, {"label": 3}, 422, "label"),
    (RIGHT, {"label": "joy", "scheme": "nope"}, 404, "'nope'"),
    (RIGHT, {"aus": {"AU99_r": 1}}, 422, "'AU99_r'"),
    (RIGHT, {"aus": {"AU12_r": 7}}, 422, "in 0..5"),
    (RIGHT, {"aus": {"AU12_r": None}}, 422, "number"),
    (RIGHT, {"aus": {"AU12_r": 1.0, "AU012_r": 2.0}}, 422, "one value for AU12"),
    (RIGHT, {"aus": {}}, 422, "detector columns"),
]


@pytest.mark.parametrize(("route", "field"), ROUTES)
@pytest.mark.parametrize(("text", "rest", "status", "said"), BAD)
def test_bad_request_is_told_what_was_wrong(
    client: TestClient,
    route: str,
    field: str,
    text: Any,
    rest: dict[str, Any],
    status: int,
    said: str,
) -> None:
    response = client.post(f"/v1/{route}", json={field: text, **rest})

    kind = response.json()["type"].rsplit("/", 1)[1]
    assert said in problem(response, status, kind)["detail"]
    assert len(response.content) < 2_000


@pytest.mark.parametrize(("route", "field"), ROUTES)
def test_bad_items_of_a_batch_are_told_at_their_place(
    client: TestClient, route: str, field: str
) -> None:
    records: list[dict[str, Any]] = [{field: text, **rest} for text, rest, _, _ in BAD]

    found = post(client, f"/v1/{route}/batch", {"records": [*records, {field: RIGHT}]})

    *bad, good = found["items"]
    assert good["error"] is None
    for item, (_, _, status, said) in zip(bad, BAD, strict=True):
        assert item["error"]["status"] == status
        assert said in item["error"]["detail"]


@pytest.mark.parametrize(("route", "field"), ROUTES)
@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('{"FIELD": "AU12", "aus": {"AU12_r": NaN}}', "nan"),
        ('{"FIELD": "AU12", "aus": {"AU12_r": 1e999}}', "inf"),
        ('{"FIELD": "AU12", "aus": {"AU12_r": 0.2, "AU12_r": 3}}', "[0.2, 3]"),
        ('{"FIELD": "AU12", "FIELD": "AU4"}', ""),
    ],
)
def test_what_json_can_say_and_no_record_can_is_refused_alone_and_at_its_place(
    client: TestClient, route: str, field: str, record: str, said: str
) -> None:
    content = record.replace("FIELD", field)

    alone = post_raw(client, f"/v1/{route}", content)
    batch = f'{{"records": [{content}, {{"{field}": "{RIGHT}"}}]}}'
    bad, good = post_raw(client, f"/v1/{route}/batch", batch).json()["items"]

    assert alone.status_code == 422
    assert said in alone.text
    assert bad["error"]["status"] == 422
    assert said in bad["error"]["detail"]
    assert good["error"] is None


@pytest.mark.parametrize(
    ("route", "field"), [*ROUTES, ("reward", "rationale")], ids=["check", "ask", "reward"]
)
@pytest.mark.parametrize("value", [True, "3", [3], {}, None])
def test_reading_that_is_no_number_is_refused_alone_as_in_a_batch(
    client: TestClient, route: str, field: str, value: Any
) -> None:
    record = {field: RIGHT, "aus": {"AU12_r": value}}

    alone = client.post(f"/v1/{route}", json=record)
    (item,) = post(client, f"/v1/{route}/batch", {"records": [record]})["items"]

    assert alone.status_code == item["error"]["status"] == 422
    assert "AU12_r" in alone.text
    assert "AU12_r" in item["error"]["detail"]


@pytest.mark.parametrize("value", [True, "0.5"])
def test_coordinate_that_is_no_number_is_refused_alone_as_in_a_batch(
    client: TestClient, value: Any
) -> None:
    record = {"label": "joy", "vad": [value, 0, 0]}

    (item,) = post(client, "/v1/check/batch", {"records": [record]})["items"]

    assert client.post("/v1/check", json=record).status_code == item["error"]["status"] == 422
    whole = {"label": "joy", "vad": [1, 0, -0.5], "aus": {"AU12_r": 3}}
    assert post(client, "/v1/check", whole)["judgements"]


@pytest.mark.parametrize(("route", "field"), ROUTES)
@pytest.mark.parametrize(
    ("text", "said", "verdicts"),
    [
        ("Die Person ist sehr traurig und weint.", "not in English", []),
        ("<p>AU12 is the lip corner puller.</p>", "markup", ["supported"]),
        ("\x00\x01AU12 is the lip corner puller.", "binary", ["supported"]),
    ],
)
def test_odd_text_is_answered_with_a_note(
    client: TestClient, route: str, field: str, text: str, said: str, verdicts: list[str]
) -> None:
    found = post(client, f"/v1/{route}", {field: text})

    assert any(said in note for note in found["notes"])
    assert [j["verdict"] for j in found["judgements"]] == verdicts


@pytest.mark.parametrize(("route", "field"), ROUTES)
@pytest.mark.parametrize("content", [b"\x7fELF\x02\x00\xff", b"<html>AU12</html>", b"", b"[1"])
def test_body_that_is_no_json_is_refused(
    client: TestClient, route: str, field: str, content: bytes
) -> None:
    assert post_raw(client, f"/v1/{route}", content).status_code in {400, 422}


@pytest.mark.parametrize(
    ("route", "field"), [*ROUTES, ("reward", "rationale")], ids=["check", "ask", "reward"]
)
@pytest.mark.parametrize("depth", [300, 700, 800, 900, 950, 20_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_deeply_nested_body_is_a_problem(
    client: TestClient, route: str, field: str, depth: int, opened: str, closed: str
) -> None:
    nested = f"{opened * depth}1{closed * depth}"

    for path, content in (
        (f"/v1/{route}", f'{{"{field}": "AU12", "aus": {nested}}}'),
        (f"/v1/{route}", nested),
        (f"/v1/{route}/batch", f'{{"records": [{nested}]}}'),
    ):
        assert post_raw(client, path, content).status_code in {400, 422}


@pytest.mark.parametrize(("route", "field"), ROUTES)
def test_texts_of_a_batch_are_limited_together(client: TestClient, route: str, field: str) -> None:
    half = "a" * (TOTAL_LIMIT // 4 + 1)
    response = client.post(f"/v1/{route}/batch", json={"records": [{field: half}] * 4})

    assert f"`affectgraph {route}" in problem(response, 422, "input")["detail"]
    post(client, f"/v1/{route}/batch", {"records": [{field: half}] * 3})


def test_empty_rationale_has_no_claims_and_an_empty_statement_is_none(client: TestClient) -> None:
    assert post(client, "/v1/check", {"rationale": ""})["judgements"] == []
    assert (
        "an empty text"
        in problem(client.post("/v1/ask", json={"statement": " "}), 422, "claim")["detail"]
    )


def test_unknown_label_is_said_in_the_report(client: TestClient) -> None:
    found = post(client, "/v1/check", {"rationale": RIGHT, "label": "qwxyz"})
    assert found["grounding"]["status"] == "nil"


# --- sources --------------------------------------------------------------------------------------

PAIR = "Fear and surprise often go together."  # lifts of .64 in GoEmotions, 1.95 in IEMOCAP


def test_policy_on_sources_decides_alone_and_in_batches(client: TestClient) -> None:
    verdicts = []
    for sources in ("any", "goemotions"):
        alone = post(client, "/v1/check", {"rationale": PAIR, "sources": sources})
        batch = {"records": [{"rationale": PAIR}], "sources": sources}
        assert post(client, "/v1/check/batch", batch)["items"][0]["report"] == alone
        assert alone["sources"] == sources
        verdicts.append(alone["judgements"][0]["verdict"])

    assert verdicts == ["supported", "contradicted"]


def test_unknown_source_is_refused_with_the_nearest(client: TestClient) -> None:
    answer = client.post("/v1/check", json={"rationale": PAIR, "sources": "goemotion"})

    found = problem(answer, 404, "unknown-term")
    assert "goemotions" in found["detail"]


def test_conclusion_names_the_claims_that_carry_it(client: TestClient) -> None:
    found = post(client, "/v1/check", {"rationale": "AU12 is visible. AU39 is visible. So joy."})

    assert [j["carried_by"] for j in found["judgements"]] == [[], [], ["c1"]]
