"""W3C's protocol tests of updates by name, against users' graphs, and the dataset that a request gives.

Built anew after the manifest ``sparql/sparql11/protocol`` of https://github.com/w3c/rdf-tests. What it clears
is the project's here, so each test begins with users' graphs of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.sparql_guard import MAX_LENGTH
from affectgraph.api.sparql_update import read_update
from affectgraph.api.update_dataset import with_dataset
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import QueryError
from tests.api.asking import problem
from tests.api.test_sparql_protocol import FORM, UPDATES

UPDATE = "application/sparql-update"
DATA = [f"http://example.org/data{n}" for n in range(4)]
TARGET = "http://example.org/target"
SEEN = f"INSERT {{ GRAPH <{TARGET}> {{ ?s a <urn:Seen> }} }} WHERE {{ ?s a <urn:Document> }}"
SEEN_NAMED = SEEN.replace("{ ?s a <urn:Document> }", "{ GRAPH ?g { ?s a <urn:Document> } }")
ADDED = f"INSERT DATA {{ GRAPH <{TARGET}> {{ <{DATA[0]}> a <urn:Seen> }} }}"
Parameters = list[tuple[str, str]]


@pytest.fixture(scope="module")
def client(graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that may write, of a service whose own graph has a triple."""
    if not can_isolate():
        pytest.skip("users' data need processes that can be forked")
    folder = tmp_path_factory.mktemp("update")
    own = folder / "own.ttl"
    own.write_text("<urn:own> a <urn:Document> .", encoding="utf-8")
    keys = folder / "keys.jsonl"
    token = create_key(keys, "ada", ("write",)).token
    limits = PoolLimits(workers=1, timeout_seconds=20.0)
    app = create_app(
        data=open_user_data(folder / "data", graph, str(own), limits),
        access=Access(KeyFile(keys)),
    )
    with TestClient(app, headers={"authorization": f"Bearer {token}"}) as found:
        yield found


@pytest.fixture
def endpoint(client: TestClient) -> TestClient:
    """The service on four graphs, each of which says of itself that it is a document."""
    client.delete("/rdf-graph-store", params={"graph": TARGET})
    for iri in DATA:
        sent = client.put(
            "/rdf-graph-store",
            params={"graph": iri},
            content=f"<{iri}> a <urn:Document> .",
            headers={"content-type": "text/turtle"},
        )
        assert sent.is_success, sent.text
    return client


@dataclass(frozen=True, slots=True)
class Sent:
    """A request.

    :param address: parameters in the address. :param type_: media type of the body.
    """

    body: bytes = b""
    type_: str | None = UPDATE
    address: Parameters = field(default_factory=list)
    method: str = "POST"

    def to(self, client: TestClient) -> Any:
        headers = {} if self.type_ is None else {"content-type": self.type_}
        path = "/sparql" + (f"?{urlencode(self.address)}" if self.address else "")
        return client.request(self.method, path, content=self.body, headers=headers)


def form(*fields: tuple[str, str]) -> bytes:
    return urlencode(fields).encode()


def using(*numbers: int) -> Parameters:
    return [("using-graph-uri", DATA[n]) for n in numbers]


def using_named(*numbers: int) -> Parameters:
    return [("using-named-graph-uri", DATA[n]) for n in numbers]


BOTH = (
    f"INSERT {{ GRAPH <{TARGET}> {{ ?s a <urn:Seen> . ?t a <urn:Seen> }} }} "
    "WHERE { ?s a <urn:Document> . GRAPH ?g { ?t a <urn:Document> } }"
)
MADE: dict[str, tuple[Sent, set[int]]] = {
    "update_dataset_default_graph": (Sent(SEEN.encode(), address=using(1)), {1}),
    "update_dataset_default_graphs": (Sent(SEEN.encode(), address=using(1, 2)), {1, 2}),
    "update_dataset_named_graphs": (
        Sent(SEEN_NAMED.encode(), address=using_named(1, 2)),
        {1, 2},
    ),
    "update_dataset_full": (
        Sent(BOTH.encode(), address=[*using(1), *using_named(2)]),
        {1, 2},
    ),
    "update_post_form": (Sent(form(("update", ADDED)), FORM), {0}),
    "update_post_direct": (Sent(ADDED.encode()), {0}),
}
BAD: dict[str, tuple[Sent, int]] = {
    # Optional in the suite's own words: without BASE the service may resolve against its address.
    "update_base_uri": (
        Sent(f"INSERT DATA {{ GRAPH <{TARGET}> {{ <a> <b> <c> }} }}".encode()),
        400,
    ),
    "bad_update_get": (Sent(method="GET", type_=None, address=[("update", ADDED)]), 400),
    "bad_multiple_updates": (Sent(form(("update", ADDED), ("update", ADDED)), FORM), 400),
    "bad_update_wrong_media_type": (Sent(ADDED.encode(), "text/plain"), 415),
    "bad_update_missing_form_type": (Sent(form(("update", ADDED)), None), 415),
    "bad_update_non_utf8": (Sent(ADDED.encode("utf-16")), 400),
    "bad_update_syntax": (Sent(b"INSERT DATA { GRAPH <urn:g> {"), 400),
    "bad_update_dataset_conflict": (
        Sent(SEEN.replace("WHERE", f"USING <{DATA[2]}> WHERE").encode(), address=using(1)),
        400,
    ),
}


def seen(client: TestClient) -> set[int]:
    """Return the numbers of the graphs whose documents stand in the target."""
    query = f"SELECT ?s {{ GRAPH <{TARGET}> {{ ?s a <urn:Seen> }} }}"
    found = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert found.status_code == 200, found.text
    return {DATA.index(iri) for iri in found.text.split("\r\n")[1:-1]}


@pytest.mark.parametrize("name", MADE)
def test_w3c_update_is_made(name: str, endpoint: TestClient) -> None:
    sent, expected = MADE[name]

    response = sent.to(endpoint)

    assert response.status_code == 204, response.text
    assert seen(endpoint) == expected


@pytest.mark.parametrize("name", BAD)
def test_w3c_bad_update_is_refused_and_changes_nothing(name: str, endpoint: TestClient) -> None:
    sent, status = BAD[name]
    before = endpoint.get("/v1/data").json()

    assert sent.to(endpoint).status_code == status

    assert endpoint.get("/v1/data").json() == before


def test_every_update_of_the_suite_is_tried_once() -> None:
    assert sorted([*MADE, *BAD]) == sorted(UPDATES)


# --- the dataset of the request -------------------------------------------------------------------


def test_dataset_may_stand_in_the_form(endpoint: TestClient) -> None:
    body = form(("update", SEEN), *using(3))

    assert Sent(body, FORM).to(endpoint).status_code == 204
    assert seen(endpoint) == {3}


def test_dataset_holds_for_every_operation_and_for_no_other_request(endpoint: TestClient) -> None:
    second = SEEN.replace("urn:Seen", "urn:Second")
    sent = Sent(f"{SEEN} ; {second}".encode(), address=using(1)).to(endpoint)
    assert sent.status_code == 204

    query = f"SELECT ?s {{ GRAPH <{TARGET}> {{ ?s a <urn:Second> }} }}"
    found = endpoint.get("/sparql", params={"query": query, "format": "csv"}).text
    assert (seen(endpoint), found.split()) == ({1}, ["s", DATA[1]])
    assert Sent(SEEN.replace("urn:Seen", "urn:Own").encode()).to(endpoint).status_code == 204
    own = query.replace("urn:Second", "urn:Own")
    assert endpoint.get("/sparql", params={"query": own, "format": "csv"}).text.split() == [
        "s",
        "urn:own",
    ]


def test_update_that_is_too_long_is_refused_before_its_clauses_are_read() -> None:
    update = f"WITH <urn:g> {SEEN}{' ' * MAX_LENGTH}"  # WITH would be refused beside a dataset

    with pytest.raises(QueryError, match="at most 200,000 characters"):
        read_update(UPDATE, b"using-graph-uri=urn:g", update.encode())


@pytest.mark.parametrize(
    ("update", "graphs", "words"),
    [
        (SEEN, ["a b"], "Expected an absolute IRI in using-graph-uri or"),
        (SEEN, ["urn:a> WHERE {} ; DROP ALL #"], "Expected an absolute IRI"),
        (SEEN, ["data1"], "Expected an absolute IRI"),
        (SEEN, [""], "Expected an absolute IRI"),
        ("CLEAR GRAPH <urn:g>", ["urn:a"], "with a WHERE clause"),
        (ADDED, ["urn:a"], "with a WHERE clause"),
        ("DELETE WHERE { ?s ?p ?o }", ["urn:a"], r"has DELETE WHERE, which takes none \(at 1:1\)"),
        ("WITH <urn:g>\n" + SEEN, ["urn:a"], r"names its dataset itself by WITH \(at 1:1\)"),
        (SEEN.replace("WHERE", "\nusing NAMED <urn:g> WHERE"), ["urn:a"], r"by USING \(at 2:1\)"),
    ],
)
def test_dataset_that_cannot_be_taken_is_refused(
    update: str, graphs: list[str], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        with_dataset(update, graphs, [])


@pytest.mark.parametrize(
    "update",
    [
        'INSERT { GRAPH <urn:g> { ?s <urn:p> "WHERE WITH" } } # USING\nWHERE { ?s ?p "} WHERE {" }',
        "INSERT { GRAPH <urn:g> { ?where <urn:USING> <urn:with> } } WHERE { { SELECT ?where WHERE {} } }",
    ],
)
def test_words_in_texts_names_and_groups_are_not_taken_for_clauses(update: str) -> None:
    found = with_dataset(update, ["urn:a"], ["urn:b"])

    assert found.count("USING <urn:a> USING NAMED <urn:b> WHERE {") == 1
    assert found.replace("USING <urn:a> USING NAMED <urn:b> ", "") == update


def test_refusal_of_a_dataset_says_what_to_do(endpoint: TestClient) -> None:
    response = Sent(b"DELETE WHERE { ?s ?p ?o }", address=using(1)).to(endpoint)

    found = problem(response, 400, "query")
    assert (found["line"], found["column"]) == (1, 1)
    assert "DELETE { ... } WHERE { ... } in full" in found["hint"]
