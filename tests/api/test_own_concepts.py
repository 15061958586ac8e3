"""Concepts of a user's own over HTTP: put with a key, answered everywhere, gone with their graph."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.iris import AG, EMOTION, SKOS
from tests.api.asking import problem

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

IRI = "https://w3id.org/affectgraph/graph/user/mine"
CSV = {"content-type": "text/csv; charset=utf-8"}
TURTLE = {"content-type": "text/turtle"}
LIMITS = PoolLimits(workers=1, timeout_seconds=20.0, memory_mb=1024)
TABLE = """\
concept,label,language,definition,broader,branch,valence,arousal,dominance,exact_match
eco-grief,eco-grief,,Grief over what is lost of nature.,grief,,-0.75,0.1,-0.5,https://example.org/t/7
eco-grief,Öko-Trauer,de,,,,,,,
reef-grief,reef grief,,,eco-grief,,,,,
hush,numinous hush,,,,AestheticState,,,,
toska,toska,,,sadness,,,,,
"""
BAD = """\
concept,label,language,broader
a,,en,joy
b,b,english,joy
c,c,,sadnes
d,d,,c
emotion:joy,e,,joy
"""


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    keys = tmp_path_factory.mktemp("keys") / "keys.jsonl"
    return keys, {"authorization": f"Bearer {create_key(keys, 'ada', ('write',)).token}"}


@pytest.fixture(scope="module")
def shared(
    writer: tuple[Path, dict[str, str]],
    small: EmotionGraph,
    graph: EmotionGraph,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TestClient]:
    """A service with users' data, which nobody but a test writes while it runs."""
    assert isinstance(small.store, OxigraphStore)
    place = tmp_path_factory.mktemp("data")
    small.store.save(place / "graph")
    data = open_user_data(place / "own", graph, str(place / "graph"), LIMITS)
    keys, headers = writer
    with TestClient(create_app(data=data, access=Access(KeyFile(keys)))) as found:
        found.headers |= headers
        yield found


@pytest.fixture
def client(shared: TestClient) -> TestClient:
    """The service without a graph in it."""
    for item in shared.get("/v1/data").json()["items"]:
        shared.delete("/v1/data/" + item["name"])
    return shared


@pytest.fixture
def filled(shared: TestClient) -> TestClient:
    """The service with the concepts of the table."""
    if shared.get("/v1/data/mine").status_code == 404:
        put(shared)
    return shared


def put(client: TestClient, table: str = TABLE, **params: str) -> dict[str, object]:
    sent = client.put(
        "/v1/data/mine", params={"kind": "concepts", **params}, content=table.encode(), headers=CSV
    )
    assert sent.status_code == 200, sent.text
    found: dict[str, object] = sent.json()
    return found


def test_concepts_are_taken_with_a_note_on_a_label_that_the_graph_has(client: TestClient) -> None:
    found = put(client)

    assert (found["kind"], found["bad_rows"]) == ("concepts", [])
    assert found["notes"] == [
        {
            "line": 6,
            "column": "label",
            "message": "'toska' means longing in the graph as well; both are found.",
        }
    ]


def test_concept_is_not_there_then_there_by_each_name_then_gone(client: TestClient) -> None:
    names = ["user/mine/eco-grief", quote(IRI + "/eco-grief", safe=""), quote("öko-trauer")]
    addresses = ["/v1/emotions/" + name for name in names]

    for address in addresses:
        problem(client.get(address), 404, "unknown-term")
    put(client)
    found = [client.get(address) for address in addresses]
    assert {(f.json()["slug"], f.json()["source"]) for f in found} == {("user/mine/eco-grief", IRI)}

    assert client.delete("/v1/data/mine").status_code == 204
    for address, before in zip(addresses, found, strict=True):
        again = client.get(address, headers={"if-none-match": before.headers["etag"]})
        problem(again, 404, "unknown-term")


def test_label_is_nil_then_found_then_nil(client: TestClient) -> None:
    address = "/v1/ground?label=deep%20reef%20grief"

    def said() -> tuple[str | None, str]:
        found = client.get(address).json()
        best = found["candidates"][0]["concept"]["slug"] if found["candidates"] else None
        return best, found["status"]

    before = said()
    put(client)
    assert said() == ("user/mine/reef-grief", "linked")
    client.delete("/v1/data/mine")
    assert said() == before != ("user/mine/reef-grief", "linked")


def test_place_values_and_mappings_are_looked_up(filled: TestClient) -> None:
    def get(address: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = filled.get("/v1/emotions/" + address).json()
        return found

    assert [c["slug"] for c in get("user/mine/reef-grief/path")] == [
        "sadness",
        "sadness-secondary",
        "grief",
        "user/mine/eco-grief",
        "user/mine/reef-grief",
    ]
    broader = filled.get("/v1/emotions/user/mine/reef-grief/broader").json()
    assert broader["slug"] == "user/mine/eco-grief"
    assert [c["slug"] for c in get("grief/narrower")] == ["user/mine/eco-grief"]
    (value,) = get("user/mine/eco-grief/vad?source=own")
    assert (value["mean"], value["kind"]) == (
        {"valence": -0.75, "arousal": 0.1, "dominance": -0.5},
        "imported",
    )
    mapped = filled.get("/v1/emotions/user/mine/eco-grief/alignments").json()["items"]
    assert [mapping["term"] for mapping in mapped] == ["https://example.org/t/7"]
    assert get("user/mine/eco-grief/opposites") == []
    near = filled.get("/v1/nearest?valence=-0.75&arousal=0.1&dominance=-0.5&limit=1").json()
    assert near[0]["concept"]["slug"] == "user/mine/eco-grief"
    listed = filled.get("/v1/emotions?primary=sadness&tier=secondary&limit=100").json()["items"]
    assert "user/mine/toska" in {concept["slug"] for concept in listed}
    states = filled.get("/v1/states?limit=100").json()["items"]
    assert "user/mine/hush" in {concept["slug"] for concept in states}


def test_texts_names_and_rationales_have_them(filled: TestClient) -> None:
    read = filled.post("/v1/annotate", json={"texts": ["It was reef grief."]}).json()
    (mention,) = read["items"][0]["answer"]["mentions"]
    assert mention["candidates"][0]["concept"]["slug"] == "user/mine/reef-grief"
    (suggested,) = filled.get("/v1/suggest?q=numinous%20hu&kind=concept").json()
    assert suggested["concepts"] == ["user/mine/hush"]
    checked = filled.post("/v1/check", json={"rationale": "Reef grief is a kind of grief."}).json()
    (judged,) = checked["judgements"]
    assert judged["verdict"] == "supported"
    assert [(fact["source"], fact["graph"]) for fact in judged["facts"]] == [(IRI, IRI)] * 2


def test_scheme_may_name_them_and_be_put_again(client: TestClient) -> None:
    put(client)
    params = {"kind": "scheme"}
    table = "label,concept\ngreen grief,eco-grief\n"

    for _ in range(2):
        sent = client.put("/v1/data/greens", params=params, content=table, headers=CSV)
        assert sent.status_code == 200, sent.text
    found = client.get("/v1/ground?label=green%20grief&scheme=greens").json()
    assert found["candidates"][0]["concept"]["slug"] == "user/mine/eco-grief"

    client.delete("/v1/data/mine")
    found = client.get("/v1/ground?label=green%20grief&scheme=greens").json()
    assert (found["status"], found["reason"]) == ("nil", "not_an_emotion")
    refused = client.put("/v1/data/greens", params=params, content=table, headers=CSV)
    (fault,) = problem(refused, 422, "input")["errors"]
    assert fault["location"] == "line 2, concept"


def test_queries_roll_up_along_what_the_user_wrote(filled: TestClient) -> None:
    query = f"""PREFIX skos: <{SKOS}> PREFIX ag: <{AG}>
      SELECT ?mine {{ GRAPH <{IRI}> {{ ?mine skos:broader+ ?top }}
        ?top ag:primary <{EMOTION}sadness> }} ORDER BY ?mine"""

    found = filled.get("/sparql", params={"query": query, "format": "csv"}).text.split()

    assert found == ["mine", IRI + "/eco-grief", IRI + "/reef-grief", IRI + "/toska"]


def test_address_of_a_concept_is_a_page_and_rdf(filled: TestClient) -> None:
    page = filled.get("/graph/user/mine/eco-grief", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "Grief over what is lost of nature." in page.text
    assert 'href="/graph/user/mine"' in page.text
    sent = filled.get("/graph/user/mine/eco-grief", headers={"accept": "application/n-triples"})
    triples = [quad.triple for quad in parse(sent.content, format=RdfFormat.N_TRIPLES)]
    assert {str(triple.subject) for triple in triples} == {f"<{IRI}/eco-grief>"}
    assert f"<{EMOTION}grief>" in {str(triple.object) for triple in triples}
    filled.delete("/v1/data/mine")
    problem(filled.get("/graph/user/mine/eco-grief"), 404, "unknown-term")


def test_bad_rows_are_all_named_and_nothing_is_taken(client: TestClient) -> None:
    sent = client.put(
        "/v1/data/mine", params={"kind": "concepts"}, content=BAD.encode(), headers=CSV
    )

    assert [fault["location"] for fault in problem(sent, 422, "input")["errors"]] == [
        "line 2, label",
        "line 3, language",
        "line 4, broader",
        "line 5, broader",
        "line 6, concept",
    ]
    assert client.get("/v1/data").json()["items"] == []


def test_good_rows_are_taken_on_request(client: TestClient) -> None:
    found = put(client, BAD + "f,fine grief,,grief\n", keep_good="true")

    assert len(found["bad_rows"]) == 5  # type: ignore[arg-type]
    assert client.get("/v1/emotions/user/mine/f").json()["label"] == "fine grief"


@pytest.mark.parametrize(
    ("broader", "said"),
    [
        ("urn:none", "Or"),
        (IRI + "/a", "no cycle"),
        (EMOTION + "joy> , <" + EMOTION + "grief", "MaxCount"),
    ],
)
def test_document_with_a_wrong_place_is_refused(
    broader: str, said: str, client: TestClient
) -> None:
    content = (
        f'<{IRI}/a> a <{SKOS}Concept> ; <{SKOS}prefLabel> "a"@en ; <{SKOS}broader> <{broader}> .'
    )

    sent = client.put("/v1/data/mine", params={"kind": "concepts"}, content=content, headers=TURTLE)

    assert said in problem(sent, 422, "input")["detail"]


def test_update_may_add_a_label_and_not_take_away_a_place(client: TestClient) -> None:
    put(client)
    eco = f"<{IRI}/eco-grief>"
    more = f'INSERT DATA {{ GRAPH <{IRI}> {{ {eco} <{SKOS}altLabel> "forest sorrow"@en }} }}'
    less = f"DELETE WHERE {{ GRAPH <{IRI}> {{ {eco} <{SKOS}broader> ?above }} }}"

    assert client.post("/sparql", data={"update": more}).status_code in {200, 204}
    found = client.get("/v1/ground?label=forest%20sorrow").json()
    assert found["candidates"][0]["concept"]["slug"] == "user/mine/eco-grief"
    refused = client.post("/sparql", data={"update": less})
    assert "Xone" in problem(refused, 422, "input")["detail"]
    assert client.get("/v1/emotions/user/mine/eco-grief").status_code == 200
