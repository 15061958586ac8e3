"""Users' graphs over HTTP: written with a key, on disk first, and seen at once by whoever asks next."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_pool import can_isolate
from affectgraph.api.query_runner import Cancellation
from affectgraph.api.user_data import UserData, open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.kg.user_backup import restore
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_data import add_user_data
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import read_scheme_table, read_word_table
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.asking import problem

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

MINE = "https://w3id.org/affectgraph/graph/user/mine"
STORE = "/rdf-graph-store"
TURTLE = {"content-type": "text/turtle"}
NTRIPLES = {"accept": "application/n-triples"}
ONE = '<urn:s> <urn:p> "o" .\n'
TWO = '<urn:s> <urn:p> "u" .\n'
LIMITS = PoolLimits(workers=2, timeout_seconds=20.0, memory_mb=1024)


@pytest.fixture(scope="module")
def location(small: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small copy of the graph, which the template of workers reads quickly."""
    assert isinstance(small.store, OxigraphStore)
    place = tmp_path_factory.mktemp("small") / "graph"
    small.store.save(place)
    return str(place)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys.jsonl"


@pytest.fixture(scope="module")
def writer(keys: Path) -> dict[str, str]:
    return {"authorization": f"Bearer {create_key(keys, 'ada', ('write',)).token}"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data") / "own"


@pytest.fixture(scope="module")
def shared(
    location: str, keys: Path, writer: dict[str, str], folder: Path, graph: EmotionGraph
) -> Iterator[TestClient]:
    data = open_user_data(folder, graph, location, LIMITS)
    app = create_app(data=data, access=Access(KeyFile(keys)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(shared: TestClient, writer: dict[str, str]) -> TestClient:
    """A client of a service without data."""
    for item in shared.get("/v1/data").json()["items"]:
        assert shared.delete(STORE, params={"graph": item["iri"]}, headers=writer).is_success
    return shared


Ask = Callable[[str], list[str]]


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Ask SPARQL for one column."""

    def asked(query: str) -> list[str]:
        found = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
        assert found.status_code == 200, found.text
        return sorted(found.text.split("\r\n")[1:-1])

    return asked


OBJECTS = "SELECT ?o { GRAPH ?g { <urn:s> <urn:p> ?o } }"


def test_service_with_data_describes_its_routes_and_calls_none_that_writes(
    client: TestClient,
) -> None:
    before = client.get("/v1/data").json()
    document = client.get("/openapi.json")

    assert document.status_code == 200, document.text
    assert set(document.json()["paths"]["/v1/data/{name}"]) == {"get", "put", "delete"}
    assert set(document.json()["paths"][STORE]) == {"get", "put", "post", "delete"}
    assert "201" in document.json()["paths"]["/v1/backups"]["post"]["responses"]
    page = client.get("/docs", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "/v1/backups" in page.text
    assert client.get("/v1/data").json() == before


# --- what the service says of itself ------------------------------------------------------------------


def test_service_with_users_data_describes_its_routes_and_writes_nothing(
    client: TestClient, writer: dict[str, str]
) -> None:
    client.put(STORE, params={"graph": MINE}, content=ONE, headers=writer | TURTLE)
    version = client.get("/v1/data").json()["version"]

    answer = client.get("/openapi.json")

    assert answer.status_code == 200, answer.text
    paths = answer.json()["paths"]
    assert set(paths["/v1/data/{name}"]) == {"get", "put", "delete"}
    assert {"/v1/data", "/v1/backups", STORE, "/graph/user/{name}"} <= set(paths)
    assert (
        "example" in paths["/v1/version"]["get"]["responses"]["200"]["content"]["application/json"]
    )
    assert MINE not in answer.text
    assert client.get("/docs").status_code == 200
    assert client.get("/v1/data").json()["version"] == version


# --- the Graph Store Protocol, after the cases of the W3C's test suite --------------------------------


def test_put_makes_a_graph_and_then_replaces_it(
    client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    at = {"graph": "urn:g"}

    first = client.put(STORE, params=at, content=ONE, headers=writer | TURTLE)
    assert (first.status_code, first.headers["location"]) == (201, "urn:g")
    assert client.get(STORE, params=at, headers=NTRIPLES).text == ONE
    assert client.put(STORE, params=at, content=TWO, headers=writer | TURTLE).status_code == 204
    assert client.get(STORE, params=at, headers=NTRIPLES).text == TWO
    assert ask(OBJECTS) == ["u"]


def test_post_adds_to_a_graph_or_makes_it(client: TestClient, writer: dict[str, str]) -> None:
    at = {"graph": "urn:g"}

    assert client.post(STORE, params=at, content=ONE, headers=writer | TURTLE).status_code == 201
    assert client.post(STORE, params=at, content=TWO, headers=writer | TURTLE).status_code == 204
    found = client.get(STORE, params=at, headers=NTRIPLES)
    assert found.text == ONE + TWO
    assert found.headers["content-type"] == "application/n-triples"


def test_post_without_a_graph_makes_a_new_one_and_says_where(
    client: TestClient, writer: dict[str, str]
) -> None:
    made = client.post(STORE, content=ONE, headers=writer | TURTLE)

    assert made.status_code == 201
    assert made.headers["location"].startswith("/graph/user/")
    assert client.get(made.headers["location"], headers=NTRIPLES).text == ONE


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        (f"{MINE}-日本", "/graph/user/mine-%E6%97%A5%E6%9C%AC"),
        (f"{MINE}-ü", "/graph/user/mine-%C3%BC"),
        (f"{MINE}?b#c", "/graph/user/mine%3Fb%23c"),
        (
            f"{MINE}/a",
            "/rdf-graph-store?graph=https%3A%2F%2Fw3id.org%2Faffectgraph%2Fgraph%2Fuser%2Fmine%2Fa",
        ),
        ("urn:ü?a=b&c=%20#d", "urn:%C3%BC?a=b&c=%20#d"),
    ],
)
def test_location_of_a_graph_is_an_address_of_ascii_where_it_is_found(
    iri: str, address: str, client: TestClient, writer: dict[str, str]
) -> None:
    made = client.put(STORE, params={"graph": iri}, content=ONE, headers=writer | TURTLE)

    assert (made.status_code, made.headers["location"]) == (201, address)
    assert client.get(STORE, params={"graph": iri}, headers=NTRIPLES).text == ONE
    if address.startswith("/"):
        assert client.get(address, headers=NTRIPLES).text == ONE


def test_delete_takes_a_graph_away(client: TestClient, writer: dict[str, str], ask: Ask) -> None:
    at = {"graph": "urn:g"}
    client.put(STORE, params=at, content=ONE, headers=writer | TURTLE)

    assert client.delete(STORE, params=at, headers=writer).status_code == 204
    problem(client.get(STORE, params=at), 404, "unknown-term")
    problem(client.delete(STORE, params=at, headers=writer), 404, "unknown-term")
    assert ask(OBJECTS) == []


def test_graph_has_an_address_of_its_own(
    client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    at = "/graph/user/mine"

    assert client.put(at, content=ONE, headers=writer | TURTLE).status_code == 201
    assert client.post(at, content=TWO, headers=writer | TURTLE).status_code == 204
    assert client.get(STORE, params={"graph": MINE}, headers=NTRIPLES).text == ONE + TWO
    head = client.head(at, headers=NTRIPLES)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == client.get(at, headers=NTRIPLES).headers["etag"]
    assert ask("SELECT DISTINCT ?g { GRAPH ?g { <urn:s> ?p ?o } }") == [MINE]
    assert client.delete(at, headers=writer).status_code == 204
    problem(client.get(at), 404, "unknown-term")


def test_tag_of_a_graph_is_that_of_what_is_sent_though_another_writes_meanwhile(
    client: TestClient, writer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.put("/graph/user/mine", content=ONE, headers=writer | TURTLE)
    read = UserStore.triples

    def late(store: UserStore, name: str) -> list[Triple]:
        store.put(name, [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("u"))])
        return read(store, name)

    with monkeypatch.context() as patch:
        patch.setattr(UserStore, "triples", late)
        meanwhile = client.get("/graph/user/mine", headers=NTRIPLES)
    after = client.get("/graph/user/mine", headers=NTRIPLES)

    assert meanwhile.text == after.text == TWO
    assert meanwhile.headers["etag"] == after.headers["etag"]


def test_empty_body_makes_an_empty_graph(client: TestClient, writer: dict[str, str]) -> None:
    assert client.put("/graph/user/mine", headers=writer | TURTLE).status_code == 201
    found = client.get("/graph/user/mine", headers=NTRIPLES)
    assert (found.status_code, found.text) == (200, "")


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/n-triples", ONE),
        ("application/rdf+xml", None),
        ("application/ld+json", '{"@id": "urn:s", "urn:p": "o"}'),
        ("application/trig", "<urn:s> <urn:p> 'o' ."),
        ("text/turtle; charset=utf-8", "<urn:s> <urn:p> 'o' ."),
    ],
)
def test_every_format_of_triples_is_taken(
    media_type: str, content: str | None, client: TestClient, writer: dict[str, str]
) -> None:
    xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        '<rdf:Description rdf:about="urn:s"><u:p>o</u:p></rdf:Description></rdf:RDF>'
    )
    sent = client.put(
        "/graph/user/mine", content=content or xml, headers=writer | {"content-type": media_type}
    )

    assert sent.status_code == 201, sent.text
    assert client.get("/graph/user/mine", headers=NTRIPLES).text == ONE


@pytest.mark.parametrize(
    ("headers", "content", "status", "kind"),
    [
        ({"content-type": "text/turtle"}, "<urn:s> <urn:p>", 400, "malformed"),
        ({"content-type": "application/rdf+xml"}, "<!DOCTYPE a []><a/>", 400, "malformed"),
        (
            {"content-type": "application/ld+json"},
            '{"@context": "http://x.org/"}',
            400,
            "malformed",
        ),
        ({"content-type": "application/trig"}, f"<urn:g> {{ {ONE} }}", 400, "malformed"),
        ({"content-type": "text/html"}, "<p>", 415, "media-type"),
        ({"content-type": "multipart/form-data; boundary=x"}, "--x--", 415, "media-type"),
        ({}, ONE, 415, "media-type"),
    ],
)
def test_body_that_is_no_graph_is_refused_and_nothing_changes(
    headers: dict[str, str],
    content: str,
    status: int,
    kind: str,
    client: TestClient,
    writer: dict[str, str],
) -> None:
    client.put("/graph/user/mine", content=ONE, headers=writer | TURTLE)

    sent = client.put("/graph/user/mine", content=content.encode(), headers=writer | headers)

    problem(sent, status, kind)
    assert client.get("/graph/user/mine", headers=NTRIPLES).text == ONE


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 400),
        ({"graph": "urn:g", "default": ""}, 400),
        ({"graph": "relative"}, 400),
        ({"default": ""}, 422),
        ({"graph": "https://w3id.org/affectgraph/graph/vad-glasgow"}, 422),
        ({"graph": "https://w3id.org/affectgraph/graph/user-catalogue"}, 422),
        ({"graph": "urn:a b"}, 422),
    ],
)
def test_graph_that_is_no_users_is_not_written(
    params: dict[str, str], status: int, client: TestClient, writer: dict[str, str]
) -> None:
    sent = client.put(STORE, params=params, content=ONE, headers=writer | TURTLE)

    assert sent.status_code == status
    assert sent.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/data").json()["items"] == []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", [STORE + "?graph=urn:g", "/graph/user/mine"])
def test_nothing_is_written_without_a_key_that_may(
    method: str, path: str, client: TestClient, keys: Path
) -> None:
    reader = f"Bearer {create_key(keys, f'r{method}{len(path)}', ('read',)).token}"

    problem(client.request(method, path, content=ONE, headers=TURTLE), 401, "key-needed")
    refused = client.request(method, path, content=ONE, headers=TURTLE | {"authorization": reader})
    problem(refused, 403, "scope-needed")
    assert client.get("/v1/data").json()["items"] == []


def test_packaged_graphs_can_be_read_from_the_store(client: TestClient) -> None:
    found = client.get(STORE, params={"default": ""}, headers=NTRIPLES)

    assert "<https://w3id.org/affectgraph/emotion/dread>" in found.text
    problem(client.get(STORE, params={"graph": "urn:none"}), 404, "unknown-term")
    problem(
        client.get(STORE, params={"graph": "urn:g"}, headers={"accept": "image/png"}),
        406,
        "not-acceptable",
    )


# --- what there is, and graphs of a kind -------------------------------------------------------------


def test_graphs_are_listed_with_who_wrote_them(client: TestClient, writer: dict[str, str]) -> None:
    sent = client.put(
        "/v1/data/mine",
        params={"source": "our study", "licence": "CC0"},
        content=ONE,
        headers=writer | TURTLE,
    ).json()

    assert (sent.pop("bad_rows"), sent.pop("notes")) == ([], [])
    assert (sent["iri"], sent["kind"], sent["triples"], sent["agent"]) == (MINE, "rdf", 1, "ada")
    listed = client.get("/v1/data").json()
    assert listed["items"] == [sent]
    assert listed["version"] == sent["version"]
    assert client.get("/v1/data/mine").json() == sent
    assert client.delete("/v1/data/mine", headers=writer).status_code == 204
    problem(client.get("/v1/data/mine"), 404, "unknown-term")


def nt(triples: tuple[Triple, ...]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def test_scheme_and_words_lie_over_the_graph_at_once_and_change_tags(
    client: TestClient, writer: dict[str, str], graph: EmotionGraph
) -> None:
    rows = [(2, {"label": "stoked", "concept": "excitement"})]
    scheme = nt(read_scheme_table(graph, rows, name="my-labels", iri=MINE).triples)
    words = [(2, {"form": "chuffzled", "concept": "joy", "polarity": "positive"})]
    vocabulary = nt(read_word_table(graph, words, iri=MINE + "-words").triples)
    before = client.get("/v1/ground?label=chuffzled")
    assert before.json()["status"] == "nil"

    for name, kind, content in (
        ("mine", "scheme", scheme),
        ("mine-words", "vocabulary", vocabulary),
    ):
        sent = client.put(
            f"/v1/data/{name}",
            params={"kind": kind},
            content=content,
            headers=writer | {"content-type": "application/n-triples"},
        )
        assert sent.status_code == 200, sent.text

    after = client.get("/v1/ground?label=chuffzled")
    found = after.json()["candidates"][0]
    assert found["evidence"][0]["source"] == MINE + "-words"
    assert before.headers["etag"] != after.headers["etag"]
    labelled = client.get("/v1/ground?label=stoked&scheme=my-labels").json()
    assert labelled["candidates"][0]["evidence"][0]["source"] == MINE
    again = client.get(
        "/v1/ground?label=chuffzled", headers={"if-none-match": after.headers["etag"]}
    )
    assert again.status_code == 304

    assert client.delete("/v1/data/mine-words", headers=writer).status_code == 204
    last = client.get("/v1/ground?label=chuffzled")
    assert last.json()["status"] == "nil"
    assert last.headers["etag"] not in {before.headers["etag"], after.headers["etag"]}


def test_answers_to_queries_and_figures_follow_each_write(
    client: TestClient, writer: dict[str, str]
) -> None:
    ask = {"query": "SELECT ?o { GRAPH <urn:seen> { ?s ?p ?o } } ORDER BY ?o", "format": "csv"}
    described = {"accept": "application/n-triples"}
    found = []
    for content in (ONE, TWO):
        client.put(STORE, params={"graph": "urn:seen"}, content=content, headers=writer | TURTLE)
        answer = client.get("/sparql", params=ask)
        figures = client.get("/sparql", headers=described).text
        found.append((answer.text.split(), "etag" in answer.headers, "<urn:seen>" in figures))
    client.delete(STORE, params={"graph": "urn:seen"}, headers=writer)

    assert found == [(["o", "o"], False, True), (["o", "u"], False, True)]
    assert "<urn:seen>" not in client.get("/sparql", headers=described).text


def test_graph_of_a_kind_that_has_not_its_form_is_refused(
    client: TestClient, writer: dict[str, str]
) -> None:
    bad = "<urn:x> a <https://w3id.org/affectgraph/ontology#LabelScheme> ."
    sent = client.put(
        "/v1/data/mine", params={"kind": "scheme"}, content=bad, headers=writer | TURTLE
    )

    assert "as their shapes say" in problem(sent, 422, "input")["detail"]
    assert client.get("/v1/data").json()["items"] == []


# --- on disk, and seen whole --------------------------------------------------------------------------


def test_what_is_acknowledged_is_on_disk_and_seen_by_the_next_query(
    client: TestClient, writer: dict[str, str], ask: Ask, folder: Path, tmp_path: Path
) -> None:
    for number in range(5):
        content = f'<urn:s> <urn:p> "{number}" .'
        client.put("/graph/user/mine", content=content, headers=writer | TURTLE)
        assert ask(OBJECTS) == [str(number)]
        # The service holds the folder: what is there is looked at in a copy.
    digest = client.get("/v1/data/mine").json()["digest"]
    described = f"SELECT ?n {{ GRAPH ?c {{ <{MINE}> <http://rdfs.org/ns/void#triples> ?n }} }}"
    assert ask(described) == ["1"]
    client.app.state.services.data.store.backup(tmp_path / "copy")  # type: ignore[attr-defined]
    with UserStore.open(tmp_path / "copy") as copy:
        assert copy.entry("mine").digest == digest


def test_readers_see_whole_writes_while_others_write(
    client: TestClient, writer: dict[str, str]
) -> None:
    done = Event()
    put_graphs = [f"/graph/user/w{number}" for number in range(3)]

    def write(path: str) -> None:
        for number in range(12):
            # Two hundred triples, all of one write.
            content = "".join(f'<urn:s{i}> <urn:{path[-2:]}> "{number}" .\n' for i in range(200))
            sent = client.put(path, content=content, headers=writer | TURTLE)
            assert sent.status_code in {201, 204}
            seen = read(path)
            assert seen == [(str(number), "200")], seen  # its own write, at once

    def read(path: str) -> list[tuple[str, ...]]:
        query = (
            f"SELECT ?o (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <urn:{path[-2:]}> ?o }} }} GROUP BY ?o"
        )
        found = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
        assert found.status_code == 200
        return [tuple(line.split(",")) for line in found.text.split("\r\n")[1:-1]]

    def read_on() -> int:
        count = 0
        while not done.is_set():
            for path in put_graphs:
                seen = read(path)
                assert len(seen) <= 1, seen  # never two writes at once
                assert all(n == "200" for _, n in seen), seen  # never half of one
                count += 1
        return count

    with ThreadPoolExecutor(5) as threads:
        readers = [threads.submit(read_on) for _ in range(2)]
        writers = [threads.submit(write, path) for path in put_graphs]
        try:
            for written in writers:
                written.result()
        finally:
            done.set()
        assert all(reader.result() > 0 for reader in readers)


def test_lost_template_is_started_anew_with_all_data(
    client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    client.put("/graph/user/mine", content=ONE, headers=writer | TURTLE)
    pool = client.app.state.services.data.pool  # type: ignore[attr-defined]
    pool._places.template._process.kill()
    pool._places.template._process.wait()

    client.post("/graph/user/mine", content=TWO, headers=writer | TURTLE)

    assert ask(OBJECTS) == ["o", "u"]


def test_service_without_data_has_none_of_these_routes(graph: EmotionGraph) -> None:
    with TestClient(create_app(graph)) as plain:
        for path in ("/v1/data", STORE + "?default"):
            assert plain.get(path).status_code == 404
        assert plain.put("/graph/user/mine", content=ONE, headers=TURTLE).status_code == 405


@pytest.fixture
def unstarted(graph: EmotionGraph, location: str, tmp_path: Path) -> Iterator[UserData]:
    """Users' data whose pool has not begun."""
    data = open_user_data(tmp_path / "unstarted", graph, location, LIMITS)
    yield data
    data.close()


def test_update_that_finds_no_worker_free_ends_no_query_of_others(
    unstarted: UserData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(update: str, cancellation: Cancellation | None = None) -> list[Change]:
        raise BackendError("2 queries are running.", backend="sparql", retryable=True)

    def refresh() -> None:
        raise AssertionError("Expected the processes that run queries to go on.")

    monkeypatch.setattr(unstarted.pool, "update", busy)
    monkeypatch.setattr(unstarted.pool, "refresh", refresh)

    with pytest.raises(BackendError, match="queries are running"):
        unstarted.update("DROP GRAPH <urn:g>")


def test_lookups_show_a_write_that_stands_though_the_disk_failed_to_say_so(
    unstarted: UserData, graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[EmotionGraph] = []
    unstarted.shown_by(shown.append)
    rows = [(2, {"label": "stoked", "concept": "excitement"})]
    found = read_scheme_table(graph, rows, name="my-labels", iri=MINE).triples

    def fail(path: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("affectgraph.kg.user_store.sync_file", fail)
        with pytest.raises(BackendError, match="Input/output error"):
            unstarted.write(lambda store: store.put("mine", found, About("scheme")))

    # Its log is with the operating system, so the store has it when it is opened again.
    assert [entry.name for entry in unstarted.store.entries()] == ["mine"]
    assert [label.name for label in shown[-1].labels("my-labels")] == ["stoked"]
    unstarted.write(lambda store: store.put("other", []))
    assert len(shown) == 1


def test_graph_that_the_served_copy_has_is_not_written_and_stays_as_it_is(
    location: str, tmp_path: Path
) -> None:
    copy = shutil.copytree(location, tmp_path / "copy")
    add_user_data(copy, ONE.encode(), format=RdfFormat.TURTLE, name="mine")
    served = EmotionGraph.load(copy)
    data = open_user_data(tmp_path / "own", served, str(copy), LIMITS)
    try:
        with data.pool:
            with pytest.raises(InputError, match=f"{MINE}, which the graph beside your data has"):
                data.write(lambda store: store.put("mine", []))
            data.update("INSERT DATA { GRAPH <urn:u> { <urn:s> <urn:p> 'u' } }")
            found = data.pool.run(Question(OBJECTS, result_type="text/csv"))
        assert sorted(found.content.split()) == [b"o", b"o", b"u"]
    finally:
        data.close()


def test_data_beside_a_graph_on_a_server_are_refused(graph: EmotionGraph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="of this machine"):
        open_user_data(tmp_path / "own", graph, "https://example.org/sparql")


def test_blank_nodes_of_two_documents_stay_apart_and_can_be_taken_away(
    client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    content = "_:x <urn:p> 'o' ."
    for _ in range(2):
        client.post("/graph/user/mine", content=content, headers=writer | TURTLE)
    assert ask("SELECT ?o { GRAPH ?g { ?s <urn:p> ?o } }") == ["o", "o"]

    client.put("/graph/user/mine", content=content, headers=writer | TURTLE)
    assert ask("SELECT ?o { GRAPH ?g { ?s <urn:p> ?o } }") == ["o"]
    text = client.get("/graph/user/mine", headers=NTRIPLES).text
    assert len(list(parse(text, format=RdfFormat.N_TRIPLES))) == 1


def test_data_that_were_there_before_are_served(
    location: str, graph: EmotionGraph, tmp_path: Path
) -> None:
    with UserStore.open(tmp_path / "own") as store:
        triple = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("before"))
        store.put("mine", [triple], About(agent="Ada"))
    data = open_user_data(tmp_path / "own", graph, location, LIMITS)
    with TestClient(create_app(data=data)) as client:
        found = client.get("/sparql", params={"query": OBJECTS}, headers={"accept": "text/csv"})
        assert found.text == "o\r\nbefore\r\n"
        refused = client.put("/graph/user/mine", content=ONE, headers=TURTLE)
        assert refused.status_code == 403  # there are no keys
    with UserStore.open(tmp_path / "own") as store:  # given back with the end of the service
        assert store.entry("mine").agent == "Ada"


# --- SPARQL Update ------------------------------------------------------------------------------------

UPDATE = {"content-type": "application/sparql-update"}
DREAD = "<https://w3id.org/affectgraph/emotion/dread>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def test_update_changes_users_graphs_by_what_the_graph_holds(
    client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    steps = [
        ("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'a', 'b' } }", ["a", "b"]),
        ("DELETE DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'a' } }", ["b"]),
        (
            f"INSERT {{ GRAPH <urn:g> {{ <urn:s> <urn:p> ?label }} }} WHERE {{ {DREAD} {LABEL} ?label }}",
            ["b", "dread"],
        ),
        (
            "WITH <urn:g> DELETE { ?s ?p 'b' } INSERT { ?s ?p 'c' } WHERE { ?s ?p 'b' }",
            ["c", "dread"],
        ),
        ("MOVE <urn:g> TO <urn:h> ; INSERT DATA { GRAPH <urn:i> { <urn:s> <urn:p> 1 } }", None),
    ]
    for update, expected in steps:
        sent = client.post("/sparql", content=update, headers=writer | UPDATE)
        assert sent.status_code == 204, sent.text
        if expected is not None:
            assert ask(OBJECTS) == expected

    listed = {item["iri"]: item["triples"] for item in client.get("/v1/data").json()["items"]}
    assert listed == {"urn:h": 2, "urn:i": 1}
    form = client.post("/sparql", data={"update": "DROP GRAPH <urn:h>"}, headers=writer)
    assert form.status_code == 204
    assert ask(OBJECTS) == ["1"]


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:s> <urn:p> 1 }",
        f"DELETE WHERE {{ {DREAD} ?p ?o }}",
        f"DELETE {{ {DREAD} ?p ?o }} INSERT {{ {DREAD} ?o ?o }} WHERE {{ {DREAD} ?p ?o }}",
        "CLEAR ALL",
        "DROP DEFAULT",
        "COPY <urn:g> TO DEFAULT",
        "MOVE DEFAULT TO <urn:h>",
        "INSERT { GRAPH ?g { <urn:s> <urn:p> 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE "
        "{ GRAPH ?g { ?s <http://rdfs.org/ns/void#triples> ?n ; ?p ?o } }",
        "INSERT DATA { GRAPH <https://w3id.org/affectgraph/graph/mine> { <urn:s> <urn:p> 1 } }",
        "CREATE GRAPH <https://w3id.org/affectgraph/graph/mine>",
        "INSERT DATA { GRAPH <urn:h> { <urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> } }",
        "LOAD <http://127.0.0.1:9/x> INTO GRAPH <urn:g>",
        "LOAD SILENT <file:///etc/hostname> INTO GRAPH <urn:g>",
        "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <urn:g> {",
        "SELECT * { ?s ?p ?o }",
    ],
)
def test_update_of_anything_else_is_refused_and_nothing_changes(
    update: str, client: TestClient, writer: dict[str, str], ask: Ask
) -> None:
    client.put(STORE, params={"graph": "urn:g"}, content=ONE, headers=writer | TURTLE)
    before = client.get("/v1/data").json()

    sent = client.post("/sparql", content=update, headers=writer | UPDATE)

    problem(sent, 400, "query")
    assert client.get("/v1/data").json() == before
    assert ask(OBJECTS) == ["o"]
    assert ask(f"SELECT ?o {{ {DREAD} {LABEL} ?o }}") == ["dread"]


def test_update_needs_a_key_that_may_write(client: TestClient) -> None:
    update = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"

    problem(client.post("/sparql", content=update, headers=UPDATE), 401, "key-needed")
    problem(client.post("/sparql", data={"update": update}), 401, "key-needed")
    assert client.get("/v1/data").json()["items"] == []


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"update": ["CLEAR GRAPH <urn:g>", "CLEAR GRAPH <urn:g>"]}},
        {"data": {"update": "CLEAR GRAPH <urn:g>", "query": "ASK {}"}},
        {"data": {"update": "CLEAR GRAPH <urn:g>", "using-graph-uri": "urn:g"}},
        {"content": b"\xff", "headers": UPDATE},
    ],
)
def test_operation_that_is_not_one_update_is_refused(
    request_: dict[str, object], client: TestClient, writer: dict[str, str]
) -> None:
    headers = writer | request_.pop("headers", {})  # type: ignore[operator]

    sent = client.post("/sparql", headers=headers, **request_)  # type: ignore[arg-type]
    problem(sent, 400, "query")


def test_update_of_a_graph_that_is_not_there_fails_with_advice_for_updates(
    client: TestClient, writer: dict[str, str]
) -> None:
    sent = client.post("/sparql", content="DROP GRAPH <urn:none>", headers=writer | UPDATE)

    found = problem(sent, 400, "query")
    assert "urn:none" in found["detail"]
    assert "SILENT" in found["hint"]


def test_hostile_update_is_stopped_and_others_are_answered(
    location: str, keys: Path, writer: dict[str, str], graph: EmotionGraph, tmp_path: Path
) -> None:
    numbers = " ".join(map(str, range(1_000)))
    product = " ".join(f"VALUES ?v{i} {{ {numbers} }}" for i in range(6))
    count = f"{{ SELECT (COUNT(*) AS ?n) {{ {product} }} }}"
    update = f"INSERT {{ GRAPH <urn:g> {{ <urn:s> <urn:p> ?n }} }} WHERE {count}"
    quick = PoolLimits(workers=2, timeout_seconds=4.0, memory_mb=1024)
    data = open_user_data(tmp_path / "own", graph, location, quick)
    with TestClient(create_app(data=data, access=Access(KeyFile(keys)))) as client:
        with ThreadPoolExecutor(1) as threads:
            sent = threads.submit(client.post, "/sparql", content=update, headers=writer | UPDATE)
            found = client.get("/sparql", params={"query": f"ASK {{ {DREAD} ?p ?o }}"})
            assert found.json()["boolean"] is True
            problem(sent.result(), 503, "query-cost")
        assert client.get("/v1/data").json() == {"items": [], "version": 0}
        again = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"
        assert client.post("/sparql", content=again, headers=writer | UPDATE).status_code == 204


def test_update_that_would_break_the_form_of_a_scheme_is_refused(
    client: TestClient, writer: dict[str, str], graph: EmotionGraph
) -> None:
    rows = [(2, {"label": "stoked", "concept": "excitement"})]
    content = nt(read_scheme_table(graph, rows, name="my-labels", iri=MINE).triples)
    sent = client.put(
        "/v1/data/mine", params={"kind": "scheme"}, content=content, headers=writer | TURTLE
    )
    assert sent.status_code == 200, sent.text

    update = f"DELETE WHERE {{ GRAPH <{MINE}> {{ ?s {LABEL} ?o }} }}"
    refused = client.post("/sparql", content=update, headers=writer | UPDATE)

    assert "as their shapes say" in problem(refused, 422, "input")["detail"]
    assert client.get("/v1/ground?label=stoked&scheme=my-labels").json()["status"] == "linked"


def test_backup_is_made_while_the_service_runs_and_can_be_restored(
    client: TestClient, writer: dict[str, str], keys: Path, folder: Path, tmp_path: Path
) -> None:
    admin = {"authorization": f"Bearer {create_key(keys, 'root', ('admin',)).token}"}
    client.put("/graph/user/mine", content=ONE, headers=writer | TURTLE)

    problem(client.post("/v1/backups", headers=writer), 403, "scope-needed")
    made = client.post("/v1/backups", headers=admin)

    assert made.status_code == 201
    assert made.json()["graphs"] == 1
    assert Path(made.json()["folder"]).parent == folder.with_name("own-backups")
    client.put("/graph/user/mine", content=TWO, headers=writer | TURTLE)
    assert restore(made.json()["folder"], tmp_path / "again") == 1
    with UserStore.open(tmp_path / "again") as store:
        assert [str(triple) for triple in store.triples("mine")] == [ONE.removesuffix(" .\n")]


# --- tables -------------------------------------------------------------------------------------------

CSV = {"content-type": "text/csv; charset=utf-8"}


def test_table_is_put_whole_or_with_every_bad_row_named(
    client: TestClient, writer: dict[str, str]
) -> None:
    table = "label,concept\nstoked,excitement\nblue,sadnes\n,joy\n\nflat\n"
    params = {"kind": "scheme"}

    refused = client.put("/v1/data/pilot", params=params, content=table, headers=writer | CSV)
    found = problem(refused, 422, "input")
    assert [fault["location"] for fault in found["errors"]] == [
        "line 3, concept",
        "line 4, label",
        "line 6, row",
    ]
    assert "got 'sadnes'" in found["errors"][0]["message"]
    assert client.get("/v1/data").json()["items"] == []

    params["keep_good"] = "true"
    sent = client.put("/v1/data/pilot", params=params, content=table, headers=writer | CSV).json()
    assert [(row["line"], row["column"]) for row in sent["bad_rows"]] == [
        (3, "concept"),
        (4, "label"),
        (6, "row"),
    ]
    labelled = client.get("/v1/ground?label=stoked&scheme=pilot").json()
    assert labelled["candidates"][0]["concept"]["slug"] == "excitement"


@pytest.mark.parametrize(
    ("params", "table", "status", "said"),
    [
        ({"kind": "rdf"}, "label\nx\n", 422, "scheme or vocabulary"),
        ({"kind": "scheme"}, "label,label\nx,y\n", 422, "label"),
        ({"kind": "scheme"}, "", 422, "Expected"),
        ({"kind": "poem"}, "label\nx\n", 422, "kind"),
    ],
)
def test_table_that_cannot_be_read_is_refused(
    params: dict[str, str],
    table: str,
    status: int,
    said: str,
    client: TestClient,
    writer: dict[str, str],
) -> None:
    sent = client.put("/v1/data/pilot", params=params, content=table, headers=writer | CSV)

    assert said in problem(sent, status, "input")["detail"]
    assert client.get("/v1/data").json()["items"] == []


def test_table_without_a_good_row_empties_no_graph(
    client: TestClient, writer: dict[str, str]
) -> None:
    params = {"kind": "scheme", "keep_good": "true"}
    client.put("/v1/data/pilot", params=params, content="label\nglee\n", headers=writer | CSV)
    before = client.get("/v1/data").json()["items"]

    table = "label,concept\nglee,nothing-like-it\n"
    sent = client.put("/v1/data/pilot", params=params, content=table, headers=writer | CSV)

    assert problem(sent, 422, "input")["errors"][0]["location"] == "line 2, concept"
    assert client.get("/v1/data").json()["items"] == before


def test_document_with_other_graphs_overwrites_none_of_them(
    client: TestClient, writer: dict[str, str]
) -> None:
    client.put("/v1/data/mine", content=ONE, headers=writer | TURTLE)
    trig = writer | {"content-type": "application/trig"}

    sent = client.put("/v1/data/yours", content=f"<{MINE}> {{ {TWO} }}", headers=trig)
    assert MINE in problem(sent, 400, "malformed")["detail"]
    assert [item["name"] for item in client.get("/v1/data").json()["items"]] == ["mine"]
    assert client.get("/graph/user/mine", headers=NTRIPLES).text == ONE

    assert client.put("/v1/data/mine", content=f"<{MINE}> {{ {TWO} }}", headers=trig).is_success
    assert client.get("/graph/user/mine", headers=NTRIPLES).text == TWO
